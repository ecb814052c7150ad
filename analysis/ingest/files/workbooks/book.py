"""What calamine reads of a workbook → sheets, with what was found beside it put in its place."""

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from analysis.ingest.files.refusals import broken_workbook, locked
from analysis.ingest.files.sheets import (
    About,
    Grid,
    Note,
    Range,
    Sheet,
    far_cell,
    lower,
    rectangular,
    says_something,
)
from analysis.ingest.files.workbooks import formulas
from analysis.ingest.files.workbooks.mending import Layout
from analysis.ingest.files.workbooks.worksheet_xml import Scan

#: The cells of a sheet are laid out as a full rectangle, so a stray cell far away costs memory.
LARGEST_CELLS = 40_000_000
HIDDEN_SHEET = ("hidden_sheet", "是隐藏的工作表，已照常读取；如是旧稿请删除")


class UnreachableNumberError(Exception):
    """A number in a cell that no calendar or duration reaches stops calamine."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a worksheet beside calamine, where it was moved together, its formats."""

    scan: Scan = field(default_factory=Scan)
    layout: Layout | None = None
    number_format: Callable[[int, int], str] | None = None
    is_from_1904: bool = False


def read_book(path: Path, content: BinaryIO, found: Mapping[str, Found]) -> list[Sheet]:
    """Read any workbook that calamine knows; hidden sheets come first, so that visible ones win.

    ``found`` is by the names of the sheets.

    Raises:
        SourceError: it is damaged or locked by a password.
        UnreachableNumberError: a number in it stops calamine, which may read it without its style.

    """
    try:
        content.seek(0)
        # By its content: the name of a file may say something else.
        with _silence(), CalamineWorkbook.from_filelike(content) as book:
            return list(_worksheets(book, found))
    except PasswordError as error:
        raise locked(path.name) from error
    except (CalamineError, ZipError, XmlError, OSError, ValueError) as error:
        raise broken_workbook(path.name) from error
    except BaseException as error:
        if not isinstance(error, OverflowError) and type(error).__name__ != "PanicException":
            raise
        raise UnreachableNumberError from error


def read_slowly(path: Path, content: BinaryIO) -> list[Sheet]:
    """Read an xlsx through openpyxl, which takes sixteen times as long and stumbles less.

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
    sheets = []
    for sheet in sorted(book.worksheets, key=lambda each: each.sheet_state == "visible"):
        cells = [
            ["" if cell is None else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        merged = [
            (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1)
            for each in sheet.merged_cells.ranges
        ]
        is_hidden = sheet.sheet_state != "visible"
        sheets.append(About(sheet.title, merged, is_hidden).sheet(rectangular(cells)))
    return sheets


def hidden_rows(rows: Sequence[int]) -> list[tuple[str, str]]:
    """The remark on hidden rows, which count from 1; none where there are none."""
    if not rows:
        return []
    some = f"第 {'、'.join(map(str, rows[:5]))} 行" + ("等" if len(rows) > 5 else "")
    return [("hidden_rows", f"有 {len(rows)} 个隐藏行，已照常读取，{some}")]


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


def _worksheets(book: CalamineWorkbook, found: Mapping[str, Found]) -> Iterator[Sheet]:
    described = [each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    described.sort(key=lambda each: each.visible is SheetVisibleEnum.Visible)
    for each in described:
        beside = found.get(each.name, Found())
        is_hidden = each.visible is not SheetVisibleEnum.Visible
        remarks = [HIDDEN_SHEET] * is_hidden + hidden_rows(sorted(beside.scan.hidden))
        sheet = book.get_sheet_by_name(each.name)
        about = About(
            each.name,
            _merged(sheet),
            is_hidden,
            tuple(remarks),
            beside.number_format,
            is_from_1904=beside.is_from_1904,
        )
        cells = rectangular(sheet.to_python(skip_empty_area=False))
        yield from _stretches(cells, about, beside)


def _merged(sheet: CalamineSheet) -> list[Range]:
    ranges = sheet.merged_cell_ranges or []
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def _stretches(cells: Grid, about: About, beside: Found) -> list[Sheet]:
    """A sheet as calamine laid it out, each stretch of its rows where it really stands."""
    if not beside.layout:
        _widen(cells, beside.scan)
        notes = _put_in(cells, 0, beside.scan)
        return [replace(about, notes=notes).sheet(cells)]
    sheets = []
    start = 0
    for top, bottom in beside.layout.rows:
        rows = cells[start : start + bottom - top]
        start += bottom - top
        notes = [*_take_out_far(rows, beside.layout.columns), *_put_in(rows, top, beside.scan)]
        # Merged ranges were moved like cells, and are given by where they stand in the copy.
        moved = [(t - start + bottom, a, b - start + bottom, c) for t, a, b, c in about.merged]
        placed = [replace(note, row=note.row + top) for note in notes]
        sheets.append(replace(about, merged=moved, notes=placed).sheet(rows, top))
    return [*sheets[:1], *map(lower, sheets[1:])]


def _widen(cells: Grid, scan: Scan) -> None:
    """Make room for formulas to the right of all that calamine found."""
    width = max((column + 1 for _, column in scan.formulas), default=0)
    for row in cells:
        row += [""] * (width - len(row))


def _take_out_far(rows: Grid, columns: Sequence[tuple[int, int]]) -> list[Note]:
    """Take cells out that stand far to the right of the table, and tell of each."""
    notes = []
    width = columns[0][1] - columns[0][0]
    places = [n for first, end in columns for n in range(first, end)]
    for number, row in enumerate(rows):
        for column, cell in zip(places[width:], row[width:], strict=False):
            if says_something([cell]):
                notes.append(far_cell(number, column, cell))
        del row[width:]
    return notes


def _put_in(cells: Grid, top: int, scan: Scan) -> list[Note]:
    """Put the text of errors and formulas into the cells that calamine left blank."""
    if not (scan.errors or scan.formulas):
        return []
    width = len(cells[0]) if cells else 0
    # Cells that were taken out far to the right are beyond the width, and told.
    errors, unworked = (
        {
            (row - top, column): text
            for (row, column), text in found.items()
            if row >= top and column < width
        }
        for found in (scan.errors, scan.formulas)
    )
    for (row, column), text in errors.items():
        if row < len(cells):
            cells[row][column] = text
    return formulas.put_in(cells, top, unworked)
