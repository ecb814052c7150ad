"""A walk over the tree of a document: which paragraph is a measure, and what stands over it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.enumerators import CODE_IN_TEXT
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import FIELDS, Label, role_of
from analysis.ingest.measures.parts import by_number
from analysis.ingest.measures.responsibility import (
    CLOSING,
    actor,
    actor_in_clauses,
    actor_within,
    fields_of,
    is_addressed,
    sentence,
)  # fmt: skip
from analysis.ingest.measures.segments import Said
from analysis.ingest.measures.splitting import split
from analysis.ingest.plan.items.found import Found, Stated
from analysis.ingest.plan.items.headings import Zone, acts, complains, zone_of
from analysis.ingest.plan.items.scopes import Scope
from analysis.ingest.plan.outline import Group, Node, Text, is_day_alone
from analysis.ledgers.labels import Role
from analysis.wording.units import is_whole

#: A problem shorter than this is a heading.
_FULL_PROBLEM = 12
#: A unit's name, as it stands alone in a heading.
BODY_NAME = re.compile(
    r"^[\u3400-\u9fff]{2,}(?:局|厅|委|委员会|办公室|安委办|大队|支队|中心|人民政府|街道办事处|街道|[镇乡]|公司)$"
)
_LONGEST_NAME = 24
#: What a meeting says to everybody at its end.
_SPOKEN = re.compile(r"会议(?:强调|指出|认为|要求)")
_SIGNS = re.compile(r"[\s。;；]")
#: The role of a line of which nothing was made.
UNREAD = "没有读懂"
NOTHING_TOLD: Mapping[int, str] = MappingProxyType({})
#: «对照自查», «举一反三»: what the office found itself.
_SELF = re.compile(
    "自查(?:发现|查摆|梳理|排查)?(?:的|出的)?问题|对照自查|自查方面|自查自纠问题|举一反三"
)
#: «关于活动审批。由县公安局…»: what the measure is about, as a heading of its own.
_ABOUT = re.compile(r"^关于[^,，。:：]{2,30}[。:：](?=.{6})")
#: A sentence that speaks of the whole document, wherever it stands.
_EVERY = re.compile(
    r"^(?:以上|上述)?(?:各项|所有|全部)|^(?:以上|上述)[^,，。]{0,8}(?:凡|未(?:注明|明确|标明|列明))"
)
#: «以上三项由» counts all; «以上第一、二条由» names two.
_COUNTED = re.compile(
    r"^(?:以上|上述|前述)(?!第)[^由为,，。]{0,12}?(?=由|均|都|于|在|责任|牵头|[,，])"
)
#: Headings of measures, or of what is asked beside measures that have labels of their own.
_ASKED_OF_ALL = re.compile(r"^(?:整改|督办|办理|交办|落实|工作)要求$")
_ASKED_ONCE = re.compile(r"^(?:督办|办理|交办|落实|工作)要求$")
#: What a letter asks for begins a sentence.
_ASKS = re.compile(
    r"(?<=[。；;])\s*(?:请|责令|责成|要求)(?=你|[\u3400-\u9fff]{2,20}?(?:局|委|办|政府|镇|乡|街道|公司|中心|大队|部门|单位))"
)
#: A decision of a meeting without a number.
_DECIDES = re.compile(r"会议(?:议定|决定|明确|确定|研究决定|同意)[,:]?(?!.{0,8}(?:以下|如下))")
_AGREED = re.compile(r"会议(?:原则)?(?:上)?同意")
#: A paragraph on what a meeting agreed to, not on what it thinks or asks of everybody.
_AGREES = re.compile(r"(?:会议)?(?:原则)?(?:同意|听取|研究|审议|讨论)|会议(?:议定|决定|明确|确定)")
#: What speaks of all measures of a block, in a sentence.
_OF_ALL = re.compile(r"^(?:以上|上述|各项|所有|全部|本|此项|该项|前述|以下|上列)")
#: «现将任务分解如下：», «表2» lead in what is done, and are nothing that is done.
_LEADS_IN = re.compile(
    r"(?:如下|见下表|详见附[件表]|如下表)(?:[(（][^()（）]*[)）])?[:：。]?$|"
    r"^(?:附?表|图)\s*(?:\d{1,2}(?:[-.]\d{1,2})?|[一二三四五六七八九十]{1,3})$"
)
_LEADS = re.compile(
    "牵头|(?:责任|承办|配合|协办)(?:单位|部门|科室)(?:为|是)|(?:责任人|负责人)(?:为|是)|由.{2,40}负责"
)


@dataclass(frozen=True, slots=True)
class _Over:
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


def collect(root: Node, told: Mapping[int, str] = NOTHING_TOLD) -> Collected:
    """The measures of a document's tree; ``told`` are roles that a person gave, by first line."""
    found = Collected()
    _Walk(found, told, Counter(_labels_of_measures(root))).block(root, _Over(), Scope())
    for ordinal, item in enumerate(found.items, start=1):
        item.ordinal = ordinal
    return found


