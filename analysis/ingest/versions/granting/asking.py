"""What questions about versions have in common: what was sent before the office put it right, from
which day on another answer holds, and how long a question stands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.versions.closing.acts import PLACE
from analysis.ingest.versions.spans import end_of


class AsSent:
    """What each row said as it was sent, of some fields: its place → field → values."""

    def __init__(self, as_sent: pd.DataFrame | None, names: Iterable[str]) -> None:
        self._said: dict[tuple[Any, ...], dict[str, list[Any]]] = {}
        names = [*names]
        for row in () if as_sent is None else as_sent.to_dict("records"):
            said = self._said.setdefault(tuple(row[name] for name in PLACE), {})
            for name in names:
                said.setdefault(name, []).append(plain(row.get(name)))

    def decided(self, version: Mapping[Any, Any]) -> Collection[str]:
        """The fields of a version that say something else than its row: the office put them
        right.
        """
        said = self._said.get(tuple(version[name] for name in PLACE), {})
        return {name for name, values in said.items() if plain(version.get(name)) not in values}


def parts_of(
    version: Mapping[Any, Any], doubts: Iterable[Doubt], confirmations: Confirmations
) -> Iterator[tuple[date, date]]:
    """The first day of a version, and each from which another answer begins to hold, with the day
    on which that part ends.
    """
    start, end = version["known_from"], end_of(version["known_to"])
    turns = {day for each in doubts for day, _ in confirmations.days(each.key)}
    return pairwise([start, *sorted(day for day in turns if start < day < end), end])


def with_counted(
    versions: pd.DataFrame, which: pd.Series, counted: Sequence[Mapping[str, Any]]
) -> pd.DataFrame:
    """The versions, those of ``which`` as they count."""
    columns = {
        name: pd.Series([row[name] for row in counted], dtype=object) for name in versions.columns
    }
    return pd.concat([versions[~which], pd.DataFrame(columns)], ignore_index=True)


def standing(asked: Mapping[str, Doubt], doubt: Doubt) -> Doubt:
    """A question as it stands over all versions that raise it: to the end of the last."""
    first = asked.get(doubt.key)
    return replace(first, known_to=doubt.known_to) if first else doubt


def ever_asked(asked: Mapping[str, Doubt]) -> list[Doubt]:
    """The questions of some day: what was put right on its own stands on none, and is nobody's any
    more.
    """
    return [each for each in asked.values() if each.known_to != each.known_from]


def plain(value: Any) -> Any:
    """A value, None for each kind of nothing."""
    return None if is_null(value) else value
