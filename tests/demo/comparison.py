"""The program's answers beside the truth's: rows of the same columns, an item by its key."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from analysis.demo.life import Life
from analysis.demo.truth import METRICS, Knowledge
from analysis.warehouse.engine import fetch_rows

Row = tuple[Any, ...]


def keys_of(con: duckdb.DuckDBPyConnection, life: Life) -> dict[str, str]:
    """Item id → key of the life's item, by its words; an id of two items, or none, is an error."""
    texts = {
        (facts.get("site"), facts["description"]): key
        for sending in life.sendings
        if sending.ledger == "hazard"
        for key, facts in sending.said()
    }
    hazards = "SELECT DISTINCT item_id, site, description FROM hazard"
    decisions = "SELECT DISTINCT item_id, task FROM decision"
    measures = "SELECT DISTINCT item_id, plan, sub_no FROM measure WHERE plan IS NOT NULL"
    found = [
        *((item_id, texts[site, text]) for item_id, site, text in _rows(con, hazards)),
        *_rows(con, decisions),
        *((item_id, f"{plan} {number}") for item_id, plan, number in _rows(con, measures)),
    ]
    keys = dict(found)
    assert len(set(found)) == len(keys), "one id is two items"
    assert len(set(keys.values())) == len(keys), "one item has two ids"
    return keys


def differences(
    con: duckdb.DuckDBPyConnection, keys: Mapping[str, str], knowledge: Knowledge, metric: str,
    as_of: date,
) -> list[str]:  # fmt: skip
    """What the program and the truth do not both say, one line each; empty where they agree."""
    right = METRICS[metric](knowledge, as_of)
    asked = f"FROM {metric}(DATE '{as_of}', known_on := DATE '{knowledge.known_on}')"
    columns, rows = fetch_rows(con, asked)
    said = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in said:
        if "item_id" in row:
            row["key"] = None if row["item_id"] is None else keys[row["item_id"]]
    if not right:
        return [f"too many {row}" for row in said]
    names = list(right[0])
    ours = Counter(tuple(_plain(row[name]) for name in names) for row in right)
    theirs = Counter(tuple(_plain(row[name]) for name in names) for row in said)
    return [
        *(f"truth    {dict(zip(names, row, strict=True))}" for row in _sorted(ours - theirs)),
        *(f"program  {dict(zip(names, row, strict=True))}" for row in _sorted(theirs - ours)),
    ]


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Row]:
    yield from fetch_rows(con, sql)[1]


def _plain(value: Any) -> Any:
    """A value as both write it: rates to nine places, whole numbers whole."""
    if isinstance(value, bool | str | date | None):
        return value
    return round(float(value), 9) if isinstance(value, float | int | Decimal) else value


def _sorted(rows: Counter[Row]) -> list[Row]:
    return sorted(rows.elements(), key=str)
