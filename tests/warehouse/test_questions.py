"""How a metric is found, scoped and given a day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import QueryError
from analysis.ingest.pipeline import Report
from analysis.settings import Settings
from analysis.warehouse.engine import open_warehouse
from analysis.warehouse.questions import described_day, previous_node, run_metric
from analysis.warehouse.scope import FILTERS, Scope, must_narrow, narrowing, scoped_sql
from analysis.warehouse.sql_files import get_metric, with_sources

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "责任人", "整改期限"]


@pytest.fixture
def two_units(
    home: Settings, write_sheet: Callable[..., Path], report_of: Callable[[], Report]
) -> Settings:
    write_sheet(
        "2023-10-15/a.xlsx",
        [
            HEADER,
            ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局", "赵某", "2023-10-20"],
            ["2", "影院", "通道堵塞", "2023-10-01", "乙局", "钱某", "2023-10-20"],
        ],
    )
    report_of()
    return home


def test_a_scope_narrows_the_items(two_units: Settings) -> None:
    with open_warehouse(two_units.warehouse) as con:
        late = run_metric(con, "overdue", Scope(date(2023, 11, 1), filters={"unit": ["乙局"]}))
    assert late["unit"].tolist() == ["乙局"]


def test_values_of_a_scope_are_bound_and_never_pasted(two_units: Settings) -> None:
    nasty = "甲局') OR TRUE --"
    sql, values = scoped_sql(
        get_metric("overdue"), Scope(date(2023, 11, 1), filters={"unit": [nasty]})
    )
    assert nasty not in sql
    assert values["scope_unit"] == [nasty]
    with open_warehouse(two_units.warehouse) as con:
        assert run_metric(con, "overdue", Scope(date(2023, 11, 1), filters={"unit": [nasty]})).empty


def test_only_known_columns_can_be_filtered() -> None:
    with pytest.raises(QueryError, match="不能按 title 筛选"):
        scoped_sql(get_metric("overdue"), Scope(date(2023, 11, 1), filters={"title": ["x"]}))


@pytest.mark.parametrize(("name", "columns"), [
    ("overview", FILTERS), ("vanished", FILTERS), ("since", FILTERS), ("suspect_closure", FILTERS),
    ("inspection_yield", {"unit", "township", "site_kind", "region"}),
    ("inspection_coverage", {"township", "site_kind", "region"}),
    ("report_reconciliation", {"unit", "region"}), ("duty_compliance", {"unit", "region"}),
    ("submission_quality", {"unit"}), ("accident_yoy", {"region"}),
])  # fmt: skip
def test_a_metric_is_narrowed_only_by_what_all_its_parts_have(name: str, columns: set[str]) -> None:
    assert narrowing(get_metric(name)) == columns
    for column in FILTERS - columns:
        with pytest.raises(QueryError, match=f"{name} 不能按 {column} 筛选"):
            must_narrow(get_metric(name), Scope(date(2023, 11, 15), None, {column: ["x"]}))
    must_narrow(get_metric(name), Scope(date(2023, 11, 15), None, {key: ["x"] for key in columns}))


def test_what_a_narrowed_metric_reads_beside_is_read_whole() -> None:
    scope = Scope(date(2023, 11, 15), None, {"unit": ["甲局"]})
    sql, _ = scoped_sql(get_metric("vanished"), scope)
    assert sql.count("unit IN (SELECT unnest($scope_unit))") == 1  # the items, not who sent them
    sql, _ = scoped_sql(get_metric("since"), scope)
    assert sql.count("unit IN (SELECT unnest($scope_unit))") == 2  # now and before


def test_a_mistyped_metric_is_met_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="是不是 completion"):
        get_metric("compleetion")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2023, 11, 1), (date(2023, 11, 1), False)),
        (date(2023, 11, 29), (date(2023, 11, 29), False)),  # 45 days after 15 October
        (date(2023, 11, 30), (date(2023, 10, 15), True)),
    ],
)
def test_without_a_day_it_is_today_unless_the_newest_submission_is_old(
    two_units: Settings, today: date, expected: tuple[date, bool]
) -> None:
    with open_warehouse(two_units.warehouse) as con:
        assert described_day(con, today, 45) == expected


def test_without_a_plan_there_is_no_previous_node(two_units: Settings) -> None:
    with open_warehouse(two_units.warehouse) as con:
        assert previous_node(con, Scope(date(2023, 11, 15))) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "node"),
    [("2023-11-15", "2023-11-14"), ("2023-11-14", "2023-10-30"), ("2023-10-15", None)],
)
def test_the_node_before_a_day(committed: Settings, as_of: str, node: str | None) -> None:
    with open_warehouse(committed.warehouse) as con:
        found = previous_node(con, Scope(date.fromisoformat(as_of)))
    assert found == (date.fromisoformat(node) if node else None)


def test_sources_stand_in_front_of_a_select_with_or_without_its_own() -> None:
    assert with_sources("SELECT 1", {"items": "FROM t"}) == "WITH items AS (FROM t)\nSELECT 1"
    sql = with_sources("WITH a AS (SELECT 1)\nFROM a", {"items": "FROM t"})
    assert sql == "WITH items AS (FROM t),\na AS (SELECT 1)\nFROM a"
