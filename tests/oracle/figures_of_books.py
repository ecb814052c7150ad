"""The metrics of inspections, sites, duties, accidents, campaigns and half-monthly reports."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

from tests.oracle.arithmetic import (
    derive,
    fits,
    half_month_of,
    last_year,
    next_workday,
    nth_workday_after,
    period_of,
    printed,
    printed_value,
    rate,
    rounded,
    yoy,
)
from tests.oracle.items import Items, in_force
from tests.oracle.words import DUTY_KINDS, FREQUENCIES, OFFICE, STRICTNESS, WORD_OF, blank


def told_first(inspections):
    """Those of these inspections that were received before all others."""
    day = min((each["told_on"] for each in inspections), default=None)
    return [each for each in inspections if each["told_on"] == day]


def only_campaign(inspections):
    """The campaign of these inspections, where it is one."""
    campaigns = {each["campaign"] for each in inspections if each.get("campaign")}
    return campaigns.pop() if len(campaigns) == 1 else None


class FiguresOfBooks(Items):
    """Each metric is a method of (as_of, known_on) → a list of rows."""

    def inspection_coverage(self, as_of, known_on=None):
        inspections, sites = self.inspections(as_of, known_on), self.sites(known_on)
        this_year = [i for i in inspections if i["inspected_on"].year == as_of.year]
        roll = {s["site"]: s for s in sites}
        last = {}
        for i in inspections:
            if i.get("site"):
                last[i["site"]] = max(last.get(i["site"], date.min), i["inspected_on"])
        out = []
        outside = [i for i in this_year if i.get("site") not in roll]
        for dimension in ("all", "risk_level", "site_kind", "township"):
            groups = defaultdict(set)
            if dimension == "all":
                groups["all"] = set()
            for name, s in roll.items():
                groups["all" if dimension == "all" else s.get(dimension) or "未填"].add(name)
            for member, names in sorted(groups.items()):
                seen = [i for i in this_year if i.get("site") in names]
                inspected = len({i["site"] for i in seen})
                idle = sum(n not in last or (as_of - last[n]).days >= 60 for n in names)
                out.append(
                    {
                        "dimension": dimension,
                        "member": member,
                        "sites": len(names),
                        "inspected": inspected,
                        "visits": len(seen),
                        "idle_60": idle,
                        "coverage_rate": rate(inspected, len(names)),
                    }
                )
            if outside:
                out.append(
                    {
                        "dimension": dimension,
                        "member": "名录外",
                        "sites": 0,
                        "inspected": len({i.get("site") for i in outside}),
                        "visits": len(outside),
                        "idle_60": 0,
                        "coverage_rate": None,
                    }
                )
        return out

    def inspection_yield(self, as_of, known_on=None, days=20):
        this_year = [
            i for i in self.inspections(as_of, known_on) if i["inspected_on"].year == as_of.year
        ]
        out = []
        for dimension in ("all", "kind", "unit", "site_kind", "township", "campaign"):
            groups = defaultdict(list)
            if dimension == "all":
                groups["all"] = []
            for i in this_year:
                if (
                    dimension == "campaign"
                    and not i.get("campaign")
                    and not self.rules.campaign_members_unstated
                ):
                    continue
                groups["all" if dimension == "all" else i.get(dimension) or "未填"].append(i)
            for member, group in sorted(groups.items()):
                filled = [i for i in group if i.get("hazards_found") is not None]
                with_hazards = sum(i["hazards_found"] > 0 for i in filled)
                found = sum(int(i["hazards_found"]) for i in filled)
                to_publish = in_time = 0
                for i in group:
                    if "双随机" not in (i.get("kind") or ""):
                        continue
                    deadline = nth_workday_after(i["inspected_on"], days, self.world.rest_days)
                    if as_of > deadline:
                        to_publish += 1
                        in_time += bool(
                            i.get("published_on")
                            and i["inspected_on"] <= i["published_on"] <= deadline
                        )
                out.append(
                    {
                        "dimension": dimension,
                        "member": member,
                        "visits": len(group),
                        "sites": len({i["site"] for i in group if i.get("site")}),
                        "with_hazards": with_hazards,
                        "hazards_found": found,
                        "major_found": sum(int(i.get("major_hazards_found") or 0) for i in group),
                        "per_visit": rounded(found, len(filled), 2),
                        "yield_rate": rate(with_hazards, len(filled)),
                        "to_publish": to_publish,
                        "published_in_time": in_time,
                        "publish_rate": rate(in_time, to_publish),
                    }
                )
        return out

    # -- duties ---------------------------------------------------------------------------

    @staticmethod
    def clause(text, record):
        """(frequency, quantity) of a measure: its columns, else its words; the stricter of two."""
        words = (record.get("frequency") or "") + "；" + (text or "")
        found = [code for word, code in FREQUENCIES if word in words]
        frequency = min(found, key=STRICTNESS.get, default=None)
        quantity = record.get("quantity")
        if quantity is None:
            digits = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
            match = re.search(r"(\d+|[一二两三四五六])\s*[次份篇期场]", text or "")
            if match:
                quantity = int(match[1]) if match[1].isdigit() else digits[match[1]]
        return frequency, quantity

    @staticmethod
    def begins(record):
        """启动日期 as stated, else the beginning of the first node's period; else None."""
        if record.get("start_on"):
            return record["start_on"]
        if record.get("first_node_on") and record.get("node_days"):
            return record["first_node_on"] - timedelta(int(record["node_days"]))
        return None

    def requirements(self, as_of, known_on=None):
        out = []
        for key in self.said:
            if key[0] != "measure":
                continue
            versions = self.versions(key, self.known(known_on))
            if not versions or versions[-1].record.get("status") == "void":
                continue
            now = versions[-1].record
            text = now.get("sub_measure") or now.get("measure") or ""
            frequency, quantity = self.clause(text, now)
            if frequency is None and quantity is None:
                continue
            start = next(
                filter(None, (self.begins(v.record) for v in versions)), versions[0].received
            )
            out.append(
                {
                    "key": key,
                    "sub_no": key[2],
                    "requirement": text,
                    "unit": key[1],
                    "duty_kind": next((kind for kind in DUTY_KINDS if kind in text), None),
                    "frequency": frequency,
                    "quantity": quantity or 1,
                    "start": start,
                    "due": in_force(now),
                }
            )
        return out

    def duty_compliance(self, as_of, known_on=None):
        acts = self.rows(
            "duty",
            known_on,
            lambda r: (
                (r["unit"], r["duty_id"])
                if r.get("duty_id")
                else tuple(sorted(map(str, r.items())))
            ),
        )
        acts = [a for a in acts.values() if (a.get("held_on") or a.get("submitted_on"))]
        out = []
        for need in self.requirements(as_of, known_on):
            if need["start"] > as_of:
                continue
            periods = []
            if need["frequency"] is None:
                periods.append((need["start"], need["due"]))
            else:
                first, last = period_of(need["start"], need["frequency"])
                if first < need["start"]:  # not wholly after the start
                    first, last = period_of(last + timedelta(1), need["frequency"])
                while first <= as_of and (need["due"] is None or first <= need["due"]):
                    periods.append((first, last))
                    first, last = period_of(last + timedelta(1), need["frequency"])
            for first, last in periods:
                done = sum(
                    a.get("quantity", 1)
                    for a in acts
                    if a.get("kind") == need["duty_kind"]
                    and a["unit"] in (need["unit"], *OFFICE)
                    and first
                    <= (a.get("held_on") or a["submitted_on"])
                    <= min(last or as_of, as_of)
                )
                if need["duty_kind"] is None:
                    state = done = missing = None
                else:
                    missing = max(0, need["quantity"] - done)
                    state = (
                        "met" if not missing else "short" if last and last < as_of else "running"
                    )
                out.append(
                    {
                        "sub_no": need["sub_no"],
                        "requirement": need["requirement"],
                        "unit": need["unit"],
                        "duty_kind": need["duty_kind"],
                        "frequency": WORD_OF.get(need["frequency"]),
                        "period_start": first,
                        "period_end": last,
                        "required": need["quantity"],
                        "done": done,
                        "missing": missing,
                        "state": state,
                    }
                )
        return sorted(out, key=lambda r: (r["unit"], r["sub_no"], r["period_start"]))

    # -- accidents ------------------------------------------------------------------------

    def _covered(self, accidents, region, year):
        mine = (
            accidents
            if not self.rules.strict_coverage_by_region
            else [a for a in accidents if a["region"] == region]
        )
        return bool(mine) and min(a["occurred_on"].year for a in mine) < year

    def _told_until(self, accidents, as_of, known_on):
        """How far the accident ledgers go; no further than the day described."""
        days = [
            report.day or report.received
            for report in self.ordered
            if report.ledger == "accident" and report.received <= self.known(known_on)
        ]
        days += [a["occurred_on"] for a in accidents]
        return max(days, default=as_of)

    def accident_yoy(self, as_of, known_on=None):
        out = []
        accidents = self.accidents(as_of, known_on)
        reach = self._told_until(accidents, as_of, known_on)
        until = min(as_of, reach)
        prev_end = last_year(until)
        for region in sorted({a["region"] for a in accidents}):
            mine = [a for a in accidents if a["region"] == region and a["counted"]]
            covered = self._covered(accidents, region, as_of.year)
            for period, start in (
                ("month", as_of.replace(day=1)),
                ("quarter", period_of(as_of, "quarter")[0]),
                ("year", date(as_of.year, 1, 1)),
            ):
                told = start <= until
                now = [a for a in mine if start <= a["occurred_on"] <= until]
                then = [
                    a
                    for a in mine
                    if date(start.year - 1, start.month, 1) <= a["occurred_on"] <= prev_end
                ]
                row = {
                    "source": "records",
                    "period": period,
                    "region": region,
                    "industry": None,
                    "period_start": start,
                    "period_end": until if told else as_of,
                    "covered_until": reach,
                }
                for name, pick in (
                    ("accidents", len),
                    ("deaths", lambda g: sum(int(a.get("deaths") or 0) for a in g)),
                ):
                    row[name] = pick(now) if told else None
                    row[name + "_prev"] = pick(then) if told and covered else None
                    row[name + "_base"] = "counted" if told and covered else "none"
                    row[name + "_yoy"] = yoy(row[name], row[name + "_prev"])
                    row[name + "_yoy_printed"] = row[name + "_agree"] = None
                out.append(row)
        stats = self.rows(
            "accident_stat",
            known_on,
            lambda r: (r["region"], r.get("industry"), r["period_start"], r["period_end"]),
        )
        for r in stats.values():
            if r["period_end"] > as_of:
                continue
            row = {
                "source": "published",
                "period": "published",
                "region": r["region"],
                "industry": r.get("industry"),
                "period_start": r["period_start"],
                "period_end": r["period_end"],
                "covered_until": None,
            }
            for name in ("accidents", "deaths"):
                this = int(r[name]) if r.get(name) is not None else None
                prev, read = r.get(name + "_prev"), printed(r.get(name + "_yoy_printed"))
                base = "printed" if prev is not None else "none"
                prev = int(prev) if prev is not None else None
                if prev is None and read is not None and this is not None:
                    prev = derive(this, read)
                    base = "derived" if prev is not None else "ambiguous"
                agree = None
                if (
                    read is not None
                    and prev is not None
                    and this is not None
                    and (prev or read[0] == "equal")
                ):
                    agree = fits(this, prev, read)
                row |= {
                    name: this,
                    name + "_prev": prev,
                    name + "_base": base,
                    name + "_yoy": yoy(this, prev),
                    name + "_yoy_printed": printed_value(r.get(name + "_yoy_printed")),
                    name + "_agree": agree,
                }
            out.append(row)
        return out

    def accident_monthly(self, as_of, known_on=None):
        accidents = self.accidents(as_of, known_on)
        out = []
        year, as_of = as_of.year, min(as_of, self._told_until(accidents, as_of, known_on))
        if as_of.year < year:
            return out
        prev_end = last_year(as_of)

        def sums(group):
            return len(group), sum(int(a.get("deaths") or 0) for a in group)

        for region in sorted({a["region"] for a in accidents}):
            covered = self._covered(accidents, region, as_of.year)
            for counted in (True, False):
                mine = [a for a in accidents if a["region"] == region and a["counted"] is counted]
                now = [a for a in mine if a["occurred_on"].year == as_of.year]
                then = [
                    a
                    for a in mine
                    if a["occurred_on"].year == as_of.year - 1 and a["occurred_on"] <= prev_end
                ]
                for dimension in ("all", "industry", "grade", "kind"):

                    def member(a, dimension=dimension):
                        return "all" if dimension == "all" else a.get(dimension) or "未填"

                    for name in sorted({member(a) for a in now + then}):
                        total = total_prev = (0, 0)
                        for month in range(1, as_of.month + 1):
                            this = sums(
                                [
                                    a
                                    for a in now
                                    if member(a) == name and a["occurred_on"].month == month
                                ]
                            )
                            last = sums(
                                [
                                    a
                                    for a in then
                                    if member(a) == name and a["occurred_on"].month == month
                                ]
                            )
                            total = (total[0] + this[0], total[1] + this[1])
                            total_prev = (total_prev[0] + last[0], total_prev[1] + last[1])
                            prev, prevs = (
                                (last, total_prev) if covered else ((None, None), (None, None))
                            )
                            out.append(
                                {
                                    "region": region,
                                    "counted": counted,
                                    "dimension": dimension,
                                    "member": name,
                                    "month_start": date(as_of.year, month, 1),
                                    "accidents": this[0],
                                    "deaths": this[1],
                                    "accidents_prev": prev[0],
                                    "deaths_prev": prev[1],
                                    "accidents_total": total[0],
                                    "deaths_total": total[1],
                                    "accidents_total_prev": prevs[0],
                                    "deaths_total_prev": prevs[1],
                                    "accidents_yoy": yoy(total[0], prevs[0]),
                                    "deaths_yoy": yoy(total[1], prevs[1]),
                                }
                            )
        return out

    # -- sites, campaigns, reports --------------------------------------------------------

    def site_responsibility(self, as_of, known_on=None):
        sites = self.sites(known_on)
        out = []
        for dimension in ("all", "township", "site_kind", "risk_level", "unit"):
            groups = defaultdict(list)
            if dimension == "all":
                groups["all"] = []
            for s in sites:
                groups["all" if dimension == "all" else s.get(dimension) or "未填"].append(s)
            for member, group in sorted(groups.items()):
                person = sum(not blank(s.get("person")) for s in group)
                out.append(
                    {
                        "dimension": dimension,
                        "member": member,
                        "sites": len(group),
                        "with_person": person,
                        "with_post": sum(
                            not blank(s.get("person")) and not blank(s.get("person_post"))
                            for s in group
                        ),
                        "responsibility_rate": rate(person, len(group)),
                    }
                )
        return out

    def campaign_progress(self, as_of, known_on=None):
        inspections = self.inspections(as_of, known_on)
        visits, hazards = defaultdict(list), defaultdict(list)
        for i in inspections:
            if i.get("campaign"):
                visits[i["campaign"]].append(i)
        for h in self.items(as_of, known_on):
            if h["kind"] != "hazard" or h["void"]:
                continue
            campaign = h["campaign"]
            if not campaign and h["inspection_no"]:
                same = [v for v in inspections if v.get("inspection_no") == h["inspection_no"]]
                there = [v for v in same if v.get("site") and v["site"] == h["site"]]
                own = [
                    v
                    for v in same
                    if v["unit"] == h["unit"] and v["told_on"] <= h["first_known_on"]
                ]
                campaign = only_campaign(told_first(there) or own or told_first(same))
            if not campaign and h["site"]:
                place = (h["site"], h["opened_on"])
                there = [v for v in inspections if (v.get("site"), v["inspected_on"]) == place]
                campaign = only_campaign(told_first([v for v in there if v.get("campaign")]))
            if campaign:
                hazards[campaign].append(h)
        out = []
        for campaign in sorted({*visits, *hazards}):
            v, hs = visits[campaign], hazards[campaign]
            days = [i["inspected_on"] for i in v] + [h["opened_on"] for h in hs]
            counted = [h for h in hs if self.in_total(h)]
            done, closed = (sum(h[n] for h in counted) for n in ("is_done", "is_closed"))
            out.append(
                {
                    "campaign": campaign,
                    "visits": len(v),
                    "sites": len({i["site"] for i in v if i.get("site")}),
                    "hazards": len(hs),
                    "apart": len(hs) - len(counted),
                    "done": done,
                    "closed": closed,
                    "overdue": sum(h["is_overdue"] for h in hs),
                    "major_hazards": sum(h["level"] == "重大" for h in hs),
                    "major_closed": sum(h["level"] == "重大" and h["is_closed"] for h in hs),
                    "completion_rate": rate(done, len(counted)),
                    "closure_rate": rate(closed, len(counted)),
                    "first_on": min(days, default=None),
                    "last_on": max(days, default=None),
                }
            )
        return out

    def report_punctuality(self, as_of, known_on=None):
        self.rows("half_month", known_on, lambda r: (r["unit"], r["period_start"]))
        first = dict(self._first)
        roster = self.rows("unit", known_on, lambda r: r["unit"])
        if not first:
            return []
        start = min(period for _, period in first)
        periods = []
        day = start
        while day <= as_of:
            first_day, last_day = half_month_of(day)
            if last_day <= as_of or self.rules.running_period_is_listed:
                periods.append((first_day, last_day))
            day = last_day + timedelta(1)
        # «曾经报送过»: who first reports on a later half month has not begun to by this day
        reported = {unit for unit, period in first if period <= as_of}
        out = []
        for unit in sorted(reported | set(roster)):
            listed = roster.get(unit)
            must = None
            if listed:
                must = listed.get("has_to_report")
                if must is None and listed.get("unit_kind"):
                    must = listed["unit_kind"] == "成员单位"
            if must is None:
                must = unit in reported
                if not must:
                    continue
            for begin, end in periods:
                got = first.get((unit, begin))
                if not must and got is None:
                    continue
                due = next_workday(end + timedelta(self.world.grace_days), self.world.rest_days)
                submitted = None
                if got:
                    received, row = got
                    submitted = row.get("submitted_on")
                    if submitted is None or submitted > received or submitted < begin:
                        submitted = received
                    if submitted > as_of:
                        submitted = None
                if submitted:
                    state, late = (
                        ("in_time", None) if submitted <= due else ("late", (submitted - due).days)
                    )
                elif as_of > due:
                    state, late = "missing", (as_of - due).days
                else:
                    state, late = "pending", None
                if not must and submitted is None:
                    continue
                out.append(
                    {
                        "unit": unit,
                        "period_start": begin,
                        "period_end": end,
                        "due_on": due,
                        "submitted_on": submitted,
                        "state": state,
                        "days_late": late,
                        "zero_report": got[1].get("zero_report") if got and submitted else None,
                    }
                )
        return out
