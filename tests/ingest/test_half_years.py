"""A half-year of ledgers, plan, rosters and reports, lived by strangers: its figures are right."""

from pathlib import Path

import pytest

from tests.ingest.half_years_made_blind import (
    WORLDS,
    accept_majors,
    closed_majors,
    faults,
    live,
    still_wrong,
    truth_of,
)


@pytest.mark.slow
@pytest.mark.parametrize("world", sorted(path.name for path in WORLDS.iterdir()))
def test_the_figures_of_a_half_year_are_those_of_the_truth(world: str, tmp_path: Path) -> None:
    """By the units' files alone no major hazard is closed; with the office's register all are."""
    truth = truth_of(world)
    settings = live(world, tmp_path)
    waiting = {f"{day} {each['key']} closed: False, not True" for day, each in closed_majors(truth)}
    assert waiting
    alone = faults(settings, truth)
    assert sorted(alone) == sorted([*waiting, *still_wrong(world)])
    accept_majors(settings, truth)
    found = faults(settings, truth)
    assert found == still_wrong(world), "\n".join(found)
