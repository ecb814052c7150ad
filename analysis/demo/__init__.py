"""``yanpan demo``: simulated ledgers, as untidy as real ones, each marked 模拟数据."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.demo.ledgers import Book, make_books
from analysis.demo.world import make_world
from analysis.overwriting import must_be_free, whole_file

#: The day up to which the committed demonstration runs: the first node after the plan's third.
UNTIL = date(2023, 11, 15)
SEED = 20231115


def write_demo(
    folder: Path, until: date = UNTIL, seed: int = SEED, deliveries: int = 3, force: bool = False
) -> list[Path]:
    """Write the ledgers of an invented year below ``folder``; the same seed, the same cells.

    Hazard ledgers are sent ``deliveries`` times, the last at ``until``, half a month apart.

    Raises:
        YanpanError: a file of that name is there already and ``force`` is not said, or cannot be
            written.

    """
    books = {
        folder / book.path: book for book in make_books(make_world(until, seed), seed, deliveries)
    }
    must_be_free(books, force)
    for path, book in books.items():
        with whole_file(path) as part:
            (_write_csv if path.suffix == ".csv" else _write_workbook)(book, part)
    return list(books)


def _write_csv(book: Book, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([[book.title], [book.subtitle], book.header, *book.rows])
        writer.writerows([[line] for line in book.closing])


def _write_workbook(book: Book, path: Path) -> None:
    workbook = Workbook()
    workbook.properties.creator = "研判台"
    workbook.properties.created = workbook.properties.modified = datetime(2023, 11, 15)
    sheet = workbook.worksheets[0]
    sheet.title = "台账"
    width = len(book.header)
    for line in (book.title, book.subtitle):
        sheet.append([line])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width
        )
    _write_header(sheet, book)
    for row in book.rows:
        sheet.append([_cell(value) for value in row])
    for line in book.closing:
        sheet.append([line])
    _dress(sheet, width)
    workbook.save(path)


def _write_header(sheet: Worksheet, book: Book) -> None:
    if book.groups:
        sheet.append([cell for text, span in book.groups for cell in (text, *[None] * (span - 1))])
        column = 1
        for _, span in book.groups:
            row = sheet.max_row
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=column, end_column=column + span - 1
            )
            column += span
    sheet.append(list(book.header))


def _cell(value: Any) -> Any:
    return None if value == "" else value


def _dress(sheet: Worksheet, width: int) -> None:
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14
