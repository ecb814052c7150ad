"""Findings: one data problem each, a row of the quality table."""

from collections.abc import Mapping
from typing import Any

Finding = dict[str, Any]


def finding(
    row_no: int | None,
    name: str,
    value: str | None,
    rule: str,
    severity: str,
    message: str,
    cell: str | None = None,
) -> Finding:
    """One row of the quality table."""
    return {
        "row_no": row_no, "field": name, "value": value, "rule": rule,
        "severity": severity, "message": message, "item_id": None, "cell": cell,
    }  # fmt: skip


def finding_at(
    row: Mapping[Any, Any], name: str, value: str | None, rule: str, severity: str, message: str
) -> Finding:
    """A finding on a row of a table, which says itself where it came from."""
    found = finding(row["row_no"], name, value, rule, severity, message)
    return found | {"submission_id": row["submission_id"], "sheet": row["sheet"]}
