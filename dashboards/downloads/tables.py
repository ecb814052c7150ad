"""A metric's rows as a file for Excel: Chinese headings, text that is never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.briefing.lists import WORDS
from analysis.warehouse.sql_files import Query

#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: Headings and rows.
Table = tuple[Sequence[str], Iterable[Iterable[Any]]]


def as_csv(query: Query, rows: pd.DataFrame) -> str:
    """The rows of a metric under what each column is called, codes in words, rates as numbers."""
    names = [query.label(column).removesuffix("代码") for column in map(str, rows)]
    said = rows.assign(
        **{
            name: rows[name].map(words).fillna(rows[name])
            for name, words in WORDS.items()
            if name in rows
        }
    )
    return rows_as_csv(names, said.itertuples(index=False))


def rows_as_csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Rows of any table under the given headings; both are data and never a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(name) for name in columns])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "；".join(map(str, value))
    if isinstance(value, dict | tuple | bytes):
        value = str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str):
        return "" if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
    return f"'{value}" if value.startswith(FORMULA) else value
