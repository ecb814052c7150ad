"""Temporary copies that a killed program left behind: kill -9 lets nobody tidy up.

They hold a county's rows, on a disk that is often small, so that the next start takes them away:
only the user's own, an hour old, of the program's own making, and open in no process.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: Folders of openings, of large sums, of a meeting's papers; all begin with their purpose.
_PURPOSE = re.compile(r"yanpan-(open|spill|papers)-[a-z0-9_]{8}")
#: Folders of a server's copies and of conversions; their names alone say too little.
_PLAIN = re.compile(r"yanpan-[a-z0-9_]{8}")
_CONTENT = re.compile(r".*\.duckdb(\..*)?|profile|out|in\.[a-z]{1,5}")
OLD_S = 3600.0
_PROC = Path("/proc")


def clear_leftovers(folder: Path | None = None, now: float | None = None) -> list[Path]:
    """Take away what killed runs left in the temporary folder; return what was taken.

    Where the system does not tell which files are open (macOS), nothing is.
    """
    root = folder or Path(tempfile.gettempdir())
    moment = time.time() if now is None else now
    old = [path for path in _candidates(root) if moment - _last_change(path) > OLD_S]
    taken = [path for path in old if not _is_open(path)] if old else []
    for path in taken:
        shutil.rmtree(path, ignore_errors=True)
    return [path for path in taken if not path.exists()]


def _candidates(root: Path) -> Iterator[Path]:
    """Folders in the temporary one that this program made for this user."""
    with suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            is_ours = _PURPOSE.fullmatch(entry.name) or _PLAIN.fullmatch(entry.name)
            if is_ours and _is_private(entry) and _has_our_content(Path(entry.path)):
                yield Path(entry.path)


def _is_private(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a folder of this user's that nobody else can look into, and no link to one."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    if os.name == "nt":
        return True
    about = entry.stat(follow_symlinks=False)
    return about.st_uid == os.getuid() and about.st_mode & 0o077 == 0


def _has_our_content(path: Path) -> bool:
    if _PURPOSE.fullmatch(path.name):
        return True
    try:
        return all(_CONTENT.fullmatch(name) for name in os.listdir(path))
    except OSError:
        return False


def _last_change(path: Path) -> float:
    times = [path.stat().st_mtime]
    for inner in path.rglob("*"):
        with suppress(OSError):  # gone since
            times.append(inner.lstat().st_mtime)
    return max(times)


def _is_open(path: Path) -> bool:
    """Whether any process may have a file of the folder open."""
    if os.name == "nt":
        return _cannot_be_moved(path)
    if not _PROC.is_dir():
        return True
    begins = f"{os.path.realpath(path)}{os.sep}"
    return any(target.startswith(begins) for target in _open_files())


def _open_files() -> Iterator[str]:
    """What this user's processes have open."""
    for process in _PROC.glob("[0-9]*"):
        with suppress(OSError):  # ended since, or somebody else's
            for handle in os.scandir(process / "fd"):
                with suppress(OSError):
                    yield os.readlink(handle.path)


def _cannot_be_moved(path: Path) -> bool:
    """Whether Windows holds the folder: it lets none be renamed of which a file is open."""
    aside = path.with_name(f"{path.name}.old")
    try:
        path.rename(aside)
        aside.rename(path)
    except OSError:
        return True
    return False
