"""The engines: DuckDB over the published warehouse, DuckDB or Spark over exported Parquet.

Everything is opened for reading, without access to other files or to the network. This is the only
file that knows that there are two engines.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import duckdb
import pandas as pd

from analysis.errors import QueryError, WarehouseError
from analysis.warehouse.exports import Exports, Table, local_folder, read_lists
from analysis.warehouse.statements import must_select, reading

#: A connection can read its own database and nothing else, and cannot be talked out of it. What
#: does not fit into this much memory is worked out on disk.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1500MB",
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}
#: An ad-hoc query gets so many rows and so many seconds.
MOST_ROWS = 10_000
LONGEST_S = 60.0


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse for reading.

    Raises:
        WarehouseError: there is none, or it cannot be opened.

    """
    if not path.exists():
        raise WarehouseError(f"还没有数据仓库 {path.name}，请先运行 yanpan ingest。")
    try:
        return duckdb.connect(str(path), read_only=True, config=READ_ONLY)
    except duckdb.Error as error:
        raise WarehouseError(
            f"数据仓库 {path.name} 打不开，请重新运行 yanpan ingest：{first_line(error)}"
        ) from error


def fetch(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Run one SELECT and return its rows; dates come as ``datetime64``.

    Raises:
        QueryError: the query is wrong, or wants what a reader may not do.

    """
    with _explained(), _asked(con, sql, parameters) as answer:
        return answer.df()


def fetch_rows(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one SELECT and return its column names and its rows as Python values.

    Raises:
        QueryError: as for ``fetch``.

    """
    with _explained(), _asked(con, sql, parameters) as answer:
        return [column[0] for column in answer.description or []], answer.fetchall()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an ad-hoc query gave: columns, rows, and whether there were more than are here."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool


def fetch_some(
    con: duckdb.DuckDBPyConnection, sql: str, rows: int = MOST_ROWS, seconds: float = LONGEST_S
) -> Answer:
    """Run one SELECT, or EXPLAIN of one, that a person wrote: at most ``rows`` rows, for at most
    ``seconds``.

    Raises:
        QueryError: as for ``fetch``, or the query took too long.

    """
    is_late = threading.Event()
    with _explained(), con.cursor() as cursor:
        statement = reading(cursor, sql)

        def stop() -> None:
            is_late.set()
            cursor.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            cursor.execute(statement)
            found = cursor.fetchmany(rows + 1)
            columns = [column[0] for column in cursor.description or []]
        except duckdb.InterruptException as error:
            if not is_late.is_set():
                raise
            raise QueryError(
                f"查询超过 {seconds:g} 秒，已停止；请缩小范围，或加上 LIMIT 和筛选条件。"
            ) from error
        finally:
            timer.cancel()
    return Answer(columns, found[:rows], len(found) > rows)


class Shown(Protocol):
    """The tables of some exports, to be asked."""

    def rows(
        self, sql: str, parameters: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one SELECT in DuckDB's SQL; its column names, and its rows as Python values."""

    def hold(self, name: str, sql: str, parameters: Mapping[str, Any]) -> None:
        """Work a SELECT out once, as a table of that name for the questions that follow."""

    def close(self) -> None:
        """Let the files go."""


class Engine(Protocol):
    """What reads exported Parquet."""

    def exports(self, folder: str) -> Exports:
        """The exports that lie in a folder."""

    def show(self, exports: Exports) -> Shown:
        """The tables over the files of these exports."""

    def close(self) -> None:
        """Stop."""


def open_engine(name: str, master: str | None = None, memory: str | None = None) -> Engine:
    """An engine by its name: ``duckdb`` on this machine, ``spark`` on the cluster ``master``.

    ``memory`` is the most that it may hold («1500MB», «2g»); DuckDB works the rest out on disk.

    Raises:
        WarehouseError: there is no such engine, or it cannot be started.

    """
    if name == "spark":
        from analysis.warehouse.spark import Spark

        return Spark(master, memory)
    if name != "duckdb":
        raise WarehouseError(f"没有名为 {name} 的引擎；可用的有：duckdb、spark。")
    if master:
        raise WarehouseError("--master 是 Spark 集群的地址，要和 --engine spark 一起用。")
    return Duck(memory)


class Duck:
    """DuckDB, reading Parquet where it lies: what does not fit into memory is read in passing."""

    def __init__(self, memory: str | None = None) -> None:
        self._memory = memory

    def exports(self, folder: str) -> Exports:
        """The exports in a folder of this machine."""
        here = local_folder(folder)
        if here is None:
            raise WarehouseError(f"{folder} 不在本机；请用 --engine spark，或先同步到本机的目录。")
        return read_lists(here.resolve())

    def show(self, exports: Exports) -> "ShownByDuck":
        """The tables as views over the files, in a database of their own."""
        return ShownByDuck(exports, self._memory)

    def close(self) -> None:
        """Nothing is held between questions."""


class ShownByDuck:
    """The tables of some exports, as views; no other file can be read."""

    def __init__(self, exports: Exports, memory: str | None = None) -> None:
        self._spill = TemporaryDirectory(prefix="yanpan-spill-")
        # That nothing can be set any more comes last, as in READ_ONLY.
        limits: dict[str, object] = {
            "allowed_directories": [exports.folder],
            "temp_directory": self._spill.name,
            **READ_ONLY,
            "memory_limit": memory or READ_ONLY["memory_limit"],
        }
        try:
            self._con = duckdb.connect()
            for name, value in limits.items():
                self._con.execute(f"SET {name} = $value", {"value": value})
            for table in exports.tables():
                self._con.execute(f'CREATE VIEW "{table.name}" AS {parquet_sql(table)}')
        except duckdb.Error as error:
            raise WarehouseError(f"{exports.folder} 读不出来：{first_line(error)}") from error

    def rows(
        self, sql: str, parameters: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one SELECT; its column names, and its rows as Python values.

        Raises:
            QueryError: it is wrong, or needs more memory and disk than there is.

        """
        return fetch_rows(self._con, sql, parameters)

    def hold(self, name: str, sql: str, parameters: Mapping[str, Any]) -> None:
        """Work a SELECT out once, as a table of that name; what is too large goes to disk."""
        with _explained():
            self._con.execute(f'CREATE TABLE "{name}" AS {sql}', dict(parameters) or None)

    def close(self) -> None:
        """Let the files go."""
        self._con.close()
        self._spill.cleanup()


def parquet_sql(table: Table) -> str:
    """DuckDB's SELECT of a table's rows from its files, columns in the table's order."""
    if not table.files:
        return f"SELECT {table.select} WHERE FALSE"
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in table.files)
    return (
        f"SELECT {table.select} "  # noqa: S608 - columns and files of the program's own
        f"FROM read_parquet([{files}], hive_partitioning = true, "
        "hive_types = {'region': VARCHAR, 'year': INTEGER})"
    )


def _asked(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None
) -> duckdb.DuckDBPyConnection:
    """The one statement, executed on a cursor of its own."""
    must_select(con, sql)
    return con.cursor().execute(sql, dict(parameters) if parameters else None)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the engine says into a line for a person."""
    try:
        yield
    except duckdb.PermissionException as error:
        raise QueryError("查询只能读取数据仓库，不能访问文件或网络。") from error
    except duckdb.Error as error:
        raise QueryError(f"查询不能运行：{first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line of an engine's message, which says the most."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
