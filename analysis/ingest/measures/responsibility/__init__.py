"""Who leads, who supports, who answers, by when: in labels, brackets and sentences."""

from analysis.ingest.measures.responsibility.actors import (
    actor,
    actor_in_clauses,
    actor_of_measure,
    actor_within,
    is_addressed,
    unit_in_front,
)
from analysis.ingest.measures.responsibility.clauses import (
    CLOSING,
    EACH_BODY,
    LEADING,
    SUPPORTING,
    fields_of,
    has_post_in_front,
    is_due,
    is_unit_list,
    person_for,
    person_in,
    sentence,
    take,
    units_in,
)

__all__ = [
    "CLOSING", "EACH_BODY", "LEADING", "SUPPORTING", "actor", "actor_in_clauses",
    "actor_of_measure", "actor_within", "fields_of", "has_post_in_front",
    "is_addressed", "is_due", "is_unit_list", "person_for", "person_in", "sentence", "take",
    "unit_in_front", "units_in",
]  # fmt: skip
