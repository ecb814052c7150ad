"""What figures are about: the page's address → its scope; the account → whose rows it reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from analysis.errors import AddressError
from analysis.ledgers import ITEM_KIND
from analysis.warehouse.scope import Scope
from analysis.wording.characters import without_odd
from analysis.wording.labels import ITEM_LABELS
from analysis.wording.values import written_day

#: Where every page keeps its address, and the publication that it shows.
LOCATION, PUBLICATION = "shell-location", "shell-publication"
#: Column → what its chooser is called; each is narrowed to one value or to none.
CHOOSERS = {
    name: ITEM_LABELS[name]
    for name in ("region", "plan", "unit", "township", "site_kind", "category", "level")
}
#: No name in a ledger is longer; what is, is nonsense.
LONGEST = 100
#: Of what cannot be read so much is said again.
LONGEST_SHOWN = 30
#: What the switch at the top offers; the first stands for no filter.
KINDS = {"all": "全部事项", **ITEM_KIND.labels}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for; ``since`` is the day that changes are told from, where one is.

    ``faults`` say what of it cannot be read: no scope is made of such an address.
    """

    as_of: date | None = None
    known_on: date | None = None
    since: date | None = None
    kind: str = "all"
    chosen: Mapping[str, str] = field(default_factory=dict)
    meeting: bool = False
    faults: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Mapping[str, str | None]) -> "Address":
        """Read the query part; what is not there falls back to the default."""
        kind = query.get("kind") or "all"
        chosen = {name: without_odd(query.get(name) or "") for name in CHOOSERS}
        return cls(
            _day(query.get("as_of")),
            _day(query.get("known_on")),
            _day(query.get("since")),
            kind if kind in KINDS else "all",
            {name: value for name, value in chosen.items() if 0 < len(value) <= LONGEST},
            query.get("meeting") == "1",
            (*_faults(query, kind), *_too_long(chosen)),
        )

    @classmethod
    def of_search(cls, search: str | None) -> "Address":
        """Read the query part as a browser has it: «?as_of=…»."""
        is_text = isinstance(search, str)
        return cls.read(dict(parse_qsl(search.removeprefix("?"))) if is_text and search else {})

    @classmethod
    def of(cls, scope: Scope) -> "Address":
        """The address of a scope, its day named."""
        filters = {name: values[0] for name, values in scope.filters.items()}
        kind = filters.pop("kind", "all")
        return cls(scope.as_of, scope.known_on, scope.since, kind, filters)

    def moved(self, control: str, value: str | None) -> "Address":
        """The address after one control was set; only what was set changes."""
        if control in CHOOSERS:
            rest = {name: v for name, v in self.chosen.items() if name != control}
            return replace(self, chosen=rest | ({control: value} if value else {}))
        if control == "kind":
            return replace(self, kind=value if value in KINDS else "all")
        day = _day((value or "")[:10])
        if control == "as_of":
            return replace(self, as_of=day)
        return replace(self, since=day) if control == "since" else replace(self, known_on=day)

    def scope(self, default_day: date) -> Scope:
        """The scope, for ``default_day`` where no day is asked for.

        Raises:
            AddressError: the address cannot be read.

        """
        if self.faults:
            raise AddressError("".join(self.faults))
        filters = {} if self.kind == "all" else {"kind": (self.kind,)}
        filters |= {name: (value,) for name, value in self.chosen.items()}
        return Scope(self.as_of or default_day, self.known_on, filters, self.since)

    def search(self) -> str:
        """The address's query part, with only what differs from the default."""
        parts = {"as_of": self.as_of, "known_on": self.known_on, "since": self.since}
        query = {name: day.isoformat() for name, day in parts.items() if day}
        if self.kind != "all":
            query["kind"] = self.kind
        if self.meeting:
            query["meeting"] = "1"
        query |= {name: self.chosen[name] for name in CHOOSERS if name in self.chosen}
        return f"?{urlencode(query)}" if query else ""


def _faults(query: Mapping[str, str | None], kind: str) -> Iterator[str]:
    """What is there and cannot be what it should be, each in one sentence."""
    for name in ("as_of", "known_on", "since"):
        text = query.get(name)
        if text and _day(text) is None:
            yield f"网址里的 {name}=“{_shown(text)}”不是日期，请写成 2023-11-15 的样子。"
    if kind not in KINDS:
        yield f"网址里的 kind=“{_shown(kind)}”不是一类事项，可用的有：{'、'.join(KINDS)}。"


def _too_long(chosen: Mapping[str, str]) -> Iterator[str]:
    for name, value in chosen.items():
        if len(value) > LONGEST:
            yield f"网址里的{CHOOSERS[name]}“{_shown(value)}”太长，没有这样的名称。"


def _shown(text: str) -> str:
    return without_odd(text)[:LONGEST_SHOWN]


def _day(text: str | None) -> date | None:
    """The day, within the century in which ledgers are kept on computers."""
    try:
        day = written_day(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def pixels(text: str) -> int:
    """How much room a browser says there is; nought where it says nothing, or no such number."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
