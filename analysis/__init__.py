"""研判台: rectification ledgers in, trustworthy figures out. The public face for notebooks.

``ingest()``, ``open_warehouse()``, ``metric()`` and the charts; all else is behind them. What a
function needs is imported when it is called, so that the command line answers at once.
"""

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis import charts
    from analysis.ingest.pipeline import Report
    from analysis.warehouse.client import Warehouse

# ``from analysis import charts`` loads plotly, so that nobody but a notebook waits for it.
__all__ = ["charts", "ingest", "metric", "open_warehouse"]

# The function below has the name of a package. Python gives a package's name to the module above
# it once, when it is first imported; so it is imported here, before the function takes the name.
import_module("analysis.ingest")


def ingest(
    home: Path | None = None,
    paths: Sequence[Path] = (),
    received: date | None = None,
    *,
    allow_empty: bool = False,
    allow_fewer: bool = False,
) -> "Report":
    """Read all ledgers of ``home``, after taking in ``paths``, and publish the warehouse.

    Raises:
        SourceError: there is nothing to read, or a path or the register cannot be used.
        WarehouseError: the warehouse cannot be written, or has lost more than half its rows.

    """
    from analysis.ingest.pipeline import ingest as run
    from analysis.settings import load_settings

    return run(
        load_settings(home), paths, received, allow_empty=allow_empty, allow_fewer=allow_fewer
    )


def open_warehouse(home: Path | None = None) -> "Warehouse":
    """Open the published warehouse of ``home`` (default: as the command line) for reading.

    ``wh.metric("completion", as_of="2023-11-15")`` gives a frame, ``wh.sql("FROM 隐患").df()``
    asks anything else; it is closed by ``with`` or ``wh.close()``.

    Raises:
        WarehouseError: there is none, or it cannot be opened.

    """
    from analysis.settings import load_settings
    from analysis.warehouse.client import Warehouse

    return Warehouse(load_settings(home).warehouse)


def metric(
    name: str,
    as_of: date | str,
    known_on: date | str | None = None,
    home: Path | None = None,
    since: date | str | None = None,
    **filters: str | Sequence[str],
) -> "pd.DataFrame":
    """Run a metric: ``metric("completion", "2023-11-15", unit="县教育局")``.

    Raises:
        QueryError: there is no such metric, filter or day.

    """
    with open_warehouse(home) as warehouse:
        return warehouse.metric(name, as_of, known_on, since, **filters)
