"""One walk over the paragraphs of a document: each number and label opens a node in its place.

Which class stands under which is as the document first uses them. A number that goes on with the
one before it is a sibling, one that begins again at 1 below a label is of a level of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.ingest.measures.enumerators import Mark, mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import FIELDS, Label, label_of
from analysis.ingest.measures.parts import OTHERS, by_number
from analysis.ingest.measures.responsibility import CLOSING, take
from analysis.ingest.measures.segments import Segment, segments
from analysis.ingest.measures.splitting import top_list
from analysis.ingest.plan.outline.levels import OPENING, Levels, heading_label, is_section
from analysis.ingest.plan.outline.nodes import Group, Node, Text
from analysis.ingest.plan.text import Paragraph
from analysis.ledgers.labels import Role

#: «附件2», «附件：1.…»: what follows is a paper of its own.
_ANNEX = re.compile(r"^附\s*件\s*[\d一二三四五]*\s*(?:[:：].*)?$")
#: A heading without a number of what is asked of everybody.
_OF_EVERYBODY = re.compile(
    r"^(?:(?:工作|有关|相关|几点|其他|纪律)要求|(?:保障|组织|工作)保障|保障措施|组织领导)$"
)
_TASKS = re.compile("任务|措施|工作")
#: What stands under a document: its day, and the office over it.
_DAY_ALONE = re.compile(r"^\(?(?:20\d{2}|二[〇零○]\S{2})年\S{1,3}月\S{1,3}日(?:印发?)?\)?$")
OFFICE_ALONE = re.compile(
    r"^[\u3400-\u9fff()]{3,40}(?:局|委|办|办公室|委员会|政府|小组|专班|党组|党委|中心|大队|公司|馆|院|队|部)(?:\(.{1,6}\))?$"
)
#: «甲县安委会办公室　　2022年7月18日印发»: who printed it, and when, in one line at its end.
_PRINTED = re.compile(
    r"^[\u3400-\u9fff()]{3,40}\s+(?:20\d{2}|二[〇零○]\S{2})年\S{1,3}月\S{1,3}日印(?:发)?$"
)
#: A unit by itself, with a colon or without: «县应急局：», «【柳树镇】».
_UNIT_ALONE = re.compile(
    r"^[\[【]?(?!各|全县|有关|相关)[\u3400-\u9fff、]{2,24}?(?:局|委|办|办公室|委员会|政府|大队|支队|中心|公司|管委会|街道|[镇乡])(?:\(.{1,8}\))?[\]】]?(:?)$"
)
#: «【交办事项2】某某民宿»: a heading without a number.
_IN_BRACKETS = re.compile(r"^[【\[〔][^】\]〕]{2,20}[】\]〕]")
#: A label by whose value a form is known among others like it.
_NUMBER_OF_FORM = re.compile("序号|编号")
#: The end of a title, not of a label.
_NAMES = re.compile(r"(?:清单|方案|台账|表|通知|书)[)）”]?$")
#: «第2项：…», «其余各项…» below a value that speaks of the first.
_GOES_ON = re.compile(
    r"第\s*[\d一二三四五六七八九十]{1,3}(?:\s*[、,，和至-]\s*第?[\d一二三四五六七八九十]{1,3})*\s*[项条]|其[余他]各?项"
)
_SENTENCE = re.compile("[。；;，,]")
#: No measure is shorter than this.
LEAST_MEASURE = 10
#: A label in front of a text longer than this may be a heading's first words.
LONGEST_HEADING = 60


#: «督办事项：某景区重大火灾隐患»: what a letter is about, not what it asks for.
_NAMES_MATTER = re.compile("事项(?:名称)?$")
_FAULT = re.compile("(?:隐患|问题|案件|线索)[。；;]?$")


def is_day_alone(text: str) -> bool:
    """Whether a paragraph is a day and no more, as it stands under a title or a document."""
    return bool(_DAY_ALONE.match(folded(text).strip()))


def units_in_turn(texts: Sequence[str]) -> set[int]:
    """The paragraphs that are a unit's name alone, where a paper takes several in turn.

    What each has to do follows, numbered anew; one without a colon needs a number below it.
    """
    found: set[int] = set()
    for place, (text, below) in enumerate(pairwise(texts)):
        match = _UNIT_ALONE.match(folded(text).strip())
        mark = mark_at(below)
        is_first = mark is not None and mark.number == 1
        label = label_of(folded(text).strip(" :"))
        if (
            match
            and mark_at(text) is None
            and label is None
            and (is_first or (match[1] and mark is None and len(below) > LEAST_MEASURE))
        ):
            found.add(place)
    starts = [place for place in found if (mark := mark_at(texts[place + 1])) and mark.number == 1]
    return found if len(starts) > 1 else set()


def outline(paragraphs: Sequence[Paragraph]) -> Node:
    """The tree of a document's paragraphs; its root is the document."""
    walk = _Walk(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        walk.read(place, paragraph)
    return walk.root


#: A label with its number in brackets, and the words at once behind it.
_NUMBERED_LABEL = re.compile(
    r"([\u4e00-\u9fff]{2,8}[(（]\d{1,3}(?:[-—.]\d{1,2})*[)）])(?=[^\s:：])"
)


class _Walk(Levels):
    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__(paragraphs)
        #: A label of a field, or of something else, whose value stands in the next lines.
        self._open: Label | None = None
        #: The label of the last value, which may go on in the next line: «第2项：6月底前».
        self._taken: Label | None = None
        #: Whether a new form has begun («问题序号：2»), and what stands in it over its problem.
        self._is_new_form = False
        self._leading: tuple[Node, Group] | None = None
        self._place = 0
        self._units = units_in_turn([each.text for each in paragraphs])
        #: How many paragraphs are open over the units that a list takes in turn.
        self._over_units = 0

    def read(self, place: int, paragraph: Paragraph) -> None:
        if paragraph.is_row:
            return
        self._place = place
        is_due = self._open is not None and self._open.role is Role.DUE
        if not is_due and self._is_signature(place):
            del self._stack[1:]
            self._open = None
            self.root.events.append(Text(paragraph.line, paragraph.text, paragraph.lines))
            return
        if place in self._units:
            self._unit(paragraph)
            return
        text = _with_colon(paragraph.text.replace("\t", "  ").strip())
        if text != paragraph.text:
            paragraph = replace(paragraph, text=text)
        mark = mark_at(text)
        rest = text[mark.end :].strip() if mark else text
        parts = segments(rest) if rest else []
        if _ANNEX.match(text):
            self._plain(paragraph, text, [])
        elif mark and rest:
            self._numbered(place, paragraph, mark, rest, parts)
        elif parts and parts[0].label:
            self._labelled(paragraph, parts)
        else:
            self._plain(paragraph, text, parts)

    def _unit(self, paragraph: Paragraph) -> None:
        """«县应急局：» over what that unit has to do: a heading without a number."""
        self._open = None
        if not self._over_units:
            while len(self._stack) > 1 and not is_section(self._stack[-1]):
                self._stack.pop()
            self._over_units = len(self._stack)
        del self._stack[self._over_units :]
        node = Node(paragraph.line, folded(paragraph.text).strip(" :"), lines=paragraph.lines)
        self._attach(node)
        self._stack.append(node)

    def _is_signature(self, place: int) -> bool:
        """Whether a paragraph is the day under a document, the office over it, or both in one."""
        text = folded(self._paragraphs[place].text).strip()
        if _DAY_ALONE.match(text) or _PRINTED.match(text):
            return True
        below = [folded(each.text).strip() for each in self._paragraphs[place + 1 : place + 3]]
        return bool(OFFICE_ALONE.match(text)) and any(map(_DAY_ALONE.match, below))

    def _numbered(
        self, place: int, paragraph: Paragraph, mark: Mark, rest: str, parts: list[Segment]
    ) -> None:
        first, *more = parts
        label = first.label
        node = Node(paragraph.line, mark=mark, lines=paragraph.lines)
        if label is None:
            heading = heading_label(first.text)
            if heading and heading.role is Role.LEAD and _TASKS.search(first.text):
                heading = None  # «二、任务分工» heads tasks, each with who answers for it
            node.text, node.label = first.text, heading
            if heading and heading.role in FIELDS and not more:
                self._push(node, place)
                self._open = heading
                return
        elif label.role in OPENING:
            node.text, node.label = first.text, label
        elif label.role in FIELDS:
            node.label = label
            self._push(node, place)
            if first.text:
                self._stack.pop()
                self._take(label, first.text, paragraph.line)
                self._inline(paragraph, more)
            else:
                self._open = label
            return
        else:
            node.text, node.label = first.text, label
        self._push(node, place)
        self._open = None
        self._own(node, paragraph, more)

    def _own(self, node: Node, paragraph: Paragraph, parts: list[Segment]) -> None:
        """What a numbered paragraph says in labels behind its own text."""
        opens = any(each.label and each.label.role in OPENING for each in parts)
        if opens:
            self._inline(paragraph, parts)
            return
        for each in parts:
            if each.label and each.label.role in FIELDS and each.text:
                node.said = node.said or Group(paragraph.line)
                take(node.said.said, each.label, each.text)
                node.said.lines.setdefault(each.label.role, paragraph.line)
                node.said.texts.append((each.label.role, each.text, paragraph.line))
            elif each.label and each.label.role in FIELDS:
                self._open = each.label
            elif each.label is None:
                node.text += each.text

    def _labelled(self, paragraph: Paragraph, parts: list[Segment]) -> None:
        self._open = None
        self._inline(paragraph, parts)

    def _inline(self, paragraph: Paragraph, parts: list[Segment]) -> None:
        for each in parts:
            label = each.label
            if label is None:
                self._stack[-1].events.append(Text(paragraph.line, each.text, paragraph.lines))
            elif _OF_EVERYBODY.match(label.text) and self._is_last_part():
                self._open_requirements(paragraph, label.text)
                self._stack[-1].events.append(Text(paragraph.line, each.text, paragraph.lines))
            elif label.role in OPENING:
                self._open = None
                self._open_label(paragraph, label, each.text)
            elif label.role in FIELDS:
                if label.is_of_all:
                    del self._stack[2:]  # of the whole chapter, not of its last part
                if each.text:
                    self._open = None
                    self._take(label, each.text, paragraph.line)
                else:
                    self._open = label
            else:
                node = Node(paragraph.line, each.text, label=label, lines=paragraph.lines)
                self._leave_measures()
                self._attach(node)
                self._is_new_form = bool(_NUMBER_OF_FORM.search(label.text))
                self._leading = None
                self._open = label if not each.text else None

    def _plain(self, paragraph: Paragraph, text: str, parts: list[Segment]) -> None:
        if _ANNEX.match(text):
            del self._stack[1:]
            self._open = None
        if _OF_EVERYBODY.match(folded(text).strip(" :。")) and self._is_last_part():
            self._open_requirements(paragraph, text)
            return
        heading = heading_label(text) if len(text) <= 14 and not _NAMES.search(text) else None
        if heading and heading.role in OPENING:
            self._open = None
            self._open_label(paragraph, heading, "")
            return
        if heading and len(parts) <= 1:
            if heading.role not in FIELDS:
                self._leave_measures()
            self._open = heading
            return
        if self._taken and _GOES_ON.match(text) and isinstance(self._last_event(), Group):
            self._take(self._taken, text, paragraph.line)
            return
        if self._open and self._open.role in FIELDS:
            label = self._open
            # «第一项由甲办负责，责任人：某甲；第二项由乙办负责…» is one value of several measures
            is_value = bool(parts) and len(set(by_number(text)) - {OTHERS}) < 2
            self._take(label, parts[0].text if is_value else text, paragraph.line)
            if is_value:  # «责任领导：» at a line's end, «某甲；完成时限：…» below
                self._inline(paragraph, parts[1:])
            return
        if self._open:
            node = Node(paragraph.line, text, label=self._open, lines=paragraph.lines)
            self._attach(node)
            return
        if parts and len(parts) > 1:
            if self._lays_down(parts):
                node = Node(paragraph.line, parts[0].text, lines=paragraph.lines)
                self._attach(node)
                self._own(node, paragraph, parts[1:])
                return
            self._inline(paragraph, parts)
            return
        if _IN_BRACKETS.match(text) and self._heads_problem():
            self._leave_measures()
        self._stack[-1].events.append(Text(paragraph.line, text, paragraph.lines))

    def _lays_down(self, parts: Sequence[Segment]) -> bool:
        """Whether a paragraph without a number is a measure with labels of its own behind it.

        It stands below a heading, «三、提升服务品质», and ends its sentence before the labels.
        """
        first, *more = parts
        over = self._stack[-1]
        is_heading = (
            over.mark is not None and over.label is None and not _SENTENCE.search(over.text)
        )
        roles = {each.label.role for each in more if each.label and each.text}
        return (
            is_heading
            and first.label is None
            and len(first.text) >= LEAST_MEASURE
            and bool(re.search(r"[。；;]$", first.text))
            and not CLOSING.match(first.text)
            and bool(roles & {Role.LEAD, Role.PERSON})
            and roles <= FIELDS
        )

    def _heads_problem(self) -> bool:
        """Whether the next paragraph is a problem's."""
        below = self._paragraphs[self._place + 1 : self._place + 2]
        first = next(iter(segments(below[0].text)), None) if below else None
        return bool(first and first.label and first.label.role is Role.PROBLEM)

    def _open_requirements(self, paragraph: Paragraph, text: str) -> None:
        """What is asked of everybody ends every chapter."""
        del self._stack[1:]
        self._open = None
        node = Node(paragraph.line, text, lines=paragraph.lines)
        self._attach(node)
        self._stack.append(node)

    def _is_last_part(self) -> bool:
        """Whether no paragraph from here on names a unit or a deadline behind a label."""
        below = self._paragraphs[self._place + 1 :]
        labels = (each.label for paragraph in below for each in segments(paragraph.text))
        return not any(label and label.role in {Role.LEAD, Role.DUE} for label in labels)

    def _open_label(self, paragraph: Paragraph, label: Label, text: str) -> None:
        if label.role is Role.MEASURE and _NAMES_MATTER.search(label.text) and _FAULT.search(text):
            label = replace(label, role=Role.PROBLEM)
        node = Node(paragraph.line, text, label=label, lines=paragraph.lines)
        same = next(
            (n for n, each in enumerate(self._stack) if each.kind == node.kind and not each.mark),
            None,
        )
        if same is not None and self._is_deeper(label, same):
            pass  # its pieces stand below what is open
        elif same is not None:
            del self._stack[same:]
        elif label.role in {Role.PROBLEM, Role.MANIFESTATION}:
            self._leave_measures()
        elif label.role is Role.MEASURE and not label.number:
            self._leave_items()
        self._attach(node)
        self._lead(node)
        self._stack.append(node)
        self._first_pieces(node, paragraph)

    def _lead(self, node: Node) -> None:
        """What a form says over its problem is said of it, not of the form before."""
        self._is_new_form = False
        if self._leading:
            holder, group = self._leading
            holder.events[:] = [each for each in holder.events if each is not group]
            node.events.append(group)
            self._leading = None

    def _first_pieces(self, node: Node, paragraph: Paragraph) -> None:
        """«整改措施：（1）…» with «（2）…» in the next line: the first number is a node as well."""
        text, closing = node.text, ""
        if match := CLOSING.search(text):
            text, closing = text[: match.start()], text[match.start() :]
        lead_in, listed = top_list(text)
        if not listed and (mark := mark_at(text)) and mark.kind != "bullet":
            lead_in, listed = "", [(mark, text[mark.end :].strip())]
        if not listed or node.role not in {Role.MEASURE, Role.DETAIL}:
            return
        node.text = lead_in
        for mark, text in listed:
            child = Node(paragraph.line, text, mark=mark, lines=paragraph.lines, parent=node)
            node.events.append(child)
        if closing:
            node.events.append(Text(paragraph.line, closing, paragraph.lines))
        self._stack.append(child)

    def _is_deeper(self, label: Label, same: int) -> bool:
        """Whether a label of a class that is open stands below a number opened since."""
        above = self._stack[same + 1 :]
        holder = self._stack[same]
        is_first = not holder.events and holder.label is not None and bool(holder.text)
        if label.role is Role.MEASURE and not label.number and is_first and not above:
            return holder.label is not None and holder.label.text != label.text
        inner = [each for each in above if each.mark and each.role in {Role.PROBLEM, None}]
        return (
            label.role is Role.MEASURE
            and not label.number
            and bool(inner)
            and any(each.role is Role.PROBLEM for each in inner)
        )

    def _take(self, label: Label, text: str, line: int) -> None:
        """Add a value to the group at the end of the node that is open."""
        last, events = self._last_event(), self._stack[-1].events
        self._taken = label
        group = last if isinstance(last, Group) else Group(line)
        if self._is_new_form and self._leading is None:
            group = Group(line)
            self._leading = (self._stack[-1], group)
        if group is not last:
            events.append(group)
        take(group.said, label, text)
        group.lines.setdefault(label.role, line)
        group.texts.append((label.role, text, line))
        if parent := self._stack[-1].parent:
            self._had_group.add(id(parent))


def _with_colon(text: str) -> str:
    """«细化措施（1-1）制定…» with the colon that was left out behind label and number."""
    match = _NUMBERED_LABEL.match(text)
    label = label_of(match[1]) if match else None
    if match is None or label is None or label.role not in OPENING:
        return text
    return f"{text[: match.end()]}：{text[match.end() :]}"
