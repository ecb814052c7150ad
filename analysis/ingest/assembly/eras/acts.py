"""Acts that count by no unit's word alone: 约谈 of another unit, the 专班's meetings, and those of
which it tells a quarter later, when what fell short has long been told.

A 履职 record tells in any of its columns of whom it speaks; so all of them are read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.dates import month_end
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.units.register import Register

#: Who tells of what he did each half month has told of it within a quarter; days.
LONGEST_UNTOLD = 92
#: The columns that may name somebody, beside the unit's own.
_NAMES_SOMEBODY = ("target", "person", "subject")
#: Acts on somebody, by the kind of a 履职 record, and why one of another unit does not count.
_ON_SOMEBODY: Mapping[str, str] = {
    "约谈警示": "对象是别的单位",
    "媒体曝光": "对象是别的单位",
    "述职": "述职的是别的单位",
}
_MEETINGS = frozenset({"形势研判会", "例会"})
#: «县专班10月例会»; what is passed on of one is said at a meeting of the unit's own.
_OFFICES_MEETING = re.compile(
    rf"{OFFICE_NAME}[^，。；、]{{0,12}}?(?:例会|研判会?)(?![^，。；]{{0,6}}(?:精神|要求|部署|议定))"
)
_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")
#: Of which a list is kept for each year.
OF_A_YEAR = "述职"
#: What is written once in half a year, or for the whole of it.
OF_HALVES = frozenset({"调研报告", "经验总结", "制度文件"})
#: So much of a cell is read: who is spoken of stands at its beginning.
_MOST_READ = 300


def told_late(row: Mapping[str, Any], received: date) -> str | None:
    """Why a 履职 record comes too late to count unasked; None where it does not."""
    day = day_of(row)
    if day is None or (late := (received - day).days) <= LONGEST_UNTOLD:
        return None
    return f"是 {late} 天以前的履职，当时没有报送"


def day_of(row: Mapping[str, Any]) -> date | None:
    """The day for which a 履职 record counts, the last of its month where it has only that, and of
    its year if it counts for that (述职) or for half of it.
    """
    days = (row.get(name) for name in ("held_on", "submitted_on"))
    stated = next((day for day in days if isinstance(day, date)), None)
    period = row.get("period_start")
    if not isinstance(period, date):
        return stated
    end_of_year = period.replace(month=12, day=31)
    if row.get("kind") == OF_A_YEAR:
        return min(filter(None, (stated, end_of_year)))
    is_of_half = row.get("kind") in OF_HALVES and (period.month, period.day) in {(1, 1), (7, 1)}
    return stated or (end_of_year if is_of_half else month_end(period))


def year_of(row: Mapping[str, Any]) -> int | None:
    """The year in whose list an act stands of which one is kept; None of any other act."""
    day = day_of(row) if row.get("kind") == OF_A_YEAR else None
    return day.year if day else None


def not_ones_own(row: Mapping[str, Any], own: str, register: Register) -> str | None:
    """Why a 履职 record that ``own`` sent is the office's to enter; None where it is its own."""
    kind = row.get("kind")
    if kind in _MEETINGS:
        return "是专班的会议" if _is_the_offices(row) else None
    why = _ON_SOMEBODY.get(str(kind))
    return why if why and any(unit != own for unit in _units_in(row, register)) else None


def _is_the_offices(row: Mapping[str, Any]) -> bool:
    said = dict(_texts(row))
    names_it = any(OFFICE_NAME in said.get(name, "") for name in ("target", "person"))
    return names_it or _OFFICES_MEETING.search(said.get("subject", "")) is not None


def _units_in(row: Mapping[str, Any], register: Register) -> Iterator[str]:
    """The units of the register of which a record speaks; not the office, to which one reports."""
    for _, text in _texts(row):
        named = {register.known(name) for name in _BETWEEN_NAMES.split(text) if name}
        named |= register.named_in(text)
        yield from (unit for unit in named if unit and OFFICE_NAME not in unit)


def _texts(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _NAMES_SOMEBODY:
        if not is_null(value := row.get(name)):
            yield name, str(value)[:_MOST_READ]
