"""Where the columns of a table set by blanks stand: what is printed below the words of its header.

A Chinese sign takes two places. Signs such as “ and ① take one or two, as the program that set the
table held it: both are tried.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unicodedata import east_asian_width

Measure = Callable[[str], int]


def _measure(two: str) -> Measure:
    @cache
    def places(sign: str) -> int:
        return 2 if east_asian_width(sign) in two else 1

    return lambda text: sum(map(places, text))


#: How wide a text may be, the likelier first.
MEASURES: tuple[Measure, ...] = (_measure("WFA"), _measure("WF"))
#: A line of more signs is a paragraph.
LONGEST_LINE = 400
#: Two blanks and more part cells; «责　任　人» has one each.
_PIECE = re.compile(r"\S+(?:[ \u3000]\S+)*")
WORD = re.compile(r"\S+")
#: A mark that must not begin a line hangs so far over the end of its column.
HANGING = 2
_HANGS = re.compile(r"[，。、；：！？）》”]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a gap in it, and the places that it takes."""

    start: int
    end: int
    text: str


def pieces_of(line: str, measure: Measure, form: re.Pattern[str] = _PIECE) -> list[Piece]:
    """The stretches of a line between its gaps; of a line that no page has room for, none."""
    plain = line.replace("\xa0", " ").rstrip()
    if len(plain) > LONGEST_LINE:
        return []
    found: list[Piece] = []
    start = behind = 0
    for match in form.finditer(plain):
        start += measure(plain[behind : match.start()])
        end = start + measure(match.group())
        found.append(Piece(start, end, match.group()))
        start, behind = end, match.end()
    return found


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns found so far, each with the places that it takes."""

    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def below(header: Sequence[Piece]) -> "Columns":
        """Columns as wide as the words of their header."""
        return Columns(tuple((piece.start, piece.end) for piece in header))

    def cells(self, line: str, measure: Measure) -> list[str] | None:
        """The cell that a line has in each column; None where a stretch of it lies across two.

        A gap of one blank parts cells where it is a gap of the table.
        """
        if len(line.rstrip()) > LONGEST_LINE:
            return None
        for form in (_PIECE, WORD):
            pieces = pieces_of(line, measure, form)
            places = [self._place(piece) for piece in pieces]
            if None not in places:
                return self._joined(pieces, places)
        return None

    def with_line(self, line: str, measure: Measure) -> "Columns":
        """The columns, grown by a line that fits."""
        spans = list(self.spans)
        for piece in pieces_of(line, measure):
            place = self._place(piece)
            if place is not None:
                start, end = spans[place]
                spans[place] = (min(start, piece.start), max(end, piece.end))
        grown = replace(self, spans=tuple(spans))
        return grown if grown._are_apart() else self

    def _are_apart(self) -> bool:
        return all(
            one[1] < other[0] for one, other in zip(self.spans, self.spans[1:], strict=False)
        )

    def _joined(self, pieces: Iterable[Piece], places: Iterable[int | None]) -> list[str]:
        cells = [""] * len(self.spans)
        for piece, place in zip(pieces, places, strict=True):
            if place is not None:
                cells[place] = f"{cells[place]} {piece.text}".strip()
        return cells

    def _place(self, piece: Piece) -> int | None:
        """The column of a stretch: the one that it lies in, else the one that it stands by."""
        over = [
            n
            for n, (start, end) in enumerate(self.spans)
            if piece.start < end and start < piece.end
        ]
        hangs_over = len(over) == 2 and piece.end - self.spans[over[1]][0] <= HANGING
        if len(over) == 1 or (hangs_over and _HANGS.search(piece.text)):
            return over[0]
        return None if over else min(range(len(self.spans)), key=lambda n: self._off(piece, n))

    def _off(self, piece: Piece, n: int) -> int:
        """How far a stretch stands off a column, be that set left, in the middle or right."""
        start, end = self.spans[n]
        middle = abs(piece.start + piece.end - start - end) // 2
        return min(abs(piece.start - start), abs(piece.end - end), middle)
