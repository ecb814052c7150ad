"""What is said of a block, a stage or a numbered measure, wherever it stands. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.measures.days import own_day
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.parts import OTHERS, by_number
from analysis.ingest.measures.responsibility import person_in
from analysis.ingest.plan import Plan, key_values, read_plan
from analysis.ingest.plan.text import paragraphs_of
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import continued, in_one_column, with_blanks_filled
from analysis.ledgers.measure import MEASURE

RECEIVED = date(2024, 6, 25)
BY_STAGES = """甲县饮水专项行动方案
一、实施步骤
（一）摸底排查阶段（2024年6月15日—7月10日）
1.对全县供水工程开展排查，建立台账。
2.设立举报电话。
本阶段工作由县水务局牵头，各乡镇配合。
（二）巩固提升阶段（2024年8月1日—8月25日）
组织开展回头看，按不低于30%的比例抽查。责任单位：县水务局。"""
BY_CLASS = """甲县挂牌督办通知书
（2024年6月20日）
一、整改内容
（一）设置临时警示桩。
（二）完善交通设施。
1.增设波形护栏；
2.增设警示标志。
（三）开展宣传劝导。该项由乙镇人民政府负责。
二、整改责任及时限
整改责任单位：县交通运输局；配合单位：县公安局
除第（一）项自收到本通知之日起立即实施外，其余各项务必于12月20日前整改完毕。"""
WITH_REQUESTS = """甲市督办通知单
（2024年6月20日）
督办事项一
存在隐患：救生衣不足。
整改要求：补足救生衣18件。
整改责任单位：乙公司
整改时限：收到本通知单之日起15日内
督办事项二
存在隐患：护栏缺损。
整改要求：修复护栏，7月5日前先行设置围挡。
整改责任单位：丙公司
整改时限：7月30日前
办理要求：1.受文单位要督促整改到位；2.请于8月6日前报市安委办。"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines(), RECEIVED)
    assert plan is not None
    return plan


def test_a_stage_gives_its_days_and_its_sentence_gives_the_units() -> None:
    plan = read(BY_STAGES)
    assert [(item.text[:4], item.unit, item.due_on) for item in plan.items] == [
        ("对全县供", "县水务局", date(2024, 7, 10)),
        ("设立举报", "县水务局", date(2024, 7, 10)),
        ("组织开展", "县水务局", date(2024, 8, 25)),
    ]


def test_a_number_points_at_the_list_of_its_class() -> None:
    plan = read(BY_CLASS)
    assert [(item.unit, item.due_on, item.rect_type) for item in plan.items] == [
        ("县交通运输局", None, "立行立改"),
        ("县交通运输局", date(2024, 12, 20), "限期整改"),
        ("县交通运输局", date(2024, 12, 20), "限期整改"),
        ("乙镇人民政府", date(2024, 12, 20), "限期整改"),
    ]


def test_requests_behind_forms_are_no_measures_and_an_interim_day_is_no_deadline() -> None:
    plan = read(WITH_REQUESTS)
    assert [(item.text[:2], item.unit, item.due_on) for item in plan.items] == [
        ("补足", "乙公司", date(2024, 7, 5)), ("修复", "丙公司", date(2024, 7, 30)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023年9月15日前完成第①项，第②项长期坚持", {"1": "2023年9月15日前", "2": "长期坚持"}),
        ("集中整改期内完成，其中措施②长期坚持", {OTHERS: "集中整改期内完成", "2": "长期坚持"}),
    ],
)
def test_what_is_said_of_a_number_stands_on_either_side_of_it(
    text: str, said: dict[str, str]
) -> None:
    assert by_number(text) == said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.3艘摩托艇停用", "1"),
        ("2.2家民宿整改", "2"),
        ("1.2 制定方案", "1-2"),
        ("2.5公里道路", ""),
    ],
)
def test_what_counts_things_is_no_number_below_another(text: str, number: str) -> None:
    mark = mark_at(text)
    assert (mark.written if mark else "") == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("每日开展路检，至3月5日春运结束", date(2024, 3, 5)),
        ("2024年“五一”前公布责任清单", date(2024, 4, 30)),
        ("3月20日前先行设置围挡", None),
    ],
)
def test_days_of_an_end_count_and_days_of_a_beginning_do_not(text: str, day: date | None) -> None:
    found = own_day(text, date(2024, 1, 26))
    assert (found.day if found else None) == day


