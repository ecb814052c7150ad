"""Files → sheets: the cells of every worksheet as they stand, with merged ranges."""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from analysis.errors import SourceError

#: More than any ledger unpacks to, and less than a machine holds.
LARGEST_UNPACKED = 2 * 1024**3

Grid = list[list[Any]]
#: First row, first column, last row, last column; zero-based, inclusive.
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; ``cells[0]`` is row 1 of the file, so that row numbers can be looked up."""

    name: str
    cells: Grid
    merged: list[Range] = field(default_factory=list)

    def filled(self) -> Grid:
        """The cells with every merged range filled from its top left corner."""
        grid = [list(row) for row in self.cells]
        for top, left, bottom, right in self.merged:
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [self.cells[top][left]] * (right + 1 - left)
        return grid


def is_readable(path: Path) -> bool:
    """Whether the file's kind is one that is read at all."""
    return path.suffix.lower() in READERS


def read_sheets(path: Path) -> list[Sheet]:
    """Read every sheet of a file.

    Raises:
        SourceError: the file cannot be read; one line says why and what to do.

    """
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name}：文件是空的（0 字节），请重新发送。")
    sheets = list(READERS[path.suffix.lower()](path))
    if not sheets:
        raise SourceError(f"{path.name}：文件里没有工作表，可能已损坏，请重新发送。")
    return sheets


def _read_archive(path: Path) -> Iterator[Sheet]:
    """An xlsx is a zip archive: whole, and not larger than memory once it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise SourceError(f"{path.name}：解压后超过 2 GB，没有读取；请拆成几个文件再发送。")
            damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, zlib.error) as error:
        raise _broken(path) from error
    except RuntimeError as error:  # an encrypted part
        raise SourceError(f"{path.name}：文件有密码，请取消密码后重新发送。") from error
    if damaged:
        raise _broken(path)
    yield from _read_workbook(path)


def _broken(path: Path) -> SourceError:
    return SourceError(
        f"{path.name}：不是完好的 Excel 文件，请用表格软件打开后另存为 xlsx 再发送。"
    )


def _read_workbook(path: Path) -> Iterator[Sheet]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                yield _worksheet(book, name)
    except PasswordError as error:
        raise SourceError(f"{path.name}：文件有密码，请取消密码后重新发送。") from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise _broken(path) from error


def _worksheet(book: CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    cells = _rectangular(sheet.to_python(skip_empty_area=False))
    rows, width = len(cells), len(cells[0]) if cells else 0
    merged = [
        (top, left, min(bottom, rows - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if top < rows and left < width
    ]
    return Sheet(name, cells, merged)


def _read_csv(path: Path) -> Iterator[Sheet]:
    text = _decode(path)
    first_lines = text[:4096]
    delimiter = max(",\t;", key=first_lines.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SourceError(f"{path.name}：引号不成对，请用表格软件另存为 xlsx 再发送。") from error
    yield Sheet(path.stem, _rectangular(rows))


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"{path.name}：文字编码无法识别，请另存为 xlsx 或 UTF-8 编码的 csv 再发送。")


def _rectangular(rows: Grid) -> Grid:
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


READERS: Mapping[str, Callable[[Path], Iterator[Sheet]]] = {
    ".xlsx": _read_archive,
    ".xlsm": _read_archive,
    ".xls": _read_workbook,
    ".csv": _read_csv,
    ".tsv": _read_csv,
}
