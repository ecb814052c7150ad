"""All files of ``data/raw`` as submissions: those that are new are read, of the others the gist is
taken off the shelf.
"""

import hashlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from analysis.accounts import Accounts
from analysis.errors import SourceError
from analysis.ingest.assembly.groups.kept import Recollection, pack_gists, unpack_gists
from analysis.ingest.cache import BODY, GIST, OUTCOME, Shelf, shelf_key
from analysis.ingest.cells.values import use_office_days
from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.periods.workdays import Calendar
from analysis.ingest.pictures.keeping import kept_photos
from analysis.ingest.plan.taught import PLAN_READINGS, read_taught
from analysis.ingest.pool import Job, read_files
from analysis.ingest.read_file import Desk, Submission
from analysis.ingest.received import (
    REGISTER,
    SUMS,
    Receipt,
    file_hash,
    has_senders_name,
    read_receipts,
    read_register,
)
from analysis.ingest.standby import prepare
from analysis.ingest.versions.closing.rule import ClosingRule
from analysis.ingest.versions.corrections import CORRECTIONS
from analysis.settings import Settings
from analysis.wording.characters import file_name

#: Files of the office's own in data/raw that are no ledgers.
OWN_FILES = frozenset(
    {REGISTER, CORRECTIONS, CONFIRMATIONS, PLAN_READINGS, SUMS, ".gitkeep", "README.md"}
)
#: Files done, files in all, rows so far, name of the file at hand.
Progress = Callable[[int, int, int, str], None]


@dataclass(frozen=True, slots=True)
class Readings:
    """All submissions by file, a digest of what they were read from, what the shelf lacks.

    ``memory`` is of what became of them in earlier runs.
    """

    by_key: dict[str, list[Submission]]
    made_from: str
    shelf: Shelf
    fresh: dict[str, bytes]
    memory: Recollection

    @property
    def submissions(self) -> list[Submission]:
        """Every sheet of every file."""
        return [each for read in self.by_key.values() for each in read]

    def keep(self) -> None:
        """Put what was read, and what became of it, on the shelf, now that it is published."""
        gists = ((key, pack_gists(self.by_key[key])) for key in self.fresh)
        self.shelf.keep(
            {BODY: self.fresh.items(), GIST: gists, OUTCOME: self.memory.new()},
            {BODY: self.by_key.keys(), GIST: self.by_key.keys(), OUTCOME: self.memory.used},
        )


def read_all(settings: Settings, on_progress: Progress, workers: int) -> Readings:
    """Every submission of a home; ``workers`` processes read the files that have changed.

    Raises:
        SourceError: a folder or the register cannot be read.

    """
    desk = replace(desk_of(settings), processed=settings.warehouse.parent)
    use_office_days(desk.rest, desk.work)  # doubts read deadlines once more
    shelf = shelf_of(settings)
    if not shelf.path.exists() and has_ledgers(settings):
        prepare()  # all is to be read: a process begins while the files are being looked at
    jobs = jobs_of(settings, desk)
    known = shelf.find({job.key for job in jobs} & shelf.known(), GIST)
    if len(known) < len({job.key for job in jobs}):
        prepare()
    found = {key: unpack_gists(kept, partial(shelf.body, key)) for key, kept in known.items()}
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
    made_from.update(repr((due_days_of(settings), closing_of(settings))).encode())
    for name in (REGISTER, CORRECTIONS, CONFIRMATIONS):
        if (decided := settings.raw / name).exists():
            made_from.update(name.encode() + decided.read_bytes())
    receipts = read_receipts(settings.raw)
    # What could not be read is tried again each time: nothing is remembered of it.
    keys = {key: key for key in (*known, *fresh)}
    by_key = {
        job.key: with_receipt(found[job.key], receipts, keys.get(job.key, "")) for job in jobs
    }
    return Readings(by_key, made_from.hexdigest(), shelf, fresh, Recollection(shelf))


def with_receipt(
    submissions: Iterable[Submission], receipts: Mapping[str, Receipt], key: str = ""
) -> list[Submission]:
    """Submissions with their place in the order of receipt, which no reading depends on; ``key``
    is that of the reading, where they do not have it yet.
    """
    nothing = Receipt()
    return [
        replace(
            each, facts=each.facts | receipts.get(each.facts["path"], nothing).facts,
            key=key or each.key,
        )
        for each in submissions
    ]  # fmt: skip


def has_ledgers(settings: Settings) -> bool:
    """Whether there is a file to read in ``data/raw``."""
    return any(_files_below(str(settings.raw)))


def jobs_of(settings: Settings, desk: Desk) -> list[Job]:
    """Every file that was sent, with the key of its reading."""
    jobs = []
    for path in raw_files(settings.raw):
        with suppress(FileNotFoundError):  # taken away at this moment: no file of this run's
            sha256 = hash_or_none(path)
            jobs.append(Job(path, sha256, shelf_key(path, sha256, desk), path.stat().st_size))
    return jobs


def hash_or_none(path: Path) -> str:
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


def raw_files(raw: Path) -> list[Path]:
    """Every file that somebody sent, in an order that does not depend on the machine.

    Raises:
        SourceError: a folder cannot be looked into; what lies there would else be missing unsaid.

    """

    return [Path(path) for path in sorted(_files_below(str(raw)), key=_parts)]


def _parts(path: str) -> list[str]:
    return path.split(os.sep)


def _files_below(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _files_below(entry.path)
                elif (
                    has_senders_name(entry.name) and entry.name not in OWN_FILES and entry.is_file()
                ):
                    yield entry.path
    except FileNotFoundError:
        return  # taken away at this moment, or never there
    except OSError as error:
        raise SourceError(
            f"目录 {file_name(str(error.filename))} 打不开，没有发布，原有数字不变；"
            f"请检查权限：{error.strerror}"
        ) from error


def desk_of(settings: Settings, register: Mapping[str, date] | None = None) -> Desk:
    """What reading a file depends on in a home; ``register``: the days that are registered there.

    Raises:
        SettingsError: what the office has taught cannot be.

    """
    learned, calendar = settings.learned, calendar_of(settings)
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
        taught=read_taught(settings.raw),
        rest=calendar.rest,
        work=calendar.work,
    )


def due_days_of(settings: Settings) -> DueDays:
    """By when the reports of a half month are due in a home."""
    calendar = calendar_of(settings)
    return DueDays(settings.report_grace_days, settings.report_due_on_workdays, calendar)


def calendar_of(settings: Settings) -> Calendar:
    """Which days are worked in a home: the State Council's, and what the office has added."""
    rest: set[date] = set()
    work: set[date] = set()
    for each in settings.holiday:
        length = (each["end"] - each["start"]).days
        rest.update(each["start"] + timedelta(days=n) for n in range(length + 1))
        work.update(each.get("workdays", ()))
    return Calendar(tuple(sorted(rest)), tuple(sorted(work)))


def shelf_of(settings: Settings) -> Shelf:
    """What is kept of what was read in a home."""
    return Shelf(settings.warehouse.with_name("reading.sqlite"))


def closing_of(settings: Settings) -> ClosingRule:
    """Who may close an item in a home: its confirmed signers, and whose its accounts are.

    Raises:
        YanpanError: the accounts cannot be read.

    """
    accounts = Accounts(settings.accounts)
    shown = {account.name: account.person for account in accounts.everyone()}
    since = {name: day for name, day in settings.signers.items() if day > date.min}
    return ClosingRule(tuple(settings.signers), accounts.has_any(), shown, since)
