"""The runner: mutants known by hand, bounds, what a survivor's line says."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import SetupState

from tests.mutants import of_python, of_sql, report, tiny, trial
from tests.mutants.change import Mutant
from tests.mutants.plans import Plans
from tests.mutants.reach import Measured, noted
from tests.mutants.rooms import ROOT, in_turn, sampled
from tests.mutants.trial import Verdict, Warm, in_child, tried

FILE = "tests/mutants/tiny.py"
SQL = """-- 逾期
SELECT item_id, coalesce(days_late, 0) AS days
FROM items
WHERE due_on < CAST($as_of AS DATE) AND NOT is_void
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")


def changes_of(source: str) -> set[str]:
    mutants = of_python.mutants_of("a.py", source)
    return {m.change for m in mutants if of_python.mutated(source, m.number, "a.py")}


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", {"a < b → a <= b"}),
        ("a == b", {"a == b → a != b"}),
        ("not a", {"not a → a"}),
        ("x = -1", {"x = -1 → x = 1", "x = -1 → x = -2"}),
        ("a and b", {"a and b → a or b", "a and b → b", "a and b → a"}),
        ("a + b", {"a + b → a - b"}),
        ("a + 'b'", set()),
        ("min(a)", {"min(a) → max(a)"}),
        ("if a: b()", {"a → True", "a → False"}),
        ("[x for x in y if x]", {"for x in y if x → for x in y"}),
        ("raise E(1)", set()),
        ("def f(a: L[1] = 2): ...", {"a: L[1]=2 → a: L[1]=3"}),
    ],
)
def test_the_mutants_of_a_line_of_python(source: str, changes: set[str]) -> None:
    assert changes_of(source) == changes


def test_the_mutants_of_a_query() -> None:
    found = [m.change for m in of_sql.mutants_of("a/overdue.sql", SQL)]
    where = "due_on < CAST($as_of AS DATE) AND NOT is_void"
    assert set(found) == {
        "COALESCE(days_late, 0) AS days → days_late AS days",
        "COALESCE(days_late, 0) → COALESCE(days_late, 1)",
        f"{where} → {where.replace('<', '<=')}",
        f"WHERE {where} → （删去）",
        f"WHERE {where} → WHERE ({where.replace('AND', 'OR')})",
        f"WHERE {where} → WHERE due_on < CAST($as_of AS DATE)",
        f"WHERE {where} → WHERE NOT is_void",
        f"{where} → {where.replace('NOT ', '')}",
    }
    assert of_sql.mutants_of("a/overdue.sql", SQL)[0].line == 4


def test_a_change_that_is_no_other_program_is_no_mutant() -> None:
    assert changes_of("'text'") == set()
    assert "2 * 2 → 2 + 2" not in changes_of("f(2 * 2)")
    assert "2 * 3 → 2 + 3" in changes_of("f(2 * 3)")


def mutant(change: str, place: str = "is_due") -> Mutant:
    """The mutant of the tiny room with that change."""
    text = (ROOT / FILE).read_text(encoding="utf-8")
    return next(
        m for m in of_python.mutants_of(FILE, text) if (m.change, m.place) == (change, place)
    )


