"""Body, annex and ledgers of one plan are one record each, whatever comes first."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.plan.tracking.sheets import (
    BOARDS,
    CLAUSE,
    DUE,
    MEETING,
    REPORT,
    STUDY,
    Sheet,
    Told,
    annex,
    body,
    measure,
    october,
    progress,
    track,
)

FOUR = ["M-5-1", "M-5-2", "M-5-3", "M-自查2"]
DONE = {"status": "done", "status_text": "已整改", "done_on": october(9)}
SHORT = [
    measure("5-1", "每月跟进学习1次", status="ongoing"),
    measure("5-3", "专题调研，形成调研报告2份", **DONE),
]


def said(told: Told) -> list[tuple[Any, ...]]:
    """The records without their provenance, in an order that does not hang on their ids."""
    left_out = {
        "item_id", "submission_id", "sheet", "row_no", "known_from", "name", "position", "sender",
    }  # fmt: skip
    rows = [
        tuple(
            (name, value) for name, value in row.items() if name not in left_out and value == value
        )
        for row in told.items.values()
    ]
    return sorted(rows, key=repr)


def test_a_ledger_of_shortened_texts_keeps_the_plan() -> None:
    told = track(body(), progress(3, *SHORT))
    assert list(told.items) == FOUR
    assert told.column("sub_measure") == dict(
        zip(FOUR, [STUDY, MEETING, REPORT, BOARDS], strict=True)
    )
    assert told.column("due_on") == dict(zip(FOUR, [None, None, DUE, october(30)], strict=True))
    assert told.column("first_node_on")["M-5-3"] == october(15)
    assert told.column("status") == dict(zip(FOUR, ["ongoing", None, "done", None], strict=True))


def test_a_list_as_a_file_of_its_own_adds_what_the_body_leaves_out() -> None:
    told = track(body(), annex())
    assert list(told.items) == FOUR
    assert told.column("rect_type") == dict.fromkeys(FOUR, "长期坚持")
    assert told.column("sub_measure")["M-自查2"] == BOARDS


def test_a_day_makes_a_measure_one_with_a_limit_until_a_list_says_its_kind() -> None:
    plan = body()
    assert track(plan).column("rect_type") == dict(
        zip(FOUR, [None, None, "限期整改", "限期整改"], strict=True)
    )
    listed = annex(2)
    for row in listed.rows:
        row["rect_type"] = "立行立改" if row["sub_no"] == "5-3" else None
    assert track(plan, listed).column("rect_type") == dict(
        zip(FOUR, [None, None, "立行立改", "限期整改"], strict=True)
    )


@pytest.mark.parametrize("days", list(permutations([1, 2, 3])))
def test_whatever_comes_first_the_records_are_the_same(days: tuple[int, int, int]) -> None:
    first, second, third = days
    told = track(body(first), annex(second), progress(third, *SHORT))
    assert said(told) == said(track(body(1), annex(2), progress(3, *SHORT)))


def test_a_plan_sent_again_changes_nothing() -> None:
    told = track(body(1), progress(2, *SHORT), body(20))
    assert said(told) == said(track(body(1), progress(2, *SHORT)))
    assert len(told.versions) == 6  # four measures, two of them with progress


def test_a_ledger_does_not_move_the_deadline_of_the_plan() -> None:
    later = measure("5-3", "形成调研报告2份", due_text="2023年12月20日", due_on=date(2023, 12, 20))
    told = track(body(), progress(2, later | {"status": "in_progress"}))
    assert told.column("due_on")["M-5-3"] == DUE
    assert told.rules("plan_differs", "deadline_slip") == [("plan_differs", "warning")]


def test_a_day_without_its_year_is_the_plans_day() -> None:
    """«11月20日前», written again in January, is still last November's."""
    again = measure("5-3", "形成调研报告2份", due_text="11月20日前", due_on=date(2024, 11, 20))
    told = track(body(), progress(2, again | DONE))
    assert (told.column("due_on")["M-5-3"], told.rules("plan_differs")) == (DUE, [])


def test_a_deadline_one_day_off_is_told_as_such() -> None:
    off = measure("5-3", REPORT, due_text="11月21日", due_on=date(2023, 11, 21), status="done")
    assert track(body(), progress(2, off)).rules("R08", "plan_differs") == [("R08", "info")]


# Which measure a row is.


