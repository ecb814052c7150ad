"""Rows of records → versions that keep what was known: each row laid over the one before it.

Units send parts, leave out columns and shorten texts. What a row leaves blank says nothing; taking
something back needs a word (``withdrawal``) or a status that goes back: done → not done.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest.findings import Finding
from analysis.ingest.versions.merging.deadlines import Stated, choose
from analysis.ingest.versions.merging.withdrawal import Cell, is_withdrawal
from analysis.ledgers import Field, Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED

Mask = np.typing.NDArray[np.bool_]
Values = np.typing.NDArray[np.object_]
Positions = np.typing.NDArray[np.int64]

#: What a status that goes back takes away.
COMPLETION = ("done_on", "accepted_on", "accepted_by", "closed_on")
#: A flag on a deadline; it goes where the deadline goes.
PROVISIONAL = "due_is_provisional"


@dataclass(slots=True)
class Merged:
    """Rows with what the earlier rows of their record said.

    Masks by column, one sign a row: ``carried``, the cell is taken over from an earlier row;
    ``withdrawn``, a word took back what was known; ``overruled``, a row that has more to say says
    something else; ``dayless``, the words name no day and leave the deadline as it was.
    """

    rows: pd.DataFrame
    carried: dict[str, Mask] = field(default_factory=dict)
    withdrawn: dict[str, Mask] = field(default_factory=dict)
    overruled: dict[str, Mask] = field(default_factory=dict)
    dayless: dict[str, Mask] = field(default_factory=dict)

    def is_carried(self, name: str) -> Mask:
        """Of which rows a cell is taken over from an earlier row of their record."""
        carried = self.carried.get(name)
        return np.zeros(len(self.rows), bool) if carried is None else carried

    def without_carried(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings on what the rows say themselves; an earlier row was told of the rest."""
        if not self.carried or not findings:
            return list(findings)
        wanted = {each.submission_id for each in findings}
        ids = self.rows["submission_id"].tolist()
        numbers = self.rows["row_no"].tolist()
        position = {
            (s, n): i for i, (s, n) in enumerate(zip(ids, numbers, strict=True)) if s in wanted
        }
        return [
            each
            for each in findings
            if each.field not in self.carried
            or (i := position.get((each.submission_id, each.row_no))) is None
            or not self.carried[each.field][i]
        ]


def merge(
    rows: pd.DataFrame,
    ledger: Ledger,
    withdrawn: Collection[Cell] = frozenset(),
    ranks: Sequence[int] | None = None,
) -> Merged:
    """Lay each row over the earlier ones of its record.

    ``rows`` is in order of receipt and has the ledger's columns and the ``name`` of each row's
    record; ``withdrawn`` are cells of days and numbers that take back what was known. Where
    ``ranks`` are given, the fields of ``ledger.master`` keep what the row of the highest rank says.
    """
    names, _ = pd.factorize(rows["name"])
    again = np.bincount(names)[names] > 1 if len(names) else np.zeros(0, bool)
    if ledger.is_act_on_items or not again.any():
        return Merged(rows)
    where = np.flatnonzero(again)
    where = where[np.argsort(names[where], kind="stable")]
    records = _Records(rows, names[where], where, withdrawn, ranks)
    columns = list(_overlays(records, ledger))
    changed = {each.name: records.whole_column(each) for each in columns if each.has_changed}
    merged = Merged(rows.assign(**changed))
    for each in columns:
        for kind in ("carried", "withdrawn", "overruled", "dayless"):
            mask = getattr(each, kind)
            if mask is not None and mask.any():
                getattr(merged, kind)[each.name] = records.whole_mask(mask)
    return merged


@dataclass(slots=True)
class _Overlaid:
    """A column of the records after merging; the masks are those of ``Merged``."""

    name: str
    values: Values
    has_changed: bool = False
    carried: Mask | None = None
    withdrawn: Mask | None = None
    overruled: Mask | None = None
    dayless: Mask | None = None


