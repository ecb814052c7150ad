"""A folder of exported counties: what lies in it, and the warehouse's tables over its files.

One county's tables are as in its own warehouse. Where several lie together, a name that means
something within its county alone (unit, township, site, the numbers of records) is said with its
county in front, so that two counties' 县教育局 stay two.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from analysis.errors import WarehouseError
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.stores import must_not_be_newer
from analysis.warehouse.scope import REGION_MARK

#: The form of the lists; a reader refuses one that it does not know.
FORM = 1
#: Where each county's list of files is.
LISTS = "_exports"
#: A row's own 地区, which is not always the county whose warehouse it is in (全市 …).
STATED = "stated_region"


@dataclass(frozen=True, slots=True)
class File:
    """One file below the folder: its path there, its rows, its bytes."""

    path: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Region:
    """One county's export: the day of its newest submission, and its files by table.

    ``columns`` are those that its files have, by table; an older program did not write them down.
    """

    name: str
    newest: date | None
    files: Mapping[str, tuple[File, ...]]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lacks_a_column(self, ledger: Ledger) -> bool:
        """Whether the county's files may lack a column of a table."""
        return bool(self.files[ledger.name]) and not set(ledger.columns) <= {
            *self.columns.get(ledger.name, ())
        }


@dataclass(frozen=True, slots=True)
class Exports:
    """The exports in a folder, or in a part of an object store, by region.

    ``is_said``: names are said with their county in front.
    """

    folder: str
    regions: Mapping[str, Region]
    is_said: bool

    @property
    def digest(self) -> str:
        """A name of just these exports: each writes files of new names."""
        told = [(name, sorted(each.files.items())) for name, each in self.regions.items()]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def newest(self) -> date | None:
        """The day of the newest submission of all."""
        return max((each.newest for each in self.regions.values() if each.newest), default=None)

    def only(self, names: Iterable[str], is_said: bool = False) -> "Exports":
        """The exports of some regions; names of a single one are its own unless ``is_said``.

        Raises:
            WarehouseError: one of them is not there.

        """
        wanted = list(names)
        for name in wanted:
            if name not in self.regions:
                known = "、".join(list(self.regions)[:10])
                raise WarehouseError(f"{self.folder} 里没有“{name}”的导出；有的是：{known}。")
        chosen = {name: self.regions[name] for name in wanted}
        return Exports(self.folder, chosen, is_said or len(chosen) > 1)

    def tables(self) -> "list[Table]":
        """Every table of the warehouse over the files of these regions."""
        return [self._table(ledger) for ledger in LEDGERS.values()]

    def _table(self, ledger: Ledger) -> "Table":
        found = [file for one in self.regions.values() for file in one.files[ledger.name]]
        files = tuple(f"{self.folder}/{file.path}" for file in found)
        columns = ", ".join(
            _column(each, self.is_said, not files) for each in ledger
        )  # fmt: skip
        return Table(
            ledger.name,
            f"{self.folder}/{ledger.name}",
            files,
            sum(file.rows for file in found),
            tuple((STATED if f.name == "region" else f.name, f.sql_type) for f in ledger),
            columns,
            any(one.lacks_a_column(ledger) for one in self.regions.values()),
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the files below ``base``, their columns with types, and what is read of them.

    ``select`` is a list of SQL expressions over the files' columns and ``region``; where there is
    no file, over nothing. ``is_older``: a file may lack columns, which are NULL then.
    """

    name: str
    base: str
    files: tuple[str, ...]
    rows: int
    columns: tuple[tuple[str, str], ...]
    select: str
    is_older: bool = False

    def must_have(self, found: int) -> None:
        """See that so many rows are all that were exported.

        Raises:
            WarehouseError: they are not.

        """
        if found != self.rows:
            raise WarehouseError(
                f"{self.name} 导出了 {self.rows} 行，读到 {found} 行；请重新导出。"
            )


def _column(column: Field, is_said: bool, is_empty: bool) -> str:
    said = f'"{STATED}"' if column.name == "region" else f'"{column.name}"'
    if is_empty:
        said = f"CAST(NULL AS {column.sql_type})"
    elif is_said and column.name == "region":
        said = (
            f"CASE WHEN coalesce({said}, region) = region THEN region "
            f"ELSE concat(region, '{REGION_MARK}', {said}) END"
        )
    elif is_said and column.is_local:
        said = f"region || '{REGION_MARK}' || {said}"
    return f'{said} AS "{column.name}"'


def local_folder(folder: str) -> Path | None:
    """The folder on this machine that is meant; None where it lies in an object store."""
    parts = urlsplit(folder)
    if parts.scheme == "file":
        return Path(url2pathname(unquote(parts.path)))
    return None if len(parts.scheme) > 1 else Path(folder)  # a single letter is a drive


def read_lists(folder: Path) -> Exports:
    """The exports in a folder of this machine, each file there and as long as it was written.

    Raises:
        WarehouseError: there is none, or one is not whole.

    """
    found = sorted((folder / LISTS).glob("*.json"))
    exports = exports_of(str(folder), {str(path): path.read_text("utf-8") for path in found})
    for region in exports.regions.values():
        for file in (file for files in region.files.values() for file in files):
            there = folder / file.path
            if not there.is_file() or there.stat().st_size != file.bytes:
                raise WarehouseError(
                    f"“{region.name}”的导出不完整：{file.path} 缺少或大小不对；"
                    "请重新导出或重新复制整个目录。"
                )
    return exports


def exports_of(folder: str, lists: Mapping[str, str]) -> Exports:
    """The exports that lists of files tell of; ``lists`` maps where one was read to its text.

    Raises:
        WarehouseError: there is none, one cannot be read, or two tell of one region.

    """
    if not lists:
        raise WarehouseError(f"{folder} 里没有导出；请先运行 yanpan export parquet --out {folder}")
    regions: dict[str, Region] = {}
    for path, text in lists.items():
        region = _region(path, text)
        if region.name in regions:
            raise WarehouseError(f"{folder} 里有两处“{region.name}”的导出；请先写明各自的全称。")
        regions[region.name] = region
    return Exports(folder.rstrip("/"), dict(sorted(regions.items())), len(regions) > 1)


def _region(path: str, text: str) -> Region:
    try:
        said = json.loads(text)
        must_not_be_newer(said["form"], FORM, f"导出清单 {path} ", WarehouseError)
        if said["form"] != FORM:
            raise WarehouseError(f"导出清单 {path} 是另一版程序做的，请用同一版程序重新导出。")
        tables = said["tables"]
        return Region(
            str(said["region"]),
            date.fromisoformat(said["newest"]) if said["newest"] else None,
            # An older program did not know every table.
            {name: tuple(_file(file) for file in tables.get(name, ())) for name in LEDGERS},
            {name: tuple(each) for name, each in said.get("columns", {}).items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WarehouseError(f"导出清单 {path} 读不出来，请重新导出。") from error


def _file(said: Mapping[str, Any]) -> File:
    return File(str(said["path"]), int(said["rows"]), int(said["bytes"]))
