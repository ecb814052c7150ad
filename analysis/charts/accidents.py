"""Accidents against the same period of the year before."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.charts import theme


def published_yoy(totals: pd.DataFrame) -> go.Figure:
    """Published totals beside last year's, accidents left and deaths right.

    ``totals`` are the rows of ``accident_yoy`` whose source is ``published``. A base that was
    derived from the printed percentage is marked *; where there is none, the chart says so.
    """
    if totals.empty:
        return theme.empty("没有公布的事故统计")
    titles = ("事故起数", "死亡人数")
    fig = theme.dressed(
        make_subplots(cols=2, shared_yaxes=True, subplot_titles=titles, horizontal_spacing=0.04)
    )
    fig.update_annotations(font={"family": theme.FONT, "size": 13})
    for column, (measure, unit) in enumerate((("accidents", "起"), ("deaths", "人")), start=1):
        _add_pair(fig, totals, measure, unit, column)
    fig.update_xaxes(visible=False)
    fig.update_yaxes(showgrid=False, autorange="reversed", automargin=True)
    fig.update_layout(barmode="group", bargap=0.28, legend={"y": 1.08}, margin={"t": 48})
    return fig


def period_label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """«2022年», «2023年1–4月», «2023年5月»."""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年"
    months = f"{start.month}月" if start.month == end.month else f"{start.month}–{end.month}月"
    return f"{start.year}年<br>{months}"


def _add_pair(fig: go.Figure, totals: pd.DataFrame, measure: str, unit: str, column: int) -> None:
    periods = list(map(period_label, totals["period_start"], totals["period_end"]))
    now, before = totals[measure], totals[f"{measure}_prev"]
    derived = totals[f"{measure}_base"].eq("derived")
    said_before = [
        "" if pd.isna(n) else f"{n}{'*' if d else ''}" for n, d in zip(before, derived, strict=True)
    ]
    said_now = [
        f"{n}  <span style='color:{_colour(change)}'>{change_label(change, last)}</span>"
        for n, last, change in zip(now, before, totals[f"{measure}_yoy"], strict=True)
    ]
    for name, counts, said, colour in (
        ("上年同期", before, said_before, theme.LAST_YEAR),
        ("本期", now, said_now, theme.THIS_YEAR),
    ):
        fig.add_bar(
            y=periods, x=counts.astype("Float64"), orientation="h", name=name, text=said,
            marker_color=colour, legendgroup=name, showlegend=column == 1, cliponaxis=False,
            textposition="outside", row=1, col=column,
            hovertemplate=f"%{{y}}　{name} %{{x}} {unit}<extra></extra>",
        )  # fmt: skip
    highest = max(float(now.max()), float(before.fillna(0).max()))
    fig.update_xaxes(range=[0, highest * 2.1], row=1, col=column)


def change_label(change: float | None, before: int | None) -> str:
    """«▲33.33%», «▼16.67%», «持平», or why there is no percentage."""
    if before is None or pd.isna(before):
        return "无同期可比数据"
    if change is None or pd.isna(change):
        return "上年同期为0"
    if change == 0:
        return "持平"
    return f"{'▲' if change > 0 else '▼'}{abs(change):.2f}%"


def _colour(change: float | None) -> str:
    """More accidents are bad, fewer are good; no change and no base are neither."""
    if change is None or pd.isna(change) or change == 0:
        return theme.MUTED
    return theme.STATE["overdue"] if change > 0 else theme.STATE["closed"]
