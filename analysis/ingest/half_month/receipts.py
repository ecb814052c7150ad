"""On which day a half-monthly report counts as reported.

One that was confirmed in the browser was reported on that day, whatever its cell 报送日期 says.
Of a file that the office took in by hand the cell counts, since papers wait on a desk; without
one, the receipt. Nothing is reported after it was received. Who sends a report again to mend a
figure has not reported later for it. In a list of several units, such as the office keeps, a unit
whose row says nothing has not reported.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.periods.half_months import HalfMonth
from analysis.ingest.periods.new_year import END, START, with_new_year

#: What a report says. A row with nothing of it and no day is of one that has not come.
CONTENT = (
    "zero_report", "visits", "sites_inspected", "hazards_found", "hazards_done", "major_found",
    "major_closed", "supervised", "progress", "difficulties", "next_steps",
)  # fmt: skip
#: A figure in a column that no field claims says something too; a telephone number does not.
NUMBER = re.compile(r"\d{1,5}(?:\.\d+)?")
#: A half month that begins so long before its receipt, or after it, has a slip in its year.
LONGEST_AGO_DAYS = 366
#: So far off the rule, a unit's own due day is told to be no one's.
OWN_DUE_APART_DAYS = 7


@dataclass(frozen=True, slots=True)
class _Said:
    """The day that one row is reported on, and what is to be told of its cell."""

    day: date | None
    message: str = ""


def reported(
    versions: pd.DataFrame,
    confirmed: Collection[str],
    due_days: DueDays,
    places: Places,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Half-monthly reports with ``reported_on``, and findings on days that contradict each other.

    ``versions`` have the columns of the ledger; ``confirmed`` are the submissions that a unit
    confirmed in the browser.
    """
    rows: list[dict[str, Any]] = versions.to_dict("records")  # type: ignore[assignment]
    rows, slips = with_new_year(rows, places)
    said = [_said(row, row["submission_id"] in confirmed) for row in rows]
    days: list[date | None] = [None] * len(rows)
    for positions in _records(rows):
        # What a row of a file says last counts: it may have been corrected.
        by_place: dict[tuple[Any, ...], date] = {}
        for position in positions:
            row, day = rows[position], said[position].day
            if day:
                by_place[row["submission_id"], row["row_no"]] = day
            days[position] = min(by_place.values(), default=None)
    reported_on = pd.Series(days, index=versions.index, dtype=object)
    findings = [*slips, *_contradictions(rows, said, due_days, places)]
    if slips:
        periods = {name: [row[name] for row in rows] for name in (START, END)}
        versions = versions.assign(
            **{n: pd.Series(cells, versions.index, dtype=object) for n, cells in periods.items()}
        )
    return versions.assign(reported_on=reported_on), findings


def _records(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[int]]:
    """The positions of each record's versions, in the order in which they were known."""
    records: dict[tuple[Any, ...], list[int]] = {}
    for position, row in enumerate(rows):
        key = (row["region"], row["unit"], row["period_start"])
        own = (position,) if None in key[1:] else ()  # a row that does not say whose or when
        records.setdefault((*key, *own), []).append(position)
    for positions in records.values():
        yield sorted(positions, key=lambda position: rows[position]["known_from"])


def _said(row: Mapping[str, Any], is_confirmed: bool) -> _Said:
    cell, received_on, start = row["submitted_on"], row["known_from"], row["period_start"]
    if is_null(cell):
        says_something = any(not is_null(row[name]) and row[name] is not False for name in CONTENT)
        says_something |= any(map(NUMBER.fullmatch, _others(row)))
        has_come = says_something or is_confirmed
        return _Said(received_on if has_come else None)
    if cell > received_on:
        return _Said(received_on, f"晚于收到的 {received_on}，按收到之日计")
    if is_confirmed:
        if cell == received_on:
            return _Said(received_on)
        return _Said(received_on, f"与网页上确认的 {received_on} 不同，按确认之日计")
    if not is_null(start) and cell < start:
        return _Said(received_on, f"在这一期开始之前，按收到的 {received_on} 计")
    return _Said(cell)


def _others(row: Mapping[str, Any]) -> list[str]:
    """What stands in the columns that no field claims, the row's own number apart."""
    extra = row.get("extra")
    cells = json.loads(extra) if isinstance(extra, str) else {}
    return [str(cell) for label, cell in cells.items() if "号" not in label]


def _contradictions(
    rows: Sequence[Mapping[str, Any]], said: Sequence[_Said], due_days: DueDays, places: Places
) -> Iterator[Finding]:
    told: set[tuple[Any, ...]] = set()
    for row, each in zip(rows, said, strict=True):
        place = (row["submission_id"], row["sheet"], row["row_no"])
        if place in told:
            continue
        told.add(place)
        if each.message:
            message = f"填写的报送日期 {row['submitted_on']} {each.message}；请核对"
            yield places.finding(
                row, "submitted_on", "reported_day", "warning", message, row["submitted_on"]
            )
        own, start = row["due_on"], row["period_start"]
        if is_null(start):
            continue
        if not 0 <= (row["known_from"] - start).days <= LONGEST_AGO_DAYS:
            message = (
                f"期次 {start} 离收到的 {row['known_from']} 太远，不是这一时期的半月报；请核对年份"
            )
            yield places.finding(row, "period_start", "date_far", "error", message, start)
            continue
        if is_null(own):
            continue
        due_on = due_days.due_on(HalfMonth.of(start))
        if abs((own - due_on).days) > OWN_DUE_APART_DAYS:
            message = (
                f"填写的应报日期是 {own}，这一期的应报日期是 {due_on}；"
                "应报日期对各单位一样，不按填写的计"
            )
            yield places.finding(row, "due_on", "reported_day", "info", message, own)
