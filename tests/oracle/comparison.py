"""The program's figures of a world beside the oracle's: the one module here that knows both.

A world is written as the files that units send, read by the program, and each metric is asked for
each of the world's (as_of, known_on). Rows are joined by key: a row that one side lacks is a
difference unless all that it counts is zero; what is not compared stands in ``NOT_COMPARED``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.oracle.files import write
from tests.oracle.oracle import METRICS, Oracle
from tests.oracle.story import Rules, World

Row = dict[str, Any]
Key = tuple[Any, ...]

#: What a row of each metric is known by.
KEYS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "completion": ("dimension", "member"),
    "node_progress": ("unit", "node_no"),
    "overdue": ("key",),
    "due_soon": ("key",),
    "ageing": ("basis", "unit", "band"),
    "hazard_flow": ("level", "stage"),
    "hazard_mix": ("dimension", "member", "by_member"),
    "supervision": ("key",),
    "recurrence": ("first_key", "key"),
    "deadline_slip": ("key",),
    "since": ("key", "change"),
    "clarity": ("unit",),
    "inspection_coverage": ("dimension", "member"),
    "inspection_yield": ("dimension", "member"),
    "duty_compliance": ("unit", "sub_no", "period_start"),
    "accident_yoy": ("source", "period", "region", "industry", "period_start", "period_end"),
    "accident_monthly": ("region", "counted", "dimension", "member", "month_start"),
    "site_responsibility": ("dimension", "member"),
    "campaign_progress": ("campaign",),
    "report_punctuality": ("unit", "period_start"),
    "close_times": ("until", "dimension", "member"),
}
#: Where a row comes from, and the ids that stand for keys.
PLACES = frozenset({"item_id", "first_item_id", "path", "sheet", "row_no"})
#: What the program says beside, and the oracle does not: the worlds have none of it, or the words
#: give no formula.
NOT_COMPARED: dict[str, frozenset[str]] = {
    "overdue": frozenset({"due_is_provisional"}),
    "due_soon": frozenset({"due_is_provisional"}),
    "deadline_slip": frozenset({"due_is_provisional"}),
    "since": frozenset({"due_is_provisional"}),
    "inspection_yield": frozenset({"by_weekdays"}),
    "duty_compliance": frozenset({"stricter_no", "plan_no"}),
    "accident_yoy": frozenset({"accidents_yoy_text", "deaths_yoy_text"}),
    "close_times": frozenset({"median_low", "median_high", "p90_low", "p90_high"}),
}
#: Columns that number what another column names.
ORDER = frozenset({"stage_no", "band_no"})


@dataclass
class Tally:
    """What was compared, and what differs: (metric, column, what) → how often; some in full."""

    values: Counter[str] = field(default_factory=Counter)
    differing: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def differ(self, metric: str, column: str, line: str) -> None:
        self.differing[metric, column] += 1
        if len(self.shown[metric, column]) < 6:
            self.shown[metric, column].append(line)


def publish(world: World, home: Path) -> duckdb.DuckDBPyConnection:
    """The world's warehouse: its files, read; its confirmations, said; its files, read again."""
    settings = Settings(home=home)
    write(world, settings.raw)
    ingest(settings)
    con = open_warehouse(settings.warehouse)
    entries = list(_entries(con, world))
    if entries:
        con.close()
        (settings.raw / "confirmations.toml").write_text("\n".join(entries), encoding="utf-8")
        ingest(settings)
        con = open_warehouse(settings.warehouse)
    return con


def _entries(con: duckdb.DuckDBPyConnection, world: World) -> Iterator[str]:
    """Each confirmation under the program's key of its doubt: the last that was asked by then."""
    keys = keys_of(con)
    asked = fetch_rows(
        con,
        "SELECT item_id, known_from, doubt_key FROM doubt WHERE rule = 'suspended' "
        "ORDER BY known_from",
    )[1]
    for word in world.confirmations:
        key = (word.kind, word.unit, word.number)
        doubts = [doubt for item, day, doubt in asked if keys[item] == key and day <= word.on]
        if not doubts:
            raise AssertionError(f"no doubt for {word}")
        answer = {"confirmed": "confirmed", "refused": "denied", "gone": "gone"}[word.answer]
        yield (
            f'[[confirmation]]\ndoubt = "{doubts[-1]}"\nanswer = "{answer}"\nby = "某子"\n'
            f'on = {word.on}\nwhy = "到现场核实"\n'
        )


