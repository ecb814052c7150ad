"""What several commands read of the warehouse: relations and metrics of one scope, by name."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.parts import scope_of, settings_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.settings import Settings
    from analysis.warehouse.scope import Scope

#: Name → relation and which of its rows, as those who judge call them.
VISITS = {"inspections": ("inspections", "TRUE"), "sites": ("sites", "TRUE")}
HAZARDS = {"hazards": ("items", "kind = 'hazard' AND NOT is_void")}
DONE = {"done": ("items", "is_done AND NOT is_void")}


def read_tables(
    home: Path | None, as_of: date | None, known_on: date | None,
    relations: Mapping[str, tuple[str, str]], metrics: Sequence[str] = (),
) -> "tuple[Scope, Settings, dict[str, pd.DataFrame]]":  # fmt: skip
    """The scope asked for, the settings, and these relations and metrics by name."""
    from analysis.warehouse.engine import open_warehouse
    from analysis.warehouse.questions import list_relation, run_metric

    settings = settings_of(home)
    with open_warehouse(settings.warehouse) as con:
        scope = scope_of(con, settings, as_of, known_on, {})
        rows = {
            name: list_relation(con, relation, scope, where)
            for name, (relation, where) in relations.items()
        }
        return scope, settings, rows | {name: run_metric(con, name, scope) for name in metrics}
