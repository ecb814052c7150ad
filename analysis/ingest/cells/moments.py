"""A deadline text → its words one after the other: days by whatever name, periods, and the rest.

Every sign of a text becomes part of a token. What is neither a construct of this grammar nor a
harmless word is LEFT, and whoever reads the tokens has to answer for it.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from analysis.ingest.cells.dates import (
    NEAR_MONTH,
    TIME,
    ahead,
    chinese_number,
    days_of_years,
    is_far,
    month_end,
    months_later,
    plain,
)
from analysis.ingest.cells.harmless import ABOUT, AMOUNT, OF_A_DEADLINE, one_of
from analysis.ingest.cells.lunar import FESTIVALS, as_solar, festival


class Kind(Enum):
    """What a token is."""

    POINT = auto()
    RANGE = auto()
    PERIOD = auto()
    ITEMS = auto()
    NOW = auto()
    FROM_ON = auto()
    BEGIN = auto()
    FACT = auto()
    ORIGINAL = auto()
    MOVED = auto()
    REVIEW = auto()
    IMMEDIATE = auto()
    ONGOING = auto()
    RECURRING = auto()
    VAGUE = auto()
    ABOUT = auto()
    HARMLESS = auto()
    COMMA = auto()
    STOP = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; ``day`` is that of a POINT."""

    kind: Kind
    text: str
    day: date | None = None


QUARTERS = {
    sign: n for n, signs in enumerate(("一1", "二2", "三3", "四4"), start=1) for sign in signs
}
#: Third parts of a month: the day with which each ends; None is the month's own last day.
TENTHS = {"上旬": 10, "上中旬": 20, "中旬": 20, "中下旬": None, "下旬": None, "中": 15}
#: The day before what an office calls by name; months of flood and holiday as in Shanxi.
BEFORE_SEASON = {
    "国庆": (9, 30), "十一": (9, 30), "五一": (4, 30), "劳动节": (4, 30), "元旦": (12, 31),
    "入汛": (5, 31), "汛期": (5, 31), "汛": (5, 31), "主汛期": (5, 31), "防汛期": (5, 31),
    "暑期": (6, 30), "暑假": (6, 30), "清明": (4, 3), "安全生产月": (5, 31),
}  # fmt: skip
#: 十四五 ends with 2025, as every plan of five years does.
FIVE_YEARS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
WEEKDAYS = "一二三四五六日天"

QUOTES = re.compile(r"[“”‘’\"'「」『』《》«»〈〉<>]")
THIS_YEAR = re.compile(r"(?:今|本|当)年(?:度(?=内|底|末))?")
NEXT_YEAR = re.compile(r"(?:明|来)年(?:度(?=内|底|末))?")
YEARS_AWAY = (
    (THIS_YEAR, 0), (NEXT_YEAR, 1), (re.compile("后年"), 2), (re.compile("[去上]年(?!度)"), -1),
)  # fmt: skip


class Calendar:
    """What gives a day without a year its year: the base, and the days before it in the text."""

    def __init__(self, base: date) -> None:
        self.base = base
        #: Whether the base had a say: the same text means another day from another base.
        self.is_used = False
        #: Whether a day could not be placed.
        self.is_lost = False
        #: Whether a day without a year may as well be of the year beside the one that was taken.
        self.is_doubtful = False
        self.year: int | None = None
        self.last: date | None = None
        self.is_range = False
        self.is_part = False
        #: Whether what follows is of another measure, whose day need not lie behind the last one.
        self.is_of_another = False

    def place(self, year: str | None, month: int, day: int | None) -> date:
        """A day, or the last of a month; ``year`` as written: 2023, 次年 or nothing.

        Raises:
            ValueError: there is no such day.

        """
        if not 1 <= month <= 12:
            raise ValueError(f"没有{month}月")
        if year and year.isdigit():
            self.year = int(year)
            return self._day(self.year, month, day)
        if year:
            return self._day((self.year or self.today().year) + 1, month, day)
        if self.year is None:
            return self._near_base(month, day)
        found = self._day(self.year, month, day)
        if self.last and found < self.last:
            if self.is_range:
                found = self._day(self.year + 1, month, day)
            elif not self.is_part:  # earlier in the same year, or of the next one?
                self.is_lost = True
        return found

    def _near_base(self, month: int, day: int | None) -> date:
        """A day of a text without any year: in the year of the day before it, where it follows."""
        anchor = self.today()
        look_back = timedelta.max if day else NEAR_MONTH
        days = days_of_years(month, day, anchor)
        found = ahead(days, anchor, look_back)
        if self.last is None:
            self.is_doubtful |= is_far(days, anchor)
            return found
        with suppress(ValueError):  # 29 February is not of every year
            same_year = self._day(self.last.year, month, day)
            if same_year >= self.last or self.is_part:
                return same_year
        self.is_lost |= found < self.last and not self.is_range and not self.is_of_another
        return found

    def today(self) -> date:
        """The base, from here on needed to read the text."""
        self.is_used = True
        return self.base

    def _day(self, year: int, month: int, day: int | None) -> date:
        if not 1 <= year <= 9998:
            raise ValueError(f"没有{year}年")
        try:
            return date(year, month, day) if day else month_end(date(year, month, 1))
        except ValueError:
            raise ValueError(f"没有{month}月{day}日这一天") from None


