"""A completion without a day lies between two reports: 模拟数据, three hazards of one ledger."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from analysis.ingest.pipeline import ingest
from analysis.ingest.readings import shelf_of
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, fetch_rows, open_warehouse

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "责任人", "整改状态"]
#: Deadlines of the hazards; the last two reports speak for 31 October and 5 November.
DEADLINES = {"1": "2023-10-31", "2": "2023-11-03", "3": "2023-11-05"}
PUNCTUALITY = """
    SELECT right(item_id, 1), punctuality, CAST(done_on AS VARCHAR), done_as_reported
    FROM items(DATE '2023-11-30') ORDER BY 1
"""


def send(write_sheet: Write, day: str, until: str, status: str) -> None:
    rows = [
        [number, f"宾馆{number}", "灭火器过期", "2023-10-01", due_on, "某甲", status]
        for number, due_on in DEADLINES.items()
    ]
    title = [["甲局隐患台账"], [f"填报单位：甲局 截至{until}"]]
    write_sheet(f"{day}/甲局.xlsx", [*title, HEADER, *rows])


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def tables(home: Settings) -> dict[str, pd.DataFrame]:
    with open_warehouse(home.warehouse) as con:
        return {name: fetch(con, f"FROM {name} ORDER BY ALL") for name in LEDGERS}


def test_a_report_that_says_nothing_new_still_says_that_it_was_not_done(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-17", "2023年10月15日", "整改中")
    ingest(home)
    send(write_sheet, "2023-11-02", "2023年10月31日", "整改中")  # makes no version
    ingest(home)
    send(write_sheet, "2023-11-10", "2023年11月5日", "已整改")
    ingest(home)
    assert ask(home, PUNCTUALITY) == [
        ("1", "late", "2023-11-10", True),  # open on its last day
        ("2", "undated", "2023-11-10", True),  # done between 31 October and 5 November
        ("3", "in_time", "2023-11-10", True),
    ]
    due = "SELECT due, on_time, late, overdue, undated_done FROM overview(DATE '2023-11-30')"
    assert ask(home, due) == [(2, 1, 1, 0, 1)]
    grown = tables(home)
    shelf_of(home).forget()
    ingest(home)
    for name, table in tables(home).items():
        pd.testing.assert_frame_equal(grown[name], table, obj=name)


def test_what_a_unit_sends_later_does_not_change_when_it_was_done(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-17", "2023年10月15日", "整改中")
    send(write_sheet, "2023-11-10", "2023年11月5日", "已整改")
    send(write_sheet, "2023-11-17", "2023年11月15日", "已销号")
    ingest(home)
    assert [row[1] for row in ask(home, PUNCTUALITY)] == ["undated", "undated", "in_time"]


def test_the_sheet_of_an_earlier_month_tells_of_the_day_of_its_book(home: Settings) -> None:
    def book(day: str, status: str, *later: list[str]) -> None:
        row = ["1", "宾馆1", "灭火器过期", "2023-10-01", "2023-11-20", "某甲", status]
        made = Workbook()
        made.remove(made.worksheets[0])
        for month, rows in ((10, [row]), (11, later)):
            sheet = made.create_sheet(f"{month}月")
            for cells in ([f"甲局隐患台账（2023年{month}月排查）"], HEADER, *rows):
                sheet.append(cells)
        (home.raw / day).mkdir(parents=True)
        made.save(home.raw / day / "甲局.xlsx")

    book("2023-10-31", "整改中")
    book("2023-11-30", "已整改", ["2", "宾馆2", "通道堵塞", "2023-11-03", "2023-12-20", "某甲", ""])
    ingest(home)
    # done between 31 October and 30 November, and no sooner
    assert ask(home, PUNCTUALITY)[0] == ("1", "undated", "2023-11-30", True)
