"""The plan's deadline clause, and the usual ways of writing a single deadline."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.deadlines import Clause, parse_clause

BASE = date(2023, 9, 30)
CLAUSE = (
    "9月30日前，全部进入工作状态，10月15日为第一个工作节点，以后每15天为一个工作节点，"
    "按节点完成定量任务，(5-3)项11月20日前完成"
)


def test_the_clause_gives_start_nodes_and_the_deadline_of_one_measure_only() -> None:
    assert parse_clause(CLAUSE, BASE) == Clause(
        start_on=date(2023, 9, 30),
        first_node_on=date(2023, 10, 15),
        node_days=15,
        due_on=None,
        due_by_number={"5-3": date(2023, 11, 20)},
    )


@pytest.mark.parametrize(
    ("number", "due_on"), [("5-1", None), ("5-2", None), ("5-3", date(2023, 11, 20)), (None, None)]
)
def test_due_for_one_measure(number: str | None, due_on: date | None) -> None:
    assert parse_clause(CLAUSE, BASE).due_for(number) == due_on


@pytest.mark.parametrize(
    "clause",
    [
        CLAUSE.replace("(", "（").replace(")", "）"),
        CLAUSE.replace("，", ","),
        CLAUSE.replace("，", "， "),
        CLAUSE.replace("9月30日前", "９月３０日前"),
        CLAUSE.replace("，(5-3)", "；\n(5-3)"),
        CLAUSE.replace("(5-3)项", "5-3项"),
    ],
)
def test_brackets_commas_spaces_and_full_width_digits_do_not_matter(clause: str) -> None:
    assert parse_clause(clause, BASE) == parse_clause(CLAUSE, BASE)


def test_several_measures_may_have_deadlines_of_their_own() -> None:
    clause = parse_clause("(5-1)、(5-2)项10月20日前完成，(5-3)项11月20日前完成", BASE)
    assert clause.due_by_number == {
        "5-1": date(2023, 10, 20),
        "5-2": date(2023, 10, 20),
        "5-3": date(2023, 11, 20),
    }


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("10月30日前完成", date(2023, 10, 30)),
        ("2023年9月30日前", date(2023, 9, 30)),
        ("10月底前", date(2023, 10, 31)),
        ("2024年2月底前完成", date(2024, 2, 29)),
        ("2023-10-30前", date(2023, 10, 30)),
        ("9月15日—10月20日", date(2023, 10, 20)),
        ("长期", None),
    ],
)
def test_a_single_deadline_holds_for_all(text: str, due_on: date | None) -> None:
    assert parse_clause(text, BASE).due_on == due_on


@pytest.mark.parametrize(
    ("submitted", "due_on"),
    [
        ("2023-01-05", "2023-01-20"),
        ("2023-03-31", "2023-01-20"),  # 70 days back: a deadline that has passed
        ("2023-12-20", "2024-01-20"),  # eleven months back: next January is meant
    ],
)
def test_a_day_without_a_year_lies_in_the_submissions_year_or_the_next(
    submitted: str, due_on: str
) -> None:
    clause = parse_clause("1月20日前完成", date.fromisoformat(submitted))
    assert clause.due_on == date.fromisoformat(due_on)


def test_a_day_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="2月30日"):
        parse_clause("2月30日前完成", BASE)


@given(st.dates(date(2023, 7, 3), date(2024, 6, 30)), st.integers(1, 60))
def test_any_clause_comes_out_as_it_was_written(due_on: date, node_days: int) -> None:
    text = (
        f"9月30日前，全部进入工作状态，10月15日为第一个工作节点，以后每{node_days}天为一个工作节点，"
        f"(7-2)项{due_on.month}月{due_on.day}日前完成"
    )
    clause = parse_clause(text, BASE)
    assert (clause.node_days, clause.due_for("7-2"), clause.due_for("7-1")) == (
        node_days,
        due_on,
        None,
    )
