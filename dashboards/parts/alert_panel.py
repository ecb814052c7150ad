"""预警 on the pages: what the rules say of the day, and what the book says became of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import html

from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any, missed
from analysis.intake.alert_book import NOT_ENTERED, AlertBook, Entry, by_key, standing
from analysis.judgement.alerts import STEPS, Alert
from analysis.warehouse.scope import Scope
from dashboards.parts.grid import ITEMS, html_grid, text_column
from dashboards.parts.shell import how_many
from dashboards.serving.data import ROWS_SHOWN, Data

COLUMNS = (
    text_column("step", "阶梯", width=100, minWidth=88),
    text_column("title", "预警", width=150, minWidth=120),
    text_column("unit", "责任单位", width=150, minWidth=120),
    text_column("message", "事由", flex=3, minWidth=240, tooltipField="message"),
    text_column("act", "建议", flex=1, minWidth=160, tooltipField="clause"),
    text_column("evidence", "证据", flex=1, minWidth=140, tooltipField="evidence"),
    text_column("life", "处理", width=170, minWidth=120, tooltipField="life"),
)


def current(data: Data, scope: Scope) -> tuple[list[Alert], list[str]]:
    """The alerts of a scope, the highest step first, and what could not be looked at."""
    figures = Figures(data, data.settings, scope, most=ROWS_SHOWN)
    return figures.alerts, figures.unknown


def steps(found: Sequence[Alert]) -> list[Any]:
    """How many alerts stand on each step of the ladder, the highest first."""
    counts = Counter(alert.step for alert in found)
    return [
        html.Span([step, html.Strong(str(counts[step]))], className="chip")
        for step in reversed(STEPS)
        if counts[step]
    ]


def alert_panel(data: Data, scope: Scope) -> Any:
    """The alerts of the day, the highest step first, with what was done about each."""
    found, unknown = current(data, scope)
    entries = AlertBook(data.settings.alert_book).entries(data.present_ids(scope))
    book = by_key(entries)
    rows = [_row(alert, book.get(alert.key)) for alert in found[:ROWS_SHOWN]]
    table = html.Div(
        html_grid({"type": ITEMS, "page": "alerts"}, rows, COLUMNS, is_items=True), className="grid"
    )
    body = table if rows else _none(data.received(scope))
    note = (
        "点一件打开它的事项；规则、门槛和依据见使用手册附的《预警》；"
        "登记、知悉、办结在“预警登记”页。" + "".join(unknown)
    )
    told = html.Div(steps(found), className="chips")
    head = html.Div(
        [html.H2(f"预警（{how_many(len(rows), len(found), '件')}）"), told], className="panel-head"
    )
    return html.Section([head, body, html.P(note, className="note")], className="panel")


def _none(received: frozenset[str]) -> Any:
    """That there is no alert, which is good news only where there is something to look at."""
    if not has_any(ITEM_LEDGERS, received):
        return html.P(f"{missed(ITEM_LEDGERS, received)}，无从预警。", className="note")
    return html.P("没有预警。", className="all-clear")


def _row(alert: Alert, entry: Entry | None) -> dict[str, Any]:
    life = NOT_ENTERED
    if entry:
        life = f"{entry.number} 号，{standing(entry, [alert.key])}"
        life += f"（{entry.by} {entry.on}）" if entry.by else ""
    return {
        "step": alert.step, "title": alert.title, "unit": alert.unit, "message": alert.message,
        "act": alert.act, "item_id": alert.item_id, "clause": alert.clause,
        "evidence": "；".join(alert.evidence), "life": life,
    }  # fmt: skip
