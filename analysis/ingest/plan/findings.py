"""How a rule on a plan speaks: a finding on the line of the first place, which names the other.

Each message says what stands where, what is used here and why. Nothing in a source is changed.
"""

from collections.abc import Callable, Iterator

from analysis.ingest.findings import Finding, finding
from analysis.ingest.plan.document import Plan

Rule = Callable[[Plan], Iterator[Finding]]


def tell(line: int, rule: str, severity: str, message: str, value: str = "") -> Finding:
    """One finding on a line of the plan."""
    return finding(line, "", value or None, rule, severity, message)
