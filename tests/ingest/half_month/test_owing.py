"""Who owes a report of which half month, by the rosters as they came."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.cells.periods import half_month_since
from analysis.ingest.half_month.owing import with_duties
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

SEPTEMBER, NOVEMBER, DECEMBER = date(2023, 9, 28), date(2023, 11, 17), date(2023, 12, 5)
#: A report is due two days after its half month, whatever day of the week that is.
CALENDAR = DueDays(2, on_workdays=False)
ALL = frozenset("甲乙丙丁戊")

Said = tuple[str, date, bool | None, date | None]


def duties(said: Sequence[Said], rosters: dict[date, frozenset[str]]) -> list[tuple[Any, ...]]:
    """Unit, since when known, whether it has to, the half months from which and until which."""
    versions = pd.DataFrame(
        [
            {
                "unit": unit, "unit_kind": None, "has_to_report": has_to, "owes_from": since,
                "owes_until": None, "known_from": day, "known_to": None,
            }
            for unit, day, has_to, since in said
        ],
        dtype=object,
    )  # fmt: skip
    for n, (unit, day, *_) in enumerate(said):
        later = [other for name, other, *_ in said if name == unit and other > day]
        versions.loc[n, "known_to"] = min(later, default=None)
    told = with_duties(versions, rosters, CALENDAR)
    names = ["unit", "known_from", "has_to_report", "owes_from", "owes_until"]
    return sorted(told[names].itertuples(index=False, name=None), key=lambda row: row[:2])


@pytest.mark.parametrize(
    ("day", "first"),
    [
        # the report of 11月上半月 is due on 17 November
        (date(2023, 11, 17), date(2023, 11, 1)),
        (date(2023, 11, 18), date(2023, 11, 16)),
    ],
)
def test_who_is_named_later_owes_what_is_not_yet_overdue(day: date, first: date) -> None:
    said: list[Said] = [("甲", SEPTEMBER, True, None), ("乙", day, True, None)]
    rosters = {SEPTEMBER: frozenset("甲"), day: frozenset("甲乙")}
    assert duties(said, rosters) == [
        ("乙", day, True, first, None), ("甲", SEPTEMBER, True, None, None),
    ]  # fmt: skip


def test_the_first_roster_counts_for_all_half_months_however_late_it_comes() -> None:
    said: list[Said] = [("甲", date(2023, 9, 1), True, None), ("乙", DECEMBER, True, None)]
    # what came before it is the plan's list
    assert [row[3:] for row in duties(said, {DECEMBER: frozenset("甲乙")})] == [(None, None)] * 2


def test_a_cell_may_name_a_later_start_and_no_earlier_one() -> None:
    later, earlier = date(2024, 1, 1), date(2023, 10, 16)
    rosters = {SEPTEMBER: frozenset("甲"), NOVEMBER: frozenset("甲乙丙")}
    said: list[Said] = [
        ("甲", SEPTEMBER, True, later), ("乙", NOVEMBER, True, later),
        ("丙", NOVEMBER, True, earlier),
    ]  # fmt: skip
    assert {row[0]: row[3] for row in duties(said, rosters)} == {
        "甲": later, "乙": later, "丙": date(2023, 11, 1),
    }  # fmt: skip


def test_who_need_not_report_any_more_owes_what_was_due_before() -> None:
    said: list[Said] = [
        ("甲", SEPTEMBER, True, None), ("甲", NOVEMBER, False, None), ("甲", DECEMBER, True, None),
    ]  # fmt: skip
    days = (SEPTEMBER, NOVEMBER, DECEMBER)
    assert duties(said, dict.fromkeys(days, frozenset("甲"))) == [
        ("甲", SEPTEMBER, True, None, None),
        ("甲", NOVEMBER, False, None, date(2023, 11, 1)),
        ("甲", DECEMBER, True, date(2023, 12, 1), None),
    ]


def test_whom_the_next_whole_roster_leaves_out_owes_nothing_from_then_on() -> None:
    said: list[Said] = [(unit, SEPTEMBER, True, None) for unit in ALL]
    rosters = {SEPTEMBER: ALL, NOVEMBER: ALL - {"甲"}, DECEMBER: ALL}
    told = [row for row in duties(said, rosters) if row[0] == "甲"]
    assert told == [
        ("甲", SEPTEMBER, True, None, None),
        ("甲", NOVEMBER, False, None, date(2023, 11, 1)),
        ("甲", DECEMBER, True, date(2023, 12, 1), None),
    ]


def test_a_roster_of_some_lines_leaves_nobody_out() -> None:
    said: list[Said] = [(unit, SEPTEMBER, True, None) for unit in ALL]
    said.append(("己", NOVEMBER, True, None))
    told = duties(said, {SEPTEMBER: ALL, NOVEMBER: frozenset("甲己")})
    assert {row[2:] for row in told if row[0] != "己"} == {(True, None, None)}


def test_of_whom_nobody_says_anything_nothing_follows() -> None:
    said: list[Said] = [("甲", SEPTEMBER, None, None), ("乙", NOVEMBER, None, None)]
    rosters = {SEPTEMBER: frozenset("甲"), NOVEMBER: frozenset("甲乙")}
    assert {row[2:] for row in duties(said, rosters)} == {(None, None, None)}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("是（自12月上半月起）", date(2023, 12, 1)),
        ("是(自1月下半月起)", date(2024, 1, 16)),  # the nearest, be it ahead
        ("是，12月20日起", date(2023, 12, 16)),
        ("是（2024年2月起）", date(2024, 2, 1)),
        ("是（从12月1日开始）", date(2023, 12, 1)),
        ("是", None),
        ("是（12月5日已报）", None),
        ("是（自13月起）", None),
    ],
)
def test_a_cell_says_from_when_on(text: str, start: date | None) -> None:
    assert half_month_since(text, DECEMBER) == start


HEADER = ["单位名称", "联系人", "联系电话", "是否应报"]
HALF = ["填报单位", "期次起", "期次止", "检查家次", "发现隐患数"]
REPORT = ["甲县水务局", "2023-10-01", "2023-10-15", 1, 0]


def test_a_unit_that_joins_later_is_not_told_to_have_owed_before(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    members = [[f"甲县{name}局", "某甲", "0-1", "是"] for name in ("水务", "教育", "财政")]
    write_sheet("2023-10-09/名录（模拟数据）.xlsx", [HEADER, *members])
    joined = ["甲县公安局", "某乙", "0-2", "是（自12月上半月起）"]
    write_sheet("2023-11-28/名录（模拟数据）.xlsx", [HEADER, *members[:2], joined, members[2]])
    write_sheet(
        "2023-10-16/半月报（模拟数据）.xlsx",
        [HALF, ["甲县水务局", "2023-10-01", "2023-10-15", 1, 0]],
    )
    ingest(home)
    sql = """
        SELECT unit, period_start FROM report_punctuality(DATE '2023-12-25', known_on := {})
        WHERE unit = '甲县公安局' ORDER BY period_start
    """
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, sql.format("NULL"))[1] == [("甲县公安局", date(2023, 12, 1))]
        assert fetch_rows(con, sql.format("DATE '2023-11-27'"))[1] == []
        assert fetch_rows(con, "SELECT * FROM quality WHERE field = 'has_to_report'")[1] == []


def test_a_unit_that_the_roster_names_no_longer_owes_no_more(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    names = ("水务", "教育", "财政", "民政", "文旅", "体育")
    members = [[f"甲县{name}局", "某甲", "0-1", "是"] for name in names]
    write_sheet("2023-10-09/名录（模拟数据）.xlsx", [HEADER, *members])
    write_sheet("2023-11-10/名录（模拟数据）.xlsx", [HEADER, *members[:-1]])
    write_sheet(
        "2023-10-16/半月报（模拟数据）.xlsx",
        [HALF, ["甲县水务局", "2023-10-01", "2023-10-15", 1, 0]],
    )
    ingest(home)
    sql = """
        SELECT period_start FROM report_punctuality(DATE '2023-11-30', known_on := {})
        WHERE unit = '甲县体育局' ORDER BY period_start
    """
    october = [(date(2023, 10, 1),), (date(2023, 10, 16),)]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, sql.format("NULL"))[1] == october
        # as it was told before the second roster came
        before = fetch_rows(con, sql.format("DATE '2023-11-09'"))[1]
        assert before[:3] == [*october, (date(2023, 11, 1),)]
        sql = "SELECT unit FROM units_reporting(DATE '2023-11-30')"
        assert ("甲县体育局",) not in fetch_rows(con, sql)[1]
