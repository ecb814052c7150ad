"""What an office's register says of an act outside the columns for it.

Of a return, the new deadline and why: «重改期限：2024-05-24» stands under 备注, «退回重改，
限5月24日前改好» in the verdict itself. Of an acceptance, who signed it and when: «现场验收通过
（张某）» beside a 销号日期. Of a bare 撤销, that the hazard was none: «系误报».
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.codes.acts import is_bare_withdrawal, makes_none
from analysis.ingest.cells.codes.told_days import verdict_signed
from analysis.ingest.cells.values import parse_column
from analysis.ingest.versions.closing.acts import ACCEPT, REJECT, VOID, WITHDRAW, Record, text_of
from analysis.ledgers.acceptance import ACCEPTANCE

_DAY = r"(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?(?![\d./-])"
#: A day by which something is to be done; any other day in a remark is of something else.
_BY_DAY = re.compile(
    rf"(?:重改|整改|改正|完成)?(?:期限|时限|限期|限时|限|延至)(?:为|于|至|到|在|[:：\s])*(?P<on>{_DAY})"
    rf"|(?P<before>{_DAY})(?:之|以)?前"
)
#: Columns whose words are the clerk's own.
_REMARK = re.compile("备注|说明|意见|问题|原因")
_EDGES = "，,。；;：:、 　"
#: What is more than a word for an act: a form with a column for the day has none of it.
_PROSE = re.compile(r"[，,。；;(（]|.{9}")


def with_remarks(acts: pd.DataFrame) -> pd.DataFrame:
    """The acts, with what stands outside the columns for it.

    An acceptance without a name or a day has those of its verdict, or the 销号日期 of a register
    that has no other day. A return without a new deadline or a reason has what its remarks say of
    them. What is revoked because it was none is void.
    """
    acts = _with_signatures(_with_none(acts))
    is_bare = acts["rework_due_on"].isna() | acts["reason"].isna()
    returns = acts[(acts["act"] == REJECT) & is_bare]
    if returns.empty:
        return acts
    acts = acts.astype({"rework_due_on": object, "reason": object})
    records: list[dict[str, Any]] = returns.to_dict("records")  # type: ignore[assignment]
    for index, record in zip(returns.index, records, strict=True):
        remarks = [*_remarks(record)]
        if is_null(record["rework_due_on"]):
            acts.at[index, "rework_due_on"] = _deadline(record, remarks)
        if is_null(record["reason"]):
            acts.at[index, "reason"] = _reason(remarks)
    return acts


def _with_signatures(acts: pd.DataFrame) -> pd.DataFrame:
    is_lacking = acts["accepted_on"].isna() | acts["accepted_by"].isna()
    lacking = acts[acts["act"].isin([ACCEPT, VOID]) & is_lacking]
    if lacking.empty:
        return acts
    acts = acts.astype({"accepted_on": object, "accepted_by": object})
    dated = acts.loc[acts["accepted_on"].notna(), ["submission_id", "sheet"]]
    has_column = set(dated.itertuples(index=False, name=None))
    records: list[dict[str, Any]] = lacking.to_dict("records")  # type: ignore[assignment]
    for index, record in zip(lacking.index, records, strict=True):
        day, signer = verdict_signed(text_of(record.get("act_text")))
        if is_null(record["accepted_by"]) and signer:
            acts.at[index, "accepted_by"] = signer
        if is_null(record["accepted_on"]):
            is_alone = (record["submission_id"], record["sheet"]) not in has_column
            is_alone = is_alone and bool(_PROSE.search(text_of(record.get("act_text"))))
            closed_on = None if is_null(record["closed_on"]) else record["closed_on"]
            acts.at[index, "accepted_on"] = _on(day, record) or (closed_on if is_alone else None)
    return acts


def _on(text: str, record: Record) -> date | None:
    """A day of a verdict, which is no later than its receipt."""
    if not text:
        return None
    (day,), problems = parse_column([text], ACCEPTANCE["accepted_on"], record["known_from"])
    return None if problems or day > record["known_from"] else day


def _with_none(acts: pd.DataFrame) -> pd.DataFrame:
    revoked = acts[acts["act"] == WITHDRAW]
    records: list[dict[str, Any]] = revoked.to_dict("records")  # type: ignore[assignment]
    none = [
        index
        for index, record in zip(revoked.index, records, strict=True)
        if is_bare_withdrawal(text_of(record.get("act_text")))
        and any(makes_none(text) for text in (*_remarks(record), text_of(record["reason"])))
    ]
    if none:
        acts = acts.copy()
        acts.loc[none, "act"] = VOID
    return acts


def _remarks(record: Record) -> Iterator[str]:
    extra = record.get("extra")
    columns = {} if is_null(extra) else json.loads(str(extra))
    for header, text in columns.items():
        if _REMARK.search(header) and isinstance(text, str):
            yield text


def _deadline(record: Record, remarks: list[str]) -> date | None:
    """The one day that the verdict or the remarks name; none where they name several."""
    verdict = record.get("act_text")
    texts = [*remarks, *([] if is_null(verdict) else [str(verdict)])]
    days = {match["on"] or match["before"] for text in texts for match in _BY_DAY.finditer(text)}
    if len(days) != 1:
        return None
    base = record["known_from"] if is_null(record["accepted_on"]) else record["accepted_on"]
    (day,), problems = parse_column([*days], ACCEPTANCE["rework_due_on"], base)
    return None if any(each.is_unread for each in problems) or day < base else day


def _reason(remarks: list[str]) -> str | None:
    """The remarks without the deadline, if they say anything else."""
    said = (_BY_DAY.sub("", text).strip(_EDGES) for text in remarks)
    return "；".join(filter(None, said)) or None
