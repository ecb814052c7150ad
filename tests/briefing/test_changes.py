"""Rises, falls and 持平 in the field's words."""

from typing import Any

import pandas as pd
import pytest

from analysis.briefing.changes import (
    accident_sentence,
    change_of_count,
    change_of_rate,
    percent,
    printed_change,
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


@pytest.mark.parametrize(
    ("change", "words"), [(2, "增加2项"), (-1, "减少1项"), (0, "持平"), (None, "尚无上期")]
)
def test_counts_differ_by_items(change: float | None, words: str) -> None:
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


@pytest.mark.parametrize(
    ("percent", "text", "words"),
    [
        (-11.0, "-11.0", "同比下降11.0%"), (33.33, "上升33.33%", "同比上升33.33%"),
        (0.0, "持平", "同比持平"), (150.0, "增长1.5倍", "同比上升150%"),
        (-18.2, None, "同比下降18.2%"),
    ],
)  # fmt: skip
def test_a_printed_change_keeps_the_decimals_that_were_printed(
    percent: float, text: str | None, words: str
) -> None:
    assert printed_change(percent, text) == words


def test_without_a_base_the_printed_change_is_said_and_that_it_is_no_more() -> None:
    row = {
        "region": "全国", "period_start": pd.Timestamp("2014-01-01"),
        "period_end": pd.Timestamp("2014-12-31"), "accidents": 33876, "accidents_prev": pd.NA,
        "accidents_yoy_printed": -11.0, "accidents_yoy_text": "下降11.0%", "deaths": 12,
        "deaths_prev": pd.NA, "deaths_yoy_printed": None, "deaths_yoy_text": None,
    }  # fmt: skip
    assert accident_sentence(row) == (
        "全国2014年1月1日至12月31日发生事故33876起"
        "（公布同比下降11.0%，上年同期数无法唯一还原），死亡12人（无同期可比数据）。"
    )
