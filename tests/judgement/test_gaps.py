"""Days between accidents: a test that warns in time, and hardly ever without need."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from analysis.judgement.gaps import (
    WARNED,
    chance_of,
    days_between,
    days_by_region,
    gap_sentences,
    in_words,
    watch,
)

START = date(2013, 1, 1)
#: Quiet days between accidents before anything changes.
MEAN = 60


def after(*gaps: int, start: date = START) -> list[date]:
    """Days of accidents: the first on ``start``, each next so many days later."""
    return [start + timedelta(days=int(n)) for n in np.cumsum([0, *gaps])]


STEADY = after(*[90] * 12)


def test_one_chance_is_checked_in_the_head() -> None:
    """Two gaps of 3 quiet days in all: (0, 3), (1, 2), (2, 1), (3, 0), equally likely."""
    for days in range(4):
        assert chance_of(1, days, 1, 3 - days) == pytest.approx((days + 1) / 4)


@given(st.integers(1, 5), st.integers(0, 300), st.integers(1, 40), st.integers(0, 3000))
def test_the_chance_is_that_of_geometric_gaps_given_their_sum(
    accidents: int, days: int, earlier: int, earlier_days: int
) -> None:
    exact = betabinom.cdf(days, days + earlier_days, accidents, earlier)
    assert chance_of(accidents, days, earlier, earlier_days) == pytest.approx(exact, abs=1e-9)


def test_as_often_as_ever_is_no_warning() -> None:
    found = watch(STEADY, STEADY[-1] + timedelta(days=30))
    assert found is not None
    assert (found.open_days, found.warning) == (30, None)
    assert in_words(found) == (
        "距上一起事故（2015年12月17日）已30天，历次间隔平均90天；"
        "最近1、3、5起的间隔与以往相比没有异常。"
    )


def test_three_in_nine_days_after_one_in_ninety_warn_and_the_warning_fades_while_it_is_quiet() -> (
    None
):
    days = [*STEADY, *after(3, 3, 3, start=STEADY[-1])[1:]]
    found = watch(days, days[-1])
    assert found is not None
    assert found.warning is not None
    assert (found.warning.accidents, found.warning.days, found.warning.mean) == (3, 9, 90)
    assert in_words(found) == (
        "最近一起事故发生在当日（2015年12月26日）；最近3起事故发生在9天内，此前平均90天一起，"
        "如风险没有变化，出现这种情况的可能性只有0.1%：事故明显变密，应查明原因。"
    )
    later = watch(days, days[-1] + timedelta(days=200))
    assert later is not None
    assert (later.open_days, later.warning) == (200, None)


def test_two_on_one_day_are_no_days_apart() -> None:
    often = after(*[1] * 40)
    found = watch([*often, often[-1]], often[-1])
    assert found is not None
    assert found.warning is None  # with an accident a day, two on a day are nothing
    seldom = after(*[900] * 40)
    found = watch([*seldom, seldom[-1]], seldom[-1])
    assert found is not None
    assert found.warning is not None
    assert found.warning.accidents == 1


@pytest.mark.parametrize(("accidents", "looks"), [(1, 0), (4, 0), (5, 1), (6, 1), (7, 2), (9, 3)])
def test_few_accidents_are_not_judged(accidents: int, looks: int) -> None:
    days = after(*[50] * (accidents - 1))
    found = watch(days, days[-1])
    assert found is not None
    assert len(found.looks) == looks
    assert ("事故不足5起，不判断疏密" in in_words(found)) == (looks == 0)


def test_what_is_not_yet_is_not_looked_at() -> None:
    assert watch([], START) is None
    assert watch([START + timedelta(days=1)], START) is None
    early = watch([*STEADY, *after(1, 1, 1, start=STEADY[-1])[1:]], STEADY[-1])
    assert early == watch(STEADY, STEADY[-1])


def test_each_region_is_judged_for_itself() -> None:
    """Three counties with an accident in 90 days are none with one in 30."""
    rows = [
        {"region": f"{name}县", "occurred_on": pd.Timestamp(day), "counted": True}
        for number, name in enumerate("甲乙丙")
        for day in after(*[90] * 12, start=START + timedelta(days=number))
    ]
    sudden = [
        {"region": "丙县", "occurred_on": day, "counted": True} for day in ("2015-12-20",) * 3
    ]
    criminal = {"region": "乙县", "occurred_on": pd.Timestamp("2015-12-20"), "counted": False}
    undated = {"region": "乙县", "occurred_on": None, "counted": True}
    accidents = pd.DataFrame([*rows, *sudden, criminal, undated])
    accidents["ledger_until"] = None
    assert {region: len(days) for region, days in days_by_region(accidents).items()} == {
        "丙县": 16, "乙县": 13, "甲县": 13,
    }  # fmt: skip
    first, second, third = gap_sentences(accidents, date(2015, 12, 31))
    assert first.startswith("丙县：距上一起事故（2015年12月20日）已11天；最近3起事故")
    assert second.startswith("乙县：距上一起事故（2015年12月18日）已13天，历次间隔平均90天")
    assert third.startswith("甲县：")
    alone = gap_sentences(accidents[accidents["region"] == "甲县"], date(2015, 12, 31))
    assert alone[0].startswith("甲县：距上一起事故（2015年12月17日）已14天")
    assert gap_sentences(accidents[:0], date(2015, 12, 31)) == []


def test_days_of_which_no_ledger_has_come_are_no_quiet_days() -> None:
    """台账只到12月31日：距上次事故的天数算到那一天."""
    row = {"region": "本县", "occurred_on": pd.Timestamp("2015-12-01"), "counted": True}
    accidents = pd.DataFrame([row | {"ledger_until": pd.Timestamp("2015-12-31")}])
    assert gap_sentences(accidents, date(2016, 1, 31)) == [
        "本县：上一起事故（2015年12月1日）到事故台账截至的2015年12月31日30天，其后的尚未收到；"
        "事故不足5起，不判断疏密。"
    ]
    (whole,) = gap_sentences(accidents, date(2015, 12, 31))
    assert whole.startswith("本县：距上一起事故（2015年12月1日）已30天")


def geometric(draw: np.random.Generator, mean: float, number: int) -> list[int]:
    """Gaps under one risk a day."""
    return [int(gap) for gap in draw.geometric(1 / (mean + 1), number) - 1]


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each month between two days."""
    yield from (each.date() for each in pd.date_range(first, last, freq="ME"))