def tokens_of(text: str, calendar: Calendar) -> list[Token]:
    """The tokens of a text that ``normal`` has prepared.

    Raises:
        ValueError: a day that does not exist (2月30日).

    """
    found: list[Token] = []
    position = 0
    while position < len(text):
        token = _end_of_range(text, position, found, calendar) or _next(
            text, position, found, calendar
        )
        position += len(token.text)
        if token.kind is Kind.POINT:
            calendar.last, calendar.is_of_another = token.day, False
        if token.kind is Kind.ITEMS:
            calendar.is_of_another = True
        if found and token.kind is found[-1].kind is Kind.LEFT:
            token = Token(Kind.LEFT, found.pop().text + token.text)
        found.append(token)
    return found


def normal(text: str, calendar: Calendar) -> str:
    """A text in one way of writing: years, months and days in figures, no quotes.

    Raises:
        ValueError: a day that the moon's calendar does not have.

    """
    base = calendar.base
    text, is_guessed = as_solar(
        text,
        base,
        lambda days: ahead(days, base),
        chinese_number,
        month_ends=True,
    )
    calendar.is_used |= is_guessed
    text = _dotted_as_days(QUOTES.sub("", plain(text)))
    for pattern, years in YEARS_AWAY:
        if pattern.search(text):
            text = pattern.sub(f"{calendar.today().year + years}年", text)
    return re.sub(r"(\d{4}年)年", r"\1", text)


def _dotted_as_days(text: str) -> str:
    """2023-10-31, 2023.10.31, 20231031, 2023.10 and 10.31前 as years, months and days."""
    text = re.sub(
        r"(?<!\d)(\d{4})([-./、。])(\d{1,2})\2(\d{1,2})(?![\d月])日?", r"\1年\3月\4日", text
    )
    text = re.sub(r"(?<!\d)(\d{4})年(\d{1,2})[-./、](\d{1,2})(?!\d|月)日?", r"\1年\2月\3日", text)
    text = re.sub(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)", r"\1年\2月\3日", text)
    text = re.sub(r"(?<![\d.])(20\d{2})[-./](\d{1,2})(?![\d./月日])", r"\1年\2月", text)
    text = re.sub(r"(?<![\d.])(20\d{2})[-./](\d{1,2})月(?!\d)", r"\1年\2月", text)
    text = re.sub(r"^(20\d{2})(0[1-9]|1[0-2])(?=之?前|底|末|$)", r"\1年\2月", text)
    end = r"(?=之?前|止|完成|[-—–~至到,;。)]|$)"
    text = re.sub(rf"^(\d{{2}})([-./])(\d{{1,2}})\2(\d{{1,2}})日?{end}", r"20\1年\3月\4日", text)
    text = re.sub(rf"^(0[1-9]|1[0-2])([0-3]\d){end}", r"\1月\2日", text)
    text = re.sub(r"^(\d{1,2})-(\d{1,2})日?(?=之?前|止|$)", r"\1月\2日", text)
    return re.sub(rf"(?:^|(?<=[至到—–~(-]))(\d{{1,2}})[./](\d{{1,2}})日?{end}", r"\1月\2日", text)


_YEAR = r"(?:(\d{4}|次|翌)年)?"
_DAY = re.compile(
    rf"{_YEAR}(\d{{1,2}})月(\d{{1,2}})(?![\d个次项天家处条起%个.])日?"
    rf"(?:\(?(?:星期|周|礼拜)[{WEEKDAYS}]\)?)?{TIME}"
)
_PARTS = "上中旬|中下旬|上旬|中旬|下旬|底|末|中"


def _day(match: re.Match[str], calendar: Calendar) -> date:
    return calendar.place(match.group(1), int(match.group(2)), int(match.group(3)))


