"""What figures ask their source for, and which of its rows they tell."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.briefing.comparison import Comparison
from analysis.briefing.figures import Figures
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from tests.tables import drawn

AS_OF, MEETING = date(2023, 11, 15), Comparison(date(2023, 10, 10), "10月10日形势研判会")


class Source:
    """Answers every metric with the same rows; its hazards were received on 5 October."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows

    def metric(self, name: str, scope: Scope) -> pd.DataFrame:
        return self.rows

    def photos_of_items(self, scope: Scope) -> pd.DataFrame:
        return self.rows

    def received(self, scope: Scope) -> frozenset[str]:
        known_on = scope.known_on or date.max
        return frozenset({"hazard"} if known_on >= date(2023, 10, 5) else ())


def figures(rows: str = "item_id\nH-1", **scope: Any) -> Figures:
    source: Any = Source(drawn(rows))
    told = Figures(source, Settings(), Scope(AS_OF, **scope))
    told.__dict__["comparison"] = MEETING
    return told


def test_a_unit_is_told_its_own_rows_and_all_of_what_is_of_no_unit() -> None:
    of_units = "unit state period_start\n甲局 missing 10-16\n乙局 missing 10-16"
    mine = {"unit": ("甲局",)}
    assert figures(of_units, filters=mine)["report_punctuality"]["unit"].tolist() == ["甲局"]
    regions = "region accidents\n甲县 3\n乙县 2"
    assert figures(regions, filters=mine)["accident_yoy"]["region"].tolist() == ["甲县", "乙县"]


def test_photos_are_read_for_those_alone_who_ask_for_them() -> None:
    source: Any = Source(drawn("item_id\nH-1"))
    assert Figures(source, Settings(), Scope(AS_OF)).photos is None
    assert Figures(source, Settings(), Scope(AS_OF), with_photos=True).photos is source.rows


@pytest.mark.parametrize(
    ("known_on", "received"),
    [
        (None, {"hazard"}),
        (date(2023, 11, 1), {"hazard"}),
        (date(2023, 10, 5), {"hazard"}),
        (date(2023, 10, 4), set()),  # what is asked for as it was known before the meeting
    ],
)
def test_what_was_received_before_the_meeting_is_counted_as_the_scope_knows_it(
    known_on: date | None, received: set[str]
) -> None:
    assert figures(known_on=known_on).received_before == received
