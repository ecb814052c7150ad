"""Rows under one merged number and description → one hazard with all that is done about it.

Offices merge the cells of a hazard over a row for each of its measures, each with its own day. It
stays one hazard: due with the last of them, and done only when all of them are.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import groupby
from typing import Any

from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.cells.values import as_text, parse_column
from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.enumerators import mark_at
from analysis.ledgers.codes import FINISHED

#: What may differ between the rows of one hazard, beside columns that no field claims.
_OF_MEASURES = frozenset({"measure", "due_on", "rect_type", "status", "done_on", "person"})


def one_hazard_each(
    sheet: Sheet, rows: Grid, numbers: Sequence[int], columns: Sequence[Column], base: date
) -> tuple[Grid, list[int]]:
    """The rows of data and their numbers, those of one hazard put together in its first.

    Only where number and description are each one merged cell over the same rows, every row has
    its own measure, and nothing but what is told of a measure differs between them. ``base`` is
    the day from which deadlines without a year are counted.
    """
    span_of = _spans(sheet, columns)
    if not span_of:
        return rows, list(numbers)
    pictured = {photo.row for photo in sheet.photos}
    made_rows: Grid = []
    made_numbers: list[int] = []
    pairs = zip(numbers, rows, strict=True)
    for _, group in groupby(pairs, lambda each: span_of.get(each[0], (each[0], each[0]))):
        of_group = list(group)
        several = [row for _, row in of_group]
        below = {number for number, _ in of_group[1:]}
        if below and below.isdisjoint(pictured) and _is_one(several, columns):
            of_group = [(of_group[0][0], _joined(several, columns, base))]
        made_numbers += [number for number, _ in of_group]
        made_rows += [row for _, row in of_group]
    return made_rows, made_numbers


def _spans(sheet: Sheet, columns: Sequence[Column]) -> dict[int, tuple[int, int]]:
    """Row → the rows under the same merged number and description, the first and the last."""
    numbered = {c.index for c in columns if c.is_sequence or _name(c) == "hazard_no"}
    described = {c.index for c in columns if _name(c) == "description"}
    tall = [each for each in sheet.merged if each[2] > each[0]]
    of_number, of_description = (
        {(top, bottom) for top, left, bottom, right in tall
         if not indexes.isdisjoint(range(left, right + 1))}
        for indexes in (numbered, described)
    )  # fmt: skip
    both = of_number & of_description
    return {n: span for span in both for n in range(span[0], span[1] + 1)}


def _name(column: Column) -> str:
    return column.field.name if column.field else ""


def _is_one(rows: Grid, columns: Sequence[Column]) -> bool:
    """Whether rows differ in nothing but their measures, of which each has one."""
    measure = next((c.index for c in columns if _name(c) == "measure"), None)
    if measure is None:
        return False
    texts = [as_text(row[measure]) for row in rows]
    if not all(texts) or len(set(texts)) < len(texts):
        return False
    return all(
        len({as_text(row[c.index]) for row in rows}) == 1
        for c in columns
        if c.field and c.field.name not in _OF_MEASURES
    )


def _joined(rows: Grid, columns: Sequence[Column], base: date) -> list[Any]:
    row = list(rows[0])
    by_name = {_name(c): c for c in columns if c.field}
    last = _last(rows, by_name.get("due_on"), base)
    for column in columns:
        cells = [each[column.index] for each in rows]
        if len({as_text(cell) for cell in cells}) > 1:
            row[column.index] = _cell_of(column, cells, last, base)
    return row


def _cell_of(column: Column, cells: Sequence[Any], last: int, base: date) -> Any:
    """What the cells of one column say of the hazard as a whole; ``last`` is the row due last."""
    name = _name(column)
    if name == "measure":
        return _listed([as_text(cell) or "" for cell in cells])
    if name in {"due_on", "rect_type"}:
        return cells[last]
    if name == "status":
        return _least_done(column, cells, base)
    if name == "done_on":
        return max(cells, key=_by_day(base)) if all(map(as_text, cells)) else None
    sign = "、" if name == "person" else "；"
    return sign.join(dict.fromkeys(filter(None, map(as_text, cells))))


def _listed(texts: Sequence[str]) -> str:
    """«1.…；2.…», with the numbers that the texts have themselves, if they have any."""
    is_numbered = any(mark_at(text) is not None for text in texts)
    pieces = [text.rstrip("。；; ") for text in texts]
    if not is_numbered:
        pieces = [f"{n}.{piece}" for n, piece in enumerate(pieces, start=1)]
    return "；".join(pieces) + "。"


def _least_done(column: Column, cells: Sequence[Any], base: date) -> Any:
    """The cell of a measure that is not done, else of the first; a blank one is not done."""
    if column.field is None:
        return cells[0]
    values, _ = parse_column(list(cells), column.field, base)
    left = [cell for cell, value in zip(cells, values, strict=True) if value not in FINISHED]
    return next((cell for cell in left if as_text(cell)), None) if left else cells[0]


def _last(rows: Grid, column: Column | None, base: date) -> int:
    """The row that is due last; where none has a day, the last of them."""
    if column is None:
        return len(rows) - 1
    days = [_by_day(base)(row[column.index]) for row in rows]
    return max(range(len(days)), key=lambda n: (days[n], n))


def _by_day(base: date) -> Callable[[Any], date]:
    """The day that a cell says, the earliest of all days where it says none."""

    def day(cell: Any) -> date:
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        with suppress(ValueError):
            return parse_clause(as_text(cell) or "", base).due_on or date.min
        return date.min

    return day
