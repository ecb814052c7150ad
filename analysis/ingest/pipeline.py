"""data/raw → tables → published warehouse, with every row accounted for."""

import gc
import hashlib
import os
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import SourceError, WarehouseError, YanpanError, first_line
from analysis.ingest.assembly.assemble import assemble
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cache import Shelf, shelf_key
from analysis.ingest.doubts.book import answers_of
from analysis.ingest.doubts.confirmations import (
    CONFIRMATIONS,
    must_be_answers,
    read_confirmations,
    unmatched,
)
from analysis.ingest.headers.vocabulary import must_be_codes, must_be_fields, must_be_ledgers
from analysis.ingest.packing import unpack
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.pictures.keeping import kept_photos, relative_path, sweep
from analysis.ingest.pool import Job, prepare, read_files
from analysis.ingest.read_file import ENDS, Desk, Submission
from analysis.ingest.received import (
    LOCK,
    LOCK_S,
    REGISTER,
    SUMS,
    Receipt,
    file_hash,
    is_sent,
    path_below,
    read_receipts,
    read_register,
    take_in,
)
from analysis.ingest.shrinking import (
    fewer_rows,
    loaded_before,
    loaded_now,
    must_not_shrink,
    nothing_to_read,
)
from analysis.ingest.versions.corrections import CORRECTIONS, read_corrections
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse, table_names
from analysis.warehouse.publications import publications
from analysis.warehouse.publish import drafting
from analysis.wording.characters import file_name

