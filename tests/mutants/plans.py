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
    """Tests file by file, those of the quickest files first, until the budget is spent."""
    by_file: dict[str, list[Measured]] = defaultdict(list)
    for test in tests:
        by_file[test.file].append(test)

    def mean(file: str) -> float:
        own = by_file[file]
        return max(test.shared for test in own) + sum(test.seconds for test in own) / len(own)

    left, chosen = BUDGET, []
    for file in sorted(by_file, key=mean):
        left -= max(test.shared for test in by_file[file])
        for test in by_file[file]:
            if left < test.seconds and chosen:
                continue
            left -= test.seconds
            chosen.append(test)
        if left <= 0:
            break
    return chosen


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
