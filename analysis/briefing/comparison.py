"""The one day that every change is told from: the last meeting, or the end of a month."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from analysis.errors import QueryError
from analysis.wording.deadlines import chinese_day, chinese_month_day

#: What a package is called, and the meeting that its changes are told from.
PERIODS: Mapping[str, str] = {"monthly": "月度", "quarterly": "季度"}
MEETINGS: Mapping[str, str] = {"monthly": "形势研判会", "quarterly": "例会"}
#: A meeting of the last few days is the one that is being prepared, or was just held.
LEAST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """The day, and what it is called: «10月10日形势研判会», «10月末», «10月20日».

    ``why`` says why it is not the newest meeting; empty where it is.
    """

    day: date
    name: str
    why: str = ""

    @property
    def remark(self) -> str:
        """What is to be known of the day: why it is not a newer one, and that quarterly papers have
        another than screens have.
        """
        is_quarterly = self.name.endswith((MEETINGS["quarterly"], "季度末"))
        beside = "季度材料与上次例会比，看板和月度材料与上次形势研判会比" if is_quarterly else ""
        return "；".join(filter(None, (self.why, beside)))

    @property
    def short(self) -> str:
        """The day as it stands beside one number."""
        return chinese_month_day(self.day)


def compared_with(
    as_of: date, meetings: pd.DataFrame, kind: str = "monthly", setting: str = "会议",
    chosen: date | None = None,
) -> Comparison:  # fmt: skip
    """The day that figures of ``as_of`` are compared with.

    ``meetings`` has ``kind`` and ``held_on`` (``Warehouse.meetings``); ``kind`` is monthly or
    quarterly; ``chosen`` is a day that somebody asked for.

    Raises:
        QueryError: the day that was asked for does not lie before ``as_of``.

    """
    if chosen:
        if chosen >= as_of:
            raise QueryError(
                f"比较日 {chosen} 应早于截至日 {as_of}，请改选更早的一天，或不选比较日。"
            )
        return Comparison(chosen, _called(chosen, as_of))
    latest = as_of - timedelta(days=LEAST_DAYS)
    if setting == "会议":
        held = meetings[meetings["kind"].eq(MEETINGS[kind])]["held_on"]
        why = _why_not_newer(held[held > pd.Timestamp(latest)], as_of, MEETINGS[kind])
        held = held[held <= pd.Timestamp(latest)]
        if len(held):
            day = held.max().date()
            return Comparison(day, _called(day, as_of) + MEETINGS[kind], why)
        return replace(_end_of_period(latest, as_of, kind), why=why)
    return _end_of_period(latest, as_of, kind)


def _why_not_newer(held: pd.Series, as_of: date, meeting: str) -> str:
    """Why the newest meeting is not the day: it is the one being prepared, or was just held."""
    held = held[held <= pd.Timestamp(as_of)]
    if held.empty:
        return ""
    day = _called(held.max().date(), as_of)
    return f"{day}{meeting}距截至日不足{LEAST_DAYS}天，不作比较日"


def _end_of_period(latest: date, as_of: date, kind: str) -> Comparison:
    """The latest end of a month, or of a quarter, up to a day."""
    months = 3 if kind == "quarterly" else 1
    after = latest + timedelta(days=1)
    first = (after.month - 1) // months * months + 1
    day = date(after.year, first, 1) - timedelta(days=1)
    year = "" if day.year == as_of.year else f"{day.year}年"
    return Comparison(
        day, f"{year}第{day.month // 3}季度末" if months == 3 else f"{year}{day.month}月末"
    )


def _called(day: date, as_of: date) -> str:
    return chinese_day(day) if day.year != as_of.year else chinese_month_day(day)
