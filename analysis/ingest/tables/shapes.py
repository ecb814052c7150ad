"""Tables of unusual shape → plain ones: a column for each answer, a list on several sheets.

«整改情况» over 已整改 | 整改中 | 未整改 asks as a form on paper does: one column holds the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import SEQUENCE, Header, Vocabulary, read_headers
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers import Field

TICKS = frozenset({"√", "✓", "✔", "☑", "■", "●", "v", "V", "y", "Y", "是", "对"})
NO_TICK = frozenset({"", "□", "☐", "○", "×", "✗", "/", "-", "—", "否"})
#: The header of the second sheet of a list stands within the first rows, and so many of its
#: columns are the ledger's.
HEADER_WITHIN, FEWEST_FIELDS = 10, 2
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
