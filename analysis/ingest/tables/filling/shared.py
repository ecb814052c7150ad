"""Deadlines that a table states once over several measures: a measure's own day is nearer."""

import re
from collections.abc import Sequence
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.folding import folded

#: «措施中另有时限的从其时限», «措施内已注明时限的以措施为准».
_OWN_FIRST = re.compile(
    r"(?:措施|任务|具体工作|内容)(?:栏|中|内|里|本身|文字)*(?:单独|另外|已经|另|已)?(?:有|行|注明|写明|明确|载明|规定|标明|列明)+"
    r"(?:具体|明确|单独)?(?:的)?(?:完成|整改)?(?:时限|期限|时间|日期)(?:要求)?的?[,，、]?"
    r"(?:应|则|均|一律)?(?:从其|按其|以其|依其|从措施|按措施|以措施|按所注|按所列|按写明|以写明|以所)"
)
#: No note is looked for in longer texts or larger tables.
_LONGEST, _MOST_ROWS = 200, 1_000


def share_deadline(sheet: Sheet, columns: Sequence[Column], numbers: Sequence[int]) -> list[bool]:
    """For each row of data whether its deadline is told once for several rows, or of all whose
    measures name no day themselves.
    """
    due = next((c.index for c in columns if c.field and c.field.name == "due_on"), None)
    if due is None or not numbers or len(sheet.cells) > _MOST_ROWS:
        return [False] * len(numbers)
    if any(_OWN_FIRST.search(text) for text in _notes(sheet)):
        return [True] * len(numbers)
    of_place = _of_place(sheet, columns, due)
    firsts = [of_place.get(number, number) for number in numbers]
    rows_of: dict[int, set[int]] = {}
    for number, first in zip(numbers, firsts, strict=True):
        rows_of.setdefault(first, set()).add(number)
    return [len(rows_of[first]) > 1 for first in firsts]


def _notes(sheet: Sheet) -> list[str]:
    cells = (cell for row in sheet.cells for cell in row if isinstance(cell, str))
    texts = [text for text in (*cells, sheet.above, sheet.heading) if len(text) <= _LONGEST]
    return [folded(text) for text in texts if "限" in text or "期" in text or "时间" in text]


def _of_place(sheet: Sheet, columns: Sequence[Column], due: int) -> dict[int, int]:
    """Row → the row in which its deadline is told, where it is told in one above."""
    if sheet.joined_from is not None and due >= sheet.joined_from:
        numbered = next((c.index for c in columns if c.is_sequence), None)
        return {} if numbered is None else _below(sheet.cells, numbered)
    return {
        row: top
        for top, left, bottom, right in sheet.merged
        if left <= due <= right
        for row in range(top, bottom + 1)
    }


def _below(cells: Sequence[Sequence[Any]], column: int) -> dict[int, int]:
    """Row → the last one with a number, in a list whose numbers stand once over several rows."""
    found: dict[int, int] = {}
    first = 0
    for number, row in enumerate(cells):
        first = number if row[column] not in {None, ""} else first
        found[number] = first
    return found
