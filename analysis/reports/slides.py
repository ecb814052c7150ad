"""例会汇报.pptx: native charts and tables, large type, day and sources in the footer."""

import io
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from analysis.briefing.figures import Figures
from analysis.briefing.slide_contents import Slide, slides
from analysis.briefing.stamp import stamp_line
from analysis.briefing.statements.headline import Card
from analysis.charts import tokens
from analysis.charts.svg_text import text_width
from analysis.errors import YanpanError
from analysis.reports.office.native_charts import (
    chart_data,
    chart_type,
    dress,
    flatten,
    rgb,
    set_east_asian,
)
from analysis.reports.office.official_form import clean
from analysis.reports.office.wall_shapes import add_wall
from analysis.wording.deadlines import chinese_day

FACE = "微软雅黑"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
TITLE, BODY, SMALL, BIG, CARD = Pt(28), Pt(20), Pt(12), Pt(36), Pt(14)
#: Type of a table, the largest that fits first; a line of it is so many times as high as its type.
TABLES, LINE, IN_CELL = (Pt(15), Pt(14), Pt(13), Pt(12), Pt(11)), 1.45, Inches(0.08)
LEAST_ROW = Inches(0.35)
INK, MUTED, BRAND, PALE, WHITE = map(
    rgb, (tokens.INK, tokens.MUTED, tokens.NAVY, tokens.QUIET, tokens.PAPER)
)
MEANINGS = {"good": rgb(tokens.GOOD), "bad": rgb(tokens.BAD)}
#: A claim has two lines, of which a word that does not fit, and a face that is wider where the
#: deck's own is missing, leave a part free.
LINES_OF_TITLE, FILLED, LEAST_TITLE = 2, 0.86, Pt(18)
#: The layouts of PowerPoint's own template that are used: title, title only.
TITLE_LAYOUT, PLAIN_LAYOUT = 0, 5
TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE})
#: Columns of tables by the room that they want; others take 1.
WEIGHTS = {
    "事项": 4.6, "隐患": 5.2, "场所": 2.3, "理由": 5.2, "责任单位": 1.6, "监管单位": 1.5,
    "四色": 0.6, "现行期限": 1.6, "督办情形": 1.2, "逾期天数": 1.2, "期限": 1.4,
}  # fmt: skip


def write_slides(figures: Figures, template: Path | None = None) -> bytes:
    """The presentation; ``template`` is an office's own, with its cover, logo and colours."""
    deck = Presentation(str(template) if template else None)
    if not template:
        _make_wide(deck)
    told = slides(figures)
    _cover(deck, figures)
    for number, slide in enumerate(told, start=2):
        _draw(deck, slide, figures, f"{number} / {len(told) + 1}")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _make_wide(deck: Any) -> None:
    """PowerPoint's own template in 16:9, titles above on the left, Chinese faces in its theme."""
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in (deck.slide_layouts[TITLE_LAYOUT], deck.slide_layouts[PLAIN_LAYOUT]):
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type is not None and shape.placeholder_format.idx > 1:
                shape._element.getparent().remove(shape._element)  # date, footer, number
    title = deck.slide_layouts[PLAIN_LAYOUT].placeholders[0]
    title.left, title.top = Inches(0.6), Inches(0.35)
    title.width, title.height = WIDTH - Inches(1.2), Inches(1.0)
    cover = deck.slide_layouts[TITLE_LAYOUT].placeholders
    for shape, top, height in ((cover[0], 2.2, 1.4), (cover[1], 3.9, 1.6)):
        shape.left, shape.width = Inches(1), WIDTH - Inches(2)
        shape.top, shape.height = Inches(top), Inches(height)
    theme = deck.slide_masters[0].part.part_related_by(RT.THEME)
    root = etree.fromstring(theme.blob)
    for face in root.iter(qn("a:ea")):
        face.set("typeface", FACE)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _titled(deck: Any, number: int) -> Any:
    """The layout of that place, or the first of an office's own that has a title.

    Raises:
        YanpanError: none has.

    """
    layouts = list(deck.slide_layouts)
    for layout in [*layouts[number : number + 1], *layouts]:
        if any(each.placeholder_format.type in TITLES for each in layout.placeholders):
            return layout
    raise YanpanError("版式里没有带标题的版面，请用带“仅标题”版面的演示文稿作版式。")


