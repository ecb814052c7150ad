"""A plan's table whose rows were cut by the ends of pages → whole rows; headers said again go.

What goes on over a page says nothing of its own but the rest of a text: no number, nobody who
answers, no day. It is put behind the text that it belongs to.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import label_of
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers.labels import Role

#: Columns of texts, which may go on over a page; the others tell a row of its own.
_TEXTS = frozenset(
    {Role.PROBLEM, Role.MANIFESTATION, Role.MEASURE, Role.DETAIL, Role.GOAL, Role.CONTEXT}
)
_ENDED = re.compile(r"[。;!?]$")
#: A number of its own, whatever its column is called: 3-2, A1, (5.1).
_NUMBER_ALONE = re.compile(r"[(]?[A-Za-z]{0,3}[\d.—-]+[)]?")
#: A word of a header; a longer text is a record's.
LONGEST_WORD = 10


#: What stands over the rest of a table on the next page.
_CONTINUED = re.compile(
    r"^[\s（(【]*(?:附?表\s*)?[一二三四五六七八九十\d]*[（(\s]*(?:续上?表|表?续|[接承]上[页表])?"
    r"[一二三四五六七八九十\d（()）】:：\s]*$"
)


def continued(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, a document's table that goes on under the same header titled as its beginning."""
    made: list[Sheet] = []
    for sheet in sheets:
        before = made[-1] if made else None
        is_rest = (
            before is not None
            and sheet.is_document
            and bool(sheet.cells and before.cells)
            and list(map(str, sheet.cells[0])) == list(map(str, before.cells[0]))
            and bool(_CONTINUED.match(sheet.above))
        )
        made.append(replace(sheet, above=before.above) if before and is_rest else sheet)
    return made


def put_together(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """A document's table of measures with its cut rows whole; others stay as they are."""
    if not sheet.is_document:
        return sheet, layout
    roles = [label.role if (label := label_of(header.last)) else None for header in layout.headers]
    cells = [list(row) for row in sheet.cells]
    kinds = list(layout.kinds)
    before: int | None = None
    for number, kind in enumerate(kinds):
        if kind is not RowKind.DATA:
            continue
        row = sheet.cells[number]
        if _is_header(row):
            kinds[number] = RowKind.HEADER
        elif before is not None and _goes_on(cells[before], row, sheet.filled[number], roles):
            cells[before] = [
                f"{left}{right}" if right else left
                for left, right in zip(cells[before], row, strict=True)
            ]
            kinds[number] = RowKind.BLANK
        else:
            before = number
    doubtful = frozenset(n for n in layout.doubtful if kinds[n] is RowKind.DATA)
    return replace(sheet, cells=cells), replace(layout, kinds=kinds, doubtful=doubtful)


def _is_header(row: Sequence[Any]) -> bool:
    words = [str(cell).strip() for cell in row if cell not in {None, ""}]
    return len(words) > 1 and all(
        len(word) <= LONGEST_WORD and ("清单" in word or label_of(word)) for word in words
    )


def _goes_on(
    before: Sequence[Any], row: Sequence[Any], filled: Sequence[Any], roles: Sequence[Role | None]
) -> bool:
    """Whether a row is the rest of the one above it."""
    said = [n for n, cell in enumerate(row) if cell not in {None, ""}]
    if not said or any(filled[n] != row[n] for n in range(len(row))):
        return False
    if any(n >= len(roles) or roles[n] not in _TEXTS for n in said):
        return False
    if any(_begins(str(row[n])) for n in said):
        return False
    if Role.DETAIL in roles and all(roles[n] is not Role.DETAIL for n in said):
        return True  # there is nothing to be done in it
    return any(not _ENDED.search(folded(str(before[n])).rstrip()) for n in said)


def _begins(text: str) -> bool:
    """Whether a cell begins a text: with a number or its own label."""
    plain = folded(text).strip()
    is_number = bool(_NUMBER_ALONE.fullmatch(plain))
    return is_number or mark_at(plain) is not None or bool(re.match(r"\S{2,8}?\d*[)]?:", plain))
