"""The tables of several eras → one history: each table cut to its era's days, equal ends joined.

A row that is the same on both sides of the day on which an era begins is one row that goes on, as
if nothing had been taken back; what is another from that day on begins or ends there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.spans import FOREVER, end_of
from analysis.ledgers import fields
from analysis.ledgers.codes import FINISHED

SPAN = ("known_from", "known_to")
#: What is said of a version's past; of the first two, where nothing is, its own first day stands
#: for it.
PAST = tuple(each.name for each in fields.PAST)


@dataclass(frozen=True, slots=True)
class Part:
    """A table as one era has it, and the era's days: from ``since`` on, before ``until``.

    ``of_no_day`` are submissions that were taken back on the day on which they came, the first of
    the era that follows: they count on no day, and stand in this one so that no row is lost.
    """

    table: pd.DataFrame
    since: date
    until: date
    of_no_day: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Piece:
    """A row of some days."""

    row: dict[str, Any]
    start: date
    end: date


def spliced(parts: Sequence[Part]) -> pd.DataFrame:
    """Tables with ``known_from`` and ``known_to`` as one, eras in order, each with its own days."""
    columns = list(parts[0].table.columns)
    has_past = set(PAST) <= set(columns)
    content = [name for name in columns if name not in SPAN and not (has_past and name in PAST)]
    done: list[_Piece] = []
    #: Content → the pieces that last to the end of the era at hand.
    lasting: dict[tuple[Any, ...], list[_Piece]] = {}
    for part in parts:
        reached = lasting
        lasting = {}
        keys = zip(*(part.table[name].tolist() for name in content), strict=True)
        for key, row in zip(keys, _rows(part.table), strict=True):
            piece = _cut(row, part, has_past)
            if piece is None:
                continue
            key = (*(None if is_null(value) else value for value in key), *_past(row, has_past))
            goes_on = reached.get(key) if piece.start == part.since else None
            if goes_on and piece.end > piece.start:
                before = goes_on.pop()
                before.end = piece.end
                piece = before
            else:
                done.append(piece)
            if piece.end == part.until:
                lasting.setdefault(key, []).append(piece)
    return _table(done, columns)


def _cut(row: dict[str, Any], part: Part, has_past: bool) -> _Piece | None:
    """A row for those of its days that lie in the era; None where none does."""
    start, end = row["known_from"], end_of(row["known_to"])
    if start >= part.until:
        return _Piece(row, start, start) if row.get("submission_id") in part.of_no_day else None
    if end <= part.since and start < part.since:
        return None
    if start < part.since and has_past:
        row = row | dict(zip(PAST, _past(row, has_past), strict=True))
    return _Piece(row, max(start, part.since), min(end, part.until))


def _past(row: Mapping[str, Any], has_past: bool) -> tuple[Any, ...]:
    """What is said of a version's past, with the days that go without saying."""
    if not has_past:
        return ()
    first, done_since, *rest = (None if is_null(row[name]) else row[name] for name in PAST)
    start = row["known_from"]
    return first or start, (done_since or start) if row["status"] in FINISHED else None, *rest


def _table(pieces: Sequence[_Piece], columns: Sequence[str]) -> pd.DataFrame:
    pieces = sorted(pieces, key=lambda piece: piece.start)
    rows = [
        piece.row
        | {"known_from": piece.start, "known_to": None if piece.end == FOREVER else piece.end}
        for piece in pieces
    ]
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in columns}
    )


def findings_spliced(parts: Sequence[Part], received: Mapping[str, date]) -> pd.DataFrame:
    """The quality tables as one: a finding holds as long as the eras have it.

    ``received`` gives the day of each submission, from which a finding holds that names none.
    """
    dated = []
    for part in parts:
        days = zip(part.table["known_from"], part.table["submission_id"], strict=True)
        starts = [received[batch] if is_null(day) else day for day, batch in days]
        table = part.table.assign(known_from=pd.Series(starts, part.table.index, dtype=object))
        dated.append(replace(part, table=table))
    whole = spliced(dated)
    days = zip(whole["known_from"], whole["submission_id"], strict=True)
    own = [None if day == received[batch] else day for day, batch in days]
    return whole.assign(known_from=pd.Series(own, whole.index, dtype=object))


def doubts_spliced(parts: Sequence[Part]) -> pd.DataFrame:
    """The doubts of all eras, each once, in the words of the last that asks it.

    It is asked from the day on which it first was, until before the day from which none asks it.
    """
    asked: dict[str, dict[str, Any]] = {}
    for part in parts:
        for row in _rows(part.table):
            if row["known_from"] >= part.until:
                continue  # of a day on which another era asks it, or none does
            last = min(part.until, end_of(row["known_to"]))
            row["known_to"] = None if last == FOREVER else last
            before = asked.pop(row["doubt_key"], None)
            first = before["known_from"] if before else max(row["known_from"], part.since)
            asked[row["doubt_key"]] = row | {"known_from": first}
    rows = sorted(asked.values(), key=lambda row: (row["known_from"], row["doubt_key"]))
    return pd.DataFrame(rows, columns=parts[0].table.columns, dtype=object)


def newest(parts: Sequence[Part], submissions: Sequence[Part]) -> pd.DataFrame:
    """The rows of each submission as the last era has them in which it counts.

    ``submissions`` are the tables of submissions of the same eras.
    """
    seen: set[str] = set()
    kept = []
    for part, sent in zip(reversed(parts), reversed(submissions), strict=True):
        kept.append(part.table[~part.table["submission_id"].isin(seen)])
        seen.update(sent.table["submission_id"])
    return pd.concat(kept[::-1], ignore_index=True)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    return rows
