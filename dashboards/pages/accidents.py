"""事故形势: this year against last, month by month, and whether a change is more than chance."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.changes import accident_sentence, not_yet_received
from analysis.briefing.statements.absent import missed
from analysis.charts import theme
from analysis.charts.accidents import gaps, monthly, published_yoy
from analysis.charts.shown import published_notes
from analysis.judgement.compare import Comparison, compare_counts, in_words
from analysis.judgement.gaps import days_between, days_by_region, gap_sentences, told_until
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import chinese_day
from analysis.wording.values import value_text
from dashboards.downloads.tables import Table
from dashboards.parts import grid
from dashboards.parts.shell import graph, panel
from dashboards.serving.data import Data

PATH, TITLE = "/accidents", "事故形势"
#: Accidents of which no region is written.
UNNAMED = "未填地区"


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    return html.Main(
        [
            html.Div([published_panel(data, scope), compared_panel(data, scope)], className="two"),
            html.Div([monthly_panel(data, scope), gap_panel(data, scope)], className="two"),
            members_panel(data, scope),
        ]
    )


def published_panel(data: Data, scope: Scope) -> Any:
    """Published totals beside last year's."""
    rows = data.metric("accident_yoy", scope)
    rows = rows[rows["source"] == "published"]
    chart = graph("accidents-published", published_yoy(rows))
    notes = [html.P(words, className="note") for words in published_notes(rows)]
    return panel("公布的事故同比", [chart, *notes], get_metric("accident_yoy"), scope=scope)


def compared_panel(data: Data, scope: Scope) -> Any:
    """Each comparison with its interval and a plain sentence on chance."""
    rows = data.metric("accident_yoy", scope)
    rows = rows.dropna(subset=["accidents", "accidents_prev"])
    lines = [
        html.Li(
            [
                html.Strong(value_text(row["source"], "source", "accident_yoy") + "　"),
                html.Span(accident_sentence(row)),
                html.Div(judged(row), className="muted"),
            ]
        )
        for _, row in rows.iterrows()
    ]
    body: Any = (
        html.Ul(lines, className="sentences", tabIndex=0)
        if lines
        else html.P("没有可比的事故记录。")
    )
    return panel("变化是否超出偶然", [body], get_metric("accident_yoy"), scope=scope)


def judged(row: pd.Series) -> str:
    """Rate ratio with its interval, and the sentence, for one row of ``accident_yoy``."""
    found = compare_counts(int(row["accidents"]), int(row["accidents_prev"]))
    return f"{interval(found)}{in_words(found)}"


def interval(found: Comparison) -> str:
    """«为上年同期的 1.33 倍（95% 区间 0.69–2.61）。»"""
    if found.ratio is None:
        return ""
    high = "无上限" if found.high is None else f"{found.high:.2f}"
    return f"为上年同期的 {found.ratio:.2f} 倍（95% 区间 {found.low:.2f}–{high}）。"


def monthly_panel(data: Data, scope: Scope) -> Any:
    """The counted accidents by month and since January, each region's for itself."""
    rows = data.metric("accident_monthly", scope)
    rows = rows[rows["counted"] & (rows["dimension"] == "all")]
    # nothing received is not zero
    words = missed(["accident"], data.received(scope)) or _not_reached(data, scope)
    lacking = [words] if words else []
    charts = _by_region("accidents-monthly", {
        str(region): monthly(months)
        for region, months in rows.groupby(rows["region"].fillna(""), sort=True)
    }) or [graph("accidents-monthly", monthly(rows, *lacking))]  # fmt: skip
    note = html.P("台账中计入统计的事故；一般道路交通事故和刑事案件不在其中。", className="note")
    return panel("逐月与累计（起）", [*charts, note], get_metric("accident_monthly"), scope=scope)


