"""One sheet as received, its birth certificate, and the day from which its deadlines count."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.ingest.files.sheets import Sheet, column_letters
from analysis.ingest.findings import Finding, Place
from analysis.ingest.received import title_day, title_start
from analysis.ingest.tables.records import Records
from analysis.ledgers import LEDGERS

SIMULATED = "模拟数据"
#: How a row that was read may end.
ENDS = ("rows_loaded", "rows_duplicate", "rows_ignored", "rows_rejected")


@dataclass(slots=True)
class Submission:
    """One sheet as received: its birth certificate, and its records where a ledger fits.

    ``key`` names the reading of its file, and nothing that is not kept; ``gist`` is what is kept of
    it for those who need no rows, which ``whole`` has.
    """

    facts: dict[str, Any]
    records: Records
    key: str = ""
    gist: Any = field(default=None, compare=False)
    load: Callable[[], Records] | None = field(default=None, compare=False)

    @property
    def whole(self) -> Records:
        """The records with their rows, off the shelf where they are there."""
        return self.load() if self.load else self.records

    @property
    def place(self) -> Place:
        """The sheet, to make findings on it."""
        return Place(self.facts["submission_id"], self.facts["sheet"], self.records.letters)


def facts_of_sheet(
    relative: str, sha256: str, sheet: Sheet, received: date, basis: str
) -> dict[str, Any]:
    """The birth certificate of a sheet: where it lay, its hash, when it came and who says so."""
    parts = [relative, sha256, sheet.name, *([str(sheet.first_row)] if sheet.first_row else [])]
    parts += [column_letters(sheet.first_column)] if sheet.first_column else []
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    facts: dict[str, Any] = dict.fromkeys(LEDGERS["submission"].columns)
    return facts | {
        "submission_id": digest[:16], "path": relative, "sha256": sha256, "sheet": sheet.name,
        "received_on": received, "received_basis": basis,
        "is_simulated": SIMULATED in relative,
        "rows_read": 0, **dict.fromkeys(ENDS, 0),
    }  # fmt: skip


def place_of(facts: Mapping[str, Any]) -> Place:
    """The sheet of a submission, to make findings on it."""
    return Place(facts["submission_id"], facts["sheet"])


def counted(facts: dict[str, Any], records: Records) -> Submission:
    """A submission with the counts of its rows that became no record."""
    counts = {"rows_ignored": records.rows_ignored, "rows_rejected": len(records.rejects)}
    return Submission(facts | counts, records)


def guessed_day(facts: Mapping[str, Any]) -> list[Finding]:
    """That nobody said when a file came."""
    if facts["received_basis"] != "文件日期":
        return []
    message = "没有登记收到日期，目录和标题也没有日期，暂按文件日期计；请用 --received 指明"
    return [place_of(facts).finding("received_guessed", "warning", message, field="received_on")]


def anchor_of(facts: Mapping[str, Any]) -> date:
    """The day from which the deadlines of a submission count that name no year: that of which its
    title tells, or the plan's own, where it is not after the receipt; else the receipt.
    """
    received: date = facts["received_on"]
    title, told_on = facts["title"] or "", facts["period_on"]
    if told_on and told_on == title_day(title):
        told_on = title_start(title)
    return min(told_on, received) if told_on else received
