"""A mutant put into a process that has the program imported: for good, hence only into a child."""

import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import duckdb
from sqlglot.errors import SqlglotError

from tests.mutants import of_python, of_sql
from tests.mutants.change import Mutant
from tests.mutants.reach import is_ours, name_of, note_no_more
from tests.mutants.rooms import ROOT

#: What is imported anew where a module's own statements are changed.
_OURS = frozenset({"analysis", "dashboards", "tests", "benchmarks", "yanpan"})


def live_functions() -> Mapping[str, list[FunctionType]]:
    """Every function of the program that there is, by the name of ``reach``."""
    found = defaultdict(list)
    for each in gc.get_objects():
        is_one = isinstance(each, FunctionType) and is_ours(each.__code__)
        if is_one and "<locals>" not in each.__code__.co_qualname:
            found[name_of(each.__code__)].append(each)
    return found


def source_of(mutant: Mutant) -> str:
    """The text that a mutant is one of."""
    return (ROOT / mutant.file).read_text(encoding="utf-8")


def changed_code(mutant: Mutant) -> CodeType | None:
    """A mutant's module, compiled; None where it is no other program."""
    return of_python.mutated(source_of(mutant), mutant.number, str(ROOT / mutant.file))


def put_query(mutant: Mutant) -> bool:
    """Have the program run a mutant of a query; whether the engine takes it, and takes it for
    another query.
    """
    from analysis.warehouse import sql_files

    text = source_of(mutant)
    name = Path(mutant.file).stem
    for cached in gc.get_objects():
        if isinstance(cached, _lru_cache_wrapper) and _is_of_program(cached):
            cached.cache_clear()
    own = sql_files.relations()
    registry = own if name in own else sql_files.metrics()
    changed = sql_files.expanded(of_sql.mutated(text, mutant.number))
    if changed == sql_files.expanded(of_sql.written(of_sql.tree_of(text))):
        return False
    query = registry[name]
    try:
        words = of_sql.sources_of(changed)
    except SqlglotError:
        return False
    reads = tuple(read for read in query.reads if read in words)
    registry[name] = replace(query, sql=changed, reads=reads)
    return _runs(registry[name])


def _is_of_program(cached: Any) -> bool:
    return str(getattr(cached, "__module__", "")).startswith("analysis.")


def _runs(query: Any) -> bool:
    from analysis.ledgers import LEDGERS
    from analysis.warehouse.sql_files import macro_sql, relations

    with duckdb.connect() as con:
        for ledger in LEDGERS.values():
            columns = ", ".join(f"{field.name} {field.sql_type}" for field in ledger)
            con.execute(f"CREATE TABLE {ledger.name} ({columns})")
        try:
            for each in (*relations().values(), query):
                con.execute(macro_sql(each).replace("CREATE MACRO", "CREATE OR REPLACE MACRO"))
            con.execute(f"DESCRIBE FROM {query.name}(DATE '2023-11-15')")
        except duckdb.Error:
            return False
    return True


def put_function(mutant: Mutant, code: CodeType, functions: Sequence[FunctionType]) -> bool:
    """Give the functions of a mutant's place their changed code; whether all could take it."""
    codes = {(each.co_qualname, each.co_firstlineno): each for each in _all_codes(code)}
    for function in functions:
        own = function.__code__
        changed = codes.get((own.co_qualname, own.co_firstlineno))
        if changed is None or changed.co_freevars != own.co_freevars:
            return False
        function.__code__ = changed
    return bool(functions)


def _all_codes(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _all_codes(const)


def begin_anew(mutant: Mutant, code: CodeType) -> None:
    """Forget the program and its tests; as it is imported again, a module is the mutant."""
    for name in list(sys.modules):
        if name.partition(".")[0] in _OURS:
            del sys.modules[name]
    note_no_more()
    sys.meta_path.insert(0, _Finder(ROOT / mutant.file, code))


@dataclass(frozen=True)
class _Finder(MetaPathFinder):
    """Finds one module, with other code than its file has."""

    path: Path
    code: CodeType

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        if fullname != ".".join(parts[:-1] if is_package else parts):
            return None
        loader = _Loader(fullname, str(self.path), self.code)
        places = [str(self.path.parent)] if is_package else None
        return spec_from_file_location(
            fullname, self.path, loader=loader, submodule_search_locations=places
        )


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, code: CodeType) -> None:
        super().__init__(fullname, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code


def read_in_process() -> None:
    """Have files be read in this process, where the mutant is, and not in one begun for it."""
    from analysis import confined

    def start(self: Any) -> None:
        raise confined.NoProcessError("mutants")

    stand_in: Callable[[Any], None] = start
    confined.Confined.start = stand_in  # type: ignore[method-assign]