class _Walk:
    def __init__(self, found: Collected, told: Mapping[int, str], labels: Counter[str]) -> None:
        self._found = found
        self._told = told
        self._has_containers = bool(labels)
        self._labels = labels

    def block(self, node: Node, over: _Over, scope: Scope) -> None:
        """A node with others below it: its groups hold for its measures."""
        over = replace(over, scopes=(*over.scopes, scope))
        for event in node.events:
            if isinstance(event, Text):
                over = replace(over, zone=_announced(event.text, over.zone))
            self._event(node, event, over)

    def _event(self, node: Node, event: "Node | Group | Text", over: _Over) -> None:
        if isinstance(event, Group):
            self._group(event, over.scopes[-1])
        elif isinstance(event, Text):
            self._text(node, event, over)
        else:
            self._node(event, over)

    def _group(self, group: Group, scope: Scope) -> None:
        for role, text, line in group.texts:
            self._found.roles[line] = str(role) if role else "要求"
            if role is Role.DUE:
                self._found.clauses.append(Stated("", text, line))
        scope.add(group)

    def _node(self, node: Node, over: _Over) -> None:
        role = node.role
        zone = zone_of(node.text) if role is None or _is_heading(node) else None
        if over.zone is Zone.MEASURES and role is None and not (node.nodes or node.texts):
            zone = None  # a measure may speak of anything
        told = self._told.get(node.line) if node.mark else None
        if told == "要求":
            self._skip(node, told)
            return
        if told in {"正文", "标题"}:
            self._mark(node.lines, told)
            self.block(node, over, Scope(heading=node.said))
            return
        is_asked = self._has_containers and bool(_ASKED_OF_ALL.search(node.text))
        holds = _has_containers(node)  # measures with labels are measures, whatever is over them
        if (
            node.mark
            and not holds
            and _is_heading(node)
            and (zone is Zone.REQUIREMENTS or is_asked)
        ):
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
        elif zone in {Zone.REQUIREMENTS, Zone.OTHER} and _is_heading(node) and not holds:
            self._skip(node, "要求" if zone is Zone.REQUIREMENTS else "其他")
        elif zone is Zone.STEPS and _is_heading(node) and not _names_fields(node):
            self._skip(node, "步骤")
        else:
            self._numbered(node, over, zone)

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
        self._mark(node.lines or (node.line,), role)
        if role == "要求":
            self._found.requirements.append(Stated("", node.text, node.line))
        for event in node.events:
            if isinstance(event, Node):
                self._skip(event, role)
            elif isinstance(event, Text):
                self._mark(event.lines, role)
            else:
                for _, _, line in event.texts:
                    self._found.roles.setdefault(line, role)

    def _field(self, node: Node, over: _Over) -> None:
        """A heading such as 三、责任分工 with its text below: it holds for the block around it."""
        self._mark((node.line,), str(node.role))
        scope = over.scopes[-1]
        if node.said:
            self._group(node.said, scope)
        for event in node.events:
            if isinstance(event, Group):
                self._group(event, scope)
                continue
            text = event.text
            group = event.said if isinstance(event, Node) and event.said else Group(event.line)
            self._group(_in_sentences(group, node.role or Role.LEAD, text), scope)

    def _problem(self, node: Node, over: _Over, zone: Zone | None) -> None:
        label = node.label or Label(Role.CONTEXT, "")
        self._mark(node.lines, str(label.role))
        text, said = tails(node.text)
        stated = Stated(label.number or (node.mark.written if node.mark else ""), text, node.line)
        is_self = (
            over.is_self_check
            or label.text.startswith("自查")
            or (zone is not None and bool(_SELF.search(text)))
        )
        scope = Scope(heading=_grouped(node, said))
        if label.role is Role.MANIFESTATION:
            self._found.manifestations.append(stated)
            over = replace(over, manifestation=stated, measure=None, zone=Zone.PROBLEMS)
        else:
            is_heading = not text or role_of(text) is label.role
            if not is_heading:
                self._found.problems.append(stated)
            over = replace(
                over, problem=over.problem if is_heading else stated, manifestation=None,
                measure=None, zone=zone or Zone.PROBLEMS, is_self_check=is_self,
            )  # fmt: skip
        self.block(node, over, scope)

    def _container(self, node: Node, over: _Over) -> None:
        """What a label of measures holds: numbered pieces, paragraphs, its own text."""
        label = node.label or Label(Role.CONTEXT, "")
        self._mark(node.lines, str(label.role))
        is_heading = _is_heading(node) and node.mark is not None and not label.number
        text = "" if is_heading else node.text
        plain, said = tails(text)
        if said and not re.sub(r"[\s。;；]", "", plain):  # «整改措施：（立行立改）» heads all
            self._group(_group_of(said, node.line), over.scopes[-1])
            text = ""
        children = [
            each
            for each in node.nodes
            if each.role is None or each.role in {Role.DETAIL, Role.MEASURE}
        ]
        number = label.number or (node.mark.written if node.mark and not is_heading else "")
        over = replace(over, zone=_measures(over.zone) if is_heading else Zone.MEASURES)
        if children:
            stated = Stated(number, text, node.line)
            if text and label.role is Role.MEASURE:
                self._found.measures.append(stated)
                over = replace(over, measure=stated)
        scope = over.scopes[-1]
        if not children and text:
            self._pieces(node, text, over, mark_no=number)
        if is_heading and any(
            each.role in {Role.PROBLEM, Role.MANIFESTATION} or each.nodes for each in node.nodes
        ):
            scope = Scope(heading=node.said)
            over = replace(over, scopes=(*over.scopes, scope))
        elif node.said and (children or not text):
            self._group(node.said, scope)
        for event in node.events:
            if isinstance(event, Text) and not text and not CLOSING.match(event.text):
                self._measure_text(event, over)
            else:
                self._event(node, event, over)

    def _measure_text(self, event: Text, over: _Over) -> None:
        """A paragraph without a number below a label of measures."""
        if _LEADS_IN.search(event.text):
            self._mark(event.lines, "正文")
            return
        plain, said = tails(event.text)
        if not plain and said:
            self._group(_group_of(said, event.line), over.scopes[-1])
            return
        holder = Node(event.line, event.text, lines=event.lines)
        self._pieces(holder, event.text, over)

    def _text(self, node: Node, event: Text, over: _Over) -> None:
        """A paragraph of no label or number: a sentence that names who and when, else nothing."""
        plain, said = tails(event.text)
        is_below_title = not node.line and not self._found.items and not fields_of(event.text)
        if is_day_alone(event.text) or (said and not _SIGNS.sub("", plain) and is_below_title):
            # «（2024年6月1日）», «（甲局 2024年6月）», «（2024—2026年）» below a title set no day
            self._mark(event.lines, "正文")
            return
        if said and not _SIGNS.sub("", plain):
            self._mark(event.lines, "责任")
            self._group(_group_of(said, event.line), over.scopes[-1])
            return
        if decided := _decisions(event.text):
            for text in decided:
                self._measure_text(replace(event, text=text), over)
            return
        if CLOSING.match(event.text):
            self._mark(event.lines, "责任")
            place = 0 if _EVERY.search(event.text) else -1
            self._group(_of_all(event.text, event.line), over.scopes[place])
            return
        if CODE_IN_TEXT.match(folded(event.text)) and _LEADS.search(event.text):
            self._mark(event.lines, "责任")
            self._group(_in_sentences(Group(event.line), Role.LEAD, event.text), over.scopes[-1])
            return
        is_of_all = bool(_OF_ALL.match(event.text))
        if node.line and (over.zone in {Zone.MEASURES, Zone.BOTH, Zone.PROBLEMS}) and node.mark:
            if is_of_all and (found := sentence(event.text, in_brackets=True)):
                self._mark(event.lines, "责任")
                self._group(_group_of(found, event.line), over.scopes[-1])
                return
            if said and plain:
                self._measure_text(event, over)
                return
            if (
                over.zone is Zone.PROBLEMS
                and acts(event.text)
                and not node.nodes
                and not complains(event.text)
            ):
                self._measure_text(event, over)
                return
        if (
            is_of_all
            and _LEADS.search(event.text)
            and (found := sentence(event.text, in_brackets=True))
        ):
            self._mark(event.lines, "责任")
            self._group(_group_of(found, event.line), over.scopes[-1])
            return
        for line in event.lines:
            self._found.roles.setdefault(line, "正文")

    def _numbered(self, node: Node, over: _Over, zone: Zone | None) -> None:
        """A numbered paragraph without a label: a heading, a problem, or a measure."""
        below = [each for each in node.nodes if each.role not in _APART]
        holds = any(
            each.is_container or each.role in {Role.PROBLEM, Role.MANIFESTATION}
            for each in node.nodes
        )
        if not below:
            self._leaf(node, over, zone)
            return
        text, said = tails(node.text)
        scope = Scope(heading=_grouped(node, said))
        inner = _inherited(over.zone, zone)
        is_self = over.is_self_check or (zone is not None and bool(_SELF.search(text)))
        over = replace(over, zone=inner, is_self_check=is_self)
        is_heading = _is_section(node) or _is_aspect(node, text)
        if not is_heading and (holds or complains(text) or zone is Zone.PROBLEMS):
            stated = Stated(node.mark.written if node.mark else "", text, node.line)
            self._mark(node.lines, str(Role.PROBLEM))
            self._found.problems.append(stated)
            over = replace(over, problem=stated, manifestation=None, measure=None)
        else:
            self._mark(node.lines, "标题")
            over = replace(over, headings=(*over.headings, text))
            if inner is Zone.MEASURES and not _is_section(node) and len(text) > 12:
                over = replace(
                    over, measure=Stated(node.mark.written if node.mark else "", text, node.line)
                )
        self.block(node, over, scope)

    def _leaf(self, node: Node, over: _Over, zone: Zone | None) -> None:
        """A numbered paragraph with nothing below but labels and text of its own."""
        text = node.text
        title, said = tails(text)
        if node.texts and zone_of(title) is Zone.STEPS and Role.DUE in said.texts:
            self._stage(node, over)
            return
        extra = [
            each for each in node.texts
            if not (_SPOKEN.match(each.text) or _is_apart(each.text)
                    or CLOSING.match(each.text) or _is_of_all(each.text))
        ]  # fmt: skip
        if (
            (zone is Zone.PROBLEMS or complains(text)) and extra and over.zone is not Zone.PROBLEMS
        ) or (zone is Zone.PROBLEMS and extra):
            self._problem_with_text(node, over)
            return
        apart = [
            each for each in extra[0 if _is_sentence(text) else 1 :] if _names_unit(each.text)
        ]  # fmt: skip
        extra = [each for each in extra if each not in apart]
        if extra and self._is_measure(node, text + "。" + extra[0].text, over, zone):
            joined = (
                text
                + ("" if text.endswith(("。", "：", "；", ":")) else "。")
                + "".join(e.text for e in extra)
            )
            text = joined
        if not self._is_measure(node, text, over, zone):
            self._mark(node.lines, str(Role.PROBLEM) if complains(text) else UNREAD)
            if complains(text) or over.zone is Zone.PROBLEMS:
                self._found.problems.append(
                    Stated(node.mark.written if node.mark else "", text, node.line)
                )
            self.block(node, over, Scope(heading=node.said))
            return
        self._pieces(node, text, over)
        for event in node.events:
            if isinstance(event, Group):
                self._group(event, over.scopes[-1])
            elif isinstance(event, Node):
                self._node(event, over)
            elif event in apart:
                self._measure_text(event, over)
            elif event not in extra:
                self._text(node, event, over)
            else:
                self._mark(event.lines, str(Role.MEASURE))

    def _stage(self, node: Node, over: _Over) -> None:
        """«（三）巩固提升阶段（8月1日—25日）» with its measures in paragraphs below."""
        text, said = tails(node.text)
        self._mark(node.lines, "标题")
        scope = Scope(heading=_grouped(node, said))
        over = replace(
            over, zone=Zone.MEASURES, headings=(*over.headings, text), scopes=(*over.scopes, scope)
        )
        for event in node.events:
            if isinstance(event, Text) and (acts(event.text) or _names_unit(event.text)):
                self._measure_text(event, over)
            else:
                self._event(node, event, over)

    def _problem_with_text(self, node: Node, over: _Over) -> None:
        """«（一）关于…的问题» with its measures in paragraphs below."""
        text, said = tails(node.text)
        stated = Stated(node.mark.written if node.mark else "", text, node.line)
        self._mark(node.lines, str(Role.PROBLEM))
        self._found.problems.append(stated)
        over = replace(over, problem=stated, manifestation=None, measure=None)
        scope = Scope(heading=_grouped(node, said))
        over = replace(over, scopes=(*over.scopes, scope))
        for event in node.events:
            is_measure = (
                isinstance(event, Text)
                and (acts(event.text) or bool(tails(event.text)[1]) or is_addressed(event.text))
                and not complains(event.text)
            )
            if is_measure and isinstance(event, Text) and not _OF_ALL.match(event.text):
                self._measure_text(event, over)
            else:
                self._event(node, event, over)

    def _is_measure(self, node: Node, text: str, over: _Over, zone: Zone | None) -> bool:
        named = node.said.said.texts.keys() if node.said else set()
        plain, said = tails(text)
        named = named | said.texts.keys()
        if named & {Role.LEAD, Role.DUE, Role.PERSON, Role.LEADER}:
            return not (over.zone is Zone.PROBLEMS and complains(plain))
        if over.zone is Zone.MEASURES:
            return True
        own = sentence(plain)
        if {Role.LEAD} & own.texts.keys() and over.zone is not Zone.PROBLEMS:
            return True
        has_group = any(isinstance(each, Group) for each in node.events)
        if over.zone is Zone.BOTH or over.zone is None:
            is_among = has_group or over.zone is Zone.BOTH or _is_among_measures(node)
            return is_among and not complains(plain)
        if over.zone is Zone.PROBLEMS:
            return _is_done_in_list(node) or (acts(plain) and not complains(plain))
        return False

    def _pieces(self, node: Node, text: str, over: _Over, mark_no: str = "") -> None:
        """The measures of one paragraph, each with what its own words and brackets name."""
        self._mark(node.lines or (node.line,), str(Role.MEASURE))
        text, closing = _without_closing(text, node.line)
        text, asked = _asked(text)
        if asked:
            stated = Stated(mark_no or (node.mark.written if node.mark else ""), asked, node.line)
            self._found.problems.append(stated)
            over = replace(over, problem=stated)
        whole, outer = _outer_tail(text)
        pieces = split(whole, mark=None)
        measure = over.measure
        for piece in pieces:
            plain, said = tails(piece.text)
            plain = _ABOUT.sub("", plain)
            if len(re.sub(r"\W", "", plain)) < 2:
                continue
            own = Group(node.line)
            own.said.update(said)
            if piece.mark is None and len(pieces) > 1 and is_addressed(plain):
                own.said.update(actor(plain))  # «…；由乙局核查»: a part with its own unit
            if node.said and (len(pieces) == 1 or not said):
                own.said.update(node.said.said)
                own.texts += node.said.texts
            own.said.update(outer)
            if closing:
                own.said.update(closing.said)
                own.texts += closing.texts
            lead_in = piece.parents[-1] if piece.parents else ""
            over_piece = Stated("", lead_in, node.line) if lead_in else measure
            mark = piece.mark or (node.mark if len(pieces) == 1 else None)
            found = Found(
                plain, node.line, node.lines or (node.line,), mark,
                mark_no if len(pieces) == 1 else "", over.problem, over.manifestation, over_piece,
                over.headings, over.is_self_check, numbered=_numbered_in(node),
            )  # fmt: skip
            place = len(self._found.items)
            self._found.items.append(found)
            self._found.scopes.append(over.scopes)
            self._found.own.append(own)
            for scope in over.scopes:
                scope.add(place)

    def _mark(self, lines: Sequence[int], role: str) -> None:
        for line in lines:
            self._found.roles[line] = role


