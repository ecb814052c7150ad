"""The frames of the first screen's drawings, from tables that a reader can check."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.briefing.drawn import accidents, outlines, regions, townships, townships_note, trend
from analysis.briefing.drawn.measures import ticks
from analysis.charts.first_screen.accident_lines import draw
from analysis.errors import SettingsError
from analysis.judgement.site_risk.ranking import Ranking
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from tests.briefing.statements.test_statements import NOW, Given
from tests.tables import drawn


class Days:
    """A source with nodes, whose ``overview`` counts the days of October and November."""

    def relation(self, name: str, scope: Scope, /, *, part: str = "") -> pd.DataFrame:
        days = ["2023-10-15", "2023-10-30", "2023-10-31", "2023-11-14", "2023-11-29"]
        calendars = [1, 1, 2, 1, 1]
        return pd.DataFrame({"node_on": pd.to_datetime(days), "calendar_no": calendars})

    def metric(self, name: str, scope: Scope, /) -> pd.DataFrame:
        return pd.DataFrame([NOW | {"overdue": (scope.as_of - date(2023, 10, 1)).days}])


def given(**of: Any) -> Given:
    return Given(**of)


SITES = drawn(
    """
    site township colour
    甲 东河镇 红
    乙 东河镇 蓝
    丙 - 黄
    丁 西岭镇 -
    """
)
COMPLETION = drawn(
    """
    dimension member total done overdue
    all all 20 9 3
    township 东河镇 8 5 1
    township 北沟乡 4 2 2
    township 不适用 8 2 0
    """
)


def ranked(sites: pd.DataFrame) -> Ranking:
    return Ranking(sites, False, "")


def test_a_township_has_its_sites_by_colour_and_what_is_not_done_there() -> None:
    figures = given(ranking=ranked(SITES), completion=COMPLETION)
    assert townships(figures).to_dict("split")["data"] == [
        ["东河镇", 1, 0, 0, 1, 0, 3, 1],
        ["北沟乡", 0, 0, 0, 0, 0, 2, 2],  # has no sites
        ["未填", 0, 0, 1, 0, 0, 0, 0],
        ["西岭镇", 0, 0, 0, 0, 1, 0, 0],  # nobody has rated its site
    ]
    assert townships_note(figures) == "另有未完成6项不分乡镇，如三清单、议定事项"


def test_nothing_that_nobody_wrote_has_no_tile() -> None:
    sites = SITES[SITES["township"].notna()]
    rows = townships(given(ranking=ranked(sites), completion=COMPLETION))
    assert "未填" not in list(rows["member"])


def test_of_a_rollup_the_county_with_most_overdue_stands_first() -> None:
    wall = drawn(
        """
        region is_counted is_done is_overdue items
        甲县 1 0 0 1
        甲县 1 1 0 7
        甲县 0 0 0 1
        乙县 1 0 1 1
        乙县 1 0 0 1
        乙县 1 0 1 1
        """
    ).astype(dict.fromkeys(("is_counted", "is_done", "is_overdue"), bool))
    sites = SITES.assign(region=["甲县", "甲县", "乙县", "丙县"])
    rows = regions(given(ranking=ranked(sites), item_wall=wall))
    assert rows.to_dict("split")["data"] == [
        ["乙县", 0, 0, 1, 0, 0, 3, 2],
        ["甲县", 1, 0, 0, 1, 0, 1, 0],  # what stands apart from the rates is not owed
        ["丙县", 0, 0, 0, 0, 1, 0, 0],  # nothing is owed
    ]


def test_where_everything_has_a_township_nothing_is_noted() -> None:
    rows = COMPLETION[COMPLETION["member"].ne("不适用")]
    assert townships_note(given(completion=rows)) == ""
    done = COMPLETION.assign(done=COMPLETION["total"])  # nothing is left of what has none
    assert townships_note(given(completion=done)) == ""


def test_a_line_has_the_last_nodes_of_the_first_calendar_and_the_day() -> None:
    figures = given(now=NOW | {"overdue": 99})
    figures.source = Days()  # type: ignore[assignment]
    found = trend(figures, 2)
    points = zip(found["node_on"], found["overdue"], strict=True)
    assert [(f"{day:%m-%d}", n) for day, n in points] == [
        ("10-30", 29), ("11-14", 44), ("11-15", 99),
    ]  # fmt: skip


REQUIREMENTS = drawn(
    """
    item_id sub_no sub_measure unit
    M1 5-1 每月例会 甲局
    M2 5-3 报告2份 甲局
    M3 5-2 每季度例会 甲局
    """
)
COMPLIANCE = drawn(
    """
    sub_no requirement unit frequency period_end state
    5-1 每月例会 甲局 每月 10-31 short
    5-1 每月例会 甲局 每月 11-30 running
    5-3 报告2份 甲局 - 11-20 running
    5-2 每季度例会 甲局 每季度 12-31 stricter
    """
)


@pytest.mark.parametrize(
    ("frequency", "next_end"),
    [
        ("每月", "2024-01-31"),
        ("每季度", "2024-03-31"),
        ("每半年", "2024-06-30"),
        ("每年", "2024-12-31"),
    ],
)
def test_the_next_period_ends_a_frequency_later(frequency: str, next_end: str) -> None:
    rows = COMPLIANCE.iloc[[0]].assign(frequency=frequency, period_end=pd.Timestamp("2023-12-31"))
    found = ticks(REQUIREMENTS, rows)
    assert found["due_on"][found["state"].eq("coming")].iloc[0] == pd.Timestamp(next_end)


def test_a_duty_has_a_tick_a_period_and_the_next_ones_of_its_frequency() -> None:
    days = pd.to_datetime(COMPLIANCE["period_end"])
    found = ticks(REQUIREMENTS, COMPLIANCE.assign(period_end=days))
    rows = zip(found["item_id"], pd.to_datetime(found["due_on"]), found["state"], strict=True)
    # what is asked once is a measure with a deadline, what a stricter one judges is that one's
    assert [(item, f"{day:%Y-%m-%d}", state) for item, day, state in rows] == [
        ("M1", "2023-10-31", "short"), ("M1", "2023-11-30", "running"),
        ("M1", "2023-12-31", "coming"), ("M1", "2024-01-31", "coming"),
        ("M1", "2024-02-29", "coming"),
    ]  # fmt: skip
    odd = COMPLIANCE.assign(period_end=days).replace({"frequency": {"每月": "每周"}})
    assert "coming" not in set(ticks(REQUIREMENTS, odd)["state"])  # of no length that is known


YOY: dict[str, Any] = {
    "source": "records", "period": "year", "region": "本县", "industry": None,
    "period_start": pd.Timestamp("2023-01-01"), "period_end": pd.Timestamp("2023-11-15"),
    "accidents": 5, "deaths": 4, "accidents_prev": 6, "deaths_prev": 4, "accidents_base": "counted",
    "covered_until": pd.Timestamp("2023-11-15"),
}  # fmt: skip
PUBLISHED = YOY | {
    "source": "published", "period": "published", "region": "全市", "industry": "文化旅游",
    "period_start": pd.Timestamp("2022-01-01"), "period_end": pd.Timestamp("2022-12-31"),
    "accidents": 24, "accidents_prev": 18, "accidents_base": "derived",
}  # fmt: skip
MONTHS = drawn(
    "region counted dimension month_start accidents accidents_prev\n"
    "本县 True all 2023-01-01 1 0\n本县 True kind 2023-01-01 1 0"
).assign(counted=True)


def test_the_own_region_stands_first_with_months_and_chance_the_city_with_what_was_published() -> (
    None
):
    yoy = pd.DataFrame([YOY, PUBLISHED, YOY | {"period": "month"}])
    found = accidents(given(accident_yoy=yoy, accident_monthly=MONTHS))
    assert list(found.regions) == ["本县", "全市"]
    assert len(found.months) == 1
    counts = ["accidents", "deaths", "accidents_prev", "deaths_prev"]
    assert found.totals[counts].values.tolist() == [[5, 4, 6, 4], [24, 4, 18, 4]]
    told = found.totals[["region", "period", "is_derived", "chance"]].to_dict("split")["data"]
    assert told == [
        ["本县", "2023年1月1日至11月15日（台账）", False, "在偶然波动范围内（0.20–3.28 倍）"],
        ["全市", "2022年1月1日至12月31日（文化旅游，公布）", True,
         "在偶然波动范围内（0.69–2.61 倍）"],
    ]  # fmt: skip


def test_without_accidents_the_own_region_is_there_all_the_same() -> None:
    found = accidents(given(
        accident_yoy=pd.DataFrame([YOY]).iloc[:0], accident_monthly=MONTHS.iloc[:0]
    ))  # fmt: skip
    assert (list(found.regions), len(found.totals)) == (["本县"], 0)
    nobody = pd.DataFrame([YOY | {"accidents_prev": None}])
    found = accidents(given(accident_yoy=nobody, accident_monthly=MONTHS))
    assert found.totals["chance"].tolist() == ["没有可比的上年同期数"]


def test_a_ledger_that_was_received_and_holds_none_this_year_has_months_of_zero() -> None:
    quiet = pd.DataFrame([YOY | {"accidents": 0, "deaths": 0, "accidents_prev": 0}])
    found = accidents(given(accident_yoy=quiet, accident_monthly=MONTHS.iloc[:0]))
    months = found.months[["month_start", "accidents", "accidents_prev"]].values.tolist()
    assert months == [[pd.Timestamp(2023, month, 1), 0, 0] for month in range(1, 12)]
    drawn = "".join(draw(found.months, found.totals, found.regions))
    assert "无数据" not in drawn


def test_what_no_ledger_covers_is_no_zero_on_the_first_screen() -> None:
    """台账只到去年末：不画0起，写明截至哪天."""
    until = pd.Timestamp("2022-12-31")
    nobody = {"accidents": None, "deaths": None, "accidents_prev": None, "deaths_prev": None}
    yoy = pd.DataFrame([YOY | nobody | {"covered_until": until}])
    found = accidents(given(accident_yoy=yoy, accident_monthly=MONTHS.iloc[:0]))
    assert found.months.empty
    assert found.totals["chance"].tolist() == ["事故台账截至2022年12月31日，其后的尚未收到"]
    # one that goes up to March without an accident has three months of zero
    march = YOY | {"accidents": 0, "accidents_prev": 0, "period_end": pd.Timestamp("2023-03-31")}
    found = accidents(given(accident_yoy=pd.DataFrame([march]), accident_monthly=MONTHS.iloc[:0]))
    assert [day.month for day in found.months["month_start"]] == [1, 2, 3]


def map_of(folder: Path, *names: dict[str, str]) -> Settings:
    square = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
    features = [
        {"type": "Feature", "properties": name,
         "geometry": {"type": "Polygon", "coordinates": square}}
        for name in names
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (folder / "乡镇.geojson").write_text(text, encoding="utf-8")
    return Settings(home=folder, township_map="乡镇.geojson")


def test_a_shape_is_found_by_the_field_in_which_most_townships_are(tmp_path: Path) -> None:
    figures = given()
    figures.settings = map_of(
        tmp_path, {"县": "本县", "名": "东河镇"}, {"县": "本县", "名": "西岭镇"},
        {"县": "西岭镇", "名": "林场"},
    )  # fmt: skip
    assert list(outlines(figures, ["东河镇", "西岭镇"])) == ["东河镇", "西岭镇", "林场"]


def test_a_map_without_any_township_is_refused(tmp_path: Path) -> None:
    figures = given()
    figures.settings = map_of(tmp_path, {"名": "别处"})
    with pytest.raises(SettingsError) as error:
        outlines(figures, ["东河镇"])
    assert str(error.value) == (
        "乡镇.geojson 里没有一个图形是台账里的乡镇，请把图形的名称写成与台账一致（如 东河镇）。"
    )


def test_without_a_map_there_are_no_outlines() -> None:
    assert outlines(given(), ["东河镇"]) == {}
