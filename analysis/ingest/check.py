"""Rules on typed rows: what is missing, impossible or not what it claims to be."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.ingest.records import Records, finding
from analysis.ledgers import Ledger
from analysis.ledgers.codes import UNFINISHED

Finding = dict[str, Any]
Rule = Callable[[pd.DataFrame, Ledger], list[Finding]]


def check(records: Records, ledger: Ledger) -> None:
    """Apply every rule; findings are added, and a closure without acceptance is taken back."""
    told = {(found["row_no"], found["field"]) for found in records.findings}
    for rule in RULES:
        records.findings += [
            found
            for found in rule(records.frame, ledger)
            if found["rule"] != "missing" or (found["row_no"], found["field"]) not in told
        ]


def missing_required(frame: pd.DataFrame, ledger: Ledger) -> list[Finding]:
    """三明确: an item names its person, unit and deadline; a record its own essentials."""
    standing = (
        frame["rect_type"].eq("长期坚持")
        if "rect_type" in frame
        else pd.Series(False, index=frame.index)
    )
    found = []
    for field in ledger.required():
        empty = frame[field.name].isna()
        if field.text_in:
            # 长期坚持 needs no deadline; nor is one missing where its text says something.
            empty &= frame[field.text_in].isna() & ~standing
        found += [
            finding(row_no, field.name, None, "missing", "warning", f"没有填写{field.label}")
            for row_no in frame.loc[empty, "row_no"]
        ]
    return found


def unsigned_closure(frame: pd.DataFrame, ledger: Ledger) -> list[Finding]:
    """销号 needs an acceptance with date and signature; without, the item waits for it."""
    if "accepted_on" not in frame:
        return []
    says_closed = frame["status"].eq("closed") | frame["closed_on"].notna()
    unsigned = says_closed & (frame["accepted_on"].isna() | frame["accepted_by"].isna())
    frame.loc[unsigned & frame["status"].eq("closed"), "status"] = "pending_accept"
    message = "报为销号，但没有验收日期和验收人签字，按待验收统计；请补齐验收记录"
    return [
        finding(row["row_no"], "status", row["status_text"], "unsigned_closure", "error", message)
        for _, row in frame[unsigned].iterrows()
    ]


def dates_in_order(frame: pd.DataFrame, ledger: Ledger) -> list[Finding]:
    """An earlier step cannot be dated after a later one."""
    found = []
    for earlier, later in ORDER:
        if earlier not in frame or later not in frame:
            continue
        both = frame[frame[earlier].notna() & frame[later].notna()]
        wrong = both[both[later] < both[earlier]]
        message = f"{ledger[later].label}早于{ledger[earlier].label}，请核对"
        found += [
            finding(row["row_no"], later, str(row[later]), "date_order", "error", message)
            for _, row in wrong.iterrows()
        ]
    return found


def done_but_open(frame: pd.DataFrame, ledger: Ledger) -> list[Finding]:
    """A completion date beside a status that says otherwise: counted as not done."""
    if "done_on" not in frame or "status" not in frame:
        return []
    unfinished = frame["status"].isin(UNFINISHED)
    wrong = frame[unfinished & frame["done_on"].notna()]
    message = "填了完成日期而状态是未完成，按未完成统计；请核对"
    return [
        finding(row["row_no"], "done_on", str(row["done_on"]), "done_but_open", "error", message)
        for _, row in wrong.iterrows()
    ]


#: Steps that follow each other in the life of an item.
ORDER = (
    ("found_on", "done_on"),
    ("held_on", "done_on"),
    ("found_on", "due_on"),
    ("done_on", "accepted_on"),
    ("accepted_on", "closed_on"),
    ("period_start", "period_end"),
)

RULES: tuple[Rule, ...] = (missing_required, unsigned_closure, dates_in_order, done_but_open)
