"""A deadline without a year counts from its anchor; where two years fit, a person says which."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.doubts.due_years import unclear_years
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
HAZARD = LEDGERS["hazard"]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "责任人"]
FOUND = date(2023, 12, 5)


def asked(text: str, due_on: date, found_on: date | None, told_on: date = FOUND) -> list[set[date]]:
    """The days between which a doubt asks."""
    row = dict.fromkeys(HAZARD.columns) | {
        "due_text": text, "due_on": due_on, "found_on": found_on, "name": "H-甲局-1",
        "submission_id": "s", "sheet": "表", "row_no": 2, "known_from": date(2023, 12, 10),
    }  # fmt: skip
    versions = pd.DataFrame([row], dtype=object)
    return [set(each.days.values()) for each in unclear_years(versions, HAZARD, {"s": told_on})]


@pytest.mark.parametrize(
    ("text", "found_on", "due_on", "days"),
    [
        # Five days before it was found, or 361 after.
        ("11月30日", FOUND, "2023-11-30", {"2023-11-30", "2024-11-30"}),
        # Two months before, or 301 days after: who names a month plans ahead, but it is asked.
        ("10月底前", date(2024, 1, 4), "2024-10-31", {"2023-10-31", "2024-10-31"}),
        ("9月30日", FOUND, "2024-09-30", set()),  # 300 days after
        ("12月5日", FOUND, "2023-12-05", set()),  # the day itself
        ("1月20日", FOUND, "2024-01-20", set()),
        ("2023年11月30日", FOUND, "2023-11-30", set()),  # the year is said
        ("年底前", date(2024, 1, 4), "2024-12-31", set()),  # of this year, for sure
        ("11月30日", None, "2023-11-30", {"2023-11-30", "2024-11-30"}),  # by the title's day
    ],
)
def test_a_doubt_shows_both_years_and_only_where_two_fit(
    text: str, found_on: date | None, due_on: str, days: set[str]
) -> None:
    due = date.fromisoformat(due_on)
    assert parse_clause(text, found_on or FOUND).due_on == due
    found = asked(text, due, found_on)
    assert found == ([{date.fromisoformat(day) for day in days}] if days else [])


@pytest.mark.slow
@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)), st.integers(0, 300))
def test_any_day_within_300_days_of_its_anchor_is_that_day_and_no_doubt(
    anchor: date, later: int
) -> None:
    due_on = anchor + timedelta(later)
    clause = parse_clause(f"{due_on.month}月{due_on.day}日前", anchor)
    assert (clause.due_on, clause.is_doubtful) == (due_on, False)
    assert asked(f"{due_on.month}月{due_on.day}日前", due_on, anchor) == []


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def send(write_sheet: Write, day: str, *row: str, title: str = "填报单位：甲局") -> None:
    write_sheet(f"{day}/a.xlsx", [[title], HEADER, [*row]], merge=["A1:F1"])


DUE = "SELECT due_on, known_from, known_to FROM hazard ORDER BY known_from"


@pytest.mark.slow
def test_what_a_person_says_holds_from_his_day_on(home: Settings, write_sheet: Write) -> None:
    send(write_sheet, "2023-12-10", "1", "宾馆", "灭火器过期", "2023-12-05", "11月30日")
    ingest(home)
    assert ask(home, DUE) == [(date(2023, 11, 30), date(2023, 12, 10), None)]
    ((key, answers),) = ask(home, "SELECT doubt_key, answers FROM doubt WHERE rule = 'due_year'")
    assert "2023-11-30" in answers
    assert "2024-11-30" in answers
    (home.raw / "confirmations.toml").write_text(
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "2024"\nby = "某甲"\non = 2023-12-12\n'
        'why = "电话问过"\n',
        encoding="utf-8",
    )
    ingest(home)
    assert ask(home, DUE) == [
        (date(2023, 11, 30), date(2023, 12, 10), date(2023, 12, 12)),
        (date(2024, 11, 30), date(2023, 12, 12), None),
    ]
    assert ask(home, "SELECT * FROM quality WHERE severity = 'doubt'") == []


@pytest.mark.slow
def test_the_same_words_sent_again_ask_nothing_more(home: Settings, write_sheet: Write) -> None:
    for day, person in (("2023-12-10", "某甲"), ("2023-12-25", "某乙")):
        send(write_sheet, day, "1", "宾馆", "灭火器过期", "2023-12-05", "11月30日", person)
    ingest(home)
    assert len(ask(home, DUE)) == 2
    assert ask(home, "SELECT count(*) FROM doubt WHERE rule = 'due_year'") == [(1,)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "due_on"),
    [
        ("甲局隐患台账（2023年12月）", date(2023, 12, 20)),
        ("甲局隐患台账 截至2023年12月10日", date(2023, 12, 20)),
        # Nothing but the receipt, and 338 days until the next such day.
        ("甲局隐患台账", date(2023, 12, 20)),
    ],
)
def test_without_a_day_of_finding_the_title_gives_the_year(
    home: Settings, write_sheet: Write, title: str, due_on: date
) -> None:
    send(write_sheet, "2024-01-15", "1", "宾馆", "灭火器过期", "", "12月20日", title=title)
    ingest(home)
    assert ask(home, "SELECT due_on FROM hazard") == [(due_on,)]
    doubts = ask(home, "SELECT count(*) FROM doubt WHERE rule = 'due_year'")
    assert doubts == [(int("2023" not in title),)]
