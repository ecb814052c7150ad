"""Days as units write them → dates; every way of writing that ledgers and clauses share."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Literal

from dateutil.relativedelta import relativedelta

from analysis.ingest.cells.harmless import ABOUT, MARKS, OF_A_DAY, OF_AN_EVENT, one_of
from analysis.ingest.cells.lunar import NUMERAL, as_solar

#: Excel's day numbers from 2000 to 2040; anything else in a date cell is not a day.
SERIALS = range(36526, 51502)
EXCEL_EPOCH = date(1899, 12, 30)
#: An event dated this far after its report is a slip of the day; further, of last year.
SLACK = timedelta(days=31)
#: What lies ahead and names no year is the first such day from its anchor on. Where that is more
#: days away than this it is a doubt, and meanwhile the day just before the anchor counts: it is the
#: nearer by far, and what is late already is looked at, while what is due in a year is not.
FARTHEST = timedelta(days=300)
#: So far before the anchor a month or a festival may lie to count; who names no day plans ahead.
NEAR_MONTH = timedelta(days=45)
#: Years that a ledger of this office can mean by two digits.
CENTURY = 2000
#: A year of two digits lies this near to its report, or 10.12.13 would be of 2010.
NEAR_YEARS = 10
#: An instant of another zone is a day by the clock of China.
CHINA = timezone(timedelta(hours=8))
#: Milliseconds since 1970, from 2000 to 2040, as web pages export days.
MILLISECONDS = range(946_684_800_000, 2_208_988_800_000)

NO_DATE = "不是日期，请写成 2023-10-15 的样子"

DIGITS = {
    **{sign: n for n, signs in enumerate(
        ("〇零○ＯO", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    ) for sign in signs},
    "元": 1,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "廿": 20, "卅": 30}
CHINESE = re.compile(
    rf"[{NUMERAL}]{{1,12}}(?=年|个?月(?!度)|日|号|天|周|个?工作日|份|小时|个?季度内|个星期)|元(?=月)"
)
#: Numbers in a ring, plain or white on black: NFKC would melt them into the digits behind.
RINGS = {ord("①") + n: f"({n + 1})" for n in range(20)} | {
    ord("❶") + n: f"({n + 1})" for n in range(10)
}
WEEKDAY = re.compile(
    r"\((?:星期|周|礼拜)[一二三四五六日天]\)|(?<=[日\d])(?:星期|周|礼拜)[一二三四五六日天]"
)

#: What a clock says behind a day; the day is what counts.
TIME = (
    r"(?:上午|下午|中午|晚上?|早上?|凌晨|傍晚|夜间)?"
    r"(?:[ T]*\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:\.\d+)?)?|[时点](?:\d{1,2}分?|半|"
    r"整)?(?:\d{1,2}秒)?))?许?"
    r"(?:-\d{1,2}(?::\d{1,2}|[时点]))?"
)
#: One sign between the parts; 10.12-13 has two, and is a range.
FULL = re.compile(
    rf"^(\d{{4}})(?:年(\d{{1,2}})月(\d{{1,2}})|([-./、。年])(\d{{1,2}})\4(\d{{1,2}}))日?{TIME}$"
)
SHORT_YEAR = re.compile(
    rf"^(\d{{2}})(?:年(\d{{1,2}})月(\d{{1,2}})|([-./、。])(\d{{1,2}})\4(\d{{1,2}}))日?{TIME}$"
)
DAY_MONTH = re.compile(rf"^(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){TIME}$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONTH_DAY = re.compile(rf"^(\d{{1,2}})(?:月|[-./、。])(\d{{1,2}})日?{TIME}$")
#: An instant with its zone: 2023-10-30T16:00:00.000Z is 31 October in China.
INSTANT = re.compile(
    r"(?<!\d)\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})(?!\d)"
)
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


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that was read, with a remark."""

    value: Any
    rule: str
    message: str


#: Whether 10/12/2023 is of October or of December; None where nothing says so.
Order = Literal["month_first", "day_first"] | None
#: Columns of days that lie ahead.
AHEAD = frozenset({"extended_due_on"})


