"""Header, record type and kind of every row follow from the sheet alone."""

from typing import Any

import pytest

from analysis.ingest.layout import RowKind, looks_like_table, normalise, recognise
from analysis.ingest.sheets import Range, Sheet


def sheet(*rows: list[Any], merged: list[Range] | None = None) -> Sheet:
    width = max(map(len, rows))
    return Sheet("Sheet1", [[*row, *[""] * (width - len(row))] for row in rows], merged or [])


def claimed(table: Sheet) -> dict[str, int]:
    layout = recognise(table)
    assert layout
    return {column.field.name: column.index for column in layout.columns if column.field}


@pytest.mark.parametrize(
    ("header", "ledger"),
    [
        (["隐患描述", "场所名称", "发现日期"], "hazard"),
        (["存在问题", "被检查单位", "检查时间", "整改时限"], "hazard"),
        (["检查日期", "被检查单位", "检查人员", "检查结果"], "inspection"),
        (["发生时间", "事故类型", "死亡人数"], "accident"),
        (["地区", "起数", "死亡人数", "起数同比"], "accident_stat"),
        (["主要问题", "整改措施", "细化措施", "完成时限"], "measure"),
        (["会议名称", "议定事项", "责任单位"], "decision"),
        (["单位名称", "联络员", "联系电话"], "unit"),
        (["场所名称", "业态", "风险等级"], "site"),
        (["报送单位", "期次起", "零报告"], "half_month"),
        (["履职类型", "单位", "开展日期", "主题"], "duty"),
    ],
)
def test_the_record_type_comes_from_the_headers(header: list[str], ledger: str) -> None:
    layout = recognise(sheet(header, ["x"] * len(header)))
    assert layout
    assert layout.ledger.name == ledger


def test_a_sheet_of_other_columns_belongs_to_no_ledger() -> None:
    table = sheet(["品名", "单价", "数量"], ["笔", 2, 3])
    assert recognise(table) is None
    assert looks_like_table(table)


def test_a_page_of_notes_is_no_table() -> None:
    assert not looks_like_table(sheet(["填表说明"], ["一、每半月填一次"]))


def test_title_two_row_header_and_merged_cells() -> None:
    table = sheet(
        ["安全隐患台账"],
        ["检查发现", "", "整改", "", "序号"],
        ["场所名称", "隐患描述", "责任\n单位", "整改期限（天）", ""],
        ["宾馆", "灭火器过期", "甲局", "", 1],
        merged=[(0, 0, 0, 4), (1, 0, 1, 1), (1, 2, 1, 3), (1, 4, 2, 4)],
    )
    layout = recognise(table)
    assert layout
    assert layout.title == "安全隐患台账"
    assert layout.kinds == [RowKind.TITLE, RowKind.HEADER, RowKind.HEADER, RowKind.DATA]
    assert claimed(table) == {"site": 0, "description": 1, "unit": 2, "due_on": 3}


def test_a_subtitle_of_several_cells_is_no_header() -> None:
    layout = recognise(
        sheet(
            ["填报单位：甲局", "", "截至2023年10月20日"],
            ["场所名称", "隐患描述", "责任单位"],
            ["宾馆", "灭火器过期", "甲局"],
        )
    )
    assert layout
    assert layout.kinds == [RowKind.TITLE, RowKind.HEADER, RowKind.DATA]
    assert layout.title == "填报单位：甲局 截至2023年10月20日"


def test_a_table_above_the_table_is_not_its_title() -> None:
    layout = recognise(
        sheet(
            ["隐患台账"],
            ["场所名称", "隐患描述"],
            ["宾馆", "灭火器过期"],
            [],
            ["场所名称", "隐患描述", "责任单位"],
            ["影院", "通道堵塞", "甲局"],
        )
    )
    assert layout
    assert layout.title == "隐患台账"
    assert layout.kinds == [
        RowKind.TITLE, RowKind.STRAY, RowKind.STRAY, RowKind.BLANK, RowKind.HEADER, RowKind.DATA,
    ]  # fmt: skip


def test_a_table_below_the_table_is_not_read_by_its_header() -> None:
    layout = recognise(
        sheet(
            ["场所名称", "隐患描述", "责任单位", "责任人"],
            ["宾馆", "灭火器过期", "甲局", "赵某"],
            ["检查日期", "被检查单位", "检查结果"],
            ["2023-10-01", "宾馆", "未发现问题"],
            ["场所名称", "隐患描述", "责任单位", "责任人"],
            ["影院", "通道堵塞", "甲局", "赵某"],
        )
    )
    assert layout
    assert layout.kinds == [
        RowKind.HEADER, RowKind.DATA, RowKind.STRAY, RowKind.STRAY, RowKind.HEADER, RowKind.DATA,
    ]  # fmt: skip


def test_cells_merged_down_are_filled() -> None:
    filled = sheet(["a", "b"], ["", "c"], merged=[(0, 0, 1, 0)]).filled()
    assert filled == [["a", "b"], ["a", "c"]]


def test_each_row_is_data_or_says_why_it_is_not() -> None:
    layout = recognise(
        sheet(
            ["序号", "场所名称", "隐患描述"],
            [1, 2, 3],
            [1, "宾馆", "灭火器过期"],
            ["", "", ""],
            [2, "", ""],
            ["序号", "场所名称", "隐患描述"],
            ["合计", "", "1条"],
            ["注：每半月报一次", "", ""],
            ["审核人：", "填报人：", ""],
        )
    )
    assert layout
    assert layout.kinds == [
        RowKind.HEADER, RowKind.HEADER, RowKind.DATA, RowKind.BLANK, RowKind.BLANK, RowKind.HEADER,
        RowKind.TOTAL, RowKind.NOTE, RowKind.NOTE,
    ]  # fmt: skip


def test_a_place_whose_name_begins_like_a_total_is_data() -> None:
    layout = recognise(sheet(["场所名称", "隐患描述"], ["合计利酒店", "灭火器过期"]))
    assert layout
    assert layout.kinds[1] is RowKind.DATA


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("整改\n资金（万元）", "整改资金"), (" 责任 单位 ", "责任单位"), ("ＩＤ", "ID"),
        ("牵头单位(分管负责人)", "牵头单位"), ("*隐患描述：", "隐患描述"),
    ],
)  # fmt: skip
def test_headers_are_compared_without_breaks_brackets_and_width(header: str, normal: str) -> None:
    assert normalise(header) == normal


def test_a_completion_time_is_a_deadline_unless_the_ledger_has_one() -> None:
    alone = sheet(["场所名称", "隐患描述", "整改完成时间"], ["宾馆", "x", ""])
    beside = sheet(["场所名称", "隐患描述", "整改期限", "整改完成时间"], ["宾馆", "x", "", ""])
    assert claimed(alone)["due_on"] == 2
    assert (claimed(beside)["due_on"], claimed(beside)["done_on"]) == (2, 3)
