"""What was known of units on one day: which names are one unit, and what it is called."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Literal

from analysis.ingest.doubts.doubt import Side
from analysis.ingest.units.names import Home, Name, read_name


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a file has it, from the day of receipt; ``aliases`` are those a roster gives.

    Of these ``former`` are the ones that it calls the unit's name of before: 原名, 更名前.
    """

    day: date
    text: str
    source: Literal["ledger", "plan", "roster"]
    side: Side
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A line of a roster by which a name is ``unit``'s; ``text`` is the name as written there.

    The line of a unit claims the unit's own name.
    """

    unit: Name
    text: str
    mention: Mention


#: A roster that lists so many of those of before is the whole list again.
STILL_LISTED = 0.8

#: The name of an alias → all who claim it, in order of receipt; whose own name it is, first.
Claims = Mapping[Name, Sequence[Claim]]


@dataclass(slots=True)
class State:
    """The units of one day.

    ``listed`` are the names that a roster gives as units of their own, ``contested`` those that
    several units claim. Of the names that are one unit, ``joined`` leads from each to the one that
    stands for all.
    """

    home: Home
    listed: frozenset[Name] = frozenset()
    contested: Claims = field(default_factory=dict)
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
    mentions: Sequence[Mention], home: Home, settled: Iterable[tuple[str, str]] = (),
    owners: Mapping[Name, Name] | None = None,
) -> State:  # fmt: skip
    """What follows from all that was said.

    ``settled`` are pairs that a person has called one, ``owners`` the units to whom a person has
    given an alias that several claim; one that is given to nobody is its own.
    """
    rosters = [each for each in mentions if each.source == "roster"]
    state = State(home, frozenset(read_name(each.text, home) for each in rosters))
    for one, other in settled:
        state.join(state.name(one), state.name(other))
    merged = _merged(rosters, state)
    state.listed -= merged.keys()
    for former, unit in merged.items():
        state.join((owners or {}).get(former) or unit, former)
    claims = _claims(rosters, state, merged)
    for alias, mine in claims.items():
        state.join((owners or {}).get(alias) or _holder(alias, mine, state), alias)
    state.contested = {
        alias: mine
        for alias, mine in claims.items()
        if len({state.root(claim.unit) for claim in mine if claim.unit not in merged}) > 1
    }
    for each in sorted(mentions, key=_standing):
        state.shown.setdefault(state.root(state.name(each.text)), each.text)
    for alias, (first, *_) in state.contested.items():
        state.shown.setdefault(state.root(alias), first.text)
    return state


def _merged(rosters: Sequence[Mention], state: State) -> dict[Name, Name]:
    """Units that were listed once, and that a later roster has as names of another unit instead.

    Only one that still lists the others says so: an addition of some lines takes no unit off. Of a
    name that it calls the unit's own of before, any roster says so.
    """
    lists: dict[tuple[date, str], dict[Name, Mention]] = {}
    for each in rosters:
        lists.setdefault((each.day, each.side.submission_id), {})[state.name(each.text)] = each
    merged: dict[Name, Name] = {}
    stood: dict[Name, Collection[Name]] = {}
    for _, listed in sorted(lists.items(), key=itemgetter(0)):
        former = {
            name: unit
            for unit, mention in listed.items()
            for name in map(state.name, mention.aliases)
            if name not in listed
        }
        renamed = {state.name(text) for each in listed.values() for text in each.former}
        for name, unit in former.items():
            others = set(stood.get(name, ())) - former.keys()
            is_whole = others and len(listed.keys() & others) >= STILL_LISTED * len(others)
            if is_whole or (name in renamed and name in stood):
                merged[name] = unit
        merged = {name: unit for name, unit in merged.items() if name not in listed}
        stood |= dict.fromkeys(listed, listed.keys())
    return merged


def _claims(
    rosters: Sequence[Mention], state: State, merged: Container[Name]
) -> dict[Name, list[Claim]]:
    """The claims to each alias, one of each unit; a unit that was merged has no name any more."""
    own: dict[Name, Claim] = {}
    for each in rosters:
        if (name := state.name(each.text)) not in merged:
            own.setdefault(name, Claim(name, each.text, each))
    claims: dict[Name, list[Claim]] = {}
    for each in rosters:
        unit = state.name(each.text)
        for text in each.aliases:
            alias = state.name(text)
            mine = claims.setdefault(alias, [own[alias]] if alias in own else [])
            if alias != unit and unit not in {claim.unit for claim in mine}:
                mine.append(Claim(unit, text, each))
    return {alias: mine for alias, mine in claims.items() if mine}


def _holder(alias: Name, claims: Sequence[Claim], state: State) -> Name:
    """Whose an alias is until somebody says so.

    A unit whose own name it is keeps it; so does the unit that had it before the others, since its
    figures were shown with it. What several claim on one day is a unit of its own: counted apart
    it is seen, and moves nobody's figures.
    """
    first = claims[0]
    if first.unit == alias or len({state.root(each.unit) for each in claims}) == 1:
        return first.unit
    is_first = all(first.mention.day < each.mention.day for each in claims[1:])
    return first.unit if is_first else alias


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
