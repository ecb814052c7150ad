"""The committed ledgers end to end: the plan's twelve measures, the printed accident totals."""

import shutil
from datetime import date
from typing import Any

import pytest

from analysis.demo import SEED, UNTIL, write_demo
from analysis.demo.world import make_world
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.sql_files import metrics
from tests.conftest import RAW

pytestmark = pytest.mark.slow


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse) as con:
        return fetch_rows(con, sql)[1]


def test_the_plan_has_twelve_measures_seven_with_a_deadline(committed: Settings) -> None:
    found = dict(ask(committed, "SELECT sub_no, due_on FROM measure"))
    assert found == dict.fromkeys(("5-1", "5-2", "18-1", "18-3", "43-1")) | {
        "5-3": date(2023, 11, 20),
        "18-2": date(2023, 10, 31),
        "43-2": date(2023, 11, 20),
        "自查1": date(2023, 10, 30),
        "自查2": date(2023, 10, 30),
        "自查3": date(2023, 11, 20),
        "自查4": date(2023, 12, 20),
    }


def test_the_plans_calendar_and_categories(committed: Settings) -> None:
    calendar = """
        SELECT DISTINCT start_on, first_node_on, node_days FROM measure
        WHERE list_kind = '反馈问题'
    """
    assert ask(committed, calendar) == [(date(2023, 9, 30), date(2023, 10, 15), 15)]
    limited = "SELECT sub_no FROM measure WHERE rect_type = '限期整改' ORDER BY 1"
    assert ask(committed, limited) == [("自查3",), ("自查4",)]
    assert ask(committed, "SELECT DISTINCT unit FROM measure") == [("县文化和旅游局",)]


def test_amounts_and_frequencies_are_taken_from_the_words(committed: Settings) -> None:
    sql = "SELECT sub_no, quantity, frequency FROM measure WHERE quantity IS NOT NULL ORDER BY 1"
    assert ask(committed, sql) == [("5-1", 1, "每月"), ("5-2", 1, "每季度"), ("5-3", 2, None)]


def test_on_15_november_three_measures_are_late_and_three_due_soon(committed: Settings) -> None:
    sql = "SELECT state, count(*) FROM items(DATE '2023-11-15') WHERE kind = 'measure' GROUP BY 1"
    assert dict(ask(committed, sql)) == {"overdue": 3, "due_soon": 3, "open": 1, "standing": 5}


def test_printed_percentages_follow_from_derived_whole_numbers(committed: Settings) -> None:
    sql = """
        SELECT accidents, accidents_prev, accidents_yoy, accidents_yoy_printed, accidents_agree,
               deaths, deaths_prev, deaths_yoy, deaths_yoy_printed, deaths_agree, deaths_base
        FROM accident_yoy(DATE '2023-11-15') WHERE source = 'published' ORDER BY period_start
    """
    found = [[str(value) for value in row] for row in ask(committed, sql)]
    none = "None"
    assert found == [
        ["24", "18", "33.33", "33.33", "True", "31", "23", "34.78", "34.78", "True", "derived"],
        ["9", "3", "200.00", "200.00", "True", "11", "6", "83.33", "83.33", "True", "derived"],
        ["8", none, none, none, none, "18", none, none, none, none, "none"],
    ]


def test_no_simulated_hazard_is_lost_or_counted_twice(committed: Settings) -> None:
    simulated = make_world(UNTIL, SEED).hazards
    (found,) = ask(committed, "SELECT count(*), count(DISTINCT 事项编号) FROM 隐患")
    assert found == (len(simulated), len(simulated))
    sql = f"SELECT total + void FROM overview(DATE '{UNTIL}')"
    others = "SELECT count(*) FROM items(DATE '2023-11-15') WHERE kind <> 'hazard' AND NOT standing"
    assert ask(committed, sql)[0][0] == len(simulated) + ask(committed, others)[0][0]


def test_simulated_hazards_are_late_exactly_where_the_simulation_says(committed: Settings) -> None:
    late = {
        hazard.hazard_no
        for hazard in make_world(UNTIL, SEED).hazards
        if hazard.due_on
        and hazard.status is None
        and max(hazard.due_on, hazard.extended_due_on or hazard.due_on) < UNTIL
        and (hazard.done_on is None or hazard.done_on > UNTIL)
    }
    sql = f"SELECT item_id FROM overdue(DATE '{UNTIL}') WHERE kind = 'hazard'"
    assert {item_id.rsplit("-YH")[-1] for (item_id,) in ask(committed, sql)} == {
        number.removeprefix("YH") for number in late
    }


def test_every_row_of_every_file_is_accounted_for(committed: Settings) -> None:
    sql = """
        SELECT path, sheet FROM submission
        WHERE rows_read <> rows_loaded + rows_duplicate + rows_ignored + rows_rejected
    """
    assert ask(committed, sql) == []
    assert ask(
        committed,
        "SELECT sum(rows_rejected), count(*) FILTER (WHERE ledger IS NULL) FROM submission",
    ) == [(0, 0)]
    loaded = dict(ask(committed, "SELECT ledger, sum(rows_loaded) FROM submission GROUP BY 1"))
    for ledger, rows in loaded.items():
        assert ask(committed, f"SELECT count(*) FROM {ledger}") == [(rows,)]


def test_nothing_is_wrong_with_the_committed_files_but_what_the_simulation_put_there(
    committed: Settings,
) -> None:
    rules = dict(ask(committed, "SELECT rule, count(*) FROM quality GROUP BY 1"))
    assert set(rules) == {"missing", "unsigned_closure", "R06"}
    assert rules["R06"] == 5  # 5-3, 18-2, 43-2 and two self-checks: 长期坚持 with a deadline
    plan = ask(
        committed,
        "SELECT field, count(*) FROM quality WHERE item_id LIKE 'M-%' AND rule = 'missing' "
        "GROUP BY 1",
    )
    assert plan == [("person", 8)]  # the plan names no person for its eight detailed measures


@pytest.mark.parametrize("day", ["2023-10-15", "2023-10-31"])
def test_every_figure_of_a_past_day_comes_out_again_after_all_later_submissions(
    committed: Settings, home: Settings, day: str
) -> None:
    for source in RAW.rglob("*.*"):
        relative = source.relative_to(RAW)
        if source.is_file() and not day < str(relative.parts[0]) < "2024":
            (home.raw / relative).parent.mkdir(exist_ok=True)
            shutil.copy2(source, home.raw / relative)
    ingest(home)
    for metric in metrics():
        then = ask(home, f"FROM {metric}(DATE '{day}')")
        again = ask(committed, f"FROM {metric}(DATE '{day}', known_on := DATE '{day}')")
        assert again == then, metric
    assert ask(committed, f"FROM overview(DATE '{day}')") != ask(
        home, f"FROM overview(DATE '{day}')"
    )


def test_what_was_published_in_each_half_month_of_a_year_comes_out_again(home: Settings) -> None:
    whole = home.home / "whole"
    write_demo(whole, deliveries=20)
    published = {}
    for folder in sorted(whole.iterdir()):
        folder.rename(home.raw / folder.name)
        ingest(home)
        day = folder.name
        published[day] = ask(home, f"FROM overview(DATE '{day}')")
    assert len(published) == 20
    assert len({str(answer) for answer in published.values()}) == 20
    for day, then in published.items():
        assert ask(home, f"FROM overview(DATE '{day}', known_on := DATE '{day}')") == then
