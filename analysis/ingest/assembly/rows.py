"""All rows of one ledger as a frame: who sent each, when, and whose it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.ingest.assembly.sending import Sent
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import Records, member, with_unread
from analysis.ingest.units.spelling import filled_in, spelled, with_kinds
from analysis.ledgers import Ledger
from analysis.ledgers.unit import UNIT

#: What a sheet says of all its rows.
OF_THE_SHEET = ("submission_id", "sheet", "known_from", "position", "told_on")


def rows_of(submissions: Sequence[Submission], ledger: Ledger, sent: Sent) -> pd.DataFrame:
    """All rows of submissions of one ledger, with the order and the sender of each.

    ``sender`` is the unit as it is finally known, by which rows are matched; ``sender_then`` what
    it was called on the day of receipt.
    """
    names = (*ledger.columns, "position", "sender", "sender_then", "told_on")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    own = set(ledger.columns) - {*OF_THE_SHEET}
    count = 0
    for position, each in enumerate(submissions):
        length = sent.gists[each.facts["submission_id"]].records
        if not length:
            continue
        records = each.whole
        for name, values in _with_owner(each, records, ledger, sent).items():
            if name in own:
                columns[name] += [None] * (count - len(columns[name]))
                columns[name] += values
        for name, value in zip(OF_THE_SHEET, _of_the_sheet(each, position, sent), strict=True):
            columns[name] += [value] * length
        for name, values in _senders(each, records, ledger, sent).items():
            columns[name] += values
        count += length
    for values in columns.values():
        if values:
            values += [None] * (count - len(values))
    for name in ledger.names_of("unit"):
        columns[name] = spelled(columns[name], sent.register)
    rows = _frame(columns)
    return filled_in(rows, sent.register) if ledger is UNIT else rows


def _of_the_sheet(submission: Submission, position: int, sent: Sent) -> tuple[Any, ...]:
    facts = submission.facts
    batch = facts["submission_id"]
    return batch, facts["sheet"], facts["received_on"], position, sent.anchors[batch]


def _senders(
    submission: Submission, records: Records, ledger: Ledger, sent: Sent
) -> dict[str, list[str]]:
    written = sent.senders_of_rows(submission, records, ledger)
    day, register = submission.facts["received_on"], sent.register
    now = {unit: register.unit(unit) if unit else "" for unit in set(written)}
    then = {unit: register.unit_then(unit, day) if unit else "" for unit in set(written)}
    return {
        "sender": [now[unit] for unit in written],
        "sender_then": [then[unit] for unit in written],
    }


def _with_owner(
    submission: Submission, records: Records, ledger: Ledger, sent: Sent
) -> Mapping[str, Sequence[Any]]:
    """The columns of a sheet; whose its rows are, where no column says so, its sender says."""
    columns = records.columns
    if ledger is UNIT:
        return with_kinds(columns, submission.facts["title"] or "")
    sender = sent.senders[submission.facts["submission_id"]]
    if sent.is_its_senders(submission, ledger):
        return {**columns, ledger.owner_column: [sender] * len(records)}
    units = records.get(ledger.owner_column) if ledger.owner_column else []
    if under := sent.under_sender(submission, ledger):
        label = ledger[ledger.owner_column].label
        firms = {n: member(label, unit) for n, unit in enumerate(units) if unit in under}
        extra = with_unread([*records.get("extra")], [firms])
        units = [under.get(unit, unit) for unit in units]
        columns = {**columns, ledger.owner_column: units, "extra": extra}
    if sent.is_partly_its_senders(submission, ledger):
        return {**columns, ledger.owner_column: [sender if is_null(u) else u for u in units]}
    return columns


def _frame(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Column by column, so that pandas does not copy them all into one block."""
    nothing = pd.Series([None] * len(columns["position"]), dtype=object)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype=object) if values else nothing
            for name, values in columns.items()
        },
        copy=False,
    )
