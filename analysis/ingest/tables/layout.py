"""Sheets → tables: where the header is, which ledger it is, what each row is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.headers.glance import Glance, glance_at, may_fit
from analysis.ingest.headers.recognition import Candidate, choose, fits
from analysis.ingest.headers.vocabulary import (
    BRACKETED,
    FOR_A_YEAR,
    SEQUENCE,
    Header,
    Vocabulary,
    normalise,
    read_headers,
    years_compared,
)
from analysis.ingest.tables.rows import (
    SIGNATURE,
    RowKind,
    Table,
    folded,
    is_header_row,
    judge,
    may_be_word,
)
from analysis.ledgers import Ledger

#: The header starts within the first rows; only where nothing there is one, further down.
HEADER_SEARCH_ROWS = 15
LOWEST_HEADER = 200
#: So many rows are tried as a header; merged cells may say that it is higher.
HEADER_MAX_HEIGHT = 3
TALLEST_HEADER = 8
#: A sheet without a known header whose rows are narrower than this is prose, not a ledger.
TABLE_MIN_WIDTH = 3
#: Words of a header that stand for no field.
NEUTRAL = SEQUENCE | {"备注", "说明", "其他", "附件"}
#: «其中：重大隐患数» is a header all the same.
SUBTITLE = re.compile(r"(?<!其中):\s*\S|\d{4}年")
TITLE = re.compile(r"(台账|清单|统计|汇总|名录|情况|记录|月报|表|整改)(\(.*\))?$|^附件")


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised sheet: its ledger, its headers, and the kind of each of its rows.

    ``rivals`` are other ledgers that the headers would fit as well. With a ``doubt``, a sentence
    for the office, nobody knows which ledger it is, and no row may be loaded. ``doubtful`` are
    rows of data that say hardly anything. ``score`` is what speaks for the ledger.
    """

    ledger: Ledger
    headers: list[Header]
    kinds: list[RowKind]
    title: str
    rivals: tuple[str, ...] = ()
    doubt: str = ""
    doubtful: frozenset[int] = frozenset()
    score: float = 0.0
    #: The lowest word of each column's header, be it part of its reading or not.
    lowest: tuple[str, ...] = ()
    #: Headings of which a person has said what they tell of the rows below: row → field → text.
    told: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def split_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Sheet]:
    """Cut a sheet where another known table begins below the first; most sheets stay whole."""
    starts = [0]
    header: list[list[str]] = []
    last = -1
    rows = list(_header_rows(sheet, vocabulary))
    for number in rows:
        words = [normalise(cell) for cell in sheet.cells[number]]
        if words in header:
            continue  # repeated on each page
        if header and number == last + 1 and len(header) < HEADER_MAX_HEIGHT:
            header.append(words)  # the next row of one header
        else:
            if header:
                starts.append(_title_above(sheet.cells, last, number))
            header = [words]
        last = number
    ends = [*starts[1:], len(sheet.cells)]
    below = [sheet.part(*each) for each in zip(starts, ends, strict=True)]
    heading = " ".join(_words(sheet.cells[: rows[0]])) if rows else ""
    below[1:] = [replace(part, heading=heading) for part in below[1:]]
    return [
        part
        for each in (below if len(starts) > 1 else [sheet])
        for part in _side_by_side(each, _first_of(each, sheet, rows), vocabulary)
    ]


def _first_of(part: Sheet, whole: Sheet, rows: Sequence[int]) -> int | None:
    """The first header row of a part of a sheet, counted within it."""
    top = part.first_row - whole.first_row
    return next((n - top for n in rows if top <= n < top + len(part.cells)), None)


def _side_by_side(sheet: Sheet, header: int | None, vocabulary: Vocabulary) -> Iterator[Sheet]:
    """Cut a table where another begins to the right of it, with a header of its own.

    It begins where the first words of the header come again in their order, or behind a column
    that is empty from top to bottom.
    """
    starts: list[int] = []
    if header is not None:
        words = [normalise(cell) for cell in sheet.cells[header]]
        starts = _starts_to_the_right(words, sheet, known_word(vocabulary))
    for left, right in zip([0, *starts], [*starts, None], strict=True):
        yield sheet.columns(left, right or len(sheet.cells[0])) if starts else sheet


