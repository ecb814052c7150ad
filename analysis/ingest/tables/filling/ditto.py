"""A cell or value that says what another says and points there: «同上», 〃, «见措施2»."""

import re
from collections.abc import Sequence
from typing import Any

from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.parts import number_in

#: What the row above says.
ABOVE = "上"
_ABOVE = re.compile(
    r"(?:同上|同前|见上|见前|同前款|同上款)(?:一?[行栏格条项]|述|所述|面)?|[〃″]+|\"\"|'"
)
_NUMBER = r"[(]?(\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[)]?"
#: What is pointed at by its number, in words that say no more.
_NUMBERED = re.compile(
    rf"(?:详?见|参[照见]|按照?|同|与)(?:上述|前述|上面|前面)?(?:第|序号|编号|整改|措施|问题|隐患|任务|清单)*{_NUMBER}"
    r"(?:号|项|条|行|栏)?(?:整改)?(?:措施|问题|隐患|任务|内容)?(?:相同|一致|执行|落实|办理)?"
)
#: What one begins with.
_BEGINS = frozenset("同见详参按与〃″′\"'＂＇")
#: The columns in which a row may have its number.
_FIRST = 2
_NAMED = re.compile(rf"\s*(?:整改)?(?:措施|任务){_NUMBER}\s*[:.、]?")


def points_at(text: str) -> str:
    """``ABOVE``, or the number that a value points at; empty where it says something itself."""
    plain = re.sub(r"\s", "", folded(text)).strip("。;；,，")
    if _ABOVE.fullmatch(plain):
        return ABOVE
    match = _NUMBERED.fullmatch(plain)
    return number_in(match[1]) if match else ""


def without_ditto(rows: Sequence[list[Any]]) -> list[list[Any]]:
    """The rows of a table, what another cell says in the place of one that points at it."""
    pointing = _pointing(rows)
    if not pointing:
        return list(rows)
    made: list[list[Any]] = []
    for row in rows:
        places = {n: told[row[n]] for n, told in pointing.items() if row[n] in told}
        if places:
            row = list(row)
            for n, place in places.items():
                row[n] = _said(made, rows, n, place) or row[n]
        made.append(row)
    return made


def _pointing(rows: Sequence[list[Any]]) -> dict[int, dict[Any, str]]:
    """By column the texts that point at something, and where; each text is read once."""
    columns = ({row[n] for row in rows} for n in range(len(rows[0]) if rows else 0))
    found = {
        n: {
            cell: place
            for cell in cells
            if isinstance(cell, str) and cell.lstrip()[:1] in _BEGINS and (place := points_at(cell))
        }
        for n, cells in enumerate(columns)
    }
    return {n: told for n, told in found.items() if told}


def _said(above: Sequence[list[Any]], rows: Sequence[list[Any]], column: int, place: str) -> Any:
    """What stands where a cell of a column points; above it, or in the row of a number."""
    if place == ABOVE:
        return above[-1][column] if above else None
    cells = [row[column] for row in (*above, *rows[len(above) :]) if isinstance(row[column], str)]
    named = (
        cell
        for cell in cells
        if (match := _NAMED.match(folded(cell))) and number_in(match[1]) == place
    )
    if found := next(named, None):
        return found
    numbered = (
        row
        for row in (*above, *rows[len(above) :])
        if any(number_in(str(cell)) == place for cell in row[:_FIRST] if cell not in {"", None})
    )
    cell = next((row[column] for row in numbered), None)
    if isinstance(cell, str) and points_at(cell):
        return None  # it points on, or at itself
    if cell is None:
        listed = (cell for cell in cells if (mark := mark_at(cell)) and str(mark.number) == place)
        return next(listed, None)
    return cell
