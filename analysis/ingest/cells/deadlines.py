"""Deadline texts → dates: the plan's own clause, and all the ways of saying when, or not when."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from analysis.ingest.cells.dates import month_end, months_later, nearest_year, plain

_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_NUMBER = r"\(?(\d+-\d+)\)?"
_BEFORE = r"(?:之?前|止|以前)?"

START = re.compile(rf"{_DATE}{_BEFORE},?全部(?:进入工作状态|启动)|{_DATE}{_BEFORE}启动")
FIRST_NODE = re.compile(rf"{_DATE}为第一个工作节点")
NODE_DAYS = re.compile(r"每(\d+)天为一个工作节点")
NUMBERED = re.compile(rf"((?:{_NUMBER}[、,和]?)+)项?:?{_DATE}{_BEFORE}(?:完成)?")

IMMEDIATE = re.compile(
    r"立行立改|立即整改|立查立改|即知即改|即查即改|当场整改|现场整改|边查边改|立改"
)
ONGOING = re.compile(r"长期坚持|持续推进|常态化?长效|常态化|长期|持续整改|持续")
RECURRING = re.compile(
    r"每(?:个)?(半月|半年|月|季度|季|年|周|日|天|\d+天)(?:首月)?(?:底|末)?(?:\d+月)?(?:底|末)?(?:\d+日)?"
    r"(?:之?前)?(?:至少)?(?:召开|开展|报送)?(?:\d+次)?"
)
VAGUE = re.compile(
    r"尽快|近期|适时|待定|按要求|根据进度|视.{0,6}到位情况|按时间节点|按计划|节前|"
    r"限期整改|限时整改|限期"
)
RELATIVE = re.compile(r"(?:(\d+)|半|(?<!\d)一)?个?(工作日|日|天|周|星期|月)(?:之内|以内|内)")
BARE_DAYS = re.compile(r"^(\d{1,3})(?:个)?(工作日|日|天)?$")
RANGE_OF_DAYS = re.compile(r"(\d{1,2})月\d{1,2}日?(?:至|到|-|—|–|~)(\d{1,2})日")
RANGE_OF_MONTHS = re.compile(r"(?<![\d年月日])(\d{1,2})月?(?:至|到|-|—|~)(\d{1,2})月(?!\d)")

QUARTERS = {
    sign: n for n, signs in enumerate(("一1", "二2", "三3", "四4"), start=1) for sign in signs
}
#: Third parts of a month: the day with which each ends; None is the month's own last day.
TENTHS: Mapping[str, int | None] = {"上旬": 10, "中旬": 20, "下旬": None, "中": 15}
#: The day before what an office calls by name; months of flood and holiday as in Shanxi.
BEFORE_SEASON = {
    "国庆": (9, 30), "十一": (9, 30), "五一": (4, 30), "劳动节": (4, 30), "元旦": (12, 31),
    "入汛": (5, 31), "汛期": (5, 31), "主汛期": (5, 31), "暑期": (6, 30), "暑假": (6, 30),
}  # fmt: skip
#: Festivals by the moon: lunar month and day.
BEFORE_FESTIVAL = {"春节": (1, 1), "元宵节": (1, 15), "端午": (5, 5), "中秋": (8, 15)}

DAYS = {"日": 1, "天": 1, "周": 7, "星期": 7}


@dataclass(frozen=True, slots=True)
class Clause:
    """What a deadline text says.

    ``due_on`` holds for every measure under the clause, ``due_by_number`` for one measure each.
    ``days_after`` counts from the day on which the matter was found or ordered, 0 for 立行立改;
    ``in_workdays`` says that only working days count, ``in_months`` that months do.
    """

    start_on: date | None = None
    first_node_on: date | None = None
    node_days: int | None = None
    due_on: date | None = None
    due_by_number: Mapping[str, date] = field(default_factory=dict)
    days_after: int | None = None
    in_workdays: bool = False
    in_months: bool = False
    is_ongoing: bool = False
    is_vague: bool = False
    recurring: str = ""

    def due_for(self, number: str | None, found_on: date | None = None) -> date | None:
        """Deadline of one measure: its own where the clause names it, else the common one."""
        if own := self.due_by_number.get(number or ""):
            return own
        if self.due_on or self.days_after is None or found_on is None:
            return self.due_on
        if self.in_months:
            return months_later(found_on, self.days_after)
        if self.in_workdays:
            return _workdays_later(found_on, self.days_after)
        return found_on + timedelta(days=self.days_after)

    @property
    def says_nothing(self) -> bool:
        """Whether no part of the text was understood."""
        said = (
            self.start_on,
            self.first_node_on,
            self.due_on,
            self.days_after,
            *self.due_by_number,
        )
        return not (
            any(each is not None for each in said)
            or self.is_ongoing
            or self.is_vague
            or self.recurring
        )


@lru_cache(maxsize=20_000)
def parse_clause(text: str, base: date) -> Clause:
    """Read a deadline text; ``base`` is the day of the submission, which gives missing years.

    The parts are taken out one after the other, so that the date of the first node is never
    read as a deadline. What is left is the common deadline: its last date.

    Raises:
        ValueError: the text names a day that does not exist (2月30日).

    """
    rest = _named_years(_dotted_as_dates(plain(text)), base)
    start_on, rest = _take(START, rest, base)
    first_node_on, rest = _take(FIRST_NODE, rest, base)
    days = NODE_DAYS.search(rest)
    rest = NODE_DAYS.sub("", rest)
    numbered: dict[str, date] = {}
    for match in NUMBERED.finditer(rest):
        day = _day(match.group(3), match.group(4), match.group(5), base)
        numbered |= dict.fromkeys(re.findall(r"\d+-\d+", match.group(1)), day)
    rest = NUMBERED.sub("", rest)
    recurring = RECURRING.search(rest)
    rest = RECURRING.sub("", rest)
    due_on = max(_points(rest, base), default=None)
    amount, in_workdays, in_months = _relative(rest) if due_on is None else (None, False, False)
    return Clause(
        start_on=start_on,
        first_node_on=first_node_on,
        node_days=int(days.group(1)) if days else None,
        due_on=due_on,
        due_by_number=numbered,
        days_after=amount,
        in_workdays=in_workdays,
        in_months=in_months,
        is_ongoing=bool(ONGOING.search(rest)),
        is_vague=bool(VAGUE.search(rest)),
        recurring=recurring.group() if recurring else "",
    )


def _take(pattern: re.Pattern[str], text: str, base: date) -> tuple[date | None, str]:
    match = pattern.search(text)
    if not match:
        return None, text
    groups = match.groups()
    year, month, day = groups[:3] if groups[1] else groups[3:]
    return _day(year, month, day, base), text[: match.start()] + text[match.end() :]


def _dotted_as_dates(text: str) -> str:
    """2023-10-31, 2023.10.31, 20231031 and 10.31前 as years, months and days."""
    text = re.sub(
        r"(?<!\d)(\d{4})[-./、。](\d{1,2})[-./、。](\d{1,2})(?!\d)日?", r"\1年\2月\3日", text
    )
    text = re.sub(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)", r"\1年\2月\3日", text)
    text = re.sub(r"^(20\d{2})[-./](\d{1,2})(?=之?前|底|末|$)", r"\1年\2月", text)
    text = re.sub(r"^(20\d{2})(0[1-9]|1[0-2])(?=之?前|底|末|$)", r"\1年\2月", text)
    text = re.sub(r"^(\d{2})[./](\d{1,2})[./](\d{1,2})日?(?=之?前|止|$)", r"20\1年\2月\3日", text)
    return re.sub(r"^(\d{1,2})[./](\d{1,2})日?(?=之?前|止|$)", r"\1月\2日", text)


def _named_years(text: str, base: date) -> str:
    """明年3月 and 今年10月 with their years in figures."""
    text = re.sub(r"(?:今|本|当)年(?=\d{1,2}月)", f"{base.year}年", text)
    return re.sub(r"(?:明|次|下)年(?=\d{1,2}月)", f"{base.year + 1}年", text)


def _relative(text: str) -> tuple[int | None, bool, bool]:
    """How many days, workdays or months after; 0 for what is to be done at once."""
    if IMMEDIATE.search(text):
        return 0, False, False
    match = RELATIVE.search(text) or BARE_DAYS.match(text)
    if not match:
        return None, False, False
    unit = match.group(2) or "天"
    if match.group(1) is None:
        is_half = match.group().startswith("半")
        if unit == "月":
            return (15, False, False) if is_half else (1, False, True)
        return (DAYS.get(unit, 1), unit == "工作日", False)
    amount = int(match.group(1))
    if not 0 < amount <= 365:
        return None, False, False
    return amount * DAYS.get(unit, 1), unit == "工作日", unit == "月"


def _points(text: str, base: date) -> Iterator[date]:
    """Every day that a text names, by whatever name; of a range both ends."""
    text = RANGE_OF_DAYS.sub(r"\1月\2日", text)
    text = RANGE_OF_MONTHS.sub(r"\1月底至\2月底", text)
    for pattern, read in POINTS:
        for match in pattern.finditer(text):
            if found := read(match, base):
                yield found
        text = pattern.sub("#", text)


def _exact(match: re.Match[str], base: date) -> date:
    return _day(match.group(1), match.group(2), match.group(3), base)


def _in_month(match: re.Match[str], base: date) -> date:
    """A third of a month, its middle, or its end."""
    year, month, part = match.group(1), int(match.group(2)), match.group(3)
    if not 1 <= month <= 12:
        raise ValueError(f"没有{month}月")
    day = TENTHS.get(part)
    named = date(int(year), month, day or 1) if year else nearest_year(month, day or 28, base)
    return named if day else month_end(named)


def _this_month(match: re.Match[str], base: date) -> date:
    is_next = match.group(1) == "下"
    return month_end(months_later(base, int(is_next)))


def _quarter(match: re.Match[str], base: date) -> date:
    said = match.group(2) or match.group(3)
    quarter = QUARTERS[said] if said else (base.month + 2) // 3
    last = month_end(date(int(match.group(1) or base.year), quarter * 3, 1))
    return last if match.group(1) else nearest_year(last.month, last.day, base)


def _half_year(match: re.Match[str], base: date) -> date:
    month, day = (6, 30) if match.group(2) == "上" else (12, 31)
    if match.group(1):
        return date(int(match.group(1)), month, day)
    return nearest_year(month, day, base)


def _year_end(match: re.Match[str], base: date) -> date:
    year = base.year + ("明年" in match.group()) + ("次年" in match.group())
    return date(int(match.group(1) or year), 12, 31)


def _before_season(match: re.Match[str], base: date) -> date:
    year = match.group(1)
    month, day = BEFORE_SEASON[match.group(2)]
    if not year:
        return nearest_year(month, day, base)
    return date(int(year) - (match.group(2) == "元旦"), month, day)


def _before_festival(match: re.Match[str], base: date) -> date:
    """The day before a festival of the lunar calendar, this year's or the next one's."""
    from lunar_python import Lunar

    years = [int(match.group(1))] if match.group(1) else [base.year, base.year + 1]
    month, day = BEFORE_FESTIVAL[match.group(2)]
    days = []
    for year in years:
        solar = Lunar.fromYmd(year, month, day).getSolar()
        days.append(date(solar.getYear(), solar.getMonth(), solar.getDay()) - timedelta(days=1))
    return next((each for each in days if each >= base - timedelta(days=30)), days[-1])


def _workdays_later(start: date, amount: int) -> date:
    """Working days after a day, by the State Council's calendar as far as it is published."""
    from lunar_python.util import HolidayUtil

    day = start
    while amount:
        day += timedelta(days=1)
        known = HolidayUtil.getHoliday(day.isoformat())
        amount -= known.isWork() if known else day.weekday() < 5
    return day


