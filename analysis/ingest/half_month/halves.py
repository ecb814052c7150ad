"""A report on both halves of a month in one paper: «11月份（上、下半月）情况报告».

Who is late sends two half months at once. Each is a report of its own, where the paper says which
of its figures are of which: «上半月：检查2家。下半月：检查3家». Else they are of the month, and of
neither half.
"""

import re
from collections.abc import Sequence

from analysis.ingest.cells.dates import plain
from analysis.ingest.half_month.report import LONGEST_HEADING, LONGEST_TITLE_LINE, TITLE_LINES

_BOTH = re.compile(r"(\d{1,2}月份?)\(?上(?:半月)?[、,，和及与]下半月\)?")
_HALVES = "上", "下"
#: «上半月：», «下半月（16日—30日）», «二、下半月情况».
_OF_HALF = re.compile(
    r"^(\s*(?:[一二三四五六七八九十\d]+[、.．]|[(（][一二三四五六]+[)）])?\s*)([上下])半月(?=[(（:：]|工作|情况|\s*$)"
)
#: So the sentences of a half call it: «下半月：» alone begins what is planned.
_THIS = "本半月"


def each_half(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """For each half of a report on both the line, from 1, from which on it speaks of it, and its
    lines, those of the other half blank; any other paper as it is, from its first line.
    """
    found = ((n, plain(line)) for n, line in enumerate(lines) if line.strip())
    head = [(n, text) for n, text in list(found)[:TITLE_LINES] if len(text) <= LONGEST_TITLE_LINE]
    title = next((n for n, text in head if _BOTH.search(text)), None)
    if title is None:
        return [(1, [*lines])]
    whose = list(_whose(lines[title + 1 :]))
    said = {half: [n for n, parts in enumerate(whose) if half in dict(parts)] for half in _HALVES}
    if not all(said.values()):
        return [(1, [*lines])]
    return [
        (
            title + 1 if half == _HALVES[0] else title + 2 + said[half][0],
            [
                *lines[:title],
                _BOTH.sub(rf"\1{half}半月", plain(lines[title])),
                *("".join(text for of, text in parts if of in ("", half)) for parts in whose),
            ],
        )
        for half in _HALVES
    ]


def _whose(lines: Sequence[str]) -> list[list[tuple[str, str]]]:
    """The sentences of each line with the half that they are of; those of neither are of both.

    A heading speaks for the lines below it, a sentence for the rest of its line.
    """
    found = []
    under = ""
    for line in lines:
        half, parts = under, []
        for text in re.findall(r"[^。；;]+[。；;]?", line):
            if match := _OF_HALF.match(text):
                half = match.group(2)
            parts.append((half, _OF_HALF.sub(rf"\1{_THIS}", text)))
        if (
            half != under
            and len(line.strip()) <= LONGEST_HEADING
            and not re.search("[。；;]", line)
        ):
            under = half
        found.append(parts)
    return found
