"""Whether one statement does nothing but read.

The engine's own kind of a statement is not enough: what stands inside EXPLAIN is run by EXPLAIN
ANALYZE, a SELECT may carry ``WITH x AS (COPY … TO …)``, and some table functions run a text as SQL
or change a setting. Each may write to the database file or beside it although access to other files
is closed: the files of an open database always are open.
"""

import re

import duckdb

from analysis.errors import QueryError
from analysis.wording.characters import odd_in

ONE_AT_A_TIME = "一次只能运行一条查询语句。"
READ_ONLY = "只能查询（SELECT），不能修改数据仓库或它的设置。"
#: Without them the engine makes a type of its own first, in statements that nobody can look into.
NAME_COLUMNS = (
    "PIVOT 要写明有哪些列，例如 PIVOT hazard ON level IN ('general', 'major') USING count(*)。"
)
#: Nodes of a parsed query that read; those that write are COPY_QUERY_NODE, INSERT_QUERY_NODE ….
READING_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})

#: White space and comments; possessive, since a text made for it would else be tried for ever.
_GAP = r"(?:\s|--[^\n]*+(?:\n|$)|/\*(?:[^*]|\*(?!/))*+\*/)*+"
_OPTION = rf"{_GAP}(?:analyze|format{_GAP}\w+){_GAP}"
_EXPLAIN = re.compile(
    rf"{_GAP}explain\b{_GAP}(?P<how>analyze\b|\({_OPTION}(?:,{_OPTION})*\))?(?P<inner>.*)",
    re.IGNORECASE | re.DOTALL,
)

#: Table functions of the engine that only read, and only what is in the database. The warehouse's
#: own (its macros) read too; all others may read files, run SQL, write logs or profiles.
READING_FUNCTIONS = frozenset(
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree",
        "summary", "test_all_types", "duckdb_columns", "duckdb_constraints",
        "duckdb_dependencies", "duckdb_functions", "duckdb_indexes", "duckdb_keywords",
        "duckdb_memory", "duckdb_schemas", "duckdb_tables", "duckdb_types", "duckdb_views",
        "icu_calendar_names",
        "pg_timezone_names", "pragma_collations", "pragma_database_size", "pragma_show",
        "pragma_storage_info", "pragma_table_info", "pragma_version",
    }
)  # fmt: skip
#: Functions of single values that leave something behind, or tell of this machine.
OTHER_FUNCTIONS = frozenset({"nextval", "setval", "write_log", "current_setting"})
#: Views of the engine that tell where its files lie, in whose folder, as it was set.
TELLING_VIEWS = frozenset(
    {"duckdb_databases", "duckdb_logs", "pg_database", "pg_settings", "pragma_database_list"}
)

_NODE = re.compile(r'"type":\s*"(\w+_NODE)"')
_FUNCTION = re.compile(r'"function_name":\s*"((?:[^"\\]|\\.)*)"')
_TABLE = re.compile(r'"table_name":\s*"((?:[^"\\]|\\.)*)"')
_TABLE_FUNCTIONS = """
SELECT DISTINCT lower(function_name) FROM duckdb_functions()
WHERE function_type IN ('table', 'pragma') AND list_contains($names, lower(function_name))
"""
#: Types of the engine that its client cannot always turn into Python's, within others too.
_NOT_PYTHONS = ("TIMESTAMP WITH TIME ZONE", "INTERVAL")
_PLAIN = "SELECT json_deserialize_sql(json_serialize_sql($sql))"
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


def in_plain_types(con: duckdb.DuckDBPyConnection, statement: str) -> str:
    """A statement that ``reading`` let pass, whose answer Python can hold.

    A moment with a zone asks the client for a package that there need not be, and an interval may
    be longer than its own type: both come as the engine writes them. What is run is put together
    from the parsed statement, since a semicolon or a comment at its end would end what is around.
    """
    if statement.startswith("EXPLAIN "):  # asked for its types, it would run
        return statement
    with con.cursor() as cursor:
        columns = cursor.sql(statement)
        odd = [any(name in str(kind) for name in _NOT_PYTHONS) for kind in columns.types]
        if not any(odd):
            return statement
        (plain,) = cursor.execute(_PLAIN, {"sql": statement}).fetchone() or ("",)
        shown = ", ".join(
            f"{f'CAST(#{n} AS VARCHAR)' if is_odd else f'#{n}'} AS {_quoted(name)}"
            for n, (name, is_odd) in enumerate(zip(columns.columns, odd, strict=True), 1)
        )
    return f"SELECT {shown} FROM (\n{plain}\n)"  # noqa: S608 - the statement that was looked at


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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
        kind = statements[0].type
    except ValueError as error:  # UPDATE EXTENSIONS: the parser knows more kinds than the client
        raise QueryError(READ_ONLY) from error
    if kind == duckdb.StatementType.MULTI:
        raise QueryError(NAME_COLUMNS)
    return kind


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
    # quote inside a text is escaped there, so no text can look like a node or a function.
    if is_wrong != "false" or not set(_NODE.findall(tree)) <= READING_NODES:
        return False
    odd = _writing_functions(con, {name.lower() for name in _FUNCTION.findall(tree)})
    odd += sorted({name.lower() for name in _TABLE.findall(tree)} & TELLING_VIEWS)
    if odd:
        raise QueryError(
            f"查询里不能用 {'、'.join(odd)}：只能读取数据仓库，不能访问文件或网络，"
            "也不能看、不能改引擎的设置。"
        )
    return True


def _writing_functions(con: duckdb.DuckDBPyConnection, names: set[str]) -> list[str]:
    """Those of the functions that may do more than read; a name that there is none of is left to
    the engine, which says what it might have been.
    """
    unknown = names - READING_FUNCTIONS
    if not unknown:
        return []
    with con.cursor() as cursor:
        found = cursor.execute(_TABLE_FUNCTIONS, {"names": sorted(unknown)}).fetchall()
    return sorted({name for (name,) in found} | unknown & OTHER_FUNCTIONS)
