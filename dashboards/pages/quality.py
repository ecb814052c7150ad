"""数据质量: what was sent, what was wrong with it, and which closures deserve a second look."""

from typing import Any

from dash import html

from analysis.charts.mix import heat_map
from analysis.charts.shares import shares
from analysis.ledgers.codes import RULE, SEVERITY
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.parts import grid
from dashboards.parts.doubt_links import how_many_to_settle
from dashboards.parts.shell import graph, how_many, panel
from dashboards.serving.data import ROWS_SHOWN, Data

PATH, TITLE = "/quality", "数据质量"
FINDING_LABELS = {
    "unit": "填报单位", "received_on": "收到日期", "ledger": "台账", "severity": "严重程度",
    "rule": "规则", "cell": "单元格", "value": "原文", "message": "问题与办法",
}  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    return html.Main(
        [
            *how_many_to_settle(data),
            html.Div([rates_panel(data, scope), senders_panel(data, scope)], className="two"),
            html.Div([clarity_panel(data, scope), rules_panel(data, scope)], className="two"),
            findings_panel(data, scope),
            suspects_panel(data, scope),
        ]
    )


def rates_panel(data: Data, scope: Scope) -> Any:
    """Share of rows with errors by sender."""
    rows = data.metric("submission_quality", scope)
    rows = rows[(rows["unit"] != "全部") & (rows["rows_with_errors"] > 0)]
    told = rows["rows_loaded"] + rows["rows_duplicate"] + rows["rows_rejected"]
    rows = rows.assign(member=rows["unit"], of=told)
    figure = shares(rows, "error_rate", ("rows_with_errors", "of"), "差错率", worst="high")
    chart = graph("quality-rates", figure)
    return panel("各单位差错率", [chart], get_metric("submission_quality"), scope=scope)


def senders_panel(data: Data, scope: Scope) -> Any:
    """What each unit sent, row by row accounted for."""
    rows, query = data.metric("submission_quality", scope), get_metric("submission_quality")
    table = grid.metric_grid("quality-senders", query, rows)
    return panel("各单位报送", [html.Div(table, className="grid")], query, scope=scope)


def clarity_panel(data: Data, scope: Scope) -> Any:
    """三明确: items of each unit that name person, unit and deadline."""
    rows = data.metric("clarity", scope)
    rows = rows[rows["unit"] != "全部"].assign(member=lambda each: each["unit"])
    figure = shares(rows, "clarity_rate", ("clear", "items"), "三明确率")
    chart = graph("quality-clarity", figure, "tall", by="unit")
    query = get_metric("clarity")
    return panel("三明确率（责任人、责任单位、时限）", [chart], query, scope=scope)


def rules_panel(data: Data, scope: Scope) -> Any:
    """Findings of each rule (across) in each sender's ledgers (down)."""
    found = data.relation("findings", scope)
    cells = (
        found.assign(
            member=found["unit"].fillna("未写明单位"), by_member=found["rule"].map(RULE.labels)
        )
        .groupby(["member", "by_member"], as_index=False)
        .size()
        .rename(columns={"size": "items"})
    )
    chart = graph("quality-rules", heat_map(cells, "没有发现问题", "个"), "tall")
    query = get_metric("submission_quality")
    return panel("各单位各类问题（个）", [chart], query, scope=scope)


def findings_panel(data: Data, scope: Scope) -> Any:
    """Every finding, the newest first, errors before warnings."""
    rows = data.relation("findings", scope)
    order = {severity: place for place, severity in enumerate(SEVERITY.labels)}
    rows = rows.assign(order=rows["severity"].map(order))
    rows = rows.sort_values(["order", "received_on"], ascending=[True, False], kind="stable")
    shown = grid.worded(rows.head(ROWS_SHOWN), "findings")
    columns = [
        grid.text_column(
            name, label, minWidth=grid.WIDTHS.get(name, 104), flex=grid.WIDTHS.get(name, 104),
            tooltipField=name,
        )
        for name, label in (FINDING_LABELS | {"source": "来源"}).items()
    ]  # fmt: skip
    fields = [*FINDING_LABELS, "source", "place", "item_id"]
    table = grid.html_grid(
        {"type": grid.ITEMS, "page": "findings"}, grid.records(shown[fields]), columns, True
    )
    query = get_metric("submission_quality")
    title = f"发现的问题（{how_many(len(shown), len(rows), '个')}）"
    return panel(title, [html.Div(table, className="grid tall")], query, scope=scope)


def suspects_panel(data: Data, scope: Scope) -> Any:
    """Closures that deserve a second look, with the reasons, each its own column."""
    query = get_metric("suspect_closure")
    rows, total = data.first_rows("suspect_closure", scope, ROWS_SHOWN)
    table = grid.metric_grid({"type": grid.ITEMS, "page": "suspects"}, query, rows, ("site",))
    note = html.P("疑点只是提请核查，不是结论。", className="note")
    title = f"销号疑点（{how_many(len(rows), total)}）"
    return panel(title, [html.Div(table, className="grid"), note], query, scope=scope)
