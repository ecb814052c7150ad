"""Small parts of the ranker, by hand: seasons, and when chances are calibrated at all."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.judgement.site_risk import model
from analysis.judgement.site_risk.model import _calibration, _score
from analysis.judgement.site_risk.visits import LEAST_FOUND, _season


@pytest.mark.parametrize(
    ("day", "turn"), [("2023-01-01", 1), ("2023-04-02", 92), ("2023-12-31", 365)]
)
def test_a_year_is_one_turn(day: str, turn: int) -> None:
    found = _season(pd.Series([pd.Timestamp(day)]))
    angle = 2 * np.pi * turn / 365.25
    assert found["season_sin"][0] == pytest.approx(np.sin(angle))
    assert found["season_cos"][0] == pytest.approx(np.cos(angle))


@pytest.fixture
def learnt(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """How many visits a score was learnt from and how many it was given for, each time."""
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(model, "_fit", lambda features, found: (len(features),))

    def score(count: int, features: pd.DataFrame) -> Any:
        asked.append((count, len(features)))
        return features["score"].to_numpy(float)

    monkeypatch.setattr(model, "_score", score)
    return asked


def visited(found_before: int, found_after: int, sign: float = 1.0) -> tuple[pd.DataFrame, Any]:
    """A hundred visits, of which the last twenty are held back."""
    found = np.array([1] * found_before + [0] * (80 - found_before))
    found = np.append(found, [1] * found_after + [0] * (20 - found_after))
    return pd.DataFrame({"score": sign * found}), found


THIRD = LEAST_FOUND // 3


def test_the_last_fifth_of_the_visits_makes_chances_of_scores(learnt: list[Any]) -> None:
    slope, intercept = _calibration(*visited(THIRD, THIRD))
    assert learnt == [(80, 20)]
    assert slope > 0
    assert intercept != 0


@pytest.mark.parametrize(("before", "after"), [(THIRD - 1, THIRD), (THIRD, THIRD - 1)])
def test_too_few_that_found_anything_on_either_side_calibrate_nothing(
    learnt: list[Any], before: int, after: int
) -> None:
    assert _calibration(*visited(before, after)) == (1.0, 0.0)
    assert learnt == []


def test_a_line_that_falls_is_not_taken(learnt: list[Any]) -> None:
    assert _calibration(*visited(THIRD, THIRD, sign=-1.0)) == (1.0, 0.0)


class _Says:
    """Stands for something learnt, which gives every visit the same log-odds."""

    def __init__(self, odds: float) -> None:
        self.odds = odds

    def decision_function(self, features: pd.DataFrame) -> Any:
        assert list(features) == ["a"], "a feature that was not learnt from is not used"
        return np.full(len(features), self.odds)


@pytest.mark.parametrize(("forests", "odds"), [([], 1.0), ([3.0], 2.0), ([3.0, 5.0], 2.5)])
def test_a_score_is_half_the_line_and_half_the_mean_of_the_forests(
    forests: list[float], odds: float
) -> None:
    features = pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, 2.0]})
    trees: Any = [_Says(each) for each in forests]
    line: Any = _Says(1.0)
    assert _score(line, trees, pd.Series({"a": 0.5}), features).tolist() == [odds, odds]
