"""Months later and ends of months, where months are not of one length."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.dates import month_end, months_later


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
