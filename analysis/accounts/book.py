"""The accounts: name, role, whose rows they may see, and a password that only its hash is kept of.

They live in one SQLite file beside the ledgers, so that every worker process sees at once that a
password was changed or an account was disabled.
"""

import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from analysis.errors import YanpanError
from analysis.stores import BUSY_S, SqliteForms, bring_forward


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
SHORTEST = 10
FEWEST_DISTINCT = 5
#: So many wrong passwords are a slip; from then on the account waits, each time twice as long.
FREE_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)

_SCHEMA = """
CREATE TABLE account (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, unit TEXT NOT NULL, person TEXT NOT NULL,
    password TEXT NOT NULL, is_disabled INTEGER NOT NULL DEFAULT 0,
    stamp TEXT NOT NULL, made_on TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
    waits_until TEXT NOT NULL DEFAULT '', last_login TEXT NOT NULL DEFAULT ''
)
"""
FORMS = SqliteForms("账号文件", (_SCHEMA,))


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
        self._clock = clock
        self._hasher = PasswordHasher()

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
            name, role.value, unit.strip(), person.strip(), self._hasher.hash(password),
            secrets.token_hex(8), self._now(),
        )  # fmt: skip
        try:
            with self._writing() as con:
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
        self._change(
            name, password=self._hasher.hash(password), stamp=secrets.token_hex(8), failures=0,
            waits_until="",
        )  # fmt: skip
        return self._known(name)

    def set_disabled(self, name: str, is_disabled: bool) -> Account:
        """Disable an account and end its sessions, or let it in again.

        Raises:
            YanpanError: there is no such account.

        """
        self._known(name)
        self._change(name, is_disabled=int(is_disabled), stamp=secrets.token_hex(8))
        return self._known(name)

    def log_in(self, name: str, password: str) -> Account:
        """The account whose name and password these are.

        Raises:
            YanpanError: they are nobody's, the account is disabled, or it has to wait after too
                many wrong passwords; which of the first two is not told.

        """
        refused = YanpanError("账号或密码不对。")
        with self._writing() as con:  # one attempt at a time: no two are counted as one
            row = con.execute(
                "SELECT password, is_disabled, failures, waits_until FROM account WHERE name = ?",
                (name,),
            ).fetchone()
            if row is None:
                self._hasher.hash(password)  # as long as a comparison takes, so that time is mute
                raise refused
            known, is_disabled, failures, waits_until = row
            if waits_until > self._now():
                until = datetime.fromisoformat(waits_until)
                raise YanpanError(f"密码错的次数太多，请在 {until:%H:%M} 以后再试。")
            is_right = self._is_right(known, password)
            if is_right and not is_disabled:
                con.execute(
                    "UPDATE account SET failures = 0, waits_until = '', last_login = ? "
                    "WHERE name = ?", (self._now(), name),
                )  # fmt: skip
            else:
                con.execute(
                    "UPDATE account SET failures = failures + 1, waits_until = ? WHERE name = ?",
                    (self._wait_after(failures + 1), name),
                )
        if not is_right or is_disabled:
            raise refused
        return self._known(name)

    def _is_right(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    def _wait_after(self, failures: int) -> str:
        if failures < FREE_FAILURES:
            return ""
        wait = min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_WAIT)
        return str((self._clock() + wait).isoformat(timespec="seconds"))

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
        with self._reading() as con:
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
        with self._writing() as con:
            con.execute(
                f"UPDATE account SET {names} WHERE name = ?",  # noqa: S608 - names are ours
                (*values.values(), name),
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_S)) as con:
                bring_forward(con, self.path, FORMS)
                yield con
        except sqlite3.DatabaseError as error:
            raise YanpanError(f"账号文件 {self.path.name} 读不了，请从备份恢复：{error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other writer runs beside."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(0o600)  # hashes are for nobody else to try out
        with closing(sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)) as con:
            bring_forward(con, self.path, FORMS)
            con.execute("BEGIN IMMEDIATE")
            try:
                yield con
            except sqlite3.Error:
                con.execute("ROLLBACK")
                raise
            except YanpanError:
                con.execute("COMMIT")
                raise
            con.execute("COMMIT")


def must_be_strong(name: str, password: str) -> None:
    """Refuse a password that would be guessed.

    Raises:
        YanpanError: it is too short, too plain, or holds the account's name.

    """
    if len(password) < SHORTEST:
        raise YanpanError(f"密码至少 {SHORTEST} 个字符。")
    if len(set(password)) < FEWEST_DISTINCT or name.lower() in password.lower():
        raise YanpanError("密码太容易猜：不要只用几个字符反复，也不要含有账号名。")


def new_password() -> str:
    """A password that nobody guesses, of characters that nobody confuses."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))
