"""The townships in the shapes of the office's own map; rows as in ``tiles``, shapes by name.

A shape is its rings, each a list of corners, as the file has them: longitude and latitude or any
plane coordinates. They are laid onto the page linearly, a degree across as long as it is in the
middle of the map. Names stand within the shapes and keep their size, however wide the map is.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.charts.first_screen.marks import opens
from analysis.charts.first_screen.tiles import Tile, read
from analysis.charts.svg_text import text

#: Corners of a polygon or of a hole in it.
Ring = Sequence[tuple[float, float]]
#: What a map is drawn in: so many units across, and corners nearer than one are one.
ACROSS = 1000
#: The map is as high as it must be, and no higher than so many pixels.
HIGHEST = 460
#: Degrees of a longitude end here; larger numbers are metres.
DEGREES = 180
#: Places of each direction at which a name is tried.
TRIED = 16
STYLE = """
.township-map { position: relative; display: block; margin: 0 auto; overflow: visible; }
.township-map path { stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
.township-map .paper { fill: var(--paper); fill-rule: evenodd; }
.township-map .nobody { fill: var(--quiet); fill-rule: evenodd; }
.township-map .tint { stroke: none; fill-rule: evenodd; pointer-events: none; }
.township-map text { fill: var(--ink); font: 13px var(--yanpan-font); text-anchor: middle; }
.township-map text { font-variant-numeric: tabular-nums; pointer-events: none; }
.township-map text { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.township-map .name { font-size: 14px; font-weight: 700; }
.township-map .late { font-weight: 700; }
.township-map a:hover .paper, .township-map a:focus-visible .paper { stroke-width: 3; }
"""


class Outline(NamedTuple):
    """A shape on the page: its path, and where its name stands, in units across."""

    path: str
    x: float
    y: float


def draw(
    townships: pd.DataFrame, shapes: Mapping[str, Sequence[Ring]],
    links: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """The map; a shape that is no township of the frame is drawn with its name alone.

    Townships without a shape are told in a line below.
    """
    rows = {row.name: row for row in read(townships)}
    outlines, height = project(shapes)
    body: list[str] = []
    labels: list[str] = []
    for name, outline in outlines.items():
        row = rows.get(name)
        body.append(_shape(row, name, outline, (links or {}).get(name)))
        labels += _label(row, name, outline, height)
    title = text(f"各乡镇场所风险四色和未完成事项，{len(rows)}个乡镇")
    drawn = (
        f'<svg class="township-map" role="group" aria-label="{title}" '
        f'style="width:min(100%,{HIGHEST * ACROSS / height:.0f}px);'
        f'aspect-ratio:{ACROSS}/{height:.0f}"><title>{title}</title>'
        f'<svg width="100%" height="100%" viewBox="0 0 {ACROSS} {height:.0f}" '
        f'preserveAspectRatio="none">{"".join(body)}</svg>{"".join(labels)}</svg>'
    )
    missing = [row.words for name, row in rows.items() if name not in outlines]
    told = f'<p class="note">地图上没有：{text("；".join(missing))}。</p>' if missing else ""
    return drawn + told


def project(shapes: Mapping[str, Sequence[Ring]]) -> tuple[dict[str, Outline], float]:
    """Each shape on the page, and how high the whole is in the units that it is wide."""
    points = np.array([point for rings in shapes.values() for ring in rings for point in ring])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    is_degrees = np.abs(points).max() <= DEGREES
    narrow = cos(radians((south + north) / 2)) if is_degrees else 1.0
    scale = ACROSS / ((east - west) * narrow)
    found = {}
    for name, rings in shapes.items():
        placed = [
            _thinned(np.column_stack([
                (np.array(ring)[:, 0] - west) * narrow * scale,
                (north - np.array(ring)[:, 1]) * scale,
            ]))
            for ring in rings
        ]  # fmt: skip
        path = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in placed)
        found[name] = Outline(path, *inside(placed))
    return found, (north - south) * scale


def _thinned(ring: np.ndarray) -> np.ndarray:
    """Without the corners that cannot be told from the one before."""
    whole = ring.round()
    is_new = np.r_[True, (np.diff(whole, axis=0) != 0).any(axis=1)]
    return np.asarray(whole[is_new])


def inside(rings: Sequence[np.ndarray]) -> tuple[float, float]:
    """A point within a shape, of those tried the farthest from its border."""
    largest = max(rings, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    low, high = largest.min(axis=0), largest.max(axis=0)
    steps = (np.arange(TRIED) + 0.5) / TRIED
    across, down = (low[n] + steps * (high[n] - low[n]) for n in (0, 1))
    tried = np.array([(x, y) for y in down for x in across])
    is_within = np.zeros(len(tried), dtype=bool)
    nearest = np.full(len(tried), np.inf)
    for ring in rings:
        start, end = ring, np.roll(ring, -1, axis=0)
        is_within ^= _is_within(tried, start, end)
        nearest = np.minimum(nearest, _distance(tried, start, end))
    best = int(np.where(is_within, nearest, -1.0).argmax())
    x, y = tried[best]
    return float(x), float(y)


def _is_within(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whether a ray to the right crosses the ring an odd number of times."""
    x, y = points[:, :1], points[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    at = start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / rise
    return np.asarray((spans & (x < at)).sum(axis=1) % 2 == 1)


def _distance(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far each point is from the nearest side."""
    side = end - start
    length = np.maximum((side**2).sum(axis=1), 1e-12)
    away = points[:, None, :] - start
    along = np.clip((away * side).sum(axis=2) / length, 0, 1)
    return np.asarray(np.sqrt(((away - along[:, :, None] * side) ** 2).sum(axis=2)).min(axis=1))


def _shape(row: Tile | None, name: str, outline: Outline, where: str | None) -> str:
    if row is None:
        return f'<path class="nobody" d="{outline.path}"><title>{text(name)}</title></path>'
    words = text(row.words)
    tint = ""
    if row.tint:
        tint = f'<path class="tint of-{row.level}" d="{outline.path}" opacity="{row.tint}"/>'
    return (
        f'<a class="tile" {opens(where)} data-dimension="township" '
        f'data-member="{text(name)}" aria-label="{words}">'
        f'<title>{words}</title><path class="paper" d="{outline.path}"/>{tint}</a>'
    )


def _label(row: Tile | None, name: str, outline: Outline, height: float) -> Iterator[str]:
    """The name, below it the level with its sites and what is overdue."""
    x, y = f"{outline.x / ACROSS:.2%}", f"{outline.y / height:.2%}"
    yield f'<text class="name" x="{x}" y="{y}">{text(name)}</text>'
    if row is None:
        return
    sites = f"{row.level}{row.sites[row.level]}" if row.sites[row.level] else "没有场所"
    late = f" 逾期{row.overdue}" if row.overdue else ""
    yield f'<text class="{"late" if late else ""}" x="{x}" y="{y}" dy="17">{sites}{late}</text>'
