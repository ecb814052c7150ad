"""The first screen: what the last meeting decided, and by when the next one wants its work done."""

from datetime import date

import pandas as pd
import pytest

from analysis.briefing.statements.opening.asks import next_node
from analysis.briefing.statements.opening.numbers import DECISIONS, Number, numbers
from tests.briefing.statements.test_statements import Given, Told
from tests.tables import drawn


def decided(drawing: str) -> Number:
    rows = drawn(f"region opened_on is_done is_overdue\n{drawing}", suspended_on=None)
    rows["opened_on"] = pd.to_datetime(rows["opened_on"])
    for flag in ("is_done", "is_overdue"):
        rows[flag] = rows[flag].notna()
    figures = Given()
    figures.source = Told(rows)  # type: ignore[assignment]
    (number,) = (each for each in numbers(figures) if each.column == DECISIONS)
    return number


@pytest.mark.parametrize(
    ("drawing", "value", "change", "meaning"),
    [
        ("甲县 11-10 yes -\n甲县 11-10 - -", "1/2", "11月10日议定", "neutral"),
        ("甲县 11-10 yes -\n甲县 11-10 - yes", "1/2", "11月10日议定，逾期1项", "bad"),
        ("- 11-10 yes -\n- 10-10 - yes", "1/1", "11月10日议定", "neutral"),  # of no county
    ],
)
def test_what_was_decided_and_is_late_is_bad(
    drawing: str, value: str, change: str, meaning: str
) -> None:
    number = decided(drawing)
    assert (number.value, number.change, number.meaning) == (value, change, meaning)


@pytest.mark.parametrize(
    ("received", "day"),
    [
        (frozenset({"measure", "hazard"}), date(2023, 11, 29)),  # the next of 30 October, 14, 29
        (frozenset({"hazard"}), date(2023, 11, 30)),  # no plan: fifteen days from 15 November
    ],
)
def test_what_a_meeting_asks_is_due_at_the_next_node_or_in_fifteen_days(
    received: frozenset[str], day: date
) -> None:
    nodes = pd.DataFrame({"node_on": pd.to_datetime(["2023-10-30", "2023-11-14", "2023-11-29"])})
    assert next_node(Given(node_progress=nodes, received=received)) == day
