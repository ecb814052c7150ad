"""Parts of each name, side by side in one bar: who was inspected, reported, is named."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analysis.charts import theme


def stacked(
    names: Sequence[str], series: Mapping[str, Sequence[float]], colours: Sequence[theme.Part],
    unit: str = "",
) -> go.Figure:  # fmt: skip
    """A lying bar for each name, the first on top, cut into its parts.

    ``series`` is part → one count a name, ``colours`` how each is drawn; ``unit`` stands behind the
    counts where one is pointed at.
    """
    if not any(any(values) for values in series.values()):
        return theme.empty("没有数据")
    fig = theme.figure()
    labels = theme.labels(names)
    for (name, values), part in zip(series.items(), colours, strict=True):
        fig.add_bar(
            y=labels, x=list(values), name=name, orientation="h", **theme.bar(part),
            width=min(0.72, 0.15 * len(labels)),
            text=[f"{value:g}" if value else "" for value in values],
            textposition="inside", insidetextanchor="middle", textangle=0,
            hovertemplate="%{y}　" + name + " %{x}" + unit + "<extra></extra>",
        )  # fmt: skip
    fig.update_layout(
        barmode="stack", yaxis={"autorange": "reversed", "showgrid": False},
        xaxis={"visible": False},
    )  # fmt: skip
    return fig
