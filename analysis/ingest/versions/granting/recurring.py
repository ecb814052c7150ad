"""Which hazards are one of several of their kind at their site: what 屡查屡犯 is counted from.

Whoever gives such a hazard another site, category or day of finding takes the pair away.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null

#: By what two hazards are a pair.
PAIRED = ("site", "category", "found_on")


class Recurring:
    """The sites and categories of which versions tell of several items."""

    def __init__(self, versions: pd.DataFrame) -> None:
        names = [*PAIRED[:2]]
        if not {*names} <= {*versions}:
            self._of_several: set[tuple[Any, ...]] = set()
            return
        told = versions[["item_id", *names]].dropna().drop_duplicates()
        several = told.loc[told[names].duplicated(), names]
        self._of_several = {*several.itertuples(index=False, name=None)}

    def has(self, row: Mapping[Any, Any]) -> bool:
        """Whether a row is of such a site and category."""
        place = tuple(row.get(name) for name in PAIRED[:2])
        return not any(map(is_null, place)) and place in self._of_several

    def items(self, versions: pd.DataFrame) -> set[str]:
        """The items of which a version is."""
        if not self._of_several:
            return set()
        pairs = zip(versions[PAIRED[0]], versions[PAIRED[1]], strict=True)
        return {
            item
            for item, place in zip(versions["item_id"], pairs, strict=True)
            if place in self._of_several
        }
