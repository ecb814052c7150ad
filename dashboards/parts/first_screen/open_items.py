"""What is not done, line by line, where there is so little of it that it all has room."""

from typing import Any

import pandas as pd
from dash import html

from analysis.wording.deadlines import chinese_month_day, marked
from dashboards.parts.first_screen.late_cards import told_of


def open_rows(items: pd.DataFrame) -> list[dict[str, Any]]:
    """What each line says of rows of ``items``, the longest overdue first, then by deadline.

    What goes on for ever and what has shut down is not owed.
    """
    is_owed = ~(items["is_done"] | items["standing"] | items["is_suspended"])
    rows = items[is_owed].sort_values(["due_on", "item_id"], na_position="last", kind="stable")
    return [
        told_of(row) | {"until": _until(row), "is_late": bool(row["is_overdue"])}
        for row in rows.to_dict("records")
    ]


def open_items(rows: list[dict[str, Any]]) -> Any:
    """A list of buttons: each opens its item, as a square of the wall does."""
    return html.Ul([html.Li(_line(row)) for row in rows], className="open-items")


def _until(row: Any) -> str:
    """«逾期16天，11月14日到期», «11月29日到期，还剩13天», «没有期限»."""
    if pd.isna(row["due_on"]):
        return "没有期限"
    due = f"{marked(chinese_month_day(row['due_on']), row['due_is_provisional'])}到期"
    if row["is_overdue"]:
        return f"逾期{int(row['days_late'])}天，{due}"
    return due if pd.isna(row["days_left"]) else f"{due}，还剩{int(row['days_left'])}天"


def _line(row: dict[str, Any]) -> Any:
    late = " late" * row["is_late"]
    return html.Button(
        [
            html.Span(row["until"], className=f"until{late}"),
            html.Span(row["title"], className="title"),
            html.Span(f"{row['kind']}　{row['person']}", className="muted"),
        ],
        className="open-item", **{"data-item": row["item_id"]},
    )  # fmt: skip
