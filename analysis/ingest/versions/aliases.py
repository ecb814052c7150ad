"""Other names of items, resolved as they were known: what an old id stands for on a day.

An alias may stand for an item that is itself another from a later day on; each step counts from
the day on which it is known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.spans import FOREVER
from analysis.ledgers import LEDGERS


@dataclass(frozen=True, slots=True)
class Meaning:
    """An item that an id stands for, on the days from ``start`` until before ``end``."""

    item_id: str
    start: date
    end: date = FOREVER


class Aliases:
    """All aliases of a run; without any, each id stands for itself."""

    def __init__(self, aliases: Iterable[Alias] = ()) -> None:
        self._by_alias: dict[str, list[Alias]] = {}
        for each in aliases:
            self._by_alias.setdefault(each.alias, []).append(each)

    def add(self, aliases: Iterable[Alias]) -> None:
        """Take in those of one more ledger."""
        for each in aliases:
            self._by_alias.setdefault(each.alias, []).append(each)

    @property
    def names(self) -> set[str]:
        """All ids that are other names of items."""
        return set(self._by_alias)

    def __contains__(self, item_id: object) -> bool:
        """Whether an id is another name of an item."""
        return item_id in self._by_alias

    def meanings(self, item_id: str) -> Iterator[Meaning]:
        """The item of that id, on every day, and each that it turns out to be."""
        yield from self._meanings(Meaning(item_id, date.min), frozenset())

    def _meanings(self, meaning: Meaning, seen: frozenset[str]) -> Iterator[Meaning]:
        yield meaning
        seen |= {meaning.item_id}
        for each in self._by_alias.get(meaning.item_id, ()):
            start = max(meaning.start, each.known_from)
            end = min(meaning.end, each.known_to or FOREVER)
            if start < end and each.item_id not in seen:
                yield from self._meanings(Meaning(each.item_id, start, end), seen)

    def table(self) -> pd.DataFrame:
        """One row an alias, as the ledger ``item_alias`` declares it."""
        columns = LEDGERS["item_alias"].columns
        rows = [each for mine in self._by_alias.values() for each in mine]
        rows.sort(key=lambda each: (each.known_from, each.alias))
        return pd.DataFrame(
            {name: [getattr(row, name) for row in rows] for name in columns}, dtype=object
        )
