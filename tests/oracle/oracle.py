"""``Oracle(world, rules).metric(name, as_of, known_on)``: the rows that the definitions promise."""

from __future__ import annotations

from tests.oracle.figures_of_books import FiguresOfBooks
from tests.oracle.figures_of_items import FiguresOfItems


class Oracle(FiguresOfItems, FiguresOfBooks):
    """All metrics of one world."""

    def metric(self, name, as_of, known_on=None, **params):
        """The rows of a metric, each a dict of columns."""
        return getattr(self, name)(as_of, known_on, **params)


METRICS = (
    "overview",
    "completion",
    "node_progress",
    "overdue",
    "due_soon",
    "ageing",
    "hazard_flow",
    "hazard_mix",
    "supervision",
    "recurrence",
    "deadline_slip",
    "since",
    "clarity",
    "inspection_coverage",
    "inspection_yield",
    "duty_compliance",
    "accident_yoy",
    "accident_monthly",
    "site_responsibility",
    "campaign_progress",
    "report_punctuality",
    "close_times",
)
