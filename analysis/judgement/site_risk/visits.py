"""Inspections as visits: what each found, and what was known of its site, and of who went, before.

Only the relations ``inspections`` and ``sites`` are read, so that any inspection authority's
ledgers will do.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import YanpanError
from analysis.judgement.site_risk.tallies import before, last_before, leaning, log_odds, tally
from analysis.wording.names import names_of

#: What a visit may find: the column that counts it, and what it is called.
OUTCOMES = {"major": ("major_hazards_found", "重大隐患"), "any": ("hazards_found", "隐患")}
#: Below this a model would only repeat chance, and the standard scorecard stands.
LEAST_VISITS, LEAST_FOUND = 200, 30
LEVELS = {"蓝": 1.0, "黄": 2.0, "橙": 3.0, "红": 4.0}
YEAR = 365.25
#: A site that was never seen is taken for one seen so long ago; nothing longer counts more.
NEVER_DAYS, MOST_DAYS = 730.0, 1095.0
#: Days in which what is recent fades: a season for a township, a year for a site.
SEASON, LONG = 120.0, 365.0
#: The features that say who went, and for what kind of visit, not what the site is like.
CIRCUMSTANCES = ("inspectors", "inspectors_lately", "visit_kind", "campaign")


def visits(
    inspections: pd.DataFrame, sites: pd.DataFrame, outcome: str = "major",
    extra: Sequence[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """One row an inspection that names site and day, in order of days.

    Columns: site, day, site_kind, township, kind, campaign, unit, inspectors (tuple of names),
    found (1, 0, NaN where nobody wrote it down), hazards, level (1 蓝 … 4 红),
    points, and those of ``extra``, which are numbers from the column ``extra`` (JSON) of
    inspection or site.

    Raises:
        YanpanError: an extra column is in no row, or holds no numbers.

    """
    rows = inspections.dropna(subset=["site", "inspected_on"])
    rows = rows.sort_values(["inspected_on", "site"], kind="stable").reset_index(drop=True)
    roll = sites.dropna(subset=["site"]).drop_duplicates("site").set_index("site")
    made = pd.DataFrame({"site": rows["site"].astype(object), "day": rows["inspected_on"]})
    for name in ("site_kind", "township"):
        made[name] = rows[name].where(rows[name].notna(), rows["site"].map(roll[name]))
    for name in ("kind", "campaign", "unit"):
        made[name] = rows[name].astype(object)
    made["inspectors"] = [names_of(text) for text in rows["inspectors"]]
    made["found"] = _found(rows, OUTCOMES[outcome][0])
    made["hazards"] = rows["hazards_found"].astype("float64")
    return _with_roll(made, roll).join(extra_numbers(rows, roll, extra, are_past=True))


def of_roll(sites: pd.DataFrame, day: Any, extra: Sequence[str] = ()) -> pd.DataFrame:
    """The next visit of each site on the roll, on ``day``, by nobody in particular."""
    rows = sites.dropna(subset=["site"]).drop_duplicates("site").reset_index(drop=True)
    roll = rows.set_index("site")
    made = pd.DataFrame({"site": rows["site"].astype(object), "day": pd.Timestamp(day)})
    made["site_kind"], made["township"] = rows["site_kind"], rows["township"]
    nobody = pd.Series([() for _ in range(len(rows))], index=rows.index, dtype=object)
    made = made.assign(
        kind=None, campaign=None, unit=None, inspectors=nobody, found=np.nan, hazards=np.nan
    )
    return _with_roll(made, roll).join(extra_numbers(rows, roll, extra, are_past=False))


def can_learn(history: pd.DataFrame) -> bool:
    """Whether visits are enough for a model; columns as of ``visits``."""
    known = history["found"].dropna()
    return len(known) >= LEAST_VISITS and LEAST_FOUND <= known.sum() <= len(known) - LEAST_FOUND


def known_before(
    history: pd.DataFrame, asked: pd.DataFrame, until: Any = None, extra: Sequence[str] = ()
) -> pd.DataFrame:
    """What was known of each asked visit before its day, as numbers; one column a feature.

    ``history`` and ``asked`` are visits; of a visit whose finding nobody wrote down nothing is
    counted. With ``until``, nothing from that day on is known either, not even on which day each
    visit will be: a score must not tell by the season when somebody went.
    """
    past = history[history["found"].notna()].reset_index(drop=True)
    asked = asked.reset_index(drop=True)
    on = asked["day"]
    if until is not None:
        on = on.where(on < pd.Timestamp(until), pd.Timestamp(until))
    features = {
        "site_kind": _leaning(past, asked, on, "site_kind", 30),
        "township": _leaning(past, asked, on, "township", 60),
        "township_lately": _leaning(past, asked, on, "township", 20, SEASON),
        "inspectors": _of_people(past, asked, on, 30),
        "inspectors_lately": _of_people(past, asked, on, 15, SEASON),
        "visit_kind": _leaning(past, asked, on, "kind", 30),
        # Visits of one campaign go by one checklist.
        "campaign": _leaning(past, asked, on, "campaign", 30),
        **_of_site(past, asked, on),
        **_season(on),
        "level": asked["level"].to_numpy(float), "points": asked["points"].to_numpy(float),
    }  # fmt: skip
    return pd.DataFrame(features).join(asked[list(extra)].astype("float64"))


def _leaning(
    past: pd.DataFrame, asked: pd.DataFrame, on: pd.Series, by: str, weight: float,
    fade: float = np.inf,
) -> Any:  # fmt: skip
    return leaning(past[by], past["day"], past["found"], asked[by], on, weight, fade)


def _of_people(
    past: pd.DataFrame, asked: pd.DataFrame, on: pd.Series, weight: float, fade: float = np.inf
) -> Any:
    """The mean leaning of those who go; 0 where nobody is named."""
    each, goes = past.explode("inspectors"), asked["inspectors"].explode()
    leans = leaning(
        each["inspectors"], each["day"], each["found"], goes.reset_index(drop=True),
        on.loc[goes.index].reset_index(drop=True), weight, fade,
    )  # fmt: skip
    named = pd.Series(leans, index=goes.index).where(goes.notna())
    return named.groupby(level=0).mean().reindex(asked.index).fillna(0.0).to_numpy(float)


def _of_site(past: pd.DataFrame, asked: pd.DataFrame, on: pd.Series) -> Mapping[str, Any]:
    """A site's own past: found against what its kind and its inspectors lead one to expect."""
    expected = expected_before(past)
    amounts = pd.DataFrame(
        {
            "surplus": past["found"] - expected, "doubt": expected * (1 - expected), "seen": 1.0,
            "hazards": np.log1p(past["hazards"].fillna(past["found"])),
        }
    )  # fmt: skip
    every, lately = (
        before(tally(past["site"], past["day"], amounts, fade), asked["site"], on, fade)
        for fade in (np.inf, LONG)
    )
    last = pd.DataFrame(
        {"key": past["site"], "day": past["day"].to_numpy("datetime64[D]").astype("int64") * 1.0,
         "last_day": past["day"], "last_found": past["found"], "last_hazards": amounts["hazards"]}
    )  # fmt: skip
    seen = last_before(last.sort_values("day", kind="stable"), asked["site"], on)
    gap = (on - pd.to_datetime(seen["last_day"])).dt.days.astype("float64")
    nobody, all_of = pd.Series(0, index=past.index), pd.Series(0, index=asked.index)
    total = before(tally(nobody, past["day"], amounts, np.inf), all_of, on, np.inf)
    mean_hazards = total["hazards"] / total["seen"].clip(lower=1.0)
    return {
        # How far a site's own log-odds lie from what is expected of it: the first step of Newton
        # from there, with a normal prior of variance 1 (empirical Bayes).
        "own_record": every["surplus"] / (every["doubt"] + 1.0),
        "own_record_lately": lately["surplus"] / (lately["doubt"] + 1.0),
        "visits": np.log1p(every["seen"]),
        "never_seen": every["seen"].eq(0).astype("float64"),
        "last_found": seen["last_found"].astype("float64").fillna(0.0),
        "last_hazards": seen["last_hazards"].astype("float64").fillna(mean_hazards),
        "usual_hazards": (every["hazards"] + mean_hazards) / (every["seen"] + 1.0),
        "days_unseen": np.log1p(gap.fillna(NEVER_DAYS).clip(upper=MOST_DAYS)),
    }


