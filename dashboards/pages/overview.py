"""总览: what a meeting must see in its first minute."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
from dash import dcc, html

from analysis.briefing.changes import (
    accident_sentence,
    change_of_count,
    change_of_rate,
    count,
    percent,
)
from analysis.briefing.headline import Headline, headlines
from analysis.briefing.reminders import reminders
from analysis.briefing.stamp import chinese_day
from analysis.charts.accidents import published_yoy
from analysis.charts.completion import completion
from analysis.charts.nodes import node_note, node_progress
from analysis.ledgers import ITEM_KIND
from analysis.ledgers.codes import CHANGE, STATE
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import marked
from analysis.wording.values import UNNAMED
from dashboards.parts.alert_panel import chips
from dashboards.parts.grid import ITEMS, html_grid, items_grid, text_column
from dashboards.parts.shell import NUMBER, definition, graph, how_many, panel, unfold
from dashboards.serving.address import Address
from dashboards.serving.data import ROWS_SHOWN, Data

PATH, TITLE = "/", "总览"

#: Changes that a meeting should ask about.
WORSE = frozenset({"backdated", "reopened", "overdue", "later", "cancelled", "vanished"})

#: So many items of each kind of change are named; the others are counted.
CHANGES_SHOWN = 12

OVERDUE_COLUMNS = (
    text_column("unit", "责任单位", width=142),
    text_column("person", "责任人", width=92),
    text_column("title", "事项", flex=1, minWidth=190, tooltipField="title"),
    text_column("kind", "种类", width=96),
    text_column("due_on", "期限", width=112),
    text_column("days_late", "逾期天数", width=108, cellClass="late", type="rightAligned",
                filter="agNumberColumnFilter"),
    text_column("source", "来源", width=300, tooltipField="place", cellClass="source"),
)  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    return html.Main(
        [
            html.Div(
                [note_on_cards(data, scope), definition(get_metric("overview"))], className="strip"
            ),
            html.Div(cards(data, scope), className="cards"),
            attention(data, scope),
            *chips(data, scope),
            changes(data, scope),
            html.Div(
                [node_panel(data, scope), unit_panel(data, scope), accident_panel(data, scope)],
                className="charts",
            ),
            html.Div(
                [*plan_panel(data, scope), overdue_panel(data, scope)],
                className="lists",
            ),
            *decision_panel(data, scope),
        ]
    )


def cards(data: Data, scope: Scope) -> list[Any]:
    """The headline figures with their change since the previous working node."""
    earlier = data.previous_node(scope)
    now = data.row("overview", scope)
    before = data.row("overview", earlier) if earlier else None
    return [_card(headline) for headline in headlines(now, before)]


#: Where a reminder's items or reports are to be seen.
SEEN_AT = {
    "supervision": "/overdue", "overdue": "/overdue", "vanished": "/overdue",
    "clarity": "/quality", "report_punctuality": "/duties", "duty_compliance": "/duties",
}  # fmt: skip


def attention(data: Data, scope: Scope) -> Any:
    """What the meeting is to be reminded of, each a link to where it is seen."""
    found = reminders(
        data.row("overview", scope),
        data.metric("ageing", scope),
        data.first_rows("vanished", scope, 1)[1],
        data.metric("report_punctuality", scope),
        data.metric("duty_compliance", scope),
    )
    search = Address.of(scope).search()
    links = [
        dcc.Link(
            [each.label, html.Strong(str(each.count))], href=SEEN_AT[each.metric] + search,
            className="chip bad", title=get_metric(each.metric).title,
        )
        for each in found
    ]  # fmt: skip
    label = "提请注意：" if found else "没有需要特别提请注意的。"
    return html.Div([html.Span(label, className="chips-label"), *links], className="chips")


def changes(data: Data, scope: Scope) -> Any:
    """What happened since the last working node, each kind with its number and its items."""
    earlier = data.previous_node(scope)
    since = earlier.as_of if earlier else None
    rows = data.first_rows_per_group("since", replace(scope, since=since), "change", CHANGES_SHOWN)
    counts = rows.drop_duplicates("change").set_index("change")["in_all"]
    told = [(code, label) for code, label in CHANGE.labels.items() if counts.get(code)]
    start = f"{chinese_day(since)}以来" if since else "15 天以来"
    chips = [
        unfold(
            [label, html.Strong(str(counts[code]))],
            _changed(rows[rows["change"] == code], int(counts[code])),
            f"chip {'bad' if code in WORSE else ''}",
        )
        for code, label in told
    ]  # fmt: skip
    return html.Div(
        [
            html.Span(f"{start}：" if told else f"{start}没有变化。", className="chips-label"),
            *chips,
            definition(get_metric("since")),
        ],
        className="chips",
    )


def _changed(rows: pd.DataFrame, total: int) -> Any:
    lines = [
        html.Li(f"{row['unit'] or '责任单位未明确'}　{row['title']}") for _, row in rows.iterrows()
    ]
    rest = total - len(lines)
    tail = [html.Li(f"……另有 {rest} 项，见“逾期督办”或数据下载。")] if rest > 0 else []
    return html.Ul([*lines, *tail], className="changed")


def note_on_cards(data: Data, scope: Scope) -> Any:
    """What the cards are compared with, and what they leave apart."""
    row = data.row("overview", scope)
    earlier = data.previous_node(scope)
    words = [
        f"变化与上一工作节点（{chinese_day(earlier.as_of)}）比较" if earlier else "尚无上一工作节点"
    ]
    apart = (("standing", "长期坚持（无期限）"), ("void", "已撤销"))
    told = [f"{label}{int(row[name])}项" for name, label in apart if row[name]]
    if told:
        words.append(f"{'、'.join(told)}单列，不计入各项比率")
    return html.Span("；".join(words) + "。")


def node_panel(data: Data, scope: Scope) -> Any:
    """Progress by node against the plan."""
    progress = data.metric("node_progress", scope)
    progress = progress[progress["unit"] == "全部"]
    figure = node_progress(progress, scope.as_of)
    chart = graph("overview-nodes", figure)
    note = html.P(node_note(progress, scope.as_of), className="note")
    return panel("工作节点进展（项）", [chart, note], get_metric("node_progress"), scope=scope)


def unit_panel(data: Data, scope: Scope) -> Any:
    """Completion by responsible unit."""
    rows = data.metric("completion", scope)
    figure = completion(rows[rows["dimension"] == "unit"])
    chart = graph("overview-units", figure, by="unit")
    note = html.P("单位名后为已完成/全部；按逾期件数排列。", className="note")
    return panel("责任单位整改情况", [chart, note], get_metric("completion"), scope=scope)


def accident_panel(data: Data, scope: Scope) -> Any:
    """Accidents against last year: published totals drawn, the county's own records told."""
    rows = data.metric("accident_yoy", scope)
    published = rows[rows["source"] == "published"]
    figure = published_yoy(published)
    chart = graph("overview-accidents", figure)
    notes = [html.P(text, className="note") for text in _accident_notes(rows, published)]
    return panel("事故同比", [chart, *notes], get_metric("accident_yoy"), scope=scope)


