"""One file → its submissions: a sheet each, with the rows read and nothing yet compared."""

from analysis.ingest.read_file.desk import Desk, Seen, TableSeen
from analysis.ingest.read_file.file import read_file, unreadable
from analysis.ingest.read_file.rows_told import places_of_items
from analysis.ingest.read_file.submission import ENDS, Submission, anchor_of

__all__ = [
    "ENDS", "Desk", "Seen", "Submission", "TableSeen", "anchor_of",
    "places_of_items", "read_file", "unreadable",
]  # fmt: skip
