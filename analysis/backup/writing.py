"""Writing of a backup: all that no ledger can make again, in one file that proves itself."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.accounts import AuditLog
from analysis.accounts.seals import Seal, Seals
from analysis.accounts.witnesses import MANIFEST_SEALS, as_json, look_over
from analysis.backup.places import MANIFEST, may_hold, relative
from analysis.errors import YanpanError
from analysis.ingest.received import LOCK, file_hash
from analysis.overwriting import must_be_free, whole_file
from analysis.settings import FILE_NAME, LEARNED_NAME, Settings
from analysis.warehouse.publications import FOLDER as PUBLICATIONS
from analysis.warehouse.publish import sync
from analysis.wording.characters import file_name

FORMAT = 1
#: Where backups go by default, below the home.
FOLDER = "backups"
#: How long a backup waits for whoever is just landing something in ``data/raw``.
LOCK_S = 60


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: files, its own bytes, the hash of the audit log's last line.

    ``left_out`` are files of an older backup that are not restored, since nobody misses them.
    """

    path: Path
    files: int
    size: int
    sealed_by: str
    left_out: tuple[str, ...] = ()


def back_up(settings: Settings, out: Path | None = None, force: bool = False) -> Backup:
    """Write a backup; by default into ``backups/`` of the home folder, named by the time.

    Raises:
        YanpanError: a file is there already and ``force`` is not said, the audit log or the alert
            book was tampered with, or the disk takes no more.

    """
    lines = list(AuditLog(settings.audit_log).lines())
    seal = str(lines[-1]["hash"]) if lines else ""
    if problems := problems_of_books(settings):
        raise YanpanError("\n".join((*problems, "没有备份；核对办法见 docs/部署.md“审计日志”。")))
    path = out or settings.home / FOLDER / f"yanpan_{datetime.now():%Y%m%dT%H%M%S}.zip"
    must_be_free([path], force)
    try:
        with whole_file(path) as part, _still(settings), _sources(settings) as sources:
            part.chmod(0o600)  # it holds the hashes of passwords
            facts = _pack(part, sources, seal, Seals(settings.audit_log.parent).kept())
            sync(part)
        sync(path.parent)
    except YanpanError as error:
        if isinstance(error.__cause__, OSError):
            raise YanpanError(f"备份没有写成：{error}") from error
        raise
    return Backup(path, len(facts), path.stat().st_size, seal)


def problems_of_books(settings: Settings) -> list[str]:
    """What is wrong with the audit log and the alert book by all their seals, a line each."""
    folder = settings.audit_log.parent
    return look_over(folder, settings.warehouse.parent / PUBLICATIONS, settings.home / FOLDER)


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
    files = {
        relative(path, home): path
        for path in wanted
        if path.is_file() and path.is_relative_to(home)
    }
    layouts = settings.layouts.as_posix()
    found = {name: path for name, path in files.items() if may_hold(name, layouts)}
    with tempfile.TemporaryDirectory() as aside:
        if settings.accounts.exists():
            copy = Path(aside) / settings.accounts.name
            with (
                closing(sqlite3.connect(settings.accounts)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
            found[relative(settings.accounts, home)] = copy
        yield found


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.endswith((".part", ".lock"))


def _pack(
    part: Path, sources: Mapping[str, Path], seal: str, seals: Iterable[Seal]
) -> list[dict[str, Any]]:
    facts = []
    # A zip knows no day before 1980; the manifest keeps every file's own.
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
        for said, path in sources.items():
            name = _free_name(file_name(said), packed.namelist())
            packed.write(path, name)
            facts.append({"path": name, "sha256": file_hash(path), "mtime": path.stat().st_mtime})
        manifest = {
            "format": FORMAT, "at": datetime.now().isoformat(timespec="seconds"),
            "sealed_by": seal, MANIFEST_SEALS: [as_json(each) for each in seals], "files": facts,
        }  # fmt: skip
        packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return facts


def _free_name(name: str, taken: Collection[str]) -> str:
    """A name that is not taken in the archive: two files may be called alike once they can be."""
    stem, dot, suffix = name.rpartition(".")
    names = (f"{stem}_{number}{dot}{suffix}" if number else name for number in count())
    return next(each for each in names if each not in taken)
