"""The figures that a meeting opens with, each beside its parts and its change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.briefing.changes import NOTHING, change_of_count, change_of_rate, count, percent
from analysis.briefing.comparison import Comparison
from analysis.wording.values import rounded, share_places

Meaning = Literal["good", "bad", "neutral"]
#: A rate of many is printed in per cent with two decimals.
PLACES = 4
#: In which order changes are told: what got worse first.
FIRST: Sequence[Meaning] = ("bad", "good", "neutral")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One headline: a count, or a rate with its numerator and denominator.

    ``rise`` says what a rise means; colour follows that, never the sign. What ``is_claimed``
    stands in the claim of the statement already.
    """

    column: str
    label: str
    unit: str = "项"
    parts: tuple[str, str] | None = None
    rise: Meaning = "neutral"
    is_claimed: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether the value runs from 0 to 1."""
        return self.parts is not None

    def words(self, value: float | None, of: float | None = None) -> str:
        """A value of it, with its unit; of a rate, of how many."""
        return percent(value, of) if self.is_rate else f"{count(value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Headline:
    """One indicator's value on a day.

    ``before`` is its value for the day compared with as that is known now, ``shown`` as it was
    shown then; both are None where there is nothing to compare with.
    """

    indicator: Indicator
    value: float | None
    numerator: int | None
    denominator: int | None
    before: float | None
    shown: float | None = None
    #: Why nothing could be shown then, where that is known: «尚未收到», «还没有可算的».
    unshown: str = ""
    #: Of how many the two earlier rates are.
    before_of: int | None = None
    shown_of: int | None = None

    @property
    def change(self) -> float | None:
        """The change since the day compared with, None if none can be told."""
        if self.value is None or self.before is None:
            return None
        if self.indicator.is_rate and self.least is None:
            # of what is printed, so that it follows from the two; whole per cent say too little
            return float(rounded(self.value, PLACES) - rounded(self.before, PLACES))
        return self.value - self.before

    @property
    def least(self) -> int | None:
        """The smaller number that the two rates are of, where it is of few; else None."""
        known = [of for of in (self.denominator, self.before_of) if of is not None]
        return min(known) if known and share_places(min(known)) == 0 else None

    @property
    def is_claimed(self) -> bool:
        """Whether the claim of its statement says it."""
        return self.indicator.is_claimed

    @property
    def value_words(self) -> str:
        """The value alone."""
        if self.indicator.is_rate:
            return percent(self.value, self.denominator)
        return count(self.value)

    @property
    def parts_words(self) -> str:
        """What stands beside the value: its parts, or its unit."""
        if self.indicator.is_rate:
            return f"{self.numerator}/{self.denominator}"
        return self.indicator.unit

    @property
    def change_words(self) -> str:
        """The change, or that there was nothing to compare with."""
        if self.indicator.is_rate:
            return change_of_rate(self.change, self.least)
        return change_of_count(self.change, self.indicator.unit)

    @property
    def in_words(self) -> str:
        """«销号率25%（5/20）», «7日内到期3项»."""
        parts = f"（{self.parts_words}）" if self.indicator.is_rate else ""
        return f"{self.indicator.label}{self.indicator.words(self.value, self.denominator)}{parts}"

    @property
    def meaning(self) -> Meaning:
        """Whether the change is good or bad news."""
        if not self.change or self.indicator.rise == "neutral":
            return "neutral"
        if self.change > 0:
            return self.indicator.rise
        return "bad" if self.indicator.rise == "good" else "good"

    @property
    def revised(self) -> str:
        """«当时435项，补报后465项», where what was shown then is no longer so."""
        words = self.indicator.words
        now = words(self.before, self.before_of)
        if self.before is not None and self.unshown:
            return f"当时{self.unshown}，补报后{now}"
        if self.before is None or self.shown is None or self.before == self.shown:
            return ""
        return f"当时{words(self.shown, self.shown_of)}，补报后{now}"


@dataclass(frozen=True, slots=True)
class Card:
    """One number as screens and slides show it: with its parts, its change, and what that means."""

    label: str
    value: str
    change: str
    meaning: str


def card(number: Headline, comparison: Comparison) -> Card:
    """A number as a card, its change beside the day from which it is told."""
    parts = f"（{number.parts_words}）" if number.indicator.is_rate else number.indicator.unit
    value = NOTHING if number.value is None else number.value_words + parts
    change = ""
    if number.change is not None:
        change = f"比{comparison.short}{number.change_words}"
        change = change.replace("比", "与", 1) if number.change_words == "持平" else change
        change += f"（{number.revised}）" if number.revised else ""
    return Card(number.indicator.label, value, change, number.meaning)


INDICATORS = (
    Indicator("total", "事项总数", is_claimed=True),
    Indicator(
        "completion_rate", "整改完成率", parts=("done", "total"), rise="good", is_claimed=True
    ),
    Indicator("closure_rate", "销号率", parts=("closed", "total"), rise="good"),
    Indicator("on_time_rate", "按期完成率", parts=("on_time", "due"), rise="good"),
    Indicator("overdue", "逾期未完成", rise="bad", is_claimed=True),
    Indicator("due_soon", "7日内到期"),
    Indicator("major_open", "重大隐患未销号", unit="条", rise="bad"),
    Indicator("supervised_open", "挂牌督办未销号", unit="条", rise="bad"),
)


def headlines(
    now: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    shown: Mapping[str, Any] | None = None,
    unreceived: Collection[str] = (),
) -> list[Headline]:
    """Indicators of one ``overview`` row, compared with an earlier row where there is one.

    ``shown`` is that earlier row as it was shown then; ``unreceived`` are the columns of which
    nothing had been received then.
    """
    found = []
    for indicator in INDICATORS:
        top, bottom = indicator.parts or (None, None)
        value = _number(shown[indicator.column]) if shown is not None else None
        unshown = "尚未收到" if indicator.column in unreceived else ""
        if shown is not None and value is None and not unshown:
            unshown = "还没有可算的"
        found.append(
            Headline(
                indicator, _number(now[indicator.column]),
                int(now[top]) if top else None, int(now[bottom]) if bottom else None,
                _number(before[indicator.column]) if before is not None else None,
                None if unshown else value, unshown, _of(before, bottom), _of(shown, bottom),
            )
        )  # fmt: skip
    return found


def since_words(comparison: Comparison, numbers: Sequence[Headline]) -> str:
    """All changes in one sentence, the worse ones first; nothing where there is no earlier day."""
    known = [number for number in numbers if number.change is not None]
    if not known:
        return ""
    told = [
        f"{number.indicator.label}{number.change_words}"
        + (f"（{said}）" if (said := number.revised) else "")
        for meaning in FIRST
        for number in known
        if number.meaning == meaning and (number.change_words != "持平" or number.revised)
    ]
    remark = "；".join(filter(None, [comparison.remark, _basis(known)]))
    name = comparison.name + (f"（{remark}）" if remark else "")
    return f"比{name}：{'，'.join(told)}" if told else f"与{name}持平"


def compared_words(comparison: Comparison, numbers: Sequence[Headline]) -> str:
    """With which day cards compare, or that there is nothing to compare with."""
    if all(number.change is None for number in numbers):
        return f"{comparison.name}还没有可比的数字"
    parts = [f"变化与{comparison.name}相比", comparison.remark, _basis(numbers)]
    return "，".join(filter(None, parts))


def _basis(numbers: Sequence[Headline]) -> str:
    """Of two numbers for the earlier day, from which one a change is told."""
    is_revised = any(number.change is not None and number.revised for number in numbers)
    return "增减按补报后的数算" if is_revised else ""


def _of(row: Mapping[str, Any] | None, bottom: str | None) -> int | None:
    return int(row[bottom]) if row is not None and bottom else None


def _number(value: Any) -> float | None:
    """A plain number; SQL's NULL arrives as NaN or NA."""
    return None if value is None or value != value else float(value)
