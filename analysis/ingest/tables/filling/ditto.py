"""A cell or value that says what another says and points there: «同上», 〃, «见措施2»."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.parts import number_in

#: What the row above says.
ABOVE = "上"
_ABOVE = re.compile(
    r"(?:同上|同前|见上|见前|同前款|同上款)(?:一?[行栏格条项]|述|所述|面)?|"
    r"[同见与和]?(?:前|上)一?(?:行|栏|条|项)(?:措施|任务|问题)?(?:相同|一致)?|[〃″]+|\"\"|'"
)
_NUMBER = r"[(]?(\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[)]?"
#: What is pointed at by its number, in words that say no more; which numbers are meant, first.
_NUMBERED = re.compile(
    rf"(?:详?见|参[照见]|按照?|同|与)(?:上述|前述|上面|前面)?((?:第|序号|编号|整改|措施|问题|隐患|任务|事项|清单)*){_NUMBER}"
    r"(?:号|项|条|行|栏)?((?:整改)?(?:措施|问题|隐患|任务|内容)?)(?:相同|一致|执行|落实|办理)?"
)
#: What one begins with.
_BEGINS = frozenset("同见详参按与前上〃″′\"'＂＇")
#: The columns in which a row may have its number, where no header says so.
_FIRST = 2
_NUMBERS = re.compile(r"序号|编号|^序$|^号$|项次")
_NAMED = re.compile(rf"\s*(?:整改)?(?:措施|任务){_NUMBER}\s*[:.、]?")
_CLASSES = ("措施", "任务", "问题", "隐患", "事项")


def points_at(text: str) -> str:
    """``ABOVE``, or the number that a value points at; empty where it says something itself."""
    return _pointer(text)[1]


def _pointer(text: str) -> tuple[str, str]:
    """Which numbers a value speaks of, those of measures or of problems, and the one it means."""
    plain = re.sub(r"\s", "", folded(text)).strip("。;；,，")
    if _ABOVE.fullmatch(plain):
        return "", ABOVE
    match = _NUMBERED.fullmatch(plain)
    if match is None:
        return "", ""
    said = match[1] + match[3]
    return next((each for each in _CLASSES if each in said), ""), number_in(match[2])


def without_ditto(
    rows: Sequence[list[Any]], headers: Mapping[int, str] | None = None
) -> list[list[Any]]:
    """The rows of a table, what another cell says in the place of one that points at it.

    ``headers`` tell by column which ones hold numbers, and of what.
    """
    pointing = _pointing(rows)
    if not pointing:
        return list(rows)
    made: list[list[Any]] = []
    for row in rows:
        places = {n: told[row[n]] for n, told in pointing.items() if row[n] in told}
        if places:
            row = list(row)
            for n, (kind, number) in places.items():
                columns = _numbered(kind, headers or {}, len(row))
                row[n] = _said(made, rows, n, number, columns) or row[n]
        made.append(row)
    return made


def repeats(row: Sequence[Any], tracked: int, fields: Iterable[int]) -> bool:
    """Whether a row only points at another for what is done, and for who and when as well.

    It lays down nothing of its own: the measure is the one that it points at.
    """
    is_pointing = isinstance(row[tracked], str) and bool(points_at(row[tracked]))
    return is_pointing and all(
        cell in {None, ""} or (isinstance(cell, str) and bool(points_at(cell)))
        for cell in (row[n] for n in fields)
    )


def _pointing(rows: Sequence[Sequence[Any]]) -> dict[int, dict[Any, tuple[str, str]]]:
    """By column the texts that point at something, and where; each text is read once."""
    columns = ({row[n] for row in rows} for n in range(len(rows[0]) if rows else 0))
    found = {
        n: {
            cell: place
            for cell in cells
            if isinstance(cell, str)
            and cell.lstrip()[:1] in _BEGINS
            and (place := _pointer(cell))[1]
        }
        for n, cells in enumerate(columns)
    }
    return {n: told for n, told in found.items() if told}


def _numbered(kind: str, headers: Mapping[int, str], width: int) -> list[int]:
    """The columns of numbers that a value may mean, the likeliest first.

    «见措施2» means the numbers of measures where both measures and problems have theirs.
    """
    columns = [n for n, header in headers.items() if _NUMBERS.search(header)]
    if not columns:
        return list(range(min(_FIRST, width)))
    own = [n for n in columns if kind and kind in headers[n]]
    inner = [*reversed(columns)] if kind in {"措施", "任务"} else columns
    return list(dict.fromkeys([*own, *inner]))


def _said(
    above: Sequence[list[Any]], rows: Sequence[Sequence[Any]], column: int, place: str,
    numbers: Sequence[int],
) -> Any:  # fmt: skip
    """What stands where a cell of a column points; above it, or in the row of a number."""
    if place == ABOVE:
        return above[-1][column] if above else None
    below = rows[len(above) + 1 :]
    cells = [row[column] for row in (*above, *below) if isinstance(row[column], str)]
    named = (
        cell
        for cell in cells
        if (match := _NAMED.match(folded(cell))) and number_in(match[1]) == place
    )
    if found := next(named, None):
        return found
    # Numbers that begin again below each problem are those of the nearest row above.
    in_turn = [*reversed(above), *below]
    numbered = (row for n in numbers for row in in_turn if place in _keys(row[n]))
    cell = next((row[column] for row in numbered), None)
    if isinstance(cell, str) and points_at(cell):
        return None  # it points on, or at itself
    if cell is None:
        listed = (cell for cell in cells if (mark := mark_at(cell)) and str(mark.number) == place)
        return next(listed, None)
    return cell


def _keys(cell: Any) -> list[str]:
    """The numbers that a cell of numbers has: 2 of 2.0, 5 and 6 of «5、6»."""
    if cell in {"", None}:
        return []
    parts = re.split(r"[、,，;；\s]+", folded(str(cell)).strip().removesuffix(".0"))
    return [number_in(part) for part in parts if part]
