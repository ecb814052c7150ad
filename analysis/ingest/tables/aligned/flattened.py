"""Tables of which a page kept a line for each cell, as a PDF copied out has them → lines with tabs.

Behind the words of a header, a line each, rows begin with their numbers. A cell may stand on
several lines: which belong together is told by what the columns hold.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from analysis.ingest.headers.vocabulary import SEQUENCE, normalise
from analysis.ingest.measures.days import names_day
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import label_of
from analysis.ingest.measures.responsibility import is_due, is_unit_list
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_person

#: A header has so many words, no longer than this.
FEWEST, MOST, LONGEST_WORD = 4, 12, 12
#: A table has so many rows, a row so many lines for each cell.
LEAST_ROWS, MOST_LINES = 2, 8
#: A line of a cell is no longer, nor is a name.
LONGEST_LINE, LONGEST_NAME = 120, 12
_ENDS = re.compile(
    r"^(?:备注|附?注|说明|附件|抄送|填[报表]|审核|联系)[\s:：\d]|^[(（]?(?:此页|以下)"
)
_SENTENCE = re.compile(r"[。；;！]$")
_GOES_ON = re.compile(r"[，、（(]$")
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])[^，。；]{2,30}$"
)

IsWord = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of a header, and its rows: lines (from 0) with their texts, the number first."""

    top: int
    words: list[str]
    rows: list[list[tuple[int, str]]]


def flattened_in_tabs(
    lines: Sequence[str], is_word: IsWord, pages: Collection[int] = ()
) -> list[str]:
    """The lines, with the cells of such tables apart by tabs; a row stands on its first line."""
    made = list(lines)
    number = 0
    while number < len(lines):
        table = _table(lines, number, is_word, pages) if _starts(lines[number]) else None
        if table is None:
            number += 1
            continue
        last = table.rows[-1][-1][0]
        for place in range(table.top, last + 1):
            made[place] = ""
        made[table.top] = "\t".join(table.words)
        roles = [label.role if (label := label_of(word)) else None for word in table.words[1:]]
        for row in table.rows:
            cells = _cells([text for _, text in row[1:]], roles)
            made[row[0][0]] = "\t".join([row[0][1], *cells])
        number = last + 1
    return made


def _starts(line: str) -> bool:
    return line.strip() in SEQUENCE


def _table(
    lines: Sequence[str], top: int, is_word: IsWord, pages: Collection[int]
) -> _Table | None:
    filled = [
        (n, lines[n].strip()) for n in range(top, len(lines))
        if lines[n].strip() and (n + 1 not in pages or _number(lines[n].strip()))
    ]  # fmt: skip
    first = next((k for k, (_, text) in enumerate(filled[: MOST + 1]) if _number(text) == 1), 0)
    words = [text for _, text in filled[:first]]
    is_header = (
        FEWEST <= len(words) <= MOST
        and all(len(word) <= LONGEST_WORD and "\t" not in word for word in words)
        and all(is_word(normalise(word)) or label_of(word) for word in words)
    )
    if not is_header:
        return None
    rows = [*_rows(filled[first:], words)]
    least = (len(words) - 1) // 2
    whole = [row for row in rows if len(row) > least]
    return _Table(top, words, rows) if len(whole) == len(rows) >= LEAST_ROWS else None


def _number(text: str) -> int:
    match = re.fullmatch(r"[(（]?(\d{1,3})[)）]?[.、．]?", text)
    return int(match[1]) if match else 0


def _rows(
    filled: Sequence[tuple[int, str]], words: Sequence[str]
) -> Iterator[list[tuple[int, str]]]:
    """The rows, each from its number to the next one; a header said again is no part of one."""
    row: list[tuple[int, str]] = []
    count = 0
    place = 0
    while place < len(filled):
        number, text = filled[place]
        if [each for _, each in filled[place : place + len(words)]] == list(words):
            place += len(words)
            continue
        if _number(text) == count + 1:
            if row:
                yield row
            row, count = [(number, text)], count + 1
        elif _is_behind(text) or len(row) > MOST_LINES * len(words):
            break
        elif not (_HEADING.match(text) and len(row) >= len(words)):
            if (
                len(row) >= len(words)
                and number > row[-1][0] + 1
                and _is_last(filled[place:], count)
            ):
                break  # a gap behind a whole row, and no other follows
            row.append((number, text))
        place += 1
    if row:
        yield row


def _is_behind(text: str) -> bool:
    """Whether a line stands behind a table, or is no line of a cell."""
    return bool(_ENDS.match(text)) or "\t" in text or len(text) > LONGEST_LINE


def _is_last(filled: Sequence[tuple[int, str]], count: int) -> bool:
    return not any(_number(text) == count + 1 for _, text in filled)


def _cells(texts: Sequence[str], roles: Sequence[Role | None]) -> list[str]:
    """The lines of a row as its cells: the division that suits the columns best."""
    count, width = len(texts), len(roles)
    # For so many lines and columns: the cost up to there, and where the last cell begins.
    best: list[list[tuple[float, int]]] = [
        [(float("inf"), 0)] * (width + 1) for _ in range(count + 1)
    ]
    best[0][0] = (0.0, 0)
    for column in range(1, width + 1):
        for end in range(count + 1):
            best[end][column] = min(
                (best[start][column - 1][0] + _cost(texts[start:end], roles[column - 1]), start)
                for start in range(max(0, end - MOST_LINES), end + 1)
            )
    cells: list[str] = []
    end = count
    for column in range(width, 0, -1):
        start = best[end][column][1]
        cells.append("".join(texts[start:end]))
        end = start
    return cells[::-1]


def _cost(lines: Sequence[str], role: Role | None) -> float:
    """How badly some lines suit a column."""
    text = "".join(lines)
    if not text:
        return 0.8 if role in {Role.SUPPORT, Role.CONTEXT, None} else 1.6
    inner = sum(0.4 if _SENTENCE.search(line) else 0.15 for line in lines[:-1])
    if role in {Role.LEAD, Role.SUPPORT} and len(lines) > 1:
        units = [is_unit_list(folded(line)) for line in lines]
        inner += 0.6 if any(units) and not all(units) else 0.0
    inner += 0.5 if _GOES_ON.search(lines[-1]) else 0.0
    return inner + (0.0 if _suits(text, role) else 1.0)


def _suits(text: str, role: Role | None) -> bool:
    plain = folded(text)
    is_when = is_due(plain) or names_day(plain)
    if role is Role.DUE:
        return is_when and len(plain) <= 40
    if role in {Role.PERSON, Role.LEADER}:
        return len(plain) <= LONGEST_NAME and names_person(text) and not is_unit_list(text)
    if role in {Role.LEAD, Role.SUPPORT}:
        return is_unit_list(plain.replace("(", "、").replace(")", ""))
    if role in {Role.PROBLEM, Role.MEASURE, Role.DETAIL, Role.MANIFESTATION}:
        return not is_unit_list(plain) and not (is_when and len(plain) <= 12) and len(plain) > 4
    return True
