"""What is known of each item on a day, folded from what was sent; how it stands on another day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analysis.demo.sending import Sending

#: Ledgers whose rows are items, and the kind of each.
KINDS = {"hazard": "hazard", "decision": "decision", "measure": "measure", "plan": "measure"}
SAYS_DONE = frozenset({"done", "pending_accept", "closed"})
SAYS_OPEN = frozenset({"in_progress"})
#: What a state that goes back takes away.
COMPLETION = ("done_on", "accepted_on", "accepted_by", "closed_on")
#: Days within which a deadline is near.
SOON_DAYS = 7


@dataclass
class Known:
    """What is known of one item: the latest of each fact, and since when."""

    key: str
    kind: str
    first_on: date
    facts: dict[str, Any] = field(default_factory=dict)
    #: Since which day it has been told as done without a break, and the day that report speaks for.
    done_since: date | None = None
    done_as_of: date | None = None
    #: The last day for which it was told as not done, before it was told as done.
    open_until: date | None = None
    #: Since which day its site has been told as shut without a break.
    shut_since: date | None = None
    #: What its unit tells of it that would free the unit, and does not count yet.
    relief: str | None = None
    #: Since which day it has been told as struck off without a break.
    closed_since: date | None = None
    #: The office's acceptance.
    accepted: Mapping[str, Any] | None = None
    #: Day of receipt → the deadline in force from then on.
    deadlines: dict[date, date | None] = field(default_factory=dict)
    #: Days on which it was told as not done after it had been done.
    reopened_on: list[date] = field(default_factory=list)

    def hear(self, facts: Mapping[str, Any], day: date, speaks_for: date) -> None:
        """Lay what a row says over what was known."""
        facts = self._as_counted(facts)
        status = facts.get("status")
        was_done = self.facts.get("status") in SAYS_DONE
        if status in SAYS_OPEN and was_done:
            for name in COMPLETION:
                self.facts.pop(name, None)
            self.reopened_on.append(day)
        self.facts.update(facts)
        is_done = self.facts.get("status") in SAYS_DONE
        if is_done and not self.done_since:
            self.done_as_of = speaks_for
        self.done_since = (self.done_since or day) if is_done else None
        is_shut = self.facts.get("status") == "suspended"
        self.shut_since = (self.shut_since or day) if is_shut else None
        if status in SAYS_OPEN | {"suspended"} and not self.accepted:
            self.open_until = max(self.open_until or speaks_for, speaks_for)
        is_closed = self.facts.get("status") == "closed"
        self.closed_since = (self.closed_since or day) if is_closed else None
        self.deadlines[day] = self.facts.get("extended_due_on") or self.facts.get("due_on")

    def _as_counted(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """What counts of a row: that a major hazard is none is for the office to say."""
        if "status" in facts:
            self.relief = None
        level = facts.get("level") or self.facts.get("level")
        if facts.get("status") != "void" or level != "重大":
            return facts
        self.relief = "void"
        return {name: value for name, value in facts.items() if name != "status"}


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it stands on a day."""

    key: str
    kind: str
    unit: str | None
    person: str | None
    township: str | None
    site: str | None
    site_kind: str | None
    category: str | None
    rect_type: str | None
    level: str | None
    source: str | None
    plan: str | None
    opened_on: date
    first_due_on: date | None
    due_on: date | None
    done_on: date | None
    accepted_on: date | None
    accepted_by: str | None
    closed_on: date | None
    supervised_on: date | None
    judged_on: date | None
    filed_on: date | None
    #: Whether the day of completion is that of a report, since nobody stated one.
    is_as_reported: bool
    #: Of what is done and has a deadline: in_time, late, or undated where nobody can say.
    punctuality: str | None
    #: Since when its site is told as shut, while it is not done.
    shut_since: date | None
    relief: str | None
    state: str
    as_of: date

    @property
    def shown_state(self) -> str:
        """The state as it is shown: what is told as shut down is shown so, and counts as before."""
        is_left = self.state in ("overdue", "due_soon", "open", "undated")
        return "suspended" if self.shut_since and is_left else self.state

    @property
    def is_void(self) -> bool:
        """Whether it was struck off as no item at all."""
        return self.state == "void"

    @property
    def standing(self) -> bool:
        """Whether it is kept up for good, without a deadline."""
        return self.rect_type == "长期坚持" and self.due_on is None

    @property
    def counts(self) -> bool:
        """Whether it is in the rates."""
        return not self.is_void and not self.standing

    @property
    def is_done(self) -> bool:
        """Whether the work is done, accepted or not."""
        return self.done_on is not None

    @property
    def is_closed(self) -> bool:
        """Whether it is struck off the list."""
        return self.closed_on is not None

    @property
    def is_major(self) -> bool:
        """Whether it is a major hazard."""
        return self.level == "重大" and not self.is_void

    @property
    def supervised(self) -> bool:
        """Whether it is listed for supervision."""
        return self.supervised_on is not None

    @property
    def is_due(self) -> bool:
        """Whether its deadline is over; due today is not."""
        return self.due_on is not None and self.due_on < self.as_of

    @property
    def in_time(self) -> bool:
        """Whether it was done by its deadline."""
        return self.done_on is not None and self.due_on is not None and self.done_on <= self.due_on

    @property
    def days_late(self) -> int | None:
        """How many days it is late, or was when it was done."""
        if self.state == "overdue" and self.due_on:
            return (self.as_of - self.due_on).days
        if self.punctuality == "late" and self.done_on and self.due_on:
            return (self.done_on - self.due_on).days
        return None


