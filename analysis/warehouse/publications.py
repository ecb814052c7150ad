"""The kept publications: one can be put back, and a metric be asked as it was published.

A publication is one file that holds its rows and its own SQL. A metric as published is the macro in
that file: where a definition has changed since, it gives the figure that was shown. A macro takes
days and no filters, so that neither does this.
"""

import difflib
import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from analysis.errors import QueryError, WarehouseError
from analysis.warehouse.client import Warehouse
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.sql_files import TITLE_ENDS, comment_of, metrics, relations

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


@contextmanager
def keeping(draft: Path, published: Path, made_from: str = "") -> Iterator[None]:
    """Keep a copy of the draft that the block publishes, and only the last ten.

    It is copied first: a disk that takes no copy takes no publication, rather than one that cannot
    be put back. ``made_from`` is a digest of all that went in, files and definitions: a run over
    the same says the same as the one before it, and takes its place.

    Raises:
        OSError: the disk takes no copy; nothing is left of it.

    """
    kept = publications(published)
    number = int(kept[-1].name[:6]) + 1 if kept else 1
    folder = published.parent / FOLDER
    folder.mkdir(exist_ok=True)
    for left in folder.glob("*.part"):  # of a run that was killed at this
        left.unlink(missing_ok=True)
    target = folder / f"{number:06}_{datetime.now():{_TIME}}_{made_from[:12]}.duckdb"
    if kept and made_from and _made_from(kept[-1]) == made_from[:12]:
        target = kept[-1]
    part = target.with_suffix(".part")
    try:
        shutil.copyfile(draft, part)
        yield
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
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


#: The days that a macro may take beside ``as_of``, by name.
_DAYS = ("known_on", "since")


@dataclass(frozen=True, slots=True)
class Macro:
    """A metric of a publication: its parameters, and the comment that states its 口径."""

    name: str
    parameters: tuple[str, ...]
    comment: str

    @property
    def title(self) -> str:
        """What the metric was called."""
        return self.comment.partition(TITLE_ENDS)[0]

    @property
    def is_as_today(self) -> bool:
        """Whether this program states the metric's 口径 in the same words."""
        today = metrics().get(self.name)
        return today is not None and comment_of(today) == self.comment


@dataclass(frozen=True, slots=True)
class Published:
    """A metric's figures in a publication: columns and rows as they are there, on a day."""

    macro: Macro
    as_of: date
    is_stale: bool
    columns: list[str]
    rows: list[tuple[Any, ...]]


def open_kept(kept: Kept) -> duckdb.DuckDBPyConnection:
    """Open a kept publication for reading.

    Raises:
        WarehouseError: it cannot be opened.

    """
    try:
        return open_warehouse(kept.path)
    except WarehouseError as error:
        raise WarehouseError(
            f"第 {kept.number} 次发布（{kept.path.name}）打不开，可能已损坏，或者由更新版本的"
            "研判台写成；其他各次见 yanpan metric --publications。"
        ) from error


def find_macro(con: duckdb.DuckDBPyConnection, kept: Kept, name: str) -> Macro:
    """A metric of a publication, which may be one that this program has no more.

    Raises:
        QueryError: the publication has none of that name; the nearest is suggested.

    """
    found = macros(con)
    if name in found:
        return found[name]
    near = difflib.get_close_matches(name, found, n=1)
    hint = f"是不是 {near[0]}？" if near else f"有的是：{'、'.join(sorted(found))}。"
    raise QueryError(f"第 {kept.number} 次发布里没有名为 {name} 的指标，{hint}")


def metric_as_published(
    kept: Kept, name: str, as_of: date | None, days: Mapping[str, date | None],
    stale_after_days: int,
) -> Published:  # fmt: skip
    """A metric of a publication on a day; ``days`` are ``known_on`` and ``since``.

    Where no day is given, it is the one that was shown on the day of the publication.

    Raises:
        QueryError: the publication has no such metric.
        WarehouseError: it cannot be opened.

    """
    is_stale = False
    with open_kept(kept) as con:
        macro = find_macro(con, kept, name)
        if as_of is None:
            with Warehouse(kept.path) as warehouse:
                as_of, is_stale = warehouse.described_day(kept.at.date(), stale_after_days)
        taken = {day: days.get(day) for day in _DAYS if day in macro.parameters}
        named = "".join(f", {day} := ${day}" for day in taken)
        sql = f'FROM "{macro.name}"($as_of{named})'
        return Published(macro, as_of, is_stale, *fetch_rows(con, sql, {"as_of": as_of, **taken}))


def macros(con: duckdb.DuckDBPyConnection) -> dict[str, Macro]:
    """The metrics of a publication by name."""
    sql = """
        SELECT function_name, parameters, coalesce(comment, '') FROM duckdb_functions()
        WHERE function_type = 'table_macro' AND NOT internal
    """
    return {
        name: Macro(name, tuple(parameters), comment)
        for name, parameters, comment in fetch_rows(con, sql)[1]
        if name not in relations()
    }
