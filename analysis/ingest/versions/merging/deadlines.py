"""Deadlines of one record through its rows: which row's counts.

A deadline in the same words is the same deadline: «12月20日» sent again in January is last
December's. Words that name no day (尽快, 长期坚持) take no day away; a word that does is 取消期限.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.ingest.versions.merging.withdrawal import is_withdrawal

#: A year in figures or signs; a date without one gets its year from the day on which it is read.
HAS_YEAR = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}年")
#: A deadline that is guessed stands behind every one that is stated.
GUESSED = -1


@dataclass(slots=True)
class Stated:
    """Deadlines row by row, the rows of a record one behind the other.

    ``anchors`` are the days from which the deadlines are counted, ``ranks`` how much a row has to
    say (3 is the plan), ``is_guess`` whether its deadline is provisional.
    """

    texts: Sequence[str | None]
    days: Sequence[date | None]
    anchors: Sequence[date | None]
    ranks: Sequence[int]
    is_guess: Sequence[Any]


@dataclass(slots=True)
class Chosen:
    """What of each row counts: its text, its day; and what is to be told of.

    ``dayless`` are rows whose words name no day and leave the earlier one, ``overruled`` those
    whose day is not that of a row that has more to say.
    """

    texts: list[bool]
    days: list[bool]
    dayless: list[int] = field(default_factory=list)
    overruled: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _InForce:
    text: str | None
    day: date | None
    rank: int
    anchor: date | None


def choose(stated: Stated, starts: Sequence[bool]) -> Chosen:
    """Go through the rows; ``starts`` marks the first of each record, which counts as it is."""
    chosen = Chosen(list(starts), list(starts))
    now = _InForce(None, None, GUESSED, None)
    for i, is_start in enumerate(starts):
        text, day, anchor = stated.texts[i], stated.days[i], stated.anchors[i]
        rank = GUESSED if stated.is_guess[i] else stated.ranks[i]
        if is_start:
            now = _InForce(text, day, rank if day else GUESSED, anchor)
            continue
        is_moved = anchor is not None and anchor != now.anchor
        now.anchor = anchor or now.anchor
        if (text is None and day is None) or (text == now.text and day == now.day and not is_moved):
            continue
        if day is None and is_withdrawal(text):
            chosen.texts[i] = chosen.days[i] = True
            now.text, now.day, now.rank = text, None, GUESSED
        elif day is None and now.day is not None:
            if not _alike(text, now.text):
                chosen.dayless.append(i)
        elif day is None:
            chosen.texts[i] = rank >= now.rank
            now.text = text if chosen.texts[i] else now.text
        elif now.day is None or rank > now.rank:
            chosen.texts[i] = chosen.days[i] = True
            now.text, now.day, now.rank = text, day, rank
        elif not is_moved and is_same_deadline(text, day, now.text, now.day):
            continue
        elif rank < now.rank:
            if day != now.day:
                chosen.overruled.append(i)
        else:
            chosen.texts[i] = chosen.days[i] = True
            now.text, now.day = text, day
    return chosen


def is_same_deadline(
    text: str | None, day: date, earlier_text: str | None, earlier_day: date
) -> bool:
    """Whether a deadline is the earlier one, read on another day."""
    if _alike(text, earlier_text):
        return True
    is_yearless = text is not None and not HAS_YEAR.search(text)
    return is_yearless and (day.month, day.day) == (earlier_day.month, earlier_day.day)


def _alike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _plain(one) == _plain(other)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return re.sub(r"[\s。.;；,，]", "", unicodedata.normalize("NFKC", text))
