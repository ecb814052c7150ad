"""The 事项墙 as SVG text: in four parts for the page, whose names and heads stay, or as a picture.

A square is drawn by its sign, so that no state is told by colour alone; what a ledger says is
escaped. Colours are those of the tokens, by name in the page and by value in a picture.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

import pandas as pd

from analysis.charts import tokens
from analysis.charts.wall import SIGNS, Cell, Column, Row, Square, Wall
from analysis.wording.deadlines import chinese_month_day

#: Width of names, of the sums beside them, of a column; height of the heads.
NAMES, SUMS, CELL, HEAD = 130, 118, 74, 46
#: A row has at least so much height, so much of it above and below its squares.
LEAST, PAD = 26, 7
#: Chinese signs of a name that stand in its column; the whole stands in what is told.
LONGEST = 9
#: «✓ » is so wide, and each digit behind it; a digit of small type; the signs of a sum for which
#: there is room in SUMS.
TICK, DIGIT, SMALL, SUM = 20, 8, 7.5, 7
#: The words of a number that stands for squares have a line of this height.
LINE = 18

_COLOURS = {sign: f"var(--square-{sign})" for sign in tokens.SQUARES}
#: Signs that are drawn within an outline: the points of what stands in a field of ten by ten, and
#: whether it is filled, not a line.
WITHIN: Mapping[str, tuple[Sequence[tuple[float, float]], bool]] = {
    "due_soon": (((1, 1), (9, 9), (1, 9)), True),
    "accepting": (((2.4, 5.2), (4.4, 7.3), (7.8, 2.9)), False),
    "suspended": (((1.5, 8.5), (8.5, 1.5)), False),
    "standing": (((2.5, 5), (7.5, 5)), False),
}
#: By class, for the wall of a page, its legend and a picture alike.
STYLE = """
.wall text { fill: var(--ink); font: 13px var(--yanpan-font); }
.wall .name { font-size: 14px; }
.wall .quiet, .wall .sum { fill: var(--muted); }
.wall .sum, .wall .late { font-variant-numeric: tabular-nums; text-anchor: end; }
.wall .late { fill: var(--bad); font-weight: 700; }
.wall .node { font-weight: 700; }
.wall .line { stroke: var(--line); }
.wall .today { stroke: var(--ink); stroke-width: 2; }
.wall .now { font-weight: 700; }
.wall .back { fill: transparent; }
.frame { fill: none; stroke: var(--ink); stroke-width: 2; pointer-events: none; }
.wall .letter { font-weight: 700; text-anchor: middle; pointer-events: none; }
.sq.none { fill: var(--paper); stroke: var(--square-open); stroke-width: 1.5; }
"""


@dataclass(frozen=True, slots=True)
class Grain:
    """How large a square is, and how many stand in one line of a cell."""

    side: int
    gap: int
    a_line: int

    def lines(self, cell: Cell) -> int:
        """How many lines the squares of a cell take."""
        return -(-len(cell.squares) // self.a_line)

    def is_beside(self, cell: Cell) -> bool:
        """Whether the number of those that are done has room in the line of the squares."""
        taken = len(cell.squares) * (self.side + self.gap)
        return not cell.owed and taken + TICK + DIGIT * len(str(cell.done)) <= CELL

    def below(self, cell: Cell) -> list[str]:
        """The lines of numbers below the squares of a cell."""
        return [] if not cell.more or self.is_beside(cell) else numbers(cell)


#: Squares; and those that hold the letter of a colour, which can be read.
FINE, LETTERED = Grain(10, 2, 6), Grain(16, 2, 4)


def style() -> str:
    """The rules by which a wall is drawn, colours by their names."""
    return STYLE + "\n".join(_rules())


def sheet() -> str:
    """The same rules as a style sheet of the dashboard."""
    told = "Written from analysis/charts/wall_svg.py by «make docs»; change it there."
    return f"/* {told} */{style()}\n"


def _rules() -> Iterator[str]:
    for sign, shape in tokens.SIGNS.items():
        colour = _COLOURS[sign]
        if shape == "solid":
            yield f".sq.{sign} {{ fill: {colour}; }}"
        else:
            inside = f"url(#wall-{sign})" if sign in WITHIN else "var(--paper)"
            gaps = " stroke-dasharray: 2.5 2;" if shape == "gaps" else ""
            yield (f".sq.{sign} {{ fill: {inside}; stroke: {colour}; stroke-width: 1.5;{gaps} }}")
    for name in tokens.RISK:
        yield f".sq.of-{name} {{ fill: var(--risk-{name}); stroke: none; }}"
        yield f".wall .letter.of-{name} {{ fill: var(--risk-{name}-on); }}"


def patterns() -> str:
    """What stands within an outline, once for all squares of a page."""
    drawn = "".join(
        f'<pattern id="wall-{sign}" width="1" height="1" viewBox="0 0 10 10">'
        f'<rect width="10" height="10" fill="var(--paper)"/>{_within(sign)}</pattern>'
        for sign in WITHIN
    )
    return f'<defs aria-hidden="true">{drawn}</defs>'


def _within(sign: str) -> str:
    points, is_filled = WITHIN[sign]
    at = " ".join(f"{x:g},{y:g}" for x, y in points)
    if is_filled:
        return f'<polygon points="{at}" fill="{_COLOURS[sign]}"/>'
    return f'<polyline points="{at}" fill="none" stroke="{_COLOURS[sign]}" stroke-width="1.5"/>'


def grain_of(wall: Wall) -> Grain:
    """Letters where any square has a colour of risk."""
    squares = (square for row in wall.rows for cell in row.cells for square in cell.squares)
    return LETTERED if any(square.colour for square in squares) else FINE


def heights(wall: Wall, grain: Grain) -> list[int]:
    """The height of each row: that of its fullest cell."""
    step = grain.side + grain.gap
    return [
        max(
            LEAST,
            *(PAD * 2 + grain.lines(c) * step + LINE * len(grain.below(c)) for c in row.cells),
        )
        for row in wall.rows
    ]


def numbers(cell: Cell) -> list[str]:
    """«＋12 ✓ 7» of what is a number in a cell; two lines where one is wider than a cell."""
    parts = [f"＋{cell.owed}"] * bool(cell.owed) + [f"✓ {cell.done}"] * bool(cell.done)
    line = " ".join(parts)
    return [line] if _width(line) <= CELL else parts


def sums_of(wall: Wall) -> int:
    """The width of «done/total» and what is late, as the longest of them wants it."""
    longest = max((len(f"{row.done}/{row.total}") for row in wall.rows), default=0)
    return SUMS + round(SMALL * max(0, longest - SUM))


def width_of(wall: Wall) -> int:
    """The width of sums and columns, without the names."""
    return sums_of(wall) + CELL * len(wall.columns) + DIGIT


@dataclass(frozen=True, slots=True)
class Parts:
    """The wall in four: the corner and the names stay at the left, the heads at the top."""

    corner: str
    heads: str
    names: str
    cells: str


def parts(wall: Wall) -> Parts:
    """The four parts of a wall as SVG."""
    grain = grain_of(wall)
    tall = heights(wall, grain)
    tops = [0, *accumulate(tall)]
    wide = width_of(wall)
    return Parts(
        _svg(NAMES, HEAD, ""),
        _svg(wide, HEAD, _heads(wall)),
        _svg(NAMES, tops[-1], "".join(_names(wall.rows, tops, tall, NAMES))),
        _svg(wide, tops[-1], patterns() + "".join(_cells(wall, grain, tops, tall, wide))),
    )


def picture(wall: Wall, title: str, stamp: str) -> str:
    """The whole wall as one picture on light paper, title above, day and sources below."""
    grain = grain_of(wall)
    tall = heights(wall, grain)
    tops = [0, *accumulate(tall)]
    wide, top, below = width_of(wall), 72, 56
    width, height = NAMES + wide + 32, top + HEAD + tops[-1] + below + 24
    body = "".join(
        [
            f"<style>{style()}</style>", patterns(),
            f'<rect class="paper" width="{width}" height="{height}"/>',
            f'<text x="16" y="34" style="font-size:20px;font-weight:700">{escape(title)}</text>',
            f'<g transform="translate(16,44)">{legend(wall)}</g>',
            f'<g transform="translate({16 + NAMES},{top})">{_heads(wall)}</g>',
            f'<g transform="translate(16,{top + HEAD})">',
            *_names(wall.rows, tops, tall, NAMES),
            f'</g><g transform="translate({16 + NAMES},{top + HEAD})">',
            *_cells(wall, grain, tops, tall, wide), "</g>",
            f'<text x="16" y="{height - 44}">{escape(wall.finished)}</text>',
            f'<text class="quiet" x="16" y="{height - 18}">{escape(stamp)}</text>',
        ]
    )  # fmt: skip
    values = {name: both.light for name, both in tokens.properties()}
    values |= {"yanpan-font": tokens.FONT.replace('"', "'")}
    drawn = re.sub(r"var\(--([^)]+)\)", lambda name: values[name.group(1)], body)
    return (
        f'<svg class="wall" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{drawn}</svg>'
    ).replace('class="paper"', f'fill="{tokens.PAPER}"')


def legend(wall: Wall) -> str:
    """Each sign that stands on the wall with its words, in one line."""
    drawn, x = [], 0
    for sign in wall.signs:
        drawn.append(_square_svg(x, 0, 10, sign))
        drawn.append(f'<text x="{x + 16}" y="10">{SIGNS[sign]}</text>')
        x += 16 + _width(SIGNS[sign]) + 22
    drawn.append(f'<rect class="sq closed" x="{x}" y="0" width="10" height="10"/>')
    drawn.append(f'<rect class="frame" x="{x}" y="0" width="10" height="10"/>')
    drawn.append(f'<text x="{x + 16}" y="10">黑框：重大隐患</text>')
    return "".join(drawn)


def _width(words: str) -> int:
    """About how wide words of 13 pixels are."""
    return sum(8 if each.isascii() else 13 for each in words)


def sign(name: str) -> str:
    """One square alone, for a legend on a page."""
    return f'<svg width="12" height="12" aria-hidden="true">{_square_svg(1, 1, 10, name)}</svg>'


def framed() -> str:
    """The square of a major hazard alone."""
    frame = '<rect class="frame" x="1" y="1" width="10" height="10"/>'
    return (
        f'<svg width="12" height="12" aria-hidden="true">{_square_svg(1, 1, 10, "closed")}'
        f"{frame}</svg>"
    )


def _svg(width: int, height: int, inside: str) -> str:
    return f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">{inside}</svg>'


def _heads(wall: Wall) -> str:
    """The columns' heads, each a button, and the day."""
    sums = sums_of(wall)
    drawn = [
        f'<text class="sum quiet" x="{sums - 64}" y="{HEAD - 10}">完成</text>',
        f'<text class="sum quiet" x="{sums - 14}" y="{HEAD - 10}">逾期</text>',
    ]
    drawn += [_head(number, column, sums) for number, column in enumerate(wall.columns)]
    if wall.today is not None:
        x, day = _today_x(wall), f"截至 {chinese_month_day(wall.as_of)}"
        anchor = "end" if wall.today > len(wall.columns) / 2 else "start"
        drawn.append(
            f'<line class="today" x1="{x}" x2="{x}" y1="4" y2="{HEAD}"/>'
            f'<text class="now" x="{x - 6 if anchor == "end" else x + 6}" y="15" '
            f'text-anchor="{anchor}">{day}</text>'
        )
    return "".join(drawn)


