"""The six numbers of the first screen, each with its parts, its change, its line over the nodes."""

from dataclasses import dataclass

import pandas as pd

from analysis.briefing.changes import NO_BEFORE
from analysis.briefing.drawn.trend import trend
from analysis.briefing.figures import Figures
from analysis.briefing.statements import books, work
from analysis.briefing.statements.headline import Headline, Meaning, card
from analysis.wording.deadlines import chinese_month_day

#: Numbers among those of ``overview``, in their order; and the one that is none of them.
SHOWN = ("overdue", "major_open", "completion_rate", "on_time_rate", "due_soon")
DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the first screen: value, parts beside it, change with its day, what it means.

    ``column`` names it, as ``overview`` does; ``revised`` says what was shown on the day compared
    with, where later submissions have changed it.
    """

    column: str
    label: str
    value: str
    parts: str
    change: str
    meaning: Meaning
    revised: str = ""


def numbers(figures: Figures) -> list[Number]:
    """The numbers of the first screen; those of which nothing was received are left out."""
    of = {each.indicator.column: each for each in work.overall(figures).numbers}
    told = [_number(figures, of[column]) for column in SHOWN if column in of]
    last = _last(figures)
    if last.empty:
        return told
    done, late = int(last["is_done"].sum()), int(last["is_overdue"].sum())
    day = last["opened_on"].max()
    when = f"{chinese_month_day(day)}议定" + (f"，逾期{late}项" if late else "")
    meaning: Meaning = "bad" if late else "neutral"
    return [
        *told, Number(DECISIONS, "上次议定事项", f"{done}/{len(last)}", "已落实", when, meaning),
    ]  # fmt: skip


def _number(figures: Figures, number: Headline) -> Number:
    said = card(number, figures.comparison)
    change = said.change.partition("（")[0]
    parts = number.parts_words
    missing = int(figures.now["major_open"] - figures.now["major_supervised"])
    if number.indicator.column == "major_open" and missing:
        parts += f"，应挂未挂{missing}"
    return Number(
        number.indicator.column, said.label, number.value_words, parts, change or NO_BEFORE,
        number.meaning, number.revised,
    )  # fmt: skip


def over_nodes(figures: Figures) -> dict[str, pd.DataFrame]:
    """Each number on the last working nodes and on the day: ``node_on``, ``value``.

    A value is missing where there was nothing to count.
    """
    rows = trend(figures)
    is_empty = rows["total"].eq(0) & rows["major_total"].eq(0)
    told = {
        column: pd.DataFrame(
            {"node_on": rows["node_on"], "value": rows[column].where(~is_empty, None)}
        )
        for column in SHOWN
    }
    last = _last(figures)
    if len(last):
        done = [_done(last, day) for day in rows["node_on"]]
        told[DECISIONS] = pd.DataFrame({"node_on": rows["node_on"], "value": done})
    return told


def _done(decided: pd.DataFrame, day: pd.Timestamp) -> int | None:
    """How many of the decisions were done by a day; nothing where it lies before the meeting."""
    if day < decided["opened_on"].max():
        return None
    return int((decided["is_done"].astype(bool) & (decided["done_on"] <= day)).sum())


def _last(figures: Figures) -> pd.DataFrame:
    if "decision" not in figures.received:
        return pd.DataFrame()
    return books.last_decisions(figures)
