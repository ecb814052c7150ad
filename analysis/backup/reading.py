"""Restoring of a backup into a home without ledgers; every file is looked at first."""

import json
import math
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from analysis.accounts import AuditLog
from analysis.accounts.seals import BOOKS, Seal, Seals, read_book
from analysis.accounts.witnesses import MANIFEST_SEALS, seals_from
from analysis.backup.places import (
    AUDIT,
    MANIFEST,
    is_of_no_use,
    is_path,
    layouts_in,
    may_hold,
)
from analysis.backup.writing import FORMAT, Backup
from analysis.errors import YanpanError
from analysis.ingest.received import file_hash
from analysis.settings import FILE_NAME, Settings
from analysis.stores import must_not_be_newer

#: A file of a backup unpacks to so many times its packed bytes at most: ledgers of plain text to a
#: tenth, Word and Excel are packed already. Below the floor nothing is asked: a unit may send lines
#: of blanks up to the size of an upload, and its backup must be restored all the same.
MOST_TIMES, FLOOR = 50, 64 << 20
#: Where the whole unpacks to so many times its bytes, the disk must have room for it so many times.
ROOM_TIMES = 4
#: What stays free on the disk.
SPARE = 100 << 20
#: No file is of a later second than this, in the year 5138.
LATEST = 1e11
_CHUNK = 1 << 20


def restore(settings: Settings, archive: Path, sealed_by: str = "") -> Backup:
    """Put a backup into a home folder that holds no ledgers yet; every file is checked first.

    ``sealed_by`` is what was noted of the audit log's last hash when the backup was written.

    Raises:
        YanpanError: the file is no backup, is damaged, holds what is no backup's, unpacks to too
            much, or is not the one that ``sealed_by`` was noted of; the folder is not empty, or
            the disk takes no more; nothing was changed then.

    """
    if any(settings.raw.rglob("*")) or settings.accounts.exists():
        raise YanpanError(f"{settings.home} 里已经有数据，没有恢复；请用 --home 指一个空目录。")
    try:
        with zipfile.ZipFile(archive) as packed:
            _must_fit(packed, archive, settings.home)
            manifest = _manifest(packed)
            _must_be_sealed_by(manifest, sealed_by, archive.name)
            wanted, left_out = _sorted_out(packed, manifest["files"])
            _must_have_room(settings.home, wanted)
            with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as folder:
                _unpack(packed, wanted, Path(folder))
                _must_be_as_sealed(Path(folder), manifest)
                _move(Path(folder), settings.home)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise YanpanError(f"{archive.name} 不是完好的备份，没有恢复。") from error
    except OSError as error:
        raise YanpanError(f"没有恢复成：{error.strerror or error}。") from error
    if any((settings.audit_log.parent / name).exists() for name in BOOKS):
        Seals(settings.audit_log.parent).renew()  # by this home's own key
    size, sealed_by = archive.stat().st_size, manifest["sealed_by"]
    return Backup(archive, len(wanted), size, sealed_by, tuple(left_out))


