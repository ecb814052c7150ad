"""漏报: what a sender's ledgers of a half month leave out although it is not closed.

It is known from the day after the due day of the half month, since a ledger may come in parts on
several days. The record stays current and is told of: it never vanishes from the figures. What
only brings new rows, or one item's news, is no whole list and leaves nothing out; that no whole
list came is told once. Of what a plan lays down nothing vanishes: 本期未报进展.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Place
from analysis.ingest.periods.deliveries import Delivery
from analysis.ingest.periods.half_months import Calendar, HalfMonth
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

#: The half-open spans of days on which it is open whether a record is another.
InDoubt = Mapping[str, Sequence[tuple[date, date]]]
NO_DOUBT: InDoubt = {}
#: A file with no more than one known item in so many is no whole list: news, or new rows.
FEW = 5


@dataclass(frozen=True, slots=True)
class _Mention:
    """The records that one delivery speaks of; ``days`` when each was found, where that is said."""

    delivery: Delivery
    names: frozenset[str]
    days: dict[str, date]


@dataclass(slots=True)
class _Known:
    """What is known of a record on the day at hand: when it was first and last spoken of.

    ``holders`` are the senders that speak of it in the last half month in which anybody does.
    """

    first: HalfMonth
    last: HalfMonth
    holders: set[str] = field(default_factory=set)


def left_out(
    rows: pd.DataFrame,
    versions: pd.DataFrame,
    ledger: Ledger,
    deliveries: Iterable[Delivery],
    calendar: Calendar,
    in_doubt: InDoubt = NO_DOUBT,
) -> list[Finding]:
    """Records that the ledgers of a half month leave out although they are not closed.

    ``rows`` are all rows of the ledger in order of receipt, with ``sender`` and the ``name`` of
    their record; ``deliveries`` are all its submissions, also those without a row. Nothing is
    told of a record while it is not settled whether it is another (``in_doubt``).
    """
    by_sender: dict[str, list[Delivery]] = {}
    for each in sorted(deliveries, key=lambda delivery: delivery.received_on):
        by_sender.setdefault(each.sender, []).append(each)
    again = [s for s, each in by_sender.items() if len({d.half_month for d in each}) > 1]
    if not again:
        return []
    mentions = _mentions(rows, ledger, by_sender, again)
    records = _Records(versions, ledger, {n for each in mentions for n in each.names})
    return [
        finding
        for sender in sorted(again)
        for finding in _Sender(
            sender, by_sender[sender], mentions, records, ledger, calendar, in_doubt
        ).findings()
    ]


def _mentions(
    rows: pd.DataFrame, ledger: Ledger, by_sender: dict[str, list[Delivery]], again: Sequence[str]
) -> list[_Mention]:
    """What each delivery speaks of, of the records of these senders, in order of receipt."""
    mine = set(rows.loc[rows["sender"].isin(again), "name"])
    rows = rows[rows["name"].isin(mine)]
    found = ledger.deadline_from
    columns = ["submission_id", "sender", "name", *([found] if found else [])]
    spoken: dict[tuple[str, str], dict[str, date | None]] = {}
    for submission_id, sender, name, *day in rows[columns].itertuples(index=False, name=None):
        spoken.setdefault((submission_id, sender), {})[name] = day[0] if day else None
    mentions = []
    for each in (delivery for all_of_one in by_sender.values() for delivery in all_of_one):
        names = spoken.get((each.submission_id, each.sender), {})
        days = {name: day for name, day in names.items() if day is not None and day == day}
        mentions.append(_Mention(each, frozenset(names), days))
    return sorted(mentions, key=lambda mention: mention.delivery.received_on)


class _Records:
    """How each record stood on a day, and the row that said so."""

    def __init__(self, versions: pd.DataFrame, ledger: Ledger, names: Collection[str]) -> None:
        self._ledger = ledger
        self._versions = versions
        mine = versions[versions["name"].isin(set(names))]
        columns = ["name", "known_from", *(("status", "closed_on") if ledger.is_item else ())]
        self._states: dict[str, list[tuple[date, Any, Any, Any]]] = {}
        for index, row in zip(mine.index, mine[columns].itertuples(index=False), strict=True):
            name, day, *said = row
            self._states.setdefault(name, []).append((day, index, *(said or (None, None))))

    def is_open(self, name: str, day: date) -> bool:
        """Whether something is still to be said of it: neither closed nor struck off by then."""
        states = [state for state in self._states.get(name, ()) if state[0] <= day]
        if not states:
            return False
        *_, status, closed_on = states[-1]
        done = ("closed", "void", *(FINISHED if self._ledger.is_planned else ()))
        return status not in done and is_null(closed_on)

    def last(self, name: str, day: date) -> Any:
        """The row of its last version by a day."""
        index = [state[1] for state in self._states[name] if state[0] <= day][-1]
        return self._versions.loc[index]


@dataclass
class _Sender:
    """One sender's deliveries, gone through day by day."""

    sender: str
    deliveries: Sequence[Delivery]
    mentions: Sequence[_Mention]
    records: _Records
    ledger: Ledger
    calendar: Calendar
    in_doubt: InDoubt

    def findings(self) -> Iterator[Finding]:
        """What is missing, and what is found again, each with the day from which it is known."""
        self.own = [each for each in self.mentions if each.delivery.sender == self.sender]
        names = frozenset[str]().union(*(each.names for each in self.own))
        self.all = [each for each in self.mentions if each.names & names]
        self.known: dict[str, _Known] = {}
        self.judged: dict[HalfMonth, tuple[int, bool]] = {}
        missing: set[str] = set()
        told: set[HalfMonth] = set()
        seen = 0
        for day in self._days():
            while seen < len(self.all) and self.all[seen].delivery.received_on <= day:
                self._hear(self.all[seen], names)
                seen += 1
            half, partial = self._whole_by(day)
            if self.ledger.is_planned:
                if half and half not in told:
                    told.add(half)
                    for name in sorted(self._left_out(half, day)):
                        yield self._missing(name, half, day)
                continue
            for each in sorted(partial - told):
                yield from self._in_parts(each, day)
            told |= partial
            now = self._left_out(half, day) if half else set()
            for name in sorted(now - missing):
                if half:
                    yield self._missing(name, half, day)
            for name in sorted(missing - now):
                if half and self.known[name].last >= half:
                    yield self._returned(name, day)
            missing = now

    def _days(self) -> list[date]:
        """The days on which something may be known that was not known before."""
        halves = {each.half_month for each in self.deliveries}
        after_due = {self.calendar.due_on(half) + timedelta(days=1) for half in halves}
        received = {each.delivery.received_on for each in (*self.all, *self.own)}
        settled = {
            end
            for each in self.own
            for name in each.names & self.in_doubt.keys()
            for _, end in self.in_doubt[name]
            if end < date.max
        }
        return sorted(after_due | received | settled)

    def _hear(self, mention: _Mention, names: Collection[str]) -> None:
        half, sender = mention.delivery.half_month, mention.delivery.sender
        for name in mention.names & frozenset(names):
            known = self.known.setdefault(name, _Known(half, half))
            known.first = min(known.first, half)
            if half > known.last:
                known.last = half
                known.holders = set()
            if half == known.last:
                known.holders.add(sender)

    def _whole_by(self, day: date) -> tuple[HalfMonth | None, set[HalfMonth]]:
        """The last half month past its due day of which a whole list came; those without one."""
        came: dict[HalfMonth, list[_Mention]] = {}
        for each in self.own:
            if each.delivery.received_on <= day:
                came.setdefault(each.delivery.half_month, []).append(each)
        partial = set()
        whole = None
        for half in sorted(came):
            if self.calendar.due_on(half) >= day:
                continue
            # Judged once for what had come: an item that is closed later makes no part a whole.
            if self.judged.get(half, (0, False))[0] != len(came[half]):
                self.judged[half] = (len(came[half]), self._is_whole(half, came[half], day))
            if self.judged[half][1]:
                whole = half
            else:
                partial.add(half)
        return whole, partial

    def _is_whole(self, half: HalfMonth, came: Sequence[_Mention], day: date) -> bool:
        """Whether what came for a half month amounts to the whole list of the sender's."""
        if self.ledger.is_planned:
            return any(each.names for each in came)
        earlier = {name for name, known in self.known.items() if known.first < half}
        still_open = {name for name in earlier if self.records.is_open(name, day)}
        files = _by_file(each for each in came if not each.delivery.is_part)
        # A file with one known item of several is that item's news, however many such files.
        files = [
            names for names in files
            if not (len(names) == 1 and names <= earlier and still_open - names)
        ]  # fmt: skip
        found = self._found_since(half, came, day)
        most = len(still_open) // FEW
        if not all(
            names and len(names & earlier) <= most and names - earlier <= found for names in files
        ):
            return True
        # Each file alone would be a part; together they may be most of the list.
        together = set[str]().union(*files)
        return 2 * len(still_open & together) > len(still_open)

    def _found_since(self, half: HalfMonth, came: Sequence[_Mention], day: date) -> set[str]:
        """What was found since the sender's last ledger before a half month, by its own day."""
        before = max(
            (
                each.delivery.stated_on
                for each in self.own
                if each.delivery.half_month < half and each.delivery.received_on <= day
            ),
            default=date.max,
        )
        return {name for each in came for name, found in each.days.items() if found >= before}

    def _left_out(self, half: HalfMonth, day: date) -> set[str]:
        """What earlier ledgers of the sender's speak of and none of that half month or later."""
        return {
            name
            for name, known in self.known.items()
            if known.last < half
            and self.sender in known.holders
            and not self._is_in_doubt(name, day)
            and self.records.is_open(name, day)
        }

    def _is_in_doubt(self, name: str, day: date) -> bool:
        return any(start <= day < end for start, end in self.in_doubt.get(name, ()))

    def _missing(self, name: str, half: HalfMonth, day: date) -> Finding:
        last = self.records.last(name, day)
        where = f"{last['known_from']} 报送的第 {last['row_no']} 行"
        if self.ledger.is_planned:
            message = f"{half.label}报送的台账没有提到这一项（{where}），本期未报进展；请补报进展"
            return self._of_item(name, half, day, "no_progress", "info", message)
        not_closed = "，也没有销号" if self.ledger.is_item else ""
        message = (
            f"{where}在 {half.label}的报送中没有了{not_closed}；仍按原状态统计，请补报或说明去向"
        )
        return self._of_item(name, half, day, "vanished", "error", message)

    def _returned(self, name: str, day: date) -> Finding:
        message = "上次报送漏掉的事项这次又报上来了，不再按漏报提示"
        delivery = [
            each.delivery for each in self.all
            if name in each.names and each.delivery.received_on <= day
        ][-1]  # fmt: skip
        return _finding(delivery, name, day, "returned", "info", message)

    def _in_parts(self, half: HalfMonth, day: date) -> Iterator[Finding]:
        """That no whole list came, where something would have been missing from one."""
        rest = self._left_out(half, day)
        if rest:
            message = (
                f"{half.label}收到的只是新增的行或个别事项，不是整份台账；"
                f"以前报过、没有提到的 {len(rest)} 项不按漏报计，请报整份台账"
            )
            delivery = self._last_of(half, day)
            place = Place(delivery.submission_id, delivery.sheet)
            yield place.finding("partial_ledger", "info", message, known_from=day)

    def _of_item(
        self, name: str, half: HalfMonth, day: date, rule: str, severity: str, message: str
    ) -> Finding:
        return _finding(self._last_of(half, day), name, day, rule, severity, message)

    def _last_of(self, half: HalfMonth, day: date) -> Delivery:
        """The last delivery for a half month that had come by a day."""
        return [
            each for each in self.deliveries if each.half_month == half and each.received_on <= day
        ][-1]


def _by_file(mentions: Iterable[_Mention]) -> list[set[str]]:
    """The records of which each file speaks; the sheets of a file are one."""
    files: dict[str, set[str]] = {}
    for each in mentions:
        files.setdefault(each.delivery.path, set()).update(each.names)
    return list(files.values())


def _finding(
    delivery: Delivery, item_id: str, day: date, rule: str, severity: str, message: str
) -> Finding:
    """A finding on an item that has no row in the delivery that shows it."""
    place = Place(delivery.submission_id, delivery.sheet)
    return place.finding(
        rule, severity, message, field="item_id", value=item_id, item_id=item_id, known_from=day
    )
