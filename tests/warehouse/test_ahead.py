"""What a roll-up has worked out ahead is asked for where it is just what is wanted, else not."""

from datetime import date
from typing import Any

import duckdb
import pytest

from analysis.warehouse.ahead import (
    Days,
    ahead_sql,
    columns_ahead,
    days_ahead,
    regions_side_by_side,
    with_region,
)
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric

DAY, BEFORE = date(2023, 11, 15), date(2023, 10, 31)
DAYS = Days(DAY, BEFORE, frozenset({"甲县", "乙县"}))


@pytest.mark.parametrize(
    ("metric", "scope", "region"),
    [
        ("overview", Scope(DAY), "全部"),
        ("overview", Scope(DAY, filters={"region": ["甲县"]}), "甲县"),
        ("overview", Scope(DAY, filters={"region": ["丙县"]}), None),
        ("overview", Scope(DAY, filters={"region": ["甲县", "乙县"]}), None),
        ("overview", Scope(DAY, filters={"unit": ["甲局"]}), None),
        ("overview", Scope(DAY, filters={"region": ["甲县"], "unit": ["甲局"]}), None),
        ("overview", Scope(BEFORE), None),
        ("overview", Scope(DAY, known_on=BEFORE), None),
        ("overview", Scope(DAY, since=DAY), "全部"),  # it does not ask since when
        ("since", Scope(DAY, since=BEFORE), "全部"),
        ("since", Scope(DAY, since=DAY), None),
        ("since", Scope(DAY), None),
        ("submission_quality", Scope(DAY), "全部"),
        ("submission_quality", Scope(DAY, filters={"region": ["甲县"]}), None),
    ],
)
def test_a_question_is_answered_ahead_or_not(metric: str, scope: Scope, region: str | None) -> None:
    asked = ahead_sql(DAYS, get_metric(metric), scope)
    assert (asked and asked[1]) == (region and {"region": region})
    assert (
        asked is None
        or f"FROM ahead_{metric} WHERE region = $region ORDER BY row_order" in asked[0]
    )


def test_no_name_of_a_column_stands_twice() -> None:
    assert with_region(["region", "items"]) == ["region", "region_1", "items"]
    assert columns_ahead(get_metric("accident_yoy"))["region"] == "region_1"
    assert columns_ahead(get_metric("overview"))["total"] == "total"


def test_days_are_those_of_the_roll_up_and_a_countys_own_warehouse_has_none() -> None:
    with duckdb.connect() as con:
        assert days_ahead(con) is None
        con.execute("CREATE TABLE rollup (as_of DATE, since DATE, region VARCHAR)")
        assert days_ahead(con) is None
        for region in ("甲县", "乙县"):
            con.execute("INSERT INTO rollup VALUES (?, ?, ?)", [DAY, BEFORE, region])
        assert days_ahead(con) == DAYS


TABLES: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "rollup": (
        "region VARCHAR, newest DATE, as_of DATE",
        [("甲县", BEFORE, DAY), ("乙县", DAY, DAY), ("丙县", DAY, DAY)],
    ),
    "ahead_overview": (
        "region VARCHAR, overdue INT, major_open INT, major_supervised INT, as_of DATE, "
        "row_order INT",
        [("甲县", 1, 5, 2, DAY, 1), ("乙县", 3, 2, 2, DAY, 1), ("丙县", 1, 0, 0, DAY, 1)],
    ),
    "ahead_vanished": ("region VARCHAR", [("甲县",), ("甲县",)]),
    "ahead_report_punctuality": (
        "region VARCHAR, state VARCHAR",
        [("甲县", "missing"), ("甲县", "late"), ("乙县", "in_time")],
    ),
    "ahead_accident_yoy": (
        "region VARCHAR, region_1 VARCHAR, source VARCHAR, period VARCHAR, accidents INT, "
        "accidents_prev INT, accidents_yoy INT",
        [
            ("甲县", "甲县", "records", "year", 4, 2, 100),
            ("甲县", "全市", "records", "year", 9, 9, 0),
            ("甲县", "甲县", "published", "year", 8, 8, 0),
            ("甲县", "甲县", "records", "month", 7, 7, 0),
        ],
    ),
}  # fmt: skip


def test_regions_stand_side_by_side_those_with_most_overdue_first() -> None:
    with duckdb.connect() as con:
        for name, (columns, rows) in TABLES.items():
            con.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" * len(rows[0]))
            con.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        shown, day = regions_side_by_side(con)
    assert day == DAY
    wanted = ["region", "overdue", "not_listed", "vanished", "reports_missing"]
    assert shown[wanted].to_numpy().tolist() == [
        ["乙县", 3, 0, 0, 0], ["丙县", 1, 0, 0, 0], ["甲县", 1, 3, 2, 1],
    ]  # fmt: skip
    assert shown["accidents"].fillna(-1).tolist() == [-1, -1, 4]
    assert not {"as_of", "made_for", "row_order"} & set(shown)
