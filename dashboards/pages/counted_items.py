"""A number of the overview → the items that it counts, each a row that opens the item."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.books import last_decisions
from analysis.briefing.statements.headline import INDICATORS
from analysis.briefing.statements.work import LONG_LATE_DAYS
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import Query, get_metric
from analysis.wording.deadlines import chinese_day
from dashboards.parts import grid
from dashboards.parts.first_screen.told import ASK
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


def _late(data: Data, figures: Figures) -> pd.DataFrame:
    rows = data.items(figures.scope, "overdue")
    return rows[rows["days_late"] >= LONG_LATE_DAYS]


def _unlisted(data: Data, figures: Figures) -> pd.DataFrame:
    rows = data.items(figures.scope, "major_open")
    return rows[~rows["supervised"].fillna(False).astype(bool)]


def _late_decisions(data: Data, figures: Figures) -> pd.DataFrame:
    rows = last_decisions(figures)
    return rows[rows["is_overdue"].astype(bool)]


#: What is no number of ``overview`` → the statement that tells it, and its items.
TOLD: Mapping[str, tuple[str, Callable[[Data, Figures], pd.DataFrame]]] = {
    "decisions": ("decisions", lambda data, figures: last_decisions(figures)),
    f"{ASK}overdue": ("overdue", _late),
    f"{ASK}major": ("major", _unlisted),
    f"{ASK}decisions": ("decisions", _late_decisions),
    f"{ASK}due_soon": ("due_soon", lambda data, figures: data.items(figures.scope, "due_soon")),
    f"{ASK}conduct": ("conduct", lambda data, figures: data.items(figures.scope, "conduct_told")),
}


def opens(column: str) -> bool:
    """Whether there are rows behind it."""
    return column in COUNTED or column in TOLD


def content(data: Data, scope: Scope, column: str) -> Any:
    """The drawer's body for one number, or for what the meeting is asked."""
    return _told(data, scope, column) if column in TOLD else _counted(data, scope, column)


def _told(data: Data, scope: Scope, column: str) -> Any:
    figures = Figures(data, data.settings, scope)
    subject, rows_of = TOLD[column]
    said, rows = statement(figures, subject), rows_of(data, figures)
    words = said.ask if column.startswith(ASK) else said.claim
    return _drawer(words, f"{len(rows)} 项，点一行看事项全貌", rows, scope, get_metric(said.metric))


def _counted(data: Data, scope: Scope, column: str) -> Any:
    indicator = next(each for each in INDICATORS if each.column == column)
    kept = data.items(scope, COUNTED[column])
    if column in LACKING:
        lacking = data.items(scope, LACKING[column])
        words = f"{indicator.label}：{len(kept) - len(lacking)}/{len(kept)}"
        told = f"下面是没有计入分子的 {len(lacking)} 项"
        kept = lacking
    else:
        words, told = f"{indicator.label}：{len(kept)} {indicator.unit}", "点一行看事项全貌"
    return _drawer(words, told, kept, scope, get_metric("overview"))


def _drawer(words: str, told: str, kept: pd.DataFrame, scope: Scope, query: Query) -> Any:
    """What it is, of which day and by which definition, and its rows."""
    told += f"，列出前 {ROWS_SHOWN} 项" if len(kept) > ROWS_SHOWN else ""
    table = grid.items_grid("rows", kept.head(ROWS_SHOWN), SHOWN)
    return html.Div(
        [
            html.H3(words),
            html.P(f"截至{chinese_day(scope.as_of)}；{told}。", className="note"),
            html.P(query.spoken_definition, className="note"),
            html.Div(table, className="grid in-drawer"),
        ],
        className="item",
    )
