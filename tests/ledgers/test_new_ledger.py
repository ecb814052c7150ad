"""One file in ``analysis/ledgers/`` is a new ledger: read, published, shared, documented."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

pytestmark = pytest.mark.slow

Ask = Callable[[str], list[tuple[Any, ...]]]

ROOT = Path(__file__).parents[2]
HEADER = ["证号", "持证单位", "许可事项", "发证日期", "到期日期", "监管部门", "联系方式"]
OCTOBER = [
    ["许可证台账（2023年10月）"],
    HEADER,
    [
        "13800000001",
        "甲宾馆",
        "食品经营",
        "2022-10-01",
        "2025-10-01",
        "县教育局",
        "13812345678",
    ],
    ["13800000002", "乙网吧", "网络文化", "2022-10-01", "2021-10-01", "县教育局", ""],
    ["13800000001", "丙景区", "旅游经营", "2022-10-01", "2025-10-01", "县交通运输局", ""],
    ["", "", "食品经营", "2022-10-01", "", "县教育局", ""],
    ["合计", "3张", "", "", "", "", ""],
]
#: One permit the same as before, the other one left out.
NOVEMBER = [HEADER, OCTOBER[2]]
#: What only the program itself can do, in a process of the copy.
SHARE_AND_EXPORT = """
import io, json, sys
from pathlib import Path
from analysis.intake.drafts import take_draft
from analysis.intake.readback import read_back
from analysis.settings import Settings
from analysis.warehouse.counties.engines import open_engine
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.share import Share, make_share

home, exports, upload = map(Path, sys.argv[1:])
settings = Settings(home=home)

def shared(share):
    path = home / "share.duckdb"
    make_share(settings.warehouse, share, path)
    with open_warehouse(path) as con:
        return fetch_rows(con, "SELECT permit_no, site, contact FROM permit ORDER BY site")[1]

def not_taken(unit):
    draft = take_draft(settings, "someone", unit, "许可证.xlsx", io.BytesIO(upload.read_bytes()))
    read = read_back(settings, draft)
    return [*read.refusals, *(told.message for told in read.rejects)]

