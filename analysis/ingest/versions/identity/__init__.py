"""Which rows of all submissions speak of the same record: by number, else by what they say.

A number alone is not enough: units use one twice, let a whole list slip by a line, begin anew in
each period. So a row's words must agree with the record's before its number counts, and a row
whose words are those of a known record is that record where its number has changed. In doubt two
records stand where there may be one, and a person is asked: too many in the figures, never too few.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.identity.following import Follower, Member
from analysis.ingest.versions.identity.joining import Handover, Join, Settled, open_spans
from analysis.ingest.versions.identity.likeness.fields import day_field
from analysis.ingest.versions.identity.naming import (
    Alias,
    Names,
    is_orderly,
    is_replaced,
    joined,
    numbered,
    renamed_aliases,
    words_key,
)
from analysis.ingest.versions.identity.senders.found_for import asked_of_found
from analysis.ingest.versions.identity.senders.handover import handed_over, stays_handed
from analysis.ledgers import Ledger


@dataclass(frozen=True, slots=True)
class Identified:
    """The record of each row, and what is to be told.

    ``names``: the same for all rows about one record, as it was known on their day. ``joins``:
    records that are found to be one later. ``aliases``: other names under which one is found.
    ``in_doubt``: the spans of days on which it is open whether a record is another. ``handovers``:
    items that went to another unit. ``columns`` are
    values that are known of a row by its record alone, ``by_default`` those that hold where neither
    it nor an earlier row says one; ``ranks`` say how much each row has to say in the fields of
    ``ledger.master``.
    """

    names: list[str]
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    in_doubt: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
    handovers: list[Handover] = field(default_factory=list)
    columns: Mapping[str, list[Any]] = field(default_factory=dict)
    by_default: Mapping[str, list[Any]] = field(default_factory=dict)
    ranks: list[int] | None = None


def nothing_settled(doubt: str) -> Sequence[tuple[date, str | None]]:
    """The answers where nobody has answered anything."""
    return ()


def identify(
    rows: pd.DataFrame,
    ledger: Ledger,
    said: Sequence[str],
    places: Places,
    settled: Settled = nothing_settled,
    renamed: Mapping[str, date] | None = None,
    reserved: Collection[str] = frozenset(),
) -> Identified:
    """Name each row: the same name for all rows about one record.

    ``rows`` is in order of receipt and has the ledger's columns, ``sender`` and, where it is
    another, ``sender_then``, the sender's name as known on the day; ``file`` tells which
    submissions came in one file. ``said`` are the columns that make up what a row says.
    ``settled`` gives the answers to a doubt, ``renamed`` for a name that a sender had the day from
    which it is known as another. Where rows have ``called``, the name that each had in an earlier
    era of the history, a record goes on by that of its first row; ``reserved`` are all such names.
    """
    renamed = renamed or {}
    found = Identified([""] * len(rows))
    names = Names(ledger, aliases=found.aliases, reserved=reserved)
    glance = _Glance(rows, ledger)
    for scope, positions in _scopes(rows, ledger).items():
        mine = glance.renamed_in(positions, renamed)
        if glance.sees_order(positions, mine):
            glance.name(positions, scope, names, found.names)
            _also_by_new_name(rows, found.names, positions, names, mine)
            continue
        follower = Follower(ledger, names, places, settled, mine)
        for position, name in follower.follow(
            _members(rows, positions, ledger, said), said
        ).items():
            found.names[position] = name
        found.findings.extend(follower.told.findings)
        found.doubts.extend(follower.told.doubts)
        found.joins.extend(follower.told.joins)
    if ledger.wording and ledger.numbered_by == "sender":
        handed = handed_over(
            rows, ledger, found.names, found.joins, found.aliases, found.findings, places,
            found.doubts, settled,
        )  # fmt: skip
        found.handovers.extend(handed)
        if found.handovers and ledger.owner_column:
            owners = stays_handed(rows, ledger, found.names, found.handovers)
            found = replace(found, columns={**found.columns, ledger.owner_column: owners})
    if ledger.is_senders_item and ledger.owner_column:
        doubts, joins = asked_of_found(rows, ledger, found.names, settled)
        found.doubts.extend(doubts)
        found.joins.extend(joins)
    _close_doubts(rows, found, settled)
    return found


def _close_doubts(rows: pd.DataFrame, found: Identified, settled: Settled) -> None:
    """Drop the doubts on two records that stand together later, and note how long others stand."""
    subjects = {name for doubt in found.doubts for name in doubt.subject[1:]}
    if not subjects:
        return
    together: dict[str, set[str]] = {}
    for submission, name in zip(rows["submission_id"], found.names, strict=True):
        if name in subjects:
            together.setdefault(submission, set()).add(name)
    kept = []
    for doubt in found.doubts:
        answers = settled(doubt.key)
        pair = set(doubt.subject[1:])
        if not answers and any(pair <= names for names in together.values()):
            continue
        kept.append(doubt)
        for name in pair:
            found.in_doubt.setdefault(name, []).extend(open_spans(doubt.known_from, answers))
    found.doubts[:] = kept


def _scopes(rows: pd.DataFrame, ledger: Ledger) -> dict[str, list[int]]:
    """The rows of each of those who number their records, in the order of arrival."""
    scopes: dict[str, list[int]] = {}
    senders = rows["sender"].tolist() if ledger.numbered_by == "sender" else [""] * len(rows)
    order = range(len(rows))
    if "arrival" in rows:
        arrival = rows["arrival"].tolist()
        order = sorted(order, key=lambda position: arrival[position])  # type: ignore[assignment]
    for position in order:
        scopes.setdefault(senders[position], []).append(position)
    return scopes


def _members(
    rows: pd.DataFrame, positions: Sequence[int], ledger: Ledger, said: Sequence[str]
) -> list[Member]:
    """The rows of a scope with what is compared of them."""
    needed = [
        name
        for name in dict.fromkeys(
            (*said, "submission_id", "sheet", "row_no", "known_from", "file", "sender",
             "sender_then", "region", "called", *ledger.columns)
        )
        if name in rows
    ]  # fmt: skip
    columns = [rows[name].take(list(positions)).tolist() for name in needed]
    records = (dict(zip(needed, row, strict=True)) for row in zip(*columns, strict=True))
    return list(zip(positions, records, strict=True))


class _Glance:
    """What is seen of rows without comparing them one by one."""

    def __init__(self, rows: pd.DataFrame, ledger: Ledger) -> None:
        self.ledger = ledger
        names = dict.fromkeys((*ledger.key, *ledger.fingerprint, *ledger.guard))
        self.columns = {name: rows[name].tolist() for name in names}
        self.numbers = joined(self.columns, ledger.key, "-", str)
        self.batches = rows["submission_id"].tolist()
        self.days = rows["known_from"].tolist()
        self.senders = rows["sender"].tolist()
        then = rows["sender_then"].tolist() if "sender_then" in rows else self.senders
        pairs = zip(then, self.senders, strict=True)
        self.then = [sender if is_null(name) else name for name, sender in pairs]
        self.called = rows["called"].tolist() if "called" in rows else None
        self.words = cache(self._words)

    def _words(self) -> list[tuple[str | None, str | None]]:
        """What identifies each row without a number, with its days and without them."""
        names = tuple(dict.fromkeys((*self.ledger.fingerprint, *self.ledger.guard)))
        names = names or self.ledger.key
        timeless = tuple(name for name in names if self.ledger[name].kind != "date")
        return [
            *zip(
                joined(self.columns, names, "\x1f", words_key, keep=True),
                joined(self.columns, timeless or names, "\x1f", words_key, keep=True),
                strict=True,
            )
        ]

    def renamed_in(self, positions: Sequence[int], renamed: Mapping[str, date]) -> dict[str, date]:
        """The names of the senders of some rows that were to change, and when."""
        if not renamed:
            return {}
        then = {self.then[position] for position in positions}
        return {name: day for name, day in renamed.items() if name in then}

    def sees_order(self, positions: Sequence[int], renamed: Mapping[str, date]) -> bool:
        """Whether every row has a number that means one thing, and every thing one number.

        A change of the sender's name disturbs nothing once it is known.
        """
        names = {self.then[position] for position in positions} if renamed else set()
        if len(names) > 1:
            last = max(renamed.values())
            early = {self.then[p] for p in positions if self.days[p] < last}
            if len(early) > 1:
                return False
        numbers = [self.numbers[position] for position in positions]
        batches = [self.batches[position] for position in positions]
        if not is_orderly(numbers, batches, lambda: [self.words()[p] for p in positions]):
            return False
        if not (self.ledger.wording and self.ledger.is_sent_whole):
            return True
        found = self.columns.get(day_field(self.ledger) or "", [])
        return not is_replaced(
            numbers, batches, [self.days[p] for p in positions],
            [found[p] if found and not is_null(found[p]) else None for p in positions],
        )  # fmt: skip

    def name(self, positions: Sequence[int], scope: str, names: Names, found: list[str]) -> None:
        """Name orderly rows by their numbers, with the name of the sender of the first."""
        given: dict[str, str] = {}
        for position in positions:
            number = self.numbers[position] or ""
            if number not in given:
                then = self.then[position] if scope else ""
                given[number] = numbered(self.ledger, then, number)
                if self.called:
                    given[number], _ = names.give(given[number], self.called[position])
            found[position] = given[number]
        names.taken.update(given.values())


def _also_by_new_name(
    rows: pd.DataFrame, found: Sequence[str], positions: Sequence[int], names: Names,
    renamed: Mapping[str, date],
) -> None:  # fmt: skip
    """Let orderly records be found by the new name of their sender too."""
    if not renamed:
        return
    first: dict[str, int] = {}
    for position in positions:
        first.setdefault(found[position], position)
    columns = ["sender", "sender_then", *names.ledger.key, *names.ledger.fingerprint]
    records = rows.iloc[list(first.values())][columns].to_dict("records")
    for sender, day in renamed.items():
        mine = [
            (name, {str(k): v for k, v in row.items()})
            for name, row in zip(first, records, strict=True)
            if row["sender_then"] == sender
        ]
        renamed_aliases(names, mine, day)
