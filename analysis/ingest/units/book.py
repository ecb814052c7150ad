"""The register as a table: every way of writing a unit, and what it meant on which days."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analysis.ingest.units.names import own_forms
from analysis.ingest.units.register import Register
from analysis.ledgers.books import UNIT_NAME


def unit_names(register: Register) -> pd.DataFrame:
    """One row for each spelling and the days on which it meant one unit.

    Spellings are those that were seen and those in which the units are formally written.
    """
    spellings = {
        form: None
        for text in sorted(register.first_seen)
        for form in (text, *own_forms(text, register.home))
    }
    rows = [row for text in spellings for row in _days_of(text, register)]
    return pd.DataFrame(rows, columns=UNIT_NAME.columns, dtype=object)


def _days_of(text: str, register: Register) -> Iterator[tuple[str, str, date, date | None]]:
    names = register.names_of(text)
    ends = [day for day, _ in names[1:]]
    for (since, unit), until in zip(names, [*ends, None], strict=True):
        yield text, unit, since, until
