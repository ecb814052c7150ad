"""The metric behind the 事项墙: each item once, in the column in which its deadline lies."""

from datetime import date

import pandas as pd

from tests.tables import day, drawn_items, metric_over
from tests.warehouse.test_metrics_items import told

NODES = """
    SELECT
        '本县' AS region, 1 AS calendar_no, 15 AS node_days, CAST(node_on AS DATE) AS node_on
    FROM (VALUES ('2023-10-15'), ('2023-10-30'), ('2023-11-14'), ('2023-11-29')) AS nodes (node_on)
"""
NO_NODES = NODES.replace("FROM (VALUES", "FROM (SELECT * FROM (VALUES").replace(
    "AS nodes (node_on)", "AS nodes (node_on)) WHERE FALSE"
)
ITEMS = """
item_id unit due_on     state     is_done is_overdue days_late level
1       甲局 2023-08-07 closed    yes     no         -         一般
2       甲局 2023-09-30 overdue   no      yes        50        重大
3       甲局 10-01      accepting yes     no         -         一般
4       甲局 10-15      closed    yes     no         -         一般
5       甲局 11-16      overdue   no      yes        3         一般
6       甲局 11-19      due_soon  no      no         -         一般
7       乙局 11-29      open      no      no         -         一般
8       乙局 12-20      open      no      no         -         一般
9       乙局 -          standing  no      no         -         一般
10      乙局 11-29      void      no      no         -         一般
"""


def wall(items: str = ITEMS, as_of: str = "11-19", nodes: str = NODES) -> pd.DataFrame:
    drawn = drawn_items(items)
    drawn["standing"] = drawn["state"].eq("standing")
    return metric_over("item_wall", as_of, drawn, nodes=nodes)


def places(rows: pd.DataFrame) -> dict[object, tuple[object, object]]:
    return {
        item: (None if end is None else end.date(), is_node)
        for item, end, is_node in told(rows, "item_id", "column_on", "is_node")
    }


def test_months_before_the_first_nodes_window_then_nodes_and_the_day_parts_its_column() -> None:
    assert places(wall()) == {
        "1": (date(2023, 8, 31), False),
        "2": (date(2023, 9, 30), False),  # the window of 15 October begins on 1 October
        "3": (date(2023, 10, 15), True),
        "4": (date(2023, 10, 15), True),
        "5": (date(2023, 11, 18), False),  # of the node of 29 November, and past already
        "6": (date(2023, 11, 29), True),  # due today is not late
        "7": (date(2023, 11, 29), True),
        "8": (date(2023, 12, 31), False),  # after the last node that there is
        "9": (None, False),
    }  # fmt: skip


def test_what_is_due_before_nodes_that_begin_within_a_month_ends_where_they_begin() -> None:
    nodes = NODES.replace("'2023-10-15'", "'2023-10-25'").replace("'2023-10-30'", "'2023-11-09'")
    found = places(wall(nodes=nodes))
    assert found["3"] == (date(2023, 10, 10), False)
    assert found["4"] == (date(2023, 10, 25), True)


def test_each_county_has_the_nodes_of_its_own_calendar() -> None:
    items = """
    item_id region unit due_on state is_done is_overdue
    1       本县   甲局 11-20  open  no      no
    2       邻县   乙局 11-20  open  no      no
    """
    assert places(wall(items)) == {
        "1": (date(2023, 11, 29), True),
        "2": (date(2023, 11, 30), False),
    }


def test_without_nodes_there_are_months() -> None:
    found = places(wall(nodes=NO_NODES))
    assert found["4"] == (date(2023, 10, 31), False)
    assert found["5"] == (date(2023, 11, 18), False)
    assert found["7"] == (date(2023, 11, 30), False)


def test_whatever_is_not_withdrawn_is_there_once() -> None:
    rows = wall()
    assert rows["items"].sum() == 9
    assert rows["items"].eq(1).all()
    counted = rows.set_index("item_id")["is_counted"]
    assert not counted["9"]  # 长期坚持 without a deadline is in no rate
    assert counted.drop("9").all()
    assert rows.loc[rows["is_major"], "item_id"].tolist() == ["2"]


def many(done: int, owed: int) -> pd.DataFrame:
    lines = [f"D{n:05d} 甲局 10-15 closed yes no - 一般" for n in range(done)]
    lines += [f"L{n:05d} 甲局 10-15 overdue no yes {n + 1} 一般" for n in range(owed)]
    return wall("\n".join([ITEMS.strip().splitlines()[0], *lines]))


def test_in_a_crowded_cell_what_is_done_is_one_row_and_what_is_not_stays() -> None:
    assert many(58, 2)["item_id"].notna().all()
    rows = many(59, 2)
    folded = rows[rows["item_id"].isna()]
    assert told(folded, "state", "items", "title") == [["closed", 59, None]]
    assert rows["item_id"].dropna().tolist() == ["L00001", "L00000"]


def test_of_thousands_the_latest_are_told_one_by_one_and_none_is_lost() -> None:
    rows = many(0, 3002)
    folded = rows[rows["item_id"].isna()]
    assert told(folded, "items", "is_overdue", "days_late") == [[2, True, 2]]
    assert rows["items"].sum() == 3002


def test_nothing_gives_no_rows() -> None:
    assert wall(ITEMS.strip().splitlines()[0]).empty
    assert day("11-19") == date(2023, 11, 19)
