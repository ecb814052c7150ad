"""Letters, web pages and minutes whose words name who acts and by when. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.measures.days import stays
from analysis.ingest.measures.labels import Label, role_of
from analysis.ingest.measures.parts import by_number
from analysis.ingest.measures.responsibility import actor, person_in, units_in
from analysis.ingest.measures.splitting import by_actors
from analysis.ingest.plan import Plan, key_values, read_plan
from analysis.ingest.plan.items.saying import asks_everybody, tells_unit, work_behind
from analysis.ingest.plan.items.shapes import is_done_in_list
from analysis.ingest.plan.outline.nodes import Node
from analysis.ingest.plan.text import frame_of_site, paragraphs_of
from analysis.ledgers.labels import Role

RECEIVED = date(2024, 6, 25)
PAGE = """网站首页
走进云岭
政务公开
当前位置：首页 > 政务公开 > 通知公告 > 正文
云岭县应急管理局关于印发2024年汛期安全重点任务的通知
发布日期：2024-06-03 来源：县应急局 点击量：88 字体：大 中 小
各乡镇人民政府：
现将2024年汛期安全重点任务印发给你们。
一、加强值班值守
严格落实24小时值班制度，每日两次调度汛情。责任单位：县应急局；责任人：某甲；时限：长期坚持
修订防汛应急响应流程，明确各级响应条件。责任单位：县水利局；责任人：某乙；时限：6月20日前
二、抓好隐患排查
1.对全县32座小型水库逐库排查。（牵头单位：县水利局）
2.疏通12处涵洞。（牵头单位：县住建局；完成时限：6月10日前）
（以上除单独注明外，7月底前完成）
云岭县应急管理局
2024年6月3日
上一篇：关于开展防灾减灾日活动的通知
县应急局召开隐患整改会（6月30日前整改到位）
主办：云岭县人民政府　备案号：X备00000000号"""
BY_LEADERS = """关于印发《2024年安全生产重点任务》的通知
一、重点任务
（一）矿山安全（县分管领导：某甲）
1.对7座矿山开展会诊，6月底前完成。责任单位：县应急局
2.煤仓积水的即查即改。责任单位：县应急局
（二）消防安全【包保领导：某丙】
检测高层建筑消防设施，检测率100%。由县消防大队牵头，各乡镇配合，于10月底前完成，所需经费从部门预算列支。"""
LETTER = """督办通知
各乡镇：
现就有关问题督办如下。
一、农贸市场脏乱问题
办理要求：1.更换破损摊位20个；2.每日清运垃圾两次，常态保持。
主办单位：城关镇政府
办结时间：7月10日前
二、路灯不亮问题
县城管局要对人民路损坏的36盏路灯立即修复，7月5日前恢复照明。
三、停车难问题
此项由县公安局牵头，县城管局配合，利用闲置地块增设泊位300个，年底前完成。
请各主办单位明确一名联络员，每周四报送进度，7月15日前报结。
县政府督查室
2024年6月25日"""
HAZARDS = """甲县燃气安全专项整治方案
（2024年6月1日）
一、排查内容
1.燃气企业未落实入户安检；
2.瓶装液化气站超量存储；
二、工作任务
（一）摸底阶段（6月1日至6月20日）
1.各乡镇对辖区餐饮场所逐户登记，6月15日前报县住建局。
2.对占压管道逐处建档。
3.县市场监管局抽检充装单位，抽检率不低于50%。
（第2项由县住建局负责，各乡镇配合）"""
IN_ORDER = """甲县整改方案
（2024年6月1日）
1.医保监管不到位
整改措施：
（1）开展定点机构全覆盖检查，追回违规资金。
（2）建设智能监控系统。
整改时限：6月底前完成全覆盖检查；12月底前建成智能监控系统
责任单位：县医保局"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines(), RECEIVED)
    assert plan is not None
    return plan


def test_what_frames_a_web_page_is_no_part_of_its_text() -> None:
    lines = PAGE.splitlines()
    assert [lines[n - 1][:4] for n in sorted(frame_of_site(lines))] == [
        "网站首页", "走进云岭", "政务公开", "当前位置", "发布日期",
        "上一篇：", "县应急局", "主办：云",
    ]  # fmt: skip
    plan = read(PAGE)
    assert plan.title == "云岭县应急管理局关于印发2024年汛期安全重点任务的通知"
    assert plan.issued_on == date(2024, 6, 3)


