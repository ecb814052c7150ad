"""The scorecard, on rolls that a reader can rank in the head."""

from datetime import date

import pandas as pd
import pytest

from analysis.judgement.site_risk.scorecard import grade, high_sites, rank_sites
from tests.tables import drawn, drawn_items

DAY = date(2023, 11, 15)
BANDS = (5, 10, 16)
SITE = {"township": "东河镇", "site_kind": "宾馆", "unit": "甲局", "person": "赵某",
        "risk_level": None, "likelihood": None, "severity": None}  # fmt: skip
NONE_AGAIN = pd.DataFrame({"site": []})
NONE_GONE = pd.DataFrame({"item_id": []})


def inspected(**days: str) -> pd.DataFrame:
    return pd.DataFrame({"site": days.keys(), "inspected_on": pd.to_datetime(list(days.values()))})


def rank(roll: str, hazards: str = "item_id", **others: pd.DataFrame) -> pd.DataFrame:
    items = drawn_items(hazards)
    state = items["state"]
    items = items.assign(
        is_overdue=state.eq("overdue"), is_done=state.isin(["accepting", "closed"]),
        is_closed=state.eq("closed"),
    )  # fmt: skip
    given = {"recurrences": NONE_AGAIN, "vanished": NONE_GONE, "inspections": inspected()} | others
    return rank_sites(drawn(roll, **SITE), items, as_of=DAY, bands=BANDS, **given)


@pytest.mark.parametrize(
    ("said", "points", "open_major", "colour"),
    [
        ("蓝", 4, 0, "蓝"), ("蓝", 5, 0, "黄"), ("蓝", 9, 0, "黄"), ("蓝", 10, 0, "橙"),
        ("蓝", 15, 0, "橙"), ("蓝", 16, 0, "红"),
        ("红", 1, 0, "红"),  # the higher of the two
        ("橙", None, 0, "橙"), (None, None, 0, None), (None, 12, 0, "橙"),
        ("蓝", 1, 1, "红"),  # never below 红 with an open major hazard
    ],
)  # fmt: skip
def test_the_colour_of_a_site(
    said: str | None, points: int | None, open_major: int, colour: str | None
) -> None:
    assert grade(said, points, open_major, BANDS)[0] == colour


def test_colour_counts_first_then_what_is_open() -> None:
    ranked = rank(
        """
        site risk_level
        甲   橙
        乙   橙
        丙   红
        丁   蓝
        """,
        """
        item_id site state   level
        1       乙   overdue 一般
        2       甲   open    一般
        3       甲   open    一般
        4       丁   open    重大
        5       丙   closed  重大
        """,
    )
    assert ranked["site"].tolist() == ["丁", "丙", "乙", "甲"]
    assert ranked["colour"].tolist() == ["红", "红", "橙", "橙"]
    assert ranked["reasons"].str.split("；").str[0].tolist() == [
        "重大隐患未销号 1 条", "没有检查记录", "逾期 1 条", "未完成隐患 2 条",
    ]  # fmt: skip


def test_a_major_hazard_that_waits_for_acceptance_is_still_open() -> None:
    ranked = rank("site\n甲", "item_id site state     level\n1       甲   accepting 重大")
    assert (ranked["colour"][0], ranked["open_items"][0]) == ("红", 0)


def test_sixty_days_without_inspection_are_a_reason_and_fifty_nine_are_none() -> None:
    ranked = rank(
        "site risk_level\n甲 红\n乙 红\n丙 蓝",
        inspections=inspected(甲="2023-09-17", 乙="2023-09-16", 丙="2022-01-01"),
    ).set_index("site")
    assert ranked["reasons"].to_dict() == {"甲": "", "乙": "检查台账 60 天没有记载", "丙": ""}


def test_a_site_on_no_roll_is_listed_where_it_has_open_hazards() -> None:
    ranked = rank(
        "site risk_level\n甲 黄",
        "item_id site state\n1 乙 overdue\n2 丙 closed",
    )
    assert ranked["site"].tolist() == ["甲", "乙"]
    assert ranked["reasons"][1] == "逾期 1 条；未完成隐患 1 条；不在场所名录中"


def test_what_comes_again_is_a_reason() -> None:
    ranked = rank("site\n甲\n乙", recurrences=pd.DataFrame({"site": ["乙", "乙"]}))
    assert ranked["site"].tolist() == ["乙", "甲"]
    assert ranked["reasons"][0] == "有记录以来整改后 90 天内屡查屡犯 2 条"


def test_what_a_later_submission_left_out_is_a_reason_and_still_counts() -> None:
    ranked = rank(
        "site\n甲\n乙",
        "item_id site state\n1 甲 open\n2 乙 open\n3 乙 closed",
        vanished=pd.DataFrame({"item_id": ["2", "3"]}),
    )
    assert ranked["site"].tolist() == ["乙", "甲"]
    assert ranked["reasons"][0] == "漏报 1 条；未完成隐患 1 条"


def test_two_sites_of_one_name_stay_two() -> None:
    ranked = rank("site township\n甲 东河镇\n甲 西岭镇", "item_id site state\n1 甲 open")
    assert sorted(ranked["township"]) == ["东河镇", "西岭镇"]
    assert ranked["open_items"].tolist() == [1, 1]


def test_no_sites_no_ranking() -> None:
    assert rank("site").empty


def test_high_are_the_orange_and_the_red_and_who_has_an_open_major_hazard() -> None:
    roll = drawn(
        """
        site risk_level likelihood severity
        甲   橙         -          -
        乙   黄         -          -
        丙   黄         -          -
        丁   -          4          4
        戊   -          2          4
        -    红         -          -
        """
    )
    majors = pd.DataFrame({"site": ["丙", "丙", "庚"]})
    assert high_sites(roll, majors, BANDS)["site"].tolist() == ["甲", "丙", "丁"]


def test_what_the_roll_says_is_told_where_it_is_one_of_the_four_colours() -> None:
    ranked = rank("site risk_level\n甲 橙\n乙 较大\n丙 -").set_index("site")
    assert ranked["rated"].dropna().to_dict() == {"甲": "橙"}
