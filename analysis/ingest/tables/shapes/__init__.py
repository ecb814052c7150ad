"""Tables of unusual shape → plain ones."""

from analysis.ingest.tables.shapes.answers import answered
from analysis.ingest.tables.shapes.two_days import parted
from analysis.ingest.tables.shapes.wide_lists import joined

__all__ = ["answered", "joined", "parted"]
