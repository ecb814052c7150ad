"""Deadline texts → dates: the plan's own clause, single deadlines, and years left out."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]"
_MONTH_END = r"(?:(\d{4})年)?(\d{1,2})月(?:底|末)"
_NUMBER = r"\(?(\d+-\d+)\)?"

FULL_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:[ T]\d{1,2}:\d{2}.*)?$")
START = re.compile(rf"{_DATE}(?:之?前)?,?全部(?:进入工作状态|启动)")
FIRST_NODE = re.compile(rf"{_DATE}为第一个工作节点")
NODE_DAYS = re.compile(r"每(\d+)天为一个工作节点")
NUMBERED = re.compile(rf"((?:{_NUMBER}[、,和]?)+)项?:?{_DATE}(?:之?前)?(?:完成)?")
SINGLE = re.compile(rf"{_DATE}(?:之?前|止)?(?:完成)?")
MONTH_END = re.compile(rf"{_MONTH_END}(?:之?前)?(?:完成)?")

#: A date without a year that lies further back than this is read as next year's.
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Clause:
    """What a deadline text says, in dates.

    ``due_on`` holds for every measure under the clause; ``due_by_number`` for one measure each.
    """

    start_on: date | None = None
    first_node_on: date | None = None
    node_days: int | None = None
    due_on: date | None = None
    due_by_number: Mapping[str, date] = field(default_factory=dict)

    def due_for(self, number: str | None) -> date | None:
        """Deadline of one measure: its own where the clause names it, else the common one."""
        return self.due_by_number.get(number or "", self.due_on)


def parse_clause(text: str, base: date) -> Clause:
    """Read a deadline text; ``base`` is the day of the submission, which gives missing years.

    The parts are taken out one after the other, so that the date of the first node is never
    read as a deadline. What is left is the common deadline: its last date.

    Raises:
        ValueError: the text names a day that does not exist (2月30日).

    """
    rest = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    start_on, rest = _take(START, rest, base)
    first_node_on, rest = _take(FIRST_NODE, rest, base)
    days = NODE_DAYS.search(rest)
    numbered: dict[str, date] = {}
    for match in NUMBERED.finditer(rest):
        due_on = _day(match.group(3), match.group(4), match.group(5), base)
        numbered |= dict.fromkeys(re.findall(r"\d+-\d+", match.group(1)), due_on)
    rest = NUMBERED.sub("", rest)
    return Clause(
        start_on=start_on,
        first_node_on=first_node_on,
        node_days=int(days.group(1)) if days else None,
        due_on=_common(rest, base),
        due_by_number=numbered,
    )


def nearest_year(month: int, day: int, base: date) -> date:
    """The day in the year of ``base``, or in the next where that lies long before it.

    Raises:
        ValueError: neither year has such a day.

    """
    found = existing_days(month, day, (base.year, base.year + 1))
    return next((each for each in found if each >= base - LOOK_BACK), found[-1])


def existing_days(month: int, day: int, years: Iterable[int]) -> list[date]:
    """The day in each of the years that has it; 29 February is missing from most.

    Raises:
        ValueError: none has.

    """
    found = []
    for year in years:
        with suppress(ValueError):
            found.append(date(year, month, day))
    if not found:
        raise ValueError(f"没有{month}月{day}日这一天")
    return found


def _take(pattern: re.Pattern[str], text: str, base: date) -> tuple[date | None, str]:
    match = pattern.search(text)
    if not match:
        return None, text
    year, month, day = match.groups()
    return _day(year, month, day, base), text[: match.start()] + text[match.end() :]


def _common(text: str, base: date) -> date | None:
    if full := FULL_DATE.match(text.removesuffix("完成").removesuffix("前").removesuffix("之")):
        return date(*map(int, full.groups()))
    days = [_day(year, month, day, base) for year, month, day in SINGLE.findall(text)]
    for year, month in MONTH_END.findall(text):
        last = monthrange(int(year or base.year), int(month))[1]
        days.append(_day(year, month, str(last), base))
    return max(days, default=None)


def _day(year: str | None, month: str, day: str, base: date) -> date:
    if year:
        return date(int(year), int(month), int(day))
    return nearest_year(int(month), int(day), base)
