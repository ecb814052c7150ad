"""Completion by the members of one dimension."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import fold_rest


def completion(members: pd.DataFrame, most: int = 12) -> go.Figure:
    """Shares of 已销号, 待验收, 整改中, 逾期 for each member, those with most overdue on top.

    ``members`` are the rows of the metric ``completion`` for one dimension; the last of each bar's
    ``customdata`` is its member. Beyond ``most`` the
    rest is summed into one bar that says how many members it holds.
    """
    if members.empty:
        return theme.empty("没有事项")
    shown = fold_rest(members, most)
    names = [
        f"{label}　{done}/{total}"
        for label, done, total in zip(
            theme.labels(shown["member"]), shown["done"], shown["total"], strict=True
        )
    ]
    fig = theme.figure()
    for name, counts, part in (
        ("已销号", shown["closed"], "closed"),
        ("待验收", shown["done"] - shown["closed"], "accepting"),
        ("整改中", shown["total"] - shown["done"] - shown["overdue"], "open"),
        ("逾期", shown["overdue"], "overdue"),
    ):
        fig.add_bar(
            y=names, x=counts / shown["total"], name=name, orientation="h",
            width=min(0.72, 0.15 * len(shown)),
            customdata=list(zip(counts, shown["member"], strict=True)),
            **theme.bar(theme.PARTS[part]),
            text=counts.map(lambda n: str(n) if n else ""),
            textposition="inside", insidetextanchor="middle", textangle=0,
            hovertemplate="%{y}　" + name + " %{customdata[0]} 项（%{x:.1%}）<extra></extra>",
        )  # fmt: skip
    fig.add_scatter(
        y=names, x=[1] * len(shown), mode="text", textposition="middle right",
        text=shown["overdue"].map(lambda n: f" 逾期{n}" if n else ""), showlegend=False,
        textfont={"color": theme.BAD, "size": theme.NOTE}, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip
    fig.update_layout(
        barmode="stack",
        yaxis={"autorange": "reversed", "showgrid": False},
        xaxis={"range": [0, 1], "visible": False},
        margin={"r": 72},  # a fixed width for the words: a number must never be cut
    )
    return fig
