"""节假日和汛期: what lies ahead, for which high-risk sites ought to have been seen."""

from dataclasses import dataclass
from datetime import date, timedelta

from lunar_python.util import HolidayUtil

from analysis.errors import YanpanError


@dataclass(frozen=True, slots=True)
class Ahead:
    """A span of days that comes: its name, first and last day."""

    name: str
    start: date
    end: date


def holidays(year: int) -> list[Ahead]:
    """The statutory holidays of a year, each from its first free day to its last.

    Raises:
        YanpanError: the State Council's arrangement for that year is not in the calendar yet.

    """
    days = [day for day in HolidayUtil.getHolidays(year) if not day.isWork()]
    if not days:
        raise YanpanError(
            f"{year} 年的放假安排还没有收进日历（lunar-python），节假日提醒暂缺；"
            "国务院办公厅公布以后升级 lunar-python 即可。"
        )
    spans: dict[tuple[str, str], list[date]] = {}
    for day in days:
        spans.setdefault((day.getTarget(), day.getName()), []).append(
            date.fromisoformat(day.getDay())
        )
    found = [Ahead(name, min(each), max(each)) for (_, name), each in spans.items()]
    return _joined(found)


def _joined(spans: list[Ahead]) -> list[Ahead]:
    """Holidays of which one follows the other without a day between are one."""
    joined: list[Ahead] = []
    for span in sorted(spans, key=lambda ahead: ahead.start):
        if joined and span.start <= joined[-1].end + timedelta(days=1):
            last = joined.pop()
            # the first free days of 元旦 are of the year before
            name = last.name if last.name == span.name else f"{last.name}、{span.name}"
            span = Ahead(name, last.start, max(last.end, span.end))
        joined.append(span)
    return joined


def flood_season(year: int, season: tuple[str, str]) -> Ahead:
    """汛期 of a year; ``season`` is its first and last day as «05-01»."""
    start, end = (date.fromisoformat(f"{year}-{day}") for day in season)
    return Ahead("汛期", start, end)


def coming(day: date, within: int, season: tuple[str, str]) -> tuple[list[Ahead], list[str]]:
    """What begins after ``day`` and within so many days, and what the calendar does not know."""
    last = day + timedelta(days=within)
    free: list[Ahead] = []
    floods, unknown = [], []
    for year in sorted({day.year, last.year}):
        floods.append(flood_season(year, season))
        try:
            free += holidays(year)
        except YanpanError as error:
            unknown.append(str(error))
    spans = [*_joined(free), *floods]
    return sorted(
        (ahead for ahead in spans if day < ahead.start <= last), key=lambda a: a.start
    ), unknown
