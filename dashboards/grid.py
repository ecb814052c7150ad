"""AG Grid in Chinese, with cells that are always text and never markup."""

from typing import Any

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