@pytest.mark.slow
def test_without_a_change_fewer_than_one_month_in_a_hundred_warns() -> None:
    draw = np.random.default_rng(20261128)
    months = warned = 0
    for _ in range(40):
        days = after(*geometric(draw, MEAN, 50))
        for as_of in month_ends(days[8], days[-1]):
            found = watch(days, as_of)
            months += 1
            warned += found is not None and found.warning is not None
    assert months > 2500
    assert warned / months <= WARNED


def test_ten_times_the_risk_is_noticed_within_five_accidents() -> None:
    draw = np.random.default_rng(20261128)
    trials, noticed = 200, 0
    for _ in range(trials):
        days = after(*geometric(draw, MEAN, 20))
        more = after(*geometric(draw, MEAN / 10, 5), start=days[-1])[1:]
        looked = (watch([*days, *more[:n]], more[n - 1]) for n in range(1, 6))
        noticed += any(found is not None and found.warning is not None for found in looked)
    assert noticed / trials >= 0.8


def test_gaps_have_a_mean_and_an_upper_limit() -> None:
    steady = after(*[30] * 9)
    chart = days_between(steady)
    assert chart is not None
    # Geometric with 30 quiet days on average: 1 - (30/31)**(n + 1) reaches 99.865 % at n = 201.
    assert (chart.mean, len(chart.gaps), chart.high) == (30, 9, 201)
    assert not any(gap.is_long for gap in chart.gaps)
    after_a_long_peace = days_between([*steady, steady[-1] + timedelta(days=900)])
    assert after_a_long_peace is not None
    assert after_a_long_peace.gaps[-1].is_long
    assert days_between(steady[:2]) is None


def test_regions_stand_in_the_order_of_their_names() -> None:
    rows = pd.DataFrame({"region": ["乙县", "甲县", "丙县"], "counted": True})
    days = days_by_region(rows.assign(occurred_on=pd.Timestamp("2023-10-01")))
    assert [*days] == sorted(["乙县", "甲县", "丙县"])
