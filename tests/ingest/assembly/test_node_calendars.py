"""Until when working nodes run, as it was known from day to day: tiny tables, 模拟数据."""

from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.assembly.node_calendars import node_calendars
from analysis.ledgers import LEDGERS
from tests.tables import day

PLAN = {"plan": "甲〔2023〕1号", "first_node_on": day("10-15"), "node_days": 15}


def calendars(**ledgers: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Plan, first node, last deadline and span of each row, None where a cell is blank."""
    measures, hazards, decisions = (
        pd.DataFrame(ledgers.get(name, []), columns=LEDGERS[name].columns, dtype=object)
        for name in ("measure", "hazard", "decision")
    )
    table = node_calendars(measures, hazards, decisions)
    told = table[["plan", "first_node_on", "last_due_on", "known_from", "known_to"]]
    return [tuple(_short(cell) for cell in row) for row in told.itertuples(index=False)]


def _short(cell: Any) -> Any:
    return f"{cell:%m-%d}" if isinstance(cell, date) else None if pd.isna(cell) else cell


def test_a_later_deadline_lengthens_the_calendar_from_the_day_on_which_it_was_received() -> None:
    measures = [PLAN | {"known_from": day("09-30"), "due_on": day("11-20")}]
    hazards = [{"known_from": day("10-20"), "due_on": day("12-01")}]
    assert calendars(measure=measures, hazard=hazards) == [
        ("甲〔2023〕1号", "10-15", "11-20", "09-30", "10-20"),
        ("甲〔2023〕1号", "10-15", "12-01", "10-20", None),
    ]


def test_what_changes_nothing_makes_no_new_row() -> None:
    first = PLAN | {"known_from": day("09-30"), "due_on": day("11-20")}
    measures = [first | {"known_to": day("10-31")}, first | {"known_from": day("10-31")}]
    hazards = [{"known_from": day("10-20"), "due_on": day("11-01")}]
    assert calendars(measure=measures, hazard=hazards) == [
        ("甲〔2023〕1号", "10-15", "11-20", "09-30", None)
    ]


def test_a_deadline_counts_as_long_as_it_is_known_and_the_item_is_not_withdrawn() -> None:
    measures = [PLAN | {"known_from": day("09-30")}]
    hazard = {"known_from": day("10-05"), "due_on": day("12-01")}
    hazards = [
        hazard | {"known_to": day("11-05")},
        hazard | {"known_from": day("11-05"), "status": "void"},
    ]
    assert [row[2:] for row in calendars(measure=measures, hazard=hazards)] == [
        (None, "09-30", "10-05"),
        ("12-01", "10-05", "11-05"),
        (None, "11-05", None),
    ]


def test_the_extension_in_force_counts_and_each_region_has_its_own() -> None:
    measures = [
        PLAN | {"known_from": day("09-30"), "region": "甲县", "due_on": day("11-20"),
                "extended_due_on": day("12-20")},
        PLAN | {"known_from": day("09-30"), "region": "乙县", "plan": None},
    ]  # fmt: skip
    decisions = [{"known_from": day("09-30"), "region": "乙县", "due_on": day("11-10")}]
    assert calendars(measure=measures, decision=decisions) == [
        ("甲〔2023〕1号", "10-15", "12-20", "09-30", None),
        (None, "10-15", "11-10", "09-30", None),
    ]


def test_a_plan_without_nodes_has_no_calendar() -> None:
    assert calendars(measure=[{"known_from": day("09-30"), "due_on": day("11-20")}]) == []
    assert calendars(hazard=[{"known_from": day("09-30"), "due_on": day("11-20")}]) == []
    without_days = PLAN | {"known_from": day("09-30"), "node_days": None}
    assert calendars(measure=[without_days]) == []
