"""What belongs together is made anew together; what a new file does not touch stays as it was."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from analysis.ingest.assembly import assemble
from analysis.ingest.assembly.groups.kept import pack_outcome, unpack_outcome
from analysis.ingest.assembly.groups.outcome import Outcome
from analysis.ingest.assembly.groups.senders import Group
from analysis.ingest.cache import BODY
from analysis.ingest.pipeline import ingest
from analysis.ingest.readings import shelf_of
from analysis.ingest.units.spelling import Spelled
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, fetch_rows, open_warehouse

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "整改状态"]


def sheet(sender: str, *rows: Iterable[str]) -> list[list[str]]:
    return [[f"{sender}隐患台账"], [f"填报单位：{sender}"], HEADER, *map(list, rows)]


def hazard(number: str, site: str, unit: str, text: str = "灭火器过期") -> list[str]:
    return [number, site, text, "2023-10-01", unit, "整改中"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The senders of each group of hazards that is made anew, in the order of the runs."""
    seen: list[set[str]] = []
    whole = assemble._Assembly._anew

    def note(self: assemble._Assembly, group: Group) -> Outcome:
        if group.ledger.name == "hazard":
            seen.append(set(group.senders))
        return whole(self, group)

    monkeypatch.setattr(assemble._Assembly, "_anew", note)
    return seen


def tables(home: Settings) -> dict[str, pd.DataFrame]:
    with open_warehouse(home.warehouse) as con:
        return {name: fetch(con, f"FROM {name} ORDER BY ALL") for name in LEDGERS}


def assert_as_from_scratch(home: Settings) -> None:
    grown = tables(home)
    shelf_of(home).forget()
    ingest(home)
    for name, table in tables(home).items():
        pd.testing.assert_frame_equal(grown[name], table, obj=name)


def test_a_units_file_leaves_the_others_as_they_were(
    home: Settings, write_sheet: Write, made: list[set[str]]
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "宾馆", "甲局")))
    write_sheet("2023-10-16/乙局.xlsx", sheet("乙局", hazard("1", "影城", "乙局")))
    ingest(home)
    assert sorted(made, key=sorted) == [{"乙局"}, {"甲局"}]
    write_sheet("2023-11-01/甲局.xlsx", sheet("甲局", hazard("2", "书店", "甲局")))
    ingest(home)
    assert made[2:] == [{"甲局"}]
    ingest(home)
    assert len(made) == 3
    assert_as_from_scratch(home)


def test_what_two_units_both_go_on_having_leaves_each_its_own(
    home: Settings, write_sheet: Write, made: list[set[str]]
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "宾馆", "甲局")))
    ingest(home)
    write_sheet("2023-10-31/乙局.xlsx", sheet("乙局", hazard("2", "宾馆", "乙局")))
    ingest(home)
    both = sheet("甲局", hazard("1", "宾馆", "甲局"), hazard("3", "书店", "甲局"))
    write_sheet("2023-11-01/甲局.xlsx", both)
    ingest(home)
    assert made[1:] == [{"乙局"}, {"甲局"}]
    assert_as_from_scratch(home)


@pytest.mark.parametrize("left", [("3", "书店"), ("2", "宾馆")], ids=["gone", "another number"])
def test_a_unit_that_no_longer_has_it_belongs_to_whoever_has_one_of_that_site_and_day(
    home: Settings, write_sheet: Write, made: list[set[str]], left: tuple[str, str]
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "宾馆", "甲局")))
    write_sheet("2023-10-16/乙局.xlsx", sheet("乙局", hazard("1", "宾馆", "乙局")))
    ingest(home)
    assert sorted(made, key=sorted) == [{"乙局"}, {"甲局"}]
    write_sheet("2023-11-01/甲局.xlsx", sheet("甲局", hazard(*left, "甲局")))
    ingest(home)
    assert made[2:] == [{"甲局", "乙局"}]
    assert_as_from_scratch(home)


def test_of_two_that_say_the_same_one_may_go(
    home: Settings, write_sheet: Write, made: list[set[str]]
) -> None:
    twice = [hazard("", "宾馆", "甲局"), hazard("", "宾馆", "甲局")]
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", *twice))
    write_sheet("2023-10-16/乙局.xlsx", sheet("乙局", hazard("1", "宾馆", "乙局")))
    ingest(home)
    write_sheet("2023-11-01/甲局.xlsx", sheet("甲局", hazard("", "宾馆", "甲局")))
    ingest(home)
    assert made[-1] == {"甲局", "乙局"}
    assert_as_from_scratch(home)


def test_who_speaks_of_a_handover_belongs_to_all_who_have_something_of_that_day(
    home: Settings, write_sheet: Write, made: list[set[str]]
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "大华宾馆", "甲局")))
    write_sheet("2023-10-16/丙局.xlsx", sheet("丙局", hazard("1", "影城", "丙局", "护栏松动")))
    ingest(home)
    said = hazard("7", "大华国际宾馆", "乙局", "灭火器过期（甲局移交）")
    write_sheet("2023-11-01/乙局.xlsx", sheet("乙局", said))
    ingest(home)
    assert made[2:] == [{"甲局", "乙局", "丙局"}]
    assert_as_from_scratch(home)


def test_a_roster_that_makes_two_names_one_joins_their_senders(
    home: Settings, write_sheet: Write, made: list[set[str]]
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "宾馆", "甲局")))
    write_sheet("2023-10-16/老甲局.xlsx", sheet("老甲局", hazard("1", "影城", "老甲局")))
    ingest(home)
    assert sorted(made, key=sorted) == [{"甲局"}, {"老甲局"}]
    roster = [["单位名录"], ["单位名称", "别名", "联络员"], ["甲局", "老甲局", "某甲"]]
    write_sheet("2023-11-01/名录.xlsx", roster)
    ingest(home)
    assert made[2:] == [{"甲局", "老甲局"}]
    with open_warehouse(home.warehouse) as con:
        _, rows = fetch_rows(con, "SELECT DISTINCT unit FROM items(DATE '2023-11-02', NULL)")
    assert rows == [("甲局",)]
    assert_as_from_scratch(home)


def test_rows_that_are_no_longer_on_the_shelf_are_read_again(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-16/甲局.xlsx", sheet("甲局", hazard("1", "宾馆", "甲局")))
    ingest(home)
    with closing(sqlite3.connect(shelf_of(home).path)) as con, con:
        # As a bad block of the disk leaves it.
        con.execute(f"UPDATE {BODY} SET body = CAST(replace(body, '宾馆', '书店') AS BLOB)")
    write_sheet("2023-11-01/甲局.xlsx", sheet("甲局", hazard("2", "书店", "甲局")))
    assert ingest(home).rows_loaded == 2
    assert_as_from_scratch(home)


def test_an_outcome_comes_back_from_the_shelf_as_it_was() -> None:
    unit = Spelled("县教育局", "教育局")
    outcome = Outcome({"unit": [unit, None], "row_no": [2, 3]}, {"row_no": [4]}, {"a": 1})
    back = unpack_outcome(pack_outcome(outcome))
    assert back == outcome
    assert [getattr(each, "written", None) for each in back.versions["unit"]] == ["教育局", None]
