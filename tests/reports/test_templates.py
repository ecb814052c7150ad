"""A blank ledger reads back without a finding; a filled one as it was filled in."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.reports.templates import template_names, write_template
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

pytestmark = pytest.mark.slow

#: A value of each kind, as a careful person fills it in.
FILLED = {"text": "某某", "unit": "甲局", "date": date(2023, 10, 1), "deadline": date(2023, 10, 30),
          "integer": 1, "number": 0, "boolean": "否"}  # fmt: skip
#: The days of a half month, which are not one.
HALF_MONTH = {
    "period_end": date(2023, 10, 15), "due_on": date(2023, 10, 17),
    "submitted_on": date(2023, 10, 16),
}  # fmt: skip


@pytest.mark.parametrize("name", template_names())
def test_a_blank_ledger_reads_back_without_a_finding(home: Settings, name: str) -> None:
    write_template(name, home.raw / "2023-10-15" / "空白.xlsx")
    report = ingest(home)
    assert (report.rows_loaded, report.rows_rejected, report.findings) == (0, 0, 0)
    with open_warehouse(home.warehouse) as con:
        ledgers = fetch_rows(con, "SELECT ledger FROM submission WHERE ledger IS NOT NULL")[1]
    assert ledgers == [(name,)]


@pytest.mark.parametrize("name", template_names())
def test_a_ledger_filled_in_with_care_has_no_finding(home: Settings, name: str) -> None:
    path = home.raw / "2023-10-31" / "台账.xlsx"
    write_template(name, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A2"] = "填报单位：甲局    截至2023年10月31日"
    fields = [field for field in LEDGERS[name] if field.header]
    for column, field in enumerate(fields, start=1):
        value = next(iter(field.codes.labels.values())) if field.codes else FILLED[field.kind]
        value = "钱某" if field.name == "accepted_by" else value  # not the 责任人
        value = HALF_MONTH.get(field.name, value) if name == "half_month" else value
        sheet.cell(4, column, value)
    for label in ("整改状态", "办理状态"):  # whatever has its dates has been closed
        for column, field in enumerate(fields, start=1):
            if field.label == label:
                sheet.cell(4, column, "已销号")
    book.save(path)
    report = ingest(home)
    assert report.rows_loaded == 1
    with open_warehouse(home.warehouse) as con:
        told = [rule for (rule,) in fetch_rows(con, "SELECT rule FROM quality")[1]]
    # An acceptance by itself is one of nothing.
    assert told == (["acceptance_void"] if name == "acceptance" else [])


def test_a_code_is_chosen_from_a_list_and_a_day_is_checked(tmp_path: Path) -> None:
    write_template("hazard", tmp_path / "a.xlsx")
    checks = load_workbook(tmp_path / "a.xlsx").worksheets[0].data_validations.dataValidation
    lists = [check.formula1 for check in checks if check.type == "list"]
    assert '"一般,重大"' in lists
    assert any(check.type == "date" for check in checks)


def test_an_unknown_ledger_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(YanpanError, match="hazard（隐患）"):
        write_template("hazards", tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "text"), [(-18.2, "-18.2"), ("下降18.2%", "下降18.2%"), ("-18.18%", "-18.18%")]
)
def test_a_printed_percentage_may_be_a_fall_and_may_be_said_in_words(
    home: Settings, cell: float | str, text: str
) -> None:
    path = home.raw / "2023-12-31" / "事故统计.xlsx"
    write_template("accident_stat", path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    fields = [field for field in LEDGERS["accident_stat"] if field.header]
    column = {field.name: n for n, field in enumerate(fields, start=1)}
    checked = {
        area.min_col
        for check in sheet.data_validations.dataValidation
        for area in check.sqref.ranges
    }
    assert column["accidents"] in checked
    assert checked.isdisjoint({column["accidents_yoy_printed"], column["deaths_yoy_printed"]})
    filled = {
        "region": "全县", "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31),
        "accidents": 18, "deaths": 0, "accidents_prev": 22, "accidents_yoy_printed": cell,
    }  # fmt: skip
    for name, value in filled.items():
        sheet.cell(4, column[name], value)
    book.save(path)
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        columns = "accidents_prev, accidents_yoy_text, accidents_agree"
        sql = f"SELECT {columns} FROM accident_yoy(DATE '2023-12-31')"
        assert fetch_rows(con, sql)[1] == [(22, text, True)]
        assert fetch_rows(con, "SELECT message FROM quality WHERE rule = 'R15'")[1] == []
