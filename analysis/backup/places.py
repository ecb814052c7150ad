"""What a backup may hold, by its place in a home: the one list of writing and of restoring.

A zip comes from a disk that many hands touch. What is restored lands in a home that a server reads
its keys, accounts and settings from, so that nothing is taken that is not named here.
"""

import re
import tomllib
from pathlib import Path, PurePosixPath

from analysis.settings import FILE_NAME, LEARNED_NAME

MANIFEST = "manifest.json"
#: Files that are kept, by their place in the home.
AUDIT, ACCOUNTS = "data/audit.jsonl", "data/accounts.sqlite"
FILES = frozenset({FILE_NAME, LEARNED_NAME, "data/alerts.jsonl", AUDIT, ACCOUNTS})
#: Whatever units and the office sent, with its folders.
RAW = "data/raw/"
#: Evidence lies under its hash.
EVIDENCE = re.compile(r"data/evidence/[0-9a-f]{64}\.[a-z0-9]{1,8}")
#: A layout, or the office's own map, is one of these, in a folder that the settings name.
LAYOUT_SUFFIXES = (".docx", ".pptx", ".geojson")
DEFAULT_LAYOUTS = "版式"
#: No layouts lie where the program keeps its own.
_OWN = frozenset({"data", "backups"})


def is_path(name: str) -> bool:
    """Whether a name is a path that stays below the folder that it is put into."""
    path = PurePosixPath(name)
    return not (
        path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name
    ) and bool(path.parts)


def is_hidden(name: str) -> bool:
    """Whether a file or a folder above it begins with a dot: never a ledger, often a setting."""
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def may_hold(name: str, layouts: str = DEFAULT_LAYOUTS) -> bool:
    """Whether a backup may hold a file of this name; ``layouts`` is the folder of the layouts."""
    if not is_path(name) or is_hidden(name):
        return False
    if name in FILES or name.startswith(RAW) or EVIDENCE.fullmatch(name):
        return True
    return _is_layout(name, layouts)


def is_of_no_use(name: str, layouts: str = DEFAULT_LAYOUTS) -> bool:
    """Whether older backups hold such a file and nobody misses it: hidden files among the ledgers,
    and what else lies beside the layouts.
    """
    is_beside = is_folder_of_layouts(layouts) and name.startswith(f"{layouts}/")
    return is_path(name) and (name.startswith(RAW) or is_beside)


def _is_layout(name: str, layouts: str) -> bool:
    path = PurePosixPath(name)
    return (
        is_folder_of_layouts(layouts) and path.parent == PurePosixPath(layouts)
        and path.suffix.lower() in LAYOUT_SUFFIXES
    )  # fmt: skip


def is_folder_of_layouts(layouts: str) -> bool:
    """Whether a folder is one that layouts may be restored into."""
    path = PurePosixPath(layouts)
    return is_path(layouts) and not is_hidden(layouts) and path.parts[0] not in _OWN


def layouts_in(settings: bytes) -> str:
    """The folder of the layouts by a ``yanpan.toml``."""
    try:
        said = tomllib.loads(settings.decode("utf-8-sig")).get("layouts", DEFAULT_LAYOUTS)
    except ValueError:
        return DEFAULT_LAYOUTS
    return said if isinstance(said, str) else DEFAULT_LAYOUTS


def relative(path: Path, home: Path) -> str:
    """The name of a file of a home in a backup."""
    return path.relative_to(home).as_posix()