#: Labels below a paragraph that are no part of its outline.
_APART = FIELDS | {Role.GOAL, Role.PROGRESS, Role.CONTEXT}


def _outer_tail(text: str) -> tuple[str, Said]:
    """A list in one paragraph whose last bracket names who and when for all its pieces.

    It does where no other piece has a bracket of its own, and behind a sign or parts without
    numbers.
    """
    pieces = split(text)
    if len(pieces) < 2:
        return text, Said()
    said = [tails(piece.text)[1] for piece in pieces]
    is_behind_all = re.search(r"[。;；]\s*[(（\[【][^()（）]*[)）\]】][。\s]*$", text) or not any(
        piece.mark for piece in pieces
    )
    if said[-1] and not any(said[:-1]) and is_behind_all:
        return text, said[-1]
    return text, Said()


def _numbered_in(node: Node | None) -> dict[str, int]:
    """The numbers of a paragraph and of those over it, by class; the innermost counts."""
    found: dict[str, int] = {}
    while node is not None:
        if node.mark and node.mark.number:
            found.setdefault(node.mark.kind, node.mark.number)
        node = node.parent
    return found


def _grouped(node: Node, said: Said) -> Group | None:
    """What a heading's own line names, in labels and brackets."""
    unit = _of_unit(node, tails(node.text)[0])
    if not said and node.said is None:
        return unit
    group = _group_of(said, node.line)
    if unit and Role.LEAD not in said.texts:
        group.said.update(unit.said)
    if node.said:
        group.said.update(node.said.said)
        group.texts += node.said.texts
    return group


