"""Where the office comes upon doubts, with the way to the page on which it settles them."""

from typing import Any
from urllib.parse import urlencode

from dash import html

from analysis.ledgers.codes import RULE
from dashboards.access.rights import is_office
from dashboards.access.session import current_account
from dashboards.serving.data import Data

PATH = "/doubts"


def how_many_to_settle(data: Data) -> list[Any]:
    """How many doubts the published figures count one way for want of an answer."""
    if not _may_settle(data):
        return []
    link = html.A("待核实", href=PATH)
    return [html.P([f"待定的疑问 {len(data.open_doubts())} 个 → ", link], className="note")]


def doubts_of_item(data: Data, item_id: str) -> list[Any]:
    """A link to each doubt about an item."""
    if not _may_settle(data):
        return []
    rows = data.open_doubts()
    mine = rows[rows["item_id"].eq(item_id) | rows["other_item_id"].eq(item_id)]
    return [
        html.P(html.A(f"核实：{RULE.labels[rule]}", href=f"{PATH}?{urlencode({'doubt': key})}"))
        for key, rule in zip(mine["doubt_key"], mine["rule"], strict=True)
    ]


def _may_settle(data: Data) -> bool:
    return not data.settings.rollup and is_office(current_account())
