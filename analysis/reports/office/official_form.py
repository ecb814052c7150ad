"""Documents in the official form of GB/T 9704: page, type, headings, page numbers, tables.

East Asian faces are set as such: without ``w:eastAsia`` the text would fall back to another one.
The faces are named, never enclosed; a machine without them shows its own Song or Hei instead.
"""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from analysis.wording.characters import without_odd

SONG, FANG, HEI, KAI, PLAIN_SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
#: 三号, 二号, 四号, 五号 in points, and the lines 28 points apart.
SIZE_3, SIZE_2, SIZE_4, SIZE_5, LINE = Pt(16), Pt(22), Pt(14), Pt(10.5), Pt(28)
RED = RGBColor(0xD0, 0x10, 0x10)

#: Style → face, size, alignment, whether the first line is set in by two characters.
STYLES = {
    "公文正文": (FANG, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY, True),
    "公文标题": (SONG, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER, False),
    "公文一级标题": (HEI, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT, True),
    "公文二级标题": (KAI, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT, True),
    "公文主送": (FANG, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT, False),
    "公文落款": (FANG, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT, False),
    "公文附件": (HEI, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT, False),
    "公文表格": (FANG, SIZE_5, WD_ALIGN_PARAGRAPH.LEFT, False),
    "公文说明": (FANG, SIZE_5, WD_ALIGN_PARAGRAPH.LEFT, False),
    "公文图": (FANG, SIZE_5, WD_ALIGN_PARAGRAPH.CENTER, False),
    "公文图名": (HEI, SIZE_5, WD_ALIGN_PARAGRAPH.CENTER, False),
}
GRID = "Table Grid"
#: The lines that this style would draw.
RULED = f"""<w:tblBorders xmlns:w="{nsmap["w"]}">{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}</w:tblBorders>"""
#: Headings by their level in Word's navigation pane.
LEVELS = {"公文一级标题": 0, "公文二级标题": 1, "公文附件": 0}
#: What stands on one page with what follows it.
TIED = ("公文一级标题", "公文二级标题", "公文附件", "公文图", "公文落款")


def new_document(template: Path | None = None) -> Docx:
    """An empty A4 document with the margins, styles and page numbers of the official form.

    With an office's own ``template`` its page, header, footer and what it says first stay as they
    are, and so do styles of these names; those that it lacks are added.
    """
    document = Document(str(template) if template else None)
    _add_styles(document)
    if template is None:
        _lay_out(document)
        _number_pages(document)
    return document


def _lay_out(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)


def _add_styles(document: Docx) -> None:
    known = {style.name for style in document.styles}
    for name, (face, size, alignment, is_indented) in STYLES.items():
        if name in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        _set_face(style, face)
        style.font.size = size
        form = style.paragraph_format
        form.alignment = alignment
        form.space_before = form.space_after = Pt(0)
        if size is not SIZE_5:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        form.keep_with_next = name in TIED
        if name in LEVELS:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(LEVELS[name]))
            style.element.get_or_add_pPr().append(level)
        if is_indented:
            form.first_line_indent = size * 2


def add(document: Docx, style: str, text: str) -> Paragraph:
    """One paragraph; what XML cannot carry is left out of the text."""
    return document.add_paragraph(clean(text), style)


def add_letterhead(document: Docx, office: str, number: str) -> None:
    """The office's name in red over a double line, and the place for the number of the letter."""
    head = add(document, "公文标题", office)
    head.runs[0].font.color.rgb = RED
    head.runs[0].font.size = Pt(28)
    head.paragraph_format.line_spacing = Pt(40)
    _underline(head)
    add(document, "公文落款", number)


def add_table(
    document: Docx, header: Sequence[str], rows: Iterable[Sequence[str]], widths_mm: Sequence[float]
) -> None:
    """A ruled table whose header row is repeated on each page."""
    table = document.add_table(rows=1, cols=len(header))
    if GRID in document.styles:
        table.style = document.styles[GRID]
    else:  # an office's own layout need not have it
        table._tbl.tblPr.append(parse_xml(RULED))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    style = document.styles["公文表格"].style_id  # looked up once, not for each cell
    _fill(table.rows[0].cells, header, widths_mm, style, is_header=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    row = table.add_row()
    _fill(row.cells, ["-"] * len(header), widths_mm, style)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # whole on one page
    table._tbl.remove(row._tr)
    # A copy of a row that is dressed is three times as fast as a row that is dressed anew.
    for texts in rows:
        line = deepcopy(row._tr)
        for cell, text in zip(line.iter(qn("w:t")), texts, strict=True):
            cell.text = " ".join(clean(text).split("\n"))
        table._tbl.append(line)


def turn_page(document: Docx) -> tuple[float, float]:
    """Go on on a page that lies, with the same margins; the room on it in millimetres."""
    upright = document.sections[-1]
    sides = (upright.top_margin, upright.bottom_margin, upright.right_margin, upright.left_margin)
    size = (upright.page_height, upright.page_width)
    lying = document.add_section(WD_SECTION.NEW_PAGE)
    lying.orientation = WD_ORIENT.LANDSCAPE
    lying.page_width, lying.page_height = size
    lying.left_margin, lying.right_margin, lying.top_margin, lying.bottom_margin = sides
    wide, high = (Emu(int(each or 0)).mm for each in size)
    left, right, top, bottom = (Emu(int(each or 0)).mm for each in sides)
    return wide - left - right, high - top - bottom


def as_bytes(document: Docx) -> bytes:
    """The document as a file's content."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def clean(text: str) -> str:
    """A text without the characters that no XML file may hold, its lines ended by one sign: a
    carriage return would stand in a slide as «_x000D_».
    """
    return without_odd(text).replace("\r\n", "\n").replace("\r", "\n")


def _fill(
    cells: Sequence[object], texts: Sequence[str], widths_mm: Sequence[float], style: str,
    is_header: bool = False,
) -> None:  # fmt: skip
    for cell, text, width in zip(cells, texts, widths_mm, strict=True):
        cell.width = Mm(width)  # type: ignore[attr-defined]
        paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]
        paragraph._p.style = style
        run = paragraph.add_run(clean(text))
        run.bold = is_header


def _set_face(style: ParagraphStyle, face: str) -> None:
    style.font.name = LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)


def _underline(paragraph: Paragraph) -> None:
    """A red double line below a paragraph, the upper one thick."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (
        ("val", "thickThinSmallGap"), ("sz", "24"), ("space", "4"), ("color", "D01010"),
    ):  # fmt: skip
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _number_pages(document: Docx) -> None:
    """«— 1 —» in 四号 below the text: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        paragraph.add_run("— ")
        _add_page_field(paragraph)
        paragraph.add_run(" —")
        for run in paragraph.runs:
            run.font.size = SIZE_4
            run.font.name = PLAIN_SONG
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), PLAIN_SONG)


def _add_page_field(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
