"""Joint columns, bands of a kind, shared days, notices, topics of minutes, forms. 模拟数据."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.days import kind_in_heading
from analysis.ingest.pipeline import ingest
from analysis.ingest.plan import read_plan
from analysis.ingest.tables.context import names
from analysis.ingest.tables.filling.shared import share_deadline
from analysis.ledgers.measure import MEASURE
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]


def of_table(home: Settings, write_sheet: Write, *rows: list[Any]) -> list[tuple[Any, ...]]:
    """Who answers, by when and of what kind each measure of a list is, in its order."""
    write_sheet("2024-03-01/任务分解表.xlsx", list(rows))
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(
            con,
            "SELECT unit, support_units, person, due_on, rect_type FROM measure ORDER BY row_no",
        )[1]


def of_text(text: str) -> list[tuple[str, str, str, date | None, str | None]]:
    plan = read_plan(text.splitlines(), date(2024, 3, 1))
    assert plan is not None
    return [(i.text[:4], i.unit, i.person, i.due_on, i.rect_type) for i in plan.items]


def test_a_column_of_who_and_by_when_is_parted(home: Settings, write_sheet: Write) -> None:
    assert of_table(
        home, write_sheet,
        ["甲县管网改造任务分解表（模拟数据）"],
        ["序号", "重点任务", "具体工作", "责任单位及完成时限"],
        [1, "更新", "更换铸铁管2.4公里。", "牵头：县住建局\n配合：县财政局\n时限：8月底前"],
        [2, "更新", "绘制地下管线总图。", "县自然资源局牵头，县水务局配合，5月20日前"],
        [3, "日常", "管网每月巡线一次。", "同上"],
        [4, "日常", "设置警示牌80块。", "长期坚持，县城管局负责"],
    ) == [
        ("县住建局", "县财政局", None, date(2024, 8, 31), None),
        ("县自然资源局", "县水务局", None, date(2024, 5, 20), None),
        ("县自然资源局", "县水务局", None, date(2024, 5, 20), None),
        ("县城管局", None, None, None, "长期坚持"),
    ]  # fmt: skip


def test_a_measures_own_day_is_nearer_than_one_told_for_several(
    home: Settings, write_sheet: Write
) -> None:
    header = ["序号", "存在问题", "整改措施", "牵头单位", "责任人", "完成时限"]
    rows = of_table(
        home, write_sheet,
        ["甲县整改任务清单（模拟数据）"], header,
        [1, "通道堵塞", "清理杂物，3月20日前完成。", "县住建局", "王某", "2024年6月底前"],
        [2, "水泵损坏", "修复水泵，4月底前恢复供水。", "县水务局", "李某", "2024年5月31日"],
        ["注：措施中另有时限的，从其时限。"],
    )  # fmt: skip
    assert [row[3] for row in rows] == [date(2024, 3, 20), date(2024, 4, 30)]


def test_without_such_a_note_a_row_is_due_as_its_column_says(
    home: Settings, write_sheet: Write
) -> None:
    rows = of_table(
        home, write_sheet,
        ["甲县整改任务清单（模拟数据）"],
        ["序号", "存在问题", "整改措施", "牵头单位", "责任人", "完成时限"],
        [1, "通道堵塞", "清理杂物，3月20日前完成。", "县住建局", "王某", "2024年6月底前"],
        [2, "水泵损坏", "立行立改，修复水泵。", "县水务局", "李某", "2024年5月31日"],
    )  # fmt: skip
    assert [row[3:] for row in rows] == [
        (date(2024, 6, 30), None), (date(2024, 5, 31), "立行立改"),
    ]  # fmt: skip


def test_a_band_or_heading_says_the_kind() -> None:
    assert names("一、立行立改类（共3项）", MEASURE)[1] == {"rect_type": "立行立改"}
    assert kind_in_heading("需长期坚持的事项") == "长期坚持"
    assert kind_in_heading("整改措施") == kind_in_heading("集中整改阶段") == ""


def test_a_heading_says_the_kind_of_what_stands_below() -> None:
    assert of_text(
        "甲县消防整改方案\n一、立行立改事项（1项）\n1.清理疏散通道杂物。\n"
        "责任单位：县文旅局\n完成时限：3月10日前\n"
        "二、限期整改事项\n2.改造老旧线路2公里。\n责任单位：县住建局\n完成时限：9月底前"
    ) == [
        ("清理疏散", "县文旅局", "", date(2024, 3, 10), "立行立改"),
        ("改造老旧", "县住建局", "", date(2024, 9, 30), "限期整改"),
    ]


NOTICE = """关于挂牌督办火灾隐患的通知
各有关单位：
经研究，对下列隐患挂牌督办。除另有注明外，整改期限均为2024年6月30日前。
一、督办内容
（一）青石镇辖区（督办责任单位：青石镇人民政府；督办责任人：钱某）
1．恒达木器厂。主要隐患：木屑堆积。整改要求：清理木屑，安装除尘器2套。
2．老街气站。主要隐患：储罐超期未检。整改要求：4月20日前送检，未检验前停止使用。
（二）行业部门督办
3．滨河商城。主要隐患：水池渗漏。整改要求：修补水池，广告牌全部拆除。（督办责任单位：县商务局；责任人：李某；整改期限：5月底前）
二、有关要求
督办责任单位要明确专人，验收合格后5个工作日内报我办摘牌。"""


def test_a_notice_gives_blocks_to_who_presses_and_one_day_to_all() -> None:
    assert [each[:4] for each in of_text(NOTICE)] == [
        ("清理木屑", "青石镇人民政府", "钱某", date(2024, 6, 30)),
        ("4月20", "青石镇人民政府", "钱某", date(2024, 4, 20)),
        ("修补水池", "县商务局", "李某", date(2024, 5, 31)),
    ]


def test_who_presses_stays_apart_where_somebody_else_leads() -> None:
    both = NOTICE.replace("（督办责任单位：青石镇", "（责任单位：恒达公司；督办责任单位：青石镇")
    assert of_text(both)[0][1] == "恒达公司"


def test_topics_of_minutes_with_their_decision_are_decisions() -> None:
    plan = read_plan(
        (
            "甲县安委会会议纪要\n会议议定以下事项：\n"
            "一、关于经费问题。会议同意安排资金86万元，由县财政局于8月5日前拨付。\n"
            "二、关于考核问题。会议议定，由县安委办对排名末位的乡镇开展约谈，下次会议前完成。\n"
            "三、关于广播故障问题。由县应急局会同县融媒体中心全面检修。\n"
            "出席：薛某\n甲县安委会办公室　　2024年7月18日印发"
        ).splitlines(),
        date(2024, 7, 18),
    )
    assert plan is not None
    assert [item.unit for item in plan.items] == ["县财政局", "县安委办", "县应急局"]
    assert "印发" not in plan.items[-1].text


def test_a_text_across_a_form_opens_the_next_problem() -> None:
    plan = read_plan(
        (
            "甲局整改方案\n反馈问题\t台账缺失。\n整改措施\t补登台账。\n责任科室\t办公室\n"
            "问题2：公车管理不严。\t问题2：公车管理不严。\n整改措施\t清查公车。\n责任科室\t财务科"
        ).splitlines(),
        date(2024, 3, 1),
    )
    assert plan is not None
    assert [(item.problem[:4], item.unit) for item in plan.items] == [
        ("台账缺失", "办公室"), ("公车管理", "财务科"),
    ]  # fmt: skip


def test_a_person_may_stand_in_front_of_the_unit(home: Settings, write_sheet: Write) -> None:
    assert of_table(
        home, write_sheet,
        ["甲县污染防治任务分解表（模拟数据）"],
        ["序号", "任务", "工作措施", "责任领导及牵头单位", "完成时限"],
        [1, "扬尘", "裸土覆盖45公顷。", "王某 县住建局", "2024年5月底"],
        [2, "尾气", "抽检柴油车500辆。", "李某 县交警大队", "长期坚持"],
    ) == [
        ("县住建局", None, "王某", date(2024, 5, 31), None),
        ("县交警大队", None, "李某", None, "长期坚持"),
    ]  # fmt: skip


def test_who_presses_leads_in_a_list_without_other_units(
    home: Settings, write_sheet: Write
) -> None:
    rows = of_table(
        home, write_sheet,
        ["甲县整改任务清单（模拟数据）"],
        ["序号", "整改措施", "督办责任单位", "督办责任人", "完成时限"],
        [1, "拆除重建围墙60米。", "县教育局", "孙某", "2024年5月底前"],
    )  # fmt: skip
    assert [row[:3] for row in rows] == [("县教育局", None, "孙某")]


def test_rows_below_one_cell_share_its_deadline() -> None:
    cells: list[list[Any]] = [
        ["整改措施", "完成时限"],
        ["清理", "6月底前"],
        ["更换", None],
        ["修复", "5月底前"],
    ]
    columns = [
        Column(0, "整改措施", "", MEASURE["measure"]), Column(1, "完成时限", "", MEASURE["due_on"]),
    ]  # fmt: skip
    sheet = Sheet("清单", cells, merged=[(1, 1, 2, 1)])
    assert share_deadline(sheet, columns, [1, 2, 3]) == [True, True, False]
