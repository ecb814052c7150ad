"""Which reports of completion or closing somebody should look into, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from analysis.demo.truth.items import Item
from analysis.demo.truth.knowledge import Knowledge
from analysis.demo.truth.lists import AGAIN_DAYS
from analysis.demo.truth.progress import Rows

#: So many of one unit done on one day, so near before a working node, are done for the node.
BUNCH, DAYS_BEFORE_NODE = 5, 2
#: Texts shorter than this are alike by chance.
COPIED_LENGTH = 15


def suspect_closure(knowledge: Knowledge, as_of: date) -> Rows:
    """What is told as done or closed with something odd about it, or was, and is not any more."""
    items = [item for item in knowledge.items(as_of) if not item.is_void]
    suspicions = _Suspicions(knowledge, as_of, items)
    rows = []
    for item in items:
        reasons = suspicions.of(item)
        if any(reasons.values()) and (item.is_done or reasons["reopened"]):
            rows.append({
                "key": item.key, "kind": item.kind, "unit": item.unit, "person": item.person,
                "site": item.site, "level": item.level, "opened_on": item.opened_on,
                "done_on": item.done_on, "accepted_by": item.accepted_by, "state": item.shown_state,
                **reasons, "reasons": sum(reasons.values()),
            })  # fmt: skip
    return rows


@dataclass
class _Suspicions:
    """The reasons to doubt an item's completion, among all items of a day."""

    knowledge: Knowledge
    as_of: date
    items: Iterable[Item]
    #: How many each unit got done on each day.
    done: Counter[tuple[str | None, date]] = field(init=False)
    #: Place and category → the days on which a hazard of that kind was found there.
    found: dict[tuple[str, str], list[date]] = field(init=False, default_factory=dict)
    #: Unit, description and measure → the places of which they are told.
    texts: dict[tuple[Any, ...], set[str | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.done = Counter((item.unit, item.done_on) for item in self.items if item.done_on)
        for item in self.items:
            if item.kind != "hazard":
                continue
            if item.site and item.category:
                self.found.setdefault((item.site, item.category), []).append(item.opened_on)
            self.texts.setdefault(self._text(item), set()).add(item.site)

    def of(self, item: Item) -> dict[str, bool]:
        """Reason → whether it holds of an item."""
        return {
            "no_acceptance": self._is_unsigned(item),
            "self_accepted": item.accepted_by is not None and item.accepted_by == item.person,
            "same_day_major": item.level == "重大" and item.done_on == item.opened_on,
            "bunched": self._is_bunched(item),
            "recurred": self._has_recurred(item),
            "reopened": self._was_reopened(item),
            "copied": self._is_copied(item),
        }

    def _is_unsigned(self, item: Item) -> bool:
        """Told by the day as struck off, without a day of acceptance or without who signed."""
        told_on = self.knowledge.known[item.key].closed_since
        is_signed = item.accepted_on is not None and item.accepted_by is not None
        return told_on is not None and told_on <= self.as_of and not is_signed

    def _is_bunched(self, item: Item) -> bool:
        if not item.done_on or self.done[item.unit, item.done_on] < BUNCH:
            return False
        plans = {known.facts.get("plan") for known in self.knowledge.known.values()}
        return any(
            (plan.first_node_on - item.done_on).days <= DAYS_BEFORE_NODE
            and (plan.first_node_on - item.done_on).days % plan.node_days <= DAYS_BEFORE_NODE
            for plan in self.knowledge.life.plans
            if plan.number in plans
        )

    def _has_recurred(self, item: Item) -> bool:
        if item.kind != "hazard" or not item.done_on:
            return False
        days = self.found.get((item.site or "", item.category or ""), [])
        last = item.done_on + timedelta(days=AGAIN_DAYS)
        return any(item.done_on < day <= last for day in days)

    def _was_reopened(self, item: Item) -> bool:
        return any(day <= self.as_of for day in self.knowledge.known[item.key].reopened_on)

    def _is_copied(self, item: Item) -> bool:
        text = self._text(item)
        is_long = len(text[1] or "") >= COPIED_LENGTH
        return item.kind == "hazard" and is_long and len(self.texts[text]) > 1

    def _text(self, item: Item) -> tuple[Any, ...]:
        facts = self.knowledge.known[item.key].facts
        return item.unit, facts.get("description"), facts.get("measure")
