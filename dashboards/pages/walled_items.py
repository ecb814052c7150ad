"""A cell or a column of the 事项墙 → its items, each a row that opens the item."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from dash import html

from analysis.charts.wall import ROWS_BY
from analysis.errors import AddressError
from analysis.warehouse.scope import Scope
from dashboards.parts import grid
from dashboards.serving.data import ROWS_SHOWN, Data

TITLE = "这一格的事项"
SHOWN = ("title", "state", "due_on", "unit", "person", "done_on", "source")


def content(data: Data, scope: Scope, asked: str) -> Any:
    """The drawer's body for one cell or column: its items, each a row that opens the item.

    Raises:
        YanpanError: what is asked for is no cell.

    """
    after, until, by, member, words = _cell_asked(asked)
    if member is not None:
        scope = replace(scope, filters={**scope.filters, by: (member,)})
    data.must_have(scope)
    rows = data.items_due(scope, after, until)
    rows = rows.sort_values(
        ["is_overdue", "is_done", "due_on", "item_id"], ascending=[False, True, True, True]
    )
    cut = f"，列出前 {ROWS_SHOWN} 项" if len(rows) > ROWS_SHOWN else ""
    table = grid.items_grid("wall", rows.head(ROWS_SHOWN), SHOWN)
    return html.Div(
        [
            html.H3(words),
            html.P(f"{len(rows)} 项{cut}；点一行看事项全貌。", className="note"),
            html.Div(table, className="grid in-drawer"),
        ],
        className="item",
    )


def _cell_asked(asked: str) -> tuple[date | None, date | None, str, str | None, str]:
    """After which day, up to which, of whose; what a browser says is believed of nothing.

    Raises:
        AddressError: it is no cell.

    """
    try:
        said = json.loads(asked)
        after, until = _day(said["after"]), _day(said["until"])
        by, member, words = said["by"], said["member"], str(said["words"])[:60]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AddressError("没有这一格。") from None
    if by not in ROWS_BY or not isinstance(member, str | None) or (after and until is None):
        raise AddressError("没有这一格。")
    return after, until, by, member or None, words


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
