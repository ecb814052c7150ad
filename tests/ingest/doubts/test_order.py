"""Which of a day's rows counts does not depend on what their files are called."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.doubts.arrivals import Arrival
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.same_day import order_of
from analysis.ledgers import LEDGERS

HAZARD = LEDGERS["hazard"]
DAY = date(2023, 10, 15)
SAID = ["status", "due_on", "level", "done_on"]
#: What a row says: status, deadline, grade, day of completion.
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["in_progress", "done", "closed", "void", None]),
        st.sampled_from([date(2023, 10, 20), date(2023, 10, 31), None]),
        st.sampled_from(["一般", "重大", None]),
        st.sampled_from([date(2023, 10, 14), None]),
    ),
    min_size=1,
    max_size=4,
)


def counted(said: list[tuple[Any, ...]], names: list[str]) -> tuple[Any, set[str]]:
    """The row that counts at the end of the day, and the keys of what is asked."""
    sent = sorted(zip(names, said, strict=True))
    rows = pd.DataFrame(None, index=range(len(sent)), columns=HAZARD.columns, dtype=object)
    for place, (_, values) in enumerate(sent):
        for column, value in zip(SAID, values, strict=True):
            rows.at[place, column] = value
    rows = rows.where(rows.notna(), None).assign(
        name="H-甲局-1", known_from=DAY, row_no=3, sheet="表",
        submission_id=[name for name, _ in sent],
    )  # fmt: skip
    arrivals = {name: Arrival(DAY, name) for name, _ in sent}
    order = order_of(rows, HAZARD, arrivals, Confirmations())
    assert sorted(order.rows) == list(range(len(sent)))  # none is lost, none counted twice
    return sent[order.rows[-1]][1], {doubt.key for doubt in order.doubts}


@pytest.mark.slow
@given(ROWS, st.randoms())
def test_the_names_of_the_files_decide_nothing(said: list[tuple[Any, ...]], chance: Any) -> None:
    names = [chr(ord("a") + place) for place in range(len(said))]
    others = list(names)
    chance.shuffle(others)
    assert counted(said, names) == counted(said, others)


OPEN = ("in_progress", date(2023, 10, 31), "一般", None)


def test_the_one_that_hides_less_counts() -> None:
    """Less finished before all, then due earlier, then more serious."""
    for other, expected in (
        (("done", date(2023, 10, 20), "重大", None), OPEN),
        (("void", date(2023, 10, 20), "重大", None), OPEN),
        (("in_progress", date(2023, 11, 15), "重大", None), OPEN),
        (("in_progress", date(2023, 10, 20), "一般", None),) * 2,
        (("in_progress", date(2023, 10, 31), "重大", None),) * 2,
    ):
        last, doubts = counted([OPEN, other], ["a", "b"])
        assert last == expected
        assert len(doubts) == 1


def test_what_one_leaves_blank_is_no_contradiction() -> None:
    _, doubts = counted([OPEN, (None, None, None, None)], ["a", "b"])
    assert doubts == set()
