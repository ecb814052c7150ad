"""Each sentence of the report on figures that a reader can check, and the edges of all of them."""

from datetime import date

import pandas as pd
import pytest

from analysis.briefing.sections import (
    accidents_sentence,
    chance_sentence,
    clarity_problem,
    colours_sentence,
    completion_sentence,
    due_soon_sentence,
    duties_sentence,
    inspections_sentence,
    kinds_sentence,
    late_problem,
    major_sentence,
    mix_sentence,
    node_sentence,
    recurrence_problem,
    reports_sentence,
    sites_sentence,
    slip_problem,
    steps_sentence,
    suspect_problem,
    unlisted_problem,
    vanished_problem,
)
from analysis.judgement.alerts import RULES, Alert
from tests.tables import drawn

NOW = {
    "total": 10, "done": 8, "closed": 5, "due": 6, "on_time": 3, "overdue": 1, "due_soon": 2,
    "standing": 0, "void": 0, "completion_rate": 0.8, "closure_rate": 0.5, "on_time_rate": 0.5,
    "major_total": 4, "major_closed": 1, "major_open": 3, "major_supervised": 2,
}  # fmt: skip
BEFORE = NOW | {"overdue": 3, "completion_rate": 0.7, "closure_rate": 0.5}
NEVER = {**dict.fromkeys(NOW, 0), **dict.fromkeys([n for n in NOW if n.endswith("_rate")])}


def test_the_opening_sentence_counts_and_compares() -> None:
    assert completion_sentence(NOW, BEFORE, "上月末") == (
        "列入统计的整改事项10项；已完成8项，整改完成率80.00%，比上月末提高10.00个百分点；"
        "已销号5项，销号率50.00%，与上月末持平；已到期6项中按期完成3项，按期完成率50.00%；"
        "逾期未完成1项，比上月末减少2项；7日内到期2项。"
    )


def test_nothing_is_compared_with_a_time_before_the_first_item() -> None:
    assert "上月末" not in completion_sentence(NOW, NEVER, "上月末")


def test_without_items_and_with_all_closed() -> None:
    assert completion_sentence(NEVER, NEVER, "上月末") == "没有列入统计的整改事项。"
    aside = NEVER | {"standing": 2, "void": 1}
    assert completion_sentence(aside, NEVER, "上月末") == (
        "没有列入统计的整改事项（长期坚持2项、撤销1项单列）。"
    )
    closed = NOW | {
        "done": 10, "closed": 10, "overdue": 0, "due_soon": 0, "due": 0,
        "completion_rate": 1.0, "closure_rate": 1.0, "on_time_rate": None,
    }  # fmt: skip
    assert completion_sentence(closed, closed, "上季末") == (
        "列入统计的整改事项10项；已完成10项，整改完成率100.00%，与上季末持平；"
        "已销号10项，销号率100.00%，与上季末持平；没有逾期事项，与上季末持平。"
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"major_total": 0, "major_open": 0}, "没有重大隐患。"),
        ({"major_closed": 4, "major_open": 0}, "重大隐患共4条，已销号4条，全部销号。"),
        ({}, "重大隐患共4条，已销号1条，未销号3条，其中已挂牌督办2条、应挂未挂1条。"),
        ({"major_supervised": 3}, "重大隐患共4条，已销号1条，未销号3条，其中已挂牌督办3条。"),
    ],
)
def test_major_hazards(changed: dict[str, int], words: str) -> None:
    assert major_sentence(NOW | changed) == words


def test_kinds_are_told_apart_only_where_there_are_several() -> None:
    rows = drawn(
        """
        dimension member  total done overdue completion_rate
        all       all     5     4    1       -
        kind      hazard  4     3    1       -
        kind      measure 1     1    0       -
        """
    )
    rows["completion_rate"] = [0.8, 0.75, 1.0]
    assert kinds_sentence(rows) == (
        "其中：隐患4项，完成3项（75.00%），逾期1项；三清单1项，完成1项（100.00%），逾期0项。"
    )
    assert kinds_sentence(rows.head(2)) == ""


