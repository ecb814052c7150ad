"""Rows → an Excel workbook: plain tables that a person can filter, print and write on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from analysis.charts.tokens import GRID, GROUND, MUTED, NAVY, PAPER
from analysis.overwriting import whole_file
from analysis.wording.characters import without_odd

FONT = "微软雅黑"


def plain(colour: str) -> str:
    """A token (``INK``) as Excel takes it."""
    return colour.lstrip("#").upper()


HEAD = PatternFill("solid", fgColor=plain(NAVY))
LINE = Border(bottom=Side(style="thin", color=plain(GRID)))
#: Rows of these severities stand out in the margin, by colour and by their word.
SEVERITY_FILLS = {
    word: PatternFill("solid", fgColor=plain(GROUND[tint].light))
    for word, tint in (("疑问", "quiet"), ("错误", "bad-tint"), ("警告", "warn-tint"))
}
TITLE, NOTE = Font(name=FONT, bold=True, size=14), Font(name=FONT, size=9, color=plain(MUTED))
WIDTH = 10
#: Of one line of text, in points; Excel takes rows of at most 409.
LINE_HEIGHT, TALLEST = 15, 400
A4 = 9
#: The most that Excel takes in one cell.
LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its rows (all with the same columns), column widths by name.

    ``title`` and ``note`` stand above the header, on every printed page; ``fills`` colours cells
    of a column by their value, ``bars`` draws a bar behind the numbers of a column. ``photos`` are
    JPEGs by row (from 0) and column, over rows that are ``height`` points high.
    """

    name: str
    rows: Sequence[Mapping[str, Any]]
    widths: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    note: str = ""
    fills: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bars: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[tuple[int, str], bytes] = field(default_factory=dict)
    height: int = 0


def write_tables(
    tables: Sequence[Table], path: Path, more: Callable[[Workbook], None] | None = None
) -> None:
    """Write a workbook whole beside the old one, then put it in its place.

    ``more`` adds sheets that are no plain tables.

    Raises:
        YanpanError: the file cannot be written.

    """
    with whole_file(path) as part:
        book = Workbook(write_only=True)
        looks: dict[Any, Any] = {}
        for table in tables:
            _write(book, table, looks)
        if more:
            more(book)
        book.save(part)


def print_on_one_width(sheet: Any, pages: int = 1) -> None:
    """Landscape, all columns on so many pages side by side, as many pages long as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def data_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A cell of data: text has no unprintable signs, and is typed as text, whatever it looks like.

    «=1+1» is what somebody wrote, and is not computed.
    """
    is_text = not (value is None or isinstance(value, bool | int | float | date))
    cell = WriteOnlyCell(sheet, without_odd(str(value))[:LONGEST] if is_text else value)
    if is_text:
        cell.data_type = "s"
    return cell


def _write(book: Workbook, table: Table, looks: dict[Any, Any]) -> None:
    sheet = book.create_sheet(table.name)
    names = list(table.rows[0]) if table.rows else ["没有记录"]
    for index, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = table.widths.get(name, WIDTH)
    above = [each for each in ((table.title, TITLE), (table.note, NOTE)) if each[0]]
    head = len(above) + 1
    sheet.freeze_panes = f"A{head + 1}"
    print_on_one_width(sheet)
    sheet.print_title_rows = f"1:{head}"
    for text, font in above:
        sheet.append([_line(sheet, text, font)])
    heads = {name: name for name in names}
    sheet.row_dimensions[head].height = LINE_HEIGHT * _lines(heads, table.widths)
    sheet.append([_head(sheet, name) for name in names])
    for number, row in enumerate(table.rows, start=head + 1):
        height = max(LINE_HEIGHT * _lines(row, table.widths), table.height)
        sheet.row_dimensions[number].height = min(height, TALLEST)
        sheet.append([_cell(sheet, name, row[name], looks) for name in names])
    if table.rows:
        last = get_column_letter(len(names))
        sheet.auto_filter.ref = f"A{head}:{last}{len(table.rows) + head}"
        _colour(sheet, table, names, head)
    for (number, name), content in table.photos.items():
        letter = get_column_letter(names.index(name) + 1)
        sheet.add_image(Image(BytesIO(content)), f"{letter}{head + 1 + number}")


def _colour(sheet: Any, table: Table, names: Sequence[str], head: int) -> None:
    """Conditional formats: they follow when somebody changes a cell."""
    for name in names:
        letter = get_column_letter(names.index(name) + 1)
        cells = f"{letter}{head + 1}:{letter}{head + len(table.rows)}"
        for value, colour in table.fills.get(name, {}).items():
            fill = PatternFill("solid", bgColor=colour)
            rule = CellIsRule(operator="equal", formula=[f'"{value}"'], fill=fill)
            sheet.conditional_formatting.add(cells, rule)
        if name in table.bars:
            bar = DataBarRule("num", 0, "max", None, color=table.bars[name])
            sheet.conditional_formatting.add(cells, bar)


def _lines(row: Mapping[str, Any], widths: Mapping[str, int]) -> int:
    """How many lines the longest text of a row takes: not every program fits rows by itself."""
    return max(
        (_broken(text, widths.get(name, WIDTH)) for name, text in row.items()
         if isinstance(text, str)),
        default=1,
    )  # fmt: skip


def _broken(text: str, width: int) -> int:
    if 2 * len(text) <= width and "\n" not in text:
        return 1  # most texts: not worth looking at each sign
    return sum(-(-cell_len(line) // width) or 1 for line in text.split("\n"))


def _line(sheet: Any, text: str, font: Font) -> WriteOnlyCell:
    cell = data_cell(sheet, text)
    cell.font = font
    return cell


def _head(sheet: Any, name: str) -> WriteOnlyCell:
    cell = data_cell(sheet, name)
    cell.font = Font(name=FONT, bold=True, color=plain(PAPER))
    cell.fill = HEAD
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, name: str, value: Any, looks: dict[Any, Any]) -> WriteOnlyCell:
    cell = data_cell(sheet, value)
    severity = value if name == "严重程度" and value in SEVERITY_FILLS else ""
    look = (_number_format(name, value), isinstance(value, int | float), severity)
    # Dressing a cell is ten times as slow as giving it the style of one that is dressed alike.
    if look in looks:
        cell._style = looks[look]
    else:
        _dress(cell, *look)
        looks[look] = cell._style
    return cell


def _number_format(name: str, value: Any) -> str:
    if isinstance(value, float) and name.endswith("率"):
        return "0.00%"
    return "yyyy-mm-dd" if isinstance(value, date) else "General"


def _dress(cell: Any, number_format: str, is_count: bool, severity: str) -> None:
    cell.font = Font(name=FONT, size=10)
    cell.border = LINE
    cell.number_format = number_format
    cell.alignment = Alignment(
        vertical="top", wrap_text=True, horizontal="center" if is_count else None
    )
    if severity:
        cell.fill = SEVERITY_FILLS[severity]
