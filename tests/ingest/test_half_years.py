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

#: In the later worlds the office's own register of acceptances is among the files.
WITH_REGISTER = {path.parents[2].name for path in WORLDS.glob("*/raw/*/*销号登记*")}
WITHOUT = sorted({path.name for path in WORLDS.iterdir()} - WITH_REGISTER)


@pytest.mark.slow
@pytest.mark.parametrize("world", sorted(WITH_REGISTER))
def test_the_figures_of_files_alone_are_those_of_the_truth(world: str, tmp_path: Path) -> None:
    truth = truth_of(world)
    assert any(closed_majors(truth))
    found = faults(live(world, tmp_path), truth)
    assert found == still_wrong(world), "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("world", WITHOUT)
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
