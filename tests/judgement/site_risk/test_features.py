"""Small parts of the ranker, by hand: seasons, and when chances are calibrated at all."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.judgement.site_risk import model
from analysis.judgement.site_risk.model import Model, _calibration, _score, reasons
from analysis.judgement.site_risk.ranking import hint
from analysis.judgement.site_risk.strictness import prior_of
from analysis.judgement.site_risk.tallies import leaning
from analysis.judgement.site_risk.visits import LEAST_FOUND, _of_site, _season, known_before


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


def test_inspectors_differ_by_what_chance_does_not_explain() -> None:
    # Found 0 and 20 of 10 expected each: ratios 0 and 2, spread 1, by chance 2 / 20, beyond 0.9.
    expected = pd.Series([10.0, 10.0])
    assert prior_of(pd.Series([0, 20]), expected).strength == pytest.approx(1 / 0.9)
    assert prior_of(pd.Series([10, 10]), expected).strength == 1000  # as strong as it gets


def test_a_sites_own_record_is_a_step_from_what_was_expected_of_it() -> None:
    # Nothing was known before the first visit: expected 0.1; found 1: surplus 0.9, doubt 0.09.
    first = {"site": "甲", "day": pd.Timestamp("2022-01-01"), "found": 1.0, "hazards": 2.0}
    past = pd.DataFrame([first | {"site_kind": "宾馆", "inspectors": ("赵某",)}])
    a_year_on = pd.Series(pd.to_datetime(["2023-01-01"]))
    found = _of_site(past, past.assign(day=a_year_on), a_year_on)
    assert found["own_record"].tolist() == pytest.approx([0.9 / 1.09])
    assert found["own_record_lately"].tolist() == pytest.approx([0.9 / np.e / (0.09 / np.e + 1)])
    assert found["days_unseen"].tolist() == pytest.approx([np.log(366)])
    assert found["usual_hazards"].tolist() == pytest.approx([np.log(3)])  # its own and all others'


class _Scaler:
    """Stands for what was learnt of the features' scale: they are scaled already."""

    def transform(self, features: pd.DataFrame) -> Any:
        return features.to_numpy(float)


class _Line:
    coef_ = np.array([[0.5, 0.5]])


def test_only_more_than_usual_of_what_raises_the_chance_is_a_reason() -> None:
    features = pd.DataFrame({"days_unseen": [2.0, -1.0], "never_seen": [0.5, 0.0]})
    figures = pd.DataFrame({"days_unseen": [90, 3]})
    learnt: Any = Model((_Scaler(), _Line()), (), features.median(), 1.0, 0.0, 0, 0)  # type: ignore[arg-type]
    assert reasons(learnt, features, figures) == ["距上次检查 90 天；没有检查记录", ""]


@pytest.mark.parametrize(
    ("colour", "chance", "said"),
    [
        ("蓝", 0.25, "模型提示：检出重大隐患的概率 25.0%，相当于橙"),
        (None, 0.1, "模型提示：检出重大隐患的概率 10.0%，相当于黄"),
        ("橙", 0.25, ""), ("红", 0.9, ""),  # no more than its colour says
        (None, 0.05, ""), ("蓝", np.nan, ""),
    ],
)  # fmt: skip
def test_a_model_is_heard_where_it_expects_more_than_the_colour(
    colour: str | None, chance: float, said: str
) -> None:
    assert hint(colour, chance, (0.1, 0.2, 0.3)) == said


def test_a_key_leans_from_the_rate_of_all_before_the_day() -> None:
    days = pd.Series(pd.to_datetime(["2023-01-01"] * 2))
    asked, on = pd.Series(["甲"]), pd.Series(pd.to_datetime(["2023-01-02"]))
    found = leaning(pd.Series(["甲", "乙"]), days, pd.Series([1, 0]), asked, on, weight=1)
    # All: (1 + 1) / (2 + 10) = 1/6, odds 1/5; 甲: (1 + 1/6) / (1 + 1) = 7/12, odds 7/5.
    assert found.tolist() == pytest.approx([np.log(7)])


