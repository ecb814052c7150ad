"""A half-year of ledgers, plan, rosters and reports, lived by strangers: its figures are right."""

from pathlib import Path

import pytest

from tests.ingest.half_years_made_blind import WORLDS, faults, live, still_wrong, truth_of


@pytest.mark.slow
@pytest.mark.parametrize("world", sorted(path.name for path in WORLDS.iterdir()))
def test_the_figures_of_a_half_year_are_those_of_the_truth(world: str, tmp_path: Path) -> None:
    found = faults(live(world, tmp_path), truth_of(world))
    assert found == still_wrong(world), "\n".join(found)
