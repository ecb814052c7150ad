"""How far the work has come: counts and rates of items, by the definitions of docs/口径.md."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import ceil, exp, log, sqrt
from typing import Any

from analysis.demo.truth.items import Item
from analysis.demo.truth.knowledge import Knowledge

Rows = list[dict[str, Any]]
NONE, ALL = "未填", "全部"
#: What stands where a kind of item has no such thing: a measure has no township.
NOT_APPLICABLE = "不适用"
OF_HAZARDS = frozenset({"township", "site_kind", "category", "level"})
#: Days after which an item that is told of for the first time was registered late.
LATE_ENTRY_DAYS = 30
#: Of fewer items no interval is given.
FEWEST_FOR_INTERVAL = 5
DIMENSIONS = (
    "kind", "unit", "township", "site_kind", "category", "rect_type", "level", "supervised",
)  # fmt: skip


def overview(knowledge: Knowledge, as_of: date) -> Rows:
    """The whole in one row."""
    items = knowledge.items(as_of)
    counted = [item for item in items if item.counts]
    majors = [item for item in items if item.is_major]
    open_majors = [item for item in majors if not item.is_closed]
    row = _rates(counted) | {
        "due_soon": sum(item.state == "due_soon" for item in counted),
        "undated": sum(item.state == "undated" for item in counted),
        "suspended": sum(item.shut_since is not None for item in counted),
        # the office of the demo has looked at none of them
        "suspended_apart": 0,
        "relieved": sum(item.relief is not None for item in items),
        "gone": 0,
        "standing": sum(item.standing and not item.is_void for item in items),
        "void": sum(item.is_void for item in items),
        "major_total": len(majors),
        "major_closed": len(majors) - len(open_majors),
        "major_open": len(open_majors),
        "major_supervised": sum(item.supervised for item in open_majors),
        "supervised_open": sum(
            item.supervised and not item.is_closed and not item.is_void for item in items
        ),
        "major_closure_rate": share(len(majors) - len(open_majors), len(majors)),
        "supervision_rate": share(sum(i.supervised for i in open_majors), len(open_majors)),
    }
    return [row]


def completion(knowledge: Knowledge, as_of: date) -> Rows:
    """The same by each member of each dimension."""
    counted = [item for item in knowledge.items(as_of) if item.counts]
    rows = [{"dimension": "all", "member": "all"} | _rates(counted)]
    for dimension in DIMENSIONS:
        for member, items in _by(counted, lambda item, d=dimension: _member(item, d)):
            rows.append({"dimension": dimension, "member": member} | _rates(items))
    return rows


def node_progress(knowledge: Knowledge, as_of: date) -> Rows:
    """What was to be done by each working node, who has begun with it, and how much is done."""
    items = [item for item in knowledge.items(as_of) if item.counts and item.due_on]
    idle = [item for item in knowledge.items(as_of) if _has_no_task(knowledge, item)]
    calendars = calendars_of(knowledge, as_of)
    if not calendars:
        return []
    first = min(calendars.values(), key=lambda calendar: calendar[1][0])
    nodes = sorted({node for _, days in calendars.values() for node in days})
    rows: Rows = []
    for unit in [ALL, *sorted({_said(item.unit) for item in [*items, *idle]})]:
        totals = dict.fromkeys(("planned_total", "suspended_total", "done_total"), 0)
        for number, node in enumerate([None, *nodes]):
            mine = [
                item
                for item in items
                if unit in (ALL, _said(item.unit))
                and node in _node_of(item.due_on, *calendars.get(item.plan or "", first))
            ]
            on_time, late, undated = (
                sum(item.punctuality == each for item in mine)
                for each in ("in_time", "late", "undated")
            )
            done = sum(item.is_done for item in mine)
            suspended = sum(item.state == "suspended" for item in mine)
            totals["planned_total"] += len(mine)
            totals["suspended_total"] += suspended
            totals["done_total"] += done
            rows.append({
                "unit": unit, "node_no": number, "node_on": node, "planned": len(mine),
                "begun": sum(_has_begun(knowledge, item) for item in mine),
                "on_time": on_time, "late": late, "undated_done": undated,
                "suspended_due": suspended, "owed": len(mine) - done - suspended, "done": done,
                "without_task": sum(unit in (ALL, _said(item.unit)) for item in idle), **totals,
                "completion_rate": share(
                    totals["done_total"], totals["planned_total"] - totals["suspended_total"]
                ),
            })  # fmt: skip
    return rows


def ageing(knowledge: Knowledge, as_of: date) -> Rows:
    """How long unfinished items have been late, and open."""
    left = [item for item in knowledge.items(as_of) if item.counts and not item.is_done]
    bands: dict[tuple[str, str, int, str], list[tuple[Item, int | None]]] = {}
    for item in left:
        late = item.days_late if item.state == "overdue" else None
        age = (as_of - item.opened_on).days
        for unit in (ALL, _said(item.unit)):
            bands.setdefault(("late", unit, *_late_band(item, late)), []).append((item, late))
            bands.setdefault(("open", unit, *_open_band(age)), []).append((item, age))
    return [
        {
            "basis": basis, "unit": unit, "band_no": number, "band": band, "items": len(members),
            "major_items": sum(item.is_major for item, _ in members),
            "longest_days": max((d for _, d in members if d is not None), default=None),
        }
        for (basis, unit, number, band), members in bands.items()
    ]  # fmt: skip


def clarity(knowledge: Knowledge, as_of: date) -> Rows:
    """How many items name person, unit and deadline."""
    items = [item for item in knowledge.items(as_of) if not item.is_void]
    rows = []
    for unit, mine in [(ALL, items), *_by(items, lambda item: _said(item.unit))]:
        clear = [i for i in mine if i.person and i.unit and (i.due_on or i.standing)]
        rows.append({
            "unit": unit, "items": len(mine), "with_person": sum(bool(i.person) for i in mine),
            "with_unit": sum(bool(i.unit) for i in mine),
            "with_deadline": sum(bool(i.due_on or i.standing) for i in mine),
            "clear": len(clear), "clarity_rate": share(len(clear), len(mine)),
        })  # fmt: skip
    return rows


def close_times(knowledge: Knowledge, as_of: date) -> Rows:
    """How long items take until they are done and until they are closed (Kaplan–Meier)."""
    items = [item for item in knowledge.items(as_of) if item.counts]
    rows = []
    groups = [("all", "all", items)]
    for dimension in ("kind", "unit", "level"):
        by = _by(items, lambda item, d=dimension: _member(item, d))
        groups += [(dimension, member, mine) for member, mine in by]
    for until in ("done", "closed"):
        for dimension, member, mine in groups:
            times = [_time(knowledge, item, until, as_of) for item in mine]
            if times:
                rows.append({"until": until, "dimension": dimension, "member": member}
                            | _survival(times))  # fmt: skip
    return rows


def hazard_flow(knowledge: Knowledge, as_of: date) -> Rows:
    """How many hazards have come to each stage of the loop."""
    hazards = [i for i in knowledge.items(as_of) if i.kind == "hazard" and not i.is_void]
    stages: Sequence[tuple[str, Callable[[Item], bool]]] = (
        ("发现", lambda i: True),
        ("判定", lambda i: _by_day(i.judged_on, as_of)),
        ("立案", lambda i: _by_day(i.filed_on, as_of)),
        ("督改", lambda i: i.supervised),
        ("整改", lambda i: i.is_done),
        ("验收", _is_accepted),
        ("销号", lambda i: i.is_closed),
        ("建档", lambda i: _is_archived(i, as_of)),
    )
    rows = []
    groups = [(ALL, hazards), *_by(hazards, lambda item: item.level or NONE)] if hazards else []
    for level, mine in groups:
        for number, (stage, has_come) in enumerate(stages, start=1):
            come = sum(has_come(item) for item in mine)
            rows.append({"level": level, "stage_no": number, "stage": stage, "items": come,
                         "found": len(mine), "stage_rate": share(come, len(mine))})  # fmt: skip
    return rows


def hazard_mix(knowledge: Knowledge, as_of: date) -> Rows:
    """What the hazards are, by one dimension or two."""
    hazards = [i for i in knowledge.items(as_of) if i.kind == "hazard" and not i.is_void]
    rows = []
    for dimension in ("category", "level", "site_kind", "township", "source"):
        for member, mine in _by(hazards, lambda item, d=dimension: getattr(item, d) or NONE):
            rows.append(_mixed(dimension, member, None, mine, len(hazards)))
    for first in ("township", "site_kind"):
        crossed = _by(hazards, lambda i, d=first: (getattr(i, d) or NONE, i.category or NONE))
        for (member, category), mine in crossed:
            rows.append(_mixed(f"{first}_category", member, category, mine, len(hazards)))
    return rows


def share(part: int, whole: int) -> float | None:
    """A rate; of nothing there is none."""
    return part / whole if whole else None


def _rates(items: Sequence[Item]) -> dict[str, Any]:
    done = sum(item.is_done for item in items)
    closed = sum(item.is_closed for item in items)
    past = [item for item in items if item.is_due]
    on_time, late, undated = (
        sum(item.punctuality == each for item in past) for each in ("in_time", "late", "undated")
    )
    overdue = sum(item.state == "overdue" for item in items)
    due = on_time + late + overdue
    return {
        "total": len(items), "done": done, "closed": closed, "due": due, "on_time": on_time,
        "late": late, "overdue": overdue, "suspended_due": 0, "undated_done": undated,
        "completion_rate": share(done, len(items)), "closure_rate": share(closed, len(items)),
        "on_time_rate": share(on_time, due),
    }  # fmt: skip


def _member(item: Item, dimension: str) -> str:
    value = getattr(item, dimension)
    if dimension == "supervised":
        return "是" if value else "否"
    has_it = item.kind == "hazard" or dimension not in OF_HAZARDS
    has_it &= item.kind != "decision" or dimension != "rect_type"
    return value or (NONE if has_it else NOT_APPLICABLE)


def _said(unit: str | None) -> str:
    return unit or NONE


def _by(items: Iterable[Item], key: Callable[..., Any]) -> list[tuple[Any, list[Item]]]:
    groups: dict[Any, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def _has_begun(knowledge: Knowledge, item: Item) -> bool:
    """Whether somebody has told of the work, and not that it has not begun."""
    return item.is_done or knowledge.known[item.key].facts.get("status") not in (
        None, "not_started",
    )  # fmt: skip


def _has_no_task(knowledge: Knowledge, item: Item) -> bool:
    """Whether a measure has nothing that could be done by a node: neither a day nor a number."""
    if item.kind != "measure" or item.is_void or item.due_on:
        return False
    measures = (measure for plan in knowledge.life.plans if plan.number == item.plan
                for measure in plan.measures)  # fmt: skip
    return all(m.quantity is None for m in measures if item.key.endswith(f" {m.no}"))


def calendars_of(knowledge: Knowledge, as_of: date) -> dict[str, tuple[int, list[date]]]:
    """Plan → days between its nodes, and the nodes.

    The last of them is the first one after the last deadline of all items and the day.
    """
    dues = [
        due for known in knowledge.known.values() if known.facts.get("status") != "void"
        for due in [known.facts.get("extended_due_on") or known.facts.get("due_on")] if due
    ]  # fmt: skip
    calendars = {}
    for plan in knowledge.life.plans:
        known = [k for k in knowledge.known.values() if k.facts.get("plan") == plan.number]
        if not known:
            continue
        days = (max([*dues, as_of]) - plan.first_node_on).days
        nodes = [
            plan.first_node_on + timedelta(days=plan.node_days * step)
            for step in range(ceil(max(days, 0) / plan.node_days) + 1)
        ]
        calendars[plan.number] = plan.node_days, nodes
    return calendars


def _node_of(due_on: date | None, node_days: int, nodes: Sequence[date]) -> Sequence[date | None]:
    """The node by which something is to be done: None where it was due before they begin.

    What is due after the last has none yet, and what has no deadline has none.
    """
    if due_on is None:
        return []
    if due_on <= nodes[0] - timedelta(days=node_days):
        return [None]
    return [node for node in nodes if due_on <= node][:1]


def _late_band(item: Item, late: int | None) -> tuple[int, str]:
    if late is None:
        return (1, "未到期") if item.due_on else (2, "时限不明")
    if late < 15:
        return 3, "逾期 1—14 天"
    if late < 30:
        return 4, "逾期 15—29 天"
    return (5, "逾期 30—90 天") if late <= 90 else (6, "逾期超过 90 天")


def _open_band(age: int) -> tuple[int, str]:
    for number, (most, band) in enumerate(
        ((15, "15 天以内"), (30, "16—30 天"), (90, "31—90 天"), (180, "91—180 天")), start=1
    ):
        if age <= most:
            return number, band
    return 5, "超过 180 天"


def _time(knowledge: Knowledge, item: Item, until: str, as_of: date) -> tuple[int, bool, int]:
    """Days until the end, or until today where it has not come to it; from which day on watched.

    What was told of more than a month after it was found is watched from then on.
    """
    end = item.done_on if until == "done" else item.closed_on
    entry = (knowledge.known[item.key].first_on - item.opened_on).days
    days = max(((end or as_of) - item.opened_on).days, 0)
    return days, end is not None, entry if entry > LATE_ENTRY_DAYS else 0


def _survival(all_times: Sequence[tuple[int, bool, int]]) -> dict[str, Any]:
    """Median and nine tenths with their 95 % intervals (log-log), and the mean of those reached."""
    found: dict[str, Any] = dict.fromkeys(
        ("median_days", "median_low", "median_high", "p90_days", "p90_low", "p90_high")
    )
    times = [time for time in all_times if not time[2] or time[0] > time[2]]
    left, spread = 1.0, 0.0
    for day in sorted({days for days, is_end, _ in times if is_end}):
        waiting = sum(days >= day and (not entry or entry < day) for days, _, entry in times)
        reached = sum(days == day and is_end for days, is_end, _ in times)
        left *= 1 - reached / waiting
        if waiting > reached:
            spread += reached / (waiting * (waiting - reached))
        low, high = _interval(left, spread)
        if reached:
            for name, bound in (("median", 0.5), ("p90", 0.1)):
                for end, value in (("days", left), ("low", low), ("high", high)):
                    place = f"{name}_{end}"
                    is_shown = end == "days" or len(all_times) >= FEWEST_FOR_INTERVAL
                    if is_shown and value <= bound + 1e-9 and found[place] is None:
                        found[place] = day
    ends = [days for days, is_end, _ in all_times if is_end]
    # tenths of a day, half up
    mean = (sum(ends) * 20 + len(ends)) // (2 * len(ends)) / 10 if ends else None
    return {"items": len(all_times), "reached": len(ends), "mean_reached_days": mean} | found


def _interval(left: float, spread: float) -> tuple[float, float]:
    if left < 1e-12:
        return 0.0, 0.0
    if not spread:
        return 1.0, 1.0
    width = 1.959963984540054 * sqrt(spread) / -log(left)
    return left ** exp(width), left ** exp(-width)


def _by_day(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _is_accepted(item: Item) -> bool:
    return item.accepted_on is not None and item.accepted_by is not None


def _is_archived(item: Item, as_of: date) -> bool:
    is_filed = item.level != "重大" or _by_day(item.filed_on, as_of)
    is_dated = not item.is_as_reported and _by_day(item.judged_on, as_of) and _is_accepted(item)
    return item.is_closed and is_dated and is_filed


def _mixed(
    dimension: str, member: str, by: str | None, mine: Sequence[Item], whole: int
) -> dict[str, Any]:
    return {
        "dimension": dimension, "member": member, "by_member": by, "items": len(mine),
        "open_items": sum(not item.is_done for item in mine),
        "overdue_items": sum(item.state == "overdue" for item in mine),
        "major_items": sum(item.is_major for item in mine),
        "major_open": sum(item.is_major and not item.is_closed for item in mine),
        "share_rate": share(len(mine), whole),
    }  # fmt: skip
