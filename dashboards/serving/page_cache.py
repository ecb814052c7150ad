"""What a page, its header or a drawing was answered, kept until something else is published or the
day changes.

A publication never changes, so the same address gives the same account the same page: it is put
together once, and handed out again as it stands. What a page shows and offers depends on the
account, so nobody is ever handed the page of another. Of a request only the address is kept, as the
program itself writes it: what else a caller puts into it is forgotten with it. A drawing is kept
likewise, by what it depends on, a header by the mark of the one that the browser shows.
"""

import json
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import flask

from analysis.accounts import Account
from dashboards.serving.address import LOCATION, PUBLICATION
from dashboards.wire.packing import ONCE, pack, set_packed, takes_packed, unpack

#: Pages that are kept; the one that nobody asked for longest goes first.
KEPT = 400
#: The header of an answer that could only say what is wrong.
FAILED = "X-Yanpan-Failed"
PATH = "/_dash-update-component"
OUTPUT = "page.children"
#: What the header is asked by, where its output was named so, and a mark that the program gave one.
HEAD_OUTPUT = "..shell-head.children...shell-head-shown.data.."
_MARK = re.compile(r"([0-9a-f]{16}( \d{4}-\d\d-\d\d)?)?")
#: A page that was asked for within so many seconds will be asked for again.
RECENT_S = 20 * 60
#: So many of them are put together ahead for one share.
MOST_AHEAD = 16
#: Path and query of a page, in the form that the program itself gives them.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that somebody looked at: who, which, when."""

    account: Account | None
    place: Place
    at: float


class PageMemory:
    """The pages of one process, and who asked for them."""

    def __init__(self) -> None:
        """It begins empty."""
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()
        self._asked: OrderedDict[tuple[Hashable, Hashable], Asked] = OrderedDict()

    def find(self, key: Hashable) -> bytes | None:
        """The page of that key, packed, if it is kept."""
        with self._lock:
            body = self._pages.get(key)
            if body is not None:
                self._pages.move_to_end(key)
            return body

    def keep(self, key: Hashable, body: bytes) -> None:
        """Keep a page, packed."""
        with self._lock:
            self._pages[key] = body
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)

    def note(self, of: Hashable, asked: Asked) -> None:
        """Note that somebody looked at a page; ``of`` names his share."""
        key = of, (_reader(asked.account), asked.place)
        with self._lock:
            self._asked[key] = asked
            self._asked.move_to_end(key)
            while len(self._asked) > KEPT:
                self._asked.popitem(last=False)

    def recent(self, of: Hashable) -> list[Asked]:
        """What readers of a share looked at lately, the last first."""
        with self._lock:
            mine = [each for (whose, _), each in reversed(self._asked.items()) if whose == of]
        return [each for each in mine if time.time() - each.at < RECENT_S][:MOST_AHEAD]


