"""The kept publications: found by their numbers, each with the metrics of its own."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from analysis.errors import WarehouseError
from analysis.warehouse.publications import FOLDER, find_publication, macros


def test_a_kept_publication_is_found_by_its_number(tmp_path: Path) -> None:
    published = tmp_path / "warehouse.duckdb"
    with pytest.raises(WarehouseError, match="还没有保留的发布"):
        find_publication(published, 1)
    (tmp_path / FOLDER).mkdir()
    for name in ("000002_20231015T083000_ab", "000003_20231031T170000_cd"):
        (tmp_path / FOLDER / f"{name}.duckdb").touch()
    assert find_publication(published, 3).at == datetime(2023, 10, 31, 17)
    with pytest.raises(WarehouseError, match="没有保留第 1 次发布；保留着的是第 2、3 次"):
        find_publication(published, 1)


def test_the_metrics_of_a_publication_are_told_without_the_relations_that_they_read() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE MACRO items(as_of) AS TABLE SELECT as_of AS day")
        con.execute("CREATE MACRO overview(as_of) AS TABLE SELECT as_of AS day")
        con.execute("COMMENT ON MACRO TABLE overview IS '总体情况'")
        (macro,) = macros(con).values()
    assert (macro.name, macro.parameters, macro.comment) == ("overview", ("as_of",), "总体情况")
