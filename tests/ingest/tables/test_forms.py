"""A form of labels and values is a record; so is each of several on a page."""

from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.forms import read_form
from analysis.ingest.tables.layout import Layout, recognise
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import answered

VOCABULARY = Vocabulary()
NOTICE: list[list[Any]] = [
    ["责令限期整改通知书", "", "", ""],
    ["场所名称", "清风旅馆", "检查日期", "2023-10-08"],
    ["隐患描述", "灭火器过期", "整改期限", "2023-10-31"],
    ["责任单位", "县商务局", "责任人", "某甲"],
]


def read(cells: list[list[Any]]) -> tuple[Sheet, Layout] | None:
    sheet = Sheet("通知书", cells)
    return read_form(sheet, recognise(sheet, VOCABULARY), VOCABULARY)


def records(cells: list[list[Any]]) -> dict[int, dict[str, Any]]:
    """Row of the sheet → label → value, of the records that a form holds."""
    form = read(cells)
    assert form
    sheet, layout = form
    labels = [header.path for header in layout.headers]
    return {
        number: {
            label: value for label, value in zip(labels, sheet.cells[number], strict=True) if value
        }
        for number, kind in enumerate(layout.kinds)
        if kind is RowKind.DATA
    }


def test_a_notice_is_one_record_in_the_row_of_what_it_is_about() -> None:
    assert records(NOTICE) == {
        2: {
            "场所名称": "清风旅馆", "检查日期": "2023-10-08", "隐患描述": "灭火器过期",
            "整改期限": "2023-10-31", "责任单位": "县商务局", "责任人": "某甲",
        }
    }  # fmt: skip


def test_a_form_keeps_every_row_and_its_title() -> None:
    form = read(NOTICE)
    assert form
    sheet, layout = form
    assert (layout.ledger.name, layout.title) == ("hazard", "责令限期整改通知书")
    assert len(sheet.cells) == len(layout.kinds) == 4


def test_a_title_says_what_a_label_alone_would_not() -> None:
    """新增隐患 and 已整改 are figures of a report where the title says 半月报, and nothing else."""
    labels = [
        ["填报单位", "甲局"],
        ["新增隐患（处）", "1"],
        ["已整改（处）", "0"],
        ["报送日期", "11月16日"],
    ]
    form = read([["半月报表（2023年11月1日—11月15日）", ""], *labels])
    assert form
    assert form[1].ledger.name == "half_month"
    assert read([["情况（2023年11月1日—11月15日）", ""], *labels]) is None


def test_a_label_and_its_value_may_share_a_cell() -> None:
    cells = [
        [line]
        for line in (
            "场所名称：清风旅馆",
            "隐患描述：灭火器过期",
            "整改期限：2023-10-31",
            "责任人：某甲",
        )
    ]
    ((_, said),) = records(cells).items()
    assert said["场所名称"] == "清风旅馆"
    assert said["整改期限"] == "2023-10-31"


def test_what_no_label_claims_is_kept() -> None:
    cells = [*NOTICE, ["请按期整改，逾期依法处理。", "", "", ""]]
    assert records(cells)[2]["表单其他内容"] == "请按期整改，逾期依法处理。"


def test_several_on_a_page_share_what_was_said_before_the_first() -> None:
    cells = [
        ["场所名称", "清风旅馆", "检查日期", "2023-10-08"],
        ["隐患描述", "灭火器过期", "整改期限", "2023-10-31"],
        ["隐患描述", "通道堵塞", "整改期限", "2023-10-20"],
    ]
    shared = {"场所名称": "清风旅馆", "检查日期": "2023-10-08"}
    assert records(cells) == {
        1: shared | {"隐患描述": "灭火器过期", "整改期限": "2023-10-31"},
        2: shared | {"隐患描述": "通道堵塞", "整改期限": "2023-10-20"},
    }


def test_a_page_that_explains_a_form_is_none() -> None:
    explained = [
        ["场所名称", "填写全称"], ["隐患描述", "写清部位和问题"], ["整改期限", "如2023-10-31"],
        ["责任单位", "填写全称"], ["责任人", "填写姓名"],
    ]  # fmt: skip
    assert read(explained) is None
    named = Sheet("填表说明", NOTICE)
    assert read_form(named, recognise(named, VOCABULARY), VOCABULARY) is None
    columns = [
        [label, "文本", "必填", "最多百字"]
        for label in ["场所名称", "隐患描述", "整改期限", "责任单位"]
    ]
    assert read(columns) is None


def test_a_table_is_no_form() -> None:
    header = ["场所名称", "甲列", "隐患描述", "乙列", "整改期限", "丙列", "责任单位", "丁列"]
    assert (
        read([header, ["清风旅馆", "1", "灭火器过期", "2", "2023-10-31", "3", "县商务局", "4"]])
        is None
    )


def test_a_column_for_each_answer_is_one_field() -> None:
    header = ["场所名称", "隐患描述", "责任单位", "已整改", "整改中", "未整改"]
    rows = [
        ["清风旅馆", "灭火器过期", "县商务局", "√", "", ""],
        ["云水茶馆", "通道堵塞", "县商务局", "", "", "√"],
    ]
    sheet = Sheet("台账", [header, *rows])
    layout = recognise(sheet, VOCABULARY)
    assert layout
    sheet, layout = answered(sheet, layout)
    assert [header.path for header in layout.headers][3:] == ["整改状态", "", ""]
    assert [row[3] for row in sheet.cells[1:]] == ["已整改", "未整改"]


def test_columns_of_numbers_under_such_headers_stay_as_they_are() -> None:
    header = ["场所名称", "隐患描述", "责任单位", "已整改", "未整改"]
    sheet = Sheet("台账", [header, ["清风旅馆", "灭火器过期", "县商务局", 12.0, 3.0]])
    layout = recognise(sheet, VOCABULARY)
    assert layout
    assert answered(sheet, layout) == (sheet, layout)


def test_labels_that_nobody_knows_make_a_form_no_explanation_of_one() -> None:
    form = [
        ["半月报表", ""], ["报送单位", "某乡"], ["统计时段", "10月16日—10月31日"],
        ["检查场所（家）", 5], ["发现隐患（条）", 0], ["上级转办（条）", 0], ["回访（次）", 2],
        ["填报人", "某甲"], ["报送日期", "11月7日"],
    ]  # fmt: skip
    found = read(form)
    assert found
    assert found[1].ledger.name == "half_month"


def test_a_form_of_a_period_is_a_half_month_report_where_its_title_says_so() -> None:
    form = [
        ["半月报表", "", "", ""],
        ["报送单位", "县商务局", "报告期", "2023年10月16日—10月31日"],
        ["检查场所数", 9, "发现隐患数", 0],
        ["完成整改数", 0, "报送人", "某甲"],
    ]
    found = read(form)
    assert found
    assert found[1].ledger.name == "half_month"
    assert read([["情况表", "", "", ""], *form[1:]]) is None
