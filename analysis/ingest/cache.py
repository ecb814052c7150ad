"""What was read is kept by the hash of its file: only a changed file is read again.

The shelf is a convenience of the machine's: without it every file is read anew, with the same
result. It holds JSON, never code.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from analysis.ingest.findings import Finding, Reject
from analysis.ingest.read_file import Desk, Submission
from analysis.ingest.received import is_dated, path_below
from analysis.ingest.tables.records import Records
from analysis.ledgers import LEDGERS

#: Ledger → its columns of days; one name may be a day in one ledger and a text in another.
DATES = {
    name: {*ledger.names_of("date"), *ledger.names_of("deadline")}
    for name, ledger in LEDGERS.items()
}


class Shelf:
    """Packed submissions by key, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, keys: Collection[str]) -> dict[str, bytes]:
        """The packed submissions of those keys that are on the shelf; none where it is damaged."""
        with suppress(sqlite3.Error), closing(self._open()) as con:
            rows = con.execute("SELECT key, body FROM shelf")
            return {key: body for key, body in rows if key in keys}
        return {}

    def keep(self, packed: Iterable[tuple[str, bytes]], used: Collection[str]) -> None:
        """Put new submissions on the shelf and take away what no file of today needs."""
        try:
            self._write(packed, used)
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _write(self, packed: Iterable[tuple[str, bytes]], used: Collection[str]) -> None:
        with closing(self._open()) as con, con:
            known = {key for (key,) in con.execute("SELECT key FROM shelf")}
            con.executemany("DELETE FROM shelf WHERE key = ?", [(k,) for k in known - set(used)])
            con.executemany(
                "INSERT OR REPLACE INTO shelf VALUES (?, ?)", [each for each in packed if each[1]]
            )

    def _open(self) -> sqlite3.Connection:
        con = sqlite3.connect(self.path)
        con.execute("CREATE TABLE IF NOT EXISTS shelf (key TEXT PRIMARY KEY, body BLOB)")
        return con


def shelf_key(path: Path, sha256: str, desk: Desk) -> str:
    """A name for all that a reading depends on: file, place, day, settings, program."""
    relative = path_below(path, desk.raw)
    parts = [
        sha256, relative, desk.region,
        *(
            json.dumps(said, sort_keys=True, default=list)
            for said in (desk.headers, [*desk.sheets.items()], desk.words)
        ),
        str(desk.register.get(relative, "")), program_version(),
    ]  # fmt: skip
    if not is_dated(path, desk.raw, desk.register):
        parts.append(str(datetime.fromtimestamp(path.stat().st_mtime).date()))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


#: Packages that open files or know the calendar; a newer one may read a cell otherwise.
READERS = (
    "lunar-python", "lxml", "openpyxl", "pypdf", "python-calamine", "python-dateutil",
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
    return sorted([*files, analysis / "errors.py"])


#: Packing more rows than this takes memory that the run itself needs; such a file is read anew.
LARGEST = 300_000


def pack(submissions: Iterable[Submission]) -> bytes:
    """Submissions as JSON; nothing where they are too large to keep."""
    submissions = list(submissions)
    if sum(map(len, (each.records for each in submissions))) > LARGEST:
        return b""
    said = [
        [each.facts, {name: getattr(each.records, name) for name in Records.__slots__}]
        for each in submissions
    ]
    return orjson.dumps(said)


def unpack(body: bytes) -> list[Submission]:
    """Submissions out of JSON, equal to those that were packed."""
    seen: dict[str, date] = {}

    def day(text: str | None) -> date | None:
        if text is None:
            return None
        if text not in seen:
            seen[text] = date.fromisoformat(text)
        return seen[text]

    submissions = []
    for facts, records in orjson.loads(body):
        for name in DATES["submission"] & facts.keys():
            facts[name] = day(facts[name])
        columns: dict[str, list[Any]] = records["columns"]
        for name in DATES.get(facts["ledger"], set()) & columns.keys():
            columns[name] = [day(text) for text in columns[name]]
        records["findings"] = [Finding(**each) for each in records["findings"]]
        records["rejects"] = [Reject(**each) for each in records["rejects"]]
        submissions.append(Submission(facts, Records(**records)))
    return submissions
