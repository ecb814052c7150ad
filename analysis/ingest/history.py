"""All rows ever received → versions: which row replaces which, and from what day on.

A row that says the same as the version before it is a duplicate and adds nothing. A row that
says something else about the same record closes that version (``known_to``) and begins its own
(``known_from``). A record that a later submission leaves out stays current: it never vanishes.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from analysis.ingest.records import finding
from analysis.ledgers import Ledger

#: How an item is named; the ledgers without an item number have no such column.
ITEM_PREFIX: Mapping[str, str] = {"measure": "M", "hazard": "H", "decision": "D"}
#: Ledgers whose numbers are each sender's own; other numbers hold for the whole office.
NUMBERED_BY_SENDER = frozenset({"hazard", "inspection", "duty"})
#: Two texts that share this much are one text reworded; less is another matter under its number.
LIKE = 0.6
#: Where a row came from, and when: no part of what it says.
PROVENANCE = frozenset({"item_id", "submission_id", "sheet", "row_no", "known_from", "known_to"})


def chain(
    rows: pd.DataFrame, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame, list[dict[str, Any]]]:
    """Order rows into versions.

    ``rows`` has the ledger's columns plus ``sender`` and ``position`` (order within the day);
    ``known_from`` holds the day of receipt. Returns the versions, the duplicate rows (their
    ``submission_id`` is what the accounting needs), and findings on numbers used twice.
    """
    rows = rows.sort_values(["known_from", "position", "row_no"], kind="stable")
    rows = rows.reset_index(drop=True)
    records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    names, clashes = _name_records(records, ledger)
    said = [name for name in ledger.columns if name not in PROVENANCE]
    current: dict[str, int] = {}
    known_to: list[Any] = [None] * len(records)
    is_duplicate = [False] * len(records)
    for position, (name, record) in enumerate(zip(names, records, strict=True)):
        before = current.get(name)
        if before is not None and _same(records[before], record, said):
            is_duplicate[position] = True
            continue
        if before is not None:
            known_to[before] = record["known_from"]
        current[name] = position
    rows["known_to"] = pd.Series(known_to, dtype=object)
    if "item_id" in ledger.columns:
        rows["item_id"] = pd.Series(names, dtype=object)
    duplicate = pd.Series(is_duplicate, dtype=bool)
    return rows[~duplicate], rows[duplicate], clashes


def _name_records(
    records: list[dict[str, Any]], ledger: Ledger
) -> tuple[list[str], list[dict[str, Any]]]:
    """A name for each row, the same for all versions of one record.

    Rows with one number but nothing else in common, and differing rows with one number in the
    same sheet, are different records: they get names of their own and a finding.
    """
    namesakes: dict[str, list[dict[str, Any]]] = {}
    names, clashes = [], []
    said = [name for name in ledger.columns if name not in PROVENANCE]
    for record in records:
        base = _base_name(record, ledger)
        known = namesakes.setdefault(base, [])
        index = next(
            (i for i, other in enumerate(known) if _is_same_record(record, other, ledger, said)),
            None,
        )
        if index is None:
            index = len(known)
            known.append(record)
            if index:
                clashes.append(_clash(record, ledger))
        else:
            known[index] = record
        names.append(base if index == 0 else f"{base}~{index + 1}")
    return names, clashes


def _base_name(record: Mapping[str, Any], ledger: Ledger) -> str:
    prefix = ITEM_PREFIX.get(ledger.name, ledger.name)
    numbers = [record[name] for name in ledger.key]
    if numbers and not any(map(_is_null, numbers)):
        sender = [record["sender"]] if ledger.name in NUMBERED_BY_SENDER else []
        return "-".join([prefix, *map(str, sender), *map(str, numbers)])
    identity = [record["region"], record["sender"], *(record[n] for n in ledger.fingerprint)]
    digest = hashlib.sha256("\x1f".join(map(_normal, identity)).encode()).hexdigest()
    return f"{prefix}-#{digest[:10]}"


def _is_same_record(
    record: Mapping[str, Any], other: Mapping[str, Any], ledger: Ledger, said: Iterable[str]
) -> bool:
    if record["submission_id"] == other["submission_id"]:
        return _same(record, other, said)
    if not ledger.guard or any(_is_null(record[name]) for name in ledger.key):
        return True
    return all(_agree(record[name], other[name]) for name in ledger.guard)


def _agree(one: Any, other: Any) -> bool:
    """Whether two values may be one, a little reworded or filled in later."""
    if _is_null(one) or _is_null(other):
        return True
    if not isinstance(one, str):
        return bool(one == other)
    first, second = _normal(one), _normal(other)
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE


def _clash(record: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    number = "、".join(str(record[name]) for name in (ledger.key or ledger.fingerprint))
    found = finding(
        record["row_no"], (ledger.key or ledger.fingerprint)[0], number, "number_repeated",
        "error", f"“{number}”重复使用而内容不同，两条都已入库；请改用不同的编号",
    )  # fmt: skip
    return found | {"submission_id": record["submission_id"], "sheet": record["sheet"]}


def _same(one: Mapping[str, Any], other: Mapping[str, Any], said: Iterable[str]) -> bool:
    return all(
        one[name] == other[name] or (_is_null(one[name]) and _is_null(other[name])) for name in said
    )


def _is_null(value: Any) -> bool:
    return value is None or value != value


def _normal(value: Any) -> str:
    return "" if _is_null(value) else re.sub(r"[\s，。；、,.;:：（）()]", "", str(value))
