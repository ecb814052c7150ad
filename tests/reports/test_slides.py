"""A slide's claim stands on two lines, above what shows it."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.svg_text import text_width
from analysis.reports.slides import BODY, TITLE, WIDTH, title_size


def test_a_short_claim_is_large_and_a_long_one_smaller() -> None:
    assert title_size("没有逾期事项") == TITLE
    long = "与12月11日形势研判会当时所知相比：" + "，".join(["新逾期8项"] * 9)
    assert BODY <= title_size(long) < TITLE


@given(st.text("新逾期项，。1234567890", min_size=1, max_size=95))
def test_whatever_it_says_it_has_room_on_two_lines(message: str) -> None:
    size = title_size(message)
    assert text_width(message, int(size.pt)) <= 2 * WIDTH.pt or size == BODY
