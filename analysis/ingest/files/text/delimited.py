"""Tables in text, cut by commas or tabs → sheets; a line that is broken costs itself alone."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.sheets import Grid, Note, Sheet, rectangular
from analysis.ingest.files.text.encodings import decoded, encoding_of

#: Rows on which the delimiter of a text is tried out, and their characters at most.
SAMPLE_ROWS = 30
SAMPLE = 20_000
DELIMITERS = ",\t;|"
#: What a person types for a comma where the keyboard is set to Chinese. Sentences are full of them,
#: so they cut only where nothing else does.
TYPED = "，；"
#: A table has so many columns at least.
LEAST_COLUMNS = 3
MOST_COLUMNS = 100_000
#: So many lines may stand in one pair of quotation marks; a mark that is never closed takes more.
LONGEST_CELL_LINES = 50
#: A cell longer than csv's own 131,072 characters is read too, to be cut and told like any other.
csv.field_size_limit(1 << 30)
CHECK = "请核对这一行，改正后重新报送"


def read_delimited(name: str, file_name: str, content: BinaryIO) -> Sheet:
    """The rows of a csv file of any encoding and delimiter, as the sheet ``name``.

    Raises:
        SourceError: the encoding cannot be recognised, or a row has more cells than any table.

    """
    encoding = encoding_of(file_name, content)
    with decoded(content, encoding, newline="") as text:
        delimiter = delimiter_of(text.read(SAMPLE))
    rows, notes = _rows(content, encoding, delimiter)
    if (width := max(map(len, rows), default=0)) > MOST_COLUMNS:
        raise SourceError(
            f"{file_name}：一行有 {width} 格，没有读取；请核对分隔符，分成几列后重新报送。"
        )
    return Sheet(name, rectangular(rows), notes=tuple(notes))


def is_table(text: str) -> bool:
    """Whether a text is plainly a table: all lines have the same number of cells, three or more."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return False
    delimiter = delimiter_of("\n".join(lines[:SAMPLE_ROWS]))
    widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    return len(widths) == 1 and widths.pop() >= LEAST_COLUMNS


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first rows into most columns; a comma where none does."""
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE_ROWS]

    def columns(delimiter: str) -> int:
        return sum(len(row) for row in csv.reader(lines, delimiter=delimiter))

    best = max(DELIMITERS, key=columns)
    if columns(best) >= LEAST_COLUMNS * len(lines):
        return best
    return str(max((best, *TYPED), key=columns))


def _rows(content: BinaryIO, encoding: str, delimiter: str) -> tuple[Grid, list[Note]]:
    seen: dict[str, str] = {}
    try:
        with decoded(content, encoding, newline="") as text:
            # One object for each distinct cell: a million rows repeat few words.
            rows = [
                [seen.setdefault(cell, cell) for cell in row]
                for row in csv.reader(text, delimiter=delimiter, strict=True)
            ]
    except csv.Error:
        rows = []
    width = _usual_width(rows)
    has_long = any("\n" in cell or "\r" in cell for cell in seen)
    if rows and not (has_long and any(_has_swallowed(row, delimiter, width) for row in rows)):
        return rows, _recut(rows, delimiter)
    with decoded(content, encoding, newline="") as text:
        return _rows_one_by_one(text, delimiter)


def _has_swallowed(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a mark that was not closed has taken the next rows into one cell.

    The lines of a cell of several lines then have each as many delimiters as a row.
    """
    if width < LEAST_COLUMNS:
        return False
    for place, cell in enumerate(row):
        lines = cell.splitlines() if "\n" in cell or "\r" in cell else []
        if len(lines) < 2:
            continue
        counts = [line.count(delimiter) for line in lines]
        counts[0] += place
        counts[-1] += len(row) - 1 - place
        if sum(count >= width - 1 for count in counts) > 1:
            return True
    return False


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def _recut(rows: Grid, delimiter: str) -> list[Note]:
    """Cut lines that were typed with the other comma, where that gives the cells of a row."""
    width = _usual_width(rows)
    others = [each for each in (*DELIMITERS[:1], *TYPED[:1]) if each != delimiter]
    notes = []
    for number, row in enumerate(rows):
        if len(row) != 1 or width < LEAST_COLUMNS:
            continue
        for other in others:
            cells = row[0].split(other)
            if len(cells) == width:
                rows[number] = list(cells)
                message = f"用“{other}”分隔，与其他行不同，已按此读取；{CHECK}"
                notes.append(Note(number, None, "other_delimiter", "warning", message))
    return notes


def _rows_one_by_one(text: io.TextIOWrapper, delimiter: str) -> tuple[Grid, list[Note]]:
    """Rows some of which have broken quotation marks: these are read as they stand, and told."""
    lines = list(text)
    width = _usual_width(_cells_of(lines[:SAMPLE_ROWS], delimiter))
    rows: Grid = []
    notes: list[Note] = []
    start = 0
    while start < len(lines):
        row, end = _whole_row(lines, start, delimiter, width)
        if row is None:
            row, end = _broken_row(lines[start].rstrip("\r\n"), delimiter, width), start + 1
            message = (
                f"的引号不成对（{lines[start].strip()[:60]}），已按 {len(row)} 格读取；{CHECK}"
            )
            notes.append(Note(len(rows), None, "broken_quotes", "error", message))
        rows.append(list(row))
        start = end
    return rows, [*notes, *_recut(rows, delimiter)]


def _cells_of(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    return list(csv.reader(lines, delimiter=delimiter))


def _whole_row(
    lines: Sequence[str], start: int, delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    """The row that begins in a line, and the line behind it; None where its marks are broken."""
    for end in range(start + 1, min(start + LONGEST_CELL_LINES, len(lines)) + 1):
        try:
            found = list(csv.reader(lines[start:end], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return None, start
            continue
        row = found[0] if found else []
        return (None, start) if _has_swallowed(row, delimiter, width) else (row, end)
    return None, start


def _broken_row(line: str, delimiter: str, width: int) -> list[str]:
    """The cells of a line with broken marks: cut by a lenient reader, or by the delimiters alone.

    Which of them is taken says the width of the other rows.
    """
    lenient = next(iter(_cells_of([line], delimiter)), [])
    plain = [cell.strip('"') for cell in line.split(delimiter)]
    return plain if len(plain) == width != len(lenient) else lenient
