"""What each line of a plan is: one role a line, and none is called read that is not."""

from analysis.ingest.plan.lines.roles import problem_part, roles_of
from analysis.ingest.plan.taught import LineRole

__all__ = ["LineRole", "problem_part", "roles_of"]
