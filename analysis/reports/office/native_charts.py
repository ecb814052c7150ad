"""Plots as charts that Word, PowerPoint and WPS draw and edit themselves, with their own sheet.

python-pptx writes the chart and its workbook; the same part stands in slides and in documents.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.opc.package import OpcPackage
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.util import Pt

from analysis.briefing.plots import Plot
from analysis.charts import tokens
from analysis.reports.office.official_form import clean
from analysis.wording.formulas import harmless

LATIN = "Times New Roman"
#: Zeros are left out of a bar: nothing is there to be labelled.
LABEL = "#,##0;-#,##0;;"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INLINE = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <wp:inline distT="0" distB="0" distL="0" distR="0">
  <wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图{number}"/>
  <wp:cNvGraphicFramePr/>
  <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
   <c:chart r:id="{relation}"/></a:graphicData></a:graphic>
 </wp:inline>
</w:drawing>"""


class _SheetOfText(CategoryWorkbookWriter):  # type: ignore[misc]
    """The sheet behind a chart, in which text is text: no link to wherever a ledger says, no sum.

    Which texts its writer would take for a link is its own affair, and differs from one of its
    versions to the next.
    """

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
            worksheet.strings_to_urls = worksheet.strings_to_formulas = False
            yield workbook, worksheet


class _TextData(ChartData):  # type: ignore[misc]
    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _SheetOfText(self)


def chart_type(plot: Plot) -> Any:
    """Lying bars or columns, one on the other or side by side."""
    if plot.is_share:
        return XL_CHART_TYPE.BAR_STACKED_100
    if plot.is_lying:
        return XL_CHART_TYPE.BAR_STACKED if plot.is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    return XL_CHART_TYPE.COLUMN_STACKED if plot.is_stacked else XL_CHART_TYPE.COLUMN_CLUSTERED


def chart_data(plot: Plot) -> ChartData:
    """The sheet behind the chart."""
    data = _TextData(number_format="0")
    data.categories = [_label(name) for name in plot.categories]
    for name, values in plot.series.items():
        data.add_series(_label(name), values)
    return data


def _label(name: str) -> str:
    """A ledger's words as the sheet behind a chart may hold them: no formula when it is edited."""
    return str(harmless(clean(name)))


def dress(chart: Chart, plot: Plot, face: str, points: float) -> None:
    """Colours by meaning, the legend above, a number on each bar, no lines behind."""
    chart.has_title = False
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(points), LATIN, rgb(tokens.INK)
    set_east_asian(chart.font._rPr, face)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = rgb(tokens.GRID)
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.reverse_order = plot.is_lying  # the first on top
    drawn = chart.plots[0]
    drawn.gap_width, drawn.overlap = 45, 100 if plot.is_stacked else -5
    drawn.has_data_labels = True
    for series, part in zip(drawn.series, plot.colours, strict=True):
        fill = series.format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(part.fill)
        if part.edge:
            series.format.line.color.rgb = rgb(part.edge)
        labels = series.data_labels
        labels.number_format, labels.number_format_is_linked = LABEL, False
        labels.show_value = True
        labels.font.size, labels.font.name = Pt(points), LATIN
        labels.font.color.rgb = rgb(part.on if plot.is_stacked else tokens.INK)


def rgb(colour: str) -> RGBColor:
    """A token (``INK``) as Office takes it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def flatten(shape: Any) -> None:
    """Take the shadow of the theme from a shape, for readers too that look at its style alone."""
    shape.shadow.inherit = False
    for effect in shape._element.iter(qn("a:effectRef")):
        effect.set("idx", "0")


def set_east_asian(properties: Any, face: str) -> None:
    """Name the face of Chinese text: python-pptx names that of Latin text alone."""
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    named = etree.SubElement(properties, qn("a:ea"))
    named.set("typeface", face)
    latin = properties.find(qn("a:latin"))
    if latin is not None:
        latin.addnext(named)


def add_chart(
    document: Docx, plot: Plot, face: str, points: float, width_mm: float, height_mm: float
) -> None:
    """A chart of its own line in a Word document, with the sheet that it is edited by."""
    package: Any = OpcPackage(cast(Any, None))
    drawn = ChartPart.new(chart_type(plot), chart_data(plot), package)
    dress(drawn.chart, plot, face, points)
    sheet = drawn.chart_workbook.xlsx_part
    if sheet is None:
        raise ValueError(plot.title)
    number = sum(part.partname.startswith("/word/charts/") for part in _parts(document)) + 1
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), SHEET_TYPE, sheet.blob,
        document.part.package,
    )  # fmt: skip
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, drawn.blob, document.part.package
    )
    link = part.relate_to(book, RT.PACKAGE)
    part._blob = drawn.blob.replace(_external(next(iter(drawn._rels))), _external(link))
    relation = document.part.relate_to(part, RT.CHART)
    drawing = parse_xml(
        INLINE.format(width=Mm(width_mm), height=Mm(height_mm), number=number, relation=relation)
    )
    next(drawing.iter("{*}docPr")).set("descr", clean(plot.title))  # for who cannot see it
    document.add_paragraph(style="公文图").add_run()._r.append(drawing)


def _external(link: str) -> bytes:
    """How a chart's XML calls its sheet."""
    return f'externalData r:id="{link}"'.encode()


def _parts(document: Docx) -> list[Any]:
    return [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
