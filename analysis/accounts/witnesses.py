"""Seals that are kept away from the books: beside each publication, and in each backup."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from analysis.accounts.seals import BOOKS, KEPT, Seal, Seals, Witness

#: A publication's seals lie beside it under its name with this ending.
SUFFIX = ".seal"
#: Where a backup keeps its seals: in this file, under this name.
MANIFEST, MANIFEST_SEALS = "manifest.json", "seals"
#: So many of the newest backups are looked into.
LOOKED_INTO = 10
_LARGEST_MANIFEST = 64 << 20


def keep_beside(publication: Path, seals: Iterable[Seal]) -> None:
    """Keep seals beside a publication, and take away those of publications that are gone.

    Raises:
        OSError: the disk takes no more.

    """
    place = publication.with_suffix(SUFFIX)
    part = place.with_suffix(f"{SUFFIX}.part")
    part.write_text(json.dumps([as_json(seal) for seal in seals]), encoding="utf-8")
    part.replace(place)
    for other in publication.parent.glob(f"*{SUFFIX}"):
        if not other.with_suffix(publication.suffix).exists():
            other.unlink(missing_ok=True)


def witnesses(publications: Path, backups: Path) -> list[Witness]:
    """The seals beside the publications of a folder and in the newest backups of another."""
    found = [
        Witness(f"数据仓库第 {int(path.name[:6])} 次发布旁", seal)
        for path in sorted(publications.glob(f"[0-9]*{SUFFIX}"))
        for seal in _in_file(path)
    ]
    for path in sorted(backups.glob("*.zip"))[-LOOKED_INTO:]:
        found += [Witness(f"备份 {path.name} 里", seal) for seal in in_backup(path)]
    return found


def look_over(folder: Path, publications: Path, backups: Path) -> list[str]:
    """What is wrong with the books in a folder by all seals that there are, a line each."""
    return Seals(folder).problems(witnesses(publications, backups))


def as_json(seal: Seal) -> dict[str, Any]:
    """A seal as it stands in a file."""
    return asdict(seal)


def seals_from(values: object) -> Iterator[Seal]:
    """The seals of a file; what is none is passed over: a missing witness accuses nobody."""
    names = {field.name for field in fields(Seal)}
    for each in values if isinstance(values, list) else ():
        if not isinstance(each, Mapping) or set(each) != names:
            continue
        seal = Seal(**each)
        is_one = isinstance(seal.lines, int) and all(
            isinstance(t, str) for t in (seal.at, seal.key)
        )
        if is_one and seal.kind == KEPT and seal.book in BOOKS:
            yield seal


def _in_file(path: Path) -> list[Seal]:
    try:
        return list(seals_from(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError):
        return []


def in_backup(path: Path) -> list[Seal]:
    """The seals that a backup holds; none where it is older, or no backup."""
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                return []
            manifest = json.loads(packed.read(MANIFEST))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError):
        return []
    return list(seals_from(manifest.get(MANIFEST_SEALS) if isinstance(manifest, dict) else None))
