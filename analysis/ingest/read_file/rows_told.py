"""Rows of a plan's tables, and what the office has set right in them.

What is told of a row goes into its table before this is read, so that all is read by the same
rules: a row that is a measure is one of data, a heading tells the rows below what a person says
that it tells. What is told of a field of a measure is put in the place of what was read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from analysis.ingest.cells.values import as_text
from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.responsibility import (
    actor,
    fields_of,
    person_for,
    person_in,
    sentence,
    units_in,
)
from analysis.ingest.measures.segments import segments
from analysis.ingest.plan.taught import LineRole, Told
from analysis.ingest.plan.taught.entries import Place, digest_of, digest_of_row, place_in_row
from analysis.ingest.tables.filling.deadlines import put_deadline
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.records import Records
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers import Ledger
from analysis.ledgers.labels import Role

#: Ledgers that a plan may fill by its tables, and how many rows these have at most.
OF_PLANS = frozenset({"measure", "decision"})
MOST_ROWS = 5_000
#: Fields that say what is to be done, the detailed one first.
TRACKED = ("sub_measure", "measure", "task")
#: Role of a field → what it fills.
_FILLS: Mapping[Role, str] = {
    Role.LEAD: "unit", Role.SUPPORT: "support_units", Role.PERSON: "person",
    Role.LEADER: "person", Role.DUE: "due_on",
}  # fmt: skip
#: Role of a row that tells of those below → the field that its words fill.
_TELLS: Mapping[LineRole, str] = {
    LineRole.PROBLEM: "problem", LineRole.MANIFESTATION: "manifestation", LineRole.WHO: "unit",
    LineRole.DUE: "due_on",
}  # fmt: skip
_FIELDS = frozenset(_FILLS.values())
#: Who leads may name supporters too, and who answers is looked for beside the unit that leads.
_ORDER = (Role.SUPPORT, Role.LEAD, Role.PERSON, Role.DUE)


@dataclass
class RowsTold:
    """The tables of one file, as their rows are known to whoever sets them right.

    ``lines`` are those of a document. A row is known by its own cells as they stand in the file,
    whatever its table is made into before it is read.
    """

    lines: Sequence[str]
    told: Told
    tables: list[tuple[str, int, int, Grid]] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[str], sheets: Iterable[Sheet], told: Told) -> "RowsTold":
        """The rows of all sheets of a file that may be a plan's."""
        tables = [
            (each.name, each.first_row, each.first_column, each.cells)
            for each in sheets
            if len(each.cells) <= MOST_ROWS
        ]
        return cls(lines, told, tables)

    @cached_property
    def document(self) -> str:
        """The hash of the document; a workbook has no lines but those of its sheets."""
        if any(line.strip() for line in self.lines):
            return digest_of(self.lines)
        rows = (row for *_, cells in self.tables for row in cells)
        return digest_of(as_text(cell) or "" for row in rows for cell in row)

    def places(self, sheet: Sheet) -> dict[int, Place]:
        """For each row of a table that says anything, from 0, by what it is set right."""
        known = self._places_from(sheet.first_column)
        numbers = range(len(sheet.cells))
        found = {n: known.get((sheet.name, sheet.first_row + n)) for n in numbers}
        return {n: place for n, place in found.items() if place}

    def roles(self, sheet: Sheet, layout: Layout | None) -> dict[int, LineRole]:
        """What a person has said of rows of a table."""
        if not self.told.roles or not may_be_set_right(layout):
            return {}
        said = {n: self.told.roles.get(place) for n, place in self.places(sheet).items()}
        return {n: role for n, role in said.items() if role}

    def fields(self, sheet: Sheet, layout: Layout, base: date, told_on: date) -> "RowFields | None":
        """What a person has said of fields in a table; None where he has said nothing of any."""
        if not self.told.fields or not may_be_set_right(layout):
            return None
        places = {sheet.first_row + n + 1: place for n, place in self.places(sheet).items()}
        return RowFields(self.told, places, layout.ledger, base, told_on)

    def _places_from(self, left: int) -> dict[tuple[str, int], Place]:
        """Sheet and row → its place, by the cells from a column on: tables may lie side by side."""
        counts: Counter[str] = Counter()
        found: dict[tuple[str, int], Place] = {}
        for name, first_row, first_column, cells in self.tables:
            for n, row in enumerate(cells, first_row):
                own = row[max(0, left - first_column) :]
                if (name, n) in found or not any(map(as_text, own)):
                    continue
                words = digest_of_row(own)
                counts[words] += 1
                found[name, n] = (self.document, words, counts[words])
        return found


def may_be_set_right(layout: Layout | None) -> bool:
    """Whether a table is read, and as a plan's."""
    return layout is not None and not layout.doubt and layout.ledger.name in OF_PLANS


def alone(layout: Layout, roles: Mapping[int, LineRole]) -> Layout:
    """A table that says again what the body says, of which only what a person calls a measure is
    another one.
    """
    kinds = [
        RowKind.NOTE if kind is RowKind.DATA and roles.get(n) is not LineRole.MEASURE else kind
        for n, kind in enumerate(layout.kinds)
    ]
    return replace(layout, kinds=kinds)


def as_told(
    sheet: Sheet, layout: Layout, roles: Mapping[int, LineRole], vocabulary: Vocabulary
) -> tuple[Sheet, Layout]:
    """A table with its rows as a person has said that they are."""
    kinds = list(layout.kinds)
    tells: dict[int, Mapping[str, str]] = {}
    for n, role in roles.items():
        if role is LineRole.MEASURE:
            kinds[n] = RowKind.DATA
            sheet = _as_measure(sheet, n, layout, vocabulary)
        elif role in _TELLS or role is LineRole.TITLE:
            kinds[n] = RowKind.BAND
            if role in _TELLS:
                tells[n] = _told_by(_words(sheet.cells[n]), _TELLS[role])
        else:
            kinds[n] = RowKind.NOTE
    doubtful = layout.doubtful - roles.keys()
    return sheet, replace(layout, kinds=kinds, doubtful=doubtful, told=tells)


