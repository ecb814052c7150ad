"""Where to look next: sites by the model's chance where visits carry one, else by the scorecard.

The colour is the higher of what the scorecard says (the roll, likelihood × severity, an open major
hazard) and what the chance says: no score takes a site off 红 that the rules put there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.judgement.site_risk.scorecard import COLOURS, rank_sites
from analysis.judgement.site_risk.site_evidence import figures_of
from analysis.judgement.site_risk.visits import (
    LEAST_FOUND,
    LEAST_VISITS,
    OUTCOMES,
    can_learn,
    known_before,
    of_roll,
    visits,
)

COLUMNS = (
    "site", "township", "site_kind", "unit", "person", "colour", "basis", "chance", "points",
    "open_major", "overdue", "vanished", "open_items", "last_inspected_on", "reasons",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranking:
    """Sites, the one to look at first on top (``COLUMNS``), and what they were ranked by."""

    sites: pd.DataFrame
    is_model: bool
    note: str


@dataclass(frozen=True, slots=True)
class Foresight:
    """The chance of each site and its reasons (site → chance, why), or None; what it rests on."""

    chances: pd.DataFrame | None
    note: str


def rank(
    inspections: pd.DataFrame,
    sites: pd.DataFrame,
    hazards: pd.DataFrame,
    recurrences: pd.DataFrame,
    vanished: pd.DataFrame,
    as_of: date,
    bands: Sequence[int],
    chance_bands: Sequence[float],
    outcome: str = "major",
    extra: Sequence[str] = (),
) -> Ranking:
    """Rank the sites for the day after ``as_of``.

    ``inspections`` and ``sites`` are rows of the relations; ``hazards`` (of ``items``),
    ``recurrences`` and ``vanished`` may be empty. ``bands`` are the least likelihood × severity,
    ``chance_bands`` the least chances of a major hazard, of 黄, 橙 and 红: the chance of any hazard
    reorders sites but changes no colour.

    Raises:
        YanpanError: an extra column is in no row, or holds no numbers.

    """
    card = rank_sites(sites, hazards, recurrences, vanished, inspections, as_of, bands)
    seen = foresee(inspections, sites, as_of, outcome, extra)
    return with_chances(card, seen, chance_bands if outcome == "major" else ())


def foresee(
    inspections: pd.DataFrame, sites: pd.DataFrame, as_of: date, outcome: str = "major",
    extra: Sequence[str] = (),
) -> Foresight:  # fmt: skip
    """What the visits say of each site's next one, where there are enough of them."""
    history = visits(inspections, sites, outcome, extra)
    told = OUTCOMES[outcome][1]
    known = history["found"].dropna()
    said = f"有结果的检查 {len(known)} 次，其中发现{told} {known.sum():.0f} 次"
    if not can_learn(history):
        return Foresight(
            None,
            f"{said}；建模至少要 {LEAST_VISITS} 次检查、其中 {LEAST_FOUND} 次检出，"
            "现按标准评分表（可能性×严重性和未销号的隐患）排序。",
        )
    # scikit-learn takes half a second to come; most questions need none of it.
    from analysis.judgement.site_risk.model import chances, learn, reasons

    upcoming = of_roll(sites, as_of + timedelta(days=1), extra)
    features = known_before(history, upcoming, extra=extra)
    model = learn(history, extra)
    figures = figures_of(history, upcoming)
    judged = pd.DataFrame(
        {"chance": chances(model, features), "why": reasons(model, features, figures)},
        index=upcoming["site"],
    )
    return Foresight(
        judged,
        f"{said}；同色的按下一次检查发现{told}的概率排序（以一般检查人计，不算由谁检查）。",
    )


def with_chances(card: pd.DataFrame, seen: Foresight, chance_bands: Sequence[float]) -> Ranking:
    """The scorecard with the chances in it: colours may rise, and sites of one colour reorder."""
    if seen.chances is None:
        return Ranking(card.assign(chance=np.nan)[list(COLUMNS)], False, seen.note)
    return Ranking(_merged(card, seen.chances, chance_bands), True, seen.note)


def _merged(card: pd.DataFrame, judged: pd.DataFrame, bands: Sequence[float]) -> pd.DataFrame:
    rows = card.assign(
        chance=card["site"].map(judged["chance"]).astype("float64"),
        why=card["site"].map(judged["why"]).fillna(""),
    )
    graded = [_higher(*each, bands) for each in zip(
        rows["colour"], rows["basis"], rows["chance"], strict=True
    )]  # fmt: skip
    rows["colour"], rows["basis"] = zip(*graded, strict=True) if graded else ([], [])
    rows["reasons"] = [
        "；".join(dict.fromkeys(filter(None, f"{said}；{why}".split("；"))))
        for said, why in zip(rows["reasons"], rows["why"], strict=True)
    ]
    height = rows["colour"].map({colour: n for n, colour in enumerate(COLOURS)}).fillna(-1)
    keys = rows.assign(height=height)
    order = keys.sort_values(
        ["height", "open_major", "chance"], ascending=False, na_position="last", kind="stable"
    ).index
    return rows.loc[order, list(COLUMNS)].reset_index(drop=True)


def _higher(
    colour: Any, basis: str, chance: float, bands: Sequence[float]
) -> tuple[str | None, str]:
    """The higher of the scorecard's colour and the chance's, and why."""
    said = str(colour) if colour in COLOURS else None
    if np.isnan(chance) or not bands:
        return said, basis
    by_chance = COLOURS[sum(chance >= least for least in bands)]
    if said is None or COLOURS.index(by_chance) > COLOURS.index(said):
        return by_chance, f"检出概率 {chance:.1%}"
    return said, basis
