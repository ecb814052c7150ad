"""Rights never follow what a unit can write: an inspector's page, over a real socket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.accounts import Accounts, Role
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from dashboards.serving.page_cache import page_request
from tests.dashboards.people import HAZARDS, INSPECTIONS, PASSWORD, Caller, served

pytestmark = pytest.mark.slow

DAY = "?as_of=2023-11-15"


def page_of(at: str, name: str) -> str:
    caller = Caller(at)
    caller.headers["Cookie"] = caller.log_in(name).headers["Set-Cookie"].partition(";")[0]
    return caller.ask(page_request(DAY, "/overdue")).text


def test_inspections_that_a_unit_uploads_under_all_numbers_show_nothing_of_others(
    home: Settings, quick_passwords: None, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/隐患台账.xlsx", HAZARDS)
    write_sheet("2023-10-15/检查台账.xlsx", INSPECTIONS)
    forged = [
        [f"J{n}", "2023-10-01", "双随机", site, "县水利局", "赵六", "有隐患"]
        for n in range(1, 5)
        for site in ("甲校", "乙站", "丙校")
    ]
    write_sheet("2023-10-16/县水利局/001_检查.xlsx", [INSPECTIONS[0], *forged])
    ingest(home)
    Accounts(home.accounts).add("inspector", Role.INSPECTOR, PASSWORD, person="赵六")
    Accounts(home.accounts).add("leader", Role.LEADER, PASSWORD)
    with served(home.model_copy(update={"login": True})) as at:
        assert "乙站" in page_of(at, "leader")
        assert "甲校" in (page := page_of(at, "inspector"))
        assert "乙站" not in page


@pytest.mark.parametrize(
    ("person", "numbered", "told"),
    [("没有", True, "没有检查人员写着“没有”的检查"),
     ("赵六", False, "有您的 1 次检查，但没有隐患写着"),
     ("赵六", True, "")],
)  # fmt: skip
def test_an_inspector_who_finds_nothing_is_told_why(
    home: Settings, quick_passwords: None, write_sheet: Callable[..., Path], person: str,
    numbered: bool, told: str,
) -> None:  # fmt: skip
    number = HAZARDS[0].index("检查编号")
    kept = [row if numbered else [*row[:number], *row[number + 1 :]] for row in HAZARDS]
    write_sheet("2023-10-15/隐患台账.xlsx", kept)
    write_sheet("2023-10-15/检查台账.xlsx", INSPECTIONS)
    ingest(home)
    Accounts(home.accounts).add("inspector", Role.INSPECTOR, PASSWORD, person=person)
    with served(home.model_copy(update={"login": True})) as at:
        page = page_of(at, "inspector")
    assert told in page
    assert bool(told) == ("所以" in page)