def _without_closing(text: str, line: int) -> tuple[str, Group | None]:
    """A paragraph without its last sentences where these name who and when for all before."""
    match = CLOSING.search(text)
    if match is None or match.start() == 0:
        return text, None
    group = _of_all(text[match.start() :], line)
    return (text[: match.start()], group) if group.said or group.texts else (text, None)


def _of_all(text: str, line: int) -> Group:
    """«以上措施由甲科牵头，乙科配合，8月底前完成», of all or of numbered ones."""
    group = Group(line)
    text = _COUNTED.sub("", text)
    if by_number(text):
        group.texts.append((Role.LEAD, text, line))
        return group
    return _group_of(sentence(text, in_brackets=True), line)


def _asked(text: str) -> tuple[str, str]:
    """What a letter asks for, and what is wrong: «…未及时报告。请甲局立即…» in one paragraph."""
    match = _ASKS.search(text)
    front = text[: match.start()] if match else ""
    if match is None or not (complains(front) or _ABOUT.match(front)):
        return text, ""
    return text[match.start() :], _ABOUT.sub("", text[: match.start()]) or text[: match.start()]


def _in_sentences(group: Group, role: Role, text: str) -> Group:
    """What a paragraph below a heading of fields says, of all measures or of numbered ones."""
    group.texts.append((role, text, group.line))
    if not by_number(text):
        said = sentence(text)
        group.said.update(said)
        if not said:
            group.said.add(role, text)
    return group


