"""The ledger dictionary: the one place that knows what each table and column is."""

from analysis.ledgers.acceptance import ACCEPTANCE
from analysis.ledgers.accident import ACCIDENT
from analysis.ledgers.accident_stat import ACCIDENT_STAT
from analysis.ledgers.books import QUALITY, REJECT, SUBMISSION
from analysis.ledgers.decision import DECISION
from analysis.ledgers.duty import DUTY
from analysis.ledgers.fields import Field, Ledger
from analysis.ledgers.half_month import HALF_MONTH
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.inspection import INSPECTION
from analysis.ledgers.measure import MEASURE
from analysis.ledgers.site import SITE
from analysis.ledgers.unit import UNIT

LEDGERS: dict[str, Ledger] = {
    ledger.name: ledger
    for ledger in (
        MEASURE,
        HAZARD,
        INSPECTION,
        ACCIDENT,
        ACCIDENT_STAT,
        SITE,
        UNIT,
        DUTY,
        DECISION,
        HALF_MONTH,
        ACCEPTANCE,
        SUBMISSION,
        REJECT,
        QUALITY,
    )
}

__all__ = ["LEDGERS", "Field", "Ledger"]
