"""Who sent what, and when: the submissions in order of receipt, each with its unit."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from analysis.ingest.assembly.gist import gist_of
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.arrivals import Arrival, arrival_of
from analysis.ingest.findings import Finding, Places
from analysis.ingest.periods.attached import OWN_NUMBER, Mark, Paper, Sums, attached, sums_said
from analysis.ingest.periods.attached import Evidence as Told
from analysis.ingest.periods.half_months import speaks_for
from analysis.ingest.periods.month_sheets import newest_of_book
from analysis.ingest.plan.tracking import Source
from analysis.ingest.read_file import Submission, anchor_of
from analysis.ingest.received import uploaded_as, uploader
from analysis.ingest.tables.records import OFFICE_NAME, Records
from analysis.ingest.units.register import Register
from analysis.ingest.units.spelling import sender_named
from analysis.ingest.versions.changes import LISTS_ARE_OLD
from analysis.ingest.versions.past import Evidence
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.acceptance import LETTER
from analysis.ledgers.codes import FINISHED
from analysis.ledgers.half_month import HALF_MONTH


class Sent:
    """All submissions in order of receipt, and what is known of each by its id.

    ``senders`` are the units that sent them, as they are written.
    """

    def __init__(self, submissions: Iterable[Submission], terms: Terms) -> None:
        received = in_order(submissions)
        self.gists = {each.facts["submission_id"]: gist_of(each) for each in received}
        self.register = register_of(received, terms)
        self.senders = {each.facts["submission_id"]: self._sender(each) for each in received}
        self.senders |= self._of_sisters(received)
        self._attached = self._attached_to(received)
        self.senders |= {key: told.unit for key, told in self._attached.items()}
        self.submissions = [
            replace(each, facts=each.facts | self._units(each)) for each in received
        ]
        self._by_ledger: dict[str | None, list[Submission]] = {}
        for each in self.submissions:
            self._by_ledger.setdefault(each.facts["ledger"], []).append(each)
        self.places = Places(each.place for each in self.submissions)
        facts = {each.facts["submission_id"]: each.facts for each in self.submissions}
        self.paths = {key: each["path"] for key, each in facts.items()}
        self.days: dict[str, date] = {key: each["received_on"] for key, each in facts.items()}
        self.anchors = {key: anchor_of(each) for key, each in facts.items()}

    @cached_property
    def arrivals(self) -> Mapping[str, Arrival]:
        """When each submission came, and before which others."""
        return {each.facts["submission_id"]: arrival(each) for each in self.submissions}

    @cached_property
    def spoken_for(self) -> Mapping[str, date]:
        """The day of each submission as of which it tells how things stand.

        That of a unit's account is at most a half month before its receipt: a title alone would
        make what is told too late one that was told in time.
        """
        oldest = {key: self.days[key] - LISTS_ARE_OLD for key in self._stale}
        return self._claimed | oldest

    @cached_property
    def _claimed(self) -> dict[str, date]:
        """The day for which each submission says that it speaks."""
        facts = {each.facts["submission_id"]: each.facts for each in self.submissions}
        said = facts | self._newest_of_books()
        return {
            key: speaks_for(each["received_on"], said[key]["title"] or "", said[key]["period_on"])
            for key, each in facts.items()
        }

    def _newest_of_books(self) -> dict[str, Mapping[str, Any]]:
        """Sheets of an earlier month of a book → the one as of which they speak."""
        wholes = {each.facts["submission_id"]: each for each in self.submissions}

        def words(facts: Mapping[str, Any]) -> set[Any]:
            columns = wholes[facts["submission_id"]].whole.columns
            return {each for each in columns.get(ledger.wording, ()) if not is_null(each)}

        found: dict[str, Mapping[str, Any]] = {}
        for ledger in LEDGERS.values():
            if ledger.is_sent_whole and ledger.wording:
                found |= newest_of_book((each.facts for each in self.of(ledger)), words)
        return found

    @cached_property
    def _stale(self) -> Collection[str]:
        """Those of units' accounts that by their titles are older than a half month."""
        return {
            key
            for key, day in self._claimed.items()
            if day < self.days[key] - LISTS_ARE_OLD and uploader(self.paths[key]) is not None
        }

    @cached_property
    def report_titles(self) -> Mapping[str, str]:
        """The title of the one half-monthly report in a file, by the file's path."""
        titles: dict[str, list[str]] = {}
        for each in self.of(HALF_MONTH):
            titles.setdefault(each.facts["path"], []).append(each.facts["title"] or "")
        return {path: each[0] for path, each in titles.items() if len(each) == 1}

    def of(self, ledger: Ledger) -> list[Submission]:
        """The submissions of one ledger."""
        return self._by_ledger.get(ledger.name, [])

    def confirmed(self, ledger: Ledger) -> set[str]:
        """The submissions of a ledger that a unit confirmed in the browser."""
        mine = self.of(ledger)
        return {each.facts["submission_id"] for each in mine if uploader(each.facts["path"])}

    def evidence(self, ledger: Ledger, not_done: pd.DataFrame) -> Evidence:
        """What the reports of a ledger say beside their versions, and when who sent one."""
        senders = {
            each.facts["submission_id"]: each.facts["unit"]
            for each in self.of(ledger)
            if each.facts["unit"]
        }
        reports: dict[str, list[tuple[date, date]]] = {}
        for key, sender in senders.items():
            reports.setdefault(sender, []).append((self.days[key], self.spoken_for[key]))
        return Evidence(self.spoken_for, not_done, senders, reports, self._stale)

    def sources(self, submissions: Iterable[Submission]) -> list[Source]:
        """What submissions of measures say of themselves, and which of them units confirmed."""
        return [
            Source.of(each.facts, uploader(each.facts["path"]) is not None) for each in submissions
        ]

    def renamed(self, submissions: Iterable[Submission], ledger: Ledger) -> dict[str, date]:
        """What the senders of a ledger were called, and the day from which they are no longer."""
        written = {
            sender for each in submissions for sender in self.senders_in(each, ledger) if sender
        }
        before = self.register.called_before
        return {name: day for text in written for name, day in before(text).items()}

    def senders_in(self, submission: Submission, ledger: Ledger) -> set[str]:
        """Who sent the rows of a sheet, as they are written."""
        owners = self.gists[submission.facts["submission_id"]].owners
        return set(self._senders_of(owners, submission, ledger))

    def senders_of_rows(
        self, submission: Submission, records: Records, ledger: Ledger
    ) -> list[str]:
        """The sender of each row as it is written: the sheet's, else the row's own unit; this
        first where it numbers. ``records`` are the sheet's with their rows.
        """
        return self._senders_of(records.get(ledger.owner_column), submission, ledger)

    def is_its_senders(self, submission: Submission, ledger: Ledger) -> bool:
        """Whether the rows of a sheet without units are its sender's."""
        batch = submission.facts["submission_id"]
        sender = self.senders[batch]
        return bool(sender) and self.gists[batch].is_its_senders(submission, ledger, sender or "")

    def is_partly_its_senders(self, submission: Submission, ledger: Ledger) -> bool:
        """Whether rows that name no unit are their sender's: those that a unit confirmed in the
        browser, where nobody of the office asks whose they are. Whatever they say happened would
        else be nobody's, or the office's own. A plan says whose its are.
        """
        owners = self.gists[submission.facts["submission_id"]].owners
        is_units = ledger.is_sent_by_units and not ledger.is_planned
        return is_units and None in owners and uploader(submission.facts["path"]) is not None

    def under_sender(self, submission: Submission, ledger: Ledger) -> dict[str, str]:
        """The firms and inner parts that rows of a sheet name as their unit, and the sender, who
        answers for them; none where the office sent it.
        """
        batch = submission.facts["submission_id"]
        sender = self.senders[batch]
        if not sender or OFFICE_NAME in sender or not ledger.is_senders_item:
            return {}
        owners = filter(None, self.gists[batch].owners)
        return {text: sender for text in owners if self.register.is_under(text, sender)}

    def findings(self) -> list[Finding]:
        """What was found in reading, and whose rows without a unit are taken to be."""
        read = [finding for each in self.submissions for finding in each.records.findings]
        return [*read, *self._from_senders()]

    def _senders_of(
        self, owners: Sequence[str | None], submission: Submission, ledger: Ledger
    ) -> list[str]:
        sender = self.senders[submission.facts["submission_id"]]
        if sender and not ledger.is_numbered_by_owner:
            return [sender] * len(owners)
        return [unit or sender or "" for unit in owners]

    def _from_senders(self) -> Iterator[Finding]:
        for each in self.submissions:
            ledger = LEDGERS.get(each.facts["ledger"] or "")
            if ledger and (under := self.under_sender(each, ledger)):
                yield from self._of_a_firm(each, ledger, under)
            if told := self._attached.get(each.facts["submission_id"]):
                yield self._by_evidence(each, told)
            if ledger and self.is_its_senders(each, ledger):
                yield self._no_column(each, ledger)
            elif ledger and self.is_partly_its_senders(each, ledger):
                has_column = ledger.is_item or ledger.owner_column in each.records.letters
                yield from (
                    self._left_blank(each, ledger)
                    if has_column
                    else [self._no_column(each, ledger)]
                )

    def _no_column(self, submission: Submission, ledger: Ledger) -> Finding:
        sender = self.senders[submission.facts["submission_id"]]
        message = f"没有“{ledger[ledger.owner_column].label}”一列，各行按填报单位“{sender}”统计"
        return submission.place.finding(
            "unit_from_sender", "info", message, field=ledger.owner_column, value=sender
        )

    def _by_evidence(self, submission: Submission, told: Told) -> Finding:
        by = f"同日收到的“{PurePosixPath(told.file).name}”写明附台账而没有台账，别的单位都不缺"
        if told.by_sums:
            by = (
                f"同日收到的“{PurePosixPath(told.file).name}”没有台账，"
                "所报累计发现数、整改数与这份相同，别的单位都不是"
            )
        if told.goes_on:
            by = f"编号和发现日期接着“{told.file}”"
        message = (
            f"没有写明是哪个单位的台账；{by}，按“{told.unit}”统计；"
            "不是的，请在文件名或标题中写明单位后重新报送"
        )
        return submission.place.finding("unit_from_sender", "warning", message, value=told.unit)

    def _left_blank(self, submission: Submission, ledger: Ledger) -> Iterator[Finding]:
        sender = self.senders[submission.facts["submission_id"]]
        records, owner = submission.whole, ledger.owner_column
        message = f"没有填写{ledger[owner].label}，按填报单位“{sender}”统计"
        blank = {
            row_no
            for row_no, unit in zip(records.get("row_no"), records.get(owner), strict=True)
            if is_null(unit)
        }
        for row_no in sorted(blank):
            yield submission.place.finding(
                "unit_from_sender", "info", message, row_no=row_no, field=owner, value=sender
            )

    def _of_a_firm(
        self, submission: Submission, ledger: Ledger, under: Mapping[str, str]
    ) -> Iterator[Finding]:
        records, owner = submission.whole, ledger.owner_column
        first = dict(
            zip(reversed(records.get(owner)), reversed(records.get("row_no")), strict=True)
        )
        for text, sender in under.items():
            message = f"{ledger[owner].label}“{text}”不是成员单位，按填报单位“{sender}”统计"
            yield submission.place.finding(
                "unit_from_sender", "info", message, row_no=first[text], field=owner, value=text
            )

    def _attached_to(self, received: Sequence[Submission]) -> Mapping[str, Told]:
        """The lists of items that nobody is known to have sent and that name no unit, each with
        what tells whose it is.
        """
        named = {e.name for e in LEDGERS.values() if e.is_item and e.is_of_sender}
        items = [each for each in received if each.facts["ledger"] in named]
        papers = [self._paper(each) for each in items]
        if all(each.unit for each in papers):
            return {}
        reports = [e for e in received if e.facts["ledger"] == HALF_MONTH.name]
        return attached([self._paper(each) for each in reports], papers)

    def _paper(self, submission: Submission) -> Paper:
        facts = submission.facts
        batch, owners = facts["submission_id"], self.gists[facts["submission_id"]].owners
        units = {self.register.unit(each) for each in owners if each}
        if sender := self.senders[batch]:
            units = {self.register.unit(sender)}
        # What names several units, and what one confirmed in the browser, waits for no sender.
        is_open = not units and uploader(facts["path"]) is None
        unit = None if is_open else units.pop() if len(units) == 1 else ""
        return Paper(
            batch, facts["path"], facts["received_on"], unit,
            lambda: _texts_of(submission), lambda: _marks_of(submission),
            lambda: _sums_of(submission),
        )  # fmt: skip

    def _units(self, submission: Submission) -> dict[str, str | None]:
        """The sender by its name, as it is finally known, and as it is written."""
        sender = self.senders[submission.facts["submission_id"]]
        return {"unit": self.register.unit(sender) if sender else None, "unit_written": sender}

    def _sender(self, submission: Submission) -> str | None:
        """Who sent a sheet: what its subtitle says, else the account that uploaded it, else the
        unit whose folder it lies in, else that which the file is named after, or its title.
        """
        register = self.register
        if said := submission.facts["unit"]:
            return sender_named(said)
        if submission.facts["ledger"] is None or submission.facts["sheet"].startswith(LETTER):
            return None  # a letter is the office's, whatever unit its file is named after
        path = PurePosixPath(submission.facts["path"])
        if sent_by := uploader(submission.facts["path"]):
            return sent_by
        named = register.known(path.parent.name) or register.within(path.stem)
        title = submission.facts["title"] or ""
        return named or register.leading(path.stem) or register.leading(title)

    def _of_sisters(self, received: Sequence[Submission]) -> dict[str, str]:
        """The sheets that nobody is known to have sent and whose rows name no unit, and the one
        sender of the other sheets of their files.
        """
        of_file: dict[str, dict[str, str]] = {}
        for each in received:
            if sender := self.senders[each.facts["submission_id"]]:
                units = of_file.setdefault(each.facts["path"], {})
                units.setdefault(self.register.unit(sender), sender)
        found = {}
        for each in received:
            batch, units = each.facts["submission_id"], of_file.get(each.facts["path"], {})
            is_open = each.facts["ledger"] is not None and self.senders[batch] is None
            if is_open and len(units) == 1 and not any(self.gists[batch].owners):
                (found[batch],) = units.values()
        return found


