"""What questions about versions have in common: what was sent before the office put it right, and
how long a question stands.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.versions.closing.acts import PLACE


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
