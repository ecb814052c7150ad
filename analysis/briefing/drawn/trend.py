"""The headline numbers over the working nodes, each as it is known now."""

from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.briefing.figures import Figures, Source, only_row
from analysis.warehouse.scope import Scope

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
    nodes = working_nodes(figures.source, figures.scope)
    return [day for day in nodes if day < figures.scope.as_of][-most:]


def working_nodes(source: Source, scope: Scope) -> list[date]:
    """The days of the calendar by which hazards are counted, as on the wall's slider."""
    nodes = source.relation("nodes", scope)
    return sorted({day.date() for day in nodes.loc[nodes["calendar_no"].eq(1), "node_on"].dropna()})
