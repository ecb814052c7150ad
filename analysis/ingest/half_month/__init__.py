"""A half-monthly report in prose: whose it is, of which half month, its figures and its texts."""

from analysis.ingest.half_month.report import Report, read_report
from analysis.ingest.half_month.rows import records_of

__all__ = ["Report", "read_report", "records_of"]