NODES = drawn(
    """
    unit node_no node_on planned done
    全部 0       -       2       2
    全部 1       10-15   5       4
    全部 2       10-30   3       1
    甲局 1       10-15   5       4
    """
)
NODES["node_on"] = pd.to_datetime(NODES["node_on"])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-10-14", "首个工作节点以前累计应完成2项，已完成2项，没有欠账；"
         "下一节点（10月15日）应完成5项，已完成4项。"),
        ("2023-10-15", "到最近的工作节点（10月15日）累计应完成7项，已完成6项，欠1项；"
         "下一节点（10月30日）应完成3项，已完成1项。"),
        ("2023-10-30", "到最近的工作节点（10月30日）累计应完成10项，已完成7项，欠3项。"),
    ],
)  # fmt: skip
def test_nodes_before_on_and_after_their_days(day: str, words: str) -> None:
    assert node_sentence(NODES, pd.Timestamp(day)) == words
    assert node_sentence(NODES.head(0), pd.Timestamp(day)) == ""


def test_the_newest_half_month_that_is_wholly_due() -> None:
    rows = drawn(
        """
        unit state    period_start period_end
        甲局 in_time  10-16        10-31
        乙局 late     10-16        10-31
        丙局 missing  10-16        10-31
        甲局 in_time  11-01        11-15
        丙局 pending  11-01        11-15
        """
    )
    assert reports_sentence(rows) == (
        "半月报（10月16日至10月31日）应报3家，按期1家，迟报1家，缺报1家（丙局）。"
    )
    assert reports_sentence(rows.tail(2)) == ""


def test_duties_that_were_met_and_fell_short() -> None:
    rows = drawn("unit state\n甲局 met\n乙局 short\n甲局 running")
    assert duties_sentence(rows) == "定量履职要求到期2项次，达标1项次，不足1项次（乙局）。"
    assert duties_sentence(rows.head(1)) == "定量履职要求到期1项次，达标1项次，全部达标。"
    assert duties_sentence(rows.tail(1)) == ""


def test_inspections_of_this_year() -> None:
    covered = pd.DataFrame(
        {"dimension": ["all"], "sites": [4], "inspected": [3], "coverage_rate": [0.75]}
    )
    found = pd.DataFrame(
        {"dimension": ["all"], "visits": [9], "hazards_found": [6], "major_found": [pd.NA]}
    )
    assert inspections_sentence(covered, found) == (
        "今年以来检查9家次，检查过名录场所3家、占75.00%，发现隐患6条，其中重大隐患0条。"
    )
    assert inspections_sentence(covered, found.assign(visits=0)) == ""


YEAR = {
    "source": "records", "period": "year", "region": "本县",
    "period_start": pd.Timestamp("2023-01-01"), "period_end": pd.Timestamp("2023-11-15"),
}  # fmt: skip


def accidents(**counts: int | None) -> pd.DataFrame:
    return pd.DataFrame([YEAR | counts])


def test_accidents_with_and_without_last_year() -> None:
    assert accidents_sentence(
        accidents(accidents=3, accidents_prev=4, deaths=2, deaths_prev=2)
    ) == ("本县2023年1月1日至11月15日发生事故3起（同比减少1起、下降25.00%），死亡2人（同比持平）。")
    first = accidents(accidents=3, accidents_prev=None, deaths=None, deaths_prev=None)
    assert accidents_sentence(first) == (
        "本县2023年1月1日至11月15日发生事故3起（无同期可比数据）。"
    )
    assert accidents_sentence(first.head(0)) == ""


def test_whether_accidents_rose_by_more_than_chance() -> None:
    assert "超出偶然波动" in chance_sentence(accidents(accidents=40, accidents_prev=18))
    assert "仍在偶然波动范围内" in chance_sentence(accidents(accidents=5, accidents_prev=4))
    assert chance_sentence(accidents(accidents=0, accidents_prev=0)) == ""
    assert chance_sentence(accidents(accidents=3, accidents_prev=None)) == ""


LATE = drawn(
    """
    title unit days_late
    通道堵 甲局 40
    器材缺 甲局 9
    漏电   -    2
    """
)
BANDS = drawn("basis unit band_no items\nlate 全部 5 1\nlate 全部 3 2\nopen 全部 6 3")


def test_what_is_late_and_whose_it_is() -> None:
    assert late_problem(LATE, BANDS) == (
        "逾期未完成3项，涉及1个单位：甲局2项、责任单位未明确1项。"
        "逾期30天以上1项，最长的是甲局“通道堵”，逾期40天。"
    )
    assert late_problem(LATE.head(0), BANDS.head(0)) == ""


