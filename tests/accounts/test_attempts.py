"""Wrong passwords: who guesses waits, the owner does not, and no answer tells which names exist."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analysis.accounts.attempts import FREE_ANYWHERE, FREE_FAILURES, LONGEST_NAME, Attempts


class Clock:
    now = datetime(2023, 11, 15, 9, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(tmp_path: Path, clock: Clock) -> Attempts:
    return Attempts(tmp_path / "attempts.sqlite", clock)


def fail(attempts: Attempts, name: str, address: str, times: int = 1) -> None:
    for _ in range(times):
        attempts.note_failure(name, address)


def wait(attempts: Attempts, clock: Clock, name: str, address: str) -> timedelta | None:
    until = attempts.waits_until(name, address)
    return until - clock.now if until else None


def test_who_guesses_waits_and_twice_as_long_each_time(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, "甲", "10.0.0.1", FREE_FAILURES - 1)
    assert wait(attempts, clock, "甲", "10.0.0.1") is None
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        fail(attempts, "甲", "10.0.0.1")
        assert wait(attempts, clock, "甲", "10.0.0.1") == timedelta(minutes=minutes)


def test_the_owner_elsewhere_and_other_accounts_do_not_wait(
    attempts: Attempts, clock: Clock
) -> None:
    fail(attempts, "甲", "10.0.0.1", FREE_FAILURES)
    assert wait(attempts, clock, "甲", "10.0.0.2") is None
    assert wait(attempts, clock, "乙", "10.0.0.1") is None


def test_who_guesses_from_many_addresses_makes_all_wait_but_those_that_are_known(
    attempts: Attempts, clock: Clock
) -> None:
    attempts.note_success("甲", "10.0.0.1")
    for number in range(FREE_ANYWHERE):
        assert wait(attempts, clock, "甲", f"10.9.0.{number}") is None
        fail(attempts, "甲", f"10.9.0.{number}")
    assert wait(attempts, clock, "甲", "10.9.9.9") == timedelta(minutes=1)
    assert wait(attempts, clock, "甲", "10.0.0.1") is None
    assert wait(attempts, clock, "乙", "10.9.9.9") is None


def test_a_login_and_a_day_begin_the_count_anew(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, "甲", "10.0.0.1", FREE_FAILURES - 1)
    attempts.note_success("甲", "10.0.0.1")
    fail(attempts, "甲", "10.0.0.1", FREE_FAILURES - 1)
    assert wait(attempts, clock, "甲", "10.0.0.1") is None
    fail(attempts, "乙", "10.0.0.2", FREE_FAILURES - 1)
    clock.now += timedelta(days=1, seconds=1)
    fail(attempts, "乙", "10.0.0.2")
    assert wait(attempts, clock, "乙", "10.0.0.2") is None


def test_a_name_can_be_let_in_again(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, "甲", "10.0.0.1", FREE_FAILURES)
    attempts.forget("甲")
    assert wait(attempts, clock, "甲", "10.0.0.1") is None


def test_what_is_kept_of_a_name_is_short(attempts: Attempts, tmp_path: Path) -> None:
    fail(attempts, "x" * 100_000, "10.0.0.1", FREE_FAILURES)
    assert attempts.waits_until("x" * LONGEST_NAME, "10.0.0.1")
    assert (tmp_path / "attempts.sqlite").stat().st_size < 50_000
