"""Accidents of regions from tiny frames: each a panel, gaps where nobody counted, chance told."""

from typing import Any

import pandas as pd
from lxml import etree

from analysis.charts.first_screen import accident_lines

TOTAL: dict[str, Any] = {
    "region": "本县", "period": "2023年1月1日至11月15日（台账）", "accidents": 5, "deaths": 4,
    "accidents_prev": 6, "deaths_prev": 4, "is_derived": False,
    "chance": "在偶然波动范围内（0.20–3.28 倍）",
}  # fmt: skip


def months(region: str, now: list[int | None], before: list[int | None]) -> pd.DataFrame:
    days = pd.date_range("2023-01-01", periods=len(now), freq="MS")
    counts = {"accidents": now, "accidents_prev": before}
    counted = {name: pd.array(counts[name], dtype="Int64") for name in counts}
    return pd.DataFrame({"region": region, "month_start": days} | counted)


def totals(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([TOTAL | row for row in rows], columns=list(TOTAL))


NO_MONTHS = months("本县", [], [])


def panels(months: pd.DataFrame, totals: pd.DataFrame, *regions: str, width: int = 600) -> Any:
    return etree.fromstring(accident_lines.draw(months, totals, regions, width)).xpath(
        "//*[@class='panel']"
    )


def texts(panel: Any, kind: str = "") -> list[str]:
    of = f"[@class='{kind}']" if kind else ""
    return [str(each) for each in panel.xpath(f".//*[local-name()='text']{of}/text()")]


def lines(panel: Any, kind: str) -> list[int]:
    """How many months each line of a year has."""
    found = panel.xpath(f".//*[local-name()='polyline'][@class='{kind}']/@points")
    return [len(each.split()) for each in found]


def test_regions_have_a_panel_each_and_nothing_of_each_other() -> None:
    frame = pd.concat(
        [months("本县", [0, 2, 1], [1, 0, 0]), months("邻县", [70, 70, 70], [0, 0, 0])]
    )
    own, city = panels(
        frame, totals({}, {"region": "全市", "accidents": 9, "period": "2023年1–4月（公布）"}),
        "本县", "全市",
    )  # fmt: skip
    assert texts(own)[0] == "本县"
    assert (lines(own, "now"), lines(own, "before")) == ([3], [3])
    assert "5 起、死亡 4 人；上年同期 6 起、死亡 4 人" in texts(own)
    assert "在偶然波动范围内（0.20–3.28 倍）" in texts(own)
    assert lines(city, "now") == []
    assert texts(city)[:3] == ["全市", "逐月无数据", "2023年1–4月（公布）"]
    assert "70" not in "".join(texts(own) + texts(city))


def test_a_month_that_nobody_counted_is_a_gap_and_no_zero() -> None:
    frame = months("本县", [1, 0, None, 0, 2], [None, None, None, None, None])
    (panel,) = panels(frame, totals(), "本县")
    assert (lines(panel, "now"), lines(panel, "before")) == ([2, 2], [])
    assert texts(panel, "bold mid") == ["1", "2"]  # a zero is drawn and not numbered


def test_a_single_month_between_gaps_is_a_dot() -> None:
    (panel,) = panels(months("本县", [None, 3, None], [None] * 3), totals(), "本县")
    assert len(panel.xpath(".//*[local-name()='circle'][@class='now']")) == 1


def test_a_region_of_which_nothing_is_known_says_so() -> None:
    (panel,) = panels(NO_MONTHS, totals(), "全市")
    assert texts(panel) == ["全市", "无数据"]
    empty = months("全市", [None, None], [None, None])
    assert texts(panels(empty, totals(), "全市")[0]) == ["全市", "无数据"]


def test_what_is_unknown_of_a_period_is_told_and_what_was_derived_is_marked() -> None:
    row = {"deaths": None, "accidents_prev": None, "chance": "没有可比的上年同期数"}
    (panel,) = panels(NO_MONTHS, totals(row), "本县")
    assert texts(panel)[3:] == ["5 起；上年同期无数据", "没有可比的上年同期数"]
    (panel,) = panels(NO_MONTHS, totals({"is_derived": True}), "本县")
    assert texts(panel, "bold") == ["5 起、死亡 4 人；上年同期 6 起、死亡 4 人*"]
    assert texts(panel)[-1] == "* 没有公布，由公布的同比反推"


def test_periods_for_which_there_is_no_room_are_counted() -> None:
    rows = totals(*({"period": f"{year}年（公布）"} for year in (2023, 2022, 2021, 2020)))
    (panel,) = panels(NO_MONTHS, rows, "本县")
    assert len(texts(panel, "bold")) == 2
    assert texts(panel)[-1] == "另有 2 个时段"


def test_counts_that_have_no_room_in_a_line_have_two_and_none_is_cut() -> None:
    many = {"accidents": 123, "deaths": 45, "accidents_prev": 110, "deaths_prev": 38}
    (panel,) = panels(NO_MONTHS, totals(many), "本县", width=250)
    assert texts(panel, "bold") == ["123 起、死亡 45 人；", "上年同期 110 起、死亡 38 人"]


def test_panels_stand_beside_each_other_where_there_is_room() -> None:
    regions = ("本县", "全市", "全省")
    wide = [p.get("transform") for p in panels(NO_MONTHS, totals(), *regions, width=900)]
    assert [each.partition(",")[2] for each in wide] == ["0)"] * 3
    narrow = [p.get("transform") for p in panels(NO_MONTHS, totals(), *regions, width=300)]
    assert [each.partition(",")[0] for each in narrow] == ["translate(0"] * 3


def test_the_whole_is_told_in_one_title_and_names_are_text() -> None:
    svg = accident_lines.draw(NO_MONTHS, totals({"region": "<script>"}), ["<script>", "全市"])
    assert "<script>" not in svg
    drawn = etree.fromstring(svg)
    assert svg.count("<title>") == 1
    assert drawn.get("aria-label") == (
        "<script>，2023年1月1日至11月15日（台账）：5 起、死亡 4 人，上年同期 6 起、死亡 4 人，"
        "在偶然波动范围内（0.20–3.28 倍）；全市，无数据"
    )