@dataclass(frozen=True, slots=True)
class Column:
    """What the column of a day says of it.

    ``base`` is the day of the submission, ``order`` that of the column's other days, ``event``
    the field, whose own words may stand beside the day (``OF_AN_EVENT``).
    """

    base: date
    order: Order = None
    event: str = ""

    def in_a_year(self, month: int, day: int) -> date:
        """A day without a year: the latest not far behind the submission, or what lies ahead."""
        if self.event in AHEAD:
            return ahead(days_of_years(month, day, self.base), self.base)
        return past(month, day, self.base)

    def choose(self, days: Sequence[date]) -> date:
        """The same of days in ascending years."""
        if self.event in AHEAD:
            return ahead(days, self.base)
        return next((day for day in reversed(days) if day <= self.base + SLACK), days[0])


def plain(text: str) -> str:
    """NFKC, Chinese numerals in dates as digits, 号 as 日, no white space but before a time.

    ① is (1); an instant of another zone is its day in China.
    """
    folded = unicodedata.normalize("NFKC", text.translate(RINGS)).strip()
    if ":" in folded:
        folded = INSTANT.sub(_in_china, folded)
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


def _in_china(match: re.Match[str]) -> str:
    try:
        return f"{datetime.fromisoformat(match.group()).astimezone(CHINA):%Y-%m-%d}"
    except (ValueError, OverflowError):  # no such day: left to be told as what it is
        return match.group()


def order_of(cells: Iterable[Any]) -> Order:
    """Which of two numbers before a year is the month, where a column proves it: one above 12."""
    pairs = [
        (int(match.group(1)), int(match.group(3)))
        for cell in set(cells)
        if isinstance(cell, str) and (match := DAY_MONTH.match(cell.strip()))
    ]
    has_first = any(first > 12 >= second for first, second in pairs)
    has_second = any(second > 12 >= first for first, second in pairs)
    if has_first == has_second:  # nothing is proved, or both
        return None
    return "day_first" if has_first else "month_first"


def parse_date(cell: Any, column: Column, number_format: str = "") -> date | Noted:
    """A day, from a date cell, Excel's day number or the usual ways of writing it.

    «About» comes back with a remark.

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
        return _from_number(cell, column, number_format)
    text = str(cell)
    if FULL.match(text):
        return _from_text(text, column)
    text = unicodedata.normalize("NFKC", text.translate(RINGS))
    try:
        text, _ = as_solar(text, column.base, column.choose, chinese_number, month_ends=False)
    except ValueError:
        raise NoSuchDayError from None
    return _written(plain(text), column)


def _written(text: str, column: Column) -> date | Noted:
    """A text as it stands; else without the harmless words around its day."""
    try:
        return _one_or_range(text, column)
    except (DoubtError, NoSuchDayError):
        raise
    except UnreadableError:
        words, about = _words_around(column.event)
        bare = words.sub("", text)
        if bare == text or not bare:
            raise
    day = _one_or_range(bare, column)
    if about.search(text):
        return Noted(day, "approximate", f"是大概的日期，按 {day} 计；请填写准确的日期")
    return day


@lru_cache
def _words_around(event: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The harmless words at both ends of a day, and those of them that say «about»."""
    harmless = one_of((*OF_A_DAY, *ABOUT, *OF_AN_EVENT.get(event, ())))
    around = rf"(?:{harmless}|{MARKS})++"  # words within words: no second try at another cut
    return re.compile(f"^{around}|{around}$"), re.compile(one_of(ABOUT))


def _one_or_range(text: str, column: Column) -> date:
    try:
        return _from_text(text, column)
    except (DoubtError, NoSuchDayError):
        raise
    except UnreadableError:
        if match := RANGE.match(text):
            return _end_of_range(match.group(1), match.group(2), column)
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


def ahead(days: Sequence[date], anchor: date, look_back: timedelta = timedelta.max) -> date:
    """The first of the same day of several years, in ascending order, from the anchor on; the last
    before it where the first lies ``FARTHEST`` away and that one no further than ``look_back``.
    """
    before = [day for day in days if day < anchor]
    after = days[len(before) :]
    if not after:
        return before[-1]
    is_near = bool(before) and anchor - before[-1] <= look_back
    return before[-1] if is_near and is_far(days, anchor) else after[0]


