"""Make the home of the first edition: a small county, 模拟数据, by that edition's own program.

Run once, with a checkout of commit e906bce in front of this one and the packages of its
``requirements.lock``; the home that it wrote is kept as ``home.tar.xz`` and is not made again
(salts, tokens and the day of the uploads differ from run to run)::

    git archive --prefix=first/ e906bce | tar -x -C ..
    PYTHONPATH=../first python tests/first_edition/make_home.py tests/first_edition/home.tar.xz

The ledgers are such that their figures can be worked out in the head; ``README.md`` does.
"""

import csv
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from analysis.settings import load_settings
from dashboards.app import create_app
from tests.dashboards.people import Visitor

PASSWORD = "correct-horse-7"
#: Name of the account → what ``yanpan user add`` is given.
PEOPLE = {
    "office": ("--role", "office", "--person", "周某"),
    "second": ("--role", "office", "--person", "吴某"),
    "leader": ("--role", "leader", "--person", "郑某"),
    "education": ("--role", "unit", "--unit", "县教育局", "--person", "张某"),
    "inspector": ("--role", "inspector", "--person", "赵某"),
    "retired": ("--role", "leader", "--person", "王某"),
}
#: The night before 2026-11-27, UTC: the time of every file in the archive.
MADE_AT = 1_795_737_600
SETTINGS = """\
region = "某县"
office = "某县文化旅游安全专班办公室（模拟数据）"
login = true

[headers.hazard]
site = ["点位"]

[alerts.overdue_15]
at = 20
"""

HAZARDS = (
    "隐患编号", "点位", "业态", "乡镇", "隐患描述", "隐患等级", "责任单位", "责任人", "整改期限",
    "发现日期", "检查编号", "整改状态", "整改完成日期",
)  # fmt: skip
E1 = ("1", "甲校", "学校", "城关镇", "灭火器过期", "一般", "县教育局", "张某", "2023-10-20",
      "2023-10-01", "J1", "整改中", "")  # fmt: skip
E2 = ("2", "乙校", "学校", "青山乡", "疏散通道堵塞", "重大", "县教育局", "张某", "2023-11-30",
      "2023-10-02", "J2", "整改中", "")  # fmt: skip
W1 = ("1", "甲宾馆", "宾馆", "城关镇", "应急灯不亮", "一般", "县文化和旅游局", "李某", "2023-10-10",
      "2023-09-20", "J3", "整改中", "")  # fmt: skip
W2 = ("2", "乙影院", "影院", "青山乡", "插座破损", "一般", "县文化和旅游局", "李某", "2023-10-31",
      "2023-10-08", "J4", "整改中", "")  # fmt: skip


def done(row: Sequence[str], day: str) -> tuple[str, ...]:
    """A hazard as its unit reports it once it is done."""
    return (*row[:-2], "已完成整改", day)


FIRST_DAY = {
    "隐患台账_县教育局": (HAZARDS, E1, E2),
    "隐患台账_县文化和旅游局": (HAZARDS, W1, W2),
    "三清单": (
        ("主要问题", "表现形式", "整改措施", "细化措施编号", "细化措施", "整改类别", "牵头单位",
         "责任人", "完成时限", "整改状态", "完成日期"),
        ("一、底数不清", "1.台账不全", "5.建立台账", "5-1", "逐家建立台账", "限期整改",
         "县文化和旅游局", "李某", "2023-10-12", "已完成", "2023-10-11"),
        ("一、底数不清", "1.台账不全", "5.建立台账", "5-2", "每月更新台账", "长期坚持",
         "县文化和旅游局", "李某", "长期坚持", "", ""),
    ),
    "议定事项": (
        ("会议名称", "会议日期", "议定事项", "责任领导", "责任单位", "责任人", "完成时限",
         "办理状态"),
        ("九月形势研判会", "2023-10-09", "补齐学校消防器材", "冯某", "县教育局", "张某",
         "2023-10-31", "办理中"),
    ),
    "场所名录": (
        ("场所编号", "场所名称", "场所类型", "乡镇", "监管单位", "风险等级", "可能性", "严重性",
         "挂牌责任人", "责任人职务"),
        ("S1", "甲校", "学校", "城关镇", "县教育局", "一般", "2", "3", "陈某", "校长"),
        ("S2", "乙校", "学校", "青山乡", "县教育局", "较大", "3", "4", "褚某", "校长"),
        ("S3", "甲宾馆", "宾馆", "城关镇", "县文化和旅游局", "一般", "2", "2", "卫某", "经理"),
        ("S4", "乙影院", "影院", "青山乡", "县文化和旅游局", "低", "1", "2", "蒋某", "经理"),
    ),
    "检查台账": (
        ("检查编号", "检查日期", "检查类型", "被检查单位", "场所类型", "乡镇", "检查单位",
         "检查人员", "发现隐患数", "重大隐患数", "检查结果"),
        ("J1", "2023-10-01", "专项检查", "甲校", "学校", "城关镇", "县教育局", "赵某、钱某",
         "1", "0", "有隐患"),
        ("J2", "2023-10-02", "专项检查", "乙校", "学校", "青山乡", "县教育局", "赵某、孙某",
         "1", "1", "有隐患"),
        ("J3", "2023-09-20", "双随机", "甲宾馆", "宾馆", "城关镇", "县文化和旅游局",
         "钱某、孙某", "1", "0", "有隐患"),
        ("J4", "2023-10-08", "双随机", "乙影院", "影院", "青山乡", "县文化和旅游局",
         "赵某、钱某", "1", "0", "有隐患"),
    ),
    "成员单位名录": (
        ("单位名称", "单位类别", "联络员", "联系电话", "别名"),
        ("县教育局", "成员单位", "韩某", "000-0000001", ""),
        ("县文化和旅游局", "成员单位", "杨某", "000-0000002", "县文旅局"),
    ),
}  # fmt: skip
SECOND_DAY = {
    "隐患台账_县教育局": (HAZARDS, done(E1, "2023-10-19"), E2),
    "隐患台账_县文旅局": (
        HAZARDS, done(W1, "2023-10-18"), (*W2[:8], "2023-11-10", *W2[9:]),
    ),
}  # fmt: skip


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as the CSV that a unit would send."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def write(folder: Path, ledgers: dict[str, tuple[tuple[str, ...], ...]]) -> None:
    """Write ledgers into a folder, 模拟数据 in their names."""
    folder.mkdir(parents=True)
    for name, rows in ledgers.items():
        (folder / f"模拟数据_{name}.csv").write_bytes(as_csv(rows))


