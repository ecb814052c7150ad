"""Where hazards sit: by category (Pareto), and category against township."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import FOLDED, fold_names

#: So many lines, and so many columns, a map of cells has at most.
MOST_LINES = 40


def pareto(members: pd.DataFrame, most: int = 12) -> go.Figure:
    """Hazards by category, open ones apart, with the cumulative share.

    ``members`` are the rows of ``hazard_mix`` for one dimension, the most frequent first. Beyond
    ``most`` the rest is one bar that says how many members it holds.
    """
    if members.empty:
        return theme.empty("没有隐患")
    shown = _fold(members, most)
    names = theme.labels(shown["member"], 8)
    fig = theme.figure()
    for name, counts, part in (
        ("未完成", shown["open_items"], "overdue"),
        ("已完成", shown["items"] - shown["open_items"], "closed"),
    ):
        fig.add_bar(
            x=names, y=counts, name=name, customdata=shown["member"],
            text=counts.map(lambda n: str(n) if n else ""), textposition="inside",
            insidetextanchor="middle", textangle=0, **theme.bar(theme.PARTS[part]),
            hovertemplate="%{x}　" + name + " %{y} 条<extra></extra>",
        )  # fmt: skip
    fig.add_scatter(
        x=names, y=shown["items"].cumsum() / shown["items"].sum(), name="累计占比", yaxis="y2",
        mode="lines+markers", line={"color": theme.INK, "width": 2}, marker={"size": 7},
        hovertemplate="%{x}　累计占比 %{y:.2%}<extra></extra>",
    )  # fmt: skip
    fig.update_layout(
        barmode="stack",
        yaxis2={
            "overlaying": "y", "side": "right", "range": [0, 1.05], "tickformat": ".0%",
            "showgrid": False, "tickvals": [0, 0.25, 0.5, 0.75, 1], "automargin": True,
        },
    )  # fmt: skip
    return fig


def heat_map(cells: pd.DataFrame, nothing: str = "没有隐患", unit: str = "条") -> go.Figure:
    """How many ``items`` of each ``by_member`` (across) for each ``member`` (down).

    ``cells`` has these three columns, as the rows of ``hazard_mix`` for ``township_category`` do;
    the lines and columns with most come first, those that have no room stand together at the end.
    The last two entries of a cell's ``customdata`` are its member and by_member.
    """
    if cells.empty:
        return theme.empty(nothing)
    kept = cells.assign(
        member=fold_names(cells["member"], cells["items"], MOST_LINES, "个"),
        by_member=fold_names(cells["by_member"], cells["items"], MOST_LINES, "类"),
    )
    table = kept.pivot_table(
        index="member", columns="by_member", values="items", aggfunc="sum", fill_value=0
    )
    rows, columns = _ordered(table.sum(axis=1)), _ordered(table.sum())
    table = table.loc[rows, columns]
    fig = theme.figure()
    fig.add_heatmap(
        z=table.to_numpy(), x=theme.labels(columns, 8), y=theme.labels(rows, 8),
        customdata=[[[row, column] for column in columns] for row in rows],
        colorscale=theme.HEAT, showscale=False,
        xgap=2, ygap=2, texttemplate="%{text}", textfont={"color": theme.INK},
        text=[[str(n) if n else "" for n in row] for row in table.to_numpy()],
        hovertemplate="%{y}　%{x}　%{z} " + unit + "<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(autorange="reversed", showgrid=False)
    fig.update_xaxes(side="top")
    return fig


def _ordered(totals: pd.Series) -> pd.Index:
    """Names by how much each has; what stands for many behind them."""
    is_rest = [bool(FOLDED.match(str(name))) for name in totals.index]
    order = pd.DataFrame({"total": totals, "is_rest": is_rest})
    return order.sort_values(["is_rest", "total"], ascending=[True, False]).index


def _fold(members: pd.DataFrame, most: int) -> pd.DataFrame:
    kept = ["member", "items", "open_items"]
    if len(members) <= most:
        return members[kept]
    rest = members.iloc[most - 1 :]
    folded = {"member": f"其余{len(rest)}类"} | rest[kept[1:]].sum().to_dict()
    return pd.concat([members.head(most - 1)[kept], pd.DataFrame([folded])], ignore_index=True)
