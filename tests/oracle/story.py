"""A world as a story: what was received, when, and what it said; and the choices left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

TAKE_BACK = "撤销原值"  # a cell that takes a value back by a word [11]


@dataclass
class Report:
    """One sheet received: rows are dicts keyed by the column's name or its Chinese label."""

    received: date
    speaks_for: date | None  # its 截至 or its period's end; None: it speaks for its receipt
    sender: str
    ledger: (
        str  # hazard measure decision inspection accident accident_stat site unit duty half_month
    )
    rows: list[dict] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.speaks_for or self.received


@dataclass
class Acceptance:
    """One record of 验收销号: accept, reject (退回重改) or withdraw."""

    received: date
    kind: str
    unit: str
    number: str
    act: str
    accepted_on: date | None = None
    accepted_by: str | None = None
    closed_on: date | None = None
    rework_due_on: date | None = None


@dataclass
class Confirmation:
    """The office's word on a claimed 停业 (or 主体灭失)."""

    on: date
    kind: str
    unit: str
    number: str
    answer: str = "confirmed"  # confirmed | refused | withdrawn


@dataclass
class World:
    region: str
    reports: list[Report] = field(default_factory=list)  # every ledger, item ledgers and others
    acceptances: list[Acceptance] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    rest_days: set = field(default_factory=set)  # every day on which nobody works
    grace_days: int = 2
    has_signers: bool = False  # signers or accounts are set up: only records close anything
    signers: frozenset = frozenset()  # empty: anybody but the 责任人
    seed: int | None = None
    queries: list = field(default_factory=list)  # (as_of, known_on) worth asking
    notes: list = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """Choices that a comparison may want to turn round; README numbers in brackets."""

    done_day: str = "receipt"  # [1] or "speaks": which day of the first report is done_on
    suspended_day: str = "receipt"  # [2] or "speaks"
    ended_suspension_is_shown: bool = False  # [16] on a day within it, once 复业 is known
    suspended_in_total: bool = (
        False  # [3] is a confirmed 停业 in total (and the rates' denominators)
    )
    return_only_by_as_of: bool = False  # [4] a return later than as_of does not count at as_of
    return_is_not_done_evidence: bool = True  # [5]
    acceptance_bounds_done: bool = True  # [6]
    late_registration_days: int | None = (
        30  # [7] registered later than this enters late; None: nobody does
    )
    censor_at_suspension: bool = True
    node_done_has_undated: bool = True  # [8]
    last_node_may_be_as_of: bool = (
        True  # do the nodes end on as_of where that is one, or with the next
    )
    strict_coverage_by_region: bool = True  # [9]
    late_bands: tuple = ((1, 14), (15, 29), (30, 90), (91, None))  # [10]
    open_bands: tuple = ((0, 15), (16, 30), (31, 90), (91, 180), (181, None))  # [10]
    claims_are_acceptances: bool = (
        False  # [21] does a day and a signature that close nothing stand as 验收
    )
    days_late_of_done: bool = True  # [23] has what was done late its days of lateness
    net_zero_is_listed: bool = False  # [24] a deadline moved and moved back
    running_period_is_listed: bool = False  # [34] a half month that has not ended
    supervised_is_for_all: bool = True  # [26] a measure is «not supervised» rather than 不适用
    campaign_members_unstated: bool = False  # is an inspection of no campaign a member 未填
