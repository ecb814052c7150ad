"""Townships as tiles from tiny frames: where they stand, what colours them, what they say."""

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.charts import tokens
from analysis.charts.first_screen import tiles
from analysis.charts.first_screen.tiles import DEEPEST, LEVELS, LIGHTEST, grid, read
from tests.charts.test_tokens import GROUNDS, LEAST_OF_WORDS, contrast, on

NONE = dict.fromkeys(LEVELS, 0) | {"unfinished": 0, "overdue": 0}


def townships(**rows: dict[str, int]) -> pd.DataFrame:
    """``东河镇={"红": 1, "overdue": 2}``."""
    made: list[dict[str, Any]] = [{"member": name} | NONE | row for name, row in rows.items()]
    return pd.DataFrame(made, columns=["member", *NONE])


def words(svg: str) -> dict[str, list[str]]:
    """Township → the texts of its tile in their order."""
    drawn = etree.fromstring(svg)
    return {
        tile.get("data-member"): [str(t) for t in tile.xpath(".//*[local-name()='text']/text()")]
        for tile in drawn.xpath("//*[@class='tile']")
    }


def test_a_tile_has_name_level_items_and_the_sites_of_each_colour() -> None:
    rows = townships(东河镇={"橙": 2, "蓝": 11, "unfinished": 5, "overdue": 1})
    svg = tiles.draw(rows)
    assert words(svg) == {
        "东河镇": ["东河镇", "未完成", "逾期", "橙", "5", "1", "橙", "2", "蓝", "11"]
    }
    assert "<title>东河镇：场所13家（橙2家、蓝11家），未完成5项，逾期1项</title>" in svg


def test_the_level_is_that_of_the_highest_site_and_most_such_sites_colour_deepest() -> None:
    rows = list(read(townships(
        甲镇={"红": 1, "蓝": 9}, 乙镇={"红": 4}, 丙镇={"黄": 3}, 丁镇={"未评定": 2}, 戊镇={},
    )))  # fmt: skip
    assert [(row.level, row.depth) for row in rows] == [
        ("红", 0.25), ("红", 1.0), ("黄", 1.0), ("未评定", 0.0), ("未评定", 0.0),
    ]  # fmt: skip


def test_what_nobody_rated_is_told_as_such_and_has_no_colour() -> None:
    svg = tiles.draw(townships(甲镇={"未评定": 2}, 乙镇={}))
    assert words(svg)["甲镇"] == ["甲镇", "未完成", "逾期", "未评定", "0", "0", "未", "2"]
    assert words(svg)["乙镇"] == ["乙镇", "未完成", "逾期", "无场所", "0", "0"]
    assert 'class="of-' not in svg
    assert "甲镇：场所2家（未评定2家），未完成0项，逾期0项" in svg
    assert "乙镇：没有场所，未完成0项，逾期0项" in svg


def test_tiles_stand_where_they_are_placed_and_the_others_below_by_name() -> None:
    assert grid(["丙", "乙", "甲"], {"甲": (3, 1), "别处": (1, 9)}) == {
        "甲": (3, 1), "丙": (1, 2), "乙": (2, 2),
    }  # fmt: skip
    svg = tiles.draw(townships(甲镇={}, 乙镇={}), {"甲镇": (2, 1), "乙镇": (1, 2)})
    at = re.findall(r'<svg x="([\d.]+)%" y="(\d+)" width="([\d.]+)%" height="110"><a', svg)
    assert at == [("50.700", "0", "49.300"), ("0.000", "118", "49.300")]


def test_without_places_tiles_fill_a_square_by_the_order_of_names() -> None:
    names = list("戊丁丙乙甲")
    assert grid(names, {}) == {
        name: (n % 3 + 1, n // 3 + 1) for n, name in enumerate(sorted(names))
    }


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), unique=True),
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), unique=True, max_size=8),
)
def test_no_township_is_lost_and_no_two_stand_in_one_place(
    names: list[str], places: list[tuple[int, int]]
) -> None:
    placed = grid(names, dict(zip(names, places, strict=False)))
    assert placed.keys() == set(names)
    assert len(set(placed.values())) == len(names)


def test_a_click_leads_where_the_page_says_or_is_left_to_the_page() -> None:
    rows = townships(甲镇={}, 乙镇={})
    svg = tiles.draw(rows, links={"甲镇": "/risk?township=甲镇&a=1"})
    linked, button = etree.fromstring(svg).xpath("//*[@class='tile']")
    assert linked.get("href") == "/risk?township=甲镇&a=1"
    assert (button.get("role"), button.get("tabindex")) == ("button", "0")


def test_names_are_text() -> None:
    svg = tiles.draw(townships(**{"<script>": {"红": 1}}))
    assert "<script>" not in svg
    assert list(words(svg)) == ["<script>"]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("level", tokens.RISK)
def test_words_on_a_tile_can_be_read_however_deep_its_colour(level: str, ground: str) -> None:
    paper, ink = (on(tokens.GROUND[name], ground) for name in ("paper", "ink"))
    for share in (LIGHTEST, DEEPEST[level]):
        assert contrast(ink, mixed(tokens.RISK[level], paper, share)) >= LEAST_OF_WORDS


def mixed(one: str, other: str, share: float) -> str:
    """A colour laid over another with so much of it."""
    parts = [
        round(int(one[n : n + 2], 16) * share + int(other[n : n + 2], 16) * (1 - share))
        for n in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)
