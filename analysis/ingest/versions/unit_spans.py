"""A unit that is called otherwise from some day on: its versions are cut there."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.ingest.units.register import Register
from analysis.ingest.units.spelling import Spelled, shown_on
from analysis.ingest.versions.spans import cut_at, end_of
from analysis.ledgers import Ledger


def as_shown(versions: pd.DataFrame, ledger: Ledger, register: Register) -> pd.DataFrame:
    """The versions of a ledger with each unit called what it was called on the version's days.

    Rows are matched by the name that is finally known; what was shown before it was learned
    stays as it was.
    """
    for name in ledger.names_of("unit"):
        is_renamed = [isinstance(unit, Spelled) for unit in versions[name]]
        if any(is_renamed):
            concerned = versions[is_renamed]
            rest = versions.drop(index=concerned.index)
            cut = _cut(concerned, name, register)
            versions = pd.concat([rest, cut], ignore_index=True)
    return versions


def _cut(versions: pd.DataFrame, name: str, register: Register) -> pd.DataFrame:
    """Versions whose units were renamed, cut on each day that lies within them."""
    texts = pd.Series([unit.written for unit in versions[name]], versions.index, dtype=object)
    by_spelling = versions.groupby(texts, sort=False)
    pieces = [_cut_one(rows, register.renamed_on(str(text))) for text, rows in by_spelling]
    cut = pd.concat(pieces, ignore_index=True)
    shown = shown_on(register)
    pairs = zip(cut[name], cut["known_from"], strict=True)
    return cut.assign(
        **{name: pd.Series([shown(*pair) for pair in pairs], index=cut.index, dtype=object)}
    )


def _cut_one(versions: pd.DataFrame, days: Sequence[date]) -> pd.DataFrame:
    """Versions of one spelling, cut on the days on which it came to mean another name."""
    for day in days:
        spans = zip(versions["known_from"], versions["known_to"], strict=True)
        which = [since < day < end_of(until) for since, until in spans]
        if any(which):
            versions, _ = cut_at(versions, pd.Series(which, index=versions.index), day)
    return versions
