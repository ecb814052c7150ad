"""Rows that a unit sends of others, or of what there is not: they wait for the office's word.
The rest of the file counts.

A unit that inspects others lists what is theirs to mend. What it confirms in the browser is read
by nobody in between, and must not change what is another's; so the office says of each such row
whether it is taken. Until then, and where it is left, the row stands among those rejected: it is
read, told of, and counts nowhere. What the office takes in itself is taken.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analysis.ingest.assembly.eras.unknown import Unknown, unknown_rows
from analysis.ingest.assembly.gist import gist_of
from analysis.ingest.assembly.sending import in_order, register_of
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.values import as_text
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.findings import Reject
from analysis.ingest.read_file import Submission
from analysis.ingest.received import uploader
from analysis.ingest.tables.records import Records
from analysis.ingest.units.register import Register
from analysis.ingest.versions.identity.naming import Names
from analysis.ingest.versions.identity.spelling import plain_words
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.codes import FINISHED, STATUS, UNFINISHED

RULE, UNKNOWN = "row_of_another", "row_unknown"
DONE = "done"
#: The first is how it counts until the office has said so.
LEAVE, TAKE = "leave", "take"
_STATES = {None: "等专班办公室确认是否收入，确认以前不计入", LEAVE: "专班办公室定为不收，不计入"}


@dataclass(frozen=True, slots=True)
class RowOfAnother:
    """One row that is not its sender's to send, with the question about it.

    ``why`` says why it does not count. ``item_id`` is the item that it would be of by its number
    or its words, where the row says whose it is. ``alone`` is the question about this row alone,
    where ``doubt`` asks about it together with others: what was said of the one row stands before.
    """

    submission_id: str
    row_no: int
    why: str
    received_on: date
    doubt: Doubt
    item_id: str | None
    alone: Doubt | None = None

    @property
    def keys(self) -> list[str]:
        """The keys of the questions about it, the one whose answer stands before others first."""
        return [each.key for each in (self.alone, self.doubt) if each]

    @property
    def place(self) -> tuple[str, int]:
        """Submission and line."""
        return self.submission_id, self.row_no

    def answer(self, confirmations: Confirmations, day: date) -> str | None:
        """What the office has said by a day; of a day before the receipt, what holds then."""
        then = max(day, self.received_on)
        said = (confirmations.answer(key, then) for key in self.keys)
        return next((answer for answer in said if answer is not None), None)

    def turns(self, confirmations: Confirmations) -> list[date]:
        """The days after its receipt on which the office says something of it."""
        days = (day for key in self.keys for day, _ in confirmations.days(key))
        return [day for day in days if day > self.received_on]

    def reason(self, answer: str | None) -> str:
        """Why the row does not count."""
        return f"{self.why}；{_STATES[answer]}"


def rows_of_others(submissions: Sequence[Submission], terms: Terms) -> list[RowOfAnother]:
    """The rows that units confirmed in the browser and that are not their own."""
    uploaded = [each for each in submissions if _sender_of(each) and _names_another(each)]
    register = register_of(in_order(submissions), terms) if uploaded else Register(())
    named = [row for each in uploaded for row in _in_sheet(each, register)]
    places = {row.place for row in named}
    unknown = (_waiting(each) for each in unknown_rows(submissions, terms))
    return [*named, *(row for row in unknown if row.place not in places)]


def as_counted(
    submissions: Iterable[Submission], rows: Iterable[RowOfAnother],
    confirmations: Confirmations, day: date,
) -> list[Submission]:  # fmt: skip
    """The submissions as they count on a day: the rows that do not, among those rejected."""
    out: dict[str, dict[int, str]] = {}
    for row in rows:
        answer = row.answer(confirmations, day)
        if answer != TAKE:
            out.setdefault(row.submission_id, {})[row.row_no] = row.reason(answer)
    return [
        _without(each, out[each.facts["submission_id"]])
        if each.facts["submission_id"] in out
        else each
        for each in submissions
    ]


def _sender_of(submission: Submission) -> str | None:
    ledger = LEDGERS.get(submission.facts["ledger"] or "")
    if ledger is None or not ledger.is_sent_by_units or not ledger.owner_column:
        return None
    return uploader(submission.facts["path"])


def _names_another(submission: Submission) -> bool:
    """Whether any row writes its unit otherwise than the sender's name."""
    owner = LEDGERS[submission.facts["ledger"]].owner_column
    return bool(owner and {*gist_of(submission).owners} - {None, _sender_of(submission)})


