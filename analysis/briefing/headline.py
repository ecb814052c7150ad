"""The figures that a meeting opens with, each beside its parts and its change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Meaning = Literal["good", "bad", "neutral"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One headline: a count, or a rate with its numerator and denominator.

    ``rise`` says what a rise means; colour follows that, never the sign.
    """

    column: str
    label: str
    unit: str = "项"
    parts: tuple[str, str] | None = None
    rise: Meaning = "neutral"

    @property
    def is_rate(self) -> bool:
        """Whether the value runs from 0 to 1."""
        return self.parts is not None


@dataclass(frozen=True, slots=True)
class Headline:
    """One indicator's value on a day; ``change`` is since the day compared with, None if none."""

    indicator: Indicator
    value: float | None
    numerator: int | None
    denominator: int | None
    change: float | None

    @property
    def meaning(self) -> Meaning:
        """Whether the change is good or bad news."""
        if not self.change or self.indicator.rise == "neutral":
            return "neutral"
        if self.change > 0:
            return self.indicator.rise
        return "bad" if self.indicator.rise == "good" else "good"


INDICATORS = (
    Indicator("total", "事项总数"),
    Indicator("completion_rate", "整改完成率", parts=("done", "total"), rise="good"),
    Indicator("closure_rate", "销号率", parts=("closed", "total"), rise="good"),
    Indicator("on_time_rate", "按期完成率", parts=("on_time", "due"), rise="good"),
    Indicator("overdue", "逾期未完成", rise="bad"),
    Indicator("due_soon", "7日内到期"),
    Indicator("major_open", "重大隐患未销号", unit="条", rise="bad"),
    Indicator("supervised_open", "挂牌督办未销号", unit="条", rise="bad"),
)


def headlines(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[Headline]:
    """Indicators of one ``overview`` row, compared with an earlier row where there is one."""
    found = []
    for indicator in INDICATORS:
        value = _number(now[indicator.column])
        earlier = _number(before[indicator.column]) if before is not None else None
        change = value - earlier if value is not None and earlier is not None else None
        top, bottom = indicator.parts or (None, None)
        found.append(
            Headline(
                indicator, value, int(now[top]) if top else None,
                int(now[bottom]) if bottom else None, change,
            )
        )  # fmt: skip
    return found


def _number(value: Any) -> float | None:
    """A plain number; SQL's NULL arrives as NaN or NA."""
    return None if value is None or value != value else float(value)
