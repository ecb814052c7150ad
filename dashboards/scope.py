"""The page's address → the scope of its figures: which day, what was known, which items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from analysis.ledgers.codes import ITEM_KIND
from analysis.warehouse.catalog import Scope

#: What the switch at the top offers; the first stands for no filter.
KINDS = {"all": "全部事项", **ITEM_KIND.labels}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for; a day that cannot be read is no day."""

    as_of: date | None = None
    known_on: date | None = None
    kind: str = "all"

    @classmethod
    def read(cls, query: Mapping[str, str | None]) -> "Address":
        """Read the query part; what is unknown or malformed falls back to the default."""
        kind = query.get("kind") or "all"
        return cls(
            _day(query.get("as_of")), _day(query.get("known_on")), kind if kind in KINDS else "all"
        )

    def scope(self, default_day: date) -> Scope:
        """The scope, for ``default_day`` where no day is asked for."""
        filters = {} if self.kind == "all" else {"kind": (self.kind,)}
        return Scope(self.as_of or default_day, self.known_on, filters)

    def search(self) -> str:
        """The address's query part, with only what differs from the default."""
        parts = {"as_of": self.as_of, "known_on": self.known_on}
        query = {name: day.isoformat() for name, day in parts.items() if day}
        if self.kind != "all":
            query["kind"] = self.kind
        return f"?{urlencode(query)}" if query else ""


def _day(text: str | None) -> date | None:
    """The day, within the century in which ledgers are kept on computers."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
