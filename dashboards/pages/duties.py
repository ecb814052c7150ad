"""履职台账: duty against required frequency, half-monthly reports, and where totals disagree."""

from typing import Any

from dash import html

from analysis.briefing.statements.books import judged_duties
from analysis.charts.reports import MARKS, punctuality
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.codes import words_of
from dashboards.parts import grid
from dashboards.parts.shell import graph, panel
from dashboards.serving.data import Data

PATH, TITLE = "/duties", "履职台账"
STATES = words_of("state", "report_punctuality")
#: Metrics of the registers of duties, two side by side.
REGISTERS = (
    ("units_reporting", "meetings_held"), ("self_reports", "instruments"),
    ("warnings_issued", "good_practice"), ("cross_checks", "campaign_progress"),
)  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    return html.Main(
        [
            html.Div([reports_panel(data, scope), duty_panel(data, scope)], className="two"),
            reconciliation_panel(data, scope),
            *(
                html.Div([register_panel(data, scope, name) for name in pair], className="two")
                for pair in REGISTERS
            ),
        ]
    )


def reports_panel(data: Data, scope: Scope) -> Any:
    """The units × half-months grid."""
    rows = data.metric("report_punctuality", scope)
    counts = rows["state"].value_counts()
    signs = "，".join(f"{sign} {STATES[state]}" for state, (sign, _) in MARKS.items())
    total = "，".join(f"{word} {counts.get(state, 0)} 份" for state, word in STATES.items())
    chart = graph("duties-reports", punctuality(rows, STATES), "very-tall")
    note = html.P(f"{signs}。共{total}。", className="note")
    return panel("半月报报送", [chart, note], get_metric("report_punctuality"), scope=scope)


def duty_panel(data: Data, scope: Scope) -> Any:
    """Each quantified duty, period by period."""
    rows, query = data.metric("duty_compliance", scope), get_metric("duty_compliance")
    table = grid.metric_grid("duties-duty", query, rows)
    judged = judged_duties(rows, scope.as_of)
    short = int(judged["state"].eq("short").sum())
    title = f"定量履职（{len(rows)} 项次，其中到期 {len(judged)} 项次，不足 {short} 项次）"
    return panel(title, [html.Div(table, className="grid tall")], query, scope=scope)


def register_panel(data: Data, scope: Scope, name: str) -> Any:
    """All rows of a metric."""
    rows, query = data.metric(name, scope), get_metric(name)
    table = grid.metric_grid(f"duties-{name.replace('_', '-')}", query, rows)
    return panel(query.title, [html.Div(table, className="grid")], query, scope=scope)


def reconciliation_panel(data: Data, scope: Scope) -> Any:
    """Where a report's totals and the ledger disagree."""
    rows, query = data.metric("report_reconciliation", scope), get_metric("report_reconciliation")
    apart = rows[rows["difference"].fillna(0) != 0]
    table = grid.metric_grid("duties-reconciliation", query, apart)
    title = f"半月报与台账不一致（{len(apart)} 处，共核对 {len(rows)} 处）"
    return panel(title, [html.Div(table, className="grid")], query, scope=scope)
