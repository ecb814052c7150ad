"""A site that is called shut counts as before until the office has looked: 模拟数据."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask, settle

Write = Callable[..., Path]
HEADER = [
    "隐患编号",
    "场所名称",
    "隐患描述",
    "发现日期",
    "整改期限",
    "隐患等级",
    "责任人",
    "整改状态",
]
DOUBT = "SELECT doubt_key FROM doubt WHERE rule = 'suspended' ORDER BY known_from"


def row(status: str, level: str = "一般") -> list[str]:
    return ["1", "某宾馆", "灭火器过期", "2023-10-01", "2023-10-31", level, "某甲", status]


def send(write_sheet: Write, day: str, *rows: Iterable[str]) -> None:
    sheet = [["甲局隐患台账"], ["填报单位：甲局"], HEADER, *map(list, rows)]
    write_sheet(f"{day}/甲局.xlsx", sheet)


def confirm(home: Settings, *entries: tuple[str, str]) -> None:
    (key,), *_ = ask(home, DOUBT)
    settle(home, key, *entries)


def seen(home: Settings, as_of: str, known_on: str | None = None) -> tuple[Any, ...]:
    """State, whether it is confirmed, and on what a closing rests."""
    known = f", known_on := DATE '{known_on}'" if known_on else ""
    sql = f"SELECT state, suspension, closure FROM items(DATE '{as_of}'{known})"
    (found,) = ask(home, sql)
    return found


def shut(home: Settings, write_sheet: Write, level: str = "一般") -> None:
    """Found on 1 October and due on the 31st, reported shut on 6 November and again on the 20th."""
    send(write_sheet, "2023-10-10", row("整改中", level))
    send(write_sheet, "2023-11-06", row("已停业", level))
    send(write_sheet, "2023-11-20", row("已停业", level))
    ingest(home)


def test_a_claim_is_one_question_and_counts_as_before(home: Settings, write_sheet: Write) -> None:
    shut(home, write_sheet)
    assert seen(home, "2023-11-25") == ("suspended", "claimed", None)
    (asked,) = ask(home, "SELECT CAST(known_from AS VARCHAR), known_to, text FROM doubt")
    assert asked == ("2023-11-06", None, "已停业")
    (told,) = ask(home, "SELECT message FROM quality WHERE severity = 'doubt'")
    assert "请在 2023-12-06 以前到现场核实" in told[0]
    overview = "SELECT overdue, suspended, suspended_due, total FROM overview(DATE '2023-11-25')"
    assert ask(home, overview) == [(1, 1, 0, 1)]


def test_what_the_office_confirms_stands_apart_from_the_day_reported_as_known(
    home: Settings, write_sheet: Write
) -> None:
    shut(home, write_sheet)
    confirm(home, ("confirmed", "2023-11-22"))
    assert seen(home, "2023-11-05") == ("overdue", None, None)
    assert seen(home, "2023-11-07") == ("suspended", "confirmed", None)
    assert seen(home, "2023-11-07", "2023-11-07") == ("suspended", "claimed", None)
    assert ask(home, "SELECT * FROM quality WHERE severity = 'doubt'") == []
    overview = "SELECT overdue, suspended, suspended_due, total FROM overview(DATE '2023-11-25')"
    assert ask(home, overview) == [(0, 1, 1, 0)]


def test_an_answer_that_is_taken_back_leaves_a_claim(home: Settings, write_sheet: Write) -> None:
    shut(home, write_sheet)
    confirm(home, ("confirmed", "2023-11-22"), ("撤回", "2023-11-24"), ("denied", "2023-11-26"))
    at = {day: seen(home, day, day)[:2] for day in ("2023-11-23", "2023-11-25", "2023-11-27")}
    assert list(at.values()) == [
        ("suspended", "confirmed"), ("suspended", "claimed"), ("overdue", None),
    ]  # fmt: skip


def test_a_hazard_whose_subject_is_gone_is_struck_off_from_the_day_of_the_answer(
    home: Settings, write_sheet: Write
) -> None:
    shut(home, write_sheet)
    confirm(home, ("gone", "2023-11-22"))
    assert seen(home, "2023-11-21") == ("suspended", "confirmed", None)
    assert seen(home, "2023-11-22") == ("closed", "confirmed", "gone")
    counts = "SELECT closed, gone, due, undated_done FROM overview(DATE '2023-11-25')"
    assert ask(home, counts) == [(1, 1, 0, 1)]


def test_a_major_hazard_whose_subject_is_gone_waits_for_its_record(
    home: Settings, write_sheet: Write
) -> None:
    shut(home, write_sheet, "重大")
    confirm(home, ("gone", "2023-11-22"))
    assert seen(home, "2023-11-25") == ("suspended", "confirmed", None)
    assert ask(home, "SELECT major_open FROM overview(DATE '2023-11-25')") == [(1,)]


def test_the_record_on_a_major_hazard_whose_subject_is_gone_is_no_rectification(
    home: Settings, write_sheet: Write
) -> None:
    shut(home, write_sheet, "重大")
    ((item_id,),) = ask(home, "SELECT DISTINCT item_id FROM hazard")
    head = ["事项编号", "验收动作", "验收日期", "验收人", "销号日期", "经办账号", "登记时间"]
    act = [item_id, "验收销号", "2023-11-24", "某丙", "2023-11-24", "某丁", "2023-11-24 10:00"]
    write_sheet("2023-11-24/验收销号/001_验收销号.xlsx", [head, act])
    confirm(home, ("gone", "2023-11-22"))
    assert seen(home, "2023-11-23") == ("suspended", "confirmed", None)
    assert seen(home, "2023-11-24") == ("closed", "confirmed", "gone")
    counts = "SELECT major_closed, gone, due, undated_done FROM overview(DATE '2023-11-25')"
    assert ask(home, counts) == [(1, 1, 0, 1)]


def test_a_site_that_opens_and_is_shut_again_is_another_question(
    home: Settings, write_sheet: Write
) -> None:
    shut(home, write_sheet)
    confirm(home, ("confirmed", "2023-11-22"))
    send(write_sheet, "2023-12-05", row("整改中"))
    send(write_sheet, "2023-12-20", row("停业"))
    ingest(home)
    spans = "SELECT CAST(known_from AS VARCHAR), CAST(known_to AS VARCHAR) FROM doubt ORDER BY 1"
    assert ask(home, spans) == [("2023-11-06", "2023-12-05"), ("2023-12-20", None)]
    at = {day: seen(home, day, day)[:2] for day in ("2023-12-04", "2023-12-05", "2023-12-20")}
    assert list(at.values()) == [
        ("suspended", "confirmed"), ("overdue", None), ("suspended", "claimed"),
    ]  # fmt: skip
