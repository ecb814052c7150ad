"""How far hazards have come on their way from finding to file, and how long it takes."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import TIMED, slowest_first
from analysis.wording.values import share


def hazard_flow(stages: pd.DataFrame) -> go.Figure:
    """Hazards that have reached each stage; ``stages`` are the rows of one level, in order."""
    if stages.empty or not stages["found"].sum():
        return theme.empty("没有隐患")
    said = [
        f"{n} 条（{share(rate, found)}）"
        for n, rate, found in zip(
            stages["items"], stages["stage_rate"], stages["found"], strict=True
        )
    ]
    fig = theme.figure()
    fig.add_bar(
        y=stages["stage"], x=stages["items"], orientation="h", text=said, textposition="outside",
        marker_color=theme.THIS_YEAR, cliponaxis=False, showlegend=False,
        hovertemplate="%{y} %{x} 条<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(autorange="reversed", showgrid=False)
    fig.update_xaxes(visible=False, range=[0, float(stages["found"].max()) * 1.5])
    return fig


def close_times(members: pd.DataFrame, most: int = TIMED) -> go.Figure:
    """Median days to the end with its interval, and the days by which nine of ten are there.

    ``members`` are the rows of ``close_times`` for one ``until`` and one dimension. A median that
    is not reached yet is said beside the name: those who never close are not flattered. It is of
    the estimate, which may lie below one half though more than half of the items are closed: what
    was closed when it was first reported does not enter it. ``times_notes`` says who is left out.
    """
    if members.empty:
        return theme.empty("没有事项")
    shown = slowest_first(members).head(most)
    names = [
        f"{label}　{reached}/{items}" + ("　估计没有过半" if pd.isna(median) else "")
        for label, reached, items, median in zip(
            theme.labels(shown["member"], 10),
            shown["reached"],
            shown["items"],
            shown["median_days"],
            strict=True,
        )
    ]
    median = shown["median_days"].astype("Float64")
    fig = theme.figure()
    fig.add_scatter(
        x=median, y=names, mode="markers", name="中位用时", customdata=shown["member"],
        marker={"color": theme.THIS_YEAR, "size": 11},
        error_x={
            "type": "data", "color": theme.LAST_YEAR, "thickness": 3, "symmetric": False,
            "array": (shown["median_high"] - median).fillna(0),
            "arrayminus": (median - shown["median_low"]).fillna(0),
        },
        hovertemplate="%{y}　中位 %{x} 天<extra></extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=shown["p90_days"].astype("Float64"), y=names, mode="markers", name="九成用时",
        customdata=shown["member"],
        marker={"color": theme.MARK["due_soon"], "size": 11, "symbol": "diamond"},
        hovertemplate="%{y}　九成 %{x} 天<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(
        autorange="reversed", showgrid=True, categoryorder="array", categoryarray=names
    )
    fig.update_xaxes(title="天", rangemode="tozero", showgrid=True, gridcolor=theme.GRID)
    return fig
