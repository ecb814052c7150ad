"""The metrics on tables whose answers can be checked in the head."""

import pandas as pd
import pytest

from analysis.warehouse.sql_files import metrics
from tests.tables import drawn, drawn_items, metric_over

#: Hazards on 15 November: two closed (one late), two waiting (one due today), one overdue, one
#: open and due today, one void.
HAZARDS = """
item_id  unit  due_on  done_on  state      is_done  is_closed  is_overdue  level  supervised
1        甲局  10-20   10-20    closed     yes      yes        no          重大   yes
2        甲局  10-20   10-25    closed     yes      yes        no          一般   no
3        甲局  11-14   11-10    accepting  yes      no         no          重大   no
4        乙局  11-14   -        overdue    no       no         yes         重大   yes
5        乙局  11-15   -        due_soon   no       no         no          一般   no
6        乙局  10-01   -        void       no       no         no          重大   yes
7        甲局  11-15   11-10    accepting  yes      no         no          一般   no
"""


def test_overview_counts_and_divides() -> None:
    row = metric_over("overview", "11-15", drawn_items(HAZARDS)).iloc[0]
    counts = row[["total", "done", "closed", "due", "on_time", "overdue", "due_soon", "void"]]
    assert counts.astype(int).tolist() == [6, 4, 2, 4, 2, 1, 1, 1]
    assert row["completion_rate"] == 4 / 6
    assert row["closure_rate"] == 2 / 6
    # Done on the deadline is in time, five days later is not; what is due today is not due yet.
    assert row["on_time_rate"] == 2 / 4
    # Major hazards: 1, 3 and 4; only the first is struck off, of the others one is listed.
    majors = row[["major_total", "major_closed", "major_open", "major_supervised"]]
    assert majors.astype(int).tolist() == [3, 1, 2, 1]
    assert row["supervised_open"] == 1


#: Hazards of 甲局 that were due on 20 October, one of each kind that there is; the last is not due.
DUE = """
due_on done_on state     is_done is_closed is_overdue punctuality suspended_on suspension closure
10-20  10-20   closed    yes     yes       no         in_time     -            -          record
10-20  10-25   accepting yes     no        no         late        -            -          -
10-20  -       overdue   no      no        yes        -           -            -          -
10-20  -       overdue   no      no        yes        -           10-18        claimed    -
10-20  -       suspended no      no        no         -           10-18        confirmed  -
10-20  10-31   accepting yes     no        no         undated     -            -          -
10-20  10-31   closed    yes     yes       no         undated     10-18        confirmed  gone
12-20  -       suspended no      no        no         -           10-18        confirmed  -
"""
FIVE = ["on_time", "late", "overdue", "suspended_due", "undated_done"]


def test_what_was_due_falls_into_five_and_three_of_them_can_be_judged() -> None:
    row = metric_over("overview", "11-15", drawn_items(DUE)).iloc[0]
    assert row[FIVE].astype(int).tolist() == [1, 1, 2, 1, 2]
    assert row[FIVE].sum() == 7  # all but the last, which is due in December
    assert (row["due"], row["on_time_rate"]) == (4, 1 / 4)
    # Sites that are found to be shut stand apart, in no rate; one that is gone is closed.
    counts = row[["total", "done", "closed", "suspended", "suspended_apart", "gone"]]
    assert counts.astype(int).tolist() == [6, 4, 2, 3, 2, 1]
    assert row["completion_rate"] == 4 / 6


def test_completion_has_the_same_five() -> None:
    rows = metric_over("completion", "11-15", drawn_items(DUE))
    whole = rows[rows["dimension"] == "all"].iloc[0]
    assert whole[["total", "due", *FIVE]].astype(int).tolist() == [6, 4, 1, 1, 2, 1, 2]
    for _, members in rows.groupby("dimension"):
        assert members[FIVE].sum().tolist() == whole[FIVE].tolist()


def test_a_unit_whose_items_all_stand_apart_is_listed_with_none_that_counts() -> None:
    items = drawn_items(
        "item_id due_on state suspended_on suspension\n1 10-20 suspended 10-18 confirmed"
    )
    rows = metric_over("completion", "11-15", items)
    unit = rows[rows["dimension"] == "unit"].iloc[0]
    assert (unit["member"], unit["total"], unit["suspended_due"]) == ("甲局", 0, 1)
    assert pd.isna(unit["completion_rate"])


