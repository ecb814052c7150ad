"""How cost grows, worked out from times that are given."""

import pytest

from benchmarks.metrics.run import growth


def test_growth_is_one_where_ten_times_the_rows_take_ten_times_as_long() -> None:
    assert growth([(100, 0.1), (1000, 1.0), (10000, 10.0)]) == pytest.approx(1)
    assert growth([(100, 1.0), (1000, 100.0)]) == pytest.approx(2)
    assert growth([(100, 1.0)]) is None
