"""A hazard that one found and another answers for: both list it, and it is one or two.

Whoever inspects lists what he found as the unit's that is to mend it; that unit tells of it in its
own ledger, under the same number or with the same words. Two senders' rows are two records until
the office says that they are one: else what a unit has done would never reach the item by which it
is pressed, and a unit that copies a number would have done what it has not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.versions.identity import telling
from analysis.ingest.versions.identity.joining import Join, Settled, answered
from analysis.ingest.versions.identity.likeness.fields import day_field, strict_fields
from analysis.ingest.versions.identity.likeness.verdict import Verdict, compare
from analysis.ingest.versions.identity.spelling import number_key, site_name
from analysis.ledgers import Ledger

#: By what two rows may be of one record: whose it is with its number, or with its day and site.
_Sign = tuple[str, Any, Any]
#: A unit has no more of one sign; a site with more faults of one day is compared in part.
MOST_COMPARED = 20


@dataclass(slots=True)
class _Held:
    """A record as one sender has it: the places of its rows in the order of arrival."""

    name: str
    positions: list[int]
    is_joined: bool = False


def asked_of_found(
    rows: pd.DataFrame, ledger: Ledger, names: Sequence[str], settled: Settled
) -> tuple[list[Doubt], list[Join]]:
    """The questions whether what one found is what the unit that answers for it tells of.

    ``rows`` stand in the order of arrival, with the columns of the ledger, ``sender`` and
    ``known_from``; ``names`` are those of the records. Each record is asked of once at most; what
    the office has answered makes the joins.
    """
    doubts: list[Doubt] = []
    joins: list[Join] = []
    found, own = _sides(rows, ledger, names)
    if not found or not own:
        return doubts, joins
    signs = _signs_of(rows, ledger)
    told: dict[_Sign, list[_Held]] = {}
    for held in own.values():
        for sign in signs(held.positions[0]):
            told.setdefault(sign, []).append(held)
    for one in found.values():
        for other in _candidates(signs(one.positions[0]), told):
            first, second = sorted((one, other), key=lambda held: held.positions[0])
            late = second.positions[0]
            before = max(at for at in first.positions if at < late)
            old, new = (_row(rows, at) for at in (before, late))
            if one.name == other.name or not _may_be_one(new, old, ledger):
                continue
            other.is_joined = True
            doubt = telling.found_for(new, second.name, old, first.name, ledger)
            doubts.append(doubt)
            joins += answered(second.name, first.name, settled(doubt.key))
            break
    return doubts, joins


def _sides(
    rows: pd.DataFrame, ledger: Ledger, names: Sequence[str]
) -> tuple[dict[str, _Held], dict[str, _Held]]:
    """What somebody found for another unit, and what such units tell of their own; by name."""
    owners, senders = rows[ledger.owner_column].tolist(), rows["sender"].tolist()
    found: dict[str, _Held] = {}
    bearers: set[str] = set()
    for at, (owner, sender) in enumerate(zip(owners, senders, strict=True)):
        if not is_null(owner) and owner != sender:
            found.setdefault(names[at], _Held(names[at], [])).positions.append(at)
            bearers.add(owner)
    own: dict[str, _Held] = {}
    for at, (owner, sender) in enumerate(zip(owners, senders, strict=True)):
        if sender in bearers and owner == sender and names[at] not in found:
            own.setdefault(names[at], _Held(names[at], [])).positions.append(at)
    return found, own


def _candidates(signs: Iterable[_Sign], told: Mapping[_Sign, Sequence[_Held]]) -> Iterator[_Held]:
    """The unit's own records that have a sign of one, the first first, each once."""
    seen: set[str] = set()
    for sign in signs:
        for held in told.get(sign, ())[:MOST_COMPARED]:
            if held.name not in seen and not held.is_joined:
                seen.add(held.name)
                yield held


def _signs_of(rows: pd.DataFrame, ledger: Ledger) -> Callable[[int], Iterator[_Sign]]:
    """What tells the signs of the row at a place; by columns: one row of a frame costs too much."""
    nothing: list[Any] = [None] * len(rows)
    owners, day_of = rows[ledger.owner_column].tolist(), day_field(ledger)
    days = rows[day_of].tolist() if day_of else nothing
    numbers = list(zip(*(rows[name].tolist() for name in ledger.key), strict=True)) or nothing
    sites = list(zip(*(rows[name].tolist() for name in strict_fields(ledger)), strict=True))

    def signs(at: int) -> Iterator[_Sign]:
        if number := _number(numbers[at] or ()):
            yield str(owners[at]), number, None
        if isinstance(days[at], date) and sites and (site := site_name(sites[at])):
            yield str(owners[at]), days[at], site

    return signs


def _number(parts: Iterable[Any]) -> tuple[str, ...] | None:
    """A number as it is compared; None where a part of it is missing."""
    said = [*parts]
    return None if any(map(is_null, said)) else number_key(map(str, said))


def _may_be_one(new: dict[str, Any], old: dict[str, Any], ledger: Ledger) -> bool:
    """As two ledgers of one sender would say; where number and words agree, so do other days."""
    numbers = [_number(row[name] for name in ledger.key) for row in (new, old)]
    is_numbered = None not in numbers and numbers[0] == numbers[1]
    least = Verdict.ALONE if is_numbered else Verdict.SAME
    return compare(new, old, ledger, is_numbered, None not in numbers).verdict >= least


def _row(rows: pd.DataFrame, at: int) -> dict[str, Any]:
    return {str(name): value for name, value in rows.iloc[at].to_dict().items()}
