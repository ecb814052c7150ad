"""One comparison day: the last meeting a week back at least, else the end of a period."""

from datetime import date

import pandas as pd
import pytest

from analysis.briefing.comparison import Comparison, compared_with
from analysis.errors import QueryError

MEETINGS = pd.DataFrame(
    {
        "kind": ["形势研判会", "例会", "形势研判会", "形势研判会"],
        "held_on": pd.to_datetime(["2023-10-10", "2023-10-20", "2023-11-10", "2023-12-11"]),
    }
)
NONE = MEETINGS.head(0)


@pytest.mark.parametrize(
    ("as_of", "kind", "day", "name"),
    [
        ("2023-11-16", "monthly", "2023-10-10", "10月10日形势研判会"),  # six days after the newest
        ("2023-11-17", "monthly", "2023-11-10", "11月10日形势研判会"),
        ("2024-01-10", "monthly", "2023-12-11", "2023年12月11日形势研判会"),
        ("2023-11-17", "quarterly", "2023-10-20", "10月20日例会"),
        ("2023-10-16", "monthly", "2023-09-30", "9月末"),  # no meeting on record yet
    ],
)
def test_the_latest_meeting_at_least_seven_days_back(
    as_of: str, kind: str, day: str, name: str
) -> None:
    found = compared_with(date.fromisoformat(as_of), MEETINGS, kind)
    assert (found.day, found.name) == (date.fromisoformat(day), name)


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2023-11-09", ""),  # nothing between
        ("2023-11-10", "11月10日形势研判会距截至日不足7天，不作比较日"),
        ("2023-11-16", "11月10日形势研判会距截至日不足7天，不作比较日"),
        ("2023-11-17", ""),
        ("2023-10-10", "10月10日形势研判会距截至日不足7天，不作比较日"),  # the only one there is
    ],
)
def test_why_it_is_not_the_newest_meeting_is_said(as_of: str, why: str) -> None:
    day = date.fromisoformat(as_of)
    assert compared_with(day, MEETINGS).why == why
    assert compared_with(day, MEETINGS, setting="月末").why == ""
    assert compared_with(day, MEETINGS, chosen=date(2023, 9, 1)).why == ""


@pytest.mark.parametrize(
    ("as_of", "kind", "day", "name"),
    [
        ("2023-11-06", "monthly", "2023-09-30", "9月末"),  # October ended six days before
        ("2023-11-07", "monthly", "2023-10-31", "10月末"),
        ("2024-01-06", "monthly", "2023-11-30", "2023年11月末"),
        ("2024-01-31", "quarterly", "2023-12-31", "2023年第4季度末"),
        ("2024-01-06", "quarterly", "2023-09-30", "2023年第3季度末"),
    ],
)
def test_without_a_meeting_the_end_of_the_last_month_or_quarter(
    as_of: str, kind: str, day: str, name: str
) -> None:
    for meetings, setting in ((NONE, "会议"), (MEETINGS, "月末")):
        found = compared_with(date.fromisoformat(as_of), meetings, kind, setting)
        assert (found.day, found.name) == (date.fromisoformat(day), name)


def test_a_day_that_somebody_chose_stands_and_must_lie_before() -> None:
    chosen = date(2023, 10, 20)
    found = compared_with(date(2023, 11, 15), MEETINGS, chosen=chosen)
    assert (found.day, found.name, found.short) == (chosen, "10月20日", "10月20日")
    with pytest.raises(QueryError, match="比较日 2023-11-15 应早于截至日 2023-11-15"):
        compared_with(date(2023, 11, 15), MEETINGS, chosen=date(2023, 11, 15))


def test_papers_of_a_quarter_say_that_screens_compare_with_another_meeting() -> None:
    quarterly = Comparison(date(2023, 10, 20), "10月20日例会")
    assert quarterly.remark == "季度材料与上次例会比，看板和月度材料与上次形势研判会比"
    assert Comparison(date(2023, 10, 10), "10月10日形势研判会", "因故").remark == "因故"
