"""The demo's figures are those of its own events, on every working node and month end."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from analysis.demo import SEED, UNTIL, withdrawals, write_life
from analysis.demo.life import Life, make_life
from analysis.demo.truth import METRICS, Knowledge
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import open_warehouse
from analysis.warehouse.sql_files import metrics
from tests.demo.comparison import differences, keys_of
from tests.depth import DEEP

pytestmark = pytest.mark.slow

NODES = [date(2023, 10, 15) + timedelta(days=15 * number) for number in range(8)]
MONTH_ENDS = [
    date(2023, 9, 30), date(2023, 10, 31), date(2023, 11, 30), date(2023, 12, 31), UNTIL,
]  # fmt: skip
#: Days on which something is going wrong: the roster has not come, a list is half in, a wrong list
#: has not been replaced, a report is late.
TROUBLED = [
    date(2023, 10, 16), date(2023, 10, 19), date(2023, 11, 18), date(2023, 12, 5),
    date(2024, 1, 1), date(2024, 1, 3),
]  # fmt: skip
EVERY_DAY = sorted({*NODES, *MONTH_ENDS, *TROUBLED})
#: By ``make test``: the days of trouble, two nodes of the eight, three ends of a month.
DAYS = EVERY_DAY if DEEP else sorted({*NODES[::5], *MONTH_ENDS[::2], *TROUBLED})


@dataclass
class Published:
    """A life, ingested, with the keys of its items."""

    life: Life
    con: duckdb.DuckDBPyConnection
    keys: dict[str, str] = field(init=False)
    known: dict[date, Knowledge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = keys_of(self.con, self.life)

    def differences(self, metric: str, as_of: date, known_on: date) -> list[str]:
        knowledge = self.known.setdefault(known_on, Knowledge(self.life, known_on))
        return differences(self.con, self.keys, knowledge, metric, as_of)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    life = make_life(UNTIL, SEED)
    settings = Settings(home=tmp_path_factory.mktemp("demo"))
    write_life(life, settings.raw)
    ingest(settings)
    with open_warehouse(settings.warehouse) as con:
        yield Published(life, con)


def test_each_item_that_was_ever_told_of_is_one_item(published: Published) -> None:
    told = {
        key
        for sending in published.life.sendings
        if sending.ledger in ("hazard", "decision", "plan")
        for key, _ in sending.said()
    }
    assert set(published.keys.values()) == told


@pytest.mark.parametrize("as_of", DAYS, ids=str)
@pytest.mark.parametrize("metric", METRICS)
def test_asked_then_and_asked_at_the_end_a_figure_is_what_really_was(
    published: Published, metric: str, as_of: date
) -> None:
    then = published.differences(metric, as_of, as_of)
    assert not then, "\n".join(then)
    at_the_end = [] if as_of == UNTIL else published.differences(metric, as_of, UNTIL)
    assert not at_the_end, "\n".join(at_the_end)


def test_what_a_plan_says_is_kept_though_units_shorten_it(published: Published) -> None:
    wanted = {
        (plan.number, problem.problem, each.no, f"{each.text}。")
        for plan in published.life.plans
        for problem in plan.problems
        for each in problem.measures
    }
    sql = "SELECT plan, problem, sub_no, sub_measure FROM measure WHERE known_to IS NULL"
    assert set(ask(published.con, sql)) == wanted


def test_every_metric_has_its_truth() -> None:
    assert sorted(METRICS) == sorted(metrics())


def test_every_row_of_every_file_is_accounted_for_and_none_is_sent_back(
    published: Published,
) -> None:
    sql = """
        SELECT count(*) FILTER (WHERE rows_read <> rows_loaded + rows_duplicate + rows_ignored),
               sum(rows_rejected), count(*) FILTER (WHERE ledger IS NULL)
        FROM submission
    """
    assert published.con.execute(sql).fetchall() == [(0, 0, 0)]


def test_majors_are_closed_by_the_offices_records_alone(published: Published) -> None:
    sql = """
        SELECT count(*), count(*) FILTER (WHERE NOT in_record)
        FROM (
            SELECT item_id IN (SELECT item_id FROM acceptance) AS in_record
            FROM items(DATE '2024-01-31') WHERE level = '重大' AND is_closed
        )
    """
    closed, without_record = published.con.execute(sql).fetchall()[0]
    assert closed > 10
    assert without_record == 0


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_what_the_half_year_does_to_ledgers_is_told(published: Published) -> None:
    told = dict(ask(published.con, "SELECT rule, count(DISTINCT item_id) FROM quality GROUP BY 1"))
    assert told["vanished"] == 2  # YH9001 came back, YH9002 did not
    assert told["returned"] == 1
    assert told["handover"] == 1
    assert told["deadline_slip"] >= 1
    assert told["reopened"] >= 1  # YH9006, and what the wrong list took back


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_a_deadline_moved_since_the_last_meeting_is_one_of_those_that_moved(
    published: Published, as_of: date
) -> None:
    moved = f"""
        SELECT item_id FROM since(DATE '{as_of}', since := DATE '{as_of - timedelta(days=26)}')
        WHERE change IN ('later', 'cancelled')
        EXCEPT SELECT item_id FROM deadline_slip(DATE '{as_of}')
    """
    assert ask(published.con, moved) == []


def test_photos_belong_to_the_record_in_whose_row_they_stand(published: Published) -> None:
    placed = ask(published.con, "SELECT DISTINCT item_id, stage FROM picture ORDER BY 2 DESC")
    assert placed == [("H-县交通局-YH9006", "before"), ("H-县交通局-YH9006", "after")]


#: The day before a wrong list is taken back, and that day.
AROUND_THE_WITHDRAWAL = (date(2023, 12, 19), date(2023, 12, 20))


def test_a_list_that_was_taken_back_counts_until_then_and_no_more() -> None:
    life = make_life(UNTIL, SEED)
    before, on_the_day = (
        {item.key for item in Knowledge(life, day).items(day)} for day in AROUND_THE_WITHDRAWAL
    )
    assert before - on_the_day == {"XX-001"}
    # Asked at the end, it had never been there; asked with what was known then, it had.
    assert "XX-001" not in Knowledge(life, UNTIL).known
    (entry,) = tomllib.loads(withdrawals(life))["withdrawn"]
    assert entry["path"] == "2023-12-16/模拟数据_隐患台账_县商务局（样稿）.xlsx"
    assert entry["on"] == date(2023, 12, 20)


def test_a_list_that_was_taken_back_does_so_in_the_figures(published: Published) -> None:
    for metric in METRICS:
        for day in AROUND_THE_WITHDRAWAL:
            assert not published.differences(metric, day, day)
            assert not published.differences(metric, day, UNTIL)


def test_the_same_seed_gives_the_same_life() -> None:
    one, other = make_life(date(2023, 12, 1), 7), make_life(date(2023, 12, 1), 7)
    assert one.sendings == other.sendings
    assert make_life(date(2023, 12, 1), 8).sendings != one.sendings


def test_a_longer_life_begins_as_a_shorter_one() -> None:
    day = date(2023, 12, 1)
    begun = [(s.day, s.name) for s in make_life(UNTIL, SEED).sendings if s.day <= day]
    assert begun == [(s.day, s.name) for s in make_life(day, SEED).sendings]