def _head(number: int, column: Column, sums: int) -> str:
    x, ends = sums + CELL * number, (column.start, column.end)
    after, until = ("" if day is None else f"{pd.Timestamp(day):%Y-%m-%d}" for day in ends)
    kind = "node" if column.is_node else "quiet"
    return (
        f'<g class="wall-col" role="button" tabindex="-1" data-c="{number}" data-after="{after}" '
        f'data-until="{until}" aria-label="{escape(column.words)}的事项，列出">'
        f'<rect class="back" x="{x - 3}" y="22" width="{CELL - 2}" height="24"/>'
        f'<text class="{kind}" x="{x}" y="{HEAD - 10}">{escape(column.label)}</text></g>'
    )


def _today_x(wall: Wall) -> int:
    return round(sums_of(wall) + CELL * (wall.today or 0) - 4)


def _names(
    rows: Sequence[Row], tops: Sequence[int], tall: Sequence[int], width: int
) -> Iterator[str]:
    for number, (row, top, height) in enumerate(zip(rows, tops, tall, strict=False)):
        cut = row.label if len(row.label) <= LONGEST else f"{row.label[: LONGEST - 1]}…"
        yield (
            f'<g class="wall-row" role="button" tabindex="-1" data-r="{number}" '
            f'data-member="{escape(row.name)}" aria-label="{escape(row.words)}，只看它">'
            f'<rect class="back" y="{top}" width="{width}" height="{height}"/>'
            f'<text class="name" x="{width - 8}" y="{top + 20}" text-anchor="end">{escape(cut)}'
            f"</text></g>"
            f'<line class="line" x1="0" x2="{width}" y1="{top + height - 0.5}" '
            f'y2="{top + height - 0.5}"/>'
        )


