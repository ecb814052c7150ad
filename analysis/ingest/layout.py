"""Sheets → tables: where the header is, which ledger it is, what each row is."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from analysis.ingest.sheets import Grid, Sheet
from analysis.ledgers import LEDGERS, Field, Ledger

#: The header starts within the first rows and is at most three rows high.
HEADER_SEARCH_ROWS = 15
HEADER_MAX_HEIGHT = 3
#: A sheet without a known header whose rows are narrower than this is prose, not a ledger.
TABLE_MIN_WIDTH = 3

#: Headers of the running number: not a record's own, and no content.
SEQUENCE = frozenset({"序号", "项次", "行号"})
BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
SUBTITLE = re.compile(r":\s*\S|\d{4}年")
TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|累\s*计|共\s*计):?$")
NOTE = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|审核人?|填报人|制表人?|单位负责人|联系人):|签字:"
)


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
class Column:
    """One column of a recognised table: the field that claims it, or none.

    ``header`` is the whole path of a header of several rows; ``unit`` stood in its brackets.
    """

    index: int
    header: str
    unit: str
    field: Field | None
    is_sequence: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised sheet: its ledger, its columns, and the kind of each of its rows."""

    ledger: Ledger
    columns: list[Column]
    kinds: list[RowKind]
    title: str


def recognise(sheet: Sheet) -> Layout | None:
    """Find the header and the ledger that it belongs to; None where no ledger fits.

    The record type comes from the headers alone. Among the places and heights that a header may
    have, the one whose columns are claimed best wins; on a tie the first and smallest.
    """
    grid = sheet.filled()
    best: tuple[tuple[int, int], int, int, Ledger, list[Column]] | None = None
    headers_end: dict[int, int] = {}
    for top in range(min(HEADER_SEARCH_ROWS, len(grid))):
        for height in range(1, min(HEADER_MAX_HEIGHT, len(grid) - top) + 1):
            if not all(map(_may_be_header, grid[top : top + height])):
                break
            headers = _headers(grid[top : top + height])
            if not any(path in _known() or last in _known() for path, last, _ in headers):
                continue
            for ledger in LEDGERS.values():
                columns = _claim(ledger, headers)
                score = _score(ledger, columns)
                if score:
                    headers_end.setdefault(top, top + height)
                if score and (best is None or score > best[0]):
                    best = (score, top, height, ledger, columns)
    if best is None:
        return None
    _, top, height, ledger, columns = best
    other = min((row for row, end in headers_end.items() if end <= top), default=top)
    title = " ".join(dict.fromkeys(_words(sheet.cells[:other])))
    return Layout(ledger, columns, _row_kinds(sheet.cells, other, top, height), title)


def looks_like_table(sheet: Sheet) -> bool:
    """Whether an unrecognised sheet holds rows of columns rather than a page of notes."""
    wide = sum(1 for row in sheet.cells if sum(map(is_filled, row)) >= TABLE_MIN_WIDTH)
    return wide >= 2


def is_filled(cell: Any) -> bool:
    """Whether a cell holds anything at all."""
    return cell is not None and (not isinstance(cell, str) or cell.strip() != "")


def normalise(text: Any) -> str:
    """A header as it is compared: NFKC, without white space, brackets, stars and colons."""
    folded = unicodedata.normalize("NFKC", str(text))
    return re.sub(r"[\s*:]", "", BRACKETED.sub("", folded))


def _may_be_header(row: Sequence[Any]) -> bool:
    """Whether a row says at least two things, none of them «填报单位：甲局» or «2023年»."""
    said = {BRACKETED.sub("", _folded(cell)) for cell in row if is_filled(cell)}
    return len(said) > 1 and not any(map(SUBTITLE.search, said))


def _headers(rows: Grid) -> list[tuple[str, str, str]]:
    """Each column's full header path, its last part, and the unit in its brackets."""
    headers = []
    for cells in zip(*rows, strict=True):
        parts = list(dict.fromkeys(normalise(cell) for cell in cells if is_filled(cell)))
        unit = next(
            (
                "".join(filter(None, match.groups()))
                for cell in reversed(cells)
                if (match := BRACKETED.search(unicodedata.normalize("NFKC", str(cell))))
            ),
            "",
        )
        headers.append(("".join(parts), parts[-1] if parts else "", unit))
    return headers


