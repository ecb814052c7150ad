"""Rises, falls and 持平 in the field's words."""

from typing import Any

import pandas as pd
import pytest

from analysis.briefing.changes import (
    accident_sentence,
    change_of_count,
    change_of_rate,
    percent,
    year_on_year,
)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (24, 18, "同比增加6起、上升33.33%"),
        (12, 48, "同比减少36起、下降75.00%"),
        (5, 5, "同比持平"),
        (0, 0, "同比持平"),
        (3, 0, "同比增加3起"),  # no percentage on a base of zero
        (0, 3, "同比减少3起"),
        (8, None, "无同期可比数据"),
        (8, pd.NA, "无同期可比数据"),
        (8, float("nan"), "无同期可比数据"),
    ],
)
def test_year_on_year(now: int, before: Any, words: str) -> None:
    assert year_on_year(now, before, "起") == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (0.0045, "提高0.45个百分点"),
        (-0.1, "下降10.00个百分点"),
        (0.00001, "持平"),
        (None, "尚无上期"),
    ],
)
def test_rates_differ_by_percentage_points(change: float | None, words: str) -> None:
    assert change_of_rate(change) == words


@pytest.mark.parametrize(("change", "words"), [(2, "增加2项"), (-1, "减少1项"), (0, "持平")])
def test_counts_differ_by_items(change: float, words: str) -> None:
    assert change_of_count(change, "项") == words


def test_no_denominator_is_a_dash_and_never_zero() -> None:
    assert (percent(None), percent(0.0), percent(1.0)) == ("—", "0.00%", "100.00%")


def test_an_accident_sentence() -> None:
    row = {
        "region": "本县", "period_start": pd.Timestamp("2023-01-01"),
        "period_end": pd.Timestamp("2023-11-15"), "accidents": 5, "accidents_prev": 6, "deaths": 4,
        "deaths_prev": 4,
    }  # fmt: skip
    assert accident_sentence(row) == (
        "本县2023年1月1日至11月15日发生事故5起（同比减少1起、下降16.67%），死亡4人（同比持平）。"
    )
