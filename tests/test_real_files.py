"""The committed ledgers end to end: the plan's twelve measures, the printed accident totals."""

import shutil
from datetime import date
from typing import Any

import pytest

from analysis.demo import SEED, UNTIL
from analysis.demo.life import FORMER, make_life
from analysis.demo.truth import METRICS, Knowledge
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import metrics
from tests.conftest import RAW
from tests.depth import DEEP, only_deep

pytestmark = pytest.mark.slow

#: All that the demonstration has told by its last day.
AT_THE_END = Knowledge(make_life(UNTIL, SEED), UNTIL)
#: The printed plan beside those of the demonstration.
REAL = "plan LIKE '%三清单%'"


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse) as con:
        return fetch_rows(con, sql)[1]


def test_the_plan_has_twelve_measures_seven_with_a_deadline(committed: Settings) -> None:
    found = dict(ask(committed, f"SELECT sub_no, due_on FROM measure WHERE {REAL}"))
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
    calendar = f"""
        SELECT DISTINCT start_on, first_node_on, node_days FROM measure
        WHERE list_kind = '反馈问题' AND {REAL}
    """
    assert ask(committed, calendar) == [(date(2023, 9, 30), date(2023, 10, 15), 15)]
    limited = f"SELECT sub_no FROM measure WHERE {REAL} AND rect_type = '限期整改'"
    assert sorted(ask(committed, limited)) == [("自查3",), ("自查4",)]
    assert ask(committed, f"SELECT DISTINCT unit FROM measure WHERE {REAL}") == [
        ("县文化和旅游局",)
    ]


def test_amounts_and_frequencies_are_taken_from_the_words(committed: Settings) -> None:
    sql = f"""
        SELECT sub_no, quantity, frequency FROM measure
        WHERE quantity IS NOT NULL AND {REAL} ORDER BY 1
    """
    assert ask(committed, sql) == [("5-1", 1, "每月"), ("5-2", 1, "每季度"), ("5-3", 2, None)]


def test_on_15_november_three_measures_are_late_and_three_due_soon(committed: Settings) -> None:
    sql = f"SELECT state, count(*) FROM items(DATE '2023-11-15') WHERE {REAL} GROUP BY 1"
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
    told = [known for known in AT_THE_END.known.values() if known.kind == "hazard"]
    (found,) = ask(committed, "SELECT count(*), count(DISTINCT 事项编号) FROM 隐患")
    assert found == (len(told), len(told))
    sql = f"SELECT total + void FROM overview(DATE '{UNTIL}')"
    others = f"SELECT count(*) FROM items(DATE '{UNTIL}') WHERE kind <> 'hazard' AND NOT standing"
    assert ask(committed, sql)[0][0] == len(told) + ask(committed, others)[0][0]


def test_simulated_hazards_are_late_exactly_where_the_simulation_says(committed: Settings) -> None:
    late = METRICS["overdue"](AT_THE_END, UNTIL)
    sites = sorted((row["site"], row["due_on"]) for row in late if row["site"])
    sql = f"SELECT site, due_on FROM overdue(DATE '{UNTIL}') WHERE kind = 'hazard' ORDER BY ALL"
    assert ask(committed, sql) == sites
    assert sites


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
    (listed,) = [s for s in AT_THE_END.lists(FORMER) if s.day == date(2023, 10, 16)]
    more = {
        # an acceptance cuts a version in two, and so does the roster that tells whose a name is
        "hazard": loaded["acceptance"] + len(listed.rows),
        "unit": 26 - 1,  # one line of the plan names its 26 members
    }
    for ledger, rows in loaded.items():
        assert ask(committed, f"SELECT count(*) FROM {ledger}") == [(rows + more.get(ledger, 0),)]


