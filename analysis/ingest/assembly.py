"""Submissions → tables: one name for each unit, rules, versions, corrections, every row counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from analysis.ingest.doubts.arrivals import Arrival, arrival_of
from analysis.ingest.doubts.book import Book
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.doubts.due_years import unclear_years
from analysis.ingest.findings import Finding, Places, Reject
from analysis.ingest.half_month.receipts import reported
from analysis.ingest.periods.deliveries import deliveries_of
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.pictures.keeping import relative_path
from analysis.ingest.plan.tracking import Source, Tracking
from analysis.ingest.read_file import ENDS, Submission, anchor_of
from analysis.ingest.received import uploaded_as, uploader
from analysis.ingest.rules.across_ledgers import crosscheck
from analysis.ingest.rules.within_ledger import check
from analysis.ingest.tables.records import is_its_senders
from analysis.ingest.units.book import unit_names
from analysis.ingest.units.mentions import mentions_in
from analysis.ingest.units.register import Register
from analysis.ingest.units.spelling import filled_in, sender_named, spelled, with_kinds
from analysis.ingest.versions.acceptances import (
    Spans,
    is_accepted,
    lay_over,
    spans_of,
    unknown_items,
)
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.corrections import Correction, correct
from analysis.ingest.versions.history import chain, with_past
from analysis.ingest.versions.left_out import left_out
from analysis.ingest.versions.merging import withdrawn_cells
from analysis.ingest.versions.picture_spans import picture_versions
from analysis.ingest.versions.spans import in_force, set_from
from analysis.ingest.versions.unit_spans import as_shown
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.half_month import HALF_MONTH
from analysis.ledgers.measure import MEASURE
from analysis.ledgers.unit import UNIT

Tables = dict[str, pd.DataFrame]

#: Where a row stands, and the item that it speaks of.
PLACE = ["submission_id", "sheet", "row_no", "item_id"]
#: What the system keeps of its own; written when the ledgers are.
OWN_BOOKS = (
    "plan",
    "submission", "reject", "doubt", "confirmation", "quality", "picture", "report_period",
    "item_alias", "unit_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """What the tables rest on beside the submissions: the office's decisions and settings.

    ``region`` is the office's, ``confirmations`` are what has been answered to doubts; ``due_days``
    says by when the ledgers and reports of a half month are due.
    """

    corrections: Sequence[Correction] = ()
    confirmations: Confirmations = field(default_factory=Confirmations)
    region: str = "本县"
    due_days: DueDays = field(default_factory=DueDays)


NO_TERMS = Terms()


def assemble(
    submissions: Sequence[Submission],
    on_table: Callable[[str, pd.DataFrame], None] = lambda name, table: None,
    terms: Terms = NO_TERMS,
) -> Tables:
    """All submissions → one frame a table, the columns as the dictionary declares them.

    The submissions stay as they are. ``on_table`` is told of each table as soon as it is made.

    Raises:
        SourceError: a correction does not fit.

    """
    submissions = in_order(submissions)
    register = register_of(submissions, terms)
    senders = {each.facts["submission_id"]: _sender(each, register) for each in submissions}
    submissions = [
        Submission(each.facts | {"unit": _unit(senders, each, register)}, each.records)
        for each in submissions
    ]
    findings = [finding for each in submissions for finding in each.records.findings]
    withdrawn = withdrawn_cells(findings)
    unread = {(each.submission_id, each.row_no, each.field) for each in findings}
    places = Places(each.place for each in submissions)
    findings += _from_senders(submissions, senders)
    doubts: list[Doubt] = [*register.doubts]
    tables: Tables = {}
    duplicates: dict[str, int] = {}
    anchors = {each.facts["submission_id"]: anchor_of(each.facts) for each in submissions}
    arrivals = {each.facts["submission_id"]: arrival(each) for each in submissions}
    paths = {each.facts["submission_id"]: each.facts["path"] for each in submissions}
    days = {f["submission_id"]: f["received_on"] for f in (each.facts for each in submissions)}
    tracking = Tracking(_plan_sources(submissions), places)
    items: list[pd.DataFrame] = []
    aliases = Aliases()
    acts: list[pd.DataFrame] = []
    spans: Spans = {}
    for ledger in _in_turn():
        mine = [each for each in submissions if each.facts["ledger"] == ledger.name]
        rows = _rows_of(ledger, mine, senders, register)
        chained = chain(
            rows, ledger, places, arrivals, terms.confirmations,
            _renamed(mine, senders, ledger, register), withdrawn,
            partial(check, ledger=ledger, unread=unread, places=places),
            tracking if ledger is MEASURE else None,
        )  # fmt: skip
        doubts += chained.doubts
        if ledger.is_item:
            aliases.add(chained.aliases)
            spans = _spans(acts, aliases, places)
        versions, repeated, changes = chained.versions, chained.repeated, chained.findings
        if ledger is MEASURE:
            versions = tracking.settled(versions, terms.confirmations.days)
        for year in unclear_years(versions, ledger, anchors):
            doubts.append(year.doubt)
            decided = year.decided(terms.confirmations)
            versions = set_from(versions, year.meant(versions), year.field, decided)
        if ledger.is_sent_whole:
            deliveries = deliveries_of([each.facts for each in mine], rows, terms.due_days)
            changes += left_out(
                chained.rows,
                versions,
                ledger,
                deliveries,
                terms.due_days,
                chained.in_doubt,
                chained.joins,
                chained.handovers,
            )
        if ledger.is_act_on_items:
            acts.append(versions)
        findings += [each for each in changes if not _is_settled(each, spans, days)]
        if "item_id" in versions:
            items += [versions[PLACE], repeated[PLACE]]
        _count_duplicates(duplicates, versions, repeated)
        versions, corrected = correct(versions, ledger, places, paths, terms.corrections, aliases)
        findings += corrected
        if ledger is HALF_MONTH:
            confirmed = {
                each.facts["submission_id"] for each in mine if uploader(each.facts["path"])
            }
            versions, contradictions = reported(versions, confirmed, terms.due_days, places)
            findings += contradictions
        # Last of what rests on the day of receipt: a new name of a unit begins a version as well.
        versions = as_shown(versions, ledger, register)
        if ledger.is_item:
            versions, lagging = lay_over(versions, spans, places)
            findings += lagging
            versions = with_past(versions)
        tables[ledger.name] = versions[ledger.columns]
        on_table(ledger.name, tables[ledger.name])
    ids = (tables[name]["item_id"] for name, ledger in LEDGERS.items() if ledger.is_item)
    known = {item_id for column in ids for item_id in column}
    for each in acts:
        spans, void = spans_of(each, places, aliases)
        findings += [*void, *unknown_items(spans, known | aliases.names, places)]
    doubts += tracking.doubts
    tables["plan"] = tracking.register.table(LEDGERS["plan"].columns)
    standing = {name: in_force(table) for name, table in tables.items()}
    tables["submission"] = _account(submissions, duplicates)
    findings += crosscheck(standing | {"submission": tables["submission"]}, places)
    tables["report_period"] = _report_periods(tables, terms.due_days)
    rejects = [row for each in submissions for row in each.records.rejects]
    tables["reject"] = _table("reject", rejects)
    named = pd.concat(items)
    book = Book(doubts, terms.confirmations, places, paths, named)
    tables["doubt"], tables["confirmation"] = book.doubt_table(), book.confirmation_table()
    findings += book.findings()
    tables["quality"] = _with_items(_table("quality", findings), named)
    tables["picture"] = picture_versions(_pictures(submissions), named)
    tables["item_alias"] = aliases.table()
    tables["unit_name"] = unit_names(register)
    for name in OWN_BOOKS:
        on_table(name, tables[name])
    return tables


def _in_turn() -> list[Ledger]:
    """The ledgers that are received; acts on items first, since they say how items stand."""
    received = [ledger for ledger in LEDGERS.values() if ledger.is_received]
    return sorted(received, key=lambda ledger: not ledger.is_act_on_items)


def _spans(acts: Iterable[pd.DataFrame], aliases: Aliases, places: Places) -> Spans:
    """What the acts on items make of them, by all ids that are known so far."""
    return {
        item: each for rows in acts for item, each in spans_of(rows, places, aliases)[0].items()
    }


def _renamed(
    submissions: Iterable[Submission], senders: Mapping[str, str | None], ledger: Ledger,
    register: Register,
) -> dict[str, date]:  # fmt: skip
    """What the senders of a ledger were called once, and the day from which they are no longer."""
    written = {
        sender
        for each in submissions
        for sender in set(_senders(each, senders[each.facts["submission_id"]], ledger))
        if sender
    }
    return {name: day for text in written for name, day in register.called_before(text).items()}


def _plan_sources(submissions: Iterable[Submission]) -> list[Source]:
    """What the submissions of measures say of the plan that they belong to."""
    return [Source.of(each.facts) for each in submissions if each.facts["ledger"] == MEASURE.name]


def _is_settled(finding: Finding, spans: Spans, days: Mapping[str, date]) -> bool:
    """Whether an item that a unit left out had been accepted by then: nothing is missing."""
    day = finding.known_from or days.get(finding.submission_id)
    return (
        finding.rule in {"vanished", "returned", "plan_dropped"}
        and finding.item_id is not None
        and day is not None
        and is_accepted(spans, finding.item_id, day)
    )


def in_order(submissions: Iterable[Submission]) -> list[Submission]:
    """By day of receipt, by number, by path: an order that does not depend on the machine."""
    return sorted(submissions, key=lambda each: arrival(each).place)


def arrival(submission: Submission) -> Arrival:
    """When a submission came, and before which others."""
    return arrival_of(submission.facts, uploaded_as(submission.facts["path"]))


def register_of(submissions: Sequence[Submission], terms: Terms) -> Register:
    """The units of all submissions, which stand in order of receipt."""
    mentions = (mentions_in(each.facts, each.records.columns) for each in submissions)
    said = (mention for each in mentions for mention in each)
    return Register(said, terms.region, terms.confirmations.settled)


def _sender(submission: Submission, register: Register) -> str | None:
    """Who sent a sheet, as it is written: in its subtitle, else the account that uploaded it, else
    the unit whose folder it lies in, else the unit that the file is named after or its title begins
    with.
    """
    if said := submission.facts["unit"]:
        return sender_named(said)
    if submission.facts["ledger"] is None:
        return None
    path = PurePosixPath(submission.facts["path"])
    if sent_by := uploader(submission.facts["path"]):
        return sent_by
    named = register.known(path.parent.name) or register.within(path.stem)
    title = submission.facts["title"] or ""
    return named or register.leading(path.stem) or register.leading(title)


def _unit(
    senders: Mapping[str, str | None], submission: Submission, register: Register
) -> str | None:
    sender = senders[submission.facts["submission_id"]]
    return register.unit(sender) if sender else None


def _rows_of(
    ledger: Ledger,
    submissions: Sequence[Submission],
    senders: Mapping[str, str | None],
    register: Register,
) -> pd.DataFrame:
    """All rows of one ledger, with the order and the sender of their submission.

    ``sender`` is the unit as it is finally known, by which rows are matched; ``sender_then`` what
    it was called on the day of receipt.
    """
    filled = [(n, each) for n, each in enumerate(submissions) if len(each.records)]
    columns: dict[str, list[Any]] = {name: [] for name in ledger.columns}
    own = set(ledger.columns) - {"submission_id", "sheet", "known_from"}
    columns |= {"position": [], "sender": [], "sender_then": [], "told_on": []}
    count = 0
    for position, each in filled:
        length = len(each.records)
        sender = senders[each.facts["submission_id"]]
        for name, values in _with_owner(each, ledger, sender).items():
            if name in own:
                columns[name] += [None] * (count - len(columns[name]))
                columns[name] += values
        for name, value in (
            ("submission_id", each.facts["submission_id"]),
            ("sheet", each.facts["sheet"]),
            ("known_from", each.facts["received_on"]),
            ("position", position),
            ("told_on", anchor_of(each.facts)),
        ):
            columns[name] += [value] * length
        sent_by = _senders(each, sender, ledger)
        day = each.facts["received_on"]
        for name, call in (
            ("sender", register.unit),
            ("sender_then", lambda unit, day=day: register.unit_then(unit, day)),
        ):
            called = {unit: call(unit) if unit else "" for unit in set(sent_by)}
            columns[name] += [called[unit] for unit in sent_by]
        count += length
    for values in columns.values():
        if values:
            values += [None] * (count - len(values))
    for name in ledger.names_of("unit"):
        columns[name] = spelled(columns[name], register)
    # Column by column, so that pandas does not copy them all into one block.
    nothing = pd.Series([None] * len(columns["position"]), dtype=object)
    rows = pd.DataFrame(
        {
            name: pd.Series(values, dtype=object) if values else nothing
            for name, values in columns.items()
        },
        copy=False,
    )
    return filled_in(rows, register) if ledger is UNIT else rows


def _with_owner(
    submission: Submission, ledger: Ledger, sender: str | None
) -> Mapping[str, Sequence[Any]]:
    """The columns of a sheet; whose its rows are, where no column says so, its sender says."""
    if ledger is UNIT:
        return with_kinds(submission.records.columns, submission.facts["title"] or "")
    if not sender or not is_its_senders(submission.records, ledger, sender):
        return submission.records.columns
    owner = [sender] * len(submission.records)
    return {**submission.records.columns, ledger.owner_column: owner}


def _from_senders(
    submissions: Iterable[Submission], senders: Mapping[str, str | None]
) -> Iterator[Finding]:
    """That a sheet has no column of units, and whose its rows are taken to be."""
    for each in submissions:
        ledger = LEDGERS.get(each.facts["ledger"] or "")
        sender = senders[each.facts["submission_id"]]
        if sender and ledger and is_its_senders(each.records, ledger, sender):
            label = ledger[ledger.owner_column].label
            message = f"没有“{label}”一列，各行按填报单位“{sender}”统计"
            yield each.place.finding(
                "unit_from_sender", "info", message, field=ledger.owner_column, value=sender
            )


def _senders(submission: Submission, sender: str | None, ledger: Ledger) -> list[str]:
    """The sender of each row as it is written: the sheet's, else the row's own unit; this first
    where it numbers.
    """
    if sender and not ledger.is_numbered_by_owner:
        return [sender] * len(submission.records)
    return [unit or sender or "" for unit in submission.records.get(ledger.owner_column)]


def _count_duplicates(
    duplicates: dict[str, int], versions: pd.DataFrame, repeated: pd.DataFrame
) -> None:
    """Rows of a file that added nothing; a row of several measures does if one of them does."""
    if repeated.empty:
        return
    place = ["submission_id", "row_no"]
    loaded = set(versions[place].itertuples(index=False, name=None))
    for submission_id, row_no in set(repeated[place].itertuples(index=False, name=None)):
        if (submission_id, row_no) not in loaded:
            duplicates[submission_id] = duplicates.get(submission_id, 0) + 1


def _account(submissions: Iterable[Submission], duplicates: Mapping[str, int]) -> pd.DataFrame:
    """The submissions with their four counts; they must add up, or nothing is published."""
    rows = []
    for each in submissions:
        facts = dict(each.facts)
        facts["rows_duplicate"] = duplicates.get(facts["submission_id"], 0)
        facts["rows_loaded"] = each.records.rows - facts["rows_duplicate"]
        if facts["rows_read"] != sum(facts[name] for name in ENDS):
            raise AssertionError(f"rows do not add up in {facts['path']}/{facts['sheet']}: {facts}")
        rows.append(facts)
    columns = LEDGERS["submission"].columns
    return pd.DataFrame({name: [row[name] for row in rows] for name in columns}, dtype=object)


def _table(ledger: str, rows: Sequence[Finding] | Sequence[Reject]) -> pd.DataFrame:
    columns = LEDGERS[ledger].columns
    return pd.DataFrame(
        {name: [getattr(row, name) for row in rows] for name in columns}, dtype=object
    )


def _report_periods(tables: Tables, due_days: DueDays) -> pd.DataFrame:
    """The due days of every half month for the regions that report, from the first report on."""
    reports, received = tables["half_month"], tables["submission"]["received_on"].tolist()
    starts = [day for day in reports["period_start"].tolist() if day is not None]
    days = [*received, *(day for day in starts if day <= max(received))]
    if not days:
        return due_days.table((), date.min, date.min)
    return due_days.table(set(reports["region"].dropna()), min(days), max(received))


def _pictures(submissions: Iterable[Submission]) -> pd.DataFrame:
    """All photos as they were sent, in the order of receipt; none has an item yet."""
    rows = [
        asdict(picture)
        | {
            "submission_id": each.facts["submission_id"],
            "sheet": each.facts["sheet"],
            "path": relative_path(picture.sha256),
            "known_from": each.facts["received_on"],
        }
        for each in submissions
        for picture in each.records.pictures
    ]
    return pd.DataFrame(rows, columns=LEDGERS["picture"].columns, dtype=object)


def _with_items(quality: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Name the item of each finding that concerns the row of one, be it new or a repetition.

    A reader makes its findings before any row has an item; here the rows are known as items.
    """
    unnamed = quality[quality["item_id"].isna() & quality["row_no"].notna()]
    place = PLACE[:-1]
    items = items[items["submission_id"].isin(set(unnamed["submission_id"]))]
    named = unnamed[place].merge(items.drop_duplicates(place), on=place, how="left")["item_id"]
    quality.loc[unnamed.index, "item_id"] = named.set_axis(unnamed.index)
    return quality.assign(item_id=quality["item_id"].where(quality["item_id"].notna(), None))
