"""地区: the counties of a roll-up side by side; a click on one narrows every page to it."""

from typing import Any

import pandas as pd
from dash import html

from analysis.charts.completion import completion
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.downloads.tables import Table
from dashboards.parts import grid
from dashboards.parts.shell import graph, panel
from dashboards.serving.data import Data

PATH, TITLE = "/regions", "地区"
#: How many regions the chart names; the others are summed.
DRAWN = 24
#: So many still stand well in a lower chart.
FEW = 8
COLUMNS = {
    "region": "地区", "total": "事项（项）", "completion_rate": "整改完成率",
    "closure_rate": "销号率", "on_time_rate": "按期完成率", "overdue": "逾期（项）",
    "major_open": "重大隐患未销号（条）", "not_listed": "应挂未挂（条）", "vanished": "漏报（条）",
    "reports_missing": "半月报缺报（份）", "accidents": "今年事故（起）",
    "accidents_prev": "上年同期（起）", "accidents_yoy": "同比（%）", "newest": "最近报送",
}  # fmt: skip


def content(data: Data, scope: Scope) -> Any:
    """The page's body: always of the day for which the roll-up was worked out."""
    rows, day = data.regions_side_by_side()
    note = html.P(
        f"各地区按截至 {day} 的数字并列，不随上面的日期和筛选变化；"
        "点图上的一条，各页都只看这个地区。",
        className="note",
    )
    chart = graph(
        "regions-completion", completion(_bars(rows), DRAWN),
        "tall" if len(rows) <= FEW else "very-tall", by="region",
    )  # fmt: skip
    query = get_metric("overview")
    return html.Main(
        [
            panel("各地区整改情况", [chart, note], query),
            panel(
                f"各地区并列（{len(rows)} 个地区）",
                [html.Div(_table(rows), className="grid tall")], query, "", scope, "regions",
            ),
        ]
    )  # fmt: skip


def table(data: Data, scope: Scope) -> Table:
    """The rows of the page as a file."""
    rows, _ = data.regions_side_by_side()
    return list(COLUMNS.values()), rows[list(COLUMNS)].itertuples(index=False)


#: Files that the page offers beside those of metrics.
FILES = {"regions": table}


def _bars(rows: pd.DataFrame) -> pd.DataFrame:
    """The regions as members of a dimension, those with most overdue on top."""
    order = rows.sort_values(["overdue", "total"], ascending=False)
    return order[["region", "total", "done", "closed", "overdue"]].rename(
        columns={"region": "member"}
    )


def _table(rows: pd.DataFrame) -> Any:
    shown = grid.worded(rows[list(COLUMNS)])
    columns = [
        grid.text_column(
            name, label, minWidth=84, flex=84,
            **({"type": "rightAligned", "filter": "agNumberColumnFilter"}
               if grid.is_number(rows[name]) else {}),
        )
        for name, label in COLUMNS.items()
    ]  # fmt: skip
    return grid.html_grid("regions-table", grid.records(shown), columns, is_items=False)
