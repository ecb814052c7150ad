"""Lists of exported files → which counties there are, and how each column of a table is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import WarehouseError
from analysis.ledgers import LEDGERS
from analysis.warehouse.counties.engines import Duck, open_engine
from analysis.warehouse.counties.exports import (
    FORM,
    Exports,
    exports_of,
    local_folder,
    read_lists,
)
from analysis.warehouse.counties.parquet import _origin, escaped, list_path

SITE_COLUMNS = list(LEDGERS["site"].columns)


def listed(region: str, rows: int = 3, **changed: Any) -> str:
    """A county's list with one file of sites."""
    file = {"path": f"site/{region}.parquet", "rows": rows, "bytes": 4}
    told = {
        "form": FORM, "region": region, "newest": "2023-11-15",
        "tables": {"site": [file]}, "columns": {"site": SITE_COLUMNS},
    }  # fmt: skip
    return json.dumps(told | changed)


def exports(*lists: str) -> Exports:
    return exports_of("省/", {str(n): text for n, text in enumerate(lists)})


def test_counties_stand_in_the_order_of_their_names_and_two_are_said_with_each_name() -> None:
    one, two = exports(listed("甲县")), exports(listed("甲县"), listed("乙县"))
    assert (list(two.regions), two.folder) == (["乙县", "甲县"], "省")
    assert (one.is_said, two.is_said) == (False, True)


def test_the_newest_day_is_that_of_the_newest_county() -> None:
    lists = [listed("甲县"), listed("乙县", newest="2023-12-01"), listed("丙县", newest=None)]
    assert exports(*lists).newest == date(2023, 12, 1)
    assert exports(lists[2]).newest is None


def test_some_of_the_counties_are_said_with_their_names_where_there_are_two() -> None:
    all_three = exports(listed("甲县"), listed("乙县"), listed("丙县"))
    assert [all_three.only(names).is_said for names in (["甲县"], ["甲县", "乙县"])] == [
        False,
        True,
    ]
    assert all_three.only(["甲县"], is_said=True).is_said
    assert list(all_three.only(["甲县", "丙县"]).regions) == ["甲县", "丙县"]
    with pytest.raises(WarehouseError, match="没有“丁县”的导出；有的是：丙县、乙县、甲县"):
        all_three.only(["甲县", "丁县"])


def test_other_files_have_another_digest() -> None:
    assert exports(listed("甲县")).digest == exports(listed("甲县")).digest
    assert exports(listed("甲县")).digest != exports(listed("甲县", rows=4)).digest


def table(made: Exports, name: str = "site") -> Any:
    return next(each for each in made.tables() if each.name == name)


def test_one_countys_columns_are_as_in_its_own_warehouse() -> None:
    select = table(exports(listed("甲县"))).select
    assert '"stated_region" AS "region"' in select
    assert '"site" AS "site"' in select


def test_among_several_what_is_local_has_its_county_in_front() -> None:
    select = table(exports(listed("甲县"), listed("乙县"))).select
    assert 'region || \'·\' || "site" AS "site"' in select
    assert '"risk_level" AS "risk_level"' in select
    assert 'CASE WHEN coalesce("stated_region", region) = region THEN region' in select


def test_a_table_without_files_is_read_as_nothing_with_its_types() -> None:
    bare = table(exports(listed("甲县"), listed("乙县")), "hazard")
    assert (bare.files, bare.rows, bare.is_older) == ((), 0, False)
    assert 'CAST(NULL AS DATE) AS "found_on"' in bare.select
    assert 'CAST(NULL AS VARCHAR) AS "region"' in bare.select


def test_a_table_has_the_files_and_rows_of_all_its_counties() -> None:
    both = table(exports(listed("甲县", 3), listed("乙县", 4)))
    assert (both.base, both.rows) == ("省/site", 7)
    assert both.files == ("省/site/乙县.parquet", "省/site/甲县.parquet")
    assert ("stated_region", "VARCHAR") in both.columns
    both.must_have(7)
    with pytest.raises(WarehouseError, match="导出了 7 行，读到 6 行"):
        both.must_have(6)


@pytest.mark.parametrize(
    ("columns", "is_older"),
    [({"site": SITE_COLUMNS}, False), ({"site": SITE_COLUMNS[1:]}, True), ({}, True)],
)
def test_files_that_may_lack_a_column_are_known(columns: dict[str, Any], is_older: bool) -> None:
    assert table(exports(listed("甲县", columns=columns), listed("乙县"))).is_older == is_older


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ([], "没有导出"),
        ([listed("甲县"), listed("甲县")], "有两处“甲县”的导出"),
        (["{"], "读不出来"),
        ([listed("甲县", newest="十一月")], "读不出来"),
        ([listed("甲县", form=FORM - 1)], "另一版程序"),
        ([listed("甲县", form=FORM + 1)], "导出清单 0"),
    ],
)
def test_lists_that_cannot_be_trusted_are_refused(lists: list[str], told: str) -> None:
    with pytest.raises(WarehouseError, match=told):
        exports(*lists)


def test_a_file_that_is_missing_or_cut_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "_exports").mkdir()
    (tmp_path / "_exports" / "甲县.json").write_text(listed("甲县"), "utf-8")
    (tmp_path / "site").mkdir()
    file = tmp_path / "site" / "甲县.parquet"
    for content in (None, b"123", b"12345"):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(WarehouseError, match=r"site/甲县\.parquet 缺少或大小不对"):
            read_lists(tmp_path)
    file.write_bytes(b"1234")
    assert list(read_lists(tmp_path).regions) == ["甲县"]


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("/省/汇总", Path("/省/汇总")), ("汇总", Path("汇总")), ("C:/汇总", Path("C:/汇总")),
        ("file:///a%20b/c", Path("/a b/c")), ("s3://桶/汇总", None), ("hdfs://n/x", None),
    ],
)  # fmt: skip
def test_a_folder_is_on_this_machine_or_in_a_store(folder: str, path: Path | None) -> None:
    assert local_folder(folder) == path


def test_an_engine_is_called_by_its_name_and_only_a_cluster_has_an_address() -> None:
    assert isinstance(open_engine("duckdb"), Duck)
    with pytest.raises(WarehouseError, match="没有名为 duck 的引擎"):
        open_engine("duck")
    with pytest.raises(WarehouseError, match="要和 --engine spark 一起用"):
        open_engine("duckdb", "spark://10.0.0.1:7077")
    with pytest.raises(WarehouseError, match="不在本机"):
        open_engine("duckdb").exports("s3://桶/汇总")


def test_a_region_is_a_folder_that_every_engine_reads_back(tmp_path: Path) -> None:
    assert escaped("某市甲县") == "某市甲县"
    assert escaped("甲/乙=丙 丁%") == "甲%2F乙%3D丙%20丁%25"
    assert list_path(tmp_path, "甲/乙") == tmp_path / "_exports" / "甲%2F乙.json"


def test_a_home_keeps_the_name_that_it_was_once_given(tmp_path: Path) -> None:
    name = _origin(tmp_path / "warehouse.duckdb")
    assert len(name) == 32
    assert _origin(tmp_path / "warehouse.duckdb") == name
    assert [path.name for path in tmp_path.iterdir()] == ["origin.txt"]
