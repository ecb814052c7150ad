"""Small stories worked out in the head: the oracle says what the words say."""

from datetime import date as day
from typing import Any

from tests.oracle.arithmetic import (
    derive,
    fits,
    km_median,
    last_year,
    nth_workday_after,
    printed,
    yoy,
)
from tests.oracle.oracle import Oracle
from tests.oracle.story import Acceptance, Confirmation, Report, World
from tests.oracle.worlds import REST_DAYS

UNIT = "某县教育局"
KEY = ("hazard", UNIT, "1")


def story(*rows: tuple[day, day | None, dict[str, Any]], **more: Any) -> World:
    """One hazard, due on 31 October, found on the 3rd: (received, 截至, what the row says)."""
    hazard = {
        "隐患编号": "1", "发现日期": day(2023, 10, 3), "场所名称": "甲", "隐患描述": "漏电",
        "隐患等级": "一般", "责任单位": UNIT, "责任人": "某甲", "整改期限": day(2023, 10, 31),
    }  # fmt: skip
    reports = [Report(got, upto, UNIT, "hazard", [hazard | said]) for got, upto, said in rows]
    return World("某县", reports, rest_days=REST_DAYS, **more)


def item(world: World, as_of: day, known_on: day | None = None) -> dict[str, Any]:
    (only,) = Oracle(world).items(as_of, known_on)
    return only


def test_the_first_report_of_completion_decides_and_a_later_acceptance_moves_nothing() -> None:
    accepted = {
        "整改状态": "已销号", "验收日期": day(2023, 11, 10), "验收人": "某子",
        "销号日期": day(2023, 11, 10),
    }  # fmt: skip
    world = story(
        (day(2023, 10, 16), day(2023, 10, 15), {"整改状态": "整改中"}),
        (day(2023, 11, 1), day(2023, 10, 31), {"整改状态": "已整改"}),
        (day(2023, 11, 16), day(2023, 11, 15), accepted),
    )
    last = item(world, day(2023, 11, 20))
    assert (last["done_on"], last["punctuality"]) == (day(2023, 11, 1), "in_time")
    assert (last["state"], last["closed_on"]) == ("closed", day(2023, 11, 10))
    assert item(world, day(2023, 11, 5))["state"] == "accepting"
    assert item(world, day(2023, 10, 31))["state"] == "due_soon"


def test_done_some_day_between_two_reports_around_the_deadline_is_undated() -> None:
    world = story(
        (day(2023, 10, 16), day(2023, 10, 15), {"整改状态": "整改中"}),
        (day(2023, 11, 1), None, {"整改状态": "已整改"}),
    )
    (row,) = Oracle(world).overview(day(2023, 11, 20))
    assert (row["due"], row["undated_done"], row["on_time_rate"]) == (0, 1, None)


def test_not_done_on_the_day_of_the_deadline_is_late() -> None:
    world = story(
        (day(2023, 10, 31), day(2023, 10, 31), {"整改状态": "基本完成"}),
        (day(2023, 11, 16), day(2023, 11, 15), {"整改状态": "已整改"}),
    )
    assert item(world, day(2023, 11, 20))["punctuality"] == "late"


def test_a_claim_of_closure_counts_as_ever_until_it_is_confirmed() -> None:
    world = story(
        (day(2023, 10, 16), day(2023, 10, 15), {"整改状态": "整改中"}),
        (day(2023, 11, 1), day(2023, 10, 31), {"整改状态": "停业"}),
        confirmations=[Confirmation(day(2023, 11, 20), *KEY)],
    )
    assert item(world, day(2023, 11, 10), day(2023, 11, 10))["state"] == "overdue"
    assert item(world, day(2023, 11, 10), day(2023, 11, 25))["state"] == "suspended"
    assert item(world, day(2023, 10, 31), day(2023, 11, 25))["state"] == "due_soon"
    (row,) = Oracle(world).overview(day(2023, 11, 10))
    assert (row["total"], row["due"], row["suspended_due"]) == (0, 0, 1)


def test_what_was_returned_was_not_done() -> None:
    done = {"整改状态": "已整改", "整改完成日期": day(2023, 10, 12)}
    again = {"整改状态": "已整改", "整改完成日期": day(2023, 11, 8)}
    returned = Acceptance(day(2023, 10, 20), *KEY, "reject", day(2023, 10, 19), "某子")
    world = story(
        (day(2023, 10, 16), day(2023, 10, 15), done),
        (day(2023, 11, 16), day(2023, 11, 15), again),
        acceptances=[returned],
    )
    assert item(world, day(2023, 10, 18), day(2023, 10, 18))["state"] == "accepting"
    assert item(world, day(2023, 10, 25), day(2023, 10, 25))["done_on"] is None
    assert item(world, day(2023, 11, 20))["punctuality"] == "late"


def test_a_major_hazard_closes_by_a_record_alone_and_nobody_signs_for_himself() -> None:
    closed = {
        "整改状态": "已销号", "整改完成日期": day(2023, 10, 12), "验收日期": day(2023, 10, 14),
        "验收人": "某子",
    }  # fmt: skip
    major = story((day(2023, 10, 16), None, closed | {"隐患等级": "重大"}))
    assert item(major, day(2023, 11, 1))["closure"] == "claimed"
    major.acceptances.append(Acceptance(day(2023, 11, 3), *KEY, "accept", day(2023, 11, 2), "某子"))
    assert item(major, day(2023, 11, 3))["state"] == "closed"
    assert item(story((day(2023, 10, 16), None, closed)), day(2023, 11, 1))["state"] == "closed"
    own = story((day(2023, 10, 16), None, closed | {"验收人": "某 甲"}))
    assert item(own, day(2023, 11, 1))["closure"] == "self"


def test_the_same_day_last_year_and_what_a_printed_percentage_gives_back() -> None:
    assert last_year(day(2024, 2, 29)) == day(2023, 2, 28)
    assert last_year(day(2025, 2, 28)) == day(2024, 2, 29)
    assert yoy(24, 18) == 33.33
    assert yoy(3, 0) is None
    assert fits(9, 11, printed("-18.1%"))  # -18.18 cut off
    assert fits(9, 11, printed("下降18.2%"))  # rounded
    assert not fits(24, 18, printed("34%"))
    assert derive(24, printed("33.33%")) == 18
    assert derive(600, printed("2%")) is None  # 586 … 591 all fit


def test_working_days_go_around_the_holidays() -> None:
    # 28 September, then the holidays, then 7 and 8 October, which are worked
    assert nth_workday_after(day(2023, 9, 27), 3, REST_DAYS) == day(2023, 10, 8)


def test_half_are_left_when() -> None:
    # 1 of 4 leaves on day 1, one is lost from sight on 2, 1 of 2 leaves on 3: 0.75, 0.375
    assert km_median([(0, 1, True), (0, 2, False), (0, 3, True), (0, 4, False)]) == 3
    # who comes in on day 2 is not at risk on day 1: 1 of 2
    assert km_median([(0, 1, True), (2, 5, True), (0, 9, False)]) == 1