def _cells(
    wall: Wall, grain: Grain, tops: Sequence[int], tall: Sequence[int], wide: int
) -> Iterator[str]:
    if wall.today is not None:
        x = _today_x(wall)
        yield f'<line class="today" x1="{x}" x2="{x}" y1="0" y2="{tops[-1]}"/>'
    sums = sums_of(wall)
    for number, (row, top, height) in enumerate(zip(wall.rows, tops, tall, strict=False)):
        yield f'<text class="sum" x="{sums - 64}" y="{top + 20}">{row.done}/{row.total}</text>'
        if row.overdue:
            yield f'<text class="late" x="{sums - 14}" y="{top + 20}">{row.overdue}</text>'
        for cell in row.cells:
            yield from _cell(number, cell, sums + CELL * cell.column, (top, height), grain)
        y = top + height - 0.5
        yield f'<line class="line" x1="0" x2="{wide}" y1="{y}" y2="{y}"/>'


def _cell(number: int, cell: Cell, x: int, span: tuple[int, int], grain: Grain) -> Iterator[str]:
    """One cell at ``x``; ``span`` is the top and the height of its row."""
    (top, height), step = span, grain.side + grain.gap
    y = top + PAD
    yield (
        f'<g class="wall-cell" role="group" tabindex="-1" data-r="{number}" '
        f'data-c="{cell.column}" aria-label="{escape(cell.words)}">'
        f'<rect class="back" x="{x - 3}" y="{top + 1}" width="{CELL - 3}" height="{height - 3}"/>'
    )
    for place, square in enumerate(cell.squares):
        line, at = divmod(place, grain.a_line)
        yield _item(x + at * step, y + line * step, grain.side, square, grain is LETTERED)
    if cell.more:
        kind = "node" if cell.owed else "quiet"
        at, below = x, y + grain.lines(cell) * step + 12
        if grain.is_beside(cell):
            at, below = x + len(cell.squares) * step + 2, y + grain.side // 2 + 6
        for line, told in enumerate(numbers(cell)):
            yield f'<text class="{kind}" x="{at}" y="{below + LINE * line}">{told}</text>'
    yield "</g>"


