"""By when the report of a half month is due: a rule of the office's, no unit's own cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from analysis.ingest.periods.half_months import HalfMonth
from analysis.ingest.periods.workdays import Calendar
from analysis.ledgers import LEDGERS

#: For so many years after the newest submission the due days are worked out beforehand.
YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class DueDays:
    """A report is due ``grace_days`` after the end of its half month.

    With ``on_workdays`` a due day that is a rest day of the ``calendar`` moves to the next working
    day.
    """

    grace_days: int = 2
    on_workdays: bool = True
    calendar: Calendar = field(default_factory=Calendar)

    def due_on(self, half_month: HalfMonth) -> date:
        """The last day on which the report of a half month is in time."""
        day = half_month.end + timedelta(days=self.grace_days)
        while self.on_workdays and self.calendar.is_rest_day(day):
            day += timedelta(days=1)
        return day

    def table(self, regions: Iterable[str], first: date, last: date) -> pd.DataFrame:
        """The half months from the one of ``first`` to years after ``last``, for each region.

        The rows of the table ``report_period``: whoever asks in SQL has no calendar of rest days.
        """
        end = last.replace(year=last.year + YEARS_AHEAD, day=1)
        rows = []
        half = HalfMonth.of(first)
        while half.start <= end:
            rows.append((half.start, half.end, self.due_on(half)))
            half = half.after
        named = [(region, *row) for region in sorted(regions) for row in rows]
        return pd.DataFrame(named, columns=LEDGERS["report_period"].columns, dtype=object)
