"""Cells and values that say what others say. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.plan import read_plan
from analysis.ingest.tables.filling.ditto import ABOVE, points_at, repeats, without_ditto


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("同上", ABOVE), ("同前", ABOVE), ("〃", ABOVE), ("同上一条", ABOVE),
        ("见措施2", "2"), ("同序号3", "3"), ("与第5项相同", "5"), ("详见措施（二）", "2"),
        ("同③", "3"),
        ("同上级部门协调", ""), ("同步推进2项工作", ""), ("见附件", ""),
        ("2024年3月", ""), ("", ""),
    ],
)  # fmt: skip
def test_where_a_value_points(text: str, to: str) -> None:
    assert points_at(text) == to


def test_a_number_is_that_of_a_row_or_of_a_measure() -> None:
    rows = [
        ["1", "措施1：清淤320米", "县水利局", "6月底"],
        ["2", "见措施1", "同序号1", "同1"],
        ["3", "更换启闭机", "同第4项", "7月底"],
        ["4", "见措施9", "县应急局", "同上"],
    ]
    assert without_ditto(rows) == [
        rows[0],
        ["2", "措施1：清淤320米", "县水利局", "6月底"],
        ["3", "更换启闭机", "县应急局", "7月底"],
        ["4", "见措施9", "县应急局", "7月底"],
    ]


def test_a_plan_in_lines_points_as_well() -> None:
    text = """某县隐患整改方案
一、整改措施
1.清淤疏浚320米。
责任单位：县水利局
责任人：田某
时限：2024年6月20日
2.更换启闭机2台。
责任单位：同上
责任人：同上
时限：7月15日
3.配置卫星电话4部。
责任单位：县应急局
责任人：宋某
时限：同第2项
"""
    plan = read_plan(text.splitlines(), date(2024, 6, 1))
    assert plan is not None
    assert [(item.unit, item.person, item.due_on) for item in plan.items] == [
        ("县水利局", "田某", date(2024, 6, 20)),
        ("县水利局", "田某", date(2024, 7, 15)),
        ("县应急局", "宋某", date(2024, 7, 15)),
    ]


HEADERS = {
    0: "问题序号",
    1: "审计查出问题",
    2: "措施序号",
    3: "整改措施",
    4: "责任人",
    5: "完成时限",
}


def test_which_numbers_are_meant_the_header_says() -> None:
    rows = [
        [1.0, "编制不细", "1", "细化预算", "覃某", "1月底"],
        [2.0, "资金沉淀", "2、3", "（1）清理（2）上缴", "何某", "2月底"],
        [3.0, "采购不规范", "4", "倒查责任", "见措施2", "见问题1"],
    ]
    assert without_ditto(rows, HEADERS)[2][4:] == ["何某", "1月底"]


def test_numbers_that_begin_again_are_those_of_the_nearest_row_above() -> None:
    headers = {0: "问题", 1: "序号", 2: "定措施", 3: "定责任人"}
    rows = [
        ["（一）", "1", "建账", "甲某"],
        ["（一）", "2", "检测", "见措施1"],
        ["（二）", "1", "管护", "乙某"],
        ["（二）", "2", "上架", "见措施1"],
    ]
    assert [row[3] for row in without_ditto(rows, headers)] == ["甲某", "甲某", "乙某", "乙某"]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["见措施3", "见措施3", "见措施3"], True),
        (["见措施3", "", "同上"], True),
        (["见措施3", "县水利局", "见措施3"], False),  # another unit does the same
        (["更换水泵", "见措施3", "见措施3"], False),
    ],
)
def test_a_row_that_only_points_lays_nothing_down(row: list[str], is_one: bool) -> None:
    assert repeats(row, 0, [1, 2]) is is_one
