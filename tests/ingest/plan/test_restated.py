"""A plan whose annex says its measures again in short: one measure, two places. 模拟数据."""

from datetime import date
from pathlib import Path

import docx
import pytest

from analysis.ingest.plan import Plan, read_plan
from analysis.ingest.read_file import Desk, read_file

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


SILENT = """\
岭川县文旅局关于巡察反馈意见的整改方案
二、反馈问题和整改措施
（一）党组研究旅游安全不够经常。2023年仅1次专题研究。
整改措施：（1）建立党组会“首议安全”制度，每季度至少专题研究一次安全生产工作。（2）对11个高风险项目\
逐个登记造册，摸清运营主体、检验检测情况。（3）委托第三方机构对玻璃栈道重新开展安全检测。
（二）公共文化设施重建轻管。5个村级中心常年锁门。
整改措施：一是督促5个村级文化服务中心落实专人管护，公示开放时间。二是将馆藏闲置图书6000册调配至村级服务点。
各项措施的责任股室、责任人和完成时限，见附件。
岭川县文旅局
2024年4月16日
附件
巡察反馈问题整改五定表
反馈问题\t序号\t定措施\t定责任股室\t定责任人\t定时限\t定标准
（一）研究旅游安全不经常\t1\t党组会每季度专题研究安全\t局办公室\t蓝某某\t长期坚持\t有纪要
\t2\t摸清11个高风险项目底数\t行业管理股\t韦某\t2024年5月31日前\t清单齐全
\t3\t重新检测玻璃栈道\t见措施2\t见措施2\t2024年6月底前\t出具报告
（二）公共文化设施重建轻管\t1\t5个村级中心落实专人管护\t公共文化股\t罗某某\t立行立改\t门常开
\t2\t调配图书6000册上架\t县图书馆\t黄某\t2024年三季度末\t完成编目
"""


def test_a_body_that_leaves_who_and_when_to_its_annex_keeps_its_words() -> None:
    said = [(item.text[:6], item.unit, item.person, item.due_on) for item in read(SILENT).items]
    assert said == [
        ("建立党组会“", "局办公室", "蓝某某", None),
        ("对11个高风", "行业管理股", "韦某", date(2024, 5, 31)),
        ("委托第三方机", "行业管理股", "韦某", date(2024, 6, 30)),  # 措施2 of the same problem
        ("督促5个村级", "公共文化股", "罗某某", None),
        ("将馆藏闲置图", "县图书馆", "黄某", date(2024, 9, 30)),
    ]


def test_an_annex_that_alone_tells_problems_and_sentences_is_the_plan() -> None:
    leads_in = """\
甲县关于做好暗访反馈问题整改工作的通知
二、逐项落实整改措施
1.督促两家景区对在用的游乐设施、观光车辆、客运索道进行全面检验检测，未经检验的一律停止使用。
2.由景区在临水、临崖等危险地段增设规范的安全警示标识和防护栏杆，锈蚀的及时更换。
任务分工见附件。
附件
序号\t反馈问题\t整改措施\t牵头单位\t整改时限\t责任人
1\t部分游乐设施未定期检验。\t督促两家景区对游乐设施、观光车辆、客运索道全面检验检测。\t县市监局\t7月31日前\t石某
2\t危险地段没有警示标识。\t在临水临崖等危险地段增设安全警示标识和防护栏杆。\t县文旅局\t8月10日前\t周某
"""
    plan = read_plan(leads_in.splitlines(), date(2024, 7, 2))
    assert plan is None or not plan.restated


def test_a_cell_of_an_annex_that_is_merged_down_speaks_of_each_of_its_rows(tmp_path: Path) -> None:
    file = docx.Document()
    for line in (
        "甲县旅游隐患整改通知", "一、整改措施", "1.漂流河段勘查设标，消除暗礁。",
        "2.为漂流艇配备救生员和救生衣。", "3.核查研学基地资质。", "2025年6月3日", "附件",
    ):  # fmt: skip
        file.add_paragraph(line)
    rows = [
        ["序号", "任务", "牵头股室", "责任人", "完成时限"],
        ["1", "漂流河段勘查设标", "资源开发股", "孟某", "6月25日前"],
        ["2", "为漂流艇配备救生员", "", "", "立行立改"],
        ["3", "核查研学基地资质", "市场管理股", "秦某", "7月10日前"],
    ]  # fmt: skip
    table = file.add_table(rows=len(rows), cols=len(rows[0]))
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(n, column).text = text
    for column in (2, 3):
        text = table.cell(1, column).text
        table.cell(1, column).merge(table.cell(2, column)).text = text
    file.save(str(path := tmp_path / "通知.docx"))
    desk = Desk(path.parent, "甲县", register={path.name: date(2025, 6, 3)})
    (plan,) = read_file(path, "0" * 64, desk)
    assert plan.records.get("unit") == ["资源开发股", "资源开发股", "市场管理股"]
    assert plan.records.get("person") == ["孟某", "孟某", "秦某"]
