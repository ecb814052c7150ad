"""Deadline texts → dates: the plan's own clause, and all the ways of saying when, or not when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from analysis.ingest.cells.dates import months_later, plain
from analysis.ingest.cells.harmless import OF_PAPER
from analysis.ingest.cells.lunar import workdays_later
from analysis.ingest.cells.moments import Calendar, Kind, Token, normal, tokens_of

_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_BEFORE = r"(?:之?前|止|以前)?"

START = re.compile(rf"{_DATE}{_BEFORE},?全部(?:进入工作状态|启动)|{_DATE}{_BEFORE}启动")
FIRST_NODE = re.compile(rf"{_DATE}为第一个工作节点")
NODE_DAYS = re.compile(r"(?:以后|此后|之后)?每(\d+)天为一个工作节点")
#: What most texts are; the grammar is for the others.
ONE_DAY = re.compile(rf"^{_DATE}{_BEFORE}(?:完成|完成整改|整改完成|整改到位)?[。.]?$")
PERIOD = re.compile(r"(\d+|半)个?(工作日|小时|日|天|周|星期|礼拜|月|季度|年)?(?:之内|以内|内)?$")
ITEM = re.compile(r"\d+(?:-\d+)?")
#: What is said of all measures but those named before.
OTHERS = re.compile("其余|其他|其它|剩余|余下")
#: 第1-3项 is three of them; (5-3)项 is one.
SPAN = re.compile(r"第(\d{1,2})[至-](\d{1,2})项|(?<!\d)(\d{1,2})至(\d{1,2})项")
#: What is done to a hazard; a segment without it that speaks of 复查 is not about this.
WORK = re.compile("整改|整治|治理|改正|完成")

DAYS = {"日": 1, "天": 1, "周": 7, "星期": 7, "礼拜": 7}
MONTHS = {"月": 1, "季度": 3, "年": 12}
#: No office sets a deadline further away: a longer period is a slip, or no period.
MOST_DAYS, MOST_MONTHS = 366, 120
HALF_A_MONTH = 15
#: A clause of a plan has a hundred signs; what has more than so many is no deadline, and slow.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Clause:
    """What a deadline text says.

    ``due_on`` holds for every measure under the clause, ``due_by_number`` for one measure each.
    ``days_after`` counts from the day on which the matter was found or ordered, 0 for 立行立改;
    ``in_workdays`` says that only working days count, ``in_months`` that months do. ``left`` is
    what nothing was made of: then there is no common deadline.
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
    left: str = ""
    #: Whether the day is one to which the deadline was moved, is roughly meant, or is of the past.
    is_moved: bool = False
    is_about: bool = False
    is_fact: bool = False
    #: The text, where its days hang on the day from which it is read: 月底前, 10月31日.
    hanging: str = field(default="", compare=False)
    #: Whether one of them lies so far from that day that another year may be meant.
    is_doubtful: bool = field(default=False, compare=False)

    def due_for(self, number: str | None, found_on: date | None = None) -> date | None:
        """Deadline of one measure: its own where the clause names it, else the common one.

        ``found_on`` is the record's own day, from which periods count and by which days without a
        year get theirs: a ledger sent again next month must not move them.
        """
        if self.hanging and found_on:
            try:
                return parse_clause(self.hanging, found_on)._due(number, found_on)
            except ValueError:  # 29 February is not of that year, but of the submission's
                return self._due(number, found_on)
        return self._due(number, found_on)

    def _due(self, number: str | None, found_on: date | None) -> date | None:
        if own := self.due_by_number.get(number or ""):
            return own
        if self.due_on is None and self._has_parts:
            return max(self.due_by_number.values())
        if self.due_on or self.days_after is None or found_on is None:
            return self.due_on
        return _later(found_on, self.days_after, self.in_workdays, self.in_months)

    @property
    def _has_parts(self) -> bool:
        """Whether the numbers are those of parts of one measure, due at the last: ①, ②."""
        return bool(self.due_by_number) and not any("-" in each for each in self.due_by_number)

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


@dataclass(frozen=True, slots=True)
class Period:
    """So many days, workdays or months."""

    amount: int
    in_workdays: bool = False
    in_months: bool = False


@dataclass(slots=True)
class Segment:
    """What stands between two commas, and the measures that it is about."""

    tokens: list[Token] = field(default_factory=list)
    numbers: tuple[str, ...] = ()

    def has(self, *kinds: Kind) -> bool:
        """Whether a token is of one of the kinds."""
        return any(token.kind in kinds for token in self.tokens)

    def texts(self, kind: Kind) -> str:
        """The texts of all tokens of a kind."""
        return "".join(token.text for token in self.tokens if token.kind is kind)


