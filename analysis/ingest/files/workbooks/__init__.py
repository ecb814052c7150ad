"""Workbooks → sheets: what calamine reads, and what it leaves out or cannot lay out."""

from analysis.ingest.files.refusals import LARGEST_UNPACKED
from analysis.ingest.files.workbooks.archive import read_archive
from analysis.ingest.files.workbooks.book import LARGEST_CELLS
from analysis.ingest.files.workbooks.old_book import read_old_book

__all__ = ["LARGEST_CELLS", "LARGEST_UNPACKED", "read_archive", "read_old_book"]
