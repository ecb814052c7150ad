"""One look for all charts, and Chinese for what plotly says itself."""

import html
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import plotly.graph_objects as go

from analysis.charts.tokens import (
    BAD,
    FONT,
    GOOD,
    GRID,
    HEAT,
    INK,
    LAST_YEAR,
    LATENESS,
    MARK,
    MATRIX,
    MUTED,
    PAPER,
    PARTS,
    RISK,
    RISK_PARTS,
    SIZES,
    STATE,
    THIS_YEAR,
    Part,
)

__all__ = [
    "BAD", "FONT", "GOOD", "GRID", "HEAT", "INK", "LAST_YEAR", "LATENESS", "MARK", "MATRIX",
    "MUTED", "PAPER", "PARTS", "RISK", "RISK_PARTS", "SIZES", "STATE", "THIS_YEAR", "Part", "bar",
    "dressed", "empty", "figure", "labels", "plain",
]  # fmt: skip

#: The least type in a chart.
NOTE = SIZES["note"]

#: The modebar speaks English only; what it offers is on the page.
GRAPH_CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "responsive": True}


def plain(text: str, most: int = 16) -> str:
    """A ledger's words as a label: never markup, and cut with … where they are long."""
    return html.escape(text if len(text) <= most else f"{text[: most - 1]}…")


def labels(names: Iterable[Any], most: int = 16) -> list[str]:
    """Names as the labels of one axis: two that are cut to the same words stay two."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        label = plain(str(name), most)
        seen[label] += 1
        found.append(label if seen[label] == 1 else f"{label}（{seen[label]}）")
    return found


def bar(part: Part) -> dict[str, Any]:
    """How a part of a bar is drawn: its fill, the line around it, the words on it."""
    line = {"color": part.edge or part.fill, "width": 1 if part.edge else 0}
    return {
        "marker": {"color": part.fill, "line": line},
        "insidetextfont": {"color": part.on, "size": NOTE},
    }


def figure() -> go.Figure:
    """An empty figure in the house's look."""
    return go.Figure(_look())


@cache
def _look() -> dict[str, Any]:
    """The look as plotly holds it, dressed once: each rule of it costs plotly a millisecond."""
    look: dict[str, Any] = dressed(go.Figure()).to_plotly_json()
    return look


def dressed(fig: go.Figure) -> go.Figure:
    """The same figure in the house's look; plotly's own template, which is large, stays out."""
    fig.update_layout(
        template="none",
        font={"family": FONT, "size": NOTE, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={
            "orientation": "h", "y": 1, "yref": "container", "yanchor": "top", "x": 0.5,
            "xanchor": "center",
            "traceorder": "normal", "font": {"size": NOTE}, "itemwidth": 30,
        },
        uniformtext={"minsize": NOTE, "mode": "hide"},
        hoverlabel={"font": {"family": FONT}},
        bargap=0.35,
        separators=".,",
    )  # fmt: skip
    fig.update_xaxes(showgrid=False, linecolor=GRID, ticks="", automargin=True)
    fig.update_yaxes(gridcolor=GRID, zeroline=False, ticks="", automargin=True)
    return fig


def empty(message: str) -> go.Figure:
    """A figure that says in words that there is nothing to draw."""
    fig = figure()
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    fig.add_annotation(
        text=message, showarrow=False, x=0.5, y=0.5, xref="paper", yref="paper",
        font={"size": 15, "color": MUTED},
    )  # fmt: skip
    return fig
