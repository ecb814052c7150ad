"""A book with a sheet a month: the hazards of October, of November, each sheet kept up to date.

Such a sheet is named after the month in which its rows were found, and tells how they stand on the
day of the book. Sheets that repeat each other's rows are lists of their own days instead.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any

Facts = Mapping[str, Any]


def newest_of_book(
    sheets: Iterable[Facts], says: Callable[[Facts], AbstractSet[Any]]
) -> dict[str, Facts]:
    """Sheet of an earlier month → the sheet of the last month in its book, as of which it speaks.

    ``sheets`` are the facts of the sheets of one ledger; ``says`` gives what the rows of one are
    known by. Left out are sheets that have a row in common with the last one.
    """
    books: dict[tuple[str, str | None], list[Facts]] = {}
    for each in sheets:
        if _is_of_a_month(each):
            books.setdefault((each["path"], each["unit"]), []).append(each)
    found: dict[str, Facts] = {}
    for book in books.values():
        last = max(each["period_on"] for each in book)
        if all(each["period_on"] == last for each in book):
            continue
        newest = [each for each in book if each["period_on"] == last]
        listed = {row for each in newest for row in says(each)}
        found |= {
            each["submission_id"]: newest[0]
            for each in book
            if each["period_on"] < last and listed.isdisjoint(says(each))
        }
    return found


def _is_of_a_month(sheet: Facts) -> bool:
    day: date | None = sheet["period_on"]
    is_end = day is not None and (day + timedelta(days=1)).day == 1
    return is_end and "半月" not in f"{sheet['title']}{sheet['sheet']}"
