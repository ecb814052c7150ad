"""检查执法: who was inspected, what was found and by whom, what was published in time."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.charts.shares import shares
from analysis.charts.theme import RISK
from analysis.judgement.site_risk.strictness import COLUMNS, EMPTY_RUN, empty_runs, strictness
from analysis.judgement.site_risk.visits import OUTCOMES, can_learn, visits
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.parts import grid
from dashboards.parts.shell import graph, how_many, panel
from dashboards.serving.data import Data

PATH, TITLE = "/inspections", "检查执法"
#: Column of the strictness → its label and width.
STRICTNESS = {
    "who": ("检查人或单位", 120), "visits": ("检查次数", 80), "found": ("检出", 70),
    "expected": ("预计检出", 80), "ratio": ("实际/预计", 80), "interval": ("95% 区间", 100),
    "judgement": ("提示", 90),
}  # fmt: skip
RUNS = {
    "site": ("场所", 180), "inspector": ("检查人", 100), "visits": ("连续未检出（次）", 120),
    "first_on": ("从", 110), "last_on": ("到", 110),
}  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    coverage, found = "inspection_coverage", "inspection_yield"
    covered = ("coverage_rate", ("inspected", "sites"))
    said = statement(Figures(data, data.settings, scope), "inspections")
    return html.Main(
        [
            html.P(said.paragraph, className="lead"),
            html.Div(
                [
                    rate_panel(data, scope, coverage, "risk_level", "名录评定检查覆盖率", *covered),
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
            html.Div([strictness_panel(data, scope), runs_panel(data, scope)], className="two"),
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
    table = grid.metric_grid(f"inspections-{metric}", query, data.metric(metric, scope))
    return panel(query.title, [html.Div(table, className="grid")], query, scope=scope)


def strictness_panel(data: Data, scope: Scope) -> Any:
    """What each inspector and team found, against what an average one would have found there."""
    judged, _, told = _judged(data, data.publication(), scope.as_of, scope.known_on)
    shown = judged.assign(
        interval=[
            f"{low:.2f}—{high:.2f}" for low, high in zip(judged["low"], judged["high"], strict=True)
        ],
        **{name: judged[name].map("{:.2f}".format) for name in ("expected", "ratio")},
    )  # fmt: skip
    note = (
        f"发现{told}的次数与预计相比，全部检查一起算，不随页面的筛选变。预计按所查场所的情况、"
        "以一般检查人计；实际/预计按人与人之间的差别收缩过，次数少的靠近 1；"
        "只是提请核查：检出偏少的可作为交叉互检的对象。"
    )
    title = f"检查人员宽严（{how_many(len(shown), len(judged), '个')}）"
    empty = "有结果的检查太少，比较不出检查人的宽严。"
    return _table(scope, title, "inspections-strictness", shown, STRICTNESS, note, empty)


def runs_panel(data: Data, scope: Scope) -> Any:
    """Red and orange sites where the same person found nothing several times in a row."""
    _, runs, _ = _judged(data, data.publication(), scope.as_of, scope.known_on)
    note = f"红色、橙色场所由同一人检查，最近连续 {EMPTY_RUN} 次以上没有发现任何隐患的。"
    title = f"高风险场所连续未检出（{how_many(len(runs), len(runs), '对')}）"
    return _table(scope, title, "inspections-runs", runs, RUNS, note, "没有。")


@lru_cache(16)
def _judged(
    data: Data, publication: str | None, as_of: date, known_on: date | None
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Strictness and empty runs over all visits, and what was found by the first of the two.

    A part of the visits says little of a person; where major hazards are too few to compare by,
    all hazards are counted.
    """
    everywhere = Scope(as_of, known_on)
    inspections = data.relation("inspections", everywhere, part="dated")
    sites = data.relation("sites", everywhere)
    history = pd.DataFrame()
    for outcome, (_, told) in OUTCOMES.items():
        history = visits(inspections, sites, outcome)
        if can_learn(history):
            return strictness(history), empty_runs(history), told
    return pd.DataFrame(columns=[*COLUMNS]), empty_runs(history), told


def _table(
    scope: Scope, title: str, grid_id: str, rows: pd.DataFrame,
    labels: Mapping[str, tuple[str, int]], note: str, empty: str,
) -> Any:  # fmt: skip
    columns = [
        grid.text_column(name, label, minWidth=width, flex=width)
        for name, (label, width) in labels.items()
    ]
    told = grid.worded(rows[[*labels]])
    table = html.Div(
        grid.html_grid(grid_id, grid.records(told), columns, is_items=False), className="grid"
    )
    body = table if len(rows) else html.P(empty, className="note")
    query = get_metric("inspection_yield")
    return panel(title, [body, html.P(note, className="note")], query, scope=scope)
