"""Sheets → tables: where the header is, which ledger it is, what each row is."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any

from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.tables.headers import (
    BRACKETED,
    REMEMBERED,
    SEQUENCE,
    Header,
    Vocabulary,
    normalise,
    read_headers,
)
from analysis.ingest.tables.recognition import Candidate, choose, fits
from analysis.ledgers import Ledger

#: The header starts within the first rows and is at most three rows high.
HEADER_SEARCH_ROWS = 15
HEADER_MAX_HEIGHT = 3
#: A sheet without a known header whose rows are narrower than this is prose, not a ledger.
TABLE_MIN_WIDTH = 3
#: Words of a header that stand for no field.
NEUTRAL = SEQUENCE | {"备注", "说明", "其他", "附件"}
#: So much of a header is known.
HEADER_SHARE = 0.6

#: No header is longer, brackets and unit included.
LONGEST_WORD = 40

SUBTITLE = re.compile(r":\s*\S|\d{4}年")
TITLE = re.compile(r"(台账|清单|统计|汇总|名录|情况|记录|月报|表|整改)(\(.*\))?$|^附件")
LABELLED = re.compile(r"^[^:]{2,10}(?:\([^)]*\))?:")
TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|累\s*计|共\s*计):?$")
NOTE = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|审核人?|填报人|制表人?|单位负责人|联系人):|签字:"
)
#: First letters and words of every row that is not plainly data.
TELLING = re.compile(r"^[合小总累共注备说填审制单联]|[:：]|签\s*字|[\uf900-\ufaff\u2e80-\u2fdf]")


class RowKind(StrEnum):
    """What a row of a sheet is; everything but data is ignored, with this reason."""

    DATA = "数据"
    TITLE = "标题"
    HEADER = "表头"
    BLANK = "空行"
    TOTAL = "合计行"
    NOTE = "说明行"
    STRAY = "同一张工作表里的另一张表"


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised sheet: its ledger, its headers, and the kind of each of its rows.

    ``rivals`` are other ledgers that the headers would fit as well.
    """

    ledger: Ledger
    headers: list[Header]
    kinds: list[RowKind]
    title: str
    rivals: tuple[str, ...] = ()


def split_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Sheet]:
    """Cut a sheet where another known table begins below the first; most sheets stay whole."""
    starts = [0]
    header: list[list[str]] = []
    last = -1
    for number in _header_rows(sheet, vocabulary):
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
    parts = zip(starts, [*starts[1:], len(sheet.cells)], strict=True)
    return [sheet.part(top, bottom) for top, bottom in parts] if len(starts) > 1 else [sheet]


def recognise(sheet: Sheet, vocabulary: Vocabulary) -> Layout | None:
    """Find the header and the ledger that it belongs to; None where no ledger fits.

    The record type comes from the headers alone. Among the places and heights that a header may
    have, the one whose columns are claimed best wins; on a tie the first and smallest.
    """
    headers_end: dict[int, int] = {}
    candidates = list(_candidates(sheet.filled, vocabulary))
    for found in candidates:
        headers_end.setdefault(found.top, found.top + found.height)
    best, rivals = choose(candidates)
    if best is None:
        return None
    other = min((row for row, end in headers_end.items() if end <= best.top), default=best.top)
    title = " ".join(dict.fromkeys([sheet.above, *_words(sheet.cells[:other])])).strip()
    kinds = _row_kinds(sheet.cells, other, best.top, best.height, vocabulary)
    return Layout(best.fit.ledger, best.headers, kinds, title, rivals)


def go_on(sheet: Sheet, before: Layout, vocabulary: Vocabulary) -> Layout | None:
    """A table of a document that continues the one before it: as wide, and without a header."""
    if not sheet.cells or len(sheet.cells[0]) != len(before.headers):
        return None
    kinds = _row_kinds(sheet.cells, 0, 0, 0, vocabulary)
    return replace(before, kinds=kinds, rivals=())


def looks_like_table(sheet: Sheet) -> bool:
    """Whether an unrecognised sheet holds rows of columns rather than a page of notes."""
    wide = sum(1 for row in sheet.cells if sum(map(is_filled, row)) >= TABLE_MIN_WIDTH)
    return wide >= 2


def is_filled(cell: Any) -> bool:
    """Whether a cell holds anything at all."""
    return cell is not None and (not isinstance(cell, str) or cell.strip() != "")


