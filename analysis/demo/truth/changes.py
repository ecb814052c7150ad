"""What is different on a day from what was known some weeks before, item by item."""

from collections.abc import Iterator
from datetime import date, timedelta

from analysis.demo.truth.items import Item
from analysis.demo.truth.knowledge import Knowledge
from analysis.demo.truth.lists import vanished
from analysis.demo.truth.progress import Rows

#: How far back one looks where no day is given.
BACK_DAYS = 15


def since(knowledge: Knowledge, as_of: date) -> Rows:
    """Each change of each item since the day fifteen days before, against what was known then."""
    day = as_of - timedelta(days=BACK_DAYS)
    then = Knowledge(knowledge.life, min(day, knowledge.known_on))
    before = {item.key: item for item in then.items(day)}
    missing = {row["key"] for row in vanished(knowledge, as_of)}
    missing_before = {row["key"] for row in vanished(then, day)}
    rows = []
    for item in knowledge.items(as_of):
        old = before.get(item.key)
        changes = list(_changes(old, item, day))
        if item.key in missing - missing_before:
            changes.append("vanished")
        for change in changes:
            rows.append({
                "change": change, "key": item.key, "kind": item.kind, "unit": item.unit,
                "person": item.person, "level": item.level,
                "due_before": old.due_on if old else None, "due_on": item.due_on,
                "done_on": item.done_on, "state_before": old.shown_state if old else None,
                "state": item.shown_state,
            })  # fmt: skip
    return rows


def _changes(old: Item | None, item: Item, day: date) -> Iterator[str]:
    """What has changed of an item since a day.

    What was struck off as no item has changed in that alone, and only if it was one before.
    """
    if item.is_void:
        if old and not old.is_void:
            yield "void"
        return
    if item.opened_on > day:
        yield "found"
    elif old is None:
        yield "registered"
    if item.done_on and not (old and old.is_done):
        yield "done" if item.done_on > day else "backdated"
    if item.is_closed and not (old and old.is_closed):
        yield "closed"
    if old and old.is_done and not item.is_done:
        yield "reopened"
    if item.state == "overdue" and not (old and old.state == "overdue"):
        yield "overdue"
    if old and old.due_on and old.due_on != item.due_on:
        yield "cancelled" if not item.due_on else "later" if item.due_on > old.due_on else "earlier"
