"""The small figures of the site risk, each from numbers that can be counted in the head."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import YanpanError
from analysis.judgement.site_risk.backtest import calibration_error, split
from analysis.judgement.site_risk.ranking import hint
from analysis.judgement.site_risk.scorecard import grade, height, high_sites
from analysis.judgement.site_risk.strictness import empty_runs

START, END = date(2023, 10, 1), date(2023, 12, 31)
BANDS = (4, 8, 12)
NOTHING = pd.DataFrame({"site": pd.Series(dtype=object)})


def of_visits(before: list[int], during: list[int]) -> pd.DataFrame:
    """Visits of one site: those of September, and those of the first of October."""
    days = ["2023-09-01"] * len(before) + ["2023-10-01"] * len(during)
    return pd.DataFrame({"day": pd.to_datetime(days), "found": [*before, *during]})


@pytest.mark.parametrize(
    ("during", "can_be_ordered"),
    [([1, 0], True), ([0, 0], False), ([1, 1], False), ([], False)],
)
def test_a_period_in_which_all_or_nothing_was_found_has_no_order(
    during: list[int], can_be_ordered: bool
) -> None:
    history = of_visits([0, 1] * 500, during)
    if can_be_ordered:
        before, within = split(history, START, END)
        assert (len(before), len(within)) == (1000, 2)
        assert within.index.tolist() == [0, 1]
    else:
        with pytest.raises(YanpanError, match="没有可比的先后"):
            split(history, START, END)


def test_chances_are_held_against_what_was_found() -> None:
    """Two groups: 0.2 foretold and nothing found, 0.9 foretold and all found."""
    chance, found = np.array([0.2, 0.9, 0.2, 0.9]), np.array([0, 1, 0, 1])
    assert calibration_error(chance, found, bins=2) == pytest.approx((0.2 + 0.1) / 2)
    assert calibration_error(found.astype(float), found, bins=2) == 0


@pytest.mark.parametrize(
    ("chance", "bands", "said"),
    [
        (0.5, (0.1, 0.3, 0.6), "相当于橙"), (0.1, (0.1, 0.3, 0.6), "相当于黄"),
        (0.09, (0.1, 0.3, 0.6), ""), (float("nan"), (0.1, 0.3, 0.6), ""), (0.5, (), ""),
    ],
)  # fmt: skip
def test_a_model_without_a_chance_or_without_bands_says_nothing(
    chance: float, bands: tuple[float, ...], said: str
) -> None:
    assert hint(None, chance, bands).endswith(said)
    assert bool(hint(None, chance, bands)) == bool(said)


def test_colours_rise_from_blue_and_what_is_none_stands_below() -> None:
    assert [height(each) for each in (None, "紫", "蓝", "黄", "橙", "红")] == [-1, -1, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("points", "colour"), [(3, "蓝"), (4, "黄"), (7, "黄"), (8, "橙"), (12, "红")]
)
def test_points_reach_a_band_at_its_least(points: int, colour: str) -> None:
    assert grade(None, points, 0, BANDS) == (colour, f"可能性×严重性={points}")
    assert grade("红", points, 0, BANDS)[0] == "红"


@pytest.mark.parametrize(
    ("likelihood", "severity", "is_high"),
    [(4.0, 3.0, True), (2.0, 4.0, True), (7.0, 1.0, False), (None, 5.0, False), (5.0, None, False)],
)
def test_points_take_both_the_likelihood_and_the_severity(
    likelihood: float | None, severity: float | None, is_high: bool
) -> None:
    roll = pd.DataFrame(
        {"site": ["甲宾馆"], "risk_level": ["蓝"], "likelihood": [likelihood],
         "severity": [severity]}
    )  # fmt: skip
    assert len(high_sites(roll, NOTHING, BANDS)) == is_high


def seen(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    """Site, inspectors, hazards: visits to red sites, one a day."""
    return pd.DataFrame(
        [
            {"site": site, "inspectors": who.split("、"), "hazards": found, "level": 3,
             "day": pd.Timestamp("2023-10-01") + pd.Timedelta(days=n)}
            for n, (site, who, found) in enumerate(rows)
        ]
    )  # fmt: skip


def test_runs_of_empty_visits_stand_by_length_then_site_then_inspector() -> None:
    found = empty_runs(
        seen(
            ("乙网吧", "孙某", 0), ("乙网吧", "孙某", 0),
            ("甲宾馆", "钱某、赵某", 0), ("甲宾馆", "钱某、赵某", 0), ("甲宾馆", "赵某", 0),
            ("丙景区", "李某", 0), ("丙景区", "李某", 1), ("丙景区", "李某", None),
        ),
        least=2,
    )  # fmt: skip
    assert found[["site", "inspector", "visits"]].to_numpy().tolist() == [
        ["甲宾馆", "赵某", 3], ["乙网吧", "孙某", 2], ["甲宾馆", "钱某", 2],
    ]  # fmt: skip
    assert found["first_on"].dt.day.tolist() == [3, 1, 3]
    assert found.index.tolist() == [0, 1, 2]