@dataclass(slots=True)
class Reading:
    """What the segments of a text say together."""

    due: list[date] = field(default_factory=list)
    reviews: list[date] = field(default_factory=list)
    by_number: dict[str, date] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    is_moved: bool = False
    is_fact: bool = False


#: «（措施中另有注明的除外）», «，长期坚持的除外»: of what it is no deadline, without a number.
EXCEPT = re.compile(
    r"[(（][^()（）\d第]{2,20}(?:除外|以外)[)）]|(?<=[前日底])[,，;；][^()（）,，;；\d第]{2,20}除外[。]?$"
)


@lru_cache(maxsize=20_000)
def parse_clause(text: str, base: date) -> Clause:
    """Read a deadline text; ``base`` is the day of the submission, which gives missing years.

    Every word has to be understood: what is left over is in ``left`` and takes the common
    deadline away. Of several days that work is due by, the last counts; a day of 复查, of a
    beginning or of the past is none.

    Raises:
        ValueError: the text names a day that does not exist (2月30日).

    """
    if len(text) > LONGEST:
        return Clause(left=f"{text[:20]}…")
    text = OF_PAPER.sub("", EXCEPT.sub("", text))
    calendar = Calendar(base)
    if match := ONE_DAY.match(plain(text)):
        year, month, day = match.groups()
        one_day = calendar.place(year, int(month), int(day))
        return Clause(
            due_on=one_day, hanging="" if year else text, is_doubtful=calendar.is_doubtful
        )
    rest = normal(text, calendar)
    start_on, rest = _take(START, rest, calendar)
    first_node_on, rest = _take(FIRST_NODE, rest, calendar)
    days = NODE_DAYS.search(rest)
    rest = NODE_DAYS.sub("", rest)
    calendar.year = calendar.last = None
    segments = list(_segments(tokens_of(rest, calendar)))
    reading = _read(segments)
    if calendar.is_lost:
        reading.left.append(text)
    has_work = bool(reading.due or reading.by_number or reading.periods)
    due = reading.due if has_work else reading.reviews
    due_on = max(due, default=None) if not reading.left else None
    period = _longest(reading, segments) if due_on is None and not reading.left else None
    return Clause(
        start_on=start_on,
        first_node_on=first_node_on,
        node_days=int(days.group(1)) if days else None,
        due_on=due_on,
        due_by_number=reading.by_number,
        days_after=period.amount if period else None,
        in_workdays=bool(period and period.in_workdays),
        in_months=bool(period and period.in_months),
        is_ongoing=_any(segments, Kind.ONGOING),
        is_vague=_any(segments, Kind.VAGUE),
        recurring=next(filter(None, (each.texts(Kind.RECURRING) for each in segments)), ""),
        left="…".join(reading.left),
        is_moved=reading.is_moved,
        is_about=_any(segments, Kind.ABOUT),
        is_fact=reading.is_fact,
        hanging=text if calendar.is_used else "",
        is_doubtful=calendar.is_doubtful,
    )


def _take(pattern: re.Pattern[str], text: str, calendar: Calendar) -> tuple[date | None, str]:
    match = pattern.search(text)
    if not match:
        return None, text
    groups = match.groups()
    year, month, day = groups[:3] if groups[1] else groups[3:]
    found = calendar.place(year, int(month), int(day))
    return found, text[: match.start()] + text[match.end() :]


def _segments(tokens: Sequence[Token]) -> Iterator[Segment]:
    """The text cut at its commas; numbers of measures hold until the next ones or a full stop."""
    current = Segment()
    for token in tokens:
        if token.kind in {Kind.COMMA, Kind.STOP, Kind.ITEMS}:
            if current.tokens:
                yield current
            numbers = () if OTHERS.search(_text(current)) else current.numbers
            if token.kind is Kind.ITEMS:
                numbers = tuple(_numbers(token.text))
            elif token.kind is Kind.STOP:
                numbers = ()
            current = Segment(numbers=numbers)
        else:
            current.tokens.append(token)
    if current.tokens:
        yield current


def _numbers(text: str) -> list[str]:
    """5-1 and 5-2 of «(5-1)、(5-2)项»; 1, 2 and 3 of «第1至3项»."""
    if match := SPAN.search(text):
        first, last = (int(each) for each in match.groups() if each)
        return [str(number) for number in range(first, last + 1)]
    return ITEM.findall(text)


def _read(segments: Sequence[Segment]) -> Reading:
    reading = Reading()
    for segment in segments:
        if segment.has(Kind.LEFT) and not segment.has(Kind.RECURRING):
            reading.left.append(segment.texts(Kind.LEFT))  # what recurs may be anything
        _read_segment(segment, reading)
    return reading


