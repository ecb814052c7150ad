"""What the tables rest on beside the submissions: the office's decisions and settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.ingest.assembly.eras.withdrawals import Withdrawal
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.versions.closing.rule import NO_RULE, ClosingRule
from analysis.ingest.versions.corrections import Correction


@dataclass(frozen=True, slots=True)
class Terms:
    """``region`` is the office's, ``confirmations`` are what has been answered to doubts;
    ``due_days`` says by when the ledgers and reports of a half month are due; ``withdrawn`` gives
    for the path of a file by whom and from which day on it was taken back; ``closing`` says who may
    close an item.
    """

    corrections: Sequence[Correction] = ()
    confirmations: Confirmations = field(default_factory=Confirmations)
    region: str = "本县"
    due_days: DueDays = field(default_factory=DueDays)
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    closing: ClosingRule = NO_RULE


NO_TERMS = Terms()
