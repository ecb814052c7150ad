"""The declared tests on an open warehouse → those that fail, with examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from analysis.ledgers import LEDGERS
from analysis.warehouse.checks.declared import ROWS, DataTest, declared, source_of
from analysis.warehouse.engine import fetch_rows
from analysis.warehouse.sql_files import Query, metrics, relations
from analysis.wording.labels import ITEM_LABELS
from analysis.wording.values import value_text

#: So many failing rows are shown, with so many of their columns.
EXAMPLES, MOST_COLUMNS = 3, 8


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that does not hold, how many rows say so, and the first of them."""

    test: DataTest
    rows: int
    examples: tuple[Mapping[str, Any], ...]

    @property
    def line(self) -> str:
        """What a person is told: the table, what does not hold, how often, where."""
        row = self.row
        where = f"，如 {row['例']}" if row["例"] else ""
        return f"{row['表']}（{row['名称']}）：{row['检验']}，{row['不成立']} 处不成立{where}"

    @property
    def row(self) -> dict[str, Any]:
        """The same as a row of a table."""
        table = self.test.table
        return {
            "表": title_of(table), "名称": table, "检验": self.test.text, "不成立": self.rows,
            "例": "；".join(_in_words(table, each) for each in self.examples),
        }  # fmt: skip


def failures(
    con: duckdb.DuckDBPyConnection, as_of: date, known_on: date | None = None
) -> list[Failure]:
    """Run every test on the tables, and on the relations and metrics of these two days."""
    found = []
    for name, tests in declared().items():
        counts = _failing(con, name, tests, as_of, known_on)
        found += [
            Failure(test, rows, _examples(con, test, as_of, known_on))
            for test, rows in zip(tests, counts, strict=True)
            if rows
        ]
    return found


def _failing(
    con: duckdb.DuckDBPyConnection, name: str, tests: Sequence[DataTest], as_of: date,
    known_on: date | None,
) -> list[int]:  # fmt: skip
    """How many rows fail each test; the table is read once for all of them."""
    each = " UNION ALL ".join(
        f"SELECT {no} AS test_no, count(*) AS failing FROM ({test.failing_sql}) AS failing"  # noqa: S608
        for no, test in enumerate(tests)
    )
    rows = _ask(con, name, f"{each} ORDER BY test_no", as_of, known_on)
    return [row["failing"] for row in rows]


def _examples(
    con: duckdb.DuckDBPyConnection, test: DataTest, as_of: date, known_on: date | None
) -> tuple[Mapping[str, Any], ...]:
    sql = f"SELECT * FROM ({test.failing_sql}) AS failing ORDER BY ALL LIMIT {EXAMPLES}"  # noqa: S608
    rows = _ask(con, test.table, sql, as_of, known_on)
    return tuple(
        {name: row[name] for name in [n for n in test.columns if n in row][:MOST_COLUMNS]}
        for row in rows
        if test.columns
    )


def _ask(
    con: duckdb.DuckDBPyConnection, name: str, sql: str, as_of: date, known_on: date | None
) -> list[dict[str, Any]]:
    """Rows of a SELECT over ``ROWS``, which are those of one table, relation or metric."""
    sql = f"WITH {ROWS} AS MATERIALIZED (SELECT * FROM {source_of(name)}) {sql}"  # noqa: S608
    given = {"as_of": as_of, "known_on": known_on}
    columns, rows = fetch_rows(con, sql, {n: v for n, v in given.items() if f"${n}" in sql})
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _in_words(table: str, row: Mapping[str, Any]) -> str:
    """The columns of a failing row, each with what it is called."""
    return "、".join(
        f"{label_of(table, name)} {value_text(value, name, table) or '空'}"
        for name, value in row.items()
    )


def title_of(name: str) -> str:
    """What a table, relation or metric is called."""
    if name in LEDGERS:
        return LEDGERS[name].label
    query: Query = relations().get(name) or metrics()[name]
    return query.title


def label_of(table: str, column: str) -> str:
    """What a column is called where a failing row is shown; its name where it has no label."""
    if table in LEDGERS:
        return next((field.label for field in LEDGERS[table] if field.name == column), column)
    if table in metrics() and column in metrics()[table].columns:
        return metrics()[table].label(column)
    return ITEM_LABELS.get(column, column)