def _read_segment(segment: Segment, reading: Reading) -> None:
    """Add what one segment says: days that count, days that do not, periods."""
    days, is_moved = _days(segment)
    reading.is_moved |= is_moved
    if segment.has(Kind.FACT):
        reading.is_fact = True
    elif len(days) > 1:
        reading.left.append("".join(token.text for token in segment.tokens))
    elif segment.has(Kind.PERIOD):
        _read_period(segment, days, reading)
    elif not days or _is_no_end(segment, is_moved):
        return
    elif segment.has(Kind.REVIEW) and not re.search("整改|整治|治理|改正", _text(segment)):
        if WORK.search(_text(segment)):
            reading.reviews += days
    elif segment.numbers and not OTHERS.search(_text(segment)):
        for number in segment.numbers:
            reading.by_number[number] = max(days[0], reading.by_number.get(number, days[0]))
    else:
        reading.due += days


def _is_no_end(segment: Segment, is_moved: bool) -> bool:
    """Whether the day is that of a beginning, or of a deadline before it was moved."""
    is_begun = segment.has(Kind.BEGIN) or (segment.has(Kind.FROM_ON) and not _has_end(segment))
    return is_begun or (segment.has(Kind.ORIGINAL) and not is_moved)


def _has_end(segment: Segment) -> bool:
    """Whether a day stands behind a 起 and a 至: «9月起至11月10日»."""
    kinds = [token.kind for token in segment.tokens]
    behind = kinds[kinds.index(Kind.FROM_ON) :]
    return any(pair == (Kind.RANGE, Kind.POINT) for pair in pairwise(behind))


def _text(segment: Segment) -> str:
    return "".join(token.text for token in segment.tokens)


def _days(segment: Segment) -> tuple[list[date], bool]:
    """The days of a segment: of a range its end, of a deadline that was moved the new one."""
    days: list[date] = []
    is_moved = False
    start: date | None = None
    for before, token in zip((None, *segment.tokens), segment.tokens, strict=False):
        if token.kind is Kind.MOVED:
            days, is_moved = [], True
        elif token.kind is Kind.POINT and token.day:
            if before and before.kind is Kind.RANGE and days and start is None:
                start = days.pop()
                if start > token.day and start.month == token.day.month:
                    days.append(start)  # begins after it ends: two days, and so none
            days.append(token.day)
    return days, is_moved


def _read_period(segment: Segment, days: Sequence[date], reading: Reading) -> None:
    """A period from a day that the segment names is a day; any other counts from the record's."""
    period = max(
        filter(None, (_period(t.text) for t in segment.tokens if t.kind is Kind.PERIOD)),
        key=lambda each: each.amount * (30 if each.in_months else 1),
        default=None,
    )
    if period is None or (days and not segment.has(Kind.FROM_ON)):
        reading.left.append(_text(segment))
    elif segment.has(Kind.REVIEW) and not WORK.search(_text(segment)):
        return
    elif days:
        day = _later(days[0], period.amount, period.in_workdays, period.in_months)
        reading.due.append(day)
    else:
        reading.periods.append(period)


def _period(text: str) -> Period | None:
    """半年内 → 6 months, 10个工作日内 → 10 workdays, 48小时 → 2 days, 3至5日内 → 5 days."""
    match = PERIOD.search(text)
    if not match:
        return None
    said, unit = match.groups()
    if said == "半":
        return {"年": Period(6, in_months=True), "月": Period(HALF_A_MONTH)}.get(unit)
    amount = int(said)
    if unit in MONTHS:
        months = amount * MONTHS[unit]
        return Period(months, in_months=True) if 0 < months <= MOST_MONTHS else None
    if unit == "小时":
        return Period(amount // 24)
    number = amount * DAYS.get(unit or "天", 1)
    return Period(number, in_workdays=unit == "工作日") if 0 < number <= MOST_DAYS else None


def _longest(reading: Reading, segments: Sequence[Segment]) -> Period | None:
    """The last of several periods; 0 days for what is to be done at once."""
    periods = reading.periods
    if not periods and _any(segments, Kind.IMMEDIATE):
        return Period(0)
    return max(periods, key=lambda each: each.amount * (30 if each.in_months else 1), default=None)


def _any(segments: Sequence[Segment], kind: Kind) -> bool:
    return any(segment.has(kind) for segment in segments)


def _later(start: date, amount: int, in_workdays: bool, in_months: bool) -> date:
    if in_months:
        return months_later(start, amount)
    return workdays_later(start, amount) if in_workdays else start + timedelta(days=amount)
