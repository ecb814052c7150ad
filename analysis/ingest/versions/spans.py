"""From which day to which a version is known: the one module that decides ``known_from`` and
``known_to``.

A version is known on every day with ``known_from <= day < known_to``; without ``known_to`` it is
in force. Four rules, each for the sake of figures that come out again as they were once shown:

- The day is that of receipt, never that of the event: what nobody had been sent was in no figure.
- A version ends on the day on which the next one begins. Half-open days leave no gap and no day
  with two versions.
- A version that is replaced on its own day is known on no day. It is kept, since its row was
  loaded and is accounted for, but says nothing of the past.
- What is decided later (a correction, an acceptance) cuts a version in two; the part before the
  decision stays as it was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null

#: The end of what has none, so that two ends can be compared.
FOREVER = date.max


def end_of(known_to: Any) -> date:
    """The first day on which a version is known no longer; ``FOREVER`` for one in force."""
    return FOREVER if is_null(known_to) else known_to


def in_force(versions: pd.DataFrame) -> pd.DataFrame:
    """The versions that nothing has replaced."""
    return versions[versions["known_to"].isna()]


def ever_known(versions: pd.DataFrame) -> pd.DataFrame:
    """The versions that are known on one day at least."""
    return versions[versions["known_from"] != versions["known_to"]]


def ends_by_next(versions: pd.DataFrame, before: pd.Series) -> pd.Series:
    """``known_to`` of each version; ``before`` gives for each row the one it replaces, or -1."""
    has_before = before >= 0
    known_to = pd.Series([None] * len(versions), index=versions.index, dtype=object)
    known_to.loc[before[has_before].tolist()] = versions.loc[has_before, "known_from"].tolist()
    return known_to


def latest_before(versions: pd.DataFrame, day: date) -> Any:
    """The last of a record's versions that was received before a day, or None."""
    earlier = versions[versions["known_from"] < day]
    return earlier.iloc[-1] if len(earlier) else None


def cut_at(versions: pd.DataFrame, which: pd.Series, day: date) -> tuple[pd.DataFrame, pd.Series]:
    """Cut the versions of ``which`` at a day: all versions, and which are to be changed from then.

    One that has ended by that day is left as it is. One that begins on it or later is marked
    whole. The later part of one that is cut stands behind all others, in a fresh index.
    """
    chosen = versions[which]
    # As a column of booleans: a list of none would choose columns, and none of them.
    lasts = [end_of(end) > day for end in chosen["known_to"]]
    chosen = chosen[pd.Series(lasts, index=chosen.index, dtype=bool)]
    begun = chosen["known_from"] < day
    later = chosen[begun].copy()
    days = pd.Series([day] * len(later), index=later.index, dtype=object)
    later["known_from"] = days
    earlier = versions.copy()
    earlier.loc[later.index, "known_to"] = days
    marked = [*earlier.index.isin(chosen.index[~begun]), *[True] * len(later)]
    whole = pd.concat([earlier, later], ignore_index=True)
    return whole, pd.Series(marked, index=whole.index, dtype=bool)


def set_from(
    versions: pd.DataFrame, which: pd.Series, name: str, days: Sequence[tuple[date, Any]]
) -> pd.DataFrame:
    """The versions of ``which`` with other values of a column, each from its day on."""
    for day, value in days:
        versions, which = cut_at(versions, which, day)
        places = versions.index[which]
        versions.loc[places, name] = pd.Series([value] * len(places), index=places, dtype=object)
    return versions


def known_during(version: Mapping[str, Any], start: date, end: date) -> dict[str, Any]:
    """A version for some of its days."""
    return dict(version) | {"known_from": start, "known_to": None if end == FOREVER else end}
