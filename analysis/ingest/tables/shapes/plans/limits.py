"""«责任清单未填完成时限的，统一为12月20日前»: one deadline for every row that names none.

It stands below a table, on another sheet or in the text of a document, and speaks of all its lists.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet, texts_of
from analysis.ingest.measures.labels import label_of
from analysis.ledgers.labels import Role

_OF_THE_REST = re.compile(
    r"(?:未|没有)(?:填写|填|注明|标明|明确|列明|写明|写)[^。；;,，]{0,8}(?:时限|期限|时间)[^。；;,，]{0,4}[,，]?"
    r"(?:统一|均|一律|都)?(?:为|按|于|是)((?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)前?)"
)
#: The header stands within the first rows; a row of a list has so many filled cells.
HEADER_WITHIN, FEWEST_FILLED = 8, 2
#: A list of a plan is no larger; a ledger of thousands of rows need not be looked through.
MOST_ROWS, MOST_COLUMNS = 1_000, 60


def with_common_limit(sheets: Sequence[Sheet], lines: Sequence[str]) -> list[Sheet]:
    """The sheets, the blank deadlines of their lists filled with the one that holds for all."""
    if not all(map(_is_small, sheets)):
        return list(sheets)
    saying = [sheet for sheet in sheets if _OF_THE_REST.search(texts_of(sheet.cells))]
    notes = (cell for sheet in saying for row in sheet.cells for cell in row)
    found = (_OF_THE_REST.search(text) for text in (*lines, *notes) if isinstance(text, str))
    said = next(filter(None, found), None)
    return [_filled(sheet, said.group(1)) for sheet in sheets] if said else list(sheets)


def _is_small(sheet: Sheet) -> bool:
    width = len(sheet.cells[0]) if sheet.cells else 0
    return len(sheet.cells) <= MOST_ROWS and width <= MOST_COLUMNS


def _filled(sheet: Sheet, due: str) -> Sheet:
    place = _due_column(sheet)
    if place is None:
        return sheet
    header, column = place
    cells = [list(row) for row in sheet.cells]
    for number in range(header + 1, len(cells)):
        is_row = sum(bool(cell) for cell in cells[number]) >= FEWEST_FILLED
        if is_row and not sheet.filled[number][column]:
            cells[number][column] = due
    return replace(sheet, cells=cells)


def _due_column(sheet: Sheet) -> tuple[int, int] | None:
    """The last row of the header of a list with who answers and by when, and its deadlines."""
    for number, row in enumerate(sheet.filled[:HEADER_WITHIN]):
        roles = [_role(cell) for cell in row]
        if Role.DUE in roles and {Role.LEAD, Role.MEASURE, Role.DETAIL, Role.PERSON} & set(roles):
            column = roles.index(Role.DUE)
            below = sheet.filled[number + 1 : number + 2]
            is_high = bool(below) and below[0][column] == row[column]
            return number + is_high, column
    return None


def _role(cell: Any) -> Role | None:
    label = label_of(str(cell)) if cell and len(str(cell)) < 20 else None
    return label.role if label else None
