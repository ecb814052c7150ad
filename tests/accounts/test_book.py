"""Accounts: made, refused, locked after wrong passwords, ended by a new password."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analysis.accounts import Account, Accounts, Role
from analysis.accounts.attempts import FREE_FAILURES
from analysis.errors import YanpanError

GOOD = "correct-horse-7"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2023, 11, 15, 9, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick_book(quick_passwords: None, tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts(tmp_path / "accounts.sqlite", clock)


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts(tmp_path / "accounts.sqlite", clock)


@pytest.mark.slow
def test_an_account_logs_in_with_its_own_password_alone(book: Accounts) -> None:
    assert not book.has_any()
    made = book.add("教育局", Role.UNIT, GOOD, unit="县教育局", person="张三")
    assert (made.unit, made.signs_as, made.is_office) == ("县教育局", "张三", False)
    assert book.log_in("教育局", GOOD).last_login == "2023-11-15T09:00:00"
    for name, password in (("教育局", GOOD + "x"), ("教育局", ""), ("没有", GOOD), ("", "")):
        with pytest.raises(YanpanError, match=r"^账号或密码不对。$"):
            book.log_in(name, password)


def test_no_password_stands_in_the_file(book: Accounts) -> None:
    book.add("office", Role.OFFICE, GOOD)
    assert GOOD.encode() not in book.path.read_bytes()
    (kept,) = sqlite3.connect(book.path).execute("SELECT password FROM account").fetchone()
    assert kept.startswith("$argon2id$")
    assert book.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "role", "password", "more", "said"),
    [
        ("a", Role.OFFICE, GOOD, {}, "2 至 40"),
        ("../../etc", Role.OFFICE, GOOD, {}, "2 至 40"),
        ("<b>x</b>", Role.OFFICE, GOOD, {}, "2 至 40"),
        ("office", Role.OFFICE, "short", {}, "至少 10"),
        ("office", Role.OFFICE, "aaaaaaaaaaaa", {}, "太容易猜"),
        ("office", Role.OFFICE, "my-Office-2023", {}, "太容易猜"),
        ("unit1", Role.UNIT, GOOD, {}, "--unit"),
        ("insp1", Role.INSPECTOR, GOOD, {"unit": "县教育局"}, "--person"),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    book: Accounts, name: str, role: Role, password: str, more: dict[str, str], said: str
) -> None:
    with pytest.raises(YanpanError, match=said):
        book.add(name, role, password, **more)
    assert book.everyone() == []


@pytest.mark.slow
def test_a_name_is_given_once(book: Accounts) -> None:
    book.add("office", Role.OFFICE, GOOD)
    with pytest.raises(YanpanError, match="已经有了"):
        book.add("office", Role.LEADER, GOOD)
    assert [account.role for account in book.everyone()] == [Role.OFFICE]


def fail(book: Accounts, times: int) -> None:
    for _ in range(times):
        with pytest.raises(YanpanError):
            book.log_in("office", "wrong")


@pytest.mark.slow
def test_wrong_passwords_make_an_account_wait_longer_each_time(
    book: Accounts, clock: Clock
) -> None:
    book.add("office", Role.OFFICE, GOOD)
    fail(book, FREE_FAILURES)
    with pytest.raises(YanpanError, match="09:01 以后再试"):
        book.log_in("office", GOOD)  # the right one has to wait too
    clock.now += timedelta(seconds=61)
    fail(book, 1)
    with pytest.raises(YanpanError, match="09:03 以后再试"):
        book.log_in("office", GOOD)
    clock.now += timedelta(minutes=3)
    book.log_in("office", GOOD)
    fail(book, FREE_FAILURES - 1)  # the count began anew
    book.log_in("office", GOOD)


@pytest.mark.slow
def test_the_wait_is_no_longer_than_an_hour_and_a_new_password_ends_it(
    quick_book: Accounts, clock: Clock
) -> None:
    quick_book.add("office", Role.OFFICE, GOOD)
    for _ in range(30):
        clock.now += timedelta(hours=1, seconds=1)
        fail(quick_book, 1)
    with pytest.raises(YanpanError, match="以后再试"):
        quick_book.log_in("office", GOOD)
    quick_book.set_password("office", "another-word-8")
    assert quick_book.log_in("office", "another-word-8")


@pytest.mark.slow
def test_a_new_password_and_a_disabled_account_end_what_was_begun(book: Accounts) -> None:
    stamps = {book.add("office", Role.OFFICE, GOOD).stamp}
    stamps.add(book.set_password("office", "another-word-8").stamp)
    stamps.add(book.set_disabled("office", True).stamp)
    assert len(stamps) == 3
    assert not book.has_any()
    with pytest.raises(YanpanError, match="账号或密码不对"):
        book.log_in("office", "another-word-8")
    book.set_disabled("office", False)
    account: Account = book.log_in("office", "another-word-8")
    assert account.is_office


def test_a_new_password_is_another(quick_book: Accounts) -> None:
    quick_book.add("office", Role.OFFICE, GOOD)
    with pytest.raises(YanpanError, match="新密码和现在的一样"):
        quick_book.change_password("office", GOOD, GOOD)
    with pytest.raises(YanpanError):
        quick_book.change_password("office", "wrong", "another-word-8")
    quick_book.change_password("office", GOOD, "another-word-8")
    assert quick_book.log_in("office", "another-word-8")


@pytest.mark.parametrize("change", ["set_password", "set_disabled"])
def test_an_account_that_is_not_there_cannot_be_changed(book: Accounts, change: str) -> None:
    with pytest.raises(YanpanError, match="没有账号“x1”"):
        getattr(book, change)("x1", "another-word-8")


def test_a_broken_file_is_one_line(book: Accounts) -> None:
    book.path.write_bytes(b"nothing" * 1000)
    with pytest.raises(YanpanError, match="从备份恢复"):
        book.everyone()
