"""Which submissions of a ledger belong together: those whose records may be one another's.

Units number their records each for itself, so that a ledger falls apart into its senders. Those
who share a sheet, a name at some time, or a site and day of which one no longer has what he had
(then it may have gone to the other), or has what the other is to answer for, are one group. What
is derived of a group depends on nothing outside it, so it stands as long as none of its files
changes: a new file costs what its group holds.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from analysis.ingest.assembly.gist import Meeting, goes_from_unit_to_unit
from analysis.ingest.assembly.sending import Sent
from analysis.ingest.read_file import Submission
from analysis.ledgers import Ledger

Numbers = npt.NDArray[np.uint64]
#: Spreads a number of 32 bits over 64 (2**64 divided by the golden ratio).
_SPREAD = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions of one ledger in order of receipt; ``senders`` as they are written.

    ``is_steady``: nothing in it is taken back or waits, so that its records are called the same in
    every era of the history.
    """

    ledger: Ledger
    submissions: Sequence[Submission]
    senders: frozenset[str]
    is_steady: bool = True

    @property
    def batches(self) -> frozenset[str]:
        """The ids of its submissions."""
        return frozenset(each.facts["submission_id"] for each in self.submissions)


def groups_of(ledger: Ledger, sent: Sent) -> list[Group]:
    """The groups of a ledger, each in order of receipt; in the order of their first submissions."""
    submissions = sent.of(ledger)
    senders = [sent.senders_in(each, ledger) for each in submissions]
    sets = _Sets(len(submissions))
    if ledger.numbered_by == "office" or ledger.is_planned:
        sets.join(range(len(submissions)))
    else:
        _by_name(sets, senders, submissions, sent)
        if goes_from_unit_to_unit(ledger):
            _by_place(sets, senders, submissions, sent)
            _by_finding(sets, senders, submissions, sent)
    return [
        Group(
            ledger, [submissions[n] for n in members],
            frozenset[str]().union(*(senders[n] for n in members)),
        )
        for members in sets.all()
    ]  # fmt: skip


def together(ledger: Ledger, groups: Sequence[Group], sent: Sent) -> Group:
    """Several groups of a ledger as one, which is not steady."""
    batches = frozenset[str]().union(*(each.batches for each in groups))
    mine = [each for each in sent.of(ledger) if each.facts["submission_id"] in batches]
    senders = frozenset[str]().union(*(each.senders for each in groups))
    return Group(ledger, mine, senders, is_steady=False)


def _by_name(
    sets: "_Sets", senders: Sequence[set[str]], submissions: Sequence[Submission], sent: Sent
) -> None:
    """Join those whose senders have a name in common, now or at some time."""
    register = sent.register
    names: dict[str, set[str]] = {}
    first: dict[Hashable, int] = {}
    for n, (written, each) in enumerate(zip(senders, submissions, strict=True)):
        # A sheet without a row is its sender's delivery all the same.
        for text in written or {each.facts["unit"] or ""}:
            if text not in names:
                known = {name for _, name in register.names_of(text)} if text else set()
                names[text] = {text, *known, register.unit(text) if text else ""}
            for name in names[text]:
                sets.join([first.setdefault(name, n), n])


def _by_place(
    sets: "_Sets", senders: Sequence[set[str]], submissions: Sequence[Submission], sent: Sent
) -> None:
    """Join those that have a hazard of one site and day which one of them no longer names; where
    one speaks of 移交, of one day. What stays with both is of both, and nobody's to hand over.
    """
    groups = [list(members) for members in sets.all()]
    if len(groups) < 2:
        return
    meetings = [sent.gists[each.facts["submission_id"]].meeting() for each in submissions]
    places = [_distinct(np.frombuffer(meetings[n].places, "Q") for n in group) for group in groups]
    of_days = [each.facts["received_on"] for each in submissions]
    going = [
        mine
        if any(len(senders[n]) > 1 for n in group)
        else _left([(of_days[n], meetings[n]) for n in group])
        for group, mine in zip(groups, places, strict=True)
    ]
    places = [each[np.isin(each, _distinct(going))] for each in places]
    days = [_distinct(np.frombuffer(meetings[n].days, "I") for n in group) for group in groups]
    told = {day for meeting in meetings for day in meeting.handed_on}
    days = [each[np.isin(each, np.array(sorted(told), "Q"))] for each in days]
    for numbers in (places, days):
        for shared in _shared(numbers):
            sets.join(groups[n][0] for n in shared)