def _candidates(grid: Grid, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Every place, height and ledger that the first rows allow."""
    for top in range(min(HEADER_SEARCH_ROWS, len(grid))):
        for height in range(1, min(HEADER_MAX_HEIGHT, len(grid) - top) + 1):
            if not all(map(_may_be_header, grid[top : top + height])):
                break
            headers = read_headers(grid[top : top + height])
            for fit in fits(headers, vocabulary):
                yield Candidate(top, height, headers, fit)


def _may_be_header(row: Sequence[Any]) -> bool:
    """Whether a row says at least two things, none of them «填报单位：甲局» or «2023年»."""
    said = {BRACKETED.sub("", _folded(cell)) for cell in row if is_filled(cell)}
    return len(said) > 1 and not any(map(SUBTITLE.search, said))


def _header_rows(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[int]:
    """Rows all of whose words are known headers."""
    known = vocabulary.known | NEUTRAL
    width = len(sheet.cells[0]) if sheet.cells else 0
    firsts = set().union(*(map(itemgetter(n), sheet.cells) for n in range(min(3, width))))
    words = {cell for cell in firsts if _may_be_word(cell) and normalise(cell) in known}
    if not words:
        return
    for number, row in enumerate(sheet.cells):
        if words.isdisjoint(row[:3]):
            continue
        if _is_header_row(row, known):
            yield number


def _is_header_row(row: Sequence[Any], known: frozenset[str]) -> bool:
    """Whether a row is made of header words: three known ones at least, and few others."""
    said = [cell for cell in row if is_filled(cell)]
    if not all(map(_may_be_word, said)):
        return False
    hits = sum(normalise(cell) in known for cell in said)
    return hits >= TABLE_MIN_WIDTH and hits >= HEADER_SHARE * len(said)


def _may_be_word(cell: Any) -> bool:
    """Whether a cell may be the word of a header: short, and Chinese but for «No.»."""
    return (
        isinstance(cell, str)
        and len(cell) <= LONGEST_WORD
        and (not cell.isascii() or cell.strip().startswith(("No", "NO")))
    )


def _title_above(cells: Grid, lowest: int, header: int) -> int:
    """Where the title of a table below begins: the lines over its header that read like one.

    Any other row belongs to the table above, however little stands in it.
    """
    top = header
    for row in range(header - 1, lowest, -1):
        said = [_folded(cell) for cell in cells[row] if is_filled(cell)]
        if (
            said
            and not (len(set(said)) == 1 and TITLE.search(said[0]))
            and not all(map(SUBTITLE.search, said))
        ):
            break
        top = row if said else top
    return top


def _row_kinds(
    cells: Grid, other: int, top: int, height: int, vocabulary: Vocabulary
) -> list[RowKind]:
    """The kind of each row; ``other`` is where a table above the recognised one begins."""
    header = [normalise(cell) for cell in cells[top + height - 1]] if height else []
    kinds = []
    in_other = False
    known = vocabulary.known | NEUTRAL
    first_words = known | set(filter(None, header[:3]))
    plain: dict[Any, bool] = {}

    def is_plain(cell: Any) -> bool:
        """Whether a first cell is that of a data row at a glance."""
        if type(cell) is not str:
            return False
        if cell not in plain:
            text = cell.strip()
            plain[cell] = (
                bool(text)
                and not text.isdigit()
                and (
                    text.isascii()
                    or not (
                        TELLING.search(text)
                        or (_may_be_word(text) and normalise(text) in first_words)
                    )
                )
            )
        return plain[cell]

    def is_data_at_a_glance(row: Sequence[Any]) -> bool:
        """Whether the first two cells already say that this is a record: so most rows do."""
        if len(row) <= TABLE_MIN_WIDTH:
            return False
        if is_plain(row[0]):
            return isinstance(row[1], float | int | date) or is_plain(row[1])
        return isinstance(row[0], float | int) and is_plain(row[1])

    for number, row in enumerate(cells):
        if number >= top + height and not in_other and is_data_at_a_glance(row):
            kinds.append(RowKind.DATA)
        elif not any(map(is_filled, row)):
            kinds.append(RowKind.BLANK)
        elif number < top:
            kinds.append(RowKind.TITLE if number < other else RowKind.STRAY)
        elif number < top + height or (header and [normalise(cell) for cell in row] == header):
            kinds.append(RowKind.HEADER)
            in_other = False
        else:
            in_other = in_other or _is_header_row(row, known)
            kind = _row_kind(row, header)
            kinds.append(RowKind.STRAY if in_other and kind is RowKind.DATA else kind)
    return kinds


def _row_kind(row: Sequence[Any], header: Sequence[str]) -> RowKind:
    filled = [(index, cell) for index, cell in enumerate(row) if is_filled(cell)]
    if header and all(header[index] in SEQUENCE and _is_number(cell) for index, cell in filled):
        return RowKind.BLANK
    if any(TOTAL.match(_folded(cell)) for _, cell in filled[:2]):
        return RowKind.TOTAL
    if len(filled) <= 2 and NOTE.search(_folded(filled[0][1])):
        return RowKind.NOTE
    if NOTE.search(_folded(filled[0][1])) and all(
        LABELLED.match(_folded(cell)) for _, cell in filled
    ):
        return RowKind.NOTE
    if len(filled) > 2 and [str(cell).removesuffix(".0") for _, cell in filled] == [
        str(number) for number in range(1, len(filled) + 1)
    ]:
        return RowKind.HEADER
    return RowKind.DATA


def _is_number(cell: Any) -> bool:
    return str(cell).strip().removesuffix(".0").isdigit()


def _folded(cell: Any) -> str:
    return _folded_text(str(cell))


@lru_cache(maxsize=REMEMBERED)
def _folded_text(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _words(rows: Grid) -> list[str]:
    return [str(cell).strip() for row in rows for cell in row if is_filled(cell)]
