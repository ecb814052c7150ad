"""What several drawings of the first screen have in common: lines with gaps, marks that open."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from analysis.charts.svg_text import text

Point = tuple[float, float]


def stretches(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """The points that follow upon each other; where nothing is known there is a gap."""
    for is_known, run in groupby(points, key=lambda point: point is not None):
        if is_known:
            yield [point for point in run if point]


def along(stretch: Sequence[Point]) -> str:
    """The points of a polyline."""
    return " ".join(f"{x:g},{y:g}" for x, y in stretch)


def opens(where: str | None) -> str:
    """What makes a mark one that opens something: a link, or a button that the page listens to."""
    return f'href="{text(where)}"' if where else 'role="button" tabindex="0"'
