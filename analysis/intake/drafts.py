"""Uploads that wait for a confirmation, and what confirming does.

A draft lies in a folder of its own below ``data/inbox`` and counts nowhere. Confirmed, its file
moves into ``data/raw/<day>/<unit>/`` in one step and for good; whatever happens afterwards, to
this program or to the machine, the next run of the ingest reads it.
"""

import glob
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO

from filelock import FileLock

from analysis.errors import SourceError, YanpanError
from analysis.ingest.assembly.eras.withdrawals import withdrawn_paths
from analysis.ingest.received import (
    LOCK,
    LOCK_S,
    SUMS,
    Receipt,
    file_hash,
    path_below,
    read_receipts,
    register,
)
from analysis.intake.guard.apart import INSPECTORS
from analysis.intake.guard.names import must_not_be_larger, safe_name
from analysis.intake.guard.quota import count_sent, keeping, must_fit, must_leave_room
from analysis.settings import Settings
from analysis.stores import FIRST, OFFICE, must_not_be_newer
from analysis.warehouse.publish import put_in_place, sync

LOG = logging.getLogger(__name__)
#: The form of ``draft.json``; one that names none is of the first.
FORM = 1
#: How long a draft waits.
KEPT_S = 2 * 24 * 3600
#: An account has so many drafts at most; the oldest goes first, and of so many that went it is kept
#: that they did.
MOST_DRAFTS = 10
#: What is left of one that went: whose it was.
DISPLACED = "displaced"
#: Touched with every confirmation: there is something to publish.
WAITING = ".waiting"
_TOKEN = re.compile(r"[\w-]{22}")
_NUMBERED = re.compile(r"^(\d{3,})_")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Draft:
    """One upload: whose, for which unit (empty: the office's own), the file and its hash."""

    token: str
    account: str
    unit: str
    name: str
    sha256: str
    day: str
    folder: Path

    @property
    def raw(self) -> Path:
        """A ``data/raw`` with this one file in it, at the place where it will lie."""
        return self.folder / "raw"

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.raw / self.day / folder_of(self.unit) / self.name


@dataclass(frozen=True, slots=True)
class Received:
    """A confirmed upload: where the file lies below ``data/raw``, and its hash."""

    path: str
    sha256: str


def folder_of(unit: str) -> str:
    """The folder of a unit's files; the office's own have one as well."""
    return re.sub(r"[^\w（）()\-]+", "_", unit) or OFFICE


