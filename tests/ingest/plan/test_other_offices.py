"""Plans in the forms of other offices, in lines: letters, articles, units in turn. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.measures.days import own_day
from analysis.ingest.measures.folding import unspaced
from analysis.ingest.measures.responsibility import person_in, sentence
from analysis.ingest.plan import read_plan
from analysis.ledgers.labels import Role

Item = tuple[str, str, str, date | None, str | None]


def day(month: int, of_month: int) -> date:
    return date(2024, month, of_month)


FORMS: dict[str, tuple[str, list[Item]]] = {
    "督办单": (
        """安全生产督办单
〔2024〕第12号
被督办单位：松林镇人民政府
一、存在隐患
1.垂钓平台护栏缺失12米；
2.无救生设施；
二、督办要求
1.6月20日前补装垂钓平台护栏12米；
2.增设警示标识15块。
三、办结时限：2024年7月15日前
四、承办人：镇人大主席 何某
县安委办
2024年6月7日
""",
        [
            ("6月20日前", "松林镇人民政府", "何某（镇人大主席）", day(6, 20), "限期整改"),
            ("增设警示标识", "松林镇人民政府", "何某（镇人大主席）", day(7, 15), "限期整改"),
        ],
    ),
    "提示函": (
        """关于做好汛期旅游安全工作的提示函
县文化和旅游局：
入汛以来，旅游安全形势严峻。现就有关工作提示如下：
一、立即组织对全县8家涉水景区开展一次全面排查，6月20日前完成。
二、严格落实领导带班和24小时值班制度，长期坚持。
请你局认真落实，并于6月25日前将落实情况书面反馈我办。
县防汛抗旱指挥部办公室
2024年6月10日
""",
        [
            ("立即组织对全", "县文化和旅游局", "", day(6, 20), "限期整改"),
            ("严格落实领导", "县文化和旅游局", "", None, "长期坚持"),
        ],
    ),
    "条款": (
        """甲县关于加强校外培训机构安全管理的整改措施
第一条 对全县87家机构开展消防安全检查，7月20日前完成。责任单位：县教育局。
第二条 建立部门联合执法机制，每季度会商一次。责任单位：县公安局。
2024年6月1日
""",
        [
            ("对全县87家", "县教育局", "", day(7, 20), "限期整改"),
            ("建立部门联合", "县公安局", "", None, "长期坚持"),
        ],
    ),
    "各单位要": (
        """关于抓紧整改商业综合体消防隐患的通知
各有关单位：
6月8日，县政府组织检查，发现隐患17处。现就抓紧整改通知如下：
一、县商务局要督促两家商场完善消防控制室值班制度，6月20日前整改到位。
二、县住建局要会同物业企业疏通消防车通道，7月1日前完成。
三、各有关单位要于7月15日前将整改报告报县政府督查室。
县人民政府办公室
2024年6月11日
""",
        [
            ("县商务局要督", "县商务局", "", day(6, 20), "限期整改"),
            ("县住建局要会", "县住建局", "", day(7, 1), "限期整改"),
        ],
    ),
    "按单位": (
        """甲县文旅市场突出问题整改任务清单
一、县文化和旅游局（责任人：卢某某）
1.查处“不合理低价游”案件5起，7月底前完成。
2.下架违规在线产品14个，立即完成。
二、云台镇人民政府（责任人：镇长方某）
1.拆除景区沿线违规广告牌31块，8月底前完成。
2024年6月10日
""",
        [
            ("查处“不合理", "县文化和旅游局", "卢某某", day(7, 31), "限期整改"),
            ("下架违规在线", "县文化和旅游局", "卢某某", None, "立行立改"),
            ("拆除景区沿线", "云台镇人民政府", "方某（镇长）", day(8, 31), "限期整改"),
        ],
    ),
    "编号标签": (
        """甲县乡村旅游安全问题整改方案
