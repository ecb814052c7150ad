"""Reports, accidents, inspections, duties, places: what their books amount to."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analysis.demo.sending import half_months
from analysis.demo.truth.knowledge import Knowledge, due_day, is_rest_day
from analysis.demo.truth.progress import NONE, Rows, share
from analysis.demo.world import MEMBER_UNITS

Facts = Mapping[str, Any]


def report_punctuality(knowledge: Knowledge, as_of: date) -> Rows:
    """Who reported for which half month, when."""
    reports = knowledge.rows("half_month")
    if not reports:
        return []
    sent: dict[tuple[str, date], Facts] = {}
    for facts in reports.values():
        if facts.get("submitted_on"):
            sent[facts["unit"], facts["period_start"]] = facts
    first = min(facts["period_start"] for facts in reports.values())
    rows = []
    for unit in _reporters(knowledge):
        for start, end in half_months(first, as_of):
            due_on = due_day(end)
            report = sent.get((unit, start))
            day = report["submitted_on"] if report and report["submitted_on"] <= as_of else None
            state = "pending" if due_on >= as_of else "missing"
            if day:
                state = "in_time" if day <= due_on else "late"
            rows.append({
                "unit": unit, "period_start": start, "period_end": end, "due_on": due_on,
                "submitted_on": day, "state": state,
                "days_late": ((day or as_of) - due_on).days if state in ("late", "missing")
                else None,
            })  # fmt: skip
    return rows


def report_reconciliation(knowledge: Knowledge, as_of: date) -> Rows:
    """The figures of half-month reports beside those of the ledgers."""
    hazards = [i for i in knowledge.items(as_of) if i.kind == "hazard" and not i.is_void]
    visits = [f for f in knowledge.rows("inspection").values() if f["inspected_on"] <= as_of]
    rows = []
    for facts in knowledge.rows("half_month").values():
        start, end = facts["period_start"], facts["period_end"]
        if start > as_of or facts.get("submitted_on", date.max) > as_of:
            continue
        mine = [item for item in hazards if item.unit == facts["unit"]]
        counted = {
            "发现隐患": ("hazards_found", sum(start <= i.opened_on <= end for i in mine)),
            "整改完成": (
                "hazards_done", sum(bool(i.done_on and start <= i.done_on <= end) for i in mine)
            ),
            "检查家次": ("visits", sum(
                v["unit"] == facts["unit"] and start <= v["inspected_on"] <= end for v in visits
            )),
        }  # fmt: skip
        for figure, (name, in_ledger) in counted.items():
            if (reported := facts.get(name)) is not None:
                rows.append({
                    "unit": facts["unit"], "period_start": start, "period_end": end,
                    "figure": figure, "reported": reported, "in_ledger": in_ledger,
                    "difference": reported - in_ledger,
                })  # fmt: skip
    return rows


def accident_yoy(knowledge: Knowledge, as_of: date) -> Rows:
    """The month, the quarter and the year so far against the same days of the year before."""
    accidents = _accidents(knowledge, as_of)
    if not accidents:
        return []
    quarter = as_of.replace(month=as_of.month - (as_of.month - 1) % 3, day=1)
    starts = {
        "month": as_of.replace(day=1), "quarter": quarter, "year": as_of.replace(month=1, day=1)
    }  # fmt: skip
    kept_since = min(each["occurred_on"] for each in accidents).replace(month=1, day=1)
    until = _told_until(knowledge, as_of)
    rows = []
    for period, start in starts.items():
        now: tuple[int | None, int | None] = (None, None)
        before: tuple[int | None, int | None] = (None, None)
        if start <= until:
            now = _sum(accidents, start, until)
            if kept_since <= _year_before(start):
                before = _sum(accidents, _year_before(start), _year_before(until))
        rows.append({
            "source": "records", "period": period, "period_start": start,
            "period_end": until if start <= until else as_of,
            "accidents": now[0], "deaths": now[1], "accidents_prev": before[0],
            "deaths_prev": before[1], "accidents_yoy": _change(now[0], before[0]),
            "deaths_yoy": _change(now[1], before[1]),
        })  # fmt: skip
    return rows


def accident_monthly(knowledge: Knowledge, as_of: date) -> Rows:
    """The accidents of each month of the year so far, those that count, by their kind."""
    accidents = _accidents(knowledge, as_of, counted=None)
    first, as_of = as_of.replace(month=1, day=1), _told_until(knowledge, as_of)
    rows: Rows = []
    if as_of < first:
        return rows
    for is_counted in (True, False):
        mine = [each for each in accidents if each["counted"] == is_counted]
        mine = [e for e in mine if first <= e["occurred_on"] or
                _year_before(first) <= e["occurred_on"] <= _year_before(as_of)]  # fmt: skip
        groups = [("all", "all", mine)] if mine else []
        for dimension in ("industry", "grade", "kind"):
            members = dict.fromkeys(each[dimension] for each in mine)
            groups += [(dimension, m, [e for e in mine if e[dimension] == m]) for m in members]
        for dimension, member, group in groups:
            total = deaths = 0
            for month in range(1, as_of.month + 1):
                now = [e for e in group if (e["occurred_on"].year, e["occurred_on"].month)
                       == (as_of.year, month)]  # fmt: skip
                total, deaths = total + len(now), deaths + sum(e["deaths"] for e in now)
                rows.append({
                    "counted": is_counted, "dimension": dimension, "member": member,
                    "month_start": first.replace(month=month), "accidents": len(now),
                    "deaths": sum(e["deaths"] for e in now), "accidents_total": total,
                    "deaths_total": deaths,
                })  # fmt: skip
    return rows


def inspection_coverage(knowledge: Knowledge, as_of: date) -> Rows:
    """How many of the places on the list have been visited this year."""
    places = list(knowledge.rows("site").values())
    listed = {place["site"] for place in places}
    visits = _visits(knowledge, as_of)
    year = as_of.replace(month=1, day=1)
    this_year = [visit for visit in visits if visit["inspected_on"] >= year]
    rows = []
    for dimension, member, mine in _groups(places, ("risk_level", "site_kind", "township")):
        if not mine:
            continue
        names = {place["site"] for place in mine}
        seen = {visit["site"] for visit in this_year if visit["site"] in names}
        lately = {visit["site"] for visit in visits if (as_of - visit["inspected_on"]).days < 60}
        rows.append({
            "dimension": dimension, "member": member, "sites": len(names), "inspected": len(seen),
            "visits": sum(visit["site"] in names for visit in this_year),
            "idle_60": len(names - lately), "coverage_rate": share(len(seen), len(names)),
        })  # fmt: skip
    others = [visit for visit in this_year if visit["site"] not in listed]
    if others:
        for dimension in ("all", "risk_level", "site_kind", "township"):
            rows.append({
                "dimension": dimension, "member": "名录外", "sites": 0,
                "inspected": len({visit["site"] for visit in others}), "visits": len(others),
                "idle_60": 0, "coverage_rate": None,
            })  # fmt: skip
    return rows


def inspection_yield(knowledge: Knowledge, as_of: date) -> Rows:
    """What this year's visits found, and how many were made public in time."""
    year = as_of.replace(month=1, day=1)
    visits = [v for v in _visits(knowledge, as_of) if v["inspected_on"] >= year]
    rows = []
    groups = _groups(visits, ("kind", "unit", "site_kind", "township"))
    named = [visit for visit in visits if visit.get("campaign")]
    groups += _groups(named, ("campaign",))[1:]  # what belongs to none is no group of its own
    for dimension, member, mine in groups:
        if not mine:
            continue
        found = sum(visit["hazards_found"] for visit in mine)
        with_hazards = sum(visit["hazards_found"] > 0 for visit in mine)
        owed = [
            visit for visit in mine
            if "双随机" in visit["kind"] and as_of > publish_by(visit["inspected_on"])
        ]  # fmt: skip
        in_time = sum(
            bool(v.get("published_on") and v["published_on"] <= as_of
                 and v["inspected_on"] <= v["published_on"] <= publish_by(v["inspected_on"]))
            for v in owed
        )  # fmt: skip
        rows.append({
            "dimension": dimension, "member": member, "visits": len(mine),
            "sites": len({visit["site"] for visit in mine}), "with_hazards": with_hazards,
            "hazards_found": found,
            "major_found": sum(visit["major_hazards_found"] for visit in mine),
            "per_visit": (found * 200 + len(mine)) // (2 * len(mine)) / 100,
            "yield_rate": share(with_hazards, len(mine)), "to_publish": len(owed),
            "published_in_time": in_time, "publish_rate": share(in_time, len(owed)),
            "by_weekdays": 0,  # the arrangement of every year of the demo is known
        })  # fmt: skip
    return rows