def _not_reached(data: Data, scope: Scope) -> str:
    """Until when the ledgers go of which none reaches into the year."""
    rows = data.metric("accident_yoy", scope)
    rows = rows[rows["source"].eq("records") & rows["period"].eq("year")]
    if rows.empty or rows["accidents"].notna().any():
        return ""
    return not_yet_received(rows["covered_until"].max(), scope.as_of)


def _by_region(graph_id: str, figures: Mapping[str, Any]) -> list[Any]:
    """A chart a region, under its name where there are several: nobody's stands for another's."""
    return [
        each
        for number, (region, figure) in enumerate(figures.items(), start=1)
        for each in (
            *([html.H3(region or UNNAMED)] if len(figures) > 1 else []),
            graph(graph_id if number == 1 else f"{graph_id}-{number}", figure),
        )
    ]


def gap_file(data: Data, scope: Scope) -> Table:
    """The days between accidents for a file, the open ones up to the day described last."""
    rows: list[tuple[Any, ...]] = []
    accidents = data.relation("accidents", scope)
    until = told_until(accidents)
    for region, days in days_by_region(accidents).items():
        found = days_between(days)
        rows += [
            (region, gap.event_on, gap.days, "长于上限" if gap.is_long else "")
            for gap in (found.gaps if found else ())
        ]
        last = min(until.get(region, scope.as_of), scope.as_of)
        rows.append((region, None, (last - days[-1]).days, _until(last, scope)))
    return ["地区", "发生日期", "与上一起相隔（天）", "说明"], rows


def _until(last: date, scope: Scope) -> str:
    """What the end of the open gap is: the day described, or as far as the ledger goes."""
    return "至今" if last == scope.as_of else f"至台账截至的{chinese_day(last)}"


#: Files of what no metric holds: name → its headings and rows.
FILES = {"accident_gaps": gap_file}


def gap_panel(data: Data, scope: Scope) -> Any:
    """Days between accidents: rare events are judged by their distance, each region for itself."""
    accidents, query = data.relation("accidents", scope), get_metric("accident_monthly")
    until = told_until(accidents)
    figures = {
        region: gap_figure(days, last, _until(last, scope))
        for region, days in days_by_region(accidents).items()
        for last in [min(until.get(region, scope.as_of), scope.as_of)]
    }
    charts = _by_region("accidents-gaps", figures) or [
        graph("accidents-gaps", theme.empty("没有计入统计的事故"))
    ]
    lines = [html.Li(each) for each in gap_sentences(accidents, scope.as_of)]
    words = html.Ul(lines, className="sentences", tabIndex=0)
    note = html.P(
        "按最近1起、3起、5起分别检验，可能性低于1%的提示；间隔突破上限为形势好转的迹象。",
        className="note",
    )
    return panel("事故间隔（天）", [words, *charts, note], query, scope=scope, file="accident_gaps")


def gap_figure(days: Sequence[date], as_of: date, until: str) -> Any:
    """The gaps of one region as a chart, up to a day that is called ``until``."""
    found = days_between(days)
    if found is None:
        return theme.empty("事故不足三起，不作图")
    table = pd.DataFrame(
        [(gap.event_on, gap.days, gap.is_long) for gap in found.gaps],
        columns=["event_on", "days", "is_unusual"],
    )
    return gaps(table, found.mean, found.high, as_of, (as_of - days[-1]).days, until)


def members_panel(data: Data, scope: Scope) -> Any:
    """By industry, grade and kind, the latest month with the totals since January."""
    rows, query = data.metric("accident_monthly", scope), get_metric("accident_monthly")
    # each region's own: where its ledger goes less far, its newest month is an earlier one
    months = rows["month_start"].groupby(rows["region"].fillna(""))
    newest = rows[rows["month_start"] == months.transform("max")]
    table = grid.metric_grid("accidents-members", query, newest)
    title = "按行业、等级、类型（当月与年内累计）"
    return panel(title, [html.Div(table, className="grid")], query, scope=scope)