def test_nothing_is_wrong_with_the_committed_files_but_what_the_simulation_put_there(
    committed: Settings,
) -> None:
    rules = dict(ask(committed, "SELECT rule, count(*) FROM quality GROUP BY 1"))
    assert set(rules) == {
        *("missing", "unsigned_closure", "deadline_extended", "no_progress", "blank_kept"),
        # the stories: left out, back, handed on, moved, opened again, numbered anew, in part
        *("vanished", "returned", "handover", "deadline_slip", "reopened", "renumbered"),
        *("number_repeated", "partial_ledger", "submission_withdrawn"),
        # whom the plan names, and the office may confirm as signers
        "signers_named",
        # registers of duties under the headers of daily use (检查重点, 研究解决的问题)
        "header_guessed",
        # sites that are called shut, at which the office has to look
        "suspended",
        # the notice's signature line, and the row of its unit alone
        *("unclaimed_column", "unit_from_sender"),
        # what plans of this kind lack or say twice
        *("R06", "R09", "R10", "R13", "R14", "R30"),
    }
    assert rules["R06"] == 5  # 5-3, 18-2, 43-2 and two self-checks: 长期坚持 with a deadline
    plan = ask(
        committed,
        "SELECT field, count(*) FROM quality JOIN items(DATE '2024-01-31') USING (item_id) "
        f"WHERE {REAL} AND rule = 'missing' GROUP BY 1",
    )
    assert plan == [("person", 8)]  # the plan names no person for its eight detailed measures


def test_measures_stand_as_their_plan_lays_them_down_whoever_spoke_of_them_last(
    committed: Settings,
) -> None:
    with Warehouse(committed.warehouse) as warehouse:
        found = warehouse.measures(Scope(UNTIL))["item_id"].tolist()
    wanted = [
        f"M-2023.{number}-{each.no}"
        for plan, number in zip(AT_THE_END.life.plans, (6, 9), strict=True)
        for each in plan.measures
    ]
    assert [item_id for item_id in found if item_id in wanted] == wanted
    assert found[:5] == ["M-5-1", "M-5-2", "M-5-3", "M-18-1", "M-18-2"]


def copy_received_by(day: str, home: Settings) -> None:
    """Put the committed files that had come by a day into a home; those without a day, too."""
    for source in RAW.rglob("*.*"):
        relative = source.relative_to(RAW)
        is_dated = relative.parts[0][:2] == "20"
        if source.is_file() and not (is_dated and relative.parts[0] > day):
            (home.raw / relative).parent.mkdir(exist_ok=True)
            shutil.copy2(source, home.raw / relative)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2023-10-18", marks=only_deep),
        "2023-10-31",
        pytest.param("2024-01-01", marks=only_deep),  # tests/demo/test_truth.py holds that day
    ],
)
def test_every_figure_of_a_past_day_comes_out_again_after_all_later_submissions(
    committed: Settings, home: Settings, day: str
) -> None:
    copy_received_by(day, home)
    ingest(home)
    for metric in metrics():
        then = ask(home, f"FROM {metric}(DATE '{day}')")
        again = ask(committed, f"FROM {metric}(DATE '{day}', known_on := DATE '{day}')")
        assert again == then, metric
    assert ask(committed, f"FROM overview(DATE '{day}')") != ask(
        home, f"FROM overview(DATE '{day}')"
    )


def test_what_was_published_in_each_half_month_comes_out_again(home: Settings) -> None:
    whole = home.home / "whole"
    shutil.copytree(RAW, whole)
    published = {}
    days = sorted(folder.name for folder in whole.iterdir() if folder.is_dir())
    ends = ["2023-10-09", "2023-10-18", "2023-11-03", "2023-11-18", "2023-12-05", "2023-12-19",
            "2024-01-01", "2024-01-18", "2024-01-31"]  # fmt: skip
    if not DEEP:  # the first, the last, what was taken back, and one between
        ends = [ends[0], *ends[4::2]]
        assert {"2024-01-01", "2024-01-31"} < {*ends}
    for end in ends:
        for day in [day for day in days if day <= end]:
            days.remove(day)
            (whole / day).rename(home.raw / day)
        if end == "2024-01-01":  # what was taken back in December
            (whole / "received.toml").rename(home.raw / "received.toml")
        ingest(home)
        published[end] = ask(home, f"FROM overview(DATE '{end}')")
    assert not days
    assert len({str(answer) for answer in published.values()}) == len(ends)
    for day, then in published.items():
        assert ask(home, f"FROM overview(DATE '{day}', known_on := DATE '{day}')") == then
