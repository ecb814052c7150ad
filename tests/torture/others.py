"""What else is too long for the suite: a county at work, and the oracle on many worlds."""

import os
import subprocess
import sys
from collections.abc import Callable

from benchmarks.load import bench_load
from tests.conftest import ROOT


def under_load(minutes: float, say: Callable[[str], None]) -> list[str]:
    """What went wrong while a county worked, attackers among it, and as its server was killed.

    How quick it was is told, not judged: that hangs on the machine.
    """
    rows = bench_load(say, minutes)
    for row in rows:
        say(" ".join(f"{name} {cell}" for name, cell in row.items() if cell is not None))
    return wrong_in(rows)


def wrong_in(rows: list[dict[str, object]]) -> list[str]:
    """The errors and losses among the rows of ``yanpan bench load``."""
    return [
        f"{row['情形']}：{name} {row[name]}"
        for row in rows for name in ("出错", "确认后丢失") if row[name]
    ]  # fmt: skip


def by_the_oracle(worlds: int) -> bool:
    """Whether the program says what the oracle says, on every day of so many worlds."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "tests/oracle"],
        cwd=ROOT, env=os.environ | {"ORACLE_WORLDS": str(worlds)}, check=False,
    )  # fmt: skip
    return told.returncode == 0