def expected_before(past: pd.DataFrame) -> Any:
    """The chance of each visit by its site kind and by who went, as known before it."""
    on = past["day"]
    amounts = pd.DataFrame({"found": past["found"], "seen": 1.0})
    nobody = pd.Series(0, index=past.index)
    total = before(tally(nobody, on, amounts, np.inf), nobody, on, np.inf)
    overall = (total["found"] + 1.0) / (total["seen"] + 10.0)
    odds = log_odds(overall).to_numpy(float)
    odds = odds + _leaning(past, past, on, "site_kind", 30) + _of_people(past, past, on, 30)
    return 1.0 / (1.0 + np.exp(-odds))


def _season(day: pd.Series) -> Mapping[str, Any]:
    turn = day.dt.day_of_year.to_numpy(float) / YEAR * 2 * np.pi
    return {"season_sin": np.sin(turn), "season_cos": np.cos(turn)}


def _found(rows: pd.DataFrame, column: str) -> Any:
    """1 where something was found, 0 where nothing was; a visit without any hazard found none."""
    counted = rows[column].astype("float64")
    nothing = counted.isna() & rows["hazards_found"].astype("float64").eq(0)
    return counted.mask(nothing, 0.0).gt(0).astype("float64").where(counted.notna() | nothing)


def _with_roll(made: pd.DataFrame, roll: pd.DataFrame) -> pd.DataFrame:
    level = made["site"].map(roll["risk_level"]).map(LEVELS)
    points = made["site"].map(roll["likelihood"].astype("float64") * roll["severity"])
    return made.assign(level=level.astype("float64"), points=points.astype("float64"))


def extra_numbers(
    rows: pd.DataFrame, roll: pd.DataFrame, names: Sequence[str], *, are_past: bool
) -> pd.DataFrame:
    """Numbers of ``extra`` by name: the row's own, else the site's.

    Of a visit to come there is no number that only visits have.

    Raises:
        YanpanError: a name is in no row of the past, or none of its values is a number.

    """
    if not names:
        return pd.DataFrame(index=rows.index)
    own = [_extra(text) for text in rows["extra"]]
    of_site = roll["extra"].map(_extra) if "extra" in roll else pd.Series(dtype=object)
    sites = [of_site.get(site, {}) for site in rows["site"]]
    columns = {}
    for name in names:
        values = [a.get(name, b.get(name)) for a, b in zip(own, sites, strict=True)]
        numbers = pd.to_numeric(pd.Series(values, index=rows.index), errors="coerce")
        if are_past and len(rows) and numbers.isna().all():
            raise YanpanError(
                f"检查和场所台账的其他列里没有“{name}”，或者它不是数字；请核对 --features。"
            )
        columns[name] = numbers.astype("float64")
    return pd.DataFrame(columns)


def _extra(text: Any) -> Mapping[str, Any]:
    return json.loads(text) if isinstance(text, str) and text else {}
