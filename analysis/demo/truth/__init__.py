"""The true answers: for any two days and metric, what is right, from the demo's own events.

Plain loops over what was sent, by the definitions of docs/口径.md. Nothing here reads a file, a
table or a statement of SQL, and nothing imports what does: where both agree, two have counted.
"""

from collections.abc import Callable, Mapping
from datetime import date

from analysis.demo.truth import books, changes, duties, lists, progress, receipts, suspicions
from analysis.demo.truth.knowledge import Knowledge
from analysis.demo.truth.progress import Rows

__all__ = ["METRICS", "Knowledge"]

#: Metric → its rows, of what is known on one day as it stands on another, without the columns that
#: say where a row comes from; an item is named by ``key``.
METRICS: Mapping[str, Callable[[Knowledge, date], Rows]] = {
    "overview": progress.overview,
    "completion": progress.completion,
    "node_progress": progress.node_progress,
    "ageing": progress.ageing,
    "clarity": progress.clarity,
    "close_times": progress.close_times,
    "hazard_flow": progress.hazard_flow,
    "hazard_mix": progress.hazard_mix,
    "overdue": lists.overdue,
    "due_soon": lists.due_soon,
    "item_wall": lists.item_wall,
    "supervision": lists.supervision,
    "vanished": lists.vanished,
    "recurrence": lists.recurrence,
    "deadline_slip": lists.deadline_slip,
    "since": changes.since,
    "suspect_closure": suspicions.suspect_closure,
    "submission_quality": receipts.submission_quality,
    "report_punctuality": books.report_punctuality,
    "report_reconciliation": books.report_reconciliation,
    "accident_yoy": books.accident_yoy,
    "accident_monthly": books.accident_monthly,
    "inspection_coverage": books.inspection_coverage,
    "inspection_yield": books.inspection_yield,
    "campaign_progress": books.campaign_progress,
    "duty_compliance": books.duty_compliance,
    "site_responsibility": books.site_responsibility,
    "instruments": duties.instruments,
    "self_reports": duties.self_reports,
    "warnings_issued": duties.warnings_issued,
    "good_practice": duties.good_practice,
    "meetings_held": duties.meetings_held,
    "cross_checks": duties.cross_checks,
    "units_reporting": duties.units_reporting,
}
