"""回测: what the ranking would have brought, had a past period's inspections been put in its order.

The model learns only from what was known before the period. The visits of the period are put in
the order of their chances, with the same number on each day as there really were; a visit that
found something is so many days earlier, or later, than it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import YanpanError
from analysis.judgement.site_risk.model import chances, learn
from analysis.judgement.site_risk.visits import can_learn, known_before

Numbers = npt.NDArray[np.float64]
#: Resamples of the period's visits for the intervals, and their seed.
RESAMPLES, SEED = 1_000, 20231015
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a back-test with its bootstrap interval (95 %)."""

    name: str
    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """A period, and what either order of its visits gives: without inspectors, and with."""

    start: date
    end: date
    learnt_from: int
    visits: int
    found: int
    perfect_days: float
    real_first_half: float
    sites_only: tuple[Figure, ...]
    with_inspectors: tuple[Figure, ...]


#: Names and labels of the figures, in the order of ``measure``.
FIGURES = {
    "days_earlier": "平均提前天数（天）",
    "first_half": "前一半检出的比例",
    "auc": "AUC",
    "precision_top": "最前 10% 的检出率",
    "predicted": "预计检出率",
    "calibration_error": "校准误差（预计与实际检出率之差，十组加权平均）",
}


def backtest(history: pd.DataFrame, start: date, end: date, extra: Sequence[str] = ()) -> Backtest:
    """Try the ranking on the visits of a period, both ends included.

    ``history`` has the columns of ``visits``, those of the period among them.

    Raises:
        YanpanError: there are too few visits before the period, or none of both kinds in it.

    """
    before, during = split(history, start, end)
    model = learn(before, extra)
    known = known_before(before, during, until=start, extra=extra)
    found, day = during["found"].to_numpy(float), during["day"].to_numpy("datetime64[D]")
    plain, informed = chances(model, known), chances(model, known, inspectors=True)
    return Backtest(
        start, end, model.visits, len(during), int(found.sum()),
        days_earlier(day, found, found), first_half(-day.astype(float), found),
        _figures(day, plain, found), _figures(day, informed, found),
    )  # fmt: skip


def split(history: pd.DataFrame, start: date, end: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Visits before a period and those in it, of both only what is known to have been found.

    Raises:
        YanpanError: either are too few for a back-test.

    """
    known = history[history["found"].notna()]
    before = known[known["day"] < pd.Timestamp(start)].reset_index(drop=True)
    during = known[known["day"].between(pd.Timestamp(start), pd.Timestamp(end))]
    if not can_learn(before):
        raise YanpanError(
            f"{start} 以前的检查记录只有 {len(before)} 次（检出 {before['found'].sum():.0f} 次），"
            "不足以建模；请把 --from 往后移，或补充以前的检查台账。"
        )
    if not 0 < during["found"].sum() < len(during):
        raise YanpanError(
            f"{start} 至 {end} 有检查 {len(during)} 次，检出 {during['found'].sum():.0f} 次，"
            "没有可比的先后；请换一个时段。"
        )
    return before, during.reset_index(drop=True)


def days_earlier(day: npt.NDArray[Any], score: Numbers, found: Numbers) -> float:
    """Mean days by which visits that found something come earlier in the order of ``score``."""
    slots = np.sort(day)
    placed = np.empty_like(slots)
    placed[np.argsort(-score, kind="stable")] = slots
    gained = (day - placed).astype("timedelta64[D]").astype(float)
    return float(gained[found == 1].mean())


def first_half(score: Numbers, found: Numbers) -> float:
    """The share of what was found that lies in the first half of the order of ``score``."""
    order = np.argsort(-score, kind="stable")
    return float(found[order[: len(order) // 2]].sum() / found.sum())


def measure(day: npt.NDArray[Any], chance: Numbers, found: Numbers) -> list[float]:
    """The figures of ``FIGURES``, in their order."""
    top = np.argsort(-chance, kind="stable")[: max(1, len(chance) // 10)]
    return [
        days_earlier(day, chance, found), first_half(chance, found),
        auc(chance, found), float(found[top].mean()), float(chance.mean()),
        calibration_error(chance, found),
    ]  # fmt: skip


def auc(chance: Numbers, found: Numbers) -> float:
    """How often what was found had the higher chance, of all pairs with what was not; 0–1.

    By mean ranks (Mann and Whitney), since ``sklearn`` spends most of a bootstrap on looking at
    its arguments.
    """
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]  # equal chances share theirs
    hits = found == 1
    few, rest = int(hits.sum()), int((~hits).sum())
    return float((rank[hits].sum() - few * (few + 1) / 2) / (few * rest))


def calibration_error(chance: Numbers, found: Numbers, bins: int = 10) -> float:
    """Mean distance of what was foretold from what was found, over groups of like chances."""
    groups = np.array_split(np.argsort(chance, kind="stable"), bins)
    return float(
        sum(len(g) * abs(chance[g].mean() - found[g].mean()) for g in groups if len(g))
        / len(chance)
    )


def _figures(day: npt.NDArray[Any], chance: Numbers, found: Numbers) -> tuple[Figure, ...]:
    values = measure(day, chance, found)
    source = np.random.default_rng(SEED)
    drawn: list[list[float]] = []
    while len(drawn) < RESAMPLES:
        some = source.integers(0, len(day), len(day))
        if 0 < found[some].sum() < len(some):
            drawn.append(measure(day[some], chance[some], found[some]))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(np.array(drawn), [tail, 1 - tail], axis=0)
    return tuple(
        Figure(name, label, *map(float, each))
        for (name, label), *each in zip(FIGURES.items(), values, low, high, strict=True)
    )
