"""The role of each line of a plan, from what its reader made of the paragraph that it belongs to.

A line has exactly one role. What stands among the measures and says who, by when or what is to be
done, and is of no measure, is called 没有读懂, whatever the reader took it for.
"""

import re
from collections.abc import Iterator, Mapping

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import names_day
from analysis.ingest.measures.enumerators import without_mark
from analysis.ingest.measures.labels import FIELDS, label_of, role_of
from analysis.ingest.measures.responsibility import actor, sentence
from analysis.ingest.plan.about import BARE_NUMBER, DOC_NO, ISSUED, OWN_NUMBER, plain_line
from analysis.ingest.plan.document import Plan
from analysis.ingest.plan.items.headings import Zone, acts, zone_of
from analysis.ingest.plan.outline.tree import OFFICE_ALONE
from analysis.ingest.plan.taught import LineRole
from analysis.ledgers.labels import Role

#: What the reader calls a paragraph → the role of its lines.
_OF_READER: Mapping[str, LineRole] = {
    **{str(role): LineRole.WHO for role in FIELDS},
    str(Role.DUE): LineRole.DUE, str(Role.KIND): LineRole.KIND,
    str(Role.DETAIL): LineRole.MEASURE, str(Role.CONTEXT): LineRole.OTHER,
    **{str(role): role for role in LineRole},
}  # fmt: skip
#: A row of which so many cells are labels is a header.
LEAST_LABELS = 3
#: What stands over and under a document: its number, its day, the office whose it is.
_OF_HEAD = (DOC_NO, OWN_NUMBER, BARE_NUMBER, ISSUED, OFFICE_ALONE, re.compile(r"^.{2,30}文件$"))
#: «二、整治范围»: the heading of a section that holds a table, or nothing to be tracked.
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、[^,，。;；:：]{2,24}$")
#: What a heading over measures says: a few words and no sentence, the last of them what follows.
_OVER_MEASURES = re.compile(
    r"[^,，。;；:：]{0,22}(?:措施|任务|举措|内容|事项|清单|分工|安排|要求|意见|重点|部署|方向)[:：]?"
)
#: «重点任务推进表（二）»: the title of the next form.
_NEXT_FORM = re.compile(
    r"^[^,，。;；:：]{2,24}(?:表|清单|单)[(（][一二三四五六七八九十\d]{1,3}[)）]$"
)
#: A short word with a colon is a label.
_LABEL = re.compile(r"^(?!会议|现|以下|具体|如下|通知|按照)([\u3400-\u9fff]{2,8})[:：]")
#: «以上各项由…» speaks of measures, whatever it says of them.
_OF_ALL = re.compile(r"^(?:以上|上述|前述)(?:第|各|所有|全部|[一二三四五六七八九十\d])")
#: «会议议定：», «现将有关事项通知如下：» announce what follows and say nothing themselves.
_ANNOUNCES = re.compile(r"[:：]$")


def roles_of(plan: Plan) -> dict[int, LineRole]:
    """The role of every line of a plan, from 1 on."""
    reader = _Roles(plan)
    return {number: reader.of(number) for number in range(1, len(plan.lines) + 1)}


def problem_part(plan: Plan) -> range:
    """The lines from the first problem or measure to the last, and what is said at once behind it.

    Nothing in it may be passed over.
    """
    lines = [line for item in plan.items for line in item.lines]
    lines += [each.line for each in (*plan.problems, *plan.manifestations)]
    if not lines:
        return range(0, 0)
    end = max(lines) + 1
    while end <= len(plan.lines):
        said = plan.roles_of_lines.get(plan.begins.get(end, end))
        if said != LineRole.BODY and plan.lines[end - 1].strip():
            break
        end += 1
    return range(min(lines), end)


