"""The 事项墙 on a page: where it will stand, what is sent when it is asked for, what it opens.

The page holds a place; ``40-wall.js`` asks ``/wall`` for what stands there, so that nothing else
waits for it. A wall of another day is asked for in the same way: the day's own figures, as they
were known by then.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import flask
import pandas as pd
from dash import html

from analysis.briefing.drawn import working_nodes
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import ITEM_LEDGERS, missed
from analysis.charts import tokens, wall_svg
from analysis.charts.wall import ROWS_BY, SIGNS, Wall, arrange, columns_of, folded, told
from analysis.errors import AddressError, MemberError, YanpanError
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import chinese_month_day
from analysis.wording.values import written_day
from dashboards.parts.shell import panel
from dashboards.serving.address import Address, pixels
from dashboards.serving.data import Data

PATH = "/wall"
#: By what squares are coloured.
COLOUR_BY = {"state": "状态", "risk": "四色"}
#: Squares beyond which a cell's finished ones are a number, where there is less room.
FOLDED = (36, 24, 12, 6)
#: Stops of the slider, the latest.
MOST_STOPS = 48


def wall_panel(data: Data, scope: Scope) -> Any:
    """The card with the place of the wall; it is filled by the browser."""
    stand = {"data-search": Address.of(scope).search(), "data-stand": data.publication()}
    place = html.Div(id="overview-wall", className="wall-place", **stand)
    return panel(
        "事项墙：一格一项，按期限排开", [place], get_metric("item_wall"), "wall-panel", scope,
    )  # fmt: skip


def offer_wall(server: flask.Flask, data: Data) -> None:
    """Register the route of the wall."""

    @server.get(PATH)
    def wall() -> flask.Response:
        """``/wall?…&rows=unit&colour=state&stop=2023-10-30&lit=1``: the wall of a scope."""
        try:
            asked = flask.request.args
            scope = Address.read(dict(asked)).scope(data.described_day()[0])
            data.must_have(scope)
            text = wall_html(data, scope, asked)
        except (AddressError, MemberError) as error:
            return flask.Response(str(error), 400, mimetype="text/plain")
        except YanpanError as error:
            return flask.Response(str(error), 404, mimetype="text/plain")
        return flask.Response(text, mimetype="text/html")


def wall_html(data: Data, scope: Scope, asked: Mapping[str, str]) -> str:
    """What stands in the place: tools, legend, the wall; of a stop the wall alone.

    Raises:
        AddressError: rows, colours or the stop are none that there are.

    """
    by, colour = _chosen(asked, data, scope)
    stop = _stop(asked.get("stop"), scope)
    items = data.metric("item_wall", scope)
    if items.empty:
        lacking = missed(ITEM_LEDGERS, data.received(scope))
        return flask.render_template("wall_empty.html", lacking=lacking)
    is_lit = asked.get("lit") == "1"
    of_day = scope if stop is None else then(scope, stop)
    whole = arrange(
        items if stop is None else data.metric("item_wall", of_day), of_day.as_of, by,
        columns_of(items, scope.as_of), _changed(data, of_day) if is_lit else (),
        _colours(data, of_day) if colour == "risk" else None,
        # played through time, a row stays where it is
        [] if stop is None else [row.name for row in arrange(items, scope.as_of, by).rows],
    )  # fmt: skip
    drawn = fitted(whole, asked.get("h", ""))
    parts = wall_svg.parts(drawn)
    body = flask.render_template(
        "wall_body.html", wall=drawn, parts=parts, is_lit=is_lit, told=told(drawn)
    )
    if stop is not None:
        return body
    return flask.render_template(
        "wall.html", body=body, wall=drawn, signs=_signs(drawn),
        rows=_rows_offered(data, scope), by=by, colours=COLOUR_BY, colour=colour,
        is_lit=is_lit, stops=stops(data, scope),
        compared=Figures(data, data.settings, scope).comparison.short, framed=wall_svg.framed(),
    )  # fmt: skip


def fitted(wall: Wall, room: str) -> Wall:
    """The wall with as many finished squares as there is room for: so many pixels below its heads.

    Where nobody says how many, each cell has as many as stand well in one.
    """
    height = pixels(room)
    drawn = wall
    for crowded in FOLDED:
        if not height or sum(wall_svg.heights(drawn, wall_svg.grain_of(drawn))) <= height:
            break
        drawn = folded(wall, crowded)
    return drawn


def then(scope: Scope, day: date) -> Scope:
    """The scope on an earlier day, as the office knew it on that day."""
    if day == scope.as_of:
        return scope
    known_on = min(day, scope.known_on or day)
    return replace(scope, as_of=day, known_on=known_on, since=None)


def stops(data: Data, scope: Scope) -> list[tuple[str, str]]:
    """The days at which the slider stops, and what each is: nodes, meetings, the first receipt."""
    received = data.relation("submissions", replace(scope, filters={}))["received_on"].min()
    if pd.isna(received):
        return []
    first = received.date()
    named: dict[date, list[str]] = {first: ["首次收到报送"]}
    for day in working_nodes(data, replace(scope, filters={})):
        named.setdefault(day, []).append("工作节点")
    meetings = data.meetings(scope)
    for kind, day in zip(meetings["kind"], meetings["held_on"], strict=True):
        named.setdefault(day.date(), []).append(str(kind))
    named.setdefault(scope.as_of, []).append("截至日")
    days = sorted(day for day in named if first <= day <= scope.as_of)[-MOST_STOPS:]
    return [(day.isoformat(), f"{chinese_month_day(day)} {'、'.join(named[day])}") for day in days]


def _chosen(asked: Mapping[str, str], data: Data, scope: Scope) -> tuple[str, str]:
    offered = _rows_offered(data, scope)
    by = asked.get("rows") or next(iter(offered))
    colour = asked.get("colour") or "state"
    if by not in offered or colour not in COLOUR_BY:
        raise AddressError("事项墙没有这样的分行或着色。")
    return by, colour


def _rows_offered(data: Data, scope: Scope) -> dict[str, str]:
    """What rows can be: of a roll-up the counties first, unless one of them is chosen."""
    is_several = bool(data.regions()) and "region" not in scope.filters
    names = ["region"] * is_several + ["unit", "township", "site_kind", "kind"]
    return {name: ROWS_BY[name] for name in names}


def _stop(asked: str | None, scope: Scope) -> date | None:
    if not asked:
        return None
    try:
        day = written_day(asked)
    except ValueError:
        raise AddressError("事项墙的日期请写成 2023-11-15 的样子。") from None
    if not day.year >= 2000 or day > scope.as_of:
        raise AddressError("事项墙只回放截至日以前的日子。")
    return day


def _changed(data: Data, scope: Scope) -> frozenset[str]:
    """The items that changed since the day compared with."""
    figures = Figures(data, data.settings, scope)
    return frozenset(data.metric("since", figures.since_scope)["item_id"].dropna())


def _colours(data: Data, scope: Scope) -> dict[str, str]:
    """The colour of each site."""
    sites = Figures(data, data.settings, scope).ranking.sites
    known = sites[sites["colour"].isin(list(tokens.RISK))]
    return dict(zip(known["site"], known["colour"], strict=True))


def _signs(wall: Wall) -> list[tuple[str, str]]:
    return [(wall_svg.sign(name), SIGNS[name]) for name in wall.signs]