def in_order(submissions: Iterable[Submission]) -> list[Submission]:
    """By day of receipt, by number, by path: an order that does not depend on the machine."""
    return sorted(submissions, key=lambda each: arrival(each).place)


def arrival(submission: Submission) -> Arrival:
    """When a submission came, and before which others."""
    path = submission.facts["path"]
    return arrival_of(submission.facts, uploaded_as(path), uploader(path) is not None)


def register_of(submissions: Sequence[Submission], terms: Terms) -> Register:
    """The units of all submissions, which stand in order of receipt."""
    said = (mention for each in submissions for mention in gist_of(each).mentions)
    return Register(said, terms.region, terms.confirmations.settled)


def _marks_of(ledger: Submission) -> set[Mark]:
    """The numbers of a list's records, each with the day of its find; every list has a number 1."""
    columns = ledger.whole.columns
    pairs = zip(columns.get("hazard_no") or (), columns.get("found_on") or (), strict=False)
    said = ((str(no), day) for no, day in pairs if not is_null(no) and not is_null(day))
    return {(no, day) for no, day in said if OWN_NUMBER.search(no)}


def _texts_of(report: Submission) -> list[str]:
    """What the newest row of a half-monthly report says in words."""
    columns, newest = report.whole.columns, _newest_row(report)
    prose = (field.name for field in HALF_MONTH if field.is_prose)
    texts = (columns.get(name) or () for name in ("extra", *prose))
    return [str(each[newest]) for each in texts if len(each) > newest and not is_null(each[newest])]


def _newest_row(report: Submission) -> int:
    """The row, from 0, of the newest half month of a report."""
    starts = report.whole.columns.get("period_start") or [None]
    return max(range(len(starts)), key=lambda n: (not is_null(starts[n]), starts[n] or date.min))


def _sums_of(submission: Submission) -> Sums | None:
    """How many hazards a list has, or a report says that there are, and how many are put right."""
    columns = submission.whole.columns
    if submission.facts["ledger"] != HALF_MONTH.name:
        states, days = columns.get("status") or (), columns.get("done_on") or ()
        done = sum(
            state in FINISHED or not is_null(day) for state, day in zip_longest(states, days)
        )
        return len(submission.whole), done
    cells, newest = columns.get("extra") or (), _newest_row(submission)
    said = cells[newest] if len(cells) > newest else None
    return None if is_null(said) else sums_said(json.loads(str(said)))
