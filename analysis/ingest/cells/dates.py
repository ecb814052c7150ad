"""Days as units write them → dates; every way of writing that ledgers and clauses share."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

#: Excel's day numbers from 2000 to 2040; anything else in a date cell is not a day.
SERIALS = range(36526, 51502)
EXCEL_EPOCH = date(1899, 12, 30)
#: An event dated this far after its report is a slip of the day; further, of last year.
SLACK = timedelta(days=31)
#: A deadline without a year that lies further back than this is read as next year's.
LOOK_BACK = timedelta(days=90)
#: Years that a ledger of this office can mean by two digits.
CENTURY = 2000

NO_DATE = "不是日期，请写成 2023-10-15 的样子"

DIGITS = {
    **{sign: n for n, signs in enumerate(
        ("〇零○ＯO", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    ) for sign in signs},
    "元": 1,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "廿": 20, "卅": 30}
NUMERAL = "〇零○O一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾两"
CHINESE = re.compile(rf"[{NUMERAL}]+(?=年|个?月(?!度)|日|号|天|周|个?工作日|份)|元(?=月)")
WEEKDAY = re.compile(r"\((?:星期|周)[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天]$")

FULL = re.compile(r"^(\d{4})[-./年、。](\d{1,2})[-./月、。](\d{1,2})日?(?:[ T]*\d{1,2}[:时点].*)?$")
SHORT_YEAR = re.compile(r"^(\d{2})[-./年、。](\d{1,2})[-./月、。](\d{1,2})日?$")
DAY_MONTH = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONTH_DAY = re.compile(r"^(\d{1,2})(?:月|[-./、。])(\d{1,2})日?$")
#: 年 or 月 lost on the way from a web page: 2014917日, 2018年1026.
LOST = re.compile(r"^(20\d{2})年?(\d{1,2}?)月?(\d{2})日?$|^(20\d{2})(\d)(\d)日$")
RANGE = re.compile(r"^(.+?日?)(?:至|到|—+|-{1,2}|–|~|～)(.+)$")


class UnreadableError(ValueError):
    """A cell whose text is not of its column's kind; the message says what is wanted."""


class NoSuchDayError(UnreadableError):
    """A text that is plainly a day, of which the calendar knows nothing: 2月30日."""

    def __init__(self) -> None:
        super().__init__("没有这一天，请核对日期")


class DoubtError(UnreadableError):
    """A cell that can be read in two ways; ``rule`` names the finding."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def plain(text: str) -> str:
    """NFKC, Chinese numerals in dates as digits, 号 as 日, no white space but before a time."""
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = re.sub(r"(?<!\d)\s+|\s+(?!\d{1,2}:)", "", folded)
    folded = CHINESE.sub(lambda match: str(chinese_number(match.group())), folded)
    return WEEKDAY.sub("", re.sub(r"(?<=\d)号", "日", folded))


def chinese_number(text: str) -> int:
    """十一 → 11, 二十 → 20, 廿三 → 23, 三百五十 → 350, 二〇二三 → 2023."""
    if not any(sign in TENS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, ones = 0, 0
    for sign in text:
        if sign in {"廿", "卅"}:
            total += TENS[sign]
        elif sign in TENS:
            total += (ones or 1) * TENS[sign]
            ones = 0
        else:
            ones = DIGITS[sign]
    return total + ones


def parse_date(cell: Any, base: date, number_format: str = "") -> date:
    """A day, from a date cell, Excel's day number or the usual ways of writing it.

    ``base`` is the day of the submission: a day without a year is the latest not far behind it.

    Raises:
        DoubtError: it can be read in two ways.
        NoSuchDayError: there is no such day.
        UnreadableError: not a day.

    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if type(cell) in {int, float}:
        return _from_number(cell, base, number_format)
    text = plain(str(cell))
    try:
        return _from_text(text, base)
    except (DoubtError, NoSuchDayError):
        raise
    except UnreadableError:
        if match := RANGE.match(text):
            return _end_of_range(match.group(1), match.group(2), base)
        raise


def from_serial(number: float) -> date | None:
    """The day of an Excel serial number from 2000 to 2040."""
    if SERIALS.start <= number < SERIALS.stop:
        return EXCEL_EPOCH + timedelta(days=int(number))
    return None


