"""Rules of reading that one line shows."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from analysis.ingest.beside.reading import beside_shown
from analysis.ingest.plan.figures import _changes
from analysis.ingest.plan.outline.tree import _with_colon
from analysis.ingest.plan.tracking.register import PlanBook, _name
from analysis.ingest.read_file import Seen
from analysis.ingest.tables.shapes.plans.several_measures import _part


def test_a_printed_fall_is_less_and_a_printed_rise_is_more() -> None:
    one, two = _changes("，死亡3人，同比分别下降33.33%、34.78%")
    assert one is not None
    assert two is not None
    assert (one[0], two[0]) == (-33.33, -34.78)
    one, two = _changes("，同比上升12.5%")
    assert one is not None
    assert one[0] == 12.5


def test_a_label_with_a_number_may_lack_its_colon() -> None:
    assert _with_colon("细化措施（1-1）制定值班表") == "细化措施（1-1）：制定值班表"
    assert _with_colon("场所（1-1）制定值班表") == "场所（1-1）制定值班表"


def test_the_number_that_a_plan_was_given_first_stays() -> None:
    plan = PlanBook("", "〔2023〕9号", "整改方案", "", None, "")
    later = SimpleNamespace(
        number="〔2023〕12号", is_body=False, title="", core="", issued_on=date(2023, 10, 7),
        sender="", sheet="",
    )  # fmt: skip
    _name(plan, cast(Any, later))
    assert (plan.number, plan.plan_id) == ("〔2023〕9号", "〔2023〕9号")


def test_a_cell_that_numbers_one_of_two_measures_says_nothing_of_the_other() -> None:
    said = [_part("第1项10月底前", str(n), n - 1, 2, by_line=False) for n in (1, 2)]
    assert said == ["10月底前", ""]


def test_a_ledger_is_not_shown_beside_its_reading() -> None:
    assert beside_shown("隐患台账.xlsx", Seen(), []) is None
