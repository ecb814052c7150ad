"""Whether the body of a callback is one that a page of ours sends.

Dash believes what it is sent: a body of another shape fails somewhere within it, with a traceback
in the log for each. So every body is held against the callbacks that there are before Dash sees it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import flask

from dashboards.access.limits import DASH_POST

#: What a property of a component may hold, when a page sends it; it may also be not set yet.
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "clickData": dict, "data": str, "n_clicks": int, "n_intervals": int, "pathname": str,
    "search": str, "selectedRows": list, "value": str,
}  # fmt: skip
#: How Dash writes «any» in the id of an input.
_ANY = ["ALL"]
Callbacks = Mapping[str, Mapping[str, Any]]


def check_bodies(server: flask.Flask, callbacks: Callbacks) -> None:
    """Have a body that no page of ours sends answered by 400; ``callbacks`` by their outputs."""

    @server.before_request
    def check() -> None:
        if flask.request.method == "POST" and flask.request.path == DASH_POST:
            try:
                body = flask.request.get_json()
                is_ours = _is_text(body) and is_of_a_page(body, callbacks)
            except RecursionError:  # so many brackets within each other
                is_ours = False
            if not is_ours:
                flask.abort(400)


def is_of_a_page(body: Any, callbacks: Callbacks) -> bool:
    """Whether a body asks for a callback that there is, with all of its inputs and no others."""
    match body:
        case {"output": str(output), "outputs": outputs, "inputs": [*inputs]}:
            known = callbacks.get(output)
        case _:
            return False
    states, moved = body.get("state", []), body.get("changedPropIds", [])
    if known is None or "callback" not in known:  # none, or one that browsers answer themselves
        return False
    if not isinstance(states, list) or not isinstance(moved, list):
        return False
    names = {name for each in inputs for name in _prop_ids(each)}
    return (
        _are_outputs(outputs, output)
        and _fit(inputs, known["inputs"])
        and _fit(states, known["state"])
        and all(isinstance(name, str) and name in names for name in moved)
    )


def _is_text(body: Any) -> bool:
    """Whether all of it is text: half a character of UTF-16 can be told to nobody."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _are_outputs(sent: Any, output: str) -> bool:
    wanted = output[2:-2].split("...") if output.startswith("..") else [output]
    found = sent if isinstance(sent, list) else [sent]
    # Of two callbacks with one output the second is told from the first by what follows «@».
    return [_prop_id(each).partition("@")[0] for each in found] == [
        name.partition("@")[0] for name in wanted
    ]


def _fit(sent: Sequence[Any], wanted: Sequence[Mapping[str, str]]) -> bool:
    """Whether there is one for each that the callback names, in their order."""
    return len(sent) == len(wanted) and all(map(_fits, sent, wanted))


def _fits(sent: Any, wanted: Mapping[str, str]) -> bool:
    if not wanted["id"].startswith("{"):
        return isinstance(sent, dict) and sent.get("id") == wanted["id"] and _holds(sent, wanted)
    pattern = json.loads(wanted["id"])
    return isinstance(sent, list) and all(
        isinstance(each, dict) and _is_like(each.get("id"), pattern) and _holds(each, wanted)
        for each in sent
    )


def _is_like(component: Any, pattern: Mapping[str, Any]) -> bool:
    """Whether the id of a component is one of a pattern's: ``{"type": "items", "page": …}``."""
    return (
        isinstance(component, dict)
        and component.keys() == pattern.keys()
        and all(
            isinstance(component[name], str) and value in (_ANY, component[name])
            for name, value in pattern.items()
        )
    )


def _holds(sent: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    name, value = wanted["property"], sent.get("value")
    return sent.get("property") == name and (value is None or isinstance(value, TYPES[name]))


def _prop_ids(sent: Any) -> list[str]:
    return [_prop_id(each) for each in (sent if isinstance(sent, list) else [sent])]


def _prop_id(sent: Any) -> str:
    """A component's property as Dash writes it in one text; empty where it is none."""
    match sent:
        case {"id": str(component), "property": str(name)}:
            return f"{component}.{name}"
        case {"id": dict(component), "property": str(name)}:
            return f"{json.dumps(component, sort_keys=True, separators=(',', ':'))}.{name}"
    return ""
