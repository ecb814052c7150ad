"""What one found and another answers for is one hazard or two: the office is asked. 模拟数据."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.ingest.assembly.eras.withdrawals import Withdrawal, note_withdrawal
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask, settle

Write = Callable[..., Path]
HEADER = [
    "隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "整改期限", "整改状态", "完成日期"
]  # fmt: skip
FAULT = "灭火器过期，压力指针在红区"


def row(
    number: str = "DC-1", site: str = "某宾馆", fault: str = FAULT, found: str = "2023-10-01",
    unit: str = "甲局", due: str = "2023-10-31", status: str = "整改中", done: str = "",
) -> list[str]:  # fmt: skip
    return [number, site, fault, found, unit, due, status, done]


def found(write_sheet: Write, *rows: list[str], day: str = "2023-10-05") -> None:
    """What the office found, and lists as the units'."""
    write_sheet(f"{day}/督查.xlsx", [["督查隐患台账"], ["填报单位：专班办公室"], HEADER, *rows])


def told(write_sheet: Write, *rows: list[str], day: str = "2023-10-25") -> None:
    """What 甲局 tells of its own."""
    write_sheet(f"{day}/甲局/001_台账.xlsx", [["隐患台账"], ["填报单位：甲局"], HEADER, *rows])


def pairs(home: Settings) -> list[tuple[str, str]]:
    """Which records are asked about."""
    ingest(home)
    sql = "SELECT item_id, other_item_id FROM doubt WHERE rule = 'same_or_not' ORDER BY ALL"
    return [(str(one), str(other)) for one, other in ask(home, sql)]


def standing(home: Settings, as_of: str = "2023-11-15") -> list[tuple[str, str]]:
    """Item and state."""
    sql = f"SELECT item_id, state FROM items(DATE '{as_of}') ORDER BY ALL"
    return [(str(item), str(state)) for item, state in ask(home, sql)]


OFFICES, OWN = "H-专班办公室-DC-1", "H-甲局-DC-1"


def test_two_are_counted_and_the_office_is_asked(home: Settings, write_sheet: Write) -> None:
    found(write_sheet, row())
    told(write_sheet, row(status="已完成", done="2023-10-20"))
    assert pairs(home) == [(OFFICES, OWN)]
    assert standing(home) == [(OFFICES, "overdue"), (OWN, "accepting")]
    ((text,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'same_or_not'")
    assert text == (
        "疑似同一条：专班办公室 2023-10-05 报送的“某宾馆 2023-10-01 灭火器过期，压力指针在红区”"
        "（责任单位：甲局），与甲局 2023-10-25 报送的“某宾馆 2023-10-01 灭火器过期，压力指针在红区”"
        "（责任单位：甲局），后一条不同的是“整改状态‘整改中’→‘已整改’，"
        "整改完成日期‘空’→‘2023-10-20’”；是同一条吗"
    )


def test_one_that_the_office_says_is_the_same_is_done_by_what_its_unit_did(
    home: Settings, write_sheet: Write
) -> None:
    found(write_sheet, row())
    told(write_sheet, row(status="已完成", done="2023-10-20"))
    assert pairs(home)
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'same_or_not'")
    settle(home, key, ("same", "2023-11-02"))
    assert standing(home) == [(OFFICES, "accepting")]
    assert standing(home, "2023-11-01") == [(OFFICES, "accepting")]
    known = "SELECT count(*) FROM items(DATE '2023-11-01', known_on := DATE '2023-11-01')"
    assert ask(home, known) == [(2,)]


def test_a_later_deadline_of_the_unit_is_asked_about_once_the_two_are_one(
    home: Settings, write_sheet: Write
) -> None:
    found(write_sheet, row())
    told(write_sheet, row(due="2023-12-31"))
    assert pairs(home)
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'same_or_not'")
    settle(home, key, ("same", "2023-11-02"))
    assert standing(home) == [(OFFICES, "overdue")]


@pytest.mark.parametrize(
    "own",
    [
        row(fault="疏散通道堆放杂物"),
        row(number="7", site="某网吧"),
        row(number="7", found="2023-10-02", fault="安全出口锁闭"),
    ],
    ids=["other words under the number", "another site", "another fault of another day"],
)
def test_what_is_another_thing_is_not_asked_about(
    home: Settings, write_sheet: Write, own: list[str]
) -> None:
    found(write_sheet, row())
    told(write_sheet, own)
    assert pairs(home) == []


def test_another_number_with_the_same_words_of_the_day_is_asked_about(
    home: Settings, write_sheet: Write
) -> None:
    found(write_sheet, row())
    told(write_sheet, row(number="甲-7"))
    assert pairs(home) == [(OFFICES, "H-甲局-甲-7")]


def test_each_of_two_alike_is_asked_about_with_one(home: Settings, write_sheet: Write) -> None:
    found(write_sheet, row(), row(number="DC-2", fault="应急照明不亮"))
    told(write_sheet, row(number="DC-2", fault="应急照明不亮"), row())
    assert pairs(home) == [(OFFICES, OWN), ("H-专班办公室-DC-2", "H-甲局-DC-2")]


def test_what_the_unit_told_first_is_asked_about_too(home: Settings, write_sheet: Write) -> None:
    told(write_sheet, row(), day="2023-10-02")
    found(write_sheet, row())
    assert pairs(home) == [(OWN, OFFICES)]


def test_one_found_for_another_unit_is_not_asked_about(home: Settings, write_sheet: Write) -> None:
    found(write_sheet, row(unit="乙局"))
    told(write_sheet, row())
    assert pairs(home) == []


@pytest.mark.parametrize("taken_back", ["2023-10-05", "2023-10-06", "2023-10-09"])
@pytest.mark.parametrize("answered", ["2023-10-05", "2023-10-07"])
@pytest.mark.parametrize("told_on", ["2023-10-03", "2023-10-05"])
def test_two_that_came_on_one_day_are_one_however_soon_the_office_says_so(
    home: Settings, write_sheet: Write, told_on: str, answered: str, taken_back: str
) -> None:
    """Whatever else is taken back before or after: one item, asked about once."""
    unit = "2023-10-04/乙局/001_台账.xlsx"
    write_sheet(unit, [["隐患台账"], ["填报单位：乙局"], HEADER, row(number="9", unit="乙局")])
    found(write_sheet, row())
    told(write_sheet, row(), day=told_on)
    gone = Withdrawal(unit, date.fromisoformat(taken_back), "某乙", "报错了")
    note_withdrawal(home.raw, gone)
    ((first, second),) = pairs(home)
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'same_or_not'")
    settle(home, key, ("same", answered))
    assert standing(home) == [(first, "overdue")]
    assert {first, second} == {OFFICES, OWN}
    assert ask(home, "SELECT DISTINCT doubt_key FROM doubt WHERE rule = 'same_or_not'") == [(key,)]
