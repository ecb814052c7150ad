"""Tables that paragraphs of a document set by tabs, one row each, under a header set so too.

A short line without tabs between two rows heads the ones below it: «3.宿舍用电整治» over （1）
and （2）.
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from analysis.ingest.tables.rows import is_header_row

Row = tuple[str, ...]
#: A table has so many columns at least.
FEWEST_COLUMNS = 3
#: What heads rows within a table is no longer, and says no sentence.
_HEADING = re.compile(r"[^。;；]{2,30}")
_TABS = re.compile(r"\t+")


@dataclass(frozen=True, slots=True)
class Tabbed:
    """A table of tabs: the line on which it begins, counted from 0, and its rows, header first."""

    start: int
    rows: list[Row]

    @property
    def headings(self) -> list[int]:
        """The rows, from 0, that head those below them."""
        return [n for n, row in enumerate(self.rows) if row[0] and not any(row[1:])]


def tabbed_tables(
    lines: Sequence[str], is_word: Callable[[str], bool], taken: Container[Row]
) -> Iterator[Tabbed]:
    """The tables that tabs set in the paragraphs of a document; ``taken`` are rows of its own."""
    at = 0
    while at < len(lines):
        header = _cells(lines[at])
        if (
            len(header) < FEWEST_COLUMNS
            or header in taken
            or not is_header_row(header, is_word)
        ):  # fmt: skip
            at += 1
            continue
        rows = [header, *_rows(lines, at + 1, header, is_word, taken)]
        if len(rows) > 1:
            yield Tabbed(at, rows)
        at += len(rows)


def _rows(
    lines: Sequence[str], start: int, header: Row, is_word: Callable[[str], bool],
    taken: Container[Row],
) -> list[Row]:  # fmt: skip
    """The rows below a header, a heading within them in its first column, up to its last row."""
    found: list[Row] = []
    last, is_headed = 0, False
    for line in lines[start:]:
        cells = _cells(line, len(header))
        is_row = 1 < len(cells) <= len(header) and cells not in taken
        if is_row and not is_header_row(cells, is_word):
            last, is_headed = len(found) + 1, False
        elif line.strip():
            if is_headed or len(cells) > 1 or not _HEADING.fullmatch(cells[0]):
                break
            is_headed = True
        found.append(cells)
    width = len(header)
    return [(*each, *[""] * (width - len(each))) for each in found[:last]]


def _cells(line: str, width: int = 0) -> Row:
    """The cells of a line; of a line with more tabs than columns several are one."""
    cells = tuple(cell.strip() for cell in line.strip(" \u3000").split("\t"))
    if width and len(cells) > width:
        cells = tuple(cell.strip() for cell in _TABS.split(line.strip()))
    return cells
