"""Sums of the past: how often something happened to a key strictly before a day.

A question about a day never sees that day itself, nor anything after it: what a model learns from
is what could have been known.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
#: In the place of an overall rate that nobody has seen yet: one of ten.
FIRST_GUESS, FIRST_WEIGHT = 0.1, 10.0


def days(dates: pd.Series) -> Numbers:
    """Dates as days since 1970."""
    return dates.to_numpy("datetime64[D]").astype("int64").astype("float64")


def tally(keys: pd.Series, dates: pd.Series, amounts: pd.DataFrame, fade: float) -> pd.DataFrame:
    """Running sums of ``amounts`` by key, each kept with its day.

    A sum fades by the factor e in ``fade`` days (infinity: never). Keys that are null are left
    out. Columns: key, day, and those of ``amounts``.
    """
    frame = amounts.assign(key=keys.astype(object), day=days(dates)).dropna(subset=["key"])
    frame = frame.sort_values("day", kind="stable")
    # Sums are kept as of one base day, so that fading is one factor and not a loop.
    grown = np.exp((frame["day"] - _base(frame)) / fade)
    names = list(amounts.columns)
    frame[names] = frame[names].mul(grown, axis=0)
    frame[names] = frame.groupby("key", sort=False)[names].cumsum()
    return frame


def before(tallied: pd.DataFrame, keys: pd.Series, dates: pd.Series, fade: float) -> pd.DataFrame:
    """The sums of each key strictly before its day, in the order asked; 0 where there are none."""
    names = [name for name in tallied if name not in {"key", "day"}]
    found = last_before(tallied, keys, dates)[names].fillna(0.0)
    if not np.isfinite(fade) or tallied.empty:
        return found
    return found.mul(np.exp(-(days(dates) - _base(tallied)) / fade), axis=0)


def last_before(rows: pd.DataFrame, keys: pd.Series, dates: pd.Series) -> pd.DataFrame:
    """Of ``rows`` (key, day, …) the last of each key strictly before its day, NaN where none."""
    named = pd.Series(keys.to_numpy(), dtype=object)
    asked = pd.DataFrame({"key": named, "day": days(dates), "place": range(len(keys))})
    if rows.empty:
        return asked.reindex(columns=list(rows.columns)).assign(key=asked["key"])
    merged = pd.merge_asof(
        asked.dropna(subset=["key"]).sort_values("day", kind="stable"),
        rows.astype({"key": object}), on="day", by="key",
        allow_exact_matches=False,
    )  # fmt: skip
    return merged.set_index("place").reindex(range(len(keys)))


def leaning(
    keys: pd.Series, dates: pd.Series, found: pd.Series, asked: pd.Series, on: pd.Series,
    weight: float, fade: float = np.inf,
) -> Numbers:  # fmt: skip
    """How far the rate of each asked key lay from the overall one before a day, in log-odds.

    The rate of a key is shrunk towards the overall one as if it had been seen ``weight`` times
    more at that rate (empirical Bayes): a key seen once says little.
    """
    amounts = pd.DataFrame({"found": found.to_numpy(float), "seen": 1.0})
    every = pd.Series(0, index=range(len(amounts)))
    all_of = pd.Series(0, index=range(len(asked)))
    dates = dates.reset_index(drop=True)
    own = before(tally(keys.reset_index(drop=True), dates, amounts, fade), asked, on, fade)
    total = before(tally(every, dates, amounts, fade), all_of, on, fade)
    overall = (total["found"] + FIRST_GUESS * FIRST_WEIGHT) / (total["seen"] + FIRST_WEIGHT)
    rate = (own["found"] + weight * overall) / (own["seen"] + weight)
    return (log_odds(rate) - log_odds(overall)).to_numpy(float)


def log_odds(rate: pd.Series) -> pd.Series:
    """ln(p / (1 − p))."""
    return (rate / (1.0 - rate)).map(np.log)


def _base(frame: pd.DataFrame) -> float:
    return float(frame["day"].min()) if len(frame) else 0.0
