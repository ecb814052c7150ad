"""Rows that a unit sends of others, or of what there is not: they wait for the office's word.
The rest of the file counts.

A unit that inspects others lists what is theirs to mend. What it confirms in the browser is read
by nobody in between, and must not change what is another's; so the office says of each such row
whether it is taken. Until then, and where it is left, the row stands among those rejected: it is
read, told of, and counts nowhere. What the office takes in itself is taken.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from analysis.ingest.assembly.conduct import TOLD_IN, conduct_in
from analysis.ingest.assembly.eras.unknown import (
    Unknown,
    hazards_told,
    nameless_rows,
    unknown_rows,
)
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
from analysis.ingest.versions.identity.likeness.fields import (
    day_field,
    rows_with_remark,
    strict_fields,
)
from analysis.ingest.versions.identity.naming import Names
from analysis.ingest.versions.identity.spelling import site_name
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED
from analysis.wording.characters import within_marks
from analysis.wording.values import value_text

RULE, UNKNOWN = "row_of_another", "row_unknown"
DONE = "done"
#: The first is how it counts until the office has said so.
LEAVE, TAKE = "leave", "take"
#: So much of a row's name, of a cell and of all cells stands in a question.
LONGEST_TITLE, LONGEST_VALUE, LONGEST_DETAILS, LONGEST_QUESTION = 60, 40, 300, 800
#: What makes no difference between two texts; a point in a number does.
_MARKS_BETWEEN = re.compile(r"[\s，。；、,;：:（）()]|\.(?!\d)")
#: The days on which an item says that it was done, accepted and closed.
_DAYS = ("done_on", "accepted_on", "closed_on")
#: The records of one line of a sheet, and those of each.
_Line = list[dict[str, Any]]
_Lines = dict[int, _Line]
#: Ledger, sender, and what of a row may be the same in another.
_Sign = tuple[str, ...]
_STATES = {None: "等专班办公室确认是否收入，确认以前不计入", LEAVE: "专班办公室定为不收，不计入"}


@dataclass(frozen=True, slots=True)
class RowOfAnother:
    """One row that is not its sender's to send, with the question about it.

    ``why`` says why it does not count. ``item_id`` is the item that it would be of by its number
    or its words, where the row says whose it is. ``alone`` is the question about this row alone,
    where ``doubt`` asks about it together with others: what was said of the one row stands before.
    ``called`` is by what its sender knows the row again, ``told`` what it says, label by label.
    """

    submission_id: str
    row_no: int
    why: str
    received_on: date
    doubt: Doubt
    item_id: str | None
    called: tuple[str, ...]
    told: Mapping[str, str]
    alone: Doubt | None = None
    #: By what its sender may have had it for its own, and the unit that it names; whether they did.
    signs: tuple[_Sign, ...] = ()
    theirs: tuple[_Sign, ...] = ()
    is_given: bool = False
    is_twice: bool = False

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
    received = in_order(submissions)
    uploaded = [each for each in received if _sender_of(each) and _names_another(each)]
    register = register_of(received, terms) if uploaded else Register(())
    named = [row for each in uploaded for row in _in_sheet(each, register)]
    named = _given_away(named, received, register)
    places = {row.place for row in named}
    lines: dict[str, _Lines] = {}
    for each in unknown_rows(received, terms):
        batch = each.submission.facts["submission_id"]
        if batch not in lines:
            lines[batch] = _lines(each.submission.whole)
        if (batch, each.row["row_no"]) not in places:
            named.append(_waiting(each, lines[batch][each.row["row_no"]]))
    turn = {each.facts["submission_id"]: n for n, each in enumerate(received)}
    return _beside_earlier(sorted(named, key=lambda row: turn[row.submission_id]))


def _given_away(
    rows: Sequence[RowOfAnother], received: Iterable[Submission], register: Register
) -> list[RowOfAnother]:
    """The rows, with what whoever takes one has to know of it: its sender had it for its own, or
    the unit that it names has it already, whoever sent it then.
    """
    units = {sign[1] for row in rows for sign in (*row.signs, *row.theirs)}
    own = {sign for sheet in received if units for sign in _own_signs(sheet, units, register)}
    return [_told_given(row, own) for row in rows]


def _told_given(row: RowOfAnother, own: Collection[_Sign]) -> RowOfAnother:
    given = next((_GIVEN_AWAY[sign[2]] for sign in row.signs if sign in own), "")
    twice = next((_TWICE[sign[2]] for sign in row.theirs if sign in own), "")
    doubt = replace(row.doubt, question=f"{row.doubt.question}{given}{twice}")
    return replace(row, doubt=doubt, is_given=bool(given), is_twice=bool(twice))


UNMEANT = "正文里说到的这一处隐患，和以前报送的台账对不上，没有计入；请在台账里写明"
NAMELESS = "只有编号，方案里没有对得上的措施；请写措施原文，或写成方案里的编号"
#: By what a row may be one that its sender had: its number, or its site and day.
_NUMBER, _PLACE = "number", "place"
_GIVEN_AWAY = {
    _NUMBER: "；这个编号是报送单位先前报为自己的，收入即由它移交",
    _PLACE: "；同一场所同一天发现的，报送单位先前报为自己的；是同一条的，收入即由它移交",
}
_TWICE = {
    _NUMBER: "；责任单位自己报过这个编号的一条，收入即两条并列",
    _PLACE: "；责任单位自己报过同一场所同一天发现的一条，收入即两条并列",
}


def _own_signs(sheet: Submission, units: Collection[str], register: Register) -> Iterator[_Sign]:
    """The signs of the items of a sheet that one of the units has for its own."""
    ledger = LEDGERS.get(sheet.facts["ledger"] or "")
    # a plan and a meeting number theirs: no unit's own number can be given away
    is_own = ledger is not None and ledger.is_senders_item
    if ledger is None or not (is_own and ledger.key and ledger.owner_column):
        return
    unit, account = cache(register.unit), uploader(sheet.facts["path"])
    whose = account or sheet.facts["unit"]
    sender = unit(whose) if whose else ""
    wanted = {*units} & ({sender} if account else {*units})  # no account speaks for another unit
    owners = {
        owner: unit(owner) if owner and not register.is_under(owner, sender) else sender
        for owner in gist_of(sheet).owners
    }
    if wanted.isdisjoint(owners.values()):
        return  # its rows stay on the shelf
    columns = sheet.whole.columns
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(columns, values, strict=True))
        owner = owners[row.get(ledger.owner_column)]
        if owner in wanted:
            yield from _signs(row, ledger, owner)


def _signs(row: Mapping[str, Any], ledger: Ledger, sender: str) -> Iterator[_Sign]:
    number = [_value(row, ledger[name]) for name in ledger.key]
    if all(number):
        yield ledger.name, sender, _NUMBER, *number
    day = row.get(day_field(ledger) or "")
    site = site_name(row.get(name) for name in strict_fields(ledger))
    if site and not is_null(day):
        yield ledger.name, sender, _PLACE, str(day), site


def _beside_earlier(rows: Iterable[RowOfAnother]) -> list[RowOfAnother]:
    """The rows in order of receipt, each with what it says otherwise than when it last came."""
    last: dict[tuple[str, ...], Mapping[str, str]] = {}
    found = []
    for row in rows:
        before = last.get(row.called, row.told)
        last[row.called] = row.told
        changes = [
            f"{label}由“{before.get(label, '空')}”改为“{row.told.get(label, '空')}”"
            for label in dict.fromkeys((*before, *row.told))
            if before.get(label) != row.told.get(label)
        ]
        if changes:
            question = f"{row.doubt.question}；与先前报送的不同：{'，'.join(changes)}"
            row = replace(row, doubt=replace(row.doubt, question=question[:LONGEST_QUESTION]))
        found.append(row)
    return found


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


def without_nameless(submissions: Sequence[Submission], terms: Terms) -> list[Submission]:
    """The submissions without the rows whose bare number is no measure's, which are rejected."""
    out: dict[str, dict[int, str]] = {}
    for batch, row_no in nameless_rows(submissions, terms):
        out.setdefault(batch, {})[row_no] = NAMELESS
    return [
        _without(each, out[batch]) if (batch := each.facts["submission_id"]) in out else each
        for each in submissions
    ]


