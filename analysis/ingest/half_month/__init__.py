"""A half-monthly report in words: whose it is, of which half month, its figures and its texts."""

from analysis.ingest.half_month.halves import each_half
from analysis.ingest.half_month.received import read_received
from analysis.ingest.half_month.report import Report, read_report
from analysis.ingest.half_month.rows import records_of, records_of_all
from analysis.ingest.half_month.sheets import read_above, read_sheet
from analysis.ingest.half_month.told import told_of_hazards

__all__ = [
    "Report", "each_half", "read_above", "read_received", "read_report", "read_sheet",
    "records_of", "records_of_all", "told_of_hazards",
]  # fmt: skip
