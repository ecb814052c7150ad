"""The last ten published warehouses, so that one can be put back."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.errors import WarehouseError

FOLDER = "publications"
KEPT = 10
#: Number, time, and a digest of what it was made from: two runs over the same files say the same.
NAMED = re.compile(r"^(\d{6})_\d{8}T\d{6}_([0-9a-f]*)\.duckdb$")
_TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept publication: its number, and when it was published."""

    number: int
    at: datetime
    path: Path


def keep(published: Path, made_from: str = "") -> None:
    """Keep a copy of what was just published, and only the last ten.

    ``made_from`` is a digest of all that went in, files and definitions: a run over the same says
    the same as the one before it, and takes its place.
    """
    kept = publications(published)
    number = int(kept[-1].name[:6]) + 1 if kept else 1
    folder = published.parent / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{number:06}_{datetime.now():{_TIME}}_{made_from[:12]}.duckdb"
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
    now = current(published)
    place = kept.index(now) if now else len(kept)
    if place == 0:
        raise WarehouseError("没有更早的发布可以恢复，数据仓库没有改动。")
    return kept[place - 1]


def kept_publications(published: Path) -> list[Kept]:
    """The kept publications with their numbers and times, the oldest first."""
    return [
        Kept(int(number), datetime.strptime(time, _TIME), path)
        for path in publications(published)
        for number, time, _ in [path.stem.split("_")]
    ]


def find_publication(published: Path, number: int) -> Kept:
    """The kept publication of a number.

    Raises:
        WarehouseError: there is none; the line says which there are.

    """
    kept = kept_publications(published)
    if not kept:
        raise WarehouseError("这里还没有保留的发布，请先运行 yanpan ingest。")
    for each in kept:
        if each.number == number:
            return each
    there = "、".join(str(each.number) for each in kept)
    raise WarehouseError(f"没有保留第 {number} 次发布；保留着的是第 {there} 次。")


def current(published: Path) -> Path | None:
    """Which of the kept ones is published now: the last that is the same to the byte."""
    if not published.exists():
        return None
    size, now = published.stat().st_size, _digest(published)
    for path in reversed(publications(published)):
        if path.stat().st_size == size and _digest(path) == now:
            return path
    return None


def _made_from(path: Path) -> str:
    match = NAMED.match(path.name)
    return match.group(2) if match else ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