def plan_panel(data: Data, scope: Scope) -> list[Any]:
    """The plan's measures with deadline and state; nothing where the scope has none of them."""
    if "measure" not in scope.filters.get("kind", ("measure",)):
        return []
    rows = data.items(replace(scope, filters={**scope.filters, "kind": ("measure",)}))
    if rows.empty:
        return []
    lines = [_measure(row) for row in rows.itertuples(index=False)]
    title = f"整改方案三清单（{len(rows)} 项）"
    table = html.Table([html.Tbody(lines)], id="overview-plan")
    # It scrolls where the plan is long, hence can be reached by keyboard.
    named: dict[str, Any] = {"aria-label": title}
    rolled = html.Div(table, className="plan", tabIndex="0", role="region", **named)
    return [panel(title, [rolled], get_metric("overview"))]


def decision_panel(data: Data, scope: Scope) -> list[Any]:
    """What the last meeting decided, with its state: a meeting opens on the last one's promises."""
    if "decision" not in scope.filters.get("kind", ("decision",)):
        return []
    rows = data.items(replace(scope, filters={**scope.filters, "kind": ("decision",)}))
    rows = rows[rows["opened_on"] == rows["opened_on"].max()]
    if rows.empty:
        return []
    meeting, held = rows["category"].iloc[0], rows["opened_on"].iloc[0]
    title = (
        f"上次会议议定事项（{meeting or '会议'}，{chinese_day(held)}；"
        f"已落实 {int(rows['is_done'].sum())}/{len(rows)}）"
    )
    table = items_grid("decisions", rows, ("title", "unit", "person", "due_on", "state", "source"))
    return [panel(title, [html.Div(table, className="grid short")], get_metric("completion"))]


