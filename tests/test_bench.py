"""How cost grows, worked out from times that are given."""

import pytest

from benchmarks.load import Tally, _row
from benchmarks.metrics.run import growth


def test_growth_is_one_where_ten_times_the_rows_take_ten_times_as_long() -> None:
    assert growth([(100, 0.1), (1000, 1.0), (10000, 10.0)]) == pytest.approx(1)
    assert growth([(100, 1.0), (1000, 100.0)]) == pytest.approx(2)
    assert growth([(100, 1.0)]) is None


def test_a_load_too_short_for_one_request_says_so() -> None:
    row = _row("报送", [], Tally(), ("确认",), "不出错", lost=0)
    assert (row["次数"], row["中位毫秒"], row["出错"]) == (0, None, 0)
    assert row["要求"] == "没有测到：时间太短，请用 --minutes 加长"
    row = _row(
        "报送", [0.2, 0.4], Tally(errors=["确认：500", "看 /：0"]), ("确认",), "不出错", lost=0
    )
    assert (row["次数"], row["中位毫秒"], row["最长毫秒"], row["出错"]) == (2, 300, 400, 1)
    assert row["要求"] == "不出错"
