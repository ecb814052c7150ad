"""The metrics on what stands in the registers of duties, in the head."""

from typing import Any

import pandas as pd
import pytest

from tests.tables import day, drawn, drawn_items, metric_over, relation_over
from tests.warehouse.test_metrics_items import told

ACT: dict[str, Any] = {
    "kind": "述职", "unit": "甲局", "person": None, "target": None, "is_held": True,
    "held_on": None, "period_start": None, "told_on": day("12-20"), "subject": None,
    "quantity": None, "region": "本县", "path": "a.xlsx", "sheet": "台账", "row_no": 4,
}  # fmt: skip
TARGET = {"kind": "约谈警示", "acted_by": "专班", "subject": None, "region": "本县"}
MEETING = {"region": "本县", "held_on": None, "month_start": None, "times": 1}
PLAN = {
    "region": "本县", "start_on": day("10-01"), "duty_kind": None, "frequency": None,
    "quantity": 1, "unit": "甲局",
}  # fmt: skip
NO_PLAN = drawn("start_on", **PLAN)
NO_DUTIES = drawn("kind", region="本县", unit="甲局", held_on=None, period_start=None, quantity=1)
NO_VISITS = drawn("region unit township site inspected_on kind hazards_found")


def acts(drawing: str, **columns: Any) -> pd.DataFrame:
    return drawn(drawing, **(ACT | columns))


def test_six_of_twelve_have_reported_and_who_has_not() -> None:
    people = "甲乙丙丁戊己庚辛壬癸子丑"
    lines = [f"某{p} {n % 2 == 0}" for n, p in enumerate(people)]
    table = acts("person is_held\n" + "\n".join(lines))
    table["is_held"] = table["is_held"].map({"True": True, "False": False})
    rows = metric_over("self_reports", "12-31", acts=table)
    assert told(rows.head(1), "member", "listed", "reported", "missing", "report_rate") == [
        ["all", 12, 6, 6, 0.5]
    ]
    missing = rows[rows["missing"].eq(1) & rows["member"].ne("all")]
    assert sorted(missing["member"]) == sorted(f"某{p}" for p in people[1::2])


def test_who_is_on_two_lists_counts_once_and_years_stand_apart() -> None:
    table = acts("""
person held_on  period_start told_on
某甲   -        2023-01-01   2023-12-10
某甲   12-18    2023-01-01   2023-12-18
某甲   -        2022-01-01   2022-12-20
""", is_held=True)  # fmt: skip
    table["is_held"] = [False, True, False]
    rows = metric_over("self_reports", "2024-01-10", acts=table)
    columns = ("year", "member", "listed", "reported")
    assert told(rows, *columns) == [
        [2023, "all", 1, 1], [2023, "某甲", 1, 1], [2022, "all", 1, 0], [2022, "某甲", 1, 0],
    ]  # fmt: skip
    assert rows["reported_on"].dropna().dt.date.unique().tolist() == [day("12-18")]


def test_a_list_of_units_counts_units() -> None:
    table = acts("unit\n甲局\n乙局\n甲局")
    rows = metric_over("self_reports", "12-31", acts=table)
    assert told(rows, "member", "listed", "reported") == [
        ["all", 2, 2], ["乙局", 1, 1], ["甲局", 1, 1],
    ]  # fmt: skip


def test_warnings_add_up_by_month() -> None:
    table = acts("""
unit   told_on held_on quantity target
气象局 10-03   10-03   2        各景区
气象局 10-20   10-20   -        -
甲局   10-31   10-31   -        各乡镇
甲局   11-01   -       3        -
""", kind="预警信息")  # fmt: skip
    rows = metric_over("warnings_issued", "12-31", acts=table)
    rows["month_on"] = rows["month_on"].dt.month
    assert told(rows, "month_on", "unit", "warnings", "with_target") == [
        [11, "全部", 3, 0], [11, "甲局", 3, 0],
        [10, "全部", 4, 3], [10, "气象局", 3, 2], [10, "甲局", 1, 1],
    ]  # fmt: skip
    assert rows["units"].tolist()[::2][:1] == [1]
    assert rows["last_on"].isna().tolist() == [True, True, False, False, False]


def test_what_is_no_warning_or_was_not_held_is_none() -> None:
    table = acts("kind unit\n例会 甲局\n预警信息 甲局")
    table["is_held"] = [True, False]
    assert metric_over("warnings_issued", "12-31", acts=table).empty


def test_good_practice_lists_what_units_have_written_up() -> None:
    table = acts("""
kind     unit subject told_on
经验总结 甲局 联户   12-01
制度文件 乙局 办法   12-05
述职     甲局 -      12-06
""")
    rows = metric_over("good_practice", "12-31", acts=table)
    assert told(rows, "kind", "unit", "subject") == [
        ["制度文件", "乙局", "办法"], ["经验总结", "甲局", "联户"],
    ]  # fmt: skip


