"""Excel workbooks → sheets, through calamine; openpyxl only where a cell's format is asked for."""

import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from analysis.errors import SourceError
from analysis.ingest.files.refusals import broken_workbook, locked
from analysis.ingest.files.sheets import Sheet, rectangular

#: More than any ledger unpacks to, and less than a machine holds.
LARGEST_UNPACKED = 1024**3
#: Real ledgers pack ten to thirty times; what packs better than this is no ledger.
LARGEST_RATIO = 200
SMALL = 50 * 1024**2
#: The cells of a sheet are laid out as a full rectangle, so a stray cell far away costs memory.
LARGEST_CELLS = 40_000_000
CHUNK = 1 << 20

DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
LAST_ROW = re.compile(rb'<row[^>]* r="(\d+)"')
FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
HIDDEN_ROW = re.compile(rb'<row(?=[^>]* hidden="(?:1|true)")[^>]* r="(\d+)"')
WORKSHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")


def read_archive(path: Path, content: BinaryIO) -> Iterator[Sheet]:
    """Read an xlsx: a whole zip archive that does not outgrow memory once it is unpacked.

    Raises:
        SourceError: it is damaged, locked by a password, or too large.

    """
    try:
        with zipfile.ZipFile(content) as archive:
            _refuse_bomb(path, archive)
            hidden = {
                part.filename: rows
                for part in archive.infolist()
                if (rows := _inspect(path, archive, part))
            }
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, zlib.error) as error:
        raise broken_workbook(path.name) from error
    except ValueError as error:  # a name or size in the directory that cannot be
        raise broken_workbook(path.name) from error
    except RuntimeError as error:  # an encrypted part
        raise locked(path.name) from error
    yield from read_book(path, content, _by_number(hidden))


def read_book(
    path: Path, content: BinaryIO, hidden_rows: dict[int, list[int]] | None = None
) -> Iterator[Sheet]:
    """Read any workbook that calamine knows; hidden sheets come first, so that visible ones win.

    Raises:
        SourceError: it is damaged or locked by a password.

    """
    try:
        content.seek(0)
        # By its content: the name of a file may say something else.
        with _silence(), CalamineWorkbook.from_filelike(content) as book:
            sheets = list(_worksheets(content, book, hidden_rows or {}))
        yield from sheets
    except PasswordError as error:
        raise locked(path.name) from error
    except (CalamineError, ZipError, XmlError, OSError, ValueError) as error:
        raise broken_workbook(path.name) from error
    except BaseException as error:
        if not isinstance(error, OverflowError) and type(error).__name__ != "PanicException":
            raise
        # A number that no calendar or duration reaches in one cell stops calamine; openpyxl
        # reads around it.
        yield from _read_slowly(path, content)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from a person's eyes what calamine itself writes to stderr before it gives up."""
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all
        yield
        return
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _read_slowly(path: Path, content: BinaryIO) -> Iterator[Sheet]:
    """Read a workbook through openpyxl, which takes sixteen times as long and stumbles less.

    Raises:
        SourceError: it cannot read the workbook either.

    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the cells that it cannot read say so themselves
            content.seek(0)
            book = load_workbook(content, data_only=True)
    except Exception as error:
        raise broken_workbook(path.name) from error
    for sheet in sorted(book.worksheets, key=lambda each: each.sheet_state == "visible"):
        cells = [
            ["" if cell is None else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        merged = [
            (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1)
            for each in sheet.merged_cells.ranges
        ]
        yield Sheet(
            sheet.title, rectangular(cells), merged, is_hidden=sheet.sheet_state != "visible"
        )


def _worksheets(
    content: BinaryIO, book: CalamineWorkbook, hidden_rows: dict[int, list[int]]
) -> Iterator[Sheet]:
    described = [
        (number, each)
        for number, each in enumerate(book.sheets_metadata, start=1)
        if each.typ is SheetTypeEnum.WorkSheet
    ]
    described.sort(key=lambda pair: pair[1].visible is SheetVisibleEnum.Visible)
    is_lone = len(described) == 1
    for number, about in described:
        is_hidden = about.visible is not SheetVisibleEnum.Visible
        rows = hidden_rows.get(1 if is_lone else number, [])
        remarks = [("hidden_sheet", "是隐藏的工作表，已照常读取；如是旧稿请删除")] * is_hidden
        if rows:
            remarks.append(("hidden_rows", f"有 {len(rows)} 个隐藏行，已照常读取，{_some(rows)}"))
        yield _worksheet(content, book, about.name, is_hidden, tuple(remarks))


def _worksheet(
    content: BinaryIO,
    book: CalamineWorkbook,
    name: str,
    is_hidden: bool,
    remarks: tuple[tuple[str, str], ...],
) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    cells = rectangular(sheet.to_python(skip_empty_area=False))
    rows, width = len(cells), len(cells[0]) if cells else 0
    merged = [
        (top, left, min(bottom, rows - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if top < rows and left < width
    ]
    return Sheet(
        name,
        cells,
        merged,
        is_hidden=is_hidden,
        remarks=remarks,
        number_format=_formats(content, name),
    )


def _some(rows: list[int]) -> str:
    return f"第 {'、'.join(map(str, rows[:5]))} 行" + ("等" if len(rows) > 5 else "")


def _by_number(hidden: dict[str, list[int]]) -> dict[int, list[int]]:
    """Worksheet parts by the number in their name, which is the sheet's place in most files."""
    found = {}
    for name, rows in hidden.items():
        if number := re.search(r"(\d+)\.xml$", name):
            found[int(number.group(1))] = rows
    return found


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist()) or 1
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked / packed > LARGEST_RATIO):
        raise SourceError(
            f"{path.name}：解压后有 {unpacked // 1024**2} MB，没有读取；"
            "请删去多余的格式和空白行，或拆成几个文件再发送。"
        )


def _inspect(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[int]:
    """Read a part through, which checks its sum; return a worksheet's hidden rows."""
    is_sheet = bool(WORKSHEET.match(part.filename))
    first = last = before = b""
    far: set[bytes] = set()
    hidden: list[int] = []
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            first = first or chunk[:4096]
            if is_sheet:
                if not DIMENSION.search(first):
                    far.update(FAR_COLUMN.findall(chunk))
                if b"hidden=" in chunk:
                    hidden += map(int, HIDDEN_ROW.findall(before[-200:] + chunk))
                last, before = (chunk if b"<row" in chunk else last), chunk
    if is_sheet:
        _refuse_sprawl(path, first, last, far)
    return sorted(set(hidden))


def _refuse_sprawl(path: Path, first: bytes, last: bytes, far: set[bytes]) -> None:
    dimension = DIMENSION.search(first)
    rows = int((LAST_ROW.findall(last) or [b"1"])[-1])
    width = max([26, *map(_column, far), *([_column(dimension.group(1))] if dimension else [])])
    if rows * width > LARGEST_CELLS:
        raise SourceError(
            f"{path.name}：工作表的范围有 {rows} 行 {width} 列，多半是远处有空格或格式，没有读取；"
            "请只保留表格本身，另存后再发送。"
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _formats(content: BinaryIO, name: str) -> Callable[[int, int], str]:
    """Number formats of a sheet, read only when one is asked for, from the file still open."""

    @cache
    def sheet() -> Any:
        from openpyxl import load_workbook

        try:
            content.seek(0)
            return load_workbook(content)[name]
        except Exception:  # openpyxl is stricter than calamine; without it a cell has no format
            return None

    def look_up(row: int, column: int) -> str:
        found = sheet()
        return str(found.cell(row + 1, column + 1).number_format) if found is not None else ""

    return look_up