class _Records:
    """The rows of those records that have several, record by record, in order of receipt."""

    def __init__(
        self,
        rows: pd.DataFrame,
        groups: Positions,
        where: Positions,
        withdrawn: Collection[Cell],
        ranks: Sequence[int] | None,
    ) -> None:
        self.rows, self.groups, self.where = rows, groups, where
        self.starts: Mask = np.ones(len(where), bool)
        self.starts[1:] = groups[1:] != groups[:-1]
        self.numbers = np.arange(len(where))
        self.ranks = np.zeros(len(where), np.int64) if ranks is None else np.asarray(ranks)[where]
        self.withdrawn = withdrawn

    def column(self, name: str) -> Values:
        """The values of a column, None where a cell is blank."""
        return self.rows[name].to_numpy(dtype=object)[self.where]

    def whole_column(self, overlaid: "_Overlaid") -> pd.Series:
        """The column of all rows, with the values of the records in their places."""
        whole = self.rows[overlaid.name].to_numpy(dtype=object, copy=True)
        whole[self.where] = overlaid.values
        return pd.Series(whole, index=self.rows.index, dtype=object)

    def whole_mask(self, mask: Mask) -> Mask:
        """A mask of all rows."""
        whole = np.zeros(len(self.rows), bool)
        whole[self.where] = mask
        return whole

    def filled(self, name: str, values: Values, said: Mask) -> _Overlaid:
        """A column in which a row that says nothing has what the last one that did says."""
        source = self.last(said)
        now, stated = values[source], self.column(name)
        has_changed = pd.notna(now) != pd.notna(stated)
        is_other = (source != self.numbers) & pd.notna(now)
        return _Overlaid(name, now, bool((has_changed | is_other).any()), carried=is_other)

    def mask(self, numbers: Sequence[int]) -> Mask:
        """Which rows of the records have these numbers."""
        found = np.zeros(len(self.where), bool)
        found[list(numbers)] = True
        return found

    def last(self, said: Mask) -> Positions:
        """For each row the last of its record so far that says something."""
        return np.maximum.accumulate(np.where(said | self.starts, self.numbers, 0))

    def before(self, values: Any) -> Any:
        """For each row what the one before it says; of no meaning for the first."""
        return values[np.maximum(self.numbers - 1, 0)]

    def outranked(self, said: Mask) -> Mask:
        """Whether a row of more weight has said something before."""
        weight = np.where(said, self.ranks, -1) + self.groups_apart
        return weight < np.maximum.accumulate(weight)

    @cached_property
    def groups_apart(self) -> Positions:
        """Numbers that lift the weights of each record above those of the one before."""
        return np.cumsum(self.starts) * (int(self.ranks.max(initial=0)) + 2)

    def taken_back(self, name: str, values: Values) -> Mask:
        """Whether a cell takes back what was known."""
        found = np.zeros(len(values), bool)
        if any(map(is_withdrawal, {each for each in values if isinstance(each, str)})):
            found = np.fromiter(map(is_withdrawal, values), bool, len(values))
        if any(field == name for _, _, field in self.withdrawn):
            places = zip(self.column("submission_id"), self.column("row_no"), strict=True)
            cells = ((*place, name) in self.withdrawn for place in places)
            found |= np.fromiter(cells, bool, len(values))
        return found & ~self.starts


def _overlays(records: _Records, ledger: Ledger) -> Iterator[_Overlaid]:
    """Each column, with what holds together taken together."""
    pairs = {each.text_in: each.name for each in ledger if each.text_in}
    done: set[str] = {PROVISIONAL}
    deadline = next(iter(ledger.names_of("deadline")), "")
    if deadline:
        yield from _deadline(records, ledger, ledger[deadline])
        done |= {deadline, ledger[deadline].text_in}
    if "status" in ledger.columns:
        yield from _progress(records, ledger)
        done |= {each.name for each in ledger if each.role == "progress"}
    for each in ledger:
        if each.name in done or not each.role:
            continue
        if each.kind == "json":
            yield _members(records, each.name)
        elif each.text_in:
            yield from _pair(records, each)
        elif each.name not in pairs:
            yield _single(records, each, ledger)


def _single(records: _Records, each: Field, ledger: Ledger) -> _Overlaid:
    values = records.column(each.name)
    said = pd.notna(values)
    if not said.any():
        return _Overlaid(each.name, values)
    gone = records.taken_back(each.name, values)
    if each.name == ledger.wording:  # without it nobody knows what there is to be done
        said, gone = said & ~gone, np.zeros(len(said), bool)
    has_master = each.name in ledger.master
    outranked = said & records.outranked(said) if has_master else np.zeros(len(said), bool)
    outranked &= ~gone
    if gone.any():
        values = values.copy()
        values[gone] = None
    overlaid = records.filled(each.name, values, said & ~outranked | gone)
    overlaid.withdrawn = gone
    overlaid.overruled = outranked & (overlaid.values != values)
    return overlaid


