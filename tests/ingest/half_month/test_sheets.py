"""A small sheet that is called a half-monthly report is one, whatever its columns are."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.half_month import Report, read_sheet
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

KNOWN = date(2023, 10, 20)
FIRST_HALF = (date(2023, 10, 1), date(2023, 10, 15))
Rows = list[list[Any]]
WORDS: Rows = [["工作开展", "巡查管网6公里，检查泵站4家次。", "下步打算", "继续巡查"]]


def read(
    rows: Rows, *, name: str = "报表", sheet: str = "Sheet1", above: str = "", is_alone: bool = True
) -> Report | None:
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    return read_sheet(Sheet(sheet, cells, above=above), name, KNOWN, is_alone=is_alone)


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "甲县城管局", "报送期", "2023年10月上半月"], *WORDS, ["填报人", "某甲"]],
        [["填报单位：甲县城管局    统计时段：10.1—10.15"], *WORDS],
        [["甲县城管局半月总结（10月上半月）"], *WORDS, ["审核人：某乙", "填报人：某甲"]],
        [*WORDS, ["报告期", "10月1日至15日"], ["甲县城管局  某甲"]],
        [*WORDS, ["期次", "10月上半月"], ["甲县城管局2023年10月16日"]],
    ],
    ids=["labels", "one line", "title", "signed", "signed and dated"],
)
def test_labels_with_their_texts_are_a_report(rows: Rows) -> None:
    found = read(rows, above="半月工作情况表")
    assert found is not None
    assert (found.unit, found.start, found.end) == ("甲县城管局", *FIRST_HALF)
    assert found.texts["progress"] == "工作开展：巡查管网6公里，检查泵站4家次。"
    assert found.texts["next_steps"] == "下步打算：继续巡查"
    assert found.figures.taken["visits"].value == 4


def test_one_row_of_what_no_other_unit_counts_is_a_report() -> None:
    rows: Rows = [
        ["甲县城管局市容半月情况"],
        ["期间", "劝离摊点（处）", "重点工作", "填报", "填报日期"],
        ["2023年10月上半月", 26, "夜市整治", "某甲", "10.16"],
    ]
    found = read(rows)
    assert found is not None
    assert (found.start, found.submitted_on) == (FIRST_HALF[0], date(2023, 10, 16))
    assert found.texts["progress"] == "劝离摊点（处）：26\n重点工作：夜市整治"


@pytest.mark.parametrize(
    ("title", "sheet", "name"),
    [
        ("甲县城管局半月报（10月上半月）", "小结", "台账及小结"),
        ("甲县城管局工作（10月上半月）", "半月小结", "台账及小结"),
        ("甲县城管局工作", "半月小结", "城管局台账及小结10月上"),
        ("甲县城管局工作", "半月小结", "城管局台账及小结10.1-10.15"),
    ],
)
def test_sentences_on_a_sheet_that_is_called_so_are_a_report(
    title: str, sheet: str, name: str
) -> None:
    rows: Rows = [[title], ["本半月巡查15次，劝离20人。"], ["报送人：某甲", "", "签发：某乙"]]
    found = read(rows, sheet=sheet, name=name, is_alone=False)
    assert found is not None
    assert (found.unit, found.start) == ("甲县城管局", FIRST_HALF[0])
    assert found.texts["progress"] == "本半月巡查15次，劝离20人。"


@pytest.mark.parametrize("word", ["半月报", "半月情况表", "半月小结", "半月工作情况", "半月报表"])
def test_the_file_alone_may_call_its_only_sheet_so(word: str) -> None:
    rows: Rows = [["单位", "甲县城管局"], *WORDS]
    named = f"城管局{word}10.1-10.15"
    assert read(rows, name=named) is not None
    assert read(rows, name=named, is_alone=False) is None
    assert read(rows, name="城管局10月工作情况") is None


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("关于报送10月上半月半月报的通知", [["各单位于17日前报送半月报。"]]),
        ("10月上半月半月报填报要求", [["单位", "填单位全称"], ["期次", "填上半月或下半月"]]),
        ("10月上半月半月报报送情况", [["甲县城管局已报，甲县水务局未报。"]]),
        ("专班办公室10月上半月半月情况", [["召开例会1次。"]]),
        ("10月份工作情况表", [["单位", "甲县城管局", "月份", "10月"], *WORDS]),
        ("半月情况表（10月上半月）", [["单位", "甲县城管局"], ["填报人", "某甲"]]),
        ("半月情况表", [["单位", "甲县城管局"], *WORDS]),
        (
            "半月情况表（10月上半月）",
            [["单位", "劝离摊点"], ["甲县城管局", 26], ["甲县水务局", 3]],
        ),
        (
            "甲县城管局半月情况表",
            [["期间", "劝离摊点"], ["9月下半月", 26], ["10月上半月", 3]],
        ),
        (
            "甲县城管局半月情况表（10月上半月）",
            [["项目", "劝离摊点"], ["9月下半月", 26], ["10月上半月", 3]],
        ),
    ],
    ids=[
        "notice",
        "how to",
        "who sent",
        "office",
        "month",
        "empty",
        "no time",
        "units",
        "times",
        "times of things",
    ],
)
def test_neighbours_are_no_report(title: str, rows: Rows) -> None:
    assert read([[title], *rows]) is None


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (
            "值班情况",
            [["日期", "带班", "值班"], ["10月2日", "某甲", "某乙"], ["10月3日", "某乙", "某丙"]],
        ),
        ("考勤统计", [["姓名", "出勤", "迟到"], ["某甲", 10, 0]]),
        ("隐患情况", [["地点", "问题", "整改"], ["东桥泵站", "护栏松动", "已加固"]]),
    ],
)
def test_a_list_of_a_half_month_is_a_report_only_if_it_tells_what_reports_do(
    title: str, rows: Rows
) -> None:
    called: Rows = [[f"甲县城管局10月上半月{title}"]]
    assert read([*called, *rows]) is None
    assert read([*called, *WORDS]) is not None


def told(home: Settings) -> list[Any]:
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        return list(fetch_rows(con, "SELECT unit, period_start FROM half_month ORDER BY 1, 2")[1])


def test_a_sheet_of_a_workbook_is_read_beside_its_ledger(home: Settings) -> None:
    book = Workbook()
    book.active.title = "半月小结"
    for row in [["甲县城管局半月报（10月上半月）"], ["本半月巡查15次。"], ["报送人：某甲"]]:
        book.active.append(row)
    ledger = book.create_sheet("10月")
    for cells in [
        ["隐患台账"],
        ["序号", "场所名称", "隐患描述", "整改期限", "责任单位", "责任人"],
        [1, "东桥泵站", "护栏松动", "2023-10-30", "甲县城管局", "某甲"],
    ]:
        ledger.append(cells)
    path = home.raw / "2023-10-16" / "城管局台账及小结（模拟数据）.xlsx"
    path.parent.mkdir(parents=True)
    book.save(path)
    assert told(home) == [("甲县城管局", FIRST_HALF[0])]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT count(*) FROM hazard")[1] == [(1,)]


def test_a_document_of_one_table_and_a_book_that_only_its_file_names(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    document = docx.Document()
    document.add_paragraph("半月工作情况表（模拟数据）")
    table = document.add_table(rows=2, cols=4)
    texts = ["单位", "甲县城管局", "报送期", "10月上半月", *WORDS[0]]
    for n, text in enumerate(texts):
        table.cell(n // 4, n % 4).text = text
    path = home.raw / "2023-10-17" / "城管局半月情况表10.1-10.15（模拟数据）.docx"
    path.parent.mkdir(parents=True)
    document.save(str(path))
    rows: Rows = [["市容情况"], ["期间", "劝离摊点（处）"], ["2023年10月下半月", 3]]
    write_sheet("2023-11-01/甲县城管局市容半月情况10.16-10.31（模拟数据）.xlsx", rows, ["A1:B1"])
    assert told(home) == [("甲县城管局", FIRST_HALF[0]), ("甲县城管局", date(2023, 10, 16))]


LISTED: Rows = [
    ["序号", "地点", "隐患", "发现时间", "期限", "责任人", "整改情况"],
    [1, "东湖渡口", "灭火器失效", "2023.10.8", "2023.10.20", "某甲", "未整改"],
]
COUNTED = "检查4家，新发现1处，整改完成0处　　报送：2023年10月17日"


def reports_above(home: Settings, *lines: str, rows: Rows = LISTED) -> list[tuple[Any, ...]]:
    """What the lines above a list of hazards report: figures and day; the list is read anyhow."""
    book = Workbook()
    for row in [*([line] for line in lines), *rows]:
        book.active.append(row)
    (home.raw / "2023-10-18").mkdir(parents=True)
    book.save(home.raw / "2023-10-18" / "甲乡10月上半月.xlsx")
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT site FROM hazard", {})[1] == [("东湖渡口",)]
        sql = (
            "SELECT unit, period_start, submitted_on, sites_inspected, hazards_found, "
            "hazards_done FROM half_month"
        )
        return fetch_rows(con, sql, {})[1]


@pytest.mark.parametrize(
    "title", ["甲乡10月上半月隐患排查报表（新增）", "甲乡2023年10月上半月隐患排查情况"]
)
def test_a_list_under_the_figures_of_its_half_month_is_a_report_too(
    home: Settings, title: str
) -> None:
    found = ("甲乡", FIRST_HALF[0], date(2023, 10, 17), 4, 1, 0)
    assert reports_above(home, title, COUNTED) == [found]


@pytest.mark.parametrize(
    "lines",
    [
        ("甲乡10月上半月隐患排查情况",),  # how many places were seen is not said
        ("甲乡10月上半月隐患台账", COUNTED),
        ("甲乡10月隐患排查情况", COUNTED.replace("10月", "9月")),
        ("县专班办公室10月上半月隐患排查情况", COUNTED),
        ("甲乡10月上半月隐患排查情况", "共1处，其中重大0处"),
    ],
)
def test_what_else_stands_above_a_list_is_no_report(home: Settings, lines: tuple[str, ...]) -> None:
    assert reports_above(home, *lines) == []


def test_the_figures_above_a_list_of_several_units_are_no_units(home: Settings) -> None:
    rows: Rows = [[*LISTED[0], "责任单位"], [*LISTED[1], "县交通运输局"]]
    assert reports_above(home, "全县10月上半月隐患排查情况", COUNTED, rows=rows) == []
