"""Two places that disagree about the same thing are told, with both places."""

from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Finding, Places
from analysis.ingest.rules import across_ledgers
from analysis.ledgers import LEDGERS


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
    ("now", "before", "printed", "is_right"),
    [
        (24, 18, 33.33, True), (24, 18, 33.3, False), (24, None, 33.33, True),
        (31, None, 34.78, True), (9, None, 200, True), (9, None, 201, False),
        (5, 0, 100, False), (0, None, -100, True), (18, 24, -25, True),
        (37, 45, -17.78, True), (37, 45, -17.77, True), (37, 45, -17.76, False),
        (24, 18, 33.34, False),
    ],
)  # fmt: skip
def test_a_printed_percentage_follows_from_whole_cases(
    now: int, before: int | None, printed: float, is_right: bool
) -> None:
    row = {"accidents": now, "accidents_prev": before, "accidents_yoy_printed": printed}
    assert (crosscheck(tables(accident_stat=[row])) == []) == is_right


def test_a_percentage_that_fits_a_base_one_off_is_named_as_such() -> None:
    row = {"accidents": 24, "accidents_prev": 18, "accidents_yoy_printed": 41.18}
    (found,) = crosscheck(tables(accident_stat=[row]))
    assert "与上年同期 17 相符，而填报的上年同期是 18，差一起" in found.message


def test_a_part_is_not_larger_than_its_whole() -> None:
    found = crosscheck(tables(inspection=[{"hazards_found": 1, "major_hazards_found": 2}]))
    assert [told.rule for told in found] == ["R32"]


def test_one_hazard_in_the_ledgers_of_two_units_is_told_and_both_count() -> None:
    hazard = {"site": "宾馆", "found_on": pd.Timestamp("2023-10-01"), "description": "灭火器过期"}
    found = crosscheck(
        tables(hazard=[{"item_id": "H-甲-1"} | hazard, {"item_id": "H-乙-1"} | hazard])
    )
    assert [told.rule for told in found] == ["R31"]
    assert "H-乙-1" in found[0].message
