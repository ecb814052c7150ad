"""移交: a hazard that goes from one unit's ledger to another's is one record with two units.

Rows of two senders about one site, day and fault are one where the ledger of the first no longer
has it, or says 移交: from the day on which both is known. Where both go on having it (a joint
inspection), they are two, as each of them says. So they are where only he says 移交 to whom it is
said to have gone, and says so under his own account, or copies the row and waits for a list of the
other's that holds what is new alone: a unit would take another's overdue hazard from it, and have
it done. Where two units say so by their accounts, the office is asked: of what is owed neither is
rid by the other's word.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.identity import telling
from analysis.ingest.versions.identity.joining import HANDED_OVER, Handover, Join, Settled
from analysis.ingest.versions.identity.likeness.fields import (
    day_field,
    day_of,
    has_remark,
    rows_with_remark,
    strict_fields,
    text_fields,
)
from analysis.ingest.versions.identity.likeness.verdict import Verdict, compare
from analysis.ingest.versions.identity.matching import bigrams
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.identity.spelling import shared, site_name
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

Row = Mapping[str, Any]
#: With so many records a row is compared that says of itself that it was handed over.
MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class _Held:
    """A record as one sender has it: the positions of its rows in order of arrival."""

    name: str
    sender: str
    positions: list[int]


def handed_over(
    rows: pd.DataFrame, ledger: Ledger, names: list[str], joins: list[Join],
    aliases: list[Alias], findings: list[Finding], places: Places, doubts: list[Doubt],
    settled: Settled,
) -> list[Handover]:  # fmt: skip
    """Find the records that went to another unit; ``names`` are those of all rows.

    ``doubts`` takes what the office is asked, ``settled`` gives what it answered.
    A record that is another's from its first row on takes that name, in ``names``; one whose
    handing over is known later is joined with the other on that day. Each adds to what is told.
    """
    handed: list[Handover] = []
    if rows["sender"].nunique() < 2:
        return handed
    deliveries = _deliveries(rows, names)
    said = rows_with_remark(lambda name: rows[name].tolist() if name in rows else (), ledger)
    blocks = _shared_blocks(rows, ledger, names, deliveries, said)
    if not blocks:
        return handed
    days, remarks = rows["known_from"].tolist(), set(said)
    own = _of_units_themselves(rows)
    takes, of_office = remarks & own, remarks - own
    records = _rows_of(rows, ledger, blocks, remarks)
    asked: Counter[int] = Counter()
    for shared_block in blocks:
        for one, other in _pairs(*shared_block):
            if one.name == other.name:
                continue
            # first what costs little: most records of one site and day stand side by side for good
            first = other.positions[0]
            day = _known_on(one, other, records, deliveries, days, remarks, own)
            if day is None and (first not in takes or asked[first] >= MOST_ASKED):
                continue
            old, new = records[one.positions[0]], records[first]
            asked[first] += day is None
            if not _is_one(new, old, ledger):
                continue
            if day is None:
                findings.append(telling.not_handed_over(new, old, ledger, places))
                asked[first] = MOST_ASKED  # it is told of once
                continue
            if first in own and of_office.isdisjoint(one.positions):
                doubt = telling.handing(new, other.name, old, one.name, day, ledger)
                doubts.append(doubt)
                if (day := _granted_on(settled(doubt.key), day)) is None:
                    continue
            handed.append(Handover(one.name, day, other.sender))
            findings.append(telling.handed_over(new, old, one.name, ledger, places))
            if day <= days[other.positions[0]]:
                aliases.append(Alias(other.name, one.name, day, HANDED_OVER))
                for position in _all_of(other, names, rows):
                    names[position] = one.name
            else:
                joins.append(Join(other.name, one.name, day, HANDED_OVER))
            break
    return handed


def _granted_on(answers: Sequence[tuple[date, str | None]], day: date) -> date | None:
    """From when on a record is the other's: it is known, and the office says so in the end."""
    if not answers or answers[-1][1] != telling.GOES:
        return None
    return max(day, answers[-1][0])


def stays_handed(
    rows: pd.DataFrame, ledger: Ledger, names: Sequence[str], handovers: Sequence[Handover]
) -> list[Any]:
    """Whose each row is: who handed an item over and still lists it, does not take it back."""
    owners: list[Any] = rows[ledger.owner_column].tolist()
    senders, days = rows["sender"].tolist(), rows["known_from"].tolist()
    gone = {each.item_id: each for each in handovers}
    taken: dict[str, Any] = {}
    for position, name in enumerate(names):
        if name in gone and senders[position] == gone[name].sender:
            taken.setdefault(name, owners[position])
    for position, name in enumerate(names):
        is_others = name in taken and senders[position] != gone[name].sender
        if is_others and days[position] >= gone[name].day:
            owners[position] = taken[name]
    return owners


