"""Kinds of plans by how they say who answers, each as a small document. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.parts import by_number
from analysis.ingest.measures.responsibility import fields_of
from analysis.ingest.plan import Plan, read_plan
from analysis.ingest.tables.context import captioned
from analysis.ingest.tables.shapes.unit_columns import with_units
from analysis.ledgers import LEDGERS
from analysis.ledgers.decision import DECISION
from analysis.ledgers.measure import MEASURE
from analysis.wording.units import units_of

RECEIVED = date(2024, 6, 25)
BY_CHAPTERS = """甲县考核反馈问题整改措施
（2024年6月1日）
第一章 县文化和旅游局
牵头领导：某甲；完成时限：2024年9月30日前
反馈问题：场所监管存在盲区，消防设施维护不到位。
1.督促景区购买安全责任保险。
2.会同公安部门检查剧本娱乐场所，重点整治紧急逃生装置失效问题。
第二章 县消防救援大队
牵头领导：某乙
①开展市政消火栓普查建档（2024年10月底前完成）。
工作要求
1.提高认识。各部门要亲自推动。
"""
BY_CODES = """甲县文旅局党组关于巡察反馈意见的整改方案
一、整改任务
A 学习贯彻方面
反馈问题：统筹谋划不够深入，班子成员下基层不多。
A-1 完善中心组学习制度。
〔牵头领导：某甲|责任科室：办公室、法规股|时限：长期坚持〕
B 履行职责方面
反馈问题：专家参与执法不规范，部分案件久拖不结。
B-1 规范专家参与执法工作。
B-1.1 选聘专家组建技术支撑队伍。
B-1.2 建立专家评价和退出机制。
〔牵头领导：某乙|责任科室：执法队|时限：B-1.1于5月底前完成，B-1.2于7月15日前完成〕
中共甲县文旅局党组
2024年3月6日"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines(), RECEIVED)
    assert plan is not None
    return plan


def test_a_heading_that_is_a_units_name_leads_what_stands_below_it() -> None:
    plan = read(BY_CHAPTERS)
    assert [(item.text[:4], item.unit, item.person, item.due_on) for item in plan.items] == [
        ("督促景区", "县文化和旅游局", "某甲", date(2024, 9, 30)),
        ("会同公安", "县文化和旅游局", "某甲", date(2024, 9, 30)),
        ("开展市政", "县消防救援大队", "某乙", date(2024, 10, 31)),
    ]


def test_codes_number_measures_and_are_pointed_at() -> None:
    plan = read(BY_CODES)
    assert [(item.text[:4], item.unit, item.person, item.due_on) for item in plan.items] == [
        ("完善中心", "办公室", "某甲", None),
        ("选聘专家", "执法队", "某乙", date(2024, 5, 31)),
        ("建立专家", "执法队", "某乙", date(2024, 7, 15)),
    ]
    assert plan.items[0].support_units == "法规股"


@pytest.mark.parametrize(
    ("text", "number"),
    [("A-1 完善制度", "1-1"), ("B-2.1 选聘专家", "2-2-1"), ("A级景区检查", ""),
     ("C-1、C-2由甲科牵头", "")],
)  # fmt: skip
def test_a_code_is_a_number_where_it_is_in_front_of_a_text(text: str, number: str) -> None:
    mark = mark_at(text)
    assert (mark.written if mark else "") == number


def test_codes_that_share_a_unit_keep_days_of_their_own() -> None:
    said = by_number("C-1、C-2由财务科牵头，其中C-1于6月30日前完成，C-2于8月底前完成")
    assert said == {"3-1": "财务科牵头，6月30日前完成", "3-2": "财务科牵头，8月底前完成"}


