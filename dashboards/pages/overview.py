"""总览: what a meeting must see in its first minute, without scrolling."""

from typing import Any

import dash
from dash import Input, Output, State, html

from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any
from analysis.briefing.statements.books import ACCIDENTS
from analysis.briefing.statements.hazards import SEES_RISK
from analysis.errors import YanpanError
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.access.rights import is_office, may_open
from dashboards.access.session import current_account
from dashboards.pages import item, walled_items
from dashboards.parts.first_screen import told
from dashboards.parts.first_screen.drawings import place
from dashboards.parts.first_screen.late_cards import late_cards
from dashboards.parts.first_screen.open_items import open_items, open_rows
from dashboards.parts.shell import DRAWER, LISTED, OPENED, panel
from dashboards.parts.wall import wall_panel
from dashboards.serving.address import LOCATION, Address
from dashboards.serving.data import Data

PATH, TITLE = "/", "总览"
#: So few items leave most of a screen empty: its rows are then no higher than what they hold.
FEW = 40
#: Pages to which an ask, or a drawing, belongs: who may not open them is not shown it.
ELSEWHERE = ("/risk", "/duties", "/accidents")


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope; of what nobody has sent there is no drawing."""
    figures, account = Figures(data, data.settings, scope), current_account()
    opens = frozenset(path for path in ELSEWHERE if may_open(account, path))
    writes = is_office(account) and not data.settings.rollup  # counties record their own
    has_items = has_any(ITEM_LEDGERS, figures.received)
    opening = [told.claim(data, figures)]
    if has_items:
        opening.append(told.asked(figures, opens, writes))
    upper = [wall_panel(data, scope)]
    if "/risk" in opens and has_any(SEES_RISK, figures.received):
        is_one = "region" in scope.filters or not data.regions()
        upper.append(townships_panel(data, scope) if is_one else regions_panel(data, scope))
    is_few = figures.now["total"] <= FEW
    lower = [measures_panel(data, figures)] if "measure" in figures.received else []
    if is_few and not lower and (undone := open_rows(figures.items)):
        lower.append(open_panel(undone))
    if "/accidents" in opens and has_any(ACCIDENTS, figures.received):
        lower.append(accidents_panel(data, figures))
    return html.Main(
        [
            html.Div(opening, className="opening"),
            *(
                [
                    told.numbers_row(figures),
                    place(data, scope, "lines", "lines"),
                    late_cards(data, figures),
                ]
                if has_items
                else []
            ),
            html.Div(upper, className="upper"),
            *([html.Div(lower, className="lower")] if lower else []),
        ],
        className=f"first-screen{' few' * is_few}",
    )


def townships_panel(data: Data, scope: Scope) -> Any:
    """Where the risk sits, and what is not done there."""
    query = get_metric("site_responsibility")
    return panel(
        "乡镇：场所四色和未完成事项", [place(data, scope, "townships")], query, "townships-panel"
    )


def regions_panel(data: Data, scope: Scope) -> Any:
    """The counties of a roll-up, each with its risk and what is not done there."""
    query = get_metric("item_wall")
    drawn = place(data, scope, "regions")
    return panel("各县（区）：场所四色和未完成事项", [drawn], query, "townships-panel")


def measures_panel(data: Data, figures: Figures) -> Any:
    """The plan's measures along time."""
    words = statement(figures, "nodes").claim
    line = html.P(f"{words}。", className="drawing-claim", title=words)
    drawn = place(data, figures.scope, "measures")
    return panel("三清单：期限", [line, drawn], get_metric("node_progress"), "measures-panel")


def open_panel(rows: list[dict[str, Any]]) -> Any:
    """What is not done of so few items, which a unit wants to see before anything else."""
    return panel(f"没有完成的事项（{len(rows)}项）", [open_items(rows)], get_metric("item_wall"))


def accidents_panel(data: Data, figures: Figures) -> Any:
    """The county's own accidents and the published ones, each region apart."""
    words = statement(figures, "accidents").claim
    line = html.P(f"{words}。", className="drawing-claim", title=words)
    drawn = place(data, figures.scope, "accidents")
    return panel(
        "事故：与上年同期", [line, drawn], get_metric("accident_yoy"), "accidents-panel",
        figures.scope,
    )  # fmt: skip


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
