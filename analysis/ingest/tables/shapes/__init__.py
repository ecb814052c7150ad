"""Tables of unusual shape → plain ones."""

from analysis.ingest.tables.shapes.answers import answered
from analysis.ingest.tables.shapes.cut_rows import continued, put_together
from analysis.ingest.tables.shapes.one_report import one_report
from analysis.ingest.tables.shapes.plans.columns import (
    as_in_plans,
    is_of_plan,
    measures_column,
    with_known_headers,
)
from analysis.ingest.tables.shapes.plans.footnotes import with_footnotes
from analysis.ingest.tables.shapes.plans.joint import with_joint_columns_parted
from analysis.ingest.tables.shapes.plans.limits import (
    said_of_all,
    with_blanks_filled,
    with_days_of_remarks,
    with_leads_of_remarks,
)
from analysis.ingest.tables.shapes.plans.numbered import (
    names_numbers,
    reports_on_plan,
    with_numbered_rows,
    with_numbers_headed,
)
from analysis.ingest.tables.shapes.plans.prose import in_words_of_body
from analysis.ingest.tables.shapes.plans.several_measures import pieces_of, spread, tracked_column
from analysis.ingest.tables.shapes.plans.shared_numbers import joined_by_numbers
from analysis.ingest.tables.shapes.plans.years import in_one_column
from analysis.ingest.tables.shapes.signed_on import signed_apart
from analysis.ingest.tables.shapes.two_days import parted
from analysis.ingest.tables.shapes.unit_columns import with_units
from analysis.ingest.tables.shapes.wide_lists import joined

__all__ = [
    "answered",
    "as_in_plans",
    "continued",
    "in_one_column",
    "in_words_of_body",
    "is_of_plan",
    "joined",
    "joined_by_numbers",
    "measures_column",
    "names_numbers",
    "one_report",
    "parted",
    "pieces_of",
    "put_together",
    "reports_on_plan",
    "said_of_all",
    "signed_apart",
    "spread",
    "tracked_column",
    "with_blanks_filled",
    "with_days_of_remarks",
    "with_footnotes",
    "with_joint_columns_parted",
    "with_known_headers",
    "with_leads_of_remarks",
    "with_numbered_rows",
    "with_numbers_headed",
    "with_units",
]
