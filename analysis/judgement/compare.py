"""Whether a rise is more than chance: two counts compared, and days between rare events.

Small counts move by themselves. 18 accidents in one year and 24 in the next are +33.33 %, and two
years of one and the same risk would differ by as much or more in about four pairs of ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scipy import stats

#: A difference that chance alone would show in fewer than one of twenty pairs is called one.
SIGNIFICANT = 0.05
CONFIDENCE = 0.95
#: Chance that a point lies beyond one limit of the chart although nothing has changed.
BEYOND = 0.00135


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts: their rate ratio (now / before), its 95 % interval, and the exact p-value.

    ``ratio`` is None where nothing happened before, ``high`` None where there is no upper limit.
    """

    now: int
    before: int
    ratio: float | None
    low: float | None
    high: float | None
    p: float

    @property
    def is_beyond_chance(self) -> bool:
        """Whether chance alone is an unlikely reason for the difference."""
        return self.p < SIGNIFICANT


def compare_counts(
    now: int, before: int, time_now: float = 1.0, time_before: float = 1.0
) -> Comparison:
    """Compare two Poisson counts exactly, given their sum.

    Under one rate for both, ``now`` of the ``now + before`` events is binomial with the share of
    time that lies in the present period; ``time_…`` are the lengths of the periods, in any one
    unit. The interval is Clopper and Pearson's, carried over to the ratio of the rates.

    Raises:
        ValueError: a count is negative or a length is not positive.

    """
    if min(now, before) < 0 or min(time_now, time_before) <= 0:
        raise ValueError("计数不能为负，时段须大于零")
    if now + before == 0:
        return Comparison(now, before, None, None, None, 1.0)
    test = stats.binomtest(now, now + before, time_now / (time_now + time_before))
    share = test.proportion_ci(CONFIDENCE, method="exact")
    scale = time_before / time_now

    def rate_ratio(part: float) -> float | None:
        return None if part >= 1 else float(part / (1 - part) * scale)

    return Comparison(
        now,
        before,
        now / before * scale if before else None,
        rate_ratio(share.low),
        rate_ratio(share.high),
        float(test.pvalue),
    )


def in_words(found: Comparison, what: str = "起数") -> str:
    """One plain sentence on whether the difference is more than chance."""
    if found.now + found.before == 0:
        return f"两个时段{what}均为零，没有可比的变化。"
    if found.now == found.before:
        return f"{what}与上年同期持平。"
    change = "上升" if found.now > found.before else "下降"
    if found.is_beyond_chance:
        return f"{what}{change}超出偶然波动（p = {found.p:.3f}），应查明原因。"
    return f"{what}{change}仍在偶然波动范围内（p = {found.p:.2f}），不宜据此判断形势变化。"


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between one event and the next, beside the limits of the g-chart."""

    event_on: date
    days: int
    is_too_soon: bool
    is_long: bool


@dataclass(frozen=True, slots=True)
class GapChart:
    """A control chart for rare events: days between them, mean and limits in days."""

    gaps: tuple[Gap, ...]
    mean: float
    low: int
    high: int


def days_between(days: Sequence[date]) -> GapChart | None:
    """The g-chart of events on the given days; None with fewer than three events.

    With one risk a day the number of days until the next event is geometric; the limits are its
    0.135 % and 99.865 % quantiles. Two events on a day are no days apart. ``low`` is 0 where even
    two on one day are nothing unusual.
    """
    ordered = sorted(days)
    spans = [(later, (later - earlier).days) for earlier, later in pairwise(ordered)]
    if len(spans) < 2:
        return None
    mean = sum(length for _, length in spans) / len(spans)
    # scipy counts the trials up to the event, from 1; here the quiet days before it, from 0.
    waiting = stats.geom(1 / (mean + 1), loc=-1)
    low, high = max(int(waiting.ppf(BEYOND)), 0), int(waiting.ppf(1 - BEYOND))
    gaps = tuple(Gap(day, length, length < low, length > high) for day, length in spans)
    return GapChart(gaps, mean, low, high)
