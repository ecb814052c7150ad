"""Reminders count what ought to be zero, and leave out what is."""

import pandas as pd

from analysis.briefing.reminders import Reminder, reminders

OVERVIEW = {"major_open": 8, "major_supervised": 5, "undated": 0}
AGEING = pd.DataFrame(
    {
        "basis": ["late", "late", "late", "late", "open"],
        "unit": ["全部", "全部", "全部", "甲局", "全部"],
        "band_no": [4, 5, 6, 6, 5],  # 15–29, 30–90, more than 90 days
        "items": [7, 2, 1, 1, 90],
    }
)
REPORTS = pd.DataFrame(
    {
        "period_start": pd.to_datetime(
            ["2023-10-16", "2023-11-01", "2023-11-01", "2023-11-16", "2023-11-16"]
        ),
        "state": ["missing", "missing", "in_time", "pending", "missing"],
    }
)
DUTIES = pd.DataFrame({"state": ["met", "short", "running"]})


def test_each_reminder_counts_its_own_and_what_is_zero_is_left_out() -> None:
    assert reminders(OVERVIEW, AGEING, 0, REPORTS, DUTIES) == [
        Reminder("重大隐患应挂未挂", 3, "supervision"),
        Reminder("逾期满30天", 3, "overdue"),
        Reminder("上期半月报缺报", 1, "report_punctuality"),  # of the newest period that is due
        Reminder("定量履职不足", 1, "duty_compliance"),
    ]


def test_where_all_is_well_there_is_nothing_to_remind_of() -> None:
    none = dict.fromkeys(OVERVIEW, 0)
    assert reminders(none, AGEING.head(0), 0, REPORTS.head(0), DUTIES.head(0)) == []
