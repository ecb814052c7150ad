"""The figures of the first screen as our own SVG: pure functions frame → text, light to load.

``sparkline``, ``tiles`` or ``township_map``, ``gantt``, ``accident_lines``: each has ``draw``, and
its rules, ``STYLE``, to stand once on a page. No drawing is scaled, so that no type is smaller than
it was written: tiles and map are laid out in per cent and fill the width of their place, the others
are told their width.
"""

from analysis.charts.first_screen import accident_lines, gantt, sparkline, tiles, township_map

__all__ = ["accident_lines", "gantt", "sparkline", "tiles", "township_map"]
