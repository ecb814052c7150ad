"""移交: a hazard that goes from one unit's ledger to another's is one record with two units.

Rows of two senders about one site, day and fault are one where the ledger of the first no longer
has it, or says 移交: from the day on which both is known. Where both go on having it (a joint
inspection), they are two, as each of them says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.identity import telling
from analysis.ingest.versions.identity.joining import Join
from analysis.ingest.versions.identity.likeness import (
    HANDED,
    Verdict,
    compare,
    day_field,
    day_of,
    has_remark,
    strict_fields,
)
from analysis.ingest.versions.identity.matching import bigrams
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.identity.spelling import site_key
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

WHY = "移交其他单位"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Held:
    """A record as one sender has it: the positions of its rows in order of arrival."""

    name: str
    sender: str
    positions: list[int]


def handed_over(
    rows: pd.DataFrame, ledger: Ledger, names: list[str], joins: list[Join],
    aliases: list[Alias], findings: list[Finding], places: Places,
) -> None:  # fmt: skip
    """Find the records that went to another unit; ``names`` are those of all rows.

    A record that is another's from its first row on takes that name, in ``names``; one whose
    handing over is known later is joined with the other on that day. Each adds to what is told.
    """
    blocks = _shared_blocks(rows, ledger, names)
    if not blocks:
        return
    days = rows["known_from"].tolist()
    deliveries = _deliveries(rows, names)
    for held in blocks:
        records = _rows_of(rows, held)
        for one, other in combinations(sorted(held, key=lambda each: each.positions[0]), 2):
            if one.sender == other.sender or one.name == other.name:
                continue
            old, new = records[one.positions[0]], records[other.positions[0]]
            if not _is_one(new, old, ledger):
                continue
            day = _known_on(one, other, records, deliveries, days, ledger)
            if day is None:
                continue
            findings.append(telling.handed_over(new, old, one.name, ledger, places))
            if day <= days[other.positions[0]]:
                aliases.append(Alias(other.name, one.name, day, WHY))
                for position in other.positions:
                    names[position] = one.name
            else:
                joins.append(Join(other.name, one.name, day, WHY))
            break


def _shared_blocks(rows: pd.DataFrame, ledger: Ledger, names: Sequence[str]) -> list[list[_Held]]:
    """The records of one site and day that several senders have.

    Where a row says 移交, its site need not be spelled as the other's: all of its day are looked
    at whose site has two signs in common.
    """
    days, sites = _days_and_sites(rows, ledger)
    senders = rows["sender"].tolist()
    who: dict[tuple[Any, Any], set[str]] = {}
    for key, sender in zip(zip(days, sites, strict=True), senders, strict=True):
        if None not in key:
            who.setdefault(key, set()).add(sender)
    wanted = {key: {key} for key, found in who.items() if len(found) > 1}
    for position in _with_remark(rows, ledger):
        key = days[position], sites[position]
        if None not in key:
            signs = bigrams(sites[position])
            near = {each for each in who if each[0] == key[0] and signs & bigrams(each[1])}
            wanted[key] = wanted.get(key, set()) | near
    held: dict[tuple[Any, Any], dict[tuple[str, str], _Held]] = {}
    shown = {key for keys in wanted.values() for key in keys}
    for position, key in enumerate(zip(days, sites, strict=True)) if shown else ():
        if key in shown:
            name, sender = names[position], senders[position]
            mine = held.setdefault(key, {})
            mine.setdefault((name, sender), _Held(name, sender, [])).positions.append(position)
    return [
        [each for key in sorted(keys) for each in held[key].values()] for keys in wanted.values()
    ]


def _days_and_sites(rows: pd.DataFrame, ledger: Ledger) -> tuple[list[Any], list[Any]]:
    """The day and the folded site of each row; None where it says none."""
    day = day_field(ledger)
    days = _keys(rows[day].tolist()) if day else [None] * len(rows)
    columns = [_keys(rows[name].tolist()) for name in strict_fields(ledger)]
    sites = ["".join(parts) if None not in parts else None for parts in zip(*columns, strict=True)]
    return days, sites or [None] * len(rows)


def _with_remark(rows: pd.DataFrame, ledger: Ledger) -> list[int]:
    """The rows that say that they were handed over."""
    found: set[int] = set()
    for name in (*ledger.fingerprint, "status_text"):
        if name in rows:
            values = rows[name].tolist()
            said = {v for v in set(values) if isinstance(v, str) and HANDED.search(v)}
            found |= {n for n, value in enumerate(values) if value in said} if said else set()
    return sorted(found)


def _keys(values: Sequence[Any]) -> list[Any]:
    spelt = {v: site_key(v) if isinstance(v, str) else v for v in set(values) if not is_null(v)}
    return [spelt.get(value) for value in values]


def _rows_of(rows: pd.DataFrame, held: Sequence[_Held]) -> dict[int, Row]:
    wanted = [position for each in held for position in each.positions]
    records: list[dict[str, Any]] = rows.iloc[wanted].to_dict("records")  # type: ignore[assignment]
    return dict(zip(wanted, records, strict=True))


@dataclass(frozen=True, slots=True)
class _Delivery:
    """The records that a sender's files of one day name; of files of several senders, all."""

    day: date
    names: set[str]


