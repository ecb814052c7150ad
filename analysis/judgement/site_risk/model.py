"""场所风险: how likely the next inspection of a site is to find a (major) hazard, and why.

A regularised logistic model, and gradient boosting beside it where the data carry it, learn from
past visits what was known before each; their mean is calibrated on the latest of them. Who went
changes what is found (宽严不一): the models see the inspectors' own leaning, so that it is not
taken for the sites', and sites are ranked as if the average inspector went to all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from string import Formatter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from analysis.judgement.site_risk.visits import CIRCUMSTANCES, LEAST_FOUND, can_learn, known_before

Numbers = npt.NDArray[np.float64]
#: From so many visits on, gradient boosting has something to find that a line has not.
VISITS_FOR_TREES = 2_000
#: Several small forests of different seeds, since one alone moves by chance.
SEEDS = (1, 2, 3)
#: The share of the visits, the latest, that calibration holds back.
HELD_BACK = 0.2
#: The first visits have no past to learn from.
WARM_UP = 0.1

#: How a feature is told of: with the figures of ``figures_of``, of which none may be missing.
WORDS = {
    "own_record": "历次检查 {seen} 次，检出 {found} 次，按业态和检查人预计 {expected:.1f} 次",
    "own_record_lately": "近一年检查 {seen_lately} 次，检出 {found_lately} 次，"
    "按业态和检查人预计 {expected_lately:.1f} 次",
    "last_found": "上次检查（{last_on:%Y-%m-%d}）发现隐患 {last_hazards} 条",
    "last_hazards": "上次检查（{last_on:%Y-%m-%d}）发现隐患 {last_hazards} 条",
    "usual_hazards": "历次平均每次发现隐患 {mean_hazards:.1f} 条",
    "days_unseen": "距上次检查 {days_unseen} 天",
    "never_seen": "没有检查记录",
    "site_kind": "{site_kind}检出率 {kind_rate:.0%}（全部 {rate:.0%}）",
    "township": "{township}检出率 {township_rate:.0%}（全部 {rate:.0%}）",
    "township_lately": "{township}近 120 天检出率 {township_lately_rate:.0%}（全部 {rate:.0%}）",
    "level": "名录风险等级{level}",
    "points": "可能性×严重性 {points} 分",
}
#: Features that are no reason to go to one site rather than to another.
UNTOLD = ("visits", "season_sin", "season_cos")
#: How many reasons are told of a site.
REASONS = 3
#: What moves the log-odds by less is no reason.
LEAST_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: from how many visits, which found how many; ``trees`` may be none."""

    linear: Pipeline
    trees: tuple[HistGradientBoostingClassifier, ...]
    medians: pd.Series
    slope: float
    intercept: float
    visits: int
    found: int


def learn(history: pd.DataFrame, extra: Sequence[str] = ()) -> Model:
    """A model of visits; ``history`` has the columns of ``visits``.

    Raises:
        ValueError: the visits are too few (see ``can_learn``).

    """
    if not can_learn(history):
        raise ValueError("检查记录太少，不足以建模")
    known = history[history["found"].notna()].reset_index(drop=True)
    features = known_before(known, known, extra=extra)
    start = int(len(known) * WARM_UP)
    features, found = features.iloc[start:], known["found"].iloc[start:].to_numpy(int)
    slope, intercept = _calibration(features, found)
    linear, trees, medians = _fit(features, found)
    return Model(linear, trees, medians, slope, intercept, len(known), int(known["found"].sum()))


def chances(model: Model, features: pd.DataFrame, inspectors: bool = False) -> Numbers:
    """The chance (0–1) that each visit finds something.

    Without ``inspectors`` it is that of an average inspector's ordinary visit, which is what
    sites are ranked by.
    """
    seen = features if inspectors else features.assign(**dict.fromkeys(CIRCUMSTANCES, 0.0))
    score = _score(model.linear, model.trees, model.medians, seen)
    return _chance(model.slope * score + model.intercept)


