"""Letters that lay one day down for all, to one unit or to several in turn. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.plan import read_plan
from analysis.ingest.plan.items.letters import asked_behind, limit_in, sets_limit
from analysis.ingest.read_file.prose import limit_of_letter, unit_of_all
from analysis.ingest.tables.shapes import said_of_all

WRONG_AND_ASKED = """\
隐患问题交办单
临安委办交〔2024〕17号

县住建局：
2024年5月8日，县安委办会同县消防救援大队对你局监管的燃气经营企业进行抽查，发现以下问题：
一、城北液化气站消防水池水位不足，应立即补水并加装液位报警器。
二、鑫源瓶装气配送点无充装追溯记录，应补建气瓶电子档案，对236只超期气瓶予以报废。
三、从业人员持证率不足60%，应组织全员培训取证。
请于2024年5月31日前完成整改，并将整改情况书面报送县安委办。联系人：彭某，电话：0351-xxxxxxx。

临河县安全生产委员会办公室
2024年5月10日
"""
TO_ONE = """\
关于交办文旅领域安全隐患的函

云溪镇人民政府：
近日，县文旅专班在明查暗访中发现你镇辖区内部分旅游场所存在安全隐患，现交办如下：
1．云溪漂流码头：救生员配备不足，警示标识缺失。整改要求：配齐持证救生员8名，沿线设置警示标识20处。
2．听涛民宿：二楼外窗设置铁栅栏，疏散通道堆放杂物。整改要求：拆除铁栅栏，清空疏散通道。
3．石门洞玻璃栈道：未按规定开展年度检测。整改要求：暂停开放，委托有资质机构检测合格后方可恢复运营。
以上问题请你镇高度重视，明确专人负责，于9月15日前整改到位并将整改报告报县文旅专班办公室；未按期整改的，将予以通报。

县文化旅游安全专班办公室
2024年8月19日
"""
UNDER_NAMES = """\
安全生产问题交办通知
（第3号）

各有关单位：
现将3月4日督导检查中发现的问题交办给你们，请对照认真整改。
一、县市场监管局
（一）督促金源游乐城对3台超期未检特种设备立即停用并申报检验；
（二）查处无证作业人员，建立作业人员持证台账。
二、县交通运输局
（一）责令长运公司对7辆GPS离线客车停运整改；
（二）约谈公司主要负责人。
三、柳树镇人民政府
对S214沿线3处临水临崖路段增设警示桩和反光标识。
请于3月29日前完成整改，逾期未完成的将提请县政府挂牌督办。整改情况请同步报县安委办（联系人：段某）。

青川县安全生产委员会办公室
2024年3月5日
"""
AFTER_NAMES = """\
关于转办省督导组反馈问题的函
各责任单位：
按照县领导批示要求，现将省督导组6月10日反馈的问题转办如下，请抓紧办理。
县应急局：
1.修订完善尾矿库汛期应急预案并组织1次实战演练；
2.补充储备抢险物资，编织袋不少于5000条。
县自然资源局：
1.对12处地质灾害隐患点落实监测责任人，汛期24小时值守。
2.在高风险点位安装自动化监测设备6套。
县气象局：
1.与县应急局建立强降雨临灾预警“叫应”机制。
上述事项请于6月25日前办结，办理结果经主要负责同志签字后报县督导工作专班（邮箱：略）。
平川县迎接省督导工作专班
2025年6月11日
"""
ORDERED = """\
责令限期整改通知书
县文体旅安改〔2024〕9号
县图书馆：
经查，你单位存在下列安全隐患和问题：
（一）三楼古籍库气体灭火装置压力不足；
（二）少儿阅览区疏散指示标志损坏4处；
（三）未组织年度消防演练。
现责令你单位按下列要求整改：
1、更换气体灭火装置药剂并由专业机构出具检测报告；
2、修复或更换疏散指示标志；
3、于10月底前组织1次消防疏散演练并留存影像资料。
限你单位于2024年10月20日前完成上述第1、2项整改，第3项按期限落实，整改完成后3日内申请复查。
甲县文化体育和旅游局
2024年10月9日
"""


def read(text: str, received: date) -> list[tuple[str, str, date | None]]:
    plan = read_plan(text.splitlines(), received)
    assert plan is not None
    return [(item.text[:6], item.unit, item.due_on) for item in plan.items]


def test_what_is_asked_stands_behind_what_is_wrong() -> None:
    day = date(2024, 5, 31)
    assert read(WRONG_AND_ASKED, date(2024, 5, 11)) == [
        ("立即补水并加", "县住建局", day),
        ("补建气瓶电子", "县住建局", day),
        ("组织全员培训", "县住建局", day),
    ]


def test_the_unit_that_is_written_to_answers_by_the_day_at_the_end() -> None:
    items = read(TO_ONE, date(2024, 8, 20))
    assert {(unit, due) for _, unit, due in items} == {("云溪镇人民政府", date(2024, 9, 15))}
    assert len(items) == 3


@pytest.mark.parametrize(
    ("text", "units", "due"),
    [
        (
            UNDER_NAMES,
            ["县市场监管局"] * 2 + ["县交通运输局"] * 2 + ["柳树镇人民政府"],
            date(2024, 3, 29),
        ),
        (AFTER_NAMES, ["县应急局"] * 2 + ["县自然资源局"] * 2 + ["县气象局"], date(2024, 6, 25)),
    ],
)
def test_a_unit_over_its_list_answers_for_it(text: str, units: list[str], due: date) -> None:
    items = read(text, date(2024, 3, 6))
    assert [unit for _, unit, _ in items] == units
    assert {day.replace(year=2024) for _, _, day in items if day} == {due}


def test_a_sentence_with_the_day_is_no_more_of_the_last_measure() -> None:
    assert read(ORDERED, date(2024, 10, 10)) == [
        ("更换气体灭火", "县图书馆", date(2024, 10, 20)),
        ("修复或更换疏", "县图书馆", date(2024, 10, 20)),
        ("于10月底前", "县图书馆", date(2024, 10, 31)),
    ]


def test_a_letter_that_says_only_what_is_wrong() -> None:
    text = """安全隐患交办单
