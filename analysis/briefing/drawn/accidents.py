"""Accidents of each region by month, and its periods against the year before, with the chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.briefing.changes import not_yet_received
from analysis.briefing.figures import Figures
from analysis.judgement.compare import compare_counts, in_short
from analysis.wording.deadlines import chinese_day, chinese_month_day
from analysis.wording.values import UNNAMED

NO_BASE = "没有可比的上年同期数"
TOTALS = (
    "region", "period", "accidents", "deaths", "accidents_prev", "deaths_prev", "is_derived",
    "chance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accidents:
    """The frames of ``charts.first_screen.accident_lines``, and the regions in their order."""

    months: pd.DataFrame
    totals: pd.DataFrame
    regions: Sequence[str]


def accidents(figures: Figures) -> Accidents:
    """The office's own region first, then those of which only totals were published.

    A region without an accident ledger has no months: nobody has counted them. One whose ledger
    was received and holds none has months of zero.
    """
    months = figures["accident_monthly"]
    months = months[months["counted"] & months["dimension"].eq("all")]
    months = months[["region", "month_start", "accidents", "accidents_prev"]]
    rows = figures["accident_yoy"]
    counted = rows[rows["source"].eq("records") & rows["period"].eq("year")]
    published = rows[rows["source"].eq("published") & rows["accidents"].notna()]
    published = published.sort_values(["period_end", "period_start"], ascending=False)
    told = [
        *(_total(row, "台账") for row in counted.to_dict("records")),
        *(_total(row, "公布") for row in published.to_dict("records")),
    ]
    totals = pd.DataFrame(told, columns=list(TOTALS))
    months = pd.concat([months, _of_zero(counted, months, figures.scope.as_of)], ignore_index=True)
    months = months.assign(region=months["region"].fillna(f"地区{UNNAMED}"))
    own = [] if figures.settings.rollup else [figures.settings.region]  # counties have names
    regions = dict.fromkeys([*own, *months["region"], *totals["region"]])
    return Accidents(months, totals, list(regions))


def _of_zero(counted: pd.DataFrame, months: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The months of this year of regions whose ledger has no accident in them, nor in those of the
    year before, as far as it goes.
    """
    quiet = counted[~counted["region"].isin(months["region"]) & counted["accidents"].eq(0)]
    rows = [
        {"region": row["region"], "month_start": pd.Timestamp(as_of.year, month, 1),
         "accidents": 0, "accidents_prev": row["accidents_prev"]}
        for row in quiet.to_dict("records")
        for month in range(1, row["period_end"].month + 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(months.columns))


def _total(row: Any, source: str) -> dict[str, Any]:
    start, end = row["period_start"], row["period_end"]
    industry = "" if pd.isna(row["industry"]) else f"{row['industry']}，"
    until = chinese_day(end) if end.year != start.year else chinese_month_day(end)
    span = f"{chinese_day(start)}至{until}"
    known = not (pd.isna(row["accidents"]) or pd.isna(row["accidents_prev"]))
    return {
        **{name: row[name] for name in TOTALS[2:6]},
        "region": f"地区{UNNAMED}" if pd.isna(row["region"]) else row["region"],
        "period": f"{span}（{industry}{source}）",
        "is_derived": row["accidents_base"] == "derived",
        "chance": in_short(compare_counts(int(row["accidents"]), int(row["accidents_prev"])))
        if known else _why_unknown(row),
    }  # fmt: skip


def _why_unknown(row: Any) -> str:
    """Why there is nothing to compare: no ledger covers the period, or none the year before."""
    lacks_ledger = pd.isna(row["accidents"]) and row["source"] == "records"
    return not_yet_received(row["covered_until"], row["period_end"]) if lacks_ledger else NO_BASE
