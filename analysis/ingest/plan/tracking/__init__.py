"""Measures through all that is sent on them: body, annex and ledgers of one plan are one record."""

from analysis.ingest.plan.tracking.naming import Tracking
from analysis.ingest.plan.tracking.register import Source

__all__ = ["Source", "Tracking"]
