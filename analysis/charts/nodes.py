"""Progress by working node."""

import math
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import drawn_nodes, node_parts
from analysis.wording.deadlines import chinese_month_day


def node_progress(progress: pd.DataFrame, as_of: date) -> go.Figure:
    """What each node owes and how it was done, with the cumulative completion rate.

    ``progress`` is the metric ``node_progress`` for one unit. What is not drawn, the deadlines
    before the first node's window (node 0) and nodes long past, counts in the cumulative rate
    and is told by ``node_note``.
    """
    nodes = drawn_nodes(progress, as_of)
    if nodes.empty or not progress["planned"].sum():
        return theme.empty("没有按工作节点推进的事项")
    past = nodes["node_on"] <= pd.Timestamp(as_of)
    days = nodes["node_on"].map(chinese_month_day)
    fig = theme.figure()
    for name, (counts, part) in node_parts(nodes, past).items():
        fig.add_bar(
            x=days, y=counts, name=name, **theme.bar(theme.PARTS[part]),
            text=counts.map(lambda n: str(n) if n else ""), textposition="inside",
            insidetextanchor="middle", textangle=0,
            hovertemplate="%{x}　" + name + " %{y} 项<extra></extra>",
        )  # fmt: skip
    fig.add_scatter(
        x=days, y=nodes["completion_rate"], name="累计完成率", yaxis="y2", mode="lines+markers",
        line={"color": theme.INK, "width": 2}, marker={"size": 7},
        hovertemplate="%{x}　累计完成率 %{y:.2%}<extra></extra>",
    )  # fmt: skip
    highest = int(nodes["planned"].max())
    fig.update_layout(
        barmode="stack",
        yaxis={"range": [0, highest * 1.15], "dtick": max(1, math.ceil(highest / 6))},
        yaxis2={
            "overlaying": "y", "side": "right", "range": [0, 1.05], "tickformat": ".0%",
            "showgrid": False, "tickvals": [0, 0.25, 0.5, 0.75, 1], "automargin": True,
        },
    )  # fmt: skip
    return fig
