"""A row whose cell lists several measures → a row for each, with its part of the other cells.

«（1）…（2）…» in the cell of measures, and «（1）8月底前（2）长期坚持» in that of deadlines: each
row is a copy with one measure, and of every other cell what speaks of it.
"""

import re
from collections.abc import Sequence
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.enumerators import Mark
from analysis.ingest.measures.parts import OTHERS, by_lines, by_number
from analysis.ingest.measures.responsibility import actor, is_addressed, units_in
from analysis.ingest.measures.splitting import Piece, split
from analysis.ingest.tables.filling.ditto import repeats
from analysis.ingest.tables.measures import split_measures
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers.labels import Role
from analysis.wording.units import BODY

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


#: What a row says of its measure, beside the measure itself.
_OF_ROW = frozenset({"unit", "support_units", "person", "due_on", "rect_type"})


def told_elsewhere(
    rows: Sequence[Sequence[Any]], numbers: Sequence[int], columns: Sequence[Column]
) -> list[int]:
    """The rows that only point at another for what is done, by whom and by when: «见措施2».

    What they would lay down is tracked there already.
    """
    tracked = tracked_column(columns)
    fields = [c.index for c in columns if c.field and c.field.name in _OF_ROW]
    if tracked is None or not fields:
        return []
    return [n for n in numbers if repeats(rows[n], tracked, fields)]


def spread(
    rows: Sequence[Sequence[Any]], numbers: Sequence[int], columns: Sequence[Column]
) -> tuple[list[list[Any]], list[int], list[bool]]:
    """The rows with one measure each, their numbers, and which of them are part of a row."""
    place = tracked_column(columns)
    unit = next((c.index for c in columns if c.field and c.field.name == "unit"), None)
    made: list[list[Any]] = []
    of: list[int] = []
    parts: list[bool] = []
    for row, number in zip(rows, numbers, strict=True):
        pieces = pieces_of(row[place]) if place is not None else []
        if len(pieces) < 2:
            made.append([_with_person(cell, unit == n) for n, cell in enumerate(row)])
            of.append(number)
            parts.append(False)
            continue
        for order, (mark, text) in enumerate(pieces):
            made.append(_of_one(row, columns, place, order, len(pieces), mark, text))
            of.append(number)
            parts.append(True)
    return made, of, parts


def pieces_of(cell: Any) -> list[tuple[Mark | None, str]]:
    """The measures of a cell; the numbers of a plan's own (5-1) stay with their texts."""
    if not isinstance(cell, str):
        return []
    numbered = [text for text in split_measures([cell])[0] if text]
    if len(numbered) > 1:
        return [(None, text) for text in numbered]
    return [(each.mark, _text(each)) for each in split(cell)]


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
    own_unit = actor(text).texts[Role.LEAD] if mark is None and is_addressed(text) else ""
    for column in columns:
        cell = row[column.index]
        if column.index == place:
            made[column.index] = text
        elif column.field and column.field.name == "sub_no" and _ONE_CODE.match(str(cell).strip()):
            made[column.index] = f"{str(cell).strip()}-{order + 1}"
        elif column.field and column.field.name == "unit" and own_unit:
            made[column.index] = own_unit
        elif column.field and column.field.name in OF_EACH and isinstance(cell, str):
            is_day = column.field.name == "due_on"
            part = _part(cell, number, order, count, by_line=is_day)
            made[column.index] = _with_person(part, column.field.name == "unit")
    return made


#: A number of the plan's over several pieces: each has one below it.
_ONE_CODE = re.compile(r"^\d+(?:[-.]\d+)+$")


def _with_person(cell: Any, is_unit: bool) -> Any:
    """«甲局 某甲» as «甲局（某甲）», as a cell of units is read."""
    if not is_unit or not isinstance(cell, str) or not re.search(r"\S[ \t\u3000]+\S", cell):
        return cell
    if several := _UNIT_AND_PERSON.sub(r"\1（\2）", cell):
        cell = several  # «甲局 某甲；乙局 某乙»
    lead, others, person = units_in(cell)
    return f"{lead}（{person}）" if person and not others else cell


_UNIT_AND_PERSON = re.compile(
    rf"([^\s、,，;；]*(?:{BODY}))[ \t\u3000]+([\u3400-\u9fff]{{1,2}}某{{1,2}})"
)


def _part(cell: str, number: str, order: int, count: int, *, by_line: bool) -> str:
    """What a cell says of one of several measures; all of it where it speaks of none apart."""
    said = by_number(cell)
    if said and "-" not in "".join(said):
        own = {str(n) for n in range(1, count + 1)}
        if len(said) == count > 1 and OTHERS not in said and set(said) != own:
            return [*said.values()][order]  # «措施5：…；措施6：…» of a row with both
        return said.get(number, said.get("*", "")) if len(said) > 1 or count > 1 else cell
    lines = by_lines(cell, count) if by_line else []
    return lines[order] if lines else cell


#: A deadline that points at the stage over the row: «本阶段内».
OF_STAGE = re.compile(r"^(?:在)?(?:本|该|此)(?:阶段|期间)(?:内|结束前|末|底前|完成)?$")
#: The days in a heading of a stage: «二、集中整治（2025年3月至4月20日）».
STAGE_DAYS = re.compile(r"[(（]([^()（）]*\d+\s*[月年][^()（）]*)[)）]")


def in_their_stage(
    sheet: Sheet, kinds: Sequence[RowKind], rows: Sequence[Sequence[Any]],
    numbers: Sequence[int], columns: Sequence[Column],
) -> list[list[Any]]:  # fmt: skip
    """The rows, with the days of the stage over them where a deadline says no more than that."""
    place = next((c.index for c in columns if c.field and c.field.name == "due_on"), None)
    made = [list(row) for row in rows]
    if place is None:
        return made
    for row, number in zip(made, numbers, strict=True):
        if isinstance(row[place], str) and OF_STAGE.match(row[place].strip()):
            row[place] = _stage_over(sheet, kinds, number) or row[place]
    return made


def _stage_over(sheet: Sheet, kinds: Sequence[RowKind], number: int) -> str:
    for above in range(number - 1, -1, -1):
        if kinds[above] is RowKind.BAND:
            text = " ".join(str(cell) for cell in sheet.cells[above] if cell)
            days = STAGE_DAYS.search(text)
            return days.group(1) if days else ""
    return ""
