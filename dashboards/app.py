"""Build the application: account and address → scope → page."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import dash
import flask
from dash import Input, Output, ctx, html
from plotly.utils import PlotlyJSONEncoder

from analysis.accounts import Account
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import CALLED, missed
from analysis.errors import WarehouseError, YanpanError
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.access.bodies import check_bodies
from dashboards.access.error_pages import error_page
from dashboards.access.guards import add_headers, protect
from dashboards.access.oidc import offer_oidc
from dashboards.access.rights import forms_of, may_open, sees_all, share_of
from dashboards.access.session import acting, current_account, needs_login
from dashboards.downloads import manual, materials
from dashboards.downloads.photos import offer_photos
from dashboards.downloads.routes import offer_files
from dashboards.downloads.tables import Table
from dashboards.forms.acceptance import offer_acceptance
from dashboards.forms.alert_book import offer_alerting
from dashboards.forms.decisions import offer_deciding
from dashboards.forms.doubts import offer_settling
from dashboards.forms.submission import offer_sending
from dashboards.pages import counted_items, item, meeting, regions
from dashboards.parts import grid, shell, wall
from dashboards.parts.emptiness import first_steps, why_empty
from dashboards.parts.first_screen import drawings
from dashboards.parts.frame import navigation, scope_control
from dashboards.serving.address import CHOOSERS, LOCATION, PUBLICATION, Address
from dashboards.serving.data import Data, is_member
from dashboards.serving.health import offer_health
from dashboards.serving.page_cache import (
    PATH,
    Asked,
    PageMemory,
    Place,
    mark_failed,
    page_request,
    remember_pages,
)
from dashboards.serving.refresh import Refresher
from dashboards.wire.first_document import App
from dashboards.wire.packing import pack_answers
from dashboards.wire.program_files import offer_program_files
from dashboards.wire.still import stilled

#: The navigation: each group with its pages, one module each.
GROUPS = {
    "总览": ("overview", "regions"),
    "风险": ("risk",),
    "整改": ("progress", "overdue"),
    "事故与检查": ("accidents", "inspections"),
    "履职与数据": ("duties", "quality", "query"),
}
LOG = logging.getLogger(__name__)
FAULT = "这个页面出错了，数字没有显示出来；详情见运行看板的窗口。"
NAME = "研判台"
#: The route of all pages, and of whatever is none.
ANY = "/<path:path>"
#: What else than the scope a drawing depends on, and how long a part of it is at most.
DRAWN_BY, LONGEST = ("rows", "colour", "stop", "lit", "w", "h"), 20
#: Under what name the server holds its refresher.
REFRESHER = "yanpan-refresher"


def create_app(settings: Settings) -> dash.Dash:
    """The application; nothing is read from the warehouse before a page is asked for.

    Raises:
        YanpanError: accounts are needed, and there are none.

    """
    app = App(
        __name__,
        title=NAME,
        update_title="正在读取…",
        serve_locally=True,
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.index_string = app.index_string.replace("<html>", '<html lang="zh-CN">')
    pack_answers(app.server)  # after everybody else: what is kept is kept as it is
    protect(app.server, settings)
    offer_program_files(app.server, app.program_files)
    check_bodies(app.server, app.callback_map)
    data = Data(settings, lambda: share_of(current_account()))
    pages()  # component libraries are to be known before the first callback runs
    app.layout = lambda: shell.frame(html.Div(shell.skeleton(), id="page"), data.publication())
    register(app, data)
    offer_health(app.server, data)
    if needs_login(settings):
        offer_oidc(app.server, settings)
    if not settings.rollup:  # counties take in their own
        offer_sending(app.server, data)
        offer_acceptance(app.server, data)
        offer_alerting(app.server, data)
        offer_deciding(app.server, data)
        offer_settling(app.server, data)
    offer_files(app.server, data, own_files())
    offer_photos(app.server, data)
    manual.offer_manual(app.server)
    wall.offer_wall(app.server, data)
    drawings.offer_drawings(app.server, data)
    offer_refusals(app.server, data)
    add_headers(app.server, settings, app.csp_hashes())
    memory = PageMemory()
    remember_pages(
        app.server, memory, data.shown,
        lambda: (share_of(current_account()), current_account()), place_of,
        drawing_of,
    )  # fmt: skip
    app.server.extensions[REFRESHER] = Refresher(data.copies, memory, _asker(app.server, settings))
    return app


def _asker(server: flask.Flask, settings: Settings) -> Callable[[Asked], None]:
    """Makes a request for a page again, in the name of the account that made it."""
    host = next(iter(settings.hosts), "127.0.0.1")

    def ask(asked: Asked) -> None:
        account = asked.account
        if account is not None:
            now = server.config["ACCOUNTS"].get(account.name)
            if now is None or now.is_disabled or share_of(now) != share_of(account):
                return
            account = now
        path, search = asked.place
        with acting(account):
            server.test_client().post(
                PATH, data=page_request(search, path), content_type="application/json",
                base_url=f"http://{host}",
            )  # fmt: skip

    return ask


def register(app: dash.Dash, data: Data) -> None:
    """The callbacks of the shell: controls → address → page, and a row → its item."""

    app.clientside_callback(
        dash.ClientsideFunction("yanpan", "chooseScope"),
        Output(LOCATION, "search"),
        *(Input(name, "value") for name in scope_control.CONTROLS.values()),
        dash.State(LOCATION, "search"),
        dash.State(shell.HEAD_SHOWN, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("page", "children"),
        Input(LOCATION, "pathname"),
        Input(LOCATION, "search"),
        Input(PUBLICATION, "data"),
    )
    def show(path: str, search: str, publication: str | None) -> Any:
        return as_sent(page(data, path, search))

    @app.callback(
        Output(shell.HEAD, "children"),
        Output(shell.HEAD_SHOWN, "data"),
        Input(LOCATION, "pathname"),
        Input(LOCATION, "search"),
        Input(PUBLICATION, "data"),
        dash.State(shell.HEAD_SHOWN, "data"),
    )
    def show_head(path: str, search: str, publication: str | None, shown: str | None) -> Any:
        made, mark = head(data, path, search)
        return (dash.no_update, dash.no_update) if mark == shown else (stilled(made), mark)

    app.clientside_callback(
        dash.ClientsideFunction("yanpan", "changeScope"),
        Input(LOCATION, "search"),
        dash.State(shell.HEAD_SHOWN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        dash.ClientsideFunction("yanpan", "followAddress"),
        Output(shell.HEAD_FOLLOWS, "data"),
        Input(LOCATION, "search"),
        Input(shell.HEAD_SHOWN, "data"),
    )

    @app.callback(
        Output(PUBLICATION, "data"),
        Input(shell.CLOCK, "n_intervals"),
        dash.State(PUBLICATION, "data"),
        dash.State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def look(clock: int, shown: str | None, search: str) -> Any:
        return newer(data, shown, search)

    @app.callback(
        Output(LOCATION, "search", allow_duplicate=True),
        Input({"type": shell.DRILL, "by": dash.ALL, "graph": dash.ALL}, "clickData"),
        dash.State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def drill(clicks: list[dict[str, Any] | None], search: str) -> Any:
        clicked = ctx.triggered[0]["value"] if ctx.triggered else None
        return (
            drilled_search(ctx.triggered_id["by"], clicked, search) if clicked else dash.no_update
        )

    @app.callback(
        Output(shell.DRAWER, "children", allow_duplicate=True),
        Output(shell.DRAWER, "title", allow_duplicate=True),
        Output(shell.DRAWER, "opened", allow_duplicate=True),
        Input(shell.ROWS, "data"),
        dash.State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def open_rows(said: str | None, search: str) -> Any:
        column = (said or "").rpartition("@")[0]
        if not counted_items.opens(column):
            return dash.no_update, dash.no_update, dash.no_update
        scope = Address.read(query(search)).scope(data.described_day()[0])
        return (
            counted_items.content(data, scope, column),
            counted_items.TITLE,
            True,
        )

    for module in pages().values():
        if hasattr(module, "register"):
            module.register(app, data)

    @app.callback(
        Output(shell.DRAWER, "children"),
        Output(shell.DRAWER, "title"),
        Output(shell.DRAWER, "opened"),
        Input({"type": grid.ITEMS, "page": dash.ALL}, "selectedRows"),
        dash.State(LOCATION, "search"),
        prevent_initial_call=True,
    )
    def open_item(selected: list[list[dict[str, Any]] | None], search: str) -> Any:
        # A row may be of something that is no item, as an alert of a missing report is.
        rows = [row for rows in selected for row in rows or () if _item_id(row)]
        if not rows:
            return dash.no_update, dash.no_update, dash.no_update
        default_day, _ = data.described_day()
        scope = Address.read(query(search)).scope(default_day)
        return item.content(data, scope, _item_id(rows[0])), item.TITLE, True


def _item_id(row: Any) -> str:
    """Which item a row of a grid is of; empty where it is none's."""
    named = row.get("item_id") if isinstance(row, dict) else None
    return named if isinstance(named, str) else ""


