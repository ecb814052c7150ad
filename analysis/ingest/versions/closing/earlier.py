"""Closings that were published and count no longer: told before they change, and as they do."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import YanpanError
from analysis.ingest.versions.closing.claims import BY_RECORD, CLOSES_NOT
from analysis.ingest.versions.closing.rule import ClosingRule
from analysis.ingest.versions.spans import in_force
from analysis.ledgers import LEDGERS
from analysis.warehouse.engine import fetch_rows, open_warehouse

#: What is closed in a publication, whatever the day; it may be one of an earlier edition.
_CLOSED = "SELECT * FROM items($day) WHERE is_closed AND NOT is_void ORDER BY unit, item_id"
_RECORDED = "SELECT DISTINCT item_id FROM acceptance WHERE act = 'accept'"
#: When each closing was first told.
_TOLD = """
SELECT item_id, accepted_on, accepted_by, min(known_from) FROM received($day)
WHERE accepted_by IS NOT NULL GROUP BY ALL
"""
#: So many are named; how many there are is always told.
NAMED = 20


def closed_before(published: Path) -> dict[str, Mapping[str, Any]]:
    """Id → the item, of all that are closed in a publication; nothing where there is none."""
    try:
        with open_warehouse(published) as con:
            return closed_in(con)
    except YanpanError:  # none was published, or none that opens
        return {}


def closed_in(con: duckdb.DuckDBPyConnection) -> dict[str, Mapping[str, Any]]:
    """Id → the item, of all that are closed in an open publication."""
    names, rows = fetch_rows(con, _CLOSED, {"day": date.max})
    items = [dict(zip(names, row, strict=True)) for row in rows]
    if "closure" not in names:  # an earlier edition: what was recorded was closed by it
        recorded = {item_id for (item_id,) in fetch_rows(con, _RECORDED)[1]}
        for item in items:
            item["closure"] = BY_RECORD if item["item_id"] in recorded else None
        return {item["item_id"]: item | {"told_on": date.min} for item in items}
    told = {(*claim,): day for *claim, day in fetch_rows(con, _TOLD, {"day": date.max})[1]}
    for item in items:
        claim = item["item_id"], item["accepted_on"], item["accepted_by"]
        item["told_on"] = told.get(claim, date.min)
    return {item["item_id"]: item for item in items}


def no_longer_closed(
    before: Mapping[str, Mapping[str, Any]], tables: Mapping[str, pd.DataFrame]
) -> list[str]:
    """A line for those of ``before`` that a ledger alone closed, and that wait by the rule now."""
    changed = {
        item_id
        for name, ledger in LEDGERS.items()
        if ledger.is_item and name in tables
        for item_id in _claims(in_force(tables[name]))
    }
    items = [item for item_id, item in before.items() if item_id in changed]
    return _told("上一次发布按销号统计、这次按待验收统计", items)


def to_be_changed(before: Mapping[str, Mapping[str, Any]], rule: ClosingRule) -> list[str]:
    """A line for the published closings that the next ingest will no longer count."""
    items = [item for item in before.values() if _would_change(item, rule)]
    return _told("下次读取起不再算销号、按待验收统计", items)


def _claims(versions: pd.DataFrame) -> Iterator[str]:
    yield from versions.loc[versions["closure"].isin(CLOSES_NOT), "item_id"]


def _would_change(item: Mapping[str, Any], rule: ClosingRule) -> bool:
    if item["closure"] == BY_RECORD:
        return False
    needs_record = rule.needs_record_of(item, item["told_on"])
    return needs_record or rule.is_own(item["accepted_by"], item)


def _told(what: str, items: list[Mapping[str, Any]]) -> list[str]:
    if not items:
        return []
    named = "；".join(f"{item['item_id']} {item['title']}" for item in items[:NAMED])
    more = f" 等，共 {len(items)} 条" if len(items) > NAMED else ""
    return [
        f"由台账自报销号的事项 {len(items)} 条{what}（须有验收销号记录，责任人不能自己验收）："
        f"{named}{more}。确已验收的请在“验收销号”页或验收销号台账登记。"
    ]
