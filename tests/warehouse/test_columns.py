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
    return row | {name: value for name, value in given.items() if name in row}


def submission(number: str) -> dict[str, Any]:
    return {
        "submission_id": number, "path": f"{number}.xlsx", "is_simulated": number == "S",
        "unit": f"{number} 局", "received_on": day("2023-12-01"), "ledger": "x",
    }  # fmt: skip


def rows_of(relation: str, table: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    files = [submission("S"), submission("T")] if table != "submission" else []
    return relation_over(relation, {table: [row]} | ({"submission": files} if files else {}), AS_OF)


@pytest.mark.parametrize("relation", sorted(SHOWN))
def test_every_column_is_the_ledgers_own_and_the_place_is_its_files(relation: str) -> None:
    table, others = SHOWN[relation]
    row = distinct_row(table)
    (shown,) = rows_of(relation, table, row)
    own = row if table == "submission" else row | {"path": "S.xlsx", "is_simulated": True}
    told = set(shown) & set(own) - others
    assert {name: shown[name] for name in told} == {name: own[name] for name in told}
    assert len(told) > 5


@pytest.mark.parametrize("relation", sorted(SHOWN))
def test_a_row_of_a_file_that_is_not_there_is_shown_without_a_place(relation: str) -> None:
    table, _ = SHOWN[relation]
    shown = rows_of(relation, table, distinct_row(table) | {"submission_id": "gone"})
    if relation == "findings":  # what a file said of itself is nothing without it
        assert shown == []
    elif table != "submission":
        assert [row.get("path") for row in shown] == [None]