@pytest.mark.parametrize(
    ("text", "units", "due"),
    [
        ("配合单位：县公安局、县水务局、12月10日前", "县公安局、县水务局", "12月10日前"),
        ("配合单位：县公安局；立行立改", "县公安局", "立行立改"),
        ("配合单位：县公安局、县气象局；全年", "县公安局、县气象局", "全年"),
        ("配合单位：县公安局、县水务局", "县公安局、县水务局", ""),
    ],
)
def test_a_day_behind_units_is_no_unit(text: str, units: str, due: str) -> None:
    assert {str(role): value for role, value in fields_of(text).texts.items()} == {
        "配合单位": units, **({"时限": due} if due else {}),
    }  # fmt: skip


def test_a_name_that_a_bracket_defines_is_the_units_name() -> None:
    said = fields_of("牵头单位：县安全生产委员会办公室（以下简称县安委办）；责任人：某甲")
    assert list(said.texts.values()) == ["县安委办", "某甲"]


@pytest.mark.parametrize(
    ("text", "supporters"),
    [
        ("执法队（配合：人事股、法规股）", ("人事股", "法规股")),
        ("执法队（人事股配合）", ("人事股",)),
    ],
)
def test_who_supports_may_stand_in_brackets(text: str, supporters: tuple[str, ...]) -> None:
    found = units_of(text)
    assert (found.lead, found.supporters) == ("执法队", supporters)


def test_signs_in_a_column_for_each_unit_say_who_leads() -> None:
    sheet = Sheet("责任清单", [
        ["整改措施", "责任单位（▲牵头 △配合）", "", "时限"], ["", "县公安局", "县教育局", ""],
        ["逐户核查", "△", "▲", "6月底前"], ["备注：▲为牵头单位", "", "", ""],
    ], merged=[(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)])  # fmt: skip
    assert with_units(sheet).filled == [
        ["整改措施", "牵头单位", "配合单位", "时限"], ["整改措施", "", "", "时限"],
        ["逐户核查", "县教育局", "县公安局", "6月底前"], ["备注：▲为牵头单位", "", "", ""],
    ]  # fmt: skip


def test_columns_of_ticks_without_a_legend_stay() -> None:
    sheet = Sheet("表", [["事项", "县公安局", "县教育局"], ["检查", "√", ""]])
    assert with_units(sheet) is sheet


def test_a_caption_says_whose_table_it_is() -> None:
    title = (
        "所有问题整改应于2024年12月20日前全部销号。 表二　县消防救援大队 （大队长某甲为总责任人）"
    )
    assert captioned(title, MEASURE)["unit"] == "县消防救援大队"
    assert captioned(title, MEASURE)["due_on"] == "2024年12月20日前"
    assert captioned(title, DECISION) == {}
    assert captioned("表一反映县公安局报送情况", LEDGERS["measure"]) == {}


@pytest.mark.parametrize(
    ("text", "due", "is_ongoing"),
    [
        ("9月起至11月10日", date(2024, 11, 10), False),
        ("9月1日起", None, False),
        ("除已明确时间的外，长期坚持", None, True),
    ],
)
def test_a_day_behind_a_beginning_is_the_end(text: str, due: date | None, is_ongoing: bool) -> None:
    clause = parse_clause(text, RECEIVED)
    assert (clause.due_on, clause.is_ongoing, clause.left) == (due, is_ongoing, "")


@pytest.mark.parametrize(
    ("below", "measures"),
    [
        (
            ["2.添置设备。", "牵头单位：县文旅局", "完成时限：2025年3月底前"],
            ["修订预案。", "添置设备。"],
        ),
        (["2.添置设备，定期检修。", "联系人：某甲"], ["修订预案。"]),
    ],
)
def test_what_is_asked_of_everybody_is_no_measure_unless_units_or_days_are_named_below(
    below: list[str], measures: list[str]
) -> None:
    head = ["甲县整改方案", "一、整改措施", "1.修订预案。", "牵头单位：县文旅局", "工作要求"]
    plan = read_plan([*head, *below])
    assert plan
    assert [item.text for item in plan.items] == measures
