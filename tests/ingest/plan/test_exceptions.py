"""What is said of all with an exception, and what is said of one apart from the rest. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.plan import read_plan
from analysis.ingest.plan.document import PlanItem
from analysis.ingest.plan.lines import roles_of

DAY = date(2025, 4, 25)
PROBLEM = "反馈问题：疏散通道被占用。"
TITLE = "甲县医院整改方案"


def items(*lines: str) -> list[PlanItem]:
    plan = read_plan([TITLE, *lines], DAY)
    assert plan
    return plan.items


@pytest.mark.parametrize(
    "due",
    [
        "2025年5月31日", "2025年5月31日（措施中另有注明的除外）", "5月31日前，长期坚持的除外",
        "除另有注明外，2025年5月31日前",
    ],
)  # fmt: skip
def test_an_exception_leaves_the_deadline_of_the_others(due: str) -> None:
    (first, second) = items(
        PROBLEM, "整改措施：", "1.修复故障点位17处。", "2.每日巡检一次（长期坚持）。",
        "责任科室：保卫科", f"完成时限：{due}",
    )  # fmt: skip
    assert (first.due_on, second.due_on) == (date(2025, 5, 31), None)


def test_the_bracket_behind_a_measure_is_nearer_than_the_kind_of_its_block() -> None:
    read = items(
        PROBLEM, "整改措施：", "1.修复故障点位17处。", "2.每日巡检一次（长期坚持）。",
        "3.增配值班人员（6月30日前到岗）。", "责任科室：保卫科", "整改类别：限期整改",
        "完成时限：2025年5月31日",
    )  # fmt: skip
    assert [item.rect_type for item in read] == ["限期整改", "长期坚持", "限期整改"]


@pytest.mark.parametrize(
    "lines",
    [
        ("整改措施：", "（1）拆移售货机。责任科室：门诊办公室，责任人：林某某"),
        ("整改措施：（1）拆移售货机。责任科室：门诊办公室，责任人：林某某",),
    ],
)
def test_what_stands_behind_the_first_measure_on_its_labels_line_is_of_that_alone(
    lines: tuple[str, ...],
) -> None:
    read = items(
        PROBLEM, *lines, "（2）重绘示意图。责任科室：宣传科，责任人：高某某",
        "配合科室：总务科", "完成时限：2025年5月8日",
    )  # fmt: skip
    assert [(each.unit, each.person) for each in read] == [
        ("门诊办公室", "林某某"), ("宣传科", "高某某"),
    ]  # fmt: skip
    assert {(each.support_units, each.due_on) for each in read} == {("总务科", date(2025, 5, 8))}


def test_the_first_measure_of_a_cell_is_read_as_the_second() -> None:
    read = items(
        "反馈问题\t疏散通道被占用。",
        "整改措施\t1.拆移售货机。责任科室：门诊办公室\n2.重绘示意图。责任科室：督查室",
        "完成时限\t2025年5月8日",
    )  # fmt: skip
    assert [(each.unit, each.due_on) for each in read] == [
        ("门诊办公室", date(2025, 5, 8)), ("督查室", date(2025, 5, 8)),
    ]  # fmt: skip


def test_what_fills_blanks_is_no_measure_wherever_it_stands() -> None:
    lines = [
        TITLE, "一、整改措施",
        "以下各项，没有写明牵头单位的，由保卫科牵头；没有写明时限的，于5月20日前完成。",
        "1.清理通道。", "2.更换线路。牵头单位：总务科；时限：5月8日前。",
    ]  # fmt: skip
    plan = read_plan(lines, DAY)
    assert plan
    assert [(item.text, item.unit, item.due_on) for item in plan.items] == [
        ("清理通道。", "保卫科", date(2025, 5, 20)), ("更换线路。", "总务科", date(2025, 5, 8)),
    ]  # fmt: skip
    assert str(roles_of(plan)[3]) == "责任"


def test_what_says_more_than_what_fills_blanks_is_of_the_measures_over_it() -> None:
    read = items(
        "一、整改措施", "1.清理通道。", "2.更换线路。",
        "以上2项由保卫科牵头，总务科配合，除已明确时限的外，均于5月20日前完成。",
    )  # fmt: skip
    assert [(each.unit, each.due_on) for each in read] == [("保卫科", date(2025, 5, 20))] * 2


@pytest.mark.parametrize("heading", ["（一）各街道办事处", "（一）县城市管理局"])
def test_a_heading_that_names_all_of_a_kind_leads_what_stands_below_it(heading: str) -> None:
    read = items(
        "一、工作任务", heading, "更换破损的充电棚。完成时限：6月30日。",
        "（二）县消防救援大队", "1.修复消防水泵。完成时限：7月30日。",
        "2.开展检查。完成时限：7月30日。",
    )  # fmt: skip
    assert [(each.text, each.unit) for each in read] == [
        ("更换破损的充电棚。", heading[3:]),
        ("修复消防水泵。", "县消防救援大队"), ("开展检查。", "县消防救援大队"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"), [("2025年", "11月15日。"), ("2025 年 11 月", "15 日。")]
)
def test_a_day_that_a_line_has_cut_is_one(first: str, second: str) -> None:
    (item,) = items(PROBLEM, "整改措施：清淤。", f"责任单位：市城管局；完成时限：{first}", second)
    assert item.due_on == date(2025, 11, 15)


def test_a_day_beside_at_once_in_one_bracket_is_the_deadline_and_the_word_the_kind() -> None:
    read = items(
        PROBLEM, "整改措施：", "1.拆除摊位17处（立行立改，5月3日前）。",
        "2.更换卷帘（限期整改，9月底前）。", "3.每日巡查一次（长期坚持）。", "责任单位：保卫科",
    )  # fmt: skip
    assert [(each.rect_type, each.due_on) for each in read] == [
        ("立行立改", date(2025, 5, 3)), ("限期整改", date(2025, 9, 30)), ("长期坚持", None),
    ]  # fmt: skip


def test_whoever_acts_from_a_day_on_leads() -> None:
    first, second = items(
        PROBLEM, "整改措施：", "1.县消防救援大队自10月起每周到现场核查1次。（责任人：沈某）",
        "2.县住建局对加建部分开展核查。（责任人：陶某）",
    )  # fmt: skip
    assert (first.unit, second.unit) == ("县消防救援大队", "县住建局")
