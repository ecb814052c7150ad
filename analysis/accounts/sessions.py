"""Who is logged in: a session lives here, and the cookie holds nothing but its number.

So a log-out ends it wherever its cookie was copied to, and so does an hour in which nobody did
anything. The file says nothing that has to be kept: without it everybody logs in once more.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from analysis.accounts.store import Store
from analysis.stores import SqliteForms

FORMS = SqliteForms(
    "会话文件",
    ("CREATE TABLE session (digest TEXT PRIMARY KEY, account TEXT NOT NULL, stamp TEXT NOT NULL, "
     "begun REAL NOT NULL, seen REAL NOT NULL)",),
)  # fmt: skip
#: What a session does is noted once in so many seconds: most requests then only read.
NOTED_EVERY_S = 30.0


class Sessions:
    """The sessions at a path; each ends ``longest_s`` after its login, or ``idle_s`` of nothing."""

    def __init__(
        self, path: Path, longest_s: float, idle_s: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the file that is, or will be, at ``path``."""
        self._store = Store(path, FORMS, "请删掉它，各处要重新登录")
        self._longest_s, self._idle_s, self._clock = longest_s, idle_s, clock

    def begin(self, account: str, stamp: str) -> str:
        """Begin a session of an account, and give its number; what is over is swept."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._store.writing() as con:
            con.execute(
                "DELETE FROM session WHERE begun < ? OR seen < ?",
                (now - self._longest_s, now - self._idle_s),
            )
            con.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                (_digest(token), account, stamp, now, now),
            )
        return token

    def is_open(self, token: str, account: str, stamp: str, is_active: bool = True) -> bool:
        """Whether a session of that account, begun under that stamp, goes on.

        ``is_active`` is a person's doing, which keeps it going.
        """
        if not token or not self._store.path.exists():
            return False
        now = self._clock()
        with self._store.reading() as con:
            row = con.execute(
                "SELECT seen FROM session WHERE digest = ? AND account = ? AND stamp = ? "
                "AND begun >= ? AND seen >= ?",
                (_digest(token), account, stamp, now - self._longest_s, now - self._idle_s),
            ).fetchone()
        if row is None:
            return False
        if is_active and now - row[0] > NOTED_EVERY_S:
            with self._store.writing() as con:
                con.execute("UPDATE session SET seen = ? WHERE digest = ?", (now, _digest(token)))
        return True

    def end(self, token: str) -> None:
        """End a session, for whoever holds its number."""
        with self._store.writing() as con:
            con.execute("DELETE FROM session WHERE digest = ?", (_digest(token),))


def _digest(token: str) -> str:
    """What is kept of a number: who reads the file can log in with none."""
    return hashlib.sha256(token.encode()).hexdigest()
