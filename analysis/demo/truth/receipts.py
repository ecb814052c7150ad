"""What each sender has sent, row by row: what was new in it, and what had been told before.

How many lines a file has, with its titles, headers and totals, is a matter of its layout and not
told here; neither is what looks odd to a program without being wrong.
"""

from datetime import date
from typing import Any

from analysis.demo.truth.knowledge import Knowledge
from analysis.demo.truth.progress import ALL, Rows, share


def submission_quality(knowledge: Knowledge, as_of: date) -> Rows:
    """How much each unit has sent, and how much of it said something new.

    All of it can be read and belongs to a ledger: nobody in the demo sends what is no ledger, and
    no cell of it is an error.
    """
    said: dict[tuple[str, str], dict[str, Any]] = {}
    counts: dict[str | None, dict[str, Any]] = {}
    for sending in knowledge.sendings:
        if sending.day > as_of:
            continue
        new = 0
        for key, facts in sending.said():
            before = said.setdefault((sending.ledger, key), {})
            new += any(before.get(name) != value for name, value in facts.items())
            before.update(facts)
        repeated = len(sending.rows) - new + sending.look.repeats_last
        for unit in (ALL, knowledge.name(sending.unit)):
            row = counts.setdefault(unit, dict.fromkeys(("sheets", "loaded", "duplicate"), 0))
            row["sheets"] += 1
            row["loaded"] += new
            row["duplicate"] += repeated
            row["last_on"] = sending.day
    return [
        {
            "unit": unit, "sheets": row["sheets"], "unrecognised": 0,
            "rows_loaded": row["loaded"], "rows_duplicate": row["duplicate"], "rows_rejected": 0,
            "errors": 0, "rows_with_errors": 0, "error_rate": share(0, row["loaded"]),
            "last_on": row["last_on"],
        }
        for unit, row in counts.items()
    ]  # fmt: skip
