"""What a slide shows beside its message."""

from datetime import date

import pandas as pd
import pytest

from analysis.briefing import slide_contents
from analysis.briefing.plots import accidents_plot, duties_plot
from analysis.briefing.slide_contents import (
    accidents,
    asked,
    longest,
    main_problems,
    major,
    sites,
)
from analysis.briefing.statements import SUBJECTS
from analysis.judgement.site_risk.ranking import Ranking
from tests.briefing.statements.test_statements import SITES, Given, year
from tests.tables import drawn


@pytest.mark.parametrize(("before", "published", "points"), [(4, 2, 0), (None, 2, 2), (None, 1, 0)])
def test_accidents_that_can_be_drawn_are_not_listed_as_well(
    before: int | None, published: int, points: int
) -> None:
    """Nor has what is one line a page to itself: it is told with the other sentences."""
    also = {"source": "published", "period": "published", "deaths_prev": None}
    rows = pd.concat(
        [
            year(accidents=3, accidents_prev=before),
            *(
                year(accidents=9, accidents_prev=9).assign(**also, industry=f"业{n}")
                for n in range(published)
            ),
        ]
    )
    slide = accidents(Given(accident_yoy=rows))
    assert slide.plot is not None
    assert slide.plot.is_empty is (before is None)
    assert len(slide.points) == points
    is_told_beside = before is None and not points
    assert slide.is_bare is is_told_beside
    assert ("最近一次公布的统计" in slide.note) is is_told_beside


def test_sites_to_look_at_first_are_those_of_a_roll_that_are_red_or_orange() -> None:
    rows = SITES.assign(
        township="东河镇", site_kind="宾馆", unit="甲局", person="赵某", open_major=0, overdue=0,
        last_inspected_on=None,
    )  # fmt: skip
    slide = sites(Given(ranking=Ranking(rows, False, "")))
    assert slide is not None
    assert slide.message == "应先检查甲馆等红色、橙色场所"
    assert [row["场所"] for row in slide.rows] == ["甲馆", "乙吧"]
    assert sites(Given(ranking=Ranking(rows.tail(1), False, ""))) is None
    no_roll = Given(ranking=Ranking(rows, False, ""), received=frozenset({"hazard"}))
    assert sites(no_roll) is None


@pytest.mark.parametrize(
    ("now", "before", "is_empty"), [(0, 0, True), (3, 0, False), (0, 3, False), (3, 3, False)]
)
def test_a_chart_is_drawn_where_any_of_its_parts_counts_something(
    now: int, before: int, is_empty: bool
) -> None:
    plot = accidents_plot(year(accidents=now, accidents_prev=before))
    assert plot.is_empty is is_empty


def test_where_nothing_is_to_be_discussed_or_asked_there_is_no_slide_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for told, name in ((main_problems, "problems"), (asked, "requests")):
        monkeypatch.setattr(slide_contents, name, lambda figures: [])
        assert told(Given()) is None
        monkeypatch.setattr(slide_contents, name, lambda figures: [f"第{n}件" for n in range(8)])
        slide = told(Given())
        assert slide is not None
        assert (len(slide.points), "8" in slide.message) == (6, True)
    assert longest(Given(overdue=pd.DataFrame({"days_late": []}))) is None


def test_a_duty_in_numbers_is_named_by_its_number_kind_and_frequency() -> None:
    rows = drawn(
        "plan_no sub_no duty_kind frequency state period_end\n- 5-1 例会 每月 met 10-31\n"
        "- 5-1 例会 每月 short 09-30\n〔2023〕9号 18-3 培训演练 - met 10-31\n"
        "- 5-1 例会 每月 running 11-30"
    )
    rows["period_end"] = pd.to_datetime(rows["period_end"])
    plot = duties_plot(rows, date(2023, 11, 15))
    assert plot.categories == ("5-1 例会（每月）", "〔2023〕9号 18-3 培训演练")
    assert dict(plot.series) == {"达标": (1, 1), "不足": (1, 0)}


def test_where_every_site_is_rated_none_is_told_to_be_unrated() -> None:
    told = SUBJECTS["risk"](Given(ranking=Ranking(SITES.head(2), False, "")))
    assert told.claim == "场所2家：红色1家，橙色1家"


def test_a_list_of_seven_is_shown_whole_and_of_eight_six_beside_what_is_asked() -> None:
    for rows, shown in ((7, 7), (8, 6)):
        listed = pd.DataFrame({"standing_text": ["应挂未挂"] * rows}).assign(
            **dict.fromkeys(("title", "unit", "person", "due_on", "days_late")), state="open"
        )
        assert len(major(Given(supervision=listed)).rows) == shown
