"""Accidents by the county's own ledger: this year so far beside last year's."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme

MEASURES = (("accidents", "事故（起）"), ("deaths", "死亡（人）"))


def records_yoy(rows: pd.DataFrame) -> go.Figure:
    """``rows`` are those of ``accident_yoy`` that the ledger gives for the year; a county each.

    Where last year has nothing to compare with, its bar is missing, not zero.
    """
    if rows.empty:
        return theme.empty("事故台账中没有今年以来的事故")
    if rows["accidents"].isna().all():
        return theme.empty("今年以来的事故台账尚未收到")
    several = len(rows) > 1
    bars = [
        ((f"{row['region']}　" if several else "") + label, row[name], row[f"{name}_prev"])
        for row in rows.to_dict("records")
        for name, label in MEASURES
        if not pd.isna(row[name])
    ]
    names = theme.labels([name for name, _, _ in bars])
    fig = theme.figure()
    for label, place, colour in (
        ("上年同期", 2, theme.LAST_YEAR), ("今年以来", 1, theme.THIS_YEAR)
    ):  # fmt: skip
        values = [None if pd.isna(bar[place]) else int(bar[place]) for bar in bars]
        fig.add_bar(
            x=names, y=values, name=label, marker_color=colour,
            text=["" if value is None else str(value) for value in values],
            textposition="outside", cliponaxis=False,
            hovertemplate="%{x}　" + label + " %{y}<extra></extra>",
        )  # fmt: skip
    fig.update_layout(barmode="group")
    fig.update_yaxes(rangemode="tozero")
    return fig
