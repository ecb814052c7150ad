"""data/raw → tables → published warehouse, with every row accounted for."""

import gc
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.accounts.seals import Seals
from analysis.accounts.witnesses import keep_beside
from analysis.errors import SourceError, WarehouseError, YanpanError, first_line
from analysis.ingest.assembly.assemble import Tables, assemble
from analysis.ingest.assembly.eras.withdrawals import read_withdrawals, without_file
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cache import ShelfError
from analysis.ingest.doubts.book import answers_of
from analysis.ingest.doubts.confirmations import must_be_answers, read_confirmations, unmatched
from analysis.ingest.headers.vocabulary import must_be_codes, must_be_fields, must_be_ledgers
from analysis.ingest.pictures.keeping import kept_photos, relative_path, sweep
from analysis.ingest.read_file import ENDS
from analysis.ingest.readings import (
    Progress,
    closing_of,
    due_days_of,
    has_ledgers,
    hash_or_none,
    raw_files,
    read_all,
    shelf_of,
)
from analysis.ingest.received import LOCK, LOCK_S, path_below, take_in
from analysis.ingest.shrinking import (
    Loaded,
    fewer_rows,
    loaded_before,
    loaded_now,
    must_not_shrink,
    nothing_to_read,
)
from analysis.ingest.versions.closing.earlier import closed_before, no_longer_closed
from analysis.ingest.versions.corrections import read_corrections
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse, table_names
from analysis.warehouse.publications import publications
from analysis.warehouse.publish import drafting

#: What is said to whoever comes second.
BUSY = "另一个 yanpan ingest 正在读取台账，请等它结束后再运行；这次没有改动任何数据。"


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; the names are those of ``yanpan ingest --format json``.

    ``seconds`` run from the start until the warehouse is published. ``failures`` are the files that
    could not be read, ``fewer`` what the publication before had more of, ``notices`` the
    confirmations that settle nothing, and the closings that count no longer.
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
    with sole_writer(settings), no_collection():
        before = loaded_before(settings.warehouse)
        closed = closed_before(settings.warehouse)
        settings.raw.mkdir(parents=True, exist_ok=True)
        sent = paths or (new_files(settings) if received else ())
        take_in(sent, settings.raw, received, landing=_landing(settings.raw))
        terms = Terms(
            read_corrections(settings.raw), read_confirmations(settings.raw), settings.region,
            due_days_of(settings), read_withdrawals(settings.raw), closing_of(settings),
        )  # fmt: skip
        fewest: Loaded = {} if allow_fewer or (allow_empty and was_empty) else before

        def publish() -> tuple[Tables, float]:
            return _publish(settings, terms, on_progress, workers, fewest, allow_empty)

        try:
            tables, published_at = publish()
        except ShelfError:
            shelf_of(settings).forget()
            tables, published_at = publish()
    sheets, codes = tables["submission"], answers_of(tables["doubt"])
    now = loaded_now(zip(sheets["ledger"], sheets["rows_loaded"], strict=True))
    counts = {name: int(tables["submission"][name].sum()) for name in ("rows_read", *ENDS)}
    failed = tables["quality"]["rule"].isin(["file_unreadable", "file_unsupported"])
    return Report(
        files=tables["submission"]["path"].nunique(),
        findings=len(tables["quality"]),
        seconds=round(published_at - started, 2),
        warehouse=str(settings.warehouse),
        failures=tuple(tables["quality"].loc[failed, "message"]),
        fewer=tuple(fewer_rows(before, now)),
        notices=(
            *unmatched(terms.confirmations, codes),
            *without_file(settings.raw, terms.withdrawn),
            *no_longer_closed(closed, tables),
        ),
        **counts,
    )


def _publish(
    settings: Settings, terms: Terms, on_progress: Progress, workers: int,
    before: Loaded, allow_empty: bool,
) -> tuple[Tables, float]:  # fmt: skip
    """Read, assemble, publish, and put on the shelf what is of use for the next run; the tables,
    and the moment of the publication.

    Raises:
        ShelfError: what was on the shelf cannot be read any more.

    """
    with drafting(settings.warehouse) as draft:
        readings = read_all(settings, on_progress, workers)
        if not (readings.by_key or allow_empty):
            raise nothing_to_read(settings.raw)
        tables = assemble(readings.submissions, draft.write, terms, readings.memory)
        must_be_answers(terms.confirmations, answers_of(tables["doubt"]))
        sheets = tables["submission"]
        now = loaded_now(zip(sheets["ledger"], sheets["rows_loaded"], strict=True))
        must_not_shrink(before, now)
        draft.publish(readings.made_from)
        published_at = time.monotonic()
        _keep_seals(settings)
        readings.keep()
        _sweep_photos(settings, tables["picture"]["path"])
    return tables, published_at


def _keep_seals(settings: Settings) -> None:
    """Keep beside the publication how far the audit log and the alert book have come.

    Where that fails the figures are published all the same: their seals are in the accounts.
    """
    with suppress(OSError, YanpanError):
        if seals := Seals(settings.audit_log.parent).kept():
            keep_beside(publications(settings.warehouse)[-1], seals)


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


def new_files(settings: Settings) -> list[Path]:
    """What lies in ``data/raw`` and is not in the published warehouse."""
    known: set[tuple[str, str]] = set()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse) as con:
            known.update(fetch_rows(con, "SELECT path, sha256 FROM submission")[1])
    return [
        path
        for path in raw_files(settings.raw)
        if (path_below(path, settings.raw), hash_or_none(path)) not in known
    ]


def default_workers() -> int:
    """One process for each core that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