def _manifest(packed: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
        files = manifest["files"]
        must_not_be_newer(manifest["format"], FORMAT, f"备份 {packed.filename} ")
        names = {each["path"] for each in files}
        is_ours = manifest["format"] == FORMAT and bool(manifest["at"])
        manifest["sealed_by"] = str(manifest.get("sealed_by") or "")
        if is_ours and not all(_is_entry(each) for each in files):
            raise ValueError("no entry of a manifest")
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise YanpanError(f"{packed.filename} 不是本程序的备份，没有恢复。") from error
    if not is_ours:
        raise YanpanError(f"{packed.filename} 是别的版本的备份，没有恢复。")
    if sorted((*names, MANIFEST)) != sorted(packed.namelist()) or len(names) != len(files):
        raise YanpanError(f"{packed.filename} 里的文件和清单不符，可能被改动过，没有恢复。")
    return manifest


def _is_entry(each: Mapping[str, Any]) -> bool:
    """Whether an entry of the manifest tells name, hash and time of a file."""
    mtime = each.get("mtime")
    has_time = isinstance(mtime, int | float) and math.isfinite(mtime) and abs(mtime) < LATEST
    return isinstance(each.get("path"), str) and isinstance(each.get("sha256"), str) and has_time


def _sorted_out(
    packed: zipfile.ZipFile, files: Iterable[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The files that are restored, and the names of those that are of no use.

    Raises:
        YanpanError: there is one that no backup has.

    """
    names = [each["path"] for each in files]
    layouts = layouts_in(packed.read(FILE_NAME) if FILE_NAME in names else b"")
    wanted = [each for each in files if may_hold(each["path"], layouts)]
    others = [name for name in names if not may_hold(name, layouts)]
    for name in others:
        if not is_path(name) or not is_of_no_use(name, layouts):
            raise YanpanError(f"{packed.filename} 里有不该有的路径“{name}”，没有恢复。")
    return wanted, others


def _must_be_sealed_by(manifest: Mapping[str, Any], sealed_by: str, name: str) -> None:
    """Refuse a backup that is not the one of which a hash was noted; the first 16 signs do."""
    if sealed_by and not manifest["sealed_by"].startswith(sealed_by.strip().lower()):
        raise YanpanError(
            f"{name} 的校验值是 {str(manifest['sealed_by'])[:16] or '（没有）'}，"
            f"不是 {sealed_by}：不是当时的那一份，或者被改动过，没有恢复。"
        )


def _must_fit(packed: zipfile.ZipFile, archive: Path, home: Path) -> None:
    """Refuse what would unpack to more than ledgers do, or than the disk has, before it does.

    What a part says of its size binds: ``zipfile`` gives no byte more.
    """
    for part in packed.infolist():
        if part.file_size > max(FLOOR, MOST_TIMES * part.compress_size):
            raise YanpanError(
                f"{archive.name} 里有一个文件展开后有 {part.file_size >> 20} MB，"
                "是它自己的许多倍，不是正常的备份，没有恢复。"
            )
    unpacked = sum(part.file_size for part in packed.infolist())
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    is_blown_up = unpacked > max(FLOOR, MOST_TIMES * archive.stat().st_size)
    if unpacked * (ROOM_TIMES if is_blown_up else 1) + SPARE > free:
        raise YanpanError(
            f"磁盘放不下：展开后有 {unpacked >> 20} MB，只剩 {free >> 20} MB，没有恢复。"
        )


def _must_be_as_sealed(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Compare the books that were unpacked with their own chain and with all seals of the backup.

    Raises:
        YanpanError: a book was changed, shortened or left out.

    """
    data = folder / "data"
    seals = [[seal] for seal in seals_from(manifest.get(MANIFEST_SEALS))]
    # The accounts were copied first: the books may have grown since, by one announced line or more.
    seals += _seals_in_accounts(data)
    for alike in seals:
        book = read_book(data / alike[0].book, [seal.lines for seal in alike])
        differences = [book.difference(seal) for seal in alike]
        if all(differences):
            raise YanpanError(f"备份里的{BOOKS[alike[0].book]}{differences[0]}，没有恢复。")
    hashes = {line["hash"] for line in AuditLog(folder / AUDIT).lines()}
    if manifest["sealed_by"] and manifest["sealed_by"] not in hashes:
        raise YanpanError("备份里的审计日志不是备份时的那一份，没有恢复。")


def _seals_in_accounts(data: Path) -> list[list[Seal]]:
    """The newest seals of each book in the accounts of a backup, two where one was announced."""
    return [alike for name, alike in Seals(data).newest().items() if name in BOOKS]


def _must_have_room(home: Path, files: Iterable[Mapping[str, Any]]) -> None:
    """Refuse to put anything over what is there; settings alone are moved aside (``_aside``)."""
    taken = [name for each in files if (home / (name := each["path"])).exists()]
    if others := [name for name in taken if name != FILE_NAME]:
        raise YanpanError(
            f"{home} 里已经有 {'、'.join(others[:3])}，没有恢复；请用 --home 指一个空目录。"
        )


def _unpack(packed: zipfile.ZipFile, files: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Write every file into the folder, with its own time, once its hash is right."""
    for each in files:
        target = folder / each["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(each["path"]) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, _CHUNK)
        if file_hash(target) != each["sha256"]:
            raise YanpanError(f"备份里的 {each['path']} 已损坏，没有恢复。")
        os.utime(target, (each["mtime"], each["mtime"]))  # a ledger may be dated by it
        if target.suffix == ".sqlite":
            target.chmod(0o600)


def _move(folder: Path, home: Path) -> None:
    """Put what was checked in its place, the ledgers last."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        target = home / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            os.replace(target, _aside(target))
        os.replace(path, target)


def _aside(path: Path) -> Path:
    """A free name beside a file that makes room; what is there is never lost."""
    names = (f"{path.name}.before{number or ''}" for number in count())
    return next(aside for name in names if not (aside := path.with_name(name)).exists())
