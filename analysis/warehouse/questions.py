"""Questions to the warehouse that are no metric, and metrics run over a scope."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from analysis.warehouse.engine import fetch
from analysis.warehouse.scope import Asked, Scope, day_shown, scoped_sql
from analysis.warehouse.sql_files import Query, get_metric, unnamed

#: A file that is no ledger says nothing about how recent the figures are.
NEWEST = "SELECT max(received_on) AS day FROM submission WHERE ledger IS NOT NULL"


def run_metric(
    con: duckdb.DuckDBPyConnection, name: str, scope: Scope, ahead: Asked | None = None
) -> pd.DataFrame:
    """Run a metric over the rows of a scope; its columns are those of the file's comment.

    ``ahead`` asks for the same rows where they were worked out before; see ``rollup``.
    """
    sql, parameters = ahead or scoped_sql(get_metric(name), scope)
    return fetch(con, sql, parameters)


def head_of_metric(
    con: duckdb.DuckDBPyConnection, name: str, scope: Scope, most: int, ahead: Asked | None = None
) -> tuple[pd.DataFrame, int]:
    """The first rows of a metric, and how many there are in all."""
    sql, parameters = ahead or scoped_sql(get_metric(name), scope)
    rows = fetch(con, f"{sql}\nLIMIT {most:d}", parameters)
    if len(rows) < most:
        return rows, len(rows)
    total = fetch(con, f"SELECT count(*) AS n FROM (\n{sql}\n)", parameters)  # noqa: S608
    return rows, int(total["n"].iloc[0])


def first_rows_per_group(
    con: duckdb.DuckDBPyConnection, name: str, scope: Scope, by: str, most: int,
    ahead: Asked | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The first rows of each kind that the column ``by`` tells apart, and ``in_all`` of it."""
    sql, parameters = ahead or scoped_sql(get_metric(name), scope)
    return fetch(
        con,
        f"""
        SELECT *, count(*) OVER (PARTITION BY {by}) AS in_all
        FROM (\n{sql}\n)
        QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY unit, item_id) <= {most:d}
        ORDER BY {by}, unit, item_id
        """,  # noqa: S608 - a metric, a column and a number of the program's own
        parameters,
    )


def list_relation(
    con: duckdb.DuckDBPyConnection, name: str, scope: Scope, where: str = "TRUE"
) -> pd.DataFrame:
    """The rows of a relation that lie in the scope, in the order of their files.

    ``where`` is a condition of the program's own, never words from outside.
    """
    sql = f"FROM {name} WHERE {where} ORDER BY path, sheet, row_no"
    return fetch(con, *scoped_sql(Query(name, "", "", "", {}, "", sql, (name,)), scope))


def find_item(con: duckdb.DuckDBPyConnection, item_id: str, scope: Scope) -> pd.DataFrame:
    """The row of one item as it stands in the scope; none where there is no such item."""
    query = Query("items", "", "", "", {}, "", "FROM items WHERE item_id = $item_id", ("items",))
    sql, parameters = scoped_sql(query, scope)
    return fetch(con, sql, parameters | {"item_id": item_id})


def list_measures(con: duckdb.DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The detailed measures of a scope, with problem, manifestation and measure above each."""
    sql = """
        SELECT items.*, measure.problem, measure.manifestation, measure.measure
        FROM items
        INNER JOIN measure ON items.item_id = measure.item_id AND in_force(measure)
        ORDER BY items.path, items.sheet, items.row_no
    """
    return fetch(con, *scoped_sql(unnamed(sql, "items"), scope))


def list_versions(con: duckdb.DuckDBPyConnection, item_id: str, scope: Scope) -> pd.DataFrame:
    """One item's versions, the first first: columns of ``versions``, path and received_on."""
    sql = """
        SELECT versions.*, submission.path, submission.received_on
        FROM versions
        LEFT JOIN submission ON versions.submission_id = submission.submission_id
        WHERE versions.item_id = $item_id
        ORDER BY versions.known_from
    """
    query = Query("versions", "", "", "", {}, "", sql.strip(), ("versions",))
    sql, parameters = scoped_sql(query, scope)
    return fetch(con, sql, parameters | {"item_id": item_id})


def last_submissions(con: duckdb.DuckDBPyConnection, unit: str, most: int) -> pd.DataFrame:
    """The files that came last, the newest first; of one unit, or of all where none is named.

    Columns: ``path``, ``unit``, ``received_on``, ``rows_loaded``, ``rows_duplicate``,
    ``rows_rejected``.
    """
    sql = """
        SELECT path, max(unit) AS unit, received_on,
            CAST(sum(rows_loaded) AS BIGINT) AS rows_loaded,
            CAST(sum(rows_duplicate) AS BIGINT) AS rows_duplicate,
            CAST(sum(rows_rejected) AS BIGINT) AS rows_rejected
        FROM submission
        WHERE $unit = '' OR unit = $unit
        GROUP BY path, received_on
        ORDER BY received_on DESC, path DESC
        LIMIT $most
    """
    return fetch(con, sql, {"unit": unit, "most": most})


def has_evidence(con: duckdb.DuckDBPyConnection, sha256: str) -> bool:
    """Whether an acceptance rests on a file of that hash."""
    sql = "SELECT count(*) AS n FROM acceptance WHERE evidence_sha256 = $sha256"
    return bool(fetch(con, sql, {"sha256": sha256})["n"].iloc[0])


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the figures of a scope rest on."""

    submissions: int
    newest_on: date | None
    is_simulated: bool


def provenance(con: duckdb.DuckDBPyConnection, scope: Scope) -> Provenance:
    """The submissions that count for a scope, and whether any row shown is simulated."""
    sql = """
        WITH counted AS (
            SELECT * FROM submission
            WHERE ledger IS NOT NULL AND was_received(received_on)
        )
        SELECT
            (SELECT count(*) FROM counted) AS submissions,
            (SELECT max(received_on) FROM counted) AS newest_on,
            coalesce((SELECT bool_or(is_simulated) FROM items), FALSE) AS has_items,
            coalesce((SELECT bool_or(is_simulated) FROM accidents), FALSE) AS has_accidents
    """
    row = fetch(con, *scoped_sql(unnamed(sql, "items", "accidents"), scope)).iloc[0]
    newest = None if pd.isna(row["newest_on"]) else row["newest_on"].date()
    return Provenance(
        int(row["submissions"]), newest, bool(row["has_items"] or row["has_accidents"])
    )


def described_day(
    con: duckdb.DuckDBPyConnection, today: date, stale_after_days: int
) -> tuple[date, bool]:
    """The day that figures describe where none is given, and whether it lies back for staleness.

    It is ``today``, unless the newest submission is older than ``stale_after_days``.
    """
    newest = fetch(con, NEWEST)["day"].iloc[0]
    return day_shown(None if pd.isna(newest) else newest.date(), today, stale_after_days)


def previous_node(con: duckdb.DuckDBPyConnection, scope: Scope) -> date | None:
    """The last working node before the day of a scope; None before the first."""
    sql = """
        SELECT max(node_on) AS day
        FROM nodes($as_of, known_on := $known_on)
        WHERE node_on < $as_of
    """
    day = fetch(con, sql, {"as_of": scope.as_of, "known_on": scope.known_on})["day"].iloc[0]
    return None if pd.isna(day) else day.date()