def offer_refusals(server: flask.Flask, data: Data) -> None:
    """Have an address of nothing answered by 404, and by 400 a page's address that cannot be
    read, or asks for what there is not.
    """

    @server.before_request
    def refuse() -> Any:
        if str(flask.request.url_rule) == ANY and flask.request.path not in pages():
            return error_page(404)  # Dash has its frame for any
        if flask.request.method != "GET" or flask.request.path not in pages():
            return None
        try:
            scope = Address.read(flask.request.args).scope(date.today())
            data.must_have(scope)
        except WarehouseError:
            return None  # no figures at all: the page says so
        except YanpanError as error:
            return error_page(400, str(error))
        return None


def changed_search(moved: Mapping[str, str | None], search: str) -> Any:
    """The address after controls were moved; only what was moved changes."""
    address = Address.read(query(search))
    changed = address
    for name, value in moved.items():
        changed = changed.moved(name, value)
    return dash.no_update if changed == address else changed.search()


def drilled_search(by: str, clicked: Mapping[str, Any], search: str) -> Any:
    """The address after a mark was clicked: narrowed to it, or no longer where it was already."""
    address = Address.read(query(search))
    names = by.split(",")
    match clicked:
        case {"points": [{"customdata": said}, *_]}:
            values = said[-len(names) :] if isinstance(said, list) else [said]
        case _:
            values = []  # a mark that stands for nobody
    chosen = {
        name: value
        for name, value in zip(names, values, strict=False)
        if name in CHOOSERS and isinstance(value, str) and is_member(value)
    }
    is_again = chosen and all(address.chosen.get(name) == value for name, value in chosen.items())
    return changed_search({n: None if is_again else v for n, v in chosen.items()}, search)


