"""All rows ever received → versions: which row replaces which, and from what day on.

A row that says the same as the version before it is a duplicate and adds nothing. A row that
says something else about the same record closes that version (``known_to``) and begins its own
(``known_from``). A record that a later submission leaves out stays current and is told of: it
never vanishes from the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest.cells.blanks import is_empty, is_null
from analysis.ingest.findings import Finding, Place, Places
from analysis.ingest.versions.identity import identify
from analysis.ingest.versions.spans import ends_by_next, ever_known, latest_before
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED
from analysis.ledgers.fields import PAST

#: Where a row came from, and when: no part of what it says.
PROVENANCE = frozenset(
    {"item_id", "submission_id", "sheet", "row_no", "known_from", "known_to"}
    | {field.name for field in PAST}
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One submission of a ledger, however many rows it has."""

    submission_id: str
    sheet: str
    sender: str
    received_on: date


def chain(
    rows: pd.DataFrame, ledger: Ledger, places: Places, deliveries: Sequence[Delivery] = ()
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Order rows into versions.

    ``rows`` has the ledger's columns plus ``sender`` and ``position`` (order within the day);
    ``known_from`` holds the day of receipt. ``deliveries`` are all submissions of the ledger,
    also those without a row. Returns the versions, the duplicate rows (their ``submission_id``
    and ``row_no`` are what the accounting needs), and what the comparison found.
    """
    rows = _in_order(rows)
    said = [
        name
        for name in ledger.columns
        if name not in PROVENANCE and not is_empty(rows[name].tolist())
    ]
    names, findings = identify(rows, ledger, said, places)
    rows["name"] = pd.Series(names, dtype=object)
    if ledger.is_item:
        rows["item_id"] = rows["name"]
    if len(set(names)) == len(names):  # nothing was ever sent twice
        kept, repeated = rows, rows.iloc[:0]
        before = pd.Series(dtype=int)
    else:
        kept, repeated, before = _versions(rows, said)
    if ledger.is_item:
        findings += _changes(kept, before, ledger, places)
    if ledger.is_sent_whole:
        findings += _vanished(rows, kept, ledger, deliveries)
    return kept, repeated, findings


def with_past(versions: pd.DataFrame) -> pd.DataFrame:
    """Versions with ``first_known_on`` and ``said_done_since``: what those before them say."""
    again = versions["item_id"].isin(versions.loc[versions["known_to"].notna(), "item_id"])
    if not again.any():
        return versions
    sent = ever_known(versions[again]).sort_values(["item_id", "known_from"], kind="stable")
    past: dict[Any, tuple[date, date | None]] = {}
    item: str | None = None
    first: date
    done_since: date | None = None
    rows = zip(sent.index, sent["item_id"], sent["known_from"], sent["status"], strict=True)
    for index, item_id, known_from, status in rows:
        if item_id != item:
            item, first, done_since = item_id, known_from, None
        done_since = (done_since or known_from) if status in FINISHED else None
        past[index] = (first, done_since)
    nothing = (None, None)
    days = zip(*(past.get(index, nothing) for index in versions.index), strict=True)
    columns = {
        field.name: pd.Series(each, index=versions.index, dtype=object)
        for field, each in zip(PAST, days, strict=True)
    }
    return versions.assign(**columns)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by day of receipt, by submission, by line; most often they are so already."""
    by = ["known_from", "position", "row_no"]
    keys = list(zip(*(rows[name] for name in by), strict=True))
    if any(later < earlier for earlier, later in pairwise(keys)):
        rows = rows.sort_values(by, kind="stable")
    return rows.reset_index(drop=True).assign(known_to=None)


def _versions(
    rows: pd.DataFrame, said: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The rows that say something new, those that repeat, and for each version the one before."""
    repeats = _repeats(rows, _row_before(rows), said)
    kept = rows[~repeats].copy()
    before = _row_before(kept)
    kept["known_to"] = ends_by_next(kept, before)
    return kept, rows[repeats], before[before >= 0]


def _row_before(rows: pd.DataFrame) -> pd.Series:
    """For each row the index of the same record's row before it, -1 for the first."""
    index = pd.Series(rows.index, index=rows.index)
    return index.groupby(rows["name"], sort=False).shift(1).fillna(-1).astype(int)


def _repeats(rows: pd.DataFrame, before: pd.Series, said: Iterable[str]) -> pd.Series:
    """Whether a row says what the one before it says, in every column."""
    later = before.index[before >= 0]
    same = pd.Series(False, index=rows.index)
    if len(later):
        # An empty cell is None, and None is None.
        contents = list(zip(*(rows[name].tolist() for name in said), strict=True))
        pairs = zip(later.tolist(), before[later].tolist(), strict=True)
        same[later] = np.fromiter((contents[a] == contents[b] for a, b in pairs), bool, len(later))
    return same


def _changes(
    kept: pd.DataFrame, before: pd.Series, ledger: Ledger, places: Places
) -> list[Finding]:
    """What a unit should say more about: a deadline put off, a closure taken back."""
    if before.empty:
        return []
    now = kept.loc[before.index].reset_index(drop=True)
    then = kept.loc[before].reset_index(drop=True)
    return [
        *_slips(now, then, places),
        *_extensions(now, then, places),
        *_reopenings(now, then, ledger, places),
    ]


def _slips(now: pd.DataFrame, then: pd.DataFrame, places: Places) -> Iterable[Finding]:
    had = then["due_on"].notna()
    cancelled = had & now["due_on"].isna()
    both = had & now["due_on"].notna()
    later = pd.Series(False, index=now.index)
    later[both] = now.loc[both, "due_on"] > then.loc[both, "due_on"]
    for index in now.index[cancelled | later]:
        new, row, old = now["due_on"][index], now.loc[index], then.loc[index]
        what = "被取消" if is_null(new) else f"推迟到 {new}"
        message = (
            f"完成期限{what}（{old['known_from']} 报送时为 {old['due_on']}），没有批准延期的记录；"
            "请说明原因，或填写延期后期限"
        )
        yield places.finding(row, "due_on", "deadline_slip", "warning", message, new)


def _extensions(now: pd.DataFrame, then: pd.DataFrame, places: Places) -> Iterable[Finding]:
    if "extended_due_on" not in now:
        return
    given = now["extended_due_on"].notna()
    changed = given & (now["extended_due_on"] != then["extended_due_on"])
    for index in now.index[changed]:
        row, new = now.loc[index], now["extended_due_on"][index]
        message = f"期限延到 {new}（原期限 {row['due_on']}）"
        yield places.finding(row, "extended_due_on", "deadline_extended", "info", message, new)


def _reopenings(
    now: pd.DataFrame, then: pd.DataFrame, ledger: Ledger, places: Places
) -> Iterable[Finding]:
    codes = ledger["status"].codes
    labels = codes.labels if codes else {}
    taken_back = then["status"].isin(FINISHED) & now["status"].isin(UNFINISHED)
    for index in now.index[taken_back]:
        row, old = now.loc[index], then.loc[index]
        message = (
            f"{old['known_from']} 报送时为“{labels[old['status']]}”，"
            f"现在又报为“{labels[row['status']]}”，按重新打开统计；请说明原因"
        )
        severity = "error" if old["status"] == "closed" else "warning"
        value = row["status_text"]
        yield places.finding(row, "status", "reopened", severity, message, value)


def _vanished(
    rows: pd.DataFrame, kept: pd.DataFrame, ledger: Ledger, deliveries: Sequence[Delivery]
) -> list[Finding]:
    """Records of a sender that its next delivery leaves out although they are not closed."""
    by_sender: dict[str, dict[date, Delivery]] = {}
    for each in sorted(deliveries, key=lambda d: (d.received_on, d.submission_id)):
        by_sender.setdefault(each.sender, {}).setdefault(each.received_on, each)
    again = {sender for sender, days in by_sender.items() if len(days) > 1}
    if not again:
        return []
    sent = rows[rows["sender"].isin(again)]
    present = {place: set(names) for place, names in sent.groupby(["sender", "known_from"])["name"]}
    versions = kept.groupby("name", sort=False).indices
    findings: list[Finding] = []
    for sender in sorted(again):
        previous: set[str] = set()
        missing: set[str] = set()
        for day, delivery in by_sender[sender].items():
            now = present.get((sender, day), set())
            for name in sorted(previous - now):
                last = latest_before(kept.iloc[versions[name]], day)
                if last is not None and not (ledger.is_item and _is_closed(last)):
                    findings.append(_missing(name, last, ledger, delivery))
                    missing.add(name)
            findings += [_returned(name, delivery) for name in sorted(missing & now)]
            missing -= now
            previous = now
    return findings


def _is_closed(row: Any) -> bool:
    return row["status"] in {"closed", "void"} or not is_null(row["closed_on"])


def _missing(name: str, last: Any, ledger: Ledger, delivery: Delivery) -> Finding:
    not_closed = "，也没有销号" if ledger.is_item else ""
    message = (
        f"{last['known_from']} 报送的第 {last['row_no']} 行在这次报送中没有了{not_closed}；"
        "仍按原状态统计，请补报或说明去向"
    )
    return _of_item(delivery, name, "vanished", "error", message)


def _returned(name: str, delivery: Delivery) -> Finding:
    message = "上次报送漏掉的事项这次又报上来了，不再按漏报提示"
    return _of_item(delivery, name, "returned", "info", message)


def _of_item(delivery: Delivery, item_id: str, rule: str, severity: str, message: str) -> Finding:
    """A finding on an item that has no row in the delivery that shows it."""
    place = Place(delivery.submission_id, delivery.sheet)
    return place.finding(rule, severity, message, field="item_id", value=item_id, item_id=item_id)
