"""Rooms of the program → their mutants, and a sample of them that is the same every time."""

import random
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from pathlib import Path

from tests.mutants import of_python, of_sql
from tests.mutants.change import Mutant

ROOT = Path(__file__).parents[2]
ROOMS = ("warehouse", "ingest", "judgement", "briefing", "intake")
#: Where tests are that run rules of these rooms, without a browser, a cluster, a server.
TESTS = (
    "tests/warehouse", "tests/specs", "tests/ingest", "tests/judgement", "tests/briefing",
    "tests/intake", "tests/wording", "tests/ledgers", "tests/reports", "tests/oracle",
    "tests/dashboards/forms", "tests/test_learned.py", "tests/test_plan_command.py",
)  # fmt: skip
#: Of these, where slow tests hold rules that no quick one does; elsewhere they are left out.
SLOW_TESTS = (
    "tests/ingest", "tests/judgement", "tests/briefing", "tests/intake",
    "tests/warehouse/counties/test_exports.py", "tests/warehouse/counties/test_rollup.py",
    "tests/warehouse/test_client.py", "tests/warehouse/test_publications.py",
    "tests/warehouse/test_publish.py", "tests/warehouse/test_share.py",
)  # fmt: skip
SEED = 29


def files_of(room: str) -> list[Path]:
    """The queries and modules of a room."""
    found = sorted((ROOT / "analysis" / room).rglob("*"))
    return [file for file in found if file.suffix in {".sql", ".py"}]


def mutants_of(files: Iterable[Path]) -> list[Mutant]:
    """Every mutant of some files."""
    found: list[Mutant] = []
    for file in files:
        name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        of = of_sql if file.suffix == ".sql" else of_python
        found += of.mutants_of(name, text)
    return found


def sampled(mutants: Sequence[Mutant], seed: int = SEED) -> list[Mutant]:
    """The mutants in an order that a number decides: the first hundred are a sample."""
    drawn = list(mutants)
    random.Random(seed).shuffle(drawn)  # noqa: S311 - a sample, no secret
    return drawn


def in_turn(rooms: Iterable[Sequence[Mutant]]) -> list[Mutant]:
    """One of each room after the other, so that a run that is ended early is fair to all."""
    return [one for one in chain.from_iterable(zip_longest(*rooms)) if one is not None]
