"""From which day to which a version is known, with the day before, the day and the day after."""

from datetime import date

import pandas as pd
import pytest

from analysis.ingest.versions.spans import (
    FOREVER,
    cut_at,
    end_of,
    ends_by_next,
    ever_known,
    in_force,
    known_during,
    latest_before,
)

Span = tuple[int, int | None]


def day(number: int | None) -> date | None:
    return None if number is None else date(2023, 10, number)


def versions(*spans: Span) -> pd.DataFrame:
    """Versions by the days of October from and to which they are known."""
    return pd.DataFrame(
        {
            "known_from": [day(start) for start, _ in spans],
            "known_to": [day(end) for _, end in spans],
        },
        dtype=object,
    )


def spans(table: pd.DataFrame) -> list[Span]:
    return [
        (start.day, None if end is None else end.day)
        for start, end in zip(table["known_from"], table["known_to"], strict=True)
    ]


@pytest.mark.parametrize(
    ("version", "cut", "changed"),
    [
        ((1, None), [(1, 10), (10, None)], [False, True]),
        ((1, 11), [(1, 10), (10, 11)], [False, True]),
        ((1, 10), [(1, 10)], [False]),
        ((1, 9), [(1, 9)], [False]),
        ((9, None), [(9, 10), (10, None)], [False, True]),
        ((10, None), [(10, None)], [True]),
        ((11, None), [(11, None)], [True]),
    ],
)
def test_a_version_is_cut_at_the_tenth(version: Span, cut: list[Span], changed: list[bool]) -> None:
    whole, is_changed = cut_at(versions(version), pd.Series([True]), date(2023, 10, 10))
    assert (spans(whole), is_changed.tolist()) == (cut, changed)


def test_only_the_chosen_versions_are_cut() -> None:
    which = pd.Series([False, True])
    whole, changed = cut_at(versions((1, None), (1, None)), which, date(2023, 10, 10))
    assert spans(whole) == [(1, None), (1, 10), (10, None)]
    assert changed.tolist() == [False, False, True]


def test_where_none_is_chosen_nothing_is_cut() -> None:
    whole, changed = cut_at(versions((1, None)), pd.Series([False]), date(2023, 10, 10))
    assert (spans(whole), changed.tolist()) == ([(1, None)], [False])


def test_a_version_ends_on_the_day_on_which_the_next_begins() -> None:
    table = versions((1, None), (5, None), (7, None))
    before = pd.Series([-1, 0, -1])
    assert ends_by_next(table, before).tolist() == [date(2023, 10, 5), None, None]


def test_what_has_no_end_is_in_force() -> None:
    assert spans(in_force(versions((1, 5), (5, None)))) == [(5, None)]
    assert end_of(None) == end_of(float("nan")) == FOREVER


def test_a_version_replaced_on_its_own_day_was_never_known() -> None:
    assert spans(ever_known(versions((1, 1), (1, 2), (2, None)))) == [(1, 2), (2, None)]


def test_a_submission_of_the_day_itself_is_not_before_it() -> None:
    table = versions((1, 5), (5, None))
    assert latest_before(table, date(2023, 10, 5))["known_from"] == date(2023, 10, 1)
    assert latest_before(table, date(2023, 10, 6))["known_from"] == date(2023, 10, 5)
    assert latest_before(table, date(2023, 10, 1)) is None


def test_some_days_of_a_version_may_have_no_end() -> None:
    start = date(2023, 10, 1)
    version = {"status": "done", "known_from": start, "known_to": None}
    assert known_during(version, date(2023, 10, 3), FOREVER)["known_to"] is None
    assert known_during(version, start, date(2023, 10, 3)) == {
        "status": "done", "known_from": start, "known_to": date(2023, 10, 3),
    }  # fmt: skip