def publish_by(inspected_on: date) -> date:
    """The twentieth working day, counted from the one after the inspection."""
    day, left = inspected_on, 20
    while left:
        day += timedelta(days=1)
        left -= not is_rest_day(day)
    return day


def campaign_progress(knowledge: Knowledge, as_of: date) -> Rows:
    """What each campaign has visited and found by a day, and how far that is put right."""
    visits = [visit for visit in _visits(knowledge, as_of) if visit.get("campaign")]
    hazards = [
        (campaign, item)
        for item in knowledge.items(as_of)
        if item.kind == "hazard" and not item.is_void
        and (campaign := _campaign_of(knowledge.known[item.key].facts, item.opened_on, visits))
    ]  # fmt: skip
    names = [visit["campaign"] for visit in visits] + [name for name, _ in hazards]
    rows = []
    for campaign in dict.fromkeys(names):
        seen = [visit for visit in visits if visit["campaign"] == campaign]
        found = [item for name, item in hazards if name == campaign]
        majors = [item for item in found if item.is_major]
        counted = [i for i in found if not i.standing and i.state != "suspended"]
        done = sum(item.is_done for item in counted)
        closed = sum(item.is_closed for item in counted)
        days = [visit["inspected_on"] for visit in seen] + [item.opened_on for item in found]
        rows.append({
            "campaign": campaign, "visits": len(seen),
            "sites": len({visit["site"] for visit in seen}), "hazards": len(found),
            "apart": len(found) - len(counted), "done": done,
            "closed": closed, "overdue": sum(item.state == "overdue" for item in found),
            "major_hazards": len(majors), "major_closed": sum(item.is_closed for item in majors),
            "completion_rate": share(done, len(counted)),
            "closure_rate": share(closed, len(counted)),
            "first_on": min(days), "last_on": max(days),
        })  # fmt: skip
    return rows