def _group_of(said: Said, line: int) -> Group:
    return Group(
        line, said, dict.fromkeys(said.texts, line), [(r, t, line) for r, t in said.texts.items()]
    )


def _is_heading(node: Node) -> bool:
    first = re.split(r"[。;；]", folded(node.text), maxsplit=1)[0]
    return len(first) <= 30


def _labels_of_measures(node: Node) -> Iterator[str]:
    """The labels below which measures stand in a document, in their order."""
    for each in node.nodes:
        if each.is_container and each.label and not _ASKED_OF_ALL.search(each.text):
            yield each.label.text
        yield from _labels_of_measures(each)


def _has_containers(node: Node) -> bool:
    """Whether measures stand below labels of their own in a document."""
    return any(
        (each.is_container and not _ASKED_OF_ALL.search(each.text)) or _has_containers(each)
        for each in node.nodes
    )


def _is_section(node: Node) -> bool:
    """Whether a numbered paragraph heads a section: 二、重点任务, 一、存在问题."""
    zone = zone_of(node.text)
    return zone in {Zone.MEASURES, Zone.BOTH} or (
        zone is Zone.PROBLEMS and role_of(node.text) is not None
    )


def _is_sentence(text: str) -> bool:
    """Whether a numbered text says itself what is done, and is no title of what stands below."""
    return text.endswith(("。", "；", ";")) or bool(tails(text)[1])


