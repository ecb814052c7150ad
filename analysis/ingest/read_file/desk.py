"""What reading a file depends on beside the file, and what a reading has seen of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.plan import Plan, Taught, Told, word_known
from analysis.ingest.plan.taught import LineRole
from analysis.ingest.plan.taught.entries import Place
from analysis.ingest.read_file.rows_told import MOST_ROWS, OF_PLANS, RowsTold, may_be_set_right
from analysis.ingest.read_file.submission import Submission
from analysis.ingest.received import is_dated, received_on
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind


@dataclass(frozen=True)
class Desk:
    """What reading a file depends on beside the file: folder, region, headers, register.

    ``sheets`` says of which ledger a sheet is: a pattern of its name or its file's, the ledger.
    ``words`` are those for codes that the office has taught: ledger, field, word, value. Photos
    are kept below ``processed``; without it nothing is written.
    """

    raw: Path
    region: str
    headers: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    register: Mapping[str, date] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    processed: Path | None = None
    #: What the office has set right of readings of plans.
    taught: Taught = field(default_factory=Taught)
    #: What the office has added to the calendar, days of rest and days that are worked: by it a
    #: deadline of so many working days is counted.
    rest: tuple[date, ...] = ()
    work: tuple[date, ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The headers that are known here."""
        return Vocabulary(self.headers, self.words)

    @cached_property
    def described(self) -> tuple[str, ...]:
        """What the office has said of headers, sheets, words and days, as texts that tell desks
        apart.
        """
        said = (self.headers, [*self.sheets.items()], self.words)
        days = repr((self.rest, self.work))
        return (*(json.dumps(each, sort_keys=True, default=list) for each in said), days)

    def words_for(self, relative: str, sheet: str) -> Vocabulary:
        """The headers that are known for one sheet: of one ledger, where the office says so."""
        for pattern, ledger in self.sheets.items():
            if any(fnmatchcase(name, pattern) for name in (relative, Path(relative).name, sheet)):
                return self.vocabulary.read_as(ledger)
        return self.vocabulary


@dataclass(slots=True)
class TableSeen:
    """One table of a file as it was laid out, before its rows were read."""

    name: str
    first_row: int
    cells: list[list[Any]]
    kinds: Sequence[RowKind]
    submission: Submission
    #: By what each row is set right, and what a person has said of some, by their place from 0.
    places: Mapping[int, Place] = field(default_factory=dict)
    roles: Mapping[int, LineRole] = field(default_factory=dict)
    told: Told = field(default_factory=Told)


@dataclass(slots=True)
class Seen:
    """What a reading has seen of a file, kept for whoever shows the file beside it."""

    lines: list[str] = field(default_factory=list)
    plan: Plan | None = None
    why_not: str = ""
    tables: list[TableSeen] = field(default_factory=list)

    def note(
        self, sheet: Sheet, layout: Layout | None, submission: Submission, told: RowsTold
    ) -> None:
        """Keep a table that may be a plan's; a ledger of thousands of rows is none."""
        if layout is None or layout.ledger.name not in OF_PLANS or len(sheet.cells) > MOST_ROWS:
            return
        places = told.places(sheet) if may_be_set_right(layout) else {}
        self.tables.append(
            TableSeen(
                sheet.name, sheet.first_row, sheet.cells, layout.kinds, submission, places,
                told.roles(sheet, layout), told.told,
            )
        )  # fmt: skip


def told_on(path: Path, desk: Desk) -> Told:
    """What had been set right by the day on which a file came."""
    if not desk.taught.entries:
        return Told()
    day, _ = received_on(path, desk.raw, [], desk.register)
    return desk.taught.told(day)


def in_known_words(sheet: Sheet, told: Told) -> Sheet:
    """A sheet with the labels that were taught in the words that every reader knows."""
    if not told.labels:
        return sheet
    cells = [
        [word_known(cell, told.labels) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.cells
    ]
    return replace(sheet, cells=cells)


def known_day(path: Path, desk: Desk) -> date | None:
    """The day on which a file came, where anybody has said so."""
    day, _ = received_on(path, desk.raw, [], desk.register)
    return day if is_dated(path, desk.raw, desk.register) else None
