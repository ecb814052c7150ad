"""The one run in which it is measured what each test reaches, file by file, in children."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.reach import Measured, keep, noting
from tests.mutants.rooms import ROOT
from tests.mutants.trial import bound, in_child

#: So long a file of tests is measured; with what comes after, no mutant is tried.
LONGEST_FILE = 120.0


@dataclass(slots=True, eq=False)
class _Fixtures:
    """Fixtures that tests share: who asks for one reaches what it runs, though it ran before."""

    reached: dict[int, set[str]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    #: What fixtures took within the test that happens to be the first to ask for them.
    within: float = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        began, before = time.process_time(), self.within
        with noting() as own:
            result = yield
        self.reached[id(fixturedef)] = own
        took = time.process_time() - began
        self.seconds[id(fixturedef)] = took - (self.within - before)  # without those it asks for
        self.within = before + took
        return result


def measure(path: str, items: Sequence[pytest.Item]) -> str:
    """Measure a file of tests, its slow ones last, and keep what was measured within the time;
    what it came to, in words.
    """
    quick_first = sorted(items, key=lambda item: item.get_closest_marker("slow") is not None)
    with tempfile.TemporaryDirectory(prefix="yanpan-mutants-") as folder:
        lines = Path(folder, "tests")

        def work() -> str:
            bound(LONGEST_FILE)
            with lines.open("w", encoding="utf-8") as out:
                for *told, names in _reaches(quick_first):
                    print(json.dumps([*told, sorted(names)]), file=out, flush=True)
            return "all"

        _, ended = in_child(work)
        rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    keep(ROOT / path, [Measured(*told, frozenset(names)) for *told, names in rows])
    told = f"{path} {len(rows)}/{len(items)} 项 {sum(row[1] for row in rows):.1f} 秒"
    return told if ended else f"{told}，太长，以后的不用"


def _reaches(items: Sequence[pytest.Item]) -> Iterator[tuple[str, float, float, set[str]]]:
    """Of each test that passes: its node, its seconds, those of its fixtures, what it reaches."""
    fixtures = _Fixtures()
    items[0].config.pluginmanager.register(fixtures)
    for item, following in zip(items, [*items[1:], None], strict=True):
        began, fixtures.within = time.process_time(), 0.0
        with noting() as names:
            reports = runtestprotocol(item, nextitem=following, log=False)
        took = time.process_time() - began - fixtures.within
        if not all(report.passed for report in reports):
            continue
        shared = 0.0
        definitions: Any = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
        for asked in {id(each): each for many in definitions.values() for each in many}:
            if asked in fixtures.reached:
                names |= fixtures.reached[asked]
                shared += fixtures.seconds[asked]
        yield item.nodeid, took, shared, names
