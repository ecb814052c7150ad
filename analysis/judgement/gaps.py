"""Days between accidents: whether they have come closer together, and how long it has been quiet.

A control chart of days between rare events cannot warn: its lower limit is 0 until the mean gap
is 739 days. So the last gaps are tested against the earlier ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd
from scipy import stats

from analysis.wording.values import fixed, per_cent

#: Over how many of the last accidents it is looked: one close upon another, and a run of them.
LOOKS = (1, 3, 5)
#: A chance, corrected for all looks, below which the accidents are said to have come closer.
WARNED = 0.01
#: Fewer gaps before those looked at say nothing of how often it happened earlier.
FEWEST_EARLIER = 3
#: Chance that a point lies beyond one limit of the chart although nothing has changed.
BEYOND = 0.00135


@dataclass(frozen=True, slots=True)
class Look:
    """The last ``accidents``: within how many days they have happened, up to the day described.

    ``mean`` are the days from one accident to the next before that, of ``earlier`` gaps;
    ``chance`` is that of so many within so few days if nothing has changed, corrected for LOOKS.
    """

    accidents: int
    days: int
    earlier: int
    mean: float
    chance: float


@dataclass(frozen=True, slots=True)
class Watch:
    """The last accident, the quiet days since, and what each look says; none with too few.

    ``mean`` are the days from one accident to the next over all gaps, as the chart has it;
    ``until`` is the day up to which anybody has told of accidents, where that is not the day
    described: who has not reported has not been without an accident.
    """

    last_on: date
    open_days: int
    mean: float
    looks: tuple[Look, ...]
    until: date | None = None

    @property
    def warning(self) -> Look | None:
        """The look that warns, the surest of several."""
        surest = min(self.looks, key=lambda look: look.chance, default=None)
        return surest if surest and surest.chance < WARNED else None


def watch(days: Iterable[date], as_of: date, told_until: date | None = None) -> Watch | None:
    """Test the last gaps between the accidents of one region; None where there is no accident.

    The days since the last accident belong to the time looked at: a warning fades while all is
    quiet. ``days`` need no order; those after ``as_of`` are left out. ``told_until`` is the day up
    to which the ledger goes; None where it goes up to ``as_of``.
    """
    until = told_until if told_until and told_until < as_of else None
    as_of = until or as_of
    ordered = sorted(day for day in days if day <= as_of)
    if not ordered:
        return None
    looks = [
        look
        for accidents in LOOKS
        if (look := _look(ordered[: -accidents or None], accidents, as_of))
    ]
    mean = (ordered[-1] - ordered[0]).days / max(len(ordered) - 1, 1)
    return Watch(ordered[-1], (as_of - ordered[-1]).days, mean, tuple(looks), until)


def _look(before: Sequence[date], accidents: int, as_of: date) -> Look | None:
    """``before`` are the accidents before the last ones; the latest of them begins their time."""
    earlier = len(before) - 1
    if earlier < FEWEST_EARLIER:
        return None
    quiet, long = (as_of - before[-1]).days, (before[-1] - before[0]).days
    chance = chance_of(accidents, quiet, earlier, long)
    return Look(accidents, quiet, earlier, long / earlier, min(1.0, chance * len(LOOKS)))


def chance_of(accidents: int, days: int, earlier: int, earlier_days: int) -> float:
    """Chance that so many accidents take no more than ``days``, at the risk of the earlier gaps.

    With one risk a day, all orders of the quiet days and the ends of the gaps are equally likely,
    given how many there are; the chance is that the first ``days`` quiet days and as many ends as
    there are ``accidents`` hold no fewer ends. Exact, also where several happen on a day.
    """
    ends = accidents + earlier - 1
    total = days + earlier_days + ends
    return float(stats.hypergeom.sf(accidents - 1, total, ends, days + accidents))


def in_words(watched: Watch) -> str:
    """How long it has been quiet, and whether the accidents have come closer together."""
    since = f"距上一起事故（{_day(watched.last_on)}）已{watched.open_days}天"
    if watched.until:
        since = (
            f"上一起事故（{_day(watched.last_on)}）到事故台账截至的{_day(watched.until)}"
            f"{watched.open_days}天，其后的尚未收到"
        )
    elif watched.open_days == 0:
        since = f"最近一起事故发生在当日（{_day(watched.last_on)}）"
    if not watched.looks:
        return f"{since}；事故不足{LOOKS[0] + FEWEST_EARLIER + 1}起，不判断疏密。"
    look = watched.warning
    if look is None:
        last = "、".join(str(each.accidents) for each in watched.looks)
        usual = f"历次间隔平均{fixed(watched.mean, 0)}天"
        return f"{since}，{usual}；最近{last}起的间隔与以往相比没有异常。"
    usual = f"此前平均{fixed(look.mean, 0)}天一起"
    return (
        f"{since}；最近{look.accidents}起事故发生在{look.days}天内，{usual}，"
        f"如风险没有变化，出现这种情况的可能性只有{_percent(look.chance)}：事故明显变密，应查明原因。"
    )


def _percent(chance: float) -> str:
    return per_cent(chance, 1) if chance >= 0.001 else "不到0.1%"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def days_by_region(accidents: pd.DataFrame) -> dict[str, list[date]]:
    """The days of the accidents that count, region by region; each region for itself.

    ``accidents`` are rows of the relation of that name: region, occurred_on, counted. An accident
    whose day could not be read is in no gap.
    """
    dated = accidents[accidents["counted"].astype(bool) & accidents["occurred_on"].notna()]
    days = pd.to_datetime(dated["occurred_on"]).dt.date
    by_region = days.groupby(dated["region"].fillna("").astype(str), sort=True)
    return {str(region): sorted(each) for region, each in by_region}


def told_until(accidents: pd.DataFrame) -> dict[str, date]:
    """Region → the day up to which its ledger goes, where that is known.

    ``accidents`` as for ``days_by_region``, with ``ledger_until``. An accident that a ledger tells
    of before its own day is told.
    """
    known = accidents[accidents["ledger_until"].notna()]
    by_region = known.groupby(known["region"].fillna("").astype(str), sort=True)
    return {
        str(region): pd.to_datetime(pd.concat([rows["ledger_until"], rows["occurred_on"]])).max()
        .date()
        for region, rows in by_region
    }  # fmt: skip


def gap_sentences(accidents: pd.DataFrame, as_of: date) -> list[str]:
    """One sentence a region on the days between accidents, those that warn first."""
    until = told_until(accidents)
    watched = {
        region: found
        for region, days in days_by_region(accidents).items()
        if (found := watch(days, as_of, until.get(region)))
    }
    order = sorted(watched, key=lambda region: (watched[region].warning is None, region))
    return [f"{region}{'：' if region else ''}{in_words(watched[region])}" for region in order]


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between one event and the next; ``is_long`` beyond the chart's upper limit."""

    event_on: date
    days: int
    is_long: bool


@dataclass(frozen=True, slots=True)
class GapChart:
    """Days between rare events in order of time, their mean and the upper limit, in days."""

    gaps: tuple[Gap, ...]
    mean: float
    high: int


def days_between(days: Iterable[date]) -> GapChart | None:
    """The gaps of events on the given days; None with fewer than three events.

    With one risk a day the number of days until the next event is geometric; the limit is its
    99.865 % quantile. Two events on a day are no days apart.
    """
    spans = [(later, (later - earlier).days) for earlier, later in pairwise(sorted(days))]
    if len(spans) < 2:
        return None
    mean = sum(length for _, length in spans) / len(spans)
    # scipy counts the trials up to the event, from 1; here the quiet days before it, from 0.
    high = int(stats.geom(1 / (mean + 1), loc=-1).ppf(1 - BEYOND))
    return GapChart(tuple(Gap(day, length, length > high) for day, length in spans), mean, high)
