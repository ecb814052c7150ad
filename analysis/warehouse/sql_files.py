"""The SQL files: relations and metrics, what they mean, and the three ways a metric is run."""

import difflib
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import QueryError
from analysis.warehouse.engine import fetch
from analysis.warehouse.exports import BETWEEN

HERE = Path(__file__).parent
#: What every metric and relation may be asked for; ``known_on`` None means all received so far.
ARGUMENTS = ("as_of", "known_on")
#: The day from which changes are told where none is given: one working node before ``as_of``.
SINCE_DAYS = 15
SINCE = f"coalesce(CAST($since AS DATE), CAST($as_of AS DATE) - {SINCE_DAYS})"
#: A relation as it was on that day, with what was known then.
BEFORE = "_before"


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL file: its opening comment in parts, and the SELECT below it."""

    name: str
    title: str
    grain: str
    definition: str
    columns: Mapping[str, str]
    clause: str
    sql: str
    reads: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def reread(self) -> frozenset[str]:
        """What it reads in several places, for a few columns each.

        A CTE would be one copy of all rows with every column that any place asks for.
        """
        found = re.findall(r"\b(?:FROM|JOIN)\s+(\w+)\b(?!\.)", self.sql)
        return frozenset(name for name in self.reads if found.count(name) > 1)

    def label(self, column: str) -> str:
        """A column's short Chinese name: what stands before its unit, formula or remark."""
        return re.split(r"[：（，；]| = ", self.columns[column])[0]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a question is about: the day, what was known, and filters on ``items``.

    ``filters`` maps a column of ``items`` to the values that it may have; a metric is narrowed
    by those that all it counts has (see ``narrowing``). ``since`` is the day from which changes
    are told.
    """

    as_of: date
    known_on: date | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: date | None = None


#: A file that is no ledger says nothing about how recent the figures are.
NEWEST = "SELECT max(received_on) AS day FROM submission WHERE ledger IS NOT NULL"
#: Columns by which ``items`` may be narrowed; names from outside never reach the SQL.
FILTERS = frozenset(
    {"kind", "unit", "township", "site_kind", "category", "rect_type", "level", "region"}
)
#: Which of them each relation has. Others are read whole: who sent a finding, or held a meeting,
#: is not whose item or duty it is.
NARROWED: Mapping[str, frozenset[str]] = {
    "items": FILTERS,
    "inspections": frozenset({"unit", "township", "site_kind", "region"}),
    "sites": frozenset({"unit", "township", "site_kind", "region"}),
    "requirements": frozenset({"unit", "region"}),
    "reports": frozenset({"unit", "region"}),
    "units": frozenset({"unit", "region"}),
    "submissions": frozenset({"unit"}),
    "accidents": frozenset({"region"}),
    "accident_totals": frozenset({"region"}),
}
#: Metrics whose relations mean different units by «unit»: who inspects and who answers for a site.
NO_UNIT = frozenset({"inspection_coverage", "campaign_progress"})


@cache
def relations() -> dict[str, Query]:
    """Every relation by name, one that reads another after it."""
    names = tuple(file.stem for file in (HERE / "relations").glob("*.sql"))
    found = _load("relations", names)
    return dict(sorted(found.items(), key=lambda pair: (len(pair[1].reads), pair[0])))


@cache
def metrics() -> dict[str, Query]:
    """Every metric by name."""
    return _load("metrics", tuple(name + end for name in relations() for end in ("", BEFORE)))


def get_metric(name: str) -> Query:
    """One metric.

    Raises:
        QueryError: there is none of that name; the message suggests the nearest.

    """
    if name in metrics():
        return metrics()[name]
    near = difflib.get_close_matches(name, metrics(), n=1)
    hint = f"是不是 {near[0]}？" if near else f"可用的有：{'、'.join(sorted(metrics()))}。"
    raise QueryError(f"没有名为 {name} 的指标，{hint}")


#: A SELECT and the values to bind.
Asked = tuple[str, dict[str, Any]]


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


def samples_of_metric(
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
        INNER JOIN measure ON items.item_id = measure.item_id
            AND measure.known_from <= coalesce($known_on, DATE '9999-12-31')
            AND coalesce(measure.known_to, DATE '9999-12-31')
                > coalesce($known_on, DATE '9999-12-30')
        ORDER BY items.path, items.sheet, items.row_no
    """
    query = Query("items", "", "", "", {}, "", sql.strip(), ("items",))
    return fetch(con, *scoped_sql(query, scope))


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


