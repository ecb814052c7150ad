"""Findings and rejects: a data problem and a row that became no record, complete when made.

A finding names its sheet from the start, so that no later step has to remember to add it. Only
the item may be open: which record a row is about is known once all submissions are compared, and
the quality table names it for every finding on that row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import text_or_none

#: The sheet in which the paragraphs of a paper stand.
PROSE = "正文"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the quality table.

    ``known_from`` is the day from which it holds; None: from the receipt of its submission on.
    """

    submission_id: str
    sheet: str
    row_no: int | None
    field: str
    value: str | None
    rule: str
    severity: str
    message: str
    item_id: str | None = None
    cell: str | None = None
    doubt_key: str | None = None
    known_from: date | None = None
    #: The day from which it holds no more, since what it rests on was taken back.
    known_to: date | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One row of the table of rejected rows, with its cells as JSON text."""

    submission_id: str
    sheet: str
    row_no: int
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Place:
    """One sheet of a submission; ``letters`` gives the column of each field that it holds."""

    submission_id: str
    sheet: str
    letters: Mapping[str, str] = field(default_factory=dict)

    def finding(
        self, rule: str, severity: str, message: str, *, row_no: int | None = None,
        field: str = "", value: str | None = None, item_id: str | None = None,
        cell: str | None = None, doubt_key: str | None = None, known_from: date | None = None,
    ) -> Finding:  # fmt: skip
        """A finding on this sheet; without ``cell``, that of the field in the row."""
        return Finding(
            self.submission_id, self.sheet, row_no, field, value, rule, severity, message,
            item_id, cell or self.address(field, row_no), doubt_key, known_from,
        )  # fmt: skip

    def address(self, field: str, row_no: int | None) -> str | None:
        """The cell of a field in a row, such as E12; None where the sheet has no such column."""
        letters = self.letters.get(field)
        return f"{letters}{row_no}" if letters and row_no else None


class Places:
    """The sheets of all submissions, to make findings on rows that name theirs."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._letters = {place.submission_id: place.letters for place in places}

    def finding(
        self, row: Mapping[Any, Any], field: str, rule: str, severity: str, message: str,
        value: Any = None,
    ) -> Finding:  # fmt: skip
        """A finding on a row with ``submission_id``, ``sheet`` and ``row_no``."""
        letters = self._letters.get(row["submission_id"], {})
        return Place(row["submission_id"], row["sheet"], letters).finding(
            rule, severity, message, row_no=row["row_no"], field=field,
            value=text_or_none(value), item_id=text_or_none(row.get("item_id")),
        )  # fmt: skip

    def has_column(self, submission_id: str, field: str) -> bool:
        """Whether a sheet has a column for a field, filled or not."""
        return field in self._letters.get(submission_id, {})

    def address(self, submission_id: str, field: str, row_no: int | None) -> str | None:
        """The cell of a field in a row of a submission; None where it has no such column."""
        return Place(submission_id, "", self._letters.get(submission_id, {})).address(field, row_no)
