"""What is said once of every row of a plan's list: «责任单位栏空白的，均由甲局负责».

It stands below a table, on another sheet or in the text of a document, and speaks of all its lists.
A letter names once, in front of its list, the unit that answers for all of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.blanks import said_of_blanks
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import label_of
from analysis.ingest.measures.parts import number_in
from analysis.ingest.measures.segments import Said
from analysis.ledgers.labels import Role

#: The header stands within the first rows; a row of a list has so many filled cells.
HEADER_WITHIN, FEWEST_FILLED = 8, 2
#: A list of a plan is no larger; a ledger of thousands of rows need not be looked through.
MOST_ROWS, MOST_COLUMNS = 1_000, 60


#: A text that does not have one of these says nothing of what is left blank.
_SAYS = re.compile(
    r"空|[未没不除].{0,14}[填注标列写明规要指说]|^\s*(?:注|备注|附注|说明).*[其余剩]"
)
_COLUMNS = {
    Role.DUE: frozenset({Role.DUE}), Role.LEAD: frozenset({Role.LEAD}),
    Role.PERSON: frozenset({Role.PERSON, Role.LEADER}),
    Role.LEADER: frozenset({Role.PERSON, Role.LEADER}),
}  # fmt: skip


#: «见函第三条»: what the letter in front of a list says under that number.
_IN_LETTER = re.compile(
    r"(?:详?见|按照?|同)(?:本?函|本?通知书?|正文|本?交办单|本?督办单)(?:中)?(?:的)?第([一二三四五六七八九十]{1,3}|\d{1,2})(?:条|项|点|款)(?:要求|规定|执行)*"
)
#: «自发函之日起20日内»: counted from the day of the paper itself.
_FROM_LETTER = re.compile(
    r"(?:自|从)?(?:本?函?(?:发函|发文|行文|印发|下发|发出))之日起(?=\d{1,3}个?(?:工作日|日|天|周|月)(?:之|以)?内)"
)
_DAYS_IN_TEXT = re.compile(r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)")


def with_days_of_letter(
    sheets: Sequence[Sheet], lines: Sequence[str], issued_on: date | None
) -> list[Sheet]:
    """The sheets, their deadlines that point at the letter in front of them told in its words."""
    if not lines or len(lines) > MOST_ROWS or not all(map(_is_small, sheets)):
        return list(sheets)
    return [_told_by_letter(sheet, lines, issued_on) for sheet in sheets]


def _told_by_letter(sheet: Sheet, lines: Sequence[str], issued_on: date | None) -> Sheet:
    place = _column_of(sheet, frozenset({Role.DUE}))
    if place is None:
        return sheet
    header, column = place
    cells = [list(row) for row in sheet.cells]
    for row in cells[header + 1 :]:
        text = folded(str(row[column] or "")).strip(" 。;；")
        if match := _IN_LETTER.fullmatch(text):
            row[column] = _day_under(lines, match[1]) or row[column]
        elif issued_on and (match := _FROM_LETTER.match(text)):
            day = f"{issued_on.year}年{issued_on.month}月{issued_on.day}日"
            row[column] = f"自{day}起{text[match.end() :]}"
    return replace(sheet, cells=cells) if cells != sheet.cells else sheet


def _day_under(lines: Sequence[str], number: str) -> str:
    """The one day that a numbered paragraph of a letter names; empty where it names several."""
    for line in lines:
        mark = mark_at(line.strip()) if "\t" not in line else None
        if mark and mark.kind == "han" and str(mark.number) == number_in(number):
            days = _DAYS_IN_TEXT.findall(folded(line))
            return f"{days[0]}前" if len(days) == 1 else ""
    return ""


def with_blanks_filled(
    sheets: Sequence[Sheet], lines: Sequence[str], issued_on: date | None = None
) -> list[Sheet]:
    """The sheets, what their lists leave blank filled with what is said once of all blanks.

    ``issued_on`` is the day of the paper, from which «自发函之日起» counts.
    """
    if not all(map(_is_small, sheets)):
        return list(sheets)
    notes = (cell for sheet in sheets for row in sheet.cells for cell in dict.fromkeys(row))
    words = (text for text in (*lines, *notes) if isinstance(text, str) and _SAYS.search(text))
    said = Said()
    for text in words:
        said.update(said_of_blanks(text))
    made = with_days_of_letter(sheets, lines, issued_on)
    for role, value in said.texts.items():
        if role in _COLUMNS:
            made = [_filled(sheet, _COLUMNS[role], value) for sheet in made]
    return made


_REMARKS = re.compile("备注|说明")
_WHOLE_DAY = re.compile(
    r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)?前?(?:完成)?|年底前?|长期坚持|立行立改"
)


def with_days_of_remarks(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, a column of remarks that are all deadlines as that of deadlines, where a list
    of measures has no other.
    """
    return [_with_days(sheet) if _is_small(sheet) else sheet for sheet in sheets]


