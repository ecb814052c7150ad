"""The office's own map from squares: where shapes and names stand, what has no shape."""

import numpy as np
from lxml import etree

from analysis.charts.first_screen import township_map
from analysis.charts.first_screen.township_map import inside, project
from tests.charts.test_tiles import townships

Ring = list[tuple[float, float]]


def square(west: float, south: float, side: float = 10.0) -> Ring:
    far, top = west + side, south + side
    return [(west, south), (far, south), (far, top), (west, top), (west, south)]


METRES = 500_000.0
SHAPES = {"甲镇": [square(METRES, METRES)], "乙镇": [square(METRES + 10, METRES)]}


def test_north_is_up_and_the_map_is_as_wide_as_the_page() -> None:
    found, height = project(SHAPES)
    assert height == 500
    assert found["甲镇"].path == "M0 500L500 500L500 0L0 0L0 500Z"
    assert found["乙镇"].path.startswith("M500 500L1000 500")


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    _, height = project({"甲镇": [square(110, 59.5, 1)]})
    assert round(height) == 2000  # at 60° north it is half as long


def test_a_name_stands_within_its_shape_and_not_in_its_hole() -> None:
    ring = np.array(square(0, 0, 100))
    hole = np.array(square(20, 20, 60))
    x, y = inside([ring])
    assert (round(x, -1), round(y, -1)) == (50, 50)
    x, y = inside([ring, hole])
    assert not (20 < x < 80 and 20 < y < 80)
    bent = np.array([(0, 0), (100, 0), (100, 100), (90, 100), (90, 10), (0, 10), (0, 0)])
    x, y = inside([bent])
    assert y < 10 or x > 90


def test_shapes_are_coloured_by_level_and_say_what_tiles_say() -> None:
    rows = townships(甲镇={"红": 2, "unfinished": 3, "overdue": 1}, 乙镇={"未评定": 1})
    svg = township_map.draw(rows, SHAPES)
    drawn = etree.fromstring(svg)
    assert [tile.get("data-member") for tile in drawn.xpath("//*[@class='tile']")] == [
        "甲镇", "乙镇",
    ]  # fmt: skip
    texts = [str(each) for each in drawn.xpath("//*[local-name()='text']/text()")]
    assert texts == ["甲镇", "红2 逾期1", "乙镇", "未评定1"]
    assert svg.count('class="tint of-') == 1


def test_who_has_no_shape_and_what_is_no_township_is_told() -> None:
    rows = townships(甲镇={}, 丙镇={"橙": 1, "overdue": 1})
    svg = township_map.draw(rows, SHAPES)
    assert "地图上没有：丙镇：场所1家（橙1家），未完成0项，逾期1项。" in svg
    assert svg.count('class="nobody"') == 1  # 乙镇


def test_names_of_shapes_are_text() -> None:
    svg = township_map.draw(townships(甲镇={}), {"<script>": [square(0, 0)]})
    assert "<script>" not in svg
