"""``yanpan bench start``: how soon the command line answers, each time in a new process."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.timing import middle, ratio, spread

#: What is asked, and what it is set beside: Python that does nothing, and Typer with one command.
NOTHING = ("-c", "pass")
TYPER = ("-c", "import typer\napp = typer.Typer()\napp.command()(lambda: None)\n"
               "app(['--help'], standalone_mode=False)")  # fmt: skip
ASKED = {
    "yanpan --help": ("-m", "analysis.cli", "--help"),
    "yanpan metric --help": ("-m", "analysis.cli", "metric", "--help"),
    "yanpan metric --list": ("-m", "analysis.cli", "metric", "--list"),
}
LIMITS = {"yanpan --help": 0.4}


def bench_start(rounds: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Seconds from the call to the end, and the same for the least that could answer."""
    times: dict[tuple[str, ...], list[float]] = {}
    for number in range(rounds):
        say(f"第 {number + 1} 轮")
        for words in (NOTHING, TYPER, *ASKED.values()):
            times.setdefault(words, []).append(_seconds(words))
    rows = []
    for label, words in ASKED.items():
        limit = LIMITS.get(label)
        own = middle(times[words])
        rows.append({
            "命令": label, "秒（中位）": own, "最短–最长": spread(times[words]),
            "空的 Python 的几倍": ratio(times[words], times[NOTHING]),
            "只有一条命令的 Typer 的几倍": ratio(times[words], times[TYPER]),
            "要求": f"< {limit} 秒，{'达到' if own < limit else '未达到'}" if limit else "—",
        })  # fmt: skip
    return rows


def _seconds(words: tuple[str, ...]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *words], capture_output=True, check=True)  # noqa: S603
    return time.perf_counter() - started
