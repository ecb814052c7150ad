"""What a meeting is to be reminded of: counts of the metrics that ought to be zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

#: From this band of ``ageing`` on, an item is late by more than 30 days.
LONG_LATE_BAND = 5


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to attend to: what it is, how many there are, and of which metric they are."""

    label: str
    count: int
    metric: str


def reminders(
    overview: Mapping[str, Any],
    ageing: pd.DataFrame,
    vanished: int,
    reports: pd.DataFrame,
    duties: pd.DataFrame,
) -> list[Reminder]:
    """What is not zero, the weightiest first.

    ``overview`` is the metric's row; ``ageing``, ``reports`` (``report_punctuality``) and
    ``duties`` (``duty_compliance``) are rows of theirs, ``vanished`` is how many that one has. A
    half month counts as past when nobody's report is pending any more.
    """
    late = ageing[ageing["basis"].eq("late") & ageing["unit"].eq("全部")]
    missing = reports[reports["state"].eq("missing")]
    pending = reports[reports["state"].eq("pending")]["period_start"]
    newest = reports[~reports["period_start"].isin(pending)]["period_start"].max()
    found = [
        Reminder(
            "重大隐患应挂未挂",
            int(overview["major_open"]) - int(overview["major_supervised"]),
            "supervision",
        ),
        Reminder(
            "逾期超过30天",
            int(late[late["band_no"] >= LONG_LATE_BAND]["items"].sum()),
            "overdue",
        ),
        Reminder("漏报未销号事项", vanished, "vanished"),
        Reminder("时限不明", int(overview["undated"]), "clarity"),
        Reminder(
            "上期半月报缺报", int(missing["period_start"].eq(newest).sum()), "report_punctuality"
        ),
        Reminder("定量履职不足", int(duties["state"].eq("short").sum()), "duty_compliance"),
    ]
    return [each for each in found if each.count]