def overdue_panel(data: Data, scope: Scope) -> Any:
    """Every overdue item, the latest first."""
    rows, total = data.first_rows("overdue", scope, ROWS_SHOWN)
    title = f"逾期事项（{how_many(len(rows), total)}）"
    if rows.empty:
        words = f"截至{chinese_day(scope.as_of)}没有逾期事项。"
        return panel(
            title, [html.P(words, className="all-clear")], get_metric("overdue"), "overdue", scope
        )
    table = html_grid(
        {"type": ITEMS, "page": "overview"}, overdue_rows(rows), OVERDUE_COLUMNS, is_items=True
    )
    body = [html.Div(table, className="grid")]
    return panel(title, body, get_metric("overdue"), "overdue", scope)


def overdue_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The metric's rows as the grid shows them; whose it is must never be blank."""
    row_no = " 第" + rows["row_no"].astype(str) + "行"
    shown = rows.assign(
        kind=rows["kind"].map(ITEM_KIND.labels).where(rows["level"] != "重大", "重大隐患"),
        unit=rows["unit"].fillna(UNNAMED),
        person=rows["person"].fillna(UNNAMED),
        due_on=list(
            map(marked, rows["due_on"].dt.strftime("%Y-%m-%d"), rows["due_is_provisional"])
        ),
        source=rows["path"].map(lambda path: PurePosixPath(path).stem) + row_no,
        place=rows["path"] + " " + rows["sheet"] + row_no,
    )
    columns = [*(column["field"] for column in OVERDUE_COLUMNS), "place", "item_id"]
    return [dict(zip(columns, row, strict=True)) for row in shown[columns].itertuples(index=False)]


def _card(headline: Headline) -> Any:
    indicator = headline.indicator
    if indicator.is_rate:
        value, change = percent(headline.value), change_of_rate(headline.change)
        parts = f"{headline.numerator}/{headline.denominator}"
    else:
        value, parts = count(headline.value), indicator.unit
        change = change_of_count(headline.change, indicator.unit)
    return html.Div(
        html.Button(
            [
                html.Span(indicator.label, className="card-label"),
                html.Span(
                    [
                        html.Span(value, className="card-value"),
                        html.Span(parts, className="card-parts"),
                    ]
                ),
                html.Span(change, className=f"card-change {headline.meaning}"),
            ],
            id={"type": NUMBER, "column": indicator.column},
            className="card number",
            title="点开看明细",
        ),
        id=f"overview-card-{indicator.column}",
    )


def _measure(row: Any) -> Any:
    days = {"overdue": f"{row.days_late}天", "due_soon": f"剩{row.days_left}天"}.get(row.state, "")
    due = "" if pd.isna(row.due_on) else f"{row.due_on.month}月{row.due_on.day}日"
    whose = f"{row.unit or '责任单位未明确'}，{row.person or '责任人未明确'}"
    return html.Tr(
        [
            html.Td(html.Div(row.title, className="what"), title=f"{row.title}（{whose}）"),
            html.Td(marked(due, row.due_is_provisional) or "—", className="due"),
            html.Td(html.Span(f"{STATE.labels[row.state]}{days}", className=f"state {row.state}")),
        ]
    )


def _accident_notes(rows: pd.DataFrame, published: pd.DataFrame) -> list[str]:
    notes = []
    if (published[["accidents_base", "deaths_base"]] == "derived").any(axis=None):
        notes.append("* 上年同期数没有公布，由公布的同比反推得出。")
    if (published[["accidents_agree", "deaths_agree"]] == False).any(axis=None):  # noqa: E712
        notes.append("有公布的同比与起数、死亡人数对不上，见事故统计表。")
    records = rows[(rows["source"] == "records") & (rows["period"] == "year")]
    return notes + [f"台账：{accident_sentence(row)}" for _, row in records.iterrows()]
