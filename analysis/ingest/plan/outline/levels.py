"""Which open paragraph a numbered one goes on with, and which ones it closes.

A number that goes on with the one before it is a sibling, one that begins again at 1 below a label
is of a level of its own.
"""

import re
from collections.abc import Sequence

from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import Label, label_of
from analysis.ingest.measures.segments import segments
from analysis.ingest.plan.outline.nodes import Group, Node, Text
from analysis.ingest.plan.text import Paragraph
from analysis.ledgers.labels import Role

#: Labels that open a node of their own wherever they stand.
OPENING = frozenset({Role.PROBLEM, Role.MANIFESTATION, Role.MEASURE, Role.DETAIL})


class Levels:
    """The paragraphs that are open, from the document to the innermost."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self.root = Node(0)
        self._stack = [self.root]
        self._had_group: set[int] = set()

    def _leave_items(self) -> None:
        """Leave measures that are open, but not a heading below which a label stands first."""
        holder = next(
            (n for n, each in enumerate(self._stack) if each.is_container and not each.mark), None
        )
        if holder is not None:
            del self._stack[holder:]

    def _leave_measures(self) -> None:
        holder = next(
            (n for n, each in enumerate(self._stack) if each.is_container and not is_section(each)),
            None,
        )
        if holder is not None:
            del self._stack[holder:]

    def _push(self, node: Node, place: int) -> None:
        """Open a numbered node at the level of its class."""
        level = self._level(node, place)
        if level is not None:
            del self._stack[level:]
        self._attach(node)
        self._stack.append(node)

    def _level(self, node: Node, place: int) -> int | None:
        """The place of the sibling before a node in the stack; None where it opens a level."""
        mark = node.mark
        if mark is None:
            return None
        same = [n for n, each in enumerate(self._stack) if each.kind == node.kind and each.mark]
        if mark.kind == "bullet":
            same = [n for n, each in enumerate(self._stack) if each.kind == "bullet" and each.mark]
            return same[-1] if same else None
        next_ones = [n for n in same if self._number(n) + 1 == mark.number]
        if len(next_ones) > 1:
            is_outer = self._begins_block(node.kind, place)
            return (
                next_ones[0]
                if is_outer or next_ones[-1] in self._grouped(next_ones)
                else next_ones[-1]
            )
        if next_ones:
            return next_ones[0]
        if not same:
            if mark.kind.startswith("path"):
                paths = [
                    n for n, e in enumerate(self._stack) if e.mark and e.mark.kind == mark.kind
                ]
                return paths[-1] if paths else None
            return None
        holder = next(
            (
                n
                for n in range(len(self._stack) - 1, same[-1], -1)
                if self._stack[n].is_container or self._stack[n].role is Role.PROBLEM
            ),
            None,
        )
        if mark.number == 1 and holder is not None:
            return None if holder == len(self._stack) - 1 else holder + 1
        return same[-1]

    def _number(self, n: int) -> int:
        mark = self._stack[n].mark
        return mark.number if mark else 0

    def _grouped(self, places: Sequence[int]) -> set[int]:
        return {
            n
            for n in places[1:]
            if id(self._stack[n].parent) in self._had_group and self._begins_other(n)
        }

    def _begins_other(self, n: int) -> bool:
        """Whether fields were named once, behind all pieces of the inner list."""
        parent = self._stack[n].parent
        if parent is None:
            return False
        order = [isinstance(each, Group) for each in parent.events]
        inner = self._stack[n]
        return (
            any(isinstance(each, Group) for each in inner.events)
            and order.count(True) == 0
            and not any(
                isinstance(each, Group) for node in parent.nodes[:-1] for each in node.events
            )
            and len(parent.nodes) > 1
        )

    def _begins_block(self, kind: str, place: int) -> bool:
        """Whether a label of measures or problems follows before the next number of its class."""
        own = segments(self._paragraphs[place].text)
        if any(each.label and each.label.role in OPENING for each in own):
            return True
        for paragraph in self._paragraphs[place + 1 :]:
            mark = mark_at(paragraph.text)
            if mark and f"{mark.kind}{mark.under}" == kind:
                return False
            text = paragraph.text[mark.end :] if mark else paragraph.text
            first = next(iter(segments(text)), None)
            label = (first.label if first else None) or (
                heading_label(text) if len(text) < 14 else None
            )
            if label and label.role in OPENING:
                return True
        return False

    def _attach(self, node: Node) -> None:
        node.parent = self._stack[-1]
        self._stack[-1].events.append(node)

    def _last_event(self) -> "Node | Group | Text | None":
        events = self._stack[-1].events
        return events[-1] if events else None


def is_section(node: Node) -> bool:
    """Whether a numbered paragraph is short enough for the heading of a section."""
    return bool(
        node.mark
        and node.mark.kind.startswith(("chapter", "han"))
        and len(node.text) <= 20
        and not node.text.endswith("。")
    )


def heading_label(text: str) -> Label | None:
    """The label that a short heading is as a whole: «（二）整改措施», «四、完成时限»."""
    plain = folded(text).strip(" :。.")
    if len(plain) > 14 or re.search(r"[,，;；。]", plain):
        return None
    return label_of(plain)