def test_a_wrapped_line_may_cut_a_label_or_go_on_with_a_list() -> None:
    text = (
        "整改措施：一是对全县经营性自建房逐户开展排查鉴定；二是建立县乡村三级巡查制度，每季度检查一次；"
        "三是将排查情况及时录入信息系统，做到底数清楚、情况明确。"
        "牵头单位：县住房和城乡建设局；责任领导：某甲；完成时限：2024年8月底前。"
    )
    lines = [text[start : start + 23] for start in range(0, len(text), 23)]
    assert any(line.startswith(("领导：", "导：")) for line in lines)
    assert [each.text for each in paragraphs_of(lines)[0]] == [text]


def test_a_form_may_leave_a_value_blank() -> None:
    assert key_values("责 任 人\t\t完成时限\t6月底前") == ["责任人：", "完成时限：6月底前"]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("整改时限\t1.7月31日前\n2.长期坚持", "整改时限：第1项7月31日前；第2项长期坚持"),
        ("整改时限\t措施1：6月底前；措施2：长期坚持", "整改时限：第1项6月底前；第2项长期坚持"),
        ("责任单位\t1.甲局\n2.乙局", "责任单位：第1项甲局；第2项乙局"),
    ],
)
def test_numbers_in_the_cell_of_a_deadline_are_those_of_the_measures(row: str, line: str) -> None:
    assert key_values(row) == [line]


def test_numbers_in_the_cell_of_measures_are_their_own() -> None:
    assert key_values("整改措施\t1.修补路面\n2.增设标牌") == ["整改措施：1.修补路面", "2.增设标牌"]


def test_a_person_of_a_group_is_named_first() -> None:
    assert person_in("驻局纪检监察组韩某") == "韩某（驻局纪检监察组）"


def test_a_table_that_goes_on_has_the_title_of_its_beginning() -> None:
    head = ["序号", "整改措施", "时限"]
    first = Sheet("表格1", [head, ["1", "修订制度", "6月"]], above="整改台账", is_document=True)
    rest = Sheet("表格2", [head, ["2", "建立台账", "7月"]], above="续表", is_document=True)
    other = Sheet("表格3", [head, ["1", "检查", "7月"]], above="清单二 乙公司", is_document=True)
    assert [sheet.above for sheet in continued([first, rest, other])] == [
        "整改台账", "整改台账", "清单二 乙公司",
    ]  # fmt: skip


def test_of_columns_by_year_the_last_that_says_something_is_the_deadline() -> None:
    words = ("工作任务", "2024年", "2025年", "备注")
    rows = [
        ["宣贯培训", "6月底前完成", "", ""], ["全面鉴定", "完成鉴定", "12月底前完成整治", ""],
        ["接入平台", "60%", "100%", "2025年11月底前"], ["专项检查", "每月抽查", "每月抽查", ""],
        ["更换管道", "6公里", "12公里", ""],
    ]  # fmt: skip
    kinds = [RowKind.HEADER, *[RowKind.DATA] * len(rows)]
    headers = [Header(word, word, "") for word in words]
    sheet = Sheet("任务清单", [list(words), *rows])
    made, layout = in_one_column(sheet, Layout(MEASURE, headers, kinds, "", lowest=words))
    assert layout.headers[1].path == "完成时限"
    assert [row[1] for row in made.cells[1:]] == [
        "2024年6月底前", "2025年12月底前", "2025年11月底前", "长期坚持", "2025年底前",
    ]  # fmt: skip


def test_one_deadline_may_hold_for_every_row_that_names_none() -> None:
    note = Sheet("填表说明", [["3.责任清单未填完成时限的，统一为2025年12月20日前。"]])
    rows = [["序号", "牵头单位", "完成时限"], ["1", "县水务局", "7月底前"], ["2", "县教育局", ""]]
    filled = with_blanks_filled([note, Sheet("责任清单", [*rows, ["", "", ""]])], [])
    assert [row[2] for row in filled[1].cells] == ["完成时限", "7月底前", "2025年12月20日前", ""]
    assert with_blanks_filled([Sheet("责任清单", rows)], [])[0].cells == rows
