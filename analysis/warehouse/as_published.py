"""A metric as it was published: by the macro in a kept publication, so by the 口径 of its day.

A publication is one file that holds its rows and its own SQL. Nothing of this program's metrics is
asked here: where a definition has changed since, the older publication gives the figure that was
shown. A macro takes days and no filters, so that neither does this.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from analysis.errors import QueryError, WarehouseError
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publications import Kept
from analysis.warehouse.publish import TITLE_ENDS, comment_of
from analysis.warehouse.questions import described_day
from analysis.warehouse.sql_files import metrics, relations

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
            as_of, is_stale = described_day(con, kept.at.date(), stale_after_days)
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