def _campaign_of(facts: Facts, day: date, visits: Sequence[Facts]) -> str | None:
    """A hazard's campaign: its own, else that of its inspection by number, else by site and day."""
    if facts.get("campaign"):
        return str(facts["campaign"])
    number = facts.get("inspection_no")
    numbered = {v["campaign"] for v in visits if number and v["inspection_no"] == number}
    place = (facts.get("site"), day)
    there = {v["campaign"] for v in visits if (v["site"], v["inspected_on"]) == place}
    return next((each for names in (numbered, there) if len(names) == 1 for each in names), None)


def duty_compliance(knowledge: Knowledge, as_of: date) -> Rows:
    """Whether what the plans ask for in numbers was done."""
    duties: list[Facts] = [
        {"unit": "", "quantity": 1} | f | {"held_on": f.get("held_on") or f.get("submitted_on")}
        for f in knowledge.rows("duty").values() if f.get("is_held", True)
    ]  # fmt: skip
    duties = [f for f in duties if f["held_on"] <= as_of]
    rows = []
    for plan in knowledge.life.plans:
        known = {k.key: k for k in knowledge.known.values() if k.facts.get("plan") == plan.number}
        if plan.begun_on > as_of:
            continue
        for key, item in known.items():
            measure = next(m for m in plan.measures if key.endswith(f" {m.no}"))
            if measure.quantity is None:
                continue
            unit = item.facts.get("unit")
            for start, end in _owed(plan.begun_on, measure.frequency, measure.due_on, as_of):
                done = sum(
                    d["quantity"] for d in duties
                    if d["kind"] == measure.duty_kind and start <= d["held_on"] <= end
                    and (d["unit"] == unit or "专班" in d["unit"])
                )  # fmt: skip
                rows.append(_judged(measure.no, unit, measure, start, end, done, as_of))
    return rows


