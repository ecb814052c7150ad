"""Mutant → the tests that reach it, the quickest files first, as many as are worth it."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from tests.mutants.change import Mutant
from tests.mutants.reach import Measured, functions_of
from tests.mutants.rooms import ROOT

#: What all tests of a mutant may take together, in seconds of the processor: what survives costs
#: all of it.
BUDGET = 12.0


class Plans:
    """What reaches what, turned round."""

    def __init__(self, tests: Sequence[Measured]) -> None:
        self._by_name: dict[str, list[Measured]] = defaultdict(list)
        self._by_file: dict[str, list[Measured]] = defaultdict(list)
        for test in tests:
            for name in test.reaches:
                self._by_name[name].append(test)
            for file in {name.partition(":")[0] for name in test.reaches}:
                self._by_file[file].append(test)

    def tests_for(self, mutant: Mutant) -> list[Measured]:
        """The tests that reach a mutant, within the budget."""
        if mutant.is_sql:
            return _worth(self._by_name[f"sql:{mutant.place}"])
        own = self._by_name.get(f"{mutant.file}:{mutant.place}")
        if own:
            return _worth(own)
        # A constant: who names it, then whoever runs anything of its file.
        name = mutant.place.rpartition(".")[2]
        users = [test for user in users_of(name) for test in self._by_name.get(user, [])]
        unique = list({test.node: test for test in users}.values())
        return _worth(unique) or _worth(self._by_file[mutant.file])


def _worth(tests: Iterable[Measured]) -> list[Measured]:
    """The quickest tests that reach least beside the mutant, until the budget is spent, those of a
    file together: a test of one rule tells more of it than one of a whole county.
    """
    left, prepared = BUDGET, dict[str, float]()
    chosen: dict[str, list[Measured]] = defaultdict(list)
    for test in sorted(tests, key=lambda t: (t.seconds + t.shared) * len(t.reaches)):
        more = max(0.0, test.shared - prepared.get(test.file, 0.0))
        if test.seconds + more > left and chosen:
            continue
        left -= test.seconds + more
        prepared[test.file] = max(test.shared, prepared.get(test.file, 0.0))
        chosen[test.file].append(test)
    return [test for tests_of_file in chosen.values() for test in tests_of_file]


@cache
def _named() -> dict[str, set[str]]:
    """Every name that a function uses → the functions, by the name of ``reach``."""
    found = defaultdict(set)
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for place, node in functions_of(tree):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name):
                    found[inner.id].add(f"{file}:{place}")
                elif isinstance(inner, ast.Attribute):
                    found[inner.attr].add(f"{file}:{place}")
    return found


def users_of(name: str) -> list[str]:
    """The functions that use a name, of the program."""
    return sorted(_named().get(name, ()))