#: Of each feature that leans: as how many visits the rate of all counts, in how many days a visit
#: fades by the factor e.
WEIGHTS = {
    "site_kind": (30, np.inf), "township": (60, np.inf), "township_lately": (20, 120),
    "inspectors": (30, np.inf), "inspectors_lately": (15, 120), "visit_kind": (30, np.inf),
    "campaign": (30, np.inf),
}  # fmt: skip


def visit(site: str, day: str, found: float, **others: Any) -> dict[str, Any]:
    """An evening's visit of a campaign by two persons."""
    return {
        "site": site, "day": pd.Timestamp(day), "found": found, "hazards": 3 * found,
        "site_kind": "宾馆", "township": "东河镇", "kind": "日常", "campaign": "百日",
        "inspectors": ("赵某", "钱某"), "level": 4.0, "points": 20.0,
    } | others  # fmt: skip


OTHER = {
    "site_kind": "网吧", "township": "西岭镇", "kind": "夜查", "campaign": "暑期",
    "inspectors": ("孙某",),
}  # fmt: skip


@pytest.mark.parametrize("name", WEIGHTS)
def test_what_is_like_a_visit_that_found_something_leans_by_its_weight(name: str) -> None:
    """120 days before: 甲 found something, 乙, unlike it in all, nothing. Nobody counted 丙's."""
    past = pd.DataFrame(
        [visit("甲", "2023-01-01", 1.0), visit("乙", "2023-01-01", 0.0, **OTHER),
         visit("丙", "2023-01-01", np.nan)]
    )  # fmt: skip
    asked = pd.DataFrame([visit("丁", "2023-05-01", np.nan)])
    weight, fade = WEIGHTS[name]
    left = np.exp(-120 / fade)  # of a visit, when it is asked
    people = 3 if name.startswith("inspectors") else 2  # who went counts each
    found = people - 1
    overall = (found * left + 0.1 * 10) / (people * left + 10)
    own = (1 * left + weight * overall) / (1 * left + weight)
    odds = np.log(own / (1 - own)) - np.log(overall / (1 - overall))
    told = known_before(past, asked)[name]
    assert told.tolist() == pytest.approx([odds], rel=1e-9)


def test_of_a_site_that_was_never_seen_the_usual_is_known() -> None:
    past = pd.DataFrame([visit("甲", "2023-01-01", 1.0), visit("乙", "2023-01-01", 0.0, **OTHER)])
    asked = pd.DataFrame([visit("甲", "2023-01-11", np.nan), visit("丁", "2023-01-11", np.nan)])
    told = known_before(past, asked)
    usual = np.log(4) / 2  # 甲: three hazards, 乙: none
    assert told["never_seen"].tolist() == [0, 1]
    assert told["visits"].tolist() == pytest.approx([np.log(2), 0])
    assert told["last_found"].tolist() == [1, 0]
    assert told["last_hazards"].tolist() == pytest.approx([np.log(4), usual])
    assert told["usual_hazards"].tolist() == pytest.approx([(np.log(4) + usual) / 2, usual])
    assert told["days_unseen"].tolist() == pytest.approx([np.log(11), np.log(731)])
    assert told[["level", "points"]].to_numpy().tolist() == [[4, 20], [4, 20]]


def test_days_unseen_end_at_three_years() -> None:
    past = pd.DataFrame([visit("甲", "2019-01-01", 1.0)])
    asked = pd.DataFrame([visit("甲", "2023-01-11", np.nan)])
    assert known_before(past, asked)["days_unseen"].tolist() == pytest.approx([np.log(1096)])


@pytest.mark.slow
def test_with_a_last_day_nothing_of_it_or_later_is_known() -> None:
    past = pd.DataFrame([visit("甲", "2023-01-01", 1.0), visit("甲", "2023-02-01", 1.0)])
    asked = pd.DataFrame([visit("甲", "2023-03-01", np.nan)])
    seen = [known_before(past, asked, until)["visits"][0] for until in
            (None, "2023-02-02", "2023-02-01", "2023-01-01")]  # fmt: skip
    assert seen == pytest.approx([np.log(3), np.log(3), np.log(2), 0])
