"""总览: what a meeting must see in its first minute."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import dash
import pandas as pd
from dash import Input, Output, State, dcc, html

from analysis.briefing.changes import NO_BEFORE, count
from analysis.briefing.figures import Figures
from analysis.briefing.reminders import reminders
from analysis.briefing.stamp import chinese_day
from analysis.briefing.statements import statement
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any
from analysis.briefing.statements.books import last_decisions
from analysis.briefing.statements.headline import Card, Headline, card
from analysis.briefing.statements.statement import sentences
from analysis.briefing.statements.work import WORSE
from analysis.charts.accidents import published_yoy
from analysis.charts.completion import completion
from analysis.charts.nodes import node_progress
from analysis.charts.shown import node_note
from analysis.errors import YanpanError
from analysis.ledgers import ITEM_KIND
from analysis.ledgers.codes import STATE
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import marked
from analysis.wording.values import UNNAMED
from dashboards.pages import item, walled_items
from dashboards.parts.alert_panel import chips
from dashboards.parts.grid import ITEMS, html_grid, items_grid, text_column
from dashboards.parts.shell import DRAWER, NUMBER, definition, graph, how_many, panel, unfold
from dashboards.parts.wall import LISTED, OPENED, wall_panel
from dashboards.serving.address import LOCATION, Address
from dashboards.serving.data import ROWS_SHOWN, Data

PATH, TITLE = "/", "总览"

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
    figures = Figures(data, data.settings, scope)
    return html.Main(
        [
            *claims(figures),
            html.Div(cards(figures), className="cards"),
            *(
                [attention(data, scope), *chips(data, scope)]
                if has_any(ITEM_LEDGERS, figures.received)
                else []
            ),
            changes(data, figures),
            html.Div(
                [
                    wall_panel(data, scope),
                    html.Div([node_panel(data, scope), accident_panel(figures)], className="stack"),
                ],
                className="first",
            ),
            html.Div(
                [*plan_panel(data, scope), overdue_panel(data, figures)],
                className="lists",
            ),
            html.Div([unit_panel(data, scope), *decision_panel(figures)], className="two"),
        ]
    )


def register(app: dash.Dash, data: Data) -> None:
    """What a click on the wall opens: an item, or the items of a cell."""

    drawer = [
        Output(DRAWER, each, allow_duplicate=True) for each in ("children", "title", "opened")
    ]

    @app.callback(
        *drawer,
        Input(OPENED, "data"),
        State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def open_square(said: str | None, search: str) -> Any:
        if not said:
            return dash.no_update, dash.no_update, dash.no_update
        # behind the mark is how often something was opened: the same item may be opened again
        scope = Address.of_search(search).scope(data.described_day()[0])
        return item.content(data, scope, said.rpartition("@")[0]), item.TITLE, True

    @app.callback(
        *drawer,
        Input(LISTED, "data"),
        State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def open_cell(said: str | None, search: str) -> Any:
        if not said:
            return dash.no_update, dash.no_update, dash.no_update
        try:
            scope = Address.of_search(search).scope(data.described_day()[0])
            shown = walled_items.content(data, scope, said)
        except YanpanError as error:
            shown = html.P(str(error), className="note")
        return shown, walled_items.TITLE, True


def claims(figures: Figures) -> list[Any]:
    """What the screens of the meeting say first, and what the cards below are compared with."""
    overall, major = statement(figures, "overall"), statement(figures, "major")
    words = f"{overall.claim}；{major.claim}。"
    aside = [detail for detail in overall.details if "单列" in detail]
    note = sentences([overall.note, *aside])
    return [
        html.P(words, className="claim"),
        html.Div([html.Span(note), definition(get_metric("overview"))], className="strip"),
    ]


def cards(figures: Figures) -> list[Any]:
    """The headline figures with their change since the day compared with."""
    numbers = statement(figures, "overall").numbers
    return [_card(number, card(number, figures.comparison)) for number in numbers]


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


def changes(data: Data, figures: Figures) -> Any:
    """What happened since the day compared with, each kind with its number and its items."""
    said = statement(figures, "changes")
    rows = data.first_rows_per_group("since", figures.since_scope, "change", CHANGES_SHOWN)
    chips = [
        unfold(
            [number.indicator.label, html.Strong(count(number.value))],
            _changed(rows[rows["change"] == number.indicator.column], int(number.value or 0)),
            f"chip {'bad' if number.indicator.column in WORSE else ''}",
        )
        for number in said.numbers
    ]  # fmt: skip
    head = said.claim.partition("：")[0]
    return html.Div(
        [
            html.Span(f"{head}：" if chips else f"{said.claim}。", className="chips-label"),
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
    tail = [html.Li(f"……另有 {rest} 项，见数据下载。")] if rest > 0 else []
    return html.Ul([*lines, *tail], className="changed")


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


def accident_panel(figures: Figures) -> Any:
    """Accidents against last year: published totals drawn, the county's own records told."""
    rows = figures["accident_yoy"]
    published = rows[rows["source"] == "published"]
    figure = published_yoy(published)
    chart = graph("overview-accidents", figure)
    told = [*_accident_notes(published), f"{statement(figures, 'accidents').claim}。"]
    notes = [html.P(text, className="note") for text in told]
    return panel("事故同比", [chart, *notes], get_metric("accident_yoy"), scope=figures.scope)


