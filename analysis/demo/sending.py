"""What is sent: who says what on which day, before anybody writes it into cells.

The files are written from it (``layouts``) and the truth is read from it (``truth``): neither
knows the other.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

MARK = "模拟数据"
OFFICE = "专班办公室"
#: Header → the fact that its column holds; None for a column that says nothing (备注, 填报人).
Columns = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of the thing ``key``; ``facts`` by the names of the warehouse's columns.

    A fact that is None or has no column in its sending is not said.
    """

    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """How a sending is laid out; nothing of it changes what is said."""

    suffix: str = ".xlsx"
    #: How days are written, by place in ``layouts.DAY_STYLES``.
    day_style: int = 0
    #: Facts whose days are written without their year.
    yearless: frozenset[str] = frozenset()
    #: Cells above the header, each with the number of columns that it spans.
    groups: Sequence[tuple[str, int]] = ()
    closing: Sequence[str] = ()
    #: Whether rows stand below the name of their township, a line over the whole width.
    has_bands: bool = False
    has_total: bool = False
    #: Whether the last row was copied twice, as happens.
    repeats_last: bool = False
    in_yuan: bool = False
    #: Facts whose equal neighbours are one cell, merged downwards.
    merges: frozenset[str] = frozenset()
    #: Key → how many photos stand in its row.
    photos: Mapping[str, int] = field(default_factory=dict)
    #: Whether the one row is a form of labels and values.
    is_form: bool = False
    #: The words for a status, where they are not the usual ones.
    words: Mapping[str, str] = field(default_factory=dict)
    #: Paragraphs, for what is prose; and whether the rows stand below them as a table, in the
    #: columns that have a header of their own.
    text: Sequence[str] = ()
    has_table: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """One file that the office receives on ``day``; ``until`` is the last day that it speaks of."""

    day: date
    name: str
    ledger: str
    #: Who sends it, by the name in the roster; ``signed`` as it calls itself.
    unit: str
    signed: str
    title: str
    columns: Columns
    rows: Sequence[Row]
    until: date
    look: Look = Look()
    #: The half month for which it is a sender's whole list, by its last day.
    whole_of: date | None = None
    #: The day on which it was taken back: from then on it counts no more.
    withdrawn_on: date | None = None
    #: What the title says of all rows, by the names of the warehouse's columns.
    of_all: Mapping[str, Any] = field(default_factory=dict)

    def said(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each row's key with the facts that it says."""
        names = {name for _, name in self.columns if name}
        for row in self.rows:
            own = {n: v for n, v in row.facts.items() if n in names and v is not None}
            yield row.key, {**self.of_all, **own}


def half_months(since: date, until: date) -> Iterator[tuple[date, date]]:
    """First and last days of the half months that lie within two days."""
    day = since.replace(day=1)
    while day <= until:
        last = day.replace(day=monthrange(day.year, day.month)[1])
        for start, end in ((day, day.replace(day=15)), (day.replace(day=16), last)):
            if start >= since and end <= until:
                yield start, end
        day = last + timedelta(days=1)
