"""A metric's rows as a file for Excel: Chinese headings, text that is never a formula."""

import csv
import io
from typing import Any

import pandas as pd

from analysis.warehouse.catalog import Query

#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(query: Query, rows: pd.DataFrame) -> str:
    """The rows of a metric, headed by what each column is called."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([query.label(column) for column in map(str, rows)])
    writer.writerows([[_cell(value) for value in row] for row in rows.itertuples(index=False)])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "；".join(map(str, value))
    if not isinstance(value, str):
        return "" if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
    return f"'{value}" if value.startswith(FORMULA) else value
