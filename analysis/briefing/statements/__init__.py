"""What a meeting is told, one statement a subject; nobody else writes a sentence or counts."""

from collections.abc import Callable, Mapping

from analysis.briefing.figures import Figures
from analysis.briefing.statements import books, concerns, hazards, registers, work
from analysis.briefing.statements.opening.claim import opening
from analysis.briefing.statements.statement import Statement

__all__ = ["CONCERNS", "SUBJECTS", "Statement", "concerns_of", "statement"]

#: Subject → the statement on it; a subject of which nothing can be said has an empty claim.
SUBJECTS: Mapping[str, Callable[[Figures], Statement]] = {
    "opening": opening,
    "overall": work.overall,
    "changes": work.changes,
    "nodes": work.nodes,
    "units": work.units,
    "overdue": work.overdue,
    "due_soon": work.coming,
    "major": hazards.major,
    "risk": hazards.risk,
    "mix": hazards.mix,
    "accidents": books.accidents,
    "inspections": books.inspections,
    "duties": books.duties,
    "reports": books.reports,
    "decisions": books.decisions,
    "responsibility": registers.responsibility,
    "campaigns": registers.campaigns,
    "meetings": registers.meetings,
    "instruments": registers.instruments,
    "practice": registers.practice,
}

#: What ought to be zero, the weightiest first.
CONCERNS: Mapping[str, Callable[[Figures], Statement]] = {
    "overdue": work.overdue,
    "unlisted": concerns.unlisted,
    "vanished": concerns.vanished,
    "slips": concerns.slips,
    "recurrence": concerns.recurrence,
    "suspects": concerns.suspects,
    "conduct": registers.conduct,
    "clarity": concerns.clarity,
}


def statement(figures: Figures, subject: str) -> Statement:
    """What is said on one subject."""
    return SUBJECTS[subject](figures)


def concerns_of(figures: Figures) -> list[Statement]:
    """What ought to be zero and is not."""
    told = [say(figures) for say in CONCERNS.values()]
    return [each for each in told if each.count]