def test_no_items_is_one_row_without_rates() -> None:
    row = metric_over("overview", "11-15", drawn_items(HAZARDS).head(0)).iloc[0]
    assert row["total"] == 0
    assert row[["completion_rate", "closure_rate", "on_time_rate"]].isna().all()


def test_nothing_due_yet_has_no_rate_in_time() -> None:
    items = drawn_items("item_id due_on\n1 12-01")
    row = metric_over("overview", "11-15", items).iloc[0]
    assert (row["due"], row["completion_rate"]) == (0, 0.0)
    assert pd.isna(row["on_time_rate"])


def test_a_major_hazard_is_open_even_where_it_is_called_long_term() -> None:
    items = drawn_items("item_id level standing state\n1 重大 yes standing")
    row = metric_over("overview", "11-15", items).iloc[0]
    assert (row["total"], row["standing"], row["major_open"]) == (0, 1, 1)


def test_completion_by_unit_sums_the_parts_of_the_whole() -> None:
    rows = metric_over("completion", "11-15", drawn_items(HAZARDS))
    whole = rows[rows["dimension"] == "all"]
    units = rows[rows["dimension"] == "unit"].set_index("member")
    assert units.loc["甲局", ["total", "done", "closed", "due", "on_time", "overdue"]].tolist() == [
        4, 4, 2, 3, 2, 0,
    ]  # fmt: skip
    parts = ["total", "done", "closed", "due", "on_time", "overdue"]
    for _, members in rows.groupby("dimension"):
        assert members[parts].sum().tolist() == whole[parts].iloc[0].tolist()


def test_completion_has_every_dimension_and_names_what_is_not_filled_in() -> None:
    rows = metric_over("completion", "11-15", drawn_items("item_id unit\n1 -"))
    assert set(rows["dimension"]) == {
        "all", "kind", "unit", "township", "site_kind", "category", "rect_type", "level",
        "supervised",
    }  # fmt: skip
    assert rows.loc[rows["dimension"] == "unit", "member"].tolist() == ["未填"]


def test_completion_tells_what_does_not_apply_from_what_is_not_filled_in() -> None:
    nothing = dict.fromkeys(("township", "site_kind", "category", "level", "rect_type"))
    items = drawn_items("item_id kind\n1 hazard\n2 measure\n3 decision", **nothing)
    rows = metric_over("completion", "11-15", items)
    for dimension, expected in (
        ("township", {"未填": 1, "不适用": 2}),
        ("level", {"未填": 1, "不适用": 2}),
        ("rect_type", {"未填": 2, "不适用": 1}),
    ):
        members = rows[rows["dimension"] == dimension].set_index("member")["total"]
        assert members.to_dict() == expected


def test_completion_of_nothing_is_one_row_of_zeros() -> None:
    rows = metric_over("completion", "11-15", drawn_items(HAZARDS).head(0))
    assert rows[["dimension", "member", "total"]].to_numpy().tolist() == [["all", "all", 0]]
    assert rows["completion_rate"].isna().all()


def test_overdue_lists_the_latest_first() -> None:
    items = drawn_items(
        """
        item_id  unit  due_on  state    is_overdue  days_late
        1        甲局  11-14   overdue  yes         1
        2        乙局  10-15   overdue  yes         31
        3        乙局  11-15   open     no          -
        """
    )
    rows = metric_over("overdue", "11-15", items)
    assert rows[["item_id", "unit", "days_late"]].to_numpy().tolist() == [
        ["2", "乙局", 31],
        ["1", "甲局", 1],
    ]


NODES = """
SELECT *, '甲方案' AS plan, 1 AS calendar_no
FROM (VALUES ('本县', 1, DATE '2023-10-15', 15), ('本县', 2, DATE '2023-10-30', 15))
AS n(region, node_no, node_on, node_days)
"""


