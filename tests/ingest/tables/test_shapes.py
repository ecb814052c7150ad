"""A list that is too wide for one sheet is one list."""

from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.layout import Layout, recognise
from analysis.ingest.tables.shapes import joined

VOCABULARY = Vocabulary()
FIRST: list[list[Any]] = [
    ["序号", "场所名称", "隐患描述"],
    [1.0, "清风旅馆", "灭火器过期"],
    [2.0, "云水茶馆", "通道堵塞"],
]
SECOND: list[list[Any]] = [
    ["整改情况（续）", "", "", ""],
    ["序号", "责任单位", "整改期限", "场所名称"],
    [2.0, "县商务局", "2023-10-20", "云水茶馆"],
    [1.0, "县教育局", "2023-10-31", "清风旅馆"],
]


def join(second: list[list[Any]]) -> tuple[Sheet, Layout] | None:
    first = Sheet("一", FIRST)
    layout = recognise(first, VOCABULARY)
    assert layout
    return joined(first, layout, Sheet("二", second), VOCABULARY)


def test_columns_of_the_second_sheet_are_joined_by_number() -> None:
    found = join(SECOND)
    assert found
    sheet, layout = found
    assert [header.path for header in layout.headers][3:] == ["责任单位", "整改期限"]
    assert [row[3:] for row in sheet.cells[1:]] == [
        ["县教育局", "2023-10-31"],
        ["县商务局", "2023-10-20"],
    ]


def test_other_numbers_are_another_list() -> None:
    assert join([*SECOND, [3.0, "县水利局", "2023-10-31", ""]]) is None
    assert join(SECOND[:-1]) is None


def test_sheets_that_say_different_things_of_one_number_are_not_joined() -> None:
    swapped = {2.0: "清风旅馆", 1.0: "云水茶馆"}
    second = [[*row[:3], swapped.get(row[0], row[3])] for row in SECOND]
    assert join(second) is None


def test_a_number_that_comes_twice_joins_nothing() -> None:
    assert join([*SECOND, SECOND[-1]]) is None


def test_a_sheet_without_columns_of_the_ledger_is_not_joined() -> None:
    assert join([["序号", "品名", "单价"], [1.0, "笔", 2.0], [2.0, "纸", 3.0]]) is None
