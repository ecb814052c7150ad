"""``/healthz``: whether the dashboard has figures to show, for whoever watches over the server.

It is open to everybody and says nothing that is anybody's: no path, no name, no figure.
"""

from datetime import date

import flask

from analysis.warehouse.scope import Scope
from dashboards.serving.data import Data

PATH = "/healthz"


def offer_health(server: flask.Flask, data: Data) -> None:
    """200 where the newest publication is served, else 503; ``state`` says which of three."""

    @server.get(PATH)
    def health() -> tuple[dict[str, str], int]:
        if data.publication() is None or not data.received(Scope(date.today())):
            return {"state": "empty"}, 503
        if data.trouble():
            return {"state": "stale"}, 503
        return {"state": "ok"}, 200
