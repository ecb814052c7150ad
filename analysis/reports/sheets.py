"""Rows → an Excel workbook: plain tables that a person can filter, print and write on."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

FONT = "微软雅黑"
HEAD = PatternFill("solid", fgColor="1F4E79")
LINE = Border(bottom=Side(style="thin", color="D9D9D9"))
#: Rows of these severities stand out in the margin, by colour and by their word.
SEVERITY_FILLS = {
    "错误": PatternFill("solid", fgColor="F8CBAD"), "警告": PatternFill("solid", fgColor="FFE699"),
}  # fmt: skip
WIDTH = 10
A4 = 9
#: The most that Excel takes in one cell.
LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its rows (all with the same columns), column widths by name."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    widths: Mapping[str, int] = field(default_factory=dict)


def write_tables(tables: Sequence[Table], path: Path) -> None:
    """Write a workbook whole beside the old one, then put it in its place."""
    book = Workbook(write_only=True)
    for table in tables:
        _write(book, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    book.save(part)
    os.replace(part, path)


def print_on_one_width(sheet: Any, pages: int = 1) -> None:
    """Landscape, all columns on so many pages side by side, as many pages long as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def as_data(value: Any) -> Any:
    """A value as a cell may hold it: text is never a formula, and has no unprintable signs."""
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]


def _write(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.name)
    names = list(table.rows[0]) if table.rows else ["没有记录"]
    for index, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = table.widths.get(name, WIDTH)
    sheet.freeze_panes = "A2"
    print_on_one_width(sheet)
    sheet.print_title_rows = "1:1"
    sheet.append([_head(sheet, name) for name in names])
    for row in table.rows:
        sheet.append([_cell(sheet, name, row[name]) for name in names])
    if table.rows:
        last = get_column_letter(len(names))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"


def _head(sheet: Any, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(name=FONT, bold=True, color="FFFFFF")
    cell.fill = HEAD
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, name: str, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, as_data(value))
    if isinstance(value, str):
        cell.data_type = "s"  # «=1+1» is what somebody wrote, and is not computed
    cell.font = Font(name=FONT, size=10)
    cell.border = LINE
    is_count = isinstance(value, int | float)
    cell.alignment = Alignment(
        vertical="top", wrap_text=True, horizontal="center" if is_count else None
    )
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if name == "严重程度" and value in SEVERITY_FILLS:
        cell.fill = SEVERITY_FILLS[value]
    return cell
