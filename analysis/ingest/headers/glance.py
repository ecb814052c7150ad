"""Whether rows may be a header at all, by looking words up: nearly all that are tried are data.

What a cell counts for is found once for each text, however many files say it again, and a row is a
few whole numbers with a bit for each column. The answer only ever errs towards yes: where it is no,
reading the rows as a header would find fewer words than any ledger needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.ingest.headers.recognition import FEWEST_FIELDS, FEWEST_READ, SHARE_READ
from analysis.ingest.headers.vocabulary import (
    FOR_A_YEAR,
    REMEMBERED,
    SEQUENCE,
    Vocabulary,
    part_of,
)
from analysis.ledgers.grammar import may_be_header

#: What a text counts for in a header; SPECIAL is what is read otherwise in company.
FILLED, KNOWN, READABLE, BEGINS, COUNTS, SPECIAL = 1, 2, 4, 8, 16, 32


@dataclass(frozen=True, slots=True)
class Glance:
    """One row: bits of the columns that are filled, headers of some ledger, readable as a header,
    the beginning of a longer header, running numbers; ``parts`` are its words.

    ``is_special``: a year, or a remark that explains the row above. A row that ``has_day`` is data.
    """

    filled: int
    known: int
    readable: int
    begins: int
    counts: int
    is_special: bool
    has_day: bool
    parts: Sequence[str]


HAS_DAY = Glance(0, 0, 0, 0, 0, is_special=True, has_day=True, parts=())


def glance_at(row: Sequence[Any], vocabulary: Vocabulary) -> Glance:
    """Look each cell of a row up."""
    if any(isinstance(cell, date) for cell in row):
        return HAS_DAY
    seen = vocabulary.seen
    filled = known = readable = begins = counts = every = 0
    parts = []
    bit = 1
    for cell in row:
        if cell == "" or cell is None:
            parts.append("")
        else:
            text = cell if type(cell) is str else str(cell)
            found = seen.get(text)
            if found is None:
                if len(seen) >= REMEMBERED:
                    seen.clear()
                found = seen[text] = _looked_up(text, vocabulary)
            marks, part = found
            parts.append(part)
            every |= marks
            if marks & FILLED:
                filled |= bit
                if marks & KNOWN:
                    known |= bit
                if marks & READABLE:
                    readable |= bit
                if marks & BEGINS:
                    begins |= bit
                if marks & COUNTS:
                    counts |= bit
        bit += bit
    return Glance(filled, known, readable, begins, counts, bool(every & SPECIAL), False, parts)


def may_fit(rows: Sequence[Glance], vocabulary: Vocabulary) -> bool:
    """Whether rows, read as one header, may have words enough for any ledger."""
    if any(row.is_special for row in rows):
        return True
    first, *lower = rows
    filled, known, readable, begins, counts = (
        first.filled, first.known, first.readable, first.begins, first.counts,
    )  # fmt: skip
    several = below = known_below = readable_below = 0
    for row in lower:
        several |= filled & row.filled
        filled |= row.filled
        below |= row.filled
        known_below |= row.known
        readable_below |= row.readable
        begins |= row.begins
        counts |= row.counts
    # The last part of a column's header is what stands lowest in it.
    known = known_below | (known & ~below)
    readable = readable_below | (readable & ~below)
    columns = (filled & ~counts).bit_count()
    if readable.bit_count() >= max(FEWEST_READ, SHARE_READ * columns):
        return True
    fewest = FEWEST_FIELDS - known.bit_count()
    # Parts that are no header of their own may be one together.
    together = begins & several & ~known
    if fewest <= 0 or together.bit_count() < fewest:
        return fewest <= 0
    columns_of_parts = zip(*(row.parts for row in rows), strict=True)
    paths = [
        "".join(dict.fromkeys(parts))
        for n, parts in enumerate(columns_of_parts)
        if together >> n & 1
    ]
    return sum(path in vocabulary.known for path in paths) >= fewest


def _looked_up(text: str, vocabulary: Vocabulary) -> tuple[int, str]:
    part, _, is_remark = part_of(text)
    marks = SPECIAL * bool(is_remark or FOR_A_YEAR.match(part))
    if not part:
        return marks, ""
    marks |= FILLED
    marks |= KNOWN * (part in vocabulary.known)
    marks |= READABLE * may_be_header(part)
    marks |= BEGINS * (part in vocabulary.beginnings)
    marks |= COUNTS * (part in SEQUENCE)
    return marks, part