红石酒店：
经检查，发现以下问题：
1.二楼疏散门上锁；
2.灭火器压力不足6具。
请在收到本通知之日起10日内整改到位。
某县应急管理局
2024年6月3日"""
    assert read(text, date(2024, 6, 3)) == [
        ("二楼疏散门上", "红石酒店", date(2024, 6, 13)),
        ("灭火器压力不", "红石酒店", date(2024, 6, 13)),
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("请于5月31日前完成整改，并将整改情况于6月5日前书面反馈。", ("5月31日前", True)),
        ("限你公司接到通知后15个工作日内整改完毕。", ("接到通知后15个工作日内", True)),
        ("整改情况请于7月10日前报我办。", ("7月10日前", False)),
        ("整改完成后请在3日内申请复查。", ("", False)),
        ("6月3日前后开展了检查。", ("", False)),
    ],
)  # fmt: skip
def test_the_day_that_a_letter_sets(text: str, limit: tuple[str, bool]) -> None:
    assert limit_in(text) == limit


def test_what_one_unit_is_asked_sets_no_day_for_all() -> None:
    assert not sets_limit("请县卫健局督促县医院加装扶手，6月30日前完成。")


def test_what_is_right_is_not_asked_for() -> None:
    assert asked_behind("完善应急预案，应急队伍不少于20人")[1] == ""


def test_paragraphs_that_begin_with_a_unit_are_told_to_it() -> None:
    text = """关于做好冬季安全防范重点工作的任务清单
明确以下任务：
县应急管理局：对12家危化企业开展全覆盖检查，12月25日前完成。
县文化和旅游局：督促景区完善冰雪项目应急预案，12月15日前报备。
某县安委会办公室
2024年12月2日"""
    assert read(text, date(2024, 12, 3)) == [
        ("对12家危化", "县应急管理局", date(2024, 12, 25)),
        ("督促景区完善", "县文化和旅游局", date(2024, 12, 15)),
    ]


def test_a_list_in_a_letter_has_its_unit_and_its_day() -> None:
    lines = ["安全生产提示函", "青河水电公司：", "存在以下问题：", "请于4月30日前完成整改。"]
    assert unit_of_all(lines) == "青河水电公司"
    assert limit_of_letter(lines) == "4月30日前"
    sheet = Sheet("表格1", [["序号", "存在问题", "整改要求"], ["1", "探头离线", "更换探头2套"]])
    (made,) = said_of_all([sheet], "青河水电公司", "4月30日前")
    assert made.cells == [
        ["序号", "存在问题", "整改要求", "责任单位", "完成时限"],
        ["1", "探头离线", "更换探头2套", "青河水电公司", "4月30日前"],
    ]


def test_what_a_list_says_itself_is_not_said_again() -> None:
    cells = [["序号", "整改措施", "牵头单位", "时限"], ["1", "更换探头", "县水利局", ""]]
    (made,) = said_of_all([Sheet("表格1", cells)], "青河水电公司", "4月30日前")
    assert made.cells == cells
