"""The figures of the first screen as our own SVG: pure functions frame → text, light to load.

``sparkline.draw``, ``tiles.draw``, ``gantt.draw``, ``accident_lines.draw``; ``style()`` once a
page. Every drawing takes the width of its place and keeps the size of its type: what is across is
in per cent, what is down in pixels.
"""

from analysis.charts.first_screen import accident_lines, gantt, sparkline, tiles

__all__ = ["accident_lines", "gantt", "sparkline", "style", "tiles"]


def style() -> str:
    """The rules of all four, colours by their names."""
    return "\n".join(each.STYLE for each in (sparkline, tiles, gantt, accident_lines))
