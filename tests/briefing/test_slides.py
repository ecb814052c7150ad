"""What a slide shows beside its message."""

import pandas as pd
import pytest

from analysis.briefing.plots import accidents_plot
from analysis.briefing.slide_contents import accidents, sites
from analysis.judgement.site_risk.ranking import Ranking
from tests.briefing.statements.test_statements import SITES, Given, year


@pytest.mark.parametrize(("before", "points"), [(4, 0), (None, 1)])
def test_accidents_that_can_be_drawn_are_not_listed_as_well(
    before: int | None, points: int
) -> None:
    published = {"source": "published", "period": "published", "deaths_prev": None}
    rows = pd.concat(
        [
            year(accidents=3, accidents_prev=before),
            year(accidents=9, accidents_prev=9).assign(**published),
        ]
    )
    slide = accidents(Given(accident_yoy=rows))
    assert slide.plot is not None
    assert (len(slide.points), slide.plot.is_empty) == (points, bool(points))


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
