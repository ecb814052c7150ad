"""A plan's table that names its tasks by their titles → the tasks in the words of the body.

The body says «1.开展入户排查。以社区网格为单元…», the table 开展入户排查 with who and when.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.enumerators import without_mark
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes.plans.columns import measures_column

#: A title has so many signs; the body goes on behind it for so many more.
SHORTEST, LONGEST, FEWEST_MORE = 4, 40, 8
ENDS = "。：:；;"


def in_words_of_body(sheet: Sheet, layout: Layout, lines: Sequence[str]) -> Sheet:
    """The table with the body's words where exactly one paragraph begins with the title."""
    column = measures_column(layout.headers)
    if column is None or not sheet.is_document:
        return sheet
    said = [without_mark(line.strip()) for line in lines if "\t" not in line]
    cells = [list(row) for row in sheet.cells]
    for number, kind in enumerate(layout.kinds):
        if kind is RowKind.DATA:
            cells[number][column] = _in_full(cells[number][column], said)
    return replace(sheet, cells=cells) if cells != sheet.cells else sheet


def _in_full(cell: Any, said: Sequence[str]) -> Any:
    title = without_mark(cell.strip()).rstrip(ENDS) if isinstance(cell, str) else ""
    if not SHORTEST <= len(title) <= LONGEST:
        return cell
    found = [
        text
        for text in said
        if text.startswith(title)
        and len(text) > len(title) + FEWEST_MORE
        and text[len(title)] in ENDS
    ]
    return found[0] if len(found) == 1 else cell
