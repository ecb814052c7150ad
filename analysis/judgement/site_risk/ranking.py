"""Where to look next: sites by their colour, and in one colour by the model's chance of each.

The colour is the scorecard's (the roll, likelihood × severity, an open major hazard). What a model
expects is no rating: it orders sites of one colour, and where it expects more than the colour says,
that is marked 模型提示 beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.judgement.site_risk.scorecard import COLOURS, height, rank_sites
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
from analysis.wording.values import per_cent

COLUMNS = (
    "site", "region", "township", "site_kind", "unit", "person", "colour", "basis", "rated",
    "chance", "hint", "points", "open_major", "overdue", "vanished", "open_items",
    "last_inspected_on", "reasons",
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
    ``chance_bands`` the least chances of a major hazard of 黄, 橙 and 红, at which a site of a
    lower colour gets a hint: the chance of any hazard orders sites and hints at nothing.

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
            f"{said}；建模至少要 {LEAST_VISITS} 次检查、其中 {LEAST_FOUND} 次发现{told}，"
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
    """The scorecard with the chances in it: they order sites of one colour, and may give hints."""
    if seen.chances is None:
        return Ranking(card.assign(chance=np.nan, hint="")[list(COLUMNS)], False, seen.note)
    return Ranking(_merged(card, seen.chances, chance_bands), True, seen.note)


def _merged(card: pd.DataFrame, judged: pd.DataFrame, bands: Sequence[float]) -> pd.DataFrame:
    rows = card.assign(
        chance=card["site"].map(judged["chance"]).astype("float64"),
        why=card["site"].map(judged["why"]).fillna(""),
    )
    rows["hint"] = [
        hint(colour, chance, bands)
        for colour, chance in zip(rows["colour"], rows["chance"], strict=True)
    ]
    rows["reasons"] = [
        "；".join(dict.fromkeys(filter(None, f"{said}；{why}；{hinted}".split("；"))))
        for said, why, hinted in zip(rows["reasons"], rows["why"], rows["hint"], strict=True)
    ]
    keys = rows.assign(height=rows["colour"].map(height))
    order = keys.sort_values(
        ["height", "open_major", "chance"], ascending=False, na_position="last", kind="stable"
    ).index
    return rows.loc[order, list(COLUMNS)].reset_index(drop=True)


def hint(colour: Any, chance: float, bands: Sequence[float]) -> str:
    """What the model says of a site beyond its colour; nothing where it expects no more."""
    if np.isnan(chance) or not bands:
        return ""
    level = sum(chance >= least for least in bands)
    # 蓝 is no warning: a site that nobody has rated is not called safe by a model
    if not level or level <= height(colour):
        return ""
    return f"模型提示：检出重大隐患的概率 {per_cent(chance, 1)}，相当于{COLOURS[level]}"
