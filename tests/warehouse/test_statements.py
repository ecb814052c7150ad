"""What a person's statement may do: read the warehouse, and leave the disk as it was."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.errors import QueryError
from analysis.warehouse.engine import fetch_some, open_warehouse
from analysis.warehouse.statements import _only_reads


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("CREATE TABLE hazard AS SELECT range AS n, range % 3 AS kind FROM range(9)")
        made.execute("CREATE MACRO kinds(k) AS TABLE SELECT count(*) FROM hazard WHERE kind = k")
    with open_warehouse(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("FROM hazard ORDER BY n", (0, 0)),
        ("VALUES (1), (2)", (1,)),
        ("TABLE hazard LIMIT 1", (0, 0)),
        ("WITH a AS (SELECT 1), b AS MATERIALIZED (SELECT 2) FROM a UNION ALL FROM b", (1,)),
        ("WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 4) "
         "SELECT max(a) FROM r", (4,)),
        ("PIVOT hazard ON kind IN (0, 1) USING count(*)", None),
        ("SELECT '\"type\": \"COPY_QUERY_NODE\"'", ('"type": "COPY_QUERY_NODE"',)),
        (f"SELECT {' + '.join(['1'] * 900)}", (900,)),
        ("DESCRIBE hazard", None),
        ("SUMMARIZE hazard", None),
        ("SHOW TABLES", ("hazard",)),
        ("SELECT max(range), 'query(1)' FROM range(3), generate_series(1, 2)", (2, "query(1)")),
        ("FROM kinds(1)", (3,)),
        ("SELECT unnest([1, 2]), repeat('x', 2), log(10)", (1, "xx", 1.0)),
        ("SELECT table_name FROM duckdb_tables()", ("hazard",)),
    ],
)  # fmt: skip
def test_whatever_only_reads_is_answered(
    con: duckdb.DuckDBPyConnection, sql: str, first: tuple[object, ...] | None
) -> None:
    rows = fetch_some(con, sql).rows
    assert rows
    assert first is None or rows[0] == first


@pytest.mark.parametrize(
    "sql",
    [
        "EXPLAIN SELECT 1", "explain analyze FROM hazard", "EXPLAIN (FORMAT json) (SELECT 1)",
        "EXPLAIN (ANALYZE, FORMAT json) FROM hazard",
        "-- why\nEXPLAIN/* is */ANALYZE/* it */SELECT 1",
        "EXPLAIN WITH a AS (SELECT 1) FROM a", "EXPLAIN DESCRIBE hazard",
    ],
)  # fmt: skip
def test_the_plan_of_a_select_is_shown(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert fetch_some(con, sql).rows


@pytest.mark.parametrize(
    "sql", ["PIVOT hazard ON kind USING count(*)", "EXPLAIN PIVOT hazard ON kind USING count(*)"]
)
def test_a_pivot_that_does_not_name_its_columns_is_told_how(
    con: duckdb.DuckDBPyConnection, sql: str
) -> None:
    with pytest.raises(QueryError, match="PIVOT 要写明有哪些列"):
        fetch_some(con, sql)


#: Where the engine may write although access to other files is closed: beside its own file.
BESIDE = ("{db}", "{db}.wal", "{db}.wal.recovery", "{db}.wal.checkpoint", "tmp_out.csv")
WRITING = (
    "COPY (FROM hazard) TO '{to}' (FORMAT csv)",
    "EXPLAIN ANALYZE COPY (FROM hazard) TO '{to}' (FORMAT csv)",
    "EXPLAIN (ANALYZE) COPY hazard TO '{to}' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN /* /* */ SELECT 1 /* */ */ ANALYZE COPY hazard TO '{to}'",
    "WITH a AS (COPY hazard TO '{to}' (FORMAT csv, USE_TMP_FILE false)) FROM a",
    "EXPLAIN ANALYZE WITH a AS (COPY hazard TO '{to}' (USE_TMP_FILE false)) FROM a",
    "EXPLAIN ANALYZE EXPORT DATABASE '{to}'",
    "FROM json_execute_serialized_sql(json_serialize_sql("
    "'WITH a AS (COPY hazard TO ''{to}'' (USE_TMP_FILE false)) FROM a'))",
    "FROM query('FROM json_execute_serialized_sql(json_serialize_sql("
    "''WITH a AS (COPY hazard TO {to} (USE_TMP_FILE false)) FROM a''))')",
    "EXPLAIN ANALYZE FROM main.QUERY('FROM hazard')",
    "SELECT (SELECT count(*) FROM enable_profiling(save_location := '{to}'))",
    "FROM enable_logging(storage := 'file', storage_path := '{to}')",
    "SELECT * FROM hazard, LATERAL (FROM read_text('{to}'))",
)


@pytest.mark.parametrize("to", BESIDE)
@pytest.mark.parametrize("sql", WRITING)
def test_nothing_writes_to_the_disk(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str, to: str
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(QueryError) as told:
        fetch_some(con, sql.format(to=to.format(db=tmp_path / "warehouse.duckdb")))
    assert "\n" not in str(told.value)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "sql",
    [
        "EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT 1", "EXPLAIN CREATE TABLE x (a INTEGER)",
        "EXPLAIN ANALYZE INSERT INTO hazard VALUES (1, 1)", "EXPLAIN SET memory_limit = '9GB'",
        "WITH a AS (INSERT INTO hazard VALUES (1, 1) RETURNING *) FROM a",
        "WITH a AS (UPDATE hazard SET n = 1 RETURNING *) FROM a",
        "SELECT * FROM (WITH a AS (DELETE FROM hazard RETURNING *) FROM a)",
        "SELECT 1 WHERE EXISTS (WITH a AS (DELETE FROM hazard RETURNING *) FROM a)",
        "PREPARE p AS SELECT 1", "SET VARIABLE x = 1", "CALL duckdb_tables()", "BEGIN",
        "FROM checkpoint()", "FROM truncate_duckdb_logs()", "SELECT write_log('x')",
        "FROM glob('*')", "FROM '/etc/hostname'", "FROM query('SELECT 1')",
        "CHECKPOINT", "UPDATE EXTENSIONS", "UPDATE EXTENSIONS (json)", "SELECT 1\x00", "\ud800",
        "EXPLAIN", "EXPLAIN SELECT 1; SELECT 2",
    ],
)  # fmt: skip
def test_nothing_but_a_select_is_run_not_even_within_another(
    con: duckdb.DuckDBPyConnection, sql: str
) -> None:
    with pytest.raises(QueryError, match=r"只能查询|不能运行|一次只能|不是文字|不能用"):
        fetch_some(con, sql)
    assert fetch_some(con, "SELECT count(*) FROM hazard").rows == [(9,)]


def test_comments_made_to_be_tried_for_ever_are_not(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError):
        fetch_some(con, "/**/" * 5_000 + "/* /* */ */ EXPLAIN SELECT 1")
    assert fetch_some(con, "EXPLAIN " + "/**/" * 5_000 + "SELECT 1").rows


def test_a_slip_in_a_name_is_left_to_the_engine_which_knows_what_was_meant(
    con: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(QueryError, match="kind"):
        fetch_some(con, "FROM kindz(1)")


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("SELECT TIMESTAMPTZ '2023-11-15 08:00:00+08' = now(), 'x' ; -- 到此", (False, "x")),
        ('SELECT INTERVAL \'1000000000 months\' AS "a""b"', ("83333333 years 4 months",)),
        ("SELECT n, INTERVAL 3 DAY FROM hazard ORDER BY n DESC /* ; */;", (8, "3 days")),
        ("SELECT 170141183460469231731687303715884105727::HUGEINT", (2**127 - 1,)),
    ],
)
def test_what_python_cannot_hold_is_told_as_the_engine_writes_it(
    con: duckdb.DuckDBPyConnection, sql: str, first: tuple[object, ...]
) -> None:
    assert fetch_some(con, sql).rows[0] == first


def test_a_moment_with_a_zone_needs_no_other_package(con: duckdb.DuckDBPyConnection) -> None:
    answer = fetch_some(con, "SELECT now(), [now()] AS x, 1 AS x")
    assert answer.columns == ["now()", "x", "x"]
    assert all(str(cell).lstrip("['").startswith("20") for cell in answer.rows[0][:2])


def test_what_the_engine_cannot_describe_as_a_query_does_not_read() -> None:
    with duckdb.connect() as con:
        assert _only_reads(con, "SELECT 1")
        assert not _only_reads(con, "CREATE TABLE x (a INTEGER)")
        assert not _only_reads(con, "SELEC 1")
