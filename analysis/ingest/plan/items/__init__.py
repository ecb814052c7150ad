"""A document's tree → its trackable measures, each with what it takes from around it."""

from analysis.ingest.plan.items.collecting import collect
from analysis.ingest.plan.items.found import Found, Stated, Value
from analysis.ingest.plan.items.taking import UNREAD, Collected

__all__ = ["UNREAD", "Collected", "Found", "Stated", "Value", "collect"]
