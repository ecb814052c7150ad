"""Two places that disagree about the same thing are told, with both places."""

from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Finding, Places
from analysis.ingest.rules import across_ledgers
from analysis.ledgers import LEDGERS
from tests.tables import day


def tables(**rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    made = {}
    for ledger in LEDGERS.values():
        given = [
            {"submission_id": f"s{n}", "sheet": "台账", "row_no": n + 4} | row
            for n, row in enumerate(rows.get(ledger.name, []))
        ]
        frame = pd.DataFrame(given, columns=ledger.columns, dtype=object)
        made[ledger.name] = frame.where(frame.notna(), None)
    return made


def crosscheck(made: dict[str, pd.DataFrame]) -> list[Finding]:
    return across_ledgers.crosscheck(made, Places())


def test_an_inspection_that_counts_three_hazards_while_the_ledger_holds_two() -> None:
    found = crosscheck(
        tables(
            inspection=[{"inspection_no": "J1", "hazards_found": 3}],
            hazard=[{"inspection_no": "J1"}, {"inspection_no": "J1"}, {"inspection_no": "J2"}],
        )
    )
    (told,) = found
    assert (told.rule, told.row_no, told.value) == ("R18", 4, "3")
    assert "有 2 条（工作表“台账”第 4、5 行）" in told.message


@pytest.mark.parametrize(
    ("ledger", "part", "whole"),
    [
        ("inspection", "major_hazards_found", "hazards_found"),
        ("half_month", "major_found", "hazards_found"),
        ("half_month", "sites_inspected", "visits"),
    ],
)
def test_a_part_is_not_larger_than_its_whole(ledger: str, part: str, whole: str) -> None:
    for count, fault in ((1, []), (2, []), (3, [("R32", part, "error")])):
        found = crosscheck(tables(**{ledger: [{part: count, whole: 2}]}))
        assert [(each.rule, each.field, each.severity) for each in found] == fault, count


def test_a_part_without_a_whole_is_no_fault() -> None:
    assert crosscheck(tables(inspection=[{"major_hazards_found": 2}])) == []
    assert crosscheck(tables(inspection=[{"hazards_found": 2}])) == []


def test_one_hazard_in_the_ledgers_of_two_units_is_told_and_both_count() -> None:
    hazard = {"site": "宾馆", "found_on": pd.Timestamp("2023-10-01"), "description": "灭火器过期"}
    came = {"H-甲-1": "10-09", "H-丙-1": "10-08", "H-乙-1": "10-09"}
    rows = [{"item_id": item, "known_from": day(came[item])} | hazard for item in came]
    found = crosscheck(tables(hazard=rows))
    assert [(told.rule, told.severity) for told in found] == [("R31", "warning")] * 2
    assert all("与 H-丙-1" in told.message for told in found)  # which came first
    again = {"known_from": day("10-20"), "first_known_on": day("10-01")}
    (told, _) = crosscheck(tables(hazard=[rows[0] | again, *rows[1:]]))
    assert "与 H-甲-1" in told.message


@pytest.mark.parametrize(
    ("change", "is_twin"),
    [
        ({}, True),
        ({"item_id": "H-甲-1"}, False),
        ({"submission_id": "s0"}, False),
        ({"status": "void"}, False),
        ({"status": "closed"}, True),
        ({"site": "影院"}, False),
        ({"found_on": pd.Timestamp("2023-10-02")}, False),
        ({"description": None}, False),
    ],
)
def test_twins_are_two_items_of_two_submissions_that_stand(
    change: dict[str, Any], is_twin: bool
) -> None:
    hazard = {"site": "宾馆", "found_on": pd.Timestamp("2023-10-01"), "description": "灭火器过期"}
    rows = [{"item_id": "H-甲-1"} | hazard, {"item_id": "H-乙-1"} | hazard | change]
    other = {"item_id": "H-丙-1", "submission_id": "s9", "site": "书店"}
    assert bool(crosscheck(tables(hazard=[*rows, other]))) == is_twin


def test_an_inspection_that_counts_what_the_ledger_holds_is_no_fault() -> None:
    held = [{"inspection_no": "J1"}, {"inspection_no": "J1"}]
    for count, faults in ((1, ["R18"]), (2, []), (3, ["R18"])):
        visit = [{"inspection_no": "J1", "hazards_found": count}]
        found = crosscheck(tables(inspection=visit, hazard=held))
        assert [each.rule for each in found] == faults, count
    unnumbered = [{"description": "灭火器过期"}]
    assert crosscheck(tables(inspection=visit, hazard=unnumbered)) == []
