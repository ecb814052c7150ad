"""A walk over the tree of a document: which paragraph is a measure, and what stands over it."""

from analysis.ingest.plan.items.collecting.walk import collect

__all__ = ["collect"]