def _cover(deck: Any, figures: Figures) -> None:
    page = deck.slides.add_slide(_titled(deck, TITLE_LAYOUT))
    settings = figures.settings
    quarter = figures.period == "季度"
    meeting = "季度例会汇报" if quarter else "例会汇报（月度形势研判会）"
    name = f"{settings.region}文化旅游安全{meeting}"
    _write(page.shapes.title.text_frame, name, Pt(38), BRAND, bold=True)
    signer = settings.deputy or "　　　　"
    lines = [
        settings.office,
        chinese_day(figures.scope.as_of),
        f"（一般性文件，签发：副组长 {signer}）",
    ]
    if len(page.placeholders) > 1:
        frame = page.placeholders[1].text_frame
        _write(frame, "\n".join(lines), BODY, INK)
    _footer(deck, page, stamp_line(figures.scope, figures.facts), "")


def title_size(message: str) -> Pt:
    """The size at which a claim stays on two lines, above what shows it; not below the least that
    is read as a title.
    """
    room = LINES_OF_TITLE * Emu(WIDTH - Inches(1.2)).pt
    sizes = range(int(TITLE.pt), int(LEAST_TITLE.pt), -2)
    fits = (n for n in sizes if text_width(message, n) <= FILLED * room)
    return Pt(next(fits, int(LEAST_TITLE.pt)))


def _draw(deck: Any, slide: Slide, figures: Figures, at: str) -> None:
    page = deck.slides.add_slide(_titled(deck, PLAIN_LAYOUT))
    _write(page.shapes.title.text_frame, slide.message, title_size(slide.message), BRAND, bold=True)
    page.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in page.shapes.title.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    left, top = int(deck.slide_width * 0.045), int(deck.slide_height * 0.2)
    width, height = deck.slide_width - 2 * left, int(deck.slide_height * 0.66)
    # what is asked stands between what shows the claim and the note below it
    room = height - Inches(0.5) if slide.request else height
    box = (left, top, width, room)
    if slide.request:
        asked = page.shapes.add_textbox(left, top + room, width, height - room)
        _write(asked.text_frame, slide.request, BODY, BRAND, bold=True)
    if slide.cards:
        _cards(page, slide.cards, box)
    if slide.plot and not slide.plot.is_empty:  # nor can one without categories be drawn
        _chart(page, slide.plot, box)
    if slide.wall:
        add_wall(page, slide.wall, box, FACE)
    if slide.rows:
        _table(page, slide.rows, box)
    if slide.points:
        _points(page, slide.points, box)
    if slide.note:
        note = page.shapes.add_textbox(left, top + height + Inches(0.02), width, Inches(0.35))
        _write(note.text_frame, slide.note, Pt(14), MUTED)
    stamp = f"{stamp_line(figures.scope, figures.facts)} · {slide.source}"
    _footer(deck, page, stamp, at)


