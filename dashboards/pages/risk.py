"""风险分布: where risk sits, by kind of site, township and category."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.figures import ranked
from analysis.briefing.plots import responsibility_plot
from analysis.charts.mix import heat_map, pareto
from analysis.charts.sites import four_colours, matrix
from analysis.charts.stacked import stacked
from analysis.judgement.site_risk.ranking import Foresight, Ranking, foresee
from analysis.judgement.site_risk.scorecard import COLOURS
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.labels import SITE_LABELS
from analysis.wording.values import per_cent
from dashboards.downloads.tables import Table
from dashboards.parts import grid
from dashboards.parts.shell import graph, how_many, panel
from dashboards.serving.data import ROWS_SHOWN, Data

PATH, TITLE = "/risk", "风险分布"
#: Column of the ranking → its width.
RANKING = {
    "rank": 60, "site": 190, "colour": 70, "basis": 150, "rated": 90, "chance": 90,
    "reasons": 420,
    "township": 90, "site_kind": 120, "unit": 140, "person": 90, "last_inspected_on": 110,
}  # fmt: skip
#: Class → when a cell has it; the word itself stands in the cell.
COLOURED = {f"risk-{colour}": f"params.value == '{colour}'" for colour in COLOURS}


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    found = ranking(data, scope)
    return html.Main(
        [
            html.Div(
                [
                    colours_panel(found, scope, "risk-kinds", "site_kind", "业态"),
                    colours_panel(found, scope, "risk-townships", "township", "乡镇"),
                    matrix_panel(data, scope),
                ],
                className="charts",
            ),
            html.Div([category_panel(data, scope), heat_panel(data, scope)], className="two"),
            ranking_panel(found, scope),
            html.Div(
                [recurrence_panel(data, scope), responsibility_panel(data, scope)], className="two"
            ),
        ]
    )


def colours_panel(found: Ranking, scope: Scope, graph_id: str, by: str, label: str) -> Any:
    """The four colours by one property of the sites."""
    figure = four_colours(found.sites, by)
    query = get_metric("site_responsibility")
    return panel(
        f"四色风险场所（按{label}）", [graph(graph_id, figure, "tall", by=by)], query, scope=scope
    )


def matrix_panel(data: Data, scope: Scope) -> Any:
    """Likelihood against severity."""
    yellow, orange, red = data.settings.risk_bands
    figure = matrix(data.relation("sites", scope), data.settings.risk_bands)
    note = html.P(
        f"格内为场所数，指上去看名称；底色为可能性×严重性：蓝<{yellow}≤黄<{orange}≤橙<{red}≤红。",
        className="note",
    )
    query = get_metric("site_responsibility")
    return panel("风险矩阵", [graph("risk-matrix", figure, "tall"), note], query, scope=scope)


def responsibility_panel(data: Data, scope: Scope) -> Any:
    """Of how many sites of each township somebody answers by name."""
    query = get_metric("site_responsibility")
    plot = responsibility_plot(data.metric(query.name, scope))
    figure = stacked(plot.categories, plot.series, plot.colours, "家")
    return panel("挂牌责任制", [graph("risk-responsibility", figure, "tall")], query, scope=scope)


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


def ranking(data: Data, scope: Scope) -> Ranking:
    """Sites of the scope, and those where its hazards are."""
    seen = _foresight(data, data.publication(), scope.as_of, scope.known_on)
    return ranked(data, data.settings, scope, seen)


@lru_cache(16)
def _foresight(
    data: Data, publication: str | None, as_of: date, known_on: date | None
) -> Foresight:
    """A site's chance is learnt from all visits, whatever part of them a page shows."""
    everywhere = Scope(as_of, known_on)
    visits = data.relation("inspections", everywhere, part="dated")
    return foresee(visits, data.relation("sites", everywhere), as_of)


def ranking_file(data: Data, scope: Scope) -> Table:
    """The whole ranking for a file."""
    told = _told(ranking(data, scope).sites)
    names = [name for name in RANKING if name != "rank"]
    labels = [SITE_LABELS[name] for name in RANKING]
    return labels, [[n, *row] for n, row in enumerate(told[names].itertuples(index=False), start=1)]


#: Files of what no metric holds: name → its headings and rows.
FILES = {"site_ranking": ranking_file}


def _told(sites: pd.DataFrame) -> pd.DataFrame:
    """Chances in per cent, as words."""
    words = sites["chance"].map(lambda chance: "—" if pd.isna(chance) else per_cent(chance, 1))
    return sites.assign(chance=words)


def ranking_panel(found: Ranking, scope: Scope) -> Any:
    """Sites in the order in which to look at them, with the reasons."""
    told = _told(found.sites)
    shown = grid.worded(told.assign(rank=range(1, len(told) + 1))).head(ROWS_SHOWN)
    columns = [
        grid.text_column(
            name,
            SITE_LABELS[name],
            minWidth=width,
            flex=width,
            tooltipField=name,
            **({"cellClassRules": COLOURED} if name == "colour" else {}),
        )
        for name, width in RANKING.items()
    ]
    table = grid.html_grid("risk-ranking", grid.records(shown[[*RANKING]]), columns, is_items=False)
    note = html.P(
        "先看四色（名录评定、可能性×严重性取最高，有未销号重大隐患的一律为红；概率只作模型提示）。"
        + found.note,
        className="note",
    )
    query = get_metric("site_responsibility")
    title = f"场所排序与理由（{how_many(len(shown), len(told), '家')}）"
    return panel(
        title, [html.Div(table, className="grid"), note], query, scope=scope, file="site_ranking"
    )


def recurrence_panel(data: Data, scope: Scope) -> Any:
    """Hazards that came again at the same site."""
    query = get_metric("recurrence")
    rows, total = data.first_rows("recurrence", scope, ROWS_SHOWN)
    table = grid.metric_grid(
        {"type": grid.ITEMS, "page": "recurrence"}, query, rows, ("first_item_id", "category")
    )
    title = f"屡查屡犯（有记录以来，{how_many(len(rows), total, '条')}）"
    return panel(title, [html.Div(table, className="grid")], query, scope=scope)