@cache
def _claims(ledger_name: str) -> dict[str, list[Field]]:
    """Normalised header → the fields that it may stand for."""
    claims: dict[str, list[Field]] = {}
    for field in LEDGERS[ledger_name]:
        for header in field.headers:
            claims.setdefault(normalise(header), []).append(field)
    return claims


@cache
def _known() -> frozenset[str]:
    """Every header that any ledger knows."""
    return frozenset(header for name in LEDGERS for header in _claims(name))


def _claim(ledger: Ledger, headers: Sequence[tuple[str, str, str]]) -> list[Column]:
    """Give each column to at most one field: own labels first, then the least ambiguous."""
    claims = _claims(ledger.name)
    taken: dict[str, int] = {}
    candidates = {
        index: claims.get(path) or claims.get(last) or []
        for index, (path, last, _) in enumerate(headers)
    }

    def rank(index: int) -> tuple[bool, int, int]:
        own = any(normalise(field.label) == headers[index][1] for field in candidates[index])
        return (not own, len(candidates[index]), index)

    for index in sorted(candidates, key=rank):
        free = [field for field in candidates[index] if field.name not in taken]
        own = [field for field in free if normalise(field.label) == headers[index][1]]
        if free:
            taken[(own or free)[0].name] = index
    by_index = {index: name for name, index in taken.items()}
    return [
        Column(
            index,
            path,
            unit,
            ledger[by_index[index]] if index in by_index else None,
            is_sequence=last in SEQUENCE,
        )
        for index, (path, last, unit) in enumerate(headers)
    ]


def _score(ledger: Ledger, columns: Sequence[Column]) -> tuple[int, int] | None:
    """Claimed columns, then claimed required ones; None unless the record type shows."""
    claimed = {column.field.name for column in columns if column.field}
    if len(claimed) < 2 or not claimed.intersection(ledger.signature):
        return None
    return len(claimed), sum(field.name in claimed for field in ledger.required())


def _row_kinds(cells: Grid, other: int, top: int, height: int) -> list[RowKind]:
    """The kind of each row; ``other`` is where a table above the recognised one begins."""
    header = [normalise(cell) for cell in cells[top + height - 1]]
    kinds = []
    in_other = False
    for number, row in enumerate(cells):
        if not any(map(is_filled, row)):
            kinds.append(RowKind.BLANK)
        elif number < top:
            kinds.append(RowKind.TITLE if number < other else RowKind.STRAY)
        elif number < top + height or [normalise(cell) for cell in row] == header:
            kinds.append(RowKind.HEADER)
            in_other = False
        else:
            in_other = in_other or _is_other_header(row)
            kind = _row_kind(row, header)
            kinds.append(RowKind.STRAY if in_other and kind is RowKind.DATA else kind)
    return kinds


def _is_other_header(row: Sequence[Any]) -> bool:
    """Whether a row below the header is the header of another table: all its words are headers."""
    words = [normalise(cell) for cell in row if is_filled(cell)]
    return len(words) >= TABLE_MIN_WIDTH and all(word in _known() | SEQUENCE for word in words)


def _row_kind(row: Sequence[Any], header: Sequence[str]) -> RowKind:
    filled = [(index, cell) for index, cell in enumerate(row) if is_filled(cell)]
    if all(header[index] in SEQUENCE and _is_number(cell) for index, cell in filled):
        return RowKind.BLANK
    if any(TOTAL.match(_folded(cell)) for _, cell in filled[:2]):
        return RowKind.TOTAL
    if len(filled) <= 2 and NOTE.search(_folded(filled[0][1])):
        return RowKind.NOTE
    if len(filled) > 2 and [str(cell).removesuffix(".0") for _, cell in filled] == [
        str(number) for number in range(1, len(filled) + 1)
    ]:
        return RowKind.HEADER
    return RowKind.DATA


def _is_number(cell: Any) -> bool:
    return str(cell).strip().removesuffix(".0").isdigit()


def _folded(cell: Any) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _words(rows: Grid) -> list[str]:
    return [str(cell).strip() for row in rows for cell in row if is_filled(cell)]
