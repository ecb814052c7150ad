"""An xlsx → its sheets: a whole archive, looked through once before calamine lays it out."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.refusals import LARGEST_UNPACKED, broken_workbook, locked
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.files.workbooks.book import (
    LARGEST_CELLS,
    Found,
    UnreachableNumberError,
    read_book,
    read_slowly,
)
from analysis.ingest.files.workbooks.mending import (
    Change,
    Layout,
    layout_of,
    mended,
    without_far_numbers,
    without_gaps,
)
from analysis.ingest.files.workbooks.number_formats import formats_of
from analysis.ingest.files.workbooks.open_document import CONTENT, read_open_document
from analysis.ingest.files.workbooks.parts import Declared, declared
from analysis.ingest.files.workbooks.worksheet_xml import CHUNK, Scan, scan

#: Real ledgers pack ten to thirty times; what packs better than this is no ledger.
LARGEST_RATIO = 200
SMALL = 50 * 1024**2
#: calamine lays so many cells out in 100 MB; a larger rectangle is looked at for its gaps.
LAID_OUT_AS_IT_IS = 3_000_000
#: A sheet with more columns than ledgers have is looked at for a cell far to the right.
WIDEST = 126
WORKSHEETS = "xl/worksheets/"


@dataclass(slots=True)
class _Parts:
    """What was seen of an archive, by the names of its parts."""

    book: Declared
    scans: dict[str, Scan] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)


def read_archive(path: Path, content: BinaryIO) -> Iterator[Sheet]:
    """Read an xlsx or ods: a whole zip archive that does not outgrow memory once it is unpacked.

    Raises:
        SourceError: it is damaged, locked by a password, or too large.

    """
    try:
        with zipfile.ZipFile(content) as archive:
            _refuse_bomb(path, archive)
            parts = _look_through(archive)
            is_open_document = CONTENT in archive.namelist() and not parts.scans
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, zlib.error) as error:
        raise broken_workbook(path.name) from error
    except ValueError as error:  # a name or size in the directory that cannot be
        raise broken_workbook(path.name) from error
    except RuntimeError as error:  # an encrypted part
        raise locked(path.name) from error
    if is_open_document:
        yield from read_open_document(path, content)
        return
    _refuse_sprawl(path, parts)
    yield from _read(path, content, parts)


def _read(path: Path, content: BinaryIO, parts: _Parts) -> list[Sheet]:
    layouts = {part: layout for part, layout in parts.layouts.items() if layout.has_gaps}
    found = {
        name: Found(
            parts.scans[part],
            layouts.get(part),
            formats_of(content, part),
            parts.book.is_from_1904,
        )
        for name, part in parts.book.parts.items()
        if part in parts.scans
    }
    moves: dict[str, Change] = {part: without_gaps(each) for part, each in layouts.items()}
    try:
        if not moves:
            return read_book(path, content, found)
        with mended(content, moves) as copy:
            return read_book(path, copy, found)
    except UnreachableNumberError:
        bare = {part: _bare(moves.get(part, bytes)) for part in parts.scans}
    try:
        with mended(content, bare) as copy:
            return read_book(path, copy, found)
    except UnreachableNumberError:
        return read_slowly(path, content)


def _bare(move: Change) -> Change:
    return lambda piece: move(without_far_numbers(piece))


def _look_through(archive: zipfile.ZipFile) -> _Parts:
    """Read every part to its end, which checks its sum, and look at worksheets on the way."""
    found = _Parts(declared(archive))
    for part in archive.infolist():
        with archive.open(part) as file:
            if part.filename.startswith(WORKSHEETS) and part.filename.endswith(".xml"):
                found.scans[part.filename] = scan(file)
            else:
                while file.read(CHUNK):
                    pass
    for name, seen in found.scans.items():
        if seen.area > LAID_OUT_AS_IT_IS or seen.columns > WIDEST:
            with archive.open(name) as file:
                layout = layout_of(file)
            if layout and layout.area < seen.area // 2:
                found.layouts[name] = layout
    return found


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist()) or 1
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked / packed > LARGEST_RATIO):
        raise SourceError(
            f"{path.name}：解压后有 {unpacked // 1024**2} MB，没有读取；"
            "请删去多余的格式和空白行，或拆成几个文件再发送。"
        )


def _refuse_sprawl(path: Path, parts: _Parts) -> None:
    for name, seen in parts.scans.items():
        area = parts.layouts[name].area if name in parts.layouts else seen.area
        if area > LARGEST_CELLS:
            raise SourceError(
                f"{path.name}：工作表的范围有 {seen.rows} 行 {seen.columns} 列，"
                "多半是远处有空格或格式，没有读取；请只保留表格本身，另存后再发送。"
            )
