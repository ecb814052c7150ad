"""The page of risk: the colour of a site colours its cell and no other: 模拟数据."""

from datetime import date
from typing import Any

import pandas as pd

from analysis.judgement.site_risk.ranking import COLUMNS, Ranking
from analysis.warehouse.scope import Scope
from dashboards.pages.risk import ranking_panel


def _grids(part: Any) -> list[Any]:
    """The grids below a component."""
    if hasattr(part, "columnDefs"):
        return [part]
    below = getattr(part, "children", None)
    children = below if isinstance(below, list | tuple) else [below] if below is not None else []
    return [grid for child in children for grid in _grids(child)]


def test_the_cell_of_the_colour_is_coloured() -> None:
    site = dict.fromkeys(COLUMNS) | {"site": "某宾馆", "colour": "红", "reasons": "名录评定为红"}
    sites = pd.DataFrame([site]).astype({"chance": float})
    (table,) = _grids(ranking_panel(Ranking(sites, False, ""), Scope(date(2023, 11, 15))))
    coloured = [each["field"] for each in table.columnDefs if "cellClassRules" in each]
    assert coloured == ["colour"]