def _item(x: int, y: int, side: int, square: Square, is_lettered: bool) -> str:
    """One square, a button that opens its item."""
    sign = square.sign
    if is_lettered and sign != "closed":
        sign = f"of-{square.colour}" if square.colour else "none"
    about = (
        f' role="button" tabindex="-1" data-id="{escape(square.item_id)}" '
        f'aria-label="{escape(square.words)}"'
    )
    lit = " lit" if square.is_lit else ""
    drawn = _square_svg(x, y, side, sign, lit, about)
    if square.colour and is_lettered:
        drawn += (
            f'<text class="letter of-{square.colour}{lit}" x="{x + side / 2:g}" y="{y + 13}" '
            f'aria-hidden="true">{square.colour}</text>'
        )
    if square.is_major:
        drawn += f'<rect class="frame{lit}" x="{x}" y="{y}" width="{side}" height="{side}"/>'
    return drawn


def _square_svg(x: int, y: int, side: int, sign: str, lit: str = "", about: str = "") -> str:
    """Solid squares fill their place, an outline lies within it."""
    if tokens.SIGNS.get(sign, "solid") == "solid" and sign != "none":
        place = f'x="{x}" y="{y}" width="{side}" height="{side}"'
    else:
        place = f'x="{x + 0.75:g}" y="{y + 0.75:g}" width="{side - 1.5:g}" height="{side - 1.5:g}"'
    return f'<rect class="sq {sign}{lit}" {place}{about}/>'