engine = open_engine("duckdb")
shown = engine.show(engine.exports(str(exports)).only(["甲县"], is_said=True))
exported = "SELECT permit_no, regulator, valid_until FROM permit ORDER BY site"
print(json.dumps({
    "exported": shown.rows(exported, {})[1],
    "unit": shared(Share(unit="县教育局", is_masked=True)),
    "other": shared(Share(unit="县水利局")),
    "inspector": shared(Share(inspector="张三")),
    "own": not_taken("县教育局"),
    "others": not_taken("县水利局"),
}, default=str))
"""


def run(program: Path, *arguments: str) -> str:
    """What a process of the copy prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=program,
        env=os.environ | {"PYTHONPATH": str(program), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one ledger more."""
    folder = tmp_path_factory.mktemp("program")
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "analysis", folder / "analysis", ignore=without)
    shutil.copy(Path(__file__).with_name("permit.py"), folder / "analysis" / "ledgers")
    shutil.copy(ROOT / "yanpan.toml", folder)
    return folder


@pytest.fixture(scope="module")
def office(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that was ingested by the copy."""
    folder = tmp_path_factory.mktemp("office")
    write(folder / "data" / "raw" / "2023-10-15" / "许可证台账.xlsx", OCTOBER)
    write(folder / "data" / "raw" / "2023-11-15" / "许可证台账.xlsx", NOVEMBER)
    run(program, "-m", "analysis.cli", "ingest", "--home", str(folder))
    return folder


@pytest.fixture(scope="module")
def ask(office: Path) -> Ask:
    """Rows of the published file, as any DuckDB client reads it."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        path = office / "data" / "processed" / "warehouse.duckdb"
        with duckdb.connect(str(path), read_only=True) as con:
            return con.execute(sql).fetchall()

    return ask


@pytest.fixture(scope="module")
def answers(
    program: Path, office: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    exports = tmp_path_factory.mktemp("exports")
    export = ["export", "parquet", "--out", str(exports), "--region", "甲县"]
    run(program, "-m", "analysis.cli", *export, "--home", str(office))
    upload = write(exports / "上传.xlsx", NOVEMBER)
    said = run(program, "-c", SHARE_AND_EXPORT, str(office), str(exports), str(upload))
    found: dict[str, Any] = json.loads(said)
    return found


def test_it_is_recognised_by_its_headers_and_every_row_is_counted(ask: Ask) -> None:
    counts = "rows_read, rows_loaded, rows_duplicate, rows_ignored, rows_rejected"
    assert ask(f"SELECT ledger, {counts} FROM submission ORDER BY received_on") == [
        ("permit", 7, 3, 0, 3, 1),
        ("permit", 2, 0, 1, 1, 0),
    ]
    assert ask("SELECT site, permit_no FROM permit ORDER BY site") == [
        ("丙景区", "13800000001"),  # another sender's number
        ("乙网吧", "13800000002"),
        ("甲宾馆", "13800000001"),
    ]
    ((reason,),) = ask("SELECT reason FROM reject")
    assert reason.startswith("许可证编号、场所名称都没有填写，无法成为一条许可证记录")


def test_the_rules_that_it_declares_are_applied(ask: Ask) -> None:
    found = ask("SELECT rule, cell, message FROM quality ORDER BY rule")
    assert [(rule, cell) for rule, cell, _ in found] == [
        ("date_order", "E4"),
        ("partial_ledger", None),
    ]
    (_, _, order), (_, _, partial) = found
    assert order == "有效期至早于发证日期，请核对"
    # One permit of two is its news alone, and no list from which the other has vanished.
    assert partial.startswith("2023 年 11 月上半月收到的只是新增的行或个别事项，不是整份台账；")


def test_its_table_has_comments_and_a_chinese_view(ask: Ask) -> None:
    tables = "SELECT comment FROM duckdb_tables() WHERE table_name = 'permit'"
    assert ask(tables) == [("许可证。一张许可证一行。",)]
    columns = "SELECT comment FROM duckdb_columns() WHERE table_name = 'permit'"
    comments = [comment for (comment,) in ask(columns)]
    assert "有效期至。最后一天。" in comments
    assert None not in comments
    assert ask('SELECT "许可证编号", "有效期至"::VARCHAR FROM "许可证" ORDER BY 2') == [
        ("13800000002", "2021-10-01"),
        ("13800000001", "2025-10-01"),
        ("13800000001", "2025-10-01"),
    ]


def test_it_is_exported_and_read_back_with_its_county_in_front(answers: dict[str, Any]) -> None:
    assert answers["exported"] == [
        ["甲县·13800000001", "甲县·县交通运输局", "2025-10-01"],
        ["甲县·13800000002", "甲县·县教育局", "2021-10-01"],
        ["甲县·13800000001", "甲县·县教育局", "2025-10-01"],
    ]


def test_a_unit_sees_its_own_rows_and_nobody_else_any(answers: dict[str, Any]) -> None:
    assert answers["unit"] == [
        ["13800000002", "乙网吧", None],
        ["13800000001", "甲宾馆", "138****5678"],  # a number of a permit is no telephone's
    ]
    assert answers["other"] == answers["inspector"] == []


def test_a_unit_sends_its_own_and_another_s_waits(answers: dict[str, Any]) -> None:
    assert answers["own"] == []
    (told,) = answers["others"]
    assert "责任单位是“县教育局”，不是报送的县水利局；等专班办公室确认" in told


def test_there_is_a_template_of_it_that_says_what_holds_for_it(
    program: Path, tmp_path: Path
) -> None:
    path = tmp_path / "空白.xlsx"
    run(program, "-m", "analysis.cli", "template", "permit", "-o", str(path))
    ledger, instructions = load_workbook(path).worksheets
    assert [cell.value for cell in ledger[3]] == [
        "许可证编号", "场所名称", "许可事项", "发证日期", "有效期至", "监管部门", "联系方式",
    ]  # fmt: skip
    text = "\n".join(str(cell.value) for (cell,) in instructions.iter_rows())
    assert "一张许可证一行" in text
    assert "销号须有验收日期" not in text


def test_it_is_in_the_data_dictionary(program: Path) -> None:
    (program / "docs").mkdir()
    run(program, "-m", "analysis.reference")
    page = (program / "docs" / "数据字典.md").read_text(encoding="utf-8")
    assert "## 许可证 `permit`\n\n一张许可证一行。" in page
    assert "| `valid_until` | 有效期至 | DATE | 最后一天。必填。 | 到期日期 |" in page
    assert page.index("`inspection`") < page.index("`permit`") < page.index("`accident`")
