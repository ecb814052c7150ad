"""A book with a sheet a month: each sheet speaks as of the day of the book."""

from datetime import date
from typing import Any

import pytest

from analysis.ingest.periods.month_sheets import newest_of_book

OCTOBER, NOVEMBER = date(2024, 10, 31), date(2024, 11, 30)


def sheet(
    name: str, day: date | None, path: str = "台账.xlsx", unit: str = "甲局"
) -> dict[str, Any]:
    return {
        "submission_id": name, "sheet": name, "title": f"{name}排查隐患", "path": path,
        "unit": unit, "period_on": day, "received_on": date(2025, 1, 6),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "rows", "newest"),
    [
        (  # 10月 and 11月 have other rows: both tell of the day of the book
            [sheet("10月", OCTOBER), sheet("11月", NOVEMBER)],
            {"10月": {"甲"}, "11月": {"乙"}},
            {"10月": "11月"},
        ),
        (  # nothing new in November
            [sheet("10月", OCTOBER), sheet("11月", NOVEMBER)],
            {"10月": {"甲"}},
            {"10月": "11月"},
        ),
        (  # the list of October, and the list of November
            [sheet("10月", OCTOBER), sheet("11月", NOVEMBER)],
            {"10月": {"甲"}, "11月": {"甲", "乙"}},
            {},
        ),
        (  # two books
            [sheet("10月", OCTOBER), sheet("11月", NOVEMBER, path="另一份.xlsx")],
            {"10月": {"甲"}},
            {},
        ),
        (  # two senders
            [sheet("10月", OCTOBER), sheet("11月", NOVEMBER, unit="乙局")],
            {"10月": {"甲"}},
            {},
        ),
        (  # lists of half months are of their own days
            [sheet("10月下半月", OCTOBER), sheet("11月下半月", NOVEMBER)],
            {"10月下半月": {"甲"}},
            {},
        ),
        (  # without a year
            [sheet("10月份", None), sheet("11月", None), sheet("12月", None)],
            {"10月份": {"甲"}},
            {"10月份": "12月", "11月": "12月"},
        ),
        (  # what is left of the year before, and the first month of the new one
            [sheet("2024年结转", None), sheet("12月", None), sheet("1月", date(2025, 1, 31))],
            {"2024年结转": {"甲"}, "12月": {"乙"}},
            {"2024年结转": "1月", "12月": "1月"},
        ),
        ([sheet("2024年结转", None), sheet("台账", None)], {}, {}),
        ([sheet("10月新增", None), sheet("11月", NOVEMBER)], {}, {}),
    ],
)
def test_a_sheet_of_an_earlier_month_speaks_with_the_last_one_of_its_book(
    sheets: list[dict[str, Any]], rows: dict[str, set[str]], newest: dict[str, str]
) -> None:
    found = newest_of_book(sheets, lambda facts: rows.get(facts["submission_id"], set()))
    assert {name: facts["sheet"] for name, facts in found.items()} == newest