def _is_aspect(node: Node, text: str) -> bool:
    """«二、反馈问题及对策», «（二）隐患排查治理方面»: a heading over problems is none of them."""
    is_short = len(text) <= 20 and not re.search(r"[,，。;；]", text.rstrip("。"))
    is_outer = node.mark is not None and node.mark.kind.startswith(("chapter", "han"))
    if text.rstrip("。:：").endswith("方面"):
        return any(each.role is None or each.role is Role.PROBLEM for each in node.nodes)
    return is_short and is_outer and _has_problems(node)


def _has_problems(node: Node) -> bool:
    """Whether problems stand below a heading, at any depth."""
    return any(
        each.role is Role.PROBLEM
        or (each.role is None and (complains(each.text) or _has_problems(each)))
        for each in node.nodes
    )


def _is_among_measures(node: Node) -> bool:
    """Whether another piece of the same list names who answers or by when."""
    siblings = node.parent.nodes if node.parent else []
    texts = [each for one in (node.parent, *siblings) if one for each in one.texts]
    if any(CLOSING.match(each.text) or _is_of_all(each.text) for each in texts):
        return True  # «以上3项由甲局牵头» closes the list
    return any(
        each is not node and each.kind == node.kind and not each.nodes
        and (each.said or tails(each.text)[1] or _closes(each))
        for each in siblings
    )  # fmt: skip


