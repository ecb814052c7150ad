"""Backup and restore: all that no ledger can make again, in one file that proves itself.

The ledgers as they came, the books that people keep (accounts, audit log, alerts, evidence) and
the settings; not the warehouse, which the ledgers make again, nor the key of the sessions.
"""

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from filelock import FileLock, Timeout

from analysis.accounts import AuditLog
from analysis.errors import YanpanError
from analysis.ingest.received import LOCK, file_hash
from analysis.overwriting import must_be_free, whole_file
from analysis.settings import FILE_NAME, LEARNED_NAME, Settings
from analysis.stores import must_not_be_newer
from analysis.warehouse.publish import sync
from analysis.wording.characters import file_name

MANIFEST = "manifest.json"
FORMAT = 1
#: How long a backup waits for whoever is just landing something in ``data/raw``.
LOCK_S = 60
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    path: Path
    files: int
    size: int
    sealed_by: str


def back_up(settings: Settings, out: Path | None = None, force: bool = False) -> Backup:
    """Write a backup; by default into ``backups/`` of the home folder, named by the time.

    Raises:
        YanpanError: a file is there already and ``force`` is not said, the audit log was tampered
            with, or the disk takes no more.

    """
    lines = list(AuditLog(settings.audit_log).lines())
    seal = str(lines[-1]["hash"]) if lines else ""
    path = out or settings.home / "backups" / f"yanpan_{datetime.now():%Y%m%dT%H%M%S}.zip"
    must_be_free([path], force)
    try:
        with whole_file(path) as part, _still(settings), _sources(settings) as sources:
            part.chmod(0o600)  # it holds the hashes of passwords
            facts = _pack(part, sources, seal)
            sync(part)
        sync(path.parent)
    except YanpanError as error:
        if isinstance(error.__cause__, OSError):
            raise YanpanError(f"备份没有写成：{error}") from error
        raise
    return Backup(path, len(facts), path.stat().st_size, seal)


def restore(settings: Settings, archive: Path) -> Backup:
    """Put a backup into a home folder that holds no ledgers yet; every file is checked first.

    Raises:
        YanpanError: the file is no backup or is damaged, the folder is not empty, or the disk
            takes no more; nothing was changed then.

    """
    if any(settings.raw.rglob("*")) or settings.accounts.exists():
        raise YanpanError(f"{settings.home} 里已经有数据，没有恢复；请用 --home 指一个空目录。")
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = _manifest(packed)
            _must_have_room(settings.home, manifest["files"])
            with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as folder:
                _unpack(packed, manifest["files"], Path(folder))
                _move(Path(folder), settings.home)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise YanpanError(f"{archive.name} 不是完好的备份，没有恢复。") from error
    except OSError as error:
        raise YanpanError(f"没有恢复成：{error.strerror or error}。") from error
    return Backup(
        archive, len(manifest["files"]), archive.stat().st_size, str(manifest["sealed_by"])
    )


@contextmanager
def _still(settings: Settings) -> Iterator[None]:
    """Nothing lands meanwhile."""
    if not settings.raw.is_dir():
        raise YanpanError(f"{settings.raw} 不存在，没有可以备份的。")
    try:
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            yield
    except Timeout as error:
        raise YanpanError("正在收文件，备份等不到空当；请稍后再试。") from error


@contextmanager
def _sources(settings: Settings) -> Iterator[dict[str, Path]]:
    """Name in the backup → file; the accounts as one moment's copy of them."""
    home = settings.home
    wanted: list[Path] = [home / FILE_NAME, home / LEARNED_NAME]
    wanted += [settings.alert_book, settings.audit_log]
    for folder in (settings.raw, settings.evidence, home / settings.layouts):
        wanted += sorted(path for path in folder.rglob("*") if _is_kept(path))
    found = {
        path.relative_to(home).as_posix(): path
        for path in wanted
        if path.is_file() and path.is_relative_to(home)
    }
    with tempfile.TemporaryDirectory() as aside:
        if settings.accounts.exists():
            copy = Path(aside) / settings.accounts.name
            with (
                closing(sqlite3.connect(settings.accounts)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
            found[settings.accounts.relative_to(home).as_posix()] = copy
        yield found


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.endswith((".part", ".lock"))


def _pack(part: Path, sources: Mapping[str, Path], seal: str) -> list[dict[str, Any]]:
    facts = []
    # A zip knows no day before 1980; the manifest keeps every file's own.
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
        for said, path in sources.items():
            name = _free_name(file_name(said), packed.namelist())
            packed.write(path, name)
            facts.append({"path": name, "sha256": file_hash(path), "mtime": path.stat().st_mtime})
        manifest = {
            "format": FORMAT, "at": datetime.now().isoformat(timespec="seconds"),
            "sealed_by": seal, "files": facts,
        }  # fmt: skip
        packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return facts


def _free_name(name: str, taken: Collection[str]) -> str:
    """A name that is not taken in the archive: two files may be called alike once they can be."""
    stem, dot, suffix = name.rpartition(".")
    names = (f"{stem}_{number}{dot}{suffix}" if number else name for number in count())
    return next(each for each in names if each not in taken)


def _manifest(packed: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
        files = manifest["files"]
        must_not_be_newer(manifest["format"], FORMAT, f"备份 {packed.filename} ")
        names = {each["path"] for each in files}
        is_ours = manifest["format"] == FORMAT and bool(manifest["at"])
    except (KeyError, ValueError, TypeError) as error:
        raise YanpanError(f"{packed.filename} 不是本程序的备份，没有恢复。") from error
    if not is_ours:
        raise YanpanError(f"{packed.filename} 是别的版本的备份，没有恢复。")
    if names | {MANIFEST} != set(packed.namelist()):
        raise YanpanError(f"{packed.filename} 里的文件和清单不符，可能被改动过，没有恢复。")
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise YanpanError(f"{packed.filename} 里有不该有的路径“{name}”，没有恢复。")
    return manifest


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
