"""What of a version counts only once the office grants it."""

from analysis.ingest.versions.granting.reliefs import as_granted
from analysis.ingest.versions.granting.revisions import as_revised, told_nothing

__all__ = ["as_granted", "as_revised", "told_nothing"]
