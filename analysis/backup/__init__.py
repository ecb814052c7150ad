"""Backup and restore: all that no ledger can make again, in one file that proves itself.

The ledgers as they came, the books that people keep (accounts, audit log, alerts, evidence) and
the settings; not the warehouse, which the ledgers make again, nor any key.
"""

from analysis.backup.places import MANIFEST
from analysis.backup.reading import restore
from analysis.backup.writing import Backup, back_up, problems_of_books

__all__ = ["MANIFEST", "Backup", "back_up", "problems_of_books", "restore"]
