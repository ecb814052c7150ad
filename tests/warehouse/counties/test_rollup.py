"""The roll-up as a warehouse: all rows, every metric worked out ahead, remade only when needed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import WarehouseError
from analysis.ledgers import LEDGERS
from analysis.warehouse.ahead import ahead_sql, days_ahead
from analysis.warehouse.client import Warehouse
from analysis.warehouse.counties.engines import open_engine
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.counties.rollup import (
    by_region,
    is_current,
    publish_rollup,
)
from analysis.warehouse.engine import fetch, fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope, narrowing, scoped_sql
from analysis.warehouse.sql_files import get_metric, metrics
from tests.depth import DEEP
from tests.warehouse.invented import AS_OF, invent

pytestmark = pytest.mark.slow
DUCK = open_engine("duckdb")
NAMES = ("甲县", "乙县")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties exported, and their roll-up."""
    folder = tmp_path_factory.mktemp("rollup")
    for seed, name in enumerate(NAMES, 11):
        invent(folder / name / "warehouse.duckdb", seed, name)
        export_parquet(folder / name / "warehouse.duckdb", folder / "out", name, name)
    exports = DUCK.exports(str(folder / "out"))
    publish_rollup(DUCK, exports, folder / "rollup.duckdb", AS_OF, lambda line: None)
    return folder


def rows_of(warehouse: Path) -> dict[str, int]:
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in LEDGERS)
    with open_warehouse(warehouse) as con:
        return dict(fetch_rows(con, counts)[1])


def test_every_row_of_every_county_is_in_it(folder: Path) -> None:
    each = [rows_of(folder / name / "warehouse.duckdb") for name in NAMES]
    assert rows_of(folder / "rollup.duckdb") == {
        name: sum(county[name] for county in each) for name in LEDGERS
    }


def test_what_was_worked_out_ahead_is_what_would_be_worked_out_now(folder: Path) -> None:
    with Warehouse(folder / "rollup.duckdb") as warehouse:
        days = days_ahead(warehouse.connection)
        assert days is not None
        for name, query in metrics().items():
            for filters in ({}, {"region": ["甲县"]}, {"region": ["乙县"]})[: 3 if DEEP else 2]:
                scope = Scope(AS_OF, None, filters, days.since)
                is_ahead = ahead_sql(days, query, scope) is not None
                assert is_ahead == (not filters or "region" in narrowing(query)), name
                now = fetch(warehouse.connection, *scoped_sql(query, scope))
                pd.testing.assert_frame_equal(warehouse.metric(name, scope), now)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(date(2024, 2, 28)),
        Scope(AS_OF, date(2024, 2, 1)),
        Scope(AS_OF, None, {"unit": ["甲县·甲局"]}),
        Scope(AS_OF, None, {"region": ["甲县"], "level": ["重大"]}),
        Scope(AS_OF, None, {"region": ["甲县", "乙县"]}),
        Scope(AS_OF, None, {"region": ["没有的县"]}),
    ],
)
def test_another_question_is_not_answered_by_what_was_worked_out(
    folder: Path, scope: Scope
) -> None:
    with open_warehouse(folder / "rollup.duckdb") as con:
        days = days_ahead(con)
    assert days is not None
    assert ahead_sql(days, get_metric("overview"), scope) is None


def test_regions_side_by_side_have_their_own_figures(folder: Path) -> None:
    exports, scope = DUCK.exports(str(folder / "out")), Scope(AS_OF)
    with Warehouse(folder / "rollup.duckdb") as warehouse:
        rows, day = warehouse.regions_side_by_side()
        assert (day, warehouse.regions()) == (AS_OF, sorted(NAMES))
    own = {row[0]: row for row in by_region(DUCK, exports, get_metric("overview"), scope)[1]}
    lost = [row[0] for row in by_region(DUCK, exports, get_metric("vanished"), scope)[1]]
    for row in rows.itertuples():
        assert (row.total, row.done) == own[row.region][1:3]
        assert row.vanished == lost.count(row.region)
        assert row.not_listed == row.major_open - row.major_supervised


def test_it_is_made_again_for_another_day_or_other_exports_only(folder: Path) -> None:
    exports, target = DUCK.exports(str(folder / "out")), folder / "rollup.duckdb"
    assert is_current(target, exports, AS_OF)
    assert not is_current(target, exports, date(2024, 3, 1))
    assert not is_current(target, exports.only(["甲县"]), AS_OF)
    assert not is_current(folder / "none.duckdb", exports, AS_OF)


def test_a_county_is_no_rollup(folder: Path) -> None:
    with open_warehouse(folder / "甲县" / "warehouse.duckdb") as con:
        assert days_ahead(con) is None


def test_the_one_before_stands_where_rows_are_missing(folder: Path, tmp_path: Path) -> None:
    exports = DUCK.exports(str(folder / "out"))
    region = exports.regions["甲县"]
    first, *rest = region.files["hazard"]
    told = {**region.files, "hazard": (replace(first, rows=first.rows + 1), *rest)}
    lacking = replace(exports, regions={"甲县": replace(region, files=told)}, is_said=False)
    before = (folder / "rollup.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match="hazard 导出了"):
        publish_rollup(DUCK, lacking, folder / "rollup.duckdb", AS_OF, lambda line: None)
    assert (folder / "rollup.duckdb").read_bytes() == before
    assert not list(folder.glob("*.part*"))


def test_one_metric_file_answers_in_any_client(folder: Path) -> None:
    with open_warehouse(folder / "rollup.duckdb") as con:
        macro = fetch(con, f"FROM overview(DATE '{AS_OF}')")
        ahead = fetch(con, "FROM ahead_overview WHERE region = '全部'")
    assert macro["total"].iloc[0] == ahead["total"].iloc[0]
