"""Of which half months a unit owes a report, by the rosters as they came.

The first roster of all counts for every half month: it writes down what had been so. Who is named
by a later one owes from the first half month whose due day had not passed when it came, or from the
later one that its cell names (是（自12月上半月起）). Who is said to report no longer, or whom the
next whole roster leaves out, owes nothing from then on; what was due before stays due.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.periods.half_months import Calendar, spoken_for
from analysis.ingest.units.spelling import MEMBERS
from analysis.ingest.units.state import STILL_LISTED
from analysis.ingest.versions.spans import cut_at, end_of

#: Day of receipt → the units that the rosters of that day list.
Rosters = Mapping[date, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known from a day on: whether a unit has to report, and from which half month."""

    day: date
    has_to: bool | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Duty:
    """What follows from all that was said by a day: the first half month, and the first that is
    owed no more.
    """

    day: date
    owes_from: date | None = None
    owes_until: date | None = None


def with_duties(versions: pd.DataFrame, rosters: Rosters, calendar: Calendar) -> pd.DataFrame:
    """The versions of the register of units with ``owes_from`` and ``owes_until``.

    ``owes_from`` comes in as what the cell says. A version is cut on the day of a roster that
    leaves its unit out: from then on it has not to report.
    """
    if versions.empty:
        return versions
    off = _left_out(rosters)
    for unit, turns in off.items():
        for day, _ in turns:
            spans = zip(versions["unit"], versions["known_from"], versions["known_to"], strict=True)
            which = [name == unit and since < day < end_of(end) for name, since, end in spans]
            if any(which):
                versions, _ = cut_at(versions, pd.Series(which, index=versions.index), day)
    first = min(rosters, default=date.max)
    duties = {
        unit: list(_duties(_said_of(rows, off.get(unit, ())), first, calendar))
        for unit, rows in _by_unit(versions).items()
    }
    rows: list[dict[str, Any]] = versions.to_dict("records")  # type: ignore[assignment]
    told = [_duty_on(duties.get(row["unit"], []), row["known_from"]) for row in rows]
    has_to = [
        False if _is_off(off.get(row["unit"], ()), row["known_from"]) else row["has_to_report"]
        for row in rows
    ]
    columns = {
        "has_to_report": has_to,
        "owes_from": [each.owes_from for each in told],
        "owes_until": [each.owes_until for each in told],
    }
    return versions.assign(
        **{name: pd.Series(cells, versions.index, dtype=object) for name, cells in columns.items()}
    )


def _left_out(rosters: Rosters) -> dict[str, list[tuple[date, bool]]]:
    """Unit → the days on which it was left off the list (True) or put on it again (False).

    Only a roster that still lists the others leaves one out: an addition of some lines does not.
    """
    stood: dict[str, AbstractSet[str]] = {}
    off: dict[str, list[tuple[date, bool]]] = {}
    for day, listed in sorted(rosters.items()):
        for unit, before in stood.items():
            is_off = _is_off(off.get(unit, ()), day)
            others = before - {unit}
            is_whole = others and len(listed & others) >= STILL_LISTED * len(others)
            if unit in listed and is_off:
                off[unit].append((day, False))
            elif unit not in listed and not is_off and is_whole:
                off.setdefault(unit, []).append((day, True))
        stood |= dict.fromkeys(listed, listed)
    return off


def _is_off(turns: Iterable[tuple[date, bool]], day: date) -> bool:
    return next((is_off for since, is_off in reversed(list(turns)) if since <= day), False)


def _by_unit(versions: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = versions.to_dict("records")  # type: ignore[assignment]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not is_null(row["unit"]):
            found.setdefault(row["unit"], []).append(row)
    return found


def _said_of(rows: list[dict[str, Any]], turns: Iterable[tuple[date, bool]]) -> list[_Said]:
    """What was said of a unit, the last word of each day."""
    told = []
    for row in rows:
        has_to, kind, since = row["has_to_report"], row["unit_kind"], row["owes_from"]
        if is_null(has_to):
            has_to = None if is_null(kind) else kind == MEMBERS
        told.append(_Said(row["known_from"], has_to, None if is_null(since) else since))
    told.sort(key=lambda each: each.day)
    told = [list(same)[-1] for _, same in groupby(told, key=lambda each: each.day)]
    turns = list(turns)
    return [_Said(each.day, False) if _is_off(turns, each.day) else each for each in told]


def _duties(said: Iterable[_Said], first: date, calendar: Calendar) -> Iterator[_Duty]:
    """What follows after each day; ``first`` is that of the first roster of all."""
    duty, owes = _Duty(date.min), False
    for each in said:
        begins = spoken_for(each.day, calendar).start
        if each.has_to and not owes:
            is_as_ever = each.day <= first and duty.owes_until is None
            starts = [None if is_as_ever else begins, each.since]
            duty = _Duty(each.day, max(filter(None, starts), default=None))
            owes = True
        elif each.has_to is False and owes:
            duty = _Duty(each.day, duty.owes_from, max(begins, each.since or begins))
            owes = False
        yield _Duty(each.day, duty.owes_from, duty.owes_until)


def _duty_on(duties: list[_Duty], day: date) -> _Duty:
    return next((each for each in reversed(duties) if each.day <= day), _Duty(date.min))
