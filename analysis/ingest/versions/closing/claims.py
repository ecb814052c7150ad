"""What a ledger alone says of closing: whether it counts, and on what.

A unit that types a name into the column 验收人 has closed nothing where the office's record is
asked for, nor where the name is that of the 责任人. Such a version waits for acceptance; what its
ledger says stays in its columns, and ``closure`` says that it does not count.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.rule import ClosingRule
from analysis.ledgers.codes import FINISHED, UNFINISHED

BY_RECORD, BY_LEDGER, CLAIMED, BY_HIMSELF = "record", "ledger", "claimed", "self"
#: Claims of a ledger that close nothing.
CLOSES_NOT = frozenset({CLAIMED, BY_HIMSELF})
#: What is no claim of completion, whatever day of acceptance stands beside it.
_STANDS = frozenset({*UNFINISHED, *FINISHED, "suspended", "void"}) - {"closed"}
WAITING = "pending_accept"
#: What makes two versions say one and the same claim.
_CLAIM = ["item_id", "accepted_on", "accepted_by"]


def as_claimed(
    versions: pd.DataFrame, rule: ClosingRule, places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    """The versions of a ledger of items with ``closure``; each claim that closes nothing is told.

    A claim is a day and a name of acceptance beside a status that does not say unfinished. It is
    told once, where it first stands. Where a ledger has one column of days for both, 销号日期 is
    the day of acceptance.
    """
    versions = _with_day(versions, places)
    signed = versions["accepted_on"].notna() & versions["accepted_by"].notna()
    claims = signed & ~versions["status"].isin([*UNFINISHED, "void"])
    if not claims.any():
        return versions, []
    claiming = versions[claims]
    closures = _closures(claiming, rule)
    waits = closures.isin(CLOSES_NOT)
    open_to_claim = waits & ~claiming["status"].isin(_STANDS)
    versions = versions.assign(closure=closures.reindex(versions.index).astype(object))
    versions["closure"] = versions["closure"].where(versions["closure"].notna(), None)
    versions.loc[open_to_claim.index[open_to_claim], "status"] = WAITING
    return versions, _told_once(claiming[waits].assign(closure=closures[waits]), rule, places)


def _with_day(versions: pd.DataFrame, places: Places) -> pd.DataFrame:
    """The versions with 销号日期 as the day of acceptance, where their sheet has no other."""
    signed = versions["closed_on"].notna() & versions["accepted_by"].notna()
    lacking = versions.index[signed & versions["accepted_on"].isna()]
    alone = [
        index
        for index in lacking
        if not places.has_column(str(versions.at[index, "submission_id"]), "accepted_on")
    ]
    if not alone:
        return versions
    versions = versions.copy()
    versions.loc[alone, "accepted_on"] = versions.loc[alone, "closed_on"]
    return versions


def _closures(claiming: pd.DataFrame, rule: ClosingRule) -> pd.Series:
    """What each claim comes to; each combination of level, person, signature and day is judged
    once. The day is that on which it was first told: a claim that stood is not lost by being told
    again when there are signers.
    """
    names = [name for name in ("level", "person", "accepted_by") if name in claiming]
    days = [date.min] * len(claiming)
    if rule.since:
        days = claiming.groupby(_CLAIM)["known_from"].transform("min").tolist()
    known: dict[tuple[Any, ...], str] = {}
    found: list[str] = []
    for day, *values in zip(days, *(claiming[name].tolist() for name in names), strict=True):
        if (case := (day, *values)) not in known:
            known[case] = _closure(dict(zip(names, values, strict=True)), rule, day)
        found.append(known[case])
    return pd.Series(found, index=claiming.index, dtype=object)


def _told_once(waiting: pd.DataFrame, rule: ClosingRule, places: Places) -> list[Finding]:
    """A finding for each claim that closes nothing, where it first stands."""
    first = waiting.sort_values("known_from", kind="stable").drop_duplicates(["closure", *_CLAIM])
    return [_told(claim, claim["closure"], rule, places) for claim in first.to_dict("records")]


def _closure(claim: Mapping[Any, Any], rule: ClosingRule, day: date) -> str:
    if rule.is_own(claim["accepted_by"], claim):
        return BY_HIMSELF
    return CLAIMED if rule.needs_record_of(claim, day) else BY_LEDGER


def _told(claim: Mapping[Any, Any], closure: str, rule: ClosingRule, places: Places) -> Finding:
    if closure == BY_HIMSELF:
        message = (
            f"验收人“{claim['accepted_by']}”里有责任人本人（{_or_blank(claim.get('person'))}），"
            "不能自己验收，按待验收统计；请由责任人以外的签字人验收"
        )
        return places.finding(
            claim, "accepted_by", "self_accepted", "error", message, claim["accepted_by"]
        )
    why = "专班已有签字人或账号" if rule.needs_record_on(claim["known_from"]) else "重大隐患"
    message = (
        f"台账自报销号，{why}，须有验收销号记录才算，按待验收统计；"
        "请专班验收后在“验收销号”页或验收销号台账登记"
    )
    return places.finding(claim, "status", "self_closed", "warning", message, claim["status_text"])


def _or_blank(value: Any) -> str:
    return "没有填写" if is_null(value) else str(value)
