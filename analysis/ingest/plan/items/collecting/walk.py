"""A walk over the tree of a document: which paragraph is a measure, and what stands over it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.labels import FIELDS, Label, role_of
from analysis.ingest.measures.responsibility import CLOSING
from analysis.ingest.plan.items.collecting.leaves import Leaves
from analysis.ingest.plan.items.found import Stated
from analysis.ingest.plan.items.headings import Zone, complains, zone_of
from analysis.ingest.plan.items.saying import (
    SIGNS,
    announced,
    decides_on,
    given_in,
    group_of,
    in_sentences,
)
from analysis.ingest.plan.items.scopes import Scope
from analysis.ingest.plan.items.shapes import (
    ASKED_OF_ALL,
    grouped,
    has_containers,
    heads_unit,
    heads_unit_in_turn,
    is_aspect,
    is_section,
    is_short,
    is_topic,
    labels_of_measures,
    lists_faults,
    names_fields,
)
from analysis.ingest.plan.items.taking import Collected, Over
from analysis.ingest.plan.outline import Group, Node, Text
from analysis.ledgers.labels import Role

NOTHING_TOLD: Mapping[int, str] = MappingProxyType({})
#: «对照自查», «举一反三»: what the office found itself.
_SELF = re.compile(
    "自查(?:发现|查摆|梳理|排查)?(?:的|出的)?问题|对照自查|自查方面|自查自纠问题|举一反三"
)
_ASKED_ONCE = re.compile(r"^(?:督办|办理|交办|落实|工作)要求$")
#: Labels below a paragraph that are no part of its outline.
_APART = FIELDS | {Role.GOAL, Role.PROGRESS, Role.CONTEXT}


def collect(
    root: Node, told: Mapping[int, str] = NOTHING_TOLD, *, is_of_letter: bool = False,
    is_of_plan: bool = False, is_of_minutes: bool = False,
) -> Collected:  # fmt: skip
    """The measures of a document's tree; ``told`` are roles that a person gave, by first line.

    Where nothing is numbered or labelled, paragraphs that name who does what by when are measures
    if the title is that of a plan. Topics of minutes, «一、关于…问题», head what was decided.
    """
    walk = _Walk(
        told, Counter(labels_of_measures(root)),
        is_of_letter=is_of_letter, is_of_minutes=is_of_minutes,
    )  # fmt: skip
    walk.block(root, Over(), Scope())
    walk.take_faults()
    if is_of_plan:
        walk.take_loose()
    for ordinal, item in enumerate(walk.found.items, start=1):
        item.ordinal = ordinal
    return walk.found


class _Walk(Leaves):
    def __init__(
        self, told: Mapping[int, str], labels: Counter[str], *, is_of_letter: bool,
        is_of_minutes: bool,
    ) -> None:  # fmt: skip
        super().__init__(is_of_letter=is_of_letter, is_of_minutes=is_of_minutes)
        self._told = told
        self._has_containers = bool(labels)
        self._labels = labels

    def block(self, node: Node, over: Over, scope: Scope) -> None:
        """A node with others below it: its groups hold for its measures."""
        over = replace(over, scopes=(*over.scopes, scope))
        for event in node.events:
            if isinstance(event, Text):
                over = replace(over, zone=announced(event.text, over.zone))
            self.event(node, event, over)

    def event(self, node: Node, event: "Node | Group | Text", over: Over) -> None:
        if isinstance(event, Group):
            self.group(event, over.scopes[-1])
        elif isinstance(event, Text):
            self.text_of(node, event, over)
        else:
            self.node(event, over)

    def node(self, node: Node, over: Over) -> None:
        role = node.role
        zone = zone_of(node.text) if role is None or is_short(node) else None
        if over.zone is Zone.MEASURES and role is None and not (node.nodes or node.texts):
            zone = None  # a measure may speak of anything
        if self._is_topic(node):
            zone = Zone.MEASURES
        elif self._decides(node):
            zone, over = None, replace(over, zone=Zone.MEASURES)
        told = self._told.get(node.line) if node.mark else None
        if told == "要求":
            self._skip(node, told)
            return
        if told in {"正文", "标题"}:
            self.mark(node.lines, told)
            self.block(node, over, Scope(heading=node.said))
            return
        is_asked = self._has_containers and bool(ASKED_OF_ALL.search(node.text))
        holds = has_containers(node)  # measures with labels are measures, whatever is over them
        if node.mark and not holds and is_short(node) and (zone is Zone.REQUIREMENTS or is_asked):
            self._skip(node, "要求")
        elif role in FIELDS:
            self._field(node, over)
        elif role in {Role.PROBLEM, Role.MANIFESTATION}:
            self._problem(node, over, zone)
        elif role in {Role.MEASURE, Role.DETAIL} and self._is_asked(node):
            self._skip(node, "要求")
        elif role in {Role.MEASURE, Role.DETAIL}:
            self._container(node, over)
        elif role is not None:
            self._skip(node, str(role))
        elif zone in {Zone.REQUIREMENTS, Zone.OTHER} and is_short(node) and not holds:
            self._skip(node, "要求" if zone is Zone.REQUIREMENTS else "其他")
        elif zone is Zone.STEPS and is_short(node) and not names_fields(node):
            self._skip(node, "步骤")
            self._given(node, replace(over, zone=Zone.MEASURES))
        elif zone is Zone.MEASURES and lists_faults(node):
            self._skip(node, "其他")
        else:
            self._numbered(node, over, zone)

    def _is_topic(self, node: Node) -> bool:
        """Whether a heading of minutes says what the numbered decisions below are about."""
        return self.is_of_minutes and bool(node.nodes) and is_topic(node.text)

    def _decides(self, node: Node) -> bool:
        """Whether a topic of minutes has its decision behind it: «关于…问题。会议议定，由甲局…»."""
        is_whole = all(each.role in _APART for each in node.nodes)
        return self.is_of_minutes and is_whole and decides_on(node.text)

    def _is_asked(self, node: Node) -> bool:
        """«办理要求» once behind forms that call their measures otherwise is no measure."""
        label = node.label.text if node.label else ""
        usual = self._labels.most_common(1)
        return (
            bool(_ASKED_ONCE.match(label))
            and self._labels[label] == 1
            and bool(usual)
            and usual[0][1] > 1
        )

    def _skip(self, node: Node, role: str) -> None:
        """Mark what stands below a heading of requirements; its lines are kept."""
        self.mark(node.lines or (node.line,), role)
        if role == "要求":
            self.found.requirements.append(Stated("", node.text, node.line))
        for event in node.events:
            if isinstance(event, Node):
                self._skip(event, role)
            elif isinstance(event, Text):
                self.mark(event.lines, role)
            else:
                for _, _, line in event.texts:
                    self.found.roles.setdefault(line, role)

    def _given(self, node: Node, over: Over) -> None:
        """Stages are no items; what a sentence of one gives a unit to do by a day is."""
        for done in given_in(node.text):
            self.pieces(Node(node.line, done, lines=node.lines), done, over)
        for event in node.events:
            if isinstance(event, Node):
                self._given(event, over)
            elif isinstance(event, Text):
                for done in given_in(event.text):
                    self.pieces(Node(event.line, done, lines=event.lines), done, over)

    def _field(self, node: Node, over: Over) -> None:
        """A heading such as 三、责任分工 with its text below: it holds for the block around it."""
        self.mark((node.line,), str(node.role))
        scope = over.scopes[-1]
        if node.said:
            self.group(node.said, scope)
        for event in node.events:
            if isinstance(event, Group):
                self.group(event, scope)
                continue
            text = event.text
            group = event.said if isinstance(event, Node) and event.said else Group(event.line)
            self.group(in_sentences(group, node.role or Role.LEAD, text), scope)

    def _problem(self, node: Node, over: Over, zone: Zone | None) -> None:
        label = node.label or Label(Role.CONTEXT, "")
        self.mark(node.lines, str(label.role))
        text, said = tails(node.text)
        stated = Stated(label.number or (node.mark.written if node.mark else ""), text, node.line)
        is_self = (
            over.is_self_check
            or label.text.startswith("自查")
            or (zone is not None and bool(_SELF.search(text)))
        )
        scope = Scope(heading=grouped(node, said))
        if label.role is Role.MANIFESTATION:
            self.found.manifestations.append(stated)
            over = replace(over, manifestation=stated, measure=None, zone=Zone.PROBLEMS)
        else:
            is_heading = not text or role_of(text) is label.role
            if not is_heading:
                self.found.problems.append(stated)
            over = replace(
                over, problem=over.problem if is_heading else stated, manifestation=None,
                measure=None, zone=zone or Zone.PROBLEMS, is_self_check=is_self,
            )  # fmt: skip
        self.block(node, over, scope)

    def _container(self, node: Node, over: Over) -> None:
        """What a label of measures holds: numbered pieces, paragraphs, its own text."""
        label = node.label or Label(Role.CONTEXT, "")
        self.mark(node.lines, str(label.role))
        is_told = bool(node.text) and role_of(node.text) is None  # «2.整改措施：更换软管…»
        is_heading = is_short(node) and node.mark is not None and not label.number and not is_told
        text = "" if is_heading else node.text
        plain, said = tails(text)
        if said and not SIGNS.sub("", plain):  # «整改措施：（立行立改）» heads all
            self.group(group_of(said, node.line), over.scopes[-1])
            text = ""
        children = [
            each
            for each in node.nodes
            if each.role is None or each.role in {Role.DETAIL, Role.MEASURE}
        ]
        number = label.number or (node.mark.written if node.mark and not is_heading else "")
        over = replace(over, zone=Zone.MEASURES)
        if children:
            stated = Stated(number, text, node.line)
            if text and label.role is Role.MEASURE:
                self.found.measures.append(stated)
                over = replace(over, measure=stated)
        scope = over.scopes[-1]
        if not children and text:
            self.pieces(node, text, over, mark_no=number)
        if is_heading and any(
            each.role in {Role.PROBLEM, Role.MANIFESTATION} or each.nodes for each in node.nodes
        ):
            scope = Scope(heading=node.said)
            over = replace(over, scopes=(*over.scopes, scope))
        elif node.said and (children or not text):
            self.group(node.said, scope)
        for event in node.events:
            if isinstance(event, Text) and not text and not CLOSING.match(event.text):
                self.measure_text(event, over)
            else:
                self.event(node, event, over)

    def _numbered(self, node: Node, over: Over, zone: Zone | None) -> None:
        """A numbered paragraph without a label: a heading, a problem, or a measure."""
        below = [each for each in node.nodes if each.role not in _APART]
        holds = any(
            each.is_container or each.role in {Role.PROBLEM, Role.MANIFESTATION}
            for each in node.nodes
        )
        if not below:
            self.leaf(node, over, zone)
            return
        text, said = tails(node.text)
        scope = Scope(heading=grouped(node, said))
        inner = _inherited(over.zone, zone)
        is_over_work = self.is_of_letter or node.mark is None or heads_unit_in_turn(node)
        if inner is None and heads_unit(node) and is_over_work:
            inner = Zone.BOTH
        is_self = over.is_self_check or (zone is not None and bool(_SELF.search(text)))
        over = replace(over, zone=inner, is_self_check=is_self)
        is_over = is_section(node) or self._is_topic(node)
        is_heading = is_over or is_aspect(node, text)
        if not is_heading and (holds or complains(text) or zone is Zone.PROBLEMS):
            stated = Stated(node.mark.written if node.mark else "", text, node.line)
            self.mark(node.lines, str(Role.PROBLEM))
            self.found.problems.append(stated)
            over = replace(over, problem=stated, manifestation=None, measure=None)
        else:
            self.mark(node.lines, "标题")
            over = replace(over, headings=(*over.headings, text))
            if inner is Zone.MEASURES and not is_over and len(text) > 12:
                over = replace(
                    over, measure=Stated(node.mark.written if node.mark else "", text, node.line)
                )
        self.block(node, over, scope)


def _inherited(above: Zone | None, own: Zone | None) -> Zone | None:
    """What is below a heading: as it says itself, else as the one over it does."""
    if own in {None, Zone.STEPS}:
        return above
    if own is Zone.PROBLEMS and above in {Zone.MEASURES, Zone.BOTH}:
        return Zone.BOTH
    return own
