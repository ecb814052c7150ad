"""What is said once of every row of a plan's list: «责任清单未填完成时限的，统一为12月20日前».

It stands below a table, on another sheet or in the text of a document, and speaks of all its lists.
A letter names once, in front of its list, the unit that answers for all of it.
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
_PERIOD = (
    r"(?:(?:自|从|在)?(?:收到|接到|接|签收|送达|本|通知)[^,，。;；]{0,14}?(?:之日起|起|后)[,，]?)?"
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作)?(?:日|天|月)(?:之|以)?内"
)
#: «除表中另行注明期限外，均应自收到本通知书之日起30个工作日内整改完毕».
_BUT_FOR_OTHERS = re.compile(
    r"除[^。；;,，]{0,12}(?:注明|标明|明确|规定|列明|写明|要求)[^。；;,，]{0,10}外[,，]?"
    r"(?:其余|其他|其它|余下)?[^。；;,，\d]{0,8}?(?:均|一律|都|应|须|限|统一|于|在)[^。；;,，\d收接自]{0,6}"
    rf"({_PERIOD}|(?:20\d{{2}}年)?\d{{1,2}}月(?:\d{{1,2}}日|底)前?)"
)
#: The header stands within the first rows; a row of a list has so many filled cells.
HEADER_WITHIN, FEWEST_FILLED = 8, 2
#: A list of a plan is no larger; a ledger of thousands of rows need not be looked through.
MOST_ROWS, MOST_COLUMNS = 1_000, 60


def with_common_limit(sheets: Sequence[Sheet], lines: Sequence[str]) -> list[Sheet]:
    """The sheets, the blank deadlines of their lists filled with the one that holds for all."""
    if not all(map(_is_small, sheets)):
        return list(sheets)
    forms = (_OF_THE_REST, _BUT_FOR_OTHERS)
    texts = ((sheet, texts_of(sheet.cells)) for sheet in sheets)
    saying = [sheet for sheet, text in texts if any(form.search(text) for form in forms)]
    notes = (cell for sheet in saying for row in sheet.cells for cell in row)
    words = (text for text in (*lines, *notes) if isinstance(text, str))
    found = (form.search(text) for text in words for form in forms)
    said = next(filter(None, found), None)
    return [_filled(sheet, said.group(1)) for sheet in sheets] if said else list(sheets)


def said_of_all(sheets: Sequence[Sheet], unit: str, due: str) -> list[Sheet]:
    """The sheets, their lists widened by the unit that answers for all of them, and by the day,
    where they have no column of these.
    """
    if not (unit or due) or not all(map(_is_small, sheets)):
        return list(sheets)
    made = [_widened(sheet, "责任单位", unit, _UNITS) if unit else sheet for sheet in sheets]
    return [_widened(sheet, "完成时限", due, _DAYS) if due else sheet for sheet in made]


_UNITS, _DAYS = frozenset({Role.LEAD, Role.SUPPORT}), frozenset({Role.DUE})
#: A list of measures has one of these beside them.
_BESIDE = frozenset({Role.PERSON, Role.DUE, Role.PROBLEM, Role.LEAD})


def _widened(sheet: Sheet, header: str, value: str, own: frozenset[Role]) -> Sheet:
    for number, row in enumerate(sheet.filled[:HEADER_WITHIN]):
        roles = {_role(cell) for cell in row}
        if not roles & {Role.MEASURE, Role.DETAIL} or not roles & _BESIDE or len(row) < 3:
            continue
        if roles & own:
            return sheet
        cells = [
            [*each, header if n == number else value if _is_row(each) and n > number else ""]
            for n, each in enumerate(sheet.cells)
        ]
        return replace(sheet, cells=cells, joined_from=sheet.joined_from or len(row))
    return sheet


def _is_row(cells: Sequence[Any]) -> bool:
    return sum(bool(cell) for cell in cells) >= FEWEST_FILLED


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
        if _is_row(cells[number]) and not sheet.filled[number][column]:
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