def test_who_takes_a_matter_on_with_his_telephone_is_no_foot_of_a_page() -> None:
    lines = """首页 > 督查督办 > 正文
关于交办消防安全问题的通知
发布时间：2024-06-03 来源：县安委办 浏览次数：12
1.清理县文化馆占用的消防通道。
承办单位：县住建局，联系人：某甲，电话：0000000，地址：新街1号
2.更换县剧院过期的灭火器。
主办：云岭县人民政府　备案号：X备00000000号""".splitlines()
    assert frame_of_site(lines) == {1, 3, 7}


def test_a_letter_with_a_host_in_it_has_no_frame() -> None:
    assert not frame_of_site(["关于演练的通知", "主办单位：县住建局 会办单位：县水务集团"])


def test_paragraphs_without_numbers_are_measures_by_the_labels_behind_them() -> None:
    assert [(item.text[:4], item.unit, item.person, item.due_on) for item in read(PAGE).items] == [
        ("严格落实", "县应急局", "某甲", None),
        ("修订防汛", "县水利局", "某乙", date(2024, 6, 20)),
        ("对全县3", "县水利局", "", date(2024, 7, 31)),
        ("疏通12", "县住建局", "", date(2024, 6, 10)),
    ]


def test_whoever_leads_a_chapter_answers_for_what_stands_below_its_heading() -> None:
    assert [
        (item.text[:4], item.unit, item.person, item.due_on, item.rect_type)
        for item in read(BY_LEADERS).items
    ] == [
        ("对7座矿", "县应急局", "某甲", date(2024, 6, 30), "限期整改"),
        ("煤仓积水", "县应急局", "某甲", None, "立行立改"),
        ("消防安全", "县消防大队", "某丙", date(2024, 10, 31), "限期整改"),
    ]


def test_a_last_sentence_on_who_when_and_who_pays_is_no_part_of_the_measure() -> None:
    assert read(BY_LEADERS).items[-1].text.endswith("检测率100%。")


@pytest.mark.parametrize("label", ["局分管领导", "县包联领导", "委分管负责人", "党组责任领导"])
def test_a_leader_may_be_called_by_whose_he_is(label: str) -> None:
    assert role_of(label) is Role.LEADER


def test_a_letter_says_in_sentences_who_does_what() -> None:
    assert [(item.text[:6], item.unit, item.due_on) for item in read(LETTER).items] == [
        ("更换破损摊位", "城关镇政府", date(2024, 7, 10)),
        ("每日清运垃圾", "城关镇政府", None),
        ("县城管局要对", "县城管局", date(2024, 7, 5)),
        ("利用闲置地块", "县公安局", date(2024, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("请各承办单位确定一名联络员，每周五报送进展。", True),
        ("各责任单位要于10日前将方案报县安委办。", True),
        ("各乡镇每月25日前将排查情况报县安委办。", False),
        ("请县水利局于10日前报送方案。", False),
    ],
)
def test_how_all_report_is_no_measure_of_anyone(text: str, is_asked: bool) -> None:
    assert asks_everybody(text) is is_asked


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("此项由甲乡牵头，乙局配合，新建拦水坝2座，8月底前完成。", "新建拦水坝2座，8月底前完成。"),
        ("该项工作由县水利局牵头，各乡镇配合，按职责抓好落实。", None),
        ("此项由县水利局负责，8月底前完成。", None),
        ("此项由甲局牵头，对小型水库逐座开展鉴定并建台账。", "对小型水库逐座开展鉴定并建台账。"),
        ("此项由县水利局牵头，对水库开展鉴定。", None),  # too short to be told from «年底前完成»
    ],
)  # fmt: skip
def test_work_behind_who_leads_it_is_a_measure(text: str, done: str | None) -> None:
    work = work_behind(text)
    assert (work[1] if work else None) == done


def test_a_unit_that_must_do_something_is_told_so() -> None:
    assert tells_unit("县城管局要立即修复路灯。")
    assert not tells_unit("县城管局未及时修复路灯。")


