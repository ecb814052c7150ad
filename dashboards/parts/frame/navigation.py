"""The line above every page: brand, five groups of pages, days and scope, the account's own.

A link keeps the scope. Links are the page's own (class ``inner``): the browser goes there without
loading the program anew, and without it they lead there all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import html

from analysis.accounts import Account
from dashboards.parts.shell import unfold
from dashboards.serving.address import Address

#: Group → path of each of its pages → what it is called.
Groups = Mapping[str, Mapping[str, str]]
#: What the menu of forms is called where nobody is logged in.
FORMS = "办理"


def header(
    groups: Groups,
    path: str,
    address: Address,
    controls: Sequence[Any] = (),
    forms: Sequence[tuple[str, str]] = (),
    account: Account | None = None,
) -> Any:
    """Brand and groups on the left, ``controls`` of the scope, then what is the account's."""
    meeting = replace(address, meeting=True).search()
    return html.Header(
        [
            html.Div(
                [
                    html.A("研判台", href=f"/{address.search()}", className="inner brand"),
                    _groups(groups, path, address),
                    html.Div(list(controls), className="scope-line"),
                    html.A("会议模式", href=f"/{meeting}", className="inner meeting-link"),
                    dmc.ColorSchemeToggle(
                        lightIcon="☾", darkIcon="☀", variant="subtle", color="gray", size="md",
                        className="scheme", **{"aria-label": "换成深色或浅色"},
                    ),
                    *_own(forms, account),
                ],
                className="header-line",
            ),
            *_pages(groups, path, address),
        ]
    )  # fmt: skip


def _groups(groups: Groups, path: str, address: Address) -> Any:
    """Each group as one link, to its first page."""
    links = []
    for name, pages in groups.items():
        is_here = path in pages
        kind = {"aria-current": "page" if len(pages) == 1 else "true"} if is_here else {}
        href = f"{next(iter(pages))}{address.search()}"
        links.append(
            html.Li(html.A(name, href=href, className=f"inner group{' here' * is_here}", **kind))
        )
    return html.Nav(html.Ul(links), className="groups", **{"aria-label": "页面"})


def _pages(groups: Groups, path: str, address: Address) -> list[Any]:
    """The pages of the group that is shown, where it has several."""
    name, pages = next(((n, p) for n, p in groups.items() if path in p), ("", {}))
    if len(pages) < 2:
        return []
    links = [
        html.Li(_page(title, f"{at}{address.search()}", at == path)) for at, title in pages.items()
    ]
    return [html.Nav(html.Ul(links), className="group-pages", **{"aria-label": f"{name}的页面"})]


def _page(title: str, href: str, is_here: bool) -> Any:
    kind = {"aria-current": "page"} if is_here else {}
    return html.A(title, href=href, className=f"inner page-link{' here' * is_here}", **kind)


def _own(forms: Sequence[tuple[str, str]], account: Account | None) -> list[Any]:
    """The forms and the account behind one button; nothing where there is neither."""
    links = [html.A(label, href=at, className="own-link") for at, label in forms]
    if account:
        links.append(html.A("我的账号", href="/account", className="own-link"))
    if not links:
        return []
    menu = html.Nav(links, className="own-links", **{"aria-label": FORMS})
    return [unfold(account.signs_as if account else FORMS, menu, "own")]