def remember_pages(
    server: flask.Flask,
    memory: PageMemory,
    shown: Callable[[], str | None],
    reader: Callable[[], tuple[Hashable, Account | None]],
    place_of: Callable[[str, str], Place | None],
    drawing_of: Callable[[str, Mapping[str, str]], Hashable | None] = lambda path, asked: None,
) -> None:
    """Have the pages of a Dash server answered from memory where they were answered before.

    ``shown`` names what a page rests on, ``reader`` whose share is read and by which account;
    ``place_of`` gives a path and a query the form in which they are kept, None for no page;
    ``drawing_of`` does so for a drawing by its path and what is asked; these are kept apart.
    """
    drawn, heads = PageMemory(), PageMemory()

    def wanted() -> tuple[PageMemory, Hashable] | None:
        """Where the answer to this request would be kept, and under what."""
        request = flask.request
        if request.method == "GET":
            drawing = drawing_of(request.path, request.args)
            return None if drawing is None else (drawn, drawing)
        path, search, mark = _address() or (None, "", None)
        place = None if path is None else place_of(path, search)
        if place is None:
            return None
        return (memory, place) if mark is None else (heads, (place, mark))

    @server.before_request
    def answer_again() -> flask.Response | None:
        flask.g.kept = None
        if (found := wanted()) is None or (rests_on := shown()) is None:
            return None
        (where, what), (share, account) = found, reader()
        if where is memory:
            memory.note(share, Asked(account, cast(Place, what), time.time()))
        key = rests_on, date.today(), _reader(account), what
        body = where.find(key)
        if body is None:
            flask.g.kept = where, key
            return None
        response = flask.Response(mimetype="text/html" if where is drawn else "application/json")
        if takes_packed():
            set_packed(response, body)
        else:
            response.set_data(unpack(body))
        return response

    @server.after_request
    def keep(response: flask.Response) -> flask.Response:
        kept = flask.g.get("kept")
        if flask.g.get("page_failed"):
            response.headers[FAILED] = "1"  # and is not kept: the next viewer may be luckier
        elif kept is not None and response.status_code == 200:
            where, key = kept
            packed = pack(response.get_data(), ONCE)
            where.keep(key, packed)
            if takes_packed():
                set_packed(response, packed)
        return response


def mark_failed() -> None:
    """Have the answer to this request say that its page failed; outside of one nobody is told."""
    if flask.has_request_context():
        flask.g.page_failed = True


def page_request(search: str, path: str = "/") -> str:
    """What a browser asks when a page is shown for an address."""
    outputs = {"id": "page", "property": "children"}
    return json.dumps({"output": OUTPUT, "outputs": outputs} | _inputs(search, path))


def head_request(search: str, path: str = "/", shown: str | None = None) -> str:
    """What it asks for what stands above the page; ``shown`` is the mark of the header there."""
    outputs = [each.rsplit(".", 1) for each in HEAD_OUTPUT.strip(".").split("...")]
    asked = {
        "output": HEAD_OUTPUT,
        "outputs": [{"id": name, "property": what} for name, what in outputs],
        "state": [{"id": outputs[-1][0], "property": outputs[-1][1], "value": shown}],
    }
    return json.dumps(asked | _inputs(search, path))


def _inputs(search: str, path: str) -> dict[str, Any]:
    values = {
        (LOCATION, "pathname"): path,
        (LOCATION, "search"): search,
        (PUBLICATION, "data"): None,
    }
    return {
        "inputs": [{"id": i, "property": p, "value": value} for (i, p), value in values.items()],
        "changedPropIds": [f"{LOCATION}.search"],
    }


def _reader(account: Account | None) -> Hashable:
    """All of an account that a page may show or depend on; a new password begins anew."""
    return account and (account.name, account.stamp, account.role, account.unit, account.person)


def _address() -> tuple[str, str, str | None] | None:
    """Path and query of the page that the request asks for, if it asks for one; of a header the
    mark of the one that is shown as well.
    """
    request = flask.request
    if request.method != "POST" or not request.path.endswith(PATH):
        return None
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict) or asked.get("output") not in {OUTPUT, HEAD_OUTPUT}:
        return None
    mark = _mark(asked) if asked["output"] == HEAD_OUTPUT else None
    if mark is None and asked["output"] == HEAD_OUTPUT:
        return None
    inputs = asked.get("inputs")
    if not isinstance(inputs, list):
        return None
    # Which publication the page showed before, the third, says nothing.
    values = [each.get("value") for each in inputs[:2] if isinstance(each, dict)]
    match values:
        case [str(path), str(search)]:
            return path, search, mark
        case [str(path), None]:
            return path, "", mark
    return None


def _mark(asked: Mapping[str, Any]) -> str | None:
    """The mark of the header that a browser shows, empty for none; None where it says no mark."""
    state = asked.get("state")
    shown = state[0] if isinstance(state, list) and len(state) == 1 else None
    mark = (shown.get("value") or "") if isinstance(shown, dict) else None
    return mark if isinstance(mark, str) and _MARK.fullmatch(mark) else None
