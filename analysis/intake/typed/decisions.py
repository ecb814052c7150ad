"""What a meeting decides on the spot: a ledger of one row, received like any other.

It lies in ``data/raw/<day>/专班办公室/`` under the headings of the ledger 议定事项, so that it is
read, checked and counted like one that the office sends, and a ledger that tells of the same
matter later is its next version.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import YanpanError
from analysis.ingest.received import file_hash
from analysis.intake.drafts import Received
from analysis.intake.typed.records import one_row, record
from analysis.intake.typed.values import any_day, past_day, plain
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.stores import DECIDED, OFFICE

_LEDGER = LEDGERS["decision"]
NAME = DECIDED
#: A deadline further off than this was mistyped.
FURTHEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Decision:
    """What a form says; all of it text as it was typed."""

    meeting: str
    held_on: str
    task: str
    unit: str
    person: str
    due_on: str


def decide(settings: Settings, decision: Decision) -> Received:
    """Record one thing that a meeting decided.

    Raises:
        YanpanError: something is missing, no day or impossible; the same is recorded today
            already; the disk is full.

    """
    row = _row(decision)
    content = one_row((_LEDGER[name].label, value) for name, value in row.items())

    def made(folder: Path) -> bytes:
        _must_be_new(folder, hashlib.sha256(content).hexdigest())
        return content

    return record(settings, OFFICE, NAME, made, [_LEDGER.name])


def _row(decision: Decision) -> dict[str, str]:
    held, due = past_day("会议日期", decision.held_on), any_day("完成时限", decision.due_on)
    if due < held:
        raise YanpanError(f"完成时限 {due} 早于会议日期 {held}，请核对。")
    if due.year > held.year + FURTHEST_YEARS:
        raise YanpanError(f"完成时限 {due} 太远，请核对年份。")
    return {
        "meeting": plain("会议名称", decision.meeting),
        "held_on": str(held),
        "task": plain("议定事项", decision.task),
        "unit": plain("责任单位", decision.unit),
        "person": plain("责任人", decision.person),
        "due_on": str(due),
    }


def _must_be_new(folder: Path, digest: str) -> None:
    if any(file_hash(kept) == digest for kept in folder.glob(f"*_{NAME}")):
        raise YanpanError("同样的议定事项今天已经登记，不再重复记。")