def take_draft(
    settings: Settings, account: str, unit: str, name: str, content: IO[bytes],
    is_office: bool = False,
) -> Draft:  # fmt: skip
    """Keep an upload until it is confirmed.

    What the office sends for a unit is no part of what the unit may send.

    Raises:
        SourceError: the file is of no kind that is received, too large, or not what it seems.
        QuotaError: the unit has sent or has kept as much as it may, or the disk has no room left.
        YanpanError: the disk takes no more.

    """
    kept_name = safe_name(name)
    _clear(settings, account)
    _must_be_within_bounds(settings, "" if is_office else folder_of(unit), content)
    token = secrets.token_urlsafe(16)
    folder = settings.inbox / token
    day = date.today().isoformat()
    try:
        path = folder / "raw" / day / folder_of(unit) / kept_name
        path.parent.mkdir(parents=True)
        digest = _write(path, content)
        INSPECTORS.inspect(path, account)
        draft = Draft(token, account, unit, kept_name, digest, day, folder)
        said = {"form": FORM} | {k: v for k, v in asdict(draft).items() if k != "folder"}
        (folder / "draft.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise no_room(error) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return draft


def find_draft(settings: Settings, token: str, account: str) -> Draft:
    """A draft of the account's own.

    Raises:
        SourceError: there is none such; it was confirmed, withdrawn, or has waited too long. Or
            a newer program took it.

    """
    gone = SourceError("这次上传已经确认、取消或过期，请重新上传。")
    if not _TOKEN.fullmatch(token):
        raise gone
    folder = settings.inbox / token
    try:
        said = json.loads((folder / "draft.json").read_text("utf-8"))
    except (OSError, ValueError):
        if _is_displaced(folder, account):
            raise SourceError(
                f"这次上传被后来的上传挤掉了（没有确认的最多留 {MOST_DRAFTS} 个），没有收下；"
                "要报送请重新上传。"
            ) from None
        raise gone from None
    if said["account"] != account:
        raise gone  # that there is one of somebody else's is nobody's business
    must_not_be_newer(said.pop("form", FIRST), FORM, "这次上传", SourceError)
    return Draft(**said, folder=folder)


#: How long a reading is believed: what it was compared with may change.
PASSED_S = 15 * 60


def pass_draft(draft: Draft, ledgers: Iterable[str] = ()) -> None:
    """Note that a draft was read and nothing speaks against it; ``ledgers`` were found in it."""
    with suppress(OSError):  # then it is read once more
        (draft.folder / "passed").write_text(" ".join([draft.sha256, *ledgers]), encoding="utf-8")


def passed(draft: Draft) -> frozenset[str] | None:
    """The ledgers in the file of a draft, if as it is it was read a short while ago and could be
    taken in; else None.
    """
    note = draft.folder / "passed"
    try:
        is_fresh = time.time() - note.stat().st_mtime < PASSED_S
        sha256, *ledgers = note.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return None
    return frozenset(ledgers) if is_fresh and sha256 == draft.sha256 else None


def unpass_draft(draft: Draft) -> None:
    """Have a draft read once more before it is confirmed: what its reading rests on has changed."""
    (draft.folder / "passed").unlink(missing_ok=True)


def drop_draft(draft: Draft) -> None:
    """Forget an upload."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def confirm_draft(
    settings: Settings, draft: Draft, ledgers: Collection[str] = (), is_office: bool = False
) -> Received:
    """Move the file of a draft to where it counts; it is on the disk when this returns.

    ``ledgers`` are those that were found in it. It is compared with the last file of the day in
    which the sender sent any of them: the same once more is refused, the same after another one
    is a correction, and what came of other ledgers in between is beside the point.

    Raises:
        SourceError: it was confirmed already, or it is the file that was received last.
        QuotaError: the unit has kept as much as it may, or the disk has no room left; the draft
            stays.
        YanpanError: the disk takes no more; the draft stays.

    """
    day = date.today().isoformat()
    folder = settings.raw / day / folder_of(draft.unit)
    try:
        settings.raw.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            if not draft.path.exists() or file_hash(draft.path) != draft.sha256:
                raise SourceError("这次上传已经确认、取消或过期，请重新上传。")
            folder.mkdir(parents=True, exist_ok=True)
            if kept := _standing_copy(settings.raw, folder, draft.sha256, ledgers):
                drop_draft(draft)
                raise SourceError(f"同样的文件今天已经收到（{kept.name}），不再重复收。")
            target = folder / f"{next_number(folder):03}_{draft.name}"
            must_leave_room(settings)
            size = draft.path.stat().st_size
            with keeping(settings, folder.name, size, is_bound=not is_office):
                os.replace(draft.path, target)
            note_landed(settings, target, draft.sha256, ledgers)
    except OSError as error:
        raise no_room(error) from error
    drop_draft(draft)
    return Received(target.relative_to(settings.raw).as_posix(), draft.sha256)


def next_number(folder: Path) -> int:
    """The number of the next file in a folder of received files; whoever asks holds the lock."""
    return max(_numbered(folder), default=0) + 1


def _standing_copy(raw: Path, folder: Path, sha256: str, ledgers: Collection[str]) -> Path | None:
    """The same file, where it is still the last word of its sender's on all its ledgers.

    A file of which nobody noted what it holds may hold any ledger. What was taken back says
    nothing. Whoever asks holds the lock.
    """
    receipts, gone = _noted(raw)
    for _, kept in sorted(_numbered(folder).items(), reverse=True):
        path = path_below(kept, raw)
        if path in gone:
            continue
        if file_hash(kept) == sha256:
            return kept
        holds = receipts.get(path, Receipt()).ledgers
        if not holds or not ledgers or set(holds) & set(ledgers):
            return None
    return None


def _noted(raw: Path) -> tuple[dict[str, Receipt], Collection[str]]:
    """What the register says of files, and which were taken back."""
    try:
        return read_receipts(raw), withdrawn_paths(raw)
    except SourceError:  # the office's to mend, which is told of it by the next run
        return {}, ()


def _numbered(folder: Path) -> dict[int, Path]:
    matches = ((_NUMBERED.match(kept.name), kept) for kept in folder.iterdir())
    return {int(match[1]): kept for match, kept in matches if match}


def no_room(error: OSError) -> YanpanError:
    """What is said where the disk takes no more."""
    return YanpanError(f"写不进磁盘，没有收下；请告诉管理员检查磁盘空间：{error.strerror}")


def note_landed(settings: Settings, target: Path, sha256: str, ledgers: Iterable[str] = ()) -> None:
    """Have the disk hold what has landed in ``data/raw``, note its hash, its ledgers and its place
    in the order of receipt, wake the publisher; whoever asks holds the lock.
    """
    with (target.parent / SUMS).open("a", encoding="utf-8") as sums:
        sums.write(f"{sha256}  {target.name}\n")
    try:
        register(settings.raw, [path_below(target, settings.raw)], ledgers=ledgers)
    except SourceError:
        # The file counts all the same, by its day and its number in the folder. The register is the
        # office's to mend, which is told of it by the next run.
        LOG.exception("no receipt for %s", target)
    for changed in (target.parent, target.parent.parent, settings.raw):
        sync(changed)
    wake_publisher(settings)


def wake_publisher(settings: Settings) -> None:
    """There is something to publish."""
    settings.inbox.mkdir(parents=True, exist_ok=True)
    (settings.inbox / WAITING).touch()


def write_whole(target: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    # a name of its own: the same file may come twice at one moment
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)


def received_lately(settings: Settings, unit: str, days: int = 3) -> list[str]:
    """Confirmed uploads of the last days, the newest first, as paths below ``data/raw``.

    ``unit`` is whose; all where none is named.
    """
    folders = sorted(path for path in settings.raw.glob("????-??-??") if path.is_dir())[-days:]
    found = [
        file.relative_to(settings.raw).as_posix()
        for folder in folders
        for file in folder.glob(f"{glob.escape(folder_of(unit)) if unit else '*'}/*")
        if _NUMBERED.match(file.name)
    ]
    return sorted(found, reverse=True)


def _write(path: Path, content: IO[bytes]) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            must_not_be_larger(size)
            digest.update(chunk)
            file.write(chunk)
    sync(path)
    return digest.hexdigest()


def _must_be_within_bounds(settings: Settings, folder: str, content: IO[bytes]) -> None:
    """Refuse what a unit can send or keep no more, before any of it is written, and count it.

    ``folder`` is empty where the office sends it, which only the disk binds.
    What is then found to be no ledger is counted all the same: to look it over took time.
    """
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    must_not_be_larger(size)
    must_leave_room(settings, size)
    must_fit(settings, folder, size)
    count_sent(settings, folder, size)


def _clear(settings: Settings, account: str) -> None:
    """Drop what has waited too long, and an account's oldest drafts where there are many."""
    settings.inbox.mkdir(parents=True, exist_ok=True)
    mine, displaced = [], []
    for folder in sorted(settings.inbox.iterdir()):
        if not _TOKEN.fullmatch(folder.name):
            continue
        try:
            since = folder.stat().st_mtime
            if time.time() - since > KEPT_S:
                shutil.rmtree(folder, ignore_errors=True)
            elif (folder / DISPLACED).exists():
                if _is_displaced(folder, account):
                    displaced.append((since, folder))
            elif json.loads((folder / "draft.json").read_text("utf-8"))["account"] == account:
                mine.append((since, folder))
        except (OSError, ValueError, KeyError):
            continue  # another process is just making or dropping it
    for _, folder in sorted(displaced)[:-MOST_DRAFTS]:
        shutil.rmtree(folder, ignore_errors=True)
    for _, folder in sorted(mine)[: -(MOST_DRAFTS - 1)]:
        _displace(folder, account)


def _displace(folder: Path, account: str) -> None:
    """Let an account's draft go for a later one of its own; whoever opens its page is told."""
    with suppress(OSError):  # of a full disk nothing more is taken, and this one is simply gone
        (folder / DISPLACED).write_text(account, encoding="utf-8")
    (folder / "draft.json").unlink(missing_ok=True)
    shutil.rmtree(folder / "raw", ignore_errors=True)


def _is_displaced(folder: Path, account: str) -> bool:
    try:
        return (folder / DISPLACED).read_text(encoding="utf-8") == account
    except (OSError, ValueError):
        return False
