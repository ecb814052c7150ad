"""检查执法: who was inspected, what was found, what was published in time."""

from typing import Any

from dash import html

from analysis.charts.shares import shares
from analysis.charts.theme import RISK
from analysis.warehouse.catalog import Scope, get_metric
from dashboards import grid
from dashboards.data import Data
from dashboards.shell import graph, panel

PATH, TITLE = "/inspections", "检查执法"
WORDS = {
    "dimension": {
        "all": "合计", "risk_level": "风险等级", "site_kind": "业态", "township": "乡镇",
        "kind": "检查类型", "unit": "检查单位", "campaign": "专项行动",
    },
    "member": {"all": "合计"},
}  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    coverage, found = "inspection_coverage", "inspection_yield"
    covered = ("coverage_rate", ("inspected", "sites"))
    return html.Main(
        [
            html.Div(
                [
                    rate_panel(data, scope, coverage, "risk_level", "风险等级检查覆盖率", *covered),
                    rate_panel(data, scope, coverage, "site_kind", "业态检查覆盖率", *covered),
                    rate_panel(data, scope, coverage, "township", "乡镇检查覆盖率", *covered),
                ],
                className="charts",
            ),
            html.Div(
                [
                    rate_panel(data, scope, found, "kind", "各类检查发现隐患的比例",
                               "yield_rate", ("with_hazards", "visits")),
                    rate_panel(data, scope, found, "unit", "各单位检查发现隐患的比例",
                               "yield_rate", ("with_hazards", "visits")),
                    rate_panel(data, scope, found, "kind", "双随机结果及时公示率",
                               "publish_rate", ("published_in_time", "to_publish")),
                ],
                className="charts",
            ),
            html.Div(
                [table_panel(data, scope, coverage), table_panel(data, scope, found)],
                className="two",
            ),
        ]
    )  # fmt: skip


def rate_panel(
    data: Data, scope: Scope, metric: str, dimension: str, title: str, rate: str,
    parts: tuple[str, str],
) -> Any:  # fmt: skip
    """One rate by the members of one dimension."""
    rows = data.metric(metric, scope)
    order = tuple(RISK) if dimension == "risk_level" else ()
    figure = shares(rows[rows["dimension"] == dimension], rate, parts, title, order=order)
    chart = graph(f"inspections-{dimension}-{rate}", figure, "tall")
    return panel(title, [chart], get_metric(metric), scope=scope)


def table_panel(data: Data, scope: Scope, metric: str) -> Any:
    """All rows of a metric."""
    query = get_metric(metric)
    table = grid.metric_grid(f"inspections-{metric}", query, data.metric(metric, scope), (), WORDS)
    return panel(query.title, [html.Div(table, className="grid")], query, scope=scope)
