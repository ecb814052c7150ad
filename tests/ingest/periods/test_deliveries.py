"""What a title says of a list: all of it, or some rows alone."""

from typing import Any

import pandas as pd
import pytest

from analysis.ingest.periods.deliveries import deliveries_of, says_part, says_whole
from analysis.ingest.periods.due_days import DueDays
from tests.tables import day


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("县商务局10月下半月新增隐患台账", True),
        ("本期新增", True),
        ("隐患增量台账", True),
        ("新排查出的隐患清单", True),
        ("隐患台账（补报）", True),
        ("已整改隐患清单", True),
        ("往期隐患整改、复查情况（有变化的填）", True),
        ("隐患台账（无变化的不再重复填）", True),
        ("隐患清单（只填变化项）", True),
        ("隐患变化情况台账", False),
        ("隐患台账", False),
        ("新增及存量隐患台账", False),
        ("隐患台账（含新增）", False),
        ("隐患累计台账（本月新增3条）", False),
        ("已整改和未整改隐患清单", False),
        ("隐患整改台账", False),
        # what the report above it says in sentences is no title of the list
        ("甲局10月情况 检查9家，新发现1处，累计发现4处。 附：新增及有进展的隐患", True),
        ("甲局10月情况 检查9家，新发现隐患1处。 附：2023年度隐患台账", False),
    ],
)
def test_a_title_says_that_a_list_is_a_part(text: str, is_part: bool) -> None:
    assert says_part(text) is is_part


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("隐患台账（全部）", True),
        ("火灾隐患台账（未销号及本期销号）", True),
        ("未整改和已整改隐患台账", True),
        ("2023年度隐患台账（全量）", True),
        ("甲局10月情况 全部隐患均已登记。 附：隐患台账", False),
        ("景区台账——已完成（全部）", False),
        ("新增隐患清单（全部为一般隐患，有变化的填）", False),
        ("全部门隐患台账", False),
        ("隐患全部整改情况", False),
        ("未销号隐患清单", False),
        ("隐患台账", False),
    ],
)
def test_a_title_says_that_nothing_open_is_left_out(text: str, is_whole: bool) -> None:
    assert says_whole(text) is is_whole


def facts(batch: str, **more: Any) -> dict[str, Any]:
    return {
        "submission_id": batch, "sheet": "台账", "path": f"{batch}.xlsx", "title": None,
        "unit": None, "period_on": None, "received_on": day("10-31"),
    } | more  # fmt: skip


def test_a_sheet_with_rows_of_two_senders_is_a_delivery_of_each() -> None:
    rows = pd.DataFrame({"submission_id": ["a", "a", "a"], "sender": ["乙局", "甲局", "甲局"]})
    found = deliveries_of([facts("a"), facts("b", unit="丙局")], rows, DueDays())
    # 丙局 sent a sheet without a row, which says something, too.
    assert [(each.submission_id, each.sender) for each in found] == [
        ("a", "乙局"), ("a", "甲局"), ("b", "丙局"),
    ]  # fmt: skip


def test_the_day_for_which_it_speaks_is_its_own_and_never_after_its_receipt() -> None:
    rows = pd.DataFrame({"submission_id": [], "sender": []})
    given = [facts("a", period_on=day("10-20")), facts("b", period_on=day("2032-10-20"))]
    found = deliveries_of(given, rows, DueDays())
    assert [each.stated_on for each in found] == [day("10-20"), day("10-31")]


def test_the_name_of_a_sheet_or_of_a_file_says_it_as_well() -> None:
    rows = pd.DataFrame({"submission_id": [], "sender": []})
    given = [facts("a", sheet="新增"), facts("b", path="2023-10-31/新增隐患.xlsx"), facts("c")]
    found = deliveries_of(given, rows, DueDays())
    assert [each.is_part for each in found] == [True, True, False]


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ({}, "10-16"),  # as the report in its file says, however late it came
        ({"title": "隐患台账（2023年11月上半月）"}, "11-01"),
        ({"period_on": day("11-05")}, "11-01"),
        ({"path": "另一份.xlsx"}, "11-01"),
    ],
)
def test_a_list_without_a_time_is_of_the_half_month_of_the_report_in_its_file(
    more: dict[str, Any], start: str
) -> None:
    given = facts("a", received_on=day("11-06"), unit="甲局") | more
    rows = pd.DataFrame([{"submission_id": "a", "sender": "甲局", "name": "H-1"}])
    reports = {"a.xlsx": "甲局半月报 报告期：2023.10.16—2023.10.31"}
    (found,) = deliveries_of([given], rows, DueDays(), reports)
    assert found.half_month.start == day(start)