class _Roles:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._items = {line for item in plan.items for line in item.lines}
        self._begin = {item.line for item in plan.items}
        part = problem_part(plan)
        self._first, self._last = part.start, part.stop - 1
        self._last_item = max(self._items, default=0)
        self._figures = {figure.line for figure in plan.figures}
        self._organisation = {plan.members_line, *(each.line for each in plan.roles)} - {0}
        self._annex = set(_annex_lines(plan))
        self._head = {each.line for each in (plan.addressee, plan.addressees) if each}

    def of(self, number: int) -> LineRole:
        """The role of one line."""
        plan = self._plan
        first = plan.begins.get(number, number)
        if plan.roles_of_lines.get(number) == LineRole.PAGE:
            return LineRole.PAGE
        if not plan.lines[number - 1].strip():
            return LineRole.BLANK
        own = number if number in plan.keys else first
        if own in plan.told_roles:
            return plan.told_roles[own]
        if number in self._items and first in self._begin:
            return LineRole.MEASURE
        if plan.lines[number - 1].count("\t") > 1:
            return self._of_row(number)
        said = plan.roles_of_lines.get(number) or plan.roles_of_lines.get(first)
        role = _OF_READER[said] if said else self._of_label(first)
        if number in self._items:
            return self._of_swallowed(first)
        if role is LineRole.MEASURE:
            text = plain_line(plan.lines[first - 1])
            return LineRole.TITLE if _announces_measures(text) else self._of_swallowed(first)
        if role in {LineRole.BODY, LineRole.UNREAD}:
            return self._of_text(first, role)
        return role

    def _of_swallowed(self, first: int) -> LineRole:
        """A paragraph that was taken for more words of a measure, or heads measures."""
        label = _LABEL.match(plain_line(self._plan.lines[first - 1]))
        is_known = label is None or label_of(label[1]) is not None
        if is_known or first in self._begin:
            return LineRole.MEASURE
        return LineRole.UNREAD

    def _of_row(self, number: int) -> LineRole:
        if number in self._annex:
            return LineRole.ROW
        cells = [cell.strip() for cell in self._plan.lines[number - 1].split("\t") if cell.strip()]
        labels = sum(
            cell.endswith("清单") or role_of(cell) is not None for cell in cells if len(cell) < 20
        )
        if len(cells) == 1 and len(cells[0]) < 20:
            return LineRole.TITLE
        if labels >= min(LEAST_LABELS, len(cells)):
            return LineRole.HEADER
        said = self._plan.roles_of_lines.get(number)
        is_outside = not self._first <= number <= self._last
        return _OF_READER[said] if said else LineRole.OTHER if is_outside else LineRole.UNREAD

    def _of_label(self, first: int) -> LineRole:
        """A line of which the reader made no paragraph: a label alone, or nothing."""
        text = without_mark(plain_line(self._plan.lines[first - 1])).strip(":：。 ")
        label = label_of(text)
        return LineRole.TITLE if label else LineRole.UNREAD

    def _of_text(self, first: int, role: LineRole) -> LineRole:
        """Text of no measure: the head of the document, figures, or what nobody understood."""
        text = plain_line(self._plan.lines[first - 1])
        if first in self._figures:
            return LineRole.FIGURES
        if first in self._organisation:
            return LineRole.ORGANISATION
        if text and text in self._plan.title and first < self._first:
            return LineRole.TITLE
        is_outside = not self._first <= first <= self._last
        if not self._first <= first <= self._last_item and (
            first in self._head or any(form.match(text) for form in _OF_HEAD)
        ):
            return LineRole.HEAD
        if _NEXT_FORM.match(text):
            return LineRole.TITLE
        if _HEADING.match(text) and not _may_lay_down(without_mark(text)):
            return LineRole.TITLE
        if role is LineRole.BODY and not is_outside and _may_lay_down(text):
            return LineRole.UNREAD
        return role


def _annex_lines(plan: Plan) -> Iterator[int]:
    """The lines on which rows of the annex stand, also those with which a page has cut them."""
    rows = {row.line for row in plan.annex}
    yield from rows
    yield from (goes_on for line, goes_on, _ in plan.cuts if line in rows)


def _announces_measures(text: str) -> bool:
    """«一、督办事项», «二、整改任务及措施»: a numbered heading over measures, and none itself."""
    bare = without_mark(text)
    is_heading = bare != text and bool(_OVER_MEASURES.fullmatch(bare))
    return is_heading and zone_of(bare) in {Zone.MEASURES, Zone.BOTH}


def _may_lay_down(text: str) -> bool:
    """Whether a text says who, by when, or what is to be done, or has a label that nobody knows."""
    if label := _LABEL.match(text):
        return label_of(label[1]) is None
    if _ANNOUNCES.search(text):
        return False
    return bool(
        acts(text) or sentence(text) or actor(text) or tails(text)[1] or _OF_ALL.match(text)
        or names_day(text)
    )  # fmt: skip
