"""The dashboard's own copy of a publication: publishing never waits for a reader, nor he for it."""

import os
import shutil
import tempfile
import threading
import weakref
from pathlib import Path

import duckdb

from analysis.errors import WarehouseError
from analysis.warehouse.engine import first_line, open_warehouse

#: Identifies one publication: inode, time and size change together when it is replaced.
Publication = tuple[int, int, int]


class Copy:
    """One publication, copied whole and held open; ``cursor()`` answers one question at a time."""

    def __init__(self, published: Path) -> None:
        """Copy and open it.

        Raises:
            WarehouseError: there is none, it cannot be opened, or the disk takes no more.

        """
        folder = tempfile.mkdtemp(prefix="yanpan-")
        path = Path(folder) / published.name
        try:
            # The open file is one publication, whatever takes its place meanwhile.
            with published.open("rb") as source, path.open("wb") as target:
                self.publication = _identity(source.fileno())
                shutil.copyfileobj(source, target, 1 << 20)
            self._con = open_warehouse(path)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise WarehouseError(f"看板复制不了数据仓库：{first_line(error)}") from error
        except WarehouseError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        weakref.finalize(self, _discard, self._con, folder)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same copy."""
        return self._con.cursor()


class Copies:
    """The copy of whatever is published now; an older one goes when its last reader is done."""

    def __init__(self, published: Path) -> None:
        """Nothing is copied before the first question."""
        self.published = published
        self._lock = threading.Lock()
        self._copy: Copy | None = None

    def publication(self) -> Publication:
        """What is published now.

        Raises:
            WarehouseError: nothing is.

        """
        try:
            stat = self.published.stat()
        except FileNotFoundError:
            raise WarehouseError("还没有数据仓库，请先运行 yanpan ingest。") from None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def current(self) -> Copy:
        """The copy of what is published now, made when it is first asked for.

        Raises:
            WarehouseError: nothing is published, or it cannot be copied or opened.

        """
        now = self.publication()
        with self._lock:
            if self._copy is None or self._copy.publication != now:
                self._copy = Copy(self.published)
            return self._copy


def _identity(file: int) -> Publication:
    stat = os.fstat(file)
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _discard(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    con.close()
    shutil.rmtree(folder, ignore_errors=True)
