"""The drawings of the first screen: a place on the page, filled when it stands.

The page holds places; ``45-places.js`` asks ``/first/NAME`` for what belongs there, with the room
that there is. So the claim and the numbers wait for no drawing.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import flask
from dash import html

from analysis.briefing.drawn import accidents, dated, outlines, regions, townships, townships_note
from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.opening import numbers, over_nodes
from analysis.briefing.statements.work import UNSAID
from analysis.charts.first_screen import (
    accident_lines,
    gantt,
    sparkline,
    tiles,
    township_map,
)
from analysis.errors import AddressError, MemberError, YanpanError
from analysis.warehouse.scope import Scope
from analysis.wording.values import per_cent
from dashboards.serving.address import Address, pixels
from dashboards.serving.data import Data

PATH = "/first"
#: Pixels that a place may say it has: nothing is drawn for less, or for a wall of screens.
LEAST, MOST = 240, 4_000
#: A line over the nodes stands beside its label.
LINE = (92, 26)
#: Of the tiles: what stands above them and below.
ABOVE_TILES = 56
#: So many counties have a tile.
MOST_REGIONS = 24
#: Of the Gantt: what stands above and below its lines; the least and the most lines.
AROUND, FEWEST, MANY = 72, 3, 24


def place(data: Data, scope: Scope, name: str, class_name: str = "") -> Any:
    """Where a drawing will stand."""
    asked = {
        "data-place": name,
        "data-search": Address.of(scope).search(),
        "data-stand": data.publication(),
    }
    return html.Div(className=f"later {class_name}", **asked)


def offer_drawings(server: flask.Flask, data: Data) -> None:
    """Register the route of the drawings."""

    @server.get(f"{PATH}/<name>")
    def draw_one(name: str) -> flask.Response:
        """``/first/townships?…&w=600&h=200``: one drawing of a scope for so much room."""
        drawing = DRAWINGS.get(name)
        if drawing is None:
            return flask.Response("没有这幅图。", 404, mimetype="text/plain")
        try:
            asked = flask.request.args
            scope = Address.read(dict(asked)).scope(data.described_day()[0])
            data.must_have(scope)
            width = min(pixels(asked.get("w", "")), MOST)
            height = min(pixels(asked.get("h", "")), MOST)
            figures = Figures(data, data.settings, scope)
            text = drawing.draw(figures, width and max(width, LEAST), height)
        except (AddressError, MemberError) as error:
            return flask.Response(str(error), 400, mimetype="text/plain")
        except YanpanError as error:
            return flask.Response(str(error), 404, mimetype="text/plain")
        return flask.Response(f"<style>{drawing.style}</style>{text}", mimetype="text/html")


def _townships(figures: Figures, width: int, height: int) -> str:
    rows = townships(figures)
    if rows.empty:
        return flask.render_template("first_none.html", words=statement(figures, "risk").claim)
    shapes = outlines(figures, set(rows["member"]))
    if shapes:
        drawn = township_map.draw(rows, shapes)
    else:
        # a ledger may name any number of townships that nobody has heard of: these last
        names = [
            row.name
            for row in sorted(
                tiles.read(rows),
                key=lambda row: (row.level == tiles.UNGRADED and not row.overdue,
                                 row.name == UNSAID, row.name),
            )
        ]  # fmt: skip
        places = figures.settings.townships or tiles.fitting(names, width, height - ABOVE_TILES)
        drawn = tiles.draw(rows, places)
    told = filter(None, [townships_note(figures)])
    return flask.render_template(
        "first_drawing.html", drawn=drawn, claim=statement(figures, "risk").claim, notes=list(told)
    )


def _regions(figures: Figures, width: int, height: int) -> str:
    """The counties of a roll-up; those for which there are too many tiles are told in words."""
    rows = regions(figures)
    shown, more = rows.head(MOST_REGIONS), len(rows) - MOST_REGIONS
    places = tiles.fitting(list(shown["member"]), width, height - ABOVE_TILES)
    drawn = tiles.draw(shown, places, of=tiles.REGIONS)
    notes = [f"另有 {more} 个县（区），见“地区”页"] if more > 0 else []
    return flask.render_template(
        "first_drawing.html", drawn=drawn, claim=statement(figures, "risk").claim, notes=notes
    )


def _measures(figures: Figures, width: int, height: int) -> str:
    made = dated(figures)
    if made.measures.empty:
        words = "" if "measure" in figures.received else statement(figures, "nodes").claim
        return flask.render_template("first_none.html", words=words or "所选范围内没有三清单事项")
    lines = min(max((height - AROUND) // gantt.LINE, FEWEST), MANY) if height else gantt.MOST
    drawn = gantt.draw(
        made.measures, made.ticks, made.nodes, figures.scope.as_of, lines, width or gantt.WIDTH
    )
    return flask.render_template("first_drawing.html", drawn=drawn, claim="", notes=[])


def _accidents(figures: Figures, width: int, height: int) -> str:
    made = accidents(figures)
    drawn = accident_lines.draw(
        made.months, made.totals, made.regions, width or accident_lines.WIDTH
    )
    return flask.render_template("first_drawing.html", drawn=drawn, claim="", notes=[])


def _lines(figures: Figures, width: int, height: int) -> str:
    """Each number over the nodes; the page puts each beside its number."""
    of = {each.column: each for each in numbers(figures)}
    drawn = {
        column: sparkline.draw(rows, of[column].label, _words(column), of[column].meaning, *LINE)
        for column, rows in over_nodes(figures).items()
        if column in of and len(rows) > 1
    }
    return flask.render_template("first_lines.html", drawn=drawn)


def _words(column: str) -> Callable[[float], str]:
    return per_cent if column.endswith("_rate") else "{:g}".format


class Drawing(NamedTuple):
    """What draws figures for so much room across and down, and its rules."""

    draw: Callable[[Figures, int, int], str]
    style: str


#: What can be asked for by name.
DRAWINGS: Mapping[str, Drawing] = {
    "townships": Drawing(_townships, tiles.STYLE + township_map.STYLE),
    "regions": Drawing(_regions, tiles.STYLE),
    "measures": Drawing(_measures, gantt.STYLE),
    "accidents": Drawing(_accidents, accident_lines.STYLE),
    "lines": Drawing(_lines, sparkline.STYLE),
}