def with_hazards_meant(submissions: Sequence[Submission], terms: Terms) -> list[Submission]:
    """The submissions with the hazards that sentences of reports mean in the rows that these make;
    a row that means none that is listed makes no new one: it is rejected.
    """
    told = hazards_told(submissions, terms)
    batches = {batch for batch, _ in told}
    return [
        _meaning(each, told) if each.facts["submission_id"] in batches else each
        for each in submissions
    ]


def _meaning(
    submission: Submission, told: Mapping[tuple[str, int], Mapping[str, Any] | None]
) -> Submission:
    batch, records = submission.facts["submission_id"], submission.whole
    meant = {number: told.get((batch, number)) for number in records.get("row_no")}
    names = {name for each in meant.values() if each for name in each}
    columns = dict(records.columns)
    for name in names:
        pairs = zip(records.get("row_no"), records.get(name), strict=True)
        columns[name] = [(meant[number] or {}).get(name, own) for number, own in pairs]
    known = Submission(submission.facts, replace(records, columns=columns))
    return _without(known, {number: UNMEANT for number, each in meant.items() if each is None})


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
    lines, seen = _lines(records), set()
    for place, unit in enumerate(records.get(ledger.owner_column)):
        if is_null(unit) or unit == sender:
            continue
        # A unit that is the sender by what is known today, or was by what was known, is.
        if register.unit(unit) == own or register.unit_then(unit, day) == own_then:
            continue
        if ledger.is_senders_item and register.is_under(unit, sender):
            continue
        line = lines[records.columns["row_no"][place]]
        row = {name: values[place] for name, values in records.columns.items()}
        if row["row_no"] not in seen:
            seen.add(row["row_no"])
            yield RowOfAnother(
                facts["submission_id"], row["row_no"],
                f"责任单位是“{within_marks(unit, LONGEST_TITLE)}”，不是报送的{sender}", day,
                _doubt(facts, ledger, sender, unit, row, line), _item_of(row, ledger, own_then),
                (RULE, ledger.name, sender, *_words(row, ledger)), _told(row, ledger),
                signs=tuple(_signs(row, ledger, own)) if ledger.is_item else (),
                theirs=tuple(_signs(row, ledger, register.unit(unit))) if ledger.is_item else (),
            )  # fmt: skip


