"""研判台: rectification ledgers in, trustworthy figures out. The public face for notebooks.

``ingest()``, ``open_warehouse()``, ``metric()`` and the charts; all else is behind them. What a
function needs is imported when it is called, so that the command line answers at once.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import charts, ingest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from duckdb import DuckDBPyConnection

__all__ = ["charts", "ingest", "metric", "open_warehouse"]


def open_warehouse(home: Path | None = None) -> "DuckDBPyConnection":
    """Open the published warehouse of ``home`` (default: as the command line) for reading.

    Raises:
        WarehouseError: there is none, or it cannot be opened.

    """
    from analysis.settings import load_settings
    from analysis.warehouse import engine

    return engine.open_warehouse(load_settings(home).warehouse)


def metric(
    name: str,
    as_of: date,
    known_on: date | None = None,
    home: Path | None = None,
    **filters: "Sequence[str]",
) -> "pd.DataFrame":
    """Run a metric: ``metric("completion", date(2023, 11, 15), unit=["县教育局"])``.

    Raises:
        QueryError: there is no such metric or filter.

    """
    from analysis.warehouse.catalog import Scope, run_metric

    with open_warehouse(home) as con:
        return run_metric(con, name, Scope(as_of, known_on, filters))