def plan_panel(data: Data, scope: Scope) -> list[Any]:
    """The plan's measures with deadline and state; nothing where the scope has none of them."""
    if "measure" not in scope.filters.get("kind", ("measure",)):
        return []
    rows = data.measures(replace(scope, filters={**scope.filters, "kind": ("measure",)}))
    if rows.empty:
        return []
    lines = [_measure(row) for row in rows.itertuples(index=False)]
    title = f"整改方案三清单（{len(rows)} 项）"
    table = html.Table([html.Tbody(lines)], id="overview-plan")
    # It scrolls where the plan is long, hence can be reached by keyboard.
    named: dict[str, Any] = {"aria-label": title}
    rolled = html.Div(table, className="plan", tabIndex="0", role="region", **named)
    return [panel(title, [rolled], get_metric("overview"))]


def decision_panel(figures: Figures) -> list[Any]:
    """What the last meeting decided, with its state: a meeting opens on the last one's promises."""
    rows = last_decisions(figures)
    if rows.empty:
        return []
    title = f"上次会议议定事项（{statement(figures, 'decisions').claim}）"
    table = items_grid("decisions", rows, ("title", "unit", "person", "due_on", "state", "source"))
    return [panel(title, [html.Div(table, className="grid short")], get_metric("completion"))]


def overdue_panel(data: Data, figures: Figures) -> Any:
    """Every overdue item, the latest first."""
    scope = figures.scope
    rows, total = data.first_rows("overdue", scope, ROWS_SHOWN)
    title = f"逾期事项（{how_many(len(rows), total)}）"
    if rows.empty:
        clear = "all-clear" if has_any(ITEM_LEDGERS, figures.received) else "note"
        words = f"截至{chinese_day(scope.as_of)}，{statement(figures, 'overdue').paragraph}"
        return panel(
            title, [html.P(words, className=clear)], get_metric("overdue"), "overdue", scope
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


def _card(number: Headline, said: Card) -> Any:
    return html.Div(
        html.Button(
            [
                html.Span(said.label, className="card-label"),
                html.Span(
                    [
                        html.Span(number.value_words, className="card-value"),
                        html.Span(number.parts_words, className="card-parts"),
                    ]
                ),
                html.Span(said.change or NO_BEFORE, className=f"card-change {said.meaning}"),
            ],
            id={"type": NUMBER, "column": number.indicator.column},
            className="card number",
            title="点开看明细",
        ),
        id=f"overview-card-{number.indicator.column}",
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


def _accident_notes(published: pd.DataFrame) -> list[str]:
    notes = []
    if (published[["accidents_base", "deaths_base"]] == "derived").any(axis=None):
        notes.append("* 上年同期数没有公布，由公布的同比反推得出。")
    if (published[["accidents_agree", "deaths_agree"]] == False).any(axis=None):  # noqa: E712
        notes.append("有公布的同比与起数、死亡人数对不上，见事故统计表。")
    return notes