def meetings_held(drawing: str, as_of: str, plan: pd.DataFrame | None = None) -> pd.DataFrame:
    requirements = drawn("item_id\n1", **PLAN) if plan is None else plan
    return metric_over(
        "meetings_held", as_of, meetings=drawn(drawing, **MEETING), requirements=requirements,
        duties=NO_DUTIES,
    )  # fmt: skip


def test_each_month_wants_its_meeting_and_each_quarter_its_own() -> None:
    rows = meetings_held("""
kind       held_on
形势研判会 10-10
形势研判会 12-11
例会       11-20
例会       12-20
""", "2024-01-05")  # fmt: skip
    research = rows[rows["kind"].eq("形势研判会")]
    assert told(research, "held", "state") == [
        [1, "met"], [0, "short"], [1, "met"], [0, "running"],
    ]  # fmt: skip
    regular = rows[rows["kind"].eq("例会")]
    assert told(regular, "held", "state") == [[2, "met"], [0, "running"]]
    assert regular["first_held_on"].iloc[0].date() == day("11-20")


def test_the_last_day_of_a_month_still_has_time() -> None:
    state = {
        as_of: told(meetings_held("kind held_on\n例会 10-20", as_of), "kind", "state")[0]
        for as_of in ("10-31", "11-01")
    }
    assert state == {"10-31": ["形势研判会", "running"], "11-01": ["形势研判会", "short"]}


def test_nothing_is_owed_of_the_month_in_which_the_plan_begins() -> None:
    plan = drawn("start_on\n10-02", **PLAN | {"start_on": None})
    rows = meetings_held("kind held_on\n形势研判会 10-10", "11-30", plan)
    assert [str(start.date()) for start in rows["period_start"]] == ["2023-11-01"]


def test_without_a_plan_the_first_meeting_on_record_begins() -> None:
    rows = meetings_held("kind held_on\n形势研判会 10-10", "10-31", NO_PLAN)
    assert told(rows, "kind", "held", "state") == [
        ["形势研判会", 1, "met"], ["例会", 0, "running"],
    ]  # fmt: skip
    assert meetings_held("kind held_on", "10-31", NO_PLAN).empty


def test_how_often_in_a_month_counts_where_no_days_are_given() -> None:
    rows = meetings_held("""
kind       held_on month_start times
形势研判会 10-10   -           1
形势研判会 -       10-01       2
形势研判会 -       11-01       0
""", "11-30")  # fmt: skip
    research = rows[rows["kind"].eq("形势研判会")]
    assert told(research, "held", "state") == [[2, "met"], [0, "running"]]


def test_a_meeting_is_one_however_many_books_tell_of_it() -> None:
    known = {"known_from": day("10-12"), "region": "本县"}
    duty = [
        known | {"kind": "形势研判会", "unit": "专班办公室", "held_on": day("10-10")},
        known | {"kind": "例会", "unit": "甲局", "held_on": day("10-11")},  # its own meeting
        known | {"kind": "例会", "held_on": day("10-12"), "is_held": False},
        known | {"kind": "例会", "period_start": day("10-01"), "quantity": 2},
    ]
    decision = [
        known | {"item_id": n, "meeting": "10月形势研判会", "held_on": day("10-10"), "task": n}
        for n in "12"
    ]
    rows = relation_over("meetings", {"duty": duty, "decision": decision}, "10-31")
    shown = sorted((row["kind"], row["held_on"], row["times"]) for row in rows if row["held_on"])
    assert shown == [("形势研判会", day("10-10"), 1)]
    assert [(r["kind"], r["times"]) for r in rows if not r["held_on"]] == [("例会", 2)]


def test_who_checked_itself_is_told_and_is_no_cross_check() -> None:
    table = drawn("""
acted_by target         held_on
东河镇   西岭镇人民政府 11-15
东河镇   西岭镇         11-20
南坪乡   南坪乡人民政府 11-17
甲局     -              11-18
""", **(TARGET | {"kind": "交叉互检"}))  # fmt: skip
    visits = drawn(
        """
unit         township site inspected_on kind         hazards_found
东河镇人民政府 西岭镇   宾馆 11-21        交叉互检     2
东河镇人民政府 西岭镇   网吧 11-21        交叉互检     -
东河镇人民政府 西岭镇   网吧 11-22        日常检查     9
南坪乡         -        影院 11-22        交叉互检执法 1
""",
        region="本县",
    )
    rows = metric_over("cross_checks", "12-31", targets=table, inspections=visits)
    assert told(rows, "unit", "target", "is_own", "arranged", "visits", "hazards_found") == [
        ["南坪乡", "南坪乡", True, 1, 0, 0],
        ["东河镇", "西岭镇", False, 2, 2, 2],
        ["甲局", "未填", False, 1, 0, 0],
        ["南坪乡", "影院", False, 0, 1, 1],
    ]
    assert rows["last_on"].iloc[1].date() == day("11-21")