def _lines(records: Records) -> _Lines:
    """The records of each line of a sheet: one that names several measures has several."""
    names, lines = [*records.columns], _Lines()
    for values in zip(*records.columns.values(), strict=True):
        row = dict(zip(names, values, strict=True))
        lines.setdefault(row["row_no"], []).append(row)
    return lines


def _waiting(unknown: Unknown, line: _Line) -> RowOfAnother:
    """A row of nothing that there is; by its number it is no item, lest it seem to report on it."""
    facts, ledger, row = unknown.submission.facts, unknown.ledger, unknown.row
    title = _title(row, ledger)
    said_in = (ledger.title or ledger.fingerprint)[0]
    day, subject = facts["received_on"], (ledger.name, unknown.sender, facts["document_no"] or "")
    doubt = Doubt(
        UNKNOWN, (*subject, *_content(line, ledger)),
        f"{unknown.sender}在网页上报送的{ledger.label}台账里，有一行（“{title}”）：{unknown.why}"
        f"{_details(row, ledger)}，是否收入",
        Side(facts["submission_id"], facts["sheet"], row["row_no"], said_in, title),
        None, (Answer(LEAVE, "不收，不计入"), Answer(TAKE, "收入，计入")), day,
    )  # fmt: skip
    return RowOfAnother(
        facts["submission_id"], row["row_no"], unknown.why, day, doubt, None,
        (UNKNOWN, *subject, *_words(row, ledger)), _told(row, ledger),
    )  # fmt: skip


def _words(row: Mapping[str, Any], ledger: Ledger) -> list[str]:
    """By what a sender's row is the same as one that came before: its number, else its words."""
    number = [_value(row, ledger[name]) for name in ledger.key]
    return number if any(number) else [_value(row, ledger[name]) for name in _known_by(ledger)]


def _known_by(ledger: Ledger) -> tuple[str, ...]:
    """The fields by which a row is called in a question."""
    return ledger.fingerprint or ledger.key or ledger.title


