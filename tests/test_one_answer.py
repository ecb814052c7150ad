"""Any metric, asked in four ways, gives the same rows: one definition, everywhere."""

import csv
import io
import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

import analysis
from analysis.cli import app
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import metrics
from dashboards.serving.data import Data

AS_OF = "2023-11-15"

pytestmark = pytest.mark.slow


def plain(cell: Any) -> Any:
    """A cell as text that does not depend on who handed it over."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float | Decimal) and float(cell).is_integer():
        cell = int(cell)
    return str(float(cell)) if isinstance(cell, float | Decimal) else str(cell)


def of_frame(frame: pd.DataFrame) -> list[list[Any]]:
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return [[plain(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("name", sorted(metrics()))
def test_a_plain_client_python_the_command_line_and_the_dashboard_agree(
    committed: Settings, name: str
) -> None:
    with duckdb.connect(str(committed.warehouse), read_only=True) as con:
        answer = con.sql(f"FROM {name}(DATE '{AS_OF}')")
        columns = answer.columns
        rows = [[plain(cell) for cell in row] for row in answer.fetchall()]
    assert columns == list(metrics()[name].columns)

    with analysis.open_warehouse(committed.home) as warehouse:
        assert of_frame(warehouse.metric(name, as_of=AS_OF)) == rows

    told = CliRunner().invoke(
        app,
        ["metric", name, "--as-of", AS_OF, "--format", "csv", "--home", str(committed.home)],
    )
    head, *lines = list(csv.reader(io.StringIO(told.stdout)))
    assert head == columns
    typed = [
        [
            str(float(cell)) if is_number(cell, seen) else cell
            for cell, seen in zip(*both, strict=True)
        ]
        for both in zip(lines, rows, strict=True)
    ]
    assert typed == [[str(float(c)) if is_number(c, c) else c for c in row] for row in rows]

    shown = Data(committed).metric(name, Scope(date.fromisoformat(AS_OF)))
    assert of_frame(shown) == rows


def is_number(cell: str, seen: str) -> bool:
    """Whether both ways say a number; 1.0 and 1 are one."""
    try:
        float(cell), float(seen)
    except ValueError:
        return False
    return True
