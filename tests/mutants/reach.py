"""Which test reaches which function and which query: measured once, kept outside git.

A mutant is tried with the tests that reach it alone. What is kept of a file of tests holds until
that file changes; ``--measure all`` measures anew, as should be done after much has changed.
"""

import ast
import builtins
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.mutants.rooms import ROOT

CACHE = ROOT / ".pytest_cache" / "mutants"
#: A function of sql_files.py whose call tells that a query is used, and which argument names it.
_USES = {"own_sql": "name", "get_metric": "name", "macro_sql": "query"}
#: Who puts every query into a file: that is no use of any.
_PUBLISHERS = ("publish.py", "rollup.py")
_PROGRAM = str(ROOT / "analysis") + "/"
#: What has been reached since it was last looked at: functions as «file:name», «sql:name».
_reached: set[str] = set()


def note_from_now_on() -> None:
    """Have every function of the program that is imported from now on note that it is called."""
    builtins.__reach__ = _reached.add  # type: ignore[attr-defined]
    builtins.__use__ = _note_use  # type: ignore[attr-defined]
    sys.meta_path.insert(0, _Finder())


def note_no_more() -> None:
    """Import the program as it is again."""
    sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, _Finder)]


@contextmanager
def noting() -> Iterator[set[str]]:
    """What is reached within the block, and only there; known at its end."""
    before, within = set(_reached), set[str]()
    _reached.clear()
    try:
        yield within
    finally:
        within |= _reached
        _reached.clear()
        _reached.update(before | within)


def reached_so_far() -> frozenset[str]:
    """All that was reached, by importing too."""
    return frozenset(_reached)


def _note_use(query: Any) -> None:
    by = sys._getframe(2).f_code.co_filename  # whoever called the function that notes
    if not by.endswith(_PUBLISHERS):
        _reached.add(f"sql:{getattr(query, 'name', query)}")


class _Finder(MetaPathFinder):
    """Finds the program's modules, whose functions then note their calls."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] != "analysis":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(noted(source, self.path), self.path, "exec")


def noted(source: str, path: str) -> ast.Module:
    """A module whose functions first note that they are called; lines stay where they are."""
    tree = ast.parse(source)
    file = Path(path).relative_to(ROOT).as_posix()
    for place, function in functions_of(tree):
        start = 1 if ast.get_docstring(function, clean=False) is not None else 0
        calls = [f"__reach__({f'{file}:{place}'!r})"]
        if file.endswith("/sql_files.py") and place in _USES:
            calls.append(f"__use__({_USES[place]})")
        for call in reversed(calls):
            (statement,) = ast.parse(call).body
            function.body.insert(start, ast.copy_location(statement, function.body[0]))
    return ast.fix_missing_locations(tree)


def functions_of(
    tree: ast.AST, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and of its classes; what one defines is a part of it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield ".".join((*names, node.name)), node
        elif isinstance(node, ast.ClassDef):
            yield from functions_of(node, (*names, node.name))
        elif isinstance(node, ast.If | ast.Try):
            yield from functions_of(node, names)


def is_ours(code: CodeType) -> bool:
    """Whether code is of the program."""
    return code.co_filename.startswith(_PROGRAM)


def name_of(code: CodeType) -> str:
    """«analysis/ingest/pool.py:read_files»: what a function defines within is a part of it."""
    file = Path(code.co_filename).relative_to(ROOT).as_posix()
    return f"{file}:{code.co_qualname.partition('.<locals>')[0]}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A test that passes: how long it takes, and its shared fixtures, and what it reaches."""

    node: str
    seconds: float
    shared: float
    reaches: frozenset[str]

    @property
    def file(self) -> str:
        """The file of tests that it is of."""
        return self.node.partition("::")[0]


def digest(path: Path) -> str:
    """What changes when a file of tests does, or what its folder holds beside tests."""
    beside = [file for file in path.parent.glob("*.py") if not file.name.startswith("test_")]
    held = b"".join(file.read_bytes() for file in sorted({path, *beside}))
    return hashlib.sha256(held).hexdigest()


def kept(path: Path) -> list[Measured] | None:
    """What was measured of a file of tests as it is now."""
    file = _file(path)
    if not file.exists():
        return None
    held: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if held["digest"] != digest(path):
        return None
    names = held["names"]
    return [
        Measured(*told, frozenset(names[i] for i in reaches)) for *told, reaches in held["tests"]
    ]


def keep(path: Path, tests: list[Measured]) -> None:
    """Keep what was measured of a file of tests."""
    CACHE.mkdir(parents=True, exist_ok=True)
    names = sorted({name for test in tests for name in test.reaches})
    at = {name: n for n, name in enumerate(names)}
    rows = [
        (t.node, round(t.seconds, 4), round(t.shared, 4), sorted(at[name] for name in t.reaches))
        for t in tests
    ]
    held = {"digest": digest(path), "names": names, "tests": rows}
    _file(path).write_text(json.dumps(held), encoding="utf-8")


def _file(path: Path) -> Path:
    return CACHE / (path.relative_to(ROOT).as_posix().replace("/", "+") + ".json")
