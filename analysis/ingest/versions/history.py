"""All rows ever received → versions: which row replaces which, and from what day on.

Each row is laid over the one before it (``merging``): what it leaves blank stays as it was. A row
that then says the same as the version before it is a duplicate and adds nothing. A row that says
something else about the same record closes that version (``known_to``) and begins its own
(``known_from``). A record that a later submission leaves out stays current.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest.cells.blanks import is_empty
from analysis.ingest.doubts.arrivals import Arrival
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.doubts.same_day import order_of
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.changes import changes_of
from analysis.ingest.versions.granting import told_nothing
from analysis.ingest.versions.identity import Identified, identify
from analysis.ingest.versions.identity.joining import Handover, Join, ended, joined_rows
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.merging import Cell, findings_of, merge
from analysis.ingest.versions.past import not_done
from analysis.ingest.versions.spans import ends_by_next
from analysis.ledgers import LEDGERS, Ledger

#: Where a row came from, and when: no part of what it says.
PROVENANCE = frozenset(
    each.name
    for ledger in LEDGERS.values()
    if ledger.is_received
    for each in ledger
    if not each.role
)
NO_ARRIVALS: Mapping[str, Arrival] = {}
NOTHING_SETTLED = Confirmations()
NOBODY_RENAMED: Mapping[str, date] = {}

#: What is wrong with rows: told of them once they are laid over what was known.
Judge = Callable[[pd.DataFrame], list[Finding]]


@dataclass(frozen=True, slots=True)
class Chain:
    """The rows of one ledger as records through time.

    ``rows`` are all rows in order of receipt with the ``name`` of their record, as known on their
    day; ``versions`` are those that say something new, ``repeated`` those that do not.
    ``aliases`` are other names under which a record is found, ``in_doubt`` the half-open spans of
    days on which nobody has said whether a record is another. ``not_done`` are the rows of items
    that say so themselves, whether or not they say it for the first time; of acts those that tell
    nothing of the day of which each should tell.
    """

    rows: pd.DataFrame
    versions: pd.DataFrame
    repeated: pd.DataFrame
    findings: list[Finding]
    doubts: list[Doubt] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    in_doubt: Mapping[str, list[tuple[date, date]]] = field(default_factory=dict)
    joins: Sequence[Join] = ()
    handovers: Sequence[Handover] = ()
    not_done: pd.DataFrame = field(default_factory=pd.DataFrame)


#: Which rows speak of one record, where that is not by number and words alone.
Namer = Callable[[pd.DataFrame, Sequence[str]], Identified]


def chain(
    rows: pd.DataFrame,
    ledger: Ledger,
    places: Places,
    arrivals: Mapping[str, Arrival] = NO_ARRIVALS,
    confirmations: Confirmations = NOTHING_SETTLED,
    renamed: Mapping[str, date] = NOBODY_RENAMED,
    withdrawn: Collection[Cell] = frozenset(),
    judge: Judge = lambda rows: [],
    name: Namer | None = None,
    reserved: Collection[str] = frozenset(),
) -> Chain:
    """Order rows into versions.

    ``rows`` has the ledger's columns plus ``sender`` and ``position`` (order within the day);
    ``known_from`` holds the day of receipt. ``arrivals`` says of each submission when it came,
    ``confirmations`` what persons have settled; ``renamed`` gives for a name that a sender had the
    day from which it is known as another; ``withdrawn`` are cells that take back a day or a number.
    ``judge`` sees the rows with what they take over, and may change them. ``reserved`` are the
    names that records had in an earlier era, each in the column ``called`` of its rows.
    """
    rows = _in_order(rows)
    said = _said(rows, ledger)
    if name:
        identified = name(rows, said)
    else:
        arrived = with_arrival(rows, arrivals)
        identified = identify(arrived, ledger, said, places, confirmations.days, renamed, reserved)
    defaults = {f"{each} by default": values for each, values in identified.by_default.items()}
    columns = {"name": identified.names, **identified.columns, **defaults}
    rows = rows.assign(**_objects(columns))
    order = order_of(rows, ledger, arrivals, confirmations)
    rows = order.applied(rows)
    ranks = identified.ranks and [identified.ranks[place] for place in order.rows]
    rows, is_again, joins = joined_rows(rows, order.is_again, identified.joins)
    if ledger.is_item:
        rows["item_id"] = rows["name"]
    merged = merge(rows, ledger, withdrawn, ranks)
    for each in identified.by_default:
        merged.rows[each] = merged.rows[each].where(
            merged.rows[each].notna(), merged.rows.pop(f"{each} by default")
        )
    told = [*findings_of(rows, merged, ledger, places), *merged.without_carried(judge(merged.rows))]
    # A row that counts again is told of once.
    findings = [*identified.findings, *dict.fromkeys(told)]
    rows = merged.rows
    if rows["name"].is_unique:  # nothing was ever sent twice
        kept, repeated = rows, rows.iloc[:0]
        before = pd.Series(dtype=int)
    else:
        kept, repeated, before = _versions(rows, _said(rows, ledger))
        kept = ended(kept, joins)
    if ledger.is_item:
        findings += changes_of(kept, _of_other_days(kept, before, is_again), ledger, places)
    return Chain(
        rows[~is_again],
        kept,
        repeated,
        findings,
        [*order.doubts, *identified.doubts],
        [*identified.aliases, *(join.alias for join in joins)],
        identified.in_doubt,
        joins,
        identified.handovers,
        not_done(rows, merged.is_carried("status"))
        if ledger.is_item
        else told_nothing(rows, ledger),
    )


def with_arrival(rows: pd.DataFrame, arrivals: Mapping[str, Arrival]) -> pd.DataFrame:
    """Rows with the file that each came in and whether a unit's account sent it, and where they
    came in another order than that of their days, with the place of their file in it: what is
    named first keeps its name.
    """
    if not arrivals or rows.empty:
        return rows
    batches = rows["submission_id"]
    sent = [arrivals[each] for each in dict.fromkeys(batches)]
    order = sorted(
        sent, key=lambda each: ((each.at or str(each.on))[:10], each.number or 0, *each.place)
    )
    rows = rows.assign(
        file=batches.map({key: each.path for key, each in arrivals.items()}),
        is_by_unit=batches.map({key: each.is_by_unit for key, each in arrivals.items()}),
    )
    if order == sent:
        return rows
    place = {each.path: number for number, each in enumerate(order)}
    return rows.assign(arrival=rows["file"].map(place))


def _of_other_days(kept: pd.DataFrame, before: pd.Series, is_again: pd.Series) -> pd.Series:
    """For each version that came in a file, the last one before it of an earlier day.

    What is replaced on its own day was known on no day: nothing is told of it.
    """
    days: dict[int, date] = dict(zip(kept.index, kept["known_from"], strict=True))
    earlier: dict[int, int] = dict(zip(before.index, before, strict=True))
    found: dict[int, int] = {}
    for version, last in earlier.items():
        while last >= 0 and days[last] == days[version]:
            last = earlier.get(last, -1)
        if last >= 0 and not is_again.iloc[version]:
            found[version] = last
    return pd.Series(found, dtype=int)


def _said(rows: pd.DataFrame, ledger: Ledger) -> list[str]:
    """The columns that make up what a row says, without those in which none says anything."""
    return [
        each.name
        for each in ledger
        if each.name not in PROVENANCE and not is_empty(rows[each.name].tolist())
    ]


def _objects(columns: Mapping[str, list[Any]]) -> dict[str, pd.Series]:
    return {name: pd.Series(values, dtype=object) for name, values in columns.items()}


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by day of receipt, by submission, by line; most often they are so already."""
    by = ["known_from", "position", "row_no"]
    keys = list(zip(*(rows[name] for name in by), strict=True))
    if any(later < earlier for earlier, later in pairwise(keys)):
        rows = rows.sort_values(by, kind="stable")
    return rows.reset_index(drop=True).assign(known_to=None)


