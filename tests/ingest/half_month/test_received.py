"""The office's list of who reported, and when, is a report of each; who has not stays owing."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.half_month import read_received
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.pipeline import ingest
from analysis.ingest.tables.rows import RowKind
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Rows = list[list[Any]]
TITLE = ["2023年10月下半月半月报报送情况汇总"]
WORDS = Vocabulary({})
SECOND_HALF = date(2023, 10, 16)


def read(rows: Rows, name: str = "汇总") -> list[tuple[Any, ...]] | None:
    """Unit and day of each report that the list tells of."""
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    found = read_received(Sheet("Sheet1", cells), name, WORDS)
    if found is None:
        return None
    sheet, layout = found
    headers = [header.path for header in layout.headers]
    unit, day = headers.index("填报单位"), headers.index("报送日期")
    data = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    return [(sheet.cells[n][unit], sheet.cells[n][day]) for n in data]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["单位", "收到日期", "方式"], [["甲局", "11月1日", "纸质"], ["乙局", "未报", ""]]),
        (["单位名称", "报送情况", "报送日期"], [["甲局", "迟报", "11月1日"], ["乙局", "未报", ""]]),
        (["单位", "报送情况"], [["甲局", "已报（11月1日）"], ["乙局", "未报"]]),
        (["单位", "报送时间"], [["甲局", "11月1日"], ["专班办公室", "11月2日"], ["乙局", "—"]]),
        # a day beside 未报 is another's: that of the reminder
        (["单位", "是否报送", "日期"], [["甲局", "是", "11月1日"], ["乙局", "否", "11月6日"]]),
        (["成员单位", "签收时间"], [["甲局", "11月1日"], ["合计", "1家"], ["办公室  某甲", ""]]),
        (["单位", "报送情况"], [["甲局", "11月1日"], ["合计", "已报1家（截至11月5日）"]]),
        (["单位", "是否按时报送", "日期"], [["甲局", "否", "11月1日"], ["乙局", "否", ""]]),
        (["单位", "是否按时报送"], [["甲局", "否，11月1日"], ["乙局", "否"]]),
    ],
    ids=[
        "day",
        "state and day",
        "state",
        "office",
        "reminded",
        "total",
        "dated total",
        "late",
        "late in words",
    ],
)
def test_who_has_a_day_has_reported(header: list[str], told: Rows) -> None:
    assert read([TITLE, header, *told]) == [("甲局", "11月1日")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("10月下半月半月报收报登记表", "登记"),
        ("各单位报送情况", "专班办公室半月报报送情况10.16-10.31"),
        ("半月报签收记录（10月16日—31日）", "签收"),
    ],
)
def test_the_list_may_be_called_otherwise(title: str, name: str) -> None:
    day = datetime(2023, 11, 1)
    assert read([[title], ["单位", "收到日期"], ["甲局", day]], name) == [("甲局", day)]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("关于10月下半月半月报报送情况的通报", ["单位", "收到日期"]),
        ("关于报送10月下半月半月报的通知", ["单位", "报送时间"]),
        ("10月月报报送情况汇总", ["单位", "收到日期"]),
        ("半月报报送情况汇总", ["单位", "收到日期"]),
        ("10月下半月隐患整改情况", ["单位", "整改日期"]),
        ("10月下半月半月报汇总", ["单位", "报送日期", "检查家次"]),
        ("10月下半月半月报未报送单位登记", ["单位", "日期"]),
    ],
    ids=["reprimand", "notice", "month", "no time", "hazards", "figures", "missing"],
)
def test_neighbours_are_no_such_list(title: str, header: list[str]) -> None:
    assert read([[title], header, ["甲局", "11月1日", 3]]) is None


def test_a_row_that_does_not_say_when_is_told(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    told = [["县甲局", "按期", "11月2日"], ["县乙局", "按期", ""], ["县丙局", "未报", ""]]
    rows: Rows = [TITLE, ["单位", "报送情况", "收到日期"], *told]
    write_sheet("2023-11-06/报送情况（模拟数据）.xlsx", rows, ["A1:C1"])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT unit FROM half_month")[1] == [("县甲局",)]
        sql = "SELECT row_no, cell FROM quality WHERE rule = 'unreadable'"
        assert fetch_rows(con, sql)[1] == [(4, "B4")]


def test_a_row_of_another_half_month_says_so(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    told = [
        ["县甲局", "10月上半月", "10月20日"],
        ["县甲局", "10月下半月", "11月1日"],
        ["县乙局", "", "11月2日"],
    ]
    write_sheet("2023-11-06/登记（模拟数据）.xlsx", [TITLE, ["单位", "期次", "报送日期"], *told])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT unit, period_start FROM half_month ORDER BY row_no"
        first = date(2023, 10, 1)
        assert fetch_rows(con, sql)[1] == [
            ("县甲局", first), ("县甲局", SECOND_HALF), ("县乙局", SECOND_HALF)
        ]  # fmt: skip


def test_units_side_by_side_and_what_is_no_day_are_told(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    header = ["单位", "报送日期", "单位", "报送日期"]
    told = [
        ["县甲局", "11月1日", "县乙局", "11月2日"],
        ["县丙局", "上午", "", ""],
        ["单位", "报送日期", "", ""],
        ["县丁局", "11月1日退,11月4日重报", "", ""],
    ]
    write_sheet("2023-11-06/登记（模拟数据）.xlsx", [TITLE, header, *told], ["A1:D1"])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT cell, value FROM quality WHERE rule = 'unreadable' ORDER BY cell"
        assert fetch_rows(con, sql)[1] == [
            ("B4", "上午"), ("B6", "11月1日退,11月4日重报"), ("C3", "县乙局"),
        ]  # fmt: skip


def test_who_reports_on_paper_has_reported_and_the_office_owes_nothing(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    own = [["县甲局半月报（10月下半月）"], ["项目", "检查家次", "发现隐患"], ["本期", 6, 4]]
    write_sheet("2023-11-02/县甲局半月报（模拟数据）.xlsx", own, ["A1:C1"])
    rows: Rows = [
        TITLE,
        ["序号", "单位", "报送情况", "收到日期", "备注"],
        [1, "县甲局", "按期", "11月2日", ""],
        [2, "县乙局", "迟报", "11月4日", "纸质"],
        [3, "县丙局", "未报", "", "已电话催报"],
        ["专班办公室  某甲", "", "", "", ""],
    ]
    write_sheet("2023-11-06/专班办公室报送情况汇总（模拟数据）.xlsx", rows, ["A1:E1"])
    assert ingest(home).rows_rejected == 0
    sql = """
        SELECT unit, period_start, reported_on, visits, progress FROM half_month
        WHERE known_to IS NULL ORDER BY unit
    """
    state = "SELECT unit, state FROM report_punctuality(DATE '2023-11-07') ORDER BY unit"
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, sql)[1] == [
            ("县乙局", SECOND_HALF, date(2023, 11, 4), None, None),
            ("县甲局", SECOND_HALF, date(2023, 11, 2), 6, None),
        ]
        assert fetch_rows(con, state)[1] == [("县乙局", "late"), ("县甲局", "in_time")]


def test_the_office_that_reports_itself_owes_nothing(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    header = ["单位", "期次", "检查家次", "发现隐患数"]
    rows: Rows = [header, ["县甲局", "10月上半月", 6, 4], ["专班办公室", "10月上半月", 3, 0]]
    write_sheet("2023-10-16/半月报（模拟数据）.xlsx", rows)
    ingest(home)
    day = "DATE '2023-12-01'"
    with open_warehouse(home.warehouse) as con:
        for table in (f"report_punctuality({day})", f"units_reporting({day})"):
            found = fetch_rows(con, f"SELECT DISTINCT unit FROM {table}")[1]
            assert found == [("县甲局",)]
