"""The parts of a page that no callback touches, sent as finished markup.

A browser puts a part of text and links in place at once; as components each of its elements is
built, watched and compared one by one, which takes most of the time of a change of filter.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

#: The components that are nothing but an element of HTML.
PLAIN = "dash_html_components"
#: An element with it is filled by a script, which must find it where it was.
FILLED = "data-stand"
NAMES = {"className": "class", "htmlFor": "for"}
#: Elements that hold nothing.
VOID = frozenset({"br", "hr", "img", "input"})
ADDRESSES = frozenset({"href", "src"})
#: How an address begins that leads to a page or a picture, and runs nothing.
SAFE = re.compile(r"/(?!/)|[?#]|https?://|data:image/")
#: Of a component, and not of its element.
ASIDE = frozenset({"children", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "key"})


class Still(Component):
    """One element with all that is in it; ``03-still.js`` shows it.

    ``attributes`` are the element's own as a component has them, ``markup`` is what is in it, with
    every text escaped.
    """

    _namespace = "yanpan"
    _type = "Still"
    _children_props: tuple[str, ...] = ()
    _base_nodes = ("children",)

    def __init__(self, tag: str, attributes: Mapping[str, Any], markup: str) -> None:
        """All three are needed."""
        self._prop_names = ["tag", "attributes", "markup"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(tag=tag, attributes=dict(attributes), markup=markup)


def stilled(part: Any) -> Any:
    """The part with every element still that is, and holds elements; what is live stays as it is.

    What it is given is left as it was.
    """
    if not isinstance(part, Component) or part._namespace != PLAIN:
        return part
    children = _children(part)
    if is_still(part):
        if not any(isinstance(child, Component) for child in children):
            return part
        return Still(_tag(part), _props(part), "".join(map(markup, children)))
    if not children:
        return part
    live = copy.copy(part)
    live.children = [stilled(child) for child in children]
    return live


def is_still(part: Any) -> bool:
    """Whether no callback and no script changes a part or anything in it."""
    if not isinstance(part, Component):
        return True
    # asked of each part within each: only what is needed is looked at
    if part._namespace != PLAIN or hasattr(part, "id") or hasattr(part, FILLED):
        return False
    return all(is_still(child) for child in _children(part))


def markup(part: Any) -> str:
    """A part as markup: text is escaped, an element has its attributes and what is in it.

    Raises:
        ValueError: an address runs something.

    """
    if not isinstance(part, Component):
        return escape(str(part))
    tag = _tag(part)
    opening = f"<{tag}{_attributes(_props(part))}>"
    return opening if tag in VOID else f"{opening}{''.join(map(markup, _children(part)))}</{tag}>"


def _tag(part: Component) -> str:
    return str(part._type).lower()


def _children(part: Component) -> list[Any]:
    """What is in an element, one by one."""
    within = getattr(part, "children", None)
    if within is None:
        return []
    parts: Iterable[Any] = within if isinstance(within, list | tuple) else [within]
    return [each for each in parts if each is not None]


def _props(part: Component) -> dict[str, Any]:
    """The attributes of an element by the names that a component gives them."""
    said = part.to_plotly_json()["props"]
    # in one order: a component gives those of ``data-`` and ``aria-`` in any
    props = {name: said[name] for name in sorted(said) if name not in ASIDE}
    for name in ADDRESSES & props.keys():
        if not SAFE.match(str(props[name])):
            raise ValueError(f"no address: {props[name]}")
    return props


def _attributes(props: Mapping[str, Any]) -> str:
    return "".join(_attribute(name, value) for name, value in props.items())


def _attribute(name: str, value: Any) -> str:
    is_word = name.startswith(("aria-", "data-"))
    if name == "style":
        value = ";".join(f"{each}:{said}" for each, said in value.items())
    if value is None or (value is False and not is_word):
        return ""
    if value is True and not is_word:
        return f" {_name(name)}"
    text = str(value).lower() if isinstance(value, bool) else value
    return f' {_name(name)}="{escape(str(text))}"'


def _name(name: str) -> str:
    return NAMES.get(name, name.lower())
