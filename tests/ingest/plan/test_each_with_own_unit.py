"""Measures that say themselves who acts and by when, whatever is said of all. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import own_day
from analysis.ingest.measures.responsibility import actor, actor_of_measure, sentence
from analysis.ingest.measures.splitting import by_semicolons
from analysis.ingest.plan import Plan, read_plan
from analysis.ledgers.labels import Role

RECEIVED = date(2024, 6, 25)
MINUTES = """甲县人民政府专题会议纪要
（2024年6月20日）
一、关于水费收缴偏低问题
会议认为，水费实收率偏低，必须加以解决。会议决定，由县水务局会同县物价局于7月15日前拿出收缴意见。在意见出台之前，各乡镇要于7月5日前宣讲一遍。
二、关于学校扩建用地事宜
会议同意将储备用地用于学校扩建。由县资源分局会同县教育局、县征收办于8月底前完成供地手续。
三、关于市场改造
会议议定：
1.临时疏导点由甲街道会同县城管局选址设置。
2.应急期间，乙乡政府每天安排拉水车不少于4辆。
会议要求，各责任单位主要领导要亲自抓。县政府督查室要跟踪督办。"""
IN_ONE_PARAGRAPH = """甲县安全隐患整改方案
一、整改措施
1.对甲敬老院进行检查，立即清理通道。
由县民政局安排老人转移，7月10日前搬出。
2.建立巡查制度，每周巡查一次，长期坚持。
牵头单位：县应急局
完成时限：2024年8月底前"""
NOW = """甲县整改方案
（一）关于包车监管不严的问题
整改措施：（立行立改）
1、停止使用无资质车辆；
2、统一印制告知书；
责任单位：县旅游股"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines(), RECEIVED)
    assert plan is not None
    return plan


def test_minutes_decide_in_sentences_without_numbers() -> None:
    plan = read(MINUTES)
    assert [(item.text[:6], item.unit, item.support_units, item.due_on) for item in plan.items] == [
        ("由县水务局会", "县水务局", "县物价局", date(2024, 7, 15)),
        ("在意见出台之", "各乡镇", "", date(2024, 7, 5)),
        ("由县资源分局", "县资源分局", "县教育局、县征收办", date(2024, 8, 31)),
        ("临时疏导点由", "甲街道", "县城管局", None),
        ("应急期间，乙", "乙乡政府", "", None),
    ]


def test_a_paragraph_of_another_unit_is_a_measure_of_its_own() -> None:
    first, own, standing = read(IN_ONE_PARAGRAPH).items
    assert first.text == "对甲敬老院进行检查，立即清理通道。"
    assert (own.text[:6], own.due_on) == ("由县民政局安", date(2024, 7, 10))
    assert (first.unit, standing.unit) == ("县应急局", "县应急局")


def test_what_goes_on_for_good_does_not_end_with_its_block() -> None:
    standing = read(IN_ONE_PARAGRAPH).items[-1]
    assert (standing.rect_type, standing.due_on) == ("长期坚持", None)


def test_a_bracket_in_the_place_of_words_holds_for_all_below_the_label() -> None:
    assert [item.rect_type for item in read(NOW).items] == ["立行立改", "立行立改"]


def test_a_day_alone_below_the_title_is_no_deadline() -> None:
    text = "甲县整改措施\n（2024年6月1日）\n一、整改措施\n1.修订制度。\n责任单位：县文旅局"
    assert [item.due_on for item in read(text).items] == [None]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("将老人全部转移安置，10月31日前搬出；11月底前将彩钢板房拆除", 2),
        ("由县消防大队责令停业整改；由县文旅局纳入重点监管名录", 2),
        ("对占用林地边缘复绿补植；由县资源分局核查用地手续", 2),
        ("完善制度，落实责任到人；加强检查，做到有据可查", 1),
        ("10月底前完成改造；11月", 1),
        ("建立台账（由甲局汇总；由乙局审核）并逐项销号", 1),
    ],
)
def test_semicolons_part_what_has_a_day_or_a_unit_each(text: str, parts: int) -> None:
    assert len(by_semicolons(text)) == parts


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("《办法》由县水务局根据意见修改完善", "县水务局"),
        ("告知书由游客签字确认后方可发团", None),
        ("公布理由和县政府的决定", None),
        # one step of a measure, and nobody who is a unit
        ("逐栋委托鉴定，建立一栋一档，档案由县住建局统一保管", None),
        ("更换公示牌，并由乡镇现场拍照留存", None),
        ("记录由检查人员和场所负责人共同签字", None),
        ("险段由专人在临崖平台分段放行", None),
    ],
)
def test_behind_by_stands_who_acts(text: str, unit: str | None) -> None:
    assert actor_of_measure(text).texts.get(Role.LEAD) == unit


def test_who_leads_and_who_supports_may_be_parted_by_the_sign_of_lists() -> None:
    said = sentence("第2项由县住建局牵头、各乡镇人民政府配合").texts
    assert said == {Role.LEAD: "县住建局", Role.SUPPORT: "各乡镇人民政府"}


def test_a_bracket_names_its_unit_without_a_label_beside_others_with_one() -> None:
    _, said = tails("立即拆除门锁（县教育局，责任人：某甲；立行立改）。")
    assert said.texts == {Role.LEAD: "县教育局", Role.PERSON: "某甲", Role.DUE: "立行立改"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("务必于清明节前完成清淤", date(2024, 4, 3)),
        ("县自来水公司3日内完成抢修", date(2024, 3, 23)),
        ("对收到的诉求5个工作日内办结", None),
        ("清明节前后加强巡查", None),
    ],
)
def test_days_that_only_the_day_of_the_plan_gives(text: str, day: date | None) -> None:
    found = own_day(text, date(2024, 3, 20))
    assert (found.day if found else None) == day


def test_what_a_meeting_agrees_to_is_of_whoever_it_names_in_any_clause() -> None:
    said = actor("会议同意县水利局提出的方案，资金由县财政局统筹")
    assert said.texts.get(Role.LEAD) == "县财政局"
