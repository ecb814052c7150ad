"""What a ledger declares of its days holds for its rows: what counts from one, what is one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.findings import Place
from analysis.ingest.packing import pack, unpack
from analysis.ingest.pipeline import Report
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.filling.deadlines import add_rect_type
from analysis.ingest.tables.filling.implied import add_done_on
from analysis.ingest.tables.reading import _known_by_sight
from analysis.ingest.tables.records import Records
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HAZARD = ["场所名称", "隐患描述", "发现日期", "责任单位", "责任人", "整改期限"]
DECISION = ["会议名称", "议定事项", "会议日期", "责任单位", "责任人", "完成时限"]


@pytest.mark.parametrize(
    ("header", "table", "start"),
    [(HAZARD, "hazard", "发现日期"), (DECISION, "decision", "会议日期")],
    ids=["hazard", "decision"],
)
def test_fifteen_days_count_from_the_day_of_the_record_or_it_is_asked_for(
    home: Settings, write_sheet: Callable[..., Path], report_of: Callable[[], Report],
    header: list[str], table: str, start: str,
) -> None:  # fmt: skip
    rows = [
        ["甲", "办一件事", "2023-10-01", "甲局", "赵某", "15日内"],
        ["乙", "另一件事", "", "甲局", "赵某", "15日内"],
    ]
    write_sheet("2023-10-15/台账.xlsx", [header, *rows])
    report_of()
    with open_warehouse(home.warehouse) as con:
        days = fetch_rows(con, f"SELECT due_on, due_text FROM {table} ORDER BY row_no")[1]
        sql = "SELECT row_no, message FROM quality WHERE rule = 'deadline_without_base'"
        ((row_no, message),) = fetch_rows(con, sql)[1]
    assert days == [(date(2023, 10, 16), "15日内"), (None, "15日内")]
    assert row_no == 3
    assert message.endswith(f"从{start}起算，而{start}没有填写或读不出，暂无期限；请补填{start}")


def test_what_is_kept_of_a_reading_is_a_day_where_its_own_ledger_says_so() -> None:
    day = date(2023, 10, 1)
    hazard = Submission({"ledger": "hazard"}, Records({"row_no": [2], "found_on": [day]}))
    other = Submission({"ledger": "permit"}, Records({"row_no": [2], "found_on": ["上旬"]}))
    assert unpack(pack([hazard, other])) == [hazard, other]


@given(st.lists(st.sampled_from([1, 1.0, True, 0, False, "1", "甲", "", date(2023, 10, 1), None])))
def test_what_is_known_by_sight_is_what_it_was(cells: list[Any]) -> None:
    known = _known_by_sight(list(cells))
    assert [(type(each), each) for each in known] == [(type(each), each) for each in cells]


def test_who_leads_a_task_answers_for_it_where_nobody_else_may_be_named(
    home: Settings, write_sheet: Callable[..., Path], report_of: Callable[[], Report]
) -> None:
    header = ["会议名称", "议定事项", "会议日期", "责任单位", "分管领导"]
    row = ["例会", "办一件事", "2023-10-01", "甲局", "魏某"]
    write_sheet("2023-10-15/一.xlsx", [header, row])
    write_sheet(
        "2023-10-16/二.xlsx",
        [[*header, "责任人"], ["例会", "另一件事", "2023-10-01", "甲局", "魏某", ""]],
    )
    report_of()
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT task, leader, person FROM decision ORDER BY submission_id, row_no"
        assert sorted(fetch_rows(con, sql)[1]) == [
            ("办一件事", "魏某", "魏某"),
            ("另一件事", "魏某", None),
        ]


@pytest.mark.parametrize(
    ("status", "text", "done_on"),
    [
        ("done", "已整改（10月12日）", date(2023, 10, 12)),
        ("done", "已完成（2023.10.12，超期完成）", date(2023, 10, 12)),
        ("done", "已完成 2023-10-12", date(2023, 10, 12)),
        ("done", "已按2023.10.31前的要求完成", None),
        ("done", "已完成，投入2.5万元", None),
        ("done", None, None),  # another column says that it is done
        ("done", "已整改", None),
        ("in_progress", "整改中（10月12日）", None),
    ],
)
def test_a_day_in_the_cell_of_a_status_is_that_of_its_completion(
    status: str, text: str | None, done_on: date | None
) -> None:
    said = {"status": [status], "status_text": [text], "done_on": [None]}
    records = Records({"row_no": [2], **said})
    add_done_on(records, Place("s1", "台账"), LEDGERS["hazard"], date(2023, 11, 1))
    assert records.columns["done_on"] == [done_on]
    assert [each.rule for each in records.findings] == ["done_on_inferred"] * bool(done_on)


def test_a_deadline_that_is_a_kind_of_rectification_is_that_kind_where_no_cell_says_it() -> None:
    said = {"due_text": ["立行立改", "10月底前", "长期坚持"], "rect_type": [None, None, "限期整改"]}
    records = Records({"row_no": [2, 3, 4], **said})
    add_rect_type(records, LEDGERS["hazard"])
    assert records.columns["rect_type"] == ["立行立改", None, "限期整改"]
