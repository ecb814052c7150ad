"""``yanpan bench ingest``: the time of reading beside what calamine alone needs, and the memory.

Speed is a ratio of two times taken in turn on the same machine, each in a process of its own;
the median of several rounds counts, since others use the machine as well. Beside it stands what
pandas takes to read the same cells, by either of its engines. All data are invented.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from analysis.errors import YanpanError
from benchmarks import ROOT
from benchmarks.timing import middle, ratio, spread

HEADER = (
    "隐患编号", "检查编号", "发现日期", "隐患来源", "场所名称", "业态", "所属乡镇", "隐患部位",
    "隐患描述", "隐患类别", "隐患等级", "责任单位", "责任人", "整改措施", "整改资金（元）",
    "整改类别", "整改期限", "整改状态", "整改完成日期", "备注",
)  # fmt: skip
SOURCES, KINDS = ("双随机", "专项", "互检"), ("宾馆", "网吧", "景区")
PLACES, CATEGORIES = ("一层", "二层", "大厅"), ("消防设施", "疏散通道", "用电用火")
UNITS = ("县文旅局", "县应急局")
MEBIBYTE = 1024**2
#: How often it is looked what memory is held.
LOOK_EVERY_S = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
FIRST_DAY = date(2023, 1, 1)
SIZE = 100_000
#: What reads the same cells, and what it is called.
PEERS = {
    "calamine": "calamine", "pandas_calamine": "pandas（calamine）",
    "pandas_openpyxl": "pandas（openpyxl）",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure: its name, how its files are made, what calamine is given, the limit.

    With ``next_file`` all others have been read before, and it alone is new.
    """

    name: str
    make: Callable[[Path, int], None]
    has_baseline: bool
    limit: str
    next_file: Callable[[Path], Path] | None = None


def hazard_rows(count: int, seed: int, sent_on: date) -> Iterator[list[Any]]:
    """Invented hazards in twenty columns, as of the day on which they are sent."""
    for number in range(count):
        draw = random.Random(seed * 1_000_003 + number)  # noqa: S311 - a simulation, no secret
        found = FIRST_DAY + timedelta(days=draw.randrange(270))
        due = found + timedelta(days=20)
        done = found + timedelta(days=draw.randrange(5, 300))
        is_done = done < sent_on
        yield [
            f"YH{number:06}", f"JC{number // 3:05}", found, draw.choice(SOURCES),
            f"模拟场所{draw.randrange(2000)}", draw.choice(KINDS), draw.choice("甲乙丙丁") + "镇",
            draw.choice(PLACES), f"灭火器压力不足，共{draw.randrange(50000)}处",
            draw.choice(CATEGORIES), "重大" if draw.random() < 0.03 else "一般",
            draw.choice(UNITS), f"责任人{draw.randrange(300)}", "立即更换并登记",
            draw.randrange(100, 90000), "限期整改", f"{due.year}年{due.month}月{due.day}日前",
            "已整改" if is_done else "整改中", done if is_done else None,
            f"备注{draw.randrange(1000)}",
        ]  # fmt: skip


