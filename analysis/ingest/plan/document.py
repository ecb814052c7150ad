"""The body of an official document → the plan that it lays down: measures, clauses, figures.

A plan states its measures twice, in the body and in the 三清单 of its annex. Here each place is
read for what it says; nothing is compared yet and nothing mended in silence.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher

from analysis.ingest.cells.dates import month_end, plain
from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.plan.problems import Problem
from analysis.ingest.tables.measures import LABEL, leading_no, split_measures, sub_no

DOC_NO = re.compile(r"(\w{1,8}发)[〔\[(](\d{4})[〕\])](\d+)号")
MANIFESTATION = re.compile(r"^表现形式\(?(\d+)\)?:(.+)")
MEASURE = re.compile(r"^整改措施\(?(\d+)\)?:(.+)")
SUB = re.compile(r"^(?:细化措施:?)?\((\d+-\d+)\):?(.+)")
CLAUSE = re.compile(r"^时序进度:(.+)")
SELF_PROBLEM = re.compile(r"^自查问题:(.+)")
SELF_MEASURE = re.compile(r"^(?:工作|整改)措施\(?(\d+)\)?:(.+)")
SELF_PART = re.compile(r"^(责任单位|责任人|完成时限):(.+)")
ADDRESSEES = re.compile(r"^.*(?:人民政府|成员单位|各单位).*:$")
ROLE = re.compile(r"^(组长|副组长|成员):(.+)")
DIRECTOR = re.compile(r"办公室主任由(.+?)担任")
#: A new thought: a heading, a number, a label; it goes on with nothing above it.
OPENING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d-]+\)|\d+[.、]|附件|表现形式|整改措施|"
    r"细化措施|时序进度|工作措施|责任单位|责任人|完成时限|自查问题|组长|副组长|成员:)"
)
ENDED = re.compile(r"[。;:!?”〕》)]$")
LABELLED_CELL = re.compile(
    r"^(?:主要问题\(|自查问题:|细化措施:|(?:表现形式|整改措施|细化措施|工作措施):?\(?\d|\(?\d+-\d+)"
)
RECT_CELL = re.compile(r"^(.+?[)])\s*(\d+月\d+日.+)$")

FIGURE = re.compile(
    r"(?P<period>\d{4}年(?:\d{1,2}-\d{1,2}月)?|\d{1,2}月(?:上旬|中旬|下旬)?至\d{1,2}月(?:底|末)?),?"
    r"(?:连续)?发生各类(?:安全生产)?事故(?P<note>\([^)]*\))?(?P<accidents>\d+)起、死亡(?P<deaths>\d+)人"
    r"(?:,分别(?:同比)?(?P<way>上升|下降)(?P<first>[\d.]+)%、(?P<second>[\d.]+)%)?"
)

#: A document's own number, by itself on a line; within a sentence it is another document's.
OWN_NUMBER = re.compile(r"^\w{2,12}[〔\[(](20\d{2})[〕\])]\d+号$")
#: Signs and words of a sentence: what it numbers or dates is another document, or the past.
SENTENCE = re.compile(r"[。,;:\t]|按照|根据|依据|落实|自\d|截至")
#: The day under a document, alone or behind the office that issues it: 2023年9月28日印发.
ISSUED = re.compile(
    r"^\(?\D{0,25}(20\d{2})(?:年(\d{1,2})月(\d{1,2})日|([-./])(\d{1,2})\4(\d{1,2}))(?:印发)?\)?$"
)
#: The year of a plan that its title names.
TITLE_YEAR = re.compile(r"(20\d{2})年(?=.*(?:方案|计划|清单|通知|台账))")
#: The title stands among the first lines.
HEAD_LINES = 15
#: Month and day from which every day without a year lies in the same year: where of the day of
#: issue the year alone is known.
YEAR_ALONE = (3, 6)
#: In the place of a year that nobody gives; every day exists in it.
STAND_IN = date(2000, 1, 1)
NO_YEAR_MESSAGE = (
    "没有年份，文件里没有写，收到日期也没有登记，日期暂空；请补写年份，或用 --received 登记收到日期"
)

#: Least likeness of two texts that are one, scanned or copied twice.
ONE_TEXT = 0.6


@dataclass(frozen=True, slots=True)
class Said:
    """Something numbered that the document says, and on which line."""

    number: str
    text: str
    line: int


@dataclass(slots=True)
class PlanItem:
    """One detailed measure of the body, with the clause that gives its deadline."""

    number: str
    text: str
    line: int
    parent: str
    manifestation: Said | None = None
    measure: Said | None = None
    problem: str = ""
    unit: str = ""
    person: str = ""
    due_text: str = ""
    clause: Clause = field(default_factory=Clause)

    @property
    def is_self_check(self) -> bool:
        """Whether the office found the problem itself."""
        return self.number.startswith("自查")

    @property
    def due_on(self) -> date | None:
        """The deadline that the clause gives this measure."""
        return self.clause.due_for(self.number)


@dataclass(slots=True)
class AnnexRow:
    """One row of the 三清单 in the annex, put together from the lines that a page cut apart."""

    line: int
    cells: dict[str, str]
    subs: list[Said]
    width: int
    expected: int


@dataclass(slots=True)
class Figure:
    """One statement of accidents: period, counts, and percentages where they are printed."""

    line: int
    period: str
    start: date | None
    end: date | None
    accidents: int
    deaths: int
    note: str
    accidents_yoy: float | None
    deaths_yoy: float | None
    accidents_yoy_text: str | None = None
    deaths_yoy_text: str | None = None


@dataclass(slots=True)
class Plan:
    """An official rectification plan as its body and annexes state it.

    ``issued_on`` is the day under it and ``year`` the document's own, where it names them;
    ``received`` the day on which it came, where somebody says so. ``unread_days`` are those of its
    days that could not be read.
    """

    lines: list[str]
    paragraphs: list[tuple[int, str]]
    annex_from: int
    doc_no: str
    issued_on: date | None
    year: int | None
    received: date | None
    items: list[PlanItem] = field(default_factory=list)
    manifestations: list[Said] = field(default_factory=list)
    measures: list[Said] = field(default_factory=list)
    clauses: list[Said] = field(default_factory=list)
    annex: list[AnnexRow] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    roles: list[Said] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    members_line: int = 0
    addressees: Said | None = None
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    unread_days: list[Problem] = field(default_factory=list)

    @property
    def base(self) -> date | None:
        """The day from which a day without a year is counted; None where nothing gives a year."""
        of_the_year = date(self.year, *YEAR_ALONE) if self.year else None
        return self.issued_on or of_the_year or self.received

    def annex_row(self, item: PlanItem) -> AnnexRow | None:
        """The row of the annex that states a measure of the body again."""
        return next((r for r in self.annex if any(s.number == item.number for s in r.subs)), None)

    def clause_of(self, row: AnnexRow | None) -> Clause:
        """The deadline of a row of the annex, for measures to which the body gives none."""
        text = row.cells.get("due_text", "") if row else ""
        return _clause(self, text, row.line) if row and text else Clause()

    @property
    def body(self) -> list[tuple[int, str]]:
        """The paragraphs in front of the tables of the annex."""
        return [(line, text) for line, text in self.paragraphs if line < self.annex_from]


Rule = Callable[[Plan], Iterator[Problem]]


def read_plan(lines: Sequence[str], received: date | None = None) -> Plan | None:
    """Read the lines of a document; None where it lays down no numbered measures.

    ``received`` is the day on which it came, None where nobody knows: a day without a year that
    the document does not give either lies near it, and else stays open.
    """
    texts = [_plain(line) for line in lines]
    numbered = re.compile("|".join((MEASURE.pattern, SELF_MEASURE.pattern)))
    if not any(SUB.match(line) for line in texts) and not any(map(numbered.match, texts)):
        return None
    annex_from = next(
        (n for n, line in enumerate(lines, 1) if line.count("\t") > 2), len(lines) + 1
    )
    paragraphs, cuts = _join(texts, annex_from)
    numbered_lines = (line for line in texts if not SENTENCE.search(line))
    match = next((m for line in numbered_lines if (m := DOC_NO.search(line))), None)
    doc_no = f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else ""
    issued_on = _day_of_issue(texts)
    year = int(match.group(2)) if match else _own_year(texts)
    year = issued_on.year if issued_on else year
    plan = Plan(list(lines), paragraphs, annex_from, doc_no, issued_on, year, received, cuts=cuts)
    _read_body(plan)
    _read_organisation(plan)
    plan.annex = list(_read_annex(lines, annex_from, plan))
    return plan if plan.items else None


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1, without regard to white space and punctuation."""
    first, second = bare(one), bare(other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def bare(text: str) -> str:
    """A text without label, white space and punctuation, to be compared."""
    return re.sub(r"[\s,，。;；:：、.()（）“”‘’\"]", "", LABEL.sub("", _plain(text)))


def _plain(line: str) -> str:
    return re.sub(r"[ \u3000]", "", unicodedata.normalize("NFKC", line)).strip()


def _day_of_issue(lines: Sequence[str]) -> date | None:
    """The last day that stands by itself on a line."""
    for line in reversed(lines):
        if not SENTENCE.search(line) and (match := ISSUED.match(plain(line))):
            parts = [int(part) for part in match.groups() if part and part.isdigit()]
            with suppress(ValueError):
                return date(*parts)
    return None


def _own_year(lines: Sequence[str]) -> int | None:
    """The year of the document's own number, else of its title; a sentence gives none."""
    numbers = (OWN_NUMBER.match(line) for line in lines)
    titles = (
        TITLE_YEAR.search(plain(line)) for line in lines[:HEAD_LINES] if not SENTENCE.search(line)
    )
    match = next(filter(None, (*numbers, *titles)), None)
    return int(match.group(1)) if match else None


def _join(
    lines: Sequence[str], annex_from: int
) -> tuple[list[tuple[int, str]], list[tuple[int, int, str]]]:
    """Paragraphs with the line on which each begins, and where a page end had cut one."""
    paragraphs: list[tuple[int, str]] = []
    cuts: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        if number >= annex_from:
            paragraphs.append((number, line))
            continue
        start, before = paragraphs[-1] if paragraphs else (0, "")
        if before and _is_cut(before) and not OPENING.match(line):
            doubled = before[-1] if before.endswith(line[0]) and line[0] != before[-2:-1] else ""
            cuts.append((start, number, doubled))
            paragraphs[-1] = (start, before + line[len(doubled) :])
        else:
            paragraphs.append((number, line))
    return paragraphs, cuts


def _is_cut(text: str) -> bool:
    """Whether a paragraph of sentences stops without the end of one."""
    return not ENDED.search(text) and bool(re.search(r"[,;。]", text))


def _read_body(plan: Plan) -> None:
    manifestation: Said | None = None
    measure: Said | None = None
    problem = ""
    under: list[PlanItem] = []
    for line, text in plan.body:
        if match := MANIFESTATION.match(text):
            manifestation = Said(match.group(1), match.group(2), line)
            plan.manifestations.append(manifestation)
            plan.figures += _figures(plan, manifestation)
        elif problem and (match := SELF_MEASURE.match(text)):
            item = PlanItem(f"自查{match.group(1)}", match.group(2), line, "", problem=problem)
            plan.items.append(item)
        elif match := MEASURE.match(text):
            measure, under = Said(match.group(1), match.group(2), line), []
            plan.measures.append(measure)
        elif match := SUB.match(text):
            parent = match.group(1).split("-")[0]
            item = PlanItem(match.group(1), match.group(2), line, parent, manifestation, measure)
            under.append(item)
            plan.items.append(item)
        elif match := CLAUSE.match(text):
            _take_clause(plan, under, match.group(1), line)
        elif match := SELF_PROBLEM.match(text):
            problem = match.group(1)
        elif problem and plan.items and (match := SELF_PART.match(text)):
            _take_part(plan, plan.items[-1], match.group(1), match.group(2), line)


def _take_clause(plan: Plan, items: Sequence[PlanItem], text: str, line: int) -> None:
    clause = _clause(plan, text, line)
    plan.clauses.append(Said(items[0].parent if items else "", text, line))
    for item in items:
        item.due_text, item.clause = text, clause


def _take_part(plan: Plan, item: PlanItem, label: str, text: str, line: int) -> None:
    if label == "责任单位":
        item.unit = text
    elif label == "责任人":
        item.person = text
    else:
        item.due_text, item.clause = text, _clause(plan, text, line)


def _clause(plan: Plan, text: str, line: int) -> Clause:
    """A deadline text; its days stay open, with a problem, where they have no year or are none."""
    try:
        clause = parse_clause(text, plan.base or STAND_IN)
    except ValueError:
        message = f"时限“{text}”里没有这一天，时限暂空；请核对日期"
        plan.unread_days.append(Problem(line, "unreadable", "error", message, text, "due_on"))
        return Clause()
    if clause.left:
        message = f"时限“{text}”里“{clause.left}”没有读懂，时限暂空；请改写成明确的日期"
        plan.unread_days.append(Problem(line, "unreadable", "error", message, text, "due_on"))
    days = (clause.start_on, clause.first_node_on, clause.due_on, *clause.due_by_number)
    if plan.base or not any(days):
        return clause
    message = f"时限“{text}”{NO_YEAR_MESSAGE}"
    plan.unread_days.append(
        Problem(line, "deadline_without_base", "error", message, text, "due_on")
    )
    return replace(clause, start_on=None, first_node_on=None, due_on=None, due_by_number={})


def _figures(plan: Plan, said: Said) -> Iterator[Figure]:
    for match in FIGURE.finditer(said.text):
        period = match.group("period")
        named = re.match(r"(\d{4})年(?:(\d{1,2})-(\d{1,2})月)?|(\d{1,2})月.*?(\d{1,2})月", period)
        if not named:
            continue
        first = int(named.group(2) or named.group(4) or 1)
        last = int(named.group(3) or named.group(5) or 12)
        start, end = _months(plan, period, int(named.group(1) or 0), first, last, said.line)
        way = match.group("way")
        sign = -1 if way == "下降" else 1
        yield Figure(
            said.line, period, start, end,
            int(match.group("accidents")), int(match.group("deaths")),
            (match.group("note") or "").strip("()"),
            sign * float(match.group("first")) if match.group("first") else None,
            sign * float(match.group("second")) if match.group("second") else None,
            *(way and f"{way}{match.group(place)}%" for place in ("first", "second")),
        )  # fmt: skip


def _months(
    plan: Plan, period: str, year: int, first: int, last: int, line: int
) -> tuple[date, date] | tuple[None, None]:
    """First and last day of a period; months without a year are over when the plan comes."""
    told_on = plan.issued_on or (None if plan.year else plan.received)
    year = year or (told_on.year - (last > told_on.month) if told_on else plan.year or 0)
    message = f"事故数字的时段“{period}”{NO_YEAR_MESSAGE}"
    try:
        if year:
            return date(year, first, 1), month_end(date(year, last, 1))
    except ValueError:
        message = f"事故数字的时段“{period}”里没有这一天，时段暂空；请核对月份"
    plan.unread_days.append(Problem(line, "unreadable", "error", message, period, "period_start"))
    return None, None


def _read_organisation(plan: Plan) -> None:
    for line, text in plan.body:
        if plan.addressees is None and ADDRESSEES.match(text) and "政府" in text:
            plan.addressees = Said("", text, line)
        if match := ROLE.match(text):
            if match.group(1) == "成员":
                members = re.sub(r"(分管)?负责人$", "", match.group(2).rstrip("。"))
                plan.members = [each for each in re.split(r"[、,]", members) if each]
                plan.members_line = line
            else:
                plan.roles.append(Said(match.group(1), match.group(2), line))
        if match := DIRECTOR.search(text):
            plan.roles.append(Said("办公室主任", match.group(1), line))


def _read_annex(lines: Sequence[str], start: int, plan: Plan) -> Iterator[AnnexRow]:
    """The data rows of the tables, lines that go on with the row above joined to it."""
    header: list[str] = []
    current: list[str] = []
    at, width = 0, 0
    problem = ""

    def finished() -> Iterator[AnnexRow]:
        nonlocal problem
        if current:
            row = _annex_row(at, header, current, width)
            problem = row.cells["problem"] = row.cells.get("problem") or problem
            yield row

    for number, raw in enumerate(lines[start - 1 :], start=start):
        cells = [unicodedata.normalize("NFKC", cell).strip() for cell in raw.split("\t")]
        if "\t" not in raw or not any(cells):
            continue
        if any(cell.startswith("整改措施") and len(cell) < 6 for cell in cells):
            yield from finished()
            header, current = [_plain(cell) for cell in cells], []
        elif header and any(LABELLED_CELL.match(cell) for cell in cells):
            yield from finished()
            current, at, width = cells, number, len(cells)
        elif current and not cells[0]:
            plan.cuts.append((at, number, ""))
            for index, cell in enumerate(cells[: len(current)]):
                current[index] += cell
        else:
            yield from finished()  # the title of the next table
            current = []
    yield from finished()


ANNEX_COLUMNS = {
    "主要问题": "problem", "自查问题": "problem", "表现形式": "manifestation",
    "整改措施": "measure", "细化措施": "sub_measure", "整改类别": "rect_type",
    "牵头单位": "unit", "责任人": "person", "配合单位": "support_units", "完成时限": "due_text",
}  # fmt: skip


def _annex_row(line: int, header: Sequence[str], cells: Sequence[str], width: int) -> AnnexRow:
    # A column that nobody knows (序号) keeps its place, or all behind it would move.
    names = [ANNEX_COLUMNS.get(re.sub(r"\(.*\)", "", name), "") for name in header]
    said = dict(zip(names, cells, strict=False))
    if len(cells) < len(names) and (match := RECT_CELL.match(cells[-1])):
        said[names[len(cells) - 1]], said[names[len(cells)]] = match.groups()
    pieces = split_measures([said.get("sub_measure") or None])[0]
    said.pop("", None)
    subs = [
        Said(number, LABEL.sub("", _plain(piece)), line)
        for piece in pieces
        if piece and (number := sub_no(piece))
    ]
    if "sub_measure" not in names and (number := leading_no(said.get("measure", ""))):
        subs = [Said(f"自查{number}", LABEL.sub("", _plain(said["measure"])), line)]
    return AnnexRow(line, said, subs, width, len(names))
