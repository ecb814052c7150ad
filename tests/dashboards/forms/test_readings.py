"""Readings of uploads: no unit waits for another's, nothing is read twice, failures are kept."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.confined import Confined, EndedError, LateError
from analysis.errors import YanpanError
from analysis.intake.drafts import Draft
from analysis.settings import Settings
from dashboards.forms import readings
from dashboards.forms.readings import Readings

HOME = Settings(home=Path())


class Desk:
    """Stands for the processes: each file is read when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun: list[str] = []
        self.changed = threading.Condition()
        self.gates: dict[str, threading.Event] = {}
        self.fails: set[str] = set()
        #: Files that take longer than a reader of small ones gives them.
        self.is_long: set[str] = set()

    def call(self, _: Confined, bounds: Any, function: Any, settings: Any, draft: Draft) -> str:
        if self.folder not in draft.path.parents:
            return ""  # a thread of the test before has it still in its queue
        with self.changed:
            self.begun.append(draft.token)
            gate = self.gates.get(draft.token)
            self.changed.notify_all()
        if draft.token in self.is_long and bounds.seconds < readings.LONGEST_ODD_S:
            raise LateError("超过 10 秒没有结束")
        if gate:
            gate.wait(30)
        if draft.token in self.fails:
            raise EndedError("超过 60 秒没有结束")
        return f"{draft.token} 读好"

    def await_begun(self, *tokens: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: set(tokens) <= set(self.begun), 30)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    monkeypatch.setattr(Confined, "call", lambda self, *about: desk.call(self, *about))
    monkeypatch.setattr(readings, "LONGEST_WAIT_S", 0.05)
    yield desk
    for gate in desk.gates.values():
        gate.set()


def draft(folder: Path, token: str, unit: str, size: int = 1) -> Draft:
    made = Draft(token, unit, unit, "台账.csv", "0", "2023-11-15", folder / token)
    made.path.parent.mkdir(parents=True)
    made.path.write_bytes(b"x" * size)
    return made


def result(read: Readings, made: Draft) -> Any:
    """What is told of a draft in the end, as a page that asks again by itself sees it."""
    while (answer := read.of(HOME, made)) is None:
        pass
    return answer


def test_a_slow_file_of_one_unit_keeps_no_other_waiting(tmp_path: Path, desk: Desk) -> None:
    desk.gates = {f"甲{n}": threading.Event() for n in range(5)}
    read = Readings()
    for token in desk.gates:  # whoever sends five slow files has one of them read
        assert read.of(HOME, draft(tmp_path, token, "甲局")) is None
    for number in range(3):
        made = draft(tmp_path, f"乙{number}", "乙局")
        assert result(read, made) == f"乙{number} 读好"
    assert [token for token in desk.begun if token in desk.gates] == ["甲0"]


def test_small_files_that_take_long_give_way_and_are_read_apart(tmp_path: Path, desk: Desk) -> None:
    slow = [f"{unit}{n}" for unit in "甲乙丙" for n in range(2)]
    desk.is_long = set(slow)
    desk.gates = {token: threading.Event() for token in slow}
    read = Readings()
    for token in slow:
        assert read.of(HOME, draft(tmp_path, token, f"{token[0]}局")) is None
    desk.await_begun("甲0", "乙0", "丙0")
    # three units, two files each, and the two quick readers are free again
    assert result(read, draft(tmp_path, "丁0", "丁局")) == "丁0 读好"
    assert result(read, draft(tmp_path, "戊0", "戊局")) == "戊0 读好"
    desk.gates["甲0"].set()
    assert result(read, read._known["甲0"].draft) == "甲0 读好"
    desk.await_begun("甲1")  # a unit's second file waits for its first, wherever that is read
    assert desk.begun.count("甲0") == 2


def test_large_files_keep_no_small_one_waiting(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "LARGE", 10)
    desk.gates = {f"大{n}": threading.Event() for n in range(4)}
    read = Readings()
    for token in desk.gates:
        assert read.of(HOME, draft(tmp_path, token, f"{token}局", 11)) is None
    desk.await_begun("大0")
    made = draft(tmp_path, "小", "小局")
    assert result(read, made) == "小 读好"
    assert desk.begun == ["大0", "小"]