@pytest.mark.parametrize(
    ("row", "item"),
    [
        (measure("5-3", "调研报告"), "M-5-3"),
        (measure("（5－3）", REPORT), "M-5-3"),
        (measure("5-3", None), "M-5-3"),
        (measure(None, REPORT), "M-5-3"),
        (measure(None, "形成调研报告2份"), "M-5-3"),
        (measure(None, BOARDS.replace("健全", "建全")), "M-自查2"),
        (measure("7", REPORT), "M-5-3"),
        (measure("5-9", REPORT), "M-5-3"),
        (measure("5-9", "组织开展应急演练"), "M-5-9"),
        (measure("9", "组织开展应急演练"), "M-9"),
    ],
)
def test_a_row_is_a_measure_by_number_or_by_words(row: dict[str, Any], item: str) -> None:
    told = track(body(), progress(2, *SHORT[:1], row | {"status": "in_progress"}))
    assert [each["item_id"] for each in told.items.values() if each["status"] == "in_progress"] == [
        item
    ]


def test_a_text_that_says_another_number_of_things_is_another_measure() -> None:
    told = track(body(), progress(2, measure(None, REPORT.replace("2份", "3份"), status="done")))
    assert len(told.items) == 5


def test_two_rows_of_one_number_are_two_records() -> None:
    rows = [measure("5-1", STUDY, status="done"), measure("5-1", "组织应急演练", status="done")]
    told = track(body(), progress(2, *rows))
    assert sorted(told.items) == ["M-5-1", "M-5-1~2", *FOUR[1:]]
    assert told.rules("number_repeated") == [("number_repeated", "error")]


def test_other_words_under_a_number_of_the_plan_are_told() -> None:
    row = measure("5-2", "购置监控设备", status="done")
    told = track(body(), progress(2, *SHORT, row))
    assert sorted(told.items) == FOUR
    assert told.rules("R03") == [("R03", "warning")]


def test_equal_texts_of_several_units_are_a_measure_each() -> None:
    rows = [measure(None, STUDY, unit=unit) for unit in ("甲局", "乙局", "丙局")]
    again = [row | {"status": "done"} for row in rows]
    told = track(progress(1, *rows), progress(2, *again))
    assert sorted(told.column("unit").values()) == ["丙局", "乙局", "甲局"]
    assert set(told.column("status").values()) == {"done"}


# Contradictions across files.


def test_a_number_of_the_list_that_the_body_does_not_give_is_told() -> None:
    wrong = Sheet(2, [measure("5-7", REPORT, problem="责任不落实")], annex().title)
    told = track(body(), wrong)
    assert (list(told.items), told.rules("R01")) == (FOUR, [("R01", "error")])


def test_slips_of_the_list_are_told() -> None:
    assert track(body(), annex()).rules("R03") == [("R03", "info")]
    assert track(annex(1), body(2)).rules("R03") == [("R03", "info")]


def test_a_measure_under_the_text_of_another_is_told() -> None:
    other = "整改措施（18）：建立重大隐患台账，对未整改完毕的挂牌督办，逐条销号，消除隐患"
    plan = body()
    plan.rows = [*plan.rows, measure("18-1", "完善双随机监管", measure=other, measure_no="18")]
    wrong = measure("5-1", STUDY, measure=other.replace("（18）", "5"), measure_no="5")
    told = track(plan, Sheet(2, [wrong | {"problem": "责任不落实"}], annex().title))
    assert told.rules("R04", "R01") == [("R04", "error")]


def test_two_frequencies_of_one_measure_are_told() -> None:
    often = measure("5-2", MEETING.replace("每季度", "每月"), frequency="每月", status="done")
    told = track(body(), progress(2, often))
    assert (told.column("frequency")["M-5-2"], told.rules("R05")) == ("每季度", [("R05", "error")])


# Plans side by side.


def other_plan(day: int, number: str = "甲文旅发〔2024〕3号") -> Sheet:
    rows = [measure("5-1", "购置监控设备"), measure("5-2", "更新消防器材", due_on=date(2024, 3, 1))]
    return Sheet(day, rows, f"{number} 关于印发《甲县岁末年初隐患整治方案》的通知", number, True)


def test_another_plan_stands_beside_the_first() -> None:
    told = track(body(), other_plan(5))
    assert list(told.items) == ["M-2024.3-5-1", "M-2024.3-5-2", *FOUR]
    assert told.column("plan")["M-5-1"] == "甲文旅发〔2023〕7号"
    assert told.column("plan")["M-2024.3-5-1"] == "甲文旅发〔2024〕3号"
    assert [each["title"] for each in told.plans] == [
        "甲县安全生产政治监督反馈问题整改方案", "甲县岁末年初隐患整治方案",
    ]  # fmt: skip
    assert told.rules("plan_dropped", "number_repeated") == []


