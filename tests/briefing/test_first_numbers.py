"""What the last meeting decided, among the numbers of the first screen."""

import pandas as pd
import pytest

from analysis.briefing.statements.opening.numbers import DECISIONS, Number, numbers
from tests.briefing.statements.test_statements import Given, Told
from tests.tables import drawn


def decided(drawing: str) -> Number:
    rows = drawn(f"region opened_on is_done is_overdue\n{drawing}")
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
    ],
)
def test_what_was_decided_and_is_late_is_bad(
    drawing: str, value: str, change: str, meaning: str
) -> None:
    number = decided(drawing)
    assert (number.value, number.change, number.meaning) == (value, change, meaning)