def test_node_progress_puts_every_deadline_into_one_window() -> None:
    items = drawn_items(
        """
        item_id  due_on  done_on  is_done
        1        09-30   09-30    yes
        2        10-01   10-09    yes
        3        10-15   -        no
        4        10-16   10-16    yes
        5        10-30   -        no
        6        -       -        no
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=NODES)
    whole = rows[rows["unit"] == "全部"].set_index("node_no")
    # 9/30 lies before the first window (10/1–10/15); the undated item is in none.
    columns = ["planned", "on_time", "late", "owed", "planned_total", "done_total"]
    assert whole[columns].to_dict("index") == {
        0: dict(zip(columns, [1, 1, 0, 0, 1, 1], strict=True)),
        1: dict(zip(columns, [2, 0, 1, 1, 3, 2], strict=True)),
        2: dict(zip(columns, [2, 1, 0, 1, 5, 3], strict=True)),
    }
    assert whole["completion_rate"].tolist() == pytest.approx([1, 2 / 3, 3 / 5])


def test_node_progress_counts_each_plan_by_its_own_nodes() -> None:
    nodes = drawn(
        """
        plan    calendar_no  node_no  node_on  node_days
        甲方案  1            1        10-15    15
        甲方案  1            2        10-30    15
        乙方案  2            1        10-20    10
        乙方案  2            2        10-30    10
        """,
        region="本县",
    )
    items = drawn_items(
        """
        item_id  kind     plan    due_on  is_done  done_on
        1        measure  甲方案  10-12   yes      10-12
        2        measure  甲方案  10-25   no       -
        3        measure  乙方案  10-10   yes      10-11
        4        measure  乙方案  10-12   no       -
        5        measure  乙方案  10-25   yes      10-25
        6        measure  丙方案  10-14   no       -
        7        hazard   -       10-18   no       -
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=nodes)
    whole = rows[rows["unit"] == "全部"]
    told = whole[["node_no", "planned", "done", "owed", "planned_total", "done_total"]]
    # Before the windows: 3 of 乙 (from 10/11 on). 10/15: 1 of 甲, 6 of a plan without nodes.
    # 10/20: 4. 10/30, one node of both: 2 and the hazard 7 by the first plan's, 5 by 乙's.
    assert told.to_numpy().tolist() == [
        [0, 1, 1, 0, 1, 1],
        [1, 2, 1, 1, 3, 2],
        [2, 1, 0, 1, 4, 2],
        [3, 3, 1, 2, 7, 3],
    ]
    assert [None if pd.isna(d) else str(d.date()) for d in whole["node_on"]] == [
        None, "2023-10-15", "2023-10-20", "2023-10-30",
    ]  # fmt: skip


def test_node_progress_counts_a_hazard_by_the_first_calendar_beside_measures_of_no_plan() -> None:
    nodes = drawn(
        """
        plan    calendar_no  node_no  node_on  node_days
        甲方案  1            1        10-15    15
        -       2            1        10-20    15
        """,
        region="本县",
    )
    items = drawn_items(
        """
        item_id  kind     due_on
        1        hazard   10-15
        2        measure  10-15
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=nodes)
    whole = rows[rows["unit"] == "全部"].set_index("node_no")
    assert whole["planned"].to_dict() == {0: 0, 1: 1, 2: 1}


def test_node_progress_tells_what_is_nobodys_as_of_a_unit_not_filled_in() -> None:
    items = drawn_items(
        """
        item_id  unit  due_on
        1        -     10-10
        2        甲局  10-10
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=NODES)
    first = rows[rows["node_no"] == 1].set_index("unit")
    assert first["planned"].to_dict() == {"全部": 2, "未填": 1, "甲局": 1}


