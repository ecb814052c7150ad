"""Spark runs the metrics' own SQL: the same rows in the same order, type for type."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import QueryError, WarehouseError
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.counties.engines import Engine, open_engine
from analysis.warehouse.counties.exports import Exports
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.counties.rollup import in_all
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope, relation_sql, scoped_sql, standalone_sql
from analysis.warehouse.sql_files import get_metric, metrics
from benchmarks.metrics.run import make_warehouse
from tests.depth import DEEP, only_deep
from tests.setup_machine import has_java
from tests.warehouse.counties.test_exports import typed
from tests.warehouse.invented import AS_OF, WORKED_OUT, invent

pytestmark = pytest.mark.slow
pytest.importorskip("pyspark")
if not has_java() and not os.environ.get("CI"):
    pytest.skip("no Java on this machine", allow_module_level=True)

from analysis.warehouse.counties.spark import carried  # noqa: E402 - needs the extra

#: A Java that lives for a minute spends a third of it on compiling its own code a second time.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        if not DEEP:
            patch.setenv("JAVA_TOOL_OPTIONS", SHORT_LIVED)
        # every relation of a whole demo is held at once, and 1 GB no longer takes them
        engine = open_engine("spark", "local[2]", "2g")
    yield engine
    engine.close()


def test_what_is_worked_out_reads_every_relation() -> None:
    """Of ``WORKED_OUT``, by ``make test``; by ``make torture`` it is every metric.

    Of the others Spark says the columns, for which it must know every function, table and column
    that they name.
    """
    told = metrics()
    read = {name for metric in WORKED_OUT for name in told[metric].reads}
    assert read == {name for query in told.values() for name in query.reads}


def must_agree(spark: Engine, warehouse: Path, folder: Path, scope: Scope, is_held: bool) -> None:
    """The metrics of the warehouse by DuckDB and of its export by Spark."""
    shown = spark.show(spark.exports(str(folder)))
    held = relations_read() if is_held else []
    for name in held:
        shown.hold(name, *relation_sql(name, scope))
    with open_warehouse(warehouse) as con:
        for name, query in metrics().items():
            columns, rows = fetch_rows(con, *scoped_sql(query, scope))
            got = shown.rows(*standalone_sql(query, scope, held))
            assert (got[0], typed(got[1])) == (columns, typed(rows)), name
    shown.close()


def relations_read() -> list[str]:
    """The relations that metrics read."""
    return list(dict.fromkeys(name for query in metrics().values() for name in query.reads))


def must_agree_step_by_step(spark: Engine, warehouse: Path, folder: Path, scope: Scope) -> None:
    """As ``must_agree``, with each relation worked out once: what Spark plans is what takes long.

    It plans a relation anew wherever a metric names it, and a CTE wherever another does. Of the
    whole of a metric, its relations in it, Spark reads the grammar: it knows a name given twice.
    """
    session = spark.show(spark.exports(str(folder)))._session  # type: ignore[attr-defined]
    held = relations_read()
    for name in held:
        sql, values = relation_sql(name, scope)
        frame = session.sql(carried(sql), args=dict(values))
        frame.localCheckpoint().createOrReplaceTempView(name)
    grammar = session._jsparkSession.sessionState().sqlParser()
    with open_warehouse(warehouse) as con:
        for name, query in metrics().items():
            grammar.parsePlan(carried(standalone_sql(query, scope)[0]))
            columns, rows = fetch_rows(con, *scoped_sql(query, scope))
            sql, values = standalone_sql(query, scope, held)
            planned = session.sql(carried(sql), args=dict(values))
            assert list(planned.columns) == columns, name
            if name in WORKED_OUT:
                assert typed([tuple(row) for row in planned.collect()]) == typed(rows), name


@only_deep
def test_every_metric_of_the_sample_ledgers(
    spark: Engine, committed: Settings, tmp_path: Path
) -> None:
    export_parquet(committed.warehouse, tmp_path, "本县", "本县")
    must_agree(spark, committed.warehouse, tmp_path, Scope(date(2023, 11, 15)), is_held=True)


@settings(max_examples=1)
@given(seed=st.integers(0, 10_000), known_on=st.sampled_from([None, date(2024, 1, 10)]))
def test_every_metric_of_invented_rows(
    spark: Engine, seed: int, known_on: date | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("spark")
    invent(folder / "warehouse.duckdb", seed)
    export_parquet(folder / "warehouse.duckdb", folder / "out", "本县", "本县")
    asked = spark, folder / "warehouse.duckdb", folder / "out", Scope(AS_OF, known_on)
    if DEEP:
        must_agree(*asked, is_held=False)
    else:
        must_agree_step_by_step(*asked)


def test_rows_that_are_missing_are_noticed_where_no_file_can_be_looked_at(
    spark: Engine, tmp_path: Path
) -> None:
    """As in an object store: by how many rows there are, since files have no size to look at."""
    invent(tmp_path / "warehouse.duckdb", 3)
    export_parquet(tmp_path / "warehouse.duckdb", tmp_path / "out", "本县", "本县")
    exports = spark.exports(str(tmp_path / "out"))
    region = exports.regions["本县"]
    first, *rest = region.files["hazard"]
    told = {**region.files, "hazard": (replace(first, rows=first.rows + 1), *rest)}
    shown = spark.show(replace(exports, regions={"本县": replace(region, files=told)}))
    with pytest.raises(WarehouseError, match="hazard 导出了"):
        shown.must_be_whole()  # type: ignore[attr-defined]


def test_a_warehouse_without_rows(spark: Engine, tmp_path: Path) -> None:
    invent(tmp_path / "warehouse.duckdb", 1, rows=0)
    export_parquet(tmp_path / "warehouse.duckdb", tmp_path / "out", "本县", "本县")
    shown = spark.show(spark.exports((tmp_path / "out").as_uri()))
    for name in ("overview", "clarity", "completion", "submission_quality", "inspection_yield"):
        sql, values = standalone_sql(get_metric(name), Scope(AS_OF))
        with open_warehouse(tmp_path / "warehouse.duckdb") as con:
            expected = fetch_rows(con, *scoped_sql(get_metric(name), Scope(AS_OF)))
        assert shown.rows(sql, values) == expected, name


def test_filters_are_bound_and_counties_stay_apart(spark: Engine, tmp_path: Path) -> None:
    """A unit whose name would end a string in Spark's SQL, in two counties."""
    for seed, name in enumerate(("甲 县", "a%b=c[x]"), 14):
        invent(tmp_path / name / "warehouse.duckdb", seed, name)
        export_parquet(tmp_path / name / "warehouse.duckdb", tmp_path / "out", name, name)
    duck = open_engine("duckdb")
    exports = duck.exports(str(tmp_path / "out"))
    units = duck.show(exports).rows(
        "SELECT DISTINCT unit FROM hazard WHERE contains(unit, $slash) OR contains(unit, $quote)",
        {"slash": "\\", "quote": "'"},
    )[1]
    shown, totals = spark.show(exports), []
    assert len(units) == 4
    # By make test the one with a stroke in the one county, the one with a mark in the other.
    for (unit,) in sorted(units)[:: 1 if DEEP else 3]:
        asked = standalone_sql(get_metric("overview"), Scope(AS_OF, filters={"unit": [unit]}))
        by_spark = shown.rows(*asked)
        assert by_spark == duck.show(exports).rows(*asked), unit
        totals.append(by_spark[1][0][0])
    assert sum(totals) > 0


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_unit_may_be_asked_for_by_any_of_its_formal_names(
    engine: str, spark: Engine, home: Settings, write_sheet: Callable[..., Path]
) -> None:
    """模拟数据: two hazards of 县水利局, of which the ledger says 水利局 and a roster 县水利局."""
    head = ["隐患编号", "发现日期", "场所名称", "隐患描述", "责任单位", "整改期限"]
    rows = [
        [n, "2023-10-01", "某甲宾馆", words, "水利局", "2023-10-20"]
        for n, words in (("1", "安全出口上锁"), ("2", "灭火器过期"))
    ]
    write_sheet("2023-10-16/隐患台账.xlsx", [["兴县隐患台账（模拟数据）"], head, *rows])
    write_sheet("2023-11-20/名录.xlsx", [["单位名称", "单位类别"], ["县水利局", "成员单位"]])
    ingest(home.model_copy(update={"region": "兴县"}))
    for name in ("兴县", "临县"):  # of one county alone names are not marked, of several they are
        export_parquet(home.warehouse, home.home / "out", name, "兴县")
    asked = spark if engine == "spark" else open_engine(engine)
    exports = asked.exports(str(home.home / "out"))

    def total(unit: str, of: Exports, known_on: date | None = None) -> int:
        scope = Scope(AS_OF, known_on, {"unit": [unit]})
        columns, (row,) = in_all(asked, of, get_metric("overview"), scope)
        return int(dict(zip(columns, row, strict=True))["total"])

    alone, october = exports.only(["兴县"]), date(2023, 10, 31)
    names = ("县水利局", "兴县水利局", "水利局")
    for unit in names if DEEP or engine == "duckdb" else names[1:2]:  # Spark takes seconds a total
        assert [total(unit, alone), total(unit, alone, october)] == [2, 2], unit
        assert total(f"临县·{unit}", exports) == 2, unit
    assert total("市水利局", alone) == 0


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT unnest(generate_series(0, -1)) AS n", []),
        ("SELECT unnest(generate_series(0, 2)) AS n", [(0,), (1,), (2,)]),
        ("SELECT 1.1 + 2.2 AS n", [(1.1 + 2.2,)]),
        ("SELECT 7 // 2 AS n", [(3,)]),
        ("SELECT 7 / 2 AS n", [(3.5,)]),
        (
            "SELECT DATE '2024-01-31' + INTERVAL (n) MONTH AS d FROM (SELECT 1 AS n)",
            [(date(2024, 2, 29),)],
        ),
        (
            "SELECT DATE '2024-03-01' - INTERVAL (n) DAY AS d FROM (SELECT 1 AS n)",
            [(date(2024, 2, 29),)],
        ),
        ("SELECT n FROM (SELECT unnest([2, NULL, 1]) AS n) ORDER BY n", [(1,), (2,), (None,)]),
        (
            "SELECT n FROM (SELECT unnest([2, NULL, 1]) AS n) ORDER BY n DESC",
            [(2,), (1,), (None,)],
        ),
        ("SELECT least(NULL, 2) AS n, concat_ws('：', NULL, 'a') AS t", [(2, "a")]),
        ("WITH a AS (WITH b AS (SELECT 1 AS n) SELECT * FROM b), "
         "c AS (WITH b AS (SELECT 2 AS n) SELECT b.n FROM b) "
         "SELECT a.n, c.n AS m FROM a CROSS JOIN c", [(1, 2)]),
    ],
)  # fmt: skip
def test_what_is_carried_over_means_the_same(
    spark: Engine, sql: str, expected: list[tuple[object, ...]]
) -> None:
    assert [tuple(row) for row in spark._session.sql(carried(sql)).collect()] == expected  # type: ignore[attr-defined]


