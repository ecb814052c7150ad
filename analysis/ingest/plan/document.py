"""The lines of an official document → the plan that it lays down: measures, clauses, figures.

A plan states its measures twice, in the body and in the 三清单 of its annex. Here each place is
read for what it says; nothing is compared yet and nothing mended in silence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher

from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.measures.days import OwnDay, kind_of, own_day
from analysis.ingest.measures.folding import unspaced
from analysis.ingest.measures.responsibility import person_for, person_in, units_in
from analysis.ingest.plan.about import DOC_NO, About, about, plain_line, title_of
from analysis.ingest.plan.annexes import AnnexRow, annex_of
from analysis.ingest.plan.annexes.restating import NOTHING_LENT, take_annexes
from analysis.ingest.plan.evidence import says_plan, why_no_plan
from analysis.ingest.plan.figures import NO_YEAR_MESSAGE, Figure, Years, figures_of
from analysis.ingest.plan.items import Collected, Found, Stated, Value, collect
from analysis.ingest.plan.items.found import How
from analysis.ingest.plan.items.headings import acts
from analysis.ingest.plan.items.inheriting import fill_blanks, inherit
from analysis.ingest.plan.items.letters import is_letter, take_letter
from analysis.ingest.plan.items.periods import by_headings, by_period, periods_of
from analysis.ingest.plan.outline import outline
from analysis.ingest.plan.problems import Problem
from analysis.ingest.plan.taught import LineRole, Told
from analysis.ingest.plan.taught.applying import (
    Paragraphs,
    as_told,
    in_known_words,
    keys_of_items,
    set_right,
)
from analysis.ingest.plan.text import (
    Paragraph,
    frame_of_site,
    paragraphs_of,
    with_overseers_in_charge,
)
from analysis.ingest.tables.measures import LABEL, SELF_CHECK
from analysis.ingest.tables.shapes import pieces_of
from analysis.ledgers.labels import Role
from analysis.wording.units import is_whole

__all__ = [
    "DOC_NO", "ONE_TEXT", "AnnexRow", "Figure", "Plan", "PlanItem", "Rule", "Said", "bare",
    "likeness", "read_figures", "read_plan",
]  # fmt: skip

#: Month and day from which every day without a year lies in the same year: where of the day of
#: issue the year alone is known.
YEAR_ALONE = (3, 6)
#: In the place of a year that nobody gives; every day exists in it.
STAND_IN, OTHER_STAND_IN = date(2000, 1, 1), date(2004, 1, 1)
#: The title of a document stands within its first lines.
HEAD = 40
#: Nothing was set right.
NOTHING_TOLD = Told()
#: Least likeness of two texts that are one, scanned or copied twice.
ONE_TEXT = 0.6
#: A paper without any of these words lays nothing down; most that are looked at are no plans.
HINTS = re.compile(
    r"措\s*施|任\s*务|举\s*措|牵\s*头|责\s*任|时\s*限|期\s*限|整\s*[改治]|治理|议\s*定|纪\s*要|落实|督办|分工|计划|方案"
)
#: Minutes tell who does what by the subject of a sentence.
MINUTES = re.compile("纪要|会议|督办|交办|函|通知书|通知单")

#: «2024年5月10日下午，副县长某甲主持召开…».
HELD = re.compile(r"(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})日[^。;]{0,60}?召开")

Said = Stated


@dataclass(slots=True)
class PlanItem:
    """One trackable measure of the body, with the clause that gives its deadline.

    ``values`` tell how each of its fields was got, by role; ``lines`` are those it stands on.
    """

    number: str
    text: str
    line: int
    parent: str
    manifestation: Stated | None = None
    measure: Stated | None = None
    problem: str = ""
    unit: str = ""
    person: str = ""
    due_text: str = ""
    clause: Clause = field(default_factory=Clause)
    support_units: str = ""
    rect_type: str | None = None
    kind_is_said: bool = False
    lines: tuple[int, ...] = ()
    values: dict[Role, Value] = field(default_factory=dict)
    #: The day of issue, from which periods count.
    from_on: date | None = None
    #: By what its fields are set right: document, text, which of equal texts.
    key: tuple[str, str, int] = ("", "", 0)

    @property
    def is_self_check(self) -> bool:
        """Whether the office found the problem itself."""
        return self.number.startswith(SELF_CHECK)

    @property
    def due_on(self) -> date | None:
        """The deadline that its clause gives; what is to be done at once has no day."""
        if self.clause.days_after:
            return self.clause.due_for(self.number, self.from_on)
        return self.clause.due_for(self.number)


@dataclass(slots=True)
class Plan:
    """An official rectification plan as its body and annexes state it.

    ``issued_on`` is the day under it and ``year`` the document's own, where it names them;
    ``received`` the day on which it came, where somebody says so. ``unread_days`` are those of its
    days that could not be read. ``roles_of_lines`` has the role of each line from 1 that is read.
    """

    lines: list[str]
    paragraphs: list[tuple[int, str]]
    annex_from: int
    doc_no: str
    issued_on: date | None
    year: int | None
    received: date | None
    items: list[PlanItem] = field(default_factory=list)
    manifestations: list[Stated] = field(default_factory=list)
    measures: list[Stated] = field(default_factory=list)
    clauses: list[Stated] = field(default_factory=list)
    problems: list[Stated] = field(default_factory=list)
    requirements: list[Stated] = field(default_factory=list)
    annex: list[AnnexRow] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    roles: list[Stated] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    members_line: int = 0
    addressees: Stated | None = None
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    unread_days: list[Problem] = field(default_factory=list)
    title: str = ""
    addressee: Stated | None = None
    roles_of_lines: dict[int, str] = field(default_factory=dict)
    told_roles: dict[int, LineRole] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)
    document: str = ""
    keys: dict[int, tuple[str, int]] = field(default_factory=dict)
    #: Rows of annexes that say measures of the body again.
    restated: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def base(self) -> date | None:
        """The day from which a day without a year is counted; None where nothing gives a year."""
        of_the_year = date(self.year, *YEAR_ALONE) if self.year else None
        return self.issued_on or of_the_year or self.received

    @property
    def counts_from(self) -> date | None:
        """The day from which so many days are counted: that of issue, else that of receipt."""
        return self.issued_on or self.received or self.base

    @property
    def is_minutes(self) -> bool:
        """Whether it is the minutes of a meeting, whose measures are decisions."""
        return "纪要" in self.title

    @property
    def held_on(self) -> date | None:
        """The day of the meeting that minutes are of."""
        held = (HELD.search(text) for _, text in self.body)
        if match := next(filter(None, held), None):
            with suppress(ValueError):
                year = int(match.group(1) or self.year or 0)
                return date(year, int(match.group(2)), int(match.group(3)))
        return self.issued_on

    def annex_row(self, item: PlanItem) -> AnnexRow | None:
        """The row of the annex that states a measure of the body again."""
        return next((r for r in self.annex if any(s.number == item.number for s in r.subs)), None)

    def clause_of(self, row: AnnexRow | None) -> Clause:
        """The deadline of a row of the annex, for measures to which the body gives none."""
        text = row.cells.get("due_text", "") if row else ""
        return _clause(self, text, row.line) if row and text else Clause()

    def says_all(self, cells: Sequence[str]) -> bool:
        """Whether the body states every measure of some cells, in full or in short."""
        stated = [bare(item.text) for item in self.items]
        pieces = [bare(text) for cell in cells for _, text in pieces_of(cell)]
        return all(not piece or _is_stated(piece, stated) for piece in pieces)

    @property
    def body(self) -> list[tuple[int, str]]:
        """The paragraphs in front of the tables of the annex."""
        return [(line, text) for line, text in self.paragraphs if line < self.annex_from]


Rule = Callable[[Plan], Iterator[Problem]]


def read_plan(
    lines: Sequence[str], received: date | None = None, told: Told = NOTHING_TOLD,
    lent: Mapping[int, Sequence[str]] = NOTHING_LENT,
) -> Plan | None:  # fmt: skip
    """Read the lines of a document; None where it lays down no measures.

    ``received`` is the day on which it came, None where nobody knows: a day without a year that
    the document does not give either lies near it, and else stays open. ``told`` is what the
    office has set right; ``lent`` has, by line, the cells of rows of its tables into which some are
    merged down from above.
    """
    plan = _plan_or_why_not(lines, received, told, lent)
    return plan if isinstance(plan, Plan) else None


def why_not(lines: Sequence[str], received: date | None = None, told: Told = NOTHING_TOLD) -> str:
    """Why a document is no plan; empty where it is one."""
    plan = _plan_or_why_not(lines, received, told, NOTHING_LENT)
    return "" if isinstance(plan, Plan) else plan


def _plan_or_why_not(
    lines: Sequence[str], received: date | None, told: Told, lent: Mapping[int, Sequence[str]]
) -> Plan | str:
    known = in_known_words(unspaced(lines), told.labels)
    if not any(HINTS.search(line) for line in known):
        return "通篇没有措施、任务、责任、时限、落实一类的字样"
    paragraphs, cuts, pages = paragraphs_of(known)
    paragraphs = with_overseers_in_charge(paragraphs)
    own = Paragraphs(lines, paragraphs)
    roles = own.roles(told)
    title = title_of(_own_lines(known)[:HEAD])
    collected = collect(
        outline(as_told(paragraphs, roles)), roles,
        is_of_letter=is_letter(title), is_of_plan=says_plan(title),
        is_of_minutes="纪要" in title,
    )  # fmt: skip
    if not collected.items:  # the head of a ledger of thousands of rows need not be read
        return why_no_plan([], title)
    plan = _with_head(known, paragraphs, received)
    plan.lines = list(lines)
    plan.cuts = [(cut.line, cut.goes_on, cut.doubled) for cut in cuts]
    inherit(
        collected, plan.base or STAND_IN, by_actor=bool(MINUTES.search(plan.title)),
        held_on=plan.held_on if plan.is_minutes else None,
    )  # fmt: skip
    by_period(collected.items, periods_of([each.text for each in paragraphs]))
    by_headings(collected.items)
    if is_letter(plan.title):
        take_letter(collected.items, plan.addressee, plan.body)
    plan.annex, cut_rows = annex_of(known, plan.annex_from)
    told_rows = own.rows & roles.keys()
    plan.annex = [row for row in plan.annex if row.line not in told_rows]
    if not _is_numbered_alike(collected.items, plan.annex):
        plan.restated = take_annexes(collected, known, plan.paragraphs, told_rows, lent)
    fill_blanks(collected, plan.body)
    set_right(collected.items, own.document, told)
    if why := why_no_plan(collected.items, plan.title):
        return why
    _take_stated(plan, collected, pages)
    _take_places(plan, paragraphs, own, roles)
    plan.cuts += [(line, goes_on, "") for line, goes_on in cut_rows]
    plan.items = list(_items(plan, collected.items))
    _read_figures(plan)
    plan.unread_days.sort(key=lambda problem: problem.line)
    return plan if plan.items else "没有读到一条措施"


def read_figures(lines: Sequence[str], received: date | None = None) -> Plan | None:
    """The accident figures of a document whose measures stand in tables; None where it has none."""
    if not any("事故" in line for line in lines):
        return None
    paragraphs, _, _ = paragraphs_of(lines)
    plan = _with_head(lines, paragraphs, received)
    _read_figures(plan)
    return plan if plan.figures else None


def _read_figures(plan: Plan) -> None:
    told_on = plan.issued_on or (None if plan.year else plan.received)
    plan.figures = list(figures_of(plan.body, Years(told_on, plan.year), plan.unread_days))


def _with_head(
    lines: Sequence[str], paragraphs: Sequence[Paragraph], received: date | None
) -> Plan:
    rows = [each.line for each in paragraphs if each.is_row]
    annex_from = min(rows, default=len(lines) + 1)
    plain = [(each.line, plain_line(each.text)) for each in paragraphs]
    body = [(line, text) for line, text in plain if line < annex_from]
    head: About = about(_own_lines(lines), body)
    return Plan(
        list(lines), plain, annex_from, head.number, head.issued_on, head.year, received,
        roles=head.roles, members=head.members, members_line=head.members_line,
        addressees=head.addressees, title=head.title, addressee=head.addressee,
    )  # fmt: skip


def _own_lines(lines: Sequence[str]) -> list[str]:
    """The lines as their words are looked for, the links of a web page around its text left blank.

    What a page says of itself behind a colon may be the only day that it has.
    """
    frame = frame_of_site(lines)
    plain = [plain_line(line) for line in lines]
    return ["" if n in frame and ":" not in line else line for n, line in enumerate(plain, 1)]


def _is_numbered_alike(items: Sequence[Found], annex: Sequence[AnnexRow]) -> bool:
    """Whether an annex numbers its measures as the body does: 5-1 is 5-1."""
    own = {item.number for item in items if item.mark and item.mark.under}
    return any(sub.number in own for row in annex for sub in row.subs)


def _take_stated(plan: Plan, collected: Collected, pages: set[int]) -> None:
    plan.manifestations = collected.manifestations
    plan.measures = [each for each in collected.measures if each.number]
    plan.problems, plan.requirements = collected.problems, collected.requirements
    plan.clauses = [Stated("", plain_line(each.text), each.line) for each in collected.clauses]
    plan.roles_of_lines = dict(collected.roles) | dict.fromkeys(pages, "页码页眉")


def _take_places(
    plan: Plan, paragraphs: Sequence[Paragraph], own: Paragraphs, roles: dict[int, LineRole]
) -> None:
    """Where each paragraph stands, and what a person has said of it."""
    plan.document, plan.keys, plan.told_roles = own.document, own.keys, roles
    plan.begins = {number: each.line for each in paragraphs for number in each.lines}


def _items(plan: Plan, found: Sequence[Found]) -> Iterator[PlanItem]:
    """The measures with their fields read."""
    keys = keys_of_items(plan.document, found)
    for item, number, key in zip(found, _numbers(found), keys, strict=True):
        lead, supporters, person = _units(item)
        made = PlanItem(
            number, item.text, item.line, _parent(item), item.manifestation, item.measure,
            _problem(item), unit=lead, person=person, support_units="、".join(supporters),
            lines=item.lines, values=item.values, from_on=plan.counts_from, key=key,
        )  # fmt: skip
        _read_deadline(plan, made, item)
        due = item.values.get(Role.DUE)
        own = _own_day(plan, item) if due and due.how is How.WORDS else None
        stated = _stated_kind(item)
        made.kind_is_said = bool(stated) or own is not None
        made.rect_type = kind_of(
            stated, own, made.due_text, made.clause, item.text,
            has_day=made.due_on is not None,
        )  # fmt: skip
        yield made


def _stated_kind(item: Found) -> str:
    """The kind that a label states; «（长期坚持）» behind one of several measures is nearer."""
    kind, due = item.values.get(Role.KIND), item.values.get(Role.DUE)
    if kind is None:
        return ""
    is_nearer = due is not None and due.how is How.TAIL and kind.how is not How.TAIL
    return "" if is_nearer and due and not re.search(r"\d", due.text) else kind.text


def _read_deadline(plan: Plan, made: PlanItem, item: Found) -> None:
    due = item.values.get(Role.DUE)
    if due is None:
        return
    made.due_text = due.text
    if due.how is How.WORDS:
        own = _own_day(plan, item)
        if own and (plan.base or re.search(r"20\d{2}", due.text)):
            made.clause = Clause(due_on=own.day)
            return
    made.clause = _clause(plan, due.text, due.line)


def _own_day(plan: Plan, item: Found) -> OwnDay | None:
    held_on = plan.held_on if plan.is_minutes else None
    return own_day(item.text, plan.base or STAND_IN, plan.counts_from, held_on)


def _units(item: Found) -> tuple[str, tuple[str, ...], str]:
    """Who leads, who supports, who answers."""
    lead, person, supporters = "", "", []
    if value := item.values.get(Role.LEAD):
        lead, others, named = units_in(value.text)
        supporters, person = list(others), person_in(named or "")
    if value := item.values.get(Role.SUPPORT):
        first, others, _ = units_in(value.text)
        supporters += [first, *others]
    for role in (Role.PERSON, Role.LEADER):
        if role in item.values and (role is Role.PERSON or not person):
            person = person_for(item.values[role].text, lead)
            break
    if re.search("[。；;]", lead) or (acts(lead) and not is_whole(lead)):
        lead = ""  # a sentence is no unit; 宣传科 is one
    return lead, tuple(dict.fromkeys(each for each in supporters if each and each != lead)), person


def _problem(item: Found) -> str:
    if item.problem:
        return item.problem.text
    return "" if item.manifestation or not item.headings else item.headings[-1]


def _parent(item: Found) -> str:
    if item.mark and item.mark.under:
        return str(item.mark.under[0])
    return item.measure.number if item.measure else ""


def _numbers(found: Sequence[Found]) -> list[str]:
    """A number for each measure that no other has: the document's own where it has one.

    5-1 stays; 自查1; else the number of the problem and that of the measure under it.
    """
    made: list[str] = []
    problems: dict[int, int] = {}
    own = [each.number for each in found]
    are_unique = len(set(own)) == len(own) and all(own)
    counts: dict[str, int] = {}
    for item in found:
        if item.mark and item.mark.under:
            number = item.mark.written
        elif item.mark and item.mark.number and item.measure and item.measure.number.isdigit():
            number = f"{item.measure.number}-{item.mark.number}"
        elif item.is_self_check:
            number = f"{SELF_CHECK}{item.number or counts.get(SELF_CHECK, 0) + 1}"
            counts[SELF_CHECK] = counts.get(SELF_CHECK, 0) + 1
        elif item.problem and not are_unique:
            place = problems.setdefault(item.problem.line, len(problems) + 1)
            counts[str(place)] = counts.get(str(place), 0) + 1
            number = f"{place}-{counts[str(place)]}"
        else:
            number = item.number if are_unique else str(item.ordinal)
        if number in made:
            number = f"{number}（{item.ordinal}）"
        made.append(number)
    return made


def _is_stated(piece: str, stated: Sequence[str]) -> bool:
    return any(
        piece in text or text in piece or _shared(piece, text) >= ONE_TEXT for text in stated
    )


def _shared(one: str, other: str) -> float:
    """How much of the shorter of two bare texts stands in the other, in its order."""
    short, whole = sorted((one, other), key=len)
    blocks = SequenceMatcher(None, whole, short, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(short) if short else 1.0


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1, without regard to white space and punctuation."""
    first, second = bare(one), bare(other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def bare(text: str) -> str:
    """A text without label, white space and punctuation, to be compared."""
    return re.sub(r"[\s,，.。;；:：、()（）“”‘’\"]", "", LABEL.sub("", plain_line(text)))


def _clause(plan: Plan, text: str, line: int) -> Clause:
    """A deadline text; its days stay open, with a problem, where they have no year or are none."""
    try:
        clause = parse_clause(text, plan.base or STAND_IN)
    except ValueError:
        message = f"时限“{text}”里没有这一天，时限暂空；请核对日期"
        _tell(plan, Problem(line, "unreadable", "error", message, text, "due_on"))
        return Clause()
    if clause.left and (own := own_day(text, plan.base or STAND_IN)) and plan.base:
        return Clause(due_on=own.day)  # «5月20日前完成划线，7月15日前完成清理»: the last day counts
    if clause.left:
        message = f"时限“{text}”里“{clause.left}”没有读懂，时限暂空；请改写成明确的日期"
        _tell(plan, Problem(line, "unreadable", "error", message, text, "due_on"))
    days = (clause.start_on, clause.first_node_on, clause.due_on, *clause.due_by_number)
    if plan.base or not any(days) or clause == parse_clause(text, OTHER_STAND_IN):
        return clause  # which names its own years, where it is the same in two
    message = f"时限“{text}”{NO_YEAR_MESSAGE}"
    _tell(plan, Problem(line, "deadline_without_base", "error", message, text, "due_on"))
    return replace(clause, start_on=None, first_node_on=None, due_on=None, due_by_number={})


def _tell(plan: Plan, problem: Problem) -> None:
    """Say once what is wrong with a text that several measures share."""
    if problem not in plan.unread_days:
        plan.unread_days.append(problem)
