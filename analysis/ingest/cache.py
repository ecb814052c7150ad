"""What was read is kept by the hash of its file: only a changed file is read again.

The shelf is a convenience of the machine's: without it every file is read anew, with the same
result.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.ingest.read_file import Desk
from analysis.ingest.received import is_dated, path_below, received_on

#: More bytes than this SQLite does not take as one value; such a file is read anew.
LARGEST = 500_000_000
#: How many bytes the seal of what is kept has.
SEAL = 16


#: What is kept: the rows of a file, what is told of them without any, what became of many files.
BODY, GIST, OUTCOME = "shelf", "gist", "outcome"
Used = Mapping[str, Collection[str]]


class ShelfError(Exception):
    """What was on the shelf a moment ago is not there."""


class Shelf:
    """What was made of files, packed, by key: in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, keys: Collection[str], what: str = BODY) -> dict[str, bytes]:
        """What is kept under those keys; nothing of what is damaged."""
        with suppress(sqlite3.Error), closing(self._open()) as con:
            sql = f"SELECT body FROM {what} WHERE key = ?"  # noqa: S608 - one of three names
            found = ((key, con.execute(sql, (key,)).fetchone()) for key in keys)
            opened = ((key, _unsealed(row[0])) for key, row in found if row)
            return {key: body for key, body in opened if body is not None}
        return {}

    def known(self, what: str = BODY) -> set[str]:
        """The keys under which something is kept."""
        with suppress(sqlite3.Error), closing(self._open()) as con:
            return {key for (key,) in con.execute(f"SELECT key FROM {what}")}  # noqa: S608
        return set()

    def body(self, key: str) -> bytes:
        """The rows of one file.

        Raises:
            ShelfError: they are there no longer.

        """
        try:
            return self.find([key])[key]
        except KeyError:
            raise ShelfError(key) from None

    def keep(self, kept: Mapping[str, Iterable[tuple[str, bytes]]], used: Used) -> None:
        """Put new things on the shelf and take away what no file of today needs.

        ``kept`` and ``used`` go by what is kept: the new things, and all keys that are of use.
        """
        try:
            with closing(self._open()) as con, con:
                for what, keys in used.items():
                    _write(con, what, kept.get(what, ()), keys)
        except sqlite3.DatabaseError:
            self.forget()

    def forget(self) -> None:
        """Have nothing on the shelf."""
        for left in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        con = sqlite3.connect(self.path)
        for what in (BODY, GIST, OUTCOME):
            con.execute(f"CREATE TABLE IF NOT EXISTS {what} (key TEXT PRIMARY KEY, body BLOB)")
        return con


def _write(
    con: sqlite3.Connection, what: str, kept: Iterable[tuple[str, bytes]], used: Collection[str]
) -> None:
    known = {key for (key,) in con.execute(f"SELECT key FROM {what}")}  # noqa: S608
    gone = [(key,) for key in known - set(used)]
    con.executemany(f"DELETE FROM {what} WHERE key = ?", gone)  # noqa: S608
    con.executemany(
        f"INSERT OR REPLACE INTO {what} VALUES (?, ?)",  # noqa: S608
        ((key, _sealed(body)) for key, body in kept if len(body) <= LARGEST),
    )


def _sealed(body: bytes) -> bytes:
    """What is kept, behind its seal: a bad block of the disk is no figure."""
    return _seal(body) + body


def _unsealed(kept: Any) -> bytes | None:
    """What was kept; None where it is not what it was."""
    if not isinstance(kept, bytes):
        return None
    body = kept[SEAL:]
    return body if _seal(body) == kept[:SEAL] else None


def _seal(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=SEAL).digest()


def shelf_key(path: Path, sha256: str, desk: Desk) -> str:
    """A name for all that a reading depends on: file, place, day, settings, program."""
    relative = path_below(path, desk.raw)
    parts = [
        sha256, relative, desk.region, *desk.described,
        str(desk.register.get(relative, "")), program_version(),
    ]  # fmt: skip
    if not is_dated(path, desk.raw, desk.register):
        parts.append(str(datetime.fromtimestamp(path.stat().st_mtime).date()))
    if desk.taught.entries:
        # What had been set right by the day a file came: one that came before stays as read.
        day, _ = received_on(path, desk.raw, [], desk.register)
        parts += [repr(each) for each in desk.taught.in_force(day) if each.value is not None]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


#: Packages that open files or know the calendar; a newer one may read a cell otherwise.
READERS = (
    "lunar-python", "lxml", "openpyxl", "pillow", "pypdf", "python-calamine",
    "python-dateutil",
)  # fmt: skip


@cache
def program_version() -> str:
    """A hash of the program's own text and of what reads for it: packages, LibreOffice.

    A better reader reads everything again.
    """
    from analysis.ingest.files.documents import office_here

    digest = hashlib.sha256()
    for file in program_files():
        digest.update(file.read_bytes())
    for name in READERS:
        digest.update(f"{name} {version(name)}".encode())
    digest.update(f"{sys.version} {office_here()}".encode())
    return digest.hexdigest()


def program_files() -> list[Path]:
    """The modules on which a reading may depend."""
    analysis = Path(__file__).parents[1]
    rooms = ("ingest", "ledgers", "wording")
    files = [file for room in rooms for file in (analysis / room).rglob("*.py")]
    ground = ("errors.py", "stores.py", "settings/toml_file.py")
    return sorted([*files, *(analysis / name for name in ground)])
