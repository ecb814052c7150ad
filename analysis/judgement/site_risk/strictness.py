"""宽严不一: what each inspector and team finds, against what the sites they visited lead to expect.

A finding rate alone tells nothing: who is sent to the worst sites finds most. Here what was found
stands against the chances that the same visits would have had with an average inspector, and is
shrunk towards them as far as the differences among inspectors allow. 疑点 only: too few findings
may be luck, and are a reason for 交叉互检, not for blame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.judgement.site_risk.model import chances, learn
from analysis.judgement.site_risk.visits import known_before

CONFIDENCE = 0.95
#: Fewer visits than this say nothing about an inspector.
LEAST_VISITS = 10
#: So many visits by one person to one red or orange site without any finding are listed.
EMPTY_RUN = 3
HIGH = 3.0  # 橙 and above, as in visits.LEVELS
LAX, STRICT, LIKE_OTHERS = "检出偏少", "检出偏多", "与预计相当"
COLUMNS = (
    "who", "is_team", "visits", "found", "expected", "ratio", "low", "high", "judgement",
)  # fmt: skip
RUN_COLUMNS = ("site", "inspector", "level", "visits", "first_on", "last_on")


@dataclass(frozen=True, slots=True)
class Prior:
    """How far inspectors differ: a gamma of mean 1 and this strength (in expected findings)."""

    strength: float


def strictness(history: pd.DataFrame, extra: Sequence[str] = ()) -> pd.DataFrame:
    """Each inspector and each team (检查单位), the one who finds least on top; ``COLUMNS``.

    ``history`` has the columns of ``visits``. ``expected`` is the sum of the chances of their
    visits with an average inspector, ``ratio`` found / expected, shrunk, with its 95 % interval.

    Raises:
        ValueError: the visits are too few for a model.

    """
    known = history[history["found"].notna()].reset_index(drop=True)
    expected = expectations(known, extra)
    people = _sums(known.assign(expected=expected).explode("inspectors"), "inspectors")
    teams = _sums(known.assign(expected=expected), "unit")
    rows = [*_judged(people, is_team=False), *_judged(teams, is_team=True)]
    return (
        pd.DataFrame(rows, columns=list(COLUMNS))
        .sort_values(["is_team", "ratio", "who"])
        .reset_index(drop=True)
    )


def expectations(known: pd.DataFrame, extra: Sequence[str] = ()) -> pd.Series:
    """The chance of each visit with an average inspector; they add up to what was found."""
    model = learn(known, extra)
    chance = chances(model, known_before(known, known, extra=extra))
    return pd.Series(chance * known["found"].sum() / chance.sum(), index=known.index)


def prior_of(found: pd.Series, expected: pd.Series) -> Prior:
    """How far the ratios differ beyond chance, by the method of moments (gamma–Poisson)."""
    ratio = found / expected
    spread = float(np.average((ratio - 1) ** 2, weights=expected))
    by_chance = len(found) / float(expected.sum())
    beyond = max(spread - by_chance, 1e-3)
    return Prior(min(1.0 / beyond, 1e3))


def empty_runs(history: pd.DataFrame, least: int = EMPTY_RUN) -> pd.DataFrame:
    """Pairs of a red or orange site and an inspector whose latest visits there all found nothing.

    Columns ``RUN_COLUMNS``, the longest run on top; what was found is any hazard.
    """
    rows = history[history["level"] >= HIGH].explode("inspectors").dropna(subset=["inspectors"])
    rows = rows[rows["hazards"].notna()].sort_values("day", kind="stable")
    runs = [
        run
        for (site, who), each in rows.groupby(["site", "inspectors"], sort=True)
        if (run := _last_run(site, who, each)) and run["visits"] >= least
    ]
    found = pd.DataFrame(runs, columns=list(RUN_COLUMNS))
    return found.sort_values(["visits", "site"], ascending=[False, True]).reset_index(drop=True)


def _last_run(site: Any, who: Any, visits: pd.DataFrame) -> dict[str, Any] | None:
    filled = np.flatnonzero(visits["hazards"].to_numpy() > 0)
    run = visits.iloc[filled[-1] + 1 if len(filled) else 0 :]
    if run.empty:
        return None
    return {
        "site": site, "inspector": who, "level": run["level"].iloc[-1], "visits": len(run),
        "first_on": run["day"].iloc[0], "last_on": run["day"].iloc[-1],
    }  # fmt: skip


def _sums(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    named = rows.dropna(subset=[by])
    sums = named.groupby(by, sort=True).agg(
        visits=("found", "size"), found=("found", "sum"), expected=("expected", "sum")
    )
    return sums[sums["visits"] >= LEAST_VISITS]


def _judged(sums: pd.DataFrame, is_team: bool) -> Iterable[dict[str, Any]]:
    if sums.empty:
        return
    prior = prior_of(sums["found"], sums["expected"]).strength
    tail = (1 - CONFIDENCE) / 2
    for who, row in sums.iterrows():
        shape, rate = row["found"] + prior, row["expected"] + prior
        low, high = stats.gamma.ppf([tail, 1 - tail], shape) / rate
        yield {
            "who": who, "is_team": is_team, "visits": int(row["visits"]),
            "found": int(row["found"]), "expected": float(row["expected"]),
            "ratio": float(shape / rate), "low": float(low), "high": float(high),
            "judgement": LAX if high < 1 else STRICT if low > 1 else LIKE_OTHERS,
        }  # fmt: skip
