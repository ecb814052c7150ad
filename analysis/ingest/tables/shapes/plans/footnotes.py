"""What signs behind the cells of a list say by its notes: «*6月底前完成；**由甲局负责».

A sign that stands at the end of a cell and at the head of a note gives its row the day, the unit
or the person that the note names, where the row leaves it blank.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.labels import label_of
from analysis.ingest.measures.responsibility import sentence
from analysis.ingest.measures.segments import Said
from analysis.ledgers.labels import Role

_SIGN = r"(?:[*＊]{1,3}|[※★▲△☆◆◇#＃]{1,3}|[¹²³])"
_NOTE = re.compile(rf"(?<![^\s。；;：:，,、])({_SIGN})(?!\s*$)[:：]?\s*([^*＊※★▲△☆◆◇#＃¹²³]+)")
_MARKED = re.compile(rf"^(.*[^*＊※★▲△☆◆◇#＃¹²³\s])\s*({_SIGN})$", re.DOTALL)
#: How a column is headed that a note alone fills.
_HEADERS = {Role.DUE: "完成时限", Role.LEAD: "责任单位", Role.PERSON: "责任人"}
#: The header stands within the first rows; a ledger of thousands of rows is no plan's list.
HEADER_WITHIN, MOST_ROWS = 8, 1_000


def with_footnotes(sheets: Sequence[Sheet], lines: Sequence[str]) -> list[Sheet]:
    """The sheets, each row with a sign told what the note of that sign says."""
    return [_told(sheet, lines) if _is_marked(sheet) else sheet for sheet in sheets]


def _is_marked(sheet: Sheet) -> bool:
    if len(sheet.cells) > MOST_ROWS:
        return False
    return any(isinstance(c, str) and _MARKED.match(c) for row in sheet.cells for c in row)


def _told(sheet: Sheet, lines: Sequence[str]) -> Sheet:
    notes: dict[str, Said] = {}
    cells = (cell for row in sheet.cells for cell in row if isinstance(cell, str))
    for text in (*lines, *cells):
        for sign, said in _notes_in(text):
            notes.setdefault(sign, said)
    header = _header(sheet.filled)
    if header is None or not notes:
        return sheet
    made = [_without_sign(row, notes) for row in sheet.cells]
    signs = [_sign_of(row, notes) for row in sheet.filled]
    told = {role for said in notes.values() for role in said.texts if role in _HEADERS}
    for role in sorted(told, key=[*_HEADERS].index):
        _fill(made, sheet.filled[header], header, role, [notes.get(sign) for sign in signs])
    return replace(sheet, cells=made)


def _notes_in(text: str) -> Iterator[tuple[str, Said]]:
    """Each sign with what stands behind it of who and when."""
    if "\t" in text:
        return
    for match in _NOTE.finditer(text):
        if said := sentence(match[2].strip(" 。；;，,"), in_brackets=True):
            yield match[1], said


def _header(rows: Sequence[Sequence[Any]]) -> int | None:
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        labels = [label_of(str(cell)) if cell and len(str(cell)) < 20 else None for cell in row]
        if any(each and each.role in {Role.MEASURE, Role.DETAIL} for each in labels):
            return number
    return None


def _sign_of(row: Sequence[Any], notes: dict[str, Said]) -> str:
    matches = (_MARKED.match(cell) for cell in row if isinstance(cell, str))
    return next((match[2] for match in matches if match and match[2] in notes), "")


def _without_sign(row: Sequence[Any], notes: dict[str, Said]) -> list[Any]:
    found = [_MARKED.match(cell) if isinstance(cell, str) else None for cell in row]
    return [
        match[1] if match and match[2] in notes else cell
        for cell, match in zip(row, found, strict=True)
    ]


def _fill(
    cells: list[list[Any]], labels: Sequence[Any], header: int, role: Role,
    said: Sequence[Said | None],
) -> None:  # fmt: skip
    roles = [label_of(str(cell)) if cell and len(str(cell)) < 20 else None for cell in labels]
    column = next((n for n, each in enumerate(roles) if each and each.role is role), None)
    if column is None:
        column = len(labels)
        for number, row in enumerate(cells):
            row.append(_HEADERS[role] if number == header else "")
    for row, each in zip(cells, said, strict=True):
        if each and not row[column]:
            row[column] = each.texts.get(role, "")
