"""What a walk takes in: measures with what stands over them, groups of fields, roles of lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.ingest.measures.blanks import said_of_blanks
from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.enumerators import CODE_IN_TEXT
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.parts import number_in, speaks_apart
from analysis.ingest.measures.responsibility import (
    CLOSING,
    actor,
    fields_of,
    is_addressed,
    sentence,
)
from analysis.ingest.measures.segments import Said
from analysis.ingest.measures.splitting import by_actors, split, top_list
from analysis.ingest.plan.items.found import Found, Stated
from analysis.ingest.plan.items.headings import Zone, acts, complains
from analysis.ingest.plan.items.letters import asked_behind, limit_in, sets_limit
from analysis.ingest.plan.items.saying import (
    ABOUT,
    AGREED_TO,
    LEADS,
    LEADS_IN,
    OF_ALL,
    apart_group,
    asks_everybody,
    decided,
    decisions,
    group_of,
    in_sentences,
    is_apart,
    led_in_front,
    of_all,
    outer_tail,
    problems_named,
    request_in,
    speaks_of_every,
    stands_alone,
    tells_unit,
    unit_told,
    unwrapped,
    without_closing,
    work_behind,
)
from analysis.ingest.plan.items.scopes import Scope
from analysis.ingest.plan.items.shapes import is_topic, numbered_in
from analysis.ingest.plan.outline import Group, Node, Text, is_day_alone
from analysis.ledgers.labels import Role

#: The role of a line of which nothing was made.
UNREAD = "没有读懂"
#: What stands below says what is done.
_OF_WORK = frozenset({Zone.MEASURES, Zone.BOTH})
#: One paragraph without a number may tell of anything.
LEAST_LOOSE = 2
#: A piece of fewer signs is a stray number.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Over:
    """What stands over a paragraph."""

    zone: Zone | None = None
    problem: Stated | None = None
    manifestation: Stated | None = None
    measure: Stated | None = None
    headings: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()
    is_self_check: bool = False


@dataclass(slots=True)
class Collected:
    """The measures of a document, the blocks that each stands in, and the role of each line."""

    items: list[Found] = field(default_factory=list)
    scopes: list[tuple[Scope, ...]] = field(default_factory=list)
    #: What each measure's own line says in labels or brackets.
    own: list[Group] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)
    problems: list[Stated] = field(default_factory=list)
    manifestations: list[Stated] = field(default_factory=list)
    measures: list[Stated] = field(default_factory=list)
    requirements: list[Stated] = field(default_factory=list)
    clauses: list[Stated] = field(default_factory=list)


class Taking:
    """Takes in paragraphs, in the order in which they are met."""

    def __init__(self, *, is_of_letter: bool = False, is_of_minutes: bool = False) -> None:
        self.found = Collected()
        self.is_of_letter, self.is_of_minutes = is_of_letter, is_of_minutes
        #: Paragraphs of which nothing was made.
        self._loose: list[tuple[Text, Over]] = []

    def group(self, group: Group, scope: Scope) -> None:
        """Take in labels of fields that stand together in a block."""
        for role, text, line in group.texts:
            self.found.roles[line] = str(role) if role else "要求"
            if role is Role.DUE:
                self.found.clauses.append(Stated("", text, line))
        scope.add(group)

    def mark(self, lines: Sequence[int], role: str) -> None:
        """Give lines their role."""
        for line in lines:
            self.found.roles[line] = role

    def text_of(self, node: Node, event: Text, over: Over) -> None:
        """A paragraph of no label or number: what is decided, who and by when, else nothing."""
        text = unwrapped(event.text)
        if self._is_below_title(node, text):
            self.mark(event.lines, "正文")
        elif _fills_blanks(text):
            self.mark(event.lines, "责任")
        elif self.is_of_letter and sets_limit(text):
            self._limit(event, text, over)
        elif is_apart(text):
            self._answer(event, apart_group(text, event.line), over)
        elif asks_everybody(text) and _is_block(node, over):
            self._ask(event)
        elif found := decisions(text):
            for each in found:
                self.measure_text(replace(event, text=each), over)
        elif (self.is_of_letter or over.zone in _OF_WORK) and (told := unit_told(text)):
            said, done = told
            holder = Node(event.line, done, lines=event.lines, said=group_of(said, event.line))
            self.pieces(holder, done, over)
        elif CLOSING.match(text):
            self._answer(
                event, of_all(text, event.line), over, is_of_document=speaks_of_every(text)
            )
        elif CODE_IN_TEXT.match(folded(text)) and LEADS.search(text):
            self._answer(event, in_sentences(Group(event.line), Role.LEAD, text), over)
        elif self._is_first(node) and (work := work_behind(text)):
            said, done = work
            holder = Node(event.line, done, lines=event.lines, said=group_of(said, event.line))
            self.pieces(holder, done, over)
        elif (
            OF_ALL.match(text)
            and (LEADS.search(text) or _is_block(node, over))
            and (said := sentence(text, in_brackets=True))
        ):
            self._answer(event, group_of(said, event.line), over)
        elif _is_block(node, over) and _lays_down(node, text, over):
            self.measure_text(event, over)
        else:
            self._loose.append((event, over))
            for line in event.lines:
                self.found.roles.setdefault(line, "正文")

    def take_loose(self) -> None:
        """Paragraphs that each name who does what and by when, where a plan has nothing else."""
        told = [(event, over, stands_alone(event.text)) for event, over in self._loose]
        told = [each for each in told if each[2]]
        if self.found.items or len(told) < LEAST_LOOSE:
            return
        for event, over, said in told:
            done, fields = said or ("", Said())
            holder = Node(event.line, done, lines=event.lines, said=group_of(fields, event.line))
            self.pieces(holder, done, over)

    def _limit(self, event: Text, text: str, over: Over) -> None:
        """A sentence of a letter that sets a day, for all or for what it numbers."""
        self.mark(event.lines, "责任")
        said = Said()
        said.add(Role.DUE, limit_in(text)[0])
        group = Group(event.line)
        if speaks_apart(text):
            group.texts.append((Role.DUE, text, event.line))
        else:
            group = group_of(said, event.line)
        self.group(group, over.scopes[0])

    def request_in(self, text: str) -> tuple[str, str]:
        """What a paragraph asks for, and what it says is wrong."""
        asked = request_in(text)
        return asked_behind(text) if self.is_of_letter and not asked[1] else asked

    def _is_first(self, node: Node) -> bool:
        """Whether a heading has no measure yet."""
        before = self.found.items[-1].line if self.found.items else -1
        return bool(node.mark) and not node.nodes and before < node.line

    def _is_below_title(self, node: Node, text: str) -> bool:
        """«（2024年6月1日）», «（甲局 2024年6月）», «（2024—2026年）» below a title set no day."""
        is_first = not node.line and not self.found.items
        return is_day_alone(text) or (is_first and is_apart(text) and not fields_of(text))

    def _answer(
        self, event: Text, group: Group, over: Over, *, is_of_document: bool = False
    ) -> None:
        self.mark(event.lines, "责任")
        if not self._is_of_problems(problems_named(event.text), group):
            self.group(group, over.scopes[0 if is_of_document else -1])

    def _is_of_problems(self, numbers: set[str], group: Group) -> bool:
        """Whether a sentence names problems by number; their measures take what it says."""
        places = [
            n for n, item in enumerate(self.found.items)
            if item.problem and item.problem.number and number_in(item.problem.number) in numbers
        ]  # fmt: skip
        for place in places:
            _add(self.found.own[place], group)
        return bool(places)

    def _ask(self, event: Text) -> None:
        """Keep what is asked of everybody, who reports and how often, as no measure of anyone."""
        self.mark(event.lines, "要求")
        self.found.requirements.append(Stated("", event.text, event.line))

    def measure_text(self, event: Text, over: Over) -> None:
        """A paragraph without a number below a label of measures."""
        if LEADS_IN.search(event.text) or event.text.rstrip().endswith(("：", ":")):
            self.mark(event.lines, "正文")
            return
        if _fills_blanks(event.text):
            self.mark(event.lines, "责任")
            return
        if asks_everybody(event.text):
            self._ask(event)
            return
        plain, said = tails(event.text)
        if not plain and said:
            self.group(group_of(said, event.line), over.scopes[-1])
            return
        holder = Node(event.line, event.text, lines=event.lines)
        self.pieces(holder, event.text, over)

    def pieces(self, node: Node, text: str, over: Over, mark_no: str = "") -> None:
        """The measures of one paragraph, each with what its own words and brackets name."""
        self.mark(node.lines or (node.line,), str(Role.MEASURE))
        text, closing = without_closing(text, node.line)
        text = AGREED_TO.sub("", text) if self.is_of_minutes else text
        text, asked = self.request_in(text)
        if asked:
            stated = Stated(mark_no or (node.mark.written if node.mark else ""), asked, node.line)
            self.found.problems.append(stated)
            over = replace(over, problem=stated)
        if (told := unit_told(text, is_measure=True)) and node.said is None:
            said, text = told  # «县应急局：对9家企业开展检查»
            node = replace(node, text=text, said=group_of(said, node.line))
        if node.said is None:
            said, text = self._who_in_front(text, over)
            node = replace(node, text=text, said=group_of(said, node.line) if said else None)
        several, common = by_actors(ABOUT.sub("", text))
        for unit, part in several:
            said = Said()
            said.add(Role.LEAD, unit)
            said.add(Role.DUE, common)
            one = replace(node, text=part, mark=None, said=group_of(said, node.line))
            self.pieces(one, part, over, mark_no)
        if several:
            return
        whole, outer = outer_tail(_with_own_number(node, text))
        pieces = split(whole, mark=None)
        for piece in pieces:
            plain, said = tails(piece.text)
            plain = ABOUT.sub("", plain)
            if len(re.sub(r"\W", "", plain)) < SHORTEST:
                continue
            own = Group(node.line)
            own.said.update(said)
            is_alone = len(pieces) == 1
            if piece.mark is None and not is_alone and is_addressed(plain):
                own.said.update(actor(plain))  # «…；由乙局核查»: a part with its own unit
            if node.said and (is_alone or not said):
                _add(own, node.said)
            own.said.update(outer)
            if closing:
                _add(own, closing)
            mark = piece.mark or (node.mark if is_alone else None)
            lead_in = piece.parents[-1] if piece.parents else ""
            measure = Stated("", lead_in, node.line) if lead_in else over.measure
            item = Found(
                plain, node.line, node.lines or (node.line,), mark, mark_no if is_alone else "",
                over.problem, over.manifestation, measure, over.headings, over.is_self_check,
                numbered=numbered_in(node),
            )  # fmt: skip
            self._item(item, own, over)

    def _who_in_front(self, text: str, over: Over) -> tuple[Said, str]:
        """Who stands in front of what is done, where that is no part of a sentence to somebody."""
        if self.is_of_minutes and over.headings and is_topic(over.headings[-1]):
            return decided(text)
        is_spoken = self.is_of_letter or self.is_of_minutes
        return (Said(), text) if is_spoken else led_in_front(text)

    def _item(self, item: Found, own: Group, over: Over) -> None:
        place = len(self.found.items)
        self.found.items.append(item)
        self.found.scopes.append(over.scopes)
        self.found.own.append(own)
        for scope in over.scopes:
            scope.add(place)


def _fills_blanks(text: str) -> bool:
    """«以下各项没有写明牵头单位的，由甲局牵头»: it is put where nobody says, once all is read.

    «以上2项由甲局牵头，除已明确时限的外，均于9月底前完成» says more than that.
    """
    if not OF_ALL.match(text):
        return False
    said = said_of_blanks(text).texts.keys()
    return bool(said) and sentence(text, in_brackets=True).texts.keys() <= said


def _with_own_number(node: Node, text: str) -> str:
    """«一是…。二是…» in one paragraph: its own number in front, where the list goes on in it."""
    if node.mark is None or node.mark.number != 1 or node.mark.under:
        return text
    whole = f"{node.mark.text}{text}"
    lead_in, listed = top_list(whole)
    return whole if not lead_in and listed and listed[0][0].kind == node.mark.kind else text


def _add(own: Group, more: Group) -> None:
    own.said.update(more.said)
    own.texts += more.texts


def _is_block(node: Node, over: Over) -> bool:
    """Whether a numbered paragraph around a text holds measures, or problems with theirs."""
    zones = {Zone.MEASURES, Zone.BOTH, Zone.PROBLEMS}
    return bool(node.line and node.mark) and over.zone in zones


def _lays_down(node: Node, text: str, over: Over) -> bool:
    """Whether a paragraph of a block says itself who does what, or under a problem what is done."""
    plain, said = tails(text)
    if said and plain:
        return True
    is_first = over.zone is Zone.PROBLEMS and not node.nodes
    return is_first and ((acts(text) and not complains(text)) or tells_unit(text))
