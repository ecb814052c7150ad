"""Days as they are written, and months where they are not of one length."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.dates import (
    Column,
    Noted,
    Order,
    UnreadableError,
    month_end,
    months_later,
    order_of,
    parse_date,
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 10, 15), 1, date(2023, 11, 15)),
        (date(2023, 10, 31), 1, date(2023, 11, 30)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2023, 2, 28), 1, date(2023, 3, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 12, 1), 12, date(2024, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 10, 31), 0, date(2023, 10, 31)),
    ],
)
def test_months_later_never_leave_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 365))
def test_some_months_later_is_in_that_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later == month_end(later)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2023, 2, 1), 28), (date(2024, 2, 29), 29), (date(1900, 2, 3), 28),
        (date(2023, 4, 30), 30), (date(2023, 12, 31), 31),
    ],
)  # fmt: skip
def test_the_end_of_a_month(day: date, last: int) -> None:
    assert month_end(day) == day.replace(day=last)


BASE = date(2023, 10, 31)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ("found_on", "2023-10-11T16:00:00.000Z"), ("found_on", "2023-10-12T08:00:00+08:00"),
        ("found_on", "2023年10月12日上午"), ("found_on", "10月12日（星期四）下午3时"),
        ("found_on", "2023-10-12周四"), ("found_on", "10月12日检查发现"),
        ("found_on", "农历八月廿八"), ("found_on", "1697040000000"),
        ("done_on", "2023年10月12日整改完毕"), ("done_on", "已完成（10.12）"),
        ("done_on", "10.12已整改"), ("done_on", "2023-10-12已完成"),
        ("done_on", "已于10月12日完成"), ("done_on", "10.11-12"),
    ],
)  # fmt: skip
def test_words_of_its_own_column_do_not_hide_a_day(event: str, text: str) -> None:
    assert parse_date(text, Column(BASE, event=event)) == date(2023, 10, 12)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ("done_on", "10月12日未完成"), ("done_on", "预计10月12日完成"),
        ("done_on", "10.12部分完成"), ("done_on", "10月12日完成整改方案"),
        ("done_on", "10月12日前完成"), ("found_on", "10.12已整改"),
        ("found_on", "2023年10月"), ("found_on", "农历八月"), ("found_on", "甲辰年七月"),
        ("found_on", "10月12日和10月13日"), ("found_on", "10-12-13"), ("found_on", "10月12日起"),
    ],
)  # fmt: skip
def test_words_that_say_something_else_leave_the_day_unread(event: str, text: str) -> None:
    with pytest.raises(UnreadableError):
        parse_date(text, Column(BASE, event=event))


def test_about_a_day_is_read_with_a_remark() -> None:
    found = parse_date("10月12日左右", Column(BASE, event="found_on"))
    assert isinstance(found, Noted)
    assert (found.value, found.rule) == (date(2023, 10, 12), "approximate")


def test_an_extension_lies_ahead() -> None:
    assert parse_date("1月5日", Column(BASE, event="extended_due_on")) == date(2024, 1, 5)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["10/12/2023", "10/31/2023"], "month_first"), (["31/10/2023", "1/2/2023"], "day_first"),
        (["10/12/2023"], None), (["10/31/2023", "31/10/2023"], None), ([None, 3, "x"], None),
    ],
)  # fmt: skip
def test_a_column_proves_which_number_is_the_month(cells: list[Any], order: Order) -> None:
    assert order_of(cells) == order


#: Signs of words that are on no harmless list.
STRANGE = "未预计县乡某甲鸡鸭桌椅灯泡红绿"


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.text(STRANGE, min_size=1, max_size=6),
    st.sampled_from(["found_on", "done_on", "accepted_on", "closed_on"]),
)
def test_a_day_with_strange_words_is_no_day(day: date, words: str, event: str) -> None:
    for text in (f"{day}{words}", f"{words}{day:%Y.%m.%d}", f"{words}（{day}）"):
        with pytest.raises(UnreadableError):
            parse_date(text, Column(BASE, event=event))


@given(st.text(max_size=20) | st.text("0123456789年月日.-/:TZ农历八十五初甲辰至 ", max_size=20))
def test_any_text_is_a_day_or_unreadable(text: str) -> None:
    try:
        found = parse_date(text, Column(BASE, event="done_on"))
    except UnreadableError:
        return
    assert isinstance(found, date | Noted)