def newer(data: Data, shown: str | None, search: str) -> Any:
    """The publication of now, where it is another; a meeting keeps the figures it speaks of."""
    now = data.publication()
    is_meeting = Address.read(query(search)).meeting
    return dash.no_update if now in (None, shown) or is_meeting else now


def place_of(path: str, search: str) -> Place | None:
    """A page's address with nothing in it but what the page depends on; None where it is none."""
    address = Address.read(query(search))
    return (path, address.search()) if path in pages() and not address.faults else None


def head(data: Data, path: str, search: str) -> tuple[Any, str]:
    """What stands above the page at an address, and the mark of all of it that the browser does
    not set right by itself: filters that are chosen, and the scope that links keep.

    The mark ends with the day that is shown where the address names none.
    """
    account, address = current_account(), Address.read(query(search))
    if not _is_shown(data, path, account) or address.meeting:
        return [], ""
    try:
        default_day, _ = data.described_day()
        scope = address.scope(default_day)
        data.must_have(scope)
    except WarehouseError:
        plain = _header(data, path, address, account)
        return plain, _mark(plain)
    except YanpanError:
        return [], ""
    # What may be chosen, and what changes are told from, depend on no filter but the county.
    of_county = {name: values for name, values in scope.filters.items() if name == "region"}
    wide = replace(scope, filters=of_county, since=None)
    choices, compared = data.choices(wide), Figures(data, data.settings, wide).comparison.short

    def made(shown: Address) -> Any:
        controls = scope_control.controls(shown, wide.as_of, choices, compared)
        return _header(data, path, shown, account, controls)

    mark = f"{_mark(made(scope_control.without_offered(address, choices)))} {default_day}"
    return made(address), mark


def _mark(header: Any) -> str:
    """What tells a header from every other."""
    same = json.dumps(header, cls=PlotlyJSONEncoder, sort_keys=True)
    return sha256(same.encode()).hexdigest()[:16]


