"""Which lines of a text are a table set by blanks: those below a header of known words that keep to
its columns.

Without such a header nothing is a table: addresses, signatures and lists have gaps as well.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from analysis.ingest.headers.vocabulary import normalise
from analysis.ingest.tables.aligned.columns import (
    MEASURES,
    WORD,
    Columns,
    Measure,
    Piece,
    pieces_of,
)
from analysis.ingest.tables.aligned.rows import Line, Row, is_number, rows_of

#: A table has so many columns, and words of a header are no longer.
LEAST_COLUMNS, MOST_COLUMNS, LONGEST_WORD = 3, 40, 12
#: The words of a header stand on so many lines.
TALLEST_HEADER = 3
#: So great a part of a header's words must be known ones.
SHARE_KNOWN = 0.7
#: A heading between rows, «一、重点行业», is no longer.
LONGEST_HEADING = 40
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|[章节类])|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])\s*\S"
)
#: A rule between rows, of as many strokes as there is room for, or one below each column.
_RULE = re.compile(r"[─━═\-－—–_=＝ \u3000]{4,}")
_SAID = re.compile(r"[，,。；;：:]")

IsWord = Callable[[str], bool]


@dataclass(slots=True)
class _Table:
    """What was found of a table: its rows, the lines (from 0) that are the page's, its fit."""

    top: int
    rows: list[Row] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    exact: int = 0

    @property
    def end(self) -> int:
        return max(line for row in self.rows for line in row.lines) + 1


def in_tabs(lines: Sequence[str], is_word: IsWord, pages: Collection[int] = ()) -> list[str]:
    """The lines, with the rows of tables that blanks set as cells apart by tabs.

    A row stands on its first line and leaves its others blank, so that places stay. ``pages`` are
    the lines (from 1) of the page's own, which may stand between rows. ``is_word`` knows the words
    of headers.
    """
    made = list(lines)
    rules = {n for n, line in enumerate(lines) if _RULE.fullmatch(line.strip())}
    lines = ["" if n in rules else line for n, line in enumerate(lines)]
    number = 0
    known = cache(lambda text: is_word(normalise(text)))
    while number < len(lines):
        tables = [*_tables(lines, number, known, pages)]
        if not tables:
            number += 1
            continue
        table = max(tables, key=lambda each: each.exact)
        for row in table.rows:
            for line in row.lines:
                made[line] = ""
            made[row.lines[0]] = "\t".join(row.cells)
        for line in (*table.blank, *rules & {*range(number, table.end)}):
            made[line] = ""
        number = table.end
    return made


def _tables(
    lines: Sequence[str], top: int, is_word: IsWord, pages: Collection[int]
) -> Iterator[_Table]:
    """The tables that a line may head, by how wide its signs may be."""
    for measure in MEASURES:
        found = _header(lines, top, measure, is_word)
        if found is None:
            return  # the words of a header are the same however wide they are
        if table := _table(lines, top, measure, found, pages):
            yield table


def _table(
    lines: Sequence[str], top: int, measure: Measure, found: tuple[list[Piece], int],
    pages: Collection[int],
) -> _Table | None:  # fmt: skip
    header, height = found
    words = [normalise(piece.text) for piece in header]
    kept = _taken(lines, top + height, (header, words), measure, pages)
    taken = [line for line in kept if not line.is_page]
    table = _Table(top, [Row(tuple(range(top, top + height)), [piece.text for piece in header])])
    table.rows += rows_of(taken, words)
    body = [row for row in table.rows[1:] if not row.is_heading and not row.is_header]
    full = [row for row in body if sum(map(bool, row.cells)) >= LEAST_COLUMNS]
    if not full or 2 * len(full) < len(body):
        return None
    between = range(top, table.end)
    heads = (line.number for line in kept if line.is_page)
    table.blank = [n for n in (*heads, *(n - 1 for n in pages)) if n in between]
    starts = {piece.start for piece in header}
    table.exact = sum(
        piece.start in starts for line in taken for piece in pieces_of(line.text, measure)
    )
    return table


