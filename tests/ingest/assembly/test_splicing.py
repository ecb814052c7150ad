"""Tables of two eras as one: what of a row lies in an era."""

from datetime import date

import pandas as pd
import pytest

from analysis.ingest.assembly.eras.splicing import Part, _cut

ERA = Part(pd.DataFrame(), date(2023, 10, 10), date(2023, 10, 20), frozenset({"back"}))


@pytest.mark.parametrize(
    ("known_from", "known_to", "days"),
    [
        (5, 15, (10, 15)), (12, None, (12, 20)), (19, None, (19, 20)),
        (20, None, None),  # of the era that follows
        (5, 10, None), (5, 11, (10, 11)),
    ],
)  # fmt: skip
def test_a_row_counts_in_an_era_for_those_of_its_days_that_lie_in_it(
    known_from: int, known_to: int | None, days: tuple[int, int] | None
) -> None:
    end = date(2023, 10, known_to) if known_to else None
    row = {"submission_id": "s1", "known_from": date(2023, 10, known_from), "known_to": end}
    piece = _cut(row, ERA, False)
    assert (piece and (piece.start.day, piece.end.day)) == days


def test_what_was_taken_back_on_the_day_it_came_counts_on_no_day_and_is_not_lost() -> None:
    row = {"submission_id": "back", "known_from": date(2023, 10, 20), "known_to": None}
    piece = _cut(row, ERA, False)
    assert piece
    assert piece.start == piece.end == date(2023, 10, 20)
