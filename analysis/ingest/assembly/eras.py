"""The history in eras: from some days on, other files and rows count than before.

A file that is taken back counts up to its day and no more from it on; a row that waited for the
office's word counts from the day of that word on. Between two such days nothing of the kind
changes: that is an era. What is known in an era is all that follows from what counts in it, as
if nothing else had ever come; so a day before the change shows what it showed then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from analysis.ingest.assembly.books import table_of
from analysis.ingest.assembly.ids import Ids
from analysis.ingest.assembly.splicing import (
    Part,
    doubts_spliced,
    findings_spliced,
    newest,
    spliced,
)
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Place
from analysis.ingest.read_file import Submission
from analysis.ingest.versions.corrections import Matches
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.spans import FOREVER
from analysis.ingest.withdrawals import Withdrawal
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

    def part(self, table: pd.DataFrame) -> Part:
        """A table as this era has it."""
        return Part(table, self.since, self.until, self.of_no_day)

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
        found = self.ids.changed(rows, Alias("", "", self.since, ONE_SINCE))
        items = set(rows["name"])
        found += self.ids.carried([*aliases, *found], items)
        self.ids.note(rows, ledger)
        self.ids.note_aliases([*aliases, *found])
        return found


def eras_of(submissions: Iterable[Submission], terms: Terms) -> list[Era]:
    """The eras of a history, the first first; one where nothing was taken back."""
    submissions = list(submissions)
    gone = _withdrawn_days(submissions, terms)
    if not gone:
        return [Era(submissions)]
    bounds = [date.min, *sorted(set(gone.values())), FOREVER]
    ids = Ids()
    eras = []
    for since, until in pairwise(bounds):
        counted = [each for each in submissions if gone.get(_id(each), FOREVER) > since]
        of_no_day = {
            _id(each)
            for each in counted
            if gone.get(_id(each)) == until == each.facts["received_on"]
        }
        matches = Matches(is_last=until == FOREVER)
        eras.append(Era(counted, since, until, (), frozenset(of_no_day), ids, matches))
    matched: set[int] = set()
    for era in eras:
        if era.matches:
            era.matches.numbers = matched
    return eras


def one_history(eras: Sequence[Era], tables: Sequence[Tables]) -> Tables:
    """The tables of all eras as one set, each row with the days on which it is known."""
    every = {
        name: [era.part(each[name]) for era, each in zip(eras, tables, strict=True)]
        for name in tables[0]
    }
    submission = newest(every["submission"], "submission_id")
    received = dict(zip(submission["submission_id"], submission["received_on"], strict=True))
    whole: Tables = {}
    for name, parts in every.items():
        if name == "quality":
            whole[name] = findings_spliced(parts, received)
        elif name == "doubt":
            whole[name] = doubts_spliced(parts)
        elif name in RECEIVED:
            whole[name] = newest(parts, "submission_id")
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