def _of_units_themselves(rows: pd.DataFrame) -> set[int]:
    """The rows that units sent under their own accounts."""
    if "is_by_unit" not in rows:
        return set()
    return {*np.flatnonzero(rows["is_by_unit"].eq(True).to_numpy()).tolist()}


def _pairs(own: Sequence[_Held], near: Sequence[_Held]) -> Iterator[tuple[_Held, _Held]]:
    """The records of two senders, each with every later one, in the order of their first rows; of
    those ``near`` only with one that is ``own``.
    """
    mine, everybody = _by_sender(own), _by_sender([*own, *near])
    are_own = {id(each) for each in own}
    for one in sorted([*own, *near], key=_first_row):
        later = (
            each
            for sender, theirs in (everybody if id(one) in are_own else mine).items()
            if sender != one.sender
            for each in theirs[bisect(theirs, one.positions[0], key=_first_row) :]
        )
        for other in sorted(later, key=_first_row):
            yield one, other


def _by_sender(held: Sequence[_Held]) -> dict[str, list[_Held]]:
    """The records of each sender in the order of their first rows."""
    found: dict[str, list[_Held]] = {}
    for each in sorted(held, key=_first_row):
        found.setdefault(each.sender, []).append(each)
    return found


def _first_row(held: _Held) -> int:
    return held.positions[0]


def _all_of(held: _Held, names: Sequence[str], rows: pd.DataFrame) -> list[int]:
    """Every row of a record of a sender's, also those that say another site or day."""
    return [
        position
        for position, (name, sender) in enumerate(zip(names, rows["sender"], strict=True))
        if name == held.name and sender == held.sender
    ]


def _shared_blocks(
    rows: pd.DataFrame, ledger: Ledger, names: Sequence[str],
    deliveries: Mapping[str, Sequence["_Delivery"]], said: Sequence[int],
) -> list[tuple[list[_Held], list[_Held]]]:  # fmt: skip
    """The records of one site and day that several senders have, where one of them may go.

    Where a row says 移交, its site need not be spelled as the other's: beside those of its site
    stand others' of its day whose site has two signs in common.
    """
    senders = rows["sender"].tolist()
    going = {(names[n], senders[n]) for n in said} | _gone(deliveries)
    is_going = np.array([each in going for each in zip(names, senders, strict=True)], bool)
    if not is_going.any():  # as in nearly every ledger, which need not be looked at any more
        return []
    blocks, keys = _blocks(rows, ledger)
    who = pd.DataFrame({"block": blocks, "sender": rows["sender"]}).drop_duplicates()
    shared = who.loc[who["block"].duplicated() & (who["block"] >= 0), "block"]
    wanted: dict[int, set[int]] = {int(block): set() for block in shared}
    places = _Sites(keys, who)
    for position in said:
        if (block := int(blocks[position])) >= 0:
            near = places.of_others(block, senders[position])
            wanted[block] = wanted.get(block, set()) | near
    of_going = set(blocks[is_going].tolist())
    wanted = {block: near for block, near in wanted.items() if ({block} | near) & of_going}
    shown = {each for block, near in wanted.items() for each in (block, *near)}
    held: dict[int, dict[tuple[str, str], _Held]] = {}
    for position in np.flatnonzero(np.isin(blocks, list(shown))).tolist():
        name, sender = names[position], senders[position]
        mine = held.setdefault(int(blocks[position]), {})
        mine.setdefault((name, sender), _Held(name, sender, [])).positions.append(position)
    return [
        (
            list(held[block].values()),
            [each for n in sorted(near - {block}) for each in held[n].values()],
        )
        for block, near in wanted.items()
    ]


class _Sites:
    """The blocks of each day, and whose records they hold."""

    def __init__(self, keys: Sequence[tuple[date, str]], who: pd.DataFrame) -> None:
        """``keys`` are day and site of each block; ``who`` has a row a block and sender."""
        self._keys = keys
        self._senders: dict[int, set[str]] = {}
        self._of_day: dict[date, list[int]] = {}
        for block, sender in zip(who["block"], who["sender"], strict=True):
            if block >= 0:
                self._senders.setdefault(int(block), set()).add(sender)
        for block in self._senders:
            self._of_day.setdefault(keys[block][0], []).append(block)
        self._others: dict[tuple[date, str], list[tuple[int, set[str]]]] = {}

    def of_others(self, block: int, sender: str) -> set[int]:
        """The blocks of its day in which others have records, whose sites have two signs of its
        own. A sender's own sites are none of them: of very many every one would be beside all.
        """
        day, site = self._keys[block]
        if (day, sender) not in self._others:
            self._others[day, sender] = [
                (n, bigrams(self._keys[n][1]))
                for n in self._of_day[day]
                if self._senders[n] - {sender}
            ]
        signs = bigrams(site)
        return {n for n, theirs in self._others[day, sender] if signs & theirs}


