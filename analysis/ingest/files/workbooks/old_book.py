"""An xls: its chains of sectors are followed before calamine does, which would follow a circle."""

import re
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from analysis.ingest.files.refusals import broken_workbook
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.files.workbooks.book import Found, UnreachableNumberError, read_book
from analysis.ingest.files.workbooks.worksheet_xml import Scan

#: Sectors from here on are none: free, end of a chain, table.
NO_SECTOR = 0xFFFFFFFA
ENTRY = 128
STREAM, ROOT = 2, 5
BOOKS = ("Workbook", "Book")
DATE_MODE, END_OF_PART, SHEET, BOOL_OR_ERROR, FORMULA = 0x22, 0x0A, 0x85, 0x205, 0x06
#: How such a cell begins: a look at the whole stream, before its records are gone through.
MAY_HAVE_ERRORS = re.compile(rb"\x05\x02\x08\x00|\x06\x00...{6}\x02.{5}\xff\xff", re.DOTALL)
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
          0x24: "#NUM!", 0x2A: "#N/A"}  # fmt: skip


class _BrokenChainError(ValueError):
    """A chain of sectors that runs in a circle."""


def read_old_book(path: Path, content: BinaryIO) -> list[Sheet]:
    """Read an xls.

    Raises:
        SourceError: it is damaged or locked by a password.

    """
    content.seek(0)
    try:
        stream = _Compound(content.read()).book()
    except (_BrokenChainError, struct.error, IndexError) as error:
        raise broken_workbook(path.name) from error
    try:
        return read_book(path, content, _found(stream))
    except UnreachableNumberError as error:
        raise broken_workbook(path.name) from error


class _Compound:
    """An OLE file: a small file system of sectors, each of which names the next of its chain."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in {512, 4096}:
            raise _BrokenChainError
        self._fat = self._table(self._table_sectors())

    def book(self) -> bytes:
        """The stream of the workbook, once every chain in the file has been seen to end.

        A small stream lies in the root's and is not returned: no workbook is so small.
        """
        first, cutoff, minis = (struct.unpack_from("<I", self._content, n)[0] for n in (48, 56, 60))
        mini_fat = self._table(list(self._chain(minis, self._fat)))
        found = b""
        directory = b"".join(map(self._sector, self._chain(first, self._fat)))
        for start in range(0, len(directory) - ENTRY + 1, ENTRY):
            entry = directory[start : start + ENTRY]
            kind, begin, length = entry[66], *struct.unpack_from("<II", entry, 116)
            if kind not in {STREAM, ROOT}:
                continue
            is_small = kind == STREAM and length < cutoff
            chain = list(self._chain(begin, mini_fat if is_small else self._fat))
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)]
            if not is_small and name.decode("utf-16-le", "replace") in BOOKS:
                found = b"".join(map(self._sector, chain))[:length]
        return found

    def _table_sectors(self) -> list[int]:
        """The sectors in which the table of chains stands: 109 of them named in the head."""
        named = list(struct.unpack_from("<109I", self._content, 76))
        further = struct.unpack_from("<I", self._content, 68)[0]
        seen: set[int] = set()
        while further < NO_SECTOR:
            if further in seen:
                raise _BrokenChainError
            seen.add(further)
            sector = array("I", self._sector(further))
            if not sector:
                break
            named += sector[:-1]
            further = sector[-1]
        return [each for each in named if each < NO_SECTOR]

    def _table(self, sectors: list[int]) -> "array[int]":
        return array("I", b"".join(map(self._sector, sectors)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        return sector[: len(sector) // 4 * 4]

    def _chain(self, first: int, table: "array[int]") -> Iterator[int]:
        """The sectors of a chain; where it leaves the table, calamine says so itself."""
        steps = 0
        while first < len(table):
            yield first
            steps += 1
            if steps > len(table):
                raise _BrokenChainError
            first = table[first]


def _found(stream: bytes) -> dict[str, Found]:
    """The errors in cells by sheet, and whether the workbook counts its days from 1904."""
    starts: dict[str, int] = {}
    is_from_1904 = False
    for kind, body in _records(stream, 0):
        if kind == DATE_MODE:
            is_from_1904 = body[:1] == b"\1"
        elif kind == SHEET and len(body) > 8:
            starts[_name(body)] = struct.unpack_from("<I", body)[0]
    return {
        name: Found(Scan(errors=_errors(stream, start)), is_from_1904=is_from_1904)
        for name, start in starts.items()
    }


def _name(body: bytes) -> str:
    is_wide = body[7] & 1
    return body[8:].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _errors(stream: bytes, start: int) -> dict[tuple[int, int], str]:
    """Cells that are errors, which calamine leaves blank, by row and column."""
    found: dict[tuple[int, int], str] = {}
    if not MAY_HAVE_ERRORS.search(stream, start):
        return found
    for kind, body in _records(stream, start):
        code = None
        if kind == BOOL_OR_ERROR and len(body) >= 8 and body[7]:
            code = body[6]
        elif kind == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        if code in ERRORS:
            row, column = struct.unpack_from("<HH", body)
            found[row, column] = ERRORS[code]
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of a workbook's stream, to its end."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == END_OF_PART:
            return
        start += 4 + length
