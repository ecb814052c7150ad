"""Rows that are no hazards of their own: pasted twice under a running number, or of no find."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.settings import Settings
from tests.ingest.plan.tracking.test_progress_by_number import ask

Write = Callable[..., Path]
HEAD = ["编号", "场所", "隐患内容", "发现日期", "整改期限", "备注"]
FIRST = ["渡口", "缆绳磨损", "2023-10-08", "2023-10-20", None]
SECOND = ["码头", "护栏缺失", "2023-10-09", "2023-10-25", "等配件"]


def records(home: Settings, write: Write, *rows: list[Any]) -> int:
    """How many hazards a list makes."""
    write("2023-10-16/甲乡隐患台账.xlsx", [["甲乡隐患台账"], HEAD, *rows])
    ((count,),) = ask(home, "SELECT count(DISTINCT item_id) FROM hazard")
    return int(count)


def test_a_row_pasted_twice_is_one_and_told(home: Settings, write_sheet: Write) -> None:
    rows = [1, *FIRST], [2, *SECOND], [3, *SECOND]
    assert records(home, write_sheet, *rows) == 2
    told = ask(home, "SELECT row_no, message FROM quality WHERE rule = 'R31'")
    assert [(n, "与第 4 行完全相同" in text) for n, text in told] == [(5, True)]


@pytest.mark.parametrize(
    "rows",
    [
        ([1, *FIRST], [2, *SECOND], [3, *SECOND[:4], "已购配件"]),  # a cell is another
        ([7, *FIRST], [8, *SECOND], [9, *SECOND]),  # goes on with another list's numbers
        (["Y-1", *FIRST], ["Y-2", *SECOND], ["Y-3", *SECOND]),
        ([1, *FIRST], [3, *SECOND], [4, *SECOND]),
    ],
)
def test_under_numbers_of_their_own_or_in_other_words_they_are_two(
    home: Settings, write_sheet: Write, rows: tuple[list[Any], ...]
) -> None:
    assert records(home, write_sheet, *rows) == 3


@pytest.mark.parametrize(
    ("found", "count"),
    [("未发现问题", 1), ("未发现安全隐患。", 1), ("未发现问题整改台账", 2), ("无", 2)],
)
def test_where_nothing_was_found_is_no_hazard(
    home: Settings, write_sheet: Write, found: str, count: int
) -> None:
    """A bare 无 beside a place is a cell left out."""
    assert records(home, write_sheet, [1, *FIRST], [2, "码头", found, "2023-10-09"]) == count
