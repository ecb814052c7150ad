"""The figures that a site's reasons are told with: what its visits found, and those around it.

A model weighs; a person must be able to check. Each figure here can be counted in the ledger.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.judgement.site_risk.visits import LEVELS, LONG, SEASON, expected_before

_COLOUR = {number: colour for colour, number in LEVELS.items()}


def figures_of(history: pd.DataFrame, upcoming: pd.DataFrame) -> pd.DataFrame:
    """One row for each visit to come, all on one day; both have the columns of ``visits``.

    Columns: site_kind, township, level (colour), points; seen, found, expected of all visits there
    and with ``_lately`` of the last year; last_on, last_hazards, mean_hazards, days_unseen; rate of
    all visits, kind_rate, township_rate, township_lately_rate (0–1). Missing where nothing is
    known.
    """
    past = history[history["found"].notna()].reset_index(drop=True)
    past = past.assign(seen=1, expected=expected_before(past))
    day = upcoming["day"].max()
    last = past.groupby("site").tail(1).set_index("site")
    known = pd.DataFrame(index=upcoming.index)
    for name in ("site_kind", "township"):
        known[name] = upcoming[name]
    known["level"] = upcoming["level"].map(_COLOUR)
    known["points"] = upcoming["points"].astype("Int64")
    for tail, rows in (("", past), ("_lately", _since(past, day, LONG))):
        sums = rows.groupby("site")[["seen", "found", "expected"]].sum()
        for name in ("seen", "found"):
            known[name + tail] = upcoming["site"].map(sums[name]).astype("Int64")
        known[f"expected{tail}"] = upcoming["site"].map(sums["expected"])
    known["last_on"] = upcoming["site"].map(last["day"])
    known["last_hazards"] = upcoming["site"].map(last["hazards"]).astype("Int64")
    known["mean_hazards"] = upcoming["site"].map(past.groupby("site")["hazards"].mean())
    known["days_unseen"] = (day - pd.to_datetime(known["last_on"])).dt.days.astype("Int64")
    return known.assign(**_rates(past, upcoming, day))


def _rates(past: pd.DataFrame, upcoming: pd.DataFrame, day: pd.Timestamp) -> Mapping[str, Any]:
    lately = _since(past, day, SEASON)
    return {
        "rate": past["found"].mean(),
        "kind_rate": upcoming["site_kind"].map(past.groupby("site_kind")["found"].mean()),
        "township_rate": upcoming["township"].map(past.groupby("township")["found"].mean()),
        "township_lately_rate": upcoming["township"].map(
            lately.groupby("township")["found"].mean()
        ),
    }


def _since(past: pd.DataFrame, day: pd.Timestamp, days: float) -> pd.DataFrame:
    return past[past["day"] >= day - pd.Timedelta(days=days)]
