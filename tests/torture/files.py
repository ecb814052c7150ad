"""Rows of cells → the bytes of a file of each kind, the same bytes every time."""

import csv
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import docx
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.torture.grids import Grid

#: There is no library at hand that writes an old workbook: this one is damaged byte by byte.
OLD_WORKBOOK = Path(__file__).parents[1] / "files" / "模拟数据_旧版台账.xls"
#: The days on which a program saved a file, which would make other bytes each time.
_SAVED = re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*")
#: What no XML may hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_workbook(grid: Grid, draw: random.Random) -> bytes:
    """An xlsx, with ranges merged at random now and then."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in grid:
        sheet.append([_for_workbook(cell) for cell in row])
    for _ in range(draw.choice([0, 0, 1, 3])):
        top, left = draw.randint(1, 12), draw.randint(1, 10)
        sheet.merge_cells(
            start_row=top, start_column=left, end_row=top + draw.randint(0, 4),
            end_column=left + draw.randint(0, 8),
        )  # fmt: skip
    return _saved_alike(book.save)


def _for_workbook(cell: Any) -> Any:
    if isinstance(cell, str):
        return ILLEGAL_CHARACTERS_RE.sub("", cell)[:32_000]
    return cell


def as_document(grid: Grid, draw: random.Random) -> bytes:
    """A docx with a line of text and a table, cells merged now and then."""
    document = docx.Document()
    document.add_paragraph("关于报送台账的函（模拟数据）")
    rows = [row[:30] for row in grid[:60]]
    width = max(1, *map(len, rows))
    table = document.add_table(len(rows), width)
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, row, strict=False):
            cell.text = _NO_XML.sub("", _text(value))[:5_000]
    if draw.random() < 0.3:
        first, last = sorted((draw.randrange(len(rows)), draw.randrange(len(rows))))
        table.cell(first, 0).merge(table.cell(last, draw.randrange(width)))
    return _saved_alike(document.save)


def as_csv(grid: Grid, draw: random.Random) -> bytes:
    """A csv in one of the encodings and with one of the delimiters that offices use."""
    text = io.StringIO()
    csv.writer(text, delimiter=draw.choice(",,,;\t")).writerows(
        [_text(cell) for cell in row] for row in grid
    )
    return text.getvalue().encode(
        draw.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), "replace"
    )


def as_page(grid: Grid, draw: random.Random) -> bytes:
    """A table of a web page, as systems export it under the name of an xls."""
    span = f' colspan="{draw.choice([2, 3, 0, -1, 99999])}"' if draw.random() < 0.3 else ""
    rows = "".join(
        f"<tr>{''.join(f'<td{span}>{escape(_text(cell))}</td>' for cell in row)}</tr>"
        for row in grid
    )
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode(errors="replace")


def as_open_document(grid: Grid, draw: random.Random) -> bytes:
    """An ods, its cells repeated now and then."""
    again = draw.choice(["", "", ' table:number-columns-repeated="3"'])
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"{again}>'
            f"<text:p>{escape(_NO_XML.sub('', _text(cell)))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in grid
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="台账">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return archive_of(
        {
            "mimetype": kind,
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def as_old_workbook(grid: Grid, draw: random.Random) -> bytes:
    """The old workbook that there is, whatever the rows."""
    return OLD_WORKBOOK.read_bytes()


WRITERS: Mapping[str, Callable[[Grid, random.Random], bytes]] = {
    ".xlsx": as_workbook, ".docx": as_document, ".csv": as_csv, ".html": as_page,
    ".ods": as_open_document, ".xls": as_old_workbook,
}  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip; none where it is none, or a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError):
        return {}


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts, all of one day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _saved_alike(save: Callable[[Any], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    parts = parts_of(out.getvalue())
    return archive_of(
        {name: _SAVED.sub(rb"\g<1>2023-10-15T00:00:00Z", body) for name, body in parts.items()}
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
