"""The edges of metrics and relations: the day before, the day, the day after; and what is blank."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.depth import some
from tests.tables import ITEM, day, drawn_items, metric_over, relation_over
from tests.warehouse.invented import invent

AS_OF = date(2023, 11, 15)


def item(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame([ITEM | {"is_void": False} | columns], dtype=object)


@pytest.mark.parametrize(
    ("days", "band"),
    [(1, "逾期 1—14 天"), (14, "逾期 1—14 天"), (15, "逾期 15—29 天"), (29, "逾期 15—29 天"),
     (30, "逾期 30—90 天"), (90, "逾期 30—90 天"), (91, "逾期超过 90 天")],
)  # fmt: skip
def test_a_band_of_lateness_ends_with_its_last_day(days: int, band: str) -> None:
    late = item(is_overdue=True, days_late=days, state="overdue", due_on=AS_OF - timedelta(days))
    rows = metric_over("ageing", "11-15", late)
    assert set(rows[rows["basis"] == "late"]["band"]) == {band}


@pytest.mark.parametrize(
    ("days", "band"),
    [(15, "15 天以内"), (16, "16—30 天"), (30, "16—30 天"), (31, "31—90 天"), (90, "31—90 天"),
     (91, "91—180 天"), (180, "91—180 天"), (181, "超过 180 天")],
)  # fmt: skip
def test_a_band_of_age_ends_with_its_last_day(days: int, band: str) -> None:
    rows = metric_over("ageing", "11-15", item(opened_on=AS_OF - timedelta(days)))
    assert set(rows[rows["basis"] == "open"]["band"]) == {band}


@pytest.mark.parametrize("name", ["completion", "hazard_mix"])
@pytest.mark.parametrize("dimension", ["category", "level", "site_kind", "township"])
def test_what_ledgers_leave_blank_is_a_member_of_its_own(name: str, dimension: str) -> None:
    rows = metric_over(name, "11-15", item(**{dimension: None}))
    assert rows[rows["dimension"] == dimension]["member"].tolist() == ["未填"]


def test_a_void_item_is_in_no_count_not_even_of_what_stands() -> None:
    items = drawn_items("""
item_id state    standing is_done
1       standing yes      no
2       void     yes      no
3       open     no       no
""")
    (row,) = metric_over("overview", "11-15", items).to_dict("records")
    assert (row["total"], row["standing"], row["void"]) == (1, 1, 1)


@pytest.mark.parametrize(("as_of", "rows"), [("10-30", 0), ("10-31", 1), ("11-01", 1)])
def test_a_published_total_counts_from_the_last_day_of_its_period(as_of: str, rows: int) -> None:
    total = {
        "region": "全市", "period_start": day("10-01"), "period_end": day("10-31"),
        "known_from": day("09-01"), "submission_id": "s1",
    }  # fmt: skip
    assert len(relation_over("accident_totals", {"accident_stat": [total]}, as_of)) == rows


@pytest.mark.parametrize(("as_of", "seen"), [("11-01", False), ("11-02", True)])
def test_a_report_is_seen_from_the_day_on_which_it_was_sent(as_of: str, seen: bool) -> None:
    report = {
        "unit": "甲局", "period_start": day("10-16"), "period_end": day("10-31"),
        "submitted_on": day("11-02"), "known_from": day("10-20"), "submission_id": "s1",
    }  # fmt: skip
    (row,) = relation_over("reports", {"half_month": [report]}, as_of)
    assert (row["submitted_on"] is not None) == seen


@pytest.mark.parametrize(("as_of", "by"), [("10-19", None), ("10-20", "钱某"), ("10-21", "钱某")])
def test_an_acceptance_is_seen_from_its_day_on(as_of: str, by: str | None) -> None:
    hazard = {
        "item_id": "H-1", "found_on": day("10-01"), "done_on": day("10-10"), "status": "closed",
        "accepted_on": day("10-20"), "accepted_by": "钱某", "known_from": day("10-05"),
    }  # fmt: skip
    (row,) = relation_over("items", {"hazard": [hazard]}, as_of)
    assert (row["accepted_by"], row["accepted_on"] is not None) == (by, by is not None)


FIVE = "on_time + late + overdue + suspended_due + undated_done"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(some(8)))
def test_whatever_was_due_is_in_one_of_five(tmp_path: Path, seed: int) -> None:
    invent(tmp_path / "warehouse.duckdb", seed, rows=200)
    day = "DATE '2024-02-29'"
    past = f"NOT is_void AND NOT standing AND due_on < {day}"
    left = "NOT is_void AND NOT standing AND NOT is_done"
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:

        def ask(sql: str) -> list[tuple[Any, ...]]:
            return fetch_rows(con, sql)[1]

        due, unfinished = ask(
            f"SELECT count(*) FILTER ({past}), count(*) FILTER ({left}) FROM items({day})"
        )[0]
        assert ask(f"SELECT {FIVE}, due - on_time - late - overdue FROM overview({day})") == [
            (due, 0)
        ]
        by_dimension = ask(f"SELECT sum({FIVE}) FROM completion({day}) GROUP BY dimension")
        assert set(by_dimension) == {(due,)}
        bands = f"SELECT sum(items) FROM ageing({day}) WHERE unit = '全部' GROUP BY basis"
        assert set(ask(bands)) == ({(unfinished,)} if unfinished else set())


@pytest.mark.parametrize(("items", "is_told"), [(4, False), (5, True)])
def test_an_interval_is_told_from_five_items_on(items: int, is_told: bool) -> None:
    done = [
        item(item_id=str(n), state="accepting", is_done=True, opened_on=AS_OF - timedelta(40),
             first_known_on=AS_OF - timedelta(40), done_on=AS_OF - timedelta(40 - n))
        for n in range(1, items + 1)
    ]  # fmt: skip
    rows = metric_over("close_times", "11-15", pd.concat(done))
    (row,) = rows[(rows["until"] == "done") & (rows["dimension"] == "all")].to_dict("records")
    bounds = ("median_low", "median_high", "p90_low", "p90_high")
    assert [pd.notna(row[name]) for name in bounds] == [is_told] * 4
    assert (row["items"], pd.notna(row["p90_days"])) == (items, True)
