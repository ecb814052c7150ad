"""A ledger belongs to the half month that it names, else to the one for which its day speaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.periods.half_months import HalfMonth, belongs_to, speaks_for, spoken_for
from analysis.ingest.periods.workdays import Calendar
from tests.tables import day

RULE = DueDays()
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def half(text: str) -> HalfMonth:
    return HalfMonth(day(text))


@pytest.mark.parametrize(
    ("title", "stated", "received", "start"),
    [
        # What a title names.
        ("县商务局10月下半月隐患台账", None, "10-31", "10-16"),
        ("2023年10月上半月隐患台账", None, "11-20", "10-01"),
        ("隐患台账（2023年10月16日—31日）", None, "11-20", "10-16"),
        ("10月1日至15日隐患台账", None, "10-16", "10-01"),
        ("12月下半月隐患台账", None, "2024-01-02", "12-16"),
        ("1月上半月隐患台账", None, "12-30", "2024-01-01"),
        # A month: its second half once it is over, before that the day decides.
        ("2023年10月隐患台账", None, "11-20", "10-16"),
        ("2023年10月隐患台账", None, "10-16", "10-01"),
        ("2023年10月隐患台账", None, "10-30", "10-16"),
        ("2023年10月隐患台账", None, "10-02", "10-01"),
        # The day that it gives for itself.
        ("隐患台账", "10-31", "11-20", "10-16"),
        ("隐患台账", "10-16", "11-20", "10-01"),
        ("隐患台账 截至10月31日", None, "11-20", "10-16"),
        ("隐患台账 填报日期：10月18日", None, "11-20", "10-16"),
        # After the receipt or a year before it: a slip, and the receipt decides.
        ("隐患台账", "2032-10-16", "10-31", "10-16"),
        ("隐患台账", "2022-10-31", "10-31", "10-16"),
        # By the due day of the half month before it is that one's; after it, its own.
        ("隐患台账", None, "10-17", "10-01"),
        ("隐患台账", None, "10-18", "10-16"),
        ("隐患台账", None, "11-02", "10-16"),
        # A quarter, a year, a campaign of months are no period of reporting.
        ("2023年第三季度隐患台账", None, "10-20", "10-16"),
        ("2023年度隐患台账", None, "10-20", "10-16"),
        ("专项行动（9月25日至12月31日）隐患台账", None, "10-20", "10-16"),
    ],
)
def test_the_half_month_of_a_ledger(
    title: str, stated: str | None, received: str, start: str
) -> None:
    found = belongs_to(day(received), RULE, title, day(stated) if stated else None)
    assert found == half(start), found.label


@pytest.mark.parametrize(
    ("title", "stated", "received", "expected"),
    [
        # 截至, whatever period stands beside it
        ("隐患台账 截至2023年10月31日", "10-31", "11-10", "10-31"),
        ("2023年10月隐患台账（截至2023年11月5日）", "11-05", "11-10", "11-05"),
        ("隐患台账 截至10月31日", None, "11-10", "10-31"),
        # the end of the period that it names, and no day after the receipt
        ("县商务局10月下半月隐患台账", None, "11-02", "10-31"),
        ("2023年10月下半月隐患台账 填报日期：2023年11月1日", "11-01", "11-02", "10-31"),
        ("2023年10月隐患台账", "10-31", "10-20", "10-20"),
        # the day that it gives for itself, else the receipt; a slip is none
        ("隐患台账 填报日期：10月18日", None, "10-20", "10-18"),
        ("隐患台账", None, "10-20", "10-20"),
        ("隐患台账 截至2032年10月16日", "2032-10-16", "10-20", "10-20"),
        ("2023年第三季度隐患台账", None, "10-20", "10-20"),
    ],
)
def test_the_day_as_of_which_a_ledger_tells(
    title: str, stated: str | None, received: str, expected: str
) -> None:
    assert speaks_for(day(received), title, day(stated) if stated else None) == day(expected)


@given(DAYS)
def test_every_day_lies_in_one_half_month_and_these_follow_each_other(given_day: date) -> None:
    mine = HalfMonth.of(given_day)
    assert mine.start <= given_day <= mine.end
    assert mine.after.before == mine
    assert mine.after.start == mine.end + timedelta(days=1)
    assert mine.end - mine.start in [timedelta(days=n) for n in (12, 13, 14, 15)]


@given(DAYS, DAYS)
def test_a_later_day_never_speaks_for_an_earlier_half_month(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert spoken_for(first, RULE) <= spoken_for(second, RULE)


@given(DAYS)
def test_what_comes_by_the_due_day_is_in_time_for_the_half_month_that_it_speaks_for(
    received: date,
) -> None:
    mine = belongs_to(received, RULE)
    assert mine.start <= received
    assert received <= RULE.due_on(mine)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("10-01", "10-17"),
        ("10-16", "11-02"),
        ("09-16", "10-07"),  # 29 September to 6 October off, Saturday the 7th worked
        ("11-16", "12-04"),  # 2 December is a Saturday
        ("2024-02-01", "2024-02-18"),  # the New Year to the 17th; Sunday the 18th is worked
        ("2040-03-16", "2040-04-02"),  # beyond the calendar: Monday, whatever feast there is
        ("2040-06-16", "2040-07-02"),
        ("2040-08-16", "2040-09-03"),  # Sunday the 2nd moves
    ],
)
def test_a_report_is_due_two_days_after_the_end_or_on_the_next_working_day(
    start: str, due: str
) -> None:
    assert RULE.due_on(half(start)) == day(due)


@given(DAYS, st.integers(0, 14))
def test_a_due_day_is_never_before_its_days_of_grace_nor_a_rest_day(
    given_day: date, grace: int
) -> None:
    mine = HalfMonth.of(given_day)
    plain = mine.end + timedelta(days=grace)
    assert DueDays(grace, on_workdays=False).due_on(mine) == plain
    moved = DueDays(grace).due_on(mine)
    is_rest_day = Calendar().is_rest_day
    assert not is_rest_day(moved)
    between = [plain + timedelta(days=n) for n in range((moved - plain).days)]
    assert all(map(is_rest_day, between))


def test_the_table_has_each_half_month_once_for_each_region() -> None:
    table = RULE.table({"乙县", "甲县"}, day("10-05"), day("11-20"))
    first = table.head(3).values.tolist()
    assert first == [
        ["乙县", day("10-01"), day("10-15"), day("10-17")],
        ["乙县", day("10-16"), day("10-31"), day("11-02")],
        ["乙县", day("11-01"), day("11-15"), day("11-17")],
    ]
    assert len(table) == 2 * (61 * 2 + 1)  # October 2023 to 1 November 2028
    assert RULE.table((), day("10-05"), day("11-20")).empty