def _month(match: re.Match[str], calendar: Calendar) -> date:
    """A third of a month, its middle, or its end."""
    return calendar.place(match.group(1), int(match.group(2)), TENTHS.get(match.group(3) or ""))


def _month_of_range(match: re.Match[str], calendar: Calendar) -> date:
    """The end of «9-11月»; the first month's year is the second's."""
    year, first, last = match.group(1), int(match.group(2)), int(match.group(3))
    if not year and calendar.year is None:
        return calendar.place(None, last, None)
    calendar.last, calendar.is_range = calendar.place(year, first, None), True
    return calendar.place(None, last, None)


def _this_month(match: re.Match[str], calendar: Calendar) -> date:
    which, day, part = match.groups()
    month = months_later(calendar.today().replace(day=1), int(which in {"下", "次"}))
    number = int(day) if day else TENTHS.get(part or "")
    return month.replace(day=number) if number else month_end(month)


def _next_such_day(match: re.Match[str], calendar: Calendar) -> date:
    """«25日前»: of this month, or of the next where it has gone by; 31日 of April is its last."""
    day = int(match.group(1))
    base = calendar.today()
    month = base if day >= base.day else months_later(base.replace(day=1), 1)
    if not 1 <= day <= 31:
        raise ValueError(f"没有{day}日")
    return month.replace(day=min(day, month_end(month).day))


def _week(match: re.Match[str], calendar: Calendar) -> date:
    which, weekday = match.groups()
    base = calendar.today()
    monday = base - timedelta(days=base.weekday())
    monday += timedelta(weeks=len(which) if which and which.startswith("下") else 0)
    day = monday + timedelta(days=min(WEEKDAYS.index(weekday), 6) if weekday else 6)
    return day if which or day >= base else day + timedelta(weeks=1)


