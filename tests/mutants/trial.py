"""One mutant against the tests that reach it, in a child of a warm process, within bounds."""

import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import patching
from tests.mutants.change import Mutant
from tests.mutants.reach import Measured

#: What a child may hold beside what it began with.
MEMORY = 4 * 1024**3
#: A test may take so many seconds of the processor, and so many times what it takes with the
#: program as it is: other work on the machine makes nobody late.
SECONDS, TIMES = 3.0, 8.0
#: What waits and does not work is late after so many times that.
WAITS = 20.0
#: An import may take so long.
IMPORT_SECONDS = 30.0
#: What ends a process that is late, however it is.
LATE = (signal.SIGPROF, signal.SIGALRM)

KILLED, SURVIVED, UNREACHED, NO_MUTANT = "killed", "survived", "unreached", "no mutant"
#: The runner failed, which is a fault of its own and says nothing of the mutant.
BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant, and by which test."""

    outcome: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Warm:
    """What a process holds that has everything imported: tests, functions, what ran at import."""

    items: Mapping[str, pytest.Item]
    functions: Mapping[str, list[FunctionType]]
    at_import: frozenset[str]


def tried(mutant: Mutant, tests: Sequence[Measured], warm: Warm) -> Verdict:
    """Run tests one after the other until one fails."""
    if not tests:
        return Verdict(UNREACHED)
    status, text = in_child(lambda: _outcome(mutant, tests, warm))
    if text:
        return Verdict(**json.loads(text))
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return Verdict(KILLED, "时间" if number in LATE else f"信号 {number}")
    return Verdict(BROKEN)


def _outcome(mutant: Mutant, tests: Sequence[Measured], warm: Warm) -> str:
    _bound_memory()
    verdict = _with_mutant(mutant, tests, warm)
    bound(0)
    return json.dumps({"outcome": verdict.outcome, "by": verdict.by})


def _with_mutant(mutant: Mutant, tests: Sequence[Measured], warm: Warm) -> Verdict:
    bound(IMPORT_SECONDS)
    if mutant.is_sql:
        return _among(tests, warm) if patching.put_query(mutant) else Verdict(NO_MUTANT)
    code = patching.changed_code(mutant)
    if code is None:
        return Verdict(NO_MUTANT)
    name = f"{mutant.file}:{mutant.place}"
    functions = warm.functions.get(name, [])
    if name not in warm.at_import and patching.put_function(mutant, code, functions):
        return _among(tests, warm)
    patching.begin_anew(mutant, code)
    return _anew(tests)


def bound(seconds: float) -> None:
    """End this process, wherever it is, after so many seconds of work, or many more of waiting."""
    for late in LATE:
        signal.signal(late, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WAITS)


def longest(test: Measured) -> float:
    """How long a test may take, in seconds."""
    return SECONDS + TIMES * (test.seconds + test.shared)


def _among(tests: Sequence[Measured], warm: Warm) -> Verdict:
    """The tests that are collected already, in this process."""
    items = [warm.items[test.node] for test in tests]
    for test, item, following in zip(tests, items, [*items[1:], None], strict=True):
        bound(longest(test))
        reports = runtestprotocol(item, nextitem=following, log=False)
        if any(report.failed for report in reports):
            return Verdict(KILLED, test.node)
    return Verdict(SURVIVED)


class _Watch:
    """Ends a test that takes too long, and notes the one that fails."""

    def __init__(self, tests: Sequence[Measured]) -> None:
        self.longest = {test.node: longest(test) for test in tests}
        self.failed = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        bound(self.longest[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def _anew(tests: Sequence[Measured]) -> Verdict:
    """The tests in a session of their own, which imports the program again."""
    try:
        patching.read_in_process()
    except Exception as error:
        return Verdict(KILLED, f"导入：{type(error).__name__}")
    watch = _Watch(tests)
    nodes = [test.node for test in tests]
    ended = pytest.main(["--maxfail=1", *PLUGINS, *nodes], plugins=[watch])
    if ended == pytest.ExitCode.OK:
        return Verdict(SURVIVED)
    return Verdict(KILLED, watch.failed or "导入")


#: Tests begin in the order given and print nothing.
PLUGINS = (
    "-o", "addopts=", "-p", "no:dash", "-p", "no:xdist", "-p", "no:cacheprovider",
    "-p", "no:terminal", "-p", "no:faulthandler", "-s",
)  # fmt: skip


def in_child(work: Callable[[], str]) -> tuple[int, str]:
    """Do something in a child of this process; its end and what it brought."""
    with tempfile.TemporaryDirectory(prefix="yanpan-mutant-") as folder:
        brought = Path(folder, "brought")
        child = os.fork()
        if child == 0:
            _be_a_child(work, Path(folder), brought)
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what it began
        return status, brought.read_text(encoding="utf-8") if brought.exists() else ""


def _be_a_child(work: Callable[[], str], folder: Path, brought: Path) -> None:
    """Work in a session of one's own, say nothing, leave nothing elsewhere, and end."""
    code = 1
    try:
        os.setsid()
        errors = os.dup(2)
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
        text = work()
        part = brought.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.rename(brought)
        code = 0
    except BaseException:
        os.write(errors, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def in_processes(count: int, tasks: Sequence[Any], work: Callable[[Any], Any]) -> list[Any]:
    """The results of tasks, done by so many forked workers; what they bring is JSON."""
    with tempfile.TemporaryDirectory(prefix="yanpan-mutants-") as folder:
        files = [Path(folder, str(number)) for number in range(count)]
        workers = []
        for number, file in enumerate(files):
            if (pid := os.fork()) == 0:
                _be_a_worker(file, tasks[number::count], work)
            workers.append(pid)
        ends = [os.waitpid(pid, 0)[1] for pid in workers]
        if any(ends):
            raise AssertionError(f"workers ended with {ends}")
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        return [json.loads(line) for line in lines]


def _be_a_worker(file: Path, tasks: Sequence[Any], work: Callable[[Any], Any]) -> None:
    code = 1
    try:
        with file.open("w", encoding="utf-8") as results:
            for task in tasks:
                if (result := work(task)) is not None:
                    results.write(json.dumps(result, ensure_ascii=False) + "\n")
        code = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)
