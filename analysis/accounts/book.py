"""The accounts: name, role, whose rows they may see, and a password that only its hash is kept of.

They live in one SQLite file beside the ledgers, so that every worker process sees at once that a
password was changed or an account was disabled.
"""

import re
import secrets
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from analysis.accounts.attempts import Attempts
from analysis.accounts.passwords import must_be_strong
from analysis.accounts.store import Store
from analysis.errors import YanpanError
from analysis.stores import SqliteForms


class Role(StrEnum):
    """What an account is for."""

    OFFICE = "office"
    LEADER = "leader"
    UNIT = "unit"
    INSPECTOR = "inspector"


ROLES = {
    Role.OFFICE: "专班办公室（全部，可管理）",
    Role.LEADER: "领导（全部，只看）",
    Role.UNIT: "成员单位（本单位的事项和报送）",
    Role.INSPECTOR: "检查人员（本人的检查）",
}
#: A name is typed at the login, and stands in the log and in file names.
NAME = re.compile(r"[\w.@-]{2,40}")
#: So many passwords are hashed at once in a process: each takes 64 MB and all the cores it gets.
MOST_HASHED = 2
_HASHING = threading.BoundedSemaphore(MOST_HASHED)

_SCHEMA = """
CREATE TABLE account (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, unit TEXT NOT NULL, person TEXT NOT NULL,
    password TEXT NOT NULL, is_disabled INTEGER NOT NULL DEFAULT 0,
    stamp TEXT NOT NULL, made_on TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
    waits_until TEXT NOT NULL DEFAULT '', last_login TEXT NOT NULL DEFAULT '',
    issuer TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT ''
)
"""
#: Form 1 counted failures here and knew nobody by what a provider of identities calls him.
FORMS = SqliteForms(
    "账号文件", (_SCHEMA,),
    (
        (
            "ALTER TABLE account ADD COLUMN issuer TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE account ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One account; ``stamp`` changes with the password, and ends every session begun before.

    ``unit`` is whose rows a unit's account sees, ``person`` is who the account belongs to: an
    inspector sees the inspections that name him.
    """

    name: str
    role: Role
    unit: str
    person: str
    is_disabled: bool
    stamp: str
    made_on: str
    last_login: str

    @property
    def is_office(self) -> bool:
        """Whether the account may manage, record acceptance, and see telephone numbers."""
        return self.role is Role.OFFICE

    @property
    def signs_as(self) -> str:
        """How the log and the submissions name whoever uses the account."""
        return self.person or self.name


class Accounts:
    """The book of accounts at a path; without the file there are none."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = datetime.now) -> None:
        """Open the book that is, or will be, at ``path``."""
        self.path = path
        self._store = Store(path, FORMS, "请从备份恢复")
        self._clock = clock
        self._hasher = PasswordHasher()
        #: Wrong passwords are no property of an account, and are in no backup.
        self.attempts = Attempts(path.with_name("attempts.sqlite"), clock)

    def everyone(self) -> list[Account]:
        """All accounts by name."""
        return self._select("ORDER BY name")

    def get(self, name: str) -> Account | None:
        """One account, disabled or not."""
        return next(iter(self._select("WHERE name = ?", name)), None)

    def has_any(self) -> bool:
        """Whether somebody could log in."""
        return any(not account.is_disabled for account in self.everyone())

    def add(
        self, name: str, role: Role, password: str, unit: str = "", person: str = ""
    ) -> Account:
        """Make an account.

        Raises:
            YanpanError: the name is taken or no name, the password is weak, or a unit's account
                names no unit, an inspector's no person.

        """
        if not NAME.fullmatch(name):
            raise YanpanError("账号名为 2 至 40 个字，可用汉字、字母、数字和 . _ - @。")
        if role is Role.UNIT and not unit.strip():
            raise YanpanError("成员单位的账号请用 --unit 写明是哪个单位。")
        if role is Role.INSPECTOR and not person.strip():
            raise YanpanError("检查人员的账号请用 --person 写明姓名，与检查台账上的一致。")
        must_be_strong(name, password)
        row = (
            name, role.value, unit.strip(), person.strip(), self._hash(password),
            secrets.token_hex(8), self._now(),
        )  # fmt: skip
        try:
            with self._store.writing() as con:
                con.execute(
                    "INSERT INTO account (name, role, unit, person, password, stamp, made_on) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)", row,
                )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise YanpanError(f"账号“{name}”已经有了；改密码用 yanpan user passwd。") from error
        return self._known(name)

    def set_password(self, name: str, password: str) -> Account:
        """Change a password; sessions begun with the old one end, and a wait is lifted.

        Raises:
            YanpanError: there is no such account, or the password is weak.

        """
        self._known(name)
        must_be_strong(name, password)
        self._change(name, password=self._hash(password), stamp=secrets.token_hex(8))
        self.attempts.forget(name)
        return self._known(name)

    def change_password(self, name: str, now: str, password: str, address: str = "") -> Account:
        """Change one's own password, by the one that holds.

        Raises:
            YanpanError: the one that holds is another, or the new one is weak or the same.

        """
        self.log_in(name, now, address)
        if password == now:
            raise YanpanError("新密码和现在的一样，没有改；请换一个。")
        return self.set_password(name, password)

    def set_disabled(self, name: str, is_disabled: bool) -> Account:
        """Disable an account and end its sessions, or let it in again.

        Raises:
            YanpanError: there is no such account.

        """
        self._known(name)
        self._change(name, is_disabled=int(is_disabled), stamp=secrets.token_hex(8))
        return self._known(name)

    def log_in(self, name: str, password: str, address: str = "") -> Account:
        """The account whose name and password these are; ``address`` is where they come from.

        Raises:
            YanpanError: they are nobody's, the account is disabled, or too many wrong passwords
                came from there; the first two are told alike, and the third whether there is such
                an account or not.

        """
        if until := self.attempts.waits_until(name, address):
            raise YanpanError(f"密码错的次数太多，请在 {until:%H:%M} 以后再试。")
        known, is_disabled = self._password_of(name)
        # Outside of any lock: nobody else waits for it. So attempts at one moment are as many as
        # there are threads of the server.
        if not self._is_right(known, password) or is_disabled:
            self.attempts.note_failure(name, address)
            raise YanpanError("账号或密码不对。")
        self.attempts.note_success(name, address)
        self._change(name, last_login=self._now())
        return self._known(name)

    def bind(self, name: str, issuer: str, subject: str) -> Account | None:
        """The account of whom a provider calls ``subject``; at his first time it is that of the
        name that the provider gives, and his from then on.

        None where there is no such account, it is disabled, or it is somebody else's.
        """
        if not issuer or not subject:
            return None
        with self._store.writing() as con:
            row = (
                con.execute(
                    "SELECT name FROM account WHERE issuer = ? AND subject = ?", (issuer, subject)
                ).fetchone()
                or con.execute(
                    "UPDATE account SET issuer = ?, subject = ? "
                    "WHERE name = ? AND subject = '' AND NOT is_disabled RETURNING name",
                    (issuer, subject, name),
                ).fetchone()
            )
        account = self.get(row[0]) if row else None
        return account if account and not account.is_disabled else None

    def unbind(self, name: str) -> Account:
        """Let an account be somebody else's at the provider, from his next login on.

        Raises:
            YanpanError: there is no such account.

        """
        self._known(name)
        self._change(name, issuer="", subject="", stamp=secrets.token_hex(8))
        return self._known(name)

    def _password_of(self, name: str) -> tuple[str, bool]:
        """The hash of an account's password, and whether it is disabled; of nobody's name none."""
        if not self.path.exists():
            return "", False
        with self._store.reading() as con:
            row = con.execute(
                "SELECT password, is_disabled FROM account WHERE name = ?", (name,)
            ).fetchone()
        return (row[0], bool(row[1])) if row else ("", False)

    def _is_right(self, known: str, password: str) -> bool:
        if not known:
            self._hash(password)  # as long as a comparison takes, so that time is mute
            return False
        try:
            with _HASHING:
                return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    def _hash(self, password: str) -> str:
        with _HASHING:
            return self._hasher.hash(password)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _known(self, name: str) -> Account:
        account = self.get(name)
        if account is None:
            raise YanpanError(f"没有账号“{name}”；yanpan user list 列出全部。")
        return account

    def _select(self, rest: str, *values: str) -> list[Account]:
        if not self.path.exists():
            return []
        with self._store.reading() as con:
            rows = con.execute(
                "SELECT name, role, unit, person, is_disabled, stamp, made_on, last_login "  # noqa: S608
                f"FROM account {rest}",
                values,
            ).fetchall()
        return [
            Account(name, Role(role), unit, person, bool(is_disabled), *rest)
            for name, role, unit, person, is_disabled, *rest in rows
        ]

    def _change(self, name: str, **values: str | int) -> None:
        names = ", ".join(f"{column} = ?" for column in values)
        with self._store.writing() as con:
            con.execute(
                f"UPDATE account SET {names} WHERE name = ?",  # noqa: S608 - names are ours
                (*values.values(), name),
            )
