"""The tables of a document's annex, put together from the lines that pages cut apart.

An annex states the measures of the body again. Its columns are known by the grammar of labels;
here each row is read for what it says, and nothing is compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from analysis.ingest.measures.labels import label_of
from analysis.ingest.plan.about import plain_line
from analysis.ingest.plan.items import Stated
from analysis.ingest.tables.measures import LABEL, leading_no, split_measures, sub_no
from analysis.ledgers.labels import Role

NAMES = {
    Role.PROBLEM: "problem", Role.MANIFESTATION: "manifestation", Role.MEASURE: "measure",
    Role.DETAIL: "sub_measure", Role.KIND: "rect_type", Role.LEAD: "unit", Role.PERSON: "person",
    Role.LEADER: "person", Role.SUPPORT: "support_units", Role.DUE: "due_text",
}  # fmt: skip
#: So many cells of a row are labels where it is a header.
LEAST_LABELS = 3
#: A kind and a day that stand in one cell since the page ate the line between them.
RUN_TOGETHER = re.compile(r"^(.+?[)])\s*(\d+月\d+日.+)$")
#: A cell that begins with the label of its own column begins a row.
LABELLED = re.compile(r"^\S{2,8}?[(]?[\d一二三四五六七八九十]*(?:-\d+)?[)]?:|^\(?\d+-\d+")


@dataclass(slots=True)
class AnnexRow:
    """One row of the 三清单 in the annex; ``width`` of ``expected`` cells stand in it."""

    line: int
    cells: dict[str, str]
    subs: list[Stated]
    width: int
    expected: int


def annex_of(lines: Sequence[str], start: int) -> tuple[list[AnnexRow], list[tuple[int, int]]]:
    """The data rows of the tables from a line (from 1) on, and where a page had cut one."""
    reader = _Reader()
    for number, raw in enumerate(lines[start - 1 :], start=start):
        cells = [normalize("NFKC", cell).strip() for cell in raw.split("\t")]
        if "\t" in raw and any(cells):
            reader.read(number, cells)
    reader.finish()
    return reader.rows, reader.cuts


class _Reader:
    def __init__(self) -> None:
        self.rows: list[AnnexRow] = []
        self.cuts: list[tuple[int, int]] = []
        self._header: list[str] = []
        self._cells: list[str] = []
        self._at = 0
        self._problem = ""

    def read(self, number: int, cells: list[str]) -> None:
        names = _header(cells)
        if names:
            self.finish()
            self._header = names
        elif self._header and _begins_row(cells):
            self.finish()
            self._cells, self._at = cells, number
        elif self._cells and not cells[0]:
            self.cuts.append((self._at, number))
            for index, cell in enumerate(cells[: len(self._cells)]):
                self._cells[index] += cell
        else:
            self.finish()  # the title of the next table

    def finish(self) -> None:
        """Close the row that is open."""
        if self._cells:
            row = _row(self._at, self._header, self._cells)
            self._problem = row.cells["problem"] = row.cells.get("problem") or self._problem
            self.rows.append(row)
        self._cells = []


def _header(cells: Sequence[str]) -> list[str]:
    """The names of the columns where a row is a header with measures, else nothing."""
    labels = [label_of(cell) if cell else None for cell in cells]
    roles = [label.role if label and not label.number else None for label in labels]
    is_header = sum(role is not None for role in roles) >= LEAST_LABELS and bool(
        {Role.MEASURE, Role.DETAIL} & set(roles)
    )
    if not is_header or any("清单" in cell for cell in cells):
        return []
    names: list[str] = []
    for role in roles:
        name = NAMES.get(role, "") if role else ""
        # A column that nobody knows (序号) keeps its place, or all behind it would move.
        names.append("" if name in names else name)
    return names


def _begins_row(cells: Sequence[str]) -> bool:
    return bool(cells[0]) or any(LABELLED.match(cell) for cell in cells)


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> AnnexRow:
    said = dict(zip(names, cells, strict=False))
    if len(cells) < len(names) and (match := RUN_TOGETHER.match(cells[-1])):
        said[names[len(cells) - 1]], said[names[len(cells)]] = match.groups()
    said.pop("", None)
    pieces = split_measures([said.get("sub_measure") or None])[0]
    subs = [
        Stated(number, LABEL.sub("", plain_line(piece)), line)
        for piece in pieces
        if piece and (number := sub_no(piece))
    ]
    if "sub_measure" not in names and (number := leading_no(said.get("measure", ""))):
        subs = [Stated(f"自查{number}", LABEL.sub("", plain_line(said["measure"])), line)]
    return AnnexRow(line, said, subs, len(cells), len(names))
