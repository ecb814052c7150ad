"""Two days in one cell, «10月8日查，10月25日前», under a header of both → a column for each.

A header names two days where each half of it stands for a field of days: 检查时间及整改期限. The
cells must say two days as well: 验收时间/销号时间 over one day each stays one column. What is torn
apart is what both fields can read; a cell of which nobody can tell which day it says stays as it
is, with a finding.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.dates import plain
from analysis.ingest.cells.values import EMPTY, as_text, parse_column
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import WHEN, Header, Vocabulary, normalise
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes.torn import Half, Torn, with_both
from analysis.ledgers import Field

#: Between the halves of a header.
JOINER = re.compile(r"以及|及其|[及和与兼暨/、,，;；+&|-]")
#: What parts two days in a cell, the surest first: a colon or 年 parts nothing. The last is the
#: place between a word and the figures behind it.
SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[,，;；。\n]\s*",
        r"\s*[(（]",
        r"[\s、/|]+",
        r"\s*(?:至|到|[-—–~～]+)\s*",
        r"(?<=[^\W\d_])(?=\d)",
    )
)
#: Days of a text as ``plain`` gives it; a day without its month, and one with it.
DAY = re.compile(r"\d{1,2}月\d{1,2}|\d{1,4}([-./])\d{1,2}(?:\1\d{1,2})?|\d{8}")
BARE_DAY = re.compile(r"^(\D{0,4})(\d{1,2})(?=日(?![之以]?内))")
MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日?(?!.*\d月)")
#: What may be a day or a period at all, 立行立改 included.
HAS_DAY = re.compile(r"[\d一二三四五六七八九十]|立|即|长期|持续")
#: What only a deadline says.
OF_A_DEADLINE = re.compile(r"前|止|限|完成|底|内|立|即|长期|持续")
#: A header that stands for a day as surely as this; 年月日 in brackets only tells how to write it.
SURE = 0.7
#: A header with more signs than these is prose.
LONGEST_HEADER = 30
#: A cell with more signs than these tells a story.
LONGEST = 60
#: So many of a column's cells must say two days.
MOSTLY = 0.5
#: Any day: only whether a text can be read counts here.
ANY_DAY = date(2024, 1, 1)


def parted(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> tuple[Sheet, Layout]:
    """The sheet with a column for each day of such columns, behind all others."""
    if layout.doubt:
        return sheet, layout
    rows = [number for number, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    for column, header in enumerate(layout.headers):
        if halves := _halves(vocabulary, layout, header):
            texts = {n: text for n in rows if (text := _text(sheet.filled[n][column]))}
            torn = {n: found for n, text in texts.items() if (found := _torn(text, *halves))}
            if sum(each.is_two for each in torn.values()) > MOSTLY * len(texts):
                left = {n: text for n, text in texts.items() if n not in torn}
                sheet, layout = with_both(sheet, layout, column, halves, torn, left)
    return sheet, layout


def _halves(vocabulary: Vocabulary, layout: Layout, header: Header) -> tuple[Half, Half] | None:
    """The two days that a header names; none where the office has said what the column is."""
    if len(header.last) > LONGEST_HEADER or vocabulary.own_field(layout.ledger, header):
        return None
    bracketed = [(header.last, normalise(header.unit))] if header.unit else []
    for one, other in (*bracketed, *_cuts_of(header.last)):
        surely = SURE if bracketed and other == bracketed[0][1] else 0
        first = _days_named(vocabulary, layout, one)
        second = _days_named(vocabulary, layout, other, surely)
        pairs = ((a, b) for a in first for b in second if a != b)
        if pair := next(pairs, None):
            return Half(one, pair[0]), Half(other, pair[1])
    return None


def _cuts_of(text: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a header in two: at a sign or a 及, between two words.

    «检查及整改时间»: the noun at the end is that of both halves.
    """
    noun = WHEN.search(text)
    for match in JOINER.finditer(text):
        one, other = text[: match.start()], text[match.end() :]
        yield one, other
        if noun and not WHEN.search(one):
            yield one + noun.group(), other
    for place in range(2, len(text) - 1):
        if WHEN.search(text[:place]):
            yield text[:place], text[place:]


def _days_named(
    vocabulary: Vocabulary, layout: Layout, text: str, surely: float = 0
) -> list[Field]:
    """The fields of days that a word heads, each at least so surely."""
    claims = vocabulary.claims_of(layout.ledger, Header(text, text, "")) if text else []
    return [e.field for e in claims if e.field.kind in {"date", "deadline"} and e.weight >= surely]


def _text(cell: Any) -> str:
    text = as_text(cell) or ""
    return "" if text in EMPTY else text


@lru_cache(maxsize=5_000)
def _torn(text: str, first: Half, second: Half) -> Torn | None:
    """A cell cut into its two days, or the one day that it says; None where nobody can tell."""
    if len(text) > LONGEST:
        return None
    for separator in SEPARATORS:
        cuts = [_cut(text, match) for match in separator.finditer(text)]
        found = [Torn(a, b) for a, b in cuts if _reads(a, first) and _reads(b, second)]
        if not found:  # «10月25日前完成，10月8日检查»: its words alone say that the days are turned
            found = [
                Torn(b, a)
                for a, b in cuts
                if _says_its_kind(a, second) and _reads(a, second) and _reads(b, first)
            ]
        if len(found) == 1:
            return found[0]
    if len(DAY.findall(plain(text))) > 1:
        return None
    is_first, is_second = _reads(text, first), _reads(text, second)
    if is_first == is_second or not _says_its_kind(text, first if is_first else second):
        return None  # a bare day may be either
    return Torn(text) if is_first else Torn("", text)


def _cut(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands on both sides; «10月8日查，25日前» says the month once."""
    one, other = text[: match.start()].strip(), text[match.end() :].strip().rstrip(")）")
    day, month = BARE_DAY.match(plain(other)), MONTH_AND_DAY.search(plain(one))
    if day and month and int(day.group(2)) >= int(month.group(2)):
        other = BARE_DAY.sub(rf"\g<1>{month.group(1)}月\g<2>", plain(other))
    return one, other


def _says_its_kind(text: str, half: Half) -> bool:
    return half.field.kind == "date" or bool(OF_A_DEADLINE.search(text))


def _reads(text: str, half: Half) -> bool:
    """Whether a text is a day of a field."""
    if not HAS_DAY.search(text):
        return False
    values, problems = parse_column([text], half.field, ANY_DAY)
    is_unread = any(each.is_unread or each.rule == "unreadable" for each in problems)
    return values[0] is not None and not is_unread