def fold(sendings: Iterable[Sending]) -> dict[str, Known]:
    """Each item that is spoken of, with what is known when all of these have come.

    ``sendings`` are in order of receipt.
    """
    known: dict[str, Known] = {}
    for sending in sendings:
        kind = KINDS.get(sending.ledger)
        for key, facts in sending.said():
            if sending.ledger == "acceptance" and key in known:
                known[key].accepted = known[key].accepted or facts
            elif kind:
                item = known.setdefault(key, Known(key, kind, sending.day))
                item.hear(facts, sending.day, min(sending.until, sending.day))
    return known


def item_on(known: Known, as_of: date, unit: str | None) -> Item | None:
    """How an item stands on a day; None where it was not there yet. ``unit`` is its name then."""
    facts = known.facts
    found_on = facts.get("found_on") or facts.get("held_on") or known.first_on
    opened_on = min(found_on, known.first_on)
    if opened_on > as_of:
        return None
    accepted_on, accepted_by, closed_on = _closing(known)
    done_on = _done(known, accepted_on, closed_on)
    done_on = done_on if done_on and done_on <= as_of else None
    shut_since = None if done_on else known.shut_since
    is_accepted = accepted_on is not None and accepted_on <= as_of
    is_closed = closed_on is not None and closed_on <= as_of
    due_on = facts.get("extended_due_on") or facts.get("due_on")
    listed_on = facts.get("supervised_on") if facts.get("supervised") else None
    item = Item(
        known.key, known.kind, unit, facts.get("person"), facts.get("township"), facts.get("site"),
        facts.get("site_kind"), facts.get("category"), facts.get("rect_type"), facts.get("level"),
        facts.get("source"), facts.get("plan"), opened_on, facts.get("due_on"), due_on, done_on,
        accepted_on if is_accepted else None, accepted_by if is_accepted else None,
        closed_on if is_closed else None,
        listed_on if listed_on and listed_on <= as_of else None, facts.get("judged_on"),
        facts.get("filed_on"), bool(done_on) and _stated(known) is None,
        _punctuality(known, done_on, due_on, accepted_on if closed_on else None),
        shut_since if shut_since and shut_since <= as_of else None,
        None if is_closed else known.relief, "", as_of,
    )  # fmt: skip
    return replace(item, state=_state(item, facts.get("status")))


def _state(item: Item, status: str | None) -> str:
    if status == "void":
        return "void"
    if item.is_closed:
        return "closed"
    if item.is_done:
        return "accepting"
    if item.standing:
        return "standing"
    if item.due_on is None:
        return "undated"
    if item.due_on < item.as_of:
        return "overdue"
    return "due_soon" if (item.due_on - item.as_of).days <= SOON_DAYS else "open"


def _closing(known: Known) -> tuple[date | None, str | None, date | None]:
    """Day and signature of the acceptance, and from which day on it closes the item.

    A major hazard is closed by the office's record alone; any other by its ledger, where somebody
    else than who answers for it has signed.
    """
    facts = known.facts
    if facts.get("status") == "void":
        return None, None, None
    if known.accepted:
        accepted_on: date = known.accepted["accepted_on"]
        closed_on: date = known.accepted["closed_on"]
        return accepted_on, known.accepted["accepted_by"], max(accepted_on, closed_on)
    day, signer = facts.get("accepted_on"), facts.get("accepted_by")
    is_signed = bool(signer) and signer != facts.get("person")
    can_close = facts.get("status") in SAYS_DONE and facts.get("level") != "重大"
    if day is None or not is_signed or not can_close:
        return day, signer, None
    return day, signer, max(day, facts.get("closed_on") or day)


def _stated(known: Known) -> date | None:
    """The day of completion that its reports name."""
    return None if known.facts.get("status") in SAYS_OPEN else known.facts.get("done_on")


def _done(known: Known, accepted_on: date | None, closed_on: date | None) -> date | None:
    """The day on which it was done: the stated one, else that of the first report of it, which an
    acceptance is too; what is closed was done by then.
    """
    accepted_on = accepted_on if closed_on else None
    if known.facts.get("status") in SAYS_OPEN:
        return accepted_on
    told = _stated(known) or _first(accepted_on, known.done_since)
    return _first(told, closed_on)


def _punctuality(
    known: Known, done_on: date | None, due_on: date | None, accepted_on: date | None
) -> str | None:
    """In time or late by the stated day; without one, by what reports say of the deadline's day."""
    if done_on is None or due_on is None:
        return None
    if _stated(known):
        return "in_time" if done_on <= due_on else "late"
    is_done = known.facts.get("status") in SAYS_DONE
    by = _first(accepted_on, known.done_as_of if is_done else None)
    if by and by <= due_on:
        return "in_time"
    return "late" if known.open_until and known.open_until >= due_on else "undated"


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
