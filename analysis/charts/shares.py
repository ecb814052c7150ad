"""A rate for each member of a dimension, with the counts it comes from."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.wording.values import share


def shares(
    members: pd.DataFrame, rate: str, parts: tuple[str, str], name: str, most: int = 14,
    worst: str = "low", order: Sequence[str] = (),
) -> go.Figure:  # fmt: skip
    """Bars of a rate (0–1), each with «numerator/denominator», the worst on top.

    ``members`` has ``member``, the column ``rate`` and the two columns of ``parts``; ``worst``
    says whether a «low» or a «high» rate is the one to look at first. Members that have an
    ``order`` of their own keep it.
    """
    place = {member: number for number, member in enumerate(order)}
    shown = (
        members.dropna(subset=[rate])
        .assign(place=members["member"].map(place).fillna(len(place)))
        .sort_values(["place", rate, "member"], ascending=[True, worst == "low", True])
    )
    shown = _folded(shown, rate, parts, most)
    if shown.empty:
        return theme.empty("没有可比的数据")
    names = theme.labels(shown["member"], 12)
    said = [
        f"{share(value, of)}　{done}/{of}"
        for value, done, of in zip(shown[rate], shown[parts[0]], shown[parts[1]], strict=True)
    ]
    fig = theme.figure()
    fig.add_bar(
        y=names, x=shown[rate], orientation="h", text=said, textposition="outside",
        marker_color=theme.THIS_YEAR, cliponaxis=False, showlegend=False, name=name,
        customdata=shown["member"],
        hovertemplate="%{y}　" + name + " %{x:.2%}<extra></extra>",
        width=min(0.72, 0.1 * len(shown)),
    )  # fmt: skip
    fig.update_yaxes(autorange="reversed", showgrid=False)
    fig.update_xaxes(visible=False, range=[0, max(float(shown[rate].max()), 0.01) * 1.7])
    return fig


def _folded(shown: pd.DataFrame, rate: str, parts: tuple[str, str], most: int) -> pd.DataFrame:
    """The first members, and the others as one that says how many it holds."""
    if len(shown) <= most:
        return shown
    rest = shown.iloc[most - 1 :]
    top, of = (int(rest[part].sum()) for part in parts)
    one = {"member": f"其余{len(rest)}个", rate: top / of, parts[0]: top, parts[1]: of}
    return pd.concat([shown.head(most - 1), pd.DataFrame([one])], ignore_index=True)
