"""What a page was answered, kept until something else is published or the day changes.

A publication never changes, so the same address gives the same page: it is put together once, and
handed to the next viewer as it stands.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import flask

#: Pages that are kept; the one that nobody asked for longest goes first.
KEPT = 128
#: What stands in a page that could only say what is wrong.
FAILED = b'"className":"notice"'
PATH = "/_dash-update-component"
OUTPUT = "page.children"


def remember_pages(server: flask.Flask, publication: Callable[[], str | None]) -> None:
    """Have the pages of a Dash server answered from memory where they were answered before."""
    pages: OrderedDict[Hashable, bytes] = OrderedDict()
    lock = threading.Lock()

    @server.before_request
    def answer_again() -> flask.Response | None:
        key = flask.g.page = _key(publication)
        with lock:
            body = pages.get(key)
            if body is None:
                return None
            pages.move_to_end(key)
        flask.g.page = None
        return flask.Response(body, mimetype="application/json")

    @server.after_request
    def keep(response: flask.Response) -> flask.Response:
        key = flask.g.get("page")
        if key is not None and response.status_code == 200:
            body = response.get_data()
            if FAILED in body:
                return response  # the next viewer may be luckier
            with lock:
                pages[key] = body
                while len(pages) > KEPT:
                    pages.popitem(last=False)
        return response


def _key(publication: Callable[[], str | None]) -> Hashable | None:
    """What a page depends on, where the request asks for one: what is published, day, address."""
    request = flask.request
    if request.method != "POST" or not request.path.endswith(PATH):
        return None
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict) or asked.get("output") != OUTPUT:
        return None
    published = publication()
    if published is None:
        return None
    inputs = asked.get("inputs")
    if not isinstance(inputs, list):
        return None
    values = tuple(
        str(each.get("value")) for each in inputs[:2] if isinstance(each, dict)
    )  # path and search; which publication the page showed before says nothing
    return published, date.today(), values
