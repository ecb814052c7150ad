"""An acceptance of the office's closes an item from its day on; a second person takes it back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Finding, Places
from analysis.ingest.pipeline import ingest
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.closing.acts import Act, acts_by_item, held, is_settled
from analysis.ingest.versions.closing.laying import lay_over
from analysis.ingest.versions.closing.rule import ClosingRule
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


def october(day: int | None) -> date | None:
    return None if day is None else date(2023, 10, day)


def record(act: str, day: int, **changed: Any) -> dict[str, Any]:
    """A row of the acceptance ledger, known from a day of October on."""
    return {
        "submission_id": f"a{day}", "sheet": "验收", "row_no": 2 + (act != "accept"),
        "item_id": "H-1", "act": act,
        "accepted_on": date(2023, 9, 30), "accepted_by": "钱七", "closed_on": None,
        "recorded_by": "周" if act == "accept" else "郑", "recorded_at": f"{day}",
        "recorded_person": None, "reason": None, "rework_due_on": None, "sender": "",
        "known_from": october(day),
    } | changed  # fmt: skip


def report(start: int, end: int | None, status: str) -> dict[str, Any]:
    """A version of one hazard as its unit reported it."""
    return {
        "submission_id": f"u{start}", "sheet": "台账", "row_no": 4, "item_id": "H-1",
        "known_from": october(start), "known_to": october(end), "status": status,
        "status_text": None, "accepted_on": None, "accepted_by": None, "closed_on": None,
        "done_on": None, "person": "张三", "unit": "县教育局", "closure": None,
        "returned_on": None, "rework_due_on": None,
    }  # fmt: skip


def judged(*acts: dict[str, Any]) -> tuple[dict[str, list[Act]], list[Finding]]:
    """The acts on H-1 that hold, and what is wrong with others."""
    rows = pd.DataFrame(list(acts), dtype=object)
    by_item = acts_by_item(rows, Aliases())
    found = held(
        "H-1", by_item["H-1"], ClosingRule(), lambda item_id, day: report(1, None, "done"), Places()
    )
    return {"H-1": found[0]}, found[1]


def laid(
    versions: list[tuple[int, int | None, str]], *acts: dict[str, Any]
) -> tuple[list[tuple[int, int | None, str]], list[Finding]]:
    """Versions of one item as days of October and status, with acceptances laid over them."""
    rows = [report(*version) for version in versions]
    table, findings = lay_over(pd.DataFrame(rows, dtype=object), judged(*acts)[0], Places())
    pieces = zip(table["known_from"], table["known_to"], table["status"], strict=True)
    return [(start.day, end and end.day, status) for start, end, status in pieces], findings


OPEN = "in_progress"


@pytest.mark.parametrize(
    ("day", "pieces", "is_behind"),
    [
        (9, [(5, 9, "done"), (9, 10, "closed"), (10, None, "closed")], True),
        (10, [(5, 10, "done"), (10, None, "closed")], False),
        (11, [(5, 10, "done"), (10, 11, OPEN), (11, None, "closed")], False),
        (5, [(5, 10, "closed"), (10, None, "closed")], True),
        (4, [(5, 10, "closed"), (10, None, "closed")], True),
    ],
)
def test_an_acceptance_around_the_day_of_a_report(
    day: int, pieces: list[tuple[int, int | None, str]], is_behind: bool
) -> None:
    """The unit's report of the tenth lags behind only where it came after the acceptance."""
    reports = [(5, 10, "done"), (10, None, OPEN)]
    laid_over, findings = laid(reports, record("accept", day))
    assert laid_over == pieces
    assert [each.rule for each in findings] == ["accepted_but_open"] * is_behind


@pytest.mark.parametrize(
    ("day", "pieces"),
    [
        (9, [(1, 5, OPEN), (5, 9, "closed"), (9, 10, OPEN), (10, None, "done")]),
        (10, [(1, 5, OPEN), (5, 10, "closed"), (10, None, "done")]),
        (11, [(1, 5, OPEN), (5, 10, "closed"), (10, 11, "closed"), (11, None, "done")]),
        (5, [(1, 5, OPEN), (5, 5, "closed"), (5, 10, OPEN), (10, None, "done")]),
    ],
)
def test_a_withdrawal_around_the_day_of_a_report(
    day: int, pieces: list[tuple[int, int | None, str]]
) -> None:
    reports = [(1, 10, OPEN), (10, None, "done")]
    acts = [record("accept", 5), record("withdraw", day, recorded_at=f"{day} late")]
    assert laid(reports, *acts)[0] == pieces


def test_a_report_struck_off_stays_struck_off() -> None:
    assert laid([(1, None, "void")], record("accept", 5)) == ([(1, None, "void")], [])


@pytest.mark.parametrize(("day", "is_closed"), [(4, False), (5, True), (8, True), (9, False)])
def test_an_acceptance_stands_from_its_day_until_the_day_before_its_withdrawal(
    day: int, is_closed: bool
) -> None:
    acts, _ = judged(record("accept", 5), record("withdraw", 9))
    assert is_settled(acts, "H-1", date(2023, 10, day)) == is_closed


@pytest.mark.parametrize("closed_on", [None, date(2023, 10, 3)])
def test_an_item_is_closed_on_the_day_recorded_else_on_that_of_the_acceptance(
    closed_on: date | None,
) -> None:
    acts, _ = judged(record("accept", 5, closed_on=closed_on))
    versions = pd.DataFrame([report(6, None, "done")], dtype=object)
    table, _ = lay_over(versions, acts, Places())
    assert table["closed_on"].tolist() == [closed_on or date(2023, 9, 30)]


def test_what_is_wrong_with_a_record_is_an_error_on_its_field() -> None:
    acts = [
        record("withdraw", 1),
        record("accept", 2, accepted_by=None),
        record("accept", 3),
        record("withdraw", 4, recorded_by="周"),
        record("accept", 5),
    ]
    mine, findings = judged(*acts)
    assert [(each.field, each.severity) for each in findings] == [
        ("act", "error"), ("accepted_by", "error"), ("recorded_by", "error"),
    ]  # fmt: skip
    assert [(act.kind, act.begins_on) for act in mine["H-1"]] == [("accept", date(2023, 10, 3))]
