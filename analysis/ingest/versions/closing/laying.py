"""The office's 验收销号 and 退回重改, laid over what the units report, from their days on.

An acceptance closes an item whatever its unit's ledgers say afterwards: they often lag behind. A
unit that goes on reporting it as not done is told of, since it may be right. So is one that goes on
reporting what was found to be no hazard. What ends the
acceptance is another person's: from its day on the unit's word stands again, or the item is sent
back. An item that was sent back is not done until its unit reports it done anew: of the day of the
return or later, or in other words where no day is named. A unit that writes the new deadline over
the first one changes nothing by it: late is what was not done by the first. Days before either are
as they were, so that a figure shown then comes out again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.acts import (
    ACCEPT,
    PLACE,
    REJECT,
    VOID,
    Act,
    Acts,
    Record,
    is_void,
    standing,
)
from analysis.ingest.versions.closing.claims import BY_RECORD
from analysis.ingest.versions.spans import end_of, known_during
from analysis.ledgers.codes import FINISHED, UNFINISHED

REJECTED = "rejected"
#: What an item is that was found to be none; nothing of it waits for the office any more.
_NONE = {"status": "void", "relief": None}
#: What a return takes away: the completion that was found wanting.
OF_COMPLETION = ("done_on", "accepted_on", "accepted_by", "closed_on", "closure")


@dataclass(frozen=True, slots=True)
class Reports:
    """How versions came in: whether the row of one came after that of another, both of one day
    among them, and whether a row itself names the day of completion.
    """

    is_after: Callable[[Record, Record], bool] = lambda one, other: False
    names_day: Callable[[Record], bool] = lambda version: not is_null(version.get("done_on"))


NO_ORDER = Reports()


def lay_over(
    versions: pd.DataFrame, acts: Mapping[str, Acts], places: Places, reports: Reports = NO_ORDER
) -> tuple[pd.DataFrame, list[Finding]]:
    """The versions of one ledger of items with the acts on them laid over them."""
    mine = versions[versions["item_id"].isin(acts.keys())]
    if mine.empty:
        return versions, []
    pieces: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for item_id, group in mine.groupby("item_id", sort=False):
        history: list[dict[str, Any]] = group.sort_values(  # type: ignore[assignment]
            "known_from", kind="stable"
        ).to_dict("records")
        laid, told = _laid(history, acts[str(item_id)], places, reports)
        pieces += laid
        findings += told
    rest = versions.drop(index=mine.index)
    laid_over = pd.DataFrame(pieces, columns=list(versions.columns), dtype=object)
    return pd.concat([rest, laid_over], ignore_index=True), findings


def _laid(
    history: Sequence[dict[str, Any]], acts: Acts, places: Places, reports: Reports
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The versions of one item, in the order of their days, as the pieces that acts make of them,
    and what is to be told.
    """
    deadline = _FirstDeadline(history, acts)
    redone = {
        id(act): _Redone(act, history, reports, deadline) for act in acts if act.kind == REJECT
    }
    pieces: list[dict[str, Any]] = []
    findings = [_sent_back(act, places) for act in acts if act.kind == REJECT]
    for place, version in enumerate(history):
        states = _states(version, acts, {key: each.changes[place] for key, each in redone.items()})
        pieces += _cut(version, states)
        findings += _told(version, place, acts, redone, places)
    return pieces, findings


def _states(
    version: dict[str, Any], acts: Acts, returned: Mapping[int, dict[str, Any]]
) -> Iterator[tuple[date, Record, dict[str, Any]]]:
    """What a version is from the day of each act on; ``returned`` is its change by each return."""
    back: dict[str, Any] = {}
    day = date.min
    for act in acts:
        back = returned.get(id(act), back)
        said = _closing(act.record) if act.kind == ACCEPT else _NONE if act.kind == VOID else {}
        day = max(day, act.begins_on)
        yield day, act.record, version | back | said


