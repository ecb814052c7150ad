"""Tables that a text sets by blanks, as a PDF turned into text has them, draws with signs, or has a
line for each cell of: lines → lines with tabs. And those that tabs set in paragraphs.
"""

from analysis.ingest.tables.aligned.drawn import drawn_in_tabs
from analysis.ingest.tables.aligned.finding import in_tabs
from analysis.ingest.tables.aligned.flattened import flattened_in_tabs
from analysis.ingest.tables.aligned.tabbed import tabbed_tables

__all__ = ["drawn_in_tabs", "flattened_in_tabs", "in_tabs", "tabbed_tables"]
