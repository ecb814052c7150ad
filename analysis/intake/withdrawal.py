"""撤回报送: a unit takes back what it has just sent, the office whatever was received.

A unit may until a publication holds its file; from then on figures rest on it, and the office
decides. The file itself is never touched.
"""

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from analysis.errors import SourceError, YanpanError
from analysis.ingest.assembly.eras.withdrawals import Withdrawal, note_withdrawal, read_withdrawals
from analysis.ingest.readings import OWN_FILES
from analysis.ingest.received import (
    LOCK,
    LOCK_S,
    file_hash,
    is_sent,
    path_below,
    uploader,
)
from analysis.intake.drafts import folder_of, no_room, wake_publisher
from analysis.settings import Settings
from analysis.stores import ACCEPTED, OFFICE
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publications import publications
from analysis.warehouse.publish import sync

#: What stands for a reason where a unit gives none.
BY_ITSELF = "单位自行撤回"
LONGEST = 200
__all__ = [
    "ACCEPTED", "Withdrawal", "found_path", "has_unpublished", "is_published", "may_name",
    "withdraw", "withdrawals",
]  # fmt: skip


def withdraw(
    settings: Settings, path: str, by: str = OFFICE, reason: str = "", unit: str = ""
) -> Withdrawal:
    """Take a file back: from today on it counts no more, once that is published.

    ``path`` is that below ``data/raw``, ``by`` the account, ``unit`` the unit whose account asks;
    the office, which must give a reason, is none.

    Raises:
        SourceError: there is no such file, as far as who asks may know; it was taken back before;
            the office gives no reason.
        YanpanError: figures rest on the file already, and a unit asks; the disk takes no more.

    """
    said = _reason(reason, is_needed=not unit)
    try:
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            _must_be_theirs(settings, path, unit)
            if before := read_withdrawals(settings.raw).get(path):
                raise SourceError(f"“{path}”已于 {before.on} 撤回（{before.by}），不用再撤回。")
            if unit and is_published(settings, path):
                raise YanpanError(
                    "这份报送已经计入发布的数字，不能自己撤回；请告诉专班办公室由他们撤回，"
                    "或者把改好的再报一次。"
                )
            now = datetime.now().replace(microsecond=0)
            withdrawal = Withdrawal(path, now.date(), by or OFFICE, said, now)
            note_withdrawal(settings.raw, withdrawal)
            sync(settings.raw)
            wake_publisher(settings)
    except OSError as error:
        raise no_room(error) from error
    return withdrawal


def is_published(settings: Settings, path: str) -> bool:
    """Whether a publication holds a file: the one in use, or one that can be put back."""
    sql = "SELECT count(*) FROM submission WHERE path = $path AND sha256 = $sha256"
    given = {"path": path, "sha256": file_hash(settings.raw / path)}
    for warehouse in (settings.warehouse, *publications(settings.warehouse)):
        if warehouse.exists():
            with open_warehouse(warehouse) as con:
                ((found,),) = fetch_rows(con, sql, given)[1]
            if found:
                return True
    return False


def has_unpublished(settings: Settings) -> bool:
    """Whether something was taken back that the published figures still rest on."""
    gone = {path for path in read_withdrawals(settings.raw) if (settings.raw / path).is_file()}
    if not gone or not settings.warehouse.exists():
        return bool(gone)
    with open_warehouse(settings.warehouse) as con:
        sql = "SELECT DISTINCT path FROM submission WHERE withdrawn_on IS NOT NULL"
        return bool(gone - {path for (path,) in fetch_rows(con, sql)[1]})


def withdrawals(settings: Settings) -> Mapping[str, Withdrawal]:
    """Path → its withdrawal; nothing while the register cannot be read, which ingest tells."""
    try:
        return read_withdrawals(settings.raw)
    except SourceError:
        return {}


def found_path(settings: Settings, named: Path) -> str:
    """The path below ``data/raw`` of a file that is named from there or from anywhere.

    Raises:
        SourceError: there is no such file that somebody sent.

    """
    raw = settings.raw.resolve()
    for candidate in (raw / named, named):
        path = Path(os.path.abspath(candidate))
        if path.is_relative_to(raw) and path.is_file():
            return path_below(path, raw)
    raise _no_such_file(str(named))


def may_name(settings: Settings, path: str, unit: str = "") -> bool:
    """Whether somebody sent a file of this path, and who asks may know of it: a unit of its own."""
    file = settings.raw / path
    try:
        is_inside = Path(os.path.abspath(file)).is_relative_to(os.path.abspath(settings.raw))
        is_theirs = is_inside and is_sent(file) and file.name not in OWN_FILES
    except (OSError, ValueError):  # no path at all, as one with a NUL in it
        return False
    return is_theirs and (not unit or uploader(path) == folder_of(unit))


def _must_be_theirs(settings: Settings, path: str, unit: str) -> None:
    """Refuse what is not there, and what is nobody's business in the same words."""
    if not may_name(settings, path, unit):
        raise _no_such_file(path)
    if ACCEPTED in Path(path).parts[:-1]:
        raise SourceError("验收记录不在这里撤回；请由登记人以外的人在“验收销号”页撤回。")


def _no_such_file(path: str) -> SourceError:
    return SourceError(
        f"没有收到过“{path}”；请写它在 data/raw 下的路径，"
        f"如 {date.today()}/县教育局/001_台账.xlsx。"
    )


def _reason(text: str, is_needed: bool) -> str:
    said = " ".join(text.split())
    if (is_needed and not said) or len(said) > LONGEST or not said.isprintable():
        raise SourceError(f"请写明撤回的原因（最多 {LONGEST} 字，不能有特殊字符）。")
    return said or BY_ITSELF
