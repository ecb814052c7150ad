"""Townships, or the counties of a roll-up, as tiles; each with its risk and its items.

The frame has one row a place:

- ``member``: its name, a member of the dimension by which the tiles are;
- ``红``, ``橙``, ``黄``, ``蓝``, ``未评定``: how many of its sites have that colour (家);
- ``unfinished``: items that are not done, the overdue ones among them (项);
- ``overdue``: those that are overdue (项).

A place's own level is that of its highest site (取高不取低); how deep it is coloured tells how
many sites have that level, against the place that has most of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, NamedTuple

import pandas as pd

from analysis.charts import tokens
from analysis.charts.first_screen.marks import opens
from analysis.charts.svg_text import text, text_width

#: Pixels: the height of a tile, the room between two, the least width of one.
HEIGHT, GAP, LEAST = 110, 8, 96
#: The size of a name, what stands beside it; the width, and the room beside it, with which a tile
#: stands well.
NAME, BESIDE_NAME, WELL, ROOM = 15, 44, 106, 10
#: The room between two beside each other, in per cent of the whole width.
BESIDE = 1.4
#: Sites that nobody has rated.
UNGRADED = "未评定"
LEVELS = (*tokens.RISK, UNGRADED)
#: How much of the level's colour its tile takes, at the least and where it has most such sites. On
#: all of it words can be read, and a higher level weighs more than a lower one.
LIGHTEST, DEEPEST = 0.07, {"红": 0.38, "橙": 0.26, "黄": 0.24, "蓝": 0.18}
#: Column and row of a place, from 1.
Place = tuple[int, int]


class Of(NamedTuple):
    """What the tiles are: a dimension by which a click narrows the page, and its word."""

    dimension: str
    words: str


TOWNSHIPS, REGIONS = Of("township", "乡镇"), Of("region", "县（区）")
STYLE = "\n".join(
    [
        """
.tiles { display: block; overflow: visible; }
.tiles text { fill: var(--ink); font: 13px var(--yanpan-font); font-variant-numeric: tabular-nums; }
.tiles .name { font-size: 15px; font-weight: 700; }
.tiles .far { text-anchor: end; }
.tiles .mid { text-anchor: middle; }
.tiles .late { font-weight: 700; }
.tiles .paper { fill: var(--paper); }
.tiles .edge { fill: none; stroke: var(--line); }
.tiles .ungraded { fill: var(--muted); }
.tiles a:hover .edge, .tiles a:focus-visible .edge { stroke: var(--ink); stroke-width: 2; }
""".strip(),
        *(
            f".of-{name}:is(.tiles *, .township-map *) {{ fill: var(--risk-{name}); }} "
            f".tiles text.on-{name} {{ fill: var(--risk-{name}-on); font-weight: 700; }}"
            for name in tokens.RISK
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One row: its numbers, its level, and how deep that colours it."""

    name: str
    sites: Mapping[str, int]
    unfinished: int
    overdue: int
    level: str
    depth: float

    @property
    def tint(self) -> str:
        """How much of its level's colour it takes; empty where it has no level."""
        if self.level == UNGRADED:
            return ""
        return f"{LIGHTEST + (DEEPEST[self.level] - LIGHTEST) * self.depth:.2f}"

    @property
    def words(self) -> str:
        """All that is told of it, in one line."""
        told = [f"{level}{n}家" for level, n in self.sites.items() if n]
        sites = f"场所{sum(self.sites.values())}家（{'、'.join(told)}）" if told else "没有场所"
        return f"{self.name}：{sites}，未完成{self.unfinished}项，逾期{self.overdue}项"


def draw(
    frame: pd.DataFrame, places: Mapping[str, Place] | None = None,
    links: Mapping[str, str] | None = None, of: Of = TOWNSHIPS,
) -> str:  # fmt: skip
    """The tiles; ``places`` are those of the settings, ``links`` where a click on a name leads.

    What has no place stands in a row of its own below the others.
    """
    rows = list(read(frame))
    placed = grid([row.name for row in rows], places or {})
    columns = max((column for column, _ in placed.values()), default=1)
    lines = max((line for _, line in placed.values()), default=1)
    drawn = "".join(
        _tile(row, placed[row.name], columns, links or {}, of.dimension) for row in rows
    )
    height = lines * (HEIGHT + GAP) - GAP
    least = max((LEAST, *(_width_of(row.name) for row in rows)))
    title = text(f"各{of.words}场所风险四色和未完成事项，{len(rows)}个{of.words}")
    return (
        f'<svg class="tiles" role="group" width="100%" height="{height}" '
        f'style="min-width:{columns * least}px" aria-label="{title}">'
        f"<title>{title}</title>{drawn}</svg>"
    )


