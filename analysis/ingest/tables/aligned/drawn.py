"""Tables that a text draws with signs, │ ─ ┼, | - + or those of full width → lines with tabs.

Rules part the rows where they stand between all of them; else a number in the first column does,
and a line of a table without either is a row.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.ingest.headers.vocabulary import normalise
from analysis.ingest.tables.aligned.columns import MEASURES
from analysis.ingest.tables.aligned.rows import Line, by_first, by_numbers

_UPRIGHT = "│┃║|｜┆┇┊┋╎╏¦︱"
_LEVEL = r"─━═┄┅┈┉╌╍\-－—–―_＿=＝"
#: Corners and crossings, all signs that boxes are drawn with and no others.
_CROSSING = "".join(
    chr(n) for n in range(0x2500, 0x2580) if chr(n) not in _UPRIGHT and chr(n) not in _LEVEL
)
_BOX = re.compile(r"[\u2500-\u257f]")
_PLUS = "+＋"
_PARTS = re.compile(f"[{_UPRIGHT}{_CROSSING}]")
_PARTS_OF_RULE = re.compile(f"[{_UPRIGHT}{_CROSSING}{_PLUS}]")
#: A stretch of a rule; a list of marks, |:---|:--:|, has colons at its ends.
_RULE = re.compile(rf"\s*(?::?[{_LEVEL}]{{2,}}:?|:[{_LEVEL}]:?|[{_LEVEL}]:)\s*")
#: A rule reaches what it stands between: a cell with «——» leaves a blank beside it.
_FLUSH = re.compile(rf":?[{_LEVEL}]{{3,}}:?")
_WITH_PLUS = re.compile(rf"[{_PLUS}][{_LEVEL}]{{2}}|[{_LEVEL}]{{2}}[{_PLUS}]")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
#: A line of fewer signs is no row.
SHORTEST = 3
#: Without a rule, so many lines of so many cells are a table.
LEAST_LINES, LEAST_CELLS = 2, 3
#: The header stands on so many lines where no rule is below it.
TALLEST_HEADER = 3
#: A line that has so many places left, or fewer, had no room for another sign and a mark.
FULL = 3
#: A cell's last signs, for which there was no room.
SHORT_END = 2

IsWord = Callable[[str], bool]


@dataclass(slots=True)
class _Drawn:
    """A line (from 0) of a table: its cells, or the columns that it draws a rule across."""

    number: int
    raw: list[str]
    places: list[int]
    ruled: set[int] = field(default_factory=set)
    is_rule: bool = False


def drawn_in_tabs(lines: Sequence[str], is_word: IsWord, pages: Collection[int] = ()) -> list[str]:
    """The lines, with the rows of drawn tables as cells apart by tabs.

    A row stands on its first line and leaves its others blank, so that places stay.
    """
    made = list(lines)
    number = 0
    while number < len(lines):
        block = _framed(_block(lines, number, pages))
        width = _width(block)
        if not width:
            number = max([number, *(each.number for each in block)]) + 1
            continue
        for place in range(block[0].number, block[-1].number + 1):
            made[place] = ""
        for place, cells in _rows(block, width, is_word):
            made[place] = "\t".join(cells)
        number = block[-1].number + 1
    return made


def _block(lines: Sequence[str], top: int, pages: Collection[int]) -> list[_Drawn]:
    """The lines of a table that begins on a line; blank ones and those of a page may lie within."""
    found: list[_Drawn] = []
    for number in range(top, len(lines)):
        line = lines[number]
        drawn = _drawn(number, line)
        if drawn:
            found.append(drawn)
        elif not found or (line.strip() and number + 1 not in pages):
            break
    return found


def _drawn(number: int, line: str) -> _Drawn | None:
    """A line as one of a table, if it has a sign that parts cells, or is all rule."""
    plain = line.rstrip().replace("\t", " ")
    parts = _PARTS_OF_RULE if _WITH_PLUS.search(plain) else _PARTS
    places = [match.start() for match in parts.finditer(plain)]
    if not places or len(plain.strip()) < SHORTEST:
        return None
    raw = parts.split(plain)
    starts = [MEASURES[0](plain[:start]) for start in (0, *(place + 1 for place in places))]
    said = [each for each in raw if each.strip()]
    is_rule = bool(said) and all(map(_RULE.fullmatch, said)) and all(map(str.strip, raw[1:-1]))
    return _Drawn(number, raw, starts, is_rule=is_rule)


def _framed(block: list[_Drawn]) -> list[_Drawn]:
    """The lines of a table without what stands left and right of its frame, where it has one."""
    rows = [each for each in block if not each.is_rule]
    has_left = all(not each.raw[0].strip() for each in rows)
    has_right = all(not each.raw[-1].strip() for each in rows)
    for each in block:
        raw, starts = each.raw, each.places
        first = int(not raw[0].strip() if each.is_rule else has_left)
        last = len(raw) - int(not raw[-1].strip() if each.is_rule else has_right)
        each.raw, each.places = raw[first:last], starts[first:last]
        each.ruled = {n for n, text in enumerate(each.raw) if _FLUSH.fullmatch(text)}
    return [each for each in block if each.raw]


def _width(block: Sequence[_Drawn]) -> int:
    """How many columns a table has; none where it is no table."""
    rows = [each for each in block if not each.is_rule]
    counts = Counter(len(each.raw) for each in rows)
    if not counts:
        return 0
    width = max(counts, key=lambda n: (counts[n], n))
    has_rule = len(rows) < len(block)
    least_lines, least_cells = (1, 2) if has_rule else (LEAST_LINES, LEAST_CELLS)
    return width if counts[width] >= least_lines and width >= least_cells else 0


def _rows(block: Sequence[_Drawn], width: int, is_word: IsWord) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with its first line."""
    usual = next(each for each in block if not each.is_rule and len(each.raw) == width)
    columns = _Widths(block, width)
    groups = [*_between_rules(block, width, usual)]
    is_ruled = len(groups) > 2
    if len(groups) == 1:
        head = _height(groups[0], is_word)
        groups = [groups[0][:head], groups[0][head:]]
    for n, group in enumerate(groups):
        if n == 0 and len(groups) > 1:
            yield _joined(group, None)
        elif group:
            for rows in _apart(group, is_ruled=is_ruled):
                for row in _by_part_rules(rows, width):
                    yield _joined(row, columns)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a row with a cell for each column, and the columns ruled off over it."""

    number: int
    cells: list[str]
    ruled: frozenset[int] = frozenset()


def _between_rules(block: Sequence[_Drawn], width: int, usual: _Drawn) -> Iterator[list[_Row]]:
    open_rows: list[_Row] = []
    for line in block:
        if line.is_rule:
            yield from filter(None, [open_rows])
            open_rows = []
        else:
            open_rows.append(_row(line, width, usual))
    yield from filter(None, [open_rows])


def _row(line: _Drawn, width: int, usual: _Drawn) -> _Row:
    """A line's cells in their columns: as many as there are, or by where their signs stand."""
    texts = [_BREAK.sub(" ", each).strip().replace("\u3000", " ").strip() for each in line.raw]
    if len(texts) == width:
        ruled = frozenset(line.ruled)
        return _Row(line.number, ["" if n in ruled else t for n, t in enumerate(texts)], ruled)
    cells = [""] * width
    for text, place in zip(texts, line.places, strict=True):
        column = min(range(width), key=lambda n: abs(usual.places[n] - place))
        cells[column] = f"{cells[column]} {text}".strip()
    return _Row(line.number, cells)


