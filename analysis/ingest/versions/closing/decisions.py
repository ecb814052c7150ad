"""What the office decided of an item beside closing it: a later deadline granted or refused, or
another unit that answers for it.

Each holds from the day on which the office's word came. A deadline that was granted stands whatever
the unit's ledger goes on saying; one that was refused is the first one again, though the unit
has written a later one. An item that was handed over is the other unit's, whoever still lists it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.acts import REJECT, Record
from analysis.ingest.versions.spans import cut_at

EXTEND, REFUSE, TRANSFER = "extend", "refuse", "transfer"
#: The acts that this module lays over the items.
OF_TERMS = frozenset({EXTEND, REFUSE, TRANSFER})


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a decision: how grave, of which field of its row, and what."""

    severity: str
    field: str
    message: str


#: An item, the day from which it is another unit's, and whose.
Moves = dict[str, list[tuple[date, str]]]


def with_decisions(
    versions: pd.DataFrame, acts: Mapping[str, Sequence[tuple[date, Record]]],
    unit_of: Callable[[str], str | None], places: Places,
) -> tuple[pd.DataFrame, Moves, list[Finding]]:  # fmt: skip
    """The versions of a ledger of items with the office's decisions on deadlines and units.

    ``acts`` are those on each item, each with the day from which it is known to be of it.
    """
    moves: Moves = {}
    findings: list[Finding] = []
    for item_id, mine in acts.items():
        for since, record in mine:
            is_new_day = record["act"] == REJECT and not is_null(record.get("extended_due_on"))
            if record["act"] not in OF_TERMS and not is_new_day:
                continue
            day = max(since, record["known_from"])
            versions, told = _with_one(versions, item_id, record, day, unit_of, moves)
            rule = "office_decided" if told.severity == "info" else "acceptance_void"
            findings.append(
                places.finding(
                    record, told.field, rule, told.severity, told.message, record["act_text"]
                )
            )
    return versions, moves, findings


def _with_one(
    versions: pd.DataFrame, item_id: str, record: Record, day: date,
    unit_of: Callable[[str], str | None], moves: Moves,
) -> tuple[pd.DataFrame, _Told]:  # fmt: skip
    if _is_senders_own(versions, item_id, record, day, unit_of):
        message = "责任单位、接收单位自己报的延期、移交不算，没有生效；请由专班登记"
        return versions, _Told("error", "act", message)
    if record["act"] == TRANSFER:
        return _handed_over(versions, item_id, record, day, unit_of, moves)
    if record["act"] == REFUSE:
        return _refused(versions, item_id, day)
    return _extended(versions, item_id, record, day)


def _is_senders_own(
    versions: pd.DataFrame, item_id: str, record: Record, day: date,
    unit_of: Callable[[str], str | None],
) -> bool:  # fmt: skip
    """Whether the unit whose item it is, or who is to have it, sent the record itself."""
    senders = {record.get(name) for name in ("sender", "sender_then")} - {None, ""}
    if not senders:
        return False
    mine = versions[(versions["item_id"] == item_id) & (versions["known_from"] <= day)]
    said = record.get("new_unit")
    to = None if is_null(said) else unit_of(str(said))
    return bool(senders & {*mine["unit"], to})


def _extended(
    versions: pd.DataFrame, item_id: str, record: Record, day: date
) -> tuple[pd.DataFrame, _Told]:
    granted: Any = record.get("extended_due_on")
    if is_null(granted):
        message = "同意延期没有写延期到哪一天，没有生效；请补填“延期至”"
        return versions, _Told("error", "extended_due_on", message)
    first = _first(versions, item_id)
    if not is_null(first.get("due_on")) and granted <= first["due_on"]:
        message = f"延期至 {granted}，不晚于原定期限 {first['due_on']}，没有生效；请核对"
        return versions, _Told("error", "extended_due_on", message)
    versions, which = cut_at(versions, versions["item_id"] == item_id, day)
    rows: list[dict[str, Any]] = versions[which].to_dict("records")  # type: ignore[assignment]
    before = _in_force(rows, day)
    held = None if before is None else before.get("extended_due_on")
    values = []
    for row in rows:
        said: Any = row.get("extended_due_on")
        is_later = not is_null(said) and said != held and said > granted
        values.append(said if is_later and row["known_from"] > day else granted)
    versions = _with(versions, which, "extended_due_on", values)
    message = f"专班同意延期至 {granted}，自 {day} 起按延期后的期限算"
    return versions, _Told("info", "extended_due_on", message)


def _refused(versions: pd.DataFrame, item_id: str, day: date) -> tuple[pd.DataFrame, _Told]:
    """The versions without a later deadline than the one that counts by the office's word."""
    first = _first(versions, item_id)
    due = first.get("due_on")
    if is_null(due):
        return versions, _Told("info", "act", "专班不同意延期；事项没有原定期限，期限没有改")
    versions, which = cut_at(versions, versions["item_id"] == item_id, day)
    rows: list[dict[str, Any]] = versions[which].to_dict("records")  # type: ignore[assignment]
    later = [not is_null(row.get("due_on")) and row["due_on"] > due for row in rows]
    for name in ("due_on", "due_text"):
        values = [
            first.get(name) if is_later else row.get(name)
            for row, is_later in zip(rows, later, strict=True)
        ]
        versions = _with(versions, which, name, values)
    if "extended_due_on" in versions:
        versions = _with(versions, which, "extended_due_on", [None] * len(rows))
    return versions, _Told("info", "act", f"专班不同意延期，自 {day} 起仍按原定期限 {due} 算")


def _handed_over(
    versions: pd.DataFrame, item_id: str, record: Record, day: date,
    unit_of: Callable[[str], str | None], moves: Moves,
) -> tuple[pd.DataFrame, _Told]:  # fmt: skip
    said = record.get("new_unit")
    unit = None if is_null(said) else unit_of(str(said))
    if unit is None:
        message = (
            f"移交单位“{said or '（没有填写）'}”不是已知的单位，没有生效；请写单位名录里的名称"
        )
        return versions, _Told("error", "new_unit", message)
    if not is_null(record["accepted_on"]):
        day = max(day, record["accepted_on"])
    versions, which = cut_at(versions, versions["item_id"] == item_id, day)
    versions = _with(versions, which, "unit", [unit] * int(which.sum()))
    moves.setdefault(item_id, []).append((day, unit))
    return versions, _Told("info", "new_unit", f"专班移交“{unit}”，自 {day} 起由它负责")


def _first(versions: pd.DataFrame, item_id: str) -> dict[str, Any]:
    """The first version of an item that has a deadline; else its first."""
    mine = versions[versions["item_id"] == item_id].sort_values("known_from", kind="stable")
    records: list[dict[str, Any]] = mine.to_dict("records")  # type: ignore[assignment]
    return next((each for each in records if not is_null(each.get("due_on"))), records[0])


def _in_force(rows: Sequence[dict[str, Any]], day: date) -> dict[str, Any] | None:
    return next((row for row in rows if row["known_from"] == day), None)


def _with(
    versions: pd.DataFrame, which: pd.Series, name: str, values: Sequence[Any]
) -> pd.DataFrame:
    places = versions.index[which]
    column = versions[name].astype(object)
    column.loc[places] = pd.Series([*values], index=places, dtype=object)
    return versions.assign(**{name: column})