def test_what_is_looked_for_is_no_measure_and_whoever_acts_leads() -> None:
    assert [(item.text[:6], item.unit, item.due_on) for item in read(HAZARDS).items] == [
        ("各乡镇对辖区", "各乡镇", date(2024, 6, 15)),
        ("对占压管道逐", "县住建局", date(2024, 6, 20)),
        ("县市场监管局", "县市场监管局", date(2024, 6, 20)),
    ]


def test_parts_of_a_deadline_go_with_the_measures_that_they_speak_of() -> None:
    assert [item.due_on for item in read(IN_ORDER).items] == [date(2024, 6, 30), date(2024, 12, 31)]


def test_a_deadline_may_count_measures_as_their_text_does() -> None:
    found = by_number("“一是”立行立改；“二是”6月20日前；“三是”长期坚持")
    assert found == {"1": "立行立改", "2": "6月20日前", "3": "长期坚持"}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("请县发改局加快立项，县财政局筹措资金，两部门于8月底前办结。", ["县发改局", "县财政局"]),
        ("责成河口镇拆除违建，柳河镇清理河道，以上单位均须于9月底前完成。", ["河口镇", "柳河镇"]),
        ("由县水务局牵头，县财政局落实资金，各单位于6月底前完成。", []),
        ("由县水务局制定方案，各乡镇组织实施，6月底前完成。", []),
        ("请甲镇政府加强巡查，县水务局做好指导。", []),
    ],
)  # fmt: skip
def test_several_units_with_one_day_have_an_item_each(text: str, units: list[str]) -> None:
    assert [unit for unit, _ in by_actors(text)[0]] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("县市场监管局抽检充装单位，抽检率不低于50%。", "县市场监管局"),
        ("县住房和城乡建设局完善方案。", "县住房和城乡建设局"),
        ("结果通过市政府网站公布。", ""),
    ],
)
def test_a_name_ends_where_a_verb_begins(text: str, unit: str) -> None:
    assert actor(text).texts.get(Role.LEAD, "") == unit


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("街道副主任 韩某", "韩某（街道副主任）"),
        ("乡长刘某某", "刘某某（乡长）"),
        ("经理：李某", "李某（经理）"),
    ],
)
def test_a_post_in_front_of_a_name_stands_behind_it(text: str, person: str) -> None:
    assert person_in(text) == person


def test_a_person_may_stand_behind_a_stroke() -> None:
    assert units_in("县应急局/某乙") == ("县应急局", (), "某乙")


def test_forms_with_an_empty_value_or_a_label_that_nobody_knows() -> None:
    assert key_values("责任单位\t甲局\t责任人\t") == ["责任单位：甲局", "责任人："]
    assert key_values("整改期限\t9月底前\t销号验收\t县住建局")[0] == "整改期限：9月底前"
    assert key_values("责任单位\t甲局\t乙县住建局\t丙局") == []


def test_a_bracket_goes_on_to_where_it_is_closed() -> None:
    lines = ["（牵头单位：甲中心　配合单位：乙支队", "　完成时限：6月30日）"]
    (paragraph,) = paragraphs_of(lines)[0]
    assert paragraph.text == "（牵头单位：甲中心　配合单位：乙支队 完成时限：6月30日）"


def test_words_in_the_middle_may_say_that_work_goes_on() -> None:
    assert stays("建立排查机制，长期坚持，防止反弹。")
    assert not stays("坚持长期整治，6月底前完成。")


@pytest.mark.parametrize(
    ("label", "text", "is_done"),
    [
        (Label(Role.PROBLEM, "存在问题"), "部分场所疏散通道被杂物堵塞没有清理", True),
        (Label(Role.PROBLEM, "存在问题"), "疏散通道方面", False),  # a heading, not the problem
        (None, "部分场所疏散通道被杂物堵塞没有清理", False),
    ],
)
def test_a_list_under_a_problem_stated_in_full_says_what_is_done(
    label: Label | None, text: str, is_done: bool
) -> None:
    problem = Node(1, text, label=label)
    pieces = [Node(n, words, parent=problem) for n, words in ((2, "清理杂物。"), (3, "开展检查。"))]
    problem.events += pieces
    assert is_done_in_list(pieces[0]) is is_done
