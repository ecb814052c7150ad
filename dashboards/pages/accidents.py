"""事故形势: this year against last, month by month, and whether a change is more than chance."""

from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.changes import accident_sentence
from analysis.charts import theme
from analysis.charts.accidents import gaps, monthly, published_yoy
from analysis.judgement.compare import (
    Comparison,
    GapChart,
    compare_counts,
    days_between,
    in_words,
)
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.values import value_text
from dashboards.downloads.tables import Table
from dashboards.parts import grid
from dashboards.parts.shell import graph, panel
from dashboards.serving.data import Data

PATH, TITLE = "/accidents", "事故形势"


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
    note = html.P("* 上年同期数没有公布，由公布的同比反推得出。", className="note")
    return panel("公布的事故同比", [chart, note], get_metric("accident_yoy"), scope=scope)


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
    """The county's counted accidents by month and since January."""
    rows = data.metric("accident_monthly", scope)
    rows = rows[rows["counted"] & (rows["dimension"] == "all")]
    first = rows[rows["region"] == rows["region"].iloc[0]] if len(rows) else rows
    chart = graph("accidents-monthly", monthly(first))
    note = html.P("台账中计入统计的事故；一般道路交通事故和刑事案件不在其中。", className="note")
    return panel("逐月与累计（起）", [chart, note], get_metric("accident_monthly"), scope=scope)


def counted_gaps(data: Data, scope: Scope) -> GapChart | None:
    """Days between the accidents that count; None where there are too few."""
    rows = data.relation("accidents", scope)
    counted = rows[rows["counted"]]["occurred_on"].dropna()
    return days_between([day.date() for day in counted])


def gap_file(data: Data, scope: Scope) -> Table:
    """The days between accidents for a file."""
    found = counted_gaps(data, scope)
    rows = [
        (
            gap.event_on,
            gap.days,
            "短于下限" if gap.is_too_soon else "长于上限" if gap.is_long else "",
        )
        for gap in (found.gaps if found else ())
    ]
    return ["发生日期", "与上一起相隔（天）", "是否异常"], rows


#: Files of what no metric holds: name → its headings and rows.
FILES = {"accident_gaps": gap_file}


def gap_panel(data: Data, scope: Scope) -> Any:
    """Days between accidents: rare events are judged by their distance."""
    found = counted_gaps(data, scope)
    query = get_metric("accident_monthly")
    if found is None:
        chart = graph("accidents-gaps", theme.empty("事故不足三起，不作图"))
        return panel("事故间隔（天）", [chart], query)
    table = pd.DataFrame(
        [(g.event_on, g.days, g.is_too_soon or g.is_long) for g in found.gaps],
        columns=["event_on", "days", "is_unusual"],
    )
    chart = graph("accidents-gaps", gaps(table, found.mean, found.low, found.high))
    soon = sum(gap.is_too_soon for gap in found.gaps)
    words = f"有 {soon} 次间隔短于下限，应查明原因。" if soon else "没有短于下限的间隔。"
    note = html.P(f"{words}间隔突破上限为形势好转的迹象。", className="note")
    return panel("事故间隔（天）", [chart, note], query, scope=scope, file="accident_gaps")


def members_panel(data: Data, scope: Scope) -> Any:
    """By industry, grade and kind, the latest month with the totals since January."""
    rows, query = data.metric("accident_monthly", scope), get_metric("accident_monthly")
    newest = rows[rows["month_start"] == rows["month_start"].max()]
    table = grid.metric_grid("accidents-members", query, newest)
    title = "按行业、等级、类型（当月与年内累计）"
    return panel(title, [html.Div(table, className="grid")], query, scope=scope)
