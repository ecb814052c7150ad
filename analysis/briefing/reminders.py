"""What a meeting is to be reminded of: counts of the metrics that ought to be zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.briefing.statements.books import newest_due
from analysis.briefing.statements.work import LONG_LATE, long_late


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
    found = [
        Reminder(
            "重大隐患应挂未挂",
            int(overview["major_open"]) - int(overview["major_supervised"]),
            "supervision",
        ),
        Reminder(
            LONG_LATE,
            long_late(ageing),
            "overdue",
        ),
        Reminder("漏报未销号事项", vanished, "vanished"),
        Reminder("时限不明", int(overview["undated"]), "clarity"),
        Reminder(
            "上期半月报缺报",
            int(newest_due(reports)["state"].eq("missing").sum()),
            "report_punctuality",
        ),
        Reminder("定量履职不足", int(duties["state"].eq("short").sum()), "duty_compliance"),
    ]
    return [each for each in found if each.count]
