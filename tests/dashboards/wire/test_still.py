"""Parts of a page that no callback touches are sent as markup, with every text escaped."""

from typing import Any

import pytest
from dash import dcc, html

from dashboards.wire.still import Still, is_still, markup, stilled


def test_an_element_is_written_with_its_attributes_and_what_is_in_it() -> None:
    part = html.Ul(
        [
            html.Li(["逾期", html.Strong(9), None, "项"]),
            html.Li(html.A("看", href="/overdue?a=1&b=2")),
        ],
        className="late", title="逾期", **{"data-rows": "overdue", "aria-hidden": "true"},
    )  # fmt: skip
    assert markup(part) == (
        '<ul aria-hidden="true" class="late" data-rows="overdue" title="逾期">'
        "<li>逾期<strong>9</strong>项</li>"
        '<li><a href="/overdue?a=1&amp;b=2">看</a></li></ul>'
    )


def test_text_of_a_ledger_is_never_markup() -> None:
    said = '<img src=x onerror="alert(1)">&'
    shown = markup(html.P([said, html.Span(said, title=said)]))
    assert "<img" not in shown
    assert shown.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;") == 3


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.test", "vbscript:x"]
)
def test_an_address_that_runs_something_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        markup(html.A("看", href=address))


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (html.Br(), "<br>"),
        (html.Section(hidden=True), "<section hidden></section>"),
        (html.Section(hidden=False), "<section></section>"),
        (html.Pre("a\nb", tabIndex=0), '<pre tabindex="0">a\nb</pre>'),
        (html.Details(open=True), "<details open></details>"),
        (html.Td("1", colSpan=2), '<td colspan="2">1</td>'),
        (html.Div(style={"height": "4px"}), '<div style="height:4px"></div>'),
        (html.P(["0", 0, 0.5]), "<p>000.5</p>"),
        (html.P(), "<p></p>"),
    ],
)
def test_the_attributes_are_those_of_the_element(part: Any, written: str) -> None:
    assert markup(part) == written


@pytest.mark.parametrize(
    "live",
    [
        dcc.Store(id="kept"),
        html.Button("问", id="query-run"),
        html.Div(**{"data-stand": "7", "className": "later"}),
        html.Div(html.Ul([html.Li(dcc.Graph())])),
    ],
)
def test_what_a_callback_or_a_script_changes_is_live(live: Any) -> None:
    assert not is_still(live)
    assert not is_still(html.Main([html.P("字"), live]))


def test_still_parts_of_a_live_page_become_markup_and_the_others_stay() -> None:
    place = html.Div(**{"data-stand": "7"})
    head = html.Div([html.H2("事项墙"), html.Details(html.Summary("口径"))], className="head")
    page = html.Main([html.P("没有元素"), head, html.Section([place, html.Ol(html.Li("一"))])])
    made = stilled(page)
    words, still, section = made.children
    assert words.children == "没有元素"  # an element with nothing but text is no less as it is
    assert isinstance(still, Still)
    assert (still.tag, still.attributes) == ("div", {"className": "head"})
    assert still.markup == "<h2>事项墙</h2><details><summary>口径</summary></details>"
    assert section.children[0] is place
    assert section.children[1].markup == "<li>一</li>"
    assert page.children[1] is head  # what was given is as it was


def test_a_page_with_nothing_live_is_one_still_element() -> None:
    made = stilled(html.Main([html.H1("研判台"), html.P("没有数据")], className="notice"))
    assert (made.tag, made.markup) == ("main", "<h1>研判台</h1><p>没有数据</p>")
