"""Which measure of a plan an act is on that names it by its number among words: 整改措施1-1
专班工作规则印发.

Number and unit must be the measure's, and the words, if there are any, must be of it: a slip of a
number closes nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.acts import Record, text_of, void
from analysis.ingest.versions.identity.spelling import folded, shared

#: What a measure is known by.
NUMBERED_BY = ("sub_no", "unit", "sub_measure")
_NUMBER = r"(?P<number>\d{1,3}(?:[-.]\d{1,3}){1,2})(?![\d.-])"
#: «整改措施1-1», «措施（1-1）», «细化任务第1-1项».
_BY_NAME = re.compile(rf"(?:措施|任务|举措)\s*[第(]?\s*{_NUMBER}\s*[项条号]?[)]?")
#: «1-1 专班工作规则印发»: only where words follow.
_AT_START = re.compile(rf"^{_NUMBER}[\s、,，:：)]+(?=\D)")
_DASHES = re.compile("[‐-―−－_]")
#: How much of the words must stand in the measure's.
_LIKE = 0.5


def names_measure(record: Record) -> bool:
    """Whether a row says that it is on a measure, by name and number."""
    return any(_BY_NAME.search(text) for text in _texts(record))


def measures_named(
    acts: pd.DataFrame, versions: pd.DataFrame, known: Iterable[str], places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    """The acts that name no item yet and a measure by its number, with its id.

    ``versions`` are those of the measures, with columns ``NUMBERED_BY``; ``known`` the ids of all
    items by which an act may name one. An error on each act that says which measure it is on and
    means none, or several.
    """
    ids = set(known)
    by_number: dict[str, list[Record]] = {}
    for version in _once(versions):
        by_number.setdefault(_plain(version["sub_no"]), []).append(version)
    found: list[Any] = []
    findings: list[Finding] = []
    records: list[dict[str, Any]] = acts.to_dict("records")  # type: ignore[assignment]
    for record in records:
        item_id = record["item_id"]
        if is_null(item_id) or item_id not in ids:
            meant = _meant(record, by_number)
            if len(meant) == 1:
                item_id = meant[0]
            elif names_measure(record):
                findings.append(void(places, record, "description", _fault(meant)))
        found.append(item_id)
    return acts.assign(item_id=pd.Series(found, index=acts.index, dtype=object)), findings


def _meant(record: Record, by_number: dict[str, list[Record]]) -> list[str]:
    """The measures of a row's number and unit that its words are of."""
    for text in _texts(record):
        match = _BY_NAME.search(text) or _AT_START.search(text)
        if not match:
            continue
        words = folded(text[: match.start()] + text[match.end() :])
        is_sure = match.re is _BY_NAME
        return [
            *dict.fromkeys(
                str(version["item_id"])
                for version in by_number.get(match["number"], ())
                if _is_of(record, version) and _is_said(words, version, is_sure)
            )
        ]
    return []


def _is_of(record: Record, version: Record) -> bool:
    """Whether a measure is of a row's unit: the one that leads, or one that helps it."""
    unit = text_of(record["unit"])
    whose = (text_of(version.get("unit")), text_of(version.get("support_units")))
    return not unit or not any(whose) or any(unit in text for text in whose)


def _is_said(words: str, version: Record, is_sure: bool) -> bool:
    """Whether the words beside the number are the measure's; a name and a number need none."""
    if not words:
        return is_sure
    theirs = folded(text_of(version["sub_measure"]))
    return shared(words, theirs) >= _LIKE * len(words)


def _fault(meant: list[str]) -> str:
    if meant:
        return f"有 {len(meant)} 条措施是这个编号（{'、'.join(meant)}），没有生效；请填事项编号"
    return (
        "没有这个编号、这个责任单位的整改措施，或写的不是这条措施，没有生效；请核对，或填事项编号"
    )


def _once(versions: pd.DataFrame) -> list[dict[str, Any]]:
    names = [name for name in ("item_id", *NUMBERED_BY, "support_units") if name in versions]
    numbered = versions[versions["sub_no"].notna()][names].drop_duplicates()
    records: list[dict[str, Any]] = numbered.to_dict("records")  # type: ignore[assignment]
    return records


def _texts(record: Record) -> list[str]:
    """What a row may name a measure in, in one width."""
    names = ("description", "item_id", "hazard_no")
    return [_plain(record[name], " ") for name in names if not is_null(record.get(name))]


def _plain(value: Any, blank: str = "") -> str:
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return _DASHES.sub("-", re.sub(r"\s+", blank, text))
