"""Whether a rise is more than chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from analysis.judgement.compare import compare_counts, in_short, in_words


def test_the_plans_own_rise_of_a_third_is_within_chance() -> None:
    found = compare_counts(24, 18)
    assert found.ratio == pytest.approx(4 / 3)
    # Two-sided: 24 or more, or 18 or fewer, of 42 tosses of a fair coin.
    assert found.p == pytest.approx(2 * binom.sf(23, 42, 0.5))
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high
    assert not found.is_beyond_chance
    assert in_words(found) == "起数上升仍在偶然波动范围内（p = 0.44），不宜据此判断形势变化。"


def test_nine_after_three_is_not_yet_a_rise_and_twenty_after_three_is() -> None:
    assert not compare_counts(9, 3).is_beyond_chance
    found = compare_counts(20, 3)
    assert found.is_beyond_chance
    assert found.low is not None
    assert found.low > 1
    assert "超出偶然波动" in in_words(found)


def test_nothing_before_has_no_ratio_and_no_upper_limit() -> None:
    found = compare_counts(6, 0)
    assert (found.ratio, found.high) == (None, None)
    assert found.p == pytest.approx(2 * 0.5**6)
    assert compare_counts(0, 0).p == 1
    assert in_words(compare_counts(0, 0)) == "两个时段起数均为零，没有可比的变化。"
    assert in_words(compare_counts(4, 4), "死亡人数") == "死亡人数与上年同期持平。"


def test_half_the_time_doubles_the_rate() -> None:
    found = compare_counts(10, 10, time_now=0.5, time_before=1)
    assert found.ratio == pytest.approx(2)
    with pytest.raises(ValueError, match="计数不能为负"):
        compare_counts(-1, 2)


@pytest.mark.slow
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_interval_and_the_p_value_say_much_the_same(now: int, before: int) -> None:
    found, mirrored = compare_counts(now, before), compare_counts(before, now)
    assert found.p == pytest.approx(mirrored.p)
    if found.low is not None and found.low > 1:
        assert found.p < 0.06
    if found.p < 0.04 and now > before:
        assert found.low is not None
        assert found.low > 0.95


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (24, 18, "在偶然波动范围内（0.69–2.61 倍）"), (30, 8, "超出偶然波动（1.68–9.47 倍）"),
        (5, 0, "在偶然波动范围内（0.92 倍以上）"), (0, 5, "在偶然波动范围内（0.00–1.09 倍）"),
        (0, 0, "两个时段均为零"), (9, 9, "在偶然波动范围内（0.35–2.84 倍）"),
    ],
)  # fmt: skip
def test_in_a_few_words_the_interval_stands_beside_what_it_means(
    now: int, before: int, words: str
) -> None:
    assert in_short(compare_counts(now, before)) == words


def test_two_counts_lie_in_periods_of_one_length_where_nothing_is_said() -> None:
    """Three against one: of four events each as likely in both, P(0, 1, 3 or 4) is 10 of 16."""
    found = compare_counts(3, 1)
    assert (found.ratio, found.p) == (3, pytest.approx(10 / 16))
    assert found == compare_counts(3, 1, time_now=2, time_before=2)
    assert compare_counts(3, 1, time_now=3) == compare_counts(3, 1, time_now=3, time_before=1)
    assert compare_counts(3, 1, time_now=3).ratio == pytest.approx(1)