def reasons(model: Model, features: pd.DataFrame, figures: pd.DataFrame) -> list[str]:
    """For each row of features what raises its chance most, in words, by the linear half.

    ``figures`` are those of ``figures_of`` for the same rows.
    """
    filled = features[model.medians.index].fillna(model.medians)
    scaled = model.linear[0].transform(filled)
    # Only more than usual of what adds to the chance is a reason; a figure that stands for its
    # opposite («上次没有发现») would not be understood as one.
    weights = pd.DataFrame(
        scaled.clip(min=0.0) * model.linear[-1].coef_[0].clip(min=0.0), columns=filled.columns
    )
    told = weights.drop(columns=[*CIRCUMSTANCES, *UNTOLD], errors="ignore")
    known = figures.astype(object).where(figures.notna(), None).to_dict("records")
    return [
        _sentence(row[row > LEAST_WEIGHT].sort_values(ascending=False), each)
        for (_, row), each in zip(told.iterrows(), known, strict=True)
    ]


def _sentence(heaviest: "pd.Series[float]", figures: Mapping[Any, Any]) -> str:
    said = (_said(str(name), figures) for name in heaviest.index)
    return "；".join(islice(dict.fromkeys(filter(None, said)), REASONS))


def _said(name: str, figures: Mapping[Any, Any]) -> str:
    """One feature in words, or nothing where a figure of it is missing."""
    words = WORDS.get(name, f"{name} 一项")
    needed = [field for _, field, _, _ in Formatter().parse(words) if field]
    return "" if any(figures[field] is None for field in needed) else words.format(**figures)


def _calibration(features: pd.DataFrame, found: npt.NDArray[np.int_]) -> tuple[float, float]:
    """Slope and intercept that make chances of log-odds, from visits after those learnt from."""
    start = int(len(found) * (1 - HELD_BACK))
    if min(found[:start].sum(), found[start:].sum()) < LEAST_FOUND // 3:
        return 1.0, 0.0
    score = _score(*_fit(features.iloc[:start], found[:start]), features.iloc[start:])
    line = LogisticRegression(C=10.0).fit(score.reshape(-1, 1), found[start:])
    slope = float(line.coef_[0, 0])
    # A line that falls would turn the ranking round on the word of a few visits.
    return (slope, float(line.intercept_[0])) if slope > 0 else (1.0, 0.0)


def _fit(
    features: pd.DataFrame, found: npt.NDArray[np.int_]
) -> tuple[Pipeline, tuple[HistGradientBoostingClassifier, ...], pd.Series]:
    # What is the same for all, or nowhere written, tells nothing.
    medians = features.loc[:, features.nunique() > 1].median()
    features = features[medians.index]
    linear = make_pipeline(StandardScaler(), LogisticRegression(C=0.02, max_iter=1000))
    linear.fit(features.fillna(medians), found)
    if len(found) < VISITS_FOR_TREES:
        return linear, (), medians
    # One thread: as fast on tables of this size, and many times so where others use the machine.
    with threadpool_limits(1):
        trees = tuple(_forest(seed).fit(features, found) for seed in SEEDS)
    return linear, trees, medians


def _forest(seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.04, max_iter=120, max_leaf_nodes=7, min_samples_leaf=60,
        l2_regularization=20.0, max_features=0.3, random_state=seed,
    )  # fmt: skip


def _score(
    linear: Pipeline, trees: Sequence[HistGradientBoostingClassifier], medians: pd.Series,
    features: pd.DataFrame,
) -> Numbers:  # fmt: skip
    """Log-odds: the mean of the line and of the forests."""
    features = features[medians.index]
    line = linear.decision_function(features.fillna(medians))
    if not trees:
        return np.asarray(line, float)
    with threadpool_limits(1):
        forest = np.mean([tree.decision_function(features) for tree in trees], axis=0)
    return np.asarray((line + forest) / 2, float)


def _chance(odds: Numbers) -> Numbers:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), float)
