"""Minutes by topic, tables that point at paragraphs, who stands in front of a measure. 模拟数据."""

from datetime import date
from pathlib import Path

import docx
import pytest

from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.days import own_day
from analysis.ingest.measures.responsibility import sentence
from analysis.ingest.plan import Plan, read_plan
from analysis.ingest.plan.about import issued_on
from analysis.ingest.plan.evidence import reports_done
from analysis.ingest.plan.items.saying import decided, led_in_front
from analysis.ingest.read_file import Desk, read_file
from analysis.ingest.tables.shapes import with_blanks_filled
from analysis.ledgers.labels import Role

MINUTES = """\
甲县防汛专题会议纪要
（2025年5月12日）
现将会议议定事项纪要如下：
一、关于水库安全问题
1.溢洪道内的拦鱼网一律拆除；
2.更换启闭机，6月15日前完成调试。
以上事项均由县水利局牵头负责，除第2项外，均须于5月31日前完成。
二、关于河道行洪障碍问题
（一）会议决定，由县住建局会同西街街道，拆除老桥下游违建泵房，5月25日前拆除到位；逾期未拆的，由县城管局依法强制拆除。
（二）请白石镇政府对弃料堆进行清理外运，力争在6月10日前完成，县水利局做好技术指导。
（三）会议明确，26处雨量站立即修复，县水利局、县气象局各负其责，孙某同志具体抓，即查即改。
（四）县应急管理局要在本纪要印发后10日内补充编织袋2万条，所需资金由县财政局保障。
"""
PLAN = """\
甲市燃气问题整改方案
甲燃专办发〔2026〕4号
二、整改措施
（一）老旧管网改造进度滞后（牵头单位：市住建局；配合单位：各街道办事处）
1.5月31日前，对老旧管网再摸底。
2.由市财政局负责，将改造资金列入预算，4月30日前拨付到位。
（二）配送环节监管有漏洞
1.市市场监管局牵头，市公安局配合，开展联合打击行动，4月23日前集中行动一次。
2.市市场监管局：充装站安装追溯秤，未经赋码的气瓶一律不得充装。（5月15日前）
3.市住建局负责，对配送人员进行实名登记。时限与上一项相同。
2026年4月8日印
"""
TIP = """\
甲县森防办工作提示
各乡镇人民政府：
现就有关工作提示如下：
一、在山路口设置临时检查卡点，严格执行扫码登记。
二、修复瞭望塔掉线的视频监控探头。
三、逐户签订森林防火承诺书。
上述事项的责任单位及时限见附表。请各责任单位对号入座，迅速整改。
甲县森防办
2026年2月24日
附表
对应事项\t责任单位\t配合单位\t完成时限
第一、三项\t各乡镇人民政府\t县林业局\t3月10日前
第二项\t县林业局（王某某）\t县大数据局\t立即修复
说明：责任单位为两个以上的，排第一的为牵头单位。\t\t\t
"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines())
    assert plan is not None
    return plan


def test_below_a_topic_of_minutes_stand_decisions() -> None:
    said = [(item.text[:9], item.unit, item.person, item.due_on) for item in read(MINUTES).items]
    assert said == [
        ("溢洪道内的拦鱼网一", "县水利局", "", date(2025, 5, 31)),
        ("更换启闭机，6月1", "县水利局", "", date(2025, 6, 15)),
        ("拆除老桥下游违建泵", "县住建局", "", date(2025, 5, 25)),
        ("对弃料堆进行清理外", "白石镇政府", "", date(2025, 6, 10)),
        ("26处雨量站立即修", "县水利局", "孙某", None),
        ("补充编织袋2万条", "县应急管理局", "", date(2025, 5, 22)),
    ]


def test_a_decision_told_with_who_leads_and_who_supports_stays_whole() -> None:
    text = "由县公安局牵头，各镇配合，在禁放区设立劝导点15个。"
    assert decided(text)[1] == text


def test_who_stands_in_front_of_a_measure_overrides_the_heading() -> None:
    items = read(PLAN).items
    assert [(item.unit, item.due_on) for item in items] == [
        ("市住建局", date(2026, 5, 31)),
        ("市财政局", date(2026, 4, 30)),
        ("市市场监管局", date(2026, 4, 23)),
        ("市市场监管局", date(2026, 5, 15)),
        ("市住建局", date(2026, 5, 15)),
    ]
    assert items[2].text.startswith("开展联合打击行动")
    assert items[4].text == "对配送人员进行实名登记"


@pytest.mark.parametrize(
    ("text", "lead", "done"),
    [
        ("市住建局负责，对人员登记。", "市住建局", "对人员登记。"),
        ("由市财政局负责，将资金列入预算。", "市财政局", "由市财政局负责，将资金列入预算。"),
        ("市住建局负责，8月底前完成。", None, "市住建局负责，8月底前完成。"),
        ("落实专人负责，对人员登记。", None, "落实专人负责，对人员登记。"),
    ],
)
def test_only_a_clause_of_who_does_it_is_cut_off(text: str, lead: str | None, done: str) -> None:
    said, rest = led_in_front(text)
    assert (said.texts.get(Role.LEAD), rest) == (lead, done)


def test_a_table_names_its_paragraphs_by_number() -> None:
    plan = read(TIP)
    assert [(i.unit, i.person, i.due_on, i.rect_type) for i in plan.items] == [
        ("各乡镇人民政府", "", date(2026, 3, 10), "限期整改"),
        ("县林业局", "王某某", None, "立行立改"),
        ("各乡镇人民政府", "", date(2026, 3, 10), "限期整改"),
    ]
    assert len(plan.restated) == 2  # they are no measures


def test_a_unit_is_no_half_of_the_words_for_unit_and_deadline() -> None:
    assert not sentence("上述事项的责任单位及时限见附表")


def test_a_report_of_what_is_done_lists_no_hazards(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("甲局关于工地督查反馈问题", "整改完成情况的报告", "现将完成情况报告如下："):
        document.add_paragraph(line)
    rows = [
        ("序号", "反馈问题", "整改完成情况", "责任单位", "完成时间", "是否销号"),
        ("1", "塔吊限位装置失灵", "已更换力矩限制器", "安监站", "9月18日", "已销号"),
        ("2", "临边防护缺失", "已补设防护栏杆", "安监站", "9月15日", "已销号"),
    ]
    table = document.add_table(0, 6)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = tmp_path / "报告.docx"
    document.save(str(path))
    desk = Desk(tmp_path, "甲县", register={path.name: date(2025, 11, 25)})
    assert [len(each.records) for each in read_file(path, "", desk)] == [0]


def test_only_a_report_on_what_was_done_is_one() -> None:
    assert reports_done(["关于督查反馈问题", "整改完成情况的报告"])
    assert not reports_done(["关于督查反馈问题的整改方案"])


LETTER = [
    "关于交办消防问题的函",
    "二、附件中未注明时限的问题，请于2025年12月10日前整改完毕。",
    "三、第3项涉及改造，最迟不得超过2026年3月31日。",
    "2025年11月6日",
]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("", "2025年12月10日前"),
        ("见函第三条", "2026年3月31日前"),
        ("自发函之日起20日内", "自2025年11月6日起20日内"),
        ("见函第九条", "见函第九条"),
        ("11月20日前", "11月20日前"),
    ],
)
def test_a_deadline_that_points_at_the_letter_is_told_in_its_words(cell: str, day: str) -> None:
    rows = [
        ["序号", "存在问题", "整改要求", "责任单位", "整改时限"],
        ["1", "通道堵塞", "清理货物", "甲公司", cell],
    ]
    (filled,) = with_blanks_filled([Sheet("", rows)], LETTER, date(2025, 11, 6))
    assert filled.cells[1][4] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("自2025年11月6日起20日内", date(2025, 11, 26)),
        ("收到本表后15日内", date(2025, 11, 21)),
        ("本提示印发后7日内", date(2025, 11, 13)),
        ("立行立改，11月15日前报结果", date(2025, 11, 15)),
        ("11月30日前完成首次清洗，之后长期坚持", date(2025, 11, 30)),
        ("2026年春季开学前", None),
        ("2026年清明节前", date(2026, 4, 4)),
        ("2025年清明节前", date(2025, 4, 3)),
    ],
)
def test_deadlines_of_letters_and_their_lists(text: str, day: date | None) -> None:
    issued = date(2025, 11, 6)
    clause = parse_clause(text, issued)
    assert (clause.due_for(None, issued), clause.left) == (day, "")


def test_workdays_count_from_the_day_on_which_a_promise_is_signed() -> None:
    found = own_day("开展专项培训，自本承诺书签订之日起20个工作日内完成。", date(2024, 12, 3))
    assert found is not None
    assert found.day == date(2024, 12, 31)


def test_a_bracket_has_a_unit_with_its_person_and_another_that_supports() -> None:
    said = sentence("保卫科 沈某，急诊科配合", in_brackets=True).texts
    assert said == {Role.LEAD: "保卫科", Role.PERSON: "沈某", Role.SUPPORT: "急诊科"}


@pytest.mark.parametrize("line", ["2025年4月21日印", "甲县政府办公室 2025年4月21日印发"])
def test_the_day_of_issue_may_end_with_the_word_for_printed(line: str) -> None:
    assert issued_on(["关于整改的通知", line]) == date(2025, 4, 21)


def test_a_deadline_may_be_that_of_another_hazard_by_its_number() -> None:
    text = """\
甲县挂牌督办通知书
一、挂牌督办隐患
（一）路口视距不良。
整改要求：清除树木。
责任单位：甲镇人民政府。
整改期限：2025年8月1日前。
（二）急弯路段标线缺失。
整改要求：完善急弯标线。
责任单位：县公路中心。
整改期限：同隐患（一）。
"""
    assert [item.due_on for item in read(text).items] == [date(2025, 8, 1)] * 2