def test_what_is_cut_says_so() -> None:
    rows = pd.DataFrame({"unit": ["甲局", "甲局", "乙局", "丙局", "丁局"]})
    assert due_soon_sentence(rows).startswith("7日内到期5项（甲局2项、乙局1项、丙局1项等）")
    assert due_soon_sentence(rows.head(0)) == ""


def test_problems_that_are_not_there_are_not_told() -> None:
    none = pd.DataFrame(
        columns=["unit", "standing_text", "due_on", "days_moved", "is_approved", "opened_on",
                 "site", "reasons"]
    )  # fmt: skip
    assert unlisted_problem(none) == ""
    assert vanished_problem(none) == ""
    assert slip_problem(none) == ""
    assert recurrence_problem(none, date(2023, 11, 1)) == ""
    assert suspect_problem(none) == ""


def test_problems_that_are_there() -> None:
    listed = drawn("unit standing_text\n甲局 应挂未挂\n乙局 督办中")
    assert unlisted_problem(listed) == "未销号的重大隐患中1条应当挂牌督办而没有挂牌：甲局1条。"
    assert vanished_problem(listed) == (
        "有2项没有销号的事项在后来报送的台账中不见了：甲局1项、乙局1项，仍按未销号统计。"
    )
    moved = pd.DataFrame(
        {"due_on": pd.to_datetime(["2023-12-01", None, "2023-10-01"]),
         "days_moved": [15, None, -3], "is_approved": [True, False, False]}
    )  # fmt: skip
    assert slip_problem(moved) == "期限推迟或取消2项，其中1项没有延期审批记录。"
    again = drawn("site opened_on\n宾馆 11-02\n宾馆 10-31")
    again["opened_on"] = pd.to_datetime(again["opened_on"])
    assert recurrence_problem(again, date(2023, 11, 1)) == (
        "屡查屡犯1条（2023年11月1日以来发现）：宾馆1次。"
    )
    assert suspect_problem(pd.DataFrame({"reasons": [1, 2]})) == (
        "报为完成的事项中2项有疑点，其中1项有两处以上，须核查，疑点不等于结论。"
    )


def test_the_three_clarities() -> None:
    row = pd.DataFrame(
        {"unit": ["全部"], "items": [5], "with_person": [4], "with_unit": [5],
         "with_deadline": [3], "clear": [3]}
    )  # fmt: skip
    assert clarity_problem(row) == "任务、责任、时限不明确的2项：没有责任人的1项，没有时限的2项。"
    assert clarity_problem(row.assign(clear=5)) == ""


SITES = pd.DataFrame(
    {
        "site": ["甲馆", "乙吧", "丙店"],
        "colour": ["红", "橙", None],
        "reasons": ["逾期 1 条；a", "b", ""],
    }
)


def test_risk_of_sites() -> None:
    assert colours_sentence(SITES).endswith("：红色1家，橙色1家，未评定1家。")
    assert sites_sentence(SITES) == "应先检查的场所：甲馆（红色，逾期 1 条，a）；乙吧（橙色，b）。"
    assert colours_sentence(SITES.head(0)) == sites_sentence(SITES.tail(1)) == ""


def test_where_hazards_are() -> None:
    rows = pd.DataFrame(
        {"dimension": "category", "member": ["消防", "未填", "燃气"], "items": [5, 3, 2],
         "share_rate": [0.5, 0.3, 0.2], "open_items": [1, 0, 0]}
    )  # fmt: skip
    assert mix_sentence(rows, "category", "较多的是") == (
        "较多的是消防（5条，占50.00%，未完成1条）、燃气（2条，占20.00%，未完成0条）。"
    )
    assert mix_sentence(rows.head(2), "category", "较多的是") == ""


def test_steps_name_how_many_whose_and_what_to_do() -> None:
    def alert(name: str, unit: str) -> Alert:
        rule = RULES[name]
        return Alert(unit, name, rule.step, rule.title, unit, "", rule.act, rule.clause)

    found = [alert("overdue_30", "甲局"), alert("overdue_30", "乙局"), alert("recurrence", "甲局")]
    assert steps_sentence("约谈警示", found) == (
        "约谈警示：屡查屡犯共1件（甲局1件），约谈场所负责人，回头看；"
        "逾期 30 天共2件（甲局1件、乙局1件），约谈责任单位负责人。"
    )
