"""A number of the overview → the items that it counts, each a row that opens the item."""

from typing import Any

from dash import html

from analysis.briefing.headline import INDICATORS
from analysis.briefing.stamp import chinese_day
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.parts import grid
from dashboards.serving.data import MOST, Data

TITLE = "这个数字的明细"
SHOWN = ("title", "unit", "person", "due_on", "done_on", "closed_on", "state", "source")

_COUNTS = "NOT is_void AND NOT standing"
#: Column of ``overview`` → the items that it counts; of a rate, those below the line.
COUNTED = {
    "total": _COUNTS,
    "completion_rate": _COUNTS,
    "closure_rate": _COUNTS,
    "on_time_rate": f"{_COUNTS} AND due_on < CAST($as_of AS DATE)",
    "overdue": f"{_COUNTS} AND is_overdue",
    "due_soon": f"{_COUNTS} AND state = 'due_soon'",
    "major_open": "kind = 'hazard' AND level = '重大' AND NOT is_void AND NOT is_closed",
    "supervised_open": "supervised AND NOT is_closed AND NOT is_void",
}
#: Of a rate, which of them do not stand above the line: that is what a reader looks for.
LACKING = {
    "completion_rate": "NOT is_done",
    "closure_rate": "NOT is_closed",
    "on_time_rate": "NOT (is_done AND done_on <= due_on)",
}


def content(data: Data, scope: Scope, column: str) -> Any:
    """The drawer's body for one number."""
    indicator = next(each for each in INDICATORS if each.column == column)
    kept = data.items(scope, COUNTED[column])
    if column in LACKING:
        lacking = data.items(scope, f"{COUNTED[column]} AND {LACKING[column]}")
        words = f"{indicator.label}：{len(kept) - len(lacking)}/{len(kept)}"
        told = f"下面是没有计入分子的 {len(lacking)} 项"
        kept = lacking
    else:
        words, told = f"{indicator.label}：{len(kept)} {indicator.unit}", "点一行看事项全貌"
    told += f"，列出前 {MOST} 项" if len(kept) > MOST else ""
    table = grid.items_grid("rows", kept.head(MOST), SHOWN)
    return html.Div(
        [
            html.H3(words),
            html.P(f"截至{chinese_day(scope.as_of)}；{told}。", className="note"),
            html.P(get_metric("overview").full_definition, className="note"),
            html.Div(table, className="grid in-drawer"),
        ],
        className="item",
    )
