"""A spec → the rows that the program answers with, by the SQL that page and command run."""

from datetime import date
from functools import cache
from typing import Any

import duckdb

from analysis.ledgers import LEDGERS
from analysis.warehouse.sql_files import (
    BEFORE,
    SINCE,
    get_metric,
    macro_sql,
    metrics,
    relations,
    with_sources,
)
from tests.specs.spec import Spec, rows_of, value_of
from tests.tables import ITEM, day, punctuality, relation_over


@cache
def column_types() -> dict[str, dict[str, str]]:
    """The columns of every relation and metric with their types, as the published file has them."""
    types = {}
    with duckdb.connect() as con:
        for ledger in LEDGERS.values():
            columns = ", ".join(f"{field.name} {field.sql_type}" for field in ledger)
            con.execute(f"CREATE TABLE {ledger.name} ({columns})")
        for query in (*relations().values(), *metrics().values()):
            con.execute(macro_sql(query))
            described = con.execute(f"DESCRIBE FROM {query.name}(DATE '2023-11-15')").fetchall()
            types[query.name] = {name: sql_type for name, sql_type, *_ in described}
    return types


def answer(spec: Spec) -> list[dict[str, Any]]:
    """All rows that the relation or metric of a spec has, with every column."""
    if spec.name in relations():
        rows = {name: _ledger_rows(spec, name) for name in spec.tables}
        return relation_over(spec.name, rows, spec.as_of, spec.known_on)
    query = get_metric(spec.name)
    sources = {name: _source(spec, name) for name in query.reads}
    sql = with_sources(query.sql.replace("$since", SINCE), sources)
    given = {"as_of": day(spec.as_of), "since": None}
    with duckdb.connect() as con:
        found = con.execute(sql, {n: v for n, v in given.items() if f"${n}" in sql} or None)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def expected(spec: Spec) -> list[dict[str, Any]]:
    """The rows that a spec draws, with the columns that it draws."""
    types = column_types()[spec.name]
    return [
        {name: value_of(text, types[name]) for name, text in row.items()}
        for row in spec.expected_rows()
    ]


def _ledger_rows(spec: Spec, table: str) -> list[dict[str, Any]]:
    """The drawn rows of a ledger; the rest of their columns is left out."""
    types = {field.name: field.sql_type for field in LEDGERS[table]}
    return [
        dict(spec.same.get(table, {}))
        | {name: value_of(text, types[name]) for name, text in row.items()}
        for row in rows_of(spec.tables[table])
    ]


def _source(spec: Spec, relation: str) -> str:
    """A SELECT of the drawn rows of a relation, each column of its type."""
    kind = relation.removesuffix(BEFORE)
    types = column_types()[kind]
    same = dict(spec.same.get(relation, {}))
    rows = []
    for drawn in rows_of(spec.tables[relation]) if relation in spec.tables else []:
        row = same | {name: value_of(text, types[name]) for name, text in drawn.items()}
        rows.append(_as_item(row, day(spec.as_of)) if kind == "items" else row)
    columns = ", ".join(f"CAST({name} AS {sql_type}) AS {name}" for name, sql_type in types.items())
    lines = [", ".join(_literal(row.get(name)) for name in types) for row in rows]
    values = ", ".join(f"({line})" for line in lines or [", ".join("NULL" for _ in types)])
    where = "" if rows else " WHERE FALSE"
    return f"SELECT {columns} FROM (VALUES {values}) AS t({', '.join(types)}){where}"


def _as_item(drawn: dict[str, Any], as_of: date) -> dict[str, Any]:
    """A row of ``items`` with what follows from its state and days, as the relation tells it."""
    item: dict[str, Any] = ITEM | drawn
    state, due_on = item["state"], item["due_on"]
    told: dict[str, Any] = {
        "is_void": state == "void",
        "is_done": state in {"accepting", "closed"},
        "is_closed": state == "closed",
        "is_overdue": state == "overdue",
        "is_suspended": state == "suspended" and item["suspension"] != "claimed",
        "standing": state == "standing",
    }
    item |= {name: value for name, value in told.items() if name not in drawn}
    item |= {"punctuality": punctuality(item["is_done"], item["done_on"], due_on)} | drawn
    if due_on and not item["is_done"]:
        late = (as_of - due_on).days
        item["days_late"] = drawn.get("days_late", late if item["is_overdue"] else None)
        item["days_left"] = drawn.get("days_left", -late if late <= 0 else None)
    return item


def _literal(value: Any) -> str:
    """A drawn value in SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
