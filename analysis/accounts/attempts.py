"""Wrong passwords: who has to wait, by the account that was tried and the address that tried it.

Whoever guesses makes himself wait, and not the owner, who sits elsewhere. Who guesses from many
addresses makes all wait from which that account was never opened. Names that are nobody's are
counted alike, so that no answer tells which names there are.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from analysis.accounts.store import Store
from analysis.stores import SqliteForms

#: So many wrong passwords are a slip; from then on one waits, each time twice as long.
FREE_FAILURES = 5
#: So many from all addresses together from which the account was never opened.
FREE_ANYWHERE = 25
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
#: A failure is forgotten after so long, an address from which somebody logged in later.
FORGOTTEN, UNUSED = timedelta(days=1), timedelta(days=90)
#: Stands for all addresses that are not known.
ANYWHERE = "*"
#: No account's name is longer.
LONGEST_NAME = 40

FORMS = SqliteForms(
    "登录次数文件",
    ("CREATE TABLE attempt (name TEXT NOT NULL, address TEXT NOT NULL, "
     "failures INTEGER NOT NULL DEFAULT 0, waits_until TEXT NOT NULL DEFAULT '', "
     "at TEXT NOT NULL, is_known INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (name, address))",),
)  # fmt: skip


class Attempts:
    """The attempts at a path."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = datetime.now) -> None:
        """Open the file that is, or will be, at ``path``."""
        self._store = Store(path, FORMS, "请删掉它")
        self._clock = clock

    def waits_until(self, name: str, address: str) -> datetime | None:
        """Until when that name cannot be tried from that address; None where it can."""
        if not self._store.path.exists():
            return None
        with self._store.reading() as con:
            rows = _rows(con, name, address)
        is_known = any(row[3] for row in rows)
        waits = [
            until for place, _, until, _ in rows
            if until > _text(self._clock()) and not (place == ANYWHERE and is_known)
        ]  # fmt: skip
        return datetime.fromisoformat(max(waits)) if waits else None

    def note_failure(self, name: str, address: str) -> None:
        """Count a wrong password."""
        now = self._clock()
        with self._store.writing() as con:
            con.execute(
                "DELETE FROM attempt WHERE at < ? AND (is_known = 0 OR at < ?)",
                (_text(now - FORGOTTEN), _text(now - UNUSED)),
            )
            is_known = any(row[3] for row in _rows(con, name, address))
            for place, free in ((address, FREE_FAILURES), (ANYWHERE, FREE_ANYWHERE)):
                if place == ANYWHERE and is_known:
                    continue  # the owner's own slips make nobody wait elsewhere
                (failures,) = con.execute(
                    "INSERT INTO attempt (name, address, failures, at) VALUES (?, ?, 1, ?) "
                    "ON CONFLICT DO UPDATE SET failures = failures + 1, at = excluded.at "
                    "RETURNING failures",
                    (_key(name), place, _text(now)),
                ).fetchone()
                con.execute(
                    "UPDATE attempt SET waits_until = ? WHERE name = ? AND address = ?",
                    (_wait_after(failures - free, now), _key(name), place),
                )

    def note_success(self, name: str, address: str) -> None:
        """Begin to count anew, and know the address from now on."""
        with self._store.writing() as con:
            con.execute(
                "INSERT INTO attempt (name, address, at, is_known) VALUES (?, ?, ?, 1) "
                "ON CONFLICT DO UPDATE SET failures = 0, waits_until = '', at = excluded.at, "
                "is_known = 1",
                (_key(name), address, _text(self._clock())),
            )

    def forget(self, name: str) -> None:
        """Let that name be tried at once from everywhere."""
        if self._store.path.exists():
            with self._store.writing() as con:
                con.execute("DELETE FROM attempt WHERE name = ?", (_key(name),))


def _rows(con: sqlite3.Connection, name: str, address: str) -> list[tuple[str, int, str, int]]:
    return con.execute(
        "SELECT address, failures, waits_until, is_known FROM attempt "
        "WHERE name = ? AND address IN (?, ?)", (_key(name), address, ANYWHERE),
    ).fetchall()  # fmt: skip


def _wait_after(over: int, now: datetime) -> str:
    """When one may try again who is so many failures over what is free."""
    if over < 0:
        return ""
    return _text(now + min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT))


def _key(name: str) -> str:
    return name[:LONGEST_NAME]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
