"""Lists of one plan on several sheets, joined by whichever of their numbers they share."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.read_file import Desk, read_file
from analysis.ingest.tables.shapes.plans.shared_numbers import _keys, joined_by_numbers

PROBLEMS: list[list[Any]] = [["序号", "存在问题"], ["1", "灭火器过期"], ["2", "通道堵塞"]]
TASKS: list[list[Any]] = [
    ["序号", "任务编号", "整改措施"],
    ["1", "1-1", "更换灭火器"],
    ["", "1-2", "建立台账"],
    ["2", "2-1", "清理通道"],
    ["填表人：张某", "", ""],
]


def joined(duties: list[list[Any]]) -> list[list[Any]]:
    sheets = [
        Sheet("问题清单", PROBLEMS),
        Sheet("任务清单", TASKS),
        Sheet("责任清单", [["任务编号", "责任单位"], *duties]),
    ]
    return joined_by_numbers(sheets)[1].cells


def test_problems_are_joined_by_one_number_and_duties_by_the_other() -> None:
    assert joined([["1-1", "甲局"], ["1-2", "乙局"], ["2-1", "丙局"]]) == [
        ["序号", "任务编号", "整改措施", "存在问题", "责任单位"],
        ["1", "1-1", "更换灭火器", "灭火器过期", "甲局"],
        ["", "1-2", "建立台账", "灭火器过期", "乙局"],
        ["2", "2-1", "清理通道", "通道堵塞", "丙局"],
        ["填表人：张某", "", "", "", ""],  # what stands under the list is of no measure
    ]


def test_a_cell_names_several_numbers_or_those_between_two() -> None:
    units = [row[-1] for row in joined([["1-1至1-2", "甲局"], ["2-1", "丙局"]])]
    assert units == ["责任单位", "甲局", "甲局", "丙局", ""]
    units = [row[-1] for row in joined([["1-1、2-1", "甲局"], ["1-2", "乙局"]])]
    assert units == ["责任单位", "甲局", "乙局", "甲局", ""]


def test_two_numbers_far_apart_are_not_all_those_between() -> None:
    # «1至9999999» in a cell would else be ten million rows
    assert _keys("1至9999999") == ["1"]
    assert _keys("2-1至2-3") == ["2-1", "2-2", "2-3"]


def test_a_cell_of_a_joined_list_has_no_address_on_the_sheet_that_it_was_joined_to(
    tmp_path: Path,
) -> None:
    book = Workbook()
    for name, rows in (
        ("任务清单", [row[1:] for row in TASKS[:4]]),
        ("责任清单", [["任务编号", "责任单位", "完成时限"], ["1-1", "甲局", "5月底前"],
                   ["1-2", "乙局", "6月底前"], ["2-1", "丙局", "看情况"]]),
    ):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    path = tmp_path / "清单.xlsx"
    book.save(path)
    tasks = read_file(path, "0", Desk(tmp_path, "模拟县"))[0].records
    assert tasks.columns["unit"] == ["甲局", "乙局", "丙局"]
    assert tasks.letters == {"sub_no": "A", "measure": "B"}
    (unread,) = [each for each in tasks.findings if each.rule == "unreadable"]
    assert (unread.row_no, unread.cell) == (4, None)
