"""Lines that keep to the columns of a table → its rows, each of one or several lines.

Blank lines part rows where they do so everywhere; else a number in the first column begins one, or
stands in its middle: it does where a cell would else go on below a gap.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from analysis.ingest.headers.vocabulary import SEQUENCE
from analysis.ingest.tables.aligned.columns import MEASURES

#: A line shorter than its column by more than this ends where its writer ended it.
RAGGED = 4
#: A cell's last signs, for which there was no room.
SHORT_END = 2
#: A line that begins a row without a number fills so great a part of its columns.
SHARE_OF_FIRST = 0.75
_NUMBER = re.compile(
    r"[(（]?(?:\d{1,3}(?:[-.—]\d{1,2})?|[一二三四五六七八九十]{1,3})[)）]?[.、．]?"
)
_ENDED = re.compile(r"[。；;]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line (from 0) of a table with its cells; ``block`` counts what blank lines part."""

    number: int
    text: str
    cells: list[str]
    block: int
    is_heading: bool = False
    is_header: bool = False
    is_page: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether it is a block by itself, and parts the rows around it."""
        return self.is_heading or self.is_header

    @property
    def begins(self) -> bool:
        """Whether its first column numbers a row."""
        return is_number(self.cells[0])


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the lines (from 0) that it stands on."""

    lines: tuple[int, ...]
    cells: list[str]
    is_heading: bool = False
    is_header: bool = False


def is_number(text: str) -> bool:
    """Whether a cell is a number of a row."""
    return bool(_NUMBER.fullmatch(text))


def rows_of(lines: Sequence[Line], words: Sequence[str]) -> list[Row]:
    """The rows of a table below its header, up to the last that says something in two columns."""
    is_numbered = words[0] in SEQUENCE
    widths = [
        max((MEASURES[0](line.cells[n]) for line in lines if n < len(line.cells)), default=0)
        for n in range(len(words))
    ]
    groups = [
        part
        for group in _grouped(lines, widths, is_numbered=is_numbered)
        for part in (_begun_again(group) if is_numbered else [group])
    ]
    while groups and (groups[-1][0].is_heading or _filled(groups[-1]) < 2):
        groups.pop()
    return [_row(group, widths) for group in groups]


#: A whole deadline; a line that goes on with one has no month.
_WHOLE_DAY = re.compile(
    r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)前?|20\d{2}年底前?|长期坚持|立行立改|立即整改|20\d{2}[-./]\d{1,2}[-./]\d{1,2}"
)
#: A line that begins another measure of a row says so much.
FEWEST_OF_MEASURE = 3


def _begun_again(group: list[Line]) -> list[list[Line]]:
    """The lines of a numbered row, parted where another measure of it has a day of its own."""
    parts: list[list[Line]] = [[]]
    said: dict[int, str] = {}
    for line in group:
        days = [
            n for n, cell in enumerate(line.cells)
            if _WHOLE_DAY.fullmatch(cell) and _WHOLE_DAY.fullmatch(said.get(n, ""))
        ]  # fmt: skip
        if days and not line.begins and sum(map(bool, line.cells)) >= FEWEST_OF_MEASURE:
            parts.append([])
            said = {}
        parts[-1].append(line)
        for n, cell in enumerate(line.cells):
            said[n] = said.get(n, "") + cell
    return parts


def _filled(group: Sequence[Line]) -> int:
    return len({n for line in group for n, cell in enumerate(line.cells) if cell})


def _grouped(
    lines: Sequence[Line], widths: Sequence[int], *, is_numbered: bool
) -> Iterator[list[Line]]:
    """The lines of each row."""
    blocks = [list(group) for _, group in groupby(lines, key=lambda line: line.block)]
    if not is_numbered:
        are_parted = any(not a[0].is_apart and not b[0].is_apart for a, b in pairwise(blocks))
        are_rows = are_parted and any(len(block) > 1 for block in blocks)
        for block in blocks:
            yield from [block] if are_rows or block[0].is_heading else by_first(block)
        return
    open_row: list[Line] = []
    for block in blocks:
        if block[0].is_apart:
            yield from filter(None, [open_row])
            open_row = []
            yield block
            continue
        numbers = [n for n, line in enumerate(block) if line.begins]
        if not numbers:  # a page or a blank line has cut the row
            open_row += block
            continue
        yield from filter(None, [open_row])
        *whole, open_row = by_numbers(block, numbers, widths)
        yield from whole
    yield from filter(None, [open_row])


def by_first(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows without numbers or blank lines: one begins with a line that fills most columns."""
    rows: list[list[Line]] = []
    for line in block:
        if not rows or (
            line.cells[0] and sum(map(bool, line.cells)) >= SHARE_OF_FIRST * len(line.cells)
        ):
            rows.append([])
        rows[-1].append(line)
    yield from rows


def by_numbers(
    block: list[Line], numbers: Sequence[int], widths: Sequence[int]
) -> list[list[Line]]:
    """The rows of lines that no blank line parts, each with its number at its top or its middle."""
    at_top = [0, *numbers[1:]]
    whole = [block[a:b] for a, b in zip(at_top, [*at_top[1:], len(block)], strict=True)]
    if numbers[0] == 0 and not any(_holes(part) for row in whole for part in _begun_again(row)):
        return whole
    starts = [0]
    for number, following in pairwise(numbers):
        ends = range(number + 1, following + 1)
        start = starts[-1]
        even = 2 * number - start + 1  # as many lines over the number as under it, or one more
        cost = {
            end: (
                _holes(block[start:end]) + _holes(block[end : following + 1]),
                max(0, even - end, end - even - 1),
                _cuts(block, end, widths),
            )
            for end in ends
        }
        starts.append(min(ends, key=lambda end: cost[end]))
    return [block[a:b] for a, b in zip(starts, [*starts[1:], len(block)], strict=True)]


def _holes(lines: Sequence[Line]) -> int:
    """How many cells of a row would go on below a gap, as no cell does."""
    columns = (
        [bool(text) for text in texts] for texts in zip(*(x.cells for x in lines), strict=True)
    )
    return sum(
        max(0, sum(now and not before for before, now in pairwise([False, *filled])) - 1)
        for filled in columns
    )


def _cuts(lines: Sequence[Line], end: int, widths: Sequence[int]) -> int:
    """How many cells go on in the next line, as full ones do that end no sentence."""
    if end >= len(lines):
        return 0
    return sum(
        bool(text and following) and MEASURES[0](text) >= width - RAGGED and not _ENDED.search(text)
        for text, following, width in zip(
            lines[end - 1].cells, lines[end].cells, widths, strict=True
        )
    )


def _row(group: Sequence[Line], widths: Sequence[int]) -> Row:
    numbers = tuple(line.number for line in group)
    if group[0].is_heading:
        cells = [group[0].cells[0], *[""] * (len(widths) - 1)]
        return Row(numbers, cells, is_heading=True)
    columns = zip(*(line.cells for line in group), strict=True)
    cells = [_cell([text for text in texts if text], widths[n]) for n, texts in enumerate(columns)]
    return Row(numbers, cells, is_header=group[0].is_header)


def _cell(texts: Sequence[str], width: int) -> str:
    """The lines of a cell as one text: full ones go on, shorter ones were ended."""
    made = ""
    for n, text in enumerate(texts):
        is_cut = n and (MEASURES[0](texts[n - 1]) >= width - RAGGED or len(text) <= SHORT_END)
        made += text if is_cut or not made else f" {text}"
    return made
