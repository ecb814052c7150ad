"""Who fills in forms, and that nothing of it is left for the next test."""

from collections.abc import Iterator

import flask
import pytest

from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.ingest.pipeline import ingest, new_files
from analysis.ingest.plan.taught import PLAN_READINGS
from analysis.intake.typed.settling import has_unpublished_answers
from analysis.settings import Settings
from tests.dashboards.people import Visitor


@pytest.fixture
def office(server: flask.Flask) -> Visitor:
    """The office, logged in."""
    visitor = Visitor(server.test_client())
    visitor.log_in("office")
    return visitor


@pytest.fixture(scope="module")
def people(server: flask.Flask) -> dict[str, Visitor]:
    """The office and a unit, logged in."""
    found = {name: Visitor(server.test_client()) for name in ("office", "education")}
    for name, visitor in found.items():
        visitor.log_in(name)
    return found


@pytest.fixture
def no_answers_left(county: Settings) -> Iterator[None]:
    """What a test answers is taken back behind it, in the figures too."""
    yield
    (county.raw / CONFIRMATIONS).unlink(missing_ok=True)
    if has_unpublished_answers(county):
        ingest(county)


@pytest.fixture
def no_readings_left(county: Settings) -> Iterator[None]:
    """What a test sends of a plan and sets right in it is gone behind it."""
    yield
    (county.raw / PLAN_READINGS).unlink(missing_ok=True)
    for path in new_files(county):
        path.unlink()
