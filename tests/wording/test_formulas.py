"""What a spreadsheet might run, and what it must be left to add up."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.briefing.plots import Plot
from analysis.reports.office.native_charts import chart_data
from analysis.reports.office.sheets import Table, write_tables
from analysis.wording.characters import for_terminal
from analysis.wording.formulas import harmless, is_formula
from analysis.wording.tables import as_csv
from dashboards.downloads.tables import rows_as_csv

RUN = (
    "=1+1", "+86139", "-3", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "  =1+1", "\u3000=1+1", "\x00=1+1",
    "\ufeff=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)",
)  # fmt: skip
LEFT = ("灭火器", "—", "1-2", "a=b", "'=1+1", "", "（=1）", "\t制表符", "〇")


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_may_be_run_is_quoted_in_every_file(text: str) -> None:
    assert is_formula(text)
    assert harmless(text) == f"'{text}"
    for file in (as_csv(["列"], [{"列": text}]), rows_as_csv(["列"], [[text]])):
        ((cell,),) = list(csv.reader(io.StringIO(file, newline="")))[1:]
        assert cell == f"'{for_terminal(text)}"


@pytest.mark.parametrize("text", LEFT)
def test_any_other_text_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("number", [-3, -0.5, Decimal("-16.67"), 0, True, None])
def test_a_negative_number_stays_a_number(number: Any) -> None:
    assert harmless(number) is number
    assert "'" not in as_csv(["列"], [{"列": number}]) + rows_as_csv(["列"], [[number]])


def test_a_heading_is_data_too() -> None:
    assert rows_as_csv(["=1+1"], []).strip() == "'=1+1"


def test_in_a_workbook_text_is_typed_as_text_and_needs_no_quote(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_tables([Table("表", [{"=头": text, "数": -3} for text in RUN[:4]], title="=题")], path)
    sheet = load_workbook(path)["表"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [row[0] for row in sheet.values] == ["=题", "=头", *RUN[:4]]


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", " -3"])
def test_behind_a_chart_too(text: str) -> None:
    data = chart_data(Plot("图", "x", (text, "甲局"), {"数": (1.0, 2.0)}, ("#000000",)))
    quoted = next(iter(data.categories)).label
    assert quoted.startswith("'")