def test_node_progress_leaves_standing_and_void_items_out() -> None:
    items = drawn_items(
        """
        item_id  due_on  state     standing
        1        10-10   void      no
        2        -       standing  yes
        3        10-10   overdue   no
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=NODES)
    assert rows.loc[rows["unit"] == "全部", "planned"].sum() == 1


def test_node_progress_tells_who_has_begun_what_is_shut_down_and_what_has_no_task() -> None:
    items = drawn_items(
        """
        item_id  kind     unit  due_on  state      is_done  done_on  has_begun  quantity  standing
        1        measure  甲局  09-30   overdue    no       -        yes        -         no
        2        measure  乙局  09-30   overdue    no       -        no         -         no
        3        hazard   甲局  10-10   suspended  no       -        yes        -         no
        4        hazard   甲局  10-12   accepting  yes      10-12    yes        -         no
        5        measure  甲局  -       standing   no       -        no         -         yes
        6        measure  丙局  -       undated    no       -        no         -         no
        7        measure  丙局  -       standing   no       -        yes        1         yes
        8        hazard   丙局  -       undated    no       -        yes        -         no
        """
    )
    rows = metric_over("node_progress", "11-15", items, nodes=NODES)
    columns = ["planned", "begun", "on_time", "suspended_due", "owed", "without_task"]
    whole = rows[rows["unit"] == "全部"].set_index("node_no")
    assert whole[columns].to_numpy().tolist() == [
        [2, 1, 0, 0, 2, 2],
        [2, 2, 1, 1, 0, 2],
        [0, 0, 0, 0, 0, 2],
    ]
    parts = ["on_time", "late", "undated_done", "suspended_due", "owed"]
    assert (whole[parts].sum(axis=1) == whole["planned"]).all()
    # Of four, one is shut down and stands apart: one of three is done.
    assert whole["completion_rate"].tolist() == pytest.approx([0, 1 / 3, 1 / 3])
    # 丙局 owes nothing at any node, and is told so: 6; of 7 the number is stated, 8 is no measure.
    third = rows[rows["unit"] == "丙局"]
    assert third[["planned", "without_task"]].to_numpy().tolist() == [[0, 1]] * 3


NO_ACCIDENTS = """
SELECT CAST(NULL AS DATE) AS occurred_on, '本县' AS region, 0 AS deaths, TRUE AS counted,
    CAST(NULL AS DATE) AS ledger_until WHERE FALSE
"""


def published(*rows: str) -> str:
    """``accident_totals`` of one region: accidents, base, printed percentage (deaths alike)."""
    values = ", ".join(
        f"('全市', '各类', DATE '2023-01-01', DATE '2023-04-30', {n}, {n}, {b}, {b}, {p}, {p}, "
        f"'{p}', {len(p.partition('.')[2])})"
        for n, b, p in (row.split() for row in rows)
    )
    names = "region, industry, period_start, period_end, accidents, deaths, ap, dp, ay, dy, t, d"
    return f"""
        SELECT
            region, industry, period_start, period_end,
            CAST(accidents AS BIGINT) AS accidents, CAST(deaths AS BIGINT) AS deaths,
            CAST(ap AS BIGINT) AS accidents_prev, CAST(dp AS BIGINT) AS deaths_prev,
            CAST(ay AS DOUBLE) AS accidents_yoy_printed, CAST(dy AS DOUBLE) AS deaths_yoy_printed,
            t AS accidents_yoy_text, t AS deaths_yoy_text,
            d AS accidents_yoy_places, d AS deaths_yoy_places
        FROM (VALUES {values}) AS t({names})
    """


@pytest.mark.parametrize(
    ("row", "base", "came_from", "change", "agrees"),
    [
        ("24 NULL 33.33", 18, "derived", 33.33, True),
        ("31 NULL 34.78", 23, "derived", 34.78, True),
        ("9 NULL 200", 3, "derived", 200.0, True),
        ("11 NULL 83.33", 6, "derived", 83.33, True),
        ("8 NULL NULL", None, "none", None, None),  # no comparison printed
        ("24 NULL 33.50", None, "ambiguous", None, None),  # no whole number gives 33.50 %
        ("33876 NULL -11.0", None, "ambiguous", None, None),  # 57 whole numbers do
        ("1 NULL 100", None, "ambiguous", None, None),  # from nothing: there is no percentage
        ("0 NULL -100", None, "ambiguous", None, None),  # whatever was before
        ("24 NULL 33", 18, "derived", 33.33, True),
        ("24 18 33", 18, "printed", 33.33, True),
        ("24 18 33.3", 18, "printed", 33.33, True),
        ("24 18 33.30", 18, "printed", 33.33, False),  # says more than 33.3
        ("18 22 -18.2", 22, "printed", -18.18, True),
        ("18 22 -18.1", 22, "printed", -18.18, True),  # cut off
        ("18 22 18.2", 22, "printed", -18.18, False),
        ("0 5 -100", 5, "printed", -100.0, True),
        ("0 0 0", 0, "printed", None, True),  # 持平
        ("3 0 100", 0, "printed", None, None),
        ("37 45 -17.77", 45, "printed", -17.78, True),  # truncated, not rounded
        ("24 18 30.00", 18, "printed", 33.33, False),
        ("5 5 0", 5, "printed", 0.0, True),
        ("3 0 NULL", 0, "printed", None, None),  # nothing to divide by
    ],
)
def test_published_totals_are_computed_again_and_compared(
    row: str, base: int | None, came_from: str, change: float | None, agrees: bool | None
) -> None:
    found = metric_over(
        "accident_yoy", "2023-09-30", accident_totals=published(row), accidents=NO_ACCIDENTS
    ).iloc[0]
    for measure in ("accidents", "deaths"):
        assert found[f"{measure}_base"] == came_from
        assert _same(found[f"{measure}_prev"], base)
        assert _same(found[f"{measure}_yoy"], change)
        assert _same(found[f"{measure}_agree"], agrees)


def test_records_are_counted_against_the_same_days_of_the_year_before() -> None:
    accidents = """
    SELECT CAST(day AS DATE) AS occurred_on, '本县' AS region, deaths, counted,
        CAST(NULL AS DATE) AS ledger_until FROM (VALUES
        ('2022-03-01', 2, TRUE), ('2022-11-10', 1, TRUE), ('2022-11-20', 9, TRUE),
        ('2023-02-01', 1, TRUE), ('2023-11-01', 1, TRUE), ('2023-11-02', 5, FALSE)
    ) AS t(day, deaths, counted)
    """
    rows = metric_over(
        "accident_yoy", "11-15", accidents=accidents, accident_totals=published("1 NULL NULL")
    )
    counted = rows[rows["source"] == "records"].set_index("period")
    # 20 November 2022 lies behind 15 November; 2 November 2023 is not counted.
    columns = ["accidents", "deaths", "accidents_prev", "deaths_prev"]
    assert counted.loc["year", columns].tolist() == [2, 2, 2, 3]
    assert counted.loc["month", columns].tolist() == [1, 1, 1, 1]
    assert float(counted.loc["year", "deaths_yoy"]) == -33.33


@pytest.mark.parametrize(
    ("as_of", "month_before", "year_before"),
    [
        ("2025-02-28", 1, 2),  # the month has run to its end: 29 February 2024 belongs to it
        ("2025-02-27", 0, 1),
        ("2025-03-28", 1, 3),  # 1–28 March, without the 29th
        ("2024-02-29", 1, 2),  # against 1–28 February 2023
        ("2024-02-28", 1, 2),
    ],
)
def test_a_month_that_has_run_to_its_end_is_compared_with_the_whole_month(
    as_of: str, month_before: int, year_before: int
) -> None:
    accidents = """
    SELECT CAST(day AS DATE) AS occurred_on, '本县' AS region, 1 AS deaths, TRUE AS counted,
        CAST(NULL AS DATE) AS ledger_until
    FROM (VALUES
        ('2022-01-01'), ('2023-01-05'), ('2023-02-28'), ('2024-01-05'), ('2024-02-29'),
        ('2024-03-28'), ('2024-03-29')
    ) AS t(day)
    """
    rows = metric_over(
        "accident_yoy", as_of, accidents=accidents, accident_totals=published("1 NULL NULL")
    )
    counted = rows[rows["source"] == "records"].set_index("period")
    assert counted.loc["month", ["accidents_prev", "deaths_prev"]].tolist() == [month_before] * 2
    assert counted.loc["year", "accidents_prev"] == year_before


def test_without_records_of_the_year_before_there_is_no_base() -> None:
    accidents = (
        "SELECT DATE '2023-02-01' AS occurred_on, '本县' AS region, 1 AS deaths, TRUE AS counted, "
        "CAST(NULL AS DATE) AS ledger_until"
    )
    rows = metric_over(
        "accident_yoy", "11-15", accidents=accidents, accident_totals=published("1 NULL NULL")
    )
    year = rows[rows["period"] == "year"].iloc[0]
    assert (year["accidents"], year["accidents_base"]) == (1, "none")
    assert pd.isna(year["accidents_prev"])


@pytest.mark.parametrize("name", sorted(metrics()))
def test_every_metric_says_what_it_is(name: str) -> None:
    query = metrics()[name]
    assert all((query.title, query.grain, query.definition, query.clause, query.columns))


def _same(found: object, expected: object) -> bool:
    return pd.isna(found) if expected is None else found == expected  # type: ignore[call-overload]
