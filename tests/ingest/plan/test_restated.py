"""A plan whose annex says its measures again in short: one measure, two places. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.plan import Plan, read_plan

BODY = """\
云台县关于省消防安全督查反馈问题的整改方案

云政办发〔2024〕21号

一、总体要求
以习近平新时代中国特色社会主义思想为指导，坚持问题导向。
二、整改任务
（一）关于消防车通道不畅的问题
1.对全县86个住宅小区消防车通道逐一排查，清除违规停放车辆和固定障碍物，统一施划禁停标线。2024年6月30日前完成。
2.会同公安交管部门建立联合执法机制，对占用消防车通道行为每月至少集中整治1次，长期坚持。
（二）关于高层建筑消防设施损坏的问题
3.委托有资质的检测机构对21栋高层建筑自动报警、喷淋、防排烟系统全面检测维修，9月底前全部恢复完好。
4.督促物业服务企业建立消防设施维护保养台账，落实专人管理。
三、保障措施
各单位要高度重视。
附件：云台县消防问题整改任务清单

云台县人民政府办公室
2024年4月2日

附件
"""
IN_SHORT = """\
云台县消防问题整改任务清单
序号\t问题\t整改任务\t牵头单位\t责任人\t完成时限
1\t消防车通道不畅\t排查86个小区通道并清障划线\t县住建局\t方某\t2024年6月底
2\t消防车通道不畅\t开展联合执法\t县公安局\t钟某某\t长期坚持
3\t高层建筑消防设施损坏\t检测维修21栋高层建筑消防设施\t县消防救援大队\t冯某\t2024年10月底
4\t高层建筑消防设施损坏\t督促物业建立维保台账\t县住建局\t方某\t2024年5月底
"""
IN_A_LIST = """\
云台县消防问题整改任务清单
1.排查小区消防车通道（责任单位：县住建局；责任人：方某；时限：2024年6月底）
2.联合执法整治占道（责任单位：县公安局；责任人：钟某某；时限：长期坚持）
3.高层建筑消防设施检测维修（责任单位：县消防救援大队；责任人：冯某；时限：2024年10月底）
4.物业建立维保台账（责任单位：县住建局；责任人：方某；时限：2024年5月底）
"""
WITHOUT_NUMBERS = """\
云台县消防问题整改责任分工表
整改事项\t责任单位\t责任人\t时限
小区消防车通道排查清障划线\t县住建局\t方某\t2024年6月底
占用消防车通道联合执法\t县公安局\t钟某某\t长期
高层建筑消防设施检测维修\t县消防救援大队\t冯某\t2024年10月底
物业企业消防设施维保台账\t县住建局\t方某\t2024年5月底
"""
BY_NUMBER = """\
云台县消防问题整改责任清单
措施编号\t责任单位\t配合单位\t责任人\t完成时限
措施1\t县住建局\t县城管局\t方某\t2024年6月底
措施2\t县公安局\t县消防救援大队\t钟某某\t长期坚持
措施3\t县消防救援大队\t县住建局\t冯某\t2024年10月底
措施4\t县住建局\t各街道\t方某\t2024年5月底
"""
BY_PROBLEM = """\
松河市教育局关于巡察反馈意见的整改方案
为抓好巡察反馈意见整改，制定如下方案。
一、问题及整改措施
问题一：校园食堂管理不严。
（1）开展食堂大宗食材采购专项检查，6所违规自行采购学校限期整改。
（2）全面推行校长陪餐制，陪餐记录按周公示。
问题二：校车安全监管有漏洞。
（1）对57辆校车逐车安装驾驶员行为监测终端。
（2）与公安交警建立校车动态信息共享机制，每季度会商一次。
二、工作要求
各科室要按时完成。
附：整改责任分工
松河市教育局
2024年7月1日
附：
整改责任分工
问题\t牵头科室\t责任领导\t完成时限
问题一\t后勤保障科\t闫某\t2024年9月30日
问题二\t安全管理科\t郝某某\t2024年10月31日
"""


def read(text: str) -> Plan:
    plan = read_plan(text.splitlines(), date(2024, 7, 2))
    assert plan is not None
    return plan


@pytest.mark.parametrize("annex", [IN_SHORT, IN_A_LIST, WITHOUT_NUMBERS, BY_NUMBER])
def test_the_body_stands_and_the_annex_says_what_it_leaves_out(annex: str) -> None:
    plan = read(BODY + annex)
    assert [(item.text[:8], item.unit, item.person, item.due_on) for item in plan.items] == [
        ("对全县86个住宅", "县住建局", "方某", date(2024, 6, 30)),
        ("会同公安交管部门", "县公安局", "钟某某", None),
        ("委托有资质的检测", "县消防救援大队", "冯某", date(2024, 9, 30)),  # the annex says 10月
        ("督促物业服务企业", "县住建局", "方某", date(2024, 5, 31)),
    ]


def test_rows_of_problems_say_who_answers_for_their_measures() -> None:
    said = [(item.unit, item.person, item.due_on) for item in read(BY_PROBLEM).items]
    kitchen = ("后勤保障科", "闫某", date(2024, 9, 30))
    buses = ("安全管理科", "郝某某", date(2024, 10, 31))
    assert said == [kitchen, kitchen, buses, buses]


def test_a_row_that_the_body_has_not_is_a_measure_as_well() -> None:
    more = "5\t消防水源不足\t新建市政消火栓40个\t县水务局\t于某\t2024年11月底\n"
    plan = read(BODY + IN_SHORT + more)
    assert [item.text for item in plan.items][4:] == ["新建市政消火栓40个"]
    assert plan.items[4].unit == "县水务局"


def test_another_list_stays_a_list_of_its_own() -> None:
    other = (
        "序号\t问题\t整改任务\t牵头单位\t责任人\t完成时限\n"
        "1\t食品摊点无证\t办理登记卡\t县市场监管局\t甲某\t2024年8月底\n"
        "2\t后厨不洁\t推行明厨亮灶\t县市场监管局\t甲某\t2024年8月底\n"
    )
    plan = read_plan((BODY + other).splitlines(), date(2024, 7, 2))
    assert plan is None or not plan.restated
