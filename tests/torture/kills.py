"""SIGKILL at any moment of a run: the figures are the old ones or the new, never between."""

import multiprocessing
import random
import shutil
import signal
import time
from dataclasses import dataclass
from typing import Any

import duckdb

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.conftest import RAW
from tests.depth import DEEP

#: A run is killed in so much of the time that a whole one takes; beyond one it has ended.
LATEST = 1.1
LATE = "2023-11-16"


@dataclass(frozen=True, slots=True)
class Kills:
    """How many runs were killed before their end, and the figures found that are neither."""

    killed: int
    between: tuple[tuple[int, int], ...]
    left: tuple[str, ...]


def processes() -> Any:
    """Where processes come from that have the program's modules from their first moment on."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["analysis.ingest.pipeline"])
    first = forks.Process(target=int)
    first.start()
    first.join()
    return forks


def kill_runs(home: Settings, times: int, seed: int = 20231115) -> Kills:
    """Kill runs over two sets of files in an empty home, turn about, so that each has work to do.

    Afterwards a whole run is made, which must find nothing in its way.
    """
    shutil.copytree(RAW / "2023-10-15", home.raw / "2023-10-15")
    ingest(home)
    forks = processes()
    old = _figures(home)
    shutil.copytree(RAW / LATE, home.raw / LATE)
    started = time.monotonic()
    whole = _begin(forks, home)
    whole.join()
    length = time.monotonic() - started
    new = _figures(home)
    if whole.exitcode or old == new:
        raise AssertionError(f"the whole run ended with {whole.exitcode}: {old} → {new}")
    moments = random.Random(seed)  # noqa: S311 - moments, no secret
    outcomes, killed = set(), 0
    for _ in range(times):
        has_late = (home.raw / LATE).exists()
        shutil.rmtree(home.raw / LATE, ignore_errors=True)
        if not has_late:
            shutil.copytree(RAW / LATE, home.raw / LATE)
        home.warehouse.with_name("reading.sqlite").unlink(missing_ok=True)
        run = _begin(forks, home)
        run.join(moments.uniform(0, LATEST) * length)
        run.kill()
        run.join()
        killed += run.exitcode == -signal.SIGKILL
        outcomes.add(_figures(home))
    rest = RAW if DEEP else RAW / LATE
    shutil.copytree(rest, home.raw / rest.relative_to(RAW), dirs_exist_ok=True)
    ingest(home)
    left = tuple(sorted(path.name for path in home.warehouse.parent.rglob("*.part*")))
    return Kills(killed, tuple(outcomes - {old, new}), left)


def _begin(forks: Any, home: Settings) -> Any:
    # Half of the runs have fewer rows to publish than there are.
    run = forks.Process(target=ingest, args=(home,), kwargs={"allow_fewer": True})
    run.start()
    return run


def _figures(home: Settings) -> tuple[int, int]:
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        found = con.execute("SELECT count(*), count(DISTINCT item_id) FROM hazard").fetchone()
        if found is None:
            raise AssertionError("no figures")
        return found[0], found[1]
