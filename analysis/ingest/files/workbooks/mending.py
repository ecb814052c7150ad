"""A copy of an xlsx that calamine can lay out: far cells moved near, unreachable days bare.

calamine holds a sheet as a full rectangle, so that one cell in the last row costs a gigabyte, and
one in the last cell more than any machine has. In the copy the long stretches of rows and columns
with nothing in them are left out; ``Layout`` says where each row and column really stands.
"""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from analysis.ingest.files.sheets import column_letters, stretches
from analysis.ingest.files.workbooks.worksheet_xml import BLANK, CELL, column_number, pieces

#: Columns behind so many blank ones are no part of the table.
FAR_COLUMNS = 100
#: Above this size the copy lies on disk.
IN_MEMORY = 64 * 1024**2
REFERENCE = re.compile(
    rb'(<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r=")([A-Za-z]*)(\d+)(?=")'
    rb'|(<(?:\w+:)?mergeCell\s(?:[^>]*?\s)?ref=")([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)(?=")'
)
#: A number with a style that may make it a day or a duration; the last day is 2,958,465.
STYLED = re.compile(
    rb'(<(?:\w+:)?c\s[^>]*?)\ss="\d+"((?:\s[^>]*)?>\s*'
    rb"(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>\s*"
    rb"-?(?:\d{7,}(?:\.\d*)?|\d+(?:\.\d*)?[eE]\+?\d+)\s*<)"
)
Change = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows and columns of a sheet that are laid out: stretches (first, last + 1), in this order."""

    rows: Sequence[tuple[int, int]]
    columns: Sequence[tuple[int, int]]

    @property
    def has_gaps(self) -> bool:
        """Whether a cell stands anywhere else than calamine would find it."""
        return (
            len(self.rows) > 1 or len(self.columns) > 1 or self.rows[0][0] + self.columns[0][0] > 0
        )

    @property
    def area(self) -> int:
        """The cells of the rectangle."""
        return _length(self.rows) * _length(self.columns)


def layout_of(part: IO[bytes]) -> Layout | None:
    """The rows and columns that hold cells; None where a cell does not say its place."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    count = 0
    for piece in pieces(part):
        filled = BLANK.sub(b"", piece)
        found = CELL.findall(filled)
        count += filled.count(b"<c ") + filled.count(b"<c>") + filled.count(b":c ") - len(found)
        columns.update(letters for letters, _ in found)
        rows.update({int(row) - 1 for _, row in found})
    if count > 0 or not rows:
        return None
    numbers = sorted(map(column_number, columns))
    (_, end), *far = stretches(numbers, FAR_COLUMNS)
    # Columns keep their letters, since a sheet knows its first row, and no first column.
    return Layout(stretches(sorted(rows)), [(0, end), *far])


def without_gaps(layout: Layout) -> Change:
    """What moves the cells of a worksheet's XML together."""
    row, column = _mover(layout.rows), _mover(layout.columns)

    def letters(old: bytes) -> bytes:
        return column_letters(column(column_number(old))).encode()

    def number(old: bytes) -> bytes:
        return b"%d" % (row(int(old) - 1) + 1)

    def moved(match: "re.Match[bytes]") -> bytes:
        if match[1]:
            return match[1] + (letters(match[2]) if match[2] else b"") + number(match[3])
        corner = letters(match[7]) + number(match[8])
        return match[4] + letters(match[5]) + number(match[6]) + b":" + corner

    return lambda piece: REFERENCE.sub(moved, BLANK.sub(b"", piece))


def without_far_numbers(piece: bytes) -> bytes:
    """The XML with numbers that are no day and no duration bare of the style that says they are."""
    return STYLED.sub(rb"\1\2", piece)


@contextmanager
def mended(content: BinaryIO, changes: Mapping[str, Change]) -> Iterator[BinaryIO]:
    """A copy of the archive in which the parts named are changed; it goes at the end."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        with (
            zipfile.ZipFile(content) as old,
            zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for part in old.infolist():
                change = changes.get(part.filename, bytes)
                with old.open(part) as source, new.open(part.filename, "w") as target:
                    for piece in pieces(source):
                        target.write(change(piece))
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _mover(kept: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    """From a row or column to its place in the copy; from one that is left out, to that before."""
    firsts = [first for first, _ in kept]
    starts = [0]
    for first, end in kept:
        starts.append(starts[-1] + end - first)

    def move(old: int) -> int:
        number = max(bisect_right(firsts, old) - 1, 0)
        first, end = kept[number]
        return starts[number] + min(max(old - first, 0), end - first - 1)

    return move


def _length(kept: Sequence[tuple[int, int]]) -> int:
    return sum(end - first for first, end in kept)
