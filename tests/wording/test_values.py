"""A value is written in one way, be it in a table, a file or a sentence."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.wording.values import cell_value, per_cent, share, value_text


@pytest.mark.parametrize(
    ("value", "column", "cell", "text"),
    [
        (True, "supervised", "是", "是"),
        (np.False_, "supervised", "否", "否"),
        ("overdue", "state", "逾期", "逾期"),
        (pd.Timestamp("2023-11-15"), "due_on", date(2023, 11, 15), "2023-11-15"),
        (datetime(2023, 11, 15, 8, 30), "at", datetime(2023, 11, 15, 8, 30), "2023-11-15 08:30:00"),
        (3.0, "days_late", 3, "3"),
        (np.int64(3), "days_late", 3, "3"),
        (1.0, "completion_rate", 1.0, "100.00%"),
        (0.0625, "completion_rate", 0.0625, "6.25%"),
        (200.0, "accidents_yoy", 200, "200.00"),
        (Decimal("33.33"), "accidents_yoy", Decimal("33.33"), "33.33"),
        (12345.678, "loss", 12345.678, "12345.678"),
        (-0.00001234, "loss", -0.00001234, "-1.234e-05"),
        (["甲局", 2.0], "units", "甲局；2", "甲局；2"),
        ({"a": 1}, "extra", "{'a': 1}", "{'a': 1}"),
        ("  «=1+1»", "title", "  «=1+1»", "  «=1+1»"),
    ],
)
def test_a_value_as_a_cell_and_as_text(value: Any, column: str, cell: Any, text: str) -> None:
    assert cell_value(value, column) == cell
    assert type(cell_value(value, column)) is type(cell)
    assert value_text(value, column) == text


@pytest.mark.parametrize("nothing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_nothing_is_nothing_and_never_a_no(nothing: Any) -> None:
    assert cell_value(nothing, "supervised") is None
    assert value_text(nothing, "completion_rate") == ""


def test_without_a_column_nothing_is_taken_for_a_code() -> None:
    assert value_text("overdue") == "overdue"  # what an SQL query finds stays as it is
    assert value_text(0.5) == "0.5"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(147, 224, "65.63%"), (29, 32, "90.63%"), (97, 160, "60.63%"), (2469, 20000, "12.35%"),
     (41, 4000, "1.03%"), (1, 3, "33.33%"), (2, 3, "66.67%"), (0, 5, "0.00%"), (5, 5, "100.00%")],
)  # fmt: skip
def test_half_of_the_last_place_goes_up_as_in_excel(part: int, whole: int, text: str) -> None:
    assert per_cent(part / whole) == text
    assert value_text(part / whole, "completion_rate") == text


@pytest.mark.parametrize(("of", "text"), [(99, "13%"), (100, "12.50%"), (None, "12.50%")])
def test_of_fewer_than_a_hundred_no_decimals_are_said(of: int | None, text: str) -> None:
    assert share(0.125, of) == text


def test_no_share_of_two_counts_is_rounded_another_way_than_by_hand() -> None:
    for whole in (32, 160, 224, 800, 2000):
        for part in range(whole + 1):
            hundredths = (part * 20000 + whole) // (2 * whole)  # whole numbers alone
            assert per_cent(part / whole) == f"{hundredths // 100}.{hundredths % 100:02d}%"
