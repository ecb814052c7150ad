"""A hazard that one found and another answers for: both list it, and it is one or two.

Whoever inspects lists what he found as the unit's that is to mend it; that unit tells of it in its
own ledger, under the same number or with the same words. Two senders' rows are two records until
the office says that they are one: else what a unit has done would never reach the item by which it
is pressed, and a unit that copies a number would have done what it has not.
"""

from collections.abc import Iterator, Sequence
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
from analysis.ingest.versions.identity.spelling import number_key, site_key
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
    found, told = _sides(rows, ledger, names)
    for one in found.values():
        for other in _candidates(one, told, rows, ledger):
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
) -> tuple[dict[str, _Held], dict[_Sign, list[_Held]]]:
    """What somebody found for another unit by name, and what such units tell of by its signs."""
    owners, senders = rows[ledger.owner_column].tolist(), rows["sender"].tolist()
    found: dict[str, _Held] = {}
    bearers: set[str] = set()
    for at, (owner, sender) in enumerate(zip(owners, senders, strict=True)):
        if not is_null(owner) and owner != sender:
            found.setdefault(names[at], _Held(names[at], [])).positions.append(at)
            bearers.add(owner)
    own: dict[str, _Held] = {}
    told: dict[_Sign, list[_Held]] = {}
    for at, (owner, sender) in enumerate(zip(owners, senders, strict=True)):
        if sender not in bearers or owner != sender or names[at] in found:
            continue
        held = own.setdefault(names[at], _Held(names[at], []))
        held.positions.append(at)
        if len(held.positions) == 1:
            for sign in _signs(_row(rows, at), ledger):
                told.setdefault(sign, []).append(held)
    return found, told


def _candidates(
    one: _Held, told: dict[_Sign, list[_Held]], rows: pd.DataFrame, ledger: Ledger
) -> Iterator[_Held]:
    """The unit's own records that have a sign of one, the first first, each once."""
    seen: set[str] = set()
    for sign in _signs(_row(rows, one.positions[0]), ledger):
        for held in told.get(sign, [])[:MOST_COMPARED]:
            if held.name not in seen and not held.is_joined:
                seen.add(held.name)
                yield held


def _signs(row: dict[str, Any], ledger: Ledger) -> Iterator[_Sign]:
    owner = str(row[ledger.owner_column])
    if not any(is_null(row[name]) for name in ledger.key):
        yield owner, number_key(str(row[name]) for name in ledger.key), None
    day = row.get(day_field(ledger) or "")
    site = "".join(site_key(str(row[n])) for n in strict_fields(ledger) if not is_null(row[n]))
    if isinstance(day, date) and site:
        yield owner, day, site


def _may_be_one(new: dict[str, Any], old: dict[str, Any], ledger: Ledger) -> bool:
    """As two ledgers of one sender would say; where number and words agree, so do other days."""
    numbers = [
        None
        if any(is_null(row[name]) for name in ledger.key)
        else number_key(str(row[name]) for name in ledger.key)
        for row in (new, old)
    ]
    is_numbered = None not in numbers and numbers[0] == numbers[1]
    least = Verdict.ALONE if is_numbered else Verdict.SAME
    return compare(new, old, ledger, is_numbered, None not in numbers).verdict >= least


def _row(rows: pd.DataFrame, at: int) -> dict[str, Any]:
    return {str(name): value for name, value in rows.iloc[at].to_dict().items()}