def _versions(
    rows: pd.DataFrame, said: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The rows that say something new, those that repeat, and for each version the one before."""
    # A record that comes back from another says itself again: that is no repetition.
    repeats = _repeats(rows, _row_before(rows), said) & ~rows["comes_back"]
    kept = rows[~repeats].copy()
    before = _row_before(kept)
    kept["known_to"] = ends_by_next(kept, before)
    return kept, rows[repeats], before[before >= 0]


def _row_before(rows: pd.DataFrame) -> pd.Series:
    """For each row the index of the same record's row before it, -1 for the first."""
    index = pd.Series(rows.index, index=rows.index)
    return index.groupby(rows["name"], sort=False).shift(1).fillna(-1).astype(int)


def _repeats(rows: pd.DataFrame, before: pd.Series, said: Iterable[str]) -> pd.Series:
    """Whether a row says what the one before it says, in every column."""
    later = before.index[before >= 0]
    same = pd.Series(False, index=rows.index)
    if len(later):
        # An empty cell is None, and None is None.
        contents = list(zip(*(rows[name].tolist() for name in said), strict=True))
        pairs = zip(later.tolist(), before[later].tolist(), strict=True)
        same[later] = np.fromiter((contents[a] == contents[b] for a, b in pairs), bool, len(later))
    return same
