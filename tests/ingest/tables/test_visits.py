"""Whose a hazard is that a supervising body found at somebody else's place, and what is none."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
HEAD = ["日期", "被检查单位", "检查人员", "发现问题", "处理方式", "备注"]
NOTHING = ["2023-10-12", "河口索道", "孔某、姚某", "未发现问题", "—", ""]
MENDED = ["2023-10-13", "河口码头", "孔某", "救生圈摆放不便取用", "当场改正", ""]
LEFT = ["2023-10-14", "河口观景台", "孔某", "护栏松动", "交专班督办", ""]
FILE = "2023-10-24/县应急局10月督查台账.xlsx"


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


@pytest.mark.parametrize("nothing", ["未发现问题", "现场检查未发现安全隐患。", "无异常", "正常"])
def test_a_record_of_visits_is_one_of_inspections_and_what_it_left_is_told(
    home: Settings, write_sheet: Write, nothing: str
) -> None:
    row = [*NOTHING[:3], nothing, *NOTHING[4:]]
    write_sheet(FILE, [["县应急局涉旅督查检查台账"], HEAD, row, MENDED, LEFT])
    ingest(home)
    assert asked(home, "SELECT ledger, rows_loaded FROM submission") == [("inspection", 3)]
    sql = "SELECT row_no, message FROM quality WHERE rule = 'found_not_listed'"
    ((row_no, message),) = asked(home, sql)
    assert (row_no, "河口观景台：护栏松动" in message) == (5, True)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (HEAD, [MENDED, LEFT]),
        ([*HEAD[:5], "整改期限"], [NOTHING, [*LEFT[:5], "2023-11-10"]]),
        ([*HEAD[:5], "整改情况"], [NOTHING, [*LEFT[:5], "已整改"]]),
        ([*HEAD[:5], "责任单位"], [NOTHING, [*LEFT[:5], "河口镇"]]),
    ],
    ids=["a hazard each", "by when", "how far", "whose"],
)
def test_what_says_how_a_hazard_goes_on_stays_a_list_of_hazards(
    home: Settings, write_sheet: Write, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    write_sheet(FILE, [["县应急局督查台账"], head, *rows])
    ingest(home)
    assert asked(home, "SELECT ledger FROM submission") == [("hazard",)]


def letter(home: Settings, title: str, to: str, by: str, above: Sequence[str] = ()) -> None:
    """A letter with a table of one hazard, which names no unit."""
    document = docx.Document()
    for line in (title, f"{to}：", "经检查，发现下列隐患，请列入台账，按期整改。", *above):
        document.add_paragraph(line)
    rows = [
        ["序号", "地点", "隐患", "等级", "发现日期", "整改期限"],
        ["1", "河口观景台", "护栏松动", "一般", "2023年10月14日", "2023年11月10日"],
    ]
    table = document.add_table(rows=2, cols=6)
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            table.cell(n, m).text = text
    for line in (by, "2023年10月24日"):
        document.add_paragraph(line)
    path = home.raw / "2023-10-24" / "来函.docx"
    path.parent.mkdir(parents=True)
    document.save(str(path))
    ingest(home)


OFFICE = "某县文化旅游安全专班办公室"


@pytest.mark.parametrize(
    ("title", "to", "by", "unit"),
    [
        ("督办函", "河口镇人民政府", OFFICE, "河口镇人民政府"),
        ("关于限期整改河口观景台隐患的通知书", "河口镇人民政府", OFFICE, "河口镇人民政府"),
        ("隐患交办单", "河口镇人民政府", "某县应急管理局", "河口镇人民政府"),
        ("关于报送隐患情况的函", "某县应急管理局", "河口镇人民政府", None),
        ("督办函", "河口镇人民政府、上游镇人民政府", OFFICE, None),
    ],
)
def test_hazards_of_a_letter_are_whom_it_asks_to_put_them_right(
    home: Settings, title: str, to: str, by: str, unit: str | None
) -> None:
    letter(home, title, to, by)
    assert asked(home, "SELECT site, unit FROM hazard") == [("河口观景台", unit)]


def test_the_unit_s_own_list_goes_on_with_the_hazard_that_it_was_given(
    home: Settings, write_sheet: Write
) -> None:
    letter(home, "督办函", "河口镇人民政府", OFFICE)
    head = ["序号", "场所", "隐患内容", "责任人", "发现日期", "整改期限", "整改状态"]
    row = [1, "河口观景台", "护栏松动（县督查交办）", "张某", "2023-10-14", "2023-11-10", "已整改"]
    write_sheet("2023-11-01/河口镇隐患台账.xlsx", [["填报单位：河口镇人民政府"], head, row])
    ingest(home)
    assert asked(home, "SELECT unit, state FROM items(DATE '2023-11-02')") == [
        ("河口镇人民政府", "accepting")
    ]
