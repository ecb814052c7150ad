"""Two files of one day that contradict each other are a doubt, whatever they are called."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.received import take_in
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.share import Share, make_share

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
TITLE = ["填报单位：甲局"]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "整改状态", "完成日期"]
ROW = ["1", "宾馆", "灭火器过期", "2023-10-01", "2023-10-31"]
DONE, OPEN = [*ROW, "已完成", "2023-10-14"], [*ROW, "整改中", ""]
D15, D20, D25 = date(2023, 10, 15), date(2023, 10, 20), date(2023, 10, 25)
VERSIONS = (
    "SELECT status, known_from, known_to FROM hazard "
    "WHERE known_from IS DISTINCT FROM known_to ORDER BY known_from"
)
DOUBTS = "SELECT doubt_key, item_id, text, other_text, default_answer, answer FROM doubt"


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def send(write_sheet: Write, name: str, row: list[str], unit: str = "甲局") -> Path:
    return write_sheet(name, [[f"填报单位：{unit}"], HEADER, row], merge=["A1:G1"])


def settle(home: Settings, *entries: tuple[str, date]) -> None:
    ((key, *_),) = ask(home, DOUBTS)
    lines = [
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "{answer}"\nby = "某甲"\non = {on}\n'
        'why = "电话问过"\n'
        for answer, on in entries
    ]
    (home.raw / "confirmations.toml").write_text("\n".join(lines), encoding="utf-8")
    ingest(home)


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_less_finished_one_counts_until_it_is_settled(
    home: Settings, write_sheet: Write, names: tuple[str, str]
) -> None:
    send(write_sheet, f"2023-10-15/{names[0]}.xlsx", DONE)
    send(write_sheet, f"2023-10-15/{names[1]}.xlsx", OPEN)
    ingest(home)
    assert ask(home, VERSIONS) == [("in_progress", D15, None)]
    ((_, item, text, other, default, answer),) = ask(home, DOUBTS)
    assert (item, default, answer) == ("H-甲局-1", "one", None)
    assert text == "整改状态 整改中"
    assert other == "整改状态 已整改"
    ((rule, cell),) = ask(home, "SELECT rule, cell FROM quality WHERE severity = 'doubt'")
    assert (rule, cell) == ("same_day", "F3")
    assert ask(home, "SELECT * FROM quality WHERE rule = 'reopened'") == []


def test_the_same_files_under_other_names_ask_the_same_question(
    home: Settings, write_sheet: Write
) -> None:
    keys = []
    for first, second in (("a", "b"), ("b", "a")):
        shutil.rmtree(home.raw)
        send(write_sheet, f"2023-10-15/{first}.xlsx", DONE)
        send(write_sheet, f"2023-10-15/{second}.xlsx", OPEN)
        ingest(home)
        keys.append(ask(home, "SELECT doubt_key, question, text FROM doubt"))
    assert keys[0] == keys[1]


def test_an_answer_holds_from_its_day_on_and_is_not_asked_again(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-15/a.xlsx", DONE)
    send(write_sheet, "2023-10-15/b.xlsx", OPEN)
    ingest(home)
    settle(home, ("other", D20))
    assert ask(home, VERSIONS) == [("in_progress", D15, D20), ("done", D20, None)]
    assert ask(home, "SELECT * FROM quality WHERE severity = 'doubt'") == []
    counts = "SELECT sum(rows_read) = sum(rows_loaded + rows_ignored) FROM submission"
    assert ask(home, counts) == [(True,)]


def test_an_answer_that_is_taken_back_leaves_the_days_between(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-15/a.xlsx", DONE)
    send(write_sheet, "2023-10-15/b.xlsx", OPEN)
    ingest(home)
    settle(home, ("other", D20), ("撤回", D25))
    assert ask(home, VERSIONS) == [
        ("in_progress", D15, D20),
        ("done", D20, D25),
        ("in_progress", D25, None),
    ]
    assert len(ask(home, "SELECT * FROM quality WHERE severity = 'doubt'")) == 1


def test_an_answer_changes_nothing_that_a_later_ledger_has_replaced(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-15/a.xlsx", DONE)
    send(write_sheet, "2023-10-15/b.xlsx", OPEN)
    send(write_sheet, "2023-10-18/c.xlsx", [*OPEN[:5], "未整改", ""])
    ingest(home)
    settle(home, ("other", D20))
    assert [status for status, *_ in ask(home, VERSIONS)] == ["in_progress", "not_started"]


@pytest.mark.parametrize(("first", "last"), [(DONE, "in_progress"), (OPEN, "done")])
def test_files_taken_in_one_after_the_other_are_in_that_order(
    home: Settings, write_sheet: Write, tmp_path: Path, first: list[str], last: str
) -> None:
    second = OPEN if first is DONE else DONE
    for name, row, hour in (("b", first, 9), ("a", second, 10)):
        sent = send(write_sheet, f"../{name}.xlsx", row)
        take_in([sent], home.raw, D15, datetime(2023, 10, 15, hour))
    ingest(home)
    assert [status for status, *_ in ask(home, VERSIONS)] == [last]
    assert ask(home, DOUBTS) == []


def test_files_taken_in_together_are_in_no_order(home: Settings, write_sheet: Write) -> None:
    sent = [send(write_sheet, f"../{n}.xlsx", row) for n, row in (("b", DONE), ("a", OPEN))]
    ingest(home, sent, D15)
    assert len(ask(home, DOUBTS)) == 1
    assert sorted(ask(home, "SELECT received_no FROM submission")) == [(1,), (2,)]


def test_what_one_file_leaves_open_the_other_does_not_contradict(
    home: Settings, write_sheet: Write
) -> None:
    send(write_sheet, "2023-10-15/a.xlsx", OPEN)
    send(write_sheet, "2023-10-15/b.xlsx", [*ROW, "", ""])
    ingest(home)
    assert ask(home, DOUBTS) == []


def test_an_account_sees_a_doubt_only_with_both_its_sides(
    home: Settings, write_sheet: Write, tmp_path: Path
) -> None:
    send(write_sheet, "2023-10-15/a.xlsx", DONE)
    send(write_sheet, "2023-10-15/b.xlsx", OPEN)
    send(write_sheet, "2023-10-15/c.xlsx", OPEN, "乙局")
    ingest(home)
    settle(home, ("other", D20), ("撤回", D25))
    for unit, seen in (("甲局", (1, 1, 2)), ("乙局", (0, 0, 0))):
        part = tmp_path / f"{unit}.duckdb"
        make_share(home.warehouse, Share(unit=unit), part)
        with open_warehouse(part) as con:
            counts = fetch_rows(
                con,
                "SELECT (SELECT count(*) FROM doubt), "
                "(SELECT count(*) FROM quality WHERE severity = 'doubt'), "
                "(SELECT count(*) FROM confirmation)",
            )[1]
        assert counts == [seen]
