"""Who has reported for which half month."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import theme
from analysis.charts.tokens import REPORTS
from analysis.wording.codes import words_of
from analysis.wording.deadlines import half_month

#: State → its mark in the grid and its colour; the mark tells what colour tells.
MARKS = {
    state: (mark, REPORTS[state])
    for state, mark in (("in_time", "√"), ("late", "迟"), ("missing", "缺"), ("pending", "·"))
}


def punctuality(
    reports: pd.DataFrame, words: Mapping[str, str] | None = None, most: int = 12
) -> go.Figure:
    """Units (down) × half months (across), the newest right; rows of ``report_punctuality``.

    ``words`` say each state to who points at a cell; without them those of every page.
    """
    words = words or words_of("state", "report_punctuality")
    if reports.empty:
        return theme.empty("没有半月报")
    codes = {state: n for n, state in enumerate(MARKS)}
    table = reports.pivot_table(
        index="unit", columns="period_start", values="state", aggfunc="first"
    )
    table = table[sorted(table.columns)[-most:]]
    bad = (table.isin(["missing", "late"])).sum(axis=1)
    table = table.loc[bad.sort_values(ascending=False, kind="stable").index]
    marks = table.map(lambda state: MARKS[state][0] if state in MARKS else "")
    texts = table.map(lambda state: words.get(state, "不需报送"))
    colours = [colour for _, colour in MARKS.values()]
    fig = theme.figure()
    fig.add_heatmap(
        z=table.map(lambda state: codes.get(state)).astype("Float64").to_numpy(),
        x=[half_month(pd.Timestamp(start)) for start in table.columns],
        y=theme.labels(table.index, 12), zmin=-0.5, zmax=len(MARKS) - 0.5,
        colorscale=_steps(colours), showscale=False, xgap=2, ygap=2, text=marks.to_numpy(),
        texttemplate="%{text}", textfont={"color": theme.INK}, customdata=texts.to_numpy(),
        hovertemplate="%{y}　%{x}　%{customdata}<extra></extra>",
    )  # fmt: skip
    fig.update_yaxes(autorange="reversed", showgrid=False, dtick=1)
    fig.update_xaxes(side="top", type="category")
    return fig


def _steps(colours: list[str]) -> list[list[float | str]]:
    """A colour scale of so many even steps."""
    edges = [n / len(colours) for n in range(len(colours) + 1)]
    return [[edge, c] for n, c in enumerate(colours) for edge in edges[n : n + 2]]