@pytest.mark.parametrize(
    ("title", "rows", "item"),
    [
        ("进展", [measure("5-1", "购置监控设备", status="done")], "M-2024.3-5-1"),
        ("进展", [measure("5-1", "每月跟进学习1次", status="done")], "M-5-1"),
        ("甲文旅发〔2024〕3号方案进展", [measure("5-1", None, status="done")], "M-2024.3-5-1"),
        ("《甲县岁末年初隐患整治方案》进展", [measure("5-1", None, status="done")], "M-2024.3-5-1"),
        ("甲文旅发〔2023〕7号方案进展", [measure("5-1", None, status="done")], "M-5-1"),
    ],
)
def test_a_ledger_is_of_the_plan_that_it_names_or_whose_measures_it_shares(
    title: str, rows: list[dict[str, Any]], item: str
) -> None:
    sheet = progress(6, *rows, title=title)
    named = title.partition("号")[0] + "号" if "号" in title else ""
    sheet.number = named
    told = track(body(), other_plan(5), sheet)
    assert [name for name, state in told.column("status").items() if state == "done"] == [item]
    assert told.doubts == []


def test_where_two_plans_may_be_meant_a_person_is_asked() -> None:
    told = track(body(), other_plan(5), progress(6, measure("5-1", None, status="done")))
    (doubt,) = told.doubts
    assert (doubt.rule, doubt.answers[0].code) == ("plan_unclear", "甲文旅发〔2024〕3号")
    assert told.column("status")["M-2024.3-5-1"] == "done"


def test_a_units_own_list_under_the_same_numbers_is_another_plan() -> None:
    rows = [measure("5-1", "更换灭火器", status="done"), measure("5-2", "清理通道", status="done")]
    told = track(body(), progress(2, *rows, title="乙局整改措施台账"))
    assert len(told.items) == 6
    assert told.column("status")["M-5-1"] is None


def test_a_ledger_that_came_before_its_plan_is_of_it() -> None:
    told = track(progress(1, *SHORT), body(2))
    assert sorted(told.items) == FOUR
    assert set(told.column("plan").values()) == {"甲文旅发〔2023〕7号"}


def test_a_list_of_the_plan_gives_way_to_its_body() -> None:
    told = track(annex(1), body(2))
    assert [(each["plan_id"], each["known_to"]) for each in told.plans] == [
        ("甲县安全生产政治监督反馈问题整改三清单", october(2)), ("甲文旅发〔2023〕7号", None),
    ]  # fmt: skip


@pytest.mark.slow
@given(st.permutations([0, 1, 2, 3, 4]))
def test_two_plans_stand_side_by_side_in_any_order(order: list[int]) -> None:
    """Each plan with its own ledger: six measures, each with its own progress and deadline."""
    second = progress(1, measure("5-2", "更新消防器材", status="done"), title="隐患整治进展")
    sheets = [body(), annex(), progress(1, *SHORT), other_plan(1), second]
    for day, place in enumerate(order, start=1):
        sheets[place].day = day
    told = track(*sheets)
    assert len(told.items) == 6
    done = {row["sub_measure"] for row in told.items.values() if row["status"] == "done"}
    assert done == {REPORT, "更新消防器材"}
    assert sorted(filter(None, told.column("due_on").values())) == [
        october(30), DUE, date(2024, 3, 1),
    ]  # fmt: skip


# A newer version of the same plan.


def test_what_a_newer_version_drops_stays_and_is_told() -> None:
    newer = body(10)
    newer.rows = [row for row in newer.rows if row["sub_no"] not in {"5-2", "5-3"}]
    told = track(body(), progress(3, *SHORT), newer)
    assert list(told.items) == FOUR
    dropped = [each.item_id for each in told.findings if each.rule == "plan_dropped"]
    assert dropped == ["M-5-2"]  # 5-3 is done


def test_a_revision_of_another_number_is_the_same_plan() -> None:
    newer = body(10)
    newer.number = "甲文旅发〔2023〕20号"
    newer.title = f"{newer.number} 关于修订《甲县安全生产政治监督反馈问题整改方案》的通知"
    later = {"due_text": "12月31日前完成", "due_on": date(2023, 12, 31)}
    newer.rows = [row | later if row["sub_no"] == "5-3" else row for row in newer.rows]
    told = track(body(), newer)
    assert list(told.items) == FOUR
    assert told.column("due_on")["M-5-3"] == date(2023, 12, 31)


def test_the_day_of_issue_is_the_plans() -> None:
    assert track(body(issued_on=date(2023, 9, 25))).plans[0]["issued_on"] == date(2023, 9, 25)