def _closes(node: Node) -> bool:
    """Whether who answers stands below the last piece of a list, for all of it."""
    return any(
        isinstance(each, Group) or (isinstance(each, Text) and _is_apart(each.text))
        for each in node.events
    )


def _names_fields(node: Node) -> bool:
    """Whether anything below a heading names a unit."""
    for event in node.events:
        if isinstance(event, Group) and event.said.texts.keys() & {Role.LEAD, Role.PERSON}:
            return True
        if isinstance(event, Node) and (
            _names_fields(event) or Role.LEAD in tails(event.text)[1].texts or event.said
        ):
            return True
    return False


def _is_done_in_list(node: Node) -> bool:
    """Whether a piece belongs to a list, under a problem stated in full, that says what is done.

    Most of its pieces begin as measures do, so the others are measures as well.
    """
    parent = node.parent
    over = [each for each in (parent, parent.parent if parent else None) if each]
    if parent is None or not any(
        each.role is Role.PROBLEM and len(each.text) >= _FULL_PROBLEM for each in over
    ):
        return False
    pieces = [each for each in parent.nodes if each.kind == node.kind]
    done = [each for each in pieces if acts(each.text) and not each.text.endswith("问题")]
    return len(done) * 2 >= len(pieces)


def _of_unit(node: Node, text: str) -> Group | None:
    """«第一章 县应急管理局»: a heading that is a unit's name gives what is below to that unit."""
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", text.strip())
    if not bare or len(bare) > _LONGEST_NAME or not BODY_NAME.search(bare) or not is_whole(bare):
        return None
    said = Said()
    said.add(Role.LEAD, bare)
    return _group_of(said, node.line)


