"""形势研判报告.docx in the official form: its sections, native charts, annex tables."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.document import Document as Docx

from analysis.briefing import plots
from analysis.briefing.figures import Figures
from analysis.briefing.lists import (
    Rows,
    definition_rows,
    metric_rows,
    node_rows,
    site_rows,
    unit_rows,
)
from analysis.briefing.sections import sections
from analysis.briefing.slide_contents import cut
from analysis.briefing.stamp import stamp_line
from analysis.briefing.statements.statement import sentences
from analysis.charts.wall import arrange
from analysis.reports.office import official_form
from analysis.reports.office.metafile import Metafile, add_metafile
from analysis.reports.office.native_charts import add_chart
from analysis.reports.office.wall_shapes import counted_words, draw_wall, height_of, width_of
from analysis.wording.deadlines import chinese_day
from analysis.wording.values import share

NUMERALS = "一二三四五六七八九十"
BLANK = "　　　　"
#: Rows of an annex table; the workbook has all of them.
MOST_ROWS = 20
CHART_MM = (150, 78)
CHART_POINTS = 9
#: Text area of the page in millimetres.
TEXT_MM = 156
#: On the page of the wall: what stands beside it with the line that ends the report, which else
#: would have a page to itself, and how long a pixel of it is at the most.
BESIDE_WALL_MM, MM_A_PIXEL = 48, 0.2
#: Metrics whose 口径 the report rests on.
RESTS_ON = ("overview", "completion", "node_progress", "overdue", "supervision", "accident_yoy")
MAJOR = ("title", "unit", "person", "standing_text", "due_on", "state", "days_late")
#: Columns by the room that they want; others take 1.
WEIGHTS = {
    "事项": 3.4, "隐患": 3.4, "责任单位": 1.7, "监管单位": 1.7, "场所": 2.2, "理由": 4.0,
    "口径": 7.0, "指标": 1.6, "依据": 3.0, "现行期限": 1.5, "节点日期": 1.5, "挂牌日期": 1.5,
    "四色": 0.7, "次序": 0.7, "整改完成率": 1.4, "销号率": 1.4, "按期完成率": 1.4,
    "累计完成率": 1.4,
}  # fmt: skip

#: Rate → the column that it is a rate of.
RATE_OF = {
    "整改完成率": "事项总数", "销号率": "事项总数", "按期完成率": "已到期可判",
    "累计完成率": "累计应完成",
}  # fmt: skip


def write_document(figures: Figures, template: Path | None = None) -> bytes:
    """The report; ``template`` is an office's own Word file, whose styles come first."""
    document = official_form.new_document(template)
    _head(document, figures)
    for number, (heading, paragraphs) in enumerate(sections(figures)):
        official_form.add(document, "公文一级标题", f"{NUMERALS[number]}、{heading}")
        for text in paragraphs:
            official_form.add(document, "公文正文", text)
        for plot in _plots(figures).get(heading, ()):
            _draw(document, plot)
    _tail(document, figures)
    _annexes(document, figures)
    official_form.add(document, "公文说明", stamp_line(figures.scope, figures.facts))
    return official_form.as_bytes(document)


def _head(document: Docx, figures: Figures) -> None:
    settings, day = figures.settings, figures.scope.as_of
    official_form.add_letterhead(document, settings.body, f"{BLANK}〔{day.year}〕{BLANK[:2]}号")
    official_form.add(document, "公文标题", "")
    span = f"{day.year}年第{(day.month + 2) // 3}季度" if figures.period == "季度" else (
        f"{day.year}年{day.month}月"
    )  # fmt: skip
    official_form.add(document, "公文标题", f"{span}文化旅游安全形势研判报告")
    official_form.add(document, "公文标题", "")


def _plots(figures: Figures) -> dict[str, Sequence[plots.Plot]]:
    """Charts by the section that they stand in."""
    return {
        "总体情况": (
            plots.nodes_plot(figures["node_progress"], figures.scope.as_of),
            plots.completion_plot(figures["completion"]),
            plots.accidents_plot(figures["accident_yoy"]),
        ),
        "主要问题": (plots.ageing_plot(figures["ageing"]),),
        "风险研判": (
            plots.colours_plot(figures.ranking.sites), plots.mix_plot(figures["hazard_mix"]),
        ),
    }  # fmt: skip


