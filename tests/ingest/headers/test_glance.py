"""A glance at rows may take data for a header, and never a header for data."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.headers.glance import glance_at, may_fit
from analysis.ingest.headers.recognition import fits
from analysis.ingest.headers.vocabulary import Vocabulary, read_headers
from tests.ingest.headers.test_header_rows import corpus

VOCABULARY = Vocabulary()
WORDS = sorted({h for row in corpus("header_rows.txt") for h in row.headers})
ODD = [
    "2023年",
    "2024年1-10月",
    "（全称）",
    "其中：",
    "序号",
    "No.",
    "整改",
    "期限",
    "一般",
    "①",
    " ",
]
CELLS = st.sampled_from([*WORDS, *ODD, "甲局", "灭火器过期", "2023-10-01", "", None, 1, 0.5])
#: A word cut in two, one part above the other.
HALVES = st.sampled_from([(word[:n], word[n:]) for word in WORDS for n in range(1, len(word))])


def may_be_header(*rows: list[Any]) -> bool:
    return may_fit([glance_at(row, VOCABULARY) for row in rows], VOCABULARY)


def test_a_row_of_data_is_none_and_a_row_of_headers_is_one() -> None:
    assert may_be_header(["序号", "隐患描述", "责任单位", "整改期限"])
    assert not may_be_header(["1", "灭火器过期", "甲局", "2023-10-31"])


def test_parts_that_are_one_header_together_are_one() -> None:
    assert may_be_header(["隐患", "责任"], ["描述", "单位"])
    assert not may_be_header(["灭火器", "甲"], ["过期", "局"])


def test_words_above_each_other_count_for_the_lowest() -> None:
    assert not may_be_header(["隐患描述", "责任单位"], ["灭火器过期", "甲局"])
    assert may_be_header(["隐患描述", "责任单位"], ["", ""])


def test_a_day_in_a_row_makes_it_data() -> None:
    assert glance_at(["隐患描述", date(2023, 10, 1)], VOCABULARY).has_day
    assert not glance_at(["隐患描述", "责任单位"], VOCABULARY).has_day


@pytest.mark.slow
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=3))
def test_no_header_that_fits_a_ledger_is_missed(rows: list[list[Any]]) -> None:
    if fits(read_headers(rows), VOCABULARY):
        assert may_be_header(*rows)


@given(st.lists(HALVES, min_size=2, max_size=6))
def test_no_header_in_two_parts_is_missed(halves: list[tuple[str, str]]) -> None:
    rows = [list(parts) for parts in zip(*halves, strict=True)]
    if fits(read_headers(rows), VOCABULARY):
        assert may_be_header(*rows)


@pytest.mark.parametrize("year", ["2023年", "2024年1-9月"])
def test_a_year_over_a_column_is_looked_at_closely(year: str) -> None:
    assert glance_at([year, "甲局"], VOCABULARY).is_special
