"""Times of several rounds: median, spread, ratio round by round; and on what they were taken."""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import median

PACKAGES = (
    "duckdb", "pandas", "python-calamine", "openpyxl", "dash", "plotly", "pyspark", "sqlglot",
)  # fmt: skip
#: Below this a time has three digits behind the point.
SHORT_S = 0.1


def middle(times: Sequence[float]) -> float:
    """The median, as it stands in a table."""
    return _rounded(median(times))


def spread(times: Sequence[float]) -> str:
    """The shortest and the longest: «1.94–2.10»."""
    return f"{_rounded(min(times))}–{_rounded(max(times))}"


def ratio(own: Sequence[float], other: Sequence[float]) -> float | None:
    """How many times the other's: the median over rounds, since both of a round met one machine."""
    each = [mine / theirs for mine, theirs in zip(own, other, strict=False)]
    return round(median(each), 2) if each else None


def seconds_of(run: Callable[[], object]) -> float:
    """How long something takes, once."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _rounded(seconds: float) -> float:
    return round(seconds, 3 if seconds < SHORT_S else 2)


def machine() -> str:
    """The machine and the versions, in one line."""
    found = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"{os.cpu_count()} 核，{_memory()}，{platform.system()}；{'，'.join(found)}"


def _memory() -> str:
    if sys.platform == "win32":
        return "内存不详"
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 1024**3:.0f} GB 内存"