def _title(row: Mapping[str, Any], ledger: Ledger) -> str:
    """How a row is called in a question."""
    words = [row.get(name) for name in _known_by(ledger)]
    return within_marks(" ".join(str(word) for word in words if not is_null(word)), LONGEST_TITLE)


def _content(line: _Line, ledger: Ledger) -> list[str]:
    """All of a line by which it is counted and told, whatever its place in the file.

    So the answer to a question about it holds for the same line alone, and an honest list that is
    sent again asks nothing: how far an open item has come (进展、备注) is no part of it. What is
    said of how somebody went about it, or of 移交, is.
    """
    return [text for row in line for text in (*_said(row, ledger), "")]


def _said(row: Mapping[str, Any], ledger: Ledger) -> list[str]:
    said = {name: _value(row, ledger[name]) for name in _fields(ledger)}
    if ledger.is_item:
        said["status"] = _claimed(row)
        texts = [row.get(name) for name in TOLD_IN]
        conducts = (conduct_in(text) for text in texts if isinstance(text, str))
        said["conduct"] = next((each.code for each in conducts if each), "")
        said["handed_on"] = "1" if rows_with_remark(lambda name: [row.get(name)], ledger) else ""
    return [f"{name}={value}" for name, value in said.items() if value]


def _fields(ledger: Ledger) -> list[str]:
    """The fields that a unit fills in, but for how far its item has come beside the days of it."""
    of_item = _DAYS if ledger.is_item else ()
    return [each.name for each in ledger if each.header and each.role == "descriptive"] + [*of_item]


def _value(row: Mapping[str, Any], field: Field) -> str:
    """A value as it is compared; of what could not be read, and of a deadline that counts from the
    day of the submission, its text.
    """
    value, text = row.get(field.name), row.get(field.text_in)
    from_receipt = field.kind == "deadline" and "内" in str(text)
    said = text if not is_null(text) and (is_null(value) or from_receipt) else value
    return _MARKS_BETWEEN.sub("", value_text(said, field.name))


def _claimed(row: Mapping[str, Any]) -> str:
    """What a row says of its item beyond that it is open: one code for all that is done.

    A row that has a day of completion and no status says that it is done.
    """
    status = row.get("status")
    if is_null(status):
        status = None if is_null(row.get("done_on")) else DONE
    if status is None or status in UNFINISHED:
        return ""
    return DONE if status in FINISHED else str(status)


def _told(row: Mapping[str, Any], ledger: Ledger) -> dict[str, str]:
    """What the person who answers has to see of a row, label by label."""
    names = _fields(ledger) + (["status"] if ledger.is_item else [])
    return {
        ledger[name].label: within_marks(value_text(row[name], name, ledger.name), LONGEST_VALUE)
        for name in names
        if not is_null(row.get(name))
    }


def _details(row: Mapping[str, Any], ledger: Ledger) -> str:
    called = {ledger[name].label for name in (ledger.owner_column, *_known_by(ledger))}
    said = _told(row, ledger).items()
    told, room = [], LONGEST_DETAILS
    for label, text in said:  # each whole, in marks of its own: what a cell says ends with its mark
        if label not in called and (room := room - len(label) - len(text) - 3) >= 0:
            told.append(f"{label}“{text}”")
    return f"，这一行写的是（{'，'.join(told)}）" if told else ""


def _doubt(
    facts: Mapping[str, Any], ledger: Ledger, sender: str, unit: str, row: Mapping[str, Any],
    line: _Line,
) -> Doubt:  # fmt: skip
    """The same question whenever the unit sends the same row, and another one for another content:
    whoever takes a row of an open hazard has taken neither that it is done nor a later deadline.
    """
    owner, how = "没有写责任单位", "收入，计入"
    if unit:
        owner = f"的责任单位是“{within_marks(unit, LONGEST_TITLE)}”"
        how = f"收入，按{unit}的计入"
    return Doubt(
        RULE, (ledger.name, sender, unit, *_content(line, ledger)),
        f"{sender}在网页上报送的{ledger.label}台账里，有一行{owner}"
        f"（“{_title(row, ledger)}”）{_details(row, ledger)}，是否收入",
        Side(facts["submission_id"], facts["sheet"], row["row_no"], ledger.owner_column, unit),
        None,
        (Answer(LEAVE, "不收，不计入"), Answer(TAKE, how)),
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
