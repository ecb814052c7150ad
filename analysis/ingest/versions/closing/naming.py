"""Which item an act is on: its 事项编号, else the unit's own number, with unit and site as needed.

A clerk has the paper before him, and on it the unit's own number. What was known on the day of the
act decides; two items under one number are a question to the clerk, never a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.acts import Record, void

#: What names an item where its id does not, the surest first.
NAMED_BY = ("hazard_no", "unit", "site")
#: Signs that are written for one another; none is left out, 1-1 is not 11.
_DASHES = re.compile("[‐-―−－_]")


def named(
    acts: pd.DataFrame, versions: pd.DataFrame, known: Iterable[str], places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    """The acts with the id of their item, and an error on each that names none or several.

    ``versions`` are those of the ledger whose items have numbers of their units (隐患), ``known``
    the ids of all items and their aliases.
    """
    ids = set(known)
    findings: list[Finding] = []
    numbers = _by_number(versions)
    found: list[Any] = []
    records: list[dict[str, Any]] = acts.to_dict("records")  # type: ignore[assignment]
    for record in records:
        item_id = record["item_id"]
        if is_null(item_id) or item_id not in ids:
            item_id, fault = _meant(record, ids, numbers)
            if fault:
                findings.append(void(places, record, *fault))
        found.append(item_id)
    return acts.assign(item_id=pd.Series(found, index=acts.index, dtype=object)), findings


def _meant(
    record: Record, ids: set[str], numbers: Mapping[str, Sequence[Record]]
) -> tuple[Any, tuple[str, str] | None]:
    """The id of the one item meant; else what the row says, the field to blame and what is wrong.

    A clerk may write an id under 隐患编号, and a unit's number under 事项编号.
    """
    said, number = record["item_id"], record["hazard_no"]
    for text in (said, number):
        if not is_null(text) and str(text).strip() in ids:
            return str(text).strip(), None
    blamed, text = ("item_id", said) if is_null(number) else ("hazard_no", number)
    if is_null(text):
        return said, (
            "item_id",
            "没有写明是哪一条事项，没有生效；请填事项编号，或责任单位和隐患编号",
        )
    meant = _known_then(numbers.get(_plain(text), ()), record)
    for name in ("unit", "site"):
        if not is_null(record[name]):
            meant = [each for each in meant if _plain(record[name]) in _values(each, name)]
    items = dict.fromkeys(each["item_id"] for each in meant)
    if len(items) == 1:
        return next(iter(items)), None
    if items:
        message = f"有 {len(items)} 条事项是这个编号，没有生效；请写明责任单位、场所或事项编号"
        return said, (blamed, message)
    return said, (blamed, "没有这条事项，没有生效；请核对事项编号，或责任单位、隐患编号和场所")


def _by_number(versions: pd.DataFrame) -> dict[str, list[Record]]:
    """Number → the versions that have it."""
    names = ["item_id", "hazard_no", "unit", "site", "known_from", "sender"]
    numbered = versions[versions["hazard_no"].notna()]
    found: dict[str, list[Record]] = {}
    records: list[dict[str, Any]] = numbered[[name for name in names if name in numbered]].to_dict(
        "records"
    )  # type: ignore[assignment]
    for record in records:
        found.setdefault(_plain(record["hazard_no"]), []).append(record)
    return found


def _known_then(versions: Sequence[Record], record: Record) -> list[Record]:
    """Those that were known on the day of an act; all, where none was: the ledger came later."""
    then = [each for each in versions if each["known_from"] <= record["known_from"]]
    return then or [*versions]


def _values(version: Record, name: str) -> set[str]:
    """What a version has there; for a unit also who sent it, by whose count the number is."""
    values = [version[name], *([version.get("sender")] if name == "unit" else [])]
    return {_plain(value) for value in values if not is_null(value)}


def _plain(value: Any) -> str:
    """A number or name in one width, without blanks."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return _DASHES.sub("-", re.sub(r"\s", "", text))
