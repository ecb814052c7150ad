"""AG Grid in Chinese, with cells that are always text and never markup."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import dash_ag_grid as dag
import pandas as pd

from analysis.warehouse.sql_files import Query
from analysis.wording.deadlines import MARKS, is_state, marked, state_text
from analysis.wording.labels import ITEM_LABELS
from analysis.wording.values import (
    LARGEST_EXACT,
    UNNAMED,
    WHOSE,
    cell_value,
    is_rate,
    value_text,
)

LOCALE = {
    "noRowsToShow": "没有记录",
    "loadingOoo": "正在读取…",
    "filterOoo": "筛选…",
    "equals": "等于",
    "notEqual": "不等于",
    "contains": "包含",
    "notContains": "不包含",
    "startsWith": "开头是",
    "endsWith": "结尾是",
    "blank": "为空",
    "notBlank": "不为空",
    "lessThan": "小于",
    "greaterThan": "大于",
    "lessThanOrEqual": "不大于",
    "greaterThanOrEqual": "不小于",
    "inRange": "介于",
    "inRangeStart": "从",
    "inRangeEnd": "到",
    "andCondition": "并且",
    "orCondition": "或者",
    "applyFilter": "应用",
    "resetFilter": "重置",
    "clearFilter": "清除",
    "cancelFilter": "取消",
    "textFilter": "文本筛选",
    "numberFilter": "数字筛选",
    "dateFilter": "日期筛选",
    "sortAscending": "升序",
    "sortDescending": "降序",
    "sortUnSort": "取消排序",
    "pinColumn": "固定列",
    "noPin": "不固定",
    "pinLeft": "固定在左",
    "pinRight": "固定在右",
    "autosizeThisColumn": "此列自动宽度",
    "autosizeAllColumns": "各列自动宽度",
    "resetColumns": "恢复各列",
    "ariaFilterValue": "筛选值",
    "ariaFilterFromValue": "筛选起始值",
    "ariaFilterToValue": "筛选截止值",
    "ariaFilteringOperator": "筛选方式",
    "ariaFilterMenuOpen": "打开筛选",
    "ariaLabelColumnFilter": "列筛选",
}

GRID_OPTIONS: dict[str, Any] = {
    "localeText": LOCALE,
    "rowHeight": 34,
    "headerHeight": 36,
    "animateRows": False,
    "tooltipShowDelay": 300,
    "enableCellTextSelection": True,
}


def text_column(field: str, label: str, **options: Any) -> dict[str, Any]:
    """One column definition; the grid shows a string as text, whatever it holds."""
    return {"field": field, "headerName": label, **options}


#: The kind of id that all grids have whose rows are items: a selected row opens its item.
ITEMS = "items"
#: What no reader needs beside file, sheet and row in one column.
PLACE = ("path", "sheet", "row_no")
#: What stands in no column of its own: the place is told by the source, a day bears its mark.
BESIDE = (*PLACE, "place", "item_id", *{flag for flag, _ in MARKS.values()})
WIDTHS = {
    "title": 260, "requirement": 260, "message": 420, "unit": 142, "person": 92, "source": 250,
    "path": 230, "site": 170, "content": 260, "missing_in": 230,
}  # fmt: skip
DEFAULT_COLUMN = {
    "sortable": True, "resizable": True, "filter": True, "wrapHeaderText": True,
    "autoHeaderHeight": True,
}  # fmt: skip
ROW_SELECTION = {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True}


def metric_grid(grid_id: Any, query: Query, rows: pd.DataFrame, hidden: Sequence[str] = ()) -> Any:
    """The rows of a metric under the names that its file gives its columns.

    Rows of items can be selected, with the mouse or the keyboard, to open the item.
    """
    is_items = "item_id" in rows
    shown = worded(rows, query.name)
    shown = shown.assign(**{n: shown[n].fillna(UNNAMED) for n in WHOSE if n in shown and is_items})
    kept = [name for name in map(str, shown) if name not in {*hidden, *BESIDE}]
    labels = {n: query.label(n) for n in kept if n in query.columns}
    columns = [
        text_column(
            name, labels.get(name, "来源" if name == "source" else name),
            minWidth=WIDTHS.get(name, 104), tooltipField="place" if name == "source" else name,
            flex=WIDTHS.get(name, 104),
            **({"type": "rightAligned", "filter": "agNumberColumnFilter"}
               if is_number(rows.get(name)) else {}),
        )
        for name in kept
    ]  # fmt: skip
    fields = [*kept, *(n for n in ("item_id", "place") if n in shown)]
    return html_grid(grid_id, records(shown[fields]), columns, is_items)


def items_grid(page: str, rows: pd.DataFrame, shown: Sequence[str]) -> Any:
    """Rows of the relation ``items`` under these columns; a selected row opens its item."""
    cells = worded(rows, "items")
    cells = cells.assign(**{name: cells[name].fillna(UNNAMED) for name in WHOSE})
    columns = [
        text_column(
            name, ITEM_LABELS[name], minWidth=WIDTHS.get(name, 104), flex=WIDTHS.get(name, 104),
            tooltipField="place" if name == "source" else name,
        )
        for name in shown
    ]  # fmt: skip
    fields = [*shown, "item_id", "place"]
    return html_grid({"type": ITEMS, "page": page}, records(cells[fields]), columns, is_items=True)


def is_number(column: pd.Series | None) -> bool:
    """Whether a column holds counts or rates; yes and no are words."""
    if column is None or pd.api.types.is_bool_dtype(column):
        return False
    return pd.api.types.is_numeric_dtype(column)


def html_grid(
    grid_id: Any, rows: list[dict[str, Any]], columns: Sequence[Mapping[str, Any]], is_items: bool
) -> Any:
    """A grid in the house's look; ``is_items`` lets a row be selected to open its item."""
    return dag.AgGrid(
        id=grid_id,
        rowData=rows,
        columnDefs=list(columns),
        defaultColDef=DEFAULT_COLUMN,
        dashGridOptions=GRID_OPTIONS | ({"rowSelection": ROW_SELECTION} if is_items else {}),
        className="ag-theme-quartz items" if is_items else "ag-theme-quartz",
        style={"height": "100%"},
    )


