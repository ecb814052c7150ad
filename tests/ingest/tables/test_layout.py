"""Header, record type and kind of every row follow from the sheet alone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.files.sheets import Range, Sheet
from analysis.ingest.headers.columns import Column, claim_by_values
from analysis.ingest.headers.vocabulary import Vocabulary, normalise
from analysis.ingest.tables.layout import Layout, known_word, looks_like_table, split_tables
from analysis.ingest.tables.layout import recognise as recognise_by
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers import LEDGERS

VOCABULARY = Vocabulary()
RECEIVED = date(2023, 10, 31)


def recognise(table: Sheet) -> Layout | None:
    return recognise_by(table, VOCABULARY)


def sheet(*rows: list[Any], merged: list[Range] | None = None) -> Sheet:
    width = max(map(len, rows))
    return Sheet("Sheet1", [[*row, *[""] * (width - len(row))] for row in rows], merged or [])


def columns(table: Sheet, vocabulary: Vocabulary = VOCABULARY) -> list[Column]:
    layout = recognise_by(table, vocabulary)
    assert layout
    grid = table.filled
    rows = [grid[n] for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    return claim_by_values(vocabulary, layout.ledger, layout.headers, rows, RECEIVED)


def claimed(table: Sheet, vocabulary: Vocabulary = VOCABULARY) -> dict[str, int]:
    return {each.field.name: each.index for each in columns(table, vocabulary) if each.field}


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
    assert looks_like_table(table, known_word(VOCABULARY))


def test_a_page_of_notes_is_no_table() -> None:
    assert not looks_like_table(sheet(["填表说明"], ["一、每半月填一次"]), known_word(VOCABULARY))


@pytest.mark.parametrize(
    ("below", "is_table"),
    [
        ([["2-3", "抽到3台", ""]], True),
        ([["2-3", "", "抽到3台"], ["填报日期：2024年5月6日"]], True),
        ([], False),  # a form that nobody has filled in
        ([["填报人：某甲", "电话：略", ""]], False),
    ],
)
def test_one_row_under_words_of_headers_is_a_table(below: list[list[Any]], is_table: bool) -> None:
    table = sheet(["某局情况"], ["编号", "状态", "完成时间"], *below)
    assert looks_like_table(table, known_word(VOCABULARY)) is is_table


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
    filled = sheet(["a", "b"], ["", "c"], merged=[(0, 0, 1, 0)]).filled
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
        RowKind.TOTAL, RowKind.NOTE, RowKind.SIGNATURE,
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


HAZARD = ["场所名称", "隐患描述"]
SITE = ["宾馆", "灭火器过期"]


@pytest.mark.parametrize(
    ("header", "rows", "field"),
    [
        # 整改完成时间 is a plan in one ledger and a fact in another: the values decide.
        (["整改完成时间"], [["2023-11-20"]], "due_on"),  # later than the ledger itself
        (["整改完成时间"], [["10月底前"]], "due_on"),
        (["整改完成时间", "整改状态"], [["2023-10-20", "整改中"]], "due_on"),
        (["整改完成时间", "整改状态"], [["2023-10-20", "已整改"], ["", "整改中"]], "done_on"),
        (["整改完成时间", "整改期限"], [["2023-10-20", "2023-10-30"]], "done_on"),
        (["整改完成时间", "实际完成日期"], [["2023-10-20", "2023-10-19"]], "due_on"),
        (["整改期限"], [[5], [15]], "due_on"),  # so many days
        # 隐患类别 often holds the level.
        (["隐患类别"], [["一般"], ["重大"]], "level"),
        (["隐患类别"], [["消防设施"], ["疏散通道"]], "category"),
        (["隐患类别", "隐患等级"], [["一般", "重大"]], "category"),
        (["整改情况", "是否整改"], [["已更换灭火器，张贴标志", "是"]], None),
    ],
)
def test_values_decide_what_a_header_means(
    header: list[str], rows: list[list[Any]], field: str | None
) -> None:
    found = {
        index: name
        for name, index in claimed(
            sheet([*HAZARD, *header], *([*SITE, *row] for row in rows))
        ).items()
    }
    if field:
        assert found[2] == field
    else:
        assert found[3] == "status"


def test_a_completion_time_that_may_be_either_is_told_and_not_guessed() -> None:
    table = sheet([*HAZARD, "整改完成时间", "整改状态"], [*SITE, "2023-10-20", "已整改"])
    (doubtful,) = [each for each in columns(table) if each.doubt]
    assert (doubtful.index, doubtful.field) == (2, None)
    assert "[headers.hazard]" in doubtful.doubt


def test_the_inspected_unit_is_not_the_inspecting_one() -> None:
    inspected = sheet(["检查单位", "隐患描述"], ["某某宾馆", "灭火器过期"])
    inspecting = sheet(["检查单位", "场所名称", "隐患描述"], ["县文旅局", "某某宾馆", "灭火器过期"])
    assert claimed(inspected) == {"site": 0, "description": 1}
    assert claimed(inspecting) == {"site": 1, "description": 2}


def test_the_offices_own_words_come_first() -> None:
    own = Vocabulary({"hazard": {"done_on": ["整改完成时间"], "site": ["点位"]}})
    table = sheet(["点位", "隐患描述", "整改完成时间"], ["宾馆", "x", "2023-11-20"])
    assert claimed(table, own) == {"site": 0, "description": 1, "done_on": 2}


def test_a_longer_header_is_known_by_the_one_within_it() -> None:
    table = sheet([*HAZARD, "县级整改责任单位名称"], [*SITE, "甲局"])
    assert claimed(table)["unit"] == 2


def test_the_phone_of_the_person_is_not_the_person() -> None:
    table = sheet([*HAZARD, "整改责任人联系电话"], [*SITE, "13900000000"])
    assert "person" not in claimed(table)


def test_two_tables_on_a_sheet_are_two_and_keep_their_row_numbers() -> None:
    table = sheet(
        ["反馈问题整改"],
        ["主要问题", "整改措施", "细化措施", "完成时限"],
        ["p", "整改措施5：会议", "5-1 学习", "10月31日前"],
        [],
        ["自查问题整改"],
        ["自查问题", "整改措施", "整改类别", "完成时限"],
        ["q", "整改措施1：挂牌", "限期整改", "10月30日前"],
    )
    first, second = split_tables(table, VOCABULARY)
    assert [part.first_row for part in (first, second)] == [0, 4]
    assert [len(part.cells) for part in (first, second)] == [4, 3]
    layout = recognise(second)
    assert layout
    assert layout.title == "自查问题整改"
    assert claimed(second)["rect_type"] == 2


def test_a_header_repeated_on_each_page_does_not_split_a_table() -> None:
    table = sheet([*HAZARD, "责任人"], [*SITE, "甲"], [*HAZARD, "责任人"], [*SITE, "乙"])
    (whole,) = split_tables(table, VOCABULARY)
    layout = recognise(whole)
    assert layout
    assert layout.kinds == [RowKind.HEADER, RowKind.DATA, RowKind.HEADER, RowKind.DATA]


RECEIVED_LEDGERS = [ledger for ledger in LEDGERS.values() if ledger.is_received]


@st.composite
def spelled_headers(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A ledger, the names of some of its fields, and their headers as units spell them."""
    ledger = draw(st.sampled_from(RECEIVED_LEDGERS))
    fields = [field for field in ledger if field.header]
    # Without an anchor no row is a record, so that a sheet has at least the first of them.
    needed = [field for field in fields if field.name in {*ledger.signature, *ledger.anchors[:1]}]
    chosen = draw(st.lists(st.sampled_from(fields), unique_by=lambda f: f.name))
    chosen = list({field.name: field for field in [*needed, *ledger.required(), *chosen]}.values())
    chosen = draw(st.permutations(chosen))

    def spell(label: str) -> str:
        label = draw(
            st.sampled_from(["{}", " {} ", "*{}", "{}：", "{}（万元）", "{}(填报)"])
        ).format(label)
        place = draw(st.integers(0, len(label)))
        return label[:place] + draw(st.sampled_from(["", "\n", " ", "\u3000"])) + label[place:]

    return ledger.name, [field.name for field in chosen], [spell(f.label) for f in chosen]


@pytest.mark.slow
@given(spelled_headers(), st.integers(0, 3), st.integers(0, 2))
def test_a_ledgers_own_headers_are_known_however_they_are_spelled_and_placed(
    said: tuple[str, list[str], list[str]], above: int, left: int
) -> None:
    name, fields, header = said
    table = sheet(
        ["台账"], *([[]] * above), [*[""] * left, *header], [*[""] * left, *["x"] * len(header)]
    )
    layout = recognise(table)
    assert layout
    if layout.ledger.name == name:
        assert {index - left for index in claimed(table).values()} == set(range(len(fields)))
    else:
        assert name in layout.rivals or len(fields) < 4  # too few columns to tell two ledgers apart
