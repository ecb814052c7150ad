"""A text with a numbered list inside it → its pieces, each the smallest that has a number.

Only consecutive numbers of one class part a text. A text without numbers is one piece, however
many semicolons stand in it, unless each part has its own day or its own unit. What stands in front
of the first number leads the list in: it is kept as the parent of the pieces.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.measures.days import names_day
from analysis.ingest.measures.enumerators import Mark, mark_at, marks_in
from analysis.ingest.measures.folding import bracketed, folded
from analysis.ingest.measures.responsibility import (
    SUPPORTING,
    is_addressed,
    unit_in_front,
)

#: Fewer signs than these in front of a list are a label or a stray word, no measure of its own.
LEAST_LEAD_IN = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its text without number, its number, and the texts that it stands under."""

    text: str
    mark: Mark | None = None
    parents: tuple[str, ...] = ()


def split(text: str, parents: tuple[str, ...] = (), mark: Mark | None = None) -> list[Piece]:
    """The pieces of a text in their order; one where no list stands in it.

    A part between semicolons has no number but the first, which has that of the whole.
    """
    own = mark_at(text)
    lead_in, listed = top_list(text)
    if not listed:
        if own and own.kind != "bullet" and mark is None:
            mark, text = own, text[own.end :]
        first, *more = by_semicolons(text)
        rest = [Piece(_trimmed(part), None, parents) for part in more]
        return [Piece(_trimmed(first), mark, parents), *rest]
    over = (*parents, lead_in) if len(lead_in) >= LEAST_LEAD_IN else parents
    pieces = [piece for each, inner in listed for piece in split(inner, over, each)]
    return [piece for piece in pieces if piece.text]


def top_list(text: str) -> tuple[str, list[tuple[Mark, str]]]:
    """What leads a text's outermost list in, and its pieces; no pieces where there is no list."""
    lists = _lists(text)
    if not lists:
        return text, []
    places = lists[0]
    ends = [*(at for at, _ in places[1:]), len(text)]
    pieces = [
        (mark, _trimmed(text[mark.end : end])) for (_, mark), end in zip(places, ends, strict=True)
    ]
    return _trimmed(text[: places[0][0]]), pieces


#: A part between semicolons that is shorter tells how far the work before it has to be.
_SHORTEST_PART = 10


def by_semicolons(text: str) -> list[str]:
    """The parts between semicolons where each has its own day, or each later one its own unit.

    «将老人转移，10月31日前搬出；11月底前将彩钢板房拆除», «复绿补植；由县林业局核查手续».
    """
    plain = folded(text)
    inside = bracketed(plain)
    cuts = [at for at, sign in enumerate(plain) if sign == ";" and not inside[at]]
    starts = [0, *(at + 1 for at in cuts)]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    parts = [part.strip() for part in parts if part.strip(" ;；")]
    if len(parts) < 2 or any(len(part) < _SHORTEST_PART for part in parts):
        return [text]
    have_days = all(map(names_day, parts))
    return parts if have_days or all(map(is_addressed, parts[1:])) else [text]


#: «两部门务于8月20日前办结»: a deadline of all who are named before.
_OF_BOTH = re.compile(
    r"^(?:上述|以上)?(?:[两二三四五]|各|有关|相关)*[个家]?(?:(?:部门|单位|家|方)(?:均|都|务必|务|要|须|应|分别)*|(?:均|都|分别)(?:须|要|应|务必)?)(?:于|在)?[^,，]{0,12}(?:前|内|底)(?:完成|办结|落实到位|到位|办理完毕|报结)"
)
#: What a unit does beside another is no work of its own.
_BESIDE = re.compile(rf"^(?:牵头|主责|负责|{SUPPORTING}|会同|联合|做好|给予|按)")


def by_actors(text: str) -> tuple[list[tuple[str, str]], str]:
    """«请甲局抓紧立项，乙局落实资金，两部门务于8月20日前办结»: unit and text of each, and the day.

    Nothing where fewer than two units each have work of their own, or no day that is said of all.
    """
    clauses = [each for each in re.split(r"(?<=[,，;；])", text.strip()) if each.strip()]
    if len(clauses) < 3 or not _OF_BOTH.match(clauses[-1]) or re.search("牵头|主责", text):
        return [], ""
    common = clauses.pop().strip(" 。")
    found: list[tuple[str, str]] = []
    for clause in clauses:
        unit = unit_in_front(clause)
        behind = folded(clause).partition(unit)[2] if unit else ""
        is_own = unit and len(behind.strip(" ,;。")) >= _SHORTEST_DEED and not _BESIDE.match(behind)
        if is_own and all(unit != other for other, _ in found):
            found.append((unit, clause))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + clause)
        else:
            return [], ""
    if len(found) < 2:
        return [], ""
    return [(unit, part.strip(" ,，;；")) for unit, part in found], common


#: So many signs behind a unit's name tell what it does.
_SHORTEST_DEED = 4


def _trimmed(text: str) -> str:
    return text.strip(" \t\r\n\u3000")


def _lists(text: str) -> list[list[tuple[int, Mark]]]:
    """The lists of a text: runs of consecutive numbers of one class, the one that begins first
    before the others.
    """
    runs: dict[str, list[list[tuple[int, Mark]]]] = {}
    for at, mark in marks_in(text):
        of_kind = runs.setdefault(_class(mark), [])
        if of_kind and mark.number == of_kind[-1][-1][1].number + 1:
            of_kind[-1].append((at, mark))
        elif not of_kind or mark.number == 1:
            of_kind.append([(at, mark)])
    found = [
        run
        for of_kind in runs.values()
        for run in of_kind
        if len(run) > 1 and (run[0][1].number == 1 or not text[: run[0][0]].strip())
    ]
    found = [run for run in found if _is_list(text, run)]
    return sorted(found, key=lambda run: run[0][0])


def _class(mark: Mark) -> str:
    return f"{mark.kind}{mark.under}"


def _is_list(text: str, run: Sequence[tuple[int, Mark]]) -> bool:
    """Whether each number of a run has a text of its own behind it."""
    ends = [*(at for at, _ in run[1:]), len(text)]
    return all(
        len(re.sub(r"[\s、,，;；。.]", "", text[mark.end : end])) >= LEAST_LEAD_IN
        for (_, mark), end in zip(run, ends, strict=True)
    )
