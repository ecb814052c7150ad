"""Words in a drawing: cut where one line is all there is, else in as many lines as they need."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.svg_text import cut, text_width, wrapped


def test_what_is_too_wide_is_cut_and_what_fits_is_not() -> None:
    assert cut("一二三四", 4 * 13) == "一二三四"
    assert cut("一二三四五", 4 * 13) == "一二三…"


def test_a_line_ends_behind_the_best_stop_that_it_has_room_for() -> None:
    assert wrapped("共 9 项；逾期 3 项、其余", 110) == ["共 9 项；", "逾期 3 项、其余"]
    assert wrapped("甲、乙、丙丁戊", 4 * 13) == ["甲、乙、", "丙丁戊"]
    assert wrapped("一二三四五", 2 * 13) == ["一二", "三四", "五"]
    assert wrapped("", 50) == []


@given(st.text("一二、；，3 a", max_size=40), st.integers(1, 90))
def test_no_word_is_lost_and_no_line_is_too_wide(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert "".join(lines) == words
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)
