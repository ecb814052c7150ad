"""An acceptance of the office's closes an item from its day on; a second person takes it back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEAD = [
    "隐患编号", "场所名称", "隐患描述", "责任单位", "责任人", "整改期限", "检查日期", "整改状态",
    "完成日期",
]  # fmt: skip
ACTS = [
    "事项编号", "验收动作", "验收日期", "验收人", "销号日期", "经办账号", "登记时间", "撤回原因",
]  # fmt: skip
ITEM = "H-县教育局-1"

Write = Callable[..., Path]


def hazard(status: str, done: str = "", number: str = "1") -> list[list[Any]]:
    row = [number, f"甲校{number}", "灭火器过期", "县教育局", "张三", "2023-12-01", "2023-09-01"]
    return [HEAD, [*row, status, done]]


def accepted(
    who: str = "周", on: str = "2023-10-20", by: str = "钱七", item: str = ITEM
) -> list[Any]:
    return [item, "验收销号", on, by, on, who, f"{on} 10:00", ""]


def withdrawn(who: str, at: str = "2023-11-10 09:00") -> list[Any]:
    return [ITEM, "撤回", "", "", "", who, at, "复查发现未换"]


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    write_sheet("2023-09-15/县教育局.xlsx", hazard("整改中"))
    write_sheet("2023-10-15/县教育局.xlsx", hazard("已完成整改", "2023-10-10"))
    return home


def state(home: Settings, as_of: str, known_on: str | None = None, item: str = ITEM) -> str:
    with open_warehouse(home.warehouse) as con:
        known = f", known_on := DATE '{known_on}'" if known_on else ""
        sql = f"SELECT state FROM items(DATE '{as_of}'{known}) WHERE item_id = '{item}'"
        rows = fetch_rows(con, sql)[1]
    return str(rows[0][0]) if rows else ""


def rules(home: Settings, item: str = ITEM) -> list[str]:
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT rule FROM quality WHERE item_id = $item ORDER BY rule"
        return [rule for (rule,) in fetch_rows(con, sql, {"item": item})[1]]


def test_an_acceptance_closes_from_the_day_it_is_known(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted()])
    ingest(county)
    assert state(county, "2023-10-19") == "accepting"
    assert state(county, "2023-10-20") == "closed"
    assert state(county, "2023-10-21", known_on="2023-10-21") == "accepting"  # not yet recorded
    with open_warehouse(county.warehouse) as con:
        sql = (
            "SELECT status, accepted_by, known_from, known_to, path FROM hazard "
            "JOIN submission USING (submission_id) ORDER BY known_from"
        )
        versions = fetch_rows(con, sql)[1]
    assert [(str(v[2]), v[0], v[1]) for v in versions] == [
        ("2023-09-15", "in_progress", None),
        ("2023-10-15", "done", None),
        ("2023-10-22", "closed", "钱七"),
    ]
    assert versions[-1][4] == "2023-10-22/验收销号/001_验收销号.xlsx"


def test_a_unit_that_lags_behind_opens_nothing_but_is_told_of(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted()])
    write_sheet("2023-10-31/县教育局.xlsx", hazard("整改中"))
    ingest(county)
    assert state(county, "2023-11-01") == "closed"
    assert "accepted_but_open" in rules(county)


def test_an_accepted_item_that_the_unit_leaves_out_has_not_vanished(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted()])
    write_sheet("2023-10-31/县教育局.xlsx", hazard("整改中", number="2"))
    ingest(county)
    assert "vanished" not in rules(county)
    assert state(county, "2023-11-01") == "closed"


def test_without_the_acceptance_it_would_have_vanished(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-31/县教育局.xlsx", hazard("整改中", number="2"))
    ingest(county)
    assert "vanished" in rules(county)


def test_a_second_person_takes_it_back_and_the_days_before_stay(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted("周")])
    write_sheet("2023-11-10/验收销号/001_验收销号.xlsx", [ACTS, withdrawn("郑")])
    ingest(county)
    assert state(county, "2023-11-11") == "accepting"
    assert state(county, "2023-11-09", known_on="2023-11-09") == "closed"
    with open_warehouse(county.warehouse) as con:
        sql = "SELECT known_from, status FROM hazard ORDER BY known_from"
        found = [(str(day), status) for day, status in fetch_rows(con, sql)[1]]
    assert found[-2:] == [("2023-10-22", "closed"), ("2023-11-10", "done")]


def test_whoever_recorded_it_cannot_take_it_back(county: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted("周")])
    write_sheet("2023-11-10/验收销号/001_验收销号.xlsx", [ACTS, withdrawn("周")])
    ingest(county)
    assert state(county, "2023-11-11") == "closed"
    assert "acceptance_void" in rules(county)


def test_after_a_withdrawal_it_can_be_accepted_again(county: Settings, write_sheet: Write) -> None:
    rows = [
        accepted("周"),
        withdrawn("郑", "2023-10-21 09:00"),
        accepted("周", "2023-10-22"),
    ]
    for n, row in enumerate(rows, start=1):
        write_sheet(f"2023-10-2{n + 1}/验收销号/001_验收销号.xlsx", [ACTS, row])
    ingest(county)
    assert state(county, "2023-10-25") == "closed"
    assert state(county, "2023-10-23", known_on="2023-10-23") == "accepting"


@pytest.mark.parametrize(
    "row",
    [
        [ITEM, "验收销号", "", "钱七", "2023-10-20", "周", "2023-10-20 10:00", ""],
        [ITEM, "验收销号", "2023-10-20", "", "2023-10-20", "周", "2023-10-20 10:00", ""],
    ],
    ids=["no day", "no signature"],
)
def test_nothing_is_closed_without_day_and_signature(
    county: Settings, write_sheet: Write, row: list[Any]
) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, row])
    ingest(county)
    assert state(county, "2023-11-01") == "accepting"
    assert "acceptance_void" in rules(county)


def test_an_acceptance_of_nothing_is_told(county: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted(item="H-县教育局-99")])
    ingest(county)
    assert rules(county, "H-县教育局-99") == ["acceptance_void"]
    assert state(county, "2023-11-01") == "accepting"


def test_the_counts_add_up(county: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-22/验收销号/001_验收销号.xlsx", [ACTS, accepted()])
    write_sheet("2023-10-23/县教育局.xlsx", hazard("已完成整改", "2023-10-10"))
    report = ingest(county)
    parts = report.rows_loaded + report.rows_duplicate + report.rows_ignored + report.rows_rejected
    assert report.rows_read == parts
    assert report.rows_duplicate == 1
    assert state(county, "2023-11-01") == "closed"
