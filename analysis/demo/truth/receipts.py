"""What each sender has sent, row by row: what was new, what had been told before, what is wrong.

How many lines a file has, with its titles, headers and totals, is a matter of its layout and not
told here; neither is what looks odd without being wrong.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from analysis.demo.life import SENDERS
from analysis.demo.sending import Sending
from analysis.demo.truth.knowledge import Knowledge, due_day
from analysis.demo.truth.lists import left_out
from analysis.demo.truth.progress import ALL, Rows, share

#: A plan names nobody as its sender.
UNNAMED = "未写明"


def submission_quality(knowledge: Knowledge, as_of: date) -> Rows:
    """How much each unit has sent by a day, how much of it was new, how much is wrong.

    All of it can be read and belongs to a ledger: nobody in the demo sends anything else.
    """
    books = _Books()
    for sending in knowledge.sendings:
        if sending.day <= as_of:
            books.take(sending, knowledge.name(sending.unit) or UNNAMED)
    for sender, _ in _ever_left_out(knowledge, min(as_of, knowledge.known_on)):
        for unit in (ALL, knowledge.name(sender) or UNNAMED):
            books.counts[unit].errors += 1  # of a row that is not there
    return [
        {
            "unit": unit, "sheets": each.sheets, "unrecognised": 0, "rows_loaded": each.loaded,
            "rows_duplicate": each.duplicate, "rows_rejected": 0, "errors": each.errors,
            "rows_with_errors": each.wrong_rows,
            "error_rate": share(each.wrong_rows, each.loaded + each.duplicate),
            "last_on": each.last_on,
        }
        for unit, each in books.counts.items()
    ]  # fmt: skip


@dataclass
class _Count:
    """What one unit has sent; of a plan the list of members is a sheet of its own, of one row."""

    sheets: int = 0
    loaded: int = 0
    duplicate: int = 0
    errors: int = 0
    wrong_rows: int = 0
    last_on: date | None = None


@dataclass
class _Books:
    """What was said of each thing before, and the counts of each unit."""

    said: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    #: Unit and number → the hazard that has it.
    numbered: dict[tuple[str, str], str] = field(default_factory=dict)
    has_members: bool = False
    counts: dict[str, _Count] = field(default_factory=lambda: {ALL: _Count()})

    def take(self, sending: Sending, sender: str) -> None:
        """Count a file."""
        is_plan = sending.ledger == "plan"
        loaded, errors = self._rows(sending)
        duplicate = len(sending.rows) - loaded + sending.look.repeats_last
        if is_plan:
            loaded, duplicate = loaded + (not self.has_members), duplicate + self.has_members
            self.has_members = True
        for unit in (ALL, UNNAMED if is_plan else sender):
            count = self.counts.setdefault(unit, _Count())
            count.sheets += 1 + is_plan
            count.loaded += loaded
            count.duplicate += duplicate
            count.errors += errors
            count.wrong_rows += errors
            count.last_on = sending.day

    def _rows(self, sending: Sending) -> tuple[int, int]:
        """How many rows say something new, and how many are wrong."""
        loaded = errors = 0
        for key, facts in sending.said():
            errors += self._is_wrong(sending, key, facts)
            before = self.said.setdefault((sending.ledger, key), {})
            loaded += any(before.get(name) != value for name, value in facts.items())
            before.update(facts)
        return loaded, errors

    def _is_wrong(self, sending: Sending, key: str, facts: dict[str, Any]) -> bool:
        """A hazard struck off that nobody has signed for, or a new one under another's number."""
        if sending.ledger != "hazard":
            return False
        is_new = ("hazard", key) not in self.said
        place = sending.unit, facts["hazard_no"]
        is_taken = is_new and self.numbered.get(place, key) != key
        self.numbered[place] = key
        is_unsigned = facts.get("status") == "closed" and not facts.get("accepted_by")
        return is_taken or is_unsigned


def _ever_left_out(knowledge: Knowledge, last: date) -> set[tuple[str, str]]:
    """(Unit, key) of what a whole list left out though it was open, as each due day had shown."""
    ends = {sending.whole_of for sending in knowledge.sendings if sending.whole_of}
    shown_on = (due_day(end) + timedelta(days=1) for end in ends)
    found = set()
    for day in sorted(day for day in shown_on if day <= last):
        then = Knowledge(knowledge.life, day)
        found |= {(unit, key) for unit in SENDERS for key, _ in left_out(then, unit)}
    return found
