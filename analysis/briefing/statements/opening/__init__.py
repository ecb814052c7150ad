"""What a meeting opens with: a claim in two lines, six numbers, what it is asked to decide."""

from analysis.briefing.statements.opening.asks import ASKS, MOST, Ask, all_asks, ask, asks
from analysis.briefing.statements.opening.claim import opening
from analysis.briefing.statements.opening.numbers import DECISIONS, Number, numbers, over_nodes

__all__ = [
    "ASKS",
    "DECISIONS",
    "MOST",
    "Ask",
    "Number",
    "all_asks",
    "ask",
    "asks",
    "numbers",
    "opening",
    "over_nodes",
]
