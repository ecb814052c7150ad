"""What is late as cards, for a screen on which a table has no room."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from analysis.briefing.figures import Figures
from analysis.ledgers import ITEM_KIND
from analysis.wording.deadlines import chinese_month_day, marked
from analysis.wording.values import UNNAMED
from dashboards.serving.address import Address
from dashboards.serving.data import Data

#: So many, the latest; a line says where the others are.
SHOWN = 12


def late_cards(data: Data, figures: Figures) -> Any:
    """The items that are late the longest, each a card that opens it."""
    rows, total = data.first_rows("overdue", figures.scope, SHOWN)
    if rows.empty:
        return html.Section(className="late-cards", hidden=True)
    search = Address.of(figures.scope).search()
    rest = total - len(rows)
    more = [
        html.A(f"另有 {rest} 项逾期，见逾期督办", href=f"/overdue{search}", className="inner more")
    ]
    return html.Section(
        [
            html.H2(f"逾期事项（{total} 项）"),
            html.Ul([html.Li(_card(row)) for row in late_rows(rows)]),
            *(more if rest > 0 else []),
        ],
        className="late-cards", **{"aria-label": "逾期事项"},
    )  # fmt: skip


def late_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """What each card says; whose it is must never be blank."""
    return [
        {
            **told_of(row),
            "unit": UNNAMED if pd.isna(row["unit"]) else str(row["unit"]),
            "days_late": int(row["days_late"]),
            "due_on": marked(chinese_month_day(row["due_on"]), row["due_is_provisional"]),
        }
        for row in rows.to_dict("records")
    ]


def told_of(row: Mapping[Any, Any]) -> dict[str, str]:
    """What is told of any item: which it is, of what kind, and who answers for it."""
    return {
        "item_id": str(row["item_id"]),
        "title": str(row["title"]),
        "kind": "重大隐患" if row["level"] == "重大" else ITEM_KIND.labels[row["kind"]],
        "person": UNNAMED if pd.isna(row["person"]) else str(row["person"]),
    }


def _card(row: dict[str, Any]) -> Any:
    """A button: the browser opens its item as it opens a square of the wall."""
    return html.Button(
        [
            html.Span(f"逾期{row['days_late']}天", className="late"),
            html.Span(f"{row['kind']} · {row['due_on']}到期", className="muted"),
            html.Span(row["title"], className="title"),
            html.Span(f"{row['unit']}　{row['person']}", className="muted"),
        ],
        className="late-card", **{"data-item": row["item_id"]},
    )  # fmt: skip
