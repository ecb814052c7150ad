"""A file is opened once and its merged cells are filled once, whatever it is."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.read_file import Desk, read_file
from analysis.settings import Settings

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期"]
ROWS = [["1", "宾馆", "灭火器过期", "2023-10-01"], ["2", "影院", "通道堵塞", "2023-10-02"]]
OPENS: Counter[str] = Counter()


def _count(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        OPENS[str(arguments[0])] += 1


# An audit hook sees every open of every library, and stays until the process ends.
sys.addaudithook(_count)


def workbook(path: Path) -> None:
    book = Workbook()
    for row in (["隐患台账"], HEADER, *ROWS):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A1:D1")
    book.save(path)


def workbook_with_a_day_as_a_number(path: Path) -> None:
    """9.3 in a date column: its number format is asked for, from the same file."""
    book = Workbook()
    for row in (HEADER, [*ROWS[0][:3], 9.3]):
        book.worksheets[0].append(row)
    book.worksheets[0]["D2"].number_format = "0.00"
    book.save(path)


def document(path: Path) -> None:
    page = docx.Document()
    page.add_paragraph("隐患台账")
    table = page.add_table(3, 4)
    for row, cells in zip(table.rows, (HEADER, *ROWS), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    page.save(str(path))


def text(delimiter: str) -> Callable[[Path], None]:
    lines = "\n".join(delimiter.join(cells) for cells in (HEADER, *ROWS))
    return lambda path: path.write_text(lines, encoding="gb18030") and None


def web_page(path: Path) -> None:
    rows = "".join(f"<tr><td>{'<td>'.join(cells)}</tr>" for cells in (HEADER, *ROWS))
    path.write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")


def old_workbook(path: Path) -> None:
    source = Path(__file__).parents[1] / "files" / "模拟数据_旧版台账.xls"
    path.write_bytes(source.read_bytes())


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.xlsx", workbook),
        ("b.xlsx", workbook_with_a_day_as_a_number),
        ("c.xls", workbook),
        ("d.docx", document),
        ("e.csv", text(",")),
        ("f.txt", text("\t")),
        ("g.xls", web_page),
        ("h.xls", old_workbook),
    ],
)
def test_a_file_is_opened_once(home: Settings, name: str, write: Callable[[Path], None]) -> None:
    path = home.raw / name
    write(path)
    OPENS.clear()
    submissions = read_file(path, "0", Desk(home.raw, "模拟县"))
    assert [each.facts["ledger"] for each in submissions] == ["hazard"]
    assert OPENS[str(path)] == 1


def test_merged_cells_are_filled_once() -> None:
    sheet = Sheet("台账", [["a", "b"], ["", "c"]], merged=[(0, 0, 1, 0)])
    assert sheet.filled == [["a", "b"], ["a", "c"]]
    assert sheet.filled is sheet.filled