def read(frame: pd.DataFrame) -> Iterator[Tile]:
    """The rows of the frame, each with its level."""
    records = frame.to_dict("records")
    levels = [_level(row) for row in records]
    most: dict[str, int] = {}
    for row, level in zip(records, levels, strict=True):
        most[level] = max(most.get(level, 0), int(row[level]))
    for row, level in zip(records, levels, strict=True):
        depth = 0.0 if level == UNGRADED else row[level] / most[level]
        sites = {name: int(row[name]) for name in LEVELS}
        yield Tile(
            str(row["member"]), sites, int(row["unfinished"]), int(row["overdue"]), level, depth
        )


def _level(row: Mapping[Any, Any]) -> str:
    return next((level for level in tokens.RISK if row[level]), UNGRADED)


def grid(names: Sequence[str], places: Mapping[str, Place]) -> dict[str, Place]:
    """Where each name stands: as it was placed, else by the order of names below what was."""
    placed = {name: places[name] for name in names if name in places}
    rest = sorted(name for name in names if name not in places)
    across = max((column for column, _ in placed.values()), default=ceil(sqrt(len(rest))) or 1)
    below = max((line for _, line in placed.values()), default=0)
    for number, name in enumerate(rest):
        line, column = divmod(number, across)
        placed[name] = (column + 1, below + line + 1)
    return placed


def fitting(names: Sequence[str], width: int, height: int) -> dict[str, Place]:
    """Where tiles stand that nobody has placed, in this order: as many in a line as fill the room.

    Nought is room of which nobody knows how much there is.
    """
    lines = max(height // (HEIGHT + GAP), 1)
    widest = max(WELL, *(_width_of(name) + ROOM for name in names))
    most = max(width // widest, 1)
    lines = max(lines, -(-len(names) // most)) if width else lines
    across = max(-(-len(names) // lines), 1)
    return {name: (n % across + 1, n // across + 1) for n, name in enumerate(names)}


def _width_of(name: str) -> int:
    """How wide a tile must be for a name and the mark of its level."""
    return round(text_width(name, NAME)) + BESIDE_NAME


def _tile(row: Tile, place: Place, columns: int, links: Mapping[str, str], dimension: str) -> str:
    column, line = place
    share = (100 + BESIDE) / columns
    words, way = text(row.words), opens(links.get(row.name))
    return (
        f'<svg x="{(column - 1) * share:.3f}%" y="{(line - 1) * (HEIGHT + GAP)}" '
        f'width="{share - BESIDE:.3f}%" height="{HEIGHT}"><a class="tile" {way} '
        f'data-dimension="{dimension}" data-member="{text(row.name)}" aria-label="{words}">'
        f"<title>{words}</title>"
        f"{''.join(_inside(row))}</a></svg>"
    )


def _inside(row: Tile) -> Iterator[str]:
    """Ground, name and level, numbers, sites of each colour.

    What is at the right end of a tile hangs on an origin there, however wide it is.
    """
    ground = f'width="100%" height="{HEIGHT}" rx="4"'
    yield f'<rect class="paper" {ground}/>'
    if row.tint:
        yield f'<rect class="of-{row.level}" {ground} opacity="{row.tint}"/>'
    yield f'<rect class="edge" {ground}/>'
    yield f'<text class="name" x="10" y="23">{text(row.name)}</text>'
    late = "late" if row.overdue else ""
    yield f'<text x="10" y="46">未完成</text><text class="{late}" x="10" y="66">逾期</text>'
    yield '<svg x="100%" overflow="visible">'
    yield from _level_mark(row)
    yield f'<text class="far" x="-10" y="46">{row.unfinished}</text>'
    yield f'<text class="far {late}" x="-10" y="66">{row.overdue}</text></svg>'
    yield from _colours(row)


def _level_mark(row: Tile) -> Iterator[str]:
    """The letter of the level, or that there is none, at the right end."""
    level = row.level
    if level == UNGRADED:
        words = UNGRADED if row.sites[UNGRADED] else "无场所"
        yield f'<text class="far" x="-10" y="23">{words}</text>'
        return
    yield f'<rect class="of-{level}" x="-30" y="8" width="20" height="20" rx="3"/>'
    yield f'<text class="mid on-{level}" x="-20" y="23">{level}</text>'


def _colours(row: Tile) -> Iterator[str]:
    """How many sites each colour has, below its letter, each colour in a place of its own."""
    levels = [level for level in LEVELS if level != UNGRADED or row.sites[level]]
    share = 100 / len(levels)
    for number, level in enumerate(levels):
        if not (n := row.sites[level]):
            continue
        kind = "ungraded" if level == UNGRADED else f"of-{level}"
        yield (
            f'<svg x="{number * share:.2f}%" y="74" width="{share:.2f}%" height="36">'
            f'<rect class="{kind}" width="100%" height="4"/>'
            f'<text class="mid" x="50%" y="17">{level[:1]}</text>'
            f'<text class="mid" x="50%" y="32">{n}</text></svg>'
        )
