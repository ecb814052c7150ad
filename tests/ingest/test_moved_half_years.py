"""A half-year moved by whole months is the same half-year: no season has rules of its own."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from analysis.ingest.cells.dates import months_later
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.depth import some
from tests.ingest.half_years_made_up import BEGIN, Clock, half_year

pytestmark = pytest.mark.slow

#: What is made of a file's bytes, or of a text with a day in it.
HASHED = {"submission_id", "other_submission_id", "sha256", "doubt_key"}
#: … and a year or a day that stands in every message of its kind.
YEAR_OR_KEY = re.compile(r"疑问编号 \w{12}|^\d{4}$|(?<=\"code\": )\"\d{4}\"|，如 2023-10-31")
#: What a page shows of an item on a day.
ITEMS = """
    SELECT item_id, unit, state, opened_on, due_on, done_on, accepted_on, closed_on, is_overdue
    FROM items($day, known_on := $day)
"""
ID = re.compile(r"[A-Z]-#\w{10}")
#: Where each item without a number first stood; its id is made of what was said there.
UNNUMBERED = """
    WITH rows AS (
        SELECT item_id, submission_id, row_no, known_from FROM hazard
        UNION ALL SELECT item_id, submission_id, row_no, known_from FROM decision
    )
    SELECT item_id, path || ' ' || row_no FROM rows JOIN submission USING (submission_id)
    WHERE item_id LIKE '%#%' ORDER BY known_from DESC, path DESC, row_no DESC
"""

Rows = list[tuple[Any, ...]]


def live(home: Path, seed: int, months: int) -> Settings:
    """Ingest a half-year that begins so many months later."""
    half_year(seed, months).write(home / "data" / "raw")
    # Rest days do not move with the months.
    settings = Settings(home=home, region="甲县", report_due_on_workdays=False)
    ingest(settings)
    return settings


def tables(home: Path, seed: int, months: int) -> dict[str, Rows]:
    """All tables of a half-year, and its items on a day of each month, moved back."""
    clock = Clock(months)
    with open_warehouse(live(home, seed, months).warehouse) as con:
        read = {name: fetch_rows(con, f"FROM {name}") for name in LEDGERS}
        for place in range(1, 9):
            day = clock.day(months_later(BEGIN, place).replace(day=20))
            read[f"items {place}"] = fetch_rows(con, ITEMS, {"day": day})
        places = dict(fetch_rows(con, UNNUMBERED)[1])
    return {name: _moved_back(*each, places, clock) for name, each in read.items()}


def _moved_back(columns: list[str], rows: Rows, names: dict[str, str], clock: Clock) -> Rows:
    kept = [place for place, name in enumerate(columns) if name not in HASHED]
    moved = (tuple(_as_it_was(row[n], names, clock) for n in kept) for row in rows)
    return sorted(moved, key=repr)


def _as_it_was(value: Any, names: dict[str, str], clock: Clock) -> Any:
    if not isinstance(value, str):
        return clock.back(value)
    named = ID.sub(lambda match: names.get(match.group(), match.group()), value)
    return clock.back(YEAR_OR_KEY.sub("", named))


@given(st.integers(0, 10**6), st.sampled_from([3, 6, 9]))
@example(1, 6)
@examples(max_examples=some(2), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_half_year_moved_by_months_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, months: int
) -> None:
    as_it_is = tables(tmp_path_factory.mktemp("as_it_is"), seed, 0)
    moved = tables(tmp_path_factory.mktemp("moved"), seed, months)
    assert all(as_it_is[name] for name in ("hazard", "measure", "decision", "half_month"))
    for name, rows in as_it_is.items():
        assert moved[name] == rows, name


@pytest.mark.parametrize("months", [0, 6])
def test_the_deadlines_of_a_plan_are_of_the_year_that_is_meant(tmp_path: Path, months: int) -> None:
    """«12月20日» of a plan of September, «6月20日» of one of March; the last is of next year."""
    with open_warehouse(live(tmp_path, 1, months).warehouse) as con:
        sql = "SELECT DISTINCT sub_no, strftime(due_on, '%Y-%m') FROM measure WHERE due_on NOTNULL"
        assert (
            dict(fetch_rows(con, sql)[1])
            == {
                0: {"4-2": "2023-12", "4-3": "2024-02", "自查1": "2024-01", "自查2": "2023-11"},
                6: {"4-2": "2024-06", "4-3": "2024-08", "自查1": "2024-07", "自查2": "2024-05"},
            }[months]
        )