def _save(path: Path, sender: str, rows: Iterator[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(["隐患台账（模拟数据）"])
    sheet.append([f"填报单位：{sender}"])
    sheet.append(list(HEADER))
    for row in rows:
        sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _one_large(raw: Path, rows: int) -> None:
    day = date(2023, 10, 15)
    _save(raw / str(day) / "模拟数据_大台账.xlsx", "县文旅局", hazard_rows(rows, 1, day))


def _many_small(raw: Path, rows: int) -> None:
    """Many units that each send their ledger of a hundred rows ten times."""
    for delivery in range(10):
        day = date(2023, 10, 15) + timedelta(days=15 * delivery)
        for unit in range(rows // 1000):
            name = f"模拟单位{unit:03}"
            sent = hazard_rows(100, unit, day)
            _save(raw / str(day) / f"模拟数据_隐患台账_{name}.xlsx", name, sent)


def _long_csv(raw: Path, rows: int) -> None:
    import csv

    day = date(2023, 10, 15)
    folder = raw / str(day)
    folder.mkdir(parents=True)
    with (folder / "模拟数据_长台账.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(hazard_rows(rows * 10, 1, day))


#: Half months and units of three years of reporting, and what each of them finds in one.
HALF_MONTHS, REPORTING, FOUND = 72, 26, 4


def _three_years(raw: Path, rows: int) -> None:
    """Units that send their whole ledger every half month; the last one has not done so yet."""
    for number in range(1, HALF_MONTHS + 1):
        for unit in range(REPORTING):
            if (number, unit) != (HALF_MONTHS, REPORTING - 1):
                _send(raw, number, unit, rows)


def _the_last(raw: Path) -> Path:
    return _send(raw, HALF_MONTHS, REPORTING - 1, SIZE)


def _send(raw: Path, number: int, unit: int, rows: int) -> Path:
    """The ledger of a unit at the end of a half month: all that it ever found."""
    name, day = f"模拟单位{unit:03}", FIRST_DAY + timedelta(days=15 * number)
    found = max(1, FOUND * rows // SIZE) * number
    path = raw / str(day) / f"模拟数据_隐患台账_{name}.xlsx"
    _save(path, name, hazard_rows(found, unit, day))
    return path


CASES = (
    Case("一个 xlsx，{rows:,} 行 × 20 列", _one_large, True, "≤ 2.0 倍"),
    Case("{files:,} 个 xlsx，各 100 行 × 20 列", _many_small, True, "≤ 2.0 倍"),
    Case("一个 csv，{tenfold:,} 行 × 20 列", _long_csv, False, "< 1.5 GB"),
    Case(
        "26 个单位报了三年（1,872 个文件）之后的一个新文件",
        _three_years,
        False,
        "≤ 1.5 秒，≤ 400 MB",
        _the_last,
    ),
)


def bench_ingest(rounds: int, say: Callable[[str], None], size: int = SIZE) -> list[dict[str, Any]]:
    """Measure every case; one row each, with times in seconds and memory in MiB.

    ``size`` is the rows of the one large workbook, and of all small ones together.

    Raises:
        YanpanError: a measurement could not be made.

    """
    table = []
    for case in CASES:
        with TemporaryDirectory(prefix="yanpan-bench-") as folder:
            home = Path(folder)
            name = case.name.format(rows=size, files=size // 100, tenfold=size * 10)
            say(f"准备数据：{name}")
            case.make(home / "data" / "raw", size)
            limit = case.limit if size == SIZE else "—"  # what is asked for is asked at that size
            table.append(_measure(replace(case, name=name, limit=limit), home, rounds, say))
    return table


def _measure(case: Case, home: Path, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    peers = PEERS if case.has_baseline else {}
    taken: dict[str, list[dict[str, float]]] = {}
    for number in range(1, rounds + 1):
        say(f"第 {number}/{rounds} 轮：{case.name}")
        for what in (*peers, "ingest"):
            taken.setdefault(what, []).append(_run(what, home, case.next_file))
    times = {what: [each["seconds"] for each in runs] for what, runs in taken.items()}
    return {
        "情形": case.name,
        "ingest 秒": middle(times["ingest"]),
        "最短–最长": spread(times["ingest"]),
        **{
            f"{label}的几倍": ratio(times["ingest"], times.get(what, []))
            for what, label in PEERS.items()
        },
        "内存峰值 MB": round(max(each["peak"] for each in taken["ingest"])),
        "要求": case.limit,
    }


def _run(
    what: str, home: Path, next_file: Callable[[Path], Path] | None = None
) -> dict[str, float]:
    """One measurement in a process of its own, with nothing left from the one before.

    ``next_file`` comes after the others were read, and is measured alone.
    """
    for left in (home / "data" / "processed").glob("*"):
        if left.is_file():
            left.unlink()
    if next_file is None:
        return _measured(what, home)
    _measured(what, home)
    path = next_file(home / "data" / "raw")
    try:
        return _measured(what, home)
    finally:
        path.unlink()


def _measured(what: str, home: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "benchmarks.ingest", what, str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise YanpanError(f"测速没有跑成：{done.stderr.strip().splitlines()[-1]}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _calamine(home: Path) -> float:
    """Seconds until calamine has handed over every cell."""
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    for path in sorted((home / "data" / "raw").rglob("*.xlsx")):
        with CalamineWorkbook.from_path(str(path)) as book:
            cells = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    seconds = time.perf_counter() - started
    del cells  # giving the memory back is no part of handing over
    return seconds


def _pandas(home: Path, engine: Literal["calamine", "openpyxl"]) -> float:
    """Seconds until pandas has made a frame of every sheet."""
    import pandas as pd

    started = time.perf_counter()
    for path in sorted((home / "data" / "raw").rglob("*.xlsx")):
        frames = pd.read_excel(path, sheet_name=None, header=2, engine=engine)
    seconds = time.perf_counter() - started
    del frames
    return seconds


def _ingest(home: Path) -> float:
    """Seconds from the start of a run until its warehouse is published; what it imports, and the
    process that reads, are there by then, as ``yanpan ingest`` has them begin side by side.
    """
    from analysis.ingest.standby import prepare

    prepare()
    from analysis.ingest.pipeline import default_workers, ingest
    from analysis.settings import Settings

    return ingest(Settings(home=home), workers=default_workers()).seconds


class _Memory:
    """The most memory that this process and those it began have held at a time, in MiB.

    Looked at again and again, where the system tells: one process may give back what another
    takes, and the sum of what each held at most would be memory that was never needed.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Memory":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watch.join()
        self.peak = self.peak or _sum_of_peaks()

    def _look(self) -> None:
        while not self._is_over.wait(LOOK_EVERY_S):
            self.peak = max(self.peak, _held())


def _held() -> float:
    """What this process and its children hold now, in MiB; 0 where the system does not tell."""
    pages = 0
    with suppress(OSError):
        tasks = Path("/proc/self/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text().split()]
        for process in ("self", *children):
            with suppress(OSError):  # a child that has just ended
                pages += int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * _PAGE / MEBIBYTE


def _sum_of_peaks() -> float:
    """What this process and its largest child held at most, if not at one time."""
    try:
        import resource
    except ImportError:  # Windows keeps no such count
        return float("nan")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = MEBIBYTE if sys.platform == "darwin" else 1024
    return (own + children) / unit


def main(arguments: Sequence[str]) -> None:
    """Measure one thing in this process and print seconds and memory as JSON."""
    what, home = arguments
    measured: dict[str, Callable[[Path], float]] = {
        "calamine": _calamine,
        "pandas_calamine": lambda at: _pandas(at, "calamine"),
        "pandas_openpyxl": lambda at: _pandas(at, "openpyxl"),
        "ingest": _ingest,
    }
    with _Memory() as memory:
        seconds = measured[what](Path(home))
    print(json.dumps({"seconds": seconds, "peak": memory.peak}))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main(sys.argv[1:])
