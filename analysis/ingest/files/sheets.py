"""What every reader hands over: the cells of a worksheet as they stand, with merged ranges."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from analysis.wording.characters import is_text, odd_in, without_odd

Grid = list[list[Any]]
#: First row, first column, last row, last column; zero-based, inclusive.
Range = tuple[int, int, int, int]
#: So many blank rows are the end of a table; what stands below them is another, or a stray cell.
FAR_ROWS = 1_000
#: A row far below with no more cells than these is no row of a ledger.
MOST_STRAY = 2
#: A workbook that counts its days from 1904-01-01 is so many behind one that does not.
DAYS_TO_1904 = 1_462
#: Its numbers for the days of 2000 to 2040, the years that a ledger can mean.
DAYS_OF_1904 = range(36_526 - DAYS_TO_1904, 51_502 - DAYS_TO_1904)
#: Excel itself writes no longer text into a cell; what is longer was made by a program.
LONGEST_TEXT = 32_767
#: So many rows are looked through at a time.
LOOKED_AT_TOGETHER = 200
BARE_DAY = re.compile(r"^\s*\d{5}\s*$")
#: Signs that a list of duties uses for who leads and who supports.
SIGNS = "▲△●○★☆■□◆◇◎√※▼▽"
_SIGN = re.compile(f"[{SIGNS}]")
#: What few ledgers have in any of their texts, and whether a text may have it. It is looked for in
#: all texts of a file at once: to go through the cells of a large one for each takes its time.
RARE: Mapping[str, Callable[[str], bool]] = {
    "long": lambda text: len(text) > LONGEST_TEXT,
    "odd": lambda text: not is_text(text),
    "photo": lambda text: "(" in text and "DISPIMG(" in text.upper(),
    "sign": lambda text: _SIGN.search(text) is not None,
}


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be told of one cell, or of a row where ``column`` is None; both zero-based.

    ``row`` counts from the first row of the sheet that holds the note. ``message`` goes on behind
    the name of the place: «F2 格», «第 2 行».
    """

    row: int
    column: int | None
    rule: str
    severity: str
    message: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in or over a cell; ``part`` names what holds it in the file, empty where nothing
    does. One that is fixed to no cell has neither row nor column.
    """

    row: int | None
    column: int | None
    part: str
    #: Whether the cell holds the picture as its value, hence no text.
    is_value: bool = False
    #: In a form, the row of its record, and the label that stands for a header.
    of_row: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Sheet:
    """One worksheet; ``cells[0]`` is row ``first_row`` + 1 of the file, to be looked up there, and
    ``cells[0][0]`` stands in column ``first_column``, counted from 0.

    ``above`` is what a document says in front of a table; ``is_document`` says that the sheet may
    go on with the table of the one before it. ``remarks`` are (rule, message) pairs on how the
    sheet was found, ``notes`` what was found in its cells; ``number_format`` gives a cell's format
    by row and column. ``is_from_1904`` says that bare numbers of days count from 1904-01-01.
    ``photos`` stand by row and column as the cells do.
    """

    name: str
    cells: Grid
    merged: list[Range] = field(default_factory=list)
    first_row: int = 0
    above: str = ""
    is_hidden: bool = False
    is_document: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    number_format: Callable[[int, int], str] | None = None
    notes: tuple[Note, ...] = ()
    is_from_1904: bool = False
    first_column: int = 0
    #: From here on the columns are those of another sheet, which has letters of its own.
    joined_from: int | None = None
    #: Columns that were made out of another one, whose letter they have in the file.
    parts_of: Mapping[int, int] = field(default_factory=dict)
    #: What stands over the first of several tables on a sheet: it may speak of all of them.
    heading: str = ""
    #: The sheet that this one's columns have been joined to.
    joined_to: str = ""
    photos: tuple[Photo, ...] = ()
    #: No text of the sheet, or of those that it may be joined with, has any other of ``RARE``.
    rare: frozenset[str] = frozenset(RARE)

    @cached_property
    def filled(self) -> Grid:
        """The cells with every merged range filled from its top left corner, done once."""
        if not self.merged:
            return self.cells
        grid = list(self.cells)
        for number in {n for top, _, bottom, _ in self.merged for n in range(top, bottom + 1)}:
            grid[number] = list(grid[number])
        for top, left, bottom, right in self.merged:
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [self.cells[top][left]] * (right + 1 - left)
        return grid

    def columns(self, left: int, right: int) -> "Sheet":
        """The columns from ``left`` up to ``right``, which keep their letters in the file."""
        look_up = self.number_format
        # Photos may stand on the right of the last column too.
        last_photo = right if self.cells and right < len(self.cells[0]) else sys.maxsize
        return replace(
            self,
            cells=[row[left:right] for row in self.cells],
            merged=[
                (top, max(first, left) - left, bottom, min(last, right - 1) - left)
                for top, first, bottom, last in self.merged
                if first < right and last >= left
            ],
            number_format=(lambda row, column: look_up(row, column + left)) if look_up else None,
            notes=tuple(
                note if note.column is None else replace(note, column=note.column - left)
                for note in self.notes
                if left <= (note.column or 0) < right
            ),
            first_column=self.first_column + left,
            photos=tuple(
                each if each.column is None else replace(each, column=each.column - left)
                for each in self.photos
                if left <= (each.column or 0) < last_photo
            ),
        )

    def part(self, top: int, bottom: int) -> "Sheet":
        """The rows from ``top`` up to ``bottom``, which keep their numbers in the file."""
        look_up = self.number_format
        # Photos may stand below the last row too.
        last_photo = bottom if bottom < len(self.cells) else sys.maxsize
        return replace(
            self,
            cells=self.cells[top:bottom],
            merged=[
                (first - top, left, min(last, bottom - 1) - top, right)
                for first, left, last, right in self.merged
                if top <= first < bottom
            ],
            first_row=self.first_row + top,
            above=self.above if top == 0 else "",
            remarks=self.remarks if top == 0 else (),
            number_format=(lambda row, column: look_up(row + top, column)) if look_up else None,
            notes=tuple(
                replace(note, row=note.row - top) for note in self.notes if top <= note.row < bottom
            ),
            photos=tuple(
                each if each.row is None else replace(each, row=each.row - top)
                for each in self.photos
                if top <= (each.row or 0) < last_photo
            ),
        )

    def days_of(self, cells: Sequence[Any]) -> Sequence[Any]:
        """A column of days as every other workbook counts them, from 1899-12-30.

        A workbook that counts from 1904 says so of itself; its bare numbers, also those that stand
        as text, are four years and a day short.
        """
        return [_since_1900(cell) for cell in cells] if self.is_from_1904 else cells


@dataclass(frozen=True, slots=True)
class About:
    """What a worksheet has beside its cells; rows and columns count from its first cell."""

    name: str
    merged: Sequence[Range] = ()
    is_hidden: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    number_format: Callable[[int, int], str] | None = None
    notes: Sequence[Note] = ()
    is_from_1904: bool = False

    def sheet(self, cells: Grid, top: int = 0) -> Sheet:
        """The stretch of the worksheet that begins with row ``top``; the remarks go with row 0."""
        last, width = top + len(cells) - 1, len(cells[0]) if cells else 0
        look_up = self.number_format
        return Sheet(
            self.name,
            cells,
            [
                (first - top, left, min(bottom, last) - top, min(right, width - 1))
                for first, left, bottom, right in self.merged
                if top <= first <= last and left < width
            ],
            top,
            is_hidden=self.is_hidden,
            remarks=() if top else self.remarks,
            number_format=(lambda row, column: look_up(row + top, column)) if look_up else None,
            notes=tuple(replace(note, row=note.row - top) for note in self.notes),
            is_from_1904=self.is_from_1904,
        )


def laid_out(rows: Mapping[int, Mapping[int, Any]], about: About) -> list[Sheet]:
    """The sheets that cells make, given by row and column: one for each stretch of rows.

    Nothing is laid out for rows that are not there, so that a cell in the last row of a sheet
    costs no more than any other.
    """
    width = max((max(cells) + 1 for cells in rows.values() if cells), default=0)
    sheets: list[Sheet] = []
    for top, bottom in stretches(sorted(number for number in rows if rows[number])):
        cells = [[""] * width for _ in range(bottom - top)]
        for number in range(top, bottom):
            for column, value in rows.get(number, {}).items():
                cells[number - top][column] = value
        notes = [note for note in about.notes if top <= note.row < bottom]
        sheets.append(replace(about, notes=notes).sheet(cells, top))
    return [*sheets[:1], *map(lower, sheets[1:])]


def apart(sheet: Sheet) -> list[Sheet]:
    """A sheet without its long stretches of blank rows, cut there; short sheets stay whole.

    What stands far below the table goes on with it where it reads like rows, and is told cell by
    cell where it is a stray cell or two.
    """
    if len(sheet.cells) <= FAR_ROWS:
        return [sheet]
    parts = stretches([n for n, row in enumerate(sheet.cells) if says_something(row)])
    if parts in ([], [(0, len(sheet.cells))]):
        return [sheet]
    first, *others = (sheet.part(top, bottom) for top, bottom in parts)
    start = first.first_row - sheet.first_row
    between = tuple(
        replace(note, row=note.row - start)
        for note in sheet.notes
        if not any(top <= note.row < bottom for top, bottom in parts)
    )
    notes = (*first.notes, *between)
    return [
        replace(first, above=sheet.above, remarks=sheet.remarks, notes=notes),
        *map(lower, others),
    ]


def stretches(rows: Sequence[int], gap: int = FAR_ROWS) -> list[tuple[int, int]]:
    """Rows in ascending order → stretches (first, last + 1) that are ``gap`` or more apart.

    One that begins near the sheet's edge begins there, so that rows keep their numbers.
    """
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row - found[-1][1] < gap:
            found[-1] = (found[-1][0], row + 1)
        else:
            found.append((0 if row < gap else row, row + 1))
    return found


def says_something(row: Sequence[Any]) -> bool:
    """Whether any cell of a row holds more than white space."""
    return any(cell != "" and (type(cell) is not str or cell.strip()) for cell in row)


def lower(sheet: Sheet) -> Sheet:
    """What stands far below: more rows of the table above, or stray cells, each of them told."""
    filled = [
        [(number, column, cell) for column, cell in enumerate(row) if says_something([cell])]
        for number, row in enumerate(sheet.cells)
    ]
    if max(map(len, filled)) > MOST_STRAY:
        return replace(sheet, is_document=True)
    stray = [far_cell(*place) for row in filled for place in row]
    return replace(sheet, notes=(*sheet.notes, *stray))


def far_cell(row: int, column: int, cell: Any) -> Note:
    """That a cell stands too far from the table to be part of it."""
    message = f"离表格很远，写着“{cell}”，没有读入台账；如是台账内容请移到表格里，否则请清空"
    return Note(row, column, "far_cell", "warning", message, str(cell))


def _since_1900(cell: Any) -> Any:
    number = int(cell) if type(cell) is str and BARE_DAY.match(cell) else cell
    if type(number) in {int, float} and DAYS_OF_1904.start <= number < DAYS_OF_1904.stop:
        return number + DAYS_TO_1904
    return cell


def column_letters(index: int) -> str:
    """A column as a spreadsheet names it: 0 → A, 26 → AA.

    openpyxl has the same, but costs each process that reads 0.2 s and 25 MB, more than the
    ledgers of a month, and knows no column beyond ZZZ, which a text file may have.
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def with_texts_cut(sheet: Sheet) -> Sheet:
    """The sheet with no text that is longer than a cell of Excel's can be, done before anything
    looks at it: to compare such texts would take a minute for each.
    """
    cells, notes = list(sheet.cells), list(sheet.notes)
    for number, row in rows_with("long", sheet):
        cells[number] = [cell[:LONGEST_TEXT] if type(cell) is str else cell for cell in row]
        for column, cell in enumerate(row):
            if type(cell) is str and len(cell) > LONGEST_TEXT:
                message = (
                    f"有 {len(cell)} 个字，一格最多 {LONGEST_TEXT} 个，只读了前 {LONGEST_TEXT} 个，"
                    "后面的没有读；请删去多余的，或分成几行后重新报送"
                )
                notes.append(Note(number, column, "unreadable", "warning", message))
    return replace(sheet, cells=cells, notes=tuple(notes))


