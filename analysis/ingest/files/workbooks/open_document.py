"""An ods → its sheets, read here: calamine knows none of its merged cells and errors."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.refusals import broken_workbook, locked
from analysis.ingest.files.sheets import FAR_ROWS, About, Range, Sheet, laid_out
from analysis.ingest.files.workbooks.book import HIDDEN_SHEET, LARGEST_CELLS, hidden_rows
from analysis.ingest.files.workbooks.formulas import put_in

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
LOCKED = b"encryption-data"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
#: A sheet has no more rows and columns; a file that says so is none.
ROWS, COLUMNS = 1_048_576, 16_384
REFERENCE = re.compile(r"\[\.(\$?[A-Z]+\$?\d+)\]")
HIDDEN = {"collapse", "filter"}
NUMBERS = {"float", "currency", "percentage"}


@dataclass(slots=True)
class _Table:
    """A table as it is read: by row, its cells by column, and what stands beside them.

    Rows that are repeated share one object of each kind.
    """

    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    percentages: dict[int, set[int]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    next_row: int = 0


def read_open_document(path: Path, content: BinaryIO) -> Iterator[Sheet]:
    """The sheets of an ods, hidden ones first.

    Raises:
        SourceError: it is damaged, locked by a password, or too large.

    """
    from lxml import etree

    try:
        with zipfile.ZipFile(content) as archive:
            if MANIFEST in archive.namelist() and LOCKED in archive.read(MANIFEST):
                raise locked(path.name)
            with archive.open(CONTENT) as part:
                sheets = list(_tables(path, part))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise broken_workbook(path.name) from error
    yield from sorted(sheets, key=lambda sheet: not sheet.is_hidden)


def _tables(path: Path, part: Any) -> Iterator[Sheet]:
    from lxml import etree

    events = etree.iterparse(
        part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        tag=(f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}tracked-changes", f"{STYLE}style"),
    )  # fmt: skip
    hidden_styles: set[str] = set()
    open_tables: list[_Table] = []
    for event, element in events:
        if element.tag == f"{STYLE}style":
            if event == "end" and _is_display_off(element):
                hidden_styles.add(element.get(f"{STYLE}name"))
        elif element.tag == f"{TABLE}table-row":
            # A table within a table is part of a cell's text, and a change that was undone is none.
            if event == "end" and len(open_tables) == 1:
                _read_row(open_tables[0], element)
                element.clear()
        elif event == "start":
            open_tables.append(_Table())
        else:
            table = open_tables.pop()
            if not open_tables and element.tag == f"{TABLE}table":
                yield from _sheets(path, table, element, hidden_styles)
                element.clear()


def _sheets(path: Path, table: _Table, element: Any, hidden_styles: set[str]) -> list[Sheet]:
    width = max((max(cells) + 1 for cells in table.rows.values()), default=0)
    if len(table.rows) * width > LARGEST_CELLS:
        raise SourceError(
            f"{path.name}：工作表有 {len(table.rows)} 行 {width} 列，没有读取；"
            "请只保留表格本身，另存为 xlsx 再发送。"
        )
    is_hidden = element.get(f"{TABLE}style-name") in hidden_styles
    about = About(
        element.get(f"{TABLE}name", ""),
        table.merged,
        is_hidden,
        tuple([HIDDEN_SHEET] * is_hidden + hidden_rows(table.hidden)),
        lambda row, column: "0%" if column in table.percentages.get(row, ()) else "General",
    )
    return [_with_formulas(sheet, table.formulas) for sheet in laid_out(table.rows, about)]


def _with_formulas(sheet: Sheet, formulas: dict[int, dict[int, str]]) -> Sheet:
    within = {
        (number, column): text
        for number in range(len(sheet.cells))
        for column, text in formulas.get(sheet.first_row + number, {}).items()
    }
    if not within:
        return sheet
    return replace(sheet, notes=(*sheet.notes, *put_in(sheet.cells, sheet.first_row, within)))


def _is_display_off(style: Any) -> bool:
    about = style.find(f"{STYLE}table-properties")
    return about is not None and about.get(f"{TABLE}display") == "false"


def _read_row(table: _Table, element: Any) -> None:
    """One row, as often as it is repeated; a blank one that is repeated costs nothing."""
    repeated = _number(element, "number-rows-repeated", ROWS)
    rows = range(table.next_row, min(table.next_row + repeated, ROWS))
    table.next_row += repeated
    cells: dict[int, Any] = {}
    formulas: dict[int, str] = {}
    percentages: set[int] = set()
    column = 0
    for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        times = _number(cell, "number-columns-repeated", COLUMNS)
        places = range(column, min(column + times, COLUMNS))
        _merge(table, cell, rows.start, column)
        column += times
        value = _value(cell)
        if value != "":
            cells.update(dict.fromkeys(places, value))
        elif formula := _formula(cell):
            formulas.update(dict.fromkeys(places, formula))
        if cell.get(f"{OFFICE}value-type") == "percentage":
            percentages.update(places)
    if not cells:
        rows = rows[:FAR_ROWS]  # forms have formulas for rows to come
    if cells or formulas:
        shared = {**dict.fromkeys(formulas, ""), **cells}
        table.rows.update((row, shared) for row in rows)  # one for all: nobody writes into it
    if formulas:
        table.formulas.update(dict.fromkeys(rows, formulas))
    if percentages:
        table.percentages.update(dict.fromkeys(rows, percentages))
    if element.get(f"{TABLE}visibility") in HIDDEN and cells:
        table.hidden.extend(row + 1 for row in rows)


def _merge(table: _Table, cell: Any, row: int, column: int) -> None:
    down = _number(cell, "number-rows-spanned", ROWS)
    across = _number(cell, "number-columns-spanned", COLUMNS)
    if down * across > 1:
        table.merged.append((row, column, row + down - 1, column + across - 1))


def _formula(cell: Any) -> str:
    """A formula whose value nobody has worked out; references as a spreadsheet shows them."""
    if cell.get(f"{OFFICE}value-type"):
        return ""
    return REFERENCE.sub(r"\1", cell.get(f"{TABLE}formula", "").partition("=")[2])


def _value(cell: Any) -> Any:
    """What a cell holds as calamine would say it: numbers as float, days as date or datetime."""
    kind = cell.get(f"{OFFICE}value-type")
    text = "\n".join(_text(each) for each in cell.iterchildren(f"{TEXT}p", f"{TEXT}h"))
    try:
        if kind in NUMBERS and not text.startswith(("#", "Err:")):
            return float(cell.get(f"{OFFICE}value"))
        if kind == "date":
            return _day(cell.get(f"{OFFICE}date-value"))
    except (TypeError, ValueError):  # what is shown is all that there is
        return text
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    return text or cell.get(f"{OFFICE}string-value", "")


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text(paragraph: Any) -> str:
    """A paragraph with its blanks and breaks, without the notes that are pinned to it."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            parts.append(" " * _count(child.get(f"{TEXT}c")))
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            parts.append("\t" if child.tag.endswith("tab") else "\n")
        elif isinstance(child.tag, str) and child.tag != f"{OFFICE}annotation":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _count(text: str | None) -> int:
    return min(int(text), 1_000) if text and text.isdecimal() else 1


def _number(element: Any, name: str, most: int) -> int:
    text = element.get(f"{TABLE}{name}", "1")
    return max(1, min(int(text), most)) if text.isdecimal() else 1