def _cards(page: Any, cards: Sequence[Card], box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    columns = 4
    rows = -(-len(cards) // columns)
    gap = Inches(0.2)
    wide, high = (width - gap * (columns - 1)) // columns, (height - gap * (rows - 1)) // rows
    for number, card in enumerate(cards):
        row, column = divmod(number, columns)
        shape = page.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left + column * (wide + gap), top + row * (high + gap), wide, high
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = PALE
        shape.line.fill.background()
        flatten(shape)
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _write(frame, card.label, BODY, MUTED)
        value, sign, parts = card.value.partition("（")
        _add(frame, value, BIG, INK, bold=True)
        if sign:  # a line of its own: beside the value it would break in the middle of a number
            _add(frame, sign + parts, CARD, MUTED)
        _add(frame, card.change or " ", CARD, MEANINGS.get(card.meaning, MUTED))
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.CENTER


def _chart(page: Any, plot: Any, box: tuple[int, int, int, int]) -> None:
    drawn = page.shapes.add_chart(chart_type(plot), *map(Emu, box), chart_data(plot))
    drawn.name = plot.title
    dress(drawn.chart, plot, FACE, 16)


def _table(page: Any, rows: list[dict[str, Any]], box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    names = list(rows[0])
    shape = page.shapes.add_table(
        len(rows) + 1, len(names), left, top, width, LEAST_ROW * (len(rows) + 1)
    )
    table = shape.table
    total = sum(WEIGHTS.get(name, 1.0) for name in names)
    widths = [int(width * WEIGHTS.get(name, 1.0) / total) for name in names]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    texts = [[shortened("" if row[n] is None else str(row[n])) for n in names] for row in rows]
    size = table_size([names, *texts], widths, height)
    # a viewer that does not grow rows by itself would cut what is wrapped
    for row, high in zip(table.rows, row_heights([names, *texts], widths, size), strict=True):
        row.height = Emu(high)
    for index, name in enumerate(names):
        _cell(table.cell(0, index), name, WHITE, BRAND, size, bold=True)
    for number, line in enumerate(texts, start=1):
        for index, text in enumerate(line):
            _cell(table.cell(number, index), text, INK, PALE if number % 2 else WHITE, size)


def table_size(lines: Sequence[Sequence[str]], widths: Sequence[int], height: int) -> Pt:
    """The largest type at which a table, its cells wrapped, does not grow over what stands below.

    ``widths`` and ``height`` are in EMU; below the smallest type nobody could read it.
    """
    return next((s for s in TABLES if table_height(lines, widths, s) <= height), TABLES[-1])


def table_height(lines: Sequence[Sequence[str]], widths: Sequence[int], size: Pt) -> int:
    """How high a table is at a size of type, in EMU: no row is lower than it was made."""
    return sum(row_heights(lines, widths, size))


def row_heights(lines: Sequence[Sequence[str]], widths: Sequence[int], size: Pt) -> list[int]:
    """How high each row is at a size of type, its cells wrapped, in EMU."""
    most = (
        max(
            max(1, ceil(text_width(text, int(size.pt)) / Emu(wide - 2 * IN_CELL).pt))
            for text, wide in zip(texts, widths, strict=True)
        )
        for texts in lines
    )
    return [max(LEAST_ROW, int(each * size * LINE) + Inches(0.1)) for each in most]


def _cell(cell: Any, text: str, ink: Any, fill: Any, size: Any, bold: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = IN_CELL
    _write(cell.text_frame, text, size, ink, bold)


def _points(page: Any, points: Sequence[str], box: tuple[int, int, int, int]) -> None:
    shape = page.shapes.add_textbox(*map(Emu, box))
    frame = shape.text_frame
    frame.word_wrap = True
    size = BODY if sum(map(len, points)) < 420 else Pt(17)
    for number, text in enumerate(points):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(10)
        _run(paragraph, text, size, INK)


def _footer(deck: Any, page: Any, text: str, at: str) -> None:
    left, top = int(deck.slide_width * 0.045), int(deck.slide_height * 0.935)
    width = deck.slide_width - 2 * left
    room = int(width * 0.92)
    for words, alignment, start, wide in (
        (text, PP_ALIGN.LEFT, left, room), (at, PP_ALIGN.RIGHT, left + room, width - room),
    ):  # fmt: skip
        if not words:
            continue
        shape = page.shapes.add_textbox(start, top, wide, Inches(0.35))
        _write(shape.text_frame, words, SMALL, MUTED)
        shape.text_frame.paragraphs[0].alignment = alignment


def shortened(text: str, most: int = 90) -> str:
    """What fits into a cell; a text that is cut ends in «…»."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _write(frame: Any, text: str, size: Any, ink: Any, bold: bool = False) -> None:
    frame.word_wrap = True
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _run(paragraph, line, size, ink, bold)


def _add(frame: Any, text: str, size: Any, ink: Any, bold: bool = False) -> None:
    _run(frame.add_paragraph(), text, size, ink, bold)


def _run(paragraph: Any, text: str, size: Any, ink: Any, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold, run.font.color.rgb = size, bold, ink
    run.font.name = FACE
    set_east_asian(run.font._element, FACE)