def _by_finding(
    sets: "_Sets", senders: Sequence[set[str]], submissions: Sequence[Submission], sent: Sent
) -> None:
    """Join who lists hazards as others' with those others, where they share a site and day."""
    gists = [sent.gists[each.facts["submission_id"]] for each in submissions]
    unit = cache(sent.register.unit)
    own = [{unit(name) for name in each} for each in senders]
    bearers = [
        {unit(name) for name in gist.owners if name} - mine
        for gist, mine in zip(gists, own, strict=True)
    ]
    if not any(bearers):
        return
    groups = [list(members) for members in sets.all()]
    wanted = [set[str]().union(*(bearers[n] for n in group)) for group in groups]
    names = [set[str]().union(*(own[n] for n in group)) for group in groups]
    meetings = [gist.meeting() for gist in gists]
    places = [_distinct(np.frombuffer(meetings[n].places, "Q") for n in group) for group in groups]
    for finder, group in enumerate(groups):
        for other, members in enumerate(groups):
            is_meant = other != finder and not wanted[finder].isdisjoint(names[other])
            if is_meant and np.isin(places[finder], places[other], assume_unique=True).any():
                sets.join([group[0], members[0]])


def _left(meetings: Sequence[tuple[date, Meeting]]) -> Numbers:
    """The places of which the sheets of a later day no longer have a row that earlier ones had.

    A file of several senders speaks for all of them: they are not asked here.
    """
    seen: dict[int, int] = {}
    left: set[int] = set()
    for _, of_a_day in groupby(sorted(meetings, key=itemgetter(0)), key=itemgetter(0)):
        now = _rows([each for _, each in of_a_day])
        left.update(seen[row] for row in seen.keys() - now.keys())
        seen |= now
    return np.array(sorted(left), "Q")


def _rows(meetings: Sequence[Meeting]) -> dict[int, int]:
    """A number for each row of some sheets, and its place; of two that say the same each has one,
    since one of them may go.
    """
    places = np.frombuffer(b"".join(each.places for each in meetings), "Q")
    words = np.frombuffer(b"".join(each.words for each in meetings), "I")
    numbers = places ^ (words.astype("Q") * np.uint64(_SPREAD))
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    again = np.arange(len(numbers)) - np.searchsorted(numbers, numbers)
    return dict(zip((numbers + again.astype("Q")).tolist(), places[order].tolist(), strict=True))


def _distinct(arrays: Iterable[npt.NDArray[np.unsignedinteger]]) -> Numbers:
    found = np.concatenate([np.empty(0, "Q"), *arrays])
    return np.unique(found.astype("Q"))


def _shared(numbers: Sequence[Numbers]) -> list[list[int]]:
    """The owners of each number that several have."""
    owners = np.repeat(np.arange(len(numbers)), [len(each) for each in numbers])
    values, counts = np.unique(np.concatenate([np.empty(0, "Q"), *numbers]), return_counts=True)
    several = values[counts > 1]
    if not len(several):
        return []
    everything = np.concatenate(numbers)
    return [owners[everything == value].tolist() for value in several]


class _Sets:
    """Disjoint sets of the first numbers."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def join(self, members: Iterable[int]) -> None:
        """Make one set of those in which the members are."""
        roots = [self._root(each) for each in members]
        for root in roots[1:]:
            one, other = self._root(roots[0]), self._root(root)
            self._above[max(one, other)] = min(one, other)

    def all(self) -> list[list[int]]:
        """The sets, in the order of their first members."""
        found: dict[int, list[int]] = {}
        for each in range(len(self._above)):
            found.setdefault(self._root(each), []).append(each)
        return list(found.values())

    def _root(self, each: int) -> int:
        while self._above[each] != each:
            self._above[each] = self._above[self._above[each]]
            each = self._above[each]
        return each
