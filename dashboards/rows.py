"""A number of the overview → the items that it counts, each a row that opens the item."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from analysis.judgement.headline import INDICATORS
from analysis.warehouse.catalog import Scope, get_metric
from dashboards import grid
from dashboards.data import Data
from dashboards.shell import chinese_day

TITLE = "这个数字的明细"
SHOWN = ("title", "unit", "person", "due_on", "done_on", "closed_on", "state", "source")

Chosen = Callable[[pd.DataFrame, pd.Timestamp], "pd.Series[bool]"]


def _counts(rows: pd.DataFrame) -> "pd.Series[bool]":
    return ~rows["is_void"] & ~rows["standing"]


def _is_open_major(rows: pd.DataFrame) -> "pd.Series[bool]":
    is_major = rows["kind"].eq("hazard") & rows["level"].eq("重大")
    return is_major & ~rows["is_void"] & ~rows["is_closed"]


#: Column of ``overview`` → the items that it counts; of a rate, those below the line.
COUNTED: dict[str, Chosen] = {
    "total": lambda rows, day: _counts(rows),
    "completion_rate": lambda rows, day: _counts(rows),
    "closure_rate": lambda rows, day: _counts(rows),
    "on_time_rate": lambda rows, day: _counts(rows) & (rows["due_on"] < day),
    "overdue": lambda rows, day: _counts(rows) & rows["is_overdue"],
    "due_soon": lambda rows, day: _counts(rows) & rows["state"].eq("due_soon"),
    "major_open": lambda rows, day: _is_open_major(rows),
    "supervised_open": lambda rows, day: (
        rows["supervised"] & ~rows["is_closed"] & ~rows["is_void"]
    ),
}  # fmt: skip
#: Of a rate, which of the items below the line stand above it as well.
ABOVE: dict[str, Chosen] = {
    "completion_rate": lambda rows, day: rows["is_done"],
    "closure_rate": lambda rows, day: rows["is_closed"],
    "on_time_rate": lambda rows, day: rows["is_done"] & (rows["done_on"] <= rows["due_on"]),
}


def counted(items: pd.DataFrame, column: str, scope: Scope) -> tuple[pd.DataFrame, int | None]:
    """The items that a number counts, and how many stand above the line of a rate.

    What a rate lacks comes first: that is what a reader looks for.
    """
    day = pd.Timestamp(scope.as_of)
    kept = items[COUNTED[column](items, day)]
    if column not in ABOVE:
        return kept, None
    above = ABOVE[column](kept, day)
    return pd.concat([kept[~above], kept[above]]), int(above.sum())


def content(data: Data, scope: Scope, column: str) -> Any:
    """The drawer's body for one number."""
    label = next(each.label for each in INDICATORS if each.column == column)
    kept, above = counted(data.items(scope), column, scope)
    words = f"{label}：{len(kept)} 项" if above is None else f"{label}：{above}/{len(kept)}"
    rest = "" if above is None else f"没有计入分子的 {len(kept) - above} 项在前；"
    table = grid.items_grid("rows", kept, SHOWN)
    return html.Div(
        [
            html.H3(words),
            html.P(f"截至{chinese_day(scope.as_of)}；{rest}点一行看事项全貌。", className="note"),
            html.P(get_metric("overview").definition, className="note"),
            html.Div(table, className="grid in-drawer"),
        ],
        className="item",
    )
