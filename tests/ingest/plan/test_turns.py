"""Measures told by their turn, persons by units, lists that begin a paragraph. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.parts import OTHERS, by_number, by_turn
from analysis.ingest.measures.responsibility import person_for
from analysis.ingest.plan import read_plan
from analysis.ledgers.labels import Role


def read(text: str) -> list[tuple[str, str, str, date | None]]:
    plan = read_plan(text.splitlines(), date(2025, 2, 1))
    assert plan is not None
    return [(item.text[:6], item.unit, item.person, item.due_on) for item in plan.items]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("前两项由甲局负责，后一项由乙局负责", {"1": "甲局负责", "2": "甲局负责", "4": "乙局负责"}),
        ("最后一项由丙局负责，其余由甲局负责", {"4": "丙局负责", OTHERS: "甲局负责"}),
        (
            "第1项由甲局负责，第3项以后由乙局负责",
            {"1": "甲局负责", "3": "乙局负责", "4": "乙局负责"},
        ),
        ("以上由甲局负责；前一项3月底前完成", {OTHERS: "由甲局负责", "1": "3月底前完成"}),
        ("由甲局负责", {}),
    ],
)
def test_turns_of_four(text: str, said: dict[str, str]) -> None:
    assert by_turn(text, 4) == said
    assert not by_number("前两项由甲局负责")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("除第2项外，均由甲公司负责；第2项由乙镇负责", {"2": "乙镇负责", OTHERS: "甲公司负责"}),
        ("除第1、2项外均于9月底前完成", {"1": "", "2": "", OTHERS: "于9月底前完成"}),
        ("第1项至第3项由甲局负责", {"1": "甲局负责", "2": "甲局负责", "3": "甲局负责"}),
    ],
)
def test_what_is_said_of_all_but_some(text: str, said: dict[str, str]) -> None:
    assert by_number(text) == said


def test_the_person_is_that_of_the_unit_that_leads() -> None:
    both = "甲公司总经理廖某某；乙镇人民政府副镇长石某"
    assert person_for(both, "乙镇人民政府") == "石某（副镇长）"
    assert person_for(both, "甲公司") == "廖某某（总经理）"
    assert person_for("王某；李某", "甲公司") == "王某；李某"


def test_a_bracket_may_name_who_leads_in_front_of_a_label() -> None:
    text, said = tails("完成除险加固。（县水利站负责，责任人：邓某某）")
    assert text == "完成除险加固。"
    assert said.texts == {Role.LEAD: "县水利站", Role.PERSON: "邓某某"}


def test_a_letter_about_one_matter_asks_for_what_its_form_lists() -> None:
    assert read("""\
重大火灾隐患挂牌督办通知书
甲旅游公司、乙镇人民政府：
项目\t内容
督办事项\t古寨景区木结构民宿重大火灾隐患
整改要求\t1.清除通道内的货架。
2.更换4个室外消火栓。
3.编制应急疏散预案。
整改责任单位\t除第2项外，均由甲旅游公司负责；第2项由乙镇人民政府负责
整改责任人\t甲旅游公司总经理廖某某；乙镇人民政府副镇长石某
整改时限\t前两项于2025年3月20日前完成；第3项于2025年4月10日前完成
丙县安全生产委员会办公室
2025年1月18日
""".replace("货架。\n", "货架。").replace("消火栓。\n", "消火栓。")) == [
        ("清除通道内的", "甲旅游公司", "廖某某（总经理）", date(2025, 3, 20)),
        ("更换4个室外", "乙镇人民政府", "石某（副镇长）", date(2025, 3, 20)),
        ("编制应急疏散", "甲旅游公司", "廖某某（总经理）", date(2025, 4, 10)),
    ]  # fmt: skip


def test_a_paragraph_that_begins_a_list_holds_all_of_it() -> None:
    assert read("""\
甲县度汛问题整改方案
二、问题及整改措施
（一）监测预警设施“叫不响”。9个雨量站不能正常报数。
一是更换9个故障雨量站的遥测终端，逐站核对阈值。二是修复3个村的预警广播，并配发铜锣。\
上述工作由县水文中心负责，责任人韦某某，2025年5月15日前完成。
（二）存在重复收费。2家医院违规收费。
追回违规使用的医保基金46.7万元。
督促两家医院修改收费规则。
以上由县医保局负责；前一项2025年3月31日前完成，后一项2025年4月底前完成。
（三）一人多岗。
（1）每月抽查零星报销件，在局务会上通报。（责任单位：县医保局办公室；时限：长期坚持）
公告期间，如有意见建议，请拨打监督电话0000-7654321。
""") == [
        ("更换9个故障", "县水文中心", "韦某某", date(2025, 5, 15)),
        ("修复3个村的", "县水文中心", "韦某某", date(2025, 5, 15)),
        ("追回违规使用", "县医保局", "", date(2025, 3, 31)),
        ("督促两家医院", "县医保局", "", date(2025, 4, 30)),
        ("每月抽查零星", "县医保局办公室", "", None),
    ]  # fmt: skip


def test_what_is_told_to_readers_behind_a_measure_is_no_more_of_it() -> None:
    text = """\
甲县医保飞检整改方案
二、整改措施
（1）每月抽查零星报销件。（责任单位：县医保局办公室；时限：长期坚持）
公告期间，如有意见建议，请拨打监督电话0000-7654321。
"""
    plan = read_plan(text.splitlines(), date(2025, 2, 1))
    assert plan is not None
    assert [item.text for item in plan.items] == ["每月抽查零星报销件。"]
