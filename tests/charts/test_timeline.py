"""The timeline draws every unfinished item with a deadline, far ones at the edge."""

from datetime import date

import pandas as pd

from analysis.charts.timeline import rest_note, timeline
from tests.tables import drawn_items

ITEMS = drawn_items(
    """
    item_id unit state    due_on
    1       甲局 overdue  2022-01-05
    2       甲局 due_soon 11-20
    3       乙局 open     12-20
    4       乙局 closed   11-01
    5       乙局 undated  -
    """
).assign(
    is_overdue=lambda rows: rows["state"].eq("overdue"),
    due_on=lambda rows: pd.to_datetime(rows["due_on"]),
)
NODES = pd.Series(pd.to_datetime(["2023-10-15", "2023-11-14", "2030-01-01"]))


def test_what_is_owed_stands_at_its_deadline_and_what_is_far_at_the_edge() -> None:
    fig = timeline(ITEMS, NODES, date(2023, 11, 15))
    marks = {
        each.name: [(f"{x:%m-%d}", y) for x, y in zip(pd.to_datetime(each.x), each.y, strict=True)]
        for each in fig.data
    }
    assert marks == {
        "逾期": [("09-01", "甲局")],  # 75 days before the day
        "临期": [("11-20", "甲局")],
        "整改中": [("12-20", "乙局")],
        "停业关停": [],
    }
    assert fig.data[0].customdata[0][1:] == ["2022-01-05", "甲局"]
    assert len(fig.layout.shapes) == 3  # the day and two nodes within reach


def test_nothing_owed_is_said_in_words() -> None:
    fig = timeline(ITEMS[ITEMS["state"] == "closed"], NODES, date(2023, 11, 15))
    assert fig.layout.annotations[0].text == "没有带期限的未完成事项"


def test_what_a_unit_owes_on_one_day_is_one_mark_that_says_how_many() -> None:
    many = pd.concat([ITEMS.iloc[[2]]] * 5000).assign(title="没有警示标志")
    (drawn,) = [each for each in timeline(many, NODES, date(2023, 11, 15)).data if len(each.x)]
    assert [told[0] for told in drawn.customdata] == ["没有警示标志 等5000项"]


def test_what_is_told_as_shut_and_is_late_stands_with_what_is_late() -> None:
    shut = ITEMS.assign(state="suspended", suspension="claimed", days_late=3).head(1)
    late, *others = timeline(shut, NODES, date(2023, 11, 15)).data
    assert (late.name, late.customdata[0][0]) == ("逾期", "灭火器过期（报停业待核实）")
    assert not any(len(each.x) for each in others)


def test_units_for_which_there_is_no_room_are_told() -> None:
    assert rest_note(ITEMS) == ""
    assert rest_note(ITEMS, 1) == "列出1个单位，其余1个单位还有1项（逾期0项）没有画出。"
