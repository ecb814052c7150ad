"""What stands in the registers of duties: who was talked to, reported, warned, met, checked."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from analysis.demo.sending import half_months
from analysis.demo.truth.books import Facts
from analysis.demo.truth.items import Item
from analysis.demo.truth.knowledge import Knowledge, due_day
from analysis.demo.truth.progress import NONE, Rows, share
from analysis.demo.world import MEMBER_UNITS

#: What is said of an act is judged so many days after it.
AFTER = timedelta(days=30)
USED = ("约谈警示", "媒体曝光", "现场办公", "督导检查")
LISTED = "挂牌督办"
WHOLE, ALL = "全部", "all"


def instruments(knowledge: Knowledge, as_of: date) -> Rows:
    """How often each instrument was used on whom, and what followed, beside alike hazards."""
    hazards = [
        item for item in knowledge.items(as_of)
        if item.kind == "hazard" and not item.is_void and item.state != "suspended"
    ]  # fmt: skip
    acts: list[tuple[str, str, date, Item | None]] = [
        (facts["kind"], target, _day(facts), None)
        for facts in held(knowledge, as_of) if facts["kind"] in USED
        for target in str(facts.get("target") or NONE).split("、")
    ]  # fmt: skip
    acts += [
        (LISTED, item.unit or NONE, item.supervised_on, item)
        for item in hazards if item.supervised_on
    ]  # fmt: skip
    rows = []
    for instrument in sorted({act[0] for act in acts}):
        mine = [act for act in acts if act[0] == instrument]
        parts = [_used_on(target, mine, hazards, as_of) for target in {act[1] for act in mine}]
        whole = {name: sum(part[name] for part in parts) for name in _COUNTS}
        parts.append(whole | {"target": WHOLE, "last_on": max(act[2] for act in mine)})
        rows += [
            part | {
                "instrument": instrument,
                "done_rate": share(part["done_after"], part["open_then"]),
                "alike_rate": share(part["alike_done"], part["alike_open"]),
            }
            for part in parts
        ]  # fmt: skip
    return rows


_COUNTS = ("acts", "judged", "open_then", "done_after", "alike_open", "alike_done")


def _used_on(
    target: str, acts: Sequence[tuple[str, str, date, Item | None]], hazards: Sequence[Item],
    as_of: date,
) -> dict[str, Any]:  # fmt: skip
    """What was done to one target, and how its hazards went on within thirty days of each day."""
    mine = [act for act in acts if act[1] == target]
    row: dict[str, Any] = dict.fromkeys(_COUNTS, 0) | {
        "target": target, "acts": len(mine), "last_on": max(act[2] for act in mine)
    }  # fmt: skip
    for day in {act[2] for act in mine if act[2] + AFTER <= as_of}:
        that_day = [act for act in acts if act[2] == day]
        own = _concerned([act for act in that_day if act[1] == target], hazards, day)
        if acts[0][0] == LISTED:
            others = [
                item for item in hazards
                if item.is_major and _is_open(item, day)
                and not (item.supervised_on and item.supervised_on <= day + AFTER)
            ]  # fmt: skip
        else:
            touched = {item.key for item in _concerned(that_day, hazards, day)}
            others = [i for i in hazards if _is_open(i, day) and i.key not in touched]
        row["judged"] += 1
        row["open_then"] += len(own)
        row["done_after"] += sum(_is_done_by(item, day + AFTER) for item in own)
        row["alike_open"] += len(others)
        row["alike_done"] += sum(_is_done_by(item, day + AFTER) for item in others)
    return row


def _concerned(
    acts: Sequence[tuple[str, str, date, Item | None]], hazards: Sequence[Item], day: date
) -> list[Item]:
    """The hazards open on the day that acts are about."""
    targets = {target for _, target, _, item in acts if item is None}
    listed = {item.key for *_, item in acts if item}
    return [
        item for item in hazards
        if _is_open(item, day)
        and (item.key in listed or targets & {item.unit, item.site, item.township})
    ]  # fmt: skip


def _is_open(item: Item, day: date) -> bool:
    return item.opened_on <= day and not _is_done_by(item, day)


def _is_done_by(item: Item, day: date) -> bool:
    return item.done_on is not None and item.done_on <= day


def self_reports(knowledge: Knowledge, as_of: date) -> Rows:
    """Who on the lists of a year has reported on his duties, and who has not."""
    listed: dict[tuple[int, str], list[Facts]] = {}
    for facts in _told(knowledge, as_of):
        member = facts.get("person") or facts.get("unit")
        if facts["kind"] == "述职" and member:
            listed.setdefault(((facts.get("period_start") or _day(facts)).year, member), []).append(
                facts
            )
    rows = []
    for (year, member), mine in listed.items():
        days = [_day(facts) for facts in mine if facts.get("is_held", True)]
        rows.append(_reported(year, member, 1, int(bool(days)), max(days, default=None)))
    for year in {year for year, _ in listed}:
        mine = [row for row in rows if row["year"] == year]
        reported = sum(row["reported"] for row in mine)
        last = max((row["reported_on"] for row in mine if row["reported_on"]), default=None)
        rows.append(_reported(year, ALL, len(mine), reported, last))
    return rows


def _reported(year: int, member: str, listed: int, reported: int, last: date | None) -> Any:
    return {
        "year": year, "member": member, "listed": listed, "reported": reported,
        "missing": listed - reported, "report_rate": share(reported, listed), "reported_on": last,
    }  # fmt: skip


def warnings_issued(knowledge: Knowledge, as_of: date) -> Rows:
    """How many warnings each unit has issued in each month, and all of them together."""
    issued = [facts for facts in held(knowledge, as_of) if facts["kind"] == "预警信息"]
    rows = []
    for month in {_day(facts).replace(day=1) for facts in issued}:
        of_month = [facts for facts in issued if _day(facts).replace(day=1) == month]
        units = {facts["unit"] for facts in of_month}
        for unit in [WHOLE, *units]:
            mine = [facts for facts in of_month if unit in (WHOLE, facts["unit"])]
            rows.append({
                "month_on": month, "unit": unit,
                "warnings": sum(facts.get("quantity", 1) for facts in mine),
                "with_target": sum(f.get("quantity", 1) for f in mine if f.get("target")),
                "units": len(units) if unit == WHOLE else None,
                "last_on": max(map(_day, mine)),
            })  # fmt: skip
    return rows


def good_practice(knowledge: Knowledge, as_of: date) -> Rows:
    """What units have written up for others."""
    return [
        {"kind": facts["kind"], "unit": facts["unit"], "subject": facts["subject"],
         "told_on": _day(facts), "target": facts.get("target")}
        for facts in held(knowledge, as_of) if facts["kind"] in ("经验总结", "制度文件")
    ]  # fmt: skip


def meetings_held(knowledge: Knowledge, as_of: date) -> Rows:
    """The 研判会 of each month since the plan began, and its 例会: as often as the plan asks."""
    registered = {
        (facts["kind"], _day(facts)) for facts in held(knowledge, as_of)
        if facts["kind"] in ("形势研判会", "例会") and "专班" in facts["unit"]
    }  # fmt: skip
    meetings = registered | {
        (kind, facts["held_on"])
        for facts in knowledge.rows("decision").values() if facts["held_on"] <= as_of
        for kind in ["形势研判会" if "研判" in facts["meeting"] else "例会"]
        if not any(kind == told and abs((day - facts["held_on"]).days) <= 3
                   for told, day in registered)
    }  # fmt: skip
    plans = [
        plan for plan in knowledge.life.plans
        if any(known.facts.get("plan") == plan.number for known in knowledge.known.values())
        and any(measure.quantity for measure in plan.measures)
    ]  # fmt: skip
    begun = [plan.begun_on for plan in plans]
    start = min(begun or [day for _, day in meetings], default=None)
    if start is None or start > as_of:
        return []
    monthly = [
        plan.begun_on for plan in plans for measure in plan.measures
        if measure.duty_kind == "例会" and measure.frequency == "每月"
    ]  # fmt: skip
    often = ("例会", 1, min(monthly)) if monthly else ("例会", 3, start)
    rows = []
    for kind, months, since in (("形势研判会", 1, start), often):
        for first, last in _periods(since, months, as_of):
            if begun and first < since:
                continue
            days = [day for told, day in meetings if told == kind and first <= day <= last]
            rows.append({
                "kind": kind, "period_start": first, "period_end": last, "required": 1,
                "held": len(days), "first_held_on": min(days, default=None),
                "state": "met" if days else "short" if last < as_of else "running",
            })  # fmt: skip
    return rows


def _periods(start: date, months: int, as_of: date) -> Iterator[tuple[date, date]]:
    """Months or quarters from that of one day to that of another."""
    first = date(start.year, (start.month - 1) // months * months + 1, 1)
    while first <= as_of:
        after = date(
            first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1
        )
        yield first, after - timedelta(days=1)
        first = after


def cross_checks(knowledge: Knowledge, as_of: date) -> Rows:
    """Who was to check whom, and who did; a township that checks itself stands apart."""
    told = [
        (facts["unit"], facts.get("target") or NONE, _day(facts), 1, 0, 0)
        for facts in held(knowledge, as_of) if facts["kind"] == "交叉互检"
    ]  # fmt: skip
    told += [
        (visit["unit"], visit.get("township") or visit["site"], visit["inspected_on"], 0, 1,
         visit["hazards_found"])
        for visit in knowledge.rows("inspection").values()
        if "互检" in visit["kind"] and visit["inspected_on"] <= as_of
    ]  # fmt: skip
    pairs: dict[tuple[str, str], list[Any]] = {}
    for unit, target, *rest in told:
        pair = (unit.removesuffix("人民政府"), target.removesuffix("人民政府"))
        pairs.setdefault(pair, []).append(rest)
    return [
        {"unit": unit, "target": target, "is_own": unit == target,
         "arranged": sum(each[1] for each in mine), "visits": sum(each[2] for each in mine),
         "hazards_found": sum(each[3] for each in mine),
         "first_on": min(each[0] for each in mine), "last_on": max(each[0] for each in mine)}
        for (unit, target), mine in pairs.items()
    ]  # fmt: skip


def units_reporting(knowledge: Knowledge, as_of: date) -> Rows:
    """The members of the plan: their liaison, their last report, what they owe."""
    reports = [f for f in knowledge.rows("half_month").values() if f["period_start"] <= as_of]
    roster = {facts["unit"]: facts for facts in knowledge.rows("unit").values()}
    first = min((facts["period_start"] for facts in reports), default=as_of)
    due = [start for start, end in half_months(first, as_of) if reports and due_day(end) < as_of]
    rows = []
    for unit in MEMBER_UNITS if knowledge.known else ():
        came = [
            facts for facts in reports
            if facts["unit"] == unit and facts.get("submitted_on", date.max) <= as_of
        ]  # fmt: skip
        owed = [start for start in due if start not in {facts["period_start"] for facts in came}]
        said = roster.get(unit, {})
        rows.append({
            "unit": unit, "liaison": said.get("liaison"), "phone": said.get("phone"),
            "has_liaison": bool(said.get("liaison")),
            "last_period_end": max((facts["period_end"] for facts in came), default=None),
            "last_submitted_on": max((facts["submitted_on"] for facts in came), default=None),
            "due": len(due), "owed": len(owed), "owed_since": min(owed, default=None),
        })  # fmt: skip
    return rows


def held(knowledge: Knowledge, as_of: date) -> list[Facts]:
    """The acts of duty up to a day, without those of which a list says that they were not done."""
    return [facts for facts in _told(knowledge, as_of) if facts.get("is_held", True)]


def _told(knowledge: Knowledge, as_of: date) -> list[Facts]:
    """All that the registers say up to a day; who has not done it stands there from its receipt.

    Who reports on his duties later is on the list of his year, and has not reported.
    """
    found: list[Facts] = []
    for sending in knowledge.sendings:
        if sending.ledger == "duty":
            for _, facts in sending.said():
                day = facts.get("held_on") or facts.get("submitted_on") or facts.get("period_start")
                if (day or sending.day) <= as_of:
                    found.append(facts)
                elif (
                    facts["kind"] == "述职"
                    and (facts.get("period_start") or day or sending.day) <= as_of
                ):
                    found.append(facts | {"is_held": False})
    return found


def _day(facts: Facts) -> date:
    day: date = facts.get("held_on") or facts.get("submitted_on") or facts["period_start"]
    return day