def _height(rows: Sequence[_Row], is_word: IsWord) -> int:
    """On how many lines the header of a table without rules stands."""
    known = 0
    height = 1
    for n in range(1, min(TALLEST_HEADER, len(rows)) + 1):
        words = _joined(rows[:n], None)[1]
        count = sum(bool(word) and is_word(normalise(word)) for word in words)
        if count > known:
            known, height = count, n
    return height


def _apart(group: Sequence[_Row], *, is_ruled: bool) -> Iterator[list[_Row]]:
    """The rows of lines between two rules: one, or as many as numbers begin one."""
    by_number = {row.number: row for row in group}
    lines = [Line(row.number, "", row.cells, 0) for row in group]
    numbers = [n for n, line in enumerate(lines) if line.begins]
    if len(numbers) > 1:
        widths = [
            max(MEASURES[0](line.cells[n]) for line in lines) for n in range(len(lines[0].cells))
        ]
        found = by_numbers(lines, numbers, widths)
    elif is_ruled or len(numbers) == 1:
        found = [lines]
    elif all(line.cells[0] for line in lines):
        found = [[line] for line in lines]
    else:
        found = [*by_first(lines)]
    for each in found:
        yield [by_number[line.number] for line in each]


def _by_part_rules(rows: Sequence[_Row], width: int) -> Iterator[list[_Row]]:
    """The rows that rules across some columns part; what stands beside them is said of each."""
    cuts = [n for n, row in enumerate(rows) if row.ruled]
    if not cuts:
        yield list(rows)
        return
    parts = [rows[a:b] for a, b in pairwise([0, *cuts, len(rows)]) if rows[a:b]]
    shared: list[list[list[str]]] = [[[] for _ in range(width)] for _ in parts]
    for column in range(width):
        open_texts: list[str] = []
        for n, part in enumerate(parts):
            if n == 0 or column in part[0].ruled:
                open_texts = []
            open_texts += [row.cells[column] for row in part if row.cells[column]]
            shared[n][column] = open_texts
    for n, part in enumerate(parts):
        deepest = max(map(len, shared[n]), default=0)
        yield [
            _Row(
                part[min(k, len(part) - 1)].number,
                [texts[k] if k < len(texts) else "" for texts in shared[n]],
            )
            for k in range(max(1, deepest))
        ]


class _Widths:
    """How much room each column has, as it is drawn."""

    def __init__(self, block: Sequence[_Drawn], width: int) -> None:
        whole = [each for each in block if not each.is_rule and len(each.raw) == width]
        self.room: list[int] = []
        for n in range(width):
            raw = [each.raw[n] for each in whole]
            filled = [each for each in raw if each.strip()]
            before = min((len(each) - len(each.lstrip()) for each in filled), default=0)
            drawn = max((MEASURES[0](each) for each in raw), default=0)
            self.room.append(drawn - 2 * before)

    def is_full(self, text: str, column: int) -> bool:
        """Whether a line of a cell had no room for more."""
        return MEASURES[0](text) >= self.room[column] - FULL


def _joined(rows: Sequence[_Row], columns: _Widths | None) -> tuple[int, list[str]]:
    """The lines of a row as one: full ones go on, shorter ones were ended."""
    cells = []
    for n in range(len(rows[0].cells)):
        made, before = "", ""
        for text in filter(None, (row.cells[n] for row in rows)):
            is_cut = not before or columns is None or columns.is_full(before, n)
            made += text if is_cut or len(text) <= SHORT_END else f" {text}"
            before = text
        cells.append(made)
    return rows[0].number, cells
