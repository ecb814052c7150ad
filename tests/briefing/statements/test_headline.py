"""Headlines carry their parts, and their colour follows what a change means."""

from datetime import date

import pytest

from analysis.briefing.comparison import Comparison
from analysis.briefing.statements.headline import card, compared_words, headlines, since_words

NOW = {
    "total": 10, "done": 6, "closed": 3, "due": 0, "on_time": 0, "overdue": 2, "due_soon": 1,
    "major_open": 1, "supervised_open": 0, "completion_rate": 0.6, "closure_rate": 0.3,
    "on_time_rate": float("nan"),
}  # fmt: skip


def headline(column: str, before: dict[str, float] | None = None):  # type: ignore[no-untyped-def]
    found = headlines(NOW, NOW | before if before is not None else None)
    return next(each for each in found if each.indicator.column == column)


def test_a_rate_carries_numerator_and_denominator() -> None:
    rate = headline("completion_rate")
    assert (rate.value, rate.numerator, rate.denominator) == (0.6, 6, 10)


def test_a_rate_without_denominator_is_no_rate() -> None:
    rate = headline("on_time_rate", {})
    assert (rate.value, rate.denominator, rate.change) == (None, 0, None)


@pytest.mark.parametrize(
    ("column", "before", "meaning"),
    [
        ("completion_rate", 0.5, "good"),
        ("completion_rate", 0.7, "bad"),
        ("overdue", 1, "bad"),
        ("overdue", 3, "good"),
        ("overdue", 2, "neutral"),
        ("total", 5, "neutral"),
    ],
)
def test_more_done_is_good_and_more_overdue_is_bad(
    column: str, before: float, meaning: str
) -> None:
    assert headline(column, {column: before}).meaning == meaning


@pytest.mark.parametrize(
    ("now", "before", "value", "change", "revised"),
    [
        ((67, 99), (300, 445), "68%", "提高0.3个百分点", "当时50%，补报后67.42%"),
        ((67, 100), (66, 99), "67.00%", "提高0.3个百分点", "当时50%，补报后67%"),
        ((339, 405), (300, 400), "83.70%", "提高8.70个百分点", "当时50%，补报后75.00%"),
        ((5, 10), (5, 10), "50%", "持平", ""),
    ],
)
def test_a_rate_of_few_is_whole_and_each_day_is_said_by_its_own_count(
    now: tuple[int, int], before: tuple[int, int], value: str, change: str, revised: str
) -> None:
    """A change of less than one point is none of whole points: of few it has one decimal."""
    rows = [
        NOW | {"done": done, "total": of, "completion_rate": done / of}
        for done, of in (now, before, (1, 2))
    ]
    rate = next(each for each in headlines(*rows) if each.indicator.column == "completion_rate")
    assert (rate.value_words, rate.change_words, rate.revised) == (value, change, revised)


def test_without_a_day_to_compare_there_is_no_change() -> None:
    assert headline("overdue").change is None


@pytest.mark.parametrize(
    ("before", "shown", "words"),
    [
        (5, 4, "当时4项，补报后5项"),
        (5, 5, ""),
        (None, 4, ""),
        (5, None, ""),
    ],
)
def test_what_was_shown_then_is_told_where_later_reports_changed_it(
    before: int | None, shown: int | None, words: str
) -> None:
    earlier, then = ({"total": n} if n is not None else None for n in (before, shown))
    rows = [NOW | row if row is not None else None for row in (earlier, then)]
    total = next(each for each in headlines(NOW, *rows) if each.indicator.column == "total")
    assert total.revised == words


MEETING = Comparison(date(2023, 10, 10), "10月10日形势研判会")


@pytest.mark.parametrize(
    ("before", "compared", "since"),
    [
        (None, "10月10日形势研判会还没有可比的数字", ""),
        ({}, "变化与10月10日形势研判会相比", "与10月10日形势研判会持平"),
        # a rate without denominator has nothing to compare with, and the others have
        ({"overdue": 1, "total": 8, "done": 5}, "变化与10月10日形势研判会相比",
         "比10月10日形势研判会：逾期未完成增加1项，事项总数增加2项"),
    ],
)  # fmt: skip
def test_changes_are_told_in_words_the_worse_first(
    before: dict[str, float] | None, compared: str, since: str
) -> None:
    numbers = headlines(NOW, NOW | before if before is not None else None)
    assert compared_words(MEETING, numbers) == compared
    assert since_words(MEETING, numbers) == since


@pytest.mark.parametrize(
    ("column", "before", "value", "change"),
    [
        ("completion_rate", {"completion_rate": 0.5, "done": 5}, "60%（6/10）",
         "比10月10日提高10个百分点"),
        ("overdue", {}, "2项", "与10月10日持平"),
        ("on_time_rate", {}, "—", ""),  # nothing was due
    ],
)  # fmt: skip
def test_a_card_shows_a_number_with_its_parts_and_its_change(
    column: str, before: dict[str, float], value: str, change: str
) -> None:
    shown = card(headline(column, before), MEETING)
    assert (shown.value, shown.change) == (value, change)