def _deliveries(rows: pd.DataFrame, names: Sequence[str]) -> dict[str, list[_Delivery]]:
    """What each sender sent, the first first.

    A file with rows of several senders is the office's: it speaks for all of them.
    """
    columns = [rows[name].tolist() for name in ("submission_id", "sender", "known_from")]
    senders_of: dict[str, set[str]] = {}
    files: dict[str, tuple[date, set[str]]] = {}
    for (submission, sender, day), name in zip(zip(*columns, strict=True), names, strict=True):
        senders_of.setdefault(submission, set()).add(sender)
        files.setdefault(submission, (day, set()))[1].add(name)
    mixed = {s for s, who in senders_of.items() if len(who) > 1}
    everybody = {sender for s in mixed for sender in senders_of[s]}
    found: dict[str, dict[date, set[str]]] = {}
    for submission, (day, mentioned) in files.items():
        whose = everybody if submission in mixed else senders_of[submission]
        for sender in whose:
            found.setdefault(sender, {}).setdefault(day, set()).update(mentioned)
    return {
        sender: [_Delivery(day, mentioned) for day, mentioned in sorted(by_day.items())]
        for sender, by_day in found.items()
    }


def _is_one(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two senders' rows speak of one fault: as two ledgers of one sender would."""
    says_so = has_remark(new, ledger) or has_remark(old, ledger)
    likeness = compare(new, old, ledger, says_so, True)
    return likeness.verdict is Verdict.SAME and day_of(new, ledger) == day_of(old, ledger)


def _known_on(
    one: _Held, other: _Held, records: Mapping[int, Row],
    deliveries: Mapping[str, list[_Delivery]], days: Sequence[date], ledger: Ledger,
) -> date | None:  # fmt: skip
    """The day on which it is known that the record went from one sender to the other."""
    begins = days[other.positions[0]]
    known = [
        max(days[position], begins)
        for position in one.positions
        if has_remark(records[position], ledger)
    ]
    if has_remark(records[other.positions[0]], ledger):
        known.append(begins)
    last = records[one.positions[-1]]
    if "status" in last and last["status"] not in FINISHED:
        known += _gone_on(one, begins, deliveries.get(one.sender, ()))
    return min(known, default=None)


def _gone_on(one: _Held, begins: date, sent: Sequence[_Delivery]) -> Iterator[date]:
    """The days on which the record is missing from its sender's last delivery."""
    seen = False
    for number, delivery in enumerate(sent):
        seen = seen or one.name in delivery.names
        until = sent[number + 1].day if number + 1 < len(sent) else date.max
        if seen and one.name not in delivery.names and until > begins:
            yield max(delivery.day, begins)