def _decisions(text: str) -> list[str]:
    """The sentences of a paragraph of minutes that say what is to be done, and by whom.

    They follow «会议决定，»; in a paragraph on what a meeting agreed to, they begin with 由 or 请.
    A sentence of another unit behind a decision is one as well; others go on with it.
    """
    found: list[str] = []
    is_of_meeting = bool(_AGREES.match(folded(text)))
    for whole in re.split(r"(?<=[。！])", text):
        said = whole.strip()
        decided = _DECIDES.match(folded(said))
        rest = said[decided.end() :] if decided else said
        unit = actor_in_clauses(rest).texts.get(Role.LEAD, "")
        if _AGREED.match(said) and actor_within(said):
            decided, rest = _AGREED.match(said), said
        if (
            (decided and (_LEADS.search(rest) or unit))
            or (is_of_meeting and is_addressed(rest))
            or (found and unit and unit not in found[-1])
        ):
            found.append(rest)
        elif found:
            found[-1] += said
    return found


def _names_unit(text: str) -> bool:
    """Whether a paragraph says itself who answers for what it lays down."""
    return is_addressed(text) or bool({Role.LEAD, Role.PERSON} & tails(text)[1].texts.keys())


def _is_of_all(text: str) -> bool:
    """«本阶段工作由甲局牵头，乙局配合»: a sentence on all that stands around it."""
    return bool(_OF_ALL.match(text) and _LEADS.search(text) and sentence(text, in_brackets=True))


def _is_apart(text: str) -> bool:
    plain, said = tails(text)
    return bool(said) and not _SIGNS.sub("", plain)


def _inherited(above: Zone | None, own: Zone | None) -> Zone | None:
    """What is below a heading: as it says itself, else as the one over it does."""
    if own in {None, Zone.STEPS}:
        return above
    if own is Zone.PROBLEMS and above in {Zone.MEASURES, Zone.BOTH}:
        return Zone.BOTH
    return own


def _announced(text: str, zone: Zone | None) -> Zone | None:
    """What a sentence says that follows: «会议议定以下事项：», «会议强调，…»."""
    plain = folded(text).rstrip()
    if re.match(r"会议(?:强调|指出|认为|听取|传达|学习|要求)", plain) and not plain.endswith(":"):
        return None
    if not plain.endswith(":") or plain.endswith(("是:", "为:", "包括:")):
        return zone  # «整治重点是：» tells what work is about
    last = re.split(r"[,，。;；]", plain.rstrip(":"))[-1]
    return zone_of(last) or zone


def _measures(above: Zone | None) -> Zone:
    return Zone.MEASURES
