"""All rows of one sender, file after file in the order of arrival: each gets its record.

What is decided about a row is decided by what had arrived by then, so that nothing which comes
later changes the name of a record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.identity import telling
from analysis.ingest.versions.identity.joining import Join, Settled, answered
from analysis.ingest.versions.identity.matching import fresh, match_alike, match_same
from analysis.ingest.versions.identity.naming import Names, renamed_aliases, sender_then
from analysis.ingest.versions.identity.rivals import Record, Row
from analysis.ledgers import Ledger

#: A row by its place among all rows of the ledger.
Member = tuple[int, Row]


@dataclass(slots=True)
class Told:
    """What the comparison of rows has to tell beside the names."""

    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)


@dataclass(slots=True)
class Follower:
    """The records of one sender so far.

    ``renamed`` gives for a name that a sender had the day from which it is known to be the same
    as its name in ``sender``: until then its records stand apart.
    """

    ledger: Ledger
    names: Names
    places: Places
    settled: Settled
    renamed: Mapping[str, date]
    told: Told = field(default_factory=Told)
    known: dict[str, Record] = field(default_factory=dict)
    also_known: set[str] = field(default_factory=set)

    def follow(self, members: Sequence[Member], said: Sequence[str]) -> dict[int, str]:
        """The name of each row; ``members`` are in the order of arrival."""
        named: dict[int, str] = {}
        for _, file in groupby(members, key=lambda member: _file(member[1])):
            for groups, records in self._read(list(file), said):
                for positions, record in zip(groups, records, strict=True):
                    named |= dict.fromkeys(positions, record.name)
        for sender, day in self.renamed.items():
            self._know_by_new_name(sender, day)
        return named

    def _read(
        self, file: Sequence[Member], said: Sequence[str]
    ) -> Iterator[tuple[list[list[int]], list[Record]]]:
        """The sheets of one file: the rows of each that say the same, and their records."""
        day = file[0][1]["known_from"]
        for sender, since in self.renamed.items():
            if since <= day:
                self._know_by_new_name(sender, since)
        sheets = [_distinct(sheet, said) for sheet in _sheets(file)]
        new = [[fresh(rows[0][1], self.ledger) for rows in groups] for groups in sheets]
        open_ones, shut = self._by_what_is_known(file[0][1])
        same = [match_same(records, open_ones, self.ledger) for records in new]
        mentioned = {record.name for found in same for record in found if record}
        entered: dict[str, Record] = {}
        for groups, records, found in zip(sheets, new, same, strict=True):
            again = match_same(
                [r for r, f in zip(records, found, strict=True) if f is None], entered, self.ledger
            )
            rest = iter(again)
            found = [f or next(rest) for f in found]
            self._name_sheet(records, found, open_ones, shut, mentioned)
            entered |= {r.name: r for r, f in zip(records, found, strict=True) if f is None}
            yield [[position for position, _ in rows] for rows in groups], records

    def _name_sheet(
        self, records: Sequence[Record], found: Sequence[Record | None],
        open_ones: Mapping[str, Record], shut: Mapping[str, Record], mentioned: set[str],
    ) -> None:  # fmt: skip
        """Give the rows of a sheet their names: what is not plain is compared as a clerk would."""
        ledger = self.ledger
        unknown = [i for i, record in enumerate(found) if record is None]
        alike: dict[int, Record] = {}
        doubtful: dict[int, Record] = {}
        if unknown and ledger.wording:
            left = [record for name, record in open_ones.items() if name not in mentioned]
            matches = match_alike([records[i] for i in unknown], left, ledger)
            alike = {unknown[i]: old for i, old in enumerate(matches.found) if old}
            doubtful = {unknown[i]: old for i, old in matches.doubtful.items()}
            mentioned |= {old.name for old in alike.values()}
        for index, record in enumerate(records):
            old = found[index] or alike.get(index)
            if old is None:
                self._enter(record)
                if index in doubtful:
                    self._ask(record, doubtful[index])
            else:
                self._continue(record, old, index in alike)
        if shut:
            self._join_later([r for i, r in enumerate(records) if i in unknown], shut, mentioned)

    def _enter(self, record: Record) -> None:
        """Give a new record its name for good."""
        called = record.row.get("called")
        record.name, copies = self.names.give(self.names.base(record.row), called)
        self.known[record.name] = record
        if copies > 1:
            self.told.findings.append(telling.repeated(record.row, self.ledger, self.places))

    def _continue(self, record: Record, old: Record, is_alike: bool) -> None:
        """Let a row go on with the record that it speaks of."""
        row, ledger, places = record.row, self.ledger, self.places
        record.name = old.name
        if record.number and old.number and record.number != old.number:
            self.told.findings.append(telling.renumbered(row, old.row, ledger, places))
            day = row["known_from"]
            self.names.also(self.names.base(row), old.name, day, "编号改变")
        if is_alike:
            self.told.findings.append(telling.reworded(row, old.row, ledger, places))
        if handed := telling.handed(row, old.row, ledger, places):
            self.told.findings.append(handed)
        record.number = record.number or old.number
        self.known[record.name] = record

    def _ask(self, record: Record, old: Record) -> None:
        doubt = telling.same_or_not(record.row, record.name, old.row, old.name, self.ledger)
        self.told.doubts.append(doubt)
        self.told.joins += answered(record.name, old.name, self.settled(doubt.key))

    def _by_what_is_known(self, row: Row) -> tuple[dict[str, Record], dict[str, Record]]:
        """The records that are known to be this sender's on the day of a row, and the others."""
        if not self.renamed:
            return dict(self.known), {}
        day, sender = row["known_from"], sender_then(row)
        mine: dict[str, Record] = {}
        others: dict[str, Record] = {}
        for name, record in self.known.items():
            then = sender_then(record.row)
            is_known = all(self.renamed.get(each, day) <= day for each in (then, sender))
            (mine if then == sender or is_known else others)[name] = record
        return mine, others

    def _join_later(
        self, records: Sequence[Record], shut: Mapping[str, Record], mentioned: set[str]
    ) -> None:
        """Records that turn out to be one when two names are known to be one sender's."""
        left = {name: record for name, record in shut.items() if name not in mentioned}
        for record, old in zip(records, match_same(records, left, self.ledger), strict=True):
            if old is not None:
                senders = (sender_then(record.row), sender_then(old.row))
                # Rows of one file may write their unit in several ways.
                known = (self.renamed[each] for each in senders if each in self.renamed)
                day = max(known, default=record.row["known_from"])
                why = "两个名称是同一填报单位"
                self.told.joins.append(Join(record.name, old.name, day, why))

    def _know_by_new_name(self, sender: str, day: date) -> None:
        if sender not in self.also_known:
            self.also_known.add(sender)
            mine = [
                (name, record.row)
                for name, record in self.known.items()
                if sender_then(record.row) == sender
            ]
            renamed_aliases(self.names, mine, day)


def _file(row: Row) -> Any:
    return row["submission_id"] if is_null(row.get("file")) else (row["file"], row["known_from"])


def _sheets(file: Iterable[Member]) -> Iterator[list[Member]]:
    """The rows of one submission after the other."""
    sheets: dict[str, list[Member]] = {}
    for position, row in file:
        sheets.setdefault(row["submission_id"], []).append((position, row))
    yield from sheets.values()


def _distinct(sheet: Sequence[Member], said: Sequence[str]) -> list[list[Member]]:
    """Rows of one submission, those that say exactly the same taken together."""
    groups: dict[Any, list[Member]] = {}
    content_of = itemgetter(*(said or ("sheet",)))  # an empty cell is None, and None is None
    for position, row in sheet:
        groups.setdefault(content_of(row), []).append((position, row))
    return list(groups.values())