def _with_days(sheet: Sheet) -> Sheet:
    for number, row in enumerate(sheet.filled[:HEADER_WITHIN]):
        roles = {_role(cell) for cell in row}
        column = next(
            (n for n, c in enumerate(row) if _REMARKS.fullmatch(str(c or "").strip())), -1
        )
        if column < 0 or Role.DUE in roles or not roles & {Role.MEASURE, Role.DETAIL}:
            continue
        said = [str(each[column]).strip() for each in sheet.filled[number + 1 :] if each[column]]
        if len(said) < FEWEST_FILLED or not all(map(_WHOLE_DAY.fullmatch, said)):
            return sheet
        cells = [list(each) for each in sheet.cells]
        cells[number][column] = "完成时限"
        return replace(sheet, cells=cells)
    return sheet


#: «此项由县消防救援大队牵头»: a remark that says who leads its row alone.
_LEADS_ROW = re.compile(
    r"(?:此|本|该)(?:项|条|任务|措施)+(?:任务|工作|措施)?由([^,，。;；]{2,30}?)(?:牵头|负责|主责)[^,，。;；]{0,4}[。;；]?"
)


def with_leads_of_remarks(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, whoever a remark says that leads a row in the column of units, made where a list
    of measures has none.
    """
    return [_with_leads(sheet) if _is_small(sheet) else sheet for sheet in sheets]


def _with_leads(sheet: Sheet) -> Sheet:
    for number, row in enumerate(sheet.filled[:HEADER_WITHIN]):
        roles = [_role(cell) for cell in row]
        remarks = [n for n, c in enumerate(row) if _REMARKS.fullmatch(str(c or "").strip())]
        if not remarks or not {Role.MEASURE, Role.DETAIL} & set(roles):
            continue
        said = {
            n: match[1]
            for n, each in enumerate(sheet.cells)
            if n > number and (match := _LEADS_ROW.fullmatch(str(each[remarks[0]] or "").strip()))
        }
        if not said:
            return sheet
        return _with_units(
            sheet, number, roles.index(Role.LEAD) if Role.LEAD in roles else -1, said
        )
    return sheet


def _with_units(sheet: Sheet, header: int, column: int, said: Mapping[int, str]) -> Sheet:
    """A sheet with units in some rows of a column, a new one where it is -1."""
    width = len(sheet.cells[0])
    is_new = column < 0
    cells = [[*row, ""] if is_new else list(row) for row in sheet.cells]
    column = width if is_new else column
    if is_new:
        cells[header][column] = "牵头单位"
    merged = {n for top, left, bottom, right in sheet.merged if left <= column <= right
              for n in range(top, bottom + 1)}  # fmt: skip
    for n in said.keys() - merged:
        cells[n][column] = said[n]
    joined = sheet.joined_from or (width if is_new else None)
    return replace(sheet, cells=cells, joined_from=joined)


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


def _filled(sheet: Sheet, roles: frozenset[Role], value: str) -> Sheet:
    place = _column_of(sheet, roles)
    if place is None:
        return sheet
    header, column = place
    done = _column_of(sheet, frozenset({Role.MEASURE, Role.DETAIL}))
    cells = [list(row) for row in sheet.cells]
    for number in range(header + 1, len(cells)):
        row = sheet.filled[number]
        is_own = _is_row(cells[number]) and (done is None or bool(row[done[1]]))
        if is_own and not row[column]:
            cells[number][column] = value
    return replace(sheet, cells=cells)


def _column_of(sheet: Sheet, wanted: frozenset[Role]) -> tuple[int, int] | None:
    """The last row of the header of a list with who answers and by when, and the column of a
    role.
    """
    for number, row in enumerate(sheet.filled[:HEADER_WITHIN]):
        roles = [_role(cell) for cell in row]
        column = next((n for n, role in enumerate(roles) if role in wanted), None)
        if column is not None and (_LISTED - wanted) & set(roles):
            below = sheet.filled[number + 1 : number + 2]
            is_high = bool(below) and below[0][column] == row[column]
            return number + is_high, column
    return None


#: A list of a plan has a column of one of these beside any other.
_LISTED = frozenset({Role.LEAD, Role.MEASURE, Role.DETAIL, Role.PERSON, Role.DUE})


def _role(cell: Any) -> Role | None:
    label = label_of(str(cell)) if cell and len(str(cell)) < 20 else None
    return label.role if label else None