def _header(
    lines: Sequence[str], top: int, measure: Measure, is_word: IsWord
) -> tuple[list[Piece], int] | None:
    """The words of a header that begins on a line, and on how many lines they stand.

    One blank parts words that are all known.
    """
    if "\t" in lines[top] or len(lines[top].split()) < 2:
        return None
    apart = pieces_of(lines[top], measure, WORD)
    if _are_words(apart, is_word, all_of_them=True):
        return apart, 1
    if len(apart) > MOST_COLUMNS or not any(is_word(piece.text) for piece in apart):
        return None
    for height in range(TALLEST_HEADER, 0, -1):
        block = lines[top : top + height]
        if len(block) < height or any("\t" in line or not line.strip() for line in block):
            continue
        widest = max((pieces_of(line, measure) for line in block), key=len)
        words = _stacked(block, widest, measure)
        if words and _are_words(words, is_word, all_of_them=height > 1):
            return words, height
    return None


def _stacked(block: Sequence[str], widest: Sequence[Piece], measure: Measure) -> list[Piece]:
    """The words of a header, those that go on in the next line as one."""
    if len(widest) < LEAST_COLUMNS:
        return []
    columns = Columns.below(widest)
    stacked = [columns.cells(line, measure) for line in block]
    rows = [cells for cells in stacked if cells is not None]
    if len(rows) < len(block):
        return []
    return [
        Piece(piece.start, piece.end, "".join(cells[n] for cells in rows))
        for n, piece in enumerate(widest)
    ]


def _are_words(pieces: Sequence[Piece], is_word: IsWord, *, all_of_them: bool) -> bool:
    texts = [piece.text for piece in pieces]
    if len(texts) < LEAST_COLUMNS or any(
        len(text) > LONGEST_WORD or _SAID.search(text) for text in texts
    ):
        return False
    known = sum(map(is_word, texts))
    least = len(texts) if all_of_them else SHARE_KNOWN * len(texts)
    return known >= max(LEAST_COLUMNS, least)


def _taken(
    lines: Sequence[str], start: int, head: tuple[list[Piece], list[str]], measure: Measure,
    pages: Collection[int],
) -> list[Line]:  # fmt: skip
    """The lines below a header that keep to its columns, up to the first that does not."""
    header, words = head
    columns, taken, block = Columns.below(header), [], 0
    is_page_new = is_filled = False
    for number in range(start, len(lines)):
        text = lines[number]
        if number + 1 in pages or not text.strip():
            block += 1
            is_page_new = is_page_new or number + 1 in pages
            continue
        if "\t" in text:
            break
        cells = columns.cells(text, measure)
        pieces = pieces_of(text, measure)
        if is_page_new and len(pieces) == 1 and _is_head(pieces[0], header):
            is_page_new = False
            taken.append(Line(number, text, [], block, is_page=True))  # its running head
            continue
        is_page_new = False
        if _is_heading(pieces, header):
            block += 1  # it stands by itself, whether blank lines are around it or not
            taken.append(Line(number, text.strip(), [text.strip()], block, is_heading=True))
            block += 1
        elif cells is None:
            break
        elif [normalise(cell) for cell in cells] == words:
            if not is_filled:
                break  # headers with nothing but headings between are no table
            is_filled = False
            block += 1
            taken.append(Line(number, text, cells, block, is_header=True))
            block += 1
        else:
            columns, is_filled = columns.with_line(text, measure), True
            taken.append(Line(number, text, cells, block))
    return taken


def _is_head(piece: Piece, header: Sequence[Piece]) -> bool:
    """Whether the first line of a page is its running head: short, where no column begins."""
    starts = {each.start for each in header}
    return piece.start not in starts and not _SAID.search(piece.text)


def _is_heading(pieces: Sequence[Piece], header: Sequence[Piece]) -> bool:
    """Whether a line is a heading between rows: numbered, and no text of a column."""
    if len(pieces) != 1 or is_number(pieces[0].text):
        return False
    text = pieces[0].text
    is_across = pieces[0].end > header[1].start or pieces[0].start <= header[0].start
    return (
        is_across
        and bool(_HEADING.match(text))
        and len(text) <= LONGEST_HEADING
        and not re.search(r"[。；;]", text)
    )
