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
NUMBERS = re.compile(r"^(?:问题|任务|措施|清单|对应|整改)?(?:问题)?(?:序号|编号|序|项次|号)$")
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
    lists = [_read(sheet) for sheet in sheets]
    found = list(sheets)
    for n, main in enumerate(lists):
        if main is None or not _MEASURES & set(main.roles.values()) or found[n].joined_to:
            continue
        others = [
            (place, each) for place, each in enumerate(lists)
            if each and place != n and not found[place].joined_to and _is_part(main, each)
        ]  # fmt: skip
        if not others:
            continue
        found[n] = _widened(main, [each for _, each in others])
        for place, _ in others:
            found[place] = replace(found[place], joined_to=main.sheet.name)
    return found


def _read(sheet: Sheet) -> _List | None:
    """A sheet as a list with numbers; None where it is none."""
    grid = sheet.filled
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        words = [without_blanks(folded(str(cell or ""))) for cell in row]
        key = next((n for n, word in enumerate(words) if NUMBERS.match(word)), None)
        roles = {
            n: label.role for n, word in enumerate(words)
            if n != key and word and (label := label_of(word))
        }  # fmt: skip
        if key is None or not roles:
            continue
        titles = " ".join([sheet.name, sheet.above, sheet.heading, *_titles(grid[:number])])
        rows: dict[str, int] = {}
        for below in range(number + 1, len(grid)):
            name = _key(grid[below][key])
            if name and name not in rows:
                rows[name] = below
        if not LISTED.search(titles) or len(rows) < 2:
            return None
        return _List(sheet, number, key, roles, rows)
    return None


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


def _widened(main: _List, others: Sequence[_List]) -> Sheet:
    sheet = main.sheet
    cells = [list(row) for row in sheet.cells]
    width = len(cells[0]) if cells else 0
    taken = set(main.roles.values())
    for other in others:
        columns = [n for n, role in other.roles.items() if role not in taken]
        taken |= {other.roles[n] for n in columns}
        grid = other.sheet.filled
        for row_number, row in enumerate(cells):
            name = _key(sheet.filled[row_number][main.key])
            at = other.rows.get(_top(name, other.rows)) if row_number > main.header else None
            for n in columns:
                if row_number == main.header:
                    row.append(grid[other.header][n])
                else:
                    row.append(grid[at][n] if at is not None else "")
    return replace(sheet, cells=cells, joined_from=width)
