"""A unit that is called otherwise from some day on: its versions are cut there."""

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
    days = {unit.written: register.renamed_on(unit.written) for unit in versions[name]}
    for day in sorted({day for each in days.values() for day in each}):
        spans = zip(versions[name], versions["known_from"], versions["known_to"], strict=True)
        which = [day in days[unit.written] and since < day < end_of(until)
                 for unit, since, until in spans]  # fmt: skip
        if any(which):
            versions, _ = cut_at(versions, pd.Series(which, index=versions.index), day)
    shown = shown_on(register)
    pairs = zip(versions[name], versions["known_from"], strict=True)
    return versions.assign(
        **{name: pd.Series([shown(*pair) for pair in pairs], index=versions.index, dtype=object)}
    )
