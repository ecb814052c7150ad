"""Each column of a relation is that column of its ledger, and its place is where the row stands."""

from datetime import date, timedelta
from typing import Any

import pytest

from analysis.ledgers import LEDGERS
from tests.tables import day, relation_over

#: Relations that show a ledger row by row, and the columns that are not the ledger's own.
SHOWN: dict[str, tuple[str, frozenset[str]]] = {
    "accident_totals": ("accident_stat", frozenset()),
    "accidents": ("accident", frozenset()),
    "acts": ("duty", frozenset({"told_on"})),
    "duties": ("duty", frozenset()),
    "findings": ("quality", frozenset({"unit", "received_on", "ledger"})),
    "inspections": ("inspection", frozenset()),
    "reports": ("half_month", frozenset({"submitted_on"})),
    "sites": ("site", frozenset()),
    "submissions": ("submission", frozenset()),
    "units": ("unit", frozenset()),
}
#: Of what records are in their ledgers → what all ledgers of items call it.
RENAMED: dict[str, dict[str, str]] = {
    "measure": {"sub_no": "heading", "sub_measure": "wording"},
    "hazard": {"site": "heading", "description": "wording", "measure": "remedy"},
    "decision": {"task": "wording", "held_on": "found_on", "meeting": "source"},
}
#: What both are called there, whatever the ledger.
OF_ANY = {"due_on": "first_due_on", "done_on": "said_done_on", "closed_on": "said_closed_on"}
AS_OF = "2023-12-31"


def distinct_row(table: str) -> dict[str, Any]:
    """A row of a ledger that counts, with another value in every column."""
    row: dict[str, Any] = {}
    for number, field in enumerate(LEDGERS[table]):
        of_its_own = {
            "DATE": date(2023, 1, 1) + timedelta(days=number), "BOOLEAN": True,
            "DOUBLE": number + 0.5, "BIGINT": number, "INTEGER": number,
        }  # fmt: skip
        row[field.name] = of_its_own.get(field.sql_type, f"文{number}")
    given = {"submission_id": "S", "known_from": day("2023-12-01"), "known_to": None}
    given |= {"withdrawn_on": None} if table == "submission" else {}
    given |= {"is_plan": False, "has_to_report": False}  # beside a yes of ``is_simulated``
    return row | {name: value for name, value in given.items() if name in row}


def submission(number: str) -> dict[str, Any]:
    return {
        "submission_id": number, "path": f"{number}.xlsx", "is_simulated": number == "S",
        "unit": f"{number} 局", "received_on": day("2023-12-01"), "ledger": "x",
    }  # fmt: skip


def rows_of(relation: str, table: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    files = [submission("S"), submission("T")] if table != "submission" else []
    tables = {table: list(rows)} | ({"submission": files} if files else {})
    return relation_over(relation, tables, AS_OF)


@pytest.mark.parametrize("relation", sorted(SHOWN))
def test_every_column_is_the_ledgers_own_and_the_place_is_its_files(relation: str) -> None:
    table, others = SHOWN[relation]
    row = distinct_row(table)
    (shown,) = rows_of(relation, table, row)
    own = row if table == "submission" else row | {"path": "S.xlsx", "is_simulated": True}
    told = set(shown) & set(own) - others
    assert {name: shown[name] for name in told} == {name: own[name] for name in told}
    assert len(told) > 5
    # What is there twice has a number behind its name, and stands where another should.
    assert [name for name in shown if name.endswith("_1")] == []


@pytest.mark.parametrize("relation", sorted(SHOWN))
def test_a_row_of_a_file_that_is_not_there_is_shown_without_a_place(relation: str) -> None:
    table, _ = SHOWN[relation]
    shown = rows_of(relation, table, distinct_row(table) | {"submission_id": "gone"})
    if relation == "findings":  # what a file said of itself is nothing without it
        assert shown == []
    elif table != "submission":
        assert [row.get("path") for row in shown] == [None]


def records(table: str) -> list[dict[str, Any]]:
    """Records with another value in every cell, one for each column in which it alone says yes."""
    row = distinct_row(table)
    flags = [field.name for field in LEDGERS[table] if field.sql_type == "BOOLEAN"]
    return [
        row | {"item_id": f"{n}", "row_no": n} | {name: name == flag for name in flags}
        for n, flag in enumerate(flags)
    ]


def in_turn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["item_id"]))


@pytest.mark.parametrize("table", sorted(RENAMED))
def test_a_version_keeps_every_cell_of_its_row(table: str) -> None:
    rows = records(table)
    names = OF_ANY | RENAMED[table]
    for row, shown in zip(rows, in_turn(rows_of("received", table, *rows)), strict=True):
        own: dict[str, Any] = {"supervised": False, "due_is_provisional": False, "says_done": False}
        own |= row | {names.get(name, name): value for name, value in row.items()}
        own |= {"kind": table, "due_on": row.get("extended_due_on") or row["due_on"]}
        own |= {"says_open": False, "due_is_provisional": False, "measure": None}
        assert shown == {name: own.get(name) for name in shown}


#: What an item is as its last version has it, whatever its state.
AS_SENT = (
    "unit", "person", "township", "site", "site_kind", "category", "rect_type", "level",
    "first_due_on", "returned_on", "rework_due_on", "source", "campaign", "inspection_no", "plan",
    "quantity", "has_named_person", "has_named_unit", "conduct", "conduct_words", "judged_on",
    "filed_on", "supervised_on", "region", "sheet", "row_no", "first_known_on", "known_from",
)  # fmt: skip


@pytest.mark.parametrize("table", sorted(RENAMED))
def test_an_item_keeps_what_its_version_says(table: str) -> None:
    rows = records(table)
    versions = in_turn(rows_of("received", table, *rows))
    for version, shown in zip(versions, in_turn(rows_of("items", table, *rows)), strict=True):
        assert {name: shown[name] for name in AS_SENT} == {name: version[name] for name in AS_SENT}
        assert (shown["path"], shown["is_simulated"]) == ("S.xlsx", True)
