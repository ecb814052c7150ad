"""The annex of a plan: the rows of its 三清单, and lists that say its measures again in short."""

from analysis.ingest.plan.annexes.rows import AnnexRow, annex_of

__all__ = ["AnnexRow", "annex_of"]
