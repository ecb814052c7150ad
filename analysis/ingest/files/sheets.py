"""What every reader hands over: the cells of a worksheet as they stand, with merged ranges."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from analysis.wording.characters import is_text, odd_in, without_odd

Grid = list[list[Any]]
#: First row, first column, last row, last column; zero-based, inclusive.
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One worksheet; ``cells[0]`` is row ``first_row`` + 1 of the file, to be looked up there, and
    ``cells[0][0]`` stands in column ``first_column``, counted from 0.

    ``above`` is what a document says in front of a table; ``remarks`` are (rule, message) pairs
    on how the sheet was found; ``number_format`` gives a cell's format by row and column. ``odd``
    are the cells from which characters were taken that are none: row, column, which.
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
    odd: tuple[tuple[int, int, str], ...] = ()
    first_column: int = 0

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
        return replace(
            self,
            cells=[row[left:right] for row in self.cells],
            merged=[
                (top, max(first, left) - left, bottom, min(last, right - 1) - left)
                for top, first, bottom, last in self.merged
                if first < right and last >= left
            ],
            number_format=(lambda row, column: look_up(row, column + left)) if look_up else None,
            odd=tuple(
                (row, column - left, which)
                for row, column, which in self.odd
                if left <= column < right
            ),
            first_column=self.first_column + left,
        )

    def part(self, top: int, bottom: int) -> "Sheet":
        """The rows from ``top`` up to ``bottom``, which keep their numbers in the file."""
        look_up = self.number_format
        return Sheet(
            self.name,
            self.cells[top:bottom],
            [
                (first - top, left, last - top, right)
                for first, left, last, right in self.merged
                if first >= top and last < bottom
            ],
            self.first_row + top,
            self.above if top == 0 else "",
            self.is_hidden,
            self.is_document,
            self.remarks if top == 0 else (),
            (lambda row, column: look_up(row + top, column)) if look_up else None,
            tuple(
                (row - top, column, which) for row, column, which in self.odd if top <= row < bottom
            ),
            self.first_column,
        )


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


def with_text_alone(sheet: Sheet) -> Sheet:
    """The sheet without the characters that are none, done once, before anything looks at it."""
    cells, odd = list(sheet.cells), []
    for number, row in enumerate(sheet.cells):
        # One look at the row as a whole: nearly all have nothing but text.
        if is_text("".join([cell for cell in row if type(cell) is str])):
            continue
        for column, cell in enumerate(row):
            if type(cell) is str and (found := odd_in(cell)):
                odd.append((number, column, "、".join(found)))
        if odd and odd[-1][0] == number:
            cells[number] = [without_odd(cell) if type(cell) is str else cell for cell in row]
    name, above = without_odd(sheet.name), without_odd(sheet.above)
    if not odd and (name, above) == (sheet.name, sheet.above):
        return sheet
    return replace(sheet, name=name, above=above, cells=cells, odd=tuple(odd))


def rectangular(rows: Grid) -> Grid:
    """Rows of one width, short ones filled with empty cells."""
    width = max(map(len, rows), default=0)
    return [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
