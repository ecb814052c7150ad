"""What was known of units on one day: which names are one unit, and what it is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from analysis.ingest.doubts.doubt import Side
from analysis.ingest.units.names import Home, Name, read_name


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a file has it, from the day of receipt; ``aliases`` are those a roster gives."""

    day: date
    text: str
    source: Literal["ledger", "plan", "roster"]
    side: Side
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class State:
    """The units of one day.

    ``listed`` are the names that a roster gives as units of their own. Of the names that are
    one unit, ``joined`` leads from each to the one that stands for all.
    """

    home: Home
    listed: frozenset[Name] = frozenset()
    joined: dict[Name, Name] = field(default_factory=dict)
    shown: dict[Name, str] = field(default_factory=dict)

    def name(self, text: str) -> Name:
        """A spelling as it is compared."""
        return read_name(text, self.home)

    def root(self, name: Name) -> Name:
        """The name that stands for a unit."""
        while (above := self.joined.get(name, name)) != name:
            name = above
        return name

    def unit(self, text: str) -> str | None:
        """The shown name of the unit of which a text is a spelling; None for one unheard of."""
        return self.shown.get(self.root(self.name(text)))

    def is_turned_by(self, later: "State") -> bool:
        """Whether a later state has another name for a unit that this one knows."""
        return self.home != later.home or any(
            later.shown.get(later.root(name)) != self.shown[self.root(name)]
            for name in (*self.shown, *self.joined)
        )

    def join(self, one: Name, other: Name) -> None:
        """From now on both are one unit."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self.joined[second] = first


def state_of(
    mentions: Sequence[Mention], home: Home, settled: Iterable[tuple[str, str]] = ()
) -> State:
    """What follows from all that was said; ``settled`` are pairs that a person has called one.

    An alias belongs to the unit that claims it first, and never to one beside a unit of that name.
    """
    rosters = [each for each in mentions if each.source == "roster"]
    state = State(home, frozenset(read_name(each.text, home) for each in rosters))
    claimed: dict[Name, Name] = {}
    for each in rosters:
        unit = state.name(each.text)
        for alias in map(state.name, each.aliases):
            if alias not in state.listed and claimed.setdefault(alias, unit) == unit:
                state.join(unit, alias)
    for one, other in settled:
        state.join(state.name(one), state.name(other))
    for each in sorted(mentions, key=_standing):
        state.shown.setdefault(state.root(state.name(each.text)), each.text)
    return state


def _standing(mention: Mention) -> tuple[int, int, int, str]:
    """Whose way of writing is shown: the latest roster's, the plan's, else the first, the longest.

    Those of one standing stand in the order in which they came.
    """
    day = mention.day.toordinal()
    if mention.source == "roster":
        return 0, -day, 0, ""
    if mention.source == "plan":
        return 1, day, 0, ""
    return 2, day, -len(mention.text), mention.text
