"""The published warehouse opened for reading: without access to other files or the network."""

import pickle
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from analysis.engine_faults import fault_text
from analysis.errors import QueryError, WarehouseError, first_line
from analysis.warehouse.statements import in_plain_types, must_select, reading

if TYPE_CHECKING:  # a process of one query need not wait for it
    import pandas as pd

#: A connection can read its own database and nothing else, and cannot be talked out of it. What
#: does not fit into this much memory is worked out on disk.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1500MB",
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}
#: Of these, what can be set only when the file is attached, in this order.
ONCE_ATTACHED = ("enable_external_access", "lock_configuration")
#: A database without tables; see ``_instance_for``.
EMPTY = Path(__file__).with_name("empty.duckdb")
#: An ad-hoc query gets so many rows and so many seconds.
MOST_ROWS = 10_000
LONGEST_S = 60.0
#: What is said of a value that the engine has and its client cannot hold.
NOT_SHOWN = "查询结果里有不能列出的值（时间、时长或数超出范围），请用 CAST(… AS VARCHAR) 转成文字。"
#: How the client says that it wants a package for that.
_NO_PACKAGE = "Required module"
#: Its answer is read so many rows at a time.
_AT_A_TIME = 200


def open_warehouse(path: Path, bounds: Mapping[str, Any] = {}) -> duckdb.DuckDBPyConnection:
    """Open the warehouse that is published now for reading; it stays the one that is read,
    whatever is published after it. Its tables are in the database ``warehouse``.

    ``bounds`` are settings of the engine that hold it to less than ``READ_ONLY`` does.

    Raises:
        WarehouseError: there is none, or it cannot be opened.

    """
    if not path.exists():
        raise WarehouseError(f"还没有数据仓库 {path.name}，请先运行 yanpan ingest。")
    try:
        with TemporaryDirectory(prefix="yanpan-open-", ignore_cleanup_errors=True) as folder:
            return _instance_for(path, Path(folder) / EMPTY.name, bounds)
    except OSError as error:
        raise WarehouseError(
            f"数据仓库 {path.name} 打不开：临时目录写不进，请检查磁盘空间和权限，"
            f"或用环境变量 TMPDIR 另指一处：{first_line(error)}"
        ) from error
    except duckdb.Error as error:
        raise WarehouseError(
            f"数据仓库 {path.name} 打不开，请重新运行 yanpan ingest：{first_line(error)}"
        ) from error