def past(month: int, day: int, base: date) -> date:
    """A day that has happened: the latest one not far behind the submission's day."""
    found = existing_days(month, day, (base.year, base.year - 1))
    return next((each for each in found if each <= base + SLACK), found[-1])


def nearest_year(month: int, day: int, base: date) -> date:
    """The day in the year of ``base``, or in the next where that lies long before it.

    Raises:
        ValueError: neither year has such a day.

    """
    found = existing_days(month, day, (base.year, base.year + 1))
    return next((each for each in found if each >= base - LOOK_BACK), found[-1])


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    later: date = day + relativedelta(months=months)
    return later


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    last: date = day + relativedelta(day=31)
    return last


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


def month_and_day(number: float, number_format: str = "") -> tuple[int, int]:
    """9.15 as a number → 9月15日.

    9.3 may have been 9.30, unless its format shows two decimals or no such day exists.

    Raises:
        DoubtError: both days exist and nothing tells them apart.
        UnreadableError: no day at all.

    """
    text = repr(round(float(number), 4))
    month, _, decimals = text.partition(".")
    if not month.isdigit() or len(decimals) > 2 or decimals == "0":
        raise UnreadableError(NO_DATE)
    if number_format.endswith(".00"):
        decimals = decimals.ljust(2, "0")
    days = [int(decimals)] if len(decimals) == 2 else [int(decimals), int(decimals) * 10]
    found = [day for day in days if _exists(int(month), day)]
    if len(found) > 1:
        raise DoubtError(
            "float_ambiguous",
            f"是数字，可能是{month}月{found[0]}日，也可能是{month}月{found[1]}日；"
            "请写成 2023-09-30 的样子",
        )
    if not found:
        raise UnreadableError(NO_DATE)
    return int(month), found[0]


def _exists(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True


def _from_number(number: float, base: date, number_format: str) -> date:
    if day := from_serial(number):
        return day
    try:
        if match := COMPACT.match(str(number).removesuffix(".0")):
            return date(*map(int, match.groups()))
        if float(number).is_integer() and 365 < number <= 1231:
            return past(int(number) // 100, int(number) % 100, base)
        if 1 <= number < 13:
            return past(*month_and_day(number, number_format), base)
    except UnreadableError:
        raise
    except ValueError:
        raise NoSuchDayError from None
    raise UnreadableError(NO_DATE)


def _from_text(text: str, base: date) -> date:
    try:
        if match := FULL.match(text) or COMPACT.match(text):
            return date(*map(int, match.groups()))
        if match := SHORT_YEAR.match(text):
            year, month, day = map(int, match.groups())
            return date(CENTURY + year, month, day)
        if match := DAY_MONTH.match(text):
            return _day_and_month(*map(int, match.groups()))
        if match := MONTH_DAY.match(text):
            return past(int(match.group(1)), int(match.group(2)), base)
        if re.fullmatch(r"(?:0[1-9]|1[0-2])[0-3]\d", text):
            return past(int(text[:2]), int(text[2:]), base)
        if re.fullmatch(r"\d{5}(\.\d+)?", text) and (serial := from_serial(float(text))):
            return serial
        if match := LOST.match(text):
            year, month, day = map(int, filter(None, match.groups()))
            found = date(year, month, day)
            raise DoubtError(
                "lost_chars", f"疑为 {found:%Y-%m-%d}，年、月、日的字样缺失；请补全后重新报送"
            )
    except UnreadableError:
        raise
    except ValueError:
        raise NoSuchDayError from None
    raise UnreadableError(NO_DATE)


def _day_and_month(first: int, second: int, year: int) -> date:
    """9/30/2023 and 30/9/2023 are the same day; 3/4/2023 is one of two."""
    if first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    raise DoubtError(
        "day_month_ambiguous",
        f"可能是{first}月{second}日，也可能是{second}月{first}日；请写成 2023-09-30 的样子",
    )


def _end_of_range(start: str, end: str, base: date) -> date:
    """The last day of a range; a year or month named once holds for both ends."""
    first = _from_text(start if "日" in start or not start.endswith("月") else start + "1日", base)
    if re.fullmatch(r"\d{1,2}日?", end):
        end = f"{first.year}年{first.month}月{end}"
    elif match := MONTH_DAY.match(end):
        end = f"{first.year}年{match.group(1)}月{match.group(2)}日"
    last = _from_text(end, base)
    if last < first:
        raise UnreadableError("起止日期颠倒，请核对")
    return last
