"""Stretches of time as reports name them."""

from datetime import date

import pytest

from analysis.ingest.cells.periods import period_of

RECEIVED = date(2024, 1, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年11月1日至15日", date(2023, 11, 1), date(2023, 11, 15)),
        ("10月16日-10月31日", date(2023, 10, 16), date(2023, 10, 31)),
        ("2023.11.01—2023.11.15", date(2023, 11, 1), date(2023, 11, 15)),
        ("12月20日—1月5日", date(2023, 12, 20), date(2024, 1, 5)),
        ("11月上半月工作情况", date(2023, 11, 1), date(2023, 11, 15)),
        ("2024年2月下半月", date(2024, 2, 16), date(2024, 2, 29)),
        ("2023年1—10月事故统计", date(2023, 1, 1), date(2023, 10, 31)),
        ("第三季度", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023年上半年", date(2023, 1, 1), date(2023, 6, 30)),
        ("1月", date(2024, 1, 1), date(2024, 1, 31)),
        ("2023年9月以来隐患清单（12月上半月）", date(2023, 12, 1), date(2023, 12, 15)),
        ("2023年度", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)  # fmt: skip
def test_a_stretch_of_time(text: str, first: date, last: date) -> None:
    assert period_of(text, RECEIVED) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "隐患12条", "2月30日至3月1日", "13月上半月", "15日至1日",
        "2023年9月以来", "9月份以来", "2023年10月至今", "2023年9月1日以来", "2023.9.1至今",
        "隐患清单（2023年9月以来）",
        "9月1日以来", "2023年9月上半月至今",
    ],
)  # fmt: skip
def test_no_stretch_of_time(text: str) -> None:
    assert period_of(text, RECEIVED) is None
