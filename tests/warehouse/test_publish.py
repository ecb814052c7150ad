"""The published file: whole, commented, in Chinese for those who want it, closed to all else."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest

from analysis.errors import QueryError, WarehouseError
from analysis.ingest.assembly.assemble import Tables, assemble
from analysis.ledgers import LEDGERS
from analysis.warehouse import publications
from analysis.warehouse.engine import fetch, fetch_rows, fetch_some, open_warehouse
from analysis.warehouse.publish import drafting, lay_out
from analysis.warehouse.sql_files import metrics, relations

if TYPE_CHECKING:  # a class held in an annotation makes duckdb report leaks when Python ends
    from duckdb import DuckDBPyConnection


def publish(tables: Tables, path: Path) -> None:
    with drafting(path) as draft:
        for name, table in tables.items():
            draft.write(name, table)
        draft.publish()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    publish(assemble([]), path)
    return path


@pytest.fixture
def con(warehouse: Path) -> Iterator["DuckDBPyConnection"]:
    with open_warehouse(warehouse) as connection:
        yield connection


@pytest.mark.slow
def test_every_table_and_column_carries_its_chinese_comment(con: "DuckDBPyConnection") -> None:
    _, tables = fetch_rows(con, "SELECT table_name, comment FROM duckdb_tables()")
    assert {name: LEDGERS[name].grain in comment for name, comment in tables} == dict.fromkeys(
        LEDGERS, True
    )
    sql = """
        SELECT table_name, column_name, comment FROM duckdb_columns()
        WHERE table_name IN (SELECT table_name FROM duckdb_tables())
    """
    for table, column, comment in fetch_rows(con, sql)[1]:
        assert comment == LEDGERS[table][column].comment


@pytest.mark.parametrize("table", [name for name, each in LEDGERS.items() if each.is_item])
def test_the_deadline_of_a_ledger_is_the_first_and_its_comment_says_where_the_current_one_is(
    con: "DuckDBPyConnection", table: str
) -> None:
    sql = """
        SELECT comment FROM duckdb_columns()
        WHERE table_name = $table AND column_name = 'due_on'
    """
    ((comment,),) = fetch_rows(con, sql, {"table": table})[1]
    assert "原定期限" in comment
    assert "关系 items 里这一列叫 first_due_on，due_on 是现行期限" in comment
    items = "SELECT first_due_on, due_on FROM items(DATE '2023-11-15')"
    assert fetch_rows(con, items) == (["first_due_on", "due_on"], [])


def test_a_view_with_chinese_labels_stands_beside_each_table(
    con: "DuckDBPyConnection",
) -> None:
    for ledger in LEDGERS.values():
        columns, _ = fetch_rows(con, f'FROM "{ledger.label}"')
        assert columns == [field.label for field in ledger]


@pytest.mark.slow
def test_every_relation_and_metric_is_a_macro_that_answers(con: "DuckDBPyConnection") -> None:
    for name in (*relations(), *metrics()):
        fetch(con, f"FROM {name}(DATE '2023-11-15')")
        fetch(con, f"FROM {name}(DATE '2023-11-15', known_on := DATE '2023-10-31')")


def test_macros_do_not_name_the_database_so_that_a_renamed_file_still_works(
    warehouse: Path,
) -> None:
    with open_warehouse(warehouse.rename(warehouse.with_name("另存.duckdb"))) as con:
        assert fetch(con, "FROM overview(DATE '2023-11-15')")["total"].tolist() == [0]


def test_the_file_is_of_the_version_that_duckdb_1_2_opens(con: "DuckDBPyConnection") -> None:
    sql = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
    ((version,),) = fetch_rows(con, sql)[1]
    assert version.startswith("v1.2.0")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM hazard", "CREATE TABLE x AS SELECT 1", "SET memory_limit = '1GB'",
        "COPY hazard TO 'out.csv'", "ATTACH 'other.duckdb'", "INSTALL httpfs", "PRAGMA version",
        "SELECT * FROM read_csv('/etc/hostname')", "SELECT * FROM read_text('pyproject.toml')",
        "FROM '/etc/hostname'", "SELECT 1; SELECT 2", "", "SELEC 1",
    ],
)  # fmt: skip
def test_a_reader_can_only_read_the_warehouse(con: "DuckDBPyConnection", sql: str) -> None:
    with pytest.raises(QueryError) as told:
        fetch(con, sql)
    assert "\n" not in str(told.value)


def test_a_query_gets_so_many_rows_and_says_that_there_are_more(
    con: "DuckDBPyConnection",
) -> None:
    answer = fetch_some(con, "SELECT * FROM range(5)", rows=3)
    assert (answer.rows, answer.is_cut) == ([(0,), (1,), (2,)], True)
    assert not fetch_some(con, "SELECT * FROM range(3)", rows=3).is_cut
    with pytest.raises(QueryError, match="只能查询"):
        fetch_some(con, "DELETE FROM hazard")


def test_a_query_without_end_is_stopped(con: "DuckDBPyConnection") -> None:
    endless = (
        "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range < b.range"
    )
    with pytest.raises(QueryError, match=r"查询超过 0\.2 秒，已停止"):
        fetch_some(con, endless, seconds=0.2)
    assert fetch_some(con, "SELECT 1").rows == [(1,)]  # the connection goes on


def test_no_warehouse_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="请先运行 yanpan ingest"):
        open_warehouse(tmp_path / "warehouse.duckdb")


def test_a_broken_warehouse_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"broken" * 1000)
    with pytest.raises(WarehouseError, match="打不开"):
        open_warehouse(tmp_path / "warehouse.duckdb")


@pytest.mark.slow
def test_readers_always_find_a_whole_file_while_it_is_replaced(warehouse: Path) -> None:
    stop, seen = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            with open_warehouse(warehouse) as con:
                seen.append(fetch(con, "FROM overview(DATE '2023-11-15')")["total"].tolist())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        publish(assemble([]), warehouse)
    stop.set()
    reader.join()
    assert seen
    assert all(total == [0] for total in seen)
    assert not list(warehouse.parent.glob("*.part*"))


def test_what_a_killed_run_left_of_its_copy_is_cleared_by_the_next(warehouse: Path) -> None:
    folder = warehouse.parent / publications.FOLDER
    left = folder / "000009_20231115T101010_aaaaaaaaaaaa.part"
    left.write_bytes(b"half")
    publish(assemble([]), warehouse)
    assert [path.suffix for path in folder.iterdir()] == [".duckdb"] * 2


def test_the_cells_of_a_row_stay_together_whatever_the_rows_are_called(tmp_path: Path) -> None:
    """Rows that were taken out leave gaps in a frame's index; they shift nothing."""
    tables = assemble([])
    hazards = {"site": ["宾馆", "影院"], "found_on": [date(2023, 10, 1), date(2023, 10, 2)]}
    blank: dict[str, list[object]] = {name: [None] * 2 for name in LEDGERS["hazard"].columns}
    tables["hazard"] = pd.DataFrame(blank | hazards, index=[3, 7], dtype=object)
    publish(tables, tmp_path / "warehouse.duckdb")
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:
        assert fetch_rows(con, "SELECT site, found_on FROM hazard")[1] == [
            ("宾馆", date(2023, 10, 1)),
            ("影院", date(2023, 10, 2)),
        ]


@pytest.mark.slow
def test_a_view_says_whether_it_shows_what_is_in_force(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        lay_out(con, tmp_path / "warehouse.duckdb")
        told = dict(
            con.execute(
                "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        )
    assert told["隐患"] == f"隐患（现行有效的记录）。{LEDGERS['hazard'].grain}。"
    assert "（全部记录）" in told[LEDGERS["submission"].label]
