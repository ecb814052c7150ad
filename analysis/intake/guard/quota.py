"""How much a unit may send a day and have kept, and how much room the disk must have left.

What a unit confirms lies in ``data/raw`` for good, also when it is withdrawn; without a bound one
account fills the disk of all. All accounts of a unit share its bounds, so that a second account
adds nothing. The office has none: it is who is asked when a bound is met, brings in years of
ledgers in a day, and a bound of its own would stop the work of everybody. The room that the disk
must have left holds for it too, since publishing needs that room.

The truth is what lies on the disk. ``data/quota.sqlite`` remembers it, so that no request walks
over files: it is counted anew when a server starts, and before a unit is refused, once a minute at
most, since the office may have made room by hand.
"""

import glob
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

from filelock import FileLock

from analysis.accounts.store import Store
from analysis.errors import YanpanError
from analysis.ingest.received import LOCK, LOCK_S, uploader
from analysis.settings import Settings
from analysis.stores import SqliteForms

MB = 1024 * 1024
#: From this part of a bound on the office is told who is near it.
NEAR = 0.8
#: A unit that is refused has its files counted anew, at most so often.
AGAIN_AFTER_S = 60.0
#: Days of which it is remembered how much was sent.
REMEMBERED = timedelta(days=7)
FORMS = SqliteForms(
    "报送用量文件",
    (
        "CREATE TABLE kept (folder TEXT PRIMARY KEY, files INTEGER NOT NULL, "
        "bytes INTEGER NOT NULL, counted_at REAL NOT NULL)",
        "CREATE TABLE sent (day TEXT NOT NULL, folder TEXT NOT NULL, files INTEGER NOT NULL, "
        "bytes INTEGER NOT NULL, PRIMARY KEY (day, folder))",
    ),
)


class QuotaError(YanpanError):
    """A bound is met: the message says which, and whom to ask."""


@dataclass(frozen=True, slots=True)
class Use:
    """How many files and bytes a unit, named as its folder is, has sent on a day or has kept."""

    folder: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that a unit may: what it is of in words, files and MB."""

    label: str
    files: int
    megabytes: int

    def part(self, use: Use) -> float:
        """How far it is used up: 1 is all of it."""
        return max(use.files / self.files, use.bytes / (self.megabytes * MB))

    def told(self, use: Use) -> str:
        """The use beside the bound, in words."""
        return (
            f"{self.label} {use.files} 个文件、{use.bytes / MB:.0f} MB"
            f"（最多 {self.files} 个、{self.megabytes} MB）"
        )


def must_leave_room(settings: Settings, size: int = 0) -> None:
    """Refuse a file after which the disk has less left than publishing needs.

    Raises:
        QuotaError: it has; the office must have the disk cleared.

    """
    if free_bytes(settings) - size < settings.disk_mb_left * MB:
        raise QuotaError(
            f"服务器磁盘剩余不足 {settings.disk_mb_left} MB，暂停收文件，没有收下；"
            f"请联系{whom(settings)}，请管理员清理磁盘。"
        )


def must_fit(settings: Settings, folder: str, size: int) -> None:
    """Refuse a file that a unit could not have kept, before anything else is done with it.

    ``folder`` names the unit as its folder does; the office's files are never refused here.

    Raises:
        QuotaError: it is one too many, or too large beside what is kept.

    """
    if not _is_bound(folder):
        return
    with _store(settings).writing() as con:
        does_fit = _fits(settings, _kept(con, folder), size)
    if not does_fit:
        with _locked(settings), _store(settings).writing() as con:
            _must_be_kept(settings, con, folder, size)


def count_sent(settings: Settings, folder: str, size: int) -> None:
    """Count a file that a unit's account has sent today, whatever becomes of it.

    Of two at one moment the second sees the first.

    Raises:
        QuotaError: it is more than a unit may send in a day; it is not counted then.

    """
    if not _is_bound(folder):
        return
    today, bound = date.today(), _a_day(settings)
    with _store(settings).writing() as con:
        con.execute("DELETE FROM sent WHERE day < ?", (str(today - REMEMBERED),))
        row = con.execute(
            "SELECT files, bytes FROM sent WHERE day = ? AND folder = ?", (str(today), folder)
        ).fetchone()
        use = Use(folder, *(row or (0, 0)))
        if bound.part(Use(folder, use.files + 1, use.bytes + size)) > 1:
            raise QuotaError(
                f"{folder}{bound.told(use)}，这个 {size / MB:.1f} MB 的没有收下；"
                f"请明天再传，急用请联系{whom(settings)}。"
            )
        con.execute(
            "INSERT INTO sent VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE "
            "SET files = files + 1, bytes = bytes + excluded.bytes", (str(today), folder, size),
        )  # fmt: skip


@contextmanager
def keeping(settings: Settings, folder: str, size: int, is_bound: bool = True) -> Iterator[None]:
    """Count a file as kept while it lands; where it does not land, it is not counted.

    Whoever asks holds the lock of ``data/raw``. What the office sends for a unit need not fit.

    Raises:
        QuotaError: it is one too many, or too large beside what is kept.

    """
    if not _is_bound(folder):
        yield
        return
    with _store(settings).writing() as con:
        if is_bound:
            _must_be_kept(settings, con, folder, size)
        _add(con, folder, 1, size)
    try:
        yield
    except BaseException:
        with _store(settings).writing() as con:
            _add(con, folder, -1, -size)
        raise


def count_all(settings: Settings) -> dict[str, Use]:
    """Count what lies on the disk of every unit, and remember it: unit → its use."""
    with _locked(settings), _store(settings).writing() as con:
        found = kept_on_disk(settings)
        con.execute("DELETE FROM kept")
        for use in found.values():
            _remember(con, use)
    return found


def kept_on_disk(settings: Settings, folder: str = "*") -> dict[str, Use]:
    """What lies in the folders of a unit, or of all of them (``*``), by unit."""
    name = folder if folder == "*" else glob.escape(folder)
    found: dict[str, Use] = {}
    for path in settings.raw.glob(f"????-??-??/{name}/*"):
        unit = uploader(path.relative_to(settings.raw).as_posix())
        if unit is None:
            continue
        with suppress(FileNotFoundError):  # the office is just making room
            use = found.get(unit, Use(unit, 0, 0))
            found[unit] = Use(unit, use.files + 1, use.bytes + path.stat().st_size)
    return found


def near_bounds(settings: Settings, kept: Iterable[Use] | None = None) -> list[str]:
    """A line for each unit that has used up most of a bound, and for a disk without room.

    ``kept`` is what lies there of each unit; what is remembered where none is given.
    """
    lines = []
    if free_bytes(settings) < settings.disk_mb_left * MB:
        lines.append(
            f"磁盘剩余 {free_bytes(settings) / MB:.0f} MB，不足 disk_mb_left = "
            f"{settings.disk_mb_left} MB：暂停收文件，请清理磁盘。"
        )
    kept = _uses(settings, "kept") if kept is None else kept
    for uses, bound in ((kept, _in_all(settings)), (_uses(settings, "sent"), _a_day(settings))):
        lines += [
            f"{use.folder}{bound.told(use)}，用了 {int(bound.part(use) * 100)}%。"
            for use in uses
            if bound.part(use) >= NEAR
        ]
    return lines


def free_bytes(settings: Settings) -> int:
    """How much the disk has left on which the home lies."""
    return shutil.disk_usage(settings.home).free


def whom(settings: Settings) -> str:
    """Whom a unit asks: the office, with a person and a telephone where they are set."""
    said = "，".join(filter(None, (settings.contact, settings.contact_phone)))
    return f"{settings.office}（{said}）" if said else settings.office


def _locked(settings: Settings) -> FileLock:
    """The lock under which files land."""
    settings.raw.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.raw / LOCK, timeout=LOCK_S)


def _a_day(settings: Settings) -> Bound:
    return Bound("今天已经上传", settings.unit_files_a_day, settings.unit_mb_a_day)


def _in_all(settings: Settings) -> Bound:
    return Bound("留存的报送（撤回的也在内）已有", settings.unit_files_kept, settings.unit_mb_kept)


def _is_bound(folder: str) -> bool:
    """Whether a folder is a unit's."""
    return uploader(f"2000-01-01/{folder}/001_x") is not None


