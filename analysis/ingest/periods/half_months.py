"""The half months of reporting (1–15, 16–end), and the one to which a ledger belongs."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Protocol, TypeGuard

from analysis.ingest.cells.dates import month_end, plain
from analysis.ingest.cells.periods import HALF_MONTH, period_of

#: A day further back from its receipt than this is a slip of the year, and says nothing.
LONGEST_AGO_DAYS = 330
#: A longer stretch in a title (a quarter, a campaign) is no period of reporting.
LONGEST_STRETCH_DAYS = 31
#: The day that follows is that of which the ledger tells, whatever period it names.
_UNTIL = re.compile(r"截至|截止")
#: «截至10月16日», «填报日期：10月16日»: a day that a title gives for itself without its year.
_DAY_WITHOUT_YEAR = re.compile(
    r"(?:截至|截止|报送|填报|填表|上报|制表)\D{0,8}?(\d{1,2})月(\d{1,2})日"
)


@dataclass(frozen=True, slots=True, order=True)
class HalfMonth:
    """A period of reporting, named by its first day: the 1st or the 16th of a month."""

    start: date

    @classmethod
    def of(cls, day: date) -> "HalfMonth":
        """The half month in which a day lies."""
        return cls(day.replace(day=1 if day.day < 16 else 16))

    @property
    def end(self) -> date:
        """Its last day."""
        return _end(self.start)

    @property
    def before(self) -> "HalfMonth":
        """The half month before it."""
        return HalfMonth.of(self.start - timedelta(days=1))

    @property
    def after(self) -> "HalfMonth":
        """The half month after it."""
        return HalfMonth(self.end + timedelta(days=1))

    @property
    def label(self) -> str:
        """As a person calls it: 2023 年 10 月下半月."""
        half = "上" if self.start.day == 1 else "下"
        return f"{self.start.year} 年 {self.start.month} 月{half}半月"


@cache
def _end(start: date) -> date:
    return start.replace(day=15) if start.day == 1 else month_end(start)


class Calendar(Protocol):
    """What says by when the report of a half month is due."""

    def due_on(self, half_month: HalfMonth) -> date:
        """The last day on which it is in time."""


def belongs_to(
    received_on: date, calendar: Calendar, title: str = "", stated_on: date | None = None
) -> HalfMonth:
    """The half month to which a ledger belongs.

    It is the one that its ``title`` names; else that of ``stated_on``, the day that it gives for
    itself (截至, 报送日期); else that of its receipt. A day in the first days of a half month, when
    the report of the half month before is still due, speaks for that one: who sends on the 16th
    reports on the 1st to the 15th. A stated day after the receipt, or nearly a year before it,
    is a slip and says nothing.
    """
    text = plain(title)
    if half := _named_half(text, received_on):
        return half
    stated_on = stated_on or _stated_without_year(text, received_on)
    day = stated_on if _is_likely(stated_on, received_on) else received_on
    first, last = _stretch(text, received_on)
    if first is None or last is None or not _is_likely(first, received_on):
        return spoken_for(day, calendar)
    # A month that is not over yet: what was sent in its middle speaks for its first half.
    return max(spoken_for(min(last, day), calendar), HalfMonth.of(first))


def speaks_for(received_on: date, title: str = "", stated_on: date | None = None) -> date:
    """The day as of which a ledger tells how things stand; none is after its receipt.

    It is the 截至 that the ``title`` gives, else the end of the period that it names, else
    ``stated_on``, the day that it gives for itself, else its receipt. What is a slip for
    ``belongs_to`` says nothing here either.
    """
    text = plain(title)
    stated_on = stated_on or _stated_without_year(text, received_on)
    own = stated_on if _is_likely(stated_on, received_on) else received_on
    if _UNTIL.search(text) and own != received_on:
        return own
    half = _named_half(text, received_on)
    first, last = (half.start, half.end) if half else _stretch(text, received_on)
    if first is None or last is None or not _is_likely(first, received_on):
        return own
    return min(last, received_on)


def spoken_for(day: date, calendar: Calendar) -> HalfMonth:
    """The half month for which something of a day speaks: the one before while that is due."""
    mine = HalfMonth.of(day)
    return mine.before if day <= calendar.due_on(mine.before) else mine


def _stretch(text: str, received_on: date) -> tuple[date, date] | tuple[None, None]:
    """First and last day of the stretch in a title that is a period of reporting."""
    stretch = period_of(text, received_on)
    if stretch is None or (stretch[1] - stretch[0]).days >= LONGEST_STRETCH_DAYS:
        return None, None
    return stretch


def _is_likely(day: date | None, received_on: date) -> TypeGuard[date]:
    return day is not None and 0 <= (received_on - day).days <= LONGEST_AGO_DAYS


def _named_half(text: str, received_on: date) -> HalfMonth | None:
    """«10月下半月» in a title; without a year, the one nearest to the receipt."""
    match = HALF_MONTH.search(text)
    if match is None or not 1 <= int(match.group(2)) <= 12:
        return None
    year, month, half = match.groups()
    years = [int(year)] if year else [received_on.year + n for n in (-1, 0, 1)]
    starts = [date(each, int(month), 1 if half == "上" else 16) for each in years]
    return HalfMonth(min(starts, key=lambda start: abs((received_on - start).days)))


def _stated_without_year(text: str, received_on: date) -> date | None:
    """The latest such day that was not after the receipt."""
    match = _DAY_WITHOUT_YEAR.search(text)
    if match is None:
        return None
    month, day = map(int, match.groups())
    found = (_day(received_on.year - n, month, day) for n in (0, 1))
    return next((each for each in found if each and each <= received_on), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
