"""The first screen of a few items: each that is not done is a line."""

import pandas as pd

from dashboards.parts.first_screen.open_items import open_items, open_rows
from tests.tables import ITEM, day

ITEMS = pd.DataFrame(
    ITEM | {"due_on": None} | row
    for row in (
        {"item_id": "A", "due_on": day("11-29"), "days_left": 13},
        {"item_id": "B", "due_on": day("10-30"), "is_overdue": True, "days_late": 17,
         "level": "重大", "person": None},
        {"item_id": "C", "kind": "measure", "level": None, "person": "钱某"},
        {"item_id": "D", "due_on": day("11-14"), "is_done": True},
        {"item_id": "E", "standing": True},
        {"item_id": "F", "due_on": day("10-30"), "is_suspended": True},
    )
)  # fmt: skip


def test_what_is_owed_stands_by_its_deadline_and_says_how_late_it_is() -> None:
    rows = open_rows(ITEMS)
    assert [(row["item_id"], row["until"], row["kind"], row["person"]) for row in rows] == [
        ("B", "逾期17天，10月30日到期", "重大隐患", "未明确"),
        ("A", "11月29日到期，还剩13天", "隐患", "赵某"),
        ("C", "没有期限", "三清单", "钱某"),
    ]
    assert [row["is_late"] for row in rows] == [True, False, False]


def test_each_line_opens_its_item() -> None:
    lines = open_items(open_rows(ITEMS)).children
    assert [line.children.to_plotly_json()["props"]["data-item"] for line in lines] == list("BAC")