一、农家乐燃气使用不规范
1.问题表现：12家农家乐使用超期软管。
2.整改措施：更换超期软管，气瓶一律移至室外。
3.责任单位：县文旅局
4.责任人：熊某
5.完成时限：2024年7月15日
二、观景台超负荷
1.问题表现：观景台未核定承载量。
2.整改措施：（1）核定最大承载量并公示；（2）设置闸机计数。
3.责任单位：云雾山景区
4.责任人：姚某某
5.完成时限：（1）6月30日；（2）9月30日
2024年6月10日
""",
        [
            ("更换超期软管", "县文旅局", "熊某", day(7, 15), "限期整改"),
            ("核定最大承载", "云雾山景区", "姚某某", day(6, 30), "限期整改"),
            ("设置闸机计数", "云雾山景区", "姚某某", day(9, 30), "限期整改"),
        ],
    ),
    "标题在前": (
        """甲县旅游民宿问题整改方案
一、问题整改任务
（一）无证经营民宿整治。尚有23家民宿未办理许可证。由县公安局牵头，县文旅局配合，7月底前完成补办或取缔。
（二）消防设施配备。由县消防救援大队督促86家民宿配齐灭火器，8月15日前完成。
2024年6月10日
""",
        [
            ("无证经营民宿", "县公安局", "", day(7, 31), "限期整改"),
            ("消防设施配备", "县消防救援大队", "", day(8, 15), "限期整改"),
        ],
    ),
    "扫描件": (
        """甲 县 农 贸 市 场 安 全 隐 患 整 改 方 案
一 、 整 改 任 务
1 . 拆 除 占 用 消 防 通 道 的 摊 棚 26 个 ， 6 月 底 前 完 成 。
责 任 单 位 ： 县 市 场 监 管 局     责 任 人 ： 汤 某
2024 年 6 月 11 日
""",
        [("拆除占用消防", "县市场监管局", "汤某", day(6, 30), "限期整改")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_another_office_is_read(form: str) -> None:
    text, wanted = FORMS[form]
    plan = read_plan(text.splitlines(), date(2024, 6, 12))
    assert plan is not None
    read = [(i.text[:6], i.unit, i.person, i.due_on, i.rect_type) for i in plan.items]
    assert read == wanted


def test_what_is_done_stays_in_a_measure_that_begins_with_what_is_wrong() -> None:
    plan = read_plan(FORMS["标题在前"][0].splitlines(), date(2024, 6, 12))
    assert plan is not None
    assert plan.items[0].text.endswith("7月底前完成补办或取缔。")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("取缔零售点9家，自发文之日起10日内完成。", day(6, 20)),
        ("县财政局在一周内拨付首批资金600万元。", day(6, 17)),
        ("数据异常的2日内书面说明原因。", None),  # not of the plan: after each of them
        ("储备移动泵车4台，汛前完成。", None),  # of a plan in June that day has passed
    ],
)
def test_days_that_count_from_the_plan(text: str, due: date | None) -> None:
    found = own_day(text, day(6, 10), day(6, 10))
    assert (found.day if found else None) == due


def test_several_lead_together_and_a_post_stands_in_front_of_a_name() -> None:
    said = sentence("县民政局、县消防救援大队共同牵头，各乡镇人民政府配合")
    assert said.texts == {Role.LEAD: "县民政局、县消防救援大队", Role.SUPPORT: "各乡镇人民政府"}
    assert person_in("镇人大主席 何某") == "何某（镇人大主席）"
    assert person_in("何某 韦某") == "何某 韦某"


def test_only_a_scan_is_closed_up() -> None:
    lines = [
        "整 改 方 案",
        "责任单位：县水利局  责任人：甲某",
        "1. 拆 除 围 挡 十 二 处 3 月 底 前",
    ]
    assert unspaced(lines) == [*lines[:2], "1.拆除围挡十二处3月底前"]


def test_lines_that_end_with_whole_values_were_not_wrapped() -> None:
    text = """甲区文物安全隐患整改任务书
（1）.古塔防雷设施失效
（1）.1 委托有资质单位重新检测防雷装置，7月10日前完成。责任单位：区文保所；责任人：沈某
（2）.祠堂消防器材过期
（2）.1 更换灭火器46具，6月底前完成。责任单位：白石镇人民政府；责任人：顾某
（2）.2 建立每月巡查制度，长期坚持。责任单位：白石镇人民政府；责任人：顾某
2024年6月12日"""
    plan = read_plan(text.splitlines(), date(2024, 6, 12))
    assert plan is not None
    assert [item.person for item in plan.items] == ["沈某", "顾某", "顾某"]
