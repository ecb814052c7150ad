"""The fields by which the records of a ledger are compared: site, place, day, what is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json import loads
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ledgers import Ledger

Row = Mapping[str, Any]

#: What a row says that went from one unit to another.
HANDED = re.compile(r"移交|移送|转交|转办|转来|划转")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields by which a ledger's records are compared, by what they say."""

    ledger: Ledger
    day: str | None
    site: tuple[str, ...]
    place: tuple[str, ...]


#: By the name of the ledger; looking its fields up anew for each pair of rows takes too long.
_FIELDS: dict[str, _Fields] = {}


def _fields(ledger: Ledger) -> _Fields:
    found = _FIELDS.get(ledger.name)
    if found is None or found.ledger is not ledger:
        days = [name for name in ledger.fingerprint if ledger[name].kind == "date"]
        texts = [n for n in ledger.fingerprint if n not in days and n != ledger.wording]
        site = tuple(name for name in texts if name in ledger.guard or not ledger.guard)
        place = tuple(name for name in texts if name not in site)
        found = _Fields(ledger, next(iter(days), None), site, place)
        _FIELDS[ledger.name] = found
    return found


def strict_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place that must agree: those that a number is trusted by."""
    return _fields(ledger).site


def text_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place and of what is said of it, without the days."""
    day = _fields(ledger).day
    return tuple(name for name in ledger.fingerprint if name != day)


def loose_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place within a place: 隐患部位."""
    return _fields(ledger).place


def day_field(ledger: Ledger) -> str | None:
    """The field of the day by which a ledger's records are known."""
    return _fields(ledger).day


def day_of(row: Row, ledger: Ledger) -> date | None:
    """The day on which a row's thing was found, or is of; None where it says none."""
    name = day_field(ledger)
    return None if name is None or is_null(row[name]) else row[name]


def has_remark(row: Row, ledger: Ledger) -> bool:
    """Whether a row says that it was handed over by another unit, or to one."""
    return any(_says_handed(name, row.get(name)) for name in _remark_fields(ledger))


def rows_with_remark(values_of: Callable[[str], Sequence[Any]], ledger: Ledger) -> list[int]:
    """The rows of a table that say so, by its columns; most texts stand in many rows, and are read
    once.
    """
    found: set[int] = set()
    for name in _remark_fields(ledger):
        values = values_of(name)
        if told := {text for text in set(values) if _says_handed(name, text)}:
            found.update(n for n, text in enumerate(values) if text in told)
    return sorted(found)


def _remark_fields(ledger: Ledger) -> tuple[str, ...]:
    return (*ledger.fingerprint, "status_text", "progress", "extra")


def _says_handed(name: str, value: Any) -> bool:
    if name == "extra":
        return says_handed(value)
    return isinstance(value, str) and bool(HANDED.search(value))


def says_handed(extra: Any) -> bool:
    """Whether a column that no field claims, as 备注, says so; ``extra`` as it is kept, JSON."""
    if not isinstance(extra, str) or not HANDED.search(extra):
        return False
    return any(isinstance(said, str) and HANDED.search(said) for said in loads(extra).values())
