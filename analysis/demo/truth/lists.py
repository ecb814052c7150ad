"""Which items need somebody's eye: late, near, listed, left out, moved, found again."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from analysis.demo.life import SENDERS
from analysis.demo.truth.items import Item
from analysis.demo.truth.knowledge import Knowledge, due_day
from analysis.demo.truth.progress import Rows, calendars_of

#: Days within which the same fault at the same place has come back.
AGAIN_DAYS = 90
#: Beyond so many items of a unit that are due together, those that are done are told by number.
TOGETHER = 60


def overdue(knowledge: Knowledge, as_of: date) -> Rows:
    """What is late and not done."""
    return [
        _named(item) | {
            "person": item.person, "supervised": item.supervised, "opened_on": item.opened_on,
            "first_due_on": item.first_due_on, "due_on": item.due_on, "days_late": item.days_late,
        }
        for item in knowledge.items(as_of)
        if item.state == "overdue" and item.counts
    ]  # fmt: skip


def item_wall(knowledge: Knowledge, as_of: date) -> Rows:
    """Each item by unit and by when it is due; of a crowd what is done is counted together."""
    calendars = calendars_of(knowledge, as_of).values()
    node_days, nodes = min(calendars, key=lambda each: each[1][0], default=(0, []))
    placed = [
        (item, *_column_of(item.due_on, as_of, node_days, nodes))
        for item in knowledge.items(as_of)
        if not item.is_void
    ]
    rows: Rows = []
    crowds: dict[tuple[Any, ...], list[Item]] = {}
    for item, column_on, is_node in placed:
        beside = sum(each.unit == item.unit and on == column_on for each, on, _ in placed)
        about = {
            "unit": item.unit, "township": item.township, "site_kind": item.site_kind,
            "kind": item.kind, "column_on": column_on, "is_node": is_node,
            "state": item.shown_state, "is_major": item.kind == "hazard" and item.is_major,
            "is_done": item.is_done, "is_overdue": item.state == "overdue",
            "is_counted": not item.standing,
        }  # fmt: skip
        if item.is_done and beside > TOGETHER:
            crowds.setdefault(tuple(about.items()), []).append(item)
        else:
            rows.append(about | {
                "key": item.key, "person": item.person, "site": item.site, "due_on": item.due_on,
                "days_late": item.days_late, "items": 1,
            })  # fmt: skip
    for shared, crowd in crowds.items():
        late = max((item.days_late for item in crowd if item.days_late is not None), default=None)
        rows.append(dict(shared) | {
            "key": None, "person": None, "site": None, "due_on": None, "days_late": late,
            "items": len(crowd),
        })  # fmt: skip
    return rows


def _column_of(
    due_on: date | None, as_of: date, node_days: int, nodes: list[date]
) -> tuple[date | None, bool]:
    """The last day of the column in which a deadline stands, and whether that is a node.

    Before the nodes' first period columns are months; the day parts the one that it lies in.
    """
    if due_on is None:
        return None, False
    begun = nodes[0] - timedelta(days=node_days) if nodes else None
    if begun is not None and due_on > begun:
        end, is_node = next(node for node in nodes if due_on <= node), True
    else:
        end = due_on.replace(day=monthrange(due_on.year, due_on.month)[1])
        end, is_node = min(end, begun or end), False
    if due_on < as_of <= end:
        return as_of - timedelta(days=1), False
    return end, is_node


def due_soon(knowledge: Knowledge, as_of: date) -> Rows:
    """What is due within seven days."""
    return [
        _named(item) | {"due_on": item.due_on, "days_left": (item.due_on - as_of).days}
        for item in knowledge.items(as_of)
        if item.state == "due_soon" and item.due_on
    ]


def supervision(knowledge: Knowledge, as_of: date) -> Rows:
    """Major hazards that are not closed, and what is listed for supervision."""
    rows = []
    for item in knowledge.items(as_of):
        is_open_major = item.is_major and not item.is_closed
        if item.kind != "hazard" or item.is_void or not (item.supervised or is_open_major):
            continue
        standing = "应挂未挂" if not item.supervised else "已摘牌" if item.closed_on else "督办中"
        days = None
        if item.supervised_on:
            days = ((item.closed_on or as_of) - item.supervised_on).days
        rows.append(_named(item) | {
            "standing_text": standing, "supervised_on": item.supervised_on,
            "days_supervised": days, "due_on": item.due_on, "state": item.shown_state,
            "suspension": "claimed" if item.shown_state == "suspended" else None,
            "relief": item.relief,
            "days_late": None if item.is_done else item.days_late,
            "done_late": item.days_late if item.is_done else None, "closed_on": item.closed_on,
        })  # fmt: skip
    return rows


def vanished(knowledge: Knowledge, as_of: date) -> Rows:
    """What a unit's last whole list that is past its due day leaves out although it is open.

    Asked later, it is told of what was missing on the day and is not known to be closed by then.
    """
    then = Knowledge(knowledge.life, min(as_of, knowledge.known_on))
    missing = {}
    for unit in SENDERS:
        for key, day in left_out(then, unit):
            missing[key] = day
    return [
        {"key": item.key, "unit": item.unit, "state": item.shown_state, "due_on": item.due_on,
         "missing_since": missing[item.key]}
        for item in knowledge.items(as_of)
        if item.key in missing and item.state not in ("closed", "void")
    ]  # fmt: skip


def recurrence(knowledge: Knowledge, as_of: date) -> Rows:
    """A fault of the kind found again at a place within ninety days of its being put right."""
    hazards = [
        item for item in knowledge.items(as_of)
        if item.kind == "hazard" and not item.is_void and item.site and item.category
    ]  # fmt: skip
    rows = []
    for again in hazards:
        done_days = [
            item.done_on for item in hazards
            if item.site == again.site and item.category == again.category and item.done_on
            and item.done_on < again.opened_on <= item.done_on + timedelta(days=AGAIN_DAYS)
        ]  # fmt: skip
        if done_days:
            last = max(done_days)
            rows.append({
                "key": again.key, "site": again.site, "category": again.category,
                "first_done_on": last, "opened_on": again.opened_on,
                "days_between": (again.opened_on - last).days,
            })  # fmt: skip
    return rows


def deadline_slip(knowledge: Knowledge, as_of: date) -> Rows:
    """Whose deadline has moved since it was first told."""
    rows = []
    for item in knowledge.items(as_of):
        known = knowledge.known[item.key]
        days = [*known.deadlines.items()]
        changed = [day for (_, before), (day, due) in pairwise(days) if before != due]
        stated = [due for _, due in days if due is not None]
        if not changed or not stated or item.is_void:
            continue
        first, last = stated[0], days[-1][1]
        moves = sum(old is not None and old != new for (_, old), (_, new) in pairwise(days))
        slip = "cancelled" if last is None else "later" if last > first else "earlier"
        if last == first:
            if moves or days[0][1] is not None:
                continue  # it came back to itself
            slip = "set"
        rows.append({
            "key": item.key, "slip": slip, "first_due_on": first, "due_on": last, "moves": moves,
            "moved_on": changed[-1],
            "is_approved": known.facts.get("extended_due_on") is not None,
            "days_moved": (last - first).days if last and slip != "set" else None,
        })  # fmt: skip
    return rows


def _named(item: Item) -> dict[str, Any]:
    return {
        "key": item.key, "unit": item.unit, "level": item.level, "site": item.site,
        "township": item.township,
    }  # fmt: skip


def left_out(knowledge: Knowledge, unit: str) -> list[tuple[str, date]]:
    """What a unit's last whole list past its due day leaves out, and since when it is known."""
    today = knowledge.known_on
    told: dict[date, set[str]] = {}
    came: dict[date, date] = {}
    for sending in knowledge.lists(unit):
        half = sending.whole_of or sending.until
        told.setdefault(half, set()).update(key for key, _ in sending.said())
        if sending.whole_of:
            came[half] = max(came.get(half, date.min), sending.day)
    past = sorted(half for half in came if due_day(half) < today)
    found = []
    for key in set().union(*told.values()) if past else set():
        last_told = max(half for half, keys in told.items() if key in keys)
        later = [half for half in past if half > last_told]
        if later and _is_owed(knowledge, unit, key):
            first = later[0]
            found.append((key, max(due_day(first) + timedelta(days=1), came[first])))
    return found


def _is_owed(knowledge: Knowledge, unit: str, key: str) -> bool:
    """Whether the unit still has to speak of an item: it is its own, and not closed."""
    known = knowledge.known[key]
    is_closed = known.accepted is not None or known.facts.get("closed_on") is not None
    return known.facts.get("unit") == unit and not is_closed and known.facts["status"] != "void"
