"""What a ledger alone says of closing: whether it counts, and on what.

A unit that types a name into the column 验收人 has closed nothing where the office's record is
asked for, nor where the name is that of the 责任人. Such a version waits for acceptance; what its
ledger says stays in its columns, and ``closure`` says that it does not count.
"""

from collections.abc import Mapping
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


def as_claimed(
    versions: pd.DataFrame, rule: ClosingRule, places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    """The versions of a ledger of items with ``closure``; each claim that closes nothing is told.

    A claim is a day and a name of acceptance beside a status that does not say unfinished. It is
    told once, where it first stands.
    """
    signed = versions["accepted_on"].notna() & versions["accepted_by"].notna()
    claims = signed & ~versions["status"].isin([*UNFINISHED, "void"])
    if not claims.any():
        return versions, []
    names = ["closure", "status"]
    decided: dict[Any, tuple[str, Any]] = {}
    findings: list[Finding] = []
    told: dict[str, tuple[Any, ...]] = {}
    claiming = versions[claims].sort_values("known_from", kind="stable")
    for index, claim in zip(claiming.index, claiming.to_dict("records"), strict=True):
        closure = _closure(claim, rule)
        status = claim["status"]
        if closure in CLOSES_NOT:
            status = status if status in _STANDS else WAITING
            said = (closure, claim["accepted_on"], claim["accepted_by"])
            if told.get(claim["item_id"]) != said:
                told[claim["item_id"]] = said
                findings.append(_told(claim, closure, rule, places))
        decided[index] = (closure, status)
    versions = versions.copy()
    for place, name in enumerate(names):
        column = pd.Series([each[place] for each in decided.values()], [*decided], dtype=object)
        versions[name] = versions[name].astype(object)
        versions.loc[column.index, name] = column
    return versions, findings


def _closure(claim: Mapping[Any, Any], rule: ClosingRule) -> str:
    if rule.is_own(claim["accepted_by"], claim):
        return BY_HIMSELF
    return CLAIMED if rule.needs_record_of(claim) else BY_LEDGER


def _told(claim: Mapping[Any, Any], closure: str, rule: ClosingRule, places: Places) -> Finding:
    if closure == BY_HIMSELF:
        message = (
            f"验收人“{claim['accepted_by']}”里有责任人本人（{_or_blank(claim.get('person'))}），"
            "不能自己验收，按待验收统计；请由责任人以外的签字人验收"
        )
        return places.finding(
            claim, "accepted_by", "self_accepted", "error", message, claim["accepted_by"]
        )
    why = "专班已有签字人或账号" if rule.needs_record else "重大隐患"
    message = (
        f"台账自报销号，{why}，须有验收销号记录才算，按待验收统计；"
        "请专班验收后在“验收销号”页或验收销号台账登记"
    )
    return places.finding(claim, "status", "self_closed", "warning", message, claim["status_text"])


def _or_blank(value: Any) -> str:
    return "没有填写" if is_null(value) else str(value)
