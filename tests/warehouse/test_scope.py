"""How a metric is found and narrowed to a scope."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analysis.errors import QueryError
from analysis.ingest.pipeline import Report
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import (
    FILTERS,
    NARROWED,
    NOT_APPLICABLE,
    UNSAID,
    Scope,
    _said,
    must_narrow,
    narrowing,
    read_member,
    scoped_sql,
)
from analysis.warehouse.sql_files import get_metric, relations, with_sources

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
    with Warehouse(two_units.warehouse) as warehouse:
        late = warehouse.metric("overdue", Scope(date(2023, 11, 1), filters={"unit": ["乙局"]}))
    assert late["unit"].tolist() == ["乙局"]


def test_values_of_a_scope_are_bound_and_never_pasted(two_units: Settings) -> None:
    nasty = "甲局') OR TRUE --"
    sql, values = scoped_sql(
        get_metric("overdue"), Scope(date(2023, 11, 1), filters={"unit": [nasty]})
    )
    assert nasty not in sql
    assert values["scope_unit"] == [nasty]
    with Warehouse(two_units.warehouse) as warehouse:
        assert warehouse.metric("overdue", "2023-11-01", unit=nasty).empty


def test_only_known_columns_can_be_filtered() -> None:
    with pytest.raises(QueryError, match="不能按 title 筛选"):
        scoped_sql(get_metric("overdue"), Scope(date(2023, 11, 1), filters={"title": ["x"]}))


@pytest.mark.parametrize(("name", "columns"), [
    ("overview", FILTERS), ("vanished", FILTERS), ("since", FILTERS), ("suspect_closure", FILTERS),
    ("inspection_yield", {"unit", "township", "site_kind", "region"}),
    ("inspection_coverage", {"township", "site_kind", "region"}),
    ("report_reconciliation", {"unit", "region"}), ("duty_compliance", {"unit", "region", "plan"}),
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


def test_sources_stand_in_front_of_a_select_with_or_without_its_own() -> None:
    assert with_sources("SELECT 1", {"items": "FROM t"}) == "WITH items AS (FROM t)\nSELECT 1"
    sql = with_sources("WITH a AS (SELECT 1)\nFROM a", {"items": "FROM t"})
    assert sql == "WITH items AS (FROM t),\na AS (SELECT 1)\nFROM a"


#: Relations that stay whole: a unit in them is who sent a finding or held a meeting, or a metric
#: reads them for records that it has narrowed already.
READ_WHOLE = {"duties", "findings", "in_doubt", "nodes", "received", "versions", "workdays"}


@pytest.mark.slow
@pytest.mark.parametrize("column", ["unit", "region"])
def test_a_relation_with_a_column_to_filter_by_is_narrowed_by_it(
    column: str, committed: Settings
) -> None:
    with Warehouse(committed.warehouse) as warehouse:
        for name in set(relations()) - READ_WHOLE:
            rows = warehouse.sql(f"FROM {name}(DATE '2023-11-15') LIMIT 0")
            assert column not in rows.columns or column in NARROWED[name], name


@pytest.mark.slow
def test_each_plan_can_be_asked_for_alone_and_together_they_are_all_items(
    committed: Settings,
) -> None:
    day = date(2023, 11, 15)
    with Warehouse(committed.warehouse) as warehouse:
        counted = "SELECT plan, kind, count(*) AS items FROM items(DATE '2023-11-15') GROUP BY ALL"
        of_kind = warehouse.sql(counted).df()
        plans = of_kind[of_kind["kind"] == "measure"].set_index("plan")["items"].to_dict()
        others = of_kind[of_kind["kind"] != "measure"]["items"].sum()
        assert len(plans) > 1
        for plan, items in {**plans, "不适用": others}.items():
            (row,) = warehouse.metric("overview", Scope(day, filters={"plan": [plan]})).to_dict(
                "records"
            )
            apart = ("standing", "void", "suspended_apart")
            assert row["total"] + sum(row[name] for name in apart) == items, plan


@pytest.mark.parametrize(
    ("relation", "column", "unsaid"),
    [
        ("items", "township", ["hazard"]),
        ("items", "level", ["hazard"]),
        ("items", "plan", ["measure"]),
        ("items", "rect_type", ["hazard", "measure"]),
        ("items", "unit", ["hazard", "measure", "decision"]),
        ("sites", "township", ["hazard", "measure", "decision"]),
    ],
)
def test_a_blank_is_unsaid_of_kinds_that_have_the_column_and_of_others_it_does_not_apply(
    relation: str, column: str, unsaid: list[str]
) -> None:
    said = _said(relation, f"scope_{column}", [UNSAID])
    kinds = ["hazard", "measure", "decision"]
    rows = f"SELECT unnest({kinds}) AS kind, CAST(NULL AS VARCHAR) AS {column}"
    with duckdb.connect() as con:
        found = dict(con.execute(f"SELECT kind, {said} FROM ({rows})").fetchall())
    assert found == {kind: UNSAID if kind in unsaid else NOT_APPLICABLE for kind in kinds}


def test_where_no_blank_is_asked_for_the_column_is_compared_as_it_is() -> None:
    assert _said("items", "scope_township", ["东河镇"]) == "township"


def test_a_kind_is_asked_for_by_its_word_or_its_code() -> None:
    assert read_member("kind", "隐患") == read_member("kind", "hazard") == "hazard"
    assert read_member("unit", "隐患") == "隐患"
