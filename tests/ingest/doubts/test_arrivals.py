"""Which of two files came first is what is on record, never what they are called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.doubts.arrivals import Arrival

D1, D2 = date(2023, 11, 1), date(2023, 11, 2)
NINE, TEN = "2023-11-01 09:00:00", "2023-11-01 10:00:00"


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        (Arrival(D1, "b", 1, NINE), Arrival(D1, "a", 2, TEN), True),
        # One folder, taken in at one moment: their numbers are those of their names.
        (Arrival(D1, "a", 1, NINE), Arrival(D1, "b", 2, NINE), False),
        (Arrival(D1, "a"), Arrival(D1, "b"), False),
        (Arrival(D1, "a"), Arrival(D1, "b", 1, NINE), False),
        (Arrival(D1, "a"), Arrival(D2, "b"), True),
        (Arrival(D1, "a"), Arrival(D1, "a"), True),  # two sheets of one file
        # Uploads of before there was a register, of one unit and of two.
        (Arrival(D1, "d/甲/001_b", folder="d/甲/", upload=1),
         Arrival(D1, "d/甲/002_a", folder="d/甲/", upload=2), True),
        (Arrival(D1, "d/甲/001_b", folder="d/甲/", upload=1),
         Arrival(D1, "d/乙/002_a", folder="d/乙/", upload=2), False),
    ],
)  # fmt: skip
def test_what_is_on_record_tells_them_apart(one: Arrival, other: Arrival, is_told: bool) -> None:
    assert one.is_told_from(other) is is_told
    assert other.is_told_from(one) is is_told


ARRIVALS = st.builds(
    Arrival,
    st.sampled_from([D1, D2]),
    st.text("ab", min_size=1, max_size=3),
    st.none() | st.integers(1, 5),
)


@given(st.lists(ARRIVALS, unique_by=lambda each: each.path), st.randoms())
def test_the_order_does_not_depend_on_how_the_folder_lists_them(
    arrivals: list[Arrival], chance: object
) -> None:
    shuffled = list(arrivals)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    in_order = sorted(arrivals, key=lambda each: each.place)
    assert sorted(shuffled, key=lambda each: each.place) == in_order
    numbered = [each.number for each in in_order if each.on == D1 and each.number]
    assert numbered == sorted(numbered)


def test_without_a_number_a_file_stands_before_those_that_have_one() -> None:
    files = [Arrival(D1, "a", 7), Arrival(D1, "z"), Arrival(D1, "b", 3)]
    assert [each.path for each in sorted(files, key=lambda each: each.place)] == ["z", "b", "a"]
