"""A column for each answer, ticked row by row → one column that holds the answer.

«整改情况» over 已整改 | 整改中 | 未整改, or «隐患等级» over 一般 | 重大: what a form on paper asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers import Field

TICKS = frozenset({"√", "✓", "✔", "☑", "■", "●", "v", "V", "y", "Y", "1", "1.0", "是", "对"})
NO_TICK = frozenset({"", "□", "☐", "○", "×", "✗", "/", "-", "—", "0", "0.0", "否"})
#: One answer alone may be a column of something else.
FEWEST_ANSWERS = 2


def answered(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """The sheet with such columns as one, which is headed as the ledger heads the field."""
    for field in layout.ledger:
        columns = _answers(field, layout.headers)
        if len(columns) >= FEWEST_ANSWERS and not _has_its_own(field, layout.headers):
            rows = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
            if all(_is_ticked(sheet.cells[row][column]) for row in rows for column in columns):
                sheet, layout = _as_one(sheet, layout, field, columns, rows)
    return sheet, layout


def _answers(field: Field, headers: Sequence[Header]) -> list[int]:
    """The columns whose header is a word that stands for a value of the field."""
    words = field.codes.words if field.codes and field.header else {}
    return [n for n, header in enumerate(headers) if len(header.last) > 1 and header.last in words]


def _has_its_own(field: Field, headers: Sequence[Header]) -> bool:
    return any(header.last == field.label for header in headers)


def _is_ticked(cell: Any) -> bool:
    return folded(cell) in TICKS | NO_TICK


def _as_one(
    sheet: Sheet, layout: Layout, field: Field, columns: Sequence[int], rows: Sequence[int]
) -> tuple[Sheet, Layout]:
    first = columns[0]
    cells = list(sheet.cells)
    for row in rows:
        ticked = [n for n in columns if folded(cells[row][n]) in TICKS]
        cells[row] = list(cells[row])
        for column in columns:
            cells[row][column] = ""
        cells[row][first] = "、".join(layout.headers[n].last for n in ticked)
    headers = list(layout.headers)
    for column in columns:
        headers[column] = Header("", "", "")
    headers[first] = Header(field.label, field.label, "")
    merged = [
        (top, left, bottom, right)
        for top, left, bottom, right in sheet.merged
        if not (
            set(range(left, right + 1)) & set(columns) and set(range(top, bottom + 1)) & set(rows)
        )
    ]
    return replace(sheet, cells=cells, merged=merged), replace(layout, headers=headers)
