"""Measures, hazards and decisions → the calendars of working nodes, as they were known from day to
day.

A calendar runs to the last deadline of all items of its region. Whoever may see the items of one
unit alone still goes by the whole region's nodes: so they stand in a table of their own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

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
    if begun.empty:  # without nodes no deadline matters
        return pd.DataFrame(columns=NODE_CALENDAR.columns, dtype=object)
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


def _of_region(begun: pd.DataFrame, deadlines: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The rows of one region's calendars."""
    # A few rows are asked of each day: as tuples, since a frame takes longer to ask than to hold.
    plans = _tuples(begun, "plan", "first_node_on", "node_days")
    due = _tuples(deadlines, "due_on")
    changes = sorted({day for each in (*plans, *due) for day in each[:2]} - {FOREVER})
    since: dict[Calendar, date] = {}
    for day in [*changes, FOREVER]:
        now = _known(plans, due, day) if day < FOREVER else set()
        for ended in [each for each in since if each not in now]:
            until = None if day == FOREVER else day
            yield ended._asdict() | {"known_from": since.pop(ended), "known_to": until}
        for begins in sorted(now - since.keys(), key=str):
            since[begins] = day


def _tuples(rows: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The first and the last day of each row, and what it tells; None for the blank."""
    told = (rows[name].tolist() for name in ("known_from", "known_to", *columns))
    return [
        tuple(None if is_null(value) else value for value in row) for row in zip(*told, strict=True)
    ]


def _known(
    plans: Sequence[tuple[Any, ...]], deadlines: Sequence[tuple[Any, ...]], day: date
) -> set[Calendar]:
    last = max((due for begin, end, due in deadlines if begin <= day < end), default=None)
    of_plan: dict[str | None, list[tuple[date, int]]] = {}
    for begin, end, plan, first, days in plans:
        if begin <= day < end:
            of_plan.setdefault(plan, []).append((first, int(days or 0)))
    calendars = (
        Calendar(plan, min(first for first, _ in told), min(days for _, days in told), last)
        for plan, told in of_plan.items()
    )
    return {each for each in calendars if each.node_days > 0}
