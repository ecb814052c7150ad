"""Which days are worked: the State Council's arrangement, what an office has added, weekdays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pandas as pd

from analysis.ledgers import LEDGERS

#: For so many years after the newest submission the days are worked out beforehand.
YEARS_AHEAD = 2
#: Nothing that is counted by working days lies further back than this from the newest submission.
YEARS_BACK = 15


@dataclass(frozen=True, slots=True)
class Calendar:
    """``rest`` and ``work`` are what the office has added, in order; they have the last word.

    A day of which nobody has said anything is worked from Monday to Friday.
    """

    rest: tuple[date, ...] = ()
    work: tuple[date, ...] = ()

    def is_rest_day(self, day: date) -> bool:
        """Whether nobody works."""
        if day in self.work:
            return False
        return day in self.rest or _is_rest_day(day)

    def is_arranged(self, year: int) -> bool:
        """Whether anybody has said which days of a year are holidays."""
        return any(day.year == year for day in self.rest) or _is_arranged(year)

    def table(self, regions: Iterable[str], first: date, last: date) -> pd.DataFrame:
        """Each day from the year of ``first`` until years after ``last``, for each region.

        The rows of the table ``workday``: whoever asks in SQL has no calendar. ``workday_no``
        counts the working days up to and with the day.
        """
        day = date(max(first.year, last.year - YEARS_BACK), 1, 1)
        rows, number = [], 0
        while day.year <= last.year + YEARS_AHEAD:
            is_workday = not self.is_rest_day(day)
            number += is_workday
            rows.append((day, is_workday, number, self.is_arranged(day.year)))
            day += timedelta(days=1)
        named = [(region, *row) for region in sorted(regions) for row in rows]
        return pd.DataFrame(named, columns=LEDGERS["workday"].columns, dtype=object)


@cache
def _is_rest_day(day: date) -> bool:
    from lunar_python.util import HolidayUtil

    arranged = HolidayUtil.getHoliday(day.isoformat())
    return not arranged.isWork() if arranged else day.weekday() >= 5


@cache
def _is_arranged(year: int) -> bool:
    from lunar_python.util import HolidayUtil

    return bool(HolidayUtil.getHolidays(year))
