"""The program's own scripts and styles: packed once, and kept by browsers for ever.

The address of each names its content (for components their version), so a new program has new
addresses, and a browser asks for nothing that it has. Files that a script fetches by a plain name
are asked for again with their mark, and are not sent where nothing has changed.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import flask
from dash.exceptions import DependencyException
from dash.fingerprint import check_fingerprint

from dashboards.wire.packing import KINDS, pack, set_packed, takes_packed

ASSETS, SUITES = "/assets/", "/_dash-component-suites/"
#: The part of an asset's address that names its content.
MARK = "h"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Packed:
    """One file as it is sent."""

    body: bytes
    mark: str
    kind: str


class ProgramFiles:
    """The files of one process; none is read before somebody asks for it, but the own assets."""

    def __init__(self, assets: Path) -> None:
        """The assets are marked as they are now."""
        self._marks = {
            f"{ASSETS}{path.relative_to(assets).as_posix()}": _mark(path.read_bytes())
            for path in sorted(assets.rglob("*")) if path.is_file()
        }  # fmt: skip
        self._kept: dict[str, Packed] = {}
        self._lock = threading.Lock()

    def address(self, name: str) -> str:
        """Where an asset is asked for."""
        path = f"{ASSETS}{name}"
        return f"{path}?{MARK}={self._marks[path]}" if path in self._marks else path

    def find(self, path: str) -> Packed | None:
        """The file at a path, if it was asked for before."""
        return self._kept.get(_plain(path))

    def keep(self, path: str, body: bytes, kind: str) -> Packed:
        """Keep a file that is being sent for the first time."""
        with self._lock:  # a large one takes a second: once is enough
            plain = _plain(path)
            if plain not in self._kept:
                self._kept[plain] = Packed(pack(body), _mark(body), kind)
            return self._kept[plain]

    def is_named_by_content(self, path: str, mark: str | None) -> bool:
        """Whether an address will never stand for anything else."""
        if path.startswith(SUITES):
            return check_fingerprint(path)[1]
        return mark is not None and mark == self._marks.get(path)


def offer_program_files(server: flask.Flask, files: ProgramFiles) -> None:
    """Have the program's files answered packed, and by the marks of their content."""

    for rule in list(server.url_map.iter_rules()):
        if rule.rule.startswith(SUITES):
            server.view_functions[rule.endpoint] = _or_not_found(
                server.view_functions[rule.endpoint]
            )

    @server.before_request
    def answer_again() -> flask.Response | None:
        path = flask.request.path
        if flask.request.method not in {"GET", "HEAD"} or not _is_ours(path) or not takes_packed():
            return None
        found = files.find(path)
        if found is None:
            return None
        return _dress(flask.Response(mimetype=found.kind), found)

    @server.after_request
    def keep(response: flask.Response) -> flask.Response:
        request = flask.request
        if not _is_ours(request.path) or response.status_code not in {200, 304}:
            return response
        is_new = response.status_code == 200 and "Content-Encoding" not in response.headers
        if is_new and request.method == "GET" and response.mimetype in KINDS and takes_packed():
            response.direct_passthrough = False
            found = files.keep(request.path, response.get_data(), response.mimetype)
            _dress(response, found)
        is_lasting = files.is_named_by_content(request.path, request.args.get(MARK))
        response.vary.add("Accept-Encoding")
        response.headers["Cache-Control"] = FOR_EVER if is_lasting else ASK_AGAIN
        return response

    @server.context_processor
    def addresses() -> dict[str, object]:
        return {"asset": files.address}


def _or_not_found(view: Callable[..., Any]) -> Callable[..., Any]:
    """A component's files, of which Dash fails where it has none of that name."""

    @wraps(view)
    def answer(**named: Any) -> Any:
        try:
            return view(**named)
        except (DependencyException, OSError):  # no such component, no such file of its own
            flask.abort(404)

    return answer


def _dress(response: flask.Response, packed: Packed) -> flask.Response:
    set_packed(response, packed.body)
    response.headers.pop("Last-Modified", None)
    response.set_etag(packed.mark)
    response.make_conditional(flask.request)
    return response


def _is_ours(path: str) -> bool:
    return path.startswith((ASSETS, SUITES))


def _plain(path: str) -> str:
    """The path without what names its content: one file, however often its version is guessed."""
    return check_fingerprint(path)[0] if path.startswith(SUITES) else path


def _mark(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
