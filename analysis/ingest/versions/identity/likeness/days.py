"""How far the days lie apart on which two rows say that their things were found."""

import re
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.fields import Row, day_of, text_fields
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

#: A day that was corrected lies this near, in days; one that is further off is another find.
SLIP_OF_A_DAY, SLIP_OF_A_WEEK = 2, 7

#: What a row says of a thing that was found before and is looked at again.
STILL_OPEN = re.compile(r"仍未|仍没|还未|还没|尚未|至今未|未整改|未改|未销号|没改")

MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")


class Days(IntEnum):
    """How far the days lie apart on which two things were found."""

    LATER = 0  # found after the ledger came in that has the other
    FAR = 1
    WEEK = 2
    CLOSE = 3
    BLANK = 4
    SAME = 5


def is_finished_before(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether the old thing was done when the new one was found: then it is another."""
    found, before = day_of(new, ledger), day_of(old, ledger)
    if found is None or (before is not None and found <= before) or "status" not in old:
        return False
    ends = [
        old[name] for name in ("done_on", "closed_on") if name in old and not is_null(old[name])
    ]
    if ends:
        return bool(min(ends) <= found)
    is_done = old["status"] in FINISHED or old["status"] == "void"
    return bool(is_done and (before is not None or found >= old["known_from"]))


def is_finished(row: Row) -> bool:
    """Whether a row says that its thing is done or closed."""
    return "status" in row and row["status"] in FINISHED


def days_apart(new: Row, old: Row, ledger: Ledger) -> Days:
    """How far the days lie apart on which the two were found."""
    found, before = day_of(new, ledger), day_of(old, ledger)
    if found is None or before is None:
        late = found is not None and found > old["known_from"]
        return Days.LATER if late else Days.BLANK
    apart = abs(found - before)
    if not apart or names_day(new, before, ledger) or is_slip_of_year(new, found, before):
        return Days.SAME
    if found > old["known_from"] and not is_swapped(
        found, before
    ):  # what had not been found yet stood in no earlier ledger
        return Days.LATER
    if apart <= timedelta(SLIP_OF_A_DAY) or is_swapped(found, before):
        return Days.CLOSE
    if _is_one_sign(found, before) and _is_all_but_day(new, old, ledger):
        return Days.CLOSE
    return Days.WEEK if apart <= timedelta(SLIP_OF_A_WEEK) else Days.FAR


def names_day(row: Row, day: date, ledger: Ledger) -> bool:
    """Whether a row speaks of what was found on a day, and is not mended: 10月9日查出, 仍未整改."""
    text = row[ledger.wording]
    if is_null(text) or not STILL_OPEN.search(text := str(text)):
        return False
    return any((int(m), int(d)) == (day.month, day.day) for m, d in MONTH_AND_DAY.findall(text))


def is_slip_of_year(row: Row, found: date, before: date) -> bool:
    """Whether a find lies behind its own receipt, and on the same day of the right year before it:
    in January the clerk wrote the new year on a day of December.
    """
    same_day = (found.month, found.day) == (before.month, before.day)
    return found > row["known_from"] >= before and same_day


def _is_one_sign(one: date, other: date) -> bool:
    """Whether one figure differs in two days: 12月5日, 12月15日."""
    pairs = zip(one.isoformat(), other.isoformat(), strict=True)
    return sum(a != b for a, b in pairs) == 1


def _is_all_but_day(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two rows say the same of one place and are due on one day, behind both finds: what
    is found anew gets a deadline of its own.
    """
    due: Any = new.get("due_on")
    if is_null(due) or due != old.get("due_on"):
        return False
    names = text_fields(ledger)
    found = [day for row in (new, old) if (day := day_of(row, ledger))]
    return all(new[name] == old[name] for name in names) and max(found) <= due


def is_swapped(one: date, other: date) -> bool:
    """Whether in one of two days the month stands where the other has the day."""
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)