def keys_of(con: duckdb.DuckDBPyConnection) -> dict[str, Key]:
    """Item id → (kind, unit, number); an id of two items, or none, is an error."""
    found = [
        *_rows(con, "SELECT DISTINCT item_id, 'hazard', unit, hazard_no FROM hazard"),
        *_rows(
            con,
            "SELECT DISTINCT item_id, 'measure', unit, coalesce(sub_no, measure_no) FROM measure",
        ),
        *_rows(
            con, "SELECT DISTINCT item_id, 'decision', unit, meeting || '|' || task FROM decision"
        ),
    ]
    keys = {item_id: key for item_id, *key in found}
    assert len(found) == len(keys), "one id is two items"
    out = {item_id: tuple(key) for item_id, key in keys.items()}
    assert len(set(out.values())) == len(out), "one item has two ids"
    return out


def compare(
    world: World, con: duckdb.DuckDBPyConnection, tally: Tally, rules: Rules | None = None
) -> None:
    """Ask each metric for each of the world's days and count what differs."""
    oracle, keys = Oracle(world, rules), keys_of(con)
    for as_of, known_on in world.queries:
        for metric in METRICS:
            known = f"DATE '{known_on}'" if known_on else "NULL"
            columns, rows = fetch_rows(con, f"FROM {metric}(DATE '{as_of}', known_on := {known})")
            theirs = [_keyed(dict(zip(columns, row, strict=True)), keys) for row in rows]
            ours = oracle.metric(metric, as_of, known_on)
            where = f"{world.seed} {as_of}/{known_on}"
            _join(metric, ours, theirs, where, tally)


def _keyed(row: Row, keys: Mapping[str, Key]) -> Row:
    for column, name in (("item_id", "key"), ("first_item_id", "first_key")):
        if column in row:
            row[name] = keys[row[column]]
    return row


def _join(metric: str, ours: list[Row], theirs: list[Row], where: str, tally: Tally) -> None:
    """Count what two answers of a metric do not both say."""
    key_of = KEYS[metric]
    one, other = _by_key(ours, key_of), _by_key(theirs, key_of)
    if ours and theirs:
        beside = PLACES | NOT_COMPARED.get(metric, frozenset())
        assert {*ours[0]} - {"key", "first_key"} == {*theirs[0]} - beside - {"key", "first_key"}
    for key in sorted({*one, *other}, key=str):
        if key not in one or key not in other:
            tally.values[metric] += 1
            row, side = (one[key], "program") if key in one else (other[key], "oracle")
            if not _is_nothing(row, key_of):
                tally.differ(metric, f"{side} lacks", f"{metric} {where} {key} {row}")
            continue
        for name in one[key].keys() - {*key_of}:
            tally.values[metric] += 1
            right, said = _plain(one[key][name]), _plain(other[key][name])
            if right != said:
                line = f"{metric} {where} {key} {name}: oracle {right}, program {said}"
                tally.differ(metric, name, line)


def _by_key(rows: list[Row], key_of: tuple[str, ...]) -> dict[Key, Row]:
    out = {tuple(_plain(row[name]) for name in key_of): row for row in rows}
    assert len(out) == len(rows), "two rows of one key"
    return out


def _is_nothing(row: Row, key_of: tuple[str, ...]) -> bool:
    """Whether all that the row counts is zero or blank."""
    rest = [v for n, v in row.items() if n not in {*key_of, *ORDER}]
    return all(v is None or v == 0 for v in rest if not isinstance(v, str | date | bool)) and any(
        isinstance(v, int) and not isinstance(v, bool) for v in rest
    )


def _plain(value: Any) -> Any:
    """A value as both write it: rates to nine places, whole numbers whole."""
    if isinstance(value, bool | str | date | tuple | list | None):
        return value
    return round(float(value), 9) if isinstance(value, float | int | Decimal) else value


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    yield from fetch_rows(con, sql)[1]
