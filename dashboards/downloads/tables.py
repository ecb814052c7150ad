"""A metric's rows as a file for Excel: Chinese headings and words, text that is never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.warehouse.sql_files import Query
from analysis.wording.characters import for_terminal
from analysis.wording.deadlines import is_state, state_text
from analysis.wording.formulas import harmless
from analysis.wording.values import cell_value

#: Headings and rows.
Table = tuple[Sequence[str], Iterable[Iterable[Any]]]


def as_csv(query: Query, rows: pd.DataFrame) -> str:
    """The rows of a metric under what each column is called, codes in words, rates as numbers."""
    names = list(map(str, rows))
    if "state" in names and is_state("state", query.name):
        rows = rows.assign(state=[state_text(row) for row in rows.to_dict("records")])
    cells = (
        [cell_value(value, name, query.name) for name, value in zip(names, row, strict=True)]
        for row in rows.itertuples(index=False)
    )
    return rows_as_csv(map(query.label, names), cells)


def rows_as_csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Rows of any table under the given headings; both are data and never a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(cell_value(value)) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    # First what is no text: a formula may stand behind it, and some read a file in a terminal.
    return harmless(for_terminal(value)) if isinstance(value, str) else value
