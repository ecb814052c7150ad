"""Tables that a text sets by blanks, as a PDF turned into text has: lines → lines with tabs."""

from analysis.ingest.tables.aligned.finding import in_tabs

__all__ = ["in_tabs"]