class Item(pytest.Item):
    """A test of the tiny room."""

    def __init__(self, check: Callable[[], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check

    def runtest(self) -> None:
        assert self.check()


@pytest.fixture
def verdict(request: pytest.FixtureRequest) -> Callable[[Mutant, Callable[[], Any]], Verdict]:
    """What becomes of a mutant that one test reaches."""
    session = request.session

    def judge(one: Mutant, check: Callable[[], Any]) -> Verdict:
        item = Item.from_parent(session, name="tiny", nodeid="tiny", check=check)
        functions = {f"{FILE}:{f.__name__}": [f] for f in (tiny.is_due, tiny.countdown)}
        warm = Warm({"tiny": item}, functions, frozenset())
        begun, session._setupstate = session._setupstate, SetupState()
        try:
            return tried(one, [Measured("tiny", 0.0, 0.0, frozenset())], warm)
        finally:
            session._setupstate = begun

    return judge


@pytest.mark.slow
def test_a_mutant_that_a_test_notices_is_killed_by_it(verdict: Any) -> None:
    changed = mutant("days <= LIMIT → days < LIMIT")
    assert verdict(changed, lambda: tiny.is_due(7)) == Verdict(trial.KILLED, "tiny")
    assert tiny.is_due(7), "only the child had the mutant"


def test_a_mutant_that_no_test_notices_survives(verdict: Any) -> None:
    changed = mutant("days <= LIMIT → days < LIMIT")
    assert verdict(changed, lambda: tiny.is_due(6)) == Verdict(trial.SURVIVED)


def test_a_mutant_that_runs_for_ever_is_killed(
    verdict: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "SECONDS", 0.2)
    changed = mutant("days -= 1 → days -= 2", "countdown")
    assert verdict(changed, lambda: tiny.countdown(4) == 2) == Verdict(trial.SURVIVED)
    for_ever = mutant("days > 0 → days >= 0", "countdown")
    assert verdict(for_ever, lambda: all(tiny.countdown(1) for _ in iter(int, 1))) == Verdict(
        trial.KILLED, "时间"
    )


@pytest.mark.slow
def test_a_mutant_that_takes_the_memory_is_killed(
    verdict: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MEMORY", 64 << 20)
    changed = mutant("days <= LIMIT → days < LIMIT")
    assert verdict(changed, lambda: bytearray(1 << 30)) == Verdict(trial.KILLED, "tiny")


def test_a_child_that_dies_takes_nothing_with_it() -> None:
    status, brought = in_child(lambda: os.kill(os.getpid(), signal.SIGKILL) or "")
    assert (os.WTERMSIG(status), brought) == (signal.SIGKILL, "")


def test_what_no_test_runs_is_unreached(verdict: Any) -> None:
    assert tried(mutant("days <= LIMIT → days < LIMIT"), [], Warm({}, {}, frozenset())) == Verdict(
        trial.UNREACHED
    )


def test_a_function_notes_that_it_is_called_and_is_else_what_it_was() -> None:
    source = (
        'def f(a):\n    """Text."""\n    return a + 1\n\nclass C:\n    def m(self): return f(1)\n'
    )
    seen: set[str] = set()
    given = {"__reach__": seen.add, "__name__": "x"}
    exec(compile(noted(source, str(ROOT / "analysis/x.py")), "x", "exec"), given)  # noqa: S102
    assert given["f"].__doc__ == "Text."
    assert given["f"].__code__.co_firstlineno == 1
    assert not seen
    assert given["C"]().m() == 2
    assert seen == {"analysis/x.py:f", "analysis/x.py:C.m"}


def test_tests_of_the_mutant_alone_come_first_as_many_as_the_budget_allows() -> None:
    name = f"{FILE}:is_due"
    wide = frozenset({name, *map(str, range(99))})
    tests = [
        Measured("wide.py::a", 0.1, 0.0, wide),
        Measured("own.py::slow", 9.0, 0.0, frozenset({name})),
        Measured("own.py::quick", 0.2, 0.0, frozenset({name})),
        Measured("own.py::other", 0.1, 0.0, frozenset({f"{FILE}:countdown"})),
        Measured("long.py::a", 99.0, 0.0, frozenset({name})),
    ]
    changed = mutant("days <= LIMIT → days < LIMIT")
    assert [test.node for test in Plans(tests).tests_for(changed)] == [
        "own.py::quick", "own.py::slow", "wide.py::a",
    ]  # fmt: skip


def test_a_sample_is_the_same_every_time_and_fair_to_all_rooms() -> None:
    mutants = of_python.mutants_of(FILE, (ROOT / FILE).read_text(encoding="utf-8"))
    assert sampled(mutants) == sampled(mutants) != mutants
    assert in_turn([mutants[:1], mutants[1:4]])[:2] == [mutants[0], mutants[1]]


def test_a_survivor_is_told_with_its_place_its_change_and_its_reason() -> None:
    mutants = of_python.mutants_of("analysis/judgement/a.py", "def f(a, b): return a < b")
    found = [
        report.Result(mutants[0], trial.SURVIVED, ""),
        *[report.Result(mutants[0], trial.KILLED, "t")] * 3,
    ]
    why = {("analysis/judgement/a.py", mutants[0].key): "等价：两者不会相等"}
    text = report.page(found, why)
    assert "| analysis/judgement/ | 4 | 3 | 75.0% | 1 | 100.0% |" in text
    assert "| a.py:1 | f：a &lt; b → a &lt;= b | 等价：两者不会相等 |" in text
    assert "待补" in report.page(found, {})


@pytest.mark.slow
def test_every_reason_is_of_a_mutant_that_there_is() -> None:
    reasons = report.reasons()
    for file in sorted({file for file, _ in reasons}):
        path = Path(ROOT, file)
        of = of_sql if path.suffix == ".sql" else of_python
        keys = {m.key for m in of.mutants_of(file, path.read_text(encoding="utf-8"))}
        assert {key for of_file, key in reasons if of_file == file} - keys == set(), file
