"""``yanpan bench report``: how long the documents of a meeting take, from the start of the process.

Each measurement is a process of its own, in turn with one that only loads the same libraries (and
draws one empty chart), so that the ratio says how much is ours; medians of several rounds.
All data are the demo county's: 模拟数据.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import YanpanError
from benchmarks import ROOT
from benchmarks.timing import middle, ratio, spread

#: The last day of the demo year.
DAY = date(2023, 11, 15)
#: What is measured → what it is compared with, and the limit in seconds.
CASES: Mapping[str, tuple[str, str, float | None]] = {
    "报告、汇报、附件": ("documents", "libraries", 5.0),
    "督办函，各单位": ("letters", "libraries", None),
    "图片 12 幅": ("pictures", "browser", 10.0),
}


def bench_report(rounds: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Rows of the table: seconds, those compared with, the ratio, the limit."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for words in (["demo"], ["ingest"]):
            _yanpan("-m", "analysis.cli", "--home", str(home), *words)
        times: dict[str, list[float]] = {}
        for number in range(rounds):
            say(f"第 {number + 1} 轮")
            for what in dict.fromkeys(name for case in CASES.values() for name in case[:2]):
                taken = json.loads(
                    _yanpan("-m", "benchmarks.report", what, str(home), str(time.time()))
                )
                times.setdefault(what, []).append(taken)
    return [
        {
            "情形": label, "秒": middle(times[what]), "最短–最长": spread(times[what]),
            "相比秒": middle(times[other]), "倍": ratio(times[what], times[other]),
            "要求": "—" if limit is None else (
                f"≤ {limit:g} 秒，{'达到' if middle(times[what]) <= limit else '未达到'}"
            ),
        }
        for label, (what, other, limit) in CASES.items()
    ]  # fmt: skip


def _yanpan(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, *words], capture_output=True, text=True, encoding="utf-8", cwd=ROOT
    )
    if done.returncode:
        raise YanpanError(f"测速没有跑成：{done.stderr.strip().splitlines()[-1]}")
    return done.stdout


def _libraries() -> None:
    """Load what the documents are made with."""
    import docx
    import duckdb
    import openpyxl
    import pandas
    import pptx
    import scipy.stats

    assert all((docx, duckdb, openpyxl, pandas, pptx, scipy.stats))  # noqa: S101


def _browser(folder: Path) -> None:
    """One empty chart by the same browser."""
    import kaleido

    blank: dict[str, Any] = {"data": [], "layout": {}}
    kaleido.write_fig_from_object_sync(
        [{"fig": blank, "path": folder / "空.png", "opts": {"format": "png"}}],
        kopts={"mathjax": False},
    )


def _documents(home: Path, folder: Path, what: str) -> float:
    """Write one part of a package; return the seconds that came before that part."""
    from analysis.briefing.figures import gather
    from analysis.reports.package import document_writers, unit_letter, write_each
    from analysis.settings import Settings
    from analysis.warehouse.client import Warehouse
    from analysis.warehouse.scope import Scope

    settings, scope = Settings(home=home), Scope(DAY)
    with Warehouse(settings.warehouse) as source:
        if what == "documents":
            figures = gather(source, settings, scope, "monthly")
            _, missing = write_each(document_writers(figures, folder))
            if missing:
                raise YanpanError("".join(missing))
            return 0.0
        figures = gather(source, settings, scope, "monthly")
        started = time.perf_counter()
        if what == "letters":
            for unit in sorted(set(figures["overdue"]["unit"].dropna())):
                unit_letter(source, settings, scope, unit)
        else:
            from analysis.reports.images import pictures, write_pictures

            drawn = {folder / f"{name}.png": draw() for name, draw in pictures(figures).items()}
            if said := write_pictures(drawn):
                raise YanpanError(said)
        return time.perf_counter() - started


def main(arguments: Sequence[str]) -> None:
    """Do one thing in this process and print its seconds.

    Libraries, browser and documents count from the start of the process, letters and pictures
    from when the figures are there.
    """
    what, home, started = arguments
    with TemporaryDirectory() as folder:
        own = 0.0
        if what == "libraries":
            _libraries()
        elif what == "browser":
            _browser(Path(folder))
        else:
            own = _documents(Path(home), Path(folder), what)
        print(json.dumps(own or time.time() - float(started)))


if __name__ == "__main__":
    main(sys.argv[1:])
