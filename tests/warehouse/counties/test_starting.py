"""What Spark is told before it starts, and how DuckDB's SQL is written for it: no Java is begun."""

import os

import pytest

from analysis.errors import WarehouseError
from analysis.warehouse.counties.spark import _find_java, _must_answer, _settings, carried

HERE = "spark.driver.host"
PARTS = "spark.sql.shuffle.partitions"


@pytest.mark.parametrize(
    ("master", "is_here", "has_few_parts"),
    [
        ("local[*]", True, True),
        ("local", True, True),
        ("spark://127.0.0.1:7077", True, False),
        ("spark://10.0.0.1:7077", False, False),
    ],
)
def test_one_machine_is_its_own_host_and_has_few_parts(
    master: str, is_here: bool, has_few_parts: bool
) -> None:
    told = _settings(master, "4g")
    assert (told["spark.master"], told["spark.driver.memory"]) == (master, "4g")
    assert (HERE in told, PARTS in told) == (is_here, has_few_parts)


@pytest.mark.parametrize(
    ("home", "found", "is_there"),
    [("/java", None, True), ("", "/usr/bin/java", True), ("", None, False)],
)
def test_a_java_is_needed_in_its_home_or_on_the_path(
    home: str, found: str | None, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("shutil.which", {"java": found}.get)
    if is_there:
        _find_java()
    else:
        with pytest.raises(WarehouseError, match="需要 Java 17 以上"):
            _find_java()
    assert os.environ["LC_ALL"] == "C.UTF-8"


def test_a_cluster_must_answer_and_nothing_else_is_asked() -> None:
    for master in ("local[*]", "spark://a.invalid:1,b.invalid:2", "yarn"):
        _must_answer(master)
    for master in ("spark://127.0.0.1:1", "spark://127.0.0.1:no"):
        with pytest.raises(WarehouseError, match="连不上 Spark 集群"):
            _must_answer(master)


@pytest.mark.parametrize(
    ("duckdb", "carried_over"),
    [
        ("SELECT 1.5 AS n", "SELECT CAST(1.5 AS DOUBLE) AS n"),
        ("SELECT CAST(1.5 AS DOUBLE) AS n", "SELECT CAST(1.5 AS DOUBLE) AS n"),
        ("SELECT 15 AS n", "SELECT 15 AS n"),
        ("SELECT d + INTERVAL (n) MONTH FROM t", "SELECT ADD_MONTHS(d, CAST((n) AS INT)) FROM t"),
        ("SELECT d - INTERVAL (n) DAY FROM t", "SELECT DATE_ADD(d, -CAST((n) AS INT)) FROM t"),
        (
            "WITH a AS NOT MATERIALIZED (SELECT 1 AS n) FROM a",
            "WITH a AS (SELECT 1 AS n) SELECT * FROM a",
        ),
    ],
)  # fmt: skip
def test_what_spark_would_take_otherwise_is_written_otherwise(
    duckdb: str, carried_over: str
) -> None:
    assert carried(duckdb) == carried_over


def test_a_series_that_ends_before_it_begins_is_empty_for_spark_too() -> None:
    text = carried("SELECT unnest(generate_series(0, n)) AS step FROM t")
    assert "FILTER(SEQUENCE(CAST(0 AS BIGINT), CAST(n AS BIGINT))" in text
    assert "step_no >= 0 AND step_no <= n" in text


def test_ctes_within_a_cte_have_names_of_their_own() -> None:
    text = carried(
        "WITH a AS (WITH b AS (SELECT 1 AS n) SELECT * FROM b), "
        "c AS (WITH b AS (SELECT 2 AS n) SELECT b.n FROM b) SELECT a.n FROM a, c"
    )
    assert "a__b AS (SELECT 1 AS n)" in text
    assert "c__b AS (SELECT 2 AS n)" in text
    assert "SELECT b.n FROM c__b AS b" in text
