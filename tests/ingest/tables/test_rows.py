"""A row is what it says itself: a heading, total, note, signature or sample is no record."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.files.sheets import Range, Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.layout import recognise
from analysis.ingest.tables.rows import RowKind

VOCABULARY = Vocabulary()
HEADER = [
    "序号",
    "隐患编号",
    "场所名称",
    "隐患描述",
    "发现日期",
    "整改期限",
    "责任单位",
    "整改状态",
]
ROW: list[Any] = [
    1.0,
    "Y-1",
    "清风旅馆",
    "灭火器过期",
    "2023-10-08",
    "2023-10-31",
    "县商务局",
    "整改中",
]
WIDTH = len(HEADER)


def kinds_of(*rows: list[Any], merged: list[Range] | None = None) -> list[RowKind]:
    """The kinds of the rows that stand under the header and one record."""
    padded = [[*row, *[""] * (WIDTH - len(row))] for row in (HEADER, ROW, *rows)]
    layout = recognise(Sheet("台账", padded, merged or []), VOCABULARY)
    assert layout
    assert layout.kinds[:2] == [RowKind.HEADER, RowKind.DATA]
    return layout.kinds[2:]


def over_the_table(text: str) -> RowKind:
    (kind,) = kinds_of([text], merged=[(2, 0, 2, WIDTH - 1)])
    return kind


@pytest.mark.parametrize(
    "text",
    [
        "一、重大隐患",
        "（二）城关镇",
        "第一部分 消防",
        "城关镇",
        "宾馆类（2家）",
        "10月份",
        "县商务局",
    ],
)
def test_a_text_merged_over_the_table_is_a_heading(text: str) -> None:
    assert over_the_table(text) is RowKind.BAND


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("合计：3条", RowKind.TOTAL), ("共计3条", RowKind.TOTAL), ("1—9月累计", RowKind.TOTAL),
        ("以上共2条隐患，其中重大隐患0条", RowKind.NOTE), ("第 1 页，共 2 页", RowKind.NOTE),
        ("（此页无正文）", RowKind.NOTE), ("备注：每半月报送一次", RowKind.NOTE),
        ("2023年10月16日", RowKind.NOTE), ("共7条", RowKind.NOTE),
        ("制表人：某乙　　审核：某丙　　2023年10月16日", RowKind.SIGNATURE),
        ("单位负责人（签字）：", RowKind.SIGNATURE),
        ("填报单位（盖章）：县商务局", RowKind.SIGNATURE),
    ],
)  # fmt: skip
def test_what_stands_under_a_table_says_what_it_is(text: str, kind: RowKind) -> None:
    assert over_the_table(text) is kind
    assert kinds_of([text]) == [kind]  # merged or not


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        # Totals, wherever the word stands, and only where nothing but sums stands beside it.
        (["", "南关镇小计", "2家", "2条", "", "", "", "完成0"], RowKind.TOTAL),
        (["", "", "本页小计", 3.0, "", "", "", 0.0], RowKind.TOTAL),
        (["平均", "", "", 1.5], RowKind.TOTAL),
        ([2.0, "", "合计利酒店", "灭火器过期", "2023-10-08"], RowKind.DATA),
        ([2.0, "Y-2", "小计街商铺", "共计3处灭火器过期", "2023-10-08"], RowKind.DATA),
        (["", "", 3.0, 12.0, "", "", "", "60%"], RowKind.TOTAL),
        # Rows that count the columns.
        (["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"], RowKind.HEADER),
        (["①", "②", "③", "④"], RowKind.HEADER),
        (["甲", "乙", 1.0, 2.0, 3.0], RowKind.HEADER),
        # Samples.
        (["示例", "Y-0", "示例宾馆", "灭火器过期", "2023-01-01"], RowKind.SAMPLE),
        (["例：", "Y-0", "某宾馆", "灭火器过期", "2023-01-01"], RowKind.SAMPLE),
        # Those who signed, each in a cell.
        (["单位负责人（签字）：", "", "", "", "审核人：", "", "填报人：某甲"], RowKind.SIGNATURE),
        (["共7条", "", "", "", "", "", "", "导出人：某甲"], RowKind.SIGNATURE),
        # A system's export is signed by whoever exported it, the mark of the paper beside him.
        (["导出时间：2024-03-01 09:40", "导出人：某甲", "模拟数据"], RowKind.SIGNATURE),
        (["导出人：某甲", "", "", "", "（模拟数据）"], RowKind.SIGNATURE),
        (["下载时间：2024-03-01", "", "", "", "下载账号：fire01"], RowKind.SIGNATURE),
        (["查询条件：整改中", "数据条数：7", "统计单位：某县"], RowKind.SIGNATURE),
        (["（模拟数据）"], RowKind.NOTE),
        (["", "", "本表为模拟数据"], RowKind.NOTE),
        # A number and a heading, or a number alone.
        (["一", "重大隐患"], RowKind.BAND),
        ([2.0, ""], RowKind.BLANK),
        # A record, however little it says, and whatever mark stands beside.
        ([2.0, "", "", "灭火器过期", "", "", "", "模拟数据"], RowKind.DATA),
        (["", "", "清风旅馆", "导出口被堵", "模拟数据"], RowKind.DATA),
        ([2.0, "", "", "灭火器过期"], RowKind.DATA),
        (["", "", "", "灭火器过期"], RowKind.DATA),
        (["", "", "清风旅馆"], RowKind.DATA),
        (["", "", "城关镇"], RowKind.BAND),
        # That there is none, under whichever header it is written.
        (["无"], RowKind.NONE),
        (["", "", "本期无新增"], RowKind.NONE),
        (["", "", "", "本月未发现隐患"], RowKind.NONE),
        ([1.0, "", "经排查，暂未发现重大火灾隐患。"], RowKind.NONE),
        ([1.0, "/", "无", "无", "/", "—"], RowKind.NONE),
        (["", "", "", "无安全须知"], RowKind.DATA),
        ([2.0, "", "", "无隐患排查记录"], RowKind.DATA),
    ],
)  # fmt: skip
def test_a_row_is_what_it_says(row: list[Any], kind: RowKind) -> None:
    assert kinds_of(row) == [kind]


@pytest.mark.parametrize(
    "row",
    [
        [2.0, "", "", "共计3处灭火器失效"], [2.0, "", "", "平均 3 处漏电"],
        [2.0, "", "", "全楼共计3处漏电", "", "2023-10-31"],
        ["", "", "", "共计3处灭火器失效", "2023-10-02"],
        ["", "", "", "一、二层应急灯损坏"], ["", "", "", "（一）消防通道堵塞"],
        ["", "", "", "危险物品混放未分类"], ["", "", "", "消防柜占用社区"],
        ["二", "", "", "消防通道堵塞"], ["", "", "", "截止阀漏气"], ["", "", "", "以上部位漏水"],
    ],
)  # fmt: skip
def test_what_stands_in_the_column_of_descriptions_is_a_record(row: list[Any]) -> None:
    assert kinds_of(row) == [RowKind.DATA]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["城关镇", "", "", "2条"], RowKind.BAND), (["一", "重大隐患", "3条"], RowKind.BAND),
        (["汇总", "", "", 12.0, "", "", 8.0, "66%"], RowKind.TOTAL),
        (["合计", "", "12条，其中重大3条、一般9条", "", "", "", "已整改8条"], RowKind.TOTAL),
        (["合计", "2家", "", "3条", "", "", "", "整改率"], RowKind.TOTAL),
        (["小计", "隐患三处，已改〇处"], RowKind.TOTAL),
        (["小计", "", "", "共十二条，已销号两条"], RowKind.TOTAL),
        (["乡安监站：某甲", "", "", "", "分管领导签字："], RowKind.SIGNATURE),
        (["统计员", "某甲", "", "联系电话", "13800000000"], RowKind.SIGNATURE),
        (["被检查单位负责人", "某乙", "联系电话", "13900000000"], RowKind.SIGNATURE),
        (["局长", "某甲", "", "科长", "某乙", "", "填表", "某丙"], RowKind.SIGNATURE),
        (["县商务局", "", "", "2023年10月16日"], RowKind.SIGNATURE),
    ],
)  # fmt: skip
def test_a_heading_with_its_count_and_those_who_signed_are_no_records(
    row: list[Any], kind: RowKind
) -> None:
    assert kinds_of(row) == [kind]


def test_what_follows_a_note_in_the_column_of_descriptions_is_a_record() -> None:
    rows = kinds_of(["说明：以下为自查"], ["", "", "", "消防通道堵塞"], ["", "", "", "应急灯损坏"])
    assert rows == [RowKind.NOTE, RowKind.DATA, RowKind.DATA]


def test_under_merged_cells_no_word_makes_a_note_of_a_record() -> None:
    rows = [
        HEADER,
        ROW,
        *(["", "", "", text, *[""] * 4] for text in ("截至10月漏气", "总计5间漏电")),
    ]
    merged = [(1, column, 3, column) for column in (0, 1, 2, 4, 5, 6, 7)]
    layout = recognise(Sheet("台账", rows, merged), VOCABULARY)
    assert layout
    assert layout.kinds[2:] == [RowKind.DATA, RowKind.DATA]


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "自动喷淋店", "应急照明灯损坏", "", "2023-10-31", "某甲、某乙", "整改中"],
        ["", "", "电影公司", "可燃气体报警器失效", "", "", "按要求更换", "整改中"],
        ["", "", "单元门口", "堆放杂物", "", "一般/较大", "某甲、某乙", "整改中"],
    ],
)
def test_a_first_row_without_a_number_is_no_hint(row: list[Any]) -> None:
    layout = recognise(Sheet("台账", [HEADER, row, ROW]), VOCABULARY)
    assert layout
    assert layout.kinds[1] is RowKind.DATA


def test_a_row_cut_into_two_merged_texts_is_no_record() -> None:
    total = ["合计：7条", "", "", "", "其中重大隐患2条，一般隐患5条", "", "", ""]
    heading = ["城关镇", "", "", "", "责任单位：县商务局", "", "", ""]
    merged = [(row, left, row, left + 3) for row in (2, 3) for left in (0, 4)]
    assert kinds_of(total, heading, merged=merged) == [RowKind.TOTAL, RowKind.BAND]
    assert kinds_of(total) == [RowKind.TOTAL]


def test_a_hint_right_under_the_header_is_a_sample() -> None:
    hint = [
        "填写说明",
        "单位自编",
        "全称",
        "具体描述",
        "如2023-10-01",
        "如2023-10-31",
        "全称",
        "已完成/整改中",
    ]
    layout = recognise(Sheet("台账", [HEADER, hint, ROW]), VOCABULARY)
    assert layout
    assert layout.kinds == [RowKind.HEADER, RowKind.SAMPLE, RowKind.DATA]


def test_what_follows_a_note_and_says_one_thing_is_a_note() -> None:
    rows = kinds_of(["说明：", "级别分两级"], ["", "状态按复查结果填写"], [2.0, *ROW[1:]])
    assert rows == [RowKind.NOTE, RowKind.NOTE, RowKind.DATA]


def test_a_title_and_header_on_the_second_page_are_no_records() -> None:
    title = ["隐患台账（10月）", *[""] * (WIDTH - 1)]
    sheet = Sheet("台账", [title, HEADER, ROW, title, HEADER, ROW], [(0, 0, 0, 7), (3, 0, 3, 7)])
    layout = recognise(sheet, VOCABULARY)
    assert layout
    assert layout.kinds[3:] == [RowKind.TITLE, RowKind.HEADER, RowKind.DATA]


def test_the_second_row_of_a_header_is_no_record_though_it_names_no_field() -> None:
    first = [*HEADER[:6], "责任单位", "", "整改状态"]
    second = ["", "", "", "", "", "", "甲方", "乙方", ""]
    row = [*ROW[:7], "某施工单位", "整改中"]
    merged = [(0, n, 1, n) for n in (0, 1, 2, 3, 4, 5, 8)] + [(0, 6, 0, 7)]
    layout = recognise(Sheet("台账", [first, second, row], merged), VOCABULARY)
    assert layout
    assert layout.kinds == [RowKind.HEADER, RowKind.HEADER, RowKind.DATA]


def test_a_header_below_row_fifteen_is_found() -> None:
    notes = [[f"填表须知第{n}条：如实填写", *[""] * (WIDTH - 1)] for n in range(1, 20)]
    merged = [(n, 0, n, WIDTH - 1) for n in range(len(notes))]
    layout = recognise(Sheet("台账", [*notes, HEADER, ROW], merged), VOCABULARY)
    assert layout
    assert layout.kinds[-2:] == [RowKind.HEADER, RowKind.DATA]


def test_a_record_that_says_one_thing_is_in_doubt() -> None:
    sheet = Sheet("台账", [HEADER, ROW, ["", "", "", "灭火器过期", "", "", "", ""]])
    layout = recognise(sheet, VOCABULARY)
    assert layout
    assert layout.doubtful == {2}


def test_none_under_merged_cells_is_none_of_what_they_say() -> None:
    """The other columns of the row are lent by the row above."""
    rows = [2.0, "", "清风旅馆", "门坏了"], ["", "", "", "", "", "", "", "无"]
    assert kinds_of(*rows, merged=[(2, 2, 3, 2)]) == [RowKind.DATA, RowKind.DATA]


def test_a_row_that_goes_on_under_merged_cells_is_a_record_without_doubt() -> None:
    rows = [HEADER, ROW, ["", "", "", "通道堵塞", "", "", "", ""], ["", "Y-2", *[""] * 6]]
    merged = [(1, column, 3, column) for column in (0, 2, 4, 5, 6, 7)]
    layout = recognise(Sheet("台账", rows, merged), VOCABULARY)
    assert layout
    assert layout.kinds[2:] == [RowKind.DATA, RowKind.DATA]
    assert layout.doubtful == frozenset()


@given(st.text(min_size=1).filter(str.strip), st.booleans())
def test_a_row_that_repeats_one_value_is_never_data(text: str, is_merged: bool) -> None:
    row = [text, *[""] * (WIDTH - 1)] if is_merged else [text] * WIDTH
    merged: list[Range] = [(2, 0, 2, WIDTH - 1)] if is_merged else []
    layout = recognise(Sheet("台账", [HEADER, ROW, row], merged), VOCABULARY)
    assert layout
    assert layout.kinds[2] is not RowKind.DATA