def _in_sheet(submission: Submission, register: Register) -> Iterator[RowOfAnother]:
    facts, records = submission.facts, submission.whole
    ledger, sender = LEDGERS[facts["ledger"]], _sender_of(submission) or ""
    day = facts["received_on"]
    own, own_then = register.unit(sender), register.unit_then(sender, day)
    seen: set[int] = set()
    for place, unit in enumerate(records.get(ledger.owner_column)):
        if is_null(unit) or unit == sender:
            continue
        # A unit that is the sender by what is known today, or was by what was known, is.
        if register.unit(unit) == own or register.unit_then(unit, day) == own_then:
            continue
        row = {name: values[place] for name, values in records.columns.items()}
        if row["row_no"] not in seen:
            seen.add(row["row_no"])
            yield RowOfAnother(
                facts["submission_id"], row["row_no"],
                f"责任单位是“{unit}”，不是报送的{sender}", day,
                _doubt(facts, ledger, sender, unit, row), _item_of(row, ledger, own_then),
            )  # fmt: skip


def _waiting(unknown: Unknown) -> RowOfAnother:
    """A row of nothing that there is; by its number it is no item, lest it seem to report on it."""
    facts, ledger, row = unknown.submission.facts, unknown.ledger, unknown.row
    said, title = _said(row, ledger)
    said_in = (ledger.title or ledger.fingerprint)[0]
    day, subject = facts["received_on"], (ledger.name, unknown.sender, facts["document_no"] or "")
    doubt = Doubt(
        UNKNOWN, (*subject, *said),
        f"{unknown.sender}在网页上报送的{ledger.label}台账里，有一行（{title}）：{unknown.why}，是否收入",
        Side(facts["submission_id"], facts["sheet"], row["row_no"], said_in, title),
        None, (Answer(LEAVE, "不收，不计入"), Answer(TAKE, "收入，计入")), day,
    )  # fmt: skip
    return RowOfAnother(facts["submission_id"], row["row_no"], unknown.why, day, doubt, None)


def _said(row: Mapping[str, Any], ledger: Ledger) -> tuple[list[str], str]:
    """What makes a row the same row when it is sent again, and how it is called in a question."""
    words = [row.get(name) for name in ledger.fingerprint or ledger.key or ledger.title]
    title = " ".join(str(word) for word in words if not is_null(word))[:60]
    return [plain_words(word) for word in words], title


def _claimed(row: Mapping[str, Any], ledger: Ledger) -> tuple[str, ...]:
    """What a row says of its item beyond that it is open: one code for all that is done, and words.

    A row that has a day of completion and no status says that it is done.
    """
    if not ledger.is_item:
        return ()
    status = row.get("status")
    if is_null(status):
        status = None if is_null(row.get("done_on")) else DONE
    if status is None or status in UNFINISHED:
        return ()
    return DONE if status in FINISHED else status, STATUS.labels[status]


def _doubt(
    facts: Mapping[str, Any], ledger: Ledger, sender: str, unit: str, row: Mapping[str, Any]
) -> Doubt:
    """The same question whenever the unit sends the same row and says as much of it; names as they
    are written. Whoever takes a row of an open hazard has not taken that it is done.
    """
    said, title = _said(row, ledger)
    claimed = _claimed(row, ledger)
    what = f"，状态是“{claimed[1]}”" if claimed else ""
    return Doubt(
        RULE, (ledger.name, sender, unit, *said, *claimed[:1]),
        f"{sender}在网页上报送的{ledger.label}台账里，有一行的责任单位是“{unit}”（{title}）{what}，是否收入",
        Side(facts["submission_id"], facts["sheet"], row["row_no"], ledger.owner_column, unit),
        None,
        (Answer(LEAVE, "不收，不计入"), Answer(TAKE, f"收入，按{unit}的计入")),
        facts["received_on"],
    )  # fmt: skip


def _item_of(row: Mapping[str, Any], ledger: Ledger, sender: str) -> str | None:
    if not ledger.is_item:
        return None
    empty = dict.fromkeys(ledger.columns)
    return Names(ledger).base({**empty, **row, "sender": sender}, sender)


def _without(submission: Submission, reasons: Mapping[int, str]) -> Submission:
    """A submission in which some rows, by their numbers, are rejected for a reason each."""
    facts, records = submission.facts, submission.whole
    numbers = records.get("row_no")
    kept = [place for place, number in enumerate(numbers) if number not in reasons]
    columns = {name: [values[n] for n in kept] for name, values in records.columns.items()}
    rejects = [
        Reject(facts["submission_id"], facts["sheet"], number, reason, _raw(records, number))
        for number, reason in sorted(reasons.items())
    ]
    counts = {"rows_rejected": facts["rows_rejected"] + len(rejects)}
    rejected = replace(records, columns=columns, rejects=[*records.rejects, *rejects])
    return Submission(facts | counts, rejected)


def _raw(records: Records, number: int) -> str:
    """What a row says, value by value, as JSON text."""
    place = records.get("row_no").index(number)
    values = (v[place] for n, v in records.columns.items() if n != "row_no")
    return json.dumps([as_text(v) for v in values if not is_null(v)], ensure_ascii=False)