def yanpan(*words: str, typed: str = "") -> None:
    """Run the command in the home; it has no terminal, so that a password is read from stdin."""
    print("yanpan", *words)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "analysis.cli", *words],
        check=True, input=typed, text=True, start_new_session=True,
    )  # fmt: skip


def upload(visitor: Visitor, name: str, rows: Iterable[Sequence[str]]) -> str:
    """Send a ledger by browser; return the address at which it waits to be confirmed."""
    file = (io.BytesIO(as_csv(rows)), f"模拟数据_{name}.csv")
    return str(visitor.post("/send", "/send", file=file).headers["Location"])


def accept(visitor: Visitor, item: str, day: str) -> None:
    """Record an acceptance by browser, closed on the day after."""
    page = f"/acceptance/item?id={item}"
    closed_on = date.fromisoformat(day).replace(day=int(day[-2:]) + 1)
    answer = visitor.post(
        "/acceptance/item", page, id=item, do="accept", accepted_on=day, accepted_by="沈某",
        closed_on=str(closed_on), evidence=(io.BytesIO(b"%PDF-1.7 \xe6\xa8\xa1"), "验收单.pdf"),
    )  # fmt: skip
    if answer.status_code != 302:
        raise SystemExit(answer.get_data(True))


def fill(home: Path) -> None:
    """All that a county did with the first edition, in its order."""
    (home / "yanpan.toml").write_text(SETTINGS, encoding="utf-8")
    write(home / "data" / "raw" / "2023-10-15", FIRST_DAY)
    yanpan("ingest")
    write(home / "收件", SECOND_DAY)
    yanpan("ingest", "收件", "--received", "2023-10-31")
    for name, options in PEOPLE.items():
        yanpan("user", "add", name, *options, typed=f"{PASSWORD}\n{PASSWORD}\n")
    yanpan("user", "disable", "retired")

    server = create_app(load_settings(Path())).server
    people = {name: Visitor(server.test_client()) for name in ("office", "second", "education")}
    for name, visitor in people.items():
        if visitor.log_in(name, PASSWORD).status_code != 302:
            raise SystemExit(f"{name} could not log in")
    accept(people["office"], "H-县教育局-1", "2023-10-25")
    accept(people["office"], "H-县文化和旅游局-1", "2023-10-27")
    people["second"].post(
        "/acceptance/item", "/send", id="H-县文化和旅游局-1", do="withdraw", reason="灯仍不亮"
    )
    sent = (HAZARDS, done(E1, "2023-10-19"), done(E2, "2023-11-10"))
    check = upload(people["education"], "隐患台账_县教育局", sent)
    people["education"].post(check, check, do="confirm")
    upload(people["education"], "待确认", (HAZARDS, done(E2, "2023-11-11")))

    yanpan("ingest")
    yanpan("alerts", "--as-of", "2023-11-15")
    yanpan("alerts", "--note", "1", "--by", "周某")
    yanpan("alerts", "--done", "2", "--by", "周某", "--remark", "已发督办函")
    yanpan("draw", "--seed", "公开的种子", "--count", "2", "--as-of", "2023-11-15",
           "-o", "抽取结果.xlsx")  # fmt: skip
    yanpan("export", "parquet", "--out", "汇总", "--region", "某县")
    yanpan("backup", "--out", "备份.zip")


def must_tell_nothing(home: Path) -> None:
    """Raise if a file names a folder or the host of the machine that made the home."""
    names = [str(home), str(Path.home()), os.uname().nodename, sys.prefix, tempfile.gettempdir()]
    told = re.compile("|".join(re.escape(name) for name in names if len(name) > 3).encode())
    for path in (path for path in home.rglob("*") if path.is_file()):
        for content in (path.read_bytes(), *unzipped(path)):
            if match := told.search(content):
                raise SystemExit(f"{path} tells {match.group()!r}")


def unzipped(path: Path) -> list[bytes]:
    """What lies in a workbook or a backup."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in packed.namelist()]


def pack(home: Path, target: Path) -> None:
    """One archive of all but locks and the key of the sessions, which a server makes again; files
    in order of their names, all of one moment, without owners.
    """
    left_out = {load_settings(home).secret.name}
    with tarfile.open(target, "w:xz", format=tarfile.PAX_FORMAT, preset=9) as archive:
        for path in sorted(home.rglob("*")):
            if path.is_file() and path.suffix != ".lock" and path.name not in left_out:
                entry = tarfile.TarInfo(path.relative_to(home).as_posix())
                entry.size, entry.mtime = path.stat().st_size, MADE_AT
                with path.open("rb") as content:
                    archive.addfile(entry, content)


if __name__ == "__main__":
    target = Path(sys.argv[1]).resolve()
    os.environ["PYTHONPATH"] = os.path.abspath(os.environ["PYTHONPATH"])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        fill(Path(folder))
        must_tell_nothing(Path(folder))
        pack(Path(folder), target)
    print(target, target.stat().st_size, "bytes")
