"""XML spreadsheets of 2003, as accounting and registry systems export them → their sheets."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.sheets import About, Note, Range, Sheet, laid_out
from analysis.ingest.files.workbooks import LARGEST_CELLS
from analysis.ingest.files.workbooks.formulas import unworked

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
X = "{urn:schemas-microsoft-com:office:excel}"
ROWS, COLUMNS = 1_048_576, 16_384
#: What a format is called by name instead of by its code.
PERCENT = {"Percent": "0.00%"}


@dataclass(slots=True)
class _Table:
    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    is_hidden: bool = False
    next_row: int = 0


def read_xml_tables(name: str, content: BinaryIO) -> list[Sheet]:
    """The worksheets of an XML spreadsheet, hidden ones first.

    Raises:
        SourceError: it is damaged, has entities of its own, or is too large.

    """
    from lxml import etree

    content.seek(0)
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        sheets = _sheets(name, content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"{name}：不是完好的 XML 表格，请用表格软件打开后另存为 xlsx 再发送。"
        ) from error
    return sorted(sheets, key=lambda sheet: not sheet.is_hidden)


def _sheets(name: str, content: BinaryIO, parser: Any) -> list[Sheet]:
    sheets: list[Sheet] = []
    styles: dict[str, str] = {}
    table = _Table()
    is_from_1904 = False
    while chunk := content.read(1 << 16):
        if b"<!ENTITY" in chunk:
            raise SourceError(f"{name}：XML 表格里有自定义的实体，没有读取；请另存为 xlsx 再发送。")
        parser.feed(chunk)
        for event, element in parser.read_events():
            if event == "start":
                table = _Table() if element.tag == f"{SS}Worksheet" else table
            elif element.tag == f"{SS}Style":
                styles[element.get(f"{SS}ID", "")] = _format(element)
            elif element.tag == f"{X}Date1904":
                is_from_1904 = True
            elif element.tag == f"{X}Visible":
                table.is_hidden = (element.text or "").strip() in {"SheetHidden", "SheetVeryHidden"}
            elif element.tag == f"{SS}Row":
                _read_row(table, element, styles)
                element.clear()
            elif element.tag == f"{SS}Worksheet":
                sheets += _laid_out(name, table, element.get(f"{SS}Name", ""), is_from_1904)
    parser.close()
    return sheets


def _laid_out(file_name: str, table: _Table, name: str, is_from_1904: bool) -> list[Sheet]:
    width = max((max(cells) + 1 for cells in table.rows.values()), default=0)
    if len(table.rows) * width > LARGEST_CELLS:
        raise SourceError(
            f"{file_name}：工作表有 {len(table.rows)} 行 {width} 列，没有读取；"
            "请只保留表格本身，另存为 xlsx 再发送。"
        )
    formats = table.formats
    about = About(
        name,
        table.merged,
        table.is_hidden,
        (("file_renamed", "是 2003 版的 XML 表格，已照常读取；请另存为 xlsx"),),
        lambda row, column: formats.get((row, column), "General"),
        table.notes,
        is_from_1904=is_from_1904,
    )
    return laid_out(table.rows, about)


def _format(style: Any) -> str:
    found = style.find(f"{SS}NumberFormat")
    code = found.get(f"{SS}Format", "") if found is not None else ""
    return PERCENT.get(code, code)


def _read_row(table: _Table, element: Any, styles: dict[str, str]) -> None:
    row = _number(element, "Index", ROWS) - 1 if element.get(f"{SS}Index") else table.next_row
    table.next_row = row + 1 + _number(element, "Span", ROWS)
    cells: dict[int, Any] = {}
    column = 0
    for cell in element.iterchildren(f"{SS}Cell"):
        if cell.get(f"{SS}Index"):
            column = max(_number(cell, "Index", COLUMNS) - 1, 0)
        across, down = _number(cell, "MergeAcross", COLUMNS), _number(cell, "MergeDown", ROWS)
        if across or down:
            table.merged.append((row, column, row + down, column + across))
        value = _value(cell.find(f"{SS}Data"))
        if value == "" and (formula := cell.get(f"{SS}Formula")):
            value = formula
            table.notes.append(unworked(row, column, formula.removeprefix("=")))
        if value != "":
            cells[column] = value
            style = styles.get(cell.get(f"{SS}StyleID", ""))
            if style and isinstance(value, float):
                table.formats[row, column] = style
        column += 1 + across
    if cells:
        table.rows[row] = cells


def _value(data: Any) -> Any:
    """What a cell holds, as calamine would say it; the text of one that cannot be is kept."""
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{SS}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _day(text)
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _day(text: str) -> date:
    moment = datetime.fromisoformat(text.strip())
    return moment.date() if moment.time() == time() else moment


def _number(element: Any, name: str, most: int) -> int:
    text = element.get(f"{SS}{name}", "")
    return min(int(text), most) if text.isdecimal() else 0
