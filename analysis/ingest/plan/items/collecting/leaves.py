"""Numbered paragraphs with nothing below but labels and text: measures, stages, problems."""

from abc import ABC, abstractmethod
from dataclasses import replace

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import names_day
from analysis.ingest.measures.responsibility import CLOSING, is_addressed, sentence
from analysis.ingest.plan.items.found import Stated
from analysis.ingest.plan.items.headings import Zone, acts, complains
from analysis.ingest.plan.items.letters import sets_limit
from analysis.ingest.plan.items.saying import (
    OF_ALL,
    SPOKEN,
    asks_everybody,
    is_apart,
    is_of_all,
    is_sentence,
    names_unit,
    tells_unit,
    unwrapped,
)
from analysis.ingest.plan.items.scopes import Scope
from analysis.ingest.plan.items.shapes import (
    grouped,
    heads_unit,
    is_among_measures,
    is_done_by_most,
    is_done_in_list,
    is_followed,
    is_stage,
    is_subject,
)
from analysis.ingest.plan.items.taking import UNREAD, Over, Taking
from analysis.ingest.plan.outline import Group, Node, Text
from analysis.ledgers.labels import Role

#: What stands below says what is done.
_OF_WORK = frozenset({Zone.MEASURES, Zone.BOTH})


class Leaves(Taking, ABC):
    """Takes in numbered paragraphs of which no other hangs; the walk goes on with what is below."""

    def __init__(self, *, is_of_letter: bool = False, is_of_minutes: bool = False) -> None:
        super().__init__(is_of_letter=is_of_letter, is_of_minutes=is_of_minutes)
        #: Paragraphs that say what is wrong, and nothing of what is to be done.
        self._faults: list[tuple[Node, str, Over]] = []

    @abstractmethod
    def block(self, node: Node, over: Over, scope: Scope) -> None:
        """A node with others below it."""

    @abstractmethod
    def node(self, node: Node, over: Over) -> None:
        """A numbered or labelled paragraph."""

    @abstractmethod
    def event(self, node: Node, event: "Node | Group | Text", over: Over) -> None:
        """Whatever stands below a node."""

    def leaf(self, node: Node, over: Over, zone: Zone | None) -> None:
        """A numbered paragraph with nothing below but labels and text of its own."""
        more = [each for each in node.texts if not self._is_no_part(each.text)]
        if node.texts and is_stage(node.text):
            self._stage(node, over)
        elif more and heads_unit(node) and (self.is_of_letter or over.zone in _OF_WORK):
            self._of_unit(node, over)
        elif more and _is_problem(node.text, over, zone):
            self._problem_with_text(node, over)
        else:
            self._measure(node, more, over, zone)

    def _is_no_part(self, text: str) -> bool:
        return _is_no_part(text) or (self.is_of_letter and sets_limit(text))

    def _measure(self, node: Node, more: list[Text], over: Over, zone: Zone | None) -> None:
        """A measure with paragraphs that go on with it, and others that are measures themselves."""
        text = node.text
        behind = _behind_fields(node)
        more = [each for each in more if each not in behind]
        after_title = 0 if is_sentence(text) else 1
        apart = [each for each in more[after_title:] if names_unit(each.text)]
        more = [each for each in more if each not in apart]
        if not more and is_subject(node):
            self.mark(node.lines, "标题")
            self.block(node, replace(over, headings=(*over.headings, text)), Scope())
            return
        if more and self._is_measure(node, f"{text}。{more[0].text}", over, zone):
            sign = "" if text.endswith(("。", "：", "；", ":")) else "。"
            text = f"{text}{sign}{''.join(each.text for each in more)}"
        if not self._is_measure(node, text, over, zone):
            self._no_measure(node, text, over)
            return
        self.pieces(node, text, over)
        for event in node.events:
            if isinstance(event, Group):
                self.group(event, over.scopes[-1])
            elif isinstance(event, Node):
                self.node(event, over)
            elif event in apart:
                self.measure_text(event, over)
            elif event in more:
                self.mark(event.lines, str(Role.MEASURE))
            else:
                self.text_of(node, event, over)

    def _no_measure(self, node: Node, text: str, over: Over) -> None:
        is_fault = complains(text) or over.zone is Zone.PROBLEMS
        is_fault = is_fault or (self.is_of_letter and _is_among_faults(node))
        self.mark(node.lines, str(Role.PROBLEM) if is_fault else UNREAD)
        if is_fault:
            stated = Stated(node.mark.written if node.mark else "", text, node.line)
            self.found.problems.append(stated)
            self._faults.append((node, text, over))
        self.block(node, over, Scope(heading=node.said))

    def take_faults(self) -> None:
        """In a letter that says what is wrong and no more, each of that is to be put right."""
        if not self.is_of_letter or self.found.items:
            return
        for node, text, over in self._faults:
            self.pieces(node, text, over)

    def _stage(self, node: Node, over: Over) -> None:
        """«（三）巩固提升阶段（8月1日—25日）» with its measures in paragraphs below."""
        text, said = tails(node.text)
        self.mark(node.lines, "标题")
        scope = Scope(heading=grouped(node, said))
        over = replace(
            over, zone=Zone.MEASURES, headings=(*over.headings, text), scopes=(*over.scopes, scope)
        )
        for event in node.events:
            if isinstance(event, Text) and (acts(event.text) or names_unit(event.text)):
                self.measure_text(event, over)
            else:
                self.event(node, event, over)

    def _of_unit(self, node: Node, over: Over) -> None:
        """«三、柳树镇人民政府» with what it has to do in paragraphs below."""
        self.mark(node.lines, "标题")
        scope = Scope(heading=grouped(node, tails(node.text)[1]))
        over = replace(
            over, zone=Zone.BOTH, headings=(*over.headings, node.text),
            scopes=(*over.scopes, scope),
        )  # fmt: skip
        for event in node.events:
            if isinstance(event, Text) and not self._is_no_part(event.text):
                self.measure_text(event, over)
            else:
                self.event(node, event, over)

    def _problem_with_text(self, node: Node, over: Over) -> None:
        """«（一）关于…的问题» with its measures in paragraphs below."""
        text, said = tails(node.text)
        stated = Stated(node.mark.written if node.mark else "", text, node.line)
        self.mark(node.lines, str(Role.PROBLEM))
        self.found.problems.append(stated)
        over = replace(over, problem=stated, manifestation=None, measure=None)
        scope = Scope(heading=grouped(node, said))
        over = replace(over, scopes=(*over.scopes, scope))
        for event in node.events:
            is_measure = (
                isinstance(event, Text)
                and (acts(event.text) or bool(tails(event.text)[1]) or is_addressed(event.text))
                and not complains(event.text)
            ) or (isinstance(event, Text) and tells_unit(event.text))
            if is_measure and isinstance(event, Text) and not OF_ALL.match(event.text):
                self.measure_text(event, over)
            else:
                self.event(node, event, over)

    def _is_measure(self, node: Node, text: str, over: Over, zone: Zone | None) -> bool:
        named = node.said.said.texts.keys() if node.said else set()
        plain, said = tails(text)
        named = named | said.texts.keys()
        if named & {Role.LEAD, Role.DUE, Role.PERSON, Role.LEADER}:
            return not (over.zone is Zone.PROBLEMS and complains(plain))
        if over.zone is Zone.MEASURES or self.request_in(plain)[1]:
            return True
        if self.is_of_letter and over.zone is None and acts(plain) and not complains(plain):
            return True  # a letter asks its reader, and need not name him again
        if over.zone is not Zone.PROBLEMS and tells_unit(plain) and not asks_everybody(plain):
            return True  # «县商务局要督促…»
        own = sentence(plain)
        if {Role.LEAD} & own.texts.keys() and over.zone is not Zone.PROBLEMS:
            return True
        has_group = is_followed(node)
        if over.zone is Zone.BOTH or over.zone is None:
            is_among = has_group or over.zone is Zone.BOTH or is_among_measures(node)
            return is_among and (not complains(plain) or is_done_by_most(node))
        if over.zone is Zone.PROBLEMS:
            return is_done_in_list(node) or (acts(plain) and not complains(plain))
        return False


