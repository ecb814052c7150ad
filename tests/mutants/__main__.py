"""``python -m tests.mutants [--room ROOM …] [--sample 100 | --all] [--file PATH] [--again]``.

Prints what survives and the score of each room; the whole sample is written to docs/变异测试.md.
``--again`` tries what survived the last time; ``--measure`` says of which files of tests it is
measured what they reach: of those that changed since, of all, of none.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants import measuring, patching, report, rooms
from tests.mutants.change import Mutant
from tests.mutants.plans import Plans
from tests.mutants.reach import kept, note_from_now_on, reached_so_far
from tests.mutants.trial import NO_MUTANT, PLUGINS, Warm, in_processes, tried


def asked() -> argparse.Namespace:
    """What was asked for."""
    ask = argparse.ArgumentParser(prog="python -m tests.mutants")
    ask.add_argument("--room", action="append", choices=rooms.ROOMS)
    ask.add_argument("--file", action="append", help="only files whose path has this in it")
    ask.add_argument("--sample", type=int, default=100, help="so many of each room")
    ask.add_argument("--all", action="store_true")
    ask.add_argument("--seed", type=int, default=rooms.SEED)
    ask.add_argument("--again", action="store_true", help="only what survived the last time")
    ask.add_argument("--measure", choices=("changed", "all", "none"), default="changed")
    ask.add_argument("--minutes", type=float, default=30.0, help="beside what measuring takes")
    ask.add_argument("--processes", type=int, default=2)
    return ask.parse_args()


def is_tried(item: pytest.Item) -> bool:
    """Whether a test is one that a mutant can be tried with."""
    if item.get_closest_marker("browser"):
        return False
    return not item.get_closest_marker("slow") or item.nodeid.startswith(rooms.SLOW_TESTS)


@dataclass(slots=True, eq=False)
class Mutants:
    """The plugin of a session that collects all tests, and runs mutants in place of them."""

    asked: argparse.Namespace

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All that this session does."""
        at_import = reached_so_far()
        began = time.monotonic()
        items = [item for item in session.items if is_tried(item)]
        by_file: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in items:
            by_file[item.nodeid.partition("::")[0]].append(item)
        patching.read_in_process()
        self._measure(by_file)
        tests = [test for path in by_file for test in kept(rooms.ROOT / path) or []]
        known = {item.nodeid: item for item in items}
        plans = Plans([test for test in tests if test.node in known])
        print(f"测试 {len(tests)} 项，{time.monotonic() - began:.0f} 秒", flush=True)
        warm = Warm(known, patching.live_functions(), at_import)
        mutants = self._mutants()
        print(f"变异 {len(mutants)} 处，{time.monotonic() - began:.0f} 秒", flush=True)
        end = time.monotonic() + 60 * self.asked.minutes

        def work(number: int) -> tuple[int, str, str] | None:
            if time.monotonic() > end:
                return None
            mutant = mutants[number]
            verdict = tried(mutant, plans.tests_for(mutant), warm)
            if verdict.outcome not in {"killed", NO_MUTANT}:
                print(f"{mutant.file}:{mutant.line} {mutant.key} {verdict.outcome}", flush=True)
            return number, verdict.outcome, verdict.by

        found = in_processes(self.asked.processes, range(len(mutants)), work)
        results = [report.Result(mutants[n], outcome, by) for n, outcome, by in sorted(found)]
        is_whole = not (self.asked.room or self.asked.file or self.asked.all)
        print(report.keep(results, again=self.asked.again, is_whole=is_whole))
        print(f"用时 {(time.monotonic() - began) / 60:.1f} 分钟")
        return True

    def _measure(self, by_file: dict[str, list[pytest.Item]]) -> None:
        how = self.asked.measure
        anew = [
            path
            for path in by_file
            if how == "all" or (how == "changed" and kept(rooms.ROOT / path) is None)
        ]

        def work(path: str) -> None:
            print(f"量 {measuring.measure(path, by_file[path])}", flush=True)

        in_processes(self.asked.processes, anew, work)

    def _mutants(self) -> list[Mutant]:
        if self.asked.again:
            return report.survivors()
        drawn = []
        for room in self.asked.room or rooms.ROOMS:
            files: Sequence[Path] = rooms.files_of(room)
            if self.asked.file:
                files = [f for f in files if any(part in f.as_posix() for part in self.asked.file)]
            mutants = rooms.sampled(rooms.mutants_of(files), self.asked.seed)
            drawn.append(mutants if self.asked.all else mutants[: self.asked.sample])
        return rooms.in_turn(drawn)


def main() -> int:
    """Collect all tests once, with everything imported, and try mutants in children."""
    os.environ |= {"CI": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    os.chdir(rooms.ROOT)
    plugin = Mutants(asked())
    note_from_now_on()
    return int(pytest.main([*PLUGINS, *rooms.TESTS], plugins=[plugin]))


if __name__ == "__main__":
    sys.exit(main())
