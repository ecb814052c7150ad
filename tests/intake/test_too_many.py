"""How much a unit may bring anew on a day: a few thousand rows, or as many as it has."""

import pytest

from analysis.intake.rights import refusals
from analysis.intake.rights.refusals import too_many_new


@pytest.mark.parametrize(
    ("known", "new", "is_refused"),
    [(0, 3, False), (0, 4, True), (5, 5, False), (5, 6, True), (9, 0, False)],
)
def test_it_may_bring_as_many_as_it_has_or_the_least_that_all_may(
    known: int, new: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_NEW", 3)
    told = too_many_new(new, known)
    assert bool(told) is is_refused
    assert all(f"今天新增的事项、检查、履职有 {new} 条" in each for each in told)
