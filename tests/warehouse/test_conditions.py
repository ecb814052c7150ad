"""Which versions count on ``known_on``: one condition, written once for every relation."""

from pathlib import Path
from typing import Any

import pytest

from analysis.ledgers import LEDGERS
from analysis.warehouse.sql_files import CONDITIONS, expanded, metrics, relations
from tests.conftest import ROOT
from tests.tables import day, relation_over

#: A site that was sent on the 10th, sent again on the 20th, and struck off on the 30th.
SITE: list[dict[str, Any]] = [
    {"site": "宾馆", "risk_level": "一般", "known_from": day("10-10"), "known_to": day("10-20")},
    {"site": "宾馆", "risk_level": "较大", "known_from": day("10-20"), "known_to": day("10-30")},
]


@pytest.mark.parametrize(
    ("known_on", "levels"),
    [
        ("10-09", []),
        ("10-10", ["一般"]),  # the day of receipt counts
        ("10-19", ["一般"]),
        ("10-20", ["较大"]),  # and so does that of the next version, alone
        ("10-29", ["较大"]),
        ("10-30", []),
        (None, []),  # all received so far: what was struck off at last is not there
    ],
)
def test_the_version_in_force_is_the_last_one_received(
    known_on: str | None, levels: list[str]
) -> None:
    rows = relation_over("sites", {"site": SITE}, "11-15", known_on)
    assert [row["risk_level"] for row in rows] == levels


@pytest.mark.parametrize("known_on", ["10-20", "2199-12-31", None])
def test_a_version_without_an_end_stays_in_force(known_on: str | None) -> None:
    rows = relation_over("sites", {"site": [SITE[1] | {"known_to": None}]}, "11-15", known_on)
    assert [row["risk_level"] for row in rows] == ["较大"]


def test_a_condition_is_written_out_wherever_it_is_named() -> None:
    assert expanded("WHERE was_received(s.received_on)").startswith("WHERE s.received_on <= ")
    for query in (*relations().values(), *metrics().values()):
        assert not [name for name in CONDITIONS if f"{name}(" in query.sql], query.name


def test_every_relation_of_versions_asks_which_are_in_force() -> None:
    versioned = {name for name, each in LEDGERS.items() if "known_to" in each.columns}
    for file in (ROOT / "analysis/warehouse/relations").glob("*.sql"):
        text = file.read_text(encoding="utf-8")
        if any(f"FROM {name}\n" in text for name in versioned):
            assert "in_force(" in text or "was_received(known_from)" in text, file.name


@pytest.mark.parametrize(
    ("relation", "ledger", "row"),
    [
        ("accidents", "accident", {}), ("accident_totals", "accident_stat", {}),
        ("acts", "duty", {}), ("duties", "duty", {}), ("targets", "duty", {}),
        ("inspections", "inspection", {}), ("sites", "site", {}), ("reports", "half_month", {}),
        ("items", "hazard", {"item_id": "H-1"}), ("items", "decision", {"item_id": "D-1"}),
        ("findings", "quality", {"rule": "missing"}),
    ],
)  # fmt: skip
def test_a_row_names_the_file_that_it_came_from(
    relation: str, ledger: str, row: dict[str, Any]
) -> None:
    days = {"known_from": day("10-10"), "period_start": day("10-01"), "period_end": day("10-15")}
    own = {name: value for name, value in days.items() if name in LEDGERS[ledger].columns}
    sent = [
        {"submission_id": "s1", "path": "一.xlsx", "received_on": day("10-10")},
        {"submission_id": "s2", "path": "二.xlsx", "received_on": day("10-10")},
    ]
    rows = relation_over(
        relation, {ledger: [own | row | {"submission_id": "s2"}], "submission": sent}, "11-15"
    )
    assert [each["path"] for each in rows] == ["二.xlsx"]


def test_the_day_that_stands_for_no_day_is_written_once() -> None:
    files = [
        *ROOT.glob("analysis/**/*"),
        *ROOT.glob("dashboards/**/*"),
        *ROOT.glob("benchmarks/**/*"),
    ]
    named = [each for each in files if each.suffix in {".py", ".sql"} and "9999-12-3" in read(each)]
    assert [each.name for each in named] == ["sql_files.py"]
    assert read(named[0]).count("9999-12-3") == 1


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