REPORT = {"region": "本县", "due_on": None, "zero_report": False, "told_on": None}
#: Of every half month since the first.
OWED = {"owes_from": None, "owes_until": None}
HALVES = """
period_start period_end due_on
10-01        10-15      10-17
10-16        10-31      11-02
11-01        11-15      11-17
"""


def units_reporting(reports: str, as_of: str) -> pd.DataFrame:
    units = drawn(
        """
unit has_to_report liaison phone unit_kind
甲局 True          某甲    0-1   成员单位
乙局 True          -       -     成员单位
丙局 False         某丙    3     其他
""",
        region="本县",
        **OWED,
    )
    units["has_to_report"] = units["has_to_report"].eq("True")
    return metric_over(
        "units_reporting", as_of, units=units, reports=drawn(reports, **REPORT),
        report_periods=drawn(HALVES, region="本县"),
    )  # fmt: skip


REPORTS = """
unit period_start period_end submitted_on
甲局 10-01        10-15      10-16
甲局 10-16        10-31      11-05
丁局 10-01        10-15      10-17
丙局 10-01        10-15      10-17
"""


@pytest.mark.parametrize(
    ("as_of", "owed"),
    [
        ("10-17", {"甲局": [0, 0], "乙局": [0, 0], "丁局": [0, 0]}),  # may still be sent
        ("10-18", {"甲局": [1, 0], "乙局": [1, 1], "丁局": [1, 0]}),
        ("11-03", {"甲局": [2, 0], "乙局": [2, 2], "丁局": [2, 1]}),
    ],
)
def test_a_unit_owes_the_half_months_that_are_due_and_did_not_come(
    as_of: str, owed: dict[str, list[int]]
) -> None:
    rows = units_reporting(REPORTS, as_of)
    assert {row["unit"]: [row["due"], row["owed"]] for row in rows.to_dict("records")} == owed


def test_each_unit_stands_with_its_liaison_and_its_last_report() -> None:
    rows = units_reporting(REPORTS, "11-20").set_index("unit")
    assert sorted(rows.index) == ["丁局", "乙局", "甲局"]  # 丙局 does not have to
    assert rows.loc["甲局", ["liaison", "phone", "has_liaison"]].tolist() == ["某甲", "0-1", True]
    assert not rows.loc["乙局", "has_liaison"]
    assert rows.loc["甲局", "last_submitted_on"].date() == day("11-05")
    assert rows.loc["甲局", "last_period_end"].date() == day("10-31")
    assert rows.loc["乙局", "owed_since"].date() == day("10-01")


def instruments(targets: str, items: str, as_of: str, **columns: Any) -> pd.DataFrame:
    return metric_over(
        "instruments", as_of, drawn_items(items, **columns), targets=drawn(targets, **TARGET)
    )


ONE_TALK = "target held_on\n甲局 11-01"
HAZARDS = """
item_id unit opened_on done_on is_done
1       甲局 10-01     11-20   True
2       甲局 10-01     12-02   True
3       甲局 11-02     -       False
4       甲局 10-01     11-01   True
5       乙局 10-01     11-30   True
6       乙局 10-01     -       False
"""


def test_what_followed_stands_beside_alike_hazards_without_the_instrument() -> None:
    rows = instruments(ONE_TALK, HAZARDS, "12-31")
    # 3 was found the day after, 4 was done on the day: neither is concerned; 2 took 31 days
    columns = ("acts", "judged", "open_then", "done_after", "alike_open", "alike_done")
    assert told(rows, "target", *columns) == [
        ["全部", 1, 1, 2, 1, 2, 1], ["甲局", 1, 1, 2, 1, 2, 1],
    ]  # fmt: skip
    assert rows["done_rate"].tolist() == [0.5, 0.5]


def test_where_nothing_else_was_open_there_is_nothing_to_compare_with() -> None:
    found_later = "item_id unit opened_on done_on is_done\n1 乙局 11-02 - False"
    rows = instruments(ONE_TALK, found_later, "12-31")
    columns = ("judged", "open_then", "done_after", "alike_open", "alike_done")
    assert told(rows, *columns) == [[1, 0, 0, 0, 0]] * 2
    assert rows["alike_rate"].isna().all()


