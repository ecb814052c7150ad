"""Any metric, asked in four ways, gives the same rows: one definition, everywhere."""

import csv
import io
import json
import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

import analysis
from analysis.briefing.figures import METRICS as REPORTED
from analysis.briefing.figures import Figures, gather
from analysis.cli import app
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope, narrowing
from analysis.warehouse.sql_files import get_metric, metrics
from dashboards.serving.data import Data

AS_OF, KNOWN_ON = "2023-11-15", "2023-11-01"
NARROWED = Scope(date.fromisoformat(AS_OF), date.fromisoformat(KNOWN_ON), {"unit": ("县交通局",)})

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


@pytest.fixture(scope="module")
def figures(committed: Settings) -> Figures:
    """What a meeting is told of one scope, from an open warehouse."""
    with Warehouse(committed.warehouse) as warehouse:
        return gather(warehouse, committed, NARROWED, "monthly")


@pytest.mark.parametrize("name", REPORTED)
def test_a_notebook_the_command_line_a_report_and_the_dashboard_agree_on_one_scope(
    committed: Settings, figures: Figures, name: str
) -> None:
    can = {column for column in NARROWED.filters if column in narrowing(get_metric(name))}
    filters = {column: list(NARROWED.filters[column]) for column in can}
    with analysis.open_warehouse(committed.home) as warehouse:
        written = warehouse.metric(name, AS_OF, known_on=KNOWN_ON, **filters)
    told = written
    if "unit" in written and "unit" not in can:  # counted for all alike; a unit is told its own
        told = written[written["unit"].isin([*NARROWED.filters["unit"]])]
    pd.testing.assert_frame_equal(figures[name], told)
    pd.testing.assert_frame_equal(Data(committed).metric(name, NARROWED), written)

    where = [word for column in can for word in ("--where", f"{column}={filters[column][0]}")]
    asked = ["metric", name, "--as-of", AS_OF, "--known-on", KNOWN_ON, *where, "--format", "json"]
    said = CliRunner().invoke(app, [*asked, "--home", str(committed.home)])
    rows = [[plain(cell) for cell in row.values()] for row in json.loads(said.stdout)]
    assert rows == of_frame(written)


def is_number(cell: str, seen: str) -> bool:
    """Whether both ways say a number; 1.0 and 1 are one."""
    try:
        float(cell), float(seen)
    except ValueError:
        return False
    return True