def _draw(document: Docx, plot: plots.Plot) -> None:
    if plot.is_empty:
        return
    width, height = CHART_MM
    height = max(height, 7 * len(plot.categories) + 16) if plot.is_lying else height
    add_chart(document, plot, official_form.FANG, CHART_POINTS, width, height)
    official_form.add(document, "公文图名", plot.full_title)


def _tail(document: Docx, figures: Figures) -> None:
    official_form.add(document, "公文正文", "").paragraph_format.keep_with_next = True
    official_form.add(document, "公文落款", f"{figures.settings.body}{BLANK}")
    official_form.add(document, "公文落款", f"{chinese_day(figures.scope.as_of)}{BLANK}")
    signer = figures.settings.leader or BLANK
    official_form.add(document, "公文正文", f"（专班文件，签发：组长 {signer}）")


def _annexes(document: Docx, figures: Figures) -> None:
    overdue = metric_rows("overdue", figures["overdue"])
    major = figures["supervision"]
    major = major[major["standing_text"].ne("已摘牌")]
    ranked = figures.ranking.sites
    high = ranked[ranked["colour"].isin(["红", "橙"])]
    site_columns = ("次序", "场所", "监管单位", "四色", "理由")
    nodes = node_rows(figures["node_progress"][figures["node_progress"]["unit"].eq("全部")])
    annexes: list[tuple[str, Rows, str]] = [
        ("各单位整改完成情况", unit_rows(figures["completion"]), "个单位"),
        ("工作节点完成情况", [_without(row, "责任单位") for row in nodes], "个节点"),
        ("逾期未完成事项清单", overdue, "项"),
        ("未销号重大隐患和挂牌督办清单", metric_rows(
            "supervision", major, MAJOR
        ), "条"),
        ("应先检查的场所", [
            {name: row[name] for name in site_columns} for row in site_rows(high)
        ], "家"),
        ("主要指标统计口径（全部见附件.xlsx）", definition_rows(figures, RESTS_ON), "项"),
    ]  # fmt: skip
    known = [each for each in annexes if each[1]]
    for number, (title, rows, unit) in enumerate(known, start=1):
        _annex(document, f"附件{number}", title, rows, unit)
    if not figures["item_wall"].empty:
        _wall(document, f"附件{len(known) + 1}", figures)


def _wall(document: Docx, label: str, figures: Figures) -> None:
    """Every item as a square, on a page that lies: as many rows as it holds, the rest in words."""
    wall = arrange(figures["item_wall"], figures.scope.as_of)
    wide, high = official_form.turn_page(document)
    official_form.add(document, "公文附件", label)
    official_form.add(document, "公文标题", "事项墙：按单位和期限排开")
    mm = min(wide / width_of(wall), MM_A_PIXEL)
    drawn = Metafile(width_of(wall), min((high - BESIDE_WALL_MM) / mm, height_of(wall)), mm,
                     official_form.HEI)  # fmt: skip
    words = counted_words(wall, draw_wall(drawn, wall))
    add_metafile(document, drawn, f"事项墙，{words}")
    official_form.add(document, "公文说明", sentences([words]))


def _annex(document: Docx, label: str, title: str, rows: Rows, unit: str) -> None:
    official_form.add(document, "公文附件", label).paragraph_format.page_break_before = True
    official_form.add(document, "公文标题", title)
    names = list(rows[0])
    total = sum(WEIGHTS.get(name, 1.0) for name in names)
    widths = [TEXT_MM * WEIGHTS.get(name, 1.0) / total for name in names]
    shown = rows[:MOST_ROWS]
    texts = [[_text(name, row) for name in names] for row in shown]
    official_form.add_table(document, names, texts, widths)
    if left := cut(len(shown), len(rows), unit):
        official_form.add(document, "公文说明", f"{left}。")


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def _text(name: str, row: dict[str, Any]) -> str:
    """A cell as a reader sees it; rates in per cent, of few in whole ones as in the text."""
    value = row[name]
    if value is None:
        return ""
    return share(value, row.get(RATE_OF.get(name, ""))) if name.endswith("率") else str(value)