def test_a_small_file_of_many_rows_is_not_sent_to_every_worker(
    spark: Engine, tmp_path: Path
) -> None:
    """A ledger is a hundredth of its size in Parquet: what looks small may fill the memory."""
    make_warehouse(tmp_path / "warehouse.duckdb", 100_000)
    export_parquet(tmp_path / "warehouse.duckdb", tmp_path / "out", "本县", "本县")
    shown = spark.show(spark.exports(str(tmp_path / "out")))

    def plan(table: str) -> str:
        joined = f"SELECT * FROM hazard AS a JOIN {table} AS b USING (submission_id)"
        return str(shown._session.sql(f"EXPLAIN {joined}").collect()[0][0])  # type: ignore[attr-defined]

    size = sum(path.stat().st_size for path in tmp_path.glob("out/hazard/**/*.parquet"))
    assert size < 10_000_000  # what Spark would send by itself
    assert "BroadcastHashJoin" not in plan("hazard")
    assert "BroadcastHashJoin" in plan("submission")


def test_what_spark_cannot_run_is_said_in_one_line(spark: Engine, tmp_path: Path) -> None:
    invent(tmp_path / "warehouse.duckdb", 1, rows=2)
    export_parquet(tmp_path / "warehouse.duckdb", tmp_path / "out", "本县", "本县")
    shown = spark.show(spark.exports(str(tmp_path / "out")))
    with pytest.raises(QueryError, match=r"^Spark 不能算出：[^\n]*$"):
        shown.rows("SELECT nothing FROM hazard", {})


def test_a_cluster_that_does_not_answer_is_said_at_once() -> None:
    with pytest.raises(WarehouseError, match=r"连不上 Spark 集群 spark://127\.0\.0\.1:1"):
        open_engine("spark", "spark://127.0.0.1:1")
