"""What each line of a plan is: one role a line, and none is called read that is not."""

from analysis.ingest.plan.lines.roles import LineRole, roles_of

__all__ = ["LineRole", "roles_of"]