def _cut(
    version: dict[str, Any], states: Iterable[tuple[date, Record, dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """One version as the pieces that the acts make of it, in the order of their days."""
    start, end = version["known_from"], end_of(version["known_to"])
    now, by = version, None  # whose record began the piece at hand
    for day, record, state in states if version["status"] != "void" else ():
        if day >= end:
            break
        if day > version["known_from"]:
            yield _piece(now, start, day, by)
            start, by = day, record
        now = state
    yield _piece(now, start, end, by)


def _told(
    version: Record, place: int, acts: Acts, redone: Mapping[int, "_Redone"], places: Places
) -> Iterator[Finding]:
    """What a report is told of that comes after an act, and says otherwise."""
    before = [act for act in acts if act.begins_on < version["known_from"]]
    last = standing(before)
    if last and version["status"] in UNFINISHED:
        yield _still_open(version, last, places)
    elif is_void(before) and version["status"] in UNFINISHED:
        yield _still_told(version, before[-1], places)
    claims = [each for each in redone.values() if place in each.claims]
    if claims and last is None:
        yield _not_redone(version, claims[-1].back, places)


class _FirstDeadline:
    """The deadline that an item had when it was first sent back, and what was set in its place."""

    def __init__(self, history: Sequence[Record], acts: Acts) -> None:
        returns = [act for act in acts if act.kind == REJECT]
        self._set_anew = {act.record.get("rework_due_on") for act in returns}
        self._since = min((act.checked_on for act in returns), default=date.max)
        known = [each for each in history if each["known_from"] <= self._since]
        self._first = (known or [*history])[-1 if known else 0]

    def kept(self, version: Record) -> dict[str, Any]:
        """The first deadline, where a report has the new one in its place."""
        new: Any = version.get("due_on")
        first: Any = self._first.get("due_on")
        if is_null(new) or is_null(first) or new not in self._set_anew:
            return {}
        if new <= first or version["known_from"] <= self._since:
            return {}
        return {name: self._first.get(name) for name in ("due_on", "due_text") if name in version}


class _Redone:
    """Which versions report an item done anew after it was sent back.

    ``changes``: what the return makes of each version of the item. ``claims`` are the places of
    those that say done and are not: of a day before the return, or in the very words before it.
    """

    def __init__(
        self, back: Act, history: Sequence[Record], reports: Reports, deadline: _FirstDeadline
    ) -> None:
        self.back, self._reports, self._deadline = back, reports, deadline
        self.changes: list[dict[str, Any]] = []
        self.claims: set[int] = set()
        is_done, before = False, None
        for place, version in enumerate(history):
            is_later = self._came_after(version)
            says_done = is_later and _says_done(version)
            is_done = says_done and self._is_anew(version, before, is_done)
            if says_done and not is_done:
                self.claims.add(place)
            self.changes.append(self._change(version, is_done, is_later and not says_done))
            before = version

    def _came_after(self, version: Record) -> bool:
        day = self.back.begins_on
        if version["known_from"] != day:
            return bool(version["known_from"] > day)
        return self._reports.is_after(version, self.back.record)

    def _is_anew(self, version: Record, before: Record | None, was_done: bool) -> bool:
        if before is not None and _same(version, before, PLACE):
            return was_done  # one row, cut by something else that was learned
        if self._reports.names_day(version):
            return bool(version["done_on"] >= self.back.checked_on)
        return was_done or before is None or not _same(version, before, ("status", "status_text"))

    def _change(self, version: Record, is_done: bool, is_open: bool) -> dict[str, Any]:
        marks = {
            "returned_on": self.back.checked_on,
            "rework_due_on": self.back.record.get("rework_due_on"),
            **self._deadline.kept(version),
        }
        if is_done:
            day = version["done_on"]
            is_old = not is_null(day) and day < self.back.checked_on  # carried over
            return marks | ({"done_on": None} if is_old else {})
        status = version["status"] if is_open and not is_null(version["status"]) else REJECTED
        return marks | dict.fromkeys(OF_COMPLETION) | {"status": status}


def _says_done(version: Record) -> bool:
    status, day = version["status"], version["done_on"]
    return status in FINISHED or (is_null(status) and not is_null(day))


def _same(version: Record, before: Record, names: Iterable[str]) -> bool:
    pairs = ((version.get(name), before.get(name)) for name in names)
    return all(one == other or (is_null(one) and is_null(other)) for one, other in pairs)


def _closing(record: Record) -> dict[str, Any]:
    closed_on = record["accepted_on"] if is_null(record["closed_on"]) else record["closed_on"]
    return {
        "status": "closed", "accepted_on": record["accepted_on"],
        "accepted_by": record["accepted_by"], "closed_on": closed_on, "closure": BY_RECORD,
    }  # fmt: skip


def _piece(version: dict[str, Any], start: date, end: date, by: Record | None) -> dict[str, Any]:
    """A version for some days; the record that made it differ is where it came from."""
    place = {name: by[name] for name in PLACE} if by else {}
    return known_during(version | place, start, end)


def _still_open(version: Record, act: Act, places: Places) -> Finding:
    message = (
        f"专班已于 {act.record['accepted_on']} 验收销号，单位仍报未完成；按已销号统计，"
        "请核对，确未完成的由另一人撤回验收或退回重改"
    )
    value = version["status_text"]
    return places.finding(version, "status", "accepted_but_open", "warning", message, value)


def _still_told(version: Record, act: Act, places: Places) -> Finding:
    message = (
        f"专班已于 {act.checked_on} 按误报撤销，单位仍报未完成；按撤销统计，"
        "请核对，确是隐患的由专班退回重改"
    )
    value = version["status_text"]
    return places.finding(version, "status", "accepted_but_open", "warning", message, value)


def _sent_back(act: Act, places: Places) -> Finding:
    record = act.record
    reason, due_on = record.get("reason"), record.get("rework_due_on")
    said = [
        f"验收不合格，退回重改：{'没有写明原因，请补' if is_null(reason) else reason}",
        "没有重改期限，请补" if is_null(due_on) else f"重改期限 {due_on}",
        "重改完成以前按未完成统计，按期与否仍按整改期限算",
    ]
    return places.finding(record, "act", "sent_back", "warning", "；".join(said))


def _not_redone(version: Record, back: Act, places: Places) -> Finding:
    message = (
        f"{back.checked_on} 验收不合格退回重改，报的还是退回以前的完成；按未完成统计，"
        "重改完成的请写明重改完成的日期"
    )
    day = version["done_on"]
    return places.finding(version, "done_on", "not_redone", "warning", message, day)
