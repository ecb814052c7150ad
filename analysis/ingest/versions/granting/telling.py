"""What a question tells of its item: whoever answers has to see what the answer would do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.granting.kinds import DEADLINE, TITLE
from analysis.ingest.versions.identity.spelling import folded, site_key
from analysis.ingest.versions.past import says_done
from analysis.ledgers import Ledger
from analysis.wording.characters import cited

#: A version, or a part of one, as fields.
Row = Mapping[Any, Any]


def due_of(row: Row) -> date | None:
    """The deadline in force by a row."""
    days = (row.get(name) for name in DEADLINE)
    return next((day for day in days if not is_null(day)), None)


def done_of(row: Row) -> date | None:
    """The day of completion that a row gives."""
    done: date | None = row.get("done_on")
    return None if is_null(done) else done


def words_of(row: Row, names: tuple[str, ...]) -> str:
    """What a hazard is, and where, and whatever else is asked about where it changes."""
    description, *place = ("" if is_null(row.get(name)) else str(row.get(name)) for name in names)
    return "：".join(filter(None, (" ".join(filter(None, reversed(place))), description)))


def is_otherwise(name: str, before: Any, now: Any) -> bool:
    """Whether a value of a field says something else than one before it, however it is spelled; a
    site is the same with the form of its company and without.
    """
    compared = site_key if name == "site" else folded
    one, other = (compared("" if is_null(value) else str(value)) for value in (before, now))
    return one != other


def respelled(names: Iterable[str], before: Row, now: Row) -> dict[Any, Any]:
    """Those of the fields that say the same as before in another spelling, with what they were:
    figures compare texts as they are, and a mark more would take a hazard out of them.
    """
    return {
        name: before[name]
        for name in names
        if isinstance(before.get(name), str)
        and isinstance(now.get(name), str)
        and before[name] != now[name]
        and not is_otherwise(name, before[name], now[name])
    }


def written(names: Sequence[str], counted: Row, version: Row, ledger: Ledger) -> str:
    """How a hazard is called now, if that is among the fields that are otherwise, and what else of
    it is, with what it was before.
    """
    parts = [
        f"{ledger[name].label}{_said(counted.get(name))}→{_said(version.get(name))}"
        for name in names
        if name not in TITLE
    ]
    if {*names} & {*TITLE}:
        return "，".join([f"为{cited(words_of(version, TITLE))}", *parts])
    return "，" + "，".join(parts)


def _said(value: Any) -> str:
    return "空白" if is_null(value) else cited(value)


def as_done(version: Row) -> str:
    """On which day it is said to be done: another deadline decides whether that was in time."""
    day = done_of(version)
    return f"（报送的完成日期为 {day}）" if day and says_done(version) else ""


def undated(version: Row) -> str:
    """How a version counts whose day of completion does not."""
    says_so = says_done({"status": version["status"]})
    return "按首次报送完成的日期判断" if says_so else "仍按没有完成"


def told_in_between(silent: date | None) -> str:
    """That nobody told of a completion before, and in which list he could have."""
    return f"，其间的报送（{silent}）没有报过完成" if silent else "，此前没有报过完成"


def as_is(row: Row) -> str:
    """What an item is worth that is to be none: its level and its deadline, where it has them."""
    level, due = row.get("level"), due_of(row)
    return ("" if is_null(level) else f"{level}隐患，") + (f"期限 {due}，" if due else "")
