"""The history in eras: from some days on, other files and rows count than before.

A file that is taken back counts up to its day and no more from it on; a row that waited for the
office's word counts from the day of that word on. Between two such days nothing of the kind
changes: that is an era. What is known in an era is all that follows from what counts in it, as
if nothing else had ever come; so a day before the change shows what it showed then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import pandas as pd

from analysis.ingest.assembly.books import table_of
from analysis.ingest.assembly.eras.ids import Ids
from analysis.ingest.assembly.eras.others import (
    RowOfAnother,
    as_counted,
    with_hazards_meant,
    without_nameless,
)
from analysis.ingest.assembly.eras.splicing import (
    Part,
    doubts_spliced,
    findings_spliced,
    newest,
    spliced,
)
from analysis.ingest.assembly.eras.together import rows_that_wait
from analysis.ingest.assembly.eras.withdrawals import Withdrawal
from analysis.ingest.assembly.groups.outcome import units_of
from analysis.ingest.assembly.groups.senders import Group, groups_of, together
from analysis.ingest.assembly.sending import Sent
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Place
from analysis.ingest.read_file import Submission
from analysis.ingest.versions.corrections import Matches
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.spans import FOREVER
from analysis.ledgers import LEDGERS, Ledger

Tables = dict[str, pd.DataFrame]
RULE = "submission_withdrawn"
#: Why an id leads to another item from the day on which a file was taken back.
ONE_SINCE = "撤回报送以后是同一条"
#: Tables that are what was received, and not what is known: the last era that has a row tells it.
RECEIVED = ("submission", "reject")


@dataclass(slots=True)
class Era:
    """The submissions that count on the days from ``since`` on, before ``until``.

    ``doubts`` ask about rows that wait. What eras share: ``ids``, how rows were called in those
    before, and ``matches``, which corrections were of something. ``of_no_day`` are submissions
    that came on the day ``until`` and were taken back on it.
    """

    submissions: Sequence[Submission]
    since: date = date.min
    until: date = FOREVER
    doubts: Sequence[Doubt] = ()
    of_no_day: frozenset[str] = frozenset()
    ids: Ids | None = None
    matches: Matches | None = None
    #: Whether it is no era of the history: what came at any time, to give all rows their ids.
    is_for_ids: bool = False
    #: Groups in which nothing changes from era to era, and what their units are called at last.
    steady: Mapping[frozenset[str], str] = field(default_factory=dict)
    #: The items of which rows speak that wait, each since a day: nobody has left them out.
    waiting: Mapping[str, date] = field(default_factory=dict)

    def part(self, table: pd.DataFrame) -> Part:
        """A table as this era has it."""
        return Part(table, self.since, self.until, self.of_no_day)

    def parted(self, ledger: Ledger, groups: Sequence[Group], sent: Sent) -> list[Group]:
        """The groups of a ledger; those in which something changes, together with each other."""
        if self.ids is None:
            return [*groups] or [Group(ledger, (), frozenset())]
        steady = [each for each in groups if self._is_steady(each, sent)]
        rest = [each for each in groups if not self._is_steady(each, sent)]
        return [*steady, together(ledger, rest, sent)]

    def _is_steady(self, group: Group, sent: Sent) -> bool:
        """Whether a group is the same in every era, and its units are called the same."""
        said = self.steady.get(group.batches)
        return said is not None and said == units_of(group, sent)

    def called(self, rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        """The rows of a ledger with the ids that they had before."""
        return self.ids.onto(rows, ledger) if self.ids else rows

    def given(self, ledger: Ledger) -> frozenset[str]:
        """The ids that rows of a ledger had before; no new item is called so."""
        return self.ids.given(ledger) if self.ids else frozenset()

    def also_called(
        self, rows: pd.DataFrame, aliases: Sequence[Alias], ledger: Ledger
    ) -> list[Alias]:
        """Other names that items of a ledger had before, and which lead to one still.

        ``rows`` are those of ``called``, with the ``name`` of their item; how they are called now
        is kept for the next era.
        """
        if self.ids is None or not ledger.is_item:
            return []
        told = {each.alias for each in aliases}
        changed = self.ids.changed(rows, Alias("", "", self.since, ONE_SINCE))
        found = [each for each in changed if each.alias not in told]
        items = set(rows["name"])
        found += self.ids.carried([*aliases, *found], items)
        self.ids.note(rows, ledger, aliases)
        self.ids.note_aliases([*aliases, *found])
        return found


#: Where nothing is carried from era to era.
NO_ERA = Era(())


def eras_of(submissions: Iterable[Submission], terms: Terms) -> list[Era]:
    """The eras of a history, the first first; one where nothing was taken back or let in.

    Where rows wait, another stands before them that has all of them, ``is_for_ids``: the id of an
    item does not depend on when the office lets its rows in.
    """
    submissions = with_hazards_meant(without_nameless([*submissions], terms), terms)
    gone = _withdrawn_days(submissions, terms)
    others = rows_that_wait(submissions, terms)
    if not gone and not others:
        return [Era(submissions)]
    turns = {day for row in others for day in row.turns(terms.confirmations)}
    bounds = [date.min, *sorted({*gone.values(), *turns}), FOREVER]
    ids = Ids()
    eras = [Era(submissions, ids=ids, is_for_ids=True)] if others else []
    for since, until in pairwise(bounds):
        counted = [each for each in submissions if gone.get(_id(each), FOREVER) > since]
        of_no_day = {
            _id(each)
            for each in counted
            if gone.get(_id(each)) == until == each.facts["received_on"]
        }
        rows = [row for row in others if gone.get(row.submission_id, FOREVER) > since]
        era = Era(
            as_counted(counted, rows, terms.confirmations, since), since, until,
            [row.doubt for row in rows], frozenset(of_no_day), ids,
            Matches(is_last=until == FOREVER),
        )  # fmt: skip
        era.waiting = _waiting(rows, terms, since)
        eras.append(era)
    steady = _steady(submissions, {*gone, *(row.submission_id for row in others)}, terms)
    matched: set[int] = set()
    for era in eras:
        era.steady = steady
        if era.matches:
            era.matches.numbers = matched
    return eras


def _steady(
    submissions: Iterable[Submission], changing: Collection[str], terms: Terms
) -> Mapping[frozenset[str], str]:
    """The groups that hold none of those submissions; the ledgers of a plan are never one."""
    sent = Sent(submissions, terms)
    groups = (
        group
        for ledger in LEDGERS.values()
        if ledger.is_received and not ledger.is_planned
        for group in groups_of(ledger, sent)
    )
    return {
        group.batches: units_of(group, sent)
        for group in groups
        if group.batches.isdisjoint(changing)
    }


def one_history(eras: Sequence[Era], tables: Sequence[Tables]) -> Tables:
    """The tables of all eras as one set, each row with the days on which it is known."""
    every = {
        name: [era.part(each[name]) for era, each in zip(eras, tables, strict=True)]
        for name in tables[0]
    }
    submission = newest(every["submission"], every["submission"])
    received = dict(zip(submission["submission_id"], submission["received_on"], strict=True))
    whole: Tables = {}
    for name, parts in every.items():
        if name == "quality":
            whole[name] = findings_spliced(parts, received)
        elif name == "doubt":
            whole[name] = doubts_spliced(parts)
        elif name in RECEIVED:
            whole[name] = newest(parts, every["submission"])
        elif "known_to" in LEDGERS[name].columns:
            whole[name] = spliced(parts)
        else:
            whole[name] = parts[-1].table
    keys = set(whole["doubt"]["doubt_key"])
    has_doubt = [key in keys for key in whole["confirmation"]["doubt_key"]]
    whole["confirmation"] = whole["confirmation"].assign(
        has_doubt=pd.Series(has_doubt, whole["confirmation"].index, dtype=object)
    )
    return whole


def with_withdrawals(tables: Tables, withdrawn: Mapping[str, Withdrawal]) -> Tables:
    """The tables with the day from which each submission counts no more, and a finding on it."""
    submission = tables["submission"]
    days: list[date | None] = []
    told: list[Finding] = []
    for row in submission.to_dict("records"):
        event = withdrawn.get(row["path"])
        days.append(event.since(row["received_on"]) if event else None)
        if event:
            place = Place(row["submission_id"], row["sheet"])
            told.append(
                place.finding(RULE, "info", event.message, value=event.by, known_from=days[-1])
            )
    withdrawn_on = pd.Series(days, submission.index, dtype=object)
    quality = pd.concat([tables["quality"], table_of("quality", told)], ignore_index=True)
    return tables | {"submission": submission.assign(withdrawn_on=withdrawn_on), "quality": quality}


def _waiting(rows: Iterable[RowOfAnother], terms: Terms, since: date) -> Mapping[str, date]:
    """Item → the first day on which a row of it waits."""
    found: dict[str, date] = {}
    for row in rows:
        if row.item_id and row.answer(terms.confirmations, since) is None:
            found[row.item_id] = min(row.received_on, found.get(row.item_id, FOREVER))
    return found


def _withdrawn_days(submissions: Iterable[Submission], terms: Terms) -> Mapping[str, date]:
    """Submission → the day from which it counts no more."""
    return {
        _id(each): terms.withdrawn[each.facts["path"]].since(each.facts["received_on"])
        for each in submissions
        if each.facts["path"] in terms.withdrawn
    }


def _id(submission: Submission) -> str:
    submission_id: str = submission.facts["submission_id"]
    return submission_id
