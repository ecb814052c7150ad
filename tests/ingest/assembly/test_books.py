"""The books beside the ledgers: from when to when the half months reach."""

from datetime import date

import pandas as pd

from analysis.ingest.assembly.books import report_periods
from analysis.ingest.periods.due_days import DueDays
from tests.tables import drawn

NO_DAYS = pd.DataFrame({"received_on": []})


def test_half_months_run_from_the_first_that_is_told_of_to_years_after_the_last_file() -> None:
    reports = pd.DataFrame({"region": ["甲县", "甲县"], "period_start": [date(2017, 12, 16), None]})
    received = pd.DataFrame({"received_on": [date(2018, 1, 5), date(2026, 3, 2)]})
    table = report_periods(reports, received, DueDays())
    assert set(table["region"]) == {"甲县"}
    assert table["period_start"].min() == date(2017, 12, 16)
    assert table["period_start"].max() > date(2027, 1, 1)


def test_a_half_month_that_lies_ahead_moves_no_beginning() -> None:
    reports = pd.DataFrame({"region": ["甲县"], "period_start": [date(2032, 1, 1)]})
    received = pd.DataFrame({"received_on": [date(2018, 1, 5)]})
    assert report_periods(reports, received, DueDays())["period_start"].min() == date(2018, 1, 1)


def test_where_nothing_was_received_there_are_no_half_months() -> None:
    assert report_periods(drawn("region period_start"), NO_DAYS, DueDays()).empty
