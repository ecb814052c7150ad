"""Calls in a process of its own, within bounds: what a stranger's file brings down is that process.

A library may abort, overflow the stack, or take all memory or all day; nothing in Python can catch
that. The process is begun as a fresh interpreter, not forked: it holds no lock or thread of its
parent's, and a script that never heard of processes may use it. It lives on between calls, since
its start costs more than most calls.
"""

import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from analysis.errors import YanpanError, first_line, of_the_program

GIBIBYTE = 1 << 30
#: A machine that takes longer to begin a process than this lets none begin; seconds.
LONGEST_START_S = 60.0
#: What the process says as soon as it can take a call.
_READY = b"+"
#: An answer is one of these with what it brings.
_DONE, _TOLD, _RAISED, _NO_MEMORY = range(4)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may take: bytes of memory, seconds, bytes of any file that it writes; None
    bounds nothing, for calls that begin a browser: it reserves addresses without end, uses few.

    Windows and macOS keep no such bound of memory, Windows none of files; there the time and the
    process are all.
    """

    memory: int | None
    seconds: float
    written: int | None = None


class EndedError(Exception):
    """A call ended without its result; the message says why, in words for a person."""


class LateError(EndedError):
    """It took more time than it may."""


class NoProcessError(Exception):
    """This machine lets no process begin."""


class Confined:
    """A process that runs one call after the other; it is begun again after one that ended it."""

    def __init__(self, preload: str, nice: int = 0) -> None:
        """Nothing begins before ``start`` or the first call; ``preload`` is a module to import,
        and ``nice`` how far all that the process does gives way to others, its start included.
        """
        self._preload, self._nice = preload, nice
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = self._is_late = False
        self.is_idle = True
        #: Whether this machine ever let the process begin.
        self.has_begun = False

    def start(self) -> None:
        """Have the process begin while the caller goes on with something else.

        Raises:
            NoProcessError: the machine does not let it.

        """
        if self._process and self._process.poll() is None:
            return
        self.stop()
        code = f"from analysis.confined import serve; serve({self._preload!r}, {self._nice})"
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                # A library that aborts says so in its own words; people are told in ours.
                stderr=None if os.environ.get("YANPAN_DEBUG") else subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(_places_of_modules())},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise NoProcessError(first_line(error)) from error
        self._is_ready = self._is_late = False

    def call(self, bounds: Bounds, function: Callable[..., Any], *arguments: Any) -> Any:
        """The result of a function of a module, with arguments and result that pickle takes.

        Raises:
            YanpanError: the function raised it.
            EndedError: it raised anything else, took more than it may, or ended its process.
            NoProcessError: the process cannot begin on this machine.

        """
        self.start()
        self._await_ready()
        process = self._begun()
        self.is_idle = False
        try:
            with self._watch(bounds.seconds):
                pickle.dump((bounds, function, arguments), process.stdin)
                process.stdin.flush()
                kind, brought = pickle.load(process.stdout)  # noqa: S301 - our own process
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise self._why(bounds) from None
        finally:
            self.is_idle = True
        if self._is_late:  # killed with the answer already on its way: the next call begins anew
            self.stop()
        return self._taken(bounds, kind, brought)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):  # what was never taken is no loss
                    pipe.close()
        process.wait()

    def _await_ready(self) -> None:
        """Wait until the process can take a call: what its start takes is no call's time."""
        if self._is_ready:
            return
        with self._watch(LONGEST_START_S):
            self._is_ready = self._begun().stdout.read(1) == _READY
        if not self._is_ready:
            self.stop()
            raise NoProcessError("读取进程起不来")
        self.has_begun = True

    def _begun(self) -> Any:
        """The process with its pipes; another thread may have ended it meanwhile."""
        if self._process is None:
            raise NoProcessError("读取进程起不来")
        return self._process

    @contextmanager
    def _watch(self, seconds: float) -> Iterator[None]:
        """Kill the process unless the block ends in time; never later, in the next call."""
        watch = threading.Timer(seconds, self._end_late, (self._process,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()

    def _end_late(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()

    def _taken(self, bounds: Bounds, kind: int, brought: Any) -> Any:
        if kind == _NO_MEMORY:
            self.stop()  # what it holds is not worth looking through
            raise EndedError(_too_large(bounds))
        if kind == _RAISED:
            raise EndedError(brought)
        if kind == _TOLD:
            raise brought
        return brought

    def _why(self, bounds: Bounds) -> EndedError:
        """Why the process is gone."""
        is_late, process = self._is_late, self._process
        code = process.wait() if process else 0
        self.stop()
        if is_late or code == -getattr(signal, "SIGXCPU", 0):
            return LateError(f"超过 {bounds.seconds:g} 秒没有结束")
        if code == -getattr(signal, "SIGKILL", 0):
            return EndedError("被系统结束（多半是内存不足）")
        end = signal.Signals(-code).name if code < 0 else f"退出码 {code}"
        return EndedError(f"程序中止（{end}：内部结构损坏，或要的{_too_large(bounds)}）")


def _too_large(bounds: Bounds) -> str:
    if bounds.memory is None:
        return "内存不够"
    return f"内存超过 {bounds.memory / GIBIBYTE:.1f} GB"


def _places_of_modules() -> list[str]:
    """Where the parent finds its modules: the process must run the same program."""
    root = str(Path(__file__).parents[1])
    return [root, *(place for place in sys.path if place and place != root)]


def serve(preload: str, nice: int = 0) -> None:
    """What the process does: calls from its input, answers to its output, until the input ends."""
    if nice:
        give_way(nice)  # before the imports, which take longer than most calls
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends this one
    calls = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints would stand among the answers
    importlib.import_module(preload)
    answers.write(_READY)
    answers.flush()
    while True:
        try:
            bounds, function, arguments = pickle.load(calls)  # noqa: S301 - our own parent
        except EOFError:
            return
        _answer(answers, bounds, function, arguments)


def give_way(nice: int) -> None:
    """Have this process run when others leave it time, where the system knows of that."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):  # one that was begun nicer than that stays so
            os.setpriority(os.PRIO_PROCESS, 0, nice)


def _answer(
    answers: BinaryIO, bounds: Bounds, function: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    _set_bounds(bounds)
    try:
        answer = pickle.dumps((_DONE, function(*arguments)), protocol=5)
    except MemoryError:
        answer = pickle.dumps((_NO_MEMORY, None))
    except YanpanError as error:
        answer = pickle.dumps((_TOLD, error))
    except BaseException as error:  # a panic of a Rust library is no Exception
        answer = pickle.dumps((_RAISED, of_the_program(error)))
    answers.write(answer)
    answers.flush()


def _set_bounds(bounds: Bounds) -> None:
    """Bound what this process may take, where the system knows bounds.

    The processor's time ends a call whose parent was killed: nobody else would.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + bounds.seconds) + 2
    wanted = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,  # an image of the memory would hold the ledger
    }
    if bounds.memory is not None:
        wanted[resource.RLIMIT_AS] = bounds.memory
    if bounds.written is not None:
        wanted[resource.RLIMIT_FSIZE] = bounds.written
    for which, most in wanted.items():
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS bounds no memory
            resource.setrlimit(which, (most, hard))
