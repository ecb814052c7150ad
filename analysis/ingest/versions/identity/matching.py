"""The rows of one submission against the records known so far: which is which.

First by what is the same, then by what a careful clerk would take for the same; each record at
most once, so that two alike in one ledger stay two. Only what the new file does not mention at all
can be one of its rows in other words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.days import (
    is_finished_before,
    is_slip_of_year,
    is_swapped,
    names_day,
)
from analysis.ingest.versions.identity.likeness.fields import (
    day_field,
    day_of,
    has_remark,
)
from analysis.ingest.versions.identity.likeness.marks import numbers_agree
from analysis.ingest.versions.identity.likeness.sites import may_be_one_site
from analysis.ingest.versions.identity.likeness.verdict import LIKE, Verdict, compare
from analysis.ingest.versions.identity.rivals import (
    MARGIN,
    MARGIN_ALONE,
    Pair,
    Record,
    Row,
    has_nearer,
    is_one_of_several,
    is_rival,
    place_of,
    site_of,
)
from analysis.ingest.versions.identity.spelling import folded, number_key, spelled
from analysis.ledgers import Ledger
from analysis.stores import TYPED_DECISION

#: So many of the likest are compared in full; a site with more on one day is no site.
MOST_COMPARED = 20
#: Of long texts fewer: a row is compared with so many signs in all, with three records at least.
MOST_SIGNS, FEWEST_COMPARED = 3000, 3
#: As long as the days of a find may be corrected by themselves.
WEEK = timedelta(7)
_TYPED = re.compile(TYPED_DECISION)


@dataclass(slots=True)
class Matches:
    """For each new row the record that it speaks of, or those that it may speak of."""

    found: list[Record | None]
    doubtful: dict[int, Record] = field(default_factory=dict)


def fresh(row: Row, ledger: Ledger) -> Record:
    """A row as a record that has no name yet."""
    numbers = [row[name] for name in ledger.key]
    number = None if not numbers or any(map(is_null, numbers)) else tuple(map(str, numbers))
    key = None if number is None else number_key(number)
    words = tuple(
        "" if is_null(row[name]) else folded(str(row[name])) for name in ledger.fingerprint
    )
    return Record(key, words, row)


def is_typed_in(row: Row) -> bool:
    """Whether the office typed a row in by itself, as a decision: for each unit that is to do the
    same there is one, and none says another thing of an earlier one.
    """
    return _TYPED.match(str(row.get("file") or "")) is not None


def _owner(record: Record, ledger: Ledger) -> Any:
    return record.row.get(ledger.owner_column) if ledger.owner_column else None


def match_same(
    new: Sequence[Record], known: Mapping[str, Record], ledger: Ledger
) -> list[Record | None]:
    """For each new row the record with its number or its words, where nothing speaks against it."""
    found: list[Record | None] = [None] * len(new)
    left = dict(known)
    used = {record.number for record in new if record.number}
    known_numbers = {record.number for record in known.values() if record.number}
    is_renumbered = not known_numbers & used

    def may_change_number(one: Record, old: Record) -> bool:
        """Whether a difference of numbers is a slip of the list, or the whole list was renumbered.

        Where a file holds the whole list, a number that is gone was changed.
        """
        if one.number is None or old.number is None or one.number == old.number:
            return True
        is_slip = old.number in used or one.number in known_numbers
        return is_slip or is_renumbered or ledger.is_sent_whole

    def take(candidates: Callable[[Record], Iterable[Record]]) -> None:
        for index, record in enumerate(new):
            if found[index] is None:
                match = next((old for old in candidates(record) if old.name in left), None)
                if match:
                    found[index] = match
                    del left[match.name]

    def unfound() -> Iterator[Record]:
        return (record for record, old in zip(new, found, strict=True) if old is None)

    def has_no_record(one: Record) -> bool:
        """Whether no record with a row's number may be the row's."""
        return not any(_may_be_one(one.row, o.row, ledger) for o in _of_number(by_number, one))

    by_number = _index(known.values(), lambda record: record.number)
    by_words = _index(known.values(), lambda record: record.words)
    by_owner = {} if ledger.key else _index(known.values(), lambda o: (o.words, _owner(o, ledger)))
    take(lambda one: (o for o in _of_number(by_number, one) if o.words == one.words))
    take(
        lambda one: (
            old
            for old in by_owner.get((one.words, _owner(one, ledger)), ())
            if any(one.words) and not is_finished_before(one.row, old.row, ledger)
        )
    )
    take(
        lambda one: (
            old
            for old in by_words.get(one.words, ())
            if any(one.words)
            and not is_typed_in(one.row)
            and may_change_number(one, old)
            and not is_finished_before(one.row, old.row, ledger)
        )
    )
    take(
        lambda one: (
            o
            for o in _of_number(by_number, one)
            if _may_be_one(one.row, o.row, ledger)
            and not is_one_of_several(one, o, unfound(), ledger)
            and not has_nearer(one, o, filter(has_no_record, unfound()), ledger)
        )
    )
    return found


def match_alike(new: Sequence[Record], left: Collection[Record], ledger: Ledger) -> Matches:
    """For each new row the record of ``left``, which no row of the new file has, that it means.

    ``left`` is in the order in which its records became known.
    """
    pairs: list[Pair] = []
    asked: list[Pair] = []
    candidates = _Candidates(left, ledger)
    for index, record in enumerate(new):
        for old in () if is_typed_in(record.row) else candidates.of(record):
            is_numbered = numbers_agree(record.number, old.number) or has_remark(record.row, ledger)
            has_numbers = record.number is not None and old.number is not None
            likeness = compare(record.row, old.row, ledger, is_numbered, has_numbers)
            if likeness.verdict >= Verdict.ALONE:
                is_sure = likeness.verdict is Verdict.SAME and not likeness.is_narrower
                margin = MARGIN if is_sure else MARGIN_ALONE
                pairs.append(Pair(likeness.rank, index, old, margin, is_numbered, likeness))
            elif likeness.verdict is Verdict.DOUBT:
                asked.append(Pair(likeness.rank, index, old, MARGIN, is_numbered, likeness))
    # Of those that are as like the latest; a name without a number is a hash, and in no order.
    latest = {old.name: -place for place, old in enumerate(left)}
    pairs.sort(key=lambda pair: (-pair.rank, pair.index, latest[pair.old.name]))
    asked.sort(key=lambda pair: (-pair.rank, latest[pair.old.name]))
    return _settle(len(new), pairs, asked)


def _settle(count: int, pairs: list[Pair], asked: list[Pair]) -> Matches:
    """The likest pairs first, as they stand; where two are as like, it is asked which is meant.

    What is one by its site and day alone must be likelier, too, than what is only ``asked`` and
    that nothing tells apart.
    """
    matches = Matches([None] * count)
    taken: set[str] = set()
    of_row, of_record = defaultdict(list), defaultdict(list)
    for pair in (*pairs, *asked):
        of_row[pair.index].append(pair)
        of_record[pair.old.name].append(pair)
    for pair in pairs:
        if (
            matches.found[pair.index] is not None
            or pair.old.name in taken
            or pair.index in matches.doubtful
        ):
            continue
        if any(
            is_rival(each, pair)
            and each.old.name not in taken
            and matches.found[each.index] is None
            for each in (*of_row[pair.index], *of_record[pair.old.name])
        ):
            matches.doubtful[pair.index] = pair.old
        else:
            matches.found[pair.index] = pair.old
            taken.add(pair.old.name)
    for pair in asked:
        if matches.found[pair.index] is None and pair.old.name not in taken:
            matches.doubtful.setdefault(pair.index, pair.old)
    return matches


class _Candidates:
    """The records of ``left`` that a row may mean: of its site, near its day or of its number."""

    def __init__(self, left: Collection[Record], ledger: Ledger) -> None:
        self.ledger = ledger
        self.sites: dict[str, list[Record]] = defaultdict(list)
        self.by_bigram: dict[str, list[str]] = defaultdict(list)
        self.near: dict[str, list[str]] = {}
        for record in left:
            for site in self._sites(record):
                self.sites[site].append(record)
        for site in self.sites:
            for pair in bigrams(site):
                self.by_bigram[pair].append(site)

    def of(self, new: Record) -> Iterator[Record]:
        """The likest of the candidates, by the signs that they share."""
        day, said = day_of(new.row, self.ledger), self._said(new)
        near = {
            old.name: old
            for mine in self._sites(new)
            for site in self._near_sites(mine)
            for old in self.sites[site]
        }
        found = [old for old in near.values() if self._is_near(new, old, day, said)]
        text = "".join(new.words)
        most = max(FEWEST_COMPARED, min(MOST_COMPARED, MOST_SIGNS // max(1, len(text))))
        if len(found) > most:
            mine = Counter(text)
            found.sort(key=lambda old: -(mine & Counter("".join(old.words))).total())
        yield from found[:most]

    def _near_sites(self, site: str) -> list[str]:
        if site not in self.near:
            mine = bigrams(site)
            common = Counter(other for pair in mine for other in self.by_bigram.get(pair, ()))
            self.near[site] = sorted(
                other
                for other, count in common.items()
                if 4 * count >= min(len(mine), len(bigrams(other))) and may_be_one_site(site, other)
            )
        return self.near[site]

    def _is_near(
        self, new: Record, old: Record, day: date | None, said: Sequence[str]
    ) -> bool:  # fmt: skip
        before = day_of(old.row, self.ledger)
        if (
            day is None
            or before is None
            or abs(day - before) <= WEEK
            or is_swapped(day, before)
            or is_slip_of_year(new.row, day, before)
            or names_day(new.row, before, self.ledger)
        ):
            return True
        # Of a far day: the same number, or the same words, which may be the same thing found again.
        return numbers_agree(new.number, old.number) or said == self._said(old)

    def _said(self, record: Record) -> tuple[str, ...]:
        day = day_field(self.ledger)
        pairs = zip(self.ledger.fingerprint, record.words, strict=True)
        return tuple(words for name, words in pairs if name != day)

    def _sites(self, record: Record) -> tuple[str, ...]:
        """The name of a record's site; of one without a site, also that of its place, which another
        list has as the site: one column 隐患部位 may be read as either.
        """
        site = site_of(record, self.ledger)
        place = "" if site else place_of(record, self.ledger)
        return (site, place) if place else (site,)


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring signs in a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def _of_number(by_number: Mapping[Any, list[Record]], record: Record) -> Sequence[Record]:
    return by_number.get(record.number, ()) if record.number else ()


def _index(records: Iterable[Record], key: Callable[[Record], Any]) -> dict[Any, list[Record]]:
    index: dict[Any, list[Record]] = {}
    for record in records:
        index.setdefault(key(record), []).append(record)
    return index


def _may_be_one(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two rows under one number may be one: each field that a number is trusted by agrees.

    What may be put in other words is judged as a clerk would.
    """
    if ledger.wording:
        return compare(new, old, ledger, True, True).verdict is Verdict.SAME
    return all(_agree(new[name], old[name]) for name in ledger.guard)


def _agree(one: Any, other: Any) -> bool:
    if is_null(one) or is_null(other):
        return True
    if not isinstance(one, str):
        return bool(one == other)
    first, second = folded(one), folded(str(other))
    if first == second:
        return True
    marks, others = spelled(one), spelled(str(other))
    if (marks.floors, marks.labels) != (others.floors, others.labels):
        return False
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE
