"""Many counties' exports as one: a metric over all of them or region by region, and a warehouse."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import WarehouseError, first_line
from analysis.warehouse.ahead import (
    AHEAD_PREFIX,
    ALL_REGIONS,
    ROLLUP_TABLE,
    columns_ahead,
    with_region,
)
from analysis.warehouse.counties.engines import Duck, Engine, parquet_sql
from analysis.warehouse.counties.exports import Exports
from analysis.warehouse.engine import fetch_rows, open_warehouse, table_names
from analysis.warehouse.publish import (
    is_of_this_program,
    lay_out,
    put_in_place,
    quoted,
    typed_column,
)
from analysis.warehouse.scope import (
    Scope,
    by_shown_names,
    must_narrow,
    names_sql,
    relation_sql,
    standalone_sql,
)
from analysis.warehouse.sql_files import Query, metrics, unnamed

Answer = tuple[list[str], list[tuple[Any, ...]]]


def in_all(engine: Engine, exports: Exports, query: Query, scope: Scope) -> Answer:
    """A metric over all these exports taken as one; its column names and rows."""
    must_narrow(query, scope)
    shown = engine.show(exports)
    try:
        if asked := names_sql(scope):
            scope = by_shown_names(scope, shown.rows(*asked)[1])
        return shown.rows(*standalone_sql(query, scope))
    finally:
        shown.close()


def by_region(engine: Engine, exports: Exports, query: Query, scope: Scope) -> Answer:
    """A metric of each region, as the region's own warehouse has it, its name in front.

    Metrics that have a region themselves (``accident_yoy``) keep theirs, as ``region_1``.
    """
    each = [(region, in_all(engine, exports.only([region]), query, scope))
            for region in exports.regions]  # fmt: skip
    rows = [(region, *row) for region, (_, found) in each for row in found]
    return with_region(each[0][1][0]), rows


def publish_rollup(
    engine: Engine, exports: Exports, target: Path, as_of: date, say: Callable[[str], None]
) -> None:
    """Publish many counties as one warehouse, every metric worked out for its day beforehand.

    The tables hold all rows of all counties, as any warehouse's; beside them stand ``ahead_NAME``
    for each metric (columns ``as_of``, ``region``, then the metric's own), of all together by the
    engine that was chosen, and of each region by DuckDB, which needs a second for a county.

    Raises:
        WarehouseError: an export is not whole, or the disk takes no more.

    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    try:
        with duckdb.connect() as con:
            lay_out(con, part)
            say(f"汇总 {len(exports.regions)} 个地区的各表")
            _copy_rows(con, exports)
            scope = _with_since(exports, Scope(as_of))
            _lay_ahead(con, scope)
            for region, each, by in _parts(engine, exports):
                say(f"预先计算：{region}")
                _work_out(con, by, each, region, scope)
            _tell(con, exports, scope)
            con.execute("CHECKPOINT part")
        put_in_place(part, target)
    except (OSError, duckdb.Error) as error:
        raise WarehouseError(f"汇总没有做成，原有的没有改动：{first_line(error)}") from error
    finally:
        part.unlink(missing_ok=True)


def is_current(target: Path, exports: Exports, as_of: date) -> bool:
    """Whether a roll-up was made by this program, of these exports, for that day."""
    if not target.exists() or not is_of_this_program(target):
        return False
    with open_warehouse(target) as con:
        if ROLLUP_TABLE not in table_names(con):
            return False
        _, rows = fetch_rows(con, f"SELECT as_of, made_from FROM {ROLLUP_TABLE} LIMIT 1")  # noqa: S608
    return rows == [(as_of, exports.digest)]


def _copy_rows(con: duckdb.DuckDBPyConnection, exports: Exports) -> None:
    for table in exports.tables():
        con.execute(f"INSERT INTO {table.name} {parquet_sql(table)}")
        ((rows,),) = con.execute(f"SELECT count(*) FROM {table.name}").fetchall()  # noqa: S608
        table.must_have(rows)


def _with_since(exports: Exports, scope: Scope) -> Scope:
    """The scope with the last working node as the day from which changes are told."""
    sql = "SELECT max(node_on) AS day FROM nodes WHERE node_on < CAST($as_of AS DATE)"
    ((day,),) = in_all(Duck(), exports, unnamed(sql, "nodes"), scope)[1]
    return replace(scope, since=day)


def _lay_ahead(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    for query in metrics().values():
        names = ", ".join(f'"{name}" AS "{kept}"' for name, kept in columns_ahead(query).items())
        con.execute(
            f"CREATE TABLE {AHEAD_PREFIX}{query.name} AS SELECT DATE '{scope.as_of}' AS as_of, "  # noqa: S608
            f"'' AS region, {names}, 0::BIGINT AS row_order "
            f"FROM {query.name}(DATE '{scope.as_of}') LIMIT 0"
        )
        comment = f"{query.title}，预先算好。地区“{ALL_REGIONS}”是全部地区合在一起。"
        con.execute(f"COMMENT ON TABLE {AHEAD_PREFIX}{query.name} IS '{quoted(comment)}'")


def _parts(engine: Engine, exports: Exports) -> Iterator[tuple[str, Exports, Engine]]:
    yield ALL_REGIONS, exports, engine
    for region in exports.regions:
        yield region, exports.only([region], is_said=exports.is_said), Duck()


def _work_out(
    con: duckdb.DuckDBPyConnection, engine: Engine, exports: Exports, region: str, scope: Scope
) -> None:
    """Every metric of one region, or of all, from relations worked out once for all of them."""
    held = list(dict.fromkeys(name for query in metrics().values() for name in query.reads))
    shown = engine.show(exports)
    try:
        for name in held:
            shown.hold(name, *relation_sql(name, scope))
        for query in metrics().values():
            _, rows = shown.rows(*standalone_sql(query, scope, held))
            _keep(con, query, region, scope, rows)
    finally:
        shown.close()


def _keep(
    con: duckdb.DuckDBPyConnection, query: Query, region: str, scope: Scope,
    rows: list[tuple[Any, ...]],
) -> None:  # fmt: skip
    if not rows:
        return
    described = con.execute(f"DESCRIBE {AHEAD_PREFIX}{query.name}").fetchall()
    kept = pd.DataFrame(rows, columns=list(columns_ahead(query).values()), dtype=object)
    frame = pd.DataFrame(
        {name: typed_column(kept[name], kind) for name, kind, *_ in described[2:-1]}, copy=False
    )
    con.register("kept", frame)
    said = ", ".join(f'CAST("{name}" AS {kind})' for name, kind, *_ in described[2:-1])
    con.execute(
        f"INSERT INTO {AHEAD_PREFIX}{query.name} SELECT DATE '{scope.as_of}', $region, {said}, "  # noqa: S608
        "row_number() OVER () FROM kept",
        {"region": region},
    )
    con.unregister("kept")


def _tell(con: duckdb.DuckDBPyConnection, exports: Exports, scope: Scope) -> None:
    """What was rolled up, one row a region."""
    con.execute(
        f"CREATE TABLE {ROLLUP_TABLE} "
        "(region VARCHAR, newest DATE, as_of DATE, since DATE, made_from VARCHAR)"
    )
    con.execute(f"COMMENT ON TABLE {ROLLUP_TABLE} IS '汇总了哪些地区，各自最近的报送，算到哪一天'")
    for each in exports.regions.values():
        con.execute(
            f"INSERT INTO {ROLLUP_TABLE} VALUES ($region, $newest, $as_of, $since, $made_from)",  # noqa: S608
            {"region": each.name, "newest": each.newest, "as_of": scope.as_of,
             "since": scope.since, "made_from": exports.digest},
        )  # fmt: skip
