"""Printed percentages keep their decimals from the cell on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEADER = ["地区", "统计起始日", "统计截止日", "事故起数（起）", "死亡人数（人）",
          "上年同期起数（起）", "起数同比（%）"]  # fmt: skip
COLUMNS = "accidents_yoy_printed, accidents_yoy_text, accidents_yoy_places"


def row(now: int, before: int | None, cell: Any, region: str = "甲市") -> list[Any]:
    return [region, date(2022, 1, 1), date(2022, 12, 31), now, 0, before, cell]


def ask(home: Settings, sql: str) -> list[Any]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


@pytest.mark.parametrize(
    ("cell", "number_format", "kept"),
    [
        (-0.182, "0.0%", (-18.2, "-18.2%", 1)),
        (-4 / 22, "0.0%", (-18.2, "-18.2%", 1)),  # the format hides what was worked out
        (-4 / 22, "0.00%", (-18.18, "-18.18%", 2)),
        (-18.2, "General", (-18.2, "-18.2", 1)),
        (-400 / 22, "0", (-18.0, "-18", 0)),
        (-400 / 22, '0.0"%"', (-18.2, "-18.2", 1)),  # % is a word here: no hundredfold
        ("下降18.20%", "General", (-18.2, "下降18.20%", 2)),
        ("－18", "@", (-18.0, "－18", 0)),
        ("持平", "General", (0.0, "持平", 4)),
        ("有所下降", "General", (None, "有所下降", None)),
        ("—", "General", (None, None, None)),
    ],
)
def test_a_printed_percentage_is_kept_as_it_is_shown(
    home: Settings, write_sheet: Callable[..., Path], cell: Any, number_format: str,
    kept: tuple[Any, ...],
) -> None:  # fmt: skip
    path = write_sheet("2023-01-31/统计.xlsx", [["事故统计台账"], HEADER, row(18, 22, cell)])
    book = load_workbook(path)
    book.worksheets[0]["G3"].number_format = number_format
    book.save(path)
    ingest(home)
    assert ask(home, f"SELECT {COLUMNS} FROM accident_stat") == [kept]


def test_a_share_that_can_be_nothing_else_is_read_in_per_cent(home: Settings) -> None:
    """A csv does not say that its numbers were shown as percentages; the counts do."""
    path = home.raw / "2023-01-31" / "统计.csv"
    path.parent.mkdir(parents=True)
    rows = [
        row(24, 18, "0.333", "甲市"),  # 33.3 %
        row(18, None, "-0.182", "乙市"),  # 22 before, and no number gives −0.182 %
        row(402, 400, "0.5", "丙市"),  # half a per cent is what it says
        row(13, None, "12", "丁市"),  # wrong, and not 1200 %
        row(24, 18, "0.333%", "戊市"),  # said to be per cent
    ]
    lines = [HEADER, *rows]
    path.write_text(
        "\n".join(",".join("" if cell is None else str(cell) for cell in each) for each in lines),
        encoding="utf-8",
    )
    ingest(home)
    found = ask(home, f"SELECT region, {COLUMNS} FROM accident_stat ORDER BY row_no")
    assert found == [
        ("甲市", 33.3, "0.333", 1), ("乙市", -18.2, "-0.182", 1), ("丙市", 0.5, "0.5", 1),
        ("丁市", 12.0, "12", 0), ("戊市", 0.333, "0.333%", 3),
    ]  # fmt: skip
    told = ask(home, "SELECT row_no, rule, severity FROM quality WHERE field LIKE '%yoy_printed'")
    assert sorted(told) == [
        (2, "approximate", "warning"), (3, "approximate", "warning"), (5, "R15", "error"),
        (6, "R15", "error"),
    ]  # fmt: skip
    bases = ask(home, "SELECT region, accidents_prev FROM accident_yoy(DATE '2023-01-31')")
    assert dict(bases) == {"甲市": 18, "乙市": 22, "丙市": 400, "丁市": None, "戊市": 18}