def site_responsibility(knowledge: Knowledge, as_of: date) -> Rows:
    """How many places name who answers for their safety."""
    places = list(knowledge.rows("site").values())
    rows = []
    for dimension, member, mine in _groups(places, ("township", "site_kind", "risk_level", "unit")):
        named = [place for place in mine if place.get("person")]
        rows.append({
            "dimension": dimension, "member": member, "sites": len(mine),
            "with_person": len(named),
            "with_post": sum(bool(place.get("person_post")) for place in named),
            "responsibility_rate": share(len(named), len(mine)),
        })  # fmt: skip
    return rows


def _reporters(knowledge: Knowledge) -> list[str]:
    """Who has to report: the members that the plan names; the roster adds no other."""
    return list(MEMBER_UNITS) if knowledge.known else []


def _accidents(knowledge: Knowledge, as_of: date, counted: bool | None = True) -> list[Facts]:
    return [
        facts for facts in knowledge.rows("accident").values()
        if facts["occurred_on"] <= as_of and counted in (None, facts["counted"])
    ]  # fmt: skip


def _told_until(knowledge: Knowledge, as_of: date) -> date:
    """How far the accident ledgers go: of what nobody has told nobody knows."""
    days = [each.day for each in knowledge.sendings if each.ledger == "accident"]
    days += [facts["occurred_on"] for facts in _accidents(knowledge, as_of, counted=None)]
    return min([as_of, max(days)]) if days else as_of


def _sum(accidents: Iterable[Facts], start: date, end: date) -> tuple[int, int]:
    mine = [each for each in accidents if start <= each["occurred_on"] <= end]
    return len(mine), sum(each["deaths"] for each in mine)


def _year_before(day: date) -> date:
    """The same day of the year before; the end of a month is that of its month."""
    if (day + timedelta(days=1)).day == 1:
        return day.replace(year=day.year - 1, day=monthrange(day.year - 1, day.month)[1])
    return day.replace(year=day.year - 1)


def _change(now: int | None, before: int | None) -> float | None:
    """Per cent to two places; against nothing there is none."""
    if now is None or not before:
        return None
    change = Decimal(100 * (now - before)) / before
    return float(change.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _visits(knowledge: Knowledge, as_of: date) -> list[Facts]:
    return [f for f in knowledge.rows("inspection").values() if f["inspected_on"] <= as_of]


def _groups(rows: Sequence[Facts], dimensions: Sequence[str]) -> list[tuple[str, str, list[Facts]]]:
    """All, then the rows of each member of each dimension."""
    groups: list[tuple[str, str, list[Facts]]] = [("all", "all", list(rows))]
    for dimension in dimensions:
        by_member: dict[str, list[Facts]] = {}
        for row in rows:
            by_member.setdefault(row.get(dimension) or NONE, []).append(row)
        groups += [(dimension, member, mine) for member, mine in by_member.items()]
    return groups


def _owed(
    begun_on: date, frequency: str | None, due_on: date | None, as_of: date
) -> list[tuple[date, date]]:
    """The periods in which a duty is owed: those that lie wholly after the beginning."""
    if frequency is None:
        return [(begun_on, due_on or as_of)]
    periods = []
    start = begun_on.replace(day=1)
    while start <= as_of:
        after = (start + timedelta(days=32)).replace(day=1)
        end = after - timedelta(days=1)
        if start >= begun_on:
            periods.append((start, end))
        start = after
    return periods


def _judged(
    number: str, unit: str | None, measure: Any, start: date, end: date, done: int, as_of: date
) -> dict[str, Any]:
    is_met = done >= measure.quantity
    state = "met" if is_met else "short" if end < as_of else "running"
    has_kind = measure.duty_kind is not None
    return {
        "sub_no": number, "unit": unit, "duty_kind": measure.duty_kind,
        "frequency": measure.frequency, "period_start": start, "period_end": end,
        "required": measure.quantity, "done": done if has_kind else None,
        "missing": max(measure.quantity - done, 0) if has_kind else None,
        "state": state if has_kind else None,
    }  # fmt: skip
