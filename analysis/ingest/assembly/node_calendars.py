"""Measures, hazards and decisions → the calendars of working nodes, as they were known from day to
day.

A calendar runs to the last deadline of all items of its region. Whoever may see the items of one
unit alone still goes by the whole region's nodes: so they stand in a table of their own.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.spans import FOREVER
from analysis.ledgers.books import NODE_CALENDAR

_SPAN = ["region", "known_from", "known_to"]
_DEADLINES = ("due_on", "extended_due_on")


class Calendar(NamedTuple):
    """What one plan's nodes go by: the first, every how many days, and until when at least."""

    plan: str | None
    first_node_on: date
    node_days: int
    last_due_on: date | None


def node_calendars(
    measures: pd.DataFrame, hazards: pd.DataFrame, decisions: pd.DataFrame
) -> pd.DataFrame:
    """The table ``node_calendar``: a row for each calendar and each span of days without change."""
    begun = _spans(measures, ["plan", "first_node_on", "node_days"])
    begun = begun[begun["first_node_on"].notna()]
    deadlines = pd.concat([_deadlines(each) for each in (measures, hazards, decisions)])
    rows = [
        {"region": region, **row}
        for region in _names(begun, "region")
        for row in _of_region(_named(begun, "region", region), _named(deadlines, "region", region))
    ]
    return pd.DataFrame(rows, columns=NODE_CALENDAR.columns, dtype=object)


def _spans(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """What of a table tells of nodes, each thing once; an end for what is in force."""
    told = rows.reindex(columns=[*_SPAN, *columns])
    told = told[told["known_from"].notna()].drop_duplicates()
    return told.assign(known_to=told["known_to"].fillna(FOREVER))


def _deadlines(rows: pd.DataFrame) -> pd.DataFrame:
    """The last deadline of each region's rows that were known during one span of days."""
    rows = rows.reindex(columns=[*_SPAN, "status", *_DEADLINES])
    due = rows["extended_due_on"].where(rows["extended_due_on"].notna(), rows["due_on"])
    counted = rows[_SPAN].assign(due_on=due)[(rows["status"] != "void") & due.notna()]
    counted = counted.assign(known_to=counted["known_to"].fillna(FOREVER))
    return counted.groupby(_SPAN, dropna=False, as_index=False).agg({"due_on": "max"})


def _names(rows: pd.DataFrame, column: str) -> list[str | None]:
    """Each name that stands in a column once; None for the blank."""
    return list(dict.fromkeys(None if is_null(name) else name for name in rows[column]))


def _named(rows: pd.DataFrame, column: str, name: str | None) -> pd.DataFrame:
    return rows[rows[column].isna() if name is None else rows[column] == name]


def _of_region(plans: pd.DataFrame, deadlines: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The rows of one region's calendars."""
    changes = sorted({*_days(plans), *_days(deadlines)})
    since: dict[Calendar, date] = {}
    for day in [*changes, FOREVER]:
        now = _known(plans, deadlines, day) if day < FOREVER else set()
        for ended in [each for each in since if each not in now]:
            until = None if day == FOREVER else day
            yield ended._asdict() | {"known_from": since.pop(ended), "known_to": until}
        for begun in sorted(now - since.keys(), key=str):
            since[begun] = day


def _days(rows: pd.DataFrame) -> set[date]:
    """The days on which what is known changes."""
    return {*rows["known_from"], *rows["known_to"]} - {FOREVER}


def _known(plans: pd.DataFrame, deadlines: pd.DataFrame, day: date) -> set[Calendar]:
    due = _on(deadlines, day)["due_on"]
    last = max(due) if len(due) else None
    known: set[Calendar] = set()
    plans = _on(plans, day)
    for plan in _names(plans, "plan"):
        rows = _named(plans, "plan", plan)
        days = int(rows["node_days"].fillna(0).min())
        if days > 0:
            known.add(Calendar(plan, min(rows["first_node_on"]), days, last))
    return known


def _on(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    return rows[(rows["known_from"] <= day) & (rows["known_to"] > day)]
