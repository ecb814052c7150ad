"""风险分布: where risk sits, by kind of site, township and category."""

from typing import Any

from dash import html

from analysis.charts.mix import heat_map, pareto
from analysis.charts.sites import four_colours, matrix
from analysis.warehouse.catalog import Scope, get_metric
from dashboards import grid
from dashboards.data import Data
from dashboards.shell import graph, panel

PATH, TITLE = "/risk", "风险分布"


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    return html.Main(
        [
            html.Div(
                [
                    colours_panel(data, scope, "risk-kinds", "site_kind", "业态"),
                    colours_panel(data, scope, "risk-townships", "township", "乡镇"),
                    matrix_panel(data, scope),
                ],
                className="charts",
            ),
            html.Div([category_panel(data, scope), heat_panel(data, scope)], className="two"),
            recurrence_panel(data, scope),
        ]
    )


def colours_panel(data: Data, scope: Scope, graph_id: str, by: str, label: str) -> Any:
    """The four colours by one property of the sites."""
    figure = four_colours(data.sites(scope), by)
    query = get_metric("site_responsibility")
    return panel(
        f"四色风险场所（按{label}）", [graph(graph_id, figure, "tall", by=by)], query, scope=scope
    )


def matrix_panel(data: Data, scope: Scope) -> Any:
    """Likelihood against severity."""
    figure = matrix(data.sites(scope))
    note = html.P("格内为场所数；底色为可能性×严重性：蓝<5≤黄<10≤橙<16≤红。", className="note")
    query = get_metric("site_responsibility")
    return panel("风险矩阵", [graph("risk-matrix", figure, "tall"), note], query, scope=scope)


def category_panel(data: Data, scope: Scope) -> Any:
    """Hazards by category, most frequent first."""
    rows = data.metric("hazard_mix", scope)
    figure = pareto(rows[rows["dimension"] == "category"])
    query = get_metric("hazard_mix")
    return panel(
        "隐患类别（条）", [graph("risk-categories", figure, by="category")], query, scope=scope
    )


def heat_panel(data: Data, scope: Scope) -> Any:
    """Township × category."""
    rows = data.metric("hazard_mix", scope)
    figure = heat_map(rows[rows["dimension"] == "township_category"])
    query = get_metric("hazard_mix")
    return panel(
        "乡镇与隐患类别（条）",
        [graph("risk-heat", figure, "tall", by="township,category")],
        query,
        scope=scope,
    )


def recurrence_panel(data: Data, scope: Scope) -> Any:
    """Hazards that came again at the same site."""
    rows, query = data.metric("recurrence", scope), get_metric("recurrence")
    table = grid.metric_grid(
        {"type": grid.ITEMS, "page": "recurrence"}, query, rows, ("first_item_id", "category")
    )
    return panel(
        f"屡查屡犯（{len(rows)} 条）", [html.Div(table, className="grid")], query, scope=scope
    )
