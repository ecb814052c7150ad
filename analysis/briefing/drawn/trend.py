"""The headline numbers over the working nodes, each as it is known now."""

from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.briefing.figures import Figures, only_row

#: Nodes of a line, the latest; the day itself is its last point.
MOST = 6


def trend(figures: Figures, most: int = MOST) -> pd.DataFrame:
    """``node_on`` and the columns of ``overview`` on each of the last nodes and on the day."""
    days = node_days(figures, most)
    rows = [
        only_row(figures.source.metric("overview", replace(figures.scope, as_of=day, since=None)))
        for day in days
    ]
    told = pd.DataFrame([*rows, figures.now])
    told.insert(0, "node_on", pd.to_datetime([*days, figures.scope.as_of]))
    return told


def node_days(figures: Figures, most: int) -> list[date]:
    """The last nodes before the day, of the calendar by which hazards are counted."""
    nodes = figures.source.relation("nodes", figures.scope)
    nodes = nodes[nodes["calendar_no"].eq(1)]
    days = {day.date() for day in nodes["node_on"].dropna()}
    return sorted(day for day in days if day < figures.scope.as_of)[-most:]