def worded(rows: pd.DataFrame, table: str = "") -> pd.DataFrame:
    """The rows as a person reads them: words for codes, days, rates, and one column of source.

    ``table`` is the metric or relation that the rows are of. Numbers stay numbers, to sort by.
    """
    shown = rows.copy()
    for name in map(str, rows):
        if is_rate(name) or not is_number(rows[name]):
            values = [_cell(value, name, table) for value in rows[name]]
            shown[name] = pd.Series(values, rows.index, dtype=object)
    if "state" in rows and is_state("state", table):
        shown["state"] = [state_text(row) for row in rows.to_dict("records")]
    for name, (flag, mark) in MARKS.items():
        if {name, flag} <= set(rows):
            days = zip(shown[name], rows[flag], strict=True)
            shown[name] = [marked(day, is_so, mark) for day, is_so in days]
    if set(PLACE) <= set(rows):
        row_no = " 第" + rows["row_no"].astype("Int64").astype(str) + "行"
        stems = rows["path"].map(lambda path: PurePosixPath(str(path)).stem)
        # two sheets of one file have a row 6 each
        shown["source"] = stems + " " + rows["sheet"].astype(str) + row_no
        shown["place"] = rows["path"] + " " + rows["sheet"] + row_no
    return shown


def _cell(value: Any, column: str, table: str) -> Any:
    cell = cell_value(value, column, table)
    if isinstance(cell, date) or (is_rate(column) and cell is not None):
        return value_text(value, column, table)
    return cell


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values that JSON can carry; what is not there is None."""
    plain = rows.astype(object).where(rows.notna(), None)
    return [
        dict(zip(map(str, plain), map(_carried, row), strict=True))
        for row in plain.itertuples(index=False)
    ]


def _carried(value: Any) -> Any:
    """A value that a browser shows as it is: of larger whole numbers it rounds the last digits."""
    return str(value) if isinstance(value, int) and abs(value) > LARGEST_EXACT else value
