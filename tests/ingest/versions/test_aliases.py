"""An id once published is the item's for good; its other names lead to it, each from its day on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.doubts.confirmations import Confirmation, Confirmations
from analysis.ingest.findings import Places
from analysis.ingest.pipeline import ingest
from analysis.ingest.versions.aliases import Aliases, Meaning
from analysis.ingest.versions.history import Chain, chain
from analysis.ingest.versions.identity.naming import Alias
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.client import Scope, Warehouse
from analysis.warehouse.engine import fetch_rows, open_warehouse

HAZARD = LEDGERS["hazard"]
Write = Callable[..., Path]
Versions = list[tuple[str, str, int, int | None]]


def day(number: int) -> date:
    return date(2023, 10, number)


def chained(*rows: dict[str, Any], answers: Confirmations | None = None, **more: Any) -> Chain:
    """Rows of 甲局, one a submission; ``on`` is the day of October on which it was received."""
    made = []
    for position, row in enumerate(rows):
        received = row.pop("on")
        base = {
            "submission_id": f"s{position}", "sheet": "台账", "row_no": 2, "sender": "甲局",
            "known_from": day(received), "position": position, "site": "宾馆",
            "found_on": date(2023, 9, 1), "unit": "甲局", "status": "in_progress",
        }  # fmt: skip
        made.append(dict.fromkeys(HAZARD.columns) | base | row)
    table = pd.DataFrame(made, dtype=object)
    return chain(table, HAZARD, Places(), confirmations=answers or Confirmations(), **more)


def versions(found: Chain) -> Versions:
    """Item, description, and the days of October from and to which it is known."""
    rows = found.versions.sort_values(["known_from", "item_id"])
    return [
        (r.item_id, r.description, r.known_from.day, r.known_to.day if r.known_to else None)
        for r in rows.itertuples()
    ]


def alike() -> tuple[dict[str, Any], dict[str, Any]]:
    one = {"on": 1, "description": "厨房的灭火器2具过期", "hazard_no": None}
    return one, one | {"on": 15, "description": "厨房的灭火器3具过期"}


def answered(found: Chain, *answers: tuple[int, str | None]) -> Confirmations:
    (doubt,) = found.doubts
    entries = [
        Confirmation(number, doubt.key, answer, "某甲", day(on), "查过")
        for number, (on, answer) in enumerate(answers, start=1)
    ]
    return Confirmations(tuple(entries))


def test_what_may_be_one_is_two_and_a_doubt_that_names_both() -> None:
    found = chained(*alike())
    (old, _, *_), (new, _, *_) = versions(found)
    (doubt,) = found.doubts
    assert old != new
    assert doubt.subject == ("hazard", old, new)
    assert (doubt.one.item_id, doubt.other and doubt.other.item_id) == (old, new)
    assert found.in_doubt == {key: [(day(15), date.max)] for key in (old, new)}


def test_settled_as_one_they_are_one_from_that_day_with_what_was_said_last() -> None:
    open_ = chained(*alike())
    (old, two, *_), (new, three, *_) = versions(open_)
    found = chained(*alike(), answers=answered(open_, (20, "same")))
    assert versions(found) == [(old, two, 1, 20), (new, three, 15, 20), (old, three, 20, None)]
    assert [(a.alias, a.item_id, a.known_from) for a in found.aliases] == [(new, old, day(20))]
    assert found.in_doubt[old] == [(day(15), day(20))]


def test_an_answer_taken_back_makes_two_of_them_again() -> None:
    open_ = chained(*alike())
    (old, two, *_), (new, three, *_) = versions(open_)
    found = chained(*alike(), answers=answered(open_, (20, "same"), (25, None)))
    assert sorted(versions(found)[-2:]) == sorted([(old, two, 25, None), (new, three, 25, None)])


def test_settled_as_two_they_stay_two_and_are_in_doubt_no_more() -> None:
    open_ = chained(*alike())
    found = chained(*alike(), answers=answered(open_, (20, "different")))
    assert versions(found) == versions(open_)
    assert all(spans == [(day(15), day(20))] for spans in found.in_doubt.values())


def test_a_number_that_changed_is_another_name_of_the_item() -> None:
    row = {"description": "灭火器过期", "hazard_no": "1"}
    found = chained(row | {"on": 1}, row | {"on": 15, "hazard_no": "4"})
    assert set(found.versions["item_id"]) == {"H-甲局-1"}
    assert [(a.alias, a.item_id, a.known_from) for a in found.aliases] == [
        ("H-甲局-4", "H-甲局-1", day(15))
    ]


@pytest.mark.slow
@given(st.integers(1, 31), st.lists(st.sampled_from([3, 9, 15, 21, 27]), min_size=1, unique=True))
def test_a_unit_renamed_at_any_moment_changes_no_id(renamed: int, received: list[int]) -> None:
    """乙局 is 甲局 from a day on: the item keeps the id of its first row, whenever that is."""
    rows = [
        {"on": on, "description": "灭火器过期", "hazard_no": "1",
         "sender_then": "乙局" if on < renamed else "甲局"}
        for on in sorted(received)
    ]  # fmt: skip
    found = chained(*rows, renamed={"乙局": day(renamed)})
    first = rows[0].get("sender_then", "")
    assert set(found.versions["item_id"]) == {f"H-{first}-1"}
    expected = [("H-甲局-1", "H-乙局-1")] if first == "乙局" else []
    assert [(a.alias, a.item_id) for a in found.aliases] == expected


def test_an_alias_of_an_alias_counts_from_the_later_day() -> None:
    aliases = Aliases([Alias("c", "b", day(5), ""), Alias("b", "a", day(9), "")])
    assert list(aliases.meanings("c")) == [
        Meaning("c", date.min), Meaning("b", day(5)), Meaning("a", day(9)),
    ]  # fmt: skip


HEAD = [
    "隐患编号",
    "场所名称",
    "隐患描述",
    "责任单位",
    "责任人",
    "整改期限",
    "检查日期",
    "整改状态",
    "完成日期",
]
ACTS = ["事项编号", "验收动作", "验收日期", "验收人", "销号日期", "经办账号", "登记时间"]


@pytest.mark.parametrize("named", ["H-教体局-1", "H-县教育局-1"])
def test_an_acceptance_holds_when_its_unit_is_called_otherwise_later(
    home: Settings, write_sheet: Write, named: str
) -> None:
    row = [
        "1",
        "甲校",
        "灭火器过期",
        "教体局",
        "某乙",
        "2023-12-01",
        "2023-09-01",
        "已整改",
        "2023-09-10",
    ]
    write_sheet("2023-09-15/教体局.xlsx", [["填报单位：教体局"], HEAD, row])
    write_sheet(
        "2023-10-20/验收销号/001_验收销号.xlsx",
        [ACTS, [named, "验收销号", "2023-10-20", "某丙", "2023-10-20", "周", "2023-10-20 10:00"]],
    )
    roster = [
        ["单位名称", "单位类别", "别名", "联络员"],
        ["县教育局", "成员单位", "教体局", "某丁"],
    ]
    write_sheet("2023-11-10/单位名录.xlsx", roster)
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        ids = fetch_rows(con, "SELECT DISTINCT item_id FROM hazard")[1]
        sql = "SELECT alias, item_id, CAST(known_from AS VARCHAR) FROM item_alias"
        aliases = fetch_rows(con, sql)[1]
    assert ids == [("H-教体局-1",)]
    assert aliases == [("H-县教育局-1", "H-教体局-1", "2023-11-10")]
    with Warehouse(home.warehouse) as warehouse:
        later, then = Scope(date(2023, 11, 15)), Scope(date(2023, 11, 5), date(2023, 11, 5))
        assert warehouse.item(named, later)["state"].tolist() == ["closed"]
        assert warehouse.item("H-县教育局-1", later)["item_id"].tolist() == ["H-教体局-1"]
        as_known = "closed" if named == "H-教体局-1" else "accepting"
        assert warehouse.item("H-教体局-1", then)["state"].tolist() == [as_known]
        assert warehouse.aliases("H-教体局-1", later) == ["H-县教育局-1"]
