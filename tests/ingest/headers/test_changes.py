"""A bare 同比 is the change of the count in front of it, where it holds percentages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

BEFORE = ["地区", "统计起始日", "统计截止日"]
CELLS = ["甲县", date(2022, 1, 1), date(2022, 12, 31)]


def read(
    home: Settings, write_sheet: Callable[..., Path], header: list[str], cells: list[Any]
) -> tuple[Any, ...]:
    """The two percentages that were read of one row, as they were printed."""
    rows = [["事故统计台账"], [*BEFORE, *header], [*CELLS, *cells]]
    write_sheet("2023-01-31/统计.xlsx", rows)
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        columns = "accidents_yoy_text, deaths_yoy_text"
        ((accidents, deaths),) = fetch_rows(con, f"SELECT {columns} FROM accident_stat")[1]
    return accidents, deaths


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        ("事故起数 同比 死亡人数 同比", [18, "下降18.2%", 3, "-25%"], ("下降18.2%", "-25%")),
        ("事故起数 同比（%） 死亡人数 同比（%）", [18, -18, 3, -25], ("-18", "-25")),
        ("起数 较上年增减 死亡 较上年增减", [18, -18.2, 3, "降25%"], ("-18.2", "降25%")),
        ("起数 增减 增减率 死亡人数 增减 增减率", [18, -4, -18, 3, -1, -25], ("-18", "-25")),
        # a difference in counts is no percentage
        ("事故起数 增减 死亡人数 增减", [18, -4, 3, -1], (None, None)),
        # what stands behind the injured is theirs
        ("事故起数 同比 受伤人数 同比", [18, "-18.2%", 7, "-30%"], ("-18.2%", None)),
        ("事故起数 起数同比 死亡人数 同比", [18, "-18.2%", 3, "-25%"], ("-18.2%", "-25%")),
    ],
)
def test_a_bare_change_is_that_of_the_count_in_front_of_it(
    home: Settings, write_sheet: Callable[..., Path], header: str, cells: list[Any],
    found: tuple[Any, ...],
) -> None:  # fmt: skip
    assert read(home, write_sheet, header.split(), cells) == found
