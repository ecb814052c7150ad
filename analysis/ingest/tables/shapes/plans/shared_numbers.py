"""Lists that share their numbers (问题清单, 任务清单, 责任清单) → one list of measures.

Each says a part of the same numbered matters: what is wrong, what is done, who answers. The list
of measures is widened by what the others say of its numbers; its rows keep their places.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.measures.folding import folded, without_blanks
from analysis.ingest.measures.labels import label_of
from analysis.ledgers.labels import Role

#: The header stands within the first rows.
HEADER_WITHIN = 8
NUMBERS = re.compile(
    r"^(?:问题|任务|措施|清单|对应|整改)?(?:问题)?(?:序号|编号|序|项次|号)$|^(?:对应|所属)(?:问题|任务|措施)$"
)
#: No list has more numbers between two than this.
LONGEST_SPAN = 200
#: How a list of a plan is called.
LISTED = re.compile("清单|一览|台账|分解表|责任表")
#: What says what is done; any other list says something of it.
_MEASURES = frozenset({Role.MEASURE, Role.DETAIL})
#: A list with all of these is a ledger by itself.
_WHOLE = frozenset({Role.PROBLEM, Role.LEAD, Role.DUE})


@dataclass(frozen=True, slots=True)
class _List:
    """One list: its sheet, its header row, its column of numbers, roles by column, rows by key."""

    sheet: Sheet
    header: int
    key: int
    roles: dict[int, Role]
    rows: dict[str, int]


def joined_by_numbers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, a list of measures widened by the lists that share its numbers."""
    if len(sheets) < 2:
        return list(sheets)  # which most files have, and each would be looked through for nothing
    lists = [_read(sheet) for sheet in sheets]
    found = list(sheets)
    for n, mains in enumerate(lists):
        if not any(_MEASURES & set(each.roles.values()) for each in mains) or found[n].joined_to:
            continue
        others: dict[int, tuple[_List, _List]] = {}
        for place, parts in enumerate(lists):
            if place == n or found[place].joined_to:
                continue
            pairs = ((main, part) for main in mains for part in parts if _is_part(main, part))
            if pair := next(pairs, None):
                others[place] = pair
        if not others:
            continue
        found[n] = _widened(list(others.values()))
        for place in others:
            found[place] = replace(found[place], joined_to=sheets[n].name)
    return found


def _read(sheet: Sheet) -> list[_List]:
    """A sheet as a list with numbers, once for each column of them: 序号, 任务编号."""
    grid = sheet.filled
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        words = [without_blanks(folded(str(cell or ""))) for cell in row]
        keys = [n for n, word in enumerate(words) if NUMBERS.match(word)]
        roles = {
            n: label.role for n, word in enumerate(words)
            if n not in keys and word and (label := label_of(word))
        }  # fmt: skip
        if not keys or not roles:
            continue
        titles = " ".join([sheet.name, sheet.above, sheet.heading, *_titles(grid[:number])])
        if not LISTED.search(titles):
            return []
        lists = [_List(sheet, number, key, roles, _rows(grid, number, key)) for key in keys]
        return [each for each in lists if len(each.rows) > 1]
    return []


def _rows(grid: Grid, header: int, key: int) -> dict[str, int]:
    """The first row of each number."""
    rows: dict[str, int] = {}
    for below in range(header + 1, len(grid)):
        for name in _keys(grid[below][key]):
            rows.setdefault(name, below)
    return rows


def _keys(cell: Any) -> list[str]:
    """The numbers of a cell: one, several («4-1、4-2»), or those between two («2-1至2-3»)."""
    names: list[str] = []
    for piece in re.split(r"[、,，;；\s]+", folded(str(cell if cell is not None else ""))):
        first, *last = map(_key, re.split(r"至|到|~|—", piece))
        (above, start), (same, end) = (
            _parts(each) for each in (first, last[-1] if last else first)
        )
        if last and above == same and start and end and 0 < int(end) - int(start) < LONGEST_SPAN:
            names += [f"{above}{n}" for n in range(int(start), int(end) + 1)]
        elif first:
            names.append(first)
    return names


def _parts(name: str) -> tuple[str, str]:
    """«2-3» as what stands before its last number, and that number."""
    match = re.fullmatch(r"(.*?)(\d*)", name)
    return (match[1], match[2]) if match else (name, "")


def _titles(rows: Grid) -> list[str]:
    return [str(cell) for row in rows for cell in row if cell]


def _key(cell: Any) -> str:
    text = without_blanks(folded(str(cell if cell is not None else ""))).removesuffix(".0")
    return (
        text
        if re.fullmatch(r"[\w-]{1,8}", text) and re.search(r"\d|[一二三四五六七八九十]", text)
        else ""
    )


def _is_part(main: _List, other: _List) -> bool:
    """Whether another list says something of the numbers of a list of measures."""
    roles = set(other.roles.values())
    new = roles - set(main.roles.values())
    mine = {_top(name, other.rows) for name in main.rows}
    return (
        bool(new)
        and not roles & _MEASURES
        and not roles >= _WHOLE
        and mine <= set(other.rows)
        and len(set(other.rows) - mine) <= len(mine) // 4
    )


def _top(name: str, known: dict[str, int]) -> str:
    """The number of a matter: 3 of 3-1 where the other list numbers matters alone."""
    return name if name in known else re.split(r"[-.]", name)[0]


def _widened(pairs: Sequence[tuple[_List, _List]]) -> Sheet:
    """A list of measures with the columns of its parts, each joined by a column of numbers."""
    first = pairs[0][0]
    sheet = first.sheet
    cells = [list(row) for row in sheet.cells]
    width = len(cells[0]) if cells else 0
    taken = set(first.roles.values())
    for main, other in pairs:
        columns = [n for n, role in other.roles.items() if role not in taken]
        measures = [n for n, role in main.roles.items() if role in _MEASURES]
        taken |= {other.roles[n] for n in columns}
        grid = other.sheet.filled
        name = ""
        for row_number, row in enumerate(cells):
            own = _key(sheet.filled[row_number][main.key])
            # A number stands once over the measures of one matter; what has no measure is none's.
            name = own or (name if any(row[n] for n in measures) else "")
            at = other.rows.get(_top(name, other.rows)) if row_number > main.header else None
            for n in columns:
                if row_number == main.header:
                    row.append(grid[other.header][n])
                else:
                    row.append(grid[at][n] if at is not None else "")
    return replace(sheet, cells=cells, joined_from=width)
