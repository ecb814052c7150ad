"""The name of a record: made when its first row arrives, never changed and never given again.

It is made of what the row said then: its number, else its words, and its sender as that was
called on the day. What it would be called later (another number, another name of its sender) is
an alias from the day on which that is known, where nobody else has it.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.spelling import folded, plain_words
from analysis.ledgers import Ledger

#: So many days may lie between two ways to write one day of finding.
WEEK = 7


@dataclass(frozen=True, slots=True)
class Alias:
    """Another id under which an item is found, from a day on; until ``known_to`` if it ends."""

    alias: str
    item_id: str
    known_from: date
    why: str
    known_to: date | None = None


@dataclass(slots=True)
class Names:
    """The ids of one ledger that are taken, by records and by aliases.

    ``reserved`` were given to other records in an earlier era: no new record is called so.
    """

    ledger: Ledger
    taken: set[str] = field(default_factory=set)
    aliases: list[Alias] = field(default_factory=list)
    reserved: Collection[str] = frozenset()

    def give(self, base: str, called: str | None = None) -> tuple[str, int]:
        """A name of its own for a new record, and the how manieth it is of that base.

        It is ``called``, the name that its first row had before, unless another took it over.
        """
        return given_name(base, called, self.taken, self.reserved)

    def also(self, alias: str, item_id: str, day: date, why: str) -> None:
        """Let a record be found by another name too, unless that name is somebody's."""
        if alias not in self.taken:
            self.taken.add(alias)
            self.aliases.append(Alias(alias, item_id, day, why))

    def base(self, row: Mapping[str, Any], sender: str | None = None) -> str:
        """The name that a row alone would give, under a name of its sender."""
        ledger = self.ledger
        sender = sender_then(row) if sender is None else sender
        numbers = [row[name] for name in ledger.key]
        if numbers and not any(map(is_null, numbers)):
            scope = sender if ledger.numbered_by == "sender" else ""
            return numbered(ledger, scope, "-".join(map(str, numbers)))
        words = [plain_words(row[name]) for name in ledger.fingerprint]
        identity = [plain_words(row.get("region")), sender, *words]
        digest = hashlib.sha256("\x1f".join(identity).encode()).hexdigest()
        return f"{ledger.prefix}-#{digest[:10]}"


def given_name(
    base: str, called: str | None, taken: set[str], reserved: Collection[str]
) -> tuple[str, int]:
    """A name that is not ``taken``, which it then is, and the how manieth of its base it is.

    The one that the record was ``called`` before, else one made of ``base`` that is no other's.
    """
    if called is not None and called not in taken:
        taken.add(called)
        return called, 1
    name, copies = base, 1
    while name in taken or name in reserved:
        copies += 1
        name = f"{base}~{copies}"
    copies = copies if base in taken else 1
    taken.add(name)
    return name, copies


def numbered(ledger: Ledger, scope: str, number: str) -> str:
    """The name of a record with a number; ``scope`` is whoever gives the numbers."""
    return f"{ledger.prefix}-{scope}-{number}" if scope else f"{ledger.prefix}-{number}"


def sender_then(row: Mapping[str, Any]) -> str:
    """What the sender of a row was called on the day of its receipt."""
    then = row.get("sender_then")
    return str(row["sender"] if is_null(then) else then)


def joined(
    columns: Mapping[str, Sequence[Any]], names: Sequence[str], between: str,
    spell: Callable[[Any], str], keep: bool = False,
) -> list[str | None]:  # fmt: skip
    """Columns joined row by row; None where one is empty, unless ``keep``, or there is none.

    ``columns`` hold the values of all rows; each distinct one is spelled once.
    """
    length = len(next(iter(columns.values()), ()))
    if not names:
        return [None] * length
    parts = []
    for name in names:
        values = columns[name]
        spelt = {value: spell(value) for value in set(values) if not is_null(value)}
        parts.append([spelt.get(value) for value in values])
    if len(parts) == 1 and not keep:
        return parts[0]
    return [
        None if not keep and None in row else between.join(part or "" for part in row)
        for row in zip(*parts, strict=True)
    ]


def is_orderly(
    numbers: Sequence[str | None],
    batches: Sequence[str],
    words: Callable[[], Sequence[tuple[str | None, str | None]]],
) -> bool:
    """Whether every row has a number that means one thing, and every thing one number.

    ``words`` gives for each row all that identifies it, and the same without its days; they are
    only asked for where there is more than one submission.
    """
    if None in numbers:
        return False
    distinct = set(numbers)
    if len(set(batches)) == 1:
        return len(distinct) == len(numbers)
    if len(set(zip(batches, numbers, strict=True))) < len(numbers):
        return False
    said = words()
    pairs = {(number, whole) for number, (whole, _) in zip(numbers, said, strict=True)}
    return len(pairs) == len(distinct) == len({timeless for _, timeless in said})


def is_replaced(
    numbers: Sequence[Any], batches: Sequence[str], received: Sequence[date],
    found: Sequence[date | None],
) -> bool:  # fmt: skip
    """Whether a new number may stand for one that is gone, in a ledger that is sent whole.

    That takes a record which the submission lacks, and a row new in it which was found about the
    same day, before the submission that had the record came in. The rows are in order of arrival.
    """
    days: dict[Any, date | None] = {}
    last = date.min
    if len(set(batches)) == 1:
        return False
    for positions in _by_batch(batches):
        here = {numbers[p] for p in positions}
        early = [
            found[p]
            for p in positions
            if numbers[p] not in days and ((day := found[p]) is None or day <= last)
        ]
        if early and (gone := [day for number, day in days.items() if number not in here]):
            if None in early or None in gone:
                return True
            near = {day.toordinal() + n for day in gone if day for n in range(-WEEK, WEEK + 1)}
            if any(day.toordinal() in near for day in early if day):
                return True
        days |= {numbers[p]: found[p] for p in positions}
        last = max(last, *(received[p] for p in positions))
    return False


def _by_batch(batches: Sequence[str]) -> Iterable[list[int]]:
    found: dict[str, list[int]] = {}
    for position, batch in enumerate(batches):
        found.setdefault(batch, []).append(position)
    return found.values()


def words_key(value: Any) -> str:
    """How a value is compared at a glance."""
    return folded(value) if isinstance(value, str) else str(value)


def renamed_aliases(
    names: Names, records: Iterable[tuple[str, Mapping[str, Any]]], day: date
) -> None:
    """From the day of a sender's new name on its records are found under that name as well."""
    for name, row in records:
        if sender_then(row) != row["sender"]:
            names.also(names.base(row, str(row["sender"])), name, day, "填报单位改用统一的名称")
