"""A query in a process of its own: what it may take is bounded, and it leaves nothing behind."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.adhoc import queries
from analysis.adhoc.queries import Queries
from analysis.errors import QueryError

pytestmark = pytest.mark.slow  # each has a process of its own

#: Runs until it is stopped, and looks now and then whether it is to stop.
ENDLESS = "SELECT count(*) FROM range(10000000000000)"
#: Runs for minutes and never looks.
DEAF = "SELECT levenshtein(repeat('a', 700000), repeat('b', 700000))"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE hazard AS SELECT range AS n FROM range(9)")
    return path


@pytest.fixture
def desk() -> Iterator[Queries]:
    desk = Queries()
    yield desk
    for each in desk._idle:
        each.stop()


def test_a_query_is_answered_from_the_warehouse(desk: Queries, warehouse: Path) -> None:
    answer = desk.ask("甲", warehouse, "SELECT count(*) AS n, sum(n) AS s FROM hazard")
    assert (answer.columns, answer.rows, answer.is_cut) == (["n", "s"], [(9, 36)], False)


def test_each_query_has_a_process_of_its_own_that_gives_way_to_others(
    desk: Queries, warehouse: Path
) -> None:
    settings = "SELECT count(*) FROM range(3)"
    before = {each._process for each in desk._idle}
    desk.ask("甲", warehouse, settings)
    first = {each._process for each in desk._idle} - before
    desk.ask("甲", warehouse, settings)
    assert first - {each._process for each in desk._idle} == first


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'x.csv'", "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.wal.recovery'",
        "SELECT 1; SELECT 2", "FROM duckdb_databases()", "FROM duckdb_databases",
        "SELECT * FROM warehouse.main.PRAGMA_database_list", "FROM duckdb_settings()",
        "SELECT current_setting('temp_directory')", "FROM pg_settings", "FROM duckdb_logs",
        "EXPLAIN FROM duckdb_temporary_files()", "FROM 'x.csv'", "FROM hazrad",
    ],
)  # fmt: skip
def test_what_does_more_than_read_is_refused_and_no_path_is_told(
    desk: Queries, warehouse: Path, sql: str
) -> None:
    with pytest.raises(QueryError) as told:
        desk.ask("甲", warehouse, sql)
    assert str(warehouse.parent) not in str(told.value)
    assert "\n" not in str(told.value)
    assert os.listdir(warehouse.parent) == [warehouse.name]


def test_a_name_nearly_right_comes_back_with_the_right_one(desk: Queries, warehouse: Path) -> None:
    with pytest.raises(QueryError, match=r"没有表“hazrad”；是不是 hazard？"):
        desk.ask("甲", warehouse, "FROM hazrad")


def test_what_never_looks_whether_it_is_to_stop_is_stopped(desk: Queries, warehouse: Path) -> None:
    with pytest.raises(QueryError, match=r"超过 0.5 秒没有结束；请缩小范围"):
        desk.ask("甲", warehouse, DEAF, 0.5)
    assert desk.ask("甲", warehouse, "SELECT 1").rows == [(1,)]
    assert os.listdir(warehouse.parent) == [warehouse.name]


@on_linux
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 10000000) FROM range(200)",
        "SELECT damerau_levenshtein(repeat('a', 28000), repeat('b', 28000))",
        "WITH RECURSIVE r AS (SELECT repeat('x', 1000) AS a UNION ALL SELECT a || a FROM r) "
        "SELECT count(*) FROM r",
    ],
)
def test_what_wants_more_memory_than_there_is_for_it_gets_none(
    desk: Queries, warehouse: Path, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_MEMORY", 1 << 30)
    with pytest.raises(QueryError, match="内存"):
        desk.ask("甲", warehouse, sql)
    assert desk.ask("甲", warehouse, "SELECT 1").rows == [(1,)]


def test_an_answer_that_weighs_too_much_is_not_brought(
    desk: Queries, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_BYTES", 1 << 20)
    with pytest.raises(QueryError, match=r"查询结果太大，超过 1 MB"):
        desk.ask("甲", warehouse, "SELECT repeat('x', 1000) FROM range(2000)")
    assert len(desk.ask("甲", warehouse, "SELECT repeat('x', 1000) FROM range(500)").rows) == 500


def test_one_query_a_person_few_in_all_and_nobody_waits(desk: Queries, warehouse: Path) -> None:
    told: list[str] = []
    running = [
        threading.Thread(target=lambda who=who: told.append(refusal(desk, who, warehouse, 3)))
        for who in "甲乙"
    ]
    for each in running:
        each.start()
    while desk._idle:
        running[0].join(0.01)
    assert refusal(desk, "甲", warehouse, 3) == queries.OWN
    assert refusal(desk, "丙", warehouse, 3) == queries.BUSY
    assert all(each.is_alive() for each in running)
    for each in running:
        each.join()
    assert ["超过 3 秒" in each for each in told] == [True, True]
    assert desk.ask("丙", warehouse, "SELECT 1").rows == [(1,)]


def test_a_unit_never_takes_the_place_that_is_left_for_the_office(
    desk: Queries, warehouse: Path
) -> None:
    with desk._place("甲", leaves_one=True):
        with pytest.raises(QueryError, match=queries.BUSY), desk._place("乙", leaves_one=True):
            pass
        assert desk.ask("专班", warehouse, "SELECT 1").rows == [(1,)]


def test_a_unit_has_a_place_for_as_long_as_its_own_rows_take(
    desk: Queries, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LONGEST_OF_A_UNIT_S", 0.5)
    with pytest.raises(QueryError, match=r"超过 0\.5 秒"):
        desk.ask("甲", warehouse, ENDLESS, leaves_one=True)


def test_queries_are_counted_by_account_and_minute() -> None:
    now = [0.0]
    desk = Queries(lambda: now[0])
    assert [desk.count("甲"), desk.count("甲"), desk.count("乙")] == [1, 2, 1]
    now[0] = 59.9
    assert desk.count("甲") == 3
    now[0] = 60.0
    assert [desk.count("甲"), desk.count("甲"), desk.count("乙")] == [1, 2, 1]


def refusal(desk: Queries, who: str, warehouse: Path, seconds: float) -> str:
    with pytest.raises(QueryError) as told:
        desk.ask(who, warehouse, ENDLESS, seconds)
    return str(told.value)
