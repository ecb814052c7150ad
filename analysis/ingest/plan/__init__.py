"""An official rectification plan: what it lays down, and where it contradicts itself."""

from analysis.ingest.plan.document import Plan, read_plan
from analysis.ingest.plan.duties import calendar_lines
from analysis.ingest.plan.rows import Part, apply_rules, plan_parts

__all__ = ["Part", "Plan", "apply_rules", "calendar_lines", "plan_parts", "read_plan"]
