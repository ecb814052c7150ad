"""A number over the working nodes, as small as a word: a line, its last point, gaps for no data.

The frame has one row a node, in the order of time:

- ``node_on``: the node's day;
- ``value``: the number on that day, missing where nothing is known of it – which is no zero.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.charts.first_screen.marks import Point, along, stretches
from analysis.charts.svg_text import text
from analysis.wording.deadlines import chinese_month_day

#: Pixels: what a card has room for, and what is kept free for the marked point.
WIDTH, HEIGHT, PAD = 112, 36, 6
STYLE = """
.spark { display: block; overflow: visible; }
.spark polyline { fill: none; stroke: var(--muted); stroke-width: 1.5; stroke-linejoin: round; }
.spark .alone { fill: var(--muted); }
.spark .last { fill: var(--ink); }
.spark.good .last { fill: var(--good); }
.spark.bad .last { fill: var(--bad); }
"""


def draw(
    nodes: pd.DataFrame, label: str, words: Callable[[float], str] = "{:g}".format,
    meaning: str = "neutral", width: int = WIDTH, height: int = HEIGHT,
) -> str:  # fmt: skip
    """The line of a number; ``words`` tells a value, ``meaning`` colours the last point.

    ``meaning`` is what the newest change is: good, bad, neutral. Nothing known draws nothing, and
    says so.
    """
    values = [None if pd.isna(value) else float(value) for value in nodes["value"]]
    title = text(_title(nodes, values, label, words))
    drawn = _points(values, width, height)
    body = "".join(_runs(drawn))
    if last := next((point for point in reversed(drawn) if point), None):
        body += f'<circle class="last" cx="{last[0]:g}" cy="{last[1]:g}" r="3"/>'
    return (
        f'<svg class="spark {text(meaning)}" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-label="{title}"><title>{title}</title>{body}</svg>'
    )


def _title(
    nodes: pd.DataFrame, values: Sequence[float | None], label: str, words: Callable[[float], str]
) -> str:
    """«逾期未完成：10月15日 12，10月30日 无数据，11月14日 21»."""
    told = [
        f"{chinese_month_day(day)} {'无数据' if value is None else words(value)}"
        for day, value in zip(nodes["node_on"], values, strict=True)
    ]
    return f"{label}：{'，'.join(told) or '还没有工作节点'}"


def _points(values: Sequence[float | None], width: int, height: int) -> list[Point | None]:
    """Where each value stands; what does not change runs through the middle."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (width - 2 * PAD) / max(len(values) - 1, 1)

    def place(number: int, value: float) -> Point:
        up = 0.5 if high == low else (value - low) / (high - low)
        x = width / 2 if len(values) == 1 else PAD + number * step
        return round(x, 1), round(height - PAD - up * (height - 2 * PAD), 1)

    return [None if v is None else place(number, v) for number, v in enumerate(values)]


def _runs(points: Sequence[Point | None]) -> list[str]:
    """A line for each stretch without a gap; a value between two gaps is a dot."""
    drawn = []
    for stretch in stretches(points):
        if len(stretch) > 1:
            drawn.append(f'<polyline points="{along(stretch)}"/>')
        else:
            ((x, y),) = stretch
            drawn.append(f'<circle class="alone" cx="{x:g}" cy="{y:g}" r="1.5"/>')
    return drawn
