"""Tables → the warehouse file: written whole beside the old one, then put in its place."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd

from analysis.errors import WarehouseError, first_line
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.warehouse import publications
from analysis.warehouse.engine import open_warehouse
from analysis.warehouse.sql_files import Query, comment_of, macro_sql, metrics, relations
from analysis.wording.codes import words_of

#: DuckDB 1.2 and every later client open files of this version.
STORAGE_VERSION = "v1.2.0"
#: Rows that are packed, and later scanned, by one core: half of DuckDB's own choice, since a
#: county's largest ledger would else keep one core busy and the others waiting.
ROW_GROUP = 61_440
#: What DuckDB may hold while it writes; the rest goes to disk.
MEMORY = "512MB"
#: What DuckDB raises where the disk takes no more, by the moment at which it does not.
_NO_ROOM = (
    duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException,
    duckdb.FatalException,
)  # fmt: skip
EPOCH = date(1970, 1, 1).toordinal()
#: How numpy keeps a day that is not there.
NO_DAY = np.datetime64("NaT").view("int64").item()
#: On Windows a file that a reader holds open cannot be replaced; readers hold it only briefly.
REPLACE_ATTEMPTS = 50
REPLACE_PAUSE_S = 0.1


class Draft:
    """The next warehouse while it is being made, table by table, in a thread of its own.

    Its empty tables, views and macros stand first. Readers see the old file until ``publish``,
    and then this one, never anything between.
    """

    def __init__(self, path: Path) -> None:
        """Begin the file that is to stand at ``path``, beside it."""
        self.path = path
        self.part = path.with_name(f"{path.name}.{os.getpid()}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path)
        self._con = duckdb.connect()
        self._thread = ThreadPoolExecutor(1)
        self._laid_out = self._thread.submit(lay_out, self._con, self.part)
        self._written: dict[str, Future[None]] = {}

    def write(self, name: str, table: pd.DataFrame) -> None:
        """Have a ledger's table written; ``table`` has its columns and is not changed any more."""
        self._written[name] = self._thread.submit(_insert, self._con, LEDGERS[name], table)

    def publish(self, made_from: str = "") -> None:
        """Wait for every table, then replace the published file in one step.

        ``made_from`` is a digest of what the tables came from.

        Raises:
            WarehouseError: the file cannot be written or replaced; the old one is untouched.

        """
        try:
            self._laid_out.result()
            for name in LEDGERS:
                self._written[name].result()
            _finish(self._con)
            queries = (*relations().values(), *metrics().values())
            digest = made_from and with_definitions(made_from, queries)
            with publications.keeping(self.part, self.path, digest):
                put_in_place(self.part, self.path)
        except (OSError, *_NO_ROOM) as error:
            raise WarehouseError(
                f"数据仓库写不进 {self.path.parent}，原有的没有改动；"
                f"请检查磁盘空间和权限：{first_line(error)}"
            ) from error

    def discard(self) -> None:
        """Leave nothing of the draft; what was published is no draft any more."""
        self._thread.shutdown(cancel_futures=True)
        self._con.close()
        self.part.unlink(missing_ok=True)
        self.part.with_name(f"{self.part.name}.wal").unlink(missing_ok=True)


@contextmanager
def drafting(path: Path) -> Iterator[Draft]:
    """A draft of the warehouse at ``path``, gone at the end unless it was published."""
    draft = Draft(path)
    try:
        yield draft
    finally:
        draft.discard()


def is_of_this_program(path: Path) -> bool:
    """Whether a warehouse has the tables, columns and macros of this program, not of an older one.

    A macro of an older program lacks what this one has added, and counts otherwise what it has
    changed: pages and papers ask the macros.

    Raises:
        WarehouseError: there is none, or it cannot be opened.

    """
    return _shape_of_program() <= _shape(path)


@cache
def _shape_of_program() -> frozenset[tuple[str, str]]:
    """What this program lays out, as the engine writes it down."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.duckdb"
        path.write_bytes(_blank())
        return _shape(path)


def _shape(path: Path) -> frozenset[tuple[str, str]]:
    """The columns of tables and views, and the macros with their definitions."""
    with open_warehouse(path) as con:
        rows = con.execute("""
            SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal
            UNION ALL
            SELECT function_name, macro_definition FROM duckdb_functions()
            WHERE function_type = 'table_macro' AND NOT internal
        """).fetchall()
    return frozenset(rows)


def roll_back(path: Path) -> Path:
    """Put the publication before the present one in its place; return the one put back.

    Raises:
        WarehouseError: there is none, or the disk takes no more.

    """
    before = publications.one_before(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(before, part)
        put_in_place(part, path)
    except OSError as error:
        raise WarehouseError(f"恢复不成，数据仓库没有改动：{first_line(error)}") from error
    finally:
        part.unlink(missing_ok=True)
    return before


def put_in_place(part: Path, path: Path) -> None:
    """Make a whole new file the published one, in one step that a reader never sees half of."""
    sync(part)
    _replace(part, path)
    sync(path.parent)


def _clear(path: Path) -> None:
    """Take away what a killed run left half written; nobody else writes at this moment."""
    for left in path.parent.glob(f"{path.name}.*.part*"):
        left.unlink(missing_ok=True)


def lay_out(con: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Make the file with everything but the rows, and use it as ``part``."""
    # Text columns hold text or nothing: no guessing at their type from a sample.
    con.execute("SET GLOBAL pandas_analyze_sample = 0")
    con.execute(f"SET memory_limit = '{MEMORY}'")
    part.write_bytes(_blank())
    _attach(con, part)


