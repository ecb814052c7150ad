"""Submissions → one frame a table, ledger by ledger; each step adds to what is found and asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analysis.ingest.assembly import books
from analysis.ingest.assembly.conduct import with_conduct
from analysis.ingest.assembly.eras.history import (
    NO_ERA,
    Era,
    eras_of,
    one_history,
    with_withdrawals,
)
from analysis.ingest.assembly.eras.plans import chained_by_plan
from analysis.ingest.assembly.groups.outcome import (
    OBLIVION,
    Columns,
    Memory,
    Outcome,
    columns_of,
    key_of,
    stacked,
)
from analysis.ingest.assembly.groups.senders import Group, groups_of, together
from analysis.ingest.assembly.named import with_names
from analysis.ingest.assembly.node_calendars import node_calendars
from analysis.ingest.assembly.rows import rows_of
from analysis.ingest.assembly.sending import Sent
from analysis.ingest.assembly.terms import NO_TERMS, Terms
from analysis.ingest.doubts.book import Book
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.doubts.due_years import unclear_years
from analysis.ingest.findings import Finding
from analysis.ingest.half_month.owing import with_duties
from analysis.ingest.half_month.receipts import reported
from analysis.ingest.periods.deliveries import deliveries_of
from analysis.ingest.plan.tracking import Tracking
from analysis.ingest.read_file import Submission
from analysis.ingest.rules.across_ledgers import crosscheck
from analysis.ingest.rules.within_ledger import check
from analysis.ingest.units.book import unit_names
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.closing.book import Closings
from analysis.ingest.versions.corrections import correct
from analysis.ingest.versions.granting import as_granted, as_revised
from analysis.ingest.versions.granting.kinds import KINDS, VOID
from analysis.ingest.versions.history import Chain, chain
from analysis.ingest.versions.left_out import left_out
from analysis.ingest.versions.merging import withdrawn_cells
from analysis.ingest.versions.past import Evidence, as_seen, with_past
from analysis.ingest.versions.picture_spans import picture_versions
from analysis.ingest.versions.spans import FOREVER, in_force, set_from
from analysis.ingest.versions.unit_spans import as_shown
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.half_month import HALF_MONTH
from analysis.ledgers.measure import MEASURE
from analysis.ledgers.unit import UNIT

Tables = dict[str, pd.DataFrame]

#: What is told of an item because a later ledger does not mention it.
OF_WHAT_IS_LEFT_OUT = frozenset({"vanished", "returned", "plan_dropped"})
#: By ledger; most of them are of nobody's in a unit's upload, and cost as much as one with rows.
_OF_NOTHING: dict[str, Outcome] = {}
#: The table of such a ledger, where the office has said nothing either.
_EMPTY: dict[str, pd.DataFrame] = {}


def assemble(
    submissions: Iterable[Submission],
    on_table: Callable[[str, pd.DataFrame], None] = lambda name, table: None,
    terms: Terms = NO_TERMS,
    memory: Memory = OBLIVION,
) -> Tables:
    """All submissions → one frame a table, the columns as the dictionary declares them.

    The submissions stay as they are. ``on_table`` is told of each table as soon as it is made.
    What ``memory`` has of a group of submissions is not made again.

    Raises:
        SourceError: a correction does not fit.

    """
    eras = eras_of(submissions, terms)
    if eras[0].is_for_ids:
        _Assembly(eras.pop(0), terms, memory).name_items()
    if len(eras) == 1:
        return _assemble(eras[0], on_table, terms, memory)
    tables = one_history(eras, [_assemble(era, _untold, terms, memory) for era in eras])
    tables = with_withdrawals(tables, terms.withdrawn)
    tables["node_calendar"] = calendars_of(tables)
    for name, table in tables.items():
        on_table(name, table)
    return tables


def calendars_of(tables: Tables) -> pd.DataFrame:
    """The calendars of working nodes, by the versions of all items."""
    return node_calendars(*(tables[name] for name in ("measure", "hazard", "decision")))


def _untold(name: str, table: pd.DataFrame) -> None:
    """The tables of one era are no one's yet."""


def _assemble(
    era: Era, on_table: Callable[[str, pd.DataFrame], None], terms: Terms, memory: Memory
) -> Tables:
    """The tables of one era."""
    assembly = _Assembly(era, terms, memory)
    tables: Tables = {}
    for ledger in _in_turn():
        tables[ledger.name] = assembly.ledger(ledger)
        if not ledger.is_act_on_items:  # whose items are named once these are known
            on_table(ledger.name, tables[ledger.name])
    tables |= assembly.acts()
    for name, table in (assembly.acts() | assembly.books(tables)).items():
        tables[name] = table
        on_table(name, table)
    return tables


