"""What the first screen tells at once: the claim, the changes, the asks, the numbers."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from analysis.briefing.changes import count
from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.headline import Headline
from analysis.briefing.statements.opening import MOST, Ask, Number, all_asks, numbers
from analysis.briefing.statements.work import WORSE
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import chinese_month_day
from dashboards.parts.shell import definition, rows_of, unfold
from dashboards.serving.address import Address
from dashboards.serving.data import Data

#: So many items of each kind of change are named; the others are counted.
CHANGES_SHOWN = 12
#: Kinds of change that stand in the line; the others are behind one word.
IN_LINE = 3
#: Asks whose items open in the drawer; of the others the page on which they are seen.
OPENED = frozenset({"overdue", "major", "decisions", "due_soon", "conduct"})
SEEN_AT = {
    "reports": "/duties", "duties": "/duties", "responsibility": "/risk", "meetings": "/duties",
}  # fmt: skip
#: In front of an ask's subject in the id of what opens its items.
ASK = "ask-"


def claim(data: Data, figures: Figures) -> Any:
    """The claim in two lines, and what changed."""
    said = statement(figures, "opening")
    lines: list[Any] = [said.claim, *said.details]
    head = [lines[0], *(part for line in lines[1:] for part in ("；", html.Br(), line))]
    return html.Div([html.H1(head), changes(data, figures)], className="claim")


def changes(data: Data, figures: Figures) -> Any:
    """What happened since the day compared with, each kind with its number and its items."""
    said = statement(figures, "changes")
    if not said.numbers:
        return html.P([f"{said.claim}。", definition(get_metric("since"))], className="changes")
    rows = data.first_rows_per_group("since", figures.since_scope, "change", CHANGES_SHOWN)
    told = [_change(number, rows) for number in said.numbers]
    first, rest = told[:IN_LINE], told[IN_LINE:]
    if rest:
        first.append(unfold(f"另有{len(rest)}类", html.Div(rest, className="rest"), "change more"))
    head = said.claim.partition("：")[0]
    return html.Div(
        [
            html.Span(f"{head}：", className="muted", title=said.note),
            *first,
            definition(get_metric("since")),
        ],
        className="changes",
    )


def _change(number: Headline, rows: pd.DataFrame) -> Any:
    column, total = number.indicator.column, int(number.value or 0)
    lines = [
        html.Li(f"{row['unit'] or '责任单位未明确'}　{row['title']}")
        for _, row in rows[rows["change"] == column].iterrows()
    ]
    rest = total - len(lines)
    tail = [html.Li(f"……另有 {rest} 项，见数据下载。")] if rest > 0 else []
    return unfold(
        [number.indicator.label, html.Strong(count(number.value)), "项"],
        html.Ul([*lines, *tail], className="changed"),
        f"change {'bad' if column in WORSE else ''}",
    )


def asked(figures: Figures, opens: frozenset[str], may_decide: bool) -> Any:
    """请会议研究: what, whose, by when; each opens its items, and becomes a decision.

    ``opens`` are the pages that whoever looks may open.
    """
    found = all_asks(figures)
    if not found:
        return html.Div(
            [html.H2("请会议研究"), html.P("没有需要会议决定的事项。", className="note")],
            className="asks none",
        )
    search = Address.of(figures.scope).search()
    lines = [_ask(each, search, may_decide, opens) for each in found[:MOST]]
    head = [
        html.H2("请会议研究" + (f"（{len(found)}件，列出{len(lines)}件）" * (len(found) > MOST)))
    ]
    return html.Div([*head, html.Ol(lines)], className="asks")


def _ask(each: Ask, search: str, may_decide: bool, opens: frozenset[str]) -> Any:
    by = f"{chinese_month_day(each.by)}前"
    about = [html.Span(text) for text in (each.whose, by) if text]
    at = SEEN_AT.get(each.subject, "")
    words: Any = html.Span(each.what, className="what")
    if each.subject in OPENED:
        words = html.Button(
            each.what, className="what", title="点开看明细", **rows_of(f"{ASK}{each.subject}")
        )  # fmt: skip
    elif at in opens:
        words = html.A(each.what, href=f"{at}{search}", className="inner what")
    decide = []
    if may_decide:
        query = urlencode({"ask": each.subject})
        href = f"/decide{search}{'&' if search else '?'}{query}"
        decide = [
            html.A("议定", href=href, className="decide-link", title="记为议定事项",
                   **{"aria-label": f"记为议定事项：{each.what}"})
        ]  # fmt: skip
    told = html.Div([words, html.Span(about, className="whose")], className="told")
    return html.Li(html.Div([told, *decide], className="line"))


def numbers_row(figures: Figures) -> Any:
    """The six numbers, each a button that opens its rows."""
    return html.Div([_number(each) for each in numbers(figures)], className="kpis")


def _number(number: Number) -> Any:
    column, head = number.column, number.value[:1]
    change = [html.Span(number.change, className=f"kpi-change {number.meaning}")]
    if number.revised:
        change.append(html.Span(number.revised, className="kpi-revised"))
    is_bad = column in {"overdue", "major_open"} and head not in {"0", "—"}
    return html.Button(
        [
            html.Span(
                [number.label, html.Span(className="kpi-line", **{"data-column": column})],
                className="kpi-label",
            ),
            html.Span(
                [
                    html.Span(number.value, className=f"kpi-value{' bad' * is_bad}"),
                    html.Span(number.parts, className="kpi-parts"),
                ],
                className="kpi-row",
            ),
            html.Span(change, className="kpi-below", title="，".join(_told(number))),
        ],
        className="kpi", title="点开看明细", **rows_of(column), **{"data-column": column},
    )  # fmt: skip


def _told(number: Number) -> list[str]:
    return [each for each in (number.change, number.revised) if each]
