"""Whether a rise is more than chance: two counts compared.

Small counts move by themselves. 18 accidents in one year and 24 in the next are +33.33 %, and two
years of one and the same risk would differ by as much or more in about four pairs of ten.
"""

from dataclasses import dataclass

from scipy import stats

#: A difference that chance alone would show in fewer than one of twenty pairs is called one.
SIGNIFICANT = 0.05
CONFIDENCE = 0.95


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


def in_short(found: Comparison) -> str:
    """«在偶然波动范围内（0.20–3.28 倍）»: the same, where there is room for a few words alone."""
    if found.now + found.before == 0:
        return "两个时段均为零"
    low = f"{found.low or 0:.2f}"
    span = f"{low} 倍以上" if found.high is None else f"{low}–{found.high:.2f} 倍"
    where = "超出偶然波动" if found.is_beyond_chance else "在偶然波动范围内"
    return f"{where}（{span}）"