def _gone(deliveries: Mapping[str, Sequence["_Delivery"]]) -> set[tuple[str, str]]:
    """The records, each with its sender, that a later delivery of his no longer names."""
    gone: set[tuple[str, str]] = set()
    for sender, sent in deliveries.items():
        seen: set[str] = set()
        for each in sent:
            gone.update((name, sender) for name in seen - each.names)
            seen |= each.names
    return gone


def _blocks(
    rows: pd.DataFrame, ledger: Ledger
) -> tuple[npt.NDArray[np.int64], list[tuple[date, str]]]:
    """The block of each row, -1 where it says no day or no site; day and folded site of each."""
    day = day_field(ledger)
    sites, names = _folded(rows[list(strict_fields(ledger))])
    days, dates = pd.factorize(np.array(rows[day] if day else [None] * len(rows), dtype=object))
    pairs = np.where((sites < 0) | (days < 0), -1, days * len(names) + sites)
    blocks, found = pd.factorize(np.where(pairs < 0, np.nan, pairs))
    keys = [divmod(int(pair), len(names)) for pair in found]
    return blocks, [(dates[n], names[m]) for n, m in keys]


def _folded(columns: pd.DataFrame) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The sites of rows as numbers, and the folded name of each number."""
    codes, values = pd.MultiIndex.from_frame(columns).factorize()
    keys = [site_name(each) for each in values]
    numbers, names = pd.factorize(np.array([key or None for key in keys], dtype=object))
    return numbers[codes], list(names)


def _rows_of(
    rows: pd.DataFrame, ledger: Ledger, blocks: Sequence[tuple[list[_Held], list[_Held]]],
    said: set[int],
) -> dict[int, Row]:  # fmt: skip
    """The first and the last row of each record, and those that say 移交; what is asked of them."""
    wanted = sorted(
        {
            position
            for own, near in blocks
            for each in (*own, *near)
            for position in (
                each.positions[0],
                each.positions[-1],
                *said.intersection(each.positions),
            )
        }
    )
    names = dict.fromkeys(
        ("submission_id", "sheet", "row_no", "known_from", "sender", "sender_then", "item_id",
         "extra", *ledger.columns)
    )  # fmt: skip
    mine = rows.iloc[wanted][[name for name in names if name in rows]]
    records: list[dict[str, Any]] = mine.to_dict("records")  # type: ignore[assignment]
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
    words = [_words(row, ledger) for row in (new, old)]
    says_so = has_remark(new, ledger) or has_remark(old, ledger)
    if (3 if says_so else 2) * shared(*words) < min(map(len, words)):
        return False
    likeness = compare(new, old, ledger, says_so, True)
    least = Verdict.ALONE if says_so else Verdict.SAME
    return likeness.verdict >= least and day_of(new, ledger) == day_of(old, ledger)


def _words(row: Row, ledger: Ledger) -> str:
    """What is written of a fault, to see at a glance that two are not alike."""
    site = strict_fields(ledger)
    names = [name for name in text_fields(ledger) if name not in site]
    return "".join(str(row[name]) for name in names if not is_null(row[name]))


def _known_on(
    one: _Held, other: _Held, records: Mapping[int, Row],
    deliveries: Mapping[str, list[_Delivery]], days: Sequence[date], remarks: set[int],
    own: set[int],
) -> date | None:  # fmt: skip
    """The day on which it is known that the record went from one sender to the other.

    ``remarks`` are the rows that say so, ``own`` those that a unit sent itself: its word holds for
    what it gives away, and not for what it takes. Of such a row both must tell: it says 移交, and
    the other one's whole list has it no more.
    """
    begins = days[other.positions[0]]
    known = [max(days[position], begins) for position in one.positions if position in remarks]
    first = other.positions[0]
    if first in remarks and first not in own:
        known.append(begins)
    if first in own and first not in remarks:
        return min(known, default=None)
    last = records[one.positions[-1]]
    if "status" in last and last["status"] not in FINISHED:
        sent = deliveries.get(one.sender, ())
        known += _gone_on(one, begins, _whole(sent) if first in own else sent)
    return min(known, default=None)


def _whole(sent: Sequence[_Delivery]) -> list[_Delivery]:
    """The deliveries that speak of half at least of what the sender had sent before: a list of what
    is new, or of one item, leaves nothing out.
    """
    before: set[str] = set()
    whole = []
    for each in sent:
        if 2 * len(each.names & before) >= len(before):
            whole.append(each)
        before |= each.names
    return whole


def _gone_on(one: _Held, begins: date, sent: Sequence[_Delivery]) -> Iterator[date]:
    """The days on which the record is missing from its sender's last delivery."""
    seen = False
    for number, delivery in enumerate(sent):
        seen = seen or one.name in delivery.names
        until = sent[number + 1].day if number + 1 < len(sent) else date.max
        if seen and one.name not in delivery.names and until > begins:
            yield max(delivery.day, begins)
