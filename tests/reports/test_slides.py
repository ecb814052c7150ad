"""A slide's claim stands on two lines, above what shows it."""

from hypothesis import given
from hypothesis import strategies as st
from pptx.util import Inches, Pt

from analysis.charts.svg_text import text_width
from analysis.reports.slides import (
    IN_CELL,
    LEAST_ROW,
    LEAST_TITLE,
    LINE,
    TITLE,
    WIDTH,
    row_heights,
    table_height,
    table_size,
    title_size,
)


def test_a_short_claim_is_large_and_a_long_one_smaller() -> None:
    assert title_size("没有逾期事项") == TITLE
    long = "与12月11日形势研判会当时所知相比：" + "，".join(["新逾期8项"] * 9)
    assert LEAST_TITLE <= title_size(long) < TITLE


@given(st.text("新逾期项，。1234567890", min_size=1, max_size=95))
def test_whatever_it_says_it_has_room_on_two_lines(message: str) -> None:
    size = title_size(message)
    assert text_width(message, int(size.pt)) <= 2 * WIDTH.pt or size == LEAST_TITLE


def test_a_table_of_wrapped_cells_does_not_grow_over_the_note_below_it() -> None:
    widths = [Inches(6), Inches(2)]
    short, long = ["灭火器过期", "县教育局"], ["游客入口护栏有4处松动，" * 6, "县教育局"]
    assert table_size([short] * 8, widths, Inches(4.95)) == Pt(15)
    size = table_size([short, *[long] * 7], widths, Inches(4.95))
    assert size < Pt(15)
    assert table_height([short, *[long] * 7], widths, size) <= Inches(4.95)


def test_a_row_is_as_high_as_its_lines() -> None:
    """One that is lower cuts the second line where the viewer does not grow it."""
    one, two = "长" * 20, "长" * 21  # twenty signs of 12 points on 240 points
    widths = [Pt(240) + 2 * IN_CELL]
    assert row_heights([[one], [two]], widths, Pt(12)) == [
        LEAST_ROW, int(2 * Pt(12) * LINE) + Inches(0.1),
    ]  # fmt: skip
