"""A column for each unit, with signs for who leads and who supports → two columns of units.

«责任单位（▲牵头 △配合）» over 县公安局 | 县教育局: each row says by its signs who has what part.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.ingest.files.sheets import SIGNS, Sheet, rows_with
from analysis.ingest.tables.rows import folded
from analysis.wording.units import is_whole

#: What a sign means, as the header or a note says.
LEGEND = re.compile(
    rf"([{SIGNS}])\s*(?:[:：为是—-]|表示|代表|即)*\s*(牵头|主责|主办|责任|配合|协办|协助|参与)"
)
LEADS = frozenset({"牵头", "主责", "主办", "责任"})
#: The names of the units stand within the first rows; so many columns of them make such a list.
WITHIN, FEWEST = 8, 2
LEAD, SUPPORT = "牵头单位", "配合单位"


def with_units(sheet: Sheet) -> Sheet:
    """The sheet with one column of leading and one of supporting units; else as it is."""
    meaning = _legend(sheet)
    if not meaning or not set(meaning.values()) & LEADS:
        return sheet
    for number in range(min(WITHIN, len(sheet.cells))):
        columns = _columns(sheet, number, set(meaning))
        if len(columns) >= FEWEST:
            return _as_two(sheet, number, columns, meaning)
    return sheet


def _legend(sheet: Sheet) -> dict[str, str]:
    """Sign → what it means, as any cell or line of the sheet says."""
    marked = (row for _, row in rows_with("sign", sheet))
    texts = [sheet.above, *(str(cell) for row in marked for cell in row if cell)]
    found: dict[str, str] = {}
    for sign, word in (pair for text in texts for pair in LEGEND.findall(text)):
        found.setdefault(sign, word)
    return found


def _columns(sheet: Sheet, header: int, signs: set[str]) -> list[int]:
    """The columns next to each other that a unit heads and that hold nothing but signs."""
    below = sheet.cells[header + 1 :]
    found = [
        n
        for n, cell in enumerate(sheet.cells[header])
        if is_whole(folded(cell)) and _holds_signs([row[n] for row in below], signs)
    ]
    is_run = all(after - before == 1 for before, after in pairwise(found))
    return found if is_run else []


def _holds_signs(cells: Sequence[object], signs: set[str]) -> bool:
    said = [text for cell in cells if (text := folded(cell))]
    marks = [text for text in said if text in signs]
    return bool(marks) or not said


def _as_two(sheet: Sheet, header: int, columns: list[int], meaning: dict[str, str]) -> Sheet:
    names = {n: folded(sheet.cells[header][n]) for n in columns}
    first, second = columns[:2]
    top = _top(sheet, header, columns)
    cells = [list(row) for row in sheet.cells]
    for number in range(top, len(cells)):
        row = cells[number]
        signs = {n: folded(row[n]) for n in columns if folded(row[n]) in meaning}
        if number > header and not signs and any(row[n] for n in columns):
            continue  # a note below the list
        for n in columns:
            row[n] = ""
        if number == top:
            row[first], row[second] = LEAD, SUPPORT
        elif number > header:
            leads = [names[n] for n, sign in signs.items() if meaning[sign] in LEADS]
            others = [names[n] for n, sign in signs.items() if meaning[sign] not in LEADS]
            row[first], row[second] = "、".join(leads), "、".join(others)
    merged = [each for each in sheet.merged if not _is_over(each, columns, top)]
    return replace(sheet, cells=cells, merged=merged)


def _top(sheet: Sheet, header: int, columns: Sequence[int]) -> int:
    """The row of the header that stands over the units, where one cell spans them."""
    spans = [
        top
        for top, left, bottom, right in sheet.merged
        if bottom < header and left == columns[0] and right == columns[-1] and bottom == header - 1
    ]
    return spans[0] if spans else header


def _is_over(merged: tuple[int, int, int, int], columns: Sequence[int], first: int) -> bool:
    top, left, _, right = merged
    return top >= first and left >= columns[0] and right <= columns[-1]