def _as_measure(sheet: Sheet, number: int, layout: Layout, vocabulary: Vocabulary) -> Sheet:
    """A table with the words of a row in the column of measures, where nothing stands there.

    A text that is merged over the table says no more than once what is to be done.
    """
    columns = _columns(layout, vocabulary)
    tracked = next((columns[name] for name in TRACKED if name in columns), None)
    texts = list(dict.fromkeys(filter(None, map(folded, sheet.cells[number]))))
    if tracked is None or (len(texts) > 1 and folded(sheet.filled[number][tracked])):
        return sheet
    of_fields = {columns[name] for name in _FIELDS & columns.keys()}
    row = list(sheet.cells[number])
    said = [n for n, cell in enumerate(row) if folded(cell)]
    longest = max(said, key=lambda n: (n not in of_fields, len(folded(row[n]))), default=tracked)
    row[longest], row[tracked] = "", row[longest]
    for name, text in (_who_acts(texts[0]) if len(texts) == 1 else {}).items():
        if name in columns:
            row[columns[name]] = text
    cells = [*sheet.cells[:number], row, *sheet.cells[number + 1 :]]
    merged = [each for each in sheet.merged if not each[0] == number == each[2]]
    return replace(sheet, cells=cells, merged=merged)


def _who_acts(text: str) -> dict[str, str]:
    """Field → unit that a measure told in one sentence names: «由甲局牵头，乙局配合，…»."""
    said = (sentence(text) or actor(text)).texts
    return {_FILLS[role]: said[role] for role in (Role.LEAD, Role.SUPPORT) if role in said}


def _columns(layout: Layout, vocabulary: Vocabulary) -> dict[str, int]:
    """Field → the first column whose header may stand for it."""
    found: dict[str, int] = {}
    for n, header in enumerate(layout.headers):
        for each in vocabulary.candidates(layout.ledger, header)[:1]:
            found.setdefault(each.name, n)
    return found


def _words(cells: Sequence[Any]) -> str:
    return " ".join(dict.fromkeys(filter(None, map(as_text, cells))))


def _told_by(text: str, name: str) -> dict[str, str]:
    """Field → text that a row tells of those below it: its labels say which, else its role."""
    mark = mark_at(text)
    bare = text[mark.end :].strip() if mark else text
    fills = {
        _FILLS[role]: said for role, said in fields_of(bare).texts.items() if role in _FILLS
    }  # fmt: skip
    if name in _FIELDS and fills:
        return fills
    first = next((each for each in segments(bare) if each.text), None)
    return {name: bare[bare.index(first.text) :] if first and first.label else bare}


@dataclass(frozen=True, slots=True)
class RowFields:
    """What a person has set right of measures in the rows of one table.

    ``places`` are those of rows by their numbers in the file, ``base`` is the day of the
    submission, ``told_on`` that from which days without a year are counted.
    """

    told: Told
    places: Mapping[int, Place]
    ledger: Ledger
    base: date
    told_on: date

    def put(self, records: Records) -> None:
        """Put them into the records; what was found wrong with the cells in their place goes."""
        right: dict[int, list[set[str]]] = {}
        for n, place in enumerate(places_of_items(records, self.places)):
            fields = self.told.fields.get(place, {}) if place else {}
            filled = {_FILLS[role] for role in fields}
            right.setdefault(records.columns["row_no"][n], []).append(filled)
            for role in (each for each in _ORDER if each in fields):
                self._put(records, n, role, fields[role])
        gone = {row_no: set.intersection(*each) for row_no, each in right.items()}
        records.findings = [
            each for each in records.findings if each.field not in gone.get(each.row_no or 0, ())
        ]

    def _put(self, records: Records, n: int, role: Role, text: str) -> None:
        if role is Role.LEAD:
            lead, others, named = units_in(text)
            helpers = [*others, *(records.get("support_units")[n] or "").split("、")]
            _fill(records, n, "unit", lead)
            _fill(records, n, "support_units", _joined(helpers, lead))
            if named and not records.get("person")[n]:
                _fill(records, n, "person", person_in(named))
        elif role is Role.SUPPORT:
            first, others, _ = units_in(text)
            _fill(records, n, "support_units", _joined([first, *others], ""))
        elif role is Role.PERSON:
            _fill(records, n, "person", person_for(text, records.get("unit")[n] or ""))
        else:
            put_deadline(records, n, text, self.ledger, self.base, self.told_on)


def places_of_items(records: Records, places: Mapping[int, Place]) -> list[Place | None]:
    """For each record, by what its fields are set right; None in a row that cannot be."""
    texts = zip(*(records.get(name) for name in TRACKED), strict=True)
    said: Counter[tuple[int, str]] = Counter()
    found: list[Place | None] = []
    for row_no, of_record in zip(records.get("row_no"), texts, strict=True):
        text = next(filter(None, of_record), "")
        place = places.get(row_no)
        found.append(place_in_row(place, text, said[row_no, text]) if place else None)
        said[row_no, text] += 1
    return found


def _fill(records: Records, n: int, name: str, text: str) -> None:
    records.columns[name] = list(records.get(name))
    records.columns[name][n] = text or None


def _joined(units: Iterable[str], lead: str) -> str:
    return "、".join(dict.fromkeys(each for each in units if each and each != lead))
