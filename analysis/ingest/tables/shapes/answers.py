"""A column for each answer → one column.

«整改情况» over 已整改 | 整改中 | 未整改 asks as a form on paper does: one column holds the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers import Field

TICKS = frozenset({"√", "✓", "✔", "☑", "■", "●", "v", "V", "y", "Y", "是", "对"})
NO_TICK = frozenset({"", "□", "☐", "○", "×", "✗", "/", "-", "—", "否"})
#: One answer alone may be a column of something else.
FEWEST_ANSWERS = 2


def answered(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """The sheet with such columns as one.

    It is headed as the ledger heads the field of whose words the answers are, else as the header
    that stands over all of them.
    """
    rows = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    for parent, columns in _under_one(layout):
        ticks = [folded(sheet.cells[row][column]) for row in rows for column in columns]
        if set(ticks) & TICKS and set(ticks) <= TICKS | NO_TICK:
            sheet, layout = _as_one(sheet, layout, parent, columns, rows)
    words = {header.last for header in layout.headers if len(header.last) > 1}
    for field in layout.ledger:
        if not field.codes or words.isdisjoint(field.codes.words):
            continue
        columns = _answers(field, layout.headers)
        cells = (sheet.cells[row][column] for row in rows for column in columns)
        is_one = len(columns) >= FEWEST_ANSWERS and not _has_its_own(field, layout.headers)
        if is_one and all(map(_is_ticked, cells)):
            sheet, layout = _as_one(sheet, layout, field.label, columns, rows)
    return sheet, layout


def _under_one(layout: Layout) -> Iterator[tuple[str, list[int]]]:
    """Headers that stand over several columns with words of their own, with the columns."""
    over: dict[str, list[int]] = {}
    for column, (header, word) in enumerate(zip(layout.headers, layout.lowest, strict=False)):
        if (parent := header.path.removesuffix(word)) and word:
            over.setdefault(parent, []).append(column)
    for parent, columns in over.items():
        is_run = columns == list(range(columns[0], columns[0] + len(columns)))
        if len(columns) >= FEWEST_ANSWERS and is_run:
            yield parent, columns


def _answers(field: Field, headers: Sequence[Header]) -> list[int]:
    """The columns whose header is a word that stands for a value of the field."""
    words = field.codes.words if field.codes and field.header else {}
    return [n for n, header in enumerate(headers) if len(header.last) > 1 and header.last in words]


def _has_its_own(field: Field, headers: Sequence[Header]) -> bool:
    return any(header.last == field.label for header in headers)


def _is_ticked(cell: Any) -> bool:
    return folded(cell) in TICKS | NO_TICK


def _as_one(
    sheet: Sheet, layout: Layout, header: str, columns: Sequence[int], rows: Sequence[int]
) -> tuple[Sheet, Layout]:
    first = columns[0]
    cells = list(sheet.cells)
    for row in rows:
        ticked = [n for n in columns if folded(cells[row][n]) in TICKS]
        cells[row] = list(cells[row])
        for column in columns:
            cells[row][column] = ""
        said = [layout.lowest[n] if layout.lowest else layout.headers[n].last for n in ticked]
        cells[row][first] = "、".join(said)
    headers = list(layout.headers)
    for column in columns:
        headers[column] = Header("", "", "")
    headers[first] = Header(header, header, "")
    merged = [
        (top, left, bottom, right)
        for top, left, bottom, right in sheet.merged
        if not (
            set(range(left, right + 1)) & set(columns) and set(range(top, bottom + 1)) & set(rows)
        )
    ]
    return replace(sheet, cells=cells, merged=merged), replace(layout, headers=headers)
