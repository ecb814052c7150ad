"""What becomes of a group of submissions before the office's decisions are laid over it, and by
what it is known again.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

import pandas as pd

from analysis.ingest.assembly.groups.senders import Group
from analysis.ingest.assembly.sending import Sent
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding
from analysis.ingest.versions.identity.naming import Alias

#: A table column by column, all of one length; quicker to put together than frames.
Columns = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The records of one ledger and of those senders whose records may be one.

    ``versions`` have the ledger's columns and the ``name`` of each record; ``repeated`` are the
    rows that said nothing new, with their place and ``item_id``; all tables column by column.
    ``duplicates`` count these rows by submission, ``dated`` are the places of those versions
    whose rows themselves name the day of completion, ``not_done`` the rows of items that say that
    they are not done, new or not.
    """

    versions: Columns
    repeated: Columns
    duplicates: Mapping[str, int]
    dated: Columns = field(default_factory=dict)
    not_done: Columns = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)


def columns_of(frame: pd.DataFrame) -> Columns:
    """A frame column by column; those of nothing, a half of most, are one and the same list."""
    nothing: list[Any] = [None] * len(frame)
    columns = ((str(name), frame[name].tolist()) for name in frame)
    return {name: nothing if _is_nothing(values) else values for name, values in columns}


def _is_nothing(values: Sequence[Any]) -> bool:
    return not values or (values[0] is None and values.count(None) == len(values))


def stacked(tables: Iterable[Columns]) -> pd.DataFrame:
    """Tables as one frame; a column that one of them lacks is empty there."""
    every = [(table, len(next(iter(table.values()), ()))) for table in tables]
    names = dict.fromkeys(name for table, _ in every for name in table)
    nothing = pd.Series([None] * sum(length for _, length in every), dtype=object)
    columns: dict[str, pd.Series] = {}
    for name in names:
        values = list(chain.from_iterable(t.get(name, [None] * length) for t, length in every))
        columns[name] = nothing if _is_nothing(values) else pd.Series(values, dtype=object)
    return pd.DataFrame(columns, copy=False)


class Memory(Protocol):
    """What is remembered of earlier runs; of a memory of nothing everything is made anew."""

    def recall(self, key: str) -> Outcome | None:
        """The outcome under a key."""

    def keep(self, key: str, outcome: Outcome) -> None:
        """Remember an outcome."""


class Oblivion:
    """A memory of nothing."""

    def recall(self, key: str) -> Outcome | None:
        """Nothing."""
        return None

    def keep(self, key: str, outcome: Outcome) -> None:
        """Forget it."""


OBLIVION = Oblivion()


class Recent:
    """A memory of the last outcomes that are small, for a process that assembles again and again.

    Nobody changes an outcome, so that it may be handed out as often as it is asked for.
    """

    def __init__(self, outcomes: int, versions: int) -> None:
        """Of so many ``outcomes``, each of at most so many ``versions``."""
        self._most, self._largest = outcomes, versions
        self._known: OrderedDict[str, Outcome] = OrderedDict()

    def recall(self, key: str) -> Outcome | None:
        """The outcome under a key, if it is one of the last."""
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def keep(self, key: str, outcome: Outcome) -> None:
        """Remember a small one, and forget the one that nobody asked for longest."""
        if all(len(values) <= self._largest for values in outcome.versions.values()):
            self._known[key] = outcome
            if len(self._known) > self._most:
                self._known.popitem(last=False)


def key_of(group: Group, sent: Sent, terms: Terms) -> str:
    """All that the outcome of a group depends on; empty where its files are not kept.

    These are its files, in the order in which they came, what the register says of each unit in
    them, and what the office has settled. The key of a file stands for its contents, the day of
    its receipt, the settings and the program.
    """
    if not all(each.key for each in group.submissions):
        return ""
    parts = (*_files(group), units_of(group, sent), *_settled(terms))
    return f"{group.ledger.name}-{_digest(parts)}"


def units_of(group: Group, sent: Sent) -> str:
    """A digest of what the register says of the units in a group, and of whose each sheet is."""
    return _digest(_units(group, sent))


def _digest(parts: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part}\x1e".encode())
    return digest.hexdigest()


def _files(group: Group) -> Iterable[object]:
    for each in group.submissions:
        facts = each.facts
        yield each.key, facts["submission_id"], facts["received_no"], facts["received_at"]


def _units(group: Group, sent: Sent) -> Iterable[object]:
    register = sent.register
    yield register.home
    mentions = (sent.gists[each.facts["submission_id"]].mentions for each in group.submissions)
    texts = {mention.text for each in mentions for mention in each}
    senders = [sent.senders[each.facts["submission_id"]] for each in group.submissions]
    yield senders
    for text in sorted(texts | group.senders | {sender for sender in senders if sender}):
        yield text, register.unit(text), register.names_of(text), register.called_before(text)


def _settled(terms: Terms) -> Iterable[object]:
    yield terms.region
    yield terms.due_days
    yield terms.confirmations.entries
