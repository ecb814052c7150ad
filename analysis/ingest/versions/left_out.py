"""漏报: what a sender's later ledger leaves out although it is not closed.

The record stays current and is told of: it never vanishes from the figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Place
from analysis.ingest.versions.spans import latest_before
from analysis.ledgers import Ledger


@dataclass(frozen=True, slots=True)
class Delivery:
    """One submission of a ledger, however many rows it has."""

    submission_id: str
    sheet: str
    sender: str
    received_on: date


def left_out(
    rows: pd.DataFrame, versions: pd.DataFrame, ledger: Ledger, deliveries: Iterable[Delivery]
) -> list[Finding]:
    """Records of a sender that its next delivery leaves out although they are not closed.

    ``rows`` are all rows of the ledger in order of receipt, with ``sender`` and the ``name`` of
    their record; ``deliveries`` are all its submissions, also those without a row.
    """
    by_sender: dict[str, dict[date, Delivery]] = {}
    for each in sorted(deliveries, key=lambda d: (d.received_on, d.submission_id)):
        by_sender.setdefault(each.sender, {}).setdefault(each.received_on, each)
    again = {sender for sender, days in by_sender.items() if len(days) > 1}
    if not again:
        return []
    sent = rows[rows["sender"].isin(again)]
    present = {place: set(names) for place, names in sent.groupby(["sender", "known_from"])["name"]}
    places = versions.groupby("name", sort=False).indices
    findings: list[Finding] = []
    for sender in sorted(again):
        previous: set[str] = set()
        missing: set[str] = set()
        for day, delivery in by_sender[sender].items():
            now = present.get((sender, day), set())
            for name in sorted(previous - now):
                last = latest_before(versions.iloc[places[name]], day)
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