def is_far(days: Sequence[date], anchor: date) -> bool:
    """Whether the first of the days from the anchor on is too far away to be meant for sure."""
    return all(day < anchor or day - anchor > FARTHEST for day in days)


def days_of_years(month: int, day: int | None, anchor: date) -> list[date]:
    """A day, or the last of a month, in the year of the anchor and the years beside it.

    Raises:
        ValueError: none of the years has it.

    """
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    if day is None:
        return [month_end(date(year, month, 1)) for year in years]
    return existing_days(month, day, years)


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


def _from_number(number: float, column: Column, number_format: str) -> date:
    if day := from_serial(number):
        return day
    if MILLISECONDS.start <= number < MILLISECONDS.stop:
        return datetime.fromtimestamp(number / 1000, CHINA).date()
    try:
        if match := COMPACT.match(str(number).removesuffix(".0")):
            return date(*map(int, match.groups()))
        if float(number).is_integer() and 365 < number <= 1231:
            return column.in_a_year(int(number) // 100, int(number) % 100)
        if 1 <= number < 13:
            return column.in_a_year(*month_and_day(number, number_format))
    except UnreadableError:
        raise
    except ValueError:
        raise NoSuchDayError from None
    raise UnreadableError(NO_DATE)


def _from_text(text: str, column: Column) -> date:
    try:
        if match := FULL.match(text) or COMPACT.match(text):
            return date(*_parts(match))
        if match := SHORT_YEAR.match(text):
            year, month, day = _parts(match)
            if abs(CENTURY + year - column.base.year) <= NEAR_YEARS:
                return date(CENTURY + year, month, day)
            raise UnreadableError(NO_DATE)
        if match := DAY_MONTH.match(text):
            first, second, year = _parts(match)
            return _day_and_month(first, second, year, column.order)
        if match := MONTH_DAY.match(text):
            return column.in_a_year(int(match.group(1)), int(match.group(2)))
        if re.fullmatch(r"(?:0[1-9]|1[0-2])[0-3]\d", text):
            return column.in_a_year(int(text[:2]), int(text[2:]))
        if re.fullmatch(r"\d{5}(\.\d+)?", text) and (serial := from_serial(float(text))):
            return serial
        if re.fullmatch(r"\d{12,13}", text) and int(text) in MILLISECONDS:
            return _from_number(int(text), column, "")
        if match := LOST.match(text):
            year, month, day = _parts(match)
            found = date(year, month, day)
            raise DoubtError(
                "lost_chars", f"疑为 {found:%Y-%m-%d}，年、月、日的字样缺失；请补全后重新报送"
            )
    except UnreadableError:
        raise
    except ValueError:
        raise NoSuchDayError from None
    raise UnreadableError(NO_DATE)


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    """The three numbers of a day, in the order in which they stand."""
    first, second, third = (int(each) for each in match.groups() if each and each.isdigit())
    return first, second, third


def _day_and_month(first: int, second: int, year: int, order: Order) -> date:
    """9/30/2023 and 30/9/2023 are the same day; 3/4/2023 is one of two, by itself."""
    if first > 12 or first == second or (second <= 12 and order == "day_first"):
        return date(year, second, first)
    if second > 12 or order == "month_first":
        return date(year, first, second)
    raise DoubtError(
        "day_month_ambiguous",
        f"可能是{first}月{second}日，也可能是{second}月{first}日；请写成 2023-09-30 的样子",
    )


def _end_of_range(start: str, end: str, column: Column) -> date:
    """The last day of a range; a year or month named once holds for both ends."""
    first = _from_text(
        start if "日" in start or not start.endswith("月") else start + "1日", column
    )
    if re.fullmatch(r"\d{1,2}日?", end):
        end = f"{first.year}年{first.month}月{end}"
    elif match := MONTH_DAY.match(end):
        year = first.year + (int(match.group(1)) < first.month)
        end = f"{year}年{match.group(1)}月{match.group(2)}日"
    last = _from_text(end, column)
    if last < first:
        raise UnreadableError("起止日期颠倒，请核对")
    return last