def _quarter(match: re.Match[str], calendar: Calendar) -> date:
    year, sign, letter, which = match.groups()
    if sign or letter:
        last = month_end(date(calendar.base.year, QUARTERS[sign or letter] * 3, 1))
        return calendar.place(year, last.month, last.day)
    base = calendar.today()
    month = date(base.year, (base.month + 2) // 3 * 3, 1)
    return month_end(months_later(month, 3 * (which == "下")))


def _half_year(match: re.Match[str], calendar: Calendar) -> date:
    return calendar.place(match.group(1), *((6, 30) if match.group(2) == "上" else (12, 31)))


def _year_end(match: re.Match[str], calendar: Calendar) -> date:
    year = match.group(1)
    return calendar.place(year or str(calendar.today().year), 12, 31)


def _five_years(match: re.Match[str], calendar: Calendar) -> date:
    return date(FIVE_YEARS[match.group(1)], 12, 31)


def _before_season(match: re.Match[str], calendar: Calendar) -> date:
    year, name = match.groups()
    if year and name == "元旦":  # the day before the first of that year
        return date(int(year) - 1, 12, 31) if year.isdigit() else calendar.place(None, 12, 31)
    day = calendar.place(year, *BEFORE_SEASON[name])
    return _before_qingming(day.year) if name == "清明" else day


def _before_qingming(year: int) -> date:
    """The day before 清明, which the sun sets on 4 or 5 April in this century."""
    of_century = year % 100
    return date(year, 4, int(of_century * 0.2422 + 4.81) - of_century // 4 - 1)


def _before_festival(match: re.Match[str], calendar: Calendar) -> date:
    """The day before a festival of the lunar calendar, this year's or the next one's."""
    year, name = match.groups()
    if year and year.isdigit():
        return festival(int(year), name) - timedelta(days=1)
    base = calendar.today()
    days = [festival(base.year + n, name) - timedelta(days=1) for n in (-1, 0, 1)]
    if year:
        return days[2]
    calendar.is_doubtful |= is_far(days, base)
    return ahead(days, base, NEAR_MONTH)


_HOLIDAY = r"(?:国际)?(?:劳动节|节)?(?:小?长假|黄金周|假期|节日)?(?:来临|到来)?(?:之?前)"
Reader = Callable[[re.Match[str], Calendar], date | None]
_WHEN = ("召开", "开展", "报送", "上报", "组织", "进行", "检查", "排查", "演练", "开会", "调度")

#: From the most to the least exact; at each place of a text the first that fits is taken.
GRAMMAR: tuple[tuple[Kind, str, Reader | None], ...] = (
    (Kind.RECURRING,
     r"(?:每|逐)(?:个)?(?:半月|半年|月|季度|季|年|周|日|天|\d+天|学期)(?:首月|"
     r"[一二三四五六日天](?=前|之|$))?(?:底|末|初)?"
     rf"(?:\d+月)?(?:底|末)?(?:\d+日)?(?:之?前)?(?:至少)?(?:{one_of(_WHEN)})?(?:\d+次)?|"
     rf"按(?:月|季度?|周|年度?)(?!计划|底|末)",
     None),
    (Kind.ITEMS,
     r"(?<![成了共近约达])第?\(?\d+(?:-\d+)?\)?(?:(?:[、,和及至]|"
     r"-(?!\d+\)?项?\d))第?\(?\d+(?:-\d+)?\)?)*项(?!目|工作)(?:措施|任务|问题)?:?"
     r"|(?:^|(?<=[;。,]))\d{1,2}[、.](?=\d{1,2}月|\d{4}年|[^\d])"
     r"|\(\d+-\d+\)(?:[、,和]?\(\d+-\d+\))*:?|\(\d{1,2}\)(?:[、,和]?\(\d{1,2}\))*:?", None),
    (Kind.POINT, rf"{_YEAR}(\d{{1,2}})月?(?:至|到|-|—+|–|~)(\d{{1,2}})月(?!\d)份?(?:底|末)?",
     _month_of_range),
    (Kind.POINT, _DAY.pattern, _day),
    (Kind.POINT, rf"(?<!\d)(\d{{4}})年(\d{{1,2}})月份?({_PARTS})?(?:之内|以内|内)?", _month),
    (Kind.POINT, rf"((?:次|翌)年)?(\d{{1,2}})月份?({_PARTS})?(?!之?内|以内|\d)", _month),
    (Kind.POINT,
     r"(本|当|这个?|下|次)个?月份?(?:(\d{1,2})日|(上旬|中旬|下旬|中)|底|末|内)?(?=之?前|"
     r"以前|止|完成|[,;。)]|$)", _this_month),
    (Kind.POINT, r"()()()月(?:底|末|内)", _this_month),
    (Kind.POINT, r"(?<!\d)(\d{1,2})日(?=之?前|以前|止)", _next_such_day),
    (Kind.POINT, rf"(本|这|下下|下)个?(?:周|星期|礼拜)(?:([{WEEKDAYS}])|末|内|底)?", _week),
    (Kind.POINT, rf"()(?:周|星期|礼拜)([{WEEKDAYS}])(?=之?前|以前|止)", _week),
    (Kind.POINT,
     rf"{_YEAR}(?:第?([一二三四1-4])季度?|[Qq]([1-4])|(本|这|下)个?季度|季度(?=末|"
     rf"底))(?:末|底|内)?", _quarter),
    (Kind.POINT, rf"{_YEAR}(上|下)半年", _half_year),
    (Kind.PERIOD,
     r"(?:\d{1,3}(?:至|到|-|~|—))?(?:(\d{1,3})|半)(?:个?(工作日|小时|天|周|星期|礼拜)|"
     r"个(月|季度)|(?<=半)个?(月)|(年)(?=内|之内|以内|$))(?:之内|以内|内)?(?!之?前)", None),
    (Kind.PERIOD, r"(?:\d{1,3}(?:至|到|-|~|—))?(\d{1,3})(日)(?:之内|以内|内)", None),
    (Kind.PERIOD, r"(?<=[起过])(\d{1,3})(日)|^(\d{1,3})(日|天)?$", None),
    (Kind.POINT, rf"({'|'.join(FIVE_YEARS)})(?:规划|时期|期间|期)?(?:末|内|结束前)?", _five_years),
    (Kind.POINT, rf"{_YEAR}({one_of(BEFORE_SEASON)}){_HOLIDAY}", _before_season),
    (Kind.POINT, rf"{_YEAR}({one_of(FESTIVALS)}){_HOLIDAY}", _before_festival),
    (Kind.VAGUE,
     r"(?<!\d)(?:\d{4}|次|翌)年(?:[春秋]季)?(?:新?学期)?(?:开学|开园|复工|开工)之?前", None),
    (Kind.POINT, r"(?<!\d)(\d{4}|次|翌)年度?(?:[底末内终]|(?!度?前|\d))", _year_end),
    (Kind.POINT, r"()年(?:底|末|内|终)", _year_end),
    (Kind.POINT, r"()全年", _year_end),
    (Kind.NOW, r"即日起?|从即日起|自即日起", None),
    (Kind.HARMLESS, r"\(?含当[日天]\)?", None),
    (Kind.HARMLESS,
     rf"(?<=日)\((?:{one_of([*BEFORE_SEASON, *FESTIVALS])})(?:节|假期|长假)?\)", None),
    (Kind.HARMLESS, r"集中(?:整改|整治|攻坚)(?:期|期间|期限|阶段)(?=\()", None),
    (Kind.HARMLESS, r"\((?:已|业)?报?经?[^,;。()\d]{0,8}(?:同意|批准)(?:延期|延长|顺延)\)", None),
    (Kind.HARMLESS, r"除[^,;。\d]{2,16}外", None),
    (Kind.IMMEDIATE,
     r"立行立改|立即整改|立查立改|即知即改|即查即改|当场整改|现场整改|现场立即整改|"
     r"边查边改|立改|立整立改|"
     r"立即|马上|即刻|即时|第一时间|当[日天](?:之内|内)?|当场", None),
    (Kind.ONGOING,
     r"(?:[之此今]后)?长期坚持|持续推进|常态化?长效|常态化|长期|持续整改|持续|贯穿(?:整改|"
     r"工作)?(?:全过程|始终)|全过程", None),
    (Kind.VAGUE,
     r"尽快|近期|适时|待定|按要求|根据进度|视.{0,6}到位情况|按时间节点|按计划|两?双?节前|"
     r"年前|限期整改|限时整改|限期|限时|"
     r"(?![于在])[^\d,;。、()]{2,10}(?:来临|到来|开业|开园|营业|复工|开工|开学|启用|运行|"
     r"召开|开幕|结束)之?前", None),
    (Kind.MOVED, r"(?:推迟|延期|延长|顺延|延后|延|调整|变更|改|提前)(?:为|至|到)", None),
    (Kind.ORIGINAL, r"(?:较|比)?原(?:定|计划|整改)?的?(?:完成)?(?:期限|时限|时间)?[为是的]?",
     None),
    (Kind.FACT, r"(?:业|均|都|现)?已(?:经)?(?:于|在)?", None),
    (Kind.REVIEW, r"复查|复核|复验|验收|核查|督查|回头看|销号|抽查|评估", None),
    (Kind.BEGIN, r"全部进入工作状态|启动|开始|进场", None),
    (Kind.FROM_ON, r"(?:之日)?起(?:算|计算)?", None),
    (Kind.RANGE, r"至|到|—+|–|-{1,2}|~|―|─+", None),
    (Kind.ABOUT, one_of(ABOUT), None),
    (Kind.STOP, r"[;。!！\n]", None),
    (Kind.COMMA, r"[,、:()\[\]【】#·.+/]", None),
    (Kind.HARMLESS, rf"{one_of(OF_A_DEADLINE)}|{AMOUNT}", None),
)  # fmt: skip
_EACH = [(kind, re.compile(pattern), reader) for kind, pattern, reader in GRAMMAR]
_ANY = re.compile("|".join(f"(?P<g{n}>{rule[1]})" for n, rule in enumerate(GRAMMAR)))
#: What the end of a range may be short of: 10月15日至20, 2024年6月—9.
_BARE_END = re.compile(r"(\d{1,2})(?!\d|月\d)(日|月份?(?:底|末)?)?")


def _next(text: str, position: int, before: Sequence[Token], calendar: Calendar) -> Token:
    match = _ANY.match(text, position)
    if not match or not match.group() or not match.lastgroup:
        return Token(Kind.LEFT, text[position])
    kind, pattern, reader = _EACH[int(match.lastgroup[1:])]
    if reader is None:
        return Token(kind, match.group())
    own = pattern.match(text, position)
    calendar.is_range = len(before) > 1 and before[-1].kind is Kind.RANGE
    calendar.is_part = any("其中" in token.text for token in before)
    return Token(kind, match.group(), reader(own, calendar) if own else None)


def _end_of_range(
    text: str, position: int, before: Sequence[Token], calendar: Calendar
) -> Token | None:
    """The end of a range that says less than its start, and means the same month or year."""
    if len(before) < 2 or before[-1].kind is not Kind.RANGE or not (start_on := before[-2].day):
        return None
    match = _BARE_END.match(text, position)
    if not match:
        return None
    start, number, unit = before[-2], int(match.group(1)), match.group(2) or ""
    is_day = unit == "日" or (not unit and "日" in start.text)
    if is_day:
        return Token(Kind.POINT, match.group(), start_on.replace(day=number))
    calendar.is_range, calendar.last = True, start_on
    return Token(Kind.POINT, match.group(), calendar.place(None, number, None))