def _starts_to_the_right(
    words: Sequence[str], sheet: Sheet, is_word: Callable[[str], bool]
) -> list[int]:
    first = next((n for n, word in enumerate(words) if word), 0)
    head = [word for word in words if word][:TABLE_MIN_WIDTH]
    starts = []
    for column in range(first + TABLE_MIN_WIDTH, len(words) - TABLE_MIN_WIDTH + 1):
        if not words[column]:
            continue
        is_again = list(words[column : column + TABLE_MIN_WIDTH]) == head
        is_apart = not any(is_filled(row[column - 1]) for row in sheet.cells)
        rest = words[column:]
        if is_again or (
            is_apart
            and (words[column] in SEQUENCE or words[column] in words[:column])
            and sum(map(is_word, rest)) >= TABLE_MIN_WIDTH
        ):
            starts.append(column)
    return starts


def recognise(sheet: Sheet, vocabulary: Vocabulary) -> Layout | None:
    """Find the header and the ledger that it belongs to; None where no ledger fits.

    The record type comes from the headers alone. Among the places and heights that a header may
    have, the one whose columns are claimed best wins; on a tie the first and smallest.
    """
    headers_end: dict[int, int] = {}
    candidates = list(_candidates(sheet, range(HEADER_SEARCH_ROWS), vocabulary))
    if all(found.fit.lacks for found in candidates):
        below = range(HEADER_SEARCH_ROWS, LOWEST_HEADER)
        candidates += _candidates(sheet, below, vocabulary)
    for found in candidates:
        if not found.fit.lacks:
            headers_end.setdefault(found.top, found.top + found.height)
    choice = choose(candidates, sheet)
    best = choice.best
    if best is None:
        return None
    other = min((row for row, end in headers_end.items() if end <= best.top), default=best.top)
    title = " ".join(dict.fromkeys([sheet.above, *_words(sheet.cells[:other])])).strip()
    height = max(best.height, _height_by_merges(sheet, best.top))
    table = _table(sheet, best, height, other, vocabulary)
    kinds, doubtful = judge(sheet, table, known_word(vocabulary))
    return Layout(
        best.fit.ledger, best.headers, kinds, title, choice.rivals, choice.doubt, doubtful,
        best.fit.score, table.words,
    )  # fmt: skip


def go_on(sheet: Sheet, before: Layout, vocabulary: Vocabulary) -> Layout | None:
    """A table of a document that continues the one before it: as wide, and without a header."""
    if not sheet.cells or len(sheet.cells[0]) != len(before.headers):
        return None
    anchors = _anchors(before.ledger, before.headers, vocabulary)
    words = tuple(header.last for header in before.headers)
    table = Table(0, 0, 0, (words,), frozenset(), anchors)
    kinds, doubtful = judge(sheet, table, known_word(vocabulary))
    return replace(before, kinds=kinds, rivals=(), doubtful=doubtful)


def looks_like_table(sheet: Sheet, is_word: Callable[[str], bool]) -> bool:
    """Whether an unrecognised sheet holds rows of columns rather than a page of notes.

    One row is a table, too, however little of it is filled in, where what stands above it are
    words of headers; ``is_word`` knows them.
    """
    wide = sum(1 for row in sheet.cells if sum(map(is_filled, row)) >= TABLE_MIN_WIDTH)
    if wide != 1:
        return wide > 1
    headers = (n for n, row in enumerate(sheet.cells) if is_header_row(row, is_word))
    top = next(headers, len(sheet.cells))
    below = ([text for cell in row if (text := folded(cell))] for row in sheet.cells[top + 1 :])
    return any(len(set(said)) > 1 and not SIGNATURE.match(said[0]) for said in below)


def is_filled(cell: Any) -> bool:
    """Whether a cell holds anything at all."""
    return cell is not None and (not isinstance(cell, str) or cell.strip() != "")


