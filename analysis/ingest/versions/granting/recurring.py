"""Which hazards are one of several of their kind at their site: what 屡查屡犯 is counted from.

Whoever gives such a hazard another site, category or day of finding takes the pair away.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null

#: By what two hazards are a pair.
PAIRED = ("site", "category", "found_on")


class Recurring:
    """The sites and categories of which versions tell of several items."""

    def __init__(self, versions: pd.DataFrame) -> None:
        #: The day from which a second one is told of: what came later was not known before.
        self._of_several: dict[tuple[Any, ...], date] = {}
        names = [*PAIRED[:2]]
        if not {*names} <= {*versions}:
            return
        told = versions[["item_id", *names, "known_from"]].dropna().sort_values("known_from")
        first = told.drop_duplicates(["item_id", *names])
        several = first.loc[first[names].duplicated(), [*names, "known_from"]]
        for site, category, day in several.itertuples(index=False, name=None):
            self._of_several.setdefault((site, category), day)

    def has(self, row: Mapping[Any, Any], day: date) -> bool:
        """Whether a row is of a site and category of which several were told by a day."""
        place = tuple(row.get(name) for name in PAIRED[:2])
        return not any(map(is_null, place)) and self._of_several.get(place, date.max) <= day
