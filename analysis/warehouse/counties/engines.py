"""The engines over exported Parquet: DuckDB on this machine, or Spark on a cluster.

This is the only module that knows that there are two.
"""

from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import duckdb

from analysis.errors import WarehouseError, first_line
from analysis.warehouse.counties.exports import Exports, Table, local_folder, read_lists
from analysis.warehouse.engine import READ_ONLY, explained, fetch_rows


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
        from analysis.warehouse.counties.spark import Spark

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
        with explained():
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
    # Names are looked up in every file only where a county's program is older than this one: with
    # thousands of files it takes seconds.
    by_name = ", union_by_name = true" if table.is_older else ""
    rows = (
        f"read_parquet([{files}], hive_partitioning = true, "
        f"hive_types = {{'region': VARCHAR, 'year': INTEGER}}{by_name})"
    )
    if table.is_older:
        none = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in table.columns)
        rows = f"(FROM {rows} UNION ALL BY NAME SELECT {none} WHERE FALSE)"
    return f"SELECT {table.select} FROM {rows}"  # noqa: S608 - columns and files of our own
