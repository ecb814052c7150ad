"""Exported Parquet: every row of every table, counties apart, the same figures as the warehouse."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import QueryError, WarehouseError
from analysis.ledgers import LEDGERS
from analysis.warehouse.counties.engines import open_engine
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.counties.rollup import by_region, in_all
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope, scoped_sql, standalone_sql
from analysis.warehouse.sql_files import Query, get_metric, metrics
from tests.depth import DEEP, only_deep
from tests.warehouse.invented import AS_OF, WORKED_OUT, invent

pytestmark = pytest.mark.slow
DUCK = open_engine("duckdb")
#: Columns, and rows.
Answer = tuple[list[str], list[tuple[object, ...]]]


def typed(rows: list[tuple[object, ...]]) -> list[list[tuple[str, object]]]:
    """Rows with the type of each value: 1, 1.0 and True are three things."""
    return [[(type(value).__name__, value) for value in row] for row in rows]


def county(folder: Path, name: str, seed: int, into: Path) -> Path:
    """A county's warehouse of invented rows, exported."""
    warehouse = folder / name / "warehouse.duckdb"
    invent(warehouse, seed, name)
    export_parquet(warehouse, into, name, name)
    return warehouse


def answers(warehouse: Path, scope: Scope, asked: Mapping[str, Query]) -> dict[str, Answer]:
    with open_warehouse(warehouse) as con:
        return {name: fetch_rows(con, *scoped_sql(query, scope)) for name, query in asked.items()}


@only_deep  # each_region_has_the_figures holds it of two counties; Spark of a day known
@settings(max_examples=2)
@given(seed=st.integers(0, 10_000), known_on=st.sampled_from([None, date(2024, 1, 10)]))
def test_every_metric_is_the_same_over_parquet(
    seed: int, known_on: date | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("parquet")
    warehouse = folder / "warehouse.duckdb"
    invent(warehouse, seed)
    export_parquet(warehouse, folder / "out", "本县", "本县")
    scope = Scope(AS_OF, known_on)
    shown = DUCK.show(DUCK.exports(str(folder / "out")))
    for name, (columns, rows) in answers(warehouse, scope, metrics()).items():
        got = shown.rows(*standalone_sql(get_metric(name), scope))
        assert (got[0], typed(got[1])) == (columns, typed(rows)), name
    shown.close()


def test_no_row_is_lost_and_each_lies_under_its_region_and_year(tmp_path: Path) -> None:
    warehouse = county(tmp_path, "甲县", 3, tmp_path / "out")
    with open_warehouse(warehouse) as con:
        for name in LEDGERS:
            ((rows,),) = fetch_rows(con, f"SELECT count(*) FROM {name}")[1]
            files = list((tmp_path / "out" / name).glob("region=甲县/year=*/*.parquet"))
            found = sum(
                duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0] for file in files
            )
            assert found == rows, name
    years = {path.name for path in (tmp_path / "out" / "hazard").glob("*/*")}
    assert years <= {"year=2021", "year=2022", "year=2023", "year=2024"}


def test_the_county_may_be_called_otherwise_among_others(tmp_path: Path) -> None:
    """«本县» in its own warehouse, «某市甲县» among others; what it says of others stays."""
    warehouse = tmp_path / "warehouse.duckdb"
    invent(warehouse, 11)
    export_parquet(warehouse, tmp_path / "out", "某市甲县", "本县")
    shown = DUCK.show(DUCK.exports(str(tmp_path / "out")))
    rows = shown.rows("SELECT DISTINCT region FROM accident_stat ORDER BY 1", {})[1]
    assert rows == [("全市",), ("某市甲县",)]
    with pytest.raises(WarehouseError, match="不能有“·”"):
        export_parquet(warehouse, tmp_path / "out", "某市·甲县", "本县")


def test_a_second_export_takes_the_place_of_the_first(tmp_path: Path) -> None:
    warehouse = county(tmp_path, "甲县", 3, tmp_path / "out")
    before = set((tmp_path / "out").rglob("*.parquet"))
    export_parquet(warehouse, tmp_path / "out", "甲县", "本县")
    after = set((tmp_path / "out").rglob("*.parquet"))
    assert len(after) == len(before)
    assert not after & before


