"""The dated measures along time: what is done fades, what is late burns, today is a line.

Three frames go in, all of the same measures:

- ``measures``, one row each: ``item_id``; ``label`` what stands before its bar; ``title`` the whole
  text; ``unit``; ``start_on`` and ``due_on``, days, the deadline missing where it recurs without
  one; ``done_on``, a day or missing; ``is_done``, ``is_overdue``; ``days_late``, ``days_left``
  (missing where they do not apply); ``state`` as the relation ``items`` has it; ``is_major``;
- ``ticks``, one row a period of a recurring duty: ``item_id``, ``due_on`` its last day, ``state``
  met, short, running or coming;
- ``nodes``: ``node_on``, the working nodes.

The most overdue stand first, then what is nearest, then what recurs, then what is done; measures
for which there is no room are told in words, by what they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.charts.svg_text import cut, text

#: Pixels: names at the left, room for words at the right, heads, a line, its bar.
NAMES, WORDS, HEAD, LINE, BAR = 330, 96, 26, 24, 12
#: Rows that are drawn where nothing else is said.
MOST = 8
#: Days of the axis at either side of the day, at the most.
BACK, AHEAD = 75, 75
#: Groups in their order, and what a row of them that is not drawn is called.
GROUPS = {"late": "逾期", "coming": "未到期", "recurring": "定期", "done": "已完成"}
TICKS = {"met": "达标", "short": "不足", "running": "进行中", "coming": "未到"}
STYLE = """
.gantt { display: block; overflow: visible; }
.gantt text { fill: var(--ink); font: 13px var(--yanpan-font); font-variant-numeric: tabular-nums; }
.gantt .quiet { fill: var(--muted); }
.gantt .bold { font-weight: 700; }
.gantt .late-words { fill: var(--bad); font-weight: 700; }
.gantt .node { stroke: var(--line); stroke-dasharray: 2 3; }
.gantt .today { stroke: var(--ink); stroke-width: 2; }
.gantt .way { fill: var(--part-open); stroke: var(--square-open); }
.gantt .fade { fill: var(--square-closed); }
.gantt .due { fill: var(--square-due_soon); }
.gantt .late-1 { fill: var(--square-late-1); }
.gantt .late-2 { fill: var(--square-late-2); }
.gantt .late-3 { fill: var(--square-late-3); }
.gantt .major { fill: none; stroke: var(--ink); stroke-width: 2; }
.gantt .back { fill: transparent; }
.gantt .row:hover .back, .gantt .row:focus-visible .back { fill: var(--quiet); }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its group, what stands beside its bar, all that is told of it."""

    item_id: str
    label: str
    group: str
    beside: str
    words: str
    start_on: date
    end_on: date | None
    late_from: date | None
    row: Mapping[str, Any]


def draw(
    measures: pd.DataFrame, ticks: pd.DataFrame, nodes: pd.DataFrame, as_of: date,
    most: int = MOST, links: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """The Gantt of a day; ``links`` where a click on a measure leads, by its id."""
    raise NotImplementedError