def _day(year: str | None, month: str, day: str, base: date) -> date:
    if year:
        return date(int(year), int(month), int(day))
    return nearest_year(int(month), int(day), base)


_YEAR = r"(?:(\d{4})年)?"
_PART = "上旬|中旬|下旬|中(?!旬)|底|末|内|以前|之前|前"
Reader = Callable[[re.Match[str], date], date | None]
#: From the most to the least exact, each with its reader; what one has read the next never sees.
POINTS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(_DATE), _exact),
    (re.compile(rf"{_YEAR}(\d{{1,2}})月份?({_PART}|(?![\d天以]))"), _in_month),
    (re.compile(r"(本|当|下)月(?:底|末|内|之?前)"), _this_month),
    (re.compile(rf"{_YEAR}(?:第?([一二三四1-4])季度?|[Qq]([1-4])|季度(?=末|底))"), _quarter),
    (re.compile(rf"{_YEAR}(上|下)半年"), _half_year),
    (re.compile(r"(?:(\d{4})|今|本|明|次)?年(?:底|末|内|终|度|前)|全年"), _year_end),
    (re.compile(rf"{_YEAR}({'|'.join(BEFORE_SEASON)})节?(?:之?前)"), _before_season),
    (re.compile(rf"{_YEAR}({'|'.join(BEFORE_FESTIVAL)})节?(?:之?前)"), _before_festival),
)  # fmt: skip
