"""附件.xlsx: every list whole, with filters, colours, print titles and native charts."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.pagebreak import Break

from analysis.briefing import plots
from analysis.briefing.figures import Figures
from analysis.briefing.lists import (
    Rows,
    decision_rows,
    definition_rows,
    hazard_rows,
    measure_rows,
    metric_rows,
    node_rows,
    overdue_rows,
    site_rows,
    unclear_rows,
    unit_rows,
)
from analysis.briefing.plots import Plot
from analysis.briefing.stamp import chosen_words, stamp_line
from analysis.briefing.statements.absent import CALLED, missed
from analysis.charts.tokens import GROUND, PARTS, RISK_TINTS
from analysis.ledgers.codes import PICTURE_STAGE, STATE
from analysis.reports.office.photos import COLUMN_WIDTH, ROW_HEIGHT, small_photo
from analysis.reports.office.sheets import (
    Table,
    data_cell,
    plain,
    print_on_one_width,
    write_tables,
)
from analysis.wording.deadlines import EVERY_CLAIM, chinese_day, state_text

WIDTHS = {
    "事项": 34, "隐患": 34, "责任单位": 16, "监管单位": 16, "单位": 16, "场所": 26, "来源": 30,
    "理由": 60, "问题": 22, "表现": 22, "整改措施": 26, "内容与措施": 36, "要求": 46, "口径": 90,
    "依据": 40, "指标": 20, "项目": 16, "说明": 90, "现行期限": 12, "期限": 12, "完成日期": 12,
    "销号日期": 12, "发现或下达": 12, "挂牌日期": 12, "节点日期": 12, "评定依据": 20, "类别": 14,
    "业态": 16, "方案": 22, "方案文号": 12,
}  # fmt: skip
STATES = {
    f"{STATE.labels[state]}{mark}": plain(colour)
    for state, marks, colour in (
        ("overdue", EVERY_CLAIM, GROUND["bad-tint"].light),
        ("due_soon", EVERY_CLAIM, GROUND["warn-tint"].light),
        ("closed", ("",), PARTS["closed"].fill), ("accepting", ("",), PARTS["closed"].fill),
    )
    for mark in marks
}  # fmt: skip
COLOURS = {name: plain(tint.light) for name, (tint, _) in RISK_TINTS.items()}
#: Photos of which no header says when they were taken, and those whose file is gone.
OTHER_PHOTOS, GONE = "其他照片", "照片文件没有找到，请重新计入台账后再做附件"
PHOTO_WIDTHS = {
    **WIDTHS, OTHER_PHOTOS: COLUMN_WIDTH,
    **dict.fromkeys(PICTURE_STAGE.labels.values(), COLUMN_WIDTH),
}  # fmt: skip
#: Items whose photos are shown; a file with those of more could not be sent on.
MOST_WITH_PHOTOS = 200
#: Rows that a chart takes beside its numbers, and its size in centimetres.
CHART_ROWS, CHART_CM, CHARTS_A_PAGE = 19, (22, 8.5), 2


def write_workbook(figures: Figures, path: Path) -> None:
    """Write the annex: 说明 first, the charts last."""
    note = stamp_line(figures.scope, figures.facts)
    tables = [
        Table("说明", _about(figures), WIDTHS, "附件说明", note),
        *(
            Table(name, rows, WIDTHS, title, note, {"状态": STATES, "四色": COLOURS}, BARS)
            for name, title, rows in lists(figures)
        ),
        *([] if figures.photos is None else [_photos(figures.photos, figures, note)]),
        Table("统计口径", definition_rows(figures), WIDTHS, "统计口径", note),
    ]
    write_tables(tables, path, lambda book: _draw(book, chart_plots(figures)))


BARS = dict.fromkeys(("逾期天数", "逾期未完成"), plain(PARTS["late-0"].fill))


def lists(figures: Figures) -> list[tuple[str, str, Rows]]:
    """Sheet, title and rows of every list."""
    return [
        ("逾期清单", "逾期未完成事项清单", overdue_rows(figures)),
        ("按单位", "各单位整改完成情况", unit_rows(figures["completion"])),
        ("工作节点", "工作节点完成情况", node_rows(figures["node_progress"])),
        ("三清单", "三清单整改情况", measure_rows(figures.measures)),
        ("隐患", "隐患台账及状态", hazard_rows(figures.items)),
        ("重大隐患", major_title(figures), metric_rows(
            "supervision", figures["supervision"], with_source=True)),
        ("漏报", "漏报的事项（没有销号而在后来报送的台账中不见了）", metric_rows(
            "vanished", figures["vanished"], with_source=True)),
        ("期限变动", "期限推迟、提前、取消、补定的事项", metric_rows(
            "deadline_slip", figures["deadline_slip"], with_source=True)),
        ("屡查屡犯", "屡查屡犯的隐患（有记录以来）", metric_rows(
            "recurrence", figures["recurrence"], with_source=True)),
        ("责任时限不明", "责任单位、责任人、时限没有写明的事项", unclear_rows(figures.items)),
        ("议定事项", "议定事项及状态", decision_rows(figures.items)),
        ("场所排序", "场所风险排序", site_rows(figures.ranking.sites)),
        ("7日内到期", "7日内到期事项", metric_rows(
            "due_soon", figures["due_soon"], with_source=True)),
        ("销号疑点", "销号疑点（提请核查，不是结论）", metric_rows(
            "suspect_closure", figures["suspect_closure"], with_source=True)),
        ("半月报", "半月报报送情况", metric_rows(
            "report_punctuality", figures["report_punctuality"])),
        ("定量履职", "定量履职达标情况", metric_rows(
            "duty_compliance", figures["duty_compliance"])),
        ("事故同比", "事故同比", metric_rows("accident_yoy", figures["accident_yoy"])),
    ]  # fmt: skip


def major_title(figures: Figures) -> str:
    """What the list of major hazards has, and what it lacks of those that the report counts: who
    was struck off without ever being supervised stands among the hazards alone.
    """
    never = int(figures.now["major_total"] - figures["supervision"]["level"].eq("重大").sum())
    rest = f"；没有挂过牌就销号的重大隐患{never}条不在内，见“隐患”表" if never else ""
    return f"重大隐患和挂牌督办（含已摘牌的{rest}）"


def chart_plots(figures: Figures) -> list[Plot]:
    """The charts that have something to show."""
    drawn = [
        plots.completion_plot(figures["completion"]),
        plots.nodes_plot(figures["node_progress"], figures.scope.as_of),
        plots.ageing_plot(figures["ageing"]),
        plots.colours_plot(figures.ranking.sites),
        plots.mix_plot(figures["hazard_mix"]),
        plots.accidents_plot(figures["accident_yoy"]),
    ]
    return [plot for plot in drawn if not plot.is_empty]


def _about(figures: Figures) -> Rows:
    settings, facts = figures.settings, figures.facts
    lacking = missed(CALLED, figures.received)
    signer = settings.deputy or "　　　　"
    told = {
        "名称": f"{figures.period}形势研判附件",
        "截至": chinese_day(figures.scope.as_of),
        **({"尚未收到": lacking.removeprefix("尚未收到")} if lacking else {}),
        "比较": "，".join(
            filter(
                None,
                [
                    f"与{figures.comparison.name}（{chinese_day(figures.comparison.day)}）相比",
                    figures.comparison.remark,
                ],
            )
        ),
        "筛选": chosen_words(figures.scope) or "全部",
        "报送": f"计入 {facts.submissions} 批，最近一次 {facts.newest_on or '—'}"
        + (f"，其中事项和验收的 {facts.items_on}" if facts.items_on else ""),
        "数据": "含模拟数据，不得作为正式文件" if facts.is_simulated else "台账原始数据",
        "场所排序": figures.ranking.note,
        "编制": settings.office,
        "签发": f"随报告印发的，随报告由组长签发；单独发出的为一般性文件，副组长 {signer}",
        **{f"提示{n}": text for n, text in enumerate(figures.unknown, start=1)},
    }
    return [{"项目": name, "说明": text} for name, text in told.items()]


def _photos(photos: pd.DataFrame, figures: Figures, note: str) -> Table:
    """照片: one row an item, with the newest of its photos of each stage."""
    folder = figures.settings.warehouse.parent
    items = photos.groupby("item_id", sort=False)
    columns = list(PICTURE_STAGE.labels.values())
    if photos["stage"].isna().any():
        columns.append(OTHER_PHOTOS)
    rows: list[dict[str, Any]] = []
    shown: dict[tuple[int, str], bytes] = {}
    for number, (_, of_item) in enumerate(islice(items, MOST_WITH_PHOTOS)):
        first = of_item.iloc[0]
        row = {
            "事项": first["title"], "责任单位": first["unit"],
            "状态": state_text(first), "照片张数": len(of_item),
            **dict.fromkeys(columns),
        }  # fmt: skip
        labels = of_item["stage"].map(PICTURE_STAGE.labels).fillna(OTHER_PHOTOS)
        for label, path in zip(labels, of_item["path"], strict=True):
            if (number, label) in shown:
                continue  # the newest comes first
            content = small_photo(folder / path)
            row[label] = None if content else GONE
            if content:
                shown[number, label] = content
        rows.append(row)
    cut = f"，列出前 {len(rows)} 条" if len(items) > len(rows) else ""
    return Table(
        "照片", rows, PHOTO_WIDTHS, f"事项照片（{len(items)} 条{cut}）", note, {"状态": STATES},
        photos=shown, height=ROW_HEIGHT,
    )  # fmt: skip


def _draw(book: Workbook, drawn: Sequence[Plot]) -> None:
    """One sheet with the numbers of each chart and the chart beside them."""
    sheet = book.create_sheet("图表")
    print_on_one_width(sheet)
    sheet.column_dimensions["A"].width = 22
    row = 1
    for number, plot in enumerate(drawn, start=1):
        sheet.append([data_cell(sheet, plot.full_title)])
        sheet.append(["", *(data_cell(sheet, name) for name in plot.series)])
        for place, name in enumerate(plot.categories):
            sheet.append([data_cell(sheet, name), *(each[place] for each in plot.series.values())])
        sheet.add_chart(_chart(sheet, plot, row + 1), f"H{row}")
        used = len(plot.categories) + 2
        for _ in range(max(CHART_ROWS - used, 1)):
            sheet.append([])
        row += max(CHART_ROWS, used + 1)
        if number % CHARTS_A_PAGE == 0:
            sheet.row_breaks.append(Break(id=row - 1))


def _chart(sheet: Any, plot: Plot, head: int) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if plot.is_lying else "col"
    chart.grouping = (
        "percentStacked" if plot.is_share else "stacked" if plot.is_stacked else "clustered"
    )
    chart.overlap = 100 if plot.is_stacked else -5
    chart.gapWidth = 45
    chart.title = plot.full_title
    chart.width, chart.height = CHART_CM
    last = head + len(plot.categories)
    cells = Reference(sheet, min_col=2, max_col=1 + len(plot.series), min_row=head, max_row=last)
    chart.add_data(cells, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    chart.legend.position = "t"
    # Without this newer Excel hides both axes.
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    if plot.is_lying:
        chart.x_axis.scaling.orientation = "maxMin"
    for series, part in zip(chart.series, plot.colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=plain(part.fill))
        if part.edge:
            series.graphicalProperties.line.solidFill = plain(part.edge)
        series.dLbls = DataLabelList(showVal=True, numFmt="#,##0;-#,##0;;")
        series.dLbls.showSerName = series.dLbls.showCatName = series.dLbls.showLegendKey = False
    return chart
