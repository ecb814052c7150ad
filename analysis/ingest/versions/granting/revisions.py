"""改报待核实: a unit tells otherwise of what it did and has told of, in a figure that counts.

What it told first counts until the office has agreed. A day on which it should have told long
before (公示日期) is asked about as well where its lists since then say nothing of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null, text_or_none
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.versions.changes import LISTS_ARE_OLD
from analysis.ingest.versions.granting.asking import (
    AsSent,
    ever_asked,
    parts_of,
    plain,
    standing,
    with_counted,
)
from analysis.ingest.versions.granting.kinds import DENIED, GRANTED, TOLD_LATE
from analysis.ingest.versions.granting.telling import is_otherwise, respelled
from analysis.ingest.versions.past import NO_EVIDENCE, PLACE, Evidence
from analysis.ingest.versions.spans import known_during
from analysis.ledgers import Ledger
from analysis.wording.characters import cited

RULE = "revising"
#: By what figures compare acts as it is spelled, beside what is asked about.
_OF_PLACE = ("site", "site_kind")
ANSWERS = (Answer(DENIED, "不属实，仍按原来报的"), Answer(GRANTED, "属实，按改后的"))


def told_nothing(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The rows of a ledger of acts without the day that each should tell of: ``item_id``, their
    record's name; place, ``known_from``.
    """
    if not ledger.told_of_in_time:
        return pd.DataFrame()
    says_nothing = rows[ledger.told_of_in_time].isna()
    return rows.loc[says_nothing, ["name", *PLACE, "known_from"]].rename(
        columns={"name": "item_id"}
    )


def as_revised(
    versions: pd.DataFrame, ledger: Ledger, by_units: Collection[str],
    confirmations: Confirmations, as_sent: pd.DataFrame | None = None,
    evidence: Evidence = NO_EVIDENCE,
) -> tuple[pd.DataFrame, list[Doubt]]:  # fmt: skip
    """Versions of a ledger of acts as they count, and what is asked of them.

    ``by_units`` are the submissions that units' accounts sent; ``as_sent`` are the versions before
    the office corrected them, ``evidence`` has the rows that ``told_nothing``. A version is cut on
    each day from which another answer holds.
    """
    concerned = _concerned(versions, by_units)
    if not concerned.any():
        return versions, []
    sent = AsSent(as_sent, ledger.asked_if_changed)
    compared = [*ledger.asked_if_changed, *_OF_PLACE]
    silent = _days_silent(evidence, by_units)
    history = versions[concerned].sort_values(["name", "known_from"], kind="stable")
    counted: list[dict[str, Any]] = []
    asked: dict[str, Doubt] = {}
    before: dict[str, Any] = {}
    name = None
    for version in history.to_dict("records"):
        if version["name"] != name:
            name, before = version["name"], {}
        changes: list[str] = []
        if version["submission_id"] in by_units:
            days = silent.get(str(name), ())
            decided = sent.decided(version)
            told = _changes(version, before, ledger, days)
            changes = [each for each in told if each not in decided]
            names = (each for each in compared if each not in decided)
            version |= respelled(names, before, version)
        doubts = {each: _doubt(version, before, each, ledger) for each in changes}
        parts = [*_counting(version, before, doubts, confirmations)]
        counted += parts
        before = {each: plain(parts[-1].get(each)) for each in compared}
        before["known_from"] = version["known_from"]
        for doubt in doubts.values():
            asked[doubt.key] = standing(asked, doubt)
    return with_counted(versions, concerned, counted), ever_asked(asked)


def _concerned(versions: pd.DataFrame, by_units: Collection[str]) -> pd.Series:
    """Which versions are of a record that has several, one of them from a unit's account."""
    names = versions["name"]
    by_unit = versions["submission_id"].isin(set(by_units))
    return names.duplicated(keep=False) & names.isin(set(names[by_unit]))


def _days_silent(evidence: Evidence, by_units: Collection[str]) -> Mapping[str, Sequence[date]]:
    """The days of receipt of the rows of a record in which its unit tells nothing of its day."""
    rows = evidence.not_done
    if rows.empty:
        return {}
    rows = rows[rows["submission_id"].isin(set(by_units))]
    days: dict[str, list[date]] = {}
    for name, day in zip(rows["item_id"], rows["known_from"], strict=True):
        days.setdefault(name, []).append(day)
    return days


def _changes(
    version: Mapping[Any, Any], before: Mapping[str, Any], ledger: Ledger, silent: Sequence[date]
) -> Iterator[str]:
    """The fields of which a version tells otherwise than what counts; what was blank may be
    filled in, but for a day of which a list could have told.
    """
    for name in ledger.asked_if_changed:
        now, then = plain(version.get(name)), before.get(name)
        if then is False and now is True and _is_since(version, before, ledger):
            continue  # what was not held yet is held now
        if then is not None:
            if is_otherwise(name, then, now):  # a blank cell keeps it, «取消» takes it away
                yield name
        elif now is None:
            continue
        elif name == ledger.told_of_in_time and before:
            day = version["known_from"]
            is_silent = any(now < each - LISTS_ARE_OLD for each in silent if each <= day)
            if is_silent or day - now > TOLD_LATE:
                yield name


def _is_since(version: Mapping[Any, Any], before: Mapping[str, Any], ledger: Ledger) -> bool:
    """Whether an act is of a day of which the list that denied it may not have known."""
    day = plain(version.get(ledger.dated_in_months)) if ledger.dated_in_months else None
    return day is not None and bool(day >= before["known_from"] - LISTS_ARE_OLD)


def _doubt(
    version: Mapping[Any, Any], before: Mapping[str, Any], name: str, ledger: Ledger
) -> Doubt:
    """The question about one field; from what it is changed is a part of it."""
    then, now = _shown(before.get(name)), _shown(version.get(name))
    title = " ".join(filter(None, (text_or_none(version.get(each)) for each in ledger.fingerprint)))
    change = f"{ledger[name].label}{cited(then)}→{cited(now)}"
    question = f"{ledger.label}{cited(title)}报送改为：{change}，是否属实"
    return Doubt(
        RULE, (ledger.name, str(version["name"]), name, then, now), question,
        Side(version["submission_id"], version["sheet"], version["row_no"], name, now),
        None, ANSWERS, version["known_from"], plain(version["known_to"]),
    )  # fmt: skip


def _shown(value: Any) -> str:
    if is_null(value):
        return "空白"
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _counting(
    version: Mapping[Any, Any], before: Mapping[str, Any], doubts: Mapping[str, Doubt],
    confirmations: Confirmations,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """A version as it counts: one part from each day on which another answer begins to hold."""
    for day, until in parts_of(version, doubts.values(), confirmations):
        held = {
            name: before.get(name)
            for name, doubt in doubts.items()
            if confirmations.answer(doubt.key, day) != GRANTED
        }
        yield known_during(dict(version) | held, day, until)
