"""Accidents, a panel a region: this year's months and last year's, and what chance makes of it.

Two frames go in:

- ``months``, one row a region and month of the year: ``region``, ``month_start``, ``accidents`` and
  ``accidents_prev``, missing where nobody has counted, which is no zero;
- ``totals``, one row a region and period, the one to be told first on top: ``region``; ``period``,
  «1月1日至11月15日（台账）»; ``accidents``, ``deaths`` and their ``_prev``, missing where unknown;
  ``is_derived``, whether the year before was worked out from a printed percentage; ``chance``, what
  a test of the two counts says, in words.

A region of the list that neither frame knows has a panel that says so.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.charts.first_screen.marks import Point, along, stretches
from analysis.charts.svg_text import cut, text, wrapped

#: Pixels: the whole, the least width of a panel, what lies between two; the height of head, months,
#: and of a line of words.
WIDTH, LEAST, BETWEEN, HEAD, PLOT, LINE = 600, 250, 28, 24, 78, 19
#: Periods that are told of a region; how many more there are is said.
MOST = 2
#: Room for numbers at the left of the months, above and below them.
SCALE, ABOVE, BELOW = 24, 14, 22
NO_DATA = "无数据"
STYLE = """
.accidents { display: block; }
.accidents text { fill: var(--ink); font: 13px var(--yanpan-font); }
.accidents text { font-variant-numeric: tabular-nums; paint-order: stroke; }
.accidents text { stroke: var(--paper); stroke-width: 3px; }
.accidents .region { font-size: 14px; font-weight: 700; }
.accidents .quiet { fill: var(--muted); }
.accidents .bold { font-weight: 700; }
.accidents .mid { text-anchor: middle; }
.accidents .far { text-anchor: end; }
.accidents .zero { stroke: var(--line); }
.accidents polyline { fill: none; stroke-linejoin: round; }
.accidents polyline.now { stroke: var(--part-this_year); stroke-width: 2; }
.accidents polyline.before { stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 3 3; }
.accidents circle.now { fill: var(--part-this_year); }
.accidents circle.before { fill: var(--muted); }
"""


def draw(
    months: pd.DataFrame, totals: pd.DataFrame, regions: Sequence[str], width: int = WIDTH
) -> str:
    """A panel each of ``regions``, in this order, beside each other where there is room."""
    across = max(1, min(len(regions), (width + BETWEEN) // (LEAST + BETWEEN)))
    wide = (width - BETWEEN * (across - 1)) / across
    panels, heights = [], []
    for region in regions:
        of_region = totals[totals["region"].eq(region)]
        drawn, height = _panel(region, months[months["region"].eq(region)], of_region, wide)
        panels.append(drawn)
        heights.append(height)
    body, top = "", 0
    for first in range(0, len(panels), across):
        for number, drawn in enumerate(panels[first : first + across]):
            x = number * (wide + BETWEEN)
            body += f'<g class="panel" transform="translate({x:g},{top})">{drawn}</g>'
        top += max(heights[first : first + across]) + 10
    title = text(_title(totals, regions))
    return (
        f'<svg class="accidents" role="img" width="{width}" height="{top}" '
        f'viewBox="0 0 {width} {top}" aria-label="{title}"><title>{title}</title>{body}</svg>'
    )


def _title(totals: pd.DataFrame, regions: Sequence[str]) -> str:
    """«本县，1月1日至11月15日：5 起、死亡 4 人，上年同期 6 起、死亡 4 人，…；全市，无数据»."""
    told = []
    for region in regions:
        rows = totals[totals["region"].eq(region)].to_dict("records")
        words = [f"{row['period']}：{_now(row)}，{_before(row)}，{row['chance']}" for row in rows]
        told.append("，".join([region, *words]) if words else f"{region}，{NO_DATA}")
    return "；".join(told)


def _panel(region: str, months: pd.DataFrame, totals: pd.DataFrame, wide: float) -> tuple[str, int]:
    """One region: its name, its months, its periods in words; and how high that is."""
    drawn = [f'<text class="region" y="16">{text(cut(region, wide / 2, 14))}</text>']
    top = HEAD
    if months[["accidents", "accidents_prev"]].notna().any(axis=None):
        drawn.append(f'<text class="quiet far" x="{wide:g}" y="16">实线本年，虚线上年（起）</text>')
        drawn += _months(months.sort_values("month_start"), top, wide)
        top += PLOT
    elif len(totals):
        drawn.append(f'<text class="quiet far" x="{wide:g}" y="16">逐月{NO_DATA}</text>')
    for kind, words in _lines(totals):
        # a number that is cut would be another number
        for line in wrapped(words, wide) if kind == "bold" else [cut(words, wide)]:
            top += LINE
            drawn.append(f'<text class="{kind}" y="{top - 5}">{text(line)}</text>')
    return "".join(drawn), top


def _lines(totals: pd.DataFrame) -> Iterator[tuple[str, str]]:
    rows = totals.to_dict("records")
    for row in rows[:MOST]:
        yield "quiet", str(row["period"])
        yield "bold", f"{_now(row)}；{_before(row)}"
        yield "", str(row["chance"])
    if any(row["is_derived"] for row in rows[:MOST]):
        yield "quiet", "* 没有公布，由公布的同比反推"
    if len(rows) > MOST:
        yield "quiet", f"另有 {len(rows) - MOST} 个时段"
    if not rows:
        yield "quiet", NO_DATA


def _now(row: Any) -> str:
    return _counts(row["accidents"], row["deaths"])


def _before(row: Any) -> str:
    if pd.isna(row["accidents_prev"]):
        return f"上年同期{NO_DATA}"
    mark = "*" if row["is_derived"] else ""
    return f"上年同期 {_counts(row['accidents_prev'], row['deaths_prev'])}{mark}"


def _counts(accidents: Any, deaths: Any) -> str:
    """«5 起、死亡 4 人»; what is unknown is told as such."""
    happened = NO_DATA if pd.isna(accidents) else f"{int(accidents)} 起"
    return happened if pd.isna(deaths) else f"{happened}、死亡 {int(deaths)} 人"


def _months(months: pd.DataFrame, top: int, wide: float) -> Iterator[str]:
    """Both years month by month; every month in which anything happened this year is numbered."""
    values = {name: _whole(months[name]) for name in ("accidents", "accidents_prev")}
    highest = max(1, *(n for series in values.values() for n in series if n is not None))
    floor, step = top + PLOT - BELOW, (wide - SCALE - 12) / 11

    def place(month: int, n: int) -> Point:
        up = n / highest * (PLOT - ABOVE - BELOW)
        return round(SCALE + 4 + (month - 1) * step, 1), round(floor - up, 1)

    yield f'<line class="zero" x1="{SCALE}" x2="{wide:g}" y1="{floor}" y2="{floor}"/>'
    for n in (0, highest):
        yield f'<text class="quiet far" x="{SCALE - 6}" y="{place(1, n)[1] + 4:g}">{n}</text>'
    for month in (1, 4, 7, 10):
        x = place(month, 0)[0]
        yield f'<text class="quiet mid" x="{x:g}" y="{floor + 15}">{month}月</text>'
    numbers = [day.month for day in months["month_start"]]
    for name, kind in (("accidents_prev", "before"), ("accidents", "now")):
        points = [
            None if n is None else place(month, n)
            for month, n in zip(numbers, values[name], strict=True)
        ]
        yield from _runs(points, kind)
    for month, counted in zip(numbers, values["accidents"], strict=True):
        if counted:
            x, y = place(month, counted)
            yield f'<text class="bold mid" x="{x:g}" y="{y - 6:g}">{counted}</text>'


def _runs(points: Sequence[Point | None], kind: str) -> Iterator[str]:
    """A line for each stretch of months that are known; the months without data are a gap."""
    for stretch in stretches(points):
        if len(stretch) > 1:
            yield f'<polyline class="{kind}" points="{along(stretch)}"/>'
        else:
            ((x, y),) = stretch
            yield f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="2.5"/>'


def _whole(values: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in values]
