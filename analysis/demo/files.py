"""Pages as files: workbooks, csv, Word; nothing in them but what the page says."""

import csv
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from PIL import ImageDraw

from analysis.demo.layouts import Page

AUTHOR = "研判台"
#: No file says when it was made: the same life gives the same files.
MADE = datetime(2023, 11, 15)


def write_page(page: Page, path: Path) -> None:
    """Write a page in the form that its suffix names."""
    writers = {".csv": _write_csv, ".xlsx": _write_workbook, ".docx": _write_document}
    writers[page.suffix](page, path)


def _write_csv(page: Page, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([[text] for text in page.titles])
        writer.writerow(page.header)
        writer.writerows(line.cells for line in page.lines)
        writer.writerows([[text] for text in page.closing])


def _write_workbook(page: Page, path: Path) -> None:
    book = Workbook()
    book.properties.creator = AUTHOR
    book.properties.created = book.properties.modified = MADE
    sheet = book.worksheets[0]
    sheet.title = "台账"
    width = len(page.header)
    for text in page.titles:
        _write_over(sheet, text, width)
    if page.groups:
        _write_groups(sheet, page)
    sheet.append(list(page.header))
    first = sheet.max_row + 1
    for line in page.lines:
        if line.text is not None:
            _write_over(sheet, line.text, width)
            continue
        sheet.append([None if cell == "" else cell for cell in line.cells])
        for number in range(line.photos):
            _place_photo(sheet, sheet.max_row, width - 1 + number, number)
    for place in page.merged:
        _merge_down(sheet, place + 1, first, sheet.max_row)
    for text in page.closing:
        sheet.append([text])
    _dress(sheet, width)
    book.save(path)


def _write_over(sheet: Worksheet, text: str, width: int) -> None:
    sheet.append([text])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _write_groups(sheet: Worksheet, page: Page) -> None:
    sheet.append([cell for text, span in page.groups for cell in (text, *[None] * (span - 1))])
    row, column = sheet.max_row, 1
    for _, span in page.groups:
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=column + span - 1
        )
        column += span


def _merge_down(sheet: Worksheet, column: int, first: int, last: int) -> None:
    start = first
    for row in range(first + 1, last + 2):
        same = row <= last and (sheet.cell(row, column).value == sheet.cell(start, column).value)
        if same:
            continue
        if row - start > 1:
            sheet.merge_cells(
                start_row=start, end_row=row - 1, start_column=column, end_column=column
            )
        start = row


def _place_photo(sheet: Worksheet, row: int, column: int, number: int) -> None:
    photo = Image(_photo(number))
    photo.width, photo.height = 96, 72
    sheet.row_dimensions[row].height = 60
    sheet.add_image(photo, f"{get_column_letter(column)}{row}")


def _photo(number: int) -> BytesIO:
    """A drawn scene: a wall with a fault on it, or without."""
    picture = Picture.new("RGB", (320, 240), (214, 219, 205))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 60, 300, 230), fill=(160, 168, 150), outline=(90, 96, 84), width=4)
    if number == 0:
        draw.line((60, 80, 250, 210), fill=(170, 40, 30), width=9)
    draw.text((24, 20), "SIMULATED", fill=(60, 60, 60))
    file = BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file


def _dress(sheet: Worksheet, width: int) -> None:
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14


def _write_document(page: Page, path: Path) -> None:
    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.created = document.core_properties.modified = MADE
    for text in page.text or page.titles:
        document.add_paragraph(text)
    if page.form:
        _write_form(document, page)
    if page.lines:
        table = document.add_table(rows=1, cols=len(page.header), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, page.header, strict=True):
            cell.text = text
        for line in page.lines:
            for cell, value in zip(table.add_row().cells, line.cells, strict=True):
                cell.text = _text(value)
    for text in page.closing:
        document.add_paragraph(text)
    document.save(str(path))


def _write_form(document: Any, page: Page) -> None:
    """Two pairs of label and value a row, a long value over the whole width."""
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    short = [pair for pair in page.form if len(_text(pair[1])) <= 12]
    for left, right in zip(short[::2], [*short[1::2], ("", "")], strict=False):
        for cell, value in zip(table.add_row().cells, (*left, *right), strict=True):
            cell.text = _text(value)
    for label, value in page.form:
        if (label, value) not in short:
            cells = table.add_row().cells
            cells[0].text = label
            cells[1].merge(cells[3]).text = _text(value)


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
