"""会议模式: one message a screen, in large type, for a projector; ← → to move, Esc to leave."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html

from analysis.briefing.changes import accident_sentence, change_of_count, change_of_rate, percent
from analysis.briefing.changes import count as whole
from analysis.briefing.headline import headlines
from analysis.briefing.sections import past_nodes
from analysis.briefing.stamp import chinese_day
from analysis.charts.accidents import published_yoy
from analysis.charts.bands import ageing
from analysis.charts.completion import completion
from analysis.charts.flow import hazard_flow
from analysis.charts.nodes import node_note, node_progress
from analysis.charts.sites import four_colours
from analysis.charts.theme import GRAPH_CONFIG
from analysis.ledgers.codes import CHANGE, STATE
from analysis.warehouse.scope import Scope
from dashboards.serving.data import Data

#: What can be read from eight metres.
TYPE = 28
MOST_LINES = 8
#: A screen: its one message, and what shows it.
Screen = tuple[str, Any]


def content(data: Data, scope: Scope) -> Any:
    """All screens of the meeting in the order of ``yanpan.toml``, the first one shown."""
    names = data.settings.meeting
    facts = data.provenance(scope)
    stamp = f"截至 {chinese_day(scope.as_of)} · 计入报送 {facts.submissions} 批"
    if scope.filters:
        stamp += " · " + "、".join(value for values in scope.filters.values() for value in values)
    marks = [html.Strong("含模拟数据", className="simulated")] if facts.is_simulated else []
    screens = []
    for number, name in enumerate(names, start=1):
        message, body = SCREENS[name](data, scope)
        foot = [html.Span(stamp), *marks, html.Span(f"{number} / {len(names)}", className="at")]
        screens.append(
            html.Section(
                [html.H1(message), html.Div(body, className="screen-body"), html.Footer(foot)],
                className="screen on" if number == 1 else "screen",
            )
        )
    return html.Main(screens, id="meeting", tabIndex=-1)


def overall(data: Data, scope: Scope) -> Screen:
    """How much is done, and how much is late."""
    row = data.row("overview", scope)
    earlier = data.previous_node(scope)
    before = data.row("overview", earlier) if earlier else None
    message = (
        f"应整改 {row['total']:.0f} 项，已完成 {row['done']:.0f} 项"
        f"（{percent(row['completion_rate'])}），逾期 {row['overdue']:.0f} 项"
        if row["total"]
        else "没有应整改的事项"
    )
    cards = [
        _card(
            each.indicator.label,
            percent(each.value) if each.indicator.is_rate else whole(each.value),
            change_of_rate(each.change)
            if each.indicator.is_rate
            else change_of_count(each.change, each.indicator.unit),
            each.meaning,
        )
        for each in headlines(row, before)
    ]
    return message, html.Div(cards, className="screen-cards")


def changes(data: Data, scope: Scope) -> Screen:
    """What happened since the last working node."""
    earlier = data.previous_node(scope)
    since = replace(scope, since=earlier.as_of if earlier else None)
    rows = data.first_rows_per_group("since", since, "change", 1)
    counts = rows.set_index("change")["in_all"]
    start = f"{chinese_day(earlier.as_of)}以来" if earlier else "15 天以来"
    told = [(label, counts[code]) for code, label in CHANGE.labels.items() if counts.get(code)]
    cards = [_card(label, f"{n} 项") for label, n in told]
    words = "，".join(f"{label} {n} 项" for label, n in told[:3])
    return f"{start}：{words or '没有变化'}", html.Div(cards, className="screen-cards")


def nodes(data: Data, scope: Scope) -> Screen:
    """Progress by node."""
    rows = data.metric("node_progress", scope)
    past = past_nodes(rows, pd.Timestamp(scope.as_of))
    rows = rows[rows["unit"] == "全部"]
    due, done = int(past["planned"].sum()), int(past["done"].sum())
    message = (
        f"到上一工作节点应完成 {due} 项，已完成 {done} 项，还欠 {due - done} 项"
        if due
        else "还没有到期的工作节点"
    )
    note = html.P(node_note(rows, scope.as_of), className="screen-note")
    return message, [_chart("meeting-nodes", node_progress(rows, scope.as_of)), note]


def units(data: Data, scope: Scope) -> Screen:
    """Which units have most overdue."""
    rows = data.metric("completion", scope)
    rows = rows[rows["dimension"] == "unit"]
    late = rows[rows["overdue"] > 0].sort_values("overdue", ascending=False)
    named = "、".join(f"{row.member} {row.overdue} 项" for row in late.head(3).itertuples())
    message = f"{len(late)} 个单位有逾期：{named}" if len(late) else "没有单位逾期"
    figure = completion(rows, 10).update_layout(margin={"r": 150})
    return message, _chart("meeting-units", figure)


def late(data: Data, scope: Scope) -> Screen:
    """The items that are late the longest."""
    rows, total = data.first_rows("overdue", scope, 1)  # the latest comes first
    if rows.empty:
        return "没有逾期事项", html.P("全部事项都在期限之内。", className="big-words")
    longest = int(rows["days_late"].iloc[0])
    bands = data.metric("ageing", scope)
    bands = bands[(bands["basis"] == "late") & (bands["unit"] != "全部")]
    message = f"逾期 {total} 项，最长 {longest} 天"
    return message, _chart("meeting-late", ageing(bands, 10))


def major(data: Data, scope: Scope) -> Screen:
    """Major hazards on their way to the file."""
    row = data.row("overview", scope)
    rows = data.metric("hazard_flow", scope)
    message = (
        f"重大隐患 {row['major_total']:.0f} 条，未销号 {row['major_open']:.0f} 条，"
        f"其中已挂牌 {row['major_supervised']:.0f} 条"
        if row["major_total"]
        else "没有重大隐患"
    )
    return message, _chart("meeting-major", hazard_flow(rows[rows["level"] == "重大"]))


def risk(data: Data, scope: Scope) -> Screen:
    """Where the red and orange sites are."""
    sites = data.relation("sites", scope)
    red, orange = ((sites["risk_level"] == level).sum() for level in ("红", "橙"))
    message = f"名录场所 {len(sites)} 家，红色 {red} 家，橙色 {orange} 家"
    return message, _chart("meeting-risk", four_colours(sites, "township"))


def accidents(data: Data, scope: Scope) -> Screen:
    """This year's accidents against last year's."""
    rows = data.metric("accident_yoy", scope)
    own = rows[(rows["source"] == "records") & (rows["period"] == "year")]
    said = [accident_sentence(row) for _, row in own.iterrows()]
    published = rows[rows["source"] == "published"]
    message = said[0].rstrip("。") if said else "台账没有事故记录"
    note = html.P(
        "图为公布的事故起数和死亡人数；* 为由公布的同比反推的上年同期数。", className="screen-note"
    )
    figure = published_yoy(published).update_layout(margin={"t": 104})
    return message, [_chart("meeting-accidents", figure), note]


def decisions(data: Data, scope: Scope) -> Screen:
    """What the last meeting decided, and what became of it."""
    rows = data.items(replace(scope, filters={**scope.filters, "kind": ("decision",)}))
    if rows.empty:
        return "没有议定事项", html.P("台账中没有会议议定事项。", className="big-words")
    last = rows[rows["opened_on"] == rows["opened_on"].max()]
    done = int(last["is_done"].sum())
    lines = [
        html.Tr(
            [
                html.Td(row["title"]),
                html.Td(row["unit"] or "责任单位未明确"),
                html.Td("" if pd.isna(row["due_on"]) else f"{row['due_on']:%m月%d日}"),
                html.Td(html.Span(STATE.labels[row["state"]], className=f"state {row['state']}")),
            ]
        )
        for _, row in last.head(MOST_LINES).iterrows()
    ]
    if (rest := len(last) - len(lines)) > 0:
        lines.append(html.Tr(html.Td(f"……另有 {rest} 项", colSpan=4)))
    message = f"上次会议议定 {len(last)} 项，已落实 {done} 项"
    return message, html.Table(html.Tbody(lines), className="big-table")


SCREENS: dict[str, Callable[[Data, Scope], Screen]] = {
    each.__name__: each
    for each in (overall, changes, nodes, units, late, major, risk, accidents, decisions)
}


def _card(label: str, value: str, change: str = "", meaning: str = "") -> Any:
    """One figure, large, with what it is above and its change below."""
    return html.Div(
        [
            html.Div(label, className="card-label"),
            html.Div(value, className="card-value"),
            html.Div(change, className=f"card-change {meaning}"),
        ],
        className="card",
    )


def _chart(graph_id: str, figure: go.Figure) -> Any:
    """A chart in the type of the meeting room."""
    figure.update_layout(
        font={"size": TYPE}, legend={"font": {"size": TYPE - 2}}, uniformtext={"minsize": 16},
        hoverlabel={"font": {"size": TYPE}},
    )  # fmt: skip
    figure.update_annotations(font={"size": TYPE})
    figure.update_traces(textfont={"size": TYPE - 2}, selector={"type": "bar"})
    figure.update_traces(textfont={"size": TYPE - 2}, selector={"type": "scatter", "mode": "text"})
    return dcc.Graph(id=graph_id, figure=figure, config=GRAPH_CONFIG, className="screen-chart")
