"""A call in a process of its own: its result comes back, and whatever ends it is told."""

import os
import signal
import sys
import time

import pytest

from analysis.confined import GIBIBYTE, Bounds, Confined, EndedError, LateError
from analysis.errors import SourceError

BOUNDS = Bounds(GIBIBYTE, 30)
needs_signals = pytest.mark.skipif(os.name == "nt", reason="no signals")
needs_bounds = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")


@pytest.fixture
def confined() -> object:
    process = Confined(__name__)
    yield process
    process.stop()


def add(one: int, other: int) -> int:
    return one + other


def chatter() -> str:
    os.write(1, b"what a library prints")
    return "done"


def fail() -> None:
    raise ZeroDivisionError("no such number")


def tell() -> None:
    raise SourceError("甲.xlsx：请重新保存。")


def take(size: int) -> int:
    return len(bytes(size))


def leave() -> None:
    os._exit(3)


def number_of_process() -> int:
    return os.getpid()


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_the_result_comes_back_whatever_is_printed_meanwhile(confined: Confined) -> None:
    assert confined.call(BOUNDS, add, 2, 3) == 5
    assert confined.call(BOUNDS, chatter) == "done"


def test_one_process_takes_one_call_after_the_other(confined: Confined) -> None:
    first = confined.call(BOUNDS, number_of_process)
    assert first != os.getpid()
    assert confined.call(BOUNDS, number_of_process) == first


def test_a_fault_of_the_users_is_raised_as_it_is(confined: Confined) -> None:
    with pytest.raises(SourceError, match=r"^甲\.xlsx：请重新保存。$"):
        confined.call(BOUNDS, tell)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bounds", "function", "arguments", "says"),
    [
        (BOUNDS, fail, (), "程序出错（ZeroDivisionError: no such number）"),
        (BOUNDS, int, ("9" * 5000,), "里面有一串几千位的数字，请删去再报"),
        (BOUNDS, leave, (), "程序中止（退出码 3"),
        pytest.param(BOUNDS, os.abort, (), "程序中止（SIGABRT", marks=needs_signals),
        pytest.param(
            BOUNDS, signal.raise_signal, (11,), "程序中止（SIGSEGV", marks=needs_signals
        ),
        pytest.param(BOUNDS, signal.raise_signal, (9,), "被系统结束", marks=needs_signals),
        pytest.param(BOUNDS, take, (2 * GIBIBYTE,), "内存超过 1.0 GB", marks=needs_bounds),
        (Bounds(GIBIBYTE, 0.3), time.sleep, (60,), "超过 0.3 秒"),
    ],
)  # fmt: skip
def test_whatever_ends_a_call_is_told_and_the_next_one_runs(
    confined: Confined, bounds: Bounds, function: object, arguments: tuple[int], says: str
) -> None:
    assert confined.call(BOUNDS, add, 1, 1) == 2
    with pytest.raises(EndedError) as caught:
        confined.call(bounds, function, *arguments)  # type: ignore[arg-type]
    assert str(caught.value).startswith(says)
    assert confined.call(BOUNDS, add, 1, 1) == 2


@pytest.mark.slow
def test_whoever_took_too_long_is_told_from_what_broke(confined: Confined) -> None:
    with pytest.raises(LateError):
        confined.call(Bounds(GIBIBYTE, 0.3), time.sleep, 60)
    with pytest.raises(EndedError) as caught:
        confined.call(BOUNDS, leave)
    assert not isinstance(caught.value, LateError)


@needs_bounds
def test_a_bound_holds_for_its_own_call_alone(confined: Confined) -> None:
    with pytest.raises(EndedError):
        confined.call(BOUNDS, take, GIBIBYTE)
    assert confined.call(Bounds(3 * GIBIBYTE, 30), take, GIBIBYTE) == GIBIBYTE


def test_a_process_that_died_between_two_calls_is_begun_again(confined: Confined) -> None:
    first = confined.call(BOUNDS, number_of_process)
    os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
    confined._process and confined._process.wait()
    assert confined.call(BOUNDS, number_of_process) != first


@needs_signals
def test_a_process_gives_way_from_its_start_on() -> None:
    wanted = min(niceness() + 3, 19)
    nicer = Confined(__name__, wanted)
    assert nicer.call(BOUNDS, niceness) == wanted
    nicer.stop()
