"""The year that a clerk goes on writing in January: «2024年1月上半月» of what came on 2025-01-16.

That half month of the year before is none of which a unit reports a year late, where it has
reported on the last ones in time and on the one of this year not at all. A unit whose papers of the
year before are there too, as in an archive that is taken in at once, has written what it meant.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.periods.half_months import HalfMonth

Row = dict[str, Any]
START, END = "period_start", "period_end"
#: In these months a year is written wrong by one, and so late a report may come.
MONTHS, LATEST = (1, 2), timedelta(60)
#: One of so many half months before it was reported.
BEFORE = 3
#: Papers of the year before: within so many days of what is written.
NEAR = timedelta(75)


def with_new_year(rows: Sequence[Row], places: Places) -> tuple[list[Row], list[Finding]]:
    """Half-monthly reports, those with a slip of the new year under the half month that is meant.

    ``rows`` are versions of the ledger; what was changed is told.
    """
    by_unit: dict[Any, list[Row]] = {}
    for row in rows:
        if not is_null(row[START]) and not is_null(row["unit"]):
            by_unit.setdefault((row["region"], row["unit"]), []).append(row)
    meant: dict[int, date] = {}
    for mine in by_unit.values():
        for row in mine:
            if start := _meant(row, mine):
                meant[id(row)] = start
    changed = [_moved(row, meant[id(row)]) if id(row) in meant else row for row in rows]
    return changed, [_told(row, meant[id(row)], places) for row in rows if id(row) in meant]


def _meant(row: Mapping[str, Any], mine: Sequence[Mapping[str, Any]]) -> date | None:
    """The first day of the half month that a row is of, where it has such a slip."""
    start, received = row[START], row["known_from"]
    if start.month not in MONTHS or received.month not in (*MONTHS, MONTHS[-1] + 1):
        return None
    this_year = start.replace(year=start.year + 1)
    if not timedelta(0) <= received - this_year <= LATEST:
        return None
    before, half = set(), HalfMonth.of(this_year)
    for _ in range(BEFORE):
        half = half.before
        before.add(half.start)
    others = [(each[START], each["known_from"]) for each in mine if each[START] != start]
    starts = {when for when, _ in others}
    has_reported = any(when in before and day < received for when, day in others)
    is_archive = any(abs(when - start) <= NEAR for when in starts)
    return this_year if has_reported and this_year not in starts and not is_archive else None


def _moved(row: Row, start: date) -> Row:
    end = None if is_null(row[END]) else HalfMonth(start).end
    return row | {START: start, END: end}


def _told(row: Mapping[str, Any], start: date, places: Places) -> Finding:
    message = (
        f"期次写作 {row[START]}，收到的是 {row['known_from']}，前几期都已报过，"
        f"按 {HalfMonth(start).label}计；年份请更正"
    )
    return places.finding(row, START, "date_far", "warning", message, row[START])