def _store(settings: Settings) -> Store:
    return Store(settings.home / "data" / "quota.sqlite", FORMS, "请删掉它，会按磁盘上的文件重新数")


def _fits(settings: Settings, use: Use | None, size: int) -> bool:
    """Whether a unit of a known use can have one more file of a size."""
    after = use and Use(use.folder, use.files + 1, use.bytes + size)
    return after is not None and _in_all(settings).part(after) <= 1


def _must_be_kept(settings: Settings, con: sqlite3.Connection, folder: str, size: int) -> None:
    """Refuse what a unit cannot have kept, by what lies there; whoever asks holds the lock."""
    use = _kept(con, folder)
    if _fits(settings, use, size):
        return
    if use is None or _counted_before(con, folder, time.time() - AGAIN_AFTER_S):
        use = kept_on_disk(settings, folder).get(folder, Use(folder, 0, 0))
        _remember(con, use)
        con.execute("COMMIT")  # kept also when it is refused now
        con.execute("BEGIN IMMEDIATE")
    if not _fits(settings, use, size):
        raise QuotaError(
            f"{folder}{_in_all(settings).told(use)}，这个 {size / MB:.1f} MB 的没有收下；"
            f"请联系{whom(settings)}，清理旧文件或者调高上限。"
        )


def _kept(con: sqlite3.Connection, folder: str) -> Use | None:
    row = con.execute("SELECT files, bytes FROM kept WHERE folder = ?", (folder,)).fetchone()
    return Use(folder, *row) if row else None


def _counted_before(con: sqlite3.Connection, folder: str, moment: float) -> bool:
    sql = "SELECT counted_at < ? FROM kept WHERE folder = ?"
    return bool(con.execute(sql, (moment, folder)).fetchone()[0])


def _remember(con: sqlite3.Connection, use: Use) -> None:
    row = (use.folder, use.files, use.bytes, time.time())
    con.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)


def _add(con: sqlite3.Connection, folder: str, files: int, size: int) -> None:
    con.execute(
        "UPDATE kept SET files = files + ?, bytes = bytes + ? WHERE folder = ?",
        (files, size, folder),
    )


def _uses(settings: Settings, table: str) -> list[Use]:
    """What is remembered: of ``sent`` that of today."""
    store = _store(settings)
    if not store.path.exists():
        return []
    sql = f"SELECT folder, files, bytes FROM {table} "  # noqa: S608 - one of our two names
    sql += "WHERE day = ? " if table == "sent" else "WHERE ? <> '' "
    with store.reading() as con:
        rows = con.execute(f"{sql} ORDER BY folder", (str(date.today()),)).fetchall()
    return [Use(*row) for row in rows]
