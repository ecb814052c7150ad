"""All specs of relations and metrics, by subject, in the order of the page."""

from tests.specs import (
    accidents,
    changes,
    duties,
    hazards,
    inspections,
    items,
    progress,
    quality,
    reports,
)

SUBJECTS = (items, progress, changes, hazards, inspections, duties, reports, accidents, quality)
SPECS = tuple(spec for subject in SUBJECTS for spec in subject.SPECS)
