"""The metrics that count items."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from tests.oracle.arithmetic import km_median, rate, rounded
from tests.oracle.items import Items, in_force
from tests.oracle.words import blank, names_somebody


class FiguresOfItems(Items):
    """Each metric is a method of (as_of, known_on) → a list of rows."""

    def tally(self, items, as_of):
        counted = [i for i in items if i["counted"]]
        total = [i for i in counted if self.in_total(i)]
        passed = [i for i in counted if i["due_on"] and i["due_on"] < as_of]
        out = {
            "total": len(total),
            "done": sum(i["is_done"] for i in total),
            "closed": sum(i["is_closed"] for i in total),
            "on_time": sum(i["punctuality"] == "in_time" for i in passed),
            "late": sum(i["punctuality"] == "late" for i in passed),
            "overdue": sum(i["is_overdue"] for i in passed),
            "suspended_due": sum(i["state"] == "suspended" for i in passed),
            "undated_done": sum(i["punctuality"] == "undated" for i in passed),
        }
        out["due"] = out["on_time"] + out["late"] + out["overdue"]
        assert out["due"] + out["suspended_due"] + out["undated_done"] == len(passed)
        out["completion_rate"] = rate(out["done"], out["total"])
        out["closure_rate"] = rate(out["closed"], out["total"])
        out["on_time_rate"] = rate(out["on_time"], out["due"])
        return out

    def overview(self, as_of, known_on=None):
        items = self.items(as_of, known_on)
        out = self.tally(items, as_of)
        majors = [i for i in items if i["level"] == "重大" and not i["void"]]
        opened = [i for i in majors if not i["is_closed"]]
        out.update(
            due_soon=sum(i["state"] == "due_soon" for i in items),
            undated=sum(i["state"] == "undated" for i in items),
            suspended_apart=sum(i["state"] == "suspended" for i in items),
            suspended=sum(i["suspension"] is not None for i in items),
            relieved=sum(i["relief"] is not None for i in items),
            gone=sum(i["closure"] == "gone" and i["is_closed"] for i in items),
            standing=sum(i["standing"] for i in items),
            void=sum(i["void"] for i in items),
            major_total=len(majors),
            major_closed=len(majors) - len(opened),
            major_open=len(opened),
            major_supervised=sum(bool(i["supervised"]) for i in opened),
            supervised_open=sum(
                bool(i["supervised"]) and not i["is_closed"] and not i["void"] for i in items
            ),
        )
        out["major_closure_rate"] = rate(out["major_closed"], out["major_total"])
        out["supervision_rate"] = rate(out["major_supervised"], out["major_open"])
        return [out]

    DIMENSIONS = (
        "all",
        "kind",
        "unit",
        "township",
        "site_kind",
        "category",
        "rect_type",
        "level",
        "supervised",
    )

    def member(self, item, dimension):
        if dimension == "all":
            return "all"
        if dimension in ("township", "site_kind", "category", "level") and item["kind"] != "hazard":
            return "不适用"
        if (
            dimension == "supervised"
            and item["kind"] != "hazard"
            and not self.rules.supervised_is_for_all
        ):
            return "不适用"
        if dimension == "rect_type" and item["kind"] == "decision":
            return "不适用"
        value = item[dimension]
        if dimension == "supervised":
            return "是" if value else "否"
        return value if not blank(value) else "未填"

    def completion(self, as_of, known_on=None):
        items = [i for i in self.items(as_of, known_on) if i["counted"]]
        out = []
        for dimension in self.DIMENSIONS:
            groups = defaultdict(list)
            if dimension == "all":
                groups["all"] = []
            for item in items:
                groups[self.member(item, dimension)].append(item)
            for member, group in sorted(groups.items()):
                out.append({"dimension": dimension, "member": member, **self.tally(group, as_of)})
        return out

    def _nodes(self, as_of, known_on, items):
        clauses = sorted(
            {
                (r["first_node_on"], int(r["node_days"]))
                for r in (i["record"] for i in items if i["kind"] == "measure")
                if r.get("first_node_on") and r.get("node_days")
            }
        )
        if not clauses:
            return None
        first, step = clauses[0]
        last = max(
            [as_of + timedelta(not self.rules.last_node_may_be_as_of)]
            + [i["due_on"] for i in items if i["counted"] and i["due_on"]]
        )
        nodes = [first]
        while nodes[-1] < last:
            nodes.append(nodes[-1] + timedelta(step))
        return nodes, step

    def node_progress(self, as_of, known_on=None):
        items = self.items(as_of, known_on)
        # the clause is on record from its receipt on, whatever as_of says
        everything = [
            i for i in (self._item(k, as_of, self.known(known_on)) for k in self.said) if i
        ]
        got = self._nodes(as_of, known_on, everything)
        if got is None:
            return []
        nodes, step = got
        counted = [i for i in items if i["counted"]]
        planned = [i for i in counted if i["due_on"]]

        def number(day):
            if day <= nodes[0] - timedelta(step):
                return 0
            return next(n for n, node in enumerate(nodes, 1) if day <= node)

        def begun(item):
            return item["is_done"] or item["status"] not in (None, "not_started")

        # neither a deadline nor a quantity: no node can ask for it
        taskless = [
            i
            for i in items
            if i["kind"] == "measure"
            and not i["void"]
            and not i["due_on"]
            and self.clause(
                i["record"].get("sub_measure") or i["record"].get("measure"), i["record"]
            )[1]
            is None
        ]
        out = []
        for unit in ["全部", *sorted({i["unit"] for i in planned + taskless})]:
            idle = sum(unit in ("全部", i["unit"]) for i in taskless)
            mine = [i for i in planned if unit in ("全部", i["unit"])]
            planned_total = done_total = suspended_total = 0
            for no in range(len(nodes) + 1):
                here = [i for i in mine if number(i["due_on"]) == no]
                row = {
                    "unit": unit,
                    "node_no": no,
                    "node_on": nodes[no - 1] if no else None,
                    "planned": len(here),
                    "on_time": sum(i["punctuality"] == "in_time" for i in here),
                    "late": sum(i["punctuality"] == "late" for i in here),
                    "undated_done": sum(i["punctuality"] == "undated" for i in here),
                    "suspended_due": sum(i["state"] == "suspended" for i in here),
                }
                row["owed"] = sum(not i["is_done"] and i["state"] != "suspended" for i in here)
                row["done"] = (
                    row["on_time"]
                    + row["late"]
                    + (row["undated_done"] if self.rules.node_done_has_undated else 0)
                )
                assert row["planned"] == sum(
                    row[n] for n in ("on_time", "late", "undated_done", "suspended_due", "owed")
                )
                row["begun"] = sum(begun(i) for i in here)
                row["without_task"] = idle
                planned_total += row["planned"]
                done_total += row["done"]
                suspended_total += row["suspended_due"]
                row["planned_total"], row["done_total"], row["suspended_total"] = (
                    planned_total,
                    done_total,
                    suspended_total,
                )
                whole = (
                    planned_total
                    if self.rules.suspended_in_total
                    else planned_total - suspended_total
                )
                row["completion_rate"] = rate(done_total, whole)
                out.append(row)
        return out

    LIST = (
        "key",
        "kind",
        "title",
        "unit",
        "person",
        "township",
        "site",
        "level",
        "supervised",
        "opened_on",
        "due_on",
        "suspension",
        "relief",
    )

    def overdue(self, as_of, known_on=None):
        items = [i for i in self.items(as_of, known_on) if i["is_overdue"]]
        return [
            {n: i[n] for n in (*self.LIST, "first_due_on", "days_late")}
            for i in sorted(items, key=lambda i: (-i["days_late"], i["key"]))
        ]

    def due_soon(self, as_of, known_on=None):
        items = [i for i in self.items(as_of, known_on) if i["state"] == "due_soon"]
        return [
            {n: i[n] for n in (*self.LIST, "days_left")}
            for i in sorted(items, key=lambda i: (i["due_on"], i["key"]))
        ]

    def ageing(self, as_of, known_on=None):
        open_items = [i for i in self.items(as_of, known_on) if i["counted"] and not i["is_done"]]
        out = []

        def put(days, bands, words):
            for no, (low, high) in enumerate(bands, 1):
                if days >= low and (high is None or days <= high):
                    text = (
                        f"超过 {low - 1} 天"
                        if high is None
                        else f"{low}—{high} 天"
                        if low
                        else f"{high} 天以内"
                    )
                    return no, words + text
            raise ValueError(days)

        cells = defaultdict(list)
        for item in open_items:
            age = (as_of - item["opened_on"]).days
            late, opened = (1, "未到期", None), (*put(age, self.rules.open_bands, ""), age)
            if item["state"] == "overdue":
                no, word = put(item["days_late"], self.rules.late_bands, "逾期 ")
                late = (no + 2, word.replace("逾期 超过", "逾期超过"), item["days_late"])
            elif item["state"] == "suspended":
                late = opened = (0, "停业关停", None)
            elif item["state"] == "undated":
                late = (2, "时限不明", None)
            for unit in ("全部", item["unit"]):
                cells["late", unit, late[0], late[1]].append((item, late[2]))
                cells["open", unit, opened[0], opened[1]].append((item, opened[2]))
        for (basis, unit, no, word), got in sorted(cells.items(), key=lambda c: c[0][:3]):
            days = [d for _, d in got if d is not None]
            out.append(
                {
                    "basis": basis,
                    "unit": unit,
                    "band_no": no,
                    "band": word,
                    "items": len(got),
                    "major_items": sum(i["level"] == "重大" for i, _ in got),
                    "longest_days": max(days, default=None),
                }
            )
        return out

    STAGES = ("发现", "判定", "立案", "督改", "整改", "验收", "销号", "建档")

    def hazard_flow(self, as_of, known_on=None):
        hazards = [
            i for i in self.items(as_of, known_on) if i["kind"] == "hazard" and not i["void"]
        ]
        groups = {"全部": hazards}
        for item in hazards:
            groups.setdefault(item["level"] or "未填", []).append(item)

        def by(day):
            return day is not None and day <= as_of

        def accepted(i):
            return by(i["accepted_on"]) and not blank(i["accepted_by"])

        tests = (
            lambda i: True,
            lambda i: by(i["judged_on"]),
            lambda i: by(i["filed_on"]),
            lambda i: by(i["supervised_on"]),
            lambda i: i["is_done"],
            accepted,
            lambda i: i["is_closed"],
            lambda i: (
                i["is_closed"]
                and by(i["judged_on"])
                and i["done_day_stated"]
                and accepted(i)
                and (i["level"] != "重大" or by(i["filed_on"]))
            ),
        )
        return [
            {
                "level": level,
                "stage_no": no,
                "stage": stage,
                "items": sum(bool(test(i)) for i in group),
                "found": len(group),
                "stage_rate": rate(sum(bool(test(i)) for i in group), len(group)),
            }
            for level, group in groups.items()
            for no, (stage, test) in enumerate(zip(self.STAGES, tests, strict=True), 1)
        ]

    def hazard_mix(self, as_of, known_on=None):
        hazards = [
            i for i in self.items(as_of, known_on) if i["kind"] == "hazard" and not i["void"]
        ]
        out = []
        for dimension in (
            "category",
            "level",
            "site_kind",
            "township",
            "source",
            "township_category",
            "site_kind_category",
        ):
            crossed = dimension.endswith("_category")
            field_ = dimension.removesuffix("_category") if crossed else dimension
            groups = defaultdict(list)
            for i in hazards:
                groups[i[field_] or "未填", (i["category"] or "未填") if crossed else None].append(
                    i
                )
            seen = 0
            for (member, by), group in sorted(
                groups.items(), key=lambda g: (-len(g[1]), g[0][0], g[0][1] or "")
            ):
                seen += len(group)
                out.append(
                    {
                        "dimension": dimension,
                        "member": member,
                        "by_member": by,
                        "items": len(group),
                        "open_items": sum(not i["is_done"] for i in group),
                        "overdue_items": sum(i["is_overdue"] for i in group),
                        "major_items": sum(i["level"] == "重大" for i in group),
                        "major_open": sum(
                            i["level"] == "重大" and not i["is_closed"] for i in group
                        ),
                        "share_rate": rate(len(group), len(hazards)),
                        "cumulative_rate": rate(seen, len(hazards)),
                    }
                )
        return out

    def supervision(self, as_of, known_on=None):
        out = []
        for i in self.items(as_of, known_on):
            if i["kind"] != "hazard" or i["void"]:
                continue
            if i["supervised"]:
                text = "已摘牌" if i["is_closed"] else "督办中"
            elif i["level"] == "重大" and not i["is_closed"]:
                text = "应挂未挂"
            else:
                continue
            until = i["closed_on"] if i["is_closed"] else as_of
            out.append(
                {
                    **{
                        n: i[n]
                        for n in (
                            "key",
                            "title",
                            "unit",
                            "person",
                            "township",
                            "site",
                            "level",
                            "supervised_on",
                            "due_on",
                            "closed_on",
                        )
                    },
                    "days_late": None if i["is_done"] else i["days_late"],
                    "done_late": i["days_late"] if i["is_done"] else None,
                    "state": i["shown_state"],
                    "suspension": i["suspension"],
                    "relief": i["relief"],
                    "standing_text": text,
                    "days_supervised": (until - i["supervised_on"]).days
                    if i["supervised_on"] and i["supervised_on"] <= until
                    else None,
                }
            )
        return sorted(out, key=lambda r: r["key"])

    def recurrence(self, as_of, known_on=None, window=90):
        hazards = [
            i
            for i in self.items(as_of, known_on)
            if i["kind"] == "hazard"
            and not i["void"]
            and not blank(i["site"])
            and not blank(i["category"])
        ]
        out = []
        for later in hazards:
            before = [
                i
                for i in hazards
                if i is not later
                and i["is_done"]
                and (i["site"], i["category"]) == (later["site"], later["category"])
                and i["done_on"] < later["opened_on"]
            ]
            if not before:
                continue
            latest = max(i["done_on"] for i in before)
            first = min(
                (i for i in before if i["done_on"] == latest), key=lambda i: i["key"]
            )  # of one day: any
            days = (later["opened_on"] - first["done_on"]).days
            if 0 < days <= window:
                out.append(
                    {
                        "site": later["site"],
                        "township": later["township"],
                        "category": later["category"],
                        "unit": later["unit"],
                        "first_key": first["key"],
                        "first_done_on": first["done_on"],
                        "first_state": first["shown_state"],
                        "key": later["key"],
                        "title": later["title"],
                        "level": later["level"],
                        "opened_on": later["opened_on"],
                        "days_between": days,
                    }
                )
        return sorted(out, key=lambda r: r["key"])

    def deadline_slip(self, as_of, known_on=None):
        out = []
        for item in self.items(as_of, known_on):
            if item["void"]:
                continue
            dues, ext = [], None
            for version in self.versions(item["key"], self.known(known_on)):
                dues.append((version.received, in_force(version.record)))
                ext = version.record.get("extended_due_on")
            changes = [(day, due) for (_, old), (day, due) in pairwise(dues) if due != old]
            if not changes:
                continue
            stated = [due for _, due in dues if due]
            first, now = dues[0][1] or stated[0], dues[-1][1]
            if now is None:
                slip = "cancelled"
            elif dues[0][1] is None and len(set(stated)) == 1 and len(changes) == 1:
                slip = "set"
            elif now == first:
                slip = "net_zero"
            else:
                slip = "later" if now > first else "earlier"
            if slip == "net_zero" and not self.rules.net_zero_is_listed:
                continue
            settings = dues[0][1] is None  # to state it at first is no move
            out.append(
                {
                    "key": item["key"],
                    "kind": item["kind"],
                    "title": item["title"],
                    "unit": item["unit"],
                    "person": item["person"],
                    "slip": slip,
                    "first_due_on": first,
                    "due_on": now,
                    "days_moved": None if slip in ("cancelled", "set") else (now - first).days,
                    "moves": len(changes) - settings,
                    "moved_on": changes[-1][0],
                    "is_approved": ext is not None,
                    "state": item["shown_state"],
                }
            )
        return sorted(out, key=lambda r: r["key"])

    def since(self, as_of, known_on=None, since=None):
        since = since or as_of - timedelta(15)
        before = {i["key"]: i for i in self.items(since, min(since, self.known(known_on)))}
        out = []
        for now in self.items(as_of, known_on):
            old = before.get(now["key"])
            changes = []
            if now["void"]:
                if old and not old["void"]:
                    changes.append("void")
            else:
                if now["opened_on"] > since:
                    changes.append("found")
                elif now["first_known_on"] > since:
                    changes.append("registered")
                was_done = bool(old and old["is_done"] and not old["void"])
                if now["is_done"] and not was_done:
                    changes.append("done" if now["done_on"] > since else "backdated")
                if now["is_closed"] and not (old and old["is_closed"]):
                    changes.append("closed")
                if was_done and not now["is_done"]:
                    changes.append("reopened")
                if now["is_overdue"] and not (old and old["is_overdue"]):
                    changes.append("overdue")
                if old and old["due_on"]:
                    if now["due_on"] is None:
                        changes.append("cancelled")
                    elif now["due_on"] != old["due_on"]:
                        changes.append("later" if now["due_on"] > old["due_on"] else "earlier")
            for change in changes:
                out.append(
                    {
                        "change": change,
                        "key": now["key"],
                        "kind": now["kind"],
                        "title": now["title"],
                        "unit": now["unit"],
                        "person": now["person"],
                        "level": now["level"],
                        "due_before": old["due_on"] if old else None,
                        "due_on": now["due_on"],
                        "done_on": now["done_on"],
                        "state_before": old["shown_state"] if old else None,
                        "state": now["shown_state"],
                    }
                )
        return sorted(out, key=lambda r: (r["key"], r["change"]))

    def clarity(self, as_of, known_on=None):
        items = [i for i in self.items(as_of, known_on) if not i["void"]]
        groups = {"全部": items}
        for item in items:
            groups.setdefault(item["unit"] or "未填", []).append(item)
        out = []
        for unit, group in groups.items():
            person = [names_somebody(i["person"]) for i in group]
            has_unit = [names_somebody(i["unit"]) for i in group]
            deadline = [bool(i["due_on"]) or i["standing"] for i in group]
            clear = sum(all(three) for three in zip(person, has_unit, deadline, strict=True))
            out.append(
                {
                    "unit": unit,
                    "items": len(group),
                    "with_person": sum(person),
                    "with_unit": sum(has_unit),
                    "with_deadline": sum(deadline),
                    "clear": clear,
                    "clarity_rate": rate(clear, len(group)),
                }
            )
        return out

    def close_times(self, as_of, known_on=None):
        items = [i for i in self.items(as_of, known_on) if i["counted"]]
        out = []
        for until in ("done", "closed"):
            for dimension in ("all", "kind", "unit", "level"):
                groups = defaultdict(list)
                for i in items:
                    groups[self.member(i, dimension)].append(i)
                for member, group in sorted(groups.items()):
                    spells, reached_days = [], []
                    for i in group:
                        reached = i["is_done"] if until == "done" else i["is_closed"]
                        end = i["done_on" if until == "done" else "closed_on"] if reached else as_of
                        if (
                            not reached
                            and i["state"] == "suspended"
                            and self.rules.censor_at_suspension
                        ):
                            end = i["suspended_on"]
                        days = (end - i["opened_on"]).days
                        enter, limit = (
                            (i["first_known_on"] - i["opened_on"]).days,
                            self.rules.late_registration_days,
                        )
                        enter = enter if limit is not None and enter > limit else 0
                        spells.append((enter, days, reached))
                        if reached:
                            reached_days.append(days)
                    out.append(
                        {
                            "until": until,
                            "dimension": dimension,
                            "member": member,
                            "items": len(group),
                            "reached": len(reached_days),
                            "median_days": km_median(spells),
                            "p90_days": km_median(spells, Fraction(1, 10)),
                            "mean_reached_days": rounded(sum(reached_days), len(reached_days), 1),
                        }
                    )
        return out
