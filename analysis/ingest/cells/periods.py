"""Stretches of time as reports name them → first and last day: 11月上半月, 1—10月, 三季度."""

import re
from datetime import date

from analysis.ingest.cells.dates import month_end, plain

_YEAR = r"(?:(\d{4})年?[-./]?)?"
_TO = r"(?:至|到|-+|—+|–|~|～)"
DAYS = re.compile(
    rf"{_YEAR}(\d{{1,2}})[月./-](\d{{1,2}})日?{_TO}{_YEAR}(?:(\d{{1,2}})[月./-])?(\d{{1,2}})日?(?!\d)"
)
HALF_MONTH = re.compile(rf"{_YEAR}(\d{{1,2}})月份?\(?([上下])半月")
MONTHS = re.compile(rf"{_YEAR}(\d{{1,2}})月?份?{_TO}(\d{{1,2}})月(?!\d)")
QUARTER = re.compile(rf"{_YEAR}第?([一二三四1-4])季度")
HALF_YEAR = re.compile(rf"{_YEAR}([上下])半年")
MONTH = re.compile(rf"{_YEAR}(\d{{1,2}})月份?(?!\d)")
YEAR = re.compile(r"(\d{4})年(?:度|全年)|全年")
QUARTERS = {sign: n for n, signs in enumerate(("一1", "二2", "三3", "四4"), 1) for sign in signs}
#: How a column or a label of both days together is called.
PERIOD_HEADER = re.compile(r"期次|报告期|统计期|填报期|报送期次|时段|期间|统计时间")


#: «自12月上半月起», «2024年1月起», «自12月5日起»: from when on something is so.
SINCE = re.compile(
    r"(?:(\d{4})年?[-./]?)?(\d{1,2})月份?(?:\(?([上下])半月\)?|(\d{1,2})日)?(?:份|之?后)?(?:起|开始|以后)"
)
SECOND_HALF = 16
#: «2023年9月以来», «9月至今»: where a stretch begins that ends on the day itself, and so is none.
EVER_SINCE = re.compile(
    rf"{_YEAR}(?<!\d)\d{{1,2}}(?:月(?:份|底|初|末)?(?:\(?[上下]半月\)?|\d{{1,2}}日)?|[./-]\d{{1,2}}日?)"
    r"(?:以来|至今|到现在)"
)


def half_month_since(text: str, base: date) -> date | None:
    """The first day of the half month from which a text says that something is so.

    Without a year it is the one nearest to ``base``, the day of the submission: what is to begin
    may lie ahead of it. A month begins with its first half, a day lies in its own.
    """
    match = SINCE.search(plain(text))
    if match is None:
        return None
    year, month, half, day = match.groups()
    first = SECOND_HALF if half == "下" or int(day or 1) >= SECOND_HALF else 1
    years = [int(year)] if year else [base.year + n for n in (-1, 0, 1)]
    try:
        starts = [date(each, int(month), first) for each in years]
    except ValueError:  # a month that there is not
        return None
    return min(starts, key=lambda start: abs((base - start).days))


def period_of(text: str, base: date) -> tuple[date, date] | None:
    """The first and last day of the stretch of time that a text names, None where it names none.

    ``base`` is the day of the submission: a stretch without a year is the latest that had begun.
    """
    said = EVER_SINCE.sub("", plain(text))
    try:
        return _period(said, base)
    except ValueError:  # a day that there is not
        return None


def _period(text: str, base: date) -> tuple[date, date] | None:
    if match := DAYS.search(text):
        year, month, day, last_year, last_month, last_day = match.groups()
        first = _latest(year, int(month), int(day), base)
        end_month = int(last_month or month)
        end_year = int(last_year or first.year + (end_month < first.month))
        last = date(end_year, end_month, int(last_day))
        return (first, last) if first <= last else None
    if match := HALF_MONTH.search(text):
        first = _latest(match.group(1), int(match.group(2)), 1, base)
        if match.group(3) == "上":
            return first, first.replace(day=15)
        return first.replace(day=16), month_end(first)
    if match := MONTHS.search(text):
        first = _latest(match.group(1), int(match.group(2)), 1, base)
        last = month_end(date(first.year, int(match.group(3)), 1))
        return (first, last) if first <= last else None
    if match := QUARTER.search(text):
        first = _latest(match.group(1), QUARTERS[match.group(2)] * 3 - 2, 1, base)
        return first, month_end(first.replace(month=first.month + 2))
    if match := HALF_YEAR.search(text):
        first = _latest(match.group(1), 1 if match.group(2) == "上" else 7, 1, base)
        return first, month_end(first.replace(month=first.month + 5))
    if match := MONTH.search(text):
        first = _latest(match.group(1), int(match.group(2)), 1, base)
        return first, month_end(first)
    if match := YEAR.search(text):
        year = int(match.group(1) or base.year)
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _latest(year: str | None, month: int, day: int, base: date) -> date:
    if year:
        return date(int(year), month, day)
    found = date(base.year, month, day)
    return found if found <= base else date(base.year - 1, month, day)
