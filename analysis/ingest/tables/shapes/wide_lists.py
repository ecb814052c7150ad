"""A list that is too wide for one sheet, and goes on with its numbers on another → one table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import SEQUENCE, Header, Vocabulary, read_headers
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind, folded

#: The header of the second sheet of a list stands within the first rows, and so many of its
#: columns are the ledger's.
HEADER_WITHIN, FEWEST_FIELDS = 10, 2


def joined(
    sheet: Sheet, layout: Layout, other: Sheet, vocabulary: Vocabulary
) -> tuple[Sheet, Layout] | None:
    """A table widened by the columns of another sheet; None where that is no part of its list.

    It is one where it has the same numbers, each once, and columns of the ledger that the first
    sheet has not.
    """
    rows = _numbered(sheet, layout.headers, _data(layout))
    if not rows:
        return None
    for number in range(min(HEADER_WITHIN, len(other.cells))):
        headers = read_headers(other.filled[number : number + 1])
        more = _numbered(other, headers, range(number + 1, len(other.cells)))
        if (
            rows.keys() == more.keys()
            and _is_of(layout, headers, vocabulary)
            and _agree(sheet, layout, rows, other, headers, more)
        ):
            return _widened(sheet, layout, rows, other, headers, more)
    return None


def _agree(
    sheet: Sheet,
    layout: Layout,
    rows: dict[str, int],
    other: Sheet,
    headers: Sequence[Header],
    more: dict[str, int],
) -> bool:
    """Whether the columns that both sheets have say the same of each number."""
    first = {header.path: n for n, header in enumerate(layout.headers) if header.path}
    both = [(first[each.path], n) for n, each in enumerate(headers) if each.path in first]
    return all(
        folded(sheet.filled[row][mine]).removesuffix(".0")
        == folded(other.filled[more[number]][theirs]).removesuffix(".0")
        for number, row in rows.items()
        for mine, theirs in both
    )


def _data(layout: Layout) -> list[int]:
    return [number for number, kind in enumerate(layout.kinds) if kind is RowKind.DATA]


def _numbered(sheet: Sheet, headers: Sequence[Header], rows: Sequence[int]) -> dict[str, int]:
    """Number of the list → its row; nothing where there is no such column, or one comes twice."""
    column = next((n for n, header in enumerate(headers) if header.last in SEQUENCE), None)
    if column is None:
        return {}
    said = [(folded(sheet.cells[row][column]).removesuffix(".0"), row) for row in rows]
    found = {number: row for number, row in said if number.isdigit()}
    return found if len(found) == sum(number.isdigit() for number, _ in said) else {}


def _is_of(layout: Layout, headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """Whether a header has columns of the ledger that the first sheet lacks."""
    had = set(_fields(layout, layout.headers, vocabulary))
    return len(set(_fields(layout, headers, vocabulary)) - had) >= FEWEST_FIELDS


def _fields(layout: Layout, headers: Sequence[Header], vocabulary: Vocabulary) -> Iterator[str]:
    for header in headers:
        yield from (field.name for field in vocabulary.candidates(layout.ledger, header)[:1])


def _widened(
    sheet: Sheet,
    layout: Layout,
    rows: dict[str, int],
    other: Sheet,
    headers: Sequence[Header],
    more: dict[str, int],
) -> tuple[Sheet, Layout]:
    paths = {header.path for header in layout.headers}
    columns = [n for n, header in enumerate(headers) if header.path and header.path not in paths]
    blank: list[Any] = [""] * len(columns)
    cells = [[*row, *blank] for row in sheet.cells]
    filled = other.filled
    for number, row in rows.items():
        cells[row][-len(columns) :] = [filled[more[number]][column] for column in columns]
    wide = replace(sheet, cells=cells, joined_from=len(sheet.cells[0]))
    return wide, replace(layout, headers=[*layout.headers, *(headers[n] for n in columns)])
