"""What the drawings of the first screen are made from: figures → the frames that they take."""

from analysis.briefing.drawn.accidents import Accidents, accidents
from analysis.briefing.drawn.measures import Dated, dated
from analysis.briefing.drawn.townships import outlines, regions, townships, townships_note
from analysis.briefing.drawn.trend import trend, working_nodes

__all__ = [
    "Accidents",
    "Dated",
    "accidents",
    "dated",
    "outlines",
    "regions",
    "townships",
    "townships_note",
    "trend",
    "working_nodes",
]
