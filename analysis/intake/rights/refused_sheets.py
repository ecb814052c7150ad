"""Sheets that a unit may not send: they are laid beside nothing, so nothing is told by them.

A register that lists no more than names would else be filled in from the office's own, and each
finding on a blank cell would print what stands there.
"""

from collections.abc import Iterable
from typing import Any

from analysis.ingest.read_file import Submission
from analysis.ledgers import LEDGERS


def split_by_right(
    submissions: Iterable[Submission], unit: str | None
) -> tuple[list[Submission], list[Submission]]:
    """The sheets that ``unit`` may send, and those that it may not; the office may send all."""
    sent: list[Submission] = []
    refused: list[Submission] = []
    for each in submissions:
        ledger = LEDGERS.get(each.facts["ledger"] or "")
        is_refused = bool(unit) and ledger is not None and not ledger.is_sent_by_units
        (refused if is_refused else sent).append(each)
    return sent, refused


def as_refused(submission: Submission) -> dict[str, Any]:
    """The counts of a sheet of which no row is taken."""
    facts = dict(submission.facts)
    return facts | {"rows_rejected": facts["rows_read"] - facts["rows_ignored"]}
