"""逾期督办: what is late, how late, whose it is; what falls due; what is on the list."""

from typing import Any

from dash import html

from analysis.briefing.figures import Figures
from analysis.briefing.reminders import Reminder, reminders
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any
from analysis.charts.bands import ageing
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import chinese_day
from dashboards.access.rights import may_open
from dashboards.access.session import current_account
from dashboards.parts import grid
from dashboards.parts.alert_panel import alert_panel
from dashboards.parts.letter_links import links
from dashboards.parts.shell import graph, how_many, panel
from dashboards.serving.address import Address
from dashboards.serving.data import ROWS_SHOWN, Data

PATH, TITLE = "/overdue", "逾期督办"

#: Where a reminder's rows are seen that are not on this page.
SEEN_AT = {
    "clarity": "/quality", "report_punctuality": "/duties", "duty_compliance": "/duties",
}  # fmt: skip
#: Metric → title of its table, and columns that its readers can do without.
TABLES = {
    "overdue": (
        "逾期事项",
        ("kind", "supervised", "township", "site", "opened_on", "first_due_on"),
    ),
    "due_soon": ("7 日内到期", ("supervised", "township", "site", "opened_on")),
    "supervision": ("重大隐患和挂牌督办，含已摘牌的", ("township", "site")),
    "deadline_slip": ("期限变动", ("kind",)),
    "vanished": ("漏报事项", ("kind",)),
}


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    late, *others = TABLES
    first = html.Div(
        [ageing_panel(data, scope), table_panel(data, scope, late, "tall")], className="two narrow"
    )
    return html.Main(
        [
            attention(data, scope),
            links(data, scope),
            first,
            alert_panel(data, scope),
            *(table_panel(data, scope, name) for name in others),
        ]
    )


def attention(data: Data, scope: Scope) -> Any:
    """What the meeting is to be reminded of; what stands on another page leads there."""
    if not has_any(ITEM_LEDGERS, data.received(scope)):
        return None
    figures = Figures(data, data.settings, scope)
    found = reminders(
        figures.now,
        figures["ageing"],
        data.first_rows("vanished", scope, 1)[1],
        figures["report_punctuality"],
        figures["duty_compliance"],
    )
    search = Address.of(scope).search()
    label = "提请注意：" if found else "没有需要特别提请注意的。"
    chips = [_reminder(each, search) for each in found]
    return html.Div([html.Span(label, className="chips-label"), *chips], className="chips")


def _reminder(each: Reminder, search: str) -> Any:
    words = [each.label, html.Strong(str(each.count))]
    title, at = get_metric(each.metric).title, SEEN_AT.get(each.metric, "")
    if not at or not may_open(current_account(), at):
        return html.Span(words, className="chip bad", title=title)
    return html.A(words, href=f"{at}{search}", className="inner chip bad", title=title)


def ageing_panel(data: Data, scope: Scope) -> Any:
    """Unfinished items by band of lateness and unit."""
    rows = data.metric("ageing", scope)
    late = rows[(rows["basis"] == "late") & (rows["unit"] != "全部")]
    chart = graph("overdue-ageing", ageing(late), "tall", by="unit")
    return panel("各单位未完成事项的逾期时长（项）", [chart], get_metric("ageing"), scope=scope)


def table_panel(data: Data, scope: Scope, name: str, height: str = "") -> Any:
    """The rows of a metric of items; a click opens the item."""
    (rows, total), query = data.first_rows(name, scope, ROWS_SHOWN), get_metric(name)
    label, hidden = TABLES[name]
    title = f"{label}（{how_many(len(rows), total)}）"
    if rows.empty:
        words = f"截至{chinese_day(scope.as_of)}没有。"
        return panel(title, [html.P(words, className="all-clear")], query, scope=scope)
    table = grid.metric_grid({"type": grid.ITEMS, "page": name}, query, rows, hidden)
    return panel(title, [html.Div(table, className=f"grid {height}")], query, scope=scope)
