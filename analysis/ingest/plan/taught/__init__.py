"""What the office has set right of readings of plans, and how it changes the next one."""

from analysis.ingest.plan.taught.entries import (
    FIELDS_TO_SET,
    PLAN_READINGS,
    TAKEN_BACK,
    WORD_OF,
    Entry,
    LineRole,
    Taught,
    Told,
    read_taught,
)

__all__ = [
    "FIELDS_TO_SET", "PLAN_READINGS", "TAKEN_BACK", "WORD_OF", "Entry", "LineRole", "Taught",
    "Told", "read_taught",
]  # fmt: skip
