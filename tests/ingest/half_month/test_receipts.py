"""A half-monthly report is reported on the day of its confirmation, its cell or its receipt."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Finding, Places
from analysis.ingest.half_month.receipts import reported
from analysis.ingest.periods.due_days import DueDays
from analysis.ledgers import LEDGERS
from tests.tables import day

HALF_MONTH = LEDGERS["half_month"]
#: A report on 1–15 October that came on the 20th.
ROW = {
    "unit": "甲局", "region": "本县", "period_start": day("10-01"), "period_end": day("10-15"),
    "zero_report": True, "submission_id": "s1", "sheet": "半月报", "row_no": 3,
    "known_from": day("10-20"),
}  # fmt: skip


def judge(*rows: dict[str, Any], confirmed: bool = False) -> tuple[list[Any], list[Finding]]:
    whole = [dict.fromkeys(HALF_MONTH.columns) | ROW | row for row in rows]
    versions = pd.DataFrame(whole, columns=HALF_MONTH.columns, dtype=object)
    batches = {row["submission_id"] for row in whole} if confirmed else set()
    found, findings = reported(versions, batches, DueDays(), Places())
    return found["reported_on"].tolist(), findings


@pytest.mark.parametrize(
    ("cell", "confirmed", "reported_on", "is_told"),
    [
        # Confirmed in the browser on the 20th: reported on the 20th, whatever the cell says.
        (None, True, "10-20", False),
        ("10-20", True, "10-20", False),
        ("10-16", True, "10-20", True),
        # Taken in by the office: the cell counts where it can be, else the receipt.
        (None, False, "10-20", False),
        ("10-16", False, "10-16", False),
        ("10-20", False, "10-20", False),
        ("10-21", False, "10-20", True),
        ("2032-10-16", False, "10-20", True),
        ("09-30", False, "10-20", True),
        ("10-01", False, "10-01", False),
    ],
)
def test_the_day_on_which_a_report_is_reported(
    cell: str | None, confirmed: bool, reported_on: str, is_told: bool
) -> None:
    days, findings = judge({"submitted_on": day(cell) if cell else None}, confirmed=confirmed)
    assert days == [day(reported_on)]
    assert [each.rule for each in findings] == ["reported_day"] * is_told


def test_a_row_with_nothing_but_its_unit_is_of_a_report_that_has_not_come() -> None:
    assert judge({"zero_report": None})[0] == [None]
    assert judge({"zero_report": False})[0] == [None]
    assert judge({"zero_report": None, "visits": 0})[0] == [day("10-20")]
    assert judge({"zero_report": None}, confirmed=True)[0] == [day("10-20")]


def test_a_figure_in_a_column_that_nobody_knows_says_something_too() -> None:
    nothing = {"zero_report": None}
    assert judge(nothing | {"extra": '{"慰问家数": "3"}'})[0] == [day("10-20")]
    assert judge(nothing | {"extra": '{"序号": "3", "填报人": "王某"}'})[0] == [None]
    assert judge(nothing | {"extra": '{"联络电话": "0595-22345678"}'})[0] == [None]


def test_in_a_list_of_several_units_each_row_counts_by_what_it_says() -> None:
    others = {"unit": "乙局", "submitted_on": day("10-16")}
    assert judge({}, others)[0] == [day("10-20"), day("10-16")]
    assert judge({"zero_report": None}, others)[0] == [None, day("10-16")]


def test_who_mends_a_report_has_not_reported_later() -> None:
    first = {"known_from": day("10-16"), "known_to": day("10-25")}
    again = {"known_from": day("10-25"), "submission_id": "s2", "visits": 3}
    assert judge(first, again)[0] == [day("10-16"), day("10-16")]
    # Before its first report came, it was not reported.
    assert judge(first | {"zero_report": None}, again)[0] == [None, day("10-25")]


def test_a_corrected_day_counts_instead_of_the_one_that_it_corrects() -> None:
    wrong = {"submitted_on": day("10-16"), "known_to": day("11-01")}
    right = {"submitted_on": day("10-19"), "known_from": day("11-01")}
    assert judge(wrong, right)[0] == [day("10-16"), day("10-19")]


def test_two_units_and_two_half_months_are_reported_each_by_itself() -> None:
    other = {"unit": "乙局", "known_from": day("10-25"), "row_no": 4}
    next_one = {"period_start": day("10-16"), "known_from": day("11-02"), "submission_id": "s2"}
    assert judge({}, other, next_one)[0] == [day("10-20"), day("10-25"), day("11-02")]


def test_a_due_day_of_the_units_own_is_told_to_be_nobodys() -> None:
    (found,) = judge({"due_on": day("2032-10-17")})[1]
    assert (found.field, found.severity) == ("due_on", "info")
    assert "这一期的应报日期是 2023-10-17" in found.message
    assert judge({"due_on": day("10-18")})[1] == []


@pytest.mark.parametrize(
    ("start", "is_far"), [("2022-10-01", True), ("2032-10-01", True), ("2022-12-01", False)]
)
def test_a_half_month_of_another_year_is_a_slip(start: str, is_far: bool) -> None:
    found = [each.rule for each in judge({"period_start": day(start)})[1]]
    assert found == ["date_far"] * is_far


#: The report that came before it, and one with the year of before on it.
DECEMBER = {
    "period_start": date(2023, 12, 16), "period_end": date(2023, 12, 31), "submission_id": "s0",
    "known_from": date(2024, 1, 2),
}  # fmt: skip
SLIP = {
    "period_start": date(2023, 1, 1), "period_end": date(2023, 1, 15), "submission_id": "s1",
    "known_from": date(2024, 1, 16),
}  # fmt: skip
RIGHT = {"period_start": date(2024, 1, 1), "period_end": date(2024, 1, 15)}


def starts(*rows: dict[str, Any]) -> tuple[list[Any], list[str]]:
    whole = [dict.fromkeys(HALF_MONTH.columns) | ROW | row for row in rows]
    versions = pd.DataFrame(whole, columns=HALF_MONTH.columns, dtype=object)
    found, findings = reported(versions, set(), DueDays(), Places())
    return found["period_start"].tolist(), [f"{e.rule} {e.severity}" for e in findings]


def test_in_january_the_year_of_before_is_a_slip_where_the_last_reports_came_in_time() -> None:
    assert starts(DECEMBER, SLIP) == ([date(2023, 12, 16), date(2024, 1, 1)], ["date_far warning"])


@pytest.mark.parametrize(
    "others",
    [
        [],  # nothing says that the unit reports
        [DECEMBER | {"unit": "乙局"}],
        [DECEMBER, RIGHT | {"submission_id": "s2", "known_from": date(2024, 1, 18)}],
        [DECEMBER, {"period_start": date(2023, 1, 16), "known_from": date(2024, 1, 16)}],  # archive
        [{"period_start": date(2023, 10, 1), "known_from": date(2023, 10, 17)}],  # long silent
    ],
)
def test_else_the_year_stays_as_it_is_written(others: list[dict[str, Any]]) -> None:
    assert starts(*others, SLIP)[0][-1] == date(2023, 1, 1)


def test_a_year_is_written_wrong_by_one_at_new_year_alone() -> None:
    june = {"period_start": date(2024, 5, 16), "known_from": date(2024, 6, 2)}
    late = {"period_start": date(2023, 6, 1), "known_from": date(2024, 6, 16)}
    assert starts(june, late)[0] == [date(2024, 5, 16), date(2023, 6, 1)]
