"""Items through time: the versions of each, and what it is on a day as known on another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.story import TAKE_BACK, Rules, World
from tests.oracle.words import DONE, NOT_DONE, PROGRESS, normal, same_person


@dataclass
class Said:
    """One row about one item, in the order of receipt."""

    received: date
    day: date
    row: dict


@dataclass
class Version:
    received: date
    record: dict


def item_key(kind: str, row: dict, sender: str):
    unit = row.get("unit") or sender
    if kind == "hazard":
        number = row.get("hazard_no")
    elif kind == "measure":
        number = row.get("sub_no") or row.get("measure_no")
    else:
        number = f"{row.get('meeting')}|{row.get('task')}"
    return kind, unit, str(number)


def add(record: dict, row: dict) -> dict:
    """The earlier record with what the new row says."""
    new = dict(record)
    goes_back = record.get("status") in DONE and row.get("status") in NOT_DONE
    if goes_back:
        for name in PROGRESS:
            if name not in row:
                new.pop(name, None)
    for name, value in row.items():
        if value == TAKE_BACK:
            new.pop(name, None)
        else:
            new[name] = value
    return new


def in_force(record: dict):
    return record.get("extended_due_on") or record.get("due_on")


class Items:
    """What is known of a world: its books, and its items as of a day."""

    def __init__(self, world: World, rules: Rules | None = None):
        self.world = world
        self.rules = rules or Rules()
        self._items = {}
        self.said: dict = defaultdict(list)
        order = sorted(
            range(len(world.reports)),
            key=lambda i: (world.reports[i].received, world.reports[i].day, i),
        )
        self.ordered = [world.reports[i] for i in order]
        for report in self.ordered:
            if report.ledger not in ("hazard", "measure", "decision"):
                continue
            for row in report.rows:
                clean = normal(report.ledger, row)
                key = item_key(report.ledger, clean, report.sender)
                clean.setdefault("unit", key[1])
                self.said[key].append(Said(report.received, report.day, clean))

    # -- what is known --------------------------------------------------------------------

    def known(self, known_on):
        return date.max if known_on is None else known_on

    def rows(self, ledger, known_on, key):
        """Records of another ledger as known, later rows added to earlier ones, by key."""
        out, first = {}, {}
        for report in self.ordered:
            if report.ledger != ledger or report.received > self.known(known_on):
                continue
            for row in report.rows:
                clean = normal(ledger, row)
                if ledger in ("inspection", "duty", "half_month"):
                    clean.setdefault("unit", report.sender)
                if ledger in ("accident", "accident_stat"):
                    clean.setdefault("region", self.world.region)
                k = key(clean)
                if k not in first:
                    first[k] = (report.received, clean)
                out[k] = add(out.get(k, {}), clean)
        self._first = first
        return out

    def inspections(self, as_of, known_on):
        found = self.rows(
            "inspection",
            known_on,
            lambda r: (
                (r["unit"], r["inspection_no"])
                if r.get("inspection_no")
                else (r["unit"], r.get("site"), r.get("inspected_on"), r.get("kind"))
            ),
        )
        told = [dict(row, told_on=self._first[key][0]) for key, row in found.items()]
        return [r for r in told if r.get("inspected_on") and r["inspected_on"] <= as_of]

    def sites(self, known_on):
        return list(
            self.rows("site", known_on, lambda r: r.get("site_id") or r.get("site")).values()
        )

    def accidents(self, as_of, known_on):
        found = self.rows(
            "accident",
            known_on,
            lambda r: r.get("accident_no") or tuple(sorted(map(str, r.items()))),
        )
        return [
            dict(r, counted=r.get("counted", True))
            for r in found.values()
            if r.get("occurred_on") and r["occurred_on"] <= as_of
        ]

    def versions(self, key, until) -> list[Version]:
        out, record = [], {}
        for said in self.said[key]:
            if said.received > until:
                break
            record = add(record, said.row)
            if out and out[-1].received == said.received:
                out[-1] = Version(said.received, record)
            else:
                out.append(Version(said.received, record))
        return out

    # -- items ----------------------------------------------------------------------------

    def items(self, as_of: date, known_on: date | None = None, opened=True) -> list[dict]:
        memo = (as_of, known_on)
        if memo not in self._items:
            made = (self._item(key, as_of, self.known(known_on)) for key in self.said)
            self._items[memo] = [item for item in made if item]
        return [i for i in self._items[memo] if i["opened_on"] <= as_of]

    def _item(self, key, as_of, until):
        kind, unit, number = key
        rules = self.rules
        versions = self.versions(key, until)
        if not versions:
            return None
        said = [s for s in self.said[key] if s.received <= until]
        now = versions[-1].record
        first_known_on = versions[0].received
        status = now.get("status")
        relief, told = None, said
        if status == "void" and kind == "hazard" and now.get("level") == "重大":
            # 重大隐患的撤销须核实: nobody has, and it stands as before
            relief, told = "void", [s for s in said if s.row.get("status") != "void"]
            status = next((s.row["status"] for s in reversed(told) if s.row.get("status")), None)

        base = now.get(
            {"hazard": "found_on", "decision": "held_on"}.get(kind)
        )  # [12] measures: first receipt
        opened_on = base if base and base <= first_known_on else first_known_on

        # acceptance records and returns, as known, of days up to as_of
        acts = sorted(
            (
                a
                for a in self.world.acceptances
                if (a.kind, a.unit, a.number) == key and a.received <= until
            ),
            key=lambda a: (a.accepted_on or a.received, a.received),
        )
        record, returned_on, rework = None, None, None
        for act in acts:
            day = act.accepted_on or act.received
            if day > as_of and (act.act != "reject" or rules.return_only_by_as_of):
                continue
            if act.act == "accept":
                is_other = not same_person(act.accepted_by, now.get("person"))
                may_sign = not self.world.signers or act.accepted_by in self.world.signers
                if act.accepted_on and act.accepted_by and is_other and may_sign:
                    record = act
            elif act.act == "reject":
                record, returned_on, rework = None, day, act.rework_due_on
            elif act.act == "withdraw":
                record = None

        # the run of reports, up to the newest, that say done
        run = None
        for s in said:
            if s.row.get("status") in DONE or (
                "status" not in s.row and "done_on" in s.row and run is None and status is None
            ):
                run = run or s
            elif s.row.get("status") in NOT_DONE:
                run = None
        done_on, as_reported, stated = None, False, False
        says_done = status in DONE or (status is None and now.get("done_on") is not None)
        first_done_day = None  # the day for which the first «done» speaks
        if says_done:
            if now.get("done_on"):
                done_on, stated = now["done_on"], True
                if returned_on and done_on <= returned_on:
                    done_on, stated = None, False
            elif run is not None and not (returned_on and run.received <= returned_on):
                if (
                    status == "done_onspot"
                    and run is said[0]
                    and run.row.get("status") == "done_onspot"
                ):
                    done_on, stated = opened_on, True  # the day found
                else:
                    done_on, as_reported, first_done_day = run.received, True, run.day
                    if rules.done_day == "speaks":
                        done_on = run.day

        # acceptance as written in the ledger
        ledger_accepted_on, ledger_accepted_by = now.get("accepted_on"), now.get("accepted_by")
        if not says_done or (
            returned_on and ledger_accepted_on and ledger_accepted_on <= returned_on
        ):
            ledger_accepted_on = ledger_accepted_by = None
        closure = None
        if record:
            closure = "record"
        elif says_done and ledger_accepted_on and ledger_accepted_by:
            major = now.get("level") == "重大"
            if same_person(ledger_accepted_by, now.get("person")):
                closure = "self"
            elif major or self.world.has_signers:
                closure = "claimed"
            else:
                closure = "ledger"
        elif says_done and (status == "closed" or now.get("closed_on")):
            closure = "claimed"

        accepted_on = record.accepted_on if record else ledger_accepted_on
        accepted_by = record.accepted_by if record else ledger_accepted_by
        closed_on = None
        if closure == "record":
            closed_on = max(record.closed_on or record.accepted_on, record.accepted_on)
        elif closure == "ledger":
            closed_on = max(now.get("closed_on") or accepted_on, accepted_on)
        # an acceptance that stands bounds a completion without a stated day
        if closure in ("record", "ledger") and not stated and rules.acceptance_bounds_done:
            if done_on is None or accepted_on < done_on:
                as_reported = done_on is None
                done_on = accepted_on
            if first_done_day is None or accepted_on < first_done_day:
                first_done_day = accepted_on

        # 停业: by the days of receipt, and as known
        suspended_on, suspension, gone = self._suspension(key, told, as_of, until)
        void = status == "void"
        is_done = done_on is not None and done_on <= as_of
        major = kind == "hazard" and now.get("level") == "重大"
        if gone and suspension == "confirmed" and not is_done and not major and not void:
            # 主体灭失 [13]
            closure, closed_on, done_on, as_reported, is_done = (
                "gone",
                suspended_on,
                suspended_on,
                True,
                True,
            )
            first_done_day = suspended_on
        is_closed = closed_on is not None and closed_on <= as_of and is_done
        if is_done or void:
            suspended_on = suspension = None

        first_due_on, due_on = now.get("due_on"), in_force(now)
        lasting = now.get("rect_type") == "长期坚持" or status == "ongoing"
        standing = lasting and due_on is None and not void

        punctuality = None
        if is_done and due_on:
            if not as_reported and (stated or first_done_day is None):
                punctuality = "in_time" if done_on <= due_on else "late"
            else:
                not_done = [
                    s.day
                    for s in said
                    if s.row.get("status") in NOT_DONE
                    and (run is None or s.received < run.received)
                ]
                if returned_on and rules.return_is_not_done_evidence:
                    not_done.append(returned_on)
                if first_done_day <= due_on:
                    punctuality = "in_time"
                elif any(day >= due_on for day in not_done):
                    punctuality = "late"
                else:
                    punctuality = "undated"

        if void:
            state = "void"
        elif standing:
            state = "standing"
        elif is_closed:
            state = "closed"
        elif is_done:
            state = "accepting"
        elif suspension == "confirmed":
            state = "suspended"
        elif due_on is None:
            state = "undated"
        elif due_on < as_of:
            state = "overdue"
        elif due_on <= as_of + timedelta(7):
            state = "due_soon"
        else:
            state = "open"

        stands = bool(accepted_on) and (
            rules.claims_are_acceptances or closure not in ("claimed", "self")
        )
        late_days = None
        if state == "overdue":
            late_days = (as_of - due_on).days
        elif rules.days_late_of_done and punctuality == "late" and done_on > due_on:
            late_days = (done_on - due_on).days
        supervised = bool(now.get("supervised", now.get("supervised_on") is not None))
        if now.get("supervised_on") and now["supervised_on"] > as_of:
            supervised = False
        hazard = kind == "hazard"
        return {
            "key": key,
            "kind": kind,
            "number": number,
            "unit": unit,
            "person": now.get("person"),
            "title": self.title(kind, now),
            "township": now.get("township") if hazard else None,
            "site": now.get("site") if hazard else None,
            "site_kind": now.get("site_kind") if hazard else None,
            "category": now.get("category") if hazard else None,
            "rect_type": now.get("rect_type"),
            "level": now.get("level") if hazard else None,
            "source": now.get("source"),
            "opened_on": opened_on,
            "first_known_on": first_known_on,
            "first_due_on": first_due_on,
            "due_on": due_on,
            "done_on": done_on if is_done else None,
            "done_as_reported": bool(as_reported and is_done),
            "done_day_stated": bool(stated and is_done and now.get("done_on")),
            "punctuality": punctuality,
            "accepted_on": accepted_on if stands and accepted_on <= as_of else None,
            "accepted_by": accepted_by if stands and accepted_on <= as_of else None,
            "closed_on": closed_on if is_closed else None,
            "closure": closure,
            "supervised": supervised if hazard else False,
            "supervised_on": now.get("supervised_on") if supervised else None,
            "standing": standing,
            "void": void,
            "state": state,
            # 报停业的状态写停业关停, and counts as before until it is confirmed
            "shown_state": "suspended"
            if suspension and state in ("overdue", "due_soon", "open", "undated")
            else state,
            "is_done": is_done,
            "is_closed": is_closed,
            "is_overdue": state == "overdue",
            "days_late": late_days,
            "days_left": (due_on - as_of).days if state in ("due_soon", "open") else None,
            "suspended_on": suspended_on,
            "suspension": suspension,
            "relief": None if is_closed else relief,
            "returned_on": returned_on,
            "rework_due_on": rework,
            "judged_on": now.get("judged_on"),
            "filed_on": now.get("filed_on"),
            "status": status,
            "campaign": now.get("campaign"),
            "inspection_no": now.get("inspection_no"),
            "found_on": now.get("found_on"),
            "counted": not void and not standing,
            "record": now,
        }

    @staticmethod
    def title(kind, now):
        """场所：隐患描述; without a site its place; a measure by its number; what was decided."""
        if kind == "hazard":
            return "：".join(
                filter(None, (now.get("site") or now.get("location"), now.get("description")))
            )
        if kind == "measure":
            return " ".join(filter(None, (now.get("sub_no"), now.get("sub_measure"))))
        return now.get("task")

    def _suspension(self, key, said, as_of, until):
        """(from, claimed|confirmed, gone) where a 停业 is in force at as_of, as known."""
        start, gone = None, False
        for s in said:
            if (s.received if self.rules.suspended_day == "receipt" else s.day) > as_of:
                break
            status = s.row.get("status")
            if status in ("suspended", "gone"):
                start = start or s
                gone = status == "gone"
            elif status is not None:
                start, gone = None, False
        if start is None:
            return None, None, False
        newest = next((s.row["status"] for s in reversed(said) if s.row.get("status")), None)
        if newest not in ("suspended", "gone") and not self.rules.ended_suspension_is_shown:
            return None, None, False
        # the newest word of the office on this run, as known
        runs_end = next(
            (
                s.received
                for s in said
                if s.received > start.received
                and s.row.get("status") not in (None, "suspended", "gone")
            ),
            date.max,
        )
        words = sorted(
            (
                c
                for c in self.world.confirmations
                if (c.kind, c.unit, c.number) == key
                and c.on <= until
                and start.received <= c.on < runs_end
            ),
            key=lambda c: c.on,
        )
        answer = words[-1].answer if words else None
        if answer == "refused":
            return None, None, False
        day = start.received if self.rules.suspended_day == "receipt" else start.day
        return day, "confirmed" if answer == "confirmed" else "claimed", gone

    def in_total(self, item):
        return item["counted"] and (self.rules.suspended_in_total or item["state"] != "suspended")
