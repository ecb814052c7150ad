"""How late what is late is, and whose it is."""

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.shown import late_bands


def ageing(bands: pd.DataFrame, most: int = 14) -> go.Figure:
    """Unfinished items of each unit by band of lateness, those with the most late on top; beyond
    ``most`` the rest in one bar.

    ``bands`` are the rows of ``ageing`` whose basis is ``late``, without the total.
    """
    if bands.empty:
        return theme.empty("没有未完成的事项")
    table = late_bands(bands, most)
    units, total = table.index, table.sum(axis=1)
    names = [
        f"{label}　{total[unit]}项"
        for unit, label in zip(units, theme.labels(units, 12), strict=True)
    ]
    fig = theme.figure()
    for number in sorted(bands["band_no"].unique()):
        band = bands[bands["band_no"] == number]
        counts = table[number]
        part = theme.PARTS[theme.LATENESS[int(number) - 1]]
        fig.add_bar(
            y=names, x=counts, orientation="h", customdata=units,
            name=band["band"].iloc[0], **theme.bar(part),
            text=counts.map(lambda n: str(n) if n else ""), textposition="inside",
            insidetextanchor="middle", textangle=0,
            hovertemplate="%{y}　" + band["band"].iloc[0] + " %{x} 项<extra></extra>",
        )  # fmt: skip
    fig.update_layout(barmode="stack")
    fig.update_yaxes(autorange="reversed", showgrid=False)
    fig.update_xaxes(visible=False)
    return fig
