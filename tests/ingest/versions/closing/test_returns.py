"""退回重改: what was found wanting is not done, until it is reported done anew."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.versions.closing.test_acceptances import OPEN, laid, record

Write = Callable[..., Path]
ITEM = "H-县教育局-1"
HEAD = [
    "隐患编号", "场所名称", "隐患描述", "责任单位", "责任人", "整改期限", "检查日期", "整改状态",
    "完成日期",
]  # fmt: skip
ACTS = [
    "事项编号", "验收动作", "验收日期", "验收人", "销号日期", "重改期限", "退回原因", "经办账号",
    "登记时间",
]  # fmt: skip


def reported(status: str, done: str = "", number: str = "1") -> list[Any]:
    row = [number, f"甲校{number}", f"灭火器过期{number}", "县教育局", "张三"]
    return [*row, "2023-10-20", "2023-09-01", status, done]


def accepted(on: str, who: str = "周") -> list[Any]:
    return [ITEM, "验收销号", on, "钱七", on, "", "", who, f"{on} 10:00"]


def sent_back(on: str, who: str = "郑", due: str = "2023-11-30") -> list[Any]:
    return [ITEM, "验收不合格", on, "郑某", "", due, "压力仍不足", who, f"{on} 10:00"]


def item(home: Settings, as_of: str, known_on: str = "") -> dict[str, Any]:
    with open_warehouse(home.warehouse) as con:
        known = f", known_on := DATE '{known_on}'" if known_on else ""
        sql = f"SELECT * FROM items(DATE '{as_of}'{known}) WHERE item_id = '{ITEM}'"
        names, rows = fetch_rows(con, sql)
    return dict(zip(names, rows[0], strict=True))


def rules(home: Settings) -> set[str]:
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT rule FROM quality WHERE item_id = $item"
        return {rule for (rule,) in fetch_rows(con, sql, {"item": ITEM})[1]}


def is_reopened(home: Settings, as_of: str) -> bool:
    with open_warehouse(home.warehouse) as con:
        sql = f"SELECT item_id FROM suspect_closure(DATE '{as_of}') WHERE reopened"
        return bool(fetch_rows(con, sql)[1])


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    """Reported done on 10 October, the deadline being the 20th."""
    write_sheet("2023-09-15/县教育局.xlsx", [HEAD, reported("整改中")])
    write_sheet("2023-10-15/县教育局.xlsx", [HEAD, reported("已完成整改", "2023-10-10")])
    return home


def test_what_is_sent_back_is_late_by_its_first_deadline(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-26/验收.xlsx", [ACTS, sent_back("2023-10-25")])
    ingest(county)
    now = item(county, "2023-11-01")
    assert (now["state"], now["is_done"], now["days_late"]) == ("overdue", False, 12)
    assert (now["returned_on"], now["rework_due_on"]) == (date(2023, 10, 25), date(2023, 11, 30))
    assert now["due_on"] == date(2023, 10, 20)
    assert item(county, "2023-10-25", known_on="2023-10-25")["state"] == "accepting"
    assert "sent_back" in rules(county)
    assert is_reopened(county, "2023-11-01")


def test_an_accepted_item_is_sent_back_by_another_person_only(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-22/验收.xlsx", [ACTS, accepted("2023-10-20", "周")])
    write_sheet("2023-10-26/验收.xlsx", [ACTS, sent_back("2023-10-25", "周")])
    ingest(county)
    assert item(county, "2023-11-01")["state"] == "closed"
    assert "acceptance_void" in rules(county)
    write_sheet("2023-11-02/验收.xlsx", [ACTS, sent_back("2023-11-01", "郑")])
    ingest(county)
    assert item(county, "2023-11-03")["state"] == "overdue"
    assert item(county, "2023-11-01", known_on="2023-11-01")["state"] == "closed"


@pytest.mark.parametrize(
    ("status", "done", "state", "done_on"),
    [
        ("已完成整改", "2023-11-08", "accepting", date(2023, 11, 8)),
        ("已重新整改完成", "", "accepting", date(2023, 11, 10)),  # of no day: that of receipt
        ("已完成整改", "2023-10-10", "overdue", None),
        ("已整改到位", "2023-10-24", "overdue", None),
        ("已完成整改", "", "overdue", None),
        ("整改中", "", "overdue", None),
    ],
)
def test_done_anew_is_of_the_day_of_the_return_or_later(
    county: Settings, write_sheet: Write, status: str, done: str, state: str, done_on: date | None
) -> None:
    write_sheet("2023-10-26/验收.xlsx", [ACTS, sent_back("2023-10-25")])
    rows = [reported(status, done), reported("整改中", number="2")]
    write_sheet("2023-11-10/县教育局.xlsx", [HEAD, *rows])
    ingest(county)
    now = item(county, "2023-11-15")
    assert (now["state"], now["done_on"]) == (state, done_on)
    assert item(county, "2023-11-09", known_on="2023-11-09")["state"] == "overdue"


def test_who_reports_the_old_completion_is_told(county: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-26/验收.xlsx", [ACTS, sent_back("2023-10-25")])
    write_sheet("2023-11-10/县教育局.xlsx", [HEAD, reported("已整改到位", "2023-10-12")])
    ingest(county)
    assert "not_redone" in rules(county)


def test_an_acceptance_closes_only_what_was_looked_at_after_the_return(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-26/验收.xlsx", [ACTS, sent_back("2023-10-25")])
    write_sheet("2023-10-30/验收.xlsx", [ACTS, accepted("2023-10-20")])
    ingest(county)
    assert item(county, "2023-11-01")["state"] == "overdue"
    assert "acceptance_void" in rules(county)
    write_sheet("2023-11-10/县教育局.xlsx", [HEAD, reported("已完成整改", "2023-11-08")])
    write_sheet("2023-11-13/验收.xlsx", [ACTS, accepted("2023-11-12")])
    ingest(county)
    now = item(county, "2023-11-15")
    assert (now["state"], now["closure"], now["closed_on"]) == (
        "closed", "record", date(2023, 11, 12),
    )  # fmt: skip
    assert now["done_on"] == date(2023, 11, 8)


def test_reported_done_and_then_not_is_a_doubt_while_it_is_open(
    county: Settings, write_sheet: Write
) -> None:
    ingest(county)
    assert not is_reopened(county, "2023-11-01")
    write_sheet("2023-10-31/县教育局.xlsx", [HEAD, reported("整改中")])
    ingest(county)
    assert item(county, "2023-11-01")["state"] == "overdue"
    assert is_reopened(county, "2023-11-01")


@pytest.mark.parametrize(
    ("day", "pieces"),
    [
        (9, [(5, 9, "done"), (9, 10, "rejected"), (10, None, OPEN)]),
        (10, [(5, 10, "done"), (10, None, "rejected")]),
        (12, [(5, 10, "done"), (10, 12, OPEN), (12, None, "rejected")]),
    ],
)
def test_a_return_around_the_day_of_a_report(
    day: int, pieces: list[tuple[int, int | None, str]]
) -> None:
    assert laid([(5, 10, "done"), (10, None, OPEN)], record("reject", day))[0] == pieces


KINDS = st.sampled_from(["accept", "reject", "withdraw"])
ACTIONS = st.lists(
    st.tuples(KINDS, st.sampled_from("周郑"), st.integers(1, 28)), min_size=1, max_size=6
)


@pytest.mark.slow
@given(ACTIONS)
def test_whatever_is_recorded_the_pieces_cover_each_day_once(
    actions: list[tuple[str, str, int]],
) -> None:
    acts = [
        record(kind, day, recorded_by=who, row_no=place, recorded_at=f"{place}")
        for place, (kind, who, day) in enumerate(actions)
    ]
    pieces, _ = laid([(3, 12, "done"), (12, None, OPEN)], *acts)
    lasting = [(start, end) for start, end, _ in pieces if start != end]
    assert lasting[0][0] == 3
    assert lasting[-1][1] is None
    assert all(end == start for (_, end), (start, _) in pairwise(lasting))
