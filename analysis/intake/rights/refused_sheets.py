"""Sheets that a unit may not send: they are laid beside nothing, so nothing is told by them.

A register that lists no more than names would else be filled in from the office's own, and a list
of inspections that names another sender from the other's: each finding on a blank cell would print
what stands there.
"""

from collections.abc import Iterable
from typing import Any

from analysis.ingest.read_file import Submission
from analysis.ingest.units.register import Register
from analysis.ingest.units.spelling import sender_named
from analysis.ledgers import LEDGERS


def split_by_right(
    submissions: Iterable[Submission], unit: str | None, register: Register
) -> tuple[list[Submission], list[Submission]]:
    """The sheets that ``unit`` may send, and those that it may not; the office may send all.

    ``register`` knows the names in those that are not the office's as well: the sender's own may
    stand there first.
    """
    sent: list[Submission] = []
    refused: list[Submission] = []
    for each in submissions:
        is_refused = unit and (is_the_offices(each) or names_another(each, unit, register))
        (refused if is_refused else sent).append(each)
    return sent, refused


def names_another(submission: Submission, unit: str, register: Register) -> bool:
    """Whether a sheet says itself that another unit sent it."""
    said = submission.facts["unit"]
    return bool(said) and register.unit(sender_named(said)) != register.unit(unit)


def as_refused(submission: Submission) -> dict[str, Any]:
    """The counts of a sheet of which no row is taken."""
    facts = dict(submission.facts)
    return facts | {"rows_rejected": facts["rows_read"] - facts["rows_ignored"]}


def is_the_offices(submission: Submission) -> bool:
    """Whether a sheet is of a ledger that no unit sends."""
    ledger = LEDGERS.get(submission.facts["ledger"] or "")
    return ledger is not None and not ledger.is_sent_by_units
