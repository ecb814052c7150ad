"""By when the report of a half month is due: a rule of the office's, no unit's own cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pandas as pd

from analysis.ingest.periods.half_months import HalfMonth
from analysis.ledgers import LEDGERS

#: For so many years after the newest submission the due days are worked out beforehand.
YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class DueDays:
    """A report is due ``grace_days`` after the end of its half month.

    With ``on_workdays`` a due day that is a rest day moves to the next working day.
    """

    grace_days: int = 2
    on_workdays: bool = True

    def due_on(self, half_month: HalfMonth) -> date:
        """The last day on which the report of a half month is in time."""
        return _due_on(half_month.end, self.grace_days, self.on_workdays)

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


@cache
def _due_on(end: date, grace_days: int, on_workdays: bool) -> date:
    day = end + timedelta(days=grace_days)
    while on_workdays and is_rest_day(day):
        day += timedelta(days=1)
    return day


@cache
def is_rest_day(day: date) -> bool:
    """Whether nobody works: by the State Council's arrangement, beyond it the weekends."""
    from lunar_python.util import HolidayUtil

    arranged = HolidayUtil.getHoliday(day.isoformat())
    return not arranged.isWork() if arranged else day.weekday() >= 5
