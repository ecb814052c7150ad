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
from analysis.ingest.pipeline import Report, ingest
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.filling.deadlines import add_rect_type
from analysis.ingest.tables.filling.words.told import add_told
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
    said: dict[str, list[Any]] = {"status": [status], "status_text": [text], "done_on": [None]}
    records = Records({"row_no": [2], **said})
    add_told(records, Place("s1", "台账"), LEDGERS["hazard"], date(2023, 11, 1))
    assert records.columns["done_on"] == [done_on]
    assert [each.rule for each in records.findings] == ["done_on_inferred"] * bool(done_on)


def told(text: str, status: str | None, **cells: Any) -> dict[str, Any]:
    """What a cell of progress adds to its row, received on 1 November 2023."""
    row = {"row_no": 2, "status": status, "status_text": text, **cells}
    records = Records({name: [value] for name, value in row.items()})
    add_told(records, Place("s1", "台账"), LEDGERS["hazard"], date(2023, 11, 1))
    names = ("done_on", "accepted_on", "accepted_by")
    return {name: value for name in names if (value := records.get(name)[0]) is not None}


def test_an_acceptance_told_in_prose_counts_where_no_column_asks_for_it() -> None:
    text = "10月20日清洗完毕；10月22日魏某验收"
    done = {"done_on": date(2023, 10, 20)}
    signed = {"accepted_on": date(2023, 10, 22), "accepted_by": "魏某"}
    assert told(text, "done") == told(text, None) == done | signed
    assert told(text, "done", accepted_by=None) == done  # the unit has left it blank
    assert told(text, "in_progress") == {}
    assert told("10月25日清洗完毕；10月22日魏某验收", "done") == {}  # one of them is a slip


def test_a_signed_row_is_over_and_its_progress_dates_the_work() -> None:
    signed = {"accepted_on": date(2023, 10, 22), "accepted_by": "魏某"}
    text = "10.20安装围网80米"
    assert told(text, None, **signed) == {"done_on": date(2023, 10, 20)} | signed
    assert told(text, None) == {}  # of how many?
    assert told("10.25安装围网80米", None, **signed) == signed  # after its acceptance
    assert told("钢材10.20到场", None, **signed) == signed


@pytest.mark.parametrize(
    ("header", "text", "severity"),
    [
        ("整改进展", "钢材到场", "warning"),
        ("进展情况", "送修", "warning"),
        ("整改情况", "已围挡", "warning"),
        ("整改进展", "A级", "error"),
        ("整改进展", "☐", "error"),
        ("整改状态", "送修", "error"),  # that column asks for a word of a list
    ],
)
def test_a_step_is_prose_where_the_column_asks_what_was_done(
    home: Settings, write_sheet: Callable[..., Path], header: str, text: str, severity: str
) -> None:
    head = ["场所", "隐患内容", "发现日期", "整改期限", "责任人", header]
    row = ["甲客栈", "通道堵塞", "2023-10-01", "2023-10-20", "魏某", text]
    write_sheet("2023-10-15/甲镇隐患台账.xlsx", [["甲镇隐患台账"], head, row])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        quality = "SELECT severity, value FROM quality WHERE field = 'status'"
        assert fetch_rows(con, quality)[1] == [(severity, text)]
        assert fetch_rows(con, "SELECT status, status_text FROM hazard")[1] == [(None, text)]


def test_a_deadline_that_is_a_kind_of_rectification_is_that_kind_where_no_cell_says_it() -> None:
    said = {"due_text": ["立行立改", "10月底前", "长期坚持"], "rect_type": [None, None, "限期整改"]}
    records = Records({"row_no": [2, 3, 4], **said})
    add_rect_type(records, LEDGERS["hazard"])
    assert records.columns["rect_type"] == ["立行立改", None, "限期整改"]
