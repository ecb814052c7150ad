"""Whatever a ledger says, documents hold it as text, and refer to nothing outside of themselves."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.briefing.plots import Plot
from analysis.charts.tokens import PARTS
from analysis.ingest.pipeline import Report
from analysis.reports.office.native_charts import chart_data
from analysis.reports.package import write_package
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope

#: What a spreadsheet, a word processor or their writers may take for a link or something to work
#: out; the address is one of those that are kept for documents.
LINKS = (
    "http://x", "https://x", "ftp://x", "ftps://203.0.113.7/x", "file://203.0.113.7/share/x",
    "file:///etc/passwd", r"\\203.0.113.7\share", "mailto:x@y", "internal:Sheet1!A1",
    r"external:\\203.0.113.7\x.xlsx", "HTTP://x", "{=1+1}", "www.x.cn",
)  # fmt: skip


def test_a_category_that_looks_like_a_formula_or_a_link_is_text_behind_the_chart_too() -> None:
    names = ("=1+1", *LINKS, "消防")
    plot = Plot(
        "题",
        "hazard_mix",
        names,
        {LINKS[4]: tuple(map(float, range(len(names))))},
        (PARTS["overdue"],),
    )
    blob = chart_data(plot)._workbook_writer.xlsx_blob
    cells = [row[0] for row in load_workbook(io.BytesIO(blob)).worksheets[0].iter_rows()]
    assert [cell.value for cell in cells[1:]] == ["'=1+1", *LINKS, "消防"]
    assert {cell.data_type for cell in cells[1:]} == {"s"}
    assert outside(blob) == []


OFFICE = (".docx", ".pptx", ".xlsx")


def outside(blob: bytes) -> list[str]:
    """What a document, or one within it, refers to outside of itself."""
    found = []
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(".rels") and b'"External"' in part:
                found.append(f"{name}: {part.decode()}")
            elif name.endswith(OFFICE):
                found += [f"{name}/{each}" for each in outside(part)]
    return found


@pytest.mark.slow
def test_no_document_refers_to_where_a_ledger_says(
    home: Settings, report_of: Callable[[], Report], write_sheet: Callable[..., Path],
    tmp_path: Path,
) -> None:  # fmt: skip
    head = ["隐患编号", "场所名称", "隐患描述", "隐患类别", "责任单位", "整改期限", "检查日期"]
    rows = [[each, *[each] * 4, "2023-11-01", "2023-10-01"] for each in LINKS]
    write_sheet("2023-11-10/隐患台账.xlsx", [head, *rows])
    report_of()
    with Warehouse(home.warehouse) as warehouse:
        day = Scope(date(2023, 11, 15))
        write_package(warehouse, home, day, "monthly", tmp_path / "a", "none")
    files = [each for each in (tmp_path / "a").rglob("*") if each.suffix in OFFICE]
    assert {each.suffix for each in files} == set(OFFICE)
    assert [found for each in files for found in outside(each.read_bytes())] == []