#: Files of the office's own in data/raw that are no ledgers.
OWN_FILES = frozenset({REGISTER, CORRECTIONS, CONFIRMATIONS, SUMS, ".gitkeep", "README.md"})
#: What is said to whoever comes second.
BUSY = "另一个 yanpan ingest 正在读取台账，请等它结束后再运行；这次没有改动任何数据。"
#: Files done, files in all, rows so far, name of the file at hand.
Progress = Callable[[int, int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; the names are those of ``yanpan ingest --format json``.

    ``seconds`` run from the start until the warehouse is published. ``failures`` are the files that
    could not be read, ``fewer`` what the publication before had more of, ``notices`` the
    confirmations that settle nothing.
    """

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
    fewer: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def ingest(
    settings: Settings,
    paths: Sequence[Path] = (),
    received: date | None = None,
    on_progress: Progress = lambda done, total, rows, name: None,
    workers: int = 1,
    *,
    allow_empty: bool = False,
    allow_fewer: bool = False,
) -> Report:
    """Take in ``paths``, read all of ``data/raw``, publish the warehouse, account for each row.

    ``received`` is the day on which ``paths`` came; without paths, it is that of the files in
    ``data/raw`` which the published warehouse does not know yet. A file that has not changed is
    not read again; ``workers`` processes read the others. ``allow_empty`` publishes a warehouse
    of no file at all, ``allow_fewer`` one with less than half the rows of the one before.

    Raises:
        SourceError: there is nothing to read, a path does not exist, or the register, a
            correction or a confirmation cannot be used.
        WarehouseError: another run is writing, the rows have fallen by more than half, or the
            warehouse cannot be written; the published one stays as it was.

    """
    if settings.rollup:
        raise WarehouseError("这里是各县的汇总（设置了 rollup），不读台账；请在各县读取后再导出。")
    started = time.monotonic()
    must_be_readable(settings)  # told before all
    was_empty = not has_ledgers(settings)
    if was_empty and not allow_empty:
        _must_be_a_first_day(settings, paths)
    with sole_writer(settings), no_collection(), drafting(settings.warehouse) as draft:
        before = loaded_before(settings.warehouse)
        settings.raw.mkdir(parents=True, exist_ok=True)
        sent = paths or (new_files(settings) if received else ())
        take_in(sent, settings.raw, received, landing=_landing(settings.raw))
        corrections = read_corrections(settings.raw)
        confirmations = read_confirmations(settings.raw)
        readings = _read_all(settings, on_progress, workers)
        if not (readings.by_key or allow_empty):
            raise nothing_to_read(settings.raw)
        terms = Terms(corrections, confirmations, settings.region, due_days_of(settings))
        tables = assemble(readings.submissions, draft.write, terms)
        codes = answers_of(tables["doubt"])
        must_be_answers(confirmations, codes)
        sheets = tables["submission"]
        now = loaded_now(zip(sheets["ledger"], sheets["rows_loaded"], strict=True))
        if not (allow_fewer or (allow_empty and was_empty)):
            must_not_shrink(before, now)
        draft.publish(readings.made_from)
        seconds = round(time.monotonic() - started, 2)
        readings.keep()
        _sweep_photos(settings, tables["picture"]["path"])
    counts = {name: int(tables["submission"][name].sum()) for name in ("rows_read", *ENDS)}
    failed = tables["quality"]["rule"].isin(["file_unreadable", "file_unsupported"])
    return Report(
        files=tables["submission"]["path"].nunique(),
        findings=len(tables["quality"]),
        seconds=seconds,
        warehouse=str(settings.warehouse),
        failures=tuple(tables["quality"].loc[failed, "message"]),
        fewer=tuple(fewer_rows(before, now)),
        notices=tuple(unmatched(confirmations, codes)),
        **counts,
    )


def _sweep_photos(settings: Settings, published: Iterable[str]) -> None:
    """Take away photos that no ledger holds any more and no kept publication shows."""
    folder = settings.warehouse.parent
    wanted = set(published)
    # Publications are opened only where there is something to take away, which is rare.
    if any(relative_path(sha256) not in wanted for sha256 in kept_photos(folder)):
        for path in publications(settings.warehouse):
            with suppress(YanpanError), open_warehouse(path) as con:
                if "picture" in table_names(con):
                    wanted.update(p for (p,) in fetch_rows(con, "SELECT path FROM picture")[1])
    sweep(folder, {Path(path).stem for path in wanted})


def has_ledgers(settings: Settings) -> bool:
    """Whether there is a file to read in ``data/raw``."""
    return bool(_raw_files(settings.raw))


def _must_be_a_first_day(settings: Settings, paths: Sequence[Path]) -> None:
    """Refuse before anything is touched: not even a folder is made in a home that is none.

    An empty ``data/raw`` into which files are taken is a first day, but not where something was
    published before: then its own files are out of sight, and theirs would come beside them.
    """
    if not paths or any(loaded_before(settings.warehouse).values()):
        raise nothing_to_read(settings.raw)


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
        raise WarehouseError(BUSY) from error
    except OSError as error:
        raise WarehouseError(
            f"写不进磁盘，原有的数据仓库没有改动；请检查磁盘空间和权限：{first_line(error)}"
        ) from error


@contextmanager
def _landing(raw: Path) -> Iterator[None]:
    """Hold the lock of whoever lands something in ``data/raw``.

    Raises:
        SourceError: somebody else holds it for long.

    """
    try:
        with FileLock(raw / LOCK, timeout=LOCK_S):
            yield
    except Timeout as error:
        raise SourceError("正在收别的文件，没有登记收件序号；请过一会儿再运行一次。") from error


@dataclass(frozen=True, slots=True)
class _Readings:
    """All submissions by file, a digest of what they were read from, what the shelf lacks."""

    by_key: dict[str, list[Submission]]
    made_from: str
    shelf: Shelf
    fresh: dict[str, bytes]

    @property
    def submissions(self) -> list[Submission]:
        return [each for read in self.by_key.values() for each in read]

    def keep(self) -> None:
        """Put what was read on the shelf, now that it has been published."""
        self.shelf.keep(self.fresh.items(), self.by_key.keys())


def desk_of(settings: Settings, register: Mapping[str, date] | None = None) -> Desk:
    """What reading a file depends on in a home; ``register``: the days that are registered there.

    Raises:
        SettingsError: what the office has taught cannot be.

    """
    learned = settings.learned
    headers = {
        ledger: {
            name: [
                *settings.headers.get(ledger, {}).get(name, ()),
                *learned.headers.get(ledger, {}).get(name, ()),
            ]
            for name in {**settings.headers.get(ledger, {}), **learned.headers.get(ledger, {})}
        }
        for ledger in {**settings.headers, **learned.headers}
    }
    return Desk(
        settings.raw,
        settings.region,
        headers,
        read_register(settings.raw) if register is None else register,
        settings.sheets,
        learned.words,
    )


def due_days_of(settings: Settings) -> DueDays:
    """By when the reports of a half month are due in a home."""
    return DueDays(settings.report_grace_days, settings.report_due_on_workdays)


def must_be_readable(settings: Settings) -> None:
    """What the office says of headers, sheets and words must be of ledgers that there are.

    Raises:
        SettingsError: some of it is not; one line for each.

    """
    learned = settings.learned
    must_be_fields(settings.headers)
    must_be_fields(learned.headers, "learned.toml 的 {}")
    must_be_codes(learned.words)
    must_be_ledgers(settings.sheets)


def _read_all(settings: Settings, on_progress: Progress, workers: int) -> _Readings:
    desk = replace(desk_of(settings), processed=settings.warehouse.parent)
    shelf = Shelf(settings.warehouse.with_name("reading.sqlite"))
    if not shelf.path.exists() and has_ledgers(settings):
        prepare()  # all is to be read: a process begins while the files are being looked at
    jobs = _jobs(settings, desk)
    known = shelf.find({job.key for job in jobs})
    if len(known) < len({job.key for job in jobs}):
        prepare()
    found = {key: unpack(body) for key, body in known.items()}
    photos = kept_photos(settings.warehouse.parent)
    # What was read stands only as long as its photos do: they are made again from their file.
    found = {key: read for key, read in found.items() if _has_photos(read, photos)}
    rows = sum(each.facts["rows_read"] for read in found.values() for each in read)
    new = [job for job in jobs if job.key not in found]
    fresh: dict[str, bytes] = {}
    for job, submissions, body in read_files(new, desk, workers):
        on_progress(len(found), len(jobs), rows, file_name(job.path.name))
        found[job.key] = submissions
        if body:
            fresh[job.key] = body
        rows += sum(each.facts["rows_read"] for each in submissions)
    on_progress(len(jobs), len(jobs), rows, "")
    made_from = hashlib.sha256("".join(job.key for job in jobs).encode())
    made_from.update(repr(due_days_of(settings)).encode())
    for name in (REGISTER, CORRECTIONS, CONFIRMATIONS):
        if (decided := settings.raw / name).exists():
            made_from.update(name.encode() + decided.read_bytes())
    receipts = read_receipts(settings.raw)
    by_key = {job.key: with_receipt(found[job.key], receipts) for job in jobs}
    return _Readings(by_key, made_from.hexdigest(), shelf, fresh)


def with_receipt(
    submissions: Iterable[Submission], receipts: Mapping[str, Receipt]
) -> list[Submission]:
    """Submissions with their place in the order of receipt, which no reading depends on."""
    nothing = Receipt()
    return [
        Submission(each.facts | receipts.get(each.facts["path"], nothing).facts, each.records)
        for each in submissions
    ]


def _jobs(settings: Settings, desk: Desk) -> list[Job]:
    jobs = []
    for path in _raw_files(settings.raw):
        with suppress(FileNotFoundError):  # taken away at this moment: no file of this run's
            sha256 = _hash_or_none(path)
            jobs.append(Job(path, sha256, shelf_key(path, sha256, desk), path.stat().st_size))
    return jobs


def _hash_or_none(path: Path) -> str:
    """The hash of a file; nothing of one that cannot be opened, which is told when it is read.

    Raises:
        FileNotFoundError: it is gone.

    """
    try:
        return file_hash(path)
    except FileNotFoundError:
        raise
    except OSError:
        return ""


def _has_photos(submissions: Iterable[Submission], photos: Container[str]) -> bool:
    return all(
        picture.sha256 in photos for each in submissions for picture in each.records.pictures
    )


def _raw_files(raw: Path) -> list[Path]:
    """Every file that somebody sent, in an order that does not depend on the machine.

    Raises:
        SourceError: a folder cannot be looked into; what lies there would else be missing unsaid.

    """

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise SourceError(
                f"目录 {file_name(str(error.filename))} 打不开，没有发布，原有数字不变；"
                f"请检查权限：{error.strerror}"
            ) from error

    found = (
        Path(folder, name) for folder, _, names in os.walk(raw, onerror=tell) for name in names
    )
    return sorted(path for path in found if is_sent(path) and path.name not in OWN_FILES)


def new_files(settings: Settings) -> list[Path]:
    """What lies in ``data/raw`` and is not in the published warehouse."""
    known: set[tuple[str, str]] = set()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse) as con:
            known.update(fetch_rows(con, "SELECT path, sha256 FROM submission")[1])
    return [
        path
        for path in _raw_files(settings.raw)
        if (path_below(path, settings.raw), _hash_or_none(path)) not in known
    ]


def default_workers() -> int:
    """One process for each core that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
