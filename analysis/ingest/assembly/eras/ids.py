"""The ids that rows have had, carried from era to era: one that was published never changes.

Where a file that was first to speak of an item is taken back, the item goes on by its id; where
the row that made two one is taken back, each has its own again; no id is ever given to another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.ingest.versions.identity.joining import FOUND_ONE, HANDED_OVER
from analysis.ingest.versions.identity.naming import Alias
from analysis.ledgers import Ledger

#: Which row of which sheet, and the how manieth record of that row.
Place = tuple[str, int, int]
CALLED, COPY = "called", "copy_no"


@dataclass(slots=True)
class Ids:
    """What every row was called in the last era that had it, and the other names of items."""

    rows: dict[str, dict[Place, str]] = field(default_factory=dict)
    aliases: dict[tuple[str, str], Alias] = field(default_factory=dict)

    def onto(self, rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        """Rows with ``called``, the id that each had; None of a row that had none."""
        if not ledger.is_item:
            return rows
        copies = rows.groupby(["submission_id", "row_no"], sort=False).cumcount()
        rows = rows.assign(**{COPY: copies.astype(object)})
        known = self.rows.get(ledger.name, {})
        called = pd.Series([known.get(place) for place in _places(rows)], rows.index, dtype=object)
        return rows.assign(**{CALLED: called})

    def given(self, ledger: Ledger) -> frozenset[str]:
        """All ids that rows of a ledger have."""
        return frozenset(self.rows.get(ledger.name, {}).values())

    def note(self, rows: pd.DataFrame, ledger: Ledger, aliases: Iterable[Alias] = ()) -> None:
        """Keep how the rows of an era are called; ``rows`` are those of ``onto``, named.

        What is another sender's item by ``aliases`` is kept as its own sender called it: under one
        id the rows of two senders would be two claims to it in the next era.
        """
        if ledger.is_item:
            pairs = zip(_places(rows), _own_names(rows, aliases), strict=True)
            self.rows.setdefault(ledger.name, {}).update(pairs)

    def changed(self, rows: pd.DataFrame, since: Alias) -> list[Alias]:
        """An alias for each id that a row had before, and no item has now.

        ``since`` gives day and reason.
        """
        now = set(rows["name"])
        pairs = dict(zip(rows[CALLED], rows["name"], strict=True))
        return [
            replace(since, alias=old, item_id=new)
            for old, new in pairs.items()
            if old is not None and old not in now
        ]

    def carried(self, found: Iterable[Alias], items: set[str]) -> list[Alias]:
        """The aliases of earlier eras that still lead to an item, where nobody has the name now."""
        taken = items | {each.alias for each in found}
        return [
            each
            for each in self.aliases.values()
            if each.item_id in items and each.alias not in taken
        ]

    def note_aliases(self, found: Iterable[Alias]) -> None:
        """Keep the other names of items that an era knows."""
        for each in found:
            self.aliases.setdefault((each.alias, each.item_id), each)


def _own_names(rows: pd.DataFrame, aliases: Iterable[Alias]) -> list[str]:
    """The ids of rows; of those that are another sender's item, what their own sender called them.

    What was handed over is such, and what one found and another tells of, where they are one.
    """
    names: list[str] = rows["name"].tolist()
    own: dict[tuple[str, str], str] = {}
    for each in aliases:
        if each.why in (HANDED_OVER, FOUND_ONE):
            for sender in {*_senders(each.alias)} - {*_senders(each.item_id)}:
                own[each.item_id, sender] = each.alias
    if not own:
        return names
    pairs = zip(names, rows["sender"], strict=True)
    return [own.get((name, str(sender)), name) for name, sender in pairs]


def _senders(name: str) -> list[str]:
    """Whose an id may be: H-县教育局-YH-7 is 县教育局's, as far as the signs tell."""
    parts = name.split("-")
    return ["-".join(parts[1:end]) for end in range(2, len(parts))]


def _places(rows: pd.DataFrame) -> Iterable[Place]:
    columns = (rows[name] for name in ("submission_id", "row_no", COPY))
    return zip(*columns, strict=True)
