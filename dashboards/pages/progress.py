"""整改进度: the three lists as a tree, nodes, the way of hazards, and how long it takes."""

from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.books import last_decisions
from analysis.charts.completion import completion
from analysis.charts.flow import close_times, hazard_flow
from analysis.charts.nodes import node_progress
from analysis.charts.shown import node_note, task_note, times_notes
from analysis.charts.timeline import rest_note, timeline
from analysis.warehouse.scope import NOT_APPLICABLE, Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import counted_state, state_text, text_of
from analysis.wording.labels import ITEM_LABELS
from dashboards.parts.grid import items_grid
from dashboards.parts.headline_cards import cards, claims
from dashboards.parts.shell import graph, panel
from dashboards.serving.data import Data

PATH, TITLE = "/progress", "整改进度"
DIMENSIONS = {name: ITEM_LABELS[name] for name in ("unit", "township", "category", "level")}


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    figures = Figures(data, data.settings, scope)
    return html.Main(
        [
            *claims(figures),
            cards(figures),
            html.Div(
                [
                    tree_panel(data, scope),
                    html.Div([flow_panel(data, scope), node_panel(data, scope)], className="stack"),
                ],
                className="two",
            ),
            html.Div([timeline_panel(data, scope), times_panel(data, scope)], className="two"),
            *decision_panel(figures),
            html.Div(
                [completion_panel(data, scope, *each) for each in DIMENSIONS.items()],
                className="two",
            ),
        ]
    )


def decision_panel(figures: Figures) -> list[Any]:
    """What the last meeting decided, with its state: a meeting opens on the last one's promises."""
    rows = last_decisions(figures)
    if rows.empty:
        return []
    title = f"上次会议议定事项（{statement(figures, 'decisions').claim}）"
    table = items_grid("decisions", rows, ("title", "unit", "person", "due_on", "state", "source"))
    return [panel(title, [html.Div(table, className="grid short")], get_metric("completion"))]


def tree_panel(data: Data, scope: Scope) -> Any:
    """主要问题 → 表现形式 → 整改措施 → 细化措施, with state and deadline of each of the last."""
    rows = data.measures(scope)
    query = get_metric("node_progress")
    title = f"三清单（{len(rows)} 项细化措施）"
    if rows.empty:
        return panel(title, [html.P("所选范围内没有三清单事项。", className="note")], query)
    return panel(
        title, [html.Div(branches(rows, LEVELS), className="tree", tabIndex=0)], query, scope=scope
    )


#: From the trunk outwards: the columns that name a branch, and what stands where none is named.
LEVELS = (
    ("problem", "未写明主要问题"),
    ("manifestation", "未写明表现形式"),
    ("measure", "未写明整改措施"),
)  # fmt: skip


def branches(rows: pd.DataFrame, levels: tuple[tuple[str, str], ...]) -> list[Any]:
    """The rows as nested lists that open and close, the outer ones open."""
    if not levels:
        return [_leaf(row) for _, row in rows.iterrows()]
    (name, unsaid), *rest = levels
    named = rows.assign(branch=rows[name].fillna(unsaid))
    return [
        html.Details(
            [
                html.Summary([html.Span(str(branch)), html.Span(_tally(group), className="tally")]),
                html.Div(branches(group, tuple(rest)), className="branch"),
            ],
            open=True,
        )
        for branch, group in named.groupby("branch", sort=False)
    ]


def _tally(rows: pd.DataFrame) -> str:
    """Done of those that completion counts, what stands apart beside it."""
    apart = rows["standing"] | rows["is_suspended"] | rows["is_void"]
    counted, late = rows[~apart.astype(bool)], int(rows["is_overdue"].sum())
    words = f"{int(counted['is_done'].sum())}/{len(counted)}" + (f"，逾期{late}" if late else "")
    return words + (f"，单列{len(rows) - len(counted)}" if len(counted) < len(rows) else "")


def _leaf(row: pd.Series) -> Any:
    days = {"overdue": f"{row['days_late']}天", "due_soon": f"剩{row['days_left']}天"}
    state = state_text(row) + days.get(counted_state(row), "")
    return html.Div(
        [
            html.Span(row["title"], className="leaf-title"),
            html.Span(row["unit"] or "责任单位未明确", className="leaf-unit muted"),
            html.Span(text_of(row, "due_on") or "—", className="leaf-due muted"),
            html.Span(state, className=f"state {counted_state(row)}"),
        ],
        className="leaf",
    )


def flow_panel(data: Data, scope: Scope) -> Any:
    """From finding to file: major hazards, of whose stages the plan speaks."""
    rows = data.metric("hazard_flow", scope)
    major = rows[rows["level"] == "重大"]
    note = html.P("一般隐患不要求立案、挂牌；全部等级的数字见“数据”。", className="note")
    query = get_metric("hazard_flow")
    chart = graph("progress-flow", hazard_flow(major))
    return panel("重大隐患闭环：到达各环节的条数", [chart, note], query, scope=scope)


def node_panel(data: Data, scope: Scope) -> Any:
    """Progress by node against the plan."""
    rows = data.metric("node_progress", scope)
    rows = rows[rows["unit"] == "全部"]
    chart = graph("progress-nodes", node_progress(rows, scope.as_of))
    note = html.P(node_note(rows, scope.as_of) + task_note(rows), className="note")
    return panel("工作节点进展（项）", [chart, note], get_metric("node_progress"), scope=scope)


def timeline_panel(data: Data, scope: Scope) -> Any:
    """What each unit still owes, along the days on which it falls due."""
    nodes = data.metric("node_progress", scope)["node_on"].dropna().drop_duplicates()
    owed = data.items(scope, "unfinished_with_deadline")
    chart = graph("progress-timeline", timeline(owed, nodes, scope.as_of), "tall", by="unit")
    note = html.P(
        "实线为截至日，虚线为工作节点；离截至日 75 天以外的画在边缘，指上去看日期。"
        + rest_note(owed),
        className="note",
    )
    query = get_metric("node_progress")
    return panel("各单位未完成事项的期限", [chart, note], query, scope=scope)


def times_panel(data: Data, scope: Scope) -> Any:
    """Days to the end by unit, the open ones counted as still open."""
    rows = data.metric("close_times", scope)
    rows = rows[(rows["until"] == "closed") & (rows["dimension"] == "unit")]
    words = [
        "从发现到销号，没有销号的按“至今未销号”计入（删失）；线段为 95% 区间；"
        "单位名后为已销号/全部。",
        *times_notes(rows),
    ]
    notes = [html.P(each, className="note") for each in words]
    chart = graph("progress-times", close_times(rows), "tall", by="unit")
    return panel("各单位销号用时（天）", [chart, *notes], get_metric("close_times"), scope=scope)


def completion_panel(data: Data, scope: Scope, dimension: str, label: str) -> Any:
    """Completion by the members of one dimension."""
    rows = data.metric("completion", scope)
    rows = rows[rows["member"] != NOT_APPLICABLE]
    figure = completion(rows[rows["dimension"] == dimension])
    chart = graph(f"progress-{dimension}", figure, by=dimension)
    return panel(f"按{label}整改情况", [chart], get_metric("completion"), scope=scope)
