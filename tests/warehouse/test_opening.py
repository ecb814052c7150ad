"""An opened warehouse is the publication that stood there, read and nothing else."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import analysis
from analysis import notebook
from analysis.errors import WarehouseError
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import EMPTY, fetch_rows, open_warehouse
from analysis.warehouse.publish import STORAGE_VERSION, put_in_place

HEADER = ["隐患编号", "场所名称", "隐患描述", "责任单位", "整改期限", "检查日期"]


def publish(path: Path, number: int) -> None:
    """Put a publication of one table, view and macro in place, as an ingest does."""
    part = path.with_suffix(".part")
    with duckdb.connect(str(part)) as con:
        con.execute(f"CREATE TABLE hazard AS SELECT {number} AS n")
        con.execute('CREATE VIEW "隐患" AS FROM hazard')
        con.execute("CREATE MACRO items(k) AS TABLE SELECT n FROM hazard WHERE n < k")
    put_in_place(part, path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "warehouse.duckdb"
    path.parent.mkdir()
    publish(path, 1)
    return path


def test_an_opening_reads_what_is_published_now_whoever_still_reads_an_older_one(
    path: Path,
) -> None:
    with open_warehouse(path) as first:
        publish(path, 2)
        with open_warehouse(path) as second:
            publish(path, 3)
            with open_warehouse(path) as third:
                for con, number in ((first, 1), (second, 2), (third, 3)):
                    for sql in ("FROM hazard", 'FROM "隐患"', "FROM items(9)"):
                        assert fetch_rows(con, sql)[1] == [(number,)]
                        assert con.sql(sql).fetchall() == [(number,)]
                        assert con.cursor().cursor().sql(sql).fetchall() == [(number,)]


def test_a_notebook_that_holds_a_warehouse_is_given_the_figures_of_the_next_ingest(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    row = ["1", "宾馆", "灭火器过期", "甲局", "2023-10-20", "2023-10-01"]
    write_sheet("2023-10-15/一.xlsx", [HEADER, row])
    ingest(home)
    count = "SELECT count(*) FROM 隐患"
    with analysis.open_warehouse(home.home) as held:
        write_sheet("2023-10-16/二.xlsx", [HEADER, ["2", "影院", *row[2:]]])
        ingest(home)
        assert analysis.metric("overview", "2023-11-15", home=home.home)["total"].tolist() == [2]
        assert notebook.ask(count, home.home)[0].iat[0, 0] == 2
        with analysis.open_warehouse(home.home) as now:
            assert now.sql(count).fetchall() == [(2,)]
        assert held.metric("overview", "2023-11-15")["total"].tolist() == [1]
        assert held.sql(count).fetchall() == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more AS SELECT 1",
        "INSERT INTO hazard VALUES (2)",
        "DROP TABLE hazard",
        "ATTACH ':memory:' AS other",
        "ATTACH '{folder}/other.duckdb'",
        "DETACH warehouse",
        "USE temp",
        "SET memory_limit = '9GB'",
        "SET enable_external_access = true",
        "COPY hazard TO '{folder}/rows.csv'",
        "FROM read_text('/etc/hostname')",
        "FROM glob('{folder}/*')",
        "FROM frame",
        "LOAD httpfs",
    ],
)
def test_not_even_the_bare_connection_does_more_than_read(path: Path, sql: str) -> None:
    frame = pd.DataFrame({"n": [1]})  # DuckDB looks for names among the caller's variables
    with open_warehouse(path) as con:
        for asked in (con, con.cursor()):
            with pytest.raises(duckdb.Error):
                asked.execute(sql.format(folder=path.parent))
            assert asked.sql("FROM hazard").fetchall() == [tuple(frame["n"])]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_second_name_for_the_same_file_is_read_only_too(path: Path) -> None:
    with open_warehouse(path) as con:
        con.execute(f"ATTACH '{path}' AS again")
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("CREATE TABLE again.more AS SELECT 1")


def test_what_a_connection_is_held_to(path: Path) -> None:
    names = ["access_mode", "enable_external_access", "lock_configuration", "memory_limit",
             "autoload_known_extensions", "temp_directory"]  # fmt: skip
    with open_warehouse(path) as con:
        sql = "SELECT name, value FROM duckdb_settings() WHERE list_contains($names, name)"
        found = dict(con.execute(sql, {"names": names}).fetchall())
    assert found == {
        "access_mode": "read_only", "enable_external_access": "false",
        "lock_configuration": "true", "memory_limit": "1.3 GiB",
        "autoload_known_extensions": "false", "temp_directory": f"{path}.tmp",
    }  # fmt: skip


def test_opening_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with open_warehouse(path):
        assert list(folder.iterdir()) == []
    path.write_bytes(b"broken" * 1000)
    with pytest.raises(WarehouseError, match="打不开"):
        open_warehouse(path)
    assert list(folder.iterdir()) == []


def test_a_full_or_closed_temporary_folder_is_named(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(WarehouseError, match=r"临时目录写不进.*TMPDIR.*nowhere"):
        open_warehouse(path)


def test_a_quote_in_the_path_is_no_sql(tmp_path: Path) -> None:
    path = tmp_path / "甲's 县" / "warehouse.duckdb"
    path.parent.mkdir()
    publish(path, 1)
    with open_warehouse(path) as con:
        assert con.sql("FROM hazard").fetchall() == [(1,)]


def test_what_an_opening_begins_with_holds_nothing_and_is_as_old_as_the_warehouse() -> None:
    with duckdb.connect(str(EMPTY), read_only=True) as con:
        assert con.sql("SHOW ALL TABLES").fetchall() == []
        sql = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
        assert con.sql(sql).fetchall() == [(f"{STORAGE_VERSION}+",)]