def _instance_for(path: Path, empty: Path, bounds: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """A database instance of this opening's own, with the file at ``path`` and nothing else.

    DuckDB hands out one instance for each path as long as any connection to it lives, so a notebook
    that connects to the path again is given the file of its first connection, replaced long ago.
    Hence each opening begins with an empty file of its own and exchanges it for the warehouse. In
    memory it could not begin: an instance is held to reading only where it begins with a file.
    """
    empty.write_bytes(EMPTY.read_bytes())
    at_once = {name: value for name, value in READ_ONLY.items() if name not in ONCE_ATTACHED}
    con = duckdb.connect(
        str(empty), read_only=True,
        config={**at_once, "temp_directory": f"{path}.tmp", **bounds},
    )  # fmt: skip
    try:
        quoted = str(path).replace("'", "''")
        con.execute(f"ATTACH '{quoted}' AS warehouse (TYPE duckdb, READ_ONLY)")
        con.execute("USE warehouse")
        con.execute(f"DETACH {empty.stem}")
        for name in ONCE_ATTACHED:
            con.execute(f"SET {name} = $value", {"value": READ_ONLY[name]})
    except duckdb.Error:
        con.close()
        raise
    return con


def fetch(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> "pd.DataFrame":
    """Run one SELECT and return its rows; dates come as ``datetime64``.

    Raises:
        QueryError: the query is wrong, or wants what a reader may not do.

    """
    with explained(), _asked(con, sql, parameters) as answer:
        return answer.df()


def fetch_rows(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one SELECT and return its column names and its rows as Python values.

    Raises:
        QueryError: as for ``fetch``.

    """
    with explained(), _asked(con, sql, parameters) as answer:
        return [column[0] for column in answer.description or []], answer.fetchall()


def table_names(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables that there are: an older program published fewer, a roll-up has more."""
    _, rows = fetch_rows(con, "SELECT table_name FROM duckdb_tables()")
    return {name for (name,) in rows}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an ad-hoc query gave: columns, rows, and whether there were more than are here."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool


def fetch_some(
    con: duckdb.DuckDBPyConnection, sql: str, rows: int = MOST_ROWS,
    seconds: float | None = LONGEST_S, most_bytes: int | None = None,
) -> Answer:  # fmt: skip
    """Run one SELECT, or EXPLAIN of one, that a person wrote: at most ``rows`` rows, for at most
    ``seconds`` where somebody else does not end it, of at most ``most_bytes`` in all.

    Some functions of the engine do not look whether they are to stop: only a process that is ended
    ends them (``analysis.adhoc``).

    Raises:
        QueryError: as for ``fetch``, or the query took too long or brings too much.

    """
    with explained(), con.cursor() as cursor:
        statement = in_plain_types(cursor, reading(cursor, sql))
        with _ended_after(cursor, seconds):
            cursor.execute(statement)
            columns = [column[0] for column in cursor.description or []]
            found = _first_rows(cursor, rows + 1, most_bytes)
    return Answer(columns, found[:rows], len(found) > rows)


def _first_rows(
    cursor: duckdb.DuckDBPyConnection, rows: int, most_bytes: int | None
) -> list[tuple[Any, ...]]:
    """The first rows of an answer, weighed while they are read."""
    found: list[tuple[Any, ...]] = []
    weight = 0
    while len(found) < rows:
        some = _next_rows(cursor, min(_AT_A_TIME, rows - len(found)))
        if not some:
            break
        found += some
        if most_bytes is not None:
            weight += len(pickle.dumps(some, protocol=5))
            if weight > most_bytes:
                raise QueryError(
                    f"查询结果太大，超过 {most_bytes >> 20} MB，没有列出；"
                    "请只选要看的列，或加上 LIMIT 和筛选条件。"
                )
    return found


def _next_rows(cursor: duckdb.DuckDBPyConnection, rows: int) -> list[tuple[Any, ...]]:
    try:
        return cursor.fetchmany(rows)
    except (OverflowError, ValueError) as error:
        raise QueryError(NOT_SHOWN) from error
    except duckdb.InvalidInputException as error:
        if _NO_PACKAGE not in str(error):
            raise
        raise QueryError(NOT_SHOWN) from error


@contextmanager
def _ended_after(cursor: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Ask the engine to stop when time is up."""
    if seconds is None:
        yield
        return
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        cursor.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        if not is_late.is_set():
            raise
        raise QueryError(
            f"查询超过 {seconds:g} 秒，已停止；请缩小范围，或加上 LIMIT 和筛选条件。"
        ) from error
    finally:
        timer.cancel()


def _asked(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None
) -> duckdb.DuckDBPyConnection:
    """The one statement, executed on a cursor of its own."""
    must_select(con, sql)
    return con.cursor().execute(sql, dict(parameters) if parameters else None)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the engine says into a line for a person."""
    try:
        yield
    except duckdb.PermissionException as error:
        raise QueryError("查询只能读取数据仓库，不能访问文件或网络。") from error
    except duckdb.Error as error:
        raise QueryError(f"查询不能运行：{fault_text(str(error))}") from error


def names_of_unit(con: duckdb.DuckDBPyConnection, unit: str, schema: str = "") -> list[str]:
    """All names by which a unit was ever shown, the one in force first; ``unit`` where unknown.

    A name that is another unit's again, since somebody took an answer back, is none of them.

    ``schema`` is that of an attached publication, with its dot.
    """
    current = unit_in_force(con, unit, schema)
    if not has_names(con, schema):
        return [current]
    rows = con.execute(
        f"""
        SELECT DISTINCT earlier.unit
        FROM {schema}unit_name AS earlier
        INNER JOIN {schema}unit_name AS now ON earlier.unit = now.written AND now.known_to IS NULL
        WHERE now.unit = $unit
        ORDER BY earlier.unit
        """,  # noqa: S608 - names are ours
        {"unit": current},
    ).fetchall()
    return [current, *(name for (name,) in rows if name != current)]


def unit_in_force(con: duckdb.DuckDBPyConnection, unit: str, schema: str = "") -> str:
    """The name by which a unit is shown now; ``unit`` as it stands where no file names it."""
    if not has_names(con, schema):
        return unit
    row = con.execute(
        f"SELECT unit FROM {schema}unit_name WHERE written = $unit AND known_to IS NULL LIMIT 1",  # noqa: S608
        {"unit": "".join(unit.split())},
    ).fetchone()
    return row[0] if row else unit


def has_names(con: duckdb.DuckDBPyConnection, schema: str = "") -> bool:
    """Whether a publication has the table: an older program made it without."""
    if not schema:
        return "unit_name" in table_names(con)
    tables = "SELECT count(*) FROM duckdb_tables() WHERE database_name = $of AND table_name = $name"
    (count,) = con.execute(tables, {"of": schema.rstrip("."), "name": "unit_name"}).fetchone() or (
        0,
    )
    return bool(count)