# Two calendars.

REPORTING = measure("自查3", "每半月报送1次整改进展情况", problem="责任不落实")


def calendars_told(*sheets: Sheet) -> list[tuple[str, int | None, str]]:
    told = [each for each in track(*sheets).findings if each.rule == "R07"]
    return [(each.submission_id, each.row_no, each.message.partition("，日子")[0]) for each in told]


def test_nodes_of_the_body_and_half_months_of_the_annex_are_two_calendars() -> None:
    with_reports = annex()
    with_reports.rows = [*with_reports.rows, REPORTING]
    says = "方案正文第 5 行工作节点每 15 天一个，三清单第 9 行信息报送每半月一次"
    assert calendars_told(body(), with_reports) == [("s2", 9, says)]
    with_reports.day = 1
    assert calendars_told(body(2), with_reports, annex(3)) == [("s2", 5, says)]


def test_nodes_of_the_annex_and_half_months_of_the_body_are_two_calendars() -> None:
    without_nodes = body(half_month_line=20)
    without_nodes.rows = [
        {name: value for name, value in row.items() if name != "node_days"}
        for row in without_nodes.rows
    ]
    with_nodes = annex()
    with_nodes.rows[0] |= {"due_text": CLAUSE, "node_days": 15}
    says = "三清单第 5 行工作节点每 15 天一个，方案正文第 20 行信息报送每半月一次"
    assert calendars_told(without_nodes, with_nodes) == [("s2", 5, says)]
    assert calendars_told(without_nodes, annex()) == []


def test_both_calendars_in_the_body_are_told_by_the_body_alone_and_a_ledger_has_none() -> None:
    with_reports = annex()
    with_reports.rows = [*with_reports.rows, REPORTING]
    nodes = body(half_month_line=20)
    assert calendars_told(nodes, with_reports) == []
    said = measure("自查2", "每半月报送双重预防机制", status="in_progress")
    assert calendars_told(body(), progress(3, said)) == []


# Deadlines for measures that there are not.


def referring(text: str, *numbers: str, day: int = 1) -> Sheet:
    texts = {"7-1": STUDY, "7-2": MEETING, "7-3": REPORT, "7-5": "组织应急演练"}
    often = {"7-1": "每月", "7-2": "每季度"}
    rows = [
        measure(each, texts[each], frequency=often.get(each), problem="责任不落实")
        for each in numbers
    ]
    rows[0] |= {"due_text": text, "start_on": date(2023, 9, 30)}
    return Sheet(day, rows, "甲县三清单")


DANGLING = f"{CLAUSE}。（7-4）项11月20日前完成。"


def test_a_deadline_of_nobody_is_given_to_the_only_one_that_can_be_meant() -> None:
    told = track(referring(DANGLING, "7-1", "7-2", "7-3"))
    assert told.column("due_on") == {"M-7-1": None, "M-7-2": None, "M-7-3": DUE}
    assert told.column("due_is_provisional") == {"M-7-1": None, "M-7-2": None, "M-7-3": True}
    (found,) = [each for each in told.findings if each.rule == "R02"]
    assert (found.severity, found.value) == ("error", "7-4")
    (doubt,) = told.doubts
    assert [each.code for each in doubt.answers] == ["7-3", "7-1", "7-2", "都不是"]


def test_a_deadline_that_may_be_of_two_is_given_to_none_and_asked() -> None:
    told = track(referring(DANGLING, "7-1", "7-3", "7-5"))
    assert set(told.column("due_on").values()) == {None}
    assert told.rules("R02") == [("R02", "error")]
    assert [each.code for each in told.doubts[0].answers] == ["都不是", "7-1", "7-3", "7-5"]


def test_a_reference_to_a_measure_of_the_plan_is_none_to_nothing() -> None:
    ledger = progress(2, measure("5-1", STUDY, due_text=f"{CLAUSE}，(5-3)项11月20日前完成"))
    assert track(body(), ledger).rules("R02") == []


def test_the_plans_own_deadline_takes_the_place_of_a_provisional_one() -> None:
    text = "（5-4）项12月10日前完成"
    listed = annex(1)
    listed.rows = [
        row | {"due_text": text} if row["sub_no"] == "5-1" else row for row in listed.rows
    ]
    before = track(listed)
    assert before.column("due_on")["M-5-3"] == date(2023, 12, 10)
    after = track(listed, body(2))
    assert (after.column("due_on")["M-5-3"], after.column("due_is_provisional")["M-5-3"]) == (
        DUE,
        None,
    )
    assert after.doubts == []
