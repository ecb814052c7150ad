"""Whether one statement does nothing but read.

The engine's own kind of a statement is not enough: what stands inside EXPLAIN is run by EXPLAIN
ANALYZE, and a SELECT may carry ``WITH x AS (COPY … TO …)``. Either may write beside the database
file although access to other files is closed.
"""

import re

import duckdb

from analysis.characters import odd_in
from analysis.errors import QueryError

ONE_AT_A_TIME = "一次只能运行一条查询语句。"
READ_ONLY = "只能查询（SELECT），不能修改数据仓库或它的设置。"
#: Nodes of a parsed query that read; those that write are COPY_QUERY_NODE, INSERT_QUERY_NODE ….
READING_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})

#: White space and comments; possessive, since a text made for it would else be tried for ever.
_GAP = r"(?:\s|--[^\n]*+(?:\n|$)|/\*(?:[^*]|\*(?!/))*+\*/)*+"
_OPTION = rf"{_GAP}(?:analyze|format{_GAP}\w+){_GAP}"
_EXPLAIN = re.compile(
    rf"{_GAP}explain\b{_GAP}(?P<how>analyze\b|\({_OPTION}(?:,{_OPTION})*\))?(?P<inner>.*)",
    re.IGNORECASE | re.DOTALL,
)

_NODE = re.compile(r'"type":\s*"(\w+_NODE)"')
_DESCRIBED = """
SELECT tree ->> '$.error', tree::VARCHAR FROM (SELECT json_serialize_sql($sql) AS tree)
"""


def reading(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The statement to run for ``sql``: the SELECT itself, or EXPLAIN and the SELECT inside.

    Raises:
        QueryError: it is not one statement, or does anything but read.
        duckdb.Error: it cannot be parsed.

    """
    kind = _kind(con, sql)
    if kind == duckdb.StatementType.EXPLAIN:
        return _explain(con, sql)
    if kind != duckdb.StatementType.SELECT or not _only_reads(con, sql):
        raise QueryError(READ_ONLY)
    return sql


def must_select(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Let one SELECT of the program's own pass.

    Raises:
        QueryError: it is not one statement, or no SELECT.
        duckdb.Error: it cannot be parsed.

    """
    if _kind(con, sql) != duckdb.StatementType.SELECT:
        raise QueryError(READ_ONLY)


def _kind(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.StatementType:
    if odd := odd_in(sql):
        raise QueryError(f"查询里有不是文字的字符（{'、'.join(odd)}），请删去。")
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(ONE_AT_A_TIME)
    try:
        return statements[0].type
    except ValueError as error:  # UPDATE EXTENSIONS: the parser knows more kinds than the client
        raise QueryError(READ_ONLY) from error


def _explain(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """EXPLAIN put together anew: what is run is the text that was looked at, and no other reading
    of its comments and brackets.
    """
    match = _EXPLAIN.match(sql)
    inner = match["inner"] if match else ""
    if (
        match is None
        or _kind(con, inner) != duckdb.StatementType.SELECT
        or not _only_reads(con, inner)
    ):
        raise QueryError(READ_ONLY)
    return f"EXPLAIN {match['how'] or ''} {inner}"


def _only_reads(con: duckdb.DuckDBPyConnection, select: str) -> bool:
    """Whether every query within a SELECT reads; one that the engine cannot describe does not."""
    with con.cursor() as cursor:
        described = cursor.execute(_DESCRIBED, {"sql": select}).fetchone()
    is_wrong, tree = described or ("true", "")
    # Not parsed as JSON: a sum of some hundred terms nests deeper than Python's parsers go. A
    # quote inside a text is escaped there, so no text can look like a node.
    return is_wrong == "false" and set(_NODE.findall(tree)) <= READING_NODES
