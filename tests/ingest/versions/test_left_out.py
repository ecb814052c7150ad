"""漏报: what a sender's ledgers of a half month leave out, known from the day after it is due."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.ingest.findings import Finding, Places
from analysis.ingest.periods.deliveries import deliveries_of
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.versions.history import chain
from analysis.ingest.versions.left_out import NO_DOUBT, InDoubt, left_out
from analysis.ledgers import LEDGERS
from tests import depth
from tests.tables import day

RULE = DueDays()
#: What is due on 17 October, 2 November and 17 November.
FIRST, SECOND, THIRD = "10-16", "10-31", "11-15"

Row = dict[str, Any]
Sent = tuple[str, list[Row]] | tuple[str, list[Row], dict[str, Any]]


def hazard(number: str, **more: Any) -> Row:
    """A hazard known by its number, found on 1 September."""
    return {
        "hazard_no": number, "description": f"第{number}号隐患", "site": f"{number}号宾馆",
        "found_on": date(2023, 9, 1), "unit": "甲局", "status": "in_progress",
    } | more  # fmt: skip


def some(*numbers: int | str) -> list[Row]:
    return [hazard(str(number)) for number in numbers]


def findings(*sent: Sent, ledger: str = "hazard", in_doubt: InDoubt = NO_DOUBT) -> list[Finding]:
    """What is found in ledgers, each a day, its rows, and what else is known of its sheet."""
    ledger_ = LEDGERS[ledger]
    rows, facts = [], []
    for position, (received, said, *more) in enumerate(sent):
        sheet = {
            "submission_id": f"s{position}", "sheet": "台账", "path": f"{position}.xlsx",
            "title": None, "unit": "甲局", "period_on": None, "received_on": day(received),
        } | (more[0] if more else {})  # fmt: skip
        facts.append(sheet)
        for number, row in enumerate(said):
            place = {
                "submission_id": sheet["submission_id"], "sheet": "台账", "row_no": number + 3,
                "known_from": day(received), "sender": sheet["unit"], "position": position,
            }  # fmt: skip
            rows.append(dict.fromkeys(ledger_.columns) | place | row)
    table = pd.DataFrame(rows, columns=[*ledger_.columns, "sender", "position"], dtype=object)
    chained = chain(table, ledger_, Places())
    deliveries = deliveries_of(facts, chained.rows, RULE)
    return left_out(
        chained.rows, chained.versions, ledger_, deliveries, RULE, in_doubt, chained.joins
    )


def told(*sent: Sent, **more: Any) -> list[tuple[str, str, str]]:
    """Rule, number of the item, day from which it is known."""
    return [
        (f.rule, (f.item_id or "").rpartition("-")[2], f"{f.known_from:%m-%d}")
        for f in findings(*sent, **more)
    ]


def test_what_a_half_month_leaves_out_is_known_from_the_day_after_its_due_day() -> None:
    assert told((FIRST, some(1, 2, 3)), (SECOND, some(1, 2))) == [("vanished", "3", "11-03")]


def test_it_is_told_once_until_it_is_found_again() -> None:
    more = (FIRST, some(1, 2, 3)), (SECOND, some(1, 2)), (THIRD, some(1, 2))
    vanished = ("vanished", "3", "11-03")
    assert told(*more) == [vanished]
    assert told(*more, ("11-30", some(1, 2, 3))) == [vanished, ("returned", "3", "11-30")]


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("隐患台账（全部）", ["2", "3", "4"]),
        ("隐患台账（未销号及本期销号）", ["2", "3", "4"]),
        ("隐患台账", []),
        ("隐患台账（有变化的填）", []),
    ],
)
def test_a_list_that_says_it_is_whole_is_one_with_a_single_row(
    title: str, missing: list[str]
) -> None:
    sent = (FIRST, some(1, 2, 3, 4)), (SECOND, some(1), {"title": title})
    assert [number for rule, number, _ in told(*sent) if rule == "vanished"] == missing


CORRECTED = {"path": "甲局台账（更正）.xlsx"}


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        (((SECOND, some(1, 2, 3, 4)), (SECOND, some(1, 2, 3), CORRECTED)), ["4"]),
        # one sent after its due day
        (((SECOND, some(1, 2, 3, 4)), ("11-06", some(1, 2, 4), CORRECTED)), ["3"]),
        # of the four rows one alone is corrected
        (((SECOND, some(1, 2, 3, 4)), (SECOND, some(4), CORRECTED)), []),
        # what is sent twice and says no more stands beside what was there
        (((SECOND, some(1, 2, 3, 4)), (SECOND, some(1, 2, 3))), []),
        # what the next file has
        (
            (
                (SECOND, some(1, 2, 3, 4)), (SECOND, some(1, 2, 3), CORRECTED),
                (SECOND, some(4), {"path": "补.xlsx"}),
            ),
            [],
        ),
        (((SECOND, some(1, 2, 3)), (SECOND, some(1, 2, 3, 4), CORRECTED)), []),
    ],
)  # fmt: skip
def test_a_list_sent_anew_stands_in_the_place_of_the_one_before(
    sent: tuple[Sent, ...], missing: list[str]
) -> None:
    """Also of what was found since the last half month, which no other list has."""
    more = {"title": "10月下半月隐患台账"}
    sent = tuple((when, rows, more | (rest[0] if rest else {})) for when, rows, *rest in sent)
    found = told((FIRST, some(1, 2)), *sent)
    assert [number for rule, number, _ in found if rule == "vanished"] == missing


def test_what_vanishes_again_is_told_again() -> None:
    two, three = some(1, 2), some(1, 2, 3)
    days = (FIRST, three), (SECOND, two), (THIRD, three), ("11-30", two)
    assert told(*days) == [
        ("vanished", "3", "11-03"), ("returned", "3", "11-15"), ("vanished", "3", "12-05"),
    ]  # fmt: skip


def test_the_parts_of_a_half_month_are_one_ledger() -> None:
    assert told((FIRST, some(1, 2, 3, 4)), ("10-30", some(1, 2)), ("11-02", some(3, 4))) == []
    assert told((FIRST, some(1)), ("10-17", some(2)), (SECOND, some(1, 2))) == []


def test_a_part_that_comes_late_is_found_again() -> None:
    late = {"title": "10月下半月隐患台账"}
    days = (FIRST, some(1, 2, 3)), (SECOND, some(1, 2)), ("11-08", some(3), late)
    assert told(*days) == [("vanished", "3", "11-03"), ("returned", "3", "11-08")]


def test_a_ledger_that_comes_late_shows_what_it_leaves_out_on_the_day_it_comes() -> None:
    late = {"title": "10月下半月隐患台账"}
    assert told((FIRST, some(1, 2, 3)), ("11-08", some(1, 2), late)) == [("vanished", "3", "11-08")]


def test_who_does_not_report_leaves_nothing_out() -> None:
    assert told((FIRST, some(1, 2, 3))) == []
    other = ("10-31", [hazard("1", unit="乙局")], {"unit": "乙局"})
    assert told((FIRST, some(1, 2, 3)), other) == []


def test_an_empty_ledger_leaves_everything_out() -> None:
    assert told((FIRST, some(1)), (SECOND, [])) == [("vanished", "1", "11-03")]


@pytest.mark.parametrize(
    ("state", "has_vanished"),
    [
        ({"status": "closed", "closed_on": date(2023, 9, 30)}, False),
        ({"status": "closed"}, False),
        ({"status": "void"}, False),
        ({"status": "done", "closed_on": date(2023, 9, 30)}, False),
        ({"status": "done"}, True),
        ({"status": "pending_accept"}, True),
    ],
)
def test_what_was_closed_or_struck_off_may_go(state: dict[str, Any], has_vanished: bool) -> None:
    found = told((FIRST, [hazard("1", **state), *some(2, 3)]), (SECOND, some(2, 3)))
    assert found == [("vanished", "1", "11-03")] * has_vanished


@pytest.mark.parametrize("sheet", [
    {"title": "10月下半月新增隐患台账"}, {"sheet": "本期新增"}, {"path": "10月新增.xlsx"},
])  # fmt: skip
def test_a_list_of_new_rows_leaves_nothing_out_and_that_is_told(sheet: dict[str, Any]) -> None:
    found = told((FIRST, some(1, 2, 3)), (SECOND, some(4), sheet))
    assert found == [("partial_ledger", "", "11-03")]


def test_rows_found_since_the_last_ledger_alone_are_a_list_of_new_rows() -> None:
    new = [hazard("4", found_on=day("10-20")), hazard("5", found_on=day("10-16"))]
    assert told((FIRST, some(1, 2)), (SECOND, new)) == [("partial_ledger", "", "11-03")]
    # One that was found before should have been in it: then the list is another, and lost two.
    old = [*new, hazard("6", found_on=day("10-15"))]
    assert told((FIRST, some(1, 2)), (SECOND, old)) == [
        ("vanished", "1", "11-03"), ("vanished", "2", "11-03"),
    ]  # fmt: skip


def test_a_list_with_none_of_several_open_items_is_another_list() -> None:
    assert told((FIRST, some(1, 2, 3)), (SECOND, some(4, 5))) == [("partial_ledger", "", "11-03")]
    assert [rule for rule, *_ in told((FIRST, some(1, 2)), (SECOND, some(4, 5)))] == [
        "vanished", "vanished",
    ]  # fmt: skip


def test_a_list_that_goes_on_over_the_end_of_a_half_month_is_one() -> None:
    assert told(("10-17", some(1, 2)), ("10-18", some(4, 5))) == [("partial_ledger", "", "11-03")]


def test_what_a_list_says_of_itself_is_told_more_softly_than_what_is_guessed() -> None:
    new = {"title": "10月下半月新增隐患台账"}
    (stated,) = findings((FIRST, some(1, 2, 3)), (SECOND, some(4), new))
    (guessed,) = findings((FIRST, some(1, 2, 3)), (SECOND, some(4)))
    assert (stated.severity, guessed.severity) == ("info", "warning")
    assert "没有提到的 3 项不按漏报计" in guessed.message


def test_new_rows_with_news_of_one_item_in_five_are_a_list_of_new_rows() -> None:
    new = hazard("9", found_on=day("10-20"))
    five, four = some(1, 2, 3, 4, 5), some(1, 2, 3, 4)
    assert told((FIRST, five), (SECOND, [*some(1), new])) == [("partial_ledger", "", "11-03")]
    assert [rule for rule, *_ in told((FIRST, four), (SECOND, [*some(1), new]))] == ["vanished"] * 3


def test_an_item_updated_alone_is_no_whole_ledger() -> None:
    assert told((FIRST, some(1, 2)), (SECOND, some(1))) == [("partial_ledger", "", "11-03")]
    # Nor are as many files as there are items but one.
    files = [("10-20", some(1)), ("10-25", some(2)), (SECOND, some(3))]
    assert told((FIRST, some(1, 2, 3, 4)), *files) == [("partial_ledger", "", "11-03")]


def test_few_items_of_many_are_no_whole_ledger_and_most_of_them_in_parts_are() -> None:
    ten = some(*range(1, 11))
    assert told((FIRST, ten), (SECOND, some(1, 2))) == [("partial_ledger", "", "11-03")]
    parts = [("10-20", some(1, 2)), ("10-21", some(3, 4)), ("10-22", some(5, 6))]
    assert told((FIRST, ten), *parts) == [("vanished", f"{n}", "11-03") for n in (10, 7, 8, 9)]


def test_sheets_of_one_file_are_one_list() -> None:
    one, other = {"path": "a.xlsx", "sheet": "一"}, {"path": "a.xlsx", "sheet": "二"}
    found = told((FIRST, some(1, 2, 3)), (SECOND, some(1), one), (SECOND, some(2), other))
    assert found == [("vanished", "3", "11-03")]


def test_a_sheet_of_an_earlier_month_is_sent_anew_with_its_book() -> None:
    september = {"path": "a.xlsx", "sheet": "9月", "period_on": date(2023, 9, 30)}
    october = {"path": "a.xlsx", "sheet": "10月", "period_on": date(2023, 10, 31)}
    first, new = (FIRST, some(1, 2)), (SECOND, some(3), october)
    assert told(first, (SECOND, some(1, 2), september), new) == []
    assert told(first, (SECOND, some(1), september), new) == [("vanished", "2", "11-03")]


def test_what_is_in_doubt_is_passed_over() -> None:
    days = (FIRST, some(1, 2, 3, 4)), (SECOND, some(1, 2))
    open_since = {"H-甲局-3": [(date(2023, 10, 1), date.max)]}
    assert told(*days, in_doubt=open_since) == [("vanished", "4", "11-03")]


def test_what_another_sender_reports_now_has_not_vanished() -> None:
    decision = {"meeting": "例会", "held_on": date(2023, 9, 1), "unit": "甲局"}
    three = [decision | {"task": task} for task in ("甲事", "乙事", "丙事")]
    both = three[:2]
    theirs = (SECOND, three[2:], {"unit": "乙局"})
    mine = (FIRST, three), (SECOND, both)
    assert [rule for rule, *_ in told(*mine, ledger="decision")] == ["vanished"]
    assert told(*mine, theirs, ledger="decision") == []


def test_how_grave_it_is_and_where_it_is_told() -> None:
    found = findings((FIRST, some(1, 2, 3)), (SECOND, some(1, 2)), (THIRD, some(1, 2, 3)))
    assert [(each.severity, each.submission_id) for each in found] == [
        ("error", "s1"), ("info", "s2"),
    ]  # fmt: skip
    assert found[0].message.startswith(
        "2023-10-16 报送的第 5 行在 2023 年 10 月下半月的报送中没有了，也没有销号；"
    )


def measure(number: int, **more: Any) -> Row:
    return {"sub_no": f"5-{number}", "sub_measure": f"第{number}项措施", "unit": "甲局"} | more


def test_a_measure_of_the_plan_never_vanishes_but_its_unit_has_not_reported_on_it() -> None:
    plan = [measure(1), measure(2), measure(3, status="done")]
    days = ("09-25", plan), (SECOND, [measure(1)]), (THIRD, [measure(1)])
    assert told(*days, ledger="measure") == [
        ("no_progress", "2", "11-03"), ("no_progress", "2", "11-18"),
    ]  # fmt: skip
    assert {each.severity for each in findings(*days, ledger="measure")} == {"info"}
    assert told(("09-25", plan), ledger="measure") == []


LISTS = st.lists(
    st.tuples(
        st.dates(date(2023, 10, 1), date(2023, 12, 20)),
        st.sets(st.sampled_from("123456789")),
        st.sampled_from([None, None, "10月下半月隐患台账", "新增隐患台账"]),
        st.sampled_from(["甲局", "甲局", "乙局"]),
    ),
    max_size=7,
)


#: 乙局 speaks of its own, which 甲局 lists only in December.
LISTED_LATER = [
    (date(2023, 10, 11), {*"12345"}, None, "乙局"),
    (date(2023, 10, 11), {*"123456"}, None, "甲局"),
    (date(2023, 10, 27), set[str](), None, "甲局"),
    (date(2023, 11, 16), {*"12"}, None, "甲局"),
    (date(2023, 11, 29), {*"1"}, None, "乙局"),
    (date(2023, 12, 11), {*"12345"}, None, "甲局"),
]


@pytest.mark.slow
@settings(max_examples=depth.some(60))
@given(LISTS, st.dates(date(2023, 10, 1), date(2023, 12, 31)))
@example(LISTED_LATER, date(2023, 11, 18))
def test_what_was_told_by_a_day_is_not_changed_by_what_comes_later(
    lists: list[tuple[date, set[str], str | None, str]], by: date
) -> None:
    sent: list[Sent] = [
        (received.isoformat(), some(*sorted(numbers)), {"title": title, "unit": unit})
        for received, numbers, title, unit in sorted(lists, key=lambda each: each[0])
    ]
    until = [each for each in sent if each[0] <= by.isoformat()]

    def known(*given: Sent) -> set[tuple[Any, ...]]:
        return {
            (f.rule, f.item_id, f.known_from, f.submission_id, f.message)
            for f in findings(*given)
            if f.known_from and f.known_from <= by
        }

    assert known(*sent) == known(*until)


@pytest.mark.slow
@given(LISTS)
def test_an_item_is_found_again_only_after_it_has_vanished_and_so_by_turns(
    lists: list[tuple[date, set[str], str | None, str]],
) -> None:
    sent: list[Sent] = [
        (received.isoformat(), some(*sorted(numbers)), {"title": title})
        for received, numbers, title, _ in sorted(lists, key=lambda each: each[0])
    ]
    by_item: dict[str | None, list[tuple[date, str]]] = {}
    for found in findings(*sent):
        if found.rule in {"vanished", "returned"} and found.known_from:
            by_item.setdefault(found.item_id, []).append((found.known_from, found.rule))
    for each in by_item.values():
        assert [rule for _, rule in each] == (["vanished", "returned"] * len(each))[: len(each)]
        assert [known for known, _ in each] == sorted(known for known, _ in each)
