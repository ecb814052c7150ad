"""A session lives in the file: it ends by log-out, by its hours, by an hour of nothing."""

from pathlib import Path

import pytest

from analysis.accounts import Sessions
from analysis.errors import YanpanError

LONGEST_S, IDLE_S = 36_000.0, 3_600.0


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    return Sessions(tmp_path / "sessions.sqlite", LONGEST_S, IDLE_S, clock)


def test_a_session_is_its_accounts_under_its_stamp_alone(sessions: Sessions) -> None:
    assert not sessions.is_open("x", "甲", "s1")  # before anybody was here
    number = sessions.begin("甲", "s1")
    assert sessions.is_open(number, "甲", "s1")
    for other in (("", "甲", "s1"), ("x", "甲", "s1"), (number, "乙", "s1"), (number, "甲", "s2")):
        assert not sessions.is_open(*other)


def test_a_log_out_ends_it_and_no_other(sessions: Sessions) -> None:
    one, other = sessions.begin("甲", "s1"), sessions.begin("甲", "s1")
    sessions.end(one)
    assert not sessions.is_open(one, "甲", "s1")
    assert sessions.is_open(other, "甲", "s1")


def test_a_log_in_sweeps_what_is_over_and_ends_nobodys(sessions: Sessions, clock: Clock) -> None:
    old = sessions.begin("甲", "s1")
    clock.now += IDLE_S - 1
    young = sessions.begin("乙", "s1")
    assert sessions.is_open(old, "甲", "s1", is_active=False)
    clock.now += 2
    sessions.begin("丙", "s1")
    clock.now -= 2  # as if the first had not ended yet: it is gone all the same
    assert not sessions.is_open(old, "甲", "s1")
    assert sessions.is_open(young, "乙", "s1")


def test_it_ends_after_an_hour_of_nothing_and_goes_on_while_somebody_works(
    sessions: Sessions, clock: Clock
) -> None:
    number = sessions.begin("甲", "s1")
    for _ in range(9):
        clock.now += IDLE_S - 1
        assert sessions.is_open(number, "甲", "s1")
    clock.now += IDLE_S - 1
    assert sessions.is_open(number, "甲", "s1", is_active=False)
    clock.now += 2
    assert not sessions.is_open(number, "甲", "s1")


def test_it_ends_after_its_hours_whatever_is_done(sessions: Sessions, clock: Clock) -> None:
    number = sessions.begin("甲", "s1")
    while clock.now < 1_000_000 + LONGEST_S - 600:
        clock.now += 600
        assert sessions.is_open(number, "甲", "s1")
    clock.now += 601
    assert not sessions.is_open(number, "甲", "s1")


def test_the_file_is_its_owners_and_holds_no_number(sessions: Sessions, tmp_path: Path) -> None:
    number = sessions.begin("甲", "s1")
    path = tmp_path / "sessions.sqlite"
    assert number.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "sessions.sqlite").write_bytes(b"nothing" * 1000)
    with pytest.raises(YanpanError, match="请删掉它"):
        Sessions(tmp_path / "sessions.sqlite", 1, 1).begin("甲", "s1")
