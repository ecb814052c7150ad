"""The manual as pages of the dashboard: an office without internet reads it where it works."""

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import flask
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: What it is called in the navigation, where it is, and with which page it begins.
LABEL, PATH, FIRST = "手册", "/manual", "使用手册"
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


def offer_manual(server: flask.Flask) -> None:
    """Register the pages of the manual and their pictures."""

    @server.get(PATH)
    def manual() -> str:
        return _page(FIRST)

    @server.get(f"{PATH}/<name>")
    def manual_page(name: str) -> Any:
        if name in pages():
            return _page(name)
        picture = pictures().get(name)
        if picture is None:
            flask.abort(404)
        return flask.send_file(picture)


def _page(name: str) -> str:
    found = pages().get(name)
    if found is None:
        flask.abort(404, "这个安装里没有手册；安装包的“文档”目录里有一份。")
    return flask.render_template(
        "manual.html", name=name, text=written(found), names=pages(), first=FIRST, at=PATH
    )


@cache
def pages() -> dict[str, Path]:
    """Name → file of each page; none where the program was installed without them."""
    folder = _folder()
    return {path.stem: path for path in sorted(folder.glob("*.md"))} if folder else {}


@cache
def pictures() -> dict[str, Path]:
    """Name → file of each picture."""
    folder = _folder()
    return {path.name: path for path in folder.glob("*.png")} if folder else {}


def _folder() -> Path | None:
    """Where the manual lies: beside the program in a checkout, where pip put it elsewhere."""
    beside = Path(__file__).parents[2] / "docs"
    if (beside / f"{FIRST}.md").exists():
        return beside
    try:
        installed = files("yanpan") or []
    except PackageNotFoundError:
        return None
    found = (Path(str(each.locate())) for each in installed if each.name == f"{FIRST}.md")
    return next((path.parent for path in found if path.exists()), None)


@cache
def written(page: Path) -> str:
    """A page as HTML; what looks like HTML in it stays text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(page.read_text(encoding="utf-8"))
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(following.content))
        for inner in token.children or ():
            _point_here(inner)
    return str(reader.renderer.render(tokens, reader.options, {}))


def anchor(heading: str) -> str:
    """How the pages link to a heading: its words without punctuation."""
    return _NOT_IN_ANCHORS.sub("", heading).strip().replace(" ", "-").lower()


def _point_here(token: Token) -> None:
    """Have a link to another page, or a picture, lead to where it is here."""
    name = {"link_open": "href", "image": "src"}.get(token.type)
    if name is None:
        return
    target, mark, part = unquote(str(token.attrGet(name) or "")).partition("#")
    if target.removesuffix(".md") in pages() or target in pictures():
        token.attrSet(name, f"{PATH}/{target.removesuffix('.md')}{mark}{part}")
