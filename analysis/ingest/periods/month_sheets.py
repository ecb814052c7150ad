"""A book with a sheet a month: the hazards of October, of November, each sheet kept up to date.

Such a sheet is named after the month in which its rows were found, and tells how they stand on the
day of the book; one of what was carried over from the year before is older than all of them.
Sheets that repeat each other's rows are lists of their own days instead.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any

from analysis.ingest.cells.dates import plain
from analysis.ingest.cells.periods import MONTH, period_of

Facts = Mapping[str, Any]
#: «2024年结转», «往年遗留»: the rows of a sheet that were found before those of all the others.
CARRIED_OVER = re.compile(r"结转|遗留|(?:往|历|上|以前)年")


def newest_of_book(
    sheets: Iterable[Facts], says: Callable[[Facts], AbstractSet[Any]]
) -> dict[str, Facts]:
    """Sheet of an earlier month → the sheet of the last month in its book, as of which it speaks.

    ``sheets`` are the facts of the sheets of one ledger; ``says`` gives what the rows of one are
    known by. Left out are sheets that have a row in common with the last one.
    """
    books: dict[tuple[str, str | None], list[tuple[date, Facts]]] = {}
    for each in sheets:
        if month := _month_of(each):
            books.setdefault((each["path"], each["unit"]), []).append((month, each))
    found: dict[str, Facts] = {}
    for book in books.values():
        last = max(month for month, _ in book)
        newest = [each for month, each in book if month == last]
        listed = {row for each in newest for row in says(each)}
        found |= {
            each["submission_id"]: newest[0]
            for month, each in book
            if month < last and listed.isdisjoint(says(each))
        }
    return found


def _month_of(sheet: Facts) -> date | None:
    """The last day of the month that a sheet is of; its name may say it without the year."""
    day: date | None = sheet["period_on"]
    name = plain(sheet["sheet"])
    if day is None:
        if MONTH.fullmatch(name):
            month = period_of(name, sheet["received_on"])
            return month and month[1]
        return date.min if CARRIED_OVER.search(name) else None
    is_end = (day + timedelta(days=1)).day == 1
    return day if is_end and "半月" not in f"{sheet['title']}{name}" else None
