"""Risk of sites: four colours, and likelihood against severity."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import FOLDED, fold_names

UNGRADED = "未评定"
#: So many groups have a bar, the last of them for all others.
MOST = 40


def four_colours(sites: pd.DataFrame, by: str) -> go.Figure:
    """How many sites of each colour in each group; ``sites`` are rows of the ranking of sites.

    Colour is never alone: each part carries its count, the legend its word, and the order is
    always 红, 橙, 黄, 蓝.
    """
    if sites.empty:
        return theme.empty("没有场所名录，也没有写明场所的隐患")
    level = sites["colour"].where(sites["colour"].isin(list(theme.RISK)), UNGRADED)
    whose = sites[by].fillna("未填")
    # those with most of the highest colour are the ones to be seen
    weight = level.map({name: 1000.0**-n for n, name in enumerate(theme.RISK)}).fillna(0.0)
    counts = pd.crosstab(fold_names(whose, weight, MOST, "个"), level)
    levels = [*theme.RISK, *([UNGRADED] if UNGRADED in counts else [])]
    counts = counts.reindex(columns=levels, fill_value=0)
    counts["is_rest"] = [not FOLDED.match(str(name)) for name in counts.index]
    counts = counts.sort_values(["is_rest", *theme.RISK], ascending=True)[levels]
    totals = counts.sum(axis=1)
    names = [
        f"{label}　{n}家" for label, n in zip(theme.labels(totals.index, 10), totals, strict=True)
    ]
    fig = theme.figure()
    for name in levels:
        fig.add_bar(
            y=names, x=counts[name], name=name, orientation="h", customdata=counts.index,
            text=counts[name].map(lambda n: str(n) if n else ""), textposition="inside",
            insidetextanchor="middle", textangle=0,
            **theme.bar(theme.RISK_PARTS.get(name, theme.PARTS["undated"])),
            width=min(0.8, 0.2 * len(names)),
            hovertemplate="%{y}　" + name + " %{x} 家<extra></extra>",
        )  # fmt: skip
    fig.update_layout(barmode="stack")
    fig.update_yaxes(showgrid=False)
    fig.update_xaxes(visible=False)
    return fig


def matrix(sites: pd.DataFrame, bands: Sequence[int]) -> go.Figure:
    """Sites by likelihood (across, 1–5) and severity (up, 1–5); each cell holds their number.

    The field behind is likelihood × severity in the tints of the four colours; ``bands`` are the
    least products of 黄, 橙 and 红. Pointed at, a cell names its sites.
    """
    placed = sites.dropna(subset=["likelihood", "severity"])
    if placed.empty:
        return theme.empty("场所名录没有填写可能性和严重性")
    steps = range(1, 6)
    counts = pd.crosstab(placed["severity"].astype(int), placed["likelihood"].astype(int))
    counts = counts.reindex(index=steps, columns=steps, fill_value=0)
    fig = theme.figure()
    fig.add_heatmap(
        z=[[sum(across * up >= least for least in bands) for across in steps] for up in steps],
        x=list(steps), y=list(steps),
        colorscale=theme.MATRIX, zmin=0, zmax=3, showscale=False, xgap=3, ygap=3,
        text=[[f"{n} 家" if n else "" for n in row] for row in counts.to_numpy()],
        texttemplate="%{text}", textfont={"color": theme.INK},
        customdata=[[_named(placed, across, up) for across in steps] for up in steps],
        hovertemplate="可能性 %{x}　严重性 %{y}　%{text}%{customdata}<extra></extra>",
    )  # fmt: skip
    fig.update_xaxes(title={"text": "可能性", "standoff": 4}, tickvals=list(steps))
    fig.update_yaxes(title={"text": "严重性", "standoff": 12}, tickvals=list(steps), showgrid=False)
    return fig


def _named(sites: pd.DataFrame, likelihood: int, severity: int, most: int = 12) -> str:
    """The names of the sites of one cell, a line each; where there are more, how many more."""
    here = sites[sites["likelihood"].eq(likelihood) & sites["severity"].eq(severity)]["site"]
    names = [theme.plain(str(name), 24) for name in here.head(most)]
    if len(here) > most:
        names.append(f"……另有 {len(here) - most} 家")
    return "".join(f"<br>{name}" for name in names)
