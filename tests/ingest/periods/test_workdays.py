"""Working days: the State Council's arrangement, what an office has added, else weekdays."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.periods.workdays import YEARS_AHEAD, YEARS_BACK, Calendar
from analysis.ingest.pipeline import ingest
from analysis.ingest.readings import calendar_of
from analysis.settings import Settings, load_settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.test_half_months import Write

PLAIN = Calendar()
HOLIDAY = """
[[holiday]]
name = "春节"
start = 2090-01-30
end = 2090-02-05
workdays = [2090-02-11]
"""


@pytest.mark.parametrize(
    ("day", "is_rest"),
    [
        ("2023-09-29", True), ("2023-10-06", True), ("2023-10-07", False), ("2023-10-14", True),
        ("2023-10-16", False), ("2090-01-30", False), ("2090-02-11", True),
    ],
)  # fmt: skip
def test_the_calendar_is_the_state_councils_as_far_as_it_goes(day: str, is_rest: bool) -> None:
    assert PLAIN.is_rest_day(date.fromisoformat(day)) is is_rest


def test_an_office_adds_a_holiday_and_the_weekend_that_is_worked_for_it(home: Settings) -> None:
    (home.home / "yanpan.toml").write_text(HOLIDAY, encoding="utf-8")
    added = calendar_of(load_settings(home.home))
    # Monday 30 January to Sunday 5 February 2090 are free, Saturday 11 February is worked.
    days = [date(2090, 1, 29) + timedelta(days=n) for n in range(15)]
    worked = [f"{day:%m-%d}" for day in days if not added.is_rest_day(day)]
    assert worked == ["02-06", "02-07", "02-08", "02-09", "02-10", "02-11"]
    assert (added.is_arranged(2090), PLAIN.is_arranged(2090)) == (True, False)


def test_a_deadline_of_so_many_working_days_is_counted_by_what_an_office_has_added(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet(
        "模拟数据_隐患台账.xlsx",
        [
            ["隐患编号", "隐患描述", "责任单位", "发现日期", "整改期限"],
            ["Y-1", "灭火器过期", "县教育局", "2090-01-27", "3个工作日内"],
            ["Y-2", "通道堵塞", "县教育局", "2090-01-27", "2090年2月8日起3个工作日内"],
        ],
    )

    def due() -> list[str]:
        ingest(load_settings(home.home))
        with open_warehouse(home.warehouse) as con:
            _, found = fetch_rows(con, "SELECT due_on FROM hazard ORDER BY hazard_no")
        return [f"{day:%m-%d}" for (day,) in found]

    assert due()[0] == "02-01"  # Friday; Monday to Wednesday
    (home.home / "yanpan.toml").write_text(HOLIDAY, encoding="utf-8")
    assert due()[0] == "02-08"  # the week after is free: read again, though the file is the same
    (home.home / "yanpan.toml").unlink()
    assert due()[0] == "02-01"


@pytest.mark.slow
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 3000))
def test_the_numbers_count_the_working_days_and_no_other(last: date, back: int) -> None:
    table = PLAIN.table({"甲县"}, last - timedelta(days=back), last)
    days = table["day"].tolist()
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[0].year >= last.year - YEARS_BACK
    assert days[-1] == date(last.year + YEARS_AHEAD, 12, 31)
    assert table["workday_no"].tolist() == table["is_workday"].cumsum().tolist()
    assert all(
        is_workday != PLAIN.is_rest_day(day)
        for day, is_workday in zip(days, table["is_workday"], strict=True)
    )


def test_the_table_is_published_for_each_region_that_inspects(
    home: Settings, write_sheet: Write
) -> None:
    head = ["检查编号", "检查日期", "检查类型", "被检查单位", "检查单位", "公示日期"]
    row = ["1", "2023-10-09", "双随机抽查", "甲宾馆", "县教育局", "2023-11-06"]
    write_sheet("2023-11-16/检查台账.xlsx", [["检查台账（模拟数据）"], head, row])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        _, days = fetch_rows(con, "SELECT count(*), min(day), max(day) FROM workday")
        asked = "SELECT to_publish, published_in_time FROM {}(DATE '2023-11-07') LIMIT 1"
        _, counts = fetch_rows(con, asked.format("inspection_yield"))
    assert days == [(365 + 366 + 365, date(2023, 1, 1), date(2025, 12, 31))]
    assert counts == [(1, 1)]


def test_without_an_inspection_there_is_nothing_to_count_days_for(tmp_path: Path) -> None:
    assert PLAIN.table((), date.min, date.min).empty
    assert calendar_of(Settings(home=tmp_path)) == PLAIN
