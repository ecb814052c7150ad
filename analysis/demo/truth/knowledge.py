"""All that is known on a day: items, books and registers, by what had been received and counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from analysis.demo.life import FORMER, SIGNED, Life
from analysis.demo.sending import Sending
from analysis.demo.truth.items import Item, Known, fold, item_on

#: Working days and rest days of the half-year that differ from the week's, by the State
#: Council's notices: what falls on a rest day is due on the next working day.
HOLIDAYS = frozenset(
    [date(2023, 9, 29) + timedelta(days=n) for n in range(8)]
    + [date(2023, 12, 30) + timedelta(days=n) for n in range(3)]
)
WORKING_WEEKENDS = frozenset({date(2023, 10, 7), date(2023, 10, 8)})
GRACE_DAYS = 2


def due_day(period_end: date) -> date:
    """The last day on which what belongs to a half month is in time."""
    day = period_end + timedelta(days=GRACE_DAYS)
    while is_rest_day(day):
        day += timedelta(days=1)
    return day


def is_rest_day(day: date) -> bool:
    """Whether nobody works on a day of the half-year."""
    return day in HOLIDAYS or (day.weekday() >= 5 and day not in WORKING_WEEKENDS)


@dataclass(frozen=True)
class Knowledge:
    """What the office knows on ``known_on``."""

    life: Life
    known_on: date
    #: Day → the items as they stood on it.
    _items: dict[date, list[Item]] = field(default_factory=dict)

    @cached_property
    def sendings(self) -> list[Sending]:
        """What has come by then and counts, in order of receipt."""
        return [
            sending
            for sending in self.life.sendings
            if sending.day <= self.known_on
            and not (sending.withdrawn_on and sending.withdrawn_on <= self.known_on)
        ]

    @cached_property
    def known(self) -> dict[str, Known]:
        """Key → what is known of the item."""
        return fold(self.sendings)

    def rows(self, ledger: str) -> dict[tuple[str, str], dict[str, Any]]:
        """(Sender, key) → facts of a book or register, the latest of each."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for sending in self.sendings:
            if sending.ledger == ledger:
                for key, facts in sending.said():
                    found.setdefault((sending.unit, key), {}).update(facts)
        return found

    @cached_property
    def has_roster(self) -> bool:
        """Whether the roster has come that tells whose the other names are."""
        return any(sending.ledger == "unit" for sending in self.sendings)

    def name(self, unit: str | None) -> str | None:
        """How a unit is called: by the name that it gives itself while nobody knows better."""
        if unit == FORMER and not self.has_roster:
            return SIGNED[FORMER]
        return unit

    def items(self, as_of: date) -> list[Item]:
        """The items that were there on a day, as they stood then."""
        if as_of not in self._items:
            found = (item_on(known, as_of, self._unit(known)) for known in self.known.values())
            self._items[as_of] = [item for item in found if item]
        return self._items[as_of]

    def _unit(self, known: Known) -> str | None:
        unit = known.facts.get("unit")
        # the plan writes names in full: a short one stands in the ledgers alone
        return unit if known.kind == "measure" else self.name(unit)

    def lists(self, unit: str) -> Iterator[Sending]:
        """The hazard lists of a unit."""
        for sending in self.sendings:
            if sending.ledger == "hazard" and sending.unit == unit:
                yield sending
