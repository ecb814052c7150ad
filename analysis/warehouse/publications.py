"""The last ten published warehouses, so that one can be put back."""

import hashlib
import re
import shutil
from datetime import datetime
from pathlib import Path

from analysis.errors import WarehouseError

FOLDER = "publications"
KEPT = 10
#: Number, time, and a digest of what it was made from: two runs over the same files say the same.
NAMED = re.compile(r"^(\d{6})_\d{8}T\d{6}_([0-9a-f]*)\.duckdb$")


def keep(published: Path, made_from: str = "") -> None:
    """Keep a copy of what was just published, and only the last ten.

    ``made_from`` is a digest of all that went in: a run over the same files says the same as
    the one before it, and takes its place.
    """
    kept = publications(published)
    number = int(kept[-1].name[:6]) + 1 if kept else 1
    folder = published.parent / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{number:06}_{datetime.now():%Y%m%dT%H%M%S}_{made_from[:12]}.duckdb"
    if kept and made_from and _made_from(kept[-1]) == made_from[:12]:
        target = kept[-1]
    part = target.with_suffix(".part")
    shutil.copyfile(published, part)
    part.replace(target)
    for old in publications(published)[:-KEPT]:
        old.unlink(missing_ok=True)


def publications(published: Path) -> list[Path]:
    """The kept publications, the oldest first."""
    folder = published.parent / FOLDER
    return sorted(path for path in folder.glob("*.duckdb") if NAMED.match(path.name))


def one_before(published: Path) -> Path:
    """The kept publication before the one that is published now.

    Raises:
        WarehouseError: there is none.

    """
    kept = publications(published)
    now = _digest(published) if published.exists() else ""
    digests = [_digest(path) for path in kept]
    place = len(kept) if now not in digests else len(digests) - 1 - digests[::-1].index(now)
    if place == 0:
        raise WarehouseError("没有更早的发布可以恢复，数据仓库没有改动。")
    return kept[place - 1]


def _made_from(path: Path) -> str:
    match = NAMED.match(path.name)
    return match.group(2) if match else ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