def _pair(records: _Records, each: Field) -> Iterator[_Overlaid]:
    """A value and the text that it was read from: a text of which nothing was read leaves both."""
    values, texts = records.column(each.name), records.column(each.text_in)
    gone = records.taken_back(each.name, texts)
    said = pd.notna(values) | gone
    known = pd.notna(values[records.last(said)])
    overlaid = records.filled(each.name, values, said)
    overlaid.withdrawn = gone
    yield overlaid
    yield records.filled(each.text_in, texts, said | (pd.notna(texts) & ~known))


def _progress(records: _Records, ledger: Ledger) -> Iterator[_Overlaid]:
    """How far a matter has come: blank cells keep it, a status that goes back clears it."""
    status = records.column("status")
    dates = {name: records.column(name) for name in COMPLETION}
    states_done = np.logical_or.reduce([pd.notna(each) for each in dates.values()])
    said = pd.notna(status)
    source = records.last(said)
    # A row that gives the day of completion and no status does not repeat «整改中».
    lifted = ~said & states_done & pd.Series(status[source]).isin(UNFINISHED).to_numpy()
    source = records.last(said | lifted)
    filled = status[source]
    yield records.filled("status", status, said | lifted)
    texts = records.column("status_text")
    yield records.filled("status_text", texts, pd.notna(texts) | said | lifted)
    day = dates["done_on"]
    has_day = pd.notna(day[records.last(pd.notna(day))])
    was_done = pd.Series(filled).isin(FINISHED).to_numpy() | (pd.isna(filled) & has_day)
    is_open = said & pd.Series(status).isin(UNFINISHED).to_numpy()
    goes_back = is_open & ~records.starts & records.before(was_done)
    for name, values in dates.items():
        yield records.filled(name, values, pd.notna(values) | goes_back)


def _deadline(records: _Records, ledger: Ledger, each: Field) -> Iterator[_Overlaid]:
    texts, days = records.column(each.text_in), records.column(each.name)
    nothing = [None] * len(days)
    flags = records.column(PROVISIONAL) if PROVISIONAL in ledger.columns else None
    stated = Stated(
        _or_none(texts),
        _or_none(days),
        _or_none(records.column(ledger.deadline_from)) if ledger.deadline_from else nothing,
        records.ranks.tolist(),
        nothing if flags is None else flags.tolist(),
    )
    chosen = choose(stated, records.starts.tolist())
    has_day = np.array(chosen.days)
    overlaid = records.filled(each.name, days, has_day)
    overlaid.withdrawn = has_day & ~records.starts & pd.isna(days)
    overlaid.overruled = records.mask(chosen.overruled)
    overlaid.dayless = records.mask(chosen.dayless)
    yield overlaid
    yield records.filled(each.text_in, texts, np.array(chosen.texts))
    if flags is not None:
        yield records.filled(PROVISIONAL, flags, has_day)


def _or_none(values: Values) -> list[Any]:
    return [None if value != value else value for value in values.tolist()]  # NaN is no value


def _members(records: _Records, name: str) -> _Overlaid:
    """JSON objects: the members that a new row lacks are kept."""
    values = records.column(name)
    said = pd.notna(values)
    if not (said & ~records.starts).any():
        return records.filled(name, values, said)
    known: dict[tuple[str, str], str] = {}
    merged = values.copy()
    before: str | None = None
    for i, now in enumerate(_or_none(values)):
        if records.starts[i] or before is None:
            before = now
        elif now is not None and now != before:
            pair = (before, now)
            if pair not in known:
                known[pair] = _joined(before, now)
            before = known[pair]
        merged[i] = before
    return _Overlaid(name, merged, has_changed=True, carried=pd.notna(merged) & ~said)


def _joined(before: str, now: str) -> str:
    """Two JSON objects as one; the earlier text where the later one adds nothing."""
    old, new = json.loads(before), json.loads(now)
    together = old | new
    return before if together == old else json.dumps(together, ensure_ascii=False)