def test_who_sends_one_large_file_after_the_other_waits_for_who_sends_one(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "LARGE", 10)
    desk.gates = {"甲0": threading.Event()}
    read = Readings()
    sent = [draft(tmp_path, f"甲{n}", "甲局", 11) for n in range(3)]
    for made in sent:
        assert read.of(HOME, made) is None
    desk.await_begun("甲0")
    other = draft(tmp_path, "乙0", "乙局", 11)
    assert read.of(HOME, other) is None
    desk.gates["甲0"].set()
    assert result(read, sent[-1]) == "甲2 读好"
    assert desk.begun == ["甲0", "乙0", "甲1", "甲2"]


def test_what_became_of_a_file_is_remembered(tmp_path: Path, desk: Desk) -> None:
    read = Readings()
    good, bad = draft(tmp_path, "好", "甲局"), draft(tmp_path, "坏", "乙局")
    desk.fails.add("坏")
    for _ in range(3):
        assert result(read, good) == "好 读好"
        with pytest.raises(YanpanError, match="这个文件读不下来（超过 60 秒没有结束）"):
            result(read, bad)
    assert sorted(desk.begun) == ["坏", "好"]
    read.forget(good)
    result(read, good)
    assert desk.begun.count("好") == 2


def test_few_threads_wait_at_once_and_one_for_each_file(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "LONGEST_WAIT_S", 30)
    desk.gates = {f"甲{n}": threading.Event() for n in range(readings.MOST_WAITING + 1)}
    read = Readings()
    drafts = [draft(tmp_path, token, f"{token}局") for token in desk.gates]
    waiting = [
        threading.Thread(target=read.of, args=(HOME, each))
        for each in drafts[: readings.MOST_WAITING]
    ]
    for each in waiting:
        each.start()
    while not all(each.is_awaited for each in read._known.values()) or len(read._known) < 3:
        waiting[0].join(0.01)
    assert read.of(HOME, drafts[0]) is None  # at once: somebody waits for it already
    assert read.of(HOME, drafts[-1]) is None  # at once: as many wait as may
    for gate in desk.gates.values():
        gate.set()
    for each in waiting:
        each.join()


def test_where_people_are_served_processes_wait_for_files_and_a_file_for_nobody_to_look(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = threading.Semaphore(0)
    monkeypatch.setattr(Confined, "start", lambda _: started.release())
    read = Readings()
    read.prepare()
    assert not started.acquire(blocking=False)  # one person's own dashboard: nothing runs ahead
    read.is_ready_ahead = True
    read.prepare()
    for _ in range(readings.SMALL_READERS):
        assert started.acquire(timeout=30)
    read.begin(HOME, draft(tmp_path, "甲", "甲局"))
    desk.await_begun("甲")


class Clock:
    """The seconds that reading a file takes: what the test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(readings.time, "monotonic", lambda: self.now)


@pytest.mark.parametrize(
    ("unit", "before", "takes", "is_taken"),
    [
        ("甲局", 59.0, 1.0, True),
        ("甲局", 59.0, 2.4, False),
        ("甲局", 500.0, 2.0, True),  # whatever came before it, this one is quick
        ("甲局", 0.0, 29.0, True),
        ("", 500.0, 29.0, True),  # the office brings in years of ledgers
    ],
)
def test_a_unit_whose_files_all_take_long_is_told_to_wait(
    unit: str, before: float, takes: float, is_taken: bool, tmp_path: Path, desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = Draft("甲", "某甲", unit, "台账.csv", "0", "2023-11-15", tmp_path / "甲")
    made.path.parent.mkdir(parents=True)
    made.path.write_bytes(b"x")
    read = Readings()
    read._spent.add(unit or "账号 某甲", before)
    clock = Clock(monkeypatch)
    call = desk.call

    def slow(*about: Any) -> str:
        clock.now += takes
        return call(*about)

    monkeypatch.setattr(Confined, "call", lambda self, *about: slow(self, *about))
    if is_taken:
        assert result(read, made) == "甲 读好"
        return
    with pytest.raises(YanpanError, match="甲局刚才报送的文件一共读了 61 秒，会耽误别的单位"):
        result(read, made)
