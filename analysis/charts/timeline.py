"""What each unit still owes, along the days on which it falls due."""

from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.wording.codes import words_of
from analysis.wording.deadlines import claims_of, counted_state, text_of

#: State → its colour and the shape that tells what the colour tells.
MARKS = {
    "overdue": (theme.MARK["overdue"], "x"),
    "due_soon": (theme.MARK["due_soon"], "diamond"),
    "open": (theme.MARK["open"], "circle"),
    "suspended": (theme.MARK["suspended"], "square"),
}
#: What is further from the day than this stands at the edge.
REACH = timedelta(days=75)
#: Units that can be read one below the other.
UNITS = 14


def timeline(
    items: pd.DataFrame, nodes: pd.Series, as_of: date, most: int = UNITS,
    words: Mapping[str, str] | None = None,
) -> go.Figure:  # fmt: skip
    """Unfinished items of each unit by deadline, the day and the working nodes as lines.

    ``items`` are rows of the relation ``items``, ``nodes`` the days of the nodes, ``words`` say
    each state in the legend, without them those of every page. Deadlines beyond 75 days before or
    after the day are drawn at the edge and tell their day when pointed at. What a unit owes on one
    day is one mark, which says how many items it is. Units with most overdue items come first; the
    last entry of each mark's ``customdata`` is its unit.
    """
    words = words or words_of("state", "items")
    owed = _owed(items)
    if owed.empty:
        return theme.empty("没有带期限的未完成事项")
    units = _units(owed)[:most]
    names = dict(zip(units, theme.labels(units, 12), strict=True))
    day = pd.Timestamp(as_of)
    fig = theme.figure()
    for state, (colour, symbol) in MARKS.items():
        rows = _marks(owed[owed["counted"].eq(state) & owed["unit"].isin(units)])
        fig.add_scatter(
            x=[min(max(due, day - REACH), day + REACH) for due in rows["due_on"]],
            y=rows["unit"].map(names),
            mode="markers", name=words[state],
            marker={"color": colour, "symbol": symbol, "size": 11, "opacity": 0.85},
            customdata=[
                (_told(row), text_of(row, "due_on"), row["unit"])
                for row in rows.to_dict("records")
            ],
            hovertemplate="%{customdata[1]} 到期　%{customdata[0]}<extra></extra>",
        )  # fmt: skip
    edges = (day - REACH - timedelta(days=4), day + REACH + timedelta(days=4))
    for node in nodes[(nodes > edges[0]) & (nodes < edges[1])]:
        fig.add_vline(x=node, line={"color": theme.LAST_YEAR, "width": 1, "dash": "dot"})
    fig.add_vline(x=day, line={"color": theme.INK, "width": 2})
    fig.update_yaxes(
        autorange="reversed",
        showgrid=True,
        categoryorder="array",
        categoryarray=list(names.values()),
    )
    fig.update_xaxes(range=edges, tickformat="%-m月%-d日", showgrid=False)
    return fig


def rest_note(items: pd.DataFrame, most: int = UNITS) -> str:
    """The units that the timeline does not show and how much they owe, in words."""
    owed = _owed(items)
    rest = _units(owed)[most:]
    if not len(rest):
        return ""
    left = owed[owed["unit"].isin(rest)]
    late = int(left["is_overdue"].sum())
    return f"列出{most}个单位，其余{len(rest)}个单位还有{len(left)}项（逾期{late}项）没有画出。"


def _owed(items: pd.DataFrame) -> pd.DataFrame:
    """What is not done and has a deadline, by the state as which it is counted."""
    counted, is_shut = items["state"].astype(object), items["state"].eq("suspended")
    # only what is told as shut may be counted as something else
    shut = [counted_state(row) for row in items[is_shut].to_dict("records")]
    counted = counted.where(~is_shut, pd.Series(shut, items.index[is_shut], dtype=object))
    owed = items.assign(counted=counted, unit=items["unit"].fillna("未填"))
    return owed[owed["counted"].isin(list(MARKS)) & owed["due_on"].notna()]


def _units(owed: pd.DataFrame) -> pd.Index:
    """Units with most overdue first, then those that owe most."""
    ranked = owed.groupby("unit")["is_overdue"].agg(["sum", "size"])
    return ranked.sort_values(["sum", "size"], ascending=False).index


def _marks(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each unit and day, with how many ``items`` it stands for.

    What is told otherwise, as a day that nobody has confirmed, has a mark of its own.
    """
    told = rows["state"].ne(rows["counted"]) | rows["relief"].notna()
    claims = [claims_of(row) for row in rows[told].to_dict("records")]
    rows = rows.assign(claims="")
    rows.loc[told, "claims"] = claims
    alike = ["unit", "due_on", "due_is_provisional", "claims"]
    return rows.assign(items=rows.groupby(alike)["title"].transform("size")).drop_duplicates(alike)


def _told(row: Mapping[Hashable, Any]) -> str:
    """The item, or the first of several, with its mark where a claim of its does not count yet."""
    title = theme.plain(str(row["title"]), 40) + row["claims"]
    return title if row["items"] == 1 else f"{title} 等{row['items']}项"