def drawing_of(path: str, asked: Mapping[str, str]) -> tuple[str, ...] | None:
    """A drawing's address with nothing in it but what the drawing depends on; None for none."""
    if path != wall.PATH and not path.startswith(f"{drawings.PATH}/"):
        return None
    address = Address.read(asked)
    rest = (f"{name}={asked[name][:LONGEST]}" for name in DRAWN_BY if name in asked)
    return None if address.faults else (path, address.search(), *rest)


def page(data: Data, path: str, search: str) -> Any:
    """Scope, stamp and body for an address; a message where figures cannot be had."""
    account = current_account()
    if not _is_shown(data, path, account):
        return _failed(f"没有这个页面：{str(path)[:100]}。请回到首页。")
    address, module = Address.read(query(search)), pages()[path]
    try:
        default_day, is_stale = data.described_day()
        scope = address.scope(default_day)
        data.must_have(scope)
        if address.meeting:
            return meeting.content(data, scope)
        return html.Div(
            [
                *shell.trouble(data.trouble()),
                *shell.trouble(why_empty(data, scope, account)),
                shell.stamp(
                    scope, data.provenance(scope), is_stale and address.as_of is None,
                    data.settings, materials.links(address) if sees_all(account) else None,
                    missed(CALLED, data.received(scope)) if sees_all(account) else "",
                    scope_control.chips(address),
                ),
                *shell.page_heading(module.TITLE, path),
                module.content(data, scope),
            ]
        )  # fmt: skip
    except WarehouseError as error:
        # No figures at all, which are no zeros either; the ways to send something in stay open.
        mark_failed()
        is_new = not data.settings.rollup and not data.settings.warehouse.exists()
        said = first_steps(data.settings, account) if is_new else shell.notice(str(error))
        return html.Div(said)
    except YanpanError as error:
        return _failed(str(error))
    except Exception:
        # Not what was asked for: conditions may name a person.
        LOG.exception("page %s failed", path)
        return _failed(FAULT)


def as_sent(made: Any) -> Any:
    """A page with all of it that is still as finished markup."""
    try:
        return stilled(made)
    except ValueError:  # a link of ours that runs something
        LOG.exception("a page could not be written")
        return _failed(FAULT)


def _failed(message: str) -> Any:
    """A page that can only say what is wrong, and is not kept for the next viewer."""
    mark_failed()
    return shell.notice(message)


def _header(
    data: Data, path: str, address: Address, account: Account | None, controls: Sequence[Any] = ()
) -> Any:
    """The line above the page; without figures there are no ``controls`` to choose with."""
    groups: dict[str, dict[str, str]] = {}
    for name, modules in GROUPS.items():
        titles = {at: pages()[at].TITLE for at in map(_path, modules)}
        mine = {at: t for at, t in titles.items() if _is_shown(data, at, account)}
        if mine:
            groups[name] = mine
    return navigation.header(groups, path, address, controls, _forms(data, account), account)


def _path(module: str) -> str:
    path: str = import_module(f"dashboards.pages.{module}").PATH
    return path


def _is_shown(data: Data, path: str, account: Account | None) -> bool:
    """Whether there is such a page, and the account may open it: regions stand side by side in a
    roll-up alone.
    """
    is_one = isinstance(path, str) and path in pages() and may_open(account, path)
    return is_one and (path != regions.PATH or bool(data.settings.rollup))


def _forms(data: Data, account: Account | None) -> list[tuple[str, str]]:
    forms = [] if data.settings.rollup else forms_of(account)
    return [*forms, (manual.PATH, manual.LABEL)]


@cache
def pages() -> dict[str, ModuleType]:
    """Path → page module."""
    names = [name for group in GROUPS.values() for name in group]
    modules = [import_module(f"dashboards.pages.{name}") for name in names]
    return {module.PATH: module for module in modules}


def own_files() -> dict[str, Callable[[Data, Scope], Table]]:
    """Name → what makes the rows of a file that is no metric's."""
    return {
        name: make for page in pages().values() for name, make in getattr(page, "FILES", {}).items()
    }


def query(search: str | None) -> dict[str, str]:
    """The query part of an address as a dictionary; nothing where a caller sent no text."""
    return dict(parse_qsl(search.removeprefix("?"))) if isinstance(search, str) else {}