def with_text_alone(sheet: Sheet) -> Sheet:
    """The sheet without the characters that are none, done once, before anything looks at it."""
    cells, odd = list(sheet.cells), list(sheet.notes)
    for number, row in rows_with("odd", sheet):
        for column, cell in enumerate(row):
            if type(cell) is str and (found := odd_in(cell)):
                message = (
                    f"里有不是文字的字符（{'、'.join(found)}），已去掉，其余照读；请删去后重新填写"
                )
                text = without_odd(cell).strip()
                odd.append(Note(number, column, "odd_characters", "warning", message, text or None))
        cells[number] = [without_odd(cell) if type(cell) is str else cell for cell in row]
    return replace(
        sheet,
        name=without_odd(sheet.name),
        above=without_odd(sheet.above),
        cells=cells,
        notes=tuple(odd),
    )


def looked_through(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of a file, each with what is rare in any of them."""
    sought = dict(RARE)
    for rows in (rows for sheet in sheets for rows in _together(sheet.cells)):
        text = texts_of(rows)
        for name in [name for name, has_it in sought.items() if has_it(text)]:
            del sought[name]
    # What is taken out of a text may have stood between others.
    rare = frozenset(RARE) if "odd" not in sought else frozenset(RARE) - frozenset(sought)
    return [replace(sheet, rare=rare) for sheet in sheets]


def rows_with(
    name: str, sheet: Sheet, cells: Grid | None = None
) -> Iterator[tuple[int, list[Any]]]:
    """The rows, with their numbers, whose texts together have something rare; of the sheet, or of
    ``cells`` that were made of its rows.

    Many rows are looked at together, and one by one only where one of them has it: what texts have
    side by side, they have among others.
    """
    if name not in sheet.rare:
        return
    has_it, first = RARE[name], 0
    for rows in _together(sheet.cells if cells is None else cells):
        if has_it(texts_of(rows)):
            for number, row in enumerate(rows, first):
                if has_it(texts_of([row])):
                    yield number, row
        first += len(rows)


def _together(cells: Grid) -> Iterator[Grid]:
    for top in range(0, len(cells), LOOKED_AT_TOGETHER):
        yield cells[top : top + LOOKED_AT_TOGETHER]


def texts_of(rows: Grid) -> str:
    """The texts of some rows side by side."""
    return "".join([cell for row in rows for cell in row if type(cell) is str])


def rectangular(rows: Grid) -> Grid:
    """Rows of one width, short ones filled with empty cells."""
    width = max(map(len, rows), default=0)
    return [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
