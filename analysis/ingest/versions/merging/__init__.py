"""A record's next version: the one before it, with what the new row says."""

from analysis.ingest.versions.merging.overlay import Merged, merge
from analysis.ingest.versions.merging.telling import findings_of
from analysis.ingest.versions.merging.withdrawal import Cell, withdrawn_cells

__all__ = ["Cell", "Merged", "findings_of", "merge", "withdrawn_cells"]
