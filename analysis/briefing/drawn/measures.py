"""The measures with their deadlines, the periods of duties that recur, the working nodes."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.briefing.drawn.trend import working_nodes
from analysis.briefing.figures import Figures

#: Frequency → months of its period, as ``duty_compliance`` divides the year.
MONTHS = {"每月": 1, "每季度": 3, "每季": 3, "每半年": 6, "每年": 12}
#: Periods to come that are drawn of a duty, from the one that runs on.
COMING = 3
COLUMNS = (
    "item_id", "title", "unit", "start_on", "due_on", "done_on", "done_as_reported", "state",
    "is_done", "is_overdue", "days_late", "days_left", "is_major",
)  # fmt: skip
_KEY = ["sub_no", "unit", "requirement"]


@dataclass(frozen=True, slots=True)
class Dated:
    """The three frames of ``charts.first_screen.gantt``."""

    measures: pd.DataFrame
    ticks: pd.DataFrame
    nodes: pd.DataFrame


def dated(figures: Figures) -> Dated:
    """All measures, those without a deadline among them: the drawing tells how many there are."""
    measures = figures.measures
    starts = figures.source.relation("requirements", figures.scope)
    begun = starts.drop_duplicates("item_id").set_index("item_id")["start_on"]
    rows = measures.assign(
        start_on=pd.to_datetime(measures["item_id"].map(begun.to_dict())).fillna(
            measures["opened_on"]
        ),
        is_major=False,
    )[list(COLUMNS)]
    days = working_nodes(figures.source, figures.scope)
    nodes = pd.DataFrame({"node_on": pd.to_datetime(days)})
    # of several counties each measure says whose it is
    is_several = measures["region"].nunique(dropna=False) > 1
    county = measures["region"].fillna("") + "　" if is_several else ""
    rows = rows.assign(label=county + rows["title"])
    return Dated(rows, ticks(starts, figures["duty_compliance"]), nodes)


def ticks(requirements: pd.DataFrame, compliance: pd.DataFrame) -> pd.DataFrame:
    """``item_id``, ``due_on``, ``state`` of every period that is judged, and of the next ones.

    Once-only requirements have no periods: they are measures with a deadline. A period that is
    judged by a stricter requirement is that one's.
    """
    named = requirements.rename(columns={"sub_measure": "requirement"})
    judged = compliance[compliance["frequency"].notna() & compliance["state"].notna()]
    rows = judged.merge(named[["item_id", *_KEY]], on=_KEY)
    rows = rows[rows["state"].isin(["met", "short", "running"])]
    told = [(row["item_id"], row["period_end"], row["state"]) for row in rows.to_dict("records")]
    last = rows.sort_values("period_end").drop_duplicates("item_id", keep="last")
    for row in last.to_dict("records"):
        ends = _next_ends(row["period_end"], row["frequency"])
        told += [(row["item_id"], day, "coming") for day in ends]
    return pd.DataFrame(told, columns=["item_id", "due_on", "state"])


def _next_ends(end: Any, frequency: str) -> list[Any]:
    months = MONTHS.get(frequency)
    if months is None:
        return []
    return [end + pd.offsets.MonthEnd(months * number) for number in range(1, COMING + 1)]
