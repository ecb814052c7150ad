"""The command: Chinese for a person, CSV and JSON for a program, one line for a fault."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import duckdb
import pytest

from analysis.cli import main
from analysis.cli.parts import State
from analysis.demo import SEED, UNTIL
from analysis.demo.life import make_life
from analysis.settings import Settings
from analysis.warehouse.sql_files import metrics
from benchmarks.metrics.run import BY_HAND, TOGETHER
from tests.conftest import RAW, ROOT, YANPAN

pytestmark = pytest.mark.slow
COMMANDS = (
    "demo", "ingest", "check", "template", "serve", "sql", "metric", "bench", "user", "backup",
    "restore", "export", "config", "init",
)  # fmt: skip


def yanpan(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What the command says and its exit code, run in this process: a start takes a second."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    umask = os.umask(0o022)
    try:
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "argv", ["yanpan", *arguments])
            patch.setattr(State, "home", None)
            if home:
                patch.setenv("YANPAN_HOME", str(home))
            code = _exit_code()
    finally:
        os.umask(umask)
    said = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        said.append(stream.read())
    return subprocess.CompletedProcess(["yanpan", *arguments], code, *said)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def started(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own, as a user's shell starts it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [*YANPAN, *arguments], capture_output=True, text=True, encoding="utf-8",
        env=environment | {"YANPAN_HOME": str(home)},
    )  # fmt: skip


def test_help_names_every_command_and_each_has_an_example() -> None:
    told = yanpan("--help").stdout
    for command in COMMANDS:
        assert command in told
        assert "例：yanpan" in yanpan(command, "--help").stdout


def test_sql_prints_the_twelve_measures(committed: Settings) -> None:
    query = "SELECT sub_no, due_on FROM measure WHERE plan LIKE '%三清单%' ORDER BY 1"
    answer = started("sql", query, "--format", "csv", home=committed.home)
    rows = list(csv.reader(io.StringIO(answer.stdout)))
    assert (answer.returncode, len(rows)) == (0, 13)
    assert ["5-3", "2023-11-20"] in rows
    assert ["5-1", ""] in rows


def test_metric_prints_the_percentages_beside_the_printed_ones(committed: Settings) -> None:
    answer = yanpan("metric", "accident_yoy", home=committed.home)
    assert answer.returncode == 0
    for figure in ("33.33", "34.78", "200.00", "83.33"):
        # as computed and as printed; as a text too, where it has so many decimals
        assert answer.stdout.count(figure) >= 2
    assert "最近一次报送已超过 45 天，按该日 2024-01-31 计算" in answer.stderr


def test_metric_as_json_for_a_day_and_a_unit(committed: Settings) -> None:
    answer = yanpan(
        "metric", "overdue", "--as-of", "2023-11-15", "--kind", "measure", "--format", "json",
        home=committed.home,
    )  # fmt: skip
    assert [row["item_id"] for row in json.loads(answer.stdout)] == ["M-自查1", "M-自查2", "M-18-2"]


def test_metric_explains_itself() -> None:
    told = yanpan("metric", "completion", "--explain").stdout
    assert "口径：" in told
    assert "依据：" in told


def test_ingest_reports_its_counts_as_json(home: Settings) -> None:
    (home.raw / "三清单.xlsx").write_bytes((RAW / "三清单.xlsx").read_bytes())
    answer = yanpan("ingest", "--format", "json", "--home", str(home.home))
    report = json.loads(answer.stdout)
    assert list(report) == [
        "files", "rows_read", "rows_loaded", "rows_duplicate", "rows_ignored", "rows_rejected",
        "findings", "seconds", "warehouse",
    ]  # fmt: skip
    counts = (
        "files",
        "rows_read",
        "rows_loaded",
        "rows_duplicate",
        "rows_ignored",
        "rows_rejected",
    )
    assert [report[name] for name in counts] == [1, 18, 12, 0, 6, 0]


def test_ingest_tells_a_person_that_the_rows_add_up(home: Settings) -> None:
    (home.raw / "三清单.xlsx").write_bytes((RAW / "三清单.xlsx").read_bytes())
    answer = yanpan("--home", str(home.home), "ingest")
    assert "读取 1 个文件 18 行 = 入库 12 + 重复 0 + 略过 6 + 退回 0" in answer.stdout


def test_demo_writes_marked_files_that_read_without_loss(home: Settings) -> None:
    whole = home.home / "演示"
    assert yanpan("demo", "--out", str(whole), home=home.home).returncode == 0
    # Beside the files stands the register, which tells what was taken back.
    register = whole / "received.toml"
    files = [path for path in whole.rglob("*") if path.is_file() and path != register]
    assert len(files) == len(make_life(UNTIL, SEED).sendings)
    assert register.is_file()
    assert all("模拟数据" in path.name for path in files)
    # Its first month, here; tests/demo/test_truth.py reads all of it.
    for folder in whole.glob("2023-10-*"):
        shutil.copytree(folder, home.raw / folder.name)
    report = json.loads(yanpan("ingest", "--format", "json", home=home.home).stdout)
    assert report["rows_rejected"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("sql", "SELECT 1"), 1, "请先运行 yanpan ingest"),
        (("metric", "compleetion"), 1, "是不是 completion"),
        (("ingest", "没有.xlsx"), 1, "找不到 没有.xlsx"),
        (("serve", "--host", "0.0.0.0"), 1, "yanpan user add"),
        (("--home", "没有", "ingest"), 1, "找不到目录"),
        (("check",), 1, "请先运行 yanpan ingest"),
        (("template", "hazards"), 1, "hazard（隐患）"),
        (("ingest", "--rollback"), 1, "没有更早的发布"),
        (("bench", "serve"), 2, "没有“serve”这一项"),
        (("metric", "overdue", "--as-of", "昨天"), 2, "不是日期"),
        (("ingets",), 2, "ingets"),
        (("sql",), 2, ""),
    ],
)
def test_a_fault_is_explained_without_a_traceback(
    home: Settings, arguments: tuple[str, ...], code: int, says: str
) -> None:
    if arguments[0] == "serve":  # so that it has something to serve
        yanpan("ingest", home=home.home)
    answer = yanpan(*arguments, home=home.home)
    assert answer.returncode == code
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr
    if code == 1:
        assert len(answer.stderr.strip().splitlines()) == 1


def test_a_fault_of_a_process_is_one_line_too(home: Settings) -> None:
    answer = started("metric", "compleetion", home=home.home)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert "是不是 completion" in answer.stderr


@pytest.mark.parametrize(
    "content",
    ["region = ", 'no_such_setting = "x"', 'port = "many"', '[headers.hazards]\nsite = ["点位"]',
     '[headers.hazard]\nplace = ["点位"]'],
)  # fmt: skip
def test_wrong_settings_are_one_line(home: Settings, content: str) -> None:
    (home.home / "yanpan.toml").write_text(content, encoding="utf-8")
    answer = yanpan("ingest", home=home.home)
    assert answer.returncode == 1
    assert "yanpan.toml" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_settings_are_read_from_the_home_folder(home: Settings) -> None:
    (home.home / "yanpan.toml").write_text('region = "甲县"\n', encoding="utf-8")
    (home.raw / "三清单.xlsx").write_bytes((RAW / "三清单.xlsx").read_bytes())
    yanpan("ingest", home=home.home)
    answer = yanpan("sql", "SELECT DISTINCT region FROM measure", "--format", "csv", home=home.home)
    assert answer.stdout.split() == ["region", "甲县"]


def test_a_cell_that_looks_like_a_formula_is_text_in_csv(home: Settings) -> None:
    yanpan("ingest", "--allow-empty", home=home.home)
    answer = yanpan("sql", "SELECT '=1+1' AS x", "--format", "csv", home=home.home)
    assert answer.stdout.split() == ["x", "'=1+1"]


def test_check_tells_each_unit_what_to_mend_and_writes_the_report(
    committed: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "质量报告.xlsx"
    answer = yanpan("check", "--unit", "县交通局", "-o", str(out), home=committed.home)
    assert answer.returncode == 0
    # below two titles and two rows of header; 复查人 is the twenty-sixth column
    assert re.search(r"第 (\d+) 行，Z\1 格：报为销号，但没有验收人签字", answer.stdout)
    assert "县水利局" not in answer.stdout
    assert out.exists()
    rows = json.loads(yanpan("check", "--format", "json", home=committed.home).stdout)
    assert {"填报单位", "文件", "单元格", "问题与办法"} <= set(rows[0])


def test_check_tests_the_warehouse_and_says_what_does_not_hold(home: Settings) -> None:
    row = "1,甲宾馆,2023-10-09,县教育局"
    (home.raw / "2023-10-15").mkdir()
    (home.raw / "2023-10-15" / "检查台账.csv").write_text(
        f"检查编号,被检查场所,检查日期,检查单位\n{row}\n", encoding="utf-8"
    )
    yanpan("ingest", home=home.home)
    answer = yanpan("check", "--warehouse", home=home.home)
    assert (answer.returncode, "全部成立" in answer.stdout) == (0, True)
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("INSERT INTO workday SELECT * FROM workday LIMIT 1")
    answer = yanpan("check", "--warehouse", "--as-of", "2023-11-15", home=home.home)
    assert answer.returncode == 1
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("工作日（workday）：唯一 region、day，1 处不成立，如 地区 ")
    assert lines[-1].endswith("项不成立。")
    answer = yanpan("check", "--warehouse", "--format", "json", home=home.home)
    (row, *_) = json.loads(answer.stdout)
    assert (row["名称"], row["不成立"]) == ("workday", 1)


def test_the_days_of_check_are_those_of_the_warehouse(committed: Settings) -> None:
    answer = yanpan("check", "--as-of", "2023-11-15", home=committed.home)
    assert (answer.returncode, "只和 --warehouse 一起用" in answer.stderr) == (2, True)


@pytest.mark.parametrize(("set_to", "is_told"), [("false", True), ("true", False)])
def test_whoever_adds_an_account_learns_that_nobody_has_to_log_in_yet(
    home: Settings, set_to: str, is_told: bool
) -> None:
    (home.home / "yanpan.toml").write_text(f"login = {set_to}\n", encoding="utf-8")
    answer = yanpan("user", "add", "某某", "--role", "office", "--generate", home=home.home)
    assert ("还不要求登录" in answer.stdout) is is_told


def test_a_template_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    answer = yanpan("template", "measure", "-o", str(tmp_path / "三清单.xlsx"))
    assert (answer.returncode, (tmp_path / "三清单.xlsx").exists()) == (0, True)


def test_rollback_puts_the_publication_before_back(home: Settings) -> None:
    for name in ("三清单.xlsx", "事故统计.xlsx"):
        (home.raw / name).write_bytes((RAW / name).read_bytes())
        yanpan("ingest", home=home.home)
    count = ("sql", "SELECT count(*) AS n FROM accident_stat", "--format", "csv")
    assert yanpan(*count, home=home.home).stdout.split() == ["n", "3"]
    assert "已恢复上一次发布" in yanpan("ingest", "--rollback", home=home.home).stdout
    assert yanpan(*count, home=home.home).stdout.split() == ["n", "0"]


def test_bench_metrics_gives_a_row_for_every_metric_and_agrees_with_the_queries_by_hand() -> None:
    told = yanpan("bench", "metrics", "--size", "200", "--rounds", "1", "--format", "json")
    rows = json.loads(told.stdout)
    assert [row["指标"] for row in rows] == [*sorted(metrics()), "、".join(TOGETHER)]
    compared = {row["指标"] for row in rows if row["200 条，手写的几倍"]}
    assert compared == {*BY_HAND, "、".join(TOGETHER)}


def test_where_narrows_by_any_column_and_says_how_it_is_written(committed: Settings) -> None:
    def total(*where: str) -> int:
        told = yanpan(
            "metric", "overview", "--as-of", "2023-11-15", "--format", "json", *where,
            home=committed.home,
        )  # fmt: skip
        return int(json.loads(told.stdout)[0]["total"])

    both = total("--where", "level=重大", "--where", "level=一般")
    assert total("--where", "level=重大") + total("--where", "level=一般") == both
    told = yanpan("metric", "overview", "--where", "重大", home=committed.home)
    assert told.returncode == 2
    assert "请写成 列=值" in told.stderr
    told = yanpan(
        "metric", "overview", "--as-of", "2023-11-15", "--where", "colour=红", home=committed.home
    )
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "不能按 colour 筛选" in told.stderr


def test_where_takes_chinese_columns_and_blanks_and_refuses_who_is_nobody(
    committed: Settings,
) -> None:
    def ask(*where: str) -> subprocess.CompletedProcess[str]:
        words = [word for each in where for word in ("--where", each)]
        return yanpan(
            "metric", "completion", "--as-of", "2023-11-15", "--format", "json", *words,
            home=committed.home,
        )  # fmt: skip

    assert ask("单位=县交通局").stdout == ask("unit=县交通局").stdout
    assert ask("事项种类=隐患").stdout == ask("kind=hazard").stdout
    whole = {
        (row["dimension"], row["member"]): row["total"] for row in json.loads(ask().stdout)
    }  # fmt: skip
    for column, member in (("township", "不适用"), ("rect_type", "未填"), ("level", "未填")):
        found = json.loads(ask(f"{column}={member}").stdout)
        (row,) = [row for row in found if row["dimension"] == "all"]
        assert row["total"] == whole.get((column, member), 0), column
    told = ask("unit=县交通")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "没有名为“县交通”的责任单位，是不是 县交通局？" in told.stderr


def test_counties_are_exported_and_asked_region_by_region(
    committed: Settings, tmp_path: Path
) -> None:
    out = str(tmp_path / "汇总")
    for region in ("某市甲县", "某市乙县"):
        home = tmp_path / region
        shutil.copytree(committed.home / "data" / "processed", home / "data" / "processed")
        answer = yanpan("export", "parquet", "--out", out, "--region", region, home=home)
        assert (answer.returncode, answer.stderr.count("\n")) == (0, 1)
    asked = ("metric", "overview", "--as-of", "2023-11-15", "--format", "json")
    own = json.loads(yanpan(*asked, home=committed.home).stdout)[0]
    regions = json.loads(yanpan(*asked, "--data", out, "--by", "region").stdout)
    assert regions == [{"region": name, **own} for name in ("某市乙县", "某市甲县")]
    whole = json.loads(yanpan(*asked, "--data", out).stdout)[0]
    assert whole["total"] == 2 * own["total"]
    one = json.loads(yanpan(*asked, "--data", out, "--region", "某市甲县").stdout)[0]
    assert one == own


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "spark"], "要和 --data 一起用"),
        (["--data", "没有"], "没有 里没有导出"),
        (["--data", "s3://桶/汇总"], "不在本机；请用 --engine spark"),
        (["--data", ".", "--engine", "hadoop"], "没有名为 hadoop 的引擎"),
    ],
)
def test_what_is_asked_amiss_of_exports_is_told_in_one_line(words: list[str], told: str) -> None:
    answer = yanpan("metric", "overview", *words)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert told in answer.stderr


def test_a_rollup_takes_in_no_ledgers_and_is_not_exported_again(tmp_path: Path) -> None:
    (tmp_path / "yanpan.toml").write_text('rollup = "汇总"\n', encoding="utf-8")
    for words in (["ingest"], ["export", "parquet", "--out", str(tmp_path / "out")]):
        answer = yanpan(*words, home=tmp_path)
        assert (answer.returncode, answer.stderr.strip().count("\n")) == (1, 0)
        assert "这里是各县的汇总" in answer.stderr


def test_check_names_who_has_used_up_most_of_what_may_be_kept(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        file = home.raw / "2023-10-15" / "县水利局" / f"00{n + 1}_台账.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            "隐患编号,场所名称,隐患描述,责任单位\n1,甲校,灭火器过期,县水利局\n", "utf-8"
        )
    yanpan("ingest", home=home.home)
    told = "县水利局留存的报送（撤回的也在内）已有 4 个文件"
    assert told not in yanpan("check", home=home.home).stdout
    monkeypatch.setenv("YANPAN_UNIT_FILES_KEPT", "5")
    answer = yanpan("check", home=home.home)
    assert f"{told}、0 MB（最多 5 个、8000 MB），用了 80%。" in answer.stdout
    assert not (home.home / "data" / "quota.sqlite").exists()  # it only looks


@pytest.mark.skipif(os.name == "nt", reason="no SIGTERM")
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_stop_does_so_without_a_word(
    home: Settings, word: signal.Signals
) -> None:
    (home.raw / "三清单.xlsx").write_bytes((RAW / "三清单.xlsx").read_bytes())
    yanpan("ingest", home=home.home)
    with subprocess.Popen(
        [*YANPAN, "serve", "--port", "0", "--home", str(home.home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as server:  # fmt: skip
        assert server.stdout
        address = server.stdout.readline().split("：")[1].split(" ")[0]
        with urllib.request.urlopen(address) as page:  # noqa: S310 - our own
            assert page.status == 200
        server.send_signal(word)
        assert (*server.communicate(), server.returncode) == ("", "", 0)


def test_nothing_in_a_cell_moves_the_cursor(home: Settings) -> None:
    yanpan("ingest", "--allow-empty", home=home.home)
    odd = "'灭' || chr(13) || '火' || chr(27) || '[2J' || chr(8238) || '器' AS 隐患"
    answer = yanpan("sql", f"SELECT {odd}", home=home.home)
    assert answer.stdout.splitlines()[-1] == "灭 火器"