def test_two_homes_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    county(tmp_path / "a", "鼓楼区", 1, tmp_path / "out")
    kept = (tmp_path / "out" / "_exports" / "鼓楼区.json").read_text()
    with pytest.raises(WarehouseError, match="另一处导出的“鼓楼区”"):
        county(tmp_path / "b", "鼓楼区", 2, tmp_path / "out")
    assert (tmp_path / "out" / "_exports" / "鼓楼区.json").read_text() == kept


def test_an_export_that_was_copied_in_part_is_noticed(tmp_path: Path) -> None:
    county(tmp_path, "甲县", 3, tmp_path / "out")
    file = next((tmp_path / "out" / "hazard").rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(WarehouseError, match="“甲县”的导出不完整：hazard/region=甲县/"):
        DUCK.exports(str(tmp_path / "out"))
    file.unlink()
    with pytest.raises(WarehouseError, match="导出不完整"):
        DUCK.exports(str(tmp_path / "out"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "读不出来"),
        ('{"form": 0}', "另一版程序"),
        ('{"form": 1}', "读不出来"),
        ('{"form": 2}', "由更新版本的研判台写成，请升级后再打开"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "_exports").mkdir()
    (tmp_path / "_exports" / "甲县.json").write_text(text)
    with pytest.raises(WarehouseError, match=f"甲县.json.*{words}"):
        DUCK.exports(str(tmp_path))


def test_a_folder_without_exports_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="请先运行 yanpan export parquet"):
        DUCK.exports(str(tmp_path))


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties with units, sites and numbers of the same names."""
    folder = tmp_path_factory.mktemp("province")
    county(folder, "甲县", 11, folder / "out")
    county(folder, "乙县", 12, folder / "out")
    return folder


def test_each_region_has_the_figures_of_its_own_warehouse(province: Path) -> None:
    """By ``make test`` of metrics that read every relation; test_rollup.py works out each."""
    exports, scope = DUCK.exports(str(province / "out")), Scope(AS_OF)
    asked = metrics() if DEEP else {name: get_metric(name) for name in sorted(WORKED_OUT)}
    own = {
        name: answers(province / name / "warehouse.duckdb", scope, asked)
        for name in ("甲县", "乙县")
    }
    for name, query in asked.items():
        _, rows = by_region(DUCK, exports, query, scope)
        expected = [(region, *row) for region in sorted(own) for row in own[region][name][1]]
        assert typed(rows) == typed(expected), name


def test_counties_add_up_to_the_whole(province: Path) -> None:
    exports, scope = DUCK.exports(str(province / "out")), Scope(AS_OF)
    columns, rows = by_region(DUCK, exports, get_metric("overview"), scope)
    ((*whole,),) = in_all(DUCK, exports, get_metric("overview"), scope)[1]
    for place, name in enumerate(columns[1:]):
        if not name.endswith("_rate"):
            assert whole[place] == sum(row[place + 1] for row in rows), name


def test_units_of_one_name_in_two_counties_stay_two(province: Path) -> None:
    exports, scope = DUCK.exports(str(province / "out")), Scope(AS_OF)
    _, rows = in_all(DUCK, exports, get_metric("completion"), scope)
    units = {member: total for dimension, member, total, *_ in rows if dimension == "unit"}
    assert {"甲县·甲局", "乙县·甲局"} <= set(units)
    assert "甲局" not in units
    narrowed = Scope(AS_OF, filters={"unit": ["甲县·甲局"]})
    _, narrow = in_all(DUCK, exports, get_metric("completion"), narrowed)
    assert narrow[0][:3] == ("all", "all", units["甲县·甲局"])


def test_every_column_that_names_something_of_a_county_is_said_with_it(province: Path) -> None:
    shown = DUCK.show(DUCK.exports(str(province / "out")))
    for ledger in LEDGERS.values():
        for column in (field.name for field in ledger if field.is_local):
            bare = f"NOT regexp_matches({column}, '^[甲乙]县·')"
            said = shown.rows(f"SELECT count(*) FROM {ledger.name} WHERE {bare}", {})
            assert said[1] == [(0,)], (ledger.name, column)


def test_nothing_but_the_exports_can_be_read_and_nothing_changed(province: Path) -> None:
    shown = DUCK.show(DUCK.exports(str(province / "out")))
    secret = province / "甲县" / "origin.txt"
    for sql in (
        f"SELECT * FROM read_text('{secret}')",
        "SET memory_limit = '9GB'",
        "DROP VIEW hazard",
        f"COPY (SELECT 1) TO '{province / 'out' / 'x.csv'}'",
    ):
        with pytest.raises(QueryError):
            shown.rows(sql, {})


def test_what_is_larger_than_its_memory_is_worked_out_on_disk(tmp_path: Path) -> None:
    """A million rows are sorted with less memory than they take; without a disk it cannot be."""
    county(tmp_path, "甲县", 3, tmp_path / "out")
    sql = """
        SELECT count(*) FROM (
            SELECT range, md5(range::VARCHAR) AS a, md5((range + 1)::VARCHAR) AS b
            FROM range(1_000_000) ORDER BY a, b, range OFFSET 1
        ) WHERE a <> b
    """
    shown = open_engine("duckdb", memory="96MB").show(DUCK.exports(str(tmp_path / "out")))
    assert shown.rows(sql, {})[1] == [(999_999,)]
    without = {"memory_limit": "96MB", "temp_directory": ""}
    with duckdb.connect(config=without) as con, pytest.raises(duckdb.OutOfMemoryException):
        con.execute(sql).fetchall()


def test_a_list_says_how_many_rows_each_file_has(province: Path) -> None:
    said = json.loads((province / "out" / "_exports" / "甲县.json").read_text("utf-8"))
    for files in said["tables"].values():
        for file in files:
            path = province / "out" / file["path"]
            assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(file["rows"],)]


def test_engines_are_named_and_a_master_needs_spark() -> None:
    with pytest.raises(WarehouseError, match="可用的有：duckdb、spark"):
        open_engine("hadoop")
    with pytest.raises(WarehouseError, match="--engine spark"):
        open_engine("duckdb", master="spark://a:7077")
    with pytest.raises(WarehouseError, match="请用 --engine spark"):
        DUCK.exports("s3://bucket/counties")


def made_older(out: Path, region: str, table: str, column: str, unknown: str) -> int:
    """An export as a program wrote it that knew neither a column nor a table; rows of the table."""
    (listed,) = (each for each in (out / "_exports").glob("*.json") if region in each.read_text())
    export = json.loads(listed.read_text(encoding="utf-8"))
    for file in export["tables"][table]:
        path = out / file["path"]
        rows = duckdb.sql(f"FROM read_parquet('{path}', hive_partitioning = false)").df()
        duckdb.sql("FROM rows").project(
            ", ".join(f'"{name}"' for name in rows if name != column)
        ).write_parquet(str(path))
        file["bytes"] = path.stat().st_size
    del export["columns"]
    rows_of_unknown = sum(file["rows"] for file in export["tables"].pop(unknown))
    listed.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    return rows_of_unknown


def test_a_county_with_an_older_program_lacks_a_column_and_a_table_and_is_read(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    for seed, name in enumerate(("某市甲县", "某市乙县"), start=1):
        county(tmp_path, name, seed, out)
    county_of = "split_part(region, '·', 1)"
    count = f"SELECT {county_of}, count(*), count(location) FROM hazard GROUP BY 1 ORDER BY 1"
    before = DUCK.show(DUCK.exports(str(out))).rows(count, {})[1]
    duties = "SELECT count(*) FROM duty"
    ((all_duties,),) = DUCK.show(DUCK.exports(str(out))).rows(duties, {})[1]
    lost = made_older(out, "某市甲县", "hazard", "location", "duty")
    shown = DUCK.show(DUCK.exports(str(out)))
    assert shown.rows(count, {})[1] == [
        (name, rows, 0 if name == "某市甲县" else located) for name, rows, located in before
    ]
    assert all(located for _, _, located in before)
    assert shown.rows(duties, {})[1] == [(all_duties - lost,)]
    assert lost
