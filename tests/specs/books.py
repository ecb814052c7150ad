"""Workbooks that a drawing cannot show: each has a function of the name of its rule."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = (
    "隐患编号",
    "场所名称",
    "隐患描述",
    "发现日期",
    "责任单位",
    "责任人",
    "整改期限",
    "整改状态",
)
FIRST = ("1", "宾馆", "灭火器过期", "2023-10-01", "甲局", "赵某", "2023-10-20", "整改中")
SECOND = ("2", "宾馆", "门锁损坏", "2023-10-01", "甲局", "赵某", "2023-10-20", "整改中")


def _two_rows(change: Callable[[Worksheet], None]) -> Callable[[Path], None]:
    """A ledger of two hazards, changed."""

    def write(path: Path) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        _fill(sheet, (HEADER, FIRST, SECOND))
        change(sheet)
        book.save(path)

    return write


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(list(row))


def _put(cell: str, value: Any) -> Callable[[Path], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return _two_rows(change)


def _hide_third(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


float_ambiguous = _put("D2", 10.1)
formula_unread = _put("H2", "=VLOOKUP(A2,X!A:B,2,0)")
formula_worked_out = _put("G3", "=DATE(2023,10,20)")
far_cell = _put("ZZ60000", "x")
hidden_rows = _two_rows(_hide_third)


def hidden_sheet(path: Path) -> None:
    """A ledger with an older one on a hidden sheet."""
    book = Workbook()
    _fill(book.worksheets[0], (HEADER, FIRST))
    old = book.create_sheet("旧")
    _fill(old, (HEADER, SECOND))
    old.sheet_state = "hidden"
    book.save(path)


def sheet_joined(path: Path) -> None:
    """Measures on one sheet, their progress on another, by number."""
    book = Workbook()
    measures = book.worksheets[0]
    measures.title = "措施"
    _fill(
        measures,
        (
            ("序号", "主要问题", "整改措施", "细化措施", "牵头单位", "责任人"),
            (1, "站位不高", "开会", "每月开会", "县文旅局", "张某"),
            (2, "底数不清", "建账", "建立台账", "县文旅局", "张某"),
        ),
    )
    progress = book.create_sheet("进度")
    _fill(
        progress,
        (
            ("序号", "完成时限", "完成情况"),
            (1, "2023-10-31", "整改中"),
            (2, "2023-11-30", "整改中"),
        ),
    )
    book.save(path)
