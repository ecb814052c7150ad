"""The published warehouse as a notebook holds it: a connection that knows the metrics."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import QueryError
from analysis.warehouse.engine import open_warehouse
from analysis.warehouse.questions import list_relation, run_metric
from analysis.warehouse.scope import Scope, must_narrow
from analysis.warehouse.sql_files import get_metric, relations


class Warehouse:
    """The published file, read-only: its metrics, its relations, and SQL.

    ``connection`` is DuckDB's own, for whatever else that can do.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            WarehouseError: there is none, or it cannot be opened.

        """
        self.connection = open_warehouse(path)

    def metric(
        self,
        name: str,
        as_of: date | str,
        known_on: date | str | None = None,
        since: date | str | None = None,
        **filters: str | Sequence[str],
    ) -> pd.DataFrame:
        """A metric on a day; columns as in its SQL file, days as ``datetime64``.

        ``filters`` narrow it: ``unit="县教育局"``, ``level=["重大", "一般"]``.

        Raises:
            QueryError: there is no such metric, filter or day.

        """
        wanted = {
            column: [values] if isinstance(values, str) else list(values)
            for column, values in filters.items()
        }
        scope = Scope(
            read_day(as_of),
            None if known_on is None else read_day(known_on),
            wanted,
            None if since is None else read_day(since),
        )
        must_narrow(get_metric(name), scope)
        return run_metric(self.connection, name, scope)

    def relation(
        self, name: str, as_of: date | str, known_on: date | str | None = None
    ) -> pd.DataFrame:
        """The rows of a relation (``items``, ``sites``, ``inspections`` …) on a day.

        Raises:
            QueryError: there is no such relation or day.

        """
        if name not in relations():
            raise QueryError(f"没有名为 {name} 的关系；可用的有：{'、'.join(relations())}。")
        known = None if known_on is None else read_day(known_on)
        return list_relation(self.connection, name, Scope(read_day(as_of), known))

    def sql(self, query: str, **how: Any) -> duckdb.DuckDBPyRelation:
        """What a query gives, as DuckDB's relation: ``wh.sql("FROM 隐患").df()``."""
        return self.connection.sql(query, **how)

    def execute(self, query: str, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        """Run a query; its rows are fetched from the connection that is returned."""
        return self.connection.execute(query, parameters)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A second connection to the same publication, for a thread of its own."""
        return self.connection.cursor()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, *about: object) -> None:
        self.close()


def read_day(said: date | str) -> date:
    """A day, be it said as «2023-11-15».

    Raises:
        QueryError: it is none.

    """
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise QueryError(f"“{said}”不是日期，请写成 2023-11-15 的样子") from None
