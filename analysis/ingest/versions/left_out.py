"""漏报: what a sender's ledgers of a half month leave out although it is not closed.

It is known from the day after the due day of the half month, since a ledger may come in parts on
several days. The record stays current and is told of: it never vanishes from the figures. What
only brings new rows, or one item's news, is no whole list and leaves nothing out; that no whole
list came is told once. Of what a plan lays down nothing vanishes: 本期未报进展.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Place
from analysis.ingest.periods.deliveries import Delivery
from analysis.ingest.periods.half_months import Calendar, HalfMonth
from analysis.ingest.periods.whole_lists import is_whole
from analysis.ingest.versions.identity.joining import Handover, Join
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

#: The half-open spans of days on which it is open whether a record is another.
InDoubt = Mapping[str, Sequence[tuple[date, date]]]
NO_DOUBT: InDoubt = {}


@dataclass(frozen=True, slots=True)
class _Mention:
    """The records that one delivery speaks of; ``days`` when each was found, where that is said."""

    delivery: Delivery
    names: frozenset[str]
    days: dict[str, date]


@dataclass(slots=True)
class _Known:
    """What is known of a record on the day at hand: the first days of the first and the last half
    month that speak of it, and ``holders``, the senders that do so in the last.
    """

    first: date
    last: date
    holders: set[str] = field(default_factory=set)


def left_out(
    rows: pd.DataFrame,
    versions: pd.DataFrame,
    ledger: Ledger,
    deliveries: Iterable[Delivery],
    calendar: Calendar,
    in_doubt: InDoubt = NO_DOUBT,
    joins: Sequence[Join] = (),
    handovers: Sequence[Handover] = (),
) -> list[Finding]:
    """Records that the ledgers of a half month leave out although they are not closed.

    ``rows`` are all rows of the ledger in order of receipt, with ``sender`` and the ``name`` of
    their record; ``deliveries`` are all its submissions, also those without a row. Nothing is
    told of a record while it is not settled whether it is another (``in_doubt``). What is said of a
    record that turns out to be another (``joins``) is said of that, from the day of the join on;
    what went to another unit (``handovers``) is that unit's to report.
    """
    by_sender: dict[str, list[Delivery]] = {}
    for each in sorted(deliveries, key=lambda delivery: delivery.received_on):
        by_sender.setdefault(each.sender, []).append(each)
    again = [s for s, each in by_sender.items() if len({d.half_month for d in each}) > 1]
    if not again:
        return []
    mine = set(rows.loc[rows["sender"].isin(again), "name"])
    # Of a record that turns out to be one of these it is known from that day what was said of it.
    joins = [each for each in joins if mine & {each.earlier, each.later}]
    joined = {name for each in joins for name in (each.earlier, each.later)}
    rows = rows[rows["name"].isin(mine | joined)]
    mentions = _mentions(rows, ledger, by_sender)
    records = _Records(versions, ledger, set(rows["name"]))
    senders = rows.drop_duplicates(["name", "sender"])["name"]
    shared = frozenset(senders[senders.duplicated()])
    gone: dict[str, list[Handover]] = {}
    for handover in handovers:
        gone.setdefault(handover.item_id, []).append(handover)
    found: list[Finding] = []
    for sender in sorted(again):
        own = [each for each in mentions if each.delivery.sender == sender]
        names = frozenset[str]().union(*(each.names for each in own))
        ends = [each for each in joins if names & {each.earlier, each.later}]
        others = frozenset(n for each in ends for n in (each.earlier, each.later)) - names
        names = names & shared | others
        heard = [
            each if each.delivery.sender == sender else replace(each, names=each.names & names)
            for each in mentions
            if each.delivery.sender == sender or not names.isdisjoint(each.names)
        ]
        found += _Sender(
            sender, own, heard, records, ledger, calendar, in_doubt, ends, gone
        ).findings()
    return found


def _mentions(
    rows: pd.DataFrame, ledger: Ledger, by_sender: dict[str, list[Delivery]]
) -> list[_Mention]:
    """What each delivery speaks of in these rows, in order of receipt."""
    days = rows[ledger.deadline_from] if ledger.deadline_from else [None] * len(rows)
    spoken: dict[tuple[str, str], dict[str, date | None]] = {}
    for submission_id, sender, name, day in zip(
        rows["submission_id"], rows["sender"], rows["name"], days, strict=True
    ):
        spoken.setdefault((submission_id, sender), {})[name] = day
    mentions = []
    for each in (delivery for all_of_one in by_sender.values() for delivery in all_of_one):
        names = spoken.get((each.submission_id, each.sender), {})
        found = {name: day for name, day in names.items() if day is not None and day == day}
        mentions.append(_Mention(each, frozenset(names), found))
    return sorted(mentions, key=lambda mention: mention.delivery.received_on)


class _Records:
    """How each record stood on a day, and the row that said so."""

    def __init__(self, versions: pd.DataFrame, ledger: Ledger, names: Collection[str]) -> None:
        mine = versions[versions["name"].isin(set(names))]
        self._states: dict[str, list[tuple[date, Any, bool]]] = {}
        done = {"closed", "void", *(FINISHED if ledger.is_planned else ())}
        nothing = [None] * len(mine)
        status, closed_on = (
            (mine["status"], mine["closed_on"]) if ledger.is_item else (nothing, nothing)
        )
        rows = (mine["name"], mine["known_from"], mine["row_no"], status, closed_on)
        for name, day, row_no, said, closed in zip(*rows, strict=True):
            state = (day, row_no, said not in done and is_null(closed))
            self._states.setdefault(name, []).append(state)

    def is_open(self, name: str, day: date) -> bool:
        """Whether something is still to be said of it: neither closed nor struck off by then."""
        state = self._by(name, day)
        return state is not None and state[2]

    def where(self, name: str, day: date) -> str:
        """The row of its last version by a day, for people."""
        state = self._by(name, day)
        return f"{state[0]} 报送的第 {state[1]} 行" if state else ""

    def _by(self, name: str, day: date) -> tuple[date, Any, bool] | None:
        states = self._states.get(name, [])
        if len(states) == 1:  # most records never change
            return states[0] if states[0][0] <= day else None
        return next((state for state in reversed(states) if state[0] <= day), None)


@dataclass
class _Sender:
    """What one sender delivered, gone through day by day.

    ``own`` is all that it sent, ``heard`` that with what others said of its records, both in order
    of receipt.
    """

    sender: str
    own: Sequence[_Mention]
    heard: Sequence[_Mention]
    records: _Records
    ledger: Ledger
    calendar: Calendar
    in_doubt: InDoubt
    #: Which of its records turn out to be which of the others', and what these are called.
    joins: Sequence[Join]
    handovers: Mapping[str, Sequence[Handover]]
    #: What others say of records of which the sender has not spoken itself.
    known_of_others: dict[str, _Known] = field(default_factory=dict)
    known: dict[str, _Known] = field(default_factory=dict)
    #: Half month → how many deliveries it was judged by, and whether they were a whole list.
    judged: dict[HalfMonth, tuple[int, bool]] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """What is missing, and what is found again, each with the day from which it is known."""
        missing: set[str] = set()
        told: set[HalfMonth] = set()
        seen = 0
        waiting = sorted(self.joins, key=lambda each: each.start)
        for day in self._days():
            while seen < len(self.heard) and self.heard[seen].delivery.received_on <= day:
                self._hear(self.heard[seen])
                seen += 1
            while waiting and waiting[0].start <= day:
                self._join(waiting.pop(0))
            half, partial = self._whole_by(day)
            if self.ledger.is_planned:
                if half and half not in told:
                    told.add(half)
                    yield from self._missing(self._left_out(half, day), half, day)
                continue
            for each in sorted(partial - told):
                yield from self._in_parts(each, day)
            told |= partial
            if half is None:
                continue
            now = self._left_out(half, day)
            yield from self._missing(now - missing, half, day)
            yield from self._returned(missing - now, half, day)
            missing = now

    def _days(self) -> list[date]:
        """The days on which something may be known that was not known before."""
        halves = {each.delivery.half_month for each in self.own}
        after_due = {self.calendar.due_on(half) + timedelta(days=1) for half in halves}
        received = {each.delivery.received_on for each in self.heard}
        settled = {
            end
            for each in self.own
            for name in each.names & self.in_doubt.keys()
            for _, end in self.in_doubt[name]
            if end < date.max
        }
        return sorted(after_due | received | settled | {each.start for each in self.joins})

    def _hear(self, mention: _Mention) -> None:
        start, sender = mention.delivery.half_month.start, mention.delivery.sender
        for name in mention.names:
            # what another sender says of it is this one's from the day on which it speaks of it too
            if sender == self.sender and name in self.known_of_others:
                self.known[name] = self.known_of_others.pop(name)
            is_own = sender == self.sender or name in self.known
            mine = self.known if is_own else self.known_of_others
            known = mine.get(name)
            if known is None:
                mine[name] = _Known(start, start, {sender})
            elif start > known.last:
                known.last, known.holders = start, {sender}
            else:
                known.first = min(known.first, start)
                if start == known.last:
                    known.holders.add(sender)

    def _join(self, join: Join) -> None:
        """Take what was said of one record for what was said of the other too."""
        later = self.known.pop(join.later, None) or self.known_of_others.pop(join.later, None)
        earlier = self.known.get(join.earlier) or self.known_of_others.get(join.earlier)
        known = earlier or later
        if known is None:
            return
        if earlier and later:
            if later.last > earlier.last:
                earlier.last, earlier.holders = later.last, later.holders
            elif later.last == earlier.last:
                earlier.holders |= later.holders
            earlier.first = min(earlier.first, later.first)
        self.known[join.earlier] = known

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
        if any(each.delivery.is_whole and each.names for each in came):
            return True
        earlier = {n for n, known in self.known.items() if known.first < half.start}
        before = [
            each.delivery for each in self.own
            if each.delivery.half_month < half and each.delivery.received_on <= day
        ]  # fmt: skip
        since = max((each.stated_on for each in before), default=date.max)
        last = max((each.received_on for each in before), default=date.min)
        return is_whole(
            _by_file(each for each in came if not each.delivery.is_part),
            earlier=earlier,
            still_open={name for name in earlier if self.records.is_open(name, day)},
            new={name for each in came for name, found in each.days.items() if found >= since},
            days_since_last=(min(each.delivery.received_on for each in came) - last).days,
        )

    def _left_out(self, half: HalfMonth, day: date) -> set[str]:
        """What earlier ledgers of the sender's speak of and none of that half month or later, and
        what its correction of the half month's list has no more.
        """
        return {
            name
            for name, known in self.known.items()
            if (known.last < half.start or self._is_replaced(name, half, day))
            and self.sender in known.holders
            and not self._is_handed_on(name, day)
            and not self._is_in_doubt(name, day)
            and self.records.is_open(name, day)
        }

    def _is_replaced(self, name: str, half: HalfMonth, day: date) -> bool:
        """Whether the sender has sent its list of a half month anew without a record of it.

        A correction of one row of many stands in the place of that row alone.
        """
        came = self._came(half, day)
        anew = [n for n, each in enumerate(came) if _is_anew(each.delivery)]
        if not anew or self.known[name].last > half.start:
            return False
        path = came[anew[-1]].delivery.path
        first = next(n for n, each in enumerate(came) if each.delivery.path == path)
        before = frozenset[str]().union(*(each.names for each in came[:first]))
        after = frozenset[str]().union(*(each.names for each in came[first:]))
        return name in before - after and 2 * len(before & after) > len(before)

    def _is_handed_on(self, name: str, day: date) -> bool:
        """Whether a record went to another unit, which answers for it now."""
        known = [each for each in self.handovers.get(name, ()) if each.day <= day]
        return bool(known) and max(known, key=lambda each: each.day).sender != self.sender

    def _is_in_doubt(self, name: str, day: date) -> bool:
        return any(start <= day < end for start, end in self.in_doubt.get(name, ()))

    def _missing(self, names: set[str], half: HalfMonth, day: date) -> Iterator[Finding]:
        delivery = self._last_of(half, day)
        for name in sorted(names):
            where = self.records.where(name, day)
            if self.ledger.is_planned:
                message = (
                    f"{half.label}报送的台账没有提到这一项（{where}），本期未报进展；请补报进展"
                )
                yield _finding(delivery, name, day, "no_progress", "info", message)
                continue
            not_closed = "，也没有销号" if self.ledger.is_item else ""
            message = (
                f"{where}在 {half.label}的报送中没有了{not_closed}；"
                "仍按原状态统计，请补报或说明去向"
            )
            yield _finding(delivery, name, day, "vanished", "error", message)

    def _returned(self, names: set[str], half: HalfMonth, day: date) -> Iterator[Finding]:
        message = "上次报送漏掉的事项这次又报上来了，不再按漏报提示"
        for name in sorted(names):
            known = self.known.get(name)  # none of a record that turned out to be another
            if known and known.last >= half.start:  # else it was closed
                delivery = next(
                    each.delivery for each in reversed(self.heard)
                    if name in each.names and each.delivery.received_on <= day
                )  # fmt: skip
                yield _finding(delivery, name, day, "returned", "info", message)

    def _in_parts(self, half: HalfMonth, day: date) -> Iterator[Finding]:
        """That no whole list came, where something would have been missing from one."""
        rest = self._left_out(half, day)
        if rest:
            message = (
                f"{half.label}收到的只是新增的行或个别事项，不是整份台账；"
                f"以前报过、没有提到的 {len(rest)} 项不按漏报计，请报整份台账"
            )
            came = [each.delivery for each in self._came(half, day)]
            severity = "info" if all(each.is_part for each in came) else "warning"
            place = Place(came[-1].submission_id, came[-1].sheet)
            yield place.finding("partial_ledger", severity, message, known_from=day)

    def _came(self, half: HalfMonth, day: date) -> list[_Mention]:
        """What the sender had delivered for a half month by a day."""
        return [
            each for each in self.own
            if each.delivery.half_month == half and each.delivery.received_on <= day
        ]  # fmt: skip

    def _last_of(self, half: HalfMonth, day: date) -> Delivery:
        return self._came(half, day)[-1].delivery


def _is_anew(delivery: Delivery) -> bool:
    return delivery.is_correction and not delivery.is_part


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
