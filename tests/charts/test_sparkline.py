"""A number over the nodes from tiny frames: its points, its gaps, what it says."""

import pandas as pd
import pytest
from lxml import etree

from analysis.charts.first_screen import sparkline


def nodes(*values: float | None) -> pd.DataFrame:
    days = pd.date_range("2023-10-15", periods=len(values), freq="15D")
    return pd.DataFrame({"node_on": days, "value": pd.array(values, dtype="Float64")})


def points(svg: str) -> list[str]:
    return [
        str(line) for line in etree.fromstring(svg).xpath("//*[local-name()='polyline']/@points")
    ]


def test_values_stand_between_the_least_and_the_most_and_the_last_is_marked() -> None:
    svg = sparkline.draw(nodes(0, 5, 10), "逾期未完成", width=112, height=36)
    assert points(svg) == ["6,30 56,18 106,6"]
    assert '<circle class="last" cx="106" cy="6" r="3"/>' in svg


def test_a_missing_value_is_a_gap_and_no_zero() -> None:
    svg = sparkline.draw(nodes(10, None, 10, 12), "逾期未完成")
    # the first stands alone as a dot, the gap is nowhere, the rest is a line
    assert points(svg) == ["72.7,30 106,6"]
    assert '<circle class="alone" cx="6" cy="30" r="1.5"/>' in svg


def test_it_says_every_value_and_what_is_not_known() -> None:
    svg = sparkline.draw(nodes(0.5, None, 0.625), "整改完成率", "{:.1%}".format)
    told = "整改完成率：10月15日 50.0%，10月30日 无数据，11月14日 62.5%"
    assert f"<title>{told}</title>" in svg
    assert f'aria-label="{told}"' in svg
    assert svg.count("<title>") == 1


@pytest.mark.parametrize("values", [(), (None, None)])
def test_where_nothing_is_known_nothing_is_drawn(values: tuple[None, ...]) -> None:
    svg = sparkline.draw(nodes(*values), "逾期未完成")
    assert "<circle" not in svg
    assert "<polyline" not in svg
    assert ("还没有工作节点" in svg) == (not values)


def test_what_never_changes_runs_through_the_middle_and_one_value_is_a_point() -> None:
    assert points(sparkline.draw(nodes(3, 3), "逾期")) == ["6,18 106,18"]
    alone = sparkline.draw(nodes(3), "逾期")
    assert points(alone) == []
    assert '<circle class="last" cx="56" cy="18" r="3"/>' in alone


def test_a_last_value_that_is_missing_marks_the_last_that_is_known() -> None:
    svg = sparkline.draw(nodes(1, 2, None), "逾期")
    assert '<circle class="last" cx="56" cy="6" r="3"/>' in svg


def test_the_label_is_text() -> None:
    svg = sparkline.draw(nodes(1, 2), '<script>"x"</script>', meaning="bad")
    assert "<script>" not in svg
    assert etree.fromstring(svg).get("aria-label").startswith('<script>"x"</script>：')
    assert 'class="spark bad"' in svg