def _in_turn() -> list[Ledger]:
    """The ledgers that are received; acts on items first, since they say how items stand."""
    received = [ledger for ledger in LEDGERS.values() if ledger.is_received]
    return sorted(received, key=lambda ledger: not ledger.is_act_on_items)


class _Assembly:
    """The tables in the making: what each ledger has told is there for the next."""

    def __init__(self, era: Era, terms: Terms, memory: Memory) -> None:
        self.terms, self.era = terms, era
        self.memory = memory
        self.sent = Sent(era.submissions, terms)
        self.findings = self.sent.findings()
        self.doubts: list[Doubt] = [*self.sent.register.doubts, *era.doubts]
        self.withdrawn = withdrawn_cells(self.findings)
        self.unread = {(each.submission_id, each.row_no, each.field) for each in self.findings}
        self.duplicates: dict[str, int] = {}
        #: Where the rows of items stand, those that repeat one among them.
        self.items: list[Columns] = []
        self.aliases = Aliases()
        self.closings = Closings(
            self.sent.places, terms.closing, self.sent.arrivals, unit_of=self.sent.register.known
        )

    def name_items(self) -> None:
        """Give all rows of items their ids, which the eras that follow keep."""
        for ledger in _in_turn():
            if ledger.is_item:
                self._outcomes(ledger)

    def ledger(self, ledger: Ledger) -> pd.DataFrame:
        """The versions of one ledger's records."""
        outcomes = self._outcomes(ledger)
        is_empty = not any(any(each.versions.values()) for each in outcomes)
        is_known = is_empty and self._is_nothing_said_of(ledger)
        for each in outcomes:
            self.doubts += each.doubts
            self.duplicates |= each.duplicates
        if ledger.is_item:
            self.aliases.add(alias for each in outcomes for alias in each.aliases)
        decided = _EMPTY.get(ledger.name) if is_known else None
        if decided is None:
            versions = stacked(each.versions for each in outcomes)
            outcomes = [replace(each, versions={}) for each in outcomes]  # as large as the frame
            decided = self._decided(versions, outcomes, ledger)
            if is_known:
                _EMPTY[ledger.name] = decided
        changes = (finding for each in outcomes for finding in each.findings)
        self.findings += [each for each in changes if not self._is_settled(each)]
        if ledger.is_act_on_items:
            self.closings.add(ledger, decided)
        return decided[ledger.columns]

    def _decided(
        self, versions: pd.DataFrame, outcomes: Sequence[Outcome], ledger: Ledger
    ) -> pd.DataFrame:
        """The versions as they count: by the office's word, by answers, with what came before."""
        if "item_id" in versions and not ledger.is_act_on_items:
            repeated = (each.repeated for each in outcomes)
            self.items += [columns_of(versions[books.PLACE]), *repeated]
        evidence = self.sent.evidence(ledger, stacked(each.not_done for each in outcomes))
        dated = stacked(each.dated for each in outcomes)
        decided = self._as_decided(versions, dated, evidence, ledger)
        if ledger.is_item:
            decided, asked = as_seen(decided, ledger, self.terms.confirmations)
            self.doubts += asked
            decided = with_past(decided, evidence)
        return decided

    def _is_nothing_said_of(self, ledger: Ledger) -> bool:
        """Whether the office neither corrects a record of a ledger nor acts on any item."""
        is_corrected = any(entry.ledger is ledger for entry in self.terms.corrections)
        return not is_corrected and all(acts.empty for acts in self.closings.tables.values())

    def acts(self) -> Tables:
        """The ledgers of acts on items, each act with the id of its item."""
        acts = self.closings.tables.items()
        return {name: table[LEDGERS[name].columns] for name, table in acts}

    def _outcomes(self, ledger: Ledger) -> list[Outcome]:
        """What becomes of each group of a ledger's submissions.

        Groups whose records turn out to have one name are no groups of their own.
        """
        whole = groups_of(ledger, self.sent)
        groups = self.era.parted(ledger, whole, self.sent)
        outcomes = [self._outcome(group) for group in groups]
        names = [set(each.versions["name"]) for each in outcomes]
        if len(set().union(*names)) == sum(map(len, names)):
            return outcomes
        return [self._outcome(together(ledger, whole, self.sent))]

    def _outcome(self, group: Group) -> Outcome:
        """What becomes of a group: as it was, or anew."""
        # A plan lays down what its ledgers are read by: they are followed together.
        is_apart = group.ledger is not MEASURE and group.is_steady
        if is_apart and not group.submissions:
            return self._of_nothing(group)
        key = key_of(group, self.sent, self.terms) if is_apart else ""
        known = self.memory.recall(key) if key else None
        if known is None:
            known = self._anew(group)
            if key:
                self.memory.keep(key, known)
        return known

    def _of_nothing(self, group: Group) -> Outcome:
        """What becomes of a ledger that nobody sent, which is the same each time."""
        if group.ledger.name not in _OF_NOTHING:
            _OF_NOTHING[group.ledger.name] = self._anew(group)
        return _OF_NOTHING[group.ledger.name]

    def _anew(self, group: Group) -> Outcome:
        ledger = group.ledger
        rows = rows_of(group.submissions, ledger, self.sent)
        chained = self._chained(rows, group)
        versions, asked = self._as_answered(chained.versions, ledger)
        left = self._left_out(chained, versions, rows, group)
        is_item = "item_id" in versions
        place = books.PLACE if is_item else books.PLACE[:-1]
        found = Outcome(
            {},
            columns_of(chained.repeated[place]),
            books.count_duplicates(versions, chained.repeated),
            columns_of(_dated(rows, versions)) if ledger.is_item else {},
            columns_of(chained.not_done),
            [*chained.findings, *left],
            [*chained.doubts, *asked],
            list(chained.aliases),
        )
        del rows, chained  # before their columns are laid out once more
        return replace(found, versions=columns_of(versions))

    def books(self, tables: Tables) -> Tables:
        """The system's own books, of all that was received and found."""
        sent, terms = self.sent, self.terms
        self.findings += self._of_acts(tables)
        submission = books.account(sent.submissions, sent.gists, self.duplicates)
        standing = {name: in_force(table) for name, table in tables.items()}
        self.findings += crosscheck(standing | {"submission": submission}, sent.places)
        named = stacked(self.items)
        doubts = [*self.doubts, *self.tracking.doubts]
        book = Book(doubts, terms.confirmations, sent.places, sent.paths, named)
        findings = [*self.findings, *book.findings()]
        rejects = [row for each in sent.submissions for row in each.records.rejects]
        return {
            "plan": self.tracking.register.table(LEDGERS["plan"].columns),
            "submission": submission,
            "reject": books.table_of("reject", rejects),
            "doubt": book.doubt_table(),
            "confirmation": book.confirmation_table(),
            "quality": books.with_items(books.table_of("quality", findings), named),
            "picture": picture_versions(books.pictures(sent.submissions), named),
            "report_period": books.report_periods(tables["half_month"], submission, terms.due_days),
            "workday": books.workdays(tables["inspection"], submission, terms.due_days.calendar),
            "node_calendar": calendars_of(tables),
            "item_alias": self.aliases.table(),
            "unit_name": unit_names(sent.register),
        }

    def _chained(self, rows: pd.DataFrame, group: Group) -> Chain:
        """The rows as records through time, with what is doubted and how records are called."""
        ledger, places = group.ledger, self.sent.places
        era = NO_ERA if group.is_steady else self.era
        reserved = era.given(ledger)
        follow = partial(
            chain, era.called(rows, ledger), ledger, places, self.sent.arrivals,
            self.terms.confirmations, self.sent.renamed(group.submissions, ledger), self.withdrawn,
            partial(check, ledger=ledger, unread=self.unread, places=places), reserved=reserved,
        )  # fmt: skip
        if ledger is MEASURE:
            sources = self.sent.sources(group.submissions)
            begin = partial(Tracking, sources, places, reserved)
            chained, self.tracking = chained_by_plan(begin, follow, self.terms.confirmations)
        else:
            chained = follow()
        chained.aliases.extend(era.also_called(chained.rows, chained.aliases, ledger))
        return chained

    def _as_answered(
        self, versions: pd.DataFrame, ledger: Ledger
    ) -> tuple[pd.DataFrame, list[Doubt]]:
        """The versions with what persons have answered of deadlines, from its day on, and what is
        asked of them.
        """
        asked = []
        confirmations = self.terms.confirmations
        if ledger is MEASURE:
            versions = self.tracking.settled(versions, confirmations.days)
        for year in unclear_years(versions, ledger, self.sent.anchors):
            asked.append(year.doubt)
            decided = year.decided(confirmations)
            versions = set_from(versions, year.meant(versions), year.field, decided)
        return versions, asked

    def _left_out(
        self, chained: Chain, versions: pd.DataFrame, rows: pd.DataFrame, group: Group
    ) -> list[Finding]:
        ledger = group.ledger
        if not ledger.is_sent_whole:
            return []
        due_days = self.terms.due_days
        facts = [each.facts for each in group.submissions]
        deliveries = deliveries_of(facts, chained.rows, due_days, self.sent.report_titles)
        return left_out(
            chained.rows, versions, ledger, deliveries, due_days,
            chained.in_doubt, chained.joins, chained.handovers,
        )  # fmt: skip

    def _is_settled(self, finding: Finding) -> bool:
        """Whether an item that a unit left out had been accepted by then, or the row of it waits
        for the office's word: nothing is missing.
        """
        day = finding.known_from or self.sent.days.get(finding.submission_id)
        if finding.rule not in OF_WHAT_IS_LEFT_OUT or finding.item_id is None or day is None:
            return False
        is_waiting = self.era.waiting.get(finding.item_id, FOREVER) <= day
        sender = self.sent.senders.get(finding.submission_id)
        unit = self.sent.register.unit(sender) if sender else None
        is_elsewhere = self.closings.is_elsewhere(finding.item_id, day, unit)
        is_accepted = self.closings.is_accepted(finding.item_id, day)
        is_settled = is_accepted or self.closings.is_settled(finding.item_id, day)
        return is_waiting or is_elsewhere or is_settled

    def _as_decided(
        self, versions: pd.DataFrame, dated: pd.DataFrame, evidence: Evidence, ledger: Ledger
    ) -> pd.DataFrame:
        """The versions with the office's corrections and acceptances, and units by their names."""
        sent, places = self.sent, self.sent.places
        as_sent = versions
        versions, findings = correct(
            versions, ledger, places, sent.paths, self.terms.corrections, self.aliases,
            self.era.matches,
        )  # fmt: skip
        self.findings += findings
        before = as_sent if findings else None
        if ledger is HALF_MONTH:
            confirmed = sent.confirmed(ledger)
            versions, findings = reported(versions, confirmed, self.terms.due_days, places)
            self.findings += findings
        if ledger is UNIT:
            versions = with_duties(versions, sent.register.rosters, self.terms.due_days)
        if ledger.is_act_on_items:
            return versions  # an act is done once, whatever its unit is called later
        asked: list[Doubt] = []
        if ledger.is_item or ledger.asked_if_changed:
            by_units, confirmations = sent.confirmed(ledger), self.terms.confirmations
            granted = as_granted if ledger.is_item else as_revised
            versions, asked = granted(versions, ledger, by_units, confirmations, before, evidence)
        # Last of what rests on the day of receipt: a new name of a unit begins a version as well.
        versions = as_shown(versions, ledger, sent.register)
        if ledger.is_item:
            versions = self.closings.close(versions, dated, ledger, self.aliases)
            versions = with_conduct(with_names(versions))
        self.doubts += [each for each in asked if not self._is_answered(each)]
        return versions

    def _is_answered(self, doubt: Doubt) -> bool:
        """Whether the item of a question had been accepted by then: it owes nothing any more.

        Nor is it asked whether an item is none of which the office has said so since.
        """
        item_id = doubt.one.item_id
        if item_id is None:
            return False
        is_answered = doubt.rule == KINDS[VOID].rule and self.closings.is_void(item_id)
        return is_answered or self.closings.is_settled(item_id, doubt.known_from)

    def _of_acts(self, tables: Tables) -> list[Finding]:
        """What is wrong with acts on items, those of no item among them."""
        self.items += [columns_of(t[books.PLACE]) for t in self.closings.tables.values()]
        ids = (tables[name]["item_id"] for name, ledger in LEDGERS.items() if ledger.is_item)
        known = {item_id for column in ids for item_id in column} | self.aliases.names
        return [*self.closings.findings, *self.closings.of_nothing(known)]


def _dated(rows: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """The places of those versions whose own rows name the day of completion."""
    place = books.PLACE[:-1]
    said = rows.loc[rows["done_on"].notna(), place]
    loaded = set(versions[place].itertuples(index=False, name=None))
    is_loaded = [each in loaded for each in said.itertuples(index=False, name=None)]
    return said[np.array(is_loaded, bool)]  # a list of none would choose columns
