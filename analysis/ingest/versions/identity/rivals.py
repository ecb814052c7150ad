"""Which of several is meant: what leaves it open that a row speaks of a record.

A number that slips by a line gives a row another's record, and the words of a pasted row are those
of the row that it was pasted from. So each row of a file is asked whether it names the record's
site and place more exactly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analysis.ingest.versions.identity.likeness.fields import day_of, loose_fields, strict_fields
from analysis.ingest.versions.identity.likeness.marks import numbers_agree
from analysis.ingest.versions.identity.likeness.sites import may_be_one_site
from analysis.ingest.versions.identity.likeness.verdict import Likeness, Verdict, compare
from analysis.ingest.versions.identity.likeness.words import place_words
from analysis.ingest.versions.identity.spelling import site_name
from analysis.ledgers import Ledger

Row = dict[str, Any]
#: Two of several that are so near each other in likeness cannot be told apart.
MARGIN = 0.05
#: Nor two of several of a site and day whose words alone would not do.
MARGIN_ALONE = 0.3


@dataclass(slots=True)
class Record:
    """A record as last seen: its name, its number, its words, the row that said them."""

    number: tuple[str, ...] | None
    words: tuple[str, ...]
    row: Row
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new row and a record: how like they are, by how much more than any other they must be."""

    rank: float
    index: int
    old: Record
    margin: float
    is_numbered: bool
    likeness: Likeness

    @property
    def is_vague(self) -> bool:
        """Whether the record does not say which of several things the new row may be."""
        return self.likeness.is_narrower


def is_one_of_several(one: Record, old: Record, others: Iterable[Record], ledger: Ledger) -> bool:
    """Whether a row says which of several is meant where the record does not, and stands beside
    another that may be meant as well: 观景台, then 1号观景台, 2号观景台.
    """
    if not ledger.wording or not compare(one.row, old.row, ledger, True, True).is_narrower:
        return False
    for other in others:
        if other is not one and may_be_one_site(site_of(other, ledger), site_of(old, ledger)):
            likeness = compare(other.row, old.row, ledger, False, False)
            if likeness.is_narrower and likeness.verdict >= Verdict.ALONE:
                return True
    return False


def has_nearer(one: Record, old: Record, others: Iterable[Record], ledger: Ledger) -> bool:
    """Whether another row of the day names the record's site and place more exactly than the row
    under its number does, and may be it: «钟楼» beside «钟鼓楼院内».
    """
    if not ledger.wording:
        return False
    likeness = compare(one.row, old.row, ledger, True, True)
    if likeness.place_rank >= (True, bool(place_words(old.row, ledger))):
        return False
    day, site = day_of(old.row, ledger), site_of(old, ledger)
    return any(
        day_of(other.row, ledger) == day
        and may_be_one_site(site_of(other, ledger), site)
        and _is_nearer(_likeness(other, old, ledger), likeness)
        for other in others
        if other is not one
    )


def _likeness(record: Record, old: Record, ledger: Ledger) -> Likeness:
    has_numbers = record.number is not None and old.number is not None
    is_numbered = numbers_agree(record.number, old.number)
    return compare(record.row, old.row, ledger, is_numbered, has_numbers)


def _is_nearer(other: Likeness, likeness: Likeness) -> bool:
    """Whether another row may be the record, and names its site and place more exactly."""
    may_be = other.verdict >= Verdict.DOUBT and other.is_of_day and not other.is_told_apart
    return may_be and other.place_rank > likeness.place_rank


def is_rival(other: Pair, pair: Pair) -> bool:
    """Whether another pair leaves it open that a pair is one."""
    if other is pair:
        return False
    if other.old is pair.old and _is_nearer(other.likeness, pair.likeness):
        return True
    is_asked = other.likeness.verdict is Verdict.DOUBT
    if is_asked and pair.is_vague and other.is_numbered and not pair.is_numbered:
        return not pair.likeness.is_of_day  # one has the number, one the words
    if is_asked and (pair.margin <= MARGIN or other.likeness.is_told_apart):
        return False
    if is_asked and pair.likeness.is_place_named and not other.likeness.is_one_place:
        return False
    return pair.rank - other.rank < pair.margin


def site_of(record: Record, ledger: Ledger) -> str:
    """The name of a record's site, as it is compared."""
    return site_name(record.row[name] for name in strict_fields(ledger))


def place_of(record: Record, ledger: Ledger) -> str:
    """The name of a record's place within its site, as sites are compared."""
    return site_name(record.row[name] for name in loose_fields(ledger))
