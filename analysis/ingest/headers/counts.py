"""A column for each month or each kind, with how often → one row for each.

Registers of meetings are kept so: 会议类型 | 10月 | 11月 | 合计, or 月份 | 例会次数 | 研判会次数.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analysis.ingest.cells.periods import period_of
from analysis.ingest.cells.values import parse_column
from analysis.ingest.files.sheets import Grid
from analysis.ingest.headers.columns import Column
from analysis.ledgers import Ledger
from analysis.ledgers.grammar import COUNTED

MONTH = re.compile(r"^(?:\d{4}年)?(?:[1-9]|1[0-2])月份?$")
YEAR = re.compile(r"\d{4}年")
#: One column alone may be of anything.
FEWEST = 2
#: What such a row counts, and what its columns say it of.
COUNT, START = "quantity", "period_start"


@dataclass(frozen=True, slots=True)
class Counted:
    """The columns that count, and the field of which each has a value: a month, a kind."""

    field: str
    columns: tuple[Column, ...]
    values: tuple[Any, ...]


def counted_in(columns: Sequence[Column], ledger: Ledger, title: str, base: date) -> Counted | None:
    """The columns that count by month or by kind; None where a table has no such columns.

    ``title`` says the year where the months do not; without, a month is the latest that had begun.
    """
    claimed = {column.field.name for column in columns if column.field}
    if COUNT not in ledger.columns:
        return None
    months = tuple(column for column in columns if MONTH.match(column.header))
    if START in ledger.columns and START not in claimed and len(months) >= FEWEST:
        year = YEAR.search(title)
        starts = (_start(column.header, year.group() if year else "", base) for column in months)
        return Counted(START, months, tuple(starts))
    name = ledger.titled[0] if ledger.titled else ""
    codes = ledger[name].codes if name else None
    if codes is None:
        return None
    words = {column.index: COUNTED.sub("", column.header) for column in columns}
    kinds = tuple(
        column for column in columns
        if words[column.index] != column.header and words[column.index] in codes.words
    )  # fmt: skip
    values = tuple(codes.words[words[column.index]] for column in kinds)
    return Counted(name, kinds, values) if len({*values}) >= FEWEST else None


def without_counts(columns: Sequence[Column], counted: Counted) -> list[Column]:
    """The columns with those that count, and the sum of them, as columns without a header."""
    gone = {column.index for column in counted.columns}
    return [
        replace(column, header="", field=None, doubt="")
        if column.index in gone or (column.field and column.field.name in {COUNT, counted.field})
        else column
        for column in columns
    ]


def one_for_each(
    columns: dict[str, list[Any]], rows: Grid, counted: Counted, ledger: Ledger, base: date
) -> dict[str, list[Any]]:
    """Records with one for each column that says how often; rows that say it nowhere stay."""
    counts = [
        parse_column([row[column.index] for row in rows], ledger[COUNT], base)[0]
        for column in counted.columns
    ]
    told = [
        [(value, each[n]) for value, each in zip(counted.values, counts, strict=True)
         if each[n] is not None] or [(None, None)]
        for n in range(len(rows))
    ]  # fmt: skip
    repeated = {
        name: [value for value, parts in zip(values, told, strict=True) for _ in parts]
        for name, values in columns.items()
    }
    flat = [part for parts in told for part in parts]
    own = repeated.get(counted.field) or [None] * len(flat)
    values = [value or old for (value, _), old in zip(flat, own, strict=True)]
    return repeated | {counted.field: values, COUNT: [count for _, count in flat]}


def _start(header: str, year: str, base: date) -> date | None:
    period = period_of(header if YEAR.match(header) else year + header, base)
    return period[0] if period else None