def test_two_instruments_on_one_day_are_each_judged_by_themselves() -> None:
    both = "kind target held_on\n约谈警示 甲局 11-01\n现场办公 甲局 11-01"
    rows = instruments(both, HAZARDS, "12-31")
    own = rows[rows["target"].eq("甲局")]
    columns = ("instrument", "judged", "open_then", "done_after", "alike_open")
    assert told(own, *columns) == [["现场办公", 1, 2, 1, 2], ["约谈警示", 1, 2, 1, 2]]


def test_what_is_not_thirty_days_old_is_counted_and_not_judged() -> None:
    assert told(instruments(ONE_TALK, HAZARDS, "12-01"), "acts", "judged") == [[1, 1], [1, 1]]
    rows = instruments(ONE_TALK, HAZARDS, "11-30")
    assert told(rows, "acts", "judged", "open_then") == [[1, 0, 0], [1, 0, 0]]
    assert rows["done_rate"].isna().all()


def test_an_act_on_several_stands_with_each_and_their_hazards_are_nobodys_comparison() -> None:
    rows = instruments("target held_on\n甲局 11-01\n乙局 11-01\n宾馆 11-01", HAZARDS, "12-31",
                       site="宾馆")  # fmt: skip
    by_target = rows.set_index("target")
    assert by_target.loc["全部", ["acts", "judged"]].tolist() == [3, 3]
    assert by_target.loc["宾馆", ["open_then", "done_after"]].tolist() == [4, 2]
    assert by_target["alike_open"].tolist() == [0, 0, 0, 0]


def test_a_listed_hazard_stands_beside_majors_that_are_not_listed() -> None:
    rows = metric_over(
        "instruments",
        "12-31",
        drawn_items("""
item_id supervised supervised_on opened_on done_on level
1       True       11-01         10-01     11-20   重大
2       False      -             10-01     -       重大
3       True       11-15         10-01     -       重大
4       False      -             10-01     -       一般
5       True       -             10-01     -       重大
""").assign(supervised=[True, False, True, False, True]),
        targets=drawn("target held_on", **TARGET),
    )
    # of 1 the majors not listed by 1 December: 2; of 3, listed on the 15th, likewise 2
    columns = ("acts", "judged", "open_then", "done_after", "alike_open", "alike_done")
    assert told(rows, "instrument", "target", *columns) == [
        ["挂牌督办", "全部", 2, 2, 2, 1, 2, 0], ["挂牌督办", "甲局", 2, 2, 2, 1, 2, 0],
    ]  # fmt: skip


def test_an_act_on_several_is_one_row_for_each_by_the_name_known_then() -> None:
    known = {"known_from": day("11-10"), "region": "本县", "submission_id": "s1"}
    duty = [
        known | {"kind": "约谈警示", "unit": "专班办公室", "held_on": day("11-08"),
                 "target": "教育局、宾馆"},
        known | {"kind": "现场办公", "unit": "甲局", "held_on": day("11-09")},
        known | {"kind": "约谈警示", "unit": "甲局", "held_on": day("11-09"), "is_held": False},
        known | {"kind": "约谈警示", "unit": "专班办公室", "held_on": day("11-09"),
                 "submission_id": None},
    ]  # fmt: skip
    names = [
        {"written": "教育局", "unit": "县教育局", "known_from": day("11-12"), "known_to": None}
    ]
    told = {
        known_on: sorted(
            (row["kind"], row["target"] or "")
            for row in relation_over(
                "targets", {"duty": duty, "unit_name": names}, "12-01", known_on
            )
        )
        for known_on in ("11-11", "11-13")
    }
    assert told["11-11"] == [("现场办公", ""), ("约谈警示", "宾馆"), ("约谈警示", "教育局")]
    assert told["11-13"] == [("现场办公", ""), ("约谈警示", "县教育局"), ("约谈警示", "宾馆")]


@pytest.mark.parametrize(("sent_on", "first"), [("2023-10-17", "2022-10-16"), ("2023-10-18", None)])
def test_a_first_period_counts_up_to_a_year_before_its_report(
    sent_on: str, first: str | None
) -> None:
    """366 days from its first day to its report: the 367th says that the year is a slip."""
    same = {"unit": "甲局", "region": "本县"}
    reports = drawn(
        f"period_start period_end submitted_on told_on\n2022-10-16 2022-10-31 {sent_on} {sent_on}",
        zero_report=None, **same,
    )  # fmt: skip
    units = drawn("has_to_report\nyes", **same, **OWED)
    none = "SELECT NULL AS region, CAST(NULL AS DATE) AS period_start, CAST(NULL AS DATE) AS due_on"
    rows = metric_over(
        "report_punctuality", "11-03", reports=reports, units=units,
        report_periods=f"{none} WHERE FALSE",
    )  # fmt: skip
    begun = rows["period_start"].min()
    assert (None if pd.isna(begun) else str(begun.date())) == first
