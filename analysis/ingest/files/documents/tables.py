"""A table of Word → a rectangle of cells and its merged ranges; which tables are only frames."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.ingest.files.documents.body import Block, Cell, Paragraph, Row, Table
from analysis.ingest.files.sheets import Grid, Photo, Range, rectangular

#: Fewer cells in a row than this are no row of a ledger.
LEDGER_WIDTH = 3


@dataclass(slots=True)
class Rectangle:
    """Cells, merged ranges, and what one does not see at once: rows and texts by row, from 0."""

    cells: Grid
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    deleted_rows: list[int] = field(default_factory=list)
    hidden_texts: list[tuple[int, str]] = field(default_factory=list)
    covered_texts: list[tuple[int, str]] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)


def is_frame(table: Table) -> bool:
    """Whether a table only frames what stands in it: one column, or tables within few cells."""
    widths = [len(row.cells) for row in table.rows]
    holds_table = any(True for _ in _tables_within(table))
    return max(widths, default=0) <= (2 if holds_table else 1)


def lifted(table: Table) -> list[Table]:
    """Tables within this one that stand alone in a row of it: ledgers annexed to a form."""
    return [
        inner
        for row in table.rows
        if len(row.cells) < LEDGER_WIDTH
        for cell in row.cells
        for inner in cell.blocks
        if isinstance(inner, Table) and _may_be_ledger(inner)
    ]


def rectangle(table: Table) -> Rectangle:
    """Lay a table out; a cell merged over several columns or rows stands top left."""
    lefts = _lefts(table.rows)
    used = sorted({left for row in lefts for left in row})
    found = Rectangle([])
    open_at: dict[int, int] = {}
    for number, (row, at) in enumerate(zip(table.rows, lefts, strict=True)):
        line = [""] * len(used)
        for position, (cell, left) in enumerate(zip(row.cells, at, strict=True)):
            end = at[position + 1] if position + 1 < len(at) else left + cell.width
            column = bisect_left(used, left)
            width = max(1, bisect_left(used, end) - column)
            is_narrow = len(row.cells) < LEDGER_WIDTH
            text = _cell_text(cell, is_narrow=is_narrow)
            pictures = _pictures(cell, is_narrow=is_narrow)
            found.photos += [Photo(number, column, name) for name in pictures]
            above = found.merged[open_at[column]] if column in open_at else None
            if cell.goes_on and above and above[2] == number - 1:
                found.merged[open_at[column]] = (above[0], column, number, above[3])
                if text and text != found.cells[above[0]][column]:
                    found.covered_texts.append((number, text))
                continue
            line[column] = text
            found.hidden_texts += [(number, each) for each in _hidden_beside(cell)]
            if cell.is_merged or width > 1:
                open_at[column] = len(found.merged)
                found.merged.append((number, column, number, column + width - 1))
        found.cells.append(line)
        if row.is_hidden or _is_all_hidden(row):
            found.hidden_rows.append(number)
        if row.is_deleted:
            found.deleted_rows.append(number)
    found.cells = rectangular(found.cells)
    return found


def _lefts(rows: Sequence[Row]) -> list[list[int]]:
    """The column in which each cell begins.

    Rows of as many cells as most rows have are columns of one ledger, even where a hand that
    dragged one border made their widths differ: their cells begin where those of the first do.
    """
    lefts = []
    for row in rows:
        at, line = row.before, []
        for cell in row.cells:
            line.append(at)
            at += cell.width
        lefts.append(line)
    counts = Counter((row.before, len(row.cells)) for row in rows if len(row.cells) >= LEDGER_WIDTH)
    if not counts:
        return lefts
    usual = max(counts, key=lambda each: (counts[each], each[1]))
    alike = [n for n, row in enumerate(rows) if (row.before, len(row.cells)) == usual]
    for number in alike:
        lefts[number] = lefts[alike[0]]
    return lefts


def _cell_text(cell: Cell, *, is_narrow: bool = False) -> str:
    """The text of a cell, a line for each paragraph; one line for each row of a table in it."""
    paragraphs = [each for each in cell.blocks if isinstance(each, Paragraph)]
    is_shown = any(each.visible.strip() for each in paragraphs)
    lines = []
    for block in cell.blocks:
        if isinstance(block, Table):
            if not (is_narrow and _may_be_ledger(block)):  # else it is read by itself
                lines += [" ".join(filter(None, line)) for line in rectangle(block).cells]
        elif block.visible.strip() or not is_shown:
            lines.append(block.text)
    text = "\n".join(line for line in lines if line.strip()).replace("\t", " ").strip()
    labels = [each.label for each in paragraphs if each.label]
    # 序号 counted by Word: «1.» in a cell by itself is the number 1.
    return labels[0].rstrip(".．、 ") if not text and len(labels) == 1 else text


def _pictures(cell: Cell, *, is_narrow: bool = False) -> Iterator[str]:
    """The pictures of a cell, with those of the tables in it whose text is the cell's."""
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            yield from block.pictures
        elif not (is_narrow and _may_be_ledger(block)):
            yield from (
                name for row in block.rows for each in row.cells for name in _pictures(each)
            )


def _hidden_beside(cell: Cell) -> Iterator[str]:
    """Hidden text of a cell that also shows something; it is told, and not read."""
    paragraphs = [each for each in cell.blocks if isinstance(each, Paragraph)]
    if any(each.visible.strip() for each in paragraphs):
        yield from (each.hidden for each in paragraphs if each.hidden)


def _is_all_hidden(row: Row) -> bool:
    paragraphs = [each for each in _paragraphs(row) if each.visible.strip() or each.hidden]
    return bool(paragraphs) and not any(each.visible.strip() for each in paragraphs)


def _paragraphs(row: Row) -> Iterator[Paragraph]:
    for cell in row.cells:
        yield from (each for each in cell.blocks if isinstance(each, Paragraph))


def _tables_within(table: Table) -> Iterator[Block]:
    for row in table.rows:
        for cell in row.cells:
            yield from (each for each in cell.blocks if isinstance(each, Table))


def _may_be_ledger(table: Table) -> bool:
    return len(table.rows) > 1 and max(len(row.cells) for row in table.rows) >= LEDGER_WIDTH