def _is_among_faults(node: Node) -> bool:
    """Whether most pieces of a list say what is wrong."""
    pieces = [each for each in node.parent.nodes if each.kind == node.kind] if node.parent else []
    return sum(complains(each.text) for each in pieces) * 2 > len(pieces)


def _behind_fields(node: Node) -> list[Text]:
    """Paragraphs behind who answers for a measure that is told in full: they tell of the matter."""
    text, said = tails(node.text)
    is_told, behind = is_sentence(node.text), []
    is_closed = bool(said) and text.rstrip().endswith(("。", "；", ";"))
    for event in node.events:
        if isinstance(event, Text) and not _is_no_part(event.text):
            says = acts(event.text) or names_unit(event.text) or names_day(event.text)
            if is_closed and not says:
                behind.append(event)
            is_told = True
        else:
            is_closed = is_closed or is_told
    return behind


def _is_no_part(text: str) -> bool:
    """Whether a paragraph below a measure is no more of its words."""
    is_of_block = is_apart(text) or is_of_all(text) or bool(CLOSING.match(unwrapped(text)))
    return is_of_block or bool(SPOKEN.match(text)) or asks_everybody(text)


def _is_problem(text: str, over: Over, zone: Zone | None) -> bool:
    """Whether a numbered paragraph is a problem, and those below it what is done about it."""
    return zone is Zone.PROBLEMS or (complains(text) and over.zone is not Zone.PROBLEMS)