def _candidates(sheet: Sheet, tops: range, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Every place, height and ledger that these rows allow for a header."""
    grid = sheet.filled

    @cache
    def glance(number: int) -> Glance:
        return glance_at(grid[number], vocabulary)

    @cache
    def may_be_header(number: int) -> bool:
        return _may_be_header(grid[number])

    for top in tops[: len(grid) - tops.start if len(grid) > tops.start else 0]:
        if glance(top).has_day:
            continue
        merged = _height_by_merges(sheet, top)
        for height in sorted({*range(1, HEADER_MAX_HEIGHT + 1), merged}):
            window = range(top, top + height)
            if window.stop > len(grid):
                break
            if not may_fit([glance(number) for number in window], vocabulary):
                continue
            if not may_be_header(top) or (height > merged and not all(map(may_be_header, window))):
                break
            headers = _headers_of(grid[top : window.stop], vocabulary)
            for fit in fits(headers, vocabulary):
                yield Candidate(top, height, headers, fit)


def _headers_of(rows: Grid, vocabulary: Vocabulary) -> list[Header]:
    """The headers that rows make, once for all files that have them; rows of texts alone repeat."""
    if any(type(cell) is not str for row in rows for cell in row):
        return read_headers(rows)
    return vocabulary.once(("rows", tuple(map(tuple, rows))), lambda: read_headers(rows))


def _height_by_merges(sheet: Sheet, top: int) -> int:
    """How many rows a header has by its merged cells: as deep as one that begins in its first
    row, and on where a row says something under its merged cells alone.
    """
    if not sheet.merged:
        return 1
    bottom = max((last for first, _, last, _ in sheet.merged if first == top), default=top)
    height = min(bottom - top + 1, TALLEST_HEADER)
    while height < min(TALLEST_HEADER, len(sheet.cells) - top):
        under = {
            column
            for first, left, last, right in sheet.merged
            if last == top + height - 1 and right > left
            for column in range(left, right + 1)
        }
        row = sheet.cells[top + height]
        filled = {column for column, cell in enumerate(row) if is_filled(cell)}
        if not filled or not filled <= under or not all(may_be_word(row[n]) for n in filled):
            break
        if len({row[n] for n in filled}) < 2:
            break
        height += 1
    return height


def _table(
    sheet: Sheet, found: Candidate, height: int, other: int, vocabulary: Vocabulary
) -> Table:
    rows = sheet.cells[found.top : found.top + height]
    header = tuple(tuple(map(normalise, row)) for row in rows)
    titles = frozenset(normalise(word) for word in _words(sheet.cells[:other]))
    ledger, headers = found.fit.ledger, tuple(found.headers)
    anchors, wording = vocabulary.once(
        ("anchors", ledger.name, headers, header),
        lambda: _telling_columns(ledger, headers, header, vocabulary),
    )
    return Table(other, found.top, height, header, titles, anchors, wording)


def _telling_columns(
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
) -> tuple[frozenset[int], frozenset[int]]:
    """The columns of which one makes a row a record, and those that say what it is about."""
    anchors = _anchors(ledger, headers, vocabulary)
    for words in rows:  # a word of any of its rows may be the one that counts
        lone = [Header(word, word, "") for word in words]
        anchors |= _anchors(ledger, lone, vocabulary)
    return anchors, _columns_of(ledger.wording or ledger.anchors[0], ledger, headers, vocabulary)


def _anchors(ledger: Ledger, headers: Sequence[Header], vocabulary: Vocabulary) -> frozenset[int]:
    """The columns of which a row must fill one to be a record."""
    columns = (_columns_of(name, ledger, headers, vocabulary) for name in ledger.anchors)
    return frozenset().union(*columns)


def _columns_of(
    name: str, ledger: Ledger, headers: Sequence[Header], vocabulary: Vocabulary
) -> frozenset[int]:
    """The columns that may be of a field."""
    return frozenset(
        column
        for column, header in enumerate(headers)
        if any(field.name == name for field in vocabulary.candidates(ledger, header))
    )


def known_word(vocabulary: Vocabulary) -> Callable[[str], bool]:
    """Whether a normalised word is one of a header's."""
    return lambda word: word in NEUTRAL or vocabulary.knows(word)


def _may_be_header(row: Sequence[Any]) -> bool:
    """Whether a row says at least two things, none of them «填报单位：甲局» or «2023年»."""
    if any(isinstance(cell, date) for cell in row):
        return False
    said = {BRACKETED.sub("", folded(cell)) for cell in row if is_filled(cell)}
    others = {text for text in said if not FOR_A_YEAR.match(text)} if years_compared(said) else said
    return len(said) > 1 and not any(map(SUBTITLE.search, others))


def _header_rows(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[int]:
    """Rows all of whose words are known headers."""
    is_word = known_word(vocabulary)
    width = len(sheet.cells[0]) if sheet.cells else 0
    firsts = set().union(*(map(itemgetter(n), sheet.cells) for n in range(min(3, width))))
    words = {cell for cell in firsts if may_be_word(cell) and is_word(normalise(cell))}
    if not words:
        return
    for number, row in enumerate(sheet.cells):
        if words.isdisjoint(row[:3]):
            continue
        if is_header_row(row, is_word):
            yield number


def _title_above(cells: Grid, lowest: int, header: int) -> int:
    """Where the title of a table below begins: the lines over its header that read like one.

    Any other row belongs to the table above, however little stands in it.
    """
    top = header
    for row in range(header - 1, lowest, -1):
        said = [folded(cell) for cell in cells[row] if is_filled(cell)]
        if (
            said
            and not (len(set(said)) == 1 and TITLE.search(said[0]))
            and not all(map(SUBTITLE.search, said))
        ):
            break
        top = row if said else top
    return top


def _words(rows: Grid) -> list[str]:
    return [str(cell).strip() for row in rows for cell in row if is_filled(cell)]
