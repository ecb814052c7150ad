"""A number of the overview → the items that it counts, each a row that opens the item."""

from typing import Any

from dash import html

from analysis.briefing.stamp import chinese_day
from analysis.briefing.statements.headline import INDICATORS
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.parts import grid
from dashboards.serving.data import ROWS_SHOWN, Data

TITLE = "这个数字的明细"
SHOWN = ("title", "unit", "person", "due_on", "done_on", "closed_on", "state", "source")

#: Column of ``overview`` → the part of the items that it counts; of a rate, those below the line.
COUNTED = {
    "total": "counted",
    "completion_rate": "counted",
    "closure_rate": "counted",
    "on_time_rate": "past_deadline",
    "overdue": "overdue",
    "due_soon": "due_soon",
    "major_open": "major_open",
    "supervised_open": "supervised_open",
}
#: Of a rate, which of them do not stand above the line: that is what a reader looks for.
LACKING = {
    "completion_rate": "counted_not_done",
    "closure_rate": "counted_not_closed",
    "on_time_rate": "past_deadline_not_on_time",
}


def content(data: Data, scope: Scope, column: str) -> Any:
    """The drawer's body for one number."""
    indicator = next(each for each in INDICATORS if each.column == column)
    kept = data.items(scope, COUNTED[column])
    if column in LACKING:
        lacking = data.items(scope, LACKING[column])
        words = f"{indicator.label}：{len(kept) - len(lacking)}/{len(kept)}"
        told = f"下面是没有计入分子的 {len(lacking)} 项"
        kept = lacking
    else:
        words, told = f"{indicator.label}：{len(kept)} {indicator.unit}", "点一行看事项全貌"
    told += f"，列出前 {ROWS_SHOWN} 项" if len(kept) > ROWS_SHOWN else ""
    table = grid.items_grid("rows", kept.head(ROWS_SHOWN), SHOWN)
    return html.Div(
        [
            html.H3(words),
            html.P(f"截至{chinese_day(scope.as_of)}；{told}。", className="note"),
            html.P(get_metric("overview").spoken_definition, className="note"),
            html.Div(table, className="grid in-drawer"),
        ],
        className="item",
    )
