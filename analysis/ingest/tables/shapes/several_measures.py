"""A row whose cell lists several measures → a row for each, with its part of the other cells.

«（1）…（2）…» in the cell of measures, and «（1）8月底前（2）长期坚持» in that of deadlines: each
row is a copy with one measure, and of every other cell what speaks of it.
"""

from collections.abc import Sequence
from typing import Any

from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.enumerators import Mark
from analysis.ingest.measures.parts import by_lines, by_number
from analysis.ingest.measures.splitting import Piece, split

#: Fields that say what is to be done, the detailed one first.
TRACKED = ("sub_measure", "measure")
#: Fields of which a row's cell may speak of each measure apart.
OF_EACH = frozenset({
    "due_on", "unit", "person", "support_units", "rect_type", "status", "done_on",
    "extended_due_on", "accepted_on", "accepted_by",
})  # fmt: skip


def tracked_column(columns: Sequence[Column]) -> int | None:
    """The column whose cells are the measures to be tracked."""
    by_name = {column.field.name: column.index for column in columns if column.field}
    return next((by_name[name] for name in TRACKED if name in by_name), None)


def spread(
    rows: Sequence[Sequence[Any]], numbers: Sequence[int], columns: Sequence[Column]
) -> tuple[list[list[Any]], list[int], list[bool]]:
    """The rows with one measure each, their numbers, and which of them are part of a row."""
    place = tracked_column(columns)
    made: list[list[Any]] = []
    of: list[int] = []
    parts: list[bool] = []
    for row, number in zip(rows, numbers, strict=True):
        pieces = _pieces(row[place]) if place is not None else []
        if len(pieces) < 2:
            made.append(list(row))
            of.append(number)
            parts.append(False)
            continue
        for order, (mark, text) in enumerate(pieces):
            made.append(_of_one(row, columns, place, order, len(pieces), mark, text))
            of.append(number)
            parts.append(True)
    return made, of, parts


def _pieces(cell: Any) -> list[tuple[Mark | None, str]]:
    """The measures of a cell, with the numbers of those that have one of the plan's own."""
    return [(each.mark, _text(each)) for each in split(cell)] if isinstance(cell, str) else []


def _text(piece: Piece) -> str:
    """A piece as it is kept: a number of the plan's (5-1) stays, that of a line falls away."""
    is_own = piece.mark is not None and bool(piece.mark.under)
    return f"{piece.mark.text}{piece.text}" if piece.mark and is_own else piece.text


def _of_one(
    row: Sequence[Any], columns: Sequence[Column], place: int | None, order: int, count: int,
    mark: Mark | None, text: str,
) -> list[Any]:  # fmt: skip
    made = list(row)
    number = mark.written if mark else str(order + 1)
    for column in columns:
        cell = row[column.index]
        if column.index == place:
            made[column.index] = text
        elif column.field and column.field.name in OF_EACH and isinstance(cell, str):
            is_day = column.field.name == "due_on"
            made[column.index] = _part(cell, number, order, count, by_line=is_day)
    return made


def _part(cell: str, number: str, order: int, count: int, *, by_line: bool) -> str:
    """What a cell says of one of several measures; all of it where it speaks of none apart."""
    said = by_number(cell)
    if said and "-" not in "".join(said):
        return said.get(number, said.get("*", "")) if len(said) > 1 or count > 1 else cell
    lines = by_lines(cell, count) if by_line else []
    return lines[order] if lines else cell