def scoped_sql(query: Query, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The metric with its relations narrowed to the scope, and the values to bind.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    where, chosen = _narrowed(query, scope)
    parameters: dict[str, Any] = chosen | {
        "as_of": scope.as_of, "known_on": scope.known_on, "since": scope.since,
    }  # fmt: skip
    sources = {
        name: source_sql(name) + (where if name.removesuffix(BEFORE) in NARROWED else "")
        for name in query.reads
    }
    sql = with_sources(query.sql.replace("$since", SINCE), sources, query.reread)
    return sql, {name: value for name, value in parameters.items() if f"${name}" in sql}


#: What a county calls its own accidents, and the totals of others that it was told, is its.
_CALLED = {"scope_region": f"split_part(region, '{BETWEEN}', 1)"}


def _narrowed(query: Query, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The condition on a metric's relations that the filters of a scope make, and its values.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    values: dict[str, Any] = {}
    for column, wanted in scope.filters.items():
        if column not in FILTERS:
            raise QueryError(f"不能按 {column} 筛选；可以筛选的有：{'、'.join(sorted(FILTERS))}。")
        if column in narrowing(query):
            values[f"scope_{column}"] = list(wanted)
    said = {name: _CALLED.get(name, name.removeprefix("scope_")) for name in values}
    conditions = [f"{column} IN (SELECT unnest(${name}))" for name, column in said.items()]
    return f" WHERE {' AND '.join(conditions)}" if conditions else "", values


def standalone_sql(
    query: Query, scope: Scope, held: Container[str] = ()
) -> tuple[str, dict[str, Any]]:
    """The metric over the tables alone, narrowed to the scope, and the values to bind.

    What any engine can run that has the tables, without a macro: each relation's own SELECT stands
    in front, but for those that are ``held`` as tables of their names already; with these, the
    scope has no filters.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    where, chosen = _narrowed(query, scope)
    since = scope.since or scope.as_of - timedelta(days=SINCE_DAYS)
    values = chosen | {
        "as_of": scope.as_of, "known_on": scope.known_on, "since": since,
        f"as_of{BEFORE}": since, f"known_on{BEFORE}": min(since, scope.known_on or since),
    }  # fmt: skip
    sources = {
        name: f"SELECT * FROM ({_own_sql(name)}){where}"  # noqa: S608 - files of the program's own
        if where and name.removesuffix(BEFORE) in NARROWED
        else _own_sql(name)
        for name in query.reads
        if name not in held
    }
    sql = with_sources(query.sql, sources, query.reread)
    return sql, {name: value for name, value in values.items() if re.search(rf"\${name}\b", sql)}


def relation_sql(name: str, scope: Scope) -> tuple[str, dict[str, Any]]:
    """A relation's rows on the day of a scope, over the tables alone; also one «_before» it."""
    return standalone_sql(Query(name, "", "", "", {}, "", f"FROM {name}", (name,)), scope)


def _own_sql(name: str) -> str:
    """A relation's own SELECT, with those that it reads in front."""
    if name.endswith(BEFORE):
        return re.sub(r"\$(as_of|known_on)\b", rf"$\1{BEFORE}", _own_sql(name.removesuffix(BEFORE)))
    relation = relations()[name]
    return with_sources(relation.sql, {read: _own_sql(read) for read in relation.reads})


def narrowing(query: Query) -> frozenset[str]:
    """The columns by which all that a query counts can be narrowed alike; most often all."""
    each = [NARROWED[name] for name in query.reads if name in NARROWED]
    common = frozenset.intersection(*each) if each else frozenset()
    return common - {"unit"} if query.name in NO_UNIT else common


def must_narrow(query: Query, scope: Scope) -> None:
    """See to it that every filter of a scope does something.

    Raises:
        QueryError: the metric cannot be narrowed by one of them, and would not be.

    """
    useless = [name for name in scope.filters if name in FILTERS and name not in narrowing(query)]
    if useless:
        can = "、".join(sorted(narrowing(query))) or "没有"
        raise QueryError(f"{query.name} 不能按 {'、'.join(useless)} 筛选；可以筛选的：{can}。")


def source_sql(name: str) -> str:
    """Where a relation that a query reads comes from: its macro, for the day it is wanted."""
    if name.endswith(BEFORE):
        known_on = f"least({SINCE}, coalesce(CAST($known_on AS DATE), {SINCE}))"
        return f"FROM {name.removesuffix(BEFORE)}({SINCE}, known_on := {known_on})"
    return f"FROM {name}($as_of, known_on := $known_on)"


def macro_sql(query: Query) -> str:
    """``CREATE MACRO`` for a relation or a metric, open to any DuckDB client."""
    sources = {name: source_sql(name) for name in query.reads if name not in query.reread}
    body = with_sources(_inlined(query).replace("$since", SINCE), sources)
    body = re.sub(r"\$(as_of|known_on|since)\b", r"\1", body)
    own = "".join(f", {name} := NULL" for name in query.parameters)
    return f"CREATE MACRO {query.name}(as_of, known_on := NULL{own}) AS TABLE\n{body}"


def _inlined(query: Query) -> str:
    """A query's SELECT with the macros of relations that it reads again and again in place.

    A stored macro does not keep the words NOT MATERIALIZED.
    """
    sql = query.sql
    for name in query.reread:

        def call(match: re.Match[str], source: str = source_sql(name), name: str = name) -> str:
            return f"{match[1]} ({source}) AS {match[2] or name}"

        sql = re.sub(rf"\b(FROM|JOIN) {name}\b(?!\.)(?: AS (\w+))?", call, sql)
    return sql


def with_sources(sql: str, sources: Mapping[str, str], reread: frozenset[str] = frozenset()) -> str:
    """Put each source in front of a SELECT as the CTE of that name."""
    if not sources:
        return sql
    front = ",\n".join(
        f"{name} AS {'NOT MATERIALIZED ' if name in reread else ''}({source})"
        for name, source in sources.items()
    )
    if re.match(r"WITH\b", sql):
        return f"WITH {front},\n{sql.removeprefix('WITH').lstrip()}"
    return f"WITH {front}\n{sql}"


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
            WHERE ledger IS NOT NULL AND received_on <= coalesce($known_on, DATE '9999-12-31')
        )
        SELECT
            (SELECT count(*) FROM counted) AS submissions,
            (SELECT max(received_on) FROM counted) AS newest_on,
            coalesce((SELECT bool_or(is_simulated) FROM items), FALSE) AS has_items,
            coalesce((SELECT bool_or(is_simulated) FROM accidents), FALSE) AS has_accidents
    """
    query = Query("", "", "", "", {}, "", sql.strip(), ("items", "accidents"))
    row = fetch(con, *scoped_sql(query, scope)).iloc[0]
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


def day_shown(newest: date | None, today: date, stale_after_days: int) -> tuple[date, bool]:
    """The day described where none is given, the newest submission being of that day."""
    if newest is None or newest >= today - timedelta(days=stale_after_days):
        return today, False
    return newest, True


def previous_node(con: duckdb.DuckDBPyConnection, scope: Scope) -> date | None:
    """The last working node before the day of a scope; None before the first."""
    sql = """
        SELECT max(node_on) AS day
        FROM nodes($as_of, known_on := $known_on)
        WHERE node_on < $as_of
    """
    day = fetch(con, sql, {"as_of": scope.as_of, "known_on": scope.known_on})["day"].iloc[0]
    return None if pd.isna(day) else day.date()


def _load(folder: str, known: tuple[str, ...]) -> dict[str, Query]:
    files = sorted((HERE / folder).glob("*.sql"))
    return {file.stem: _parse(file, known) for file in files}


def _parse(file: Path, known: tuple[str, ...]) -> Query:
    """Split a file into its opening comment and its SELECT."""
    lines = file.read_text(encoding="utf-8").splitlines()
    length = next(n for n, line in enumerate(lines) if not line.startswith("--"))
    comment = [line.removeprefix("--").rstrip() for line in lines[:length]]
    sql = "\n".join(lines[length:]).strip()
    parts: dict[str, list[str]] = {"一行": [], "口径": [], "参数": [], "列": [], "依据": []}
    current = "一行"
    for line in comment[1:]:
        head, colon, rest = line.strip().partition("：")
        if colon and head in parts and not line.startswith("  "):
            current = head
            line = rest
        if line.strip():
            parts[current].append(line.strip())
    words = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql))
    return Query(
        name=file.stem,
        title=comment[0].split("·")[0].strip(),
        grain="".join(parts["一行"]),
        definition="".join(parts["口径"]),
        columns=dict(line.partition(" ")[::2] for line in parts["列"]),
        clause="".join(parts["依据"]),
        sql=sql,
        reads=tuple(name for name in known if name in words and name != file.stem),
        parameters=dict(line.partition(" ")[::2] for line in parts["参数"]),
    )
