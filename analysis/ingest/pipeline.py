"""data/raw → tables → published warehouse, with every row accounted for."""

import gc
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import SourceError, WarehouseError, YanpanError
from analysis.ingest.assembly import assemble
from analysis.ingest.corrections import CORRECTIONS, read_corrections
from analysis.ingest.reading import ENDS, Desk, Submission, read_file
from analysis.ingest.receipts import REGISTER, file_hash, is_sent, read_register, take_in
from analysis.ingest.shelf import Shelf, pack, shelf_key, unpack
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, first_line, open_warehouse
from analysis.warehouse.publish import publish

#: Files of the office's own in data/raw that are no ledgers.
OWN_FILES = frozenset({REGISTER, CORRECTIONS, ".gitkeep", "README.md"})
#: So many bytes to read are worth the start of a second process.
WORTH_A_PROCESS = 4_000_000
#: Files are handed to a process by so many at a time.
CHUNK = 8

#: Files done, files in all, rows so far, name of the file at hand.
Progress = Callable[[int, int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; the names are those of ``yanpan ingest --format json``."""

    files: int
    rows_read: int
    rows_loaded: int
    rows_duplicate: int
    rows_ignored: int
    rows_rejected: int
    findings: int
    seconds: float
    warehouse: str
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to read, and under what key its reading is kept."""

    path: Path
    sha256: str
    key: str


def ingest(
    settings: Settings,
    paths: Sequence[Path] = (),
    received: date | None = None,
    on_progress: Progress = lambda done, total, rows, name: None,
    workers: int = 1,
) -> Report:
    """Take in ``paths``, read all of ``data/raw``, publish the warehouse, account for each row.

    ``received`` is the day on which ``paths`` came; without paths, it is that of the files in
    ``data/raw`` which the published warehouse does not know yet. A file that has not changed is
    not read again; ``workers`` processes read the others.

    Raises:
        SourceError: a path does not exist, or the register or a correction cannot be used.
        WarehouseError: another run is writing, or the warehouse cannot be written; the
            published one stays as it was.

    """
    started = time.monotonic()
    with sole_writer(settings), no_collection():
        settings.raw.mkdir(parents=True, exist_ok=True)
        take_in(paths or (_new_files(settings) if received else ()), settings.raw, received)
        corrections = read_corrections(settings.raw)
        with ThreadPoolExecutor(1) as shelving:
            submissions, made_from = _read_all(settings, on_progress, workers, shelving)
            tables = assemble(submissions, corrections)
            publish(tables, settings.warehouse, made_from)
    counts = {name: int(tables["submission"][name].sum()) for name in ("rows_read", *ENDS)}
    failed = tables["quality"]["rule"].isin(["file_unreadable", "file_unsupported"])
    return Report(
        files=tables["submission"]["path"].nunique(),
        findings=len(tables["quality"]),
        seconds=round(time.monotonic() - started, 2),
        warehouse=str(settings.warehouse),
        failures=tuple(tables["quality"].loc[failed, "message"]),
        **counts,
    )


@contextmanager
def no_collection() -> Iterator[None]:
    """Millions of cells and no cycles among them: looking for garbage would only cost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def sole_writer(settings: Settings) -> Iterator[None]:
    """Hold the one place at the warehouse; it is free again as soon as its holder ends.

    Raises:
        WarehouseError: somebody else holds it, or the disk takes no more.

    """
    folder = settings.warehouse.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".ingest.lock", timeout=0):
            yield
    except Timeout as error:
        raise WarehouseError(
            "另一个 yanpan ingest 正在读取台账，请等它结束后再运行；这次没有改动任何数据。"
        ) from error
    except OSError as error:
        raise WarehouseError(
            f"写不进磁盘，原有的数据仓库没有改动；请检查磁盘空间和权限：{first_line(error)}"
        ) from error


def read_files(
    jobs: Sequence[_Job], desk: Desk, workers: int = 1
) -> Iterator[tuple[_Job, list[Submission], bytes]]:
    """Read files one after the other, or in several processes; each with its packed form."""
    size = sum(job.path.stat().st_size for job in jobs)
    left = list(jobs)
    if workers > 1 and len(jobs) > 1 and size > WORTH_A_PROCESS:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _sit_down, (desk,))
        try:
            with pool:
                for job, body in zip(
                    jobs, pool.map(_read_packed, jobs, chunksize=CHUNK), strict=True
                ):
                    yield job, unpack(body), body
                    left.remove(job)
        except BrokenProcessPool:  # a host that allows no processes: read on in this one
            pass
    for job in left:
        submissions = _read_or_tell(job, desk)
        yield job, submissions, pack(submissions)


_desk: Desk | None = None


def _sit_down(desk: Desk) -> None:
    global _desk
    _desk = desk


def _read_packed(job: _Job) -> bytes:
    if _desk is None:
        raise RuntimeError("the process has not been set up")
    return pack(_read_or_tell(job, _desk))


def _read_or_tell(job: _Job, desk: Desk) -> list[Submission]:
    try:
        return read_file(job.path, job.sha256, desk)
    except YanpanError:
        raise
    except Exception as error:
        raise SourceError(
            f"{job.path.relative_to(desk.raw)}：读取时程序出错"
            f"（{type(error).__name__}: {error}），这次没有发布，原有数字不变；"
            "请先把该文件移出 data/raw，再报告这个问题。"
        ) from error


def _read_all(
    settings: Settings, on_progress: Progress, workers: int, shelving: Executor
) -> tuple[list[Submission], str]:
    """All submissions, and a digest of everything that they were read from."""
    desk = Desk(settings.raw, settings.region, settings.headers, read_register(settings.raw))
    jobs = [
        _Job(path, sha256 := file_hash(path), shelf_key(path, sha256, desk))
        for path in _raw_files(settings.raw)
    ]
    shelf = Shelf(settings.warehouse.with_name("reading.sqlite"))
    known = shelf.find({job.key for job in jobs})
    found = {key: unpack(body) for key, body in known.items()}
    rows = sum(each.facts["rows_read"] for read in found.values() for each in read)
    new = [job for job in jobs if job.key not in found]
    fresh: dict[str, bytes] = {}
    for job, submissions, body in read_files(new, desk, workers):
        on_progress(len(found), len(jobs), rows, job.path.name)
        found[job.key] = submissions
        fresh[job.key] = body
        rows += sum(each.facts["rows_read"] for each in submissions)
    on_progress(len(jobs), len(jobs), rows, "")
    shelving.submit(shelf.keep, list(fresh.items()), {job.key for job in jobs})
    made_from = hashlib.sha256("".join(job.key for job in jobs).encode())
    if (corrections := settings.raw / CORRECTIONS).exists():
        made_from.update(corrections.read_bytes())
    return [each for job in jobs for each in found[job.key]], made_from.hexdigest()


def _raw_files(raw: Path) -> list[Path]:
    """Every file that somebody sent, in an order that does not depend on the machine."""
    return sorted(path for path in raw.rglob("*") if is_sent(path) and path.name not in OWN_FILES)


def _new_files(settings: Settings) -> Iterable[Path]:
    known: set[tuple[str, str]] = set()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse) as con:
            known.update(fetch_rows(con, "SELECT path, sha256 FROM submission")[1])
    return [
        path
        for path in _raw_files(settings.raw)
        if (path.relative_to(settings.raw).as_posix(), file_hash(path)) not in known
    ]


def default_workers() -> int:
    """One process for each core that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
