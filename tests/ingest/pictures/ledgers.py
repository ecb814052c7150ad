"""Ledgers with photos as units make them: over the cells, in the cells, in tables of Word."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.drawing.image import Image as Drawn
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from PIL import Image

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "整改前照片", "整改后照片"]
ROWS = [
    ["1", "模拟宾馆", "灭火器过期", "2023-10-01", "甲局"],
    ["2", "模拟网吧", "通道堵塞", "2023-10-02", "甲局"],
]
RED, GREEN, BLUE = "red", "green", "blue"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def photo(
    colour: str = RED, size: tuple[int, int] = (40, 30), kind: str = "PNG", **how: Any
) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **how)
    return out.getvalue()


def book(rows: Sequence[Sequence[Any]] = (HEADER, *ROWS)) -> Workbook:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "台账"
    for row in rows:
        sheet.append(list(row))
    return made


def with_drawings(path: Path, drawings: Mapping[str, bytes], rows: Any = (HEADER, *ROWS)) -> None:
    """A workbook with a photo over each of the cells that are named."""
    made = book(rows)
    for cell, content in drawings.items():
        drawn = Drawn(BytesIO(content))
        drawn.width, drawn.height = 60, 18
        made.worksheets[0].add_image(drawn, cell)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)


def spanning(
    path: Path, begin: tuple[int, int], end: tuple[int, int], content: bytes, column: int = 5
) -> None:
    """A workbook with a photo from one row and offset (EMU) to another, both from 0."""
    made = book()
    drawn = Drawn(BytesIO(content))
    drawn.anchor = TwoCellAnchor(
        _from=AnchorMarker(column, 0, *begin), to=AnchorMarker(column, 9_525, *end)
    )
    made.worksheets[0].add_image(drawn)
    made.save(path)


def patched(path: Path, parts: Mapping[str, str | bytes], cells: Mapping[str, str]) -> None:
    """The ledger with further parts, and the cells that are named written as they are given."""
    source = BytesIO()
    book().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell, xml in cells.items():
                    row = f'<row r="{cell[1:]}">'.encode()
                    assert row in text
                    end = text.index(b"</row>", text.index(row))
                    text = text[:end] + xml.encode() + text[end:]
            new.writestr(name, text)
        for name, content in parts.items():
            new.writestr(name, content)


def relationships(**targets: str) -> str:
    """A part of relationships to pictures."""
    said = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/image" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{said}</Relationships>'


def with_cell_images(path: Path, cached: str = '=DISPIMG("ID_1",1)') -> None:
    """A ledger of WPS's: the photo is the value of F2; ``cached`` is what other programs show."""
    images = (
        '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{OFFICE}"><etc:cellImage><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="2" name="ID_1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>'
        "</xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>"
    )
    formula = '<f>_xlfn.DISPIMG("ID_1",1)</f>'
    value = f"<v>{cached.replace(chr(34), '&quot;')}</v>" if cached else ""
    patched(
        path,
        {
            "xl/cellimages.xml": images,
            "xl/_rels/cellimages.xml.rels": relationships(rId1="media/image1.png"),
            "xl/media/image1.png": photo(RED),
        },
        {"F2": f'<c r="F2" t="str">{formula}{value}</c>'},
    )  # fmt: skip


def with_rich_values(path: Path) -> None:
    """A ledger of Excel's with a photo «placed in cell» G3."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rich = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    metadata = (
        f'<metadata xmlns="{main}" xmlns:xlrd="{rich}"><futureMetadata name="XLRICHVALUE" '
        'count="1"><bk><extLst><ext uri="{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}">'
        '<xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>'
        '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
    )
    shapes = (
        f'<rvStructures xmlns="{rich}"><s t="_localImage">'
        '<k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s></rvStructures>'
    )
    relations = (
        f'<richValueRels xmlns="{rich}2" xmlns:r="{OFFICE}"><rel r:id="rId1"/></richValueRels>'
    )
    patched(
        path,
        {
            "xl/metadata.xml": metadata,
            "xl/richData/rdrichvalue.xml":
                f'<rvData xmlns="{rich}"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
            "xl/richData/rdrichvaluestructure.xml": shapes,
            "xl/richData/richValueRel.xml": relations,
            "xl/richData/_rels/richValueRel.xml.rels": relationships(rId1="../media/image1.png"),
            "xl/media/image1.png": photo(GREEN),
        },
        {"G3": '<c r="G3" t="e" vm="1"><v>#VALUE!</v></c>'},
    )  # fmt: skip


def document(path: Path, before: bytes, after: bytes, stray: bytes | None = None) -> None:
    """A Word table with the photos of its first row, and perhaps one in the text below."""
    made = Document()
    table = made.add_table(rows=3, cols=7)
    for number, row in enumerate((HEADER, *ROWS)):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for column, content in ((5, before), (6, after)):
        run = table.cell(1, column).paragraphs[0].add_run()
        run.add_picture(BytesIO(content), width=Cm(2))
    if stray:
        made.add_picture(BytesIO(stray), width=Cm(2))
    made.save(str(path))
