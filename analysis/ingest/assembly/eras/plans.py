"""Measures through time where a person settles of which plan a ledger is.

An answer tells everything of the ledger anew: which measures its rows speak of, and so what each
measure said on every day since. All rows are therefore followed once for each span of days with
the same answers, and of each history the days of its span are kept: what was shown before an
answer comes out again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.plan.tracking import Tracking
from analysis.ingest.versions.history import Chain
from analysis.ingest.versions.spans import FOREVER, end_of

#: What tells a row of a submission; a row of several measures has it several times.
_PLACE = ["submission_id", "sheet", "row_no"]


def chained_by_plan(
    begin: Callable[[Callable[[str], str | None]], Tracking],
    follow: Callable[[Tracking], Chain],
    confirmations: Confirmations,
) -> tuple[Chain, Tracking]:
    """The records of measures, and how they were told apart at last.

    ``begin`` makes a tracking of the answers that hold (doubt → code of the answer or None),
    ``follow`` makes the records of all rows with it.
    """
    last, chain = _in_force(date.max, begin, follow, confirmations)
    turns = _turns(last, confirmations)
    if not turns:
        return chain, last
    eves = [day - timedelta(days=1) for day in turns]
    earlier = [_in_force(day, begin, follow, confirmations)[1] for day in eves]
    spans = [*pairwise([date.min, *turns, FOREVER])]
    pieces = [_during(each, *span) for each, span in zip([*earlier, chain], spans, strict=True)]
    versions = _together(pieces)
    return replace(chain, versions=versions, repeated=_other_rows(chain, versions)), last


def _in_force(
    day: date,
    begin: Callable[[Callable[[str], str | None]], Tracking],
    follow: Callable[[Tracking], Chain],
    confirmations: Confirmations,
) -> tuple[Tracking, Chain]:
    tracking = begin(lambda doubt: confirmations.answer(doubt, day))
    return tracking, follow(tracking)


def _turns(tracking: Tracking, confirmations: Confirmations) -> list[date]:
    """The days from which another answer holds for a ledger that had come before."""
    return sorted(
        {
            day
            for doubt in tracking.register.doubts
            for day, _ in confirmations.days(doubt.key)
            if day > doubt.known_from
        }
    )


def _during(chain: Chain, start: date, end: date) -> pd.DataFrame:
    """The versions that are known on a day of the span, for the days of the span."""
    versions = chain.versions
    rows = []
    for row in _dicts(versions):
        begun, until = row["known_from"], end_of(row["known_to"])
        # What was replaced on its own day stays, as everywhere.
        if begun < end and (until > start or begun >= start):
            last = min(until, end)
            days = {"known_from": max(begun, start), "known_to": None if last == FOREVER else last}
            rows.append(row | days)
    return pd.DataFrame(rows, columns=versions.columns, dtype=object)


def _together(pieces: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The versions of all spans; one that goes on over an answer is one version."""
    rows: list[dict[str, Any]] = []
    open_ones: dict[tuple[Any, ...], dict[str, Any]] = {}
    for piece in pieces:
        going_on = open_ones
        open_ones = {}
        for row in _dicts(piece):
            before = going_on.get((*_said(row), row["known_from"]))
            if before is None:
                rows.append(row)
            else:
                before["known_to"], row = row["known_to"], before
            if row["known_to"] is not None:
                open_ones[(*_said(row), row["known_to"])] = row
    return pd.DataFrame(rows, columns=pieces[-1].columns, dtype=object)


def _said(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """All of a version but its days, to be compared."""
    return tuple(
        None if pd.isna(value) else value
        for name, value in row.items()
        if name not in {"known_from", "known_to"}
    )


def _other_rows(chain: Chain, versions: pd.DataFrame) -> pd.DataFrame:
    """The rows of which no version is: they added nothing on any day that is told of."""
    loaded = set(versions[_PLACE].itertuples(index=False, name=None))
    places = chain.rows[_PLACE].itertuples(index=False, name=None)
    return chain.rows[[place not in loaded for place in places]]


def _dicts(rows: pd.DataFrame) -> Iterable[dict[str, Any]]:
    return rows.to_dict("records")  # type: ignore[return-value]
