"""An official rectification plan: what it lays down, and where it contradicts itself."""

from analysis.ingest.plan.document import Plan, read_figures, read_plan, why_not
from analysis.ingest.plan.duties import calendar_lines
from analysis.ingest.plan.rows import Part, apply_rules, figures_part, plan_parts
from analysis.ingest.plan.taught import Taught, Told
from analysis.ingest.plan.taught.applying import word_known
from analysis.ingest.plan.text import key_values

__all__ = [
    "Part", "Plan", "Taught", "Told", "apply_rules", "calendar_lines", "figures_part",
    "key_values", "plan_parts", "read_figures", "read_plan", "why_not", "word_known",
]  # fmt: skip
