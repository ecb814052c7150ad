"""What a slide shows beside its message."""

import pandas as pd
import pytest

from analysis.briefing.slide_contents import accidents
from tests.briefing.statements.test_statements import Given, year


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