@cache
def _blank() -> bytes:
    """The file without its rows, which the program alone decides on, hence made once a process.

    A server lays one out for each publication and for each account's share.
    """
    with TemporaryDirectory() as folder, duckdb.connect() as con:
        path = Path(folder) / "blank.duckdb"
        _attach(con, path)
        con.execute("BEGIN")  # one commit, not one for each of some hundred comments
        for ledger in LEDGERS.values():
            _create(con, ledger)
            _create_view(con, ledger)
        for query in (*relations().values(), *metrics().values()):
            con.execute(macro_sql(query))
            con.execute(f"COMMENT ON MACRO TABLE {query.name} IS '{quoted(comment_of(query))}'")
        con.execute("COMMIT")
        _finish(con)
        return path.read_bytes()


def with_definitions(made_from: str, queries: Iterable[Query]) -> str:
    """A digest of files and definitions: the same files by another 口径 are another publication,
    so that the one before keeps the figures that were shown.
    """
    digest = hashlib.sha256(made_from.encode())
    for query in queries:
        digest.update(f"{macro_sql(query)}\n{comment_of(query)}\n".encode())
    return digest.hexdigest()


def _attach(con: duckdb.DuckDBPyConnection, part: Path) -> None:
    con.execute(
        f"ATTACH '{quoted(str(part))}' AS part "
        f"(STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {ROW_GROUP})"
    )
    con.execute("USE part")


def _finish(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CHECKPOINT part")
    con.execute("USE memory")
    con.execute("DETACH part")
    con.close()


def _create(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    columns = ", ".join(f'"{field.name}" {field.sql_type}' for field in ledger)
    con.execute(f"CREATE TABLE {ledger.name} ({columns})")
    comment = f"{ledger.label}。{ledger.grain}。"
    con.execute(f"COMMENT ON TABLE {ledger.name} IS '{quoted(comment)}'")
    for field in ledger:
        con.execute(
            f"COMMENT ON COLUMN {ledger.name}.\"{field.name}\" IS '{quoted(field.comment)}'"
        )


def _insert(con: duckdb.DuckDBPyConnection, ledger: Ledger, table: pd.DataFrame) -> None:
    if table.empty:
        return
    table = table.reset_index(drop=True)  # by position: rows are never matched by their labels
    filled = [field for field in ledger if table[field.name].tolist().count(None) < len(table)]
    typed = pd.DataFrame(
        {field.name: typed_column(table[field.name], field.sql_type) for field in filled},
        copy=False,
    )
    con.register("typed", typed)
    names = ", ".join(f'"{field.name}"' for field in filled)
    columns = ", ".join(f'CAST("{field.name}" AS {field.sql_type})' for field in filled)
    con.execute(f"INSERT INTO {ledger.name} ({names}) SELECT {columns} FROM typed")  # noqa: S608
    con.unregister("typed")
    ((written,),) = con.sql(f"SELECT count(*) FROM {ledger.name}").fetchall()  # noqa: S608
    if written != len(table):
        raise AssertionError(f"{ledger.name}: {written} rows written of {len(table)}")


def typed_column(column: pd.Series, sql_type: str) -> pd.Series:
    """A column of Python objects as the pandas type that DuckDB reads without guessing."""
    match sql_type:
        case "DATE":
            return _days(column)
        case "BIGINT":
            return column.astype("Int64")
        case "INTEGER":
            return column.astype("Int64")
        case "DOUBLE":
            return column.astype("Float64")
        case "BOOLEAN":
            return column.astype("boolean")
        case _:
            return column


def _days(column: pd.Series) -> pd.Series:
    """Dates as days since 1970, each distinct one converted once."""
    known = {
        day: NO_DAY if pd.isna(day) else day.toordinal() - EPOCH for day in set(column.tolist())
    }
    numbers = np.array([known[day] for day in column.tolist()], dtype="int64")
    return pd.Series(numbers.view("datetime64[D]").astype("datetime64[s]"), copy=False)


def _create_view(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """The Chinese view: labels for names, labels for codes, and only what is in force."""
    columns = ", ".join(f'{_shown(ledger, field)} AS "{field.label}"' for field in ledger)
    where = " WHERE known_to IS NULL" if "known_to" in ledger.columns else ""
    con.execute(f'CREATE VIEW "{ledger.label}" AS SELECT {columns} FROM {ledger.name}{where}')  # noqa: S608
    which = "现行有效的记录" if where else "全部记录"
    comment = f"{ledger.label}（{which}）。{ledger.grain}。"
    con.execute(f"COMMENT ON VIEW \"{ledger.label}\" IS '{quoted(comment)}'")


def _shown(ledger: Ledger, field: Field) -> str:
    labels = words_of(field.name, ledger.name)
    cases = [f"WHEN '{value}' THEN '{label}'" for value, label in labels.items() if value != label]
    if not cases:
        return f'"{field.name}"'
    return f'CASE "{field.name}" {" ".join(cases)} ELSE "{field.name}" END'


def sync(path: Path) -> None:
    """Have the disk hold what was written; folders can be synced on POSIX only."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(part: Path, path: Path) -> None:
    for attempt in range(REPLACE_ATTEMPTS):
        try:
            os.replace(part, path)
        except PermissionError:
            if os.name != "nt" or attempt == REPLACE_ATTEMPTS - 1:
                raise
            time.sleep(REPLACE_PAUSE_S)
        else:
            return


def quoted(text: str) -> str:
    """A text as it may stand between single quotes in SQL."""
    return text.replace("'", "''")
