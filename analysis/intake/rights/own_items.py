"""What an upload tells its sender: of its own items all, of another's that it is not its own.

To be read as the ingest will read it, an upload is laid beside whole files, a plan with the
measures of all units among them. What comes of it is cut down here, as the published books are
(``warehouse.share``), before anything is counted or put into words.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.ingest.assembly.assemble import Tables
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.units.register import Register
from analysis.ledgers import LEDGERS

_ITEMS = tuple(ledger for ledger in LEDGERS.values() if ledger.is_item)
#: Ledgers that no unit sends: beside what a file says of a register stands what that has of others.
_OF_THE_OFFICE = tuple(
    each for each in LEDGERS.values() if each.is_received and not each.is_sent_by_units
)
#: The books that speak of a place, each with the places that a row of it shows.
_SHOWS = {"quality": ("",), "doubt": ("", "other_")}


@dataclass(frozen=True, slots=True)
class Strangers:
    """The items that are not the sender's own by what was there before the upload.

    ``sent`` are the submissions that the sender sent, the upload's among them.
    """

    items: frozenset[str]
    sent: frozenset[str]

    def cut(self, tables: Tables) -> Tables:
        """The tables without what is the strangers', and without the office's own ledgers."""
        kept = tables | {each.name: tables[each.name].iloc[:0] for each in _OF_THE_OFFICE}
        for ledger in _ITEMS:
            table = tables[ledger.name]
            kept[ledger.name] = table[~table["item_id"].isin(self.items)]
        mine = {item for ledger in _ITEMS for item in kept[ledger.name]["item_id"]}
        for name, prefixes in _SHOWS.items():
            table = kept[name]
            is_told = [
                all(self._is_told(row, prefix, mine) for prefix in prefixes)
                for row in table.to_dict("records")
            ]
            kept[name] = table[pd.Series(is_told, table.index, dtype=bool)]
        told, asked = set(kept["doubt"]["doubt_key"]), set(tables["doubt"]["doubt_key"])
        hidden = kept["quality"]["doubt_key"].isin(asked - told)
        return kept | {"quality": kept["quality"][~hidden]}

    def _is_told(self, row: Mapping[Any, Any], prefix: str, mine: Collection[str]) -> bool:
        batch, item = row[f"{prefix}submission_id"], row[f"{prefix}item_id"]
        if is_null(batch):
            return True
        return item in mine if batch not in self.sent else item not in self.items


def strangers(tables: Tables, batches: Collection[str], unit: str, register: Register) -> Strangers:
    """What is not a unit's own; ``batches`` are those of its upload, whose claims do not count."""
    own = register.unit(unit)
    submissions = tables["submission"]
    sent = {
        batch
        for batch, sender in zip(submissions["submission_id"], submissions["unit"], strict=True)
        if batch in batches or (not is_null(sender) and register.unit(sender) == own)
    }
    last: dict[str, bool] = {}
    for item, owner, batch in _versions(tables):
        if batch not in batches:
            is_nobodys = is_null(owner)
            last[item] = batch in sent if is_nobodys else register.unit(owner) == own
    return Strangers(
        frozenset(item for item, is_own in last.items() if not is_own), frozenset(sent)
    )


def _versions(tables: Tables) -> Iterator[tuple[str, Any, str]]:
    """Item, unit and submission of each version, those of an item one after the other."""
    for ledger in _ITEMS:
        table = tables[ledger.name]
        columns = (table[name] for name in ("item_id", ledger.owner_column, "submission_id"))
        yield from zip(*columns, strict=True)
