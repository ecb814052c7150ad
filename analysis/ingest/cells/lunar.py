"""What the moon or the State Council reckons: 农历 days, festivals, working days."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

#: What a numeral may be written with: 十五, 廿三, 二〇二三.
NUMERAL = "〇零○O一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾两"
#: Years that the moon's calendar is reckoned for.
YEARS = range(1901, 2100)
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: A year of which stem and branch both count from 4.
FIRST_OF_CYCLE = 4
#: Months that only the moon's calendar calls so.
OWN_MONTHS = {"正": 1, "冬": 11, "腊": 12}
#: Festivals by the moon: month and day.
FESTIVALS = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "中秋": (8, 15), "重阳": (9, 9),
}  # fmt: skip
LUNAR = re.compile(
    rf"(?:(\d{{4}}|[{NUMERAL}]{{4}})年)?(农历|阴历|旧历|古历|夏历)?(?:([{STEMS}][{BRANCHES}])年)?"
    rf"(?:(\d{{4}}|[{NUMERAL}]{{4}})年)?(闰)?([正冬腊]|\d{{1,2}}|[{NUMERAL}]{{1,2}})月"
    rf"(?:初([一二三四五六七八九十])|(\d{{1,2}}|[{NUMERAL}]{{1,3}})日?|(底|末))?"
)

#: Without one of these no day is of the moon's calendar.
HINT = re.compile(rf"[农阴旧古夏]历|[{STEMS}][{BRANCHES}]年|[正冬腊]月")

#: Of the days that a lunar day without a year may be, the one that is meant.
Choice = Callable[[Sequence[date]], date]


def as_solar(
    text: str, base: date, choose: Choice, number: Callable[[str], int], *, month_ends: bool
) -> tuple[str, bool]:
    """A text with its 农历 days as 2023年9月29日, and whether ``base`` had a say in one.

    A year by stem and branch is the one nearest to ``base``; without a year, ``choose`` takes one
    of three. With ``month_ends`` a lunar month without a day is its last; else it stays as it is.
    ``number`` reads a Chinese numeral.

    Raises:
        ValueError: the moon's calendar has no such day.

    """
    if not HINT.search(text):
        return text, False
    is_guessed = False

    def solar(match: re.Match[str]) -> str:
        nonlocal is_guessed
        early, mark, stem, late, leap, month, first, day, end = match.groups()
        if not (mark or stem or month in OWN_MONTHS):
            return match.group()
        if not (first or day or end or month_ends):
            return match.group()
        month_no = OWN_MONTHS.get(month) or _number(month, number)
        day_no = None if end else _number(first or day, number) if first or day else None
        named = early or late
        if named:
            years = [_number(named, number)]
        elif stem:
            years, is_guessed = [_year_of(stem, base)], True
        else:
            years, is_guessed = [base.year - 1, base.year, base.year + 1], True
        days = [
            day
            for year in years
            if (day := _solar_day(year, -month_no if leap else month_no, day_no))
        ]
        if not days:
            raise ValueError(f"农历没有{match.group()}")
        found = choose(days) if len(days) > 1 else days[0]
        return f"{found.year}年{found.month}月{found.day}日"

    return LUNAR.sub(solar, text), is_guessed


def festival(year: int, name: str) -> date:
    """The day of a festival of the lunar calendar.

    Raises:
        ValueError: the calendar is not reckoned for that year.

    """
    day = _solar_day(year, *FESTIVALS[name])
    if day is None:
        raise ValueError(f"{year}年不在农历可推算的年份之内")
    return day


#: Day → whether it is worked, of what the office has added to the calendar; it has the last word.
OFFICE_DAYS: dict[date, bool] = {}


def workdays_later(start: date, amount: int) -> date:
    """Working days after a day, by what the office has added, and by the State Council's calendar
    as far as it is published.
    """
    from lunar_python.util import HolidayUtil

    day = start
    while amount:
        day += timedelta(days=1)
        known = HolidayUtil.getHoliday(day.isoformat())
        by_rule = known.isWork() if known else day.weekday() < 5
        amount -= OFFICE_DAYS.get(day, by_rule)
    return day


def _number(text: str, number: Callable[[str], int]) -> int:
    return int(text) if text.isascii() and text.isdigit() else number(text)


def _year_of(stem: str, base: date) -> int:
    """The year nearest to ``base`` of a stem and a branch.

    Raises:
        ValueError: no year has both (甲丑).

    """
    found = [
        year
        for year in range(base.year - 30, base.year + 30)
        if STEMS[(year - FIRST_OF_CYCLE) % 10] == stem[0]
        and BRANCHES[(year - FIRST_OF_CYCLE) % 12] == stem[1]
    ]
    if not found:
        raise ValueError(f"没有{stem}年")
    return found[0]


def _solar_day(year: int, month: int, day: int | None) -> date | None:
    """A day of the moon's calendar; ``month`` below 0 is a leap one, no ``day`` the last."""
    from lunar_python import Lunar, LunarMonth

    if year not in YEARS or not 1 <= abs(month) <= 12:
        return None
    length = LunarMonth.fromYm(year, month)
    if length is None or not 1 <= (day or 1) <= length.getDayCount():
        return None
    solar = Lunar.fromYmd(year, month, day or length.getDayCount()).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
