"""Two versions of a record on one day, of files of which nobody knows which came first.

The later one counts, and no file's name says which that is. Where they contradict each other it is
a doubt, and meanwhile the one counts that hides less: less finished, due earlier, more serious. A
person's answer holds from its day on: from then the other row counts, as if it had come again.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_empty, is_null
from analysis.ingest.doubts.arrivals import Arrival
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ledgers import Field, Ledger
from analysis.ledgers.codes import FINISHED
from analysis.ledgers.measure import MEASURE
from analysis.wording.values import value_text

RULE = "same_day"
ONE, OTHER = "one", "other"
#: What ledgers say of a measure; all else the plan lays down, whichever file came first.
_OF_A_MEASURE = frozenset(
    {"extended_due_on", "status", "done_on", "accepted_on", "accepted_by", "closed_on"}
)
#: Statuses that take an item out of the rates, the more of it the higher.
_OUT = {"void": 5, "transferred": 4, "suspended": 4, "closed": 3, "ongoing": 1}


@dataclass(slots=True)
class Order:
    """The rows of a ledger in the order in which they count.

    ``rows`` gives for each place the position of its row; one may stand again, from the day on
    which a person settled that it came last. ``known_from`` and ``is_again`` go by place.
    """

    rows: list[int]
    known_from: list[date]
    is_again: list[bool]
    doubts: list[Doubt] = field(default_factory=list)

    def applied(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows in this order, with the days from which they count."""
        if self.rows == list(range(len(rows))):
            return rows
        days = pd.Series(self.known_from, dtype=object)
        return rows.iloc[self.rows].reset_index(drop=True).assign(known_from=days)


@dataclass(slots=True)
class _Group:
    """The rows of one record on one day; ``tied`` are the last rows of files of unknown order."""

    name: str
    on: date
    rows: list[int]
    tied: list[int]


def order_of(
    rows: pd.DataFrame, ledger: Ledger, arrivals: Mapping[str, Arrival],
    confirmations: Confirmations,
) -> Order:  # fmt: skip
    """The order in which rows count.

    ``rows`` (name, submission_id, sheet, row_no, known_from, the columns of the ledger) stand in
    order of receipt, numbered from 0; ``arrivals`` gives that of each submission. Without any, the
    rows are in their order.
    """
    order = Order(list(range(len(rows))), rows["known_from"].tolist(), [False] * len(rows))
    # Acts are no versions of each other: an acceptance and its withdrawal both stand.
    groups = [] if ledger.is_act_on_items else list(_groups(rows, arrivals))
    if not groups:
        return order
    said = _Said(rows, ledger)
    later: list[tuple[int, date]] = []
    for group in groups:
        counts = sorted(group.tied, key=said.hides, reverse=True)
        if len({said.content(row) for row in counts}) == 1:
            continue
        doubts = {
            other: said.doubt(group, fields, counts[-1], other)
            for other in counts[:-1]
            if (fields := said.contradicted(counts[-1], other))
        }
        order.doubts += doubts.values()
        last, again = _settled(counts[-1], doubts, group.on, confirmations)
        counts.remove(last)
        first = [row for row in group.rows if row not in group.tied]
        for place, row in zip(group.rows, [*first, *counts, last], strict=True):
            order.rows[place] = row
        later += [each for each in again if not _is_replaced(rows, group, each[1])]
    return _with_later(order, later)


def _settled(
    one: int, doubts: Mapping[int, Doubt], on: date, confirmations: Confirmations
) -> tuple[int, list[tuple[int, date]]]:
    """Which row counts on the day itself, and which from a later day on, as persons decided."""
    decided = sorted(
        (day, other, answer)
        for other, doubt in doubts.items()
        for day, answer in ((d, a or ONE) for d, a in confirmations.days(doubt.key))
    )
    first, now = one, one
    again: list[tuple[int, date]] = []
    for day, other, answer in decided:
        last = other if answer == OTHER else one if now == other else now
        if day <= on:
            first = last
        elif last != now:
            again.append((last, day))
        now = last
    return first, again


def _is_replaced(rows: pd.DataFrame, group: _Group, day: date) -> bool:
    """Whether a later row of the record had taken the place of both by that day."""
    days = rows.loc[rows["name"] == group.name, "known_from"]
    return any(group.on < each <= day for each in days)


def _with_later(order: Order, later: Sequence[tuple[int, date]]) -> Order:
    """The order with rows that stand again, each behind all of its day."""
    if not later:
        return order
    places = [*zip(order.known_from, order.rows, order.is_again, strict=True)]
    places += [(day, row, True) for row, day in later]
    places.sort(key=lambda place: place[0])
    days, rows, is_again = (list(column) for column in zip(*places, strict=True))
    return replace(order, rows=rows, known_from=days, is_again=is_again)


def _groups(rows: pd.DataFrame, arrivals: Mapping[str, Arrival]) -> Iterator[_Group]:
    """Rows of one record and one day, of at least two files of which none came last for sure."""
    if not arrivals:
        return
    twice = rows[rows.duplicated(["name", "known_from"], keep=False)]
    sent: dict[tuple[str, date], list[int]] = {}
    columns = (twice.index, twice["name"], twice["known_from"])
    for row, name, day in zip(*columns, strict=True):
        sent.setdefault((name, day), []).append(row)
    submissions = rows["submission_id"].tolist()
    for (name, day), mine in sent.items():
        last = list({arrivals[submissions[row]].path: row for row in mine}.values())
        came = {row: arrivals[submissions[row]] for row in last}
        tied = [row for n, row in enumerate(last) if not _is_before(came, row, last[n + 1 :])]
        if len(tied) > 1:
            yield _Group(name, day, mine, tied)


def _is_before(came: Mapping[int, Arrival], row: int, later: Iterable[int]) -> bool:
    return any(came[row].is_told_from(came[other]) for other in later)


class _Said:
    """What rows say, field by field."""

    def __init__(self, rows: pd.DataFrame, ledger: Ledger) -> None:
        self._ledger = ledger
        self._places = [rows[name].tolist() for name in ("submission_id", "sheet", "row_no")]
        self._contents: dict[int, str] = {}
        self._fields = list(_compared(ledger))
        here = {"submission_id", "sheet", "row_no", "item_id", "known_from", "known_to"}
        columns = {each.name: rows[each.name].tolist() for each in ledger if each.name not in here}
        self._columns = {name: values for name, values in columns.items() if not is_empty(values)}

    def content(self, row: int) -> str:
        """All that a row says, as one text that does not depend on where it stands."""
        if row not in self._contents:
            said = ((name, self._value(name, row)) for name in self._columns)
            self._contents[row] = "\x1f".join(
                f"{name}={_plain(value)}" for name, value in said if value is not None
            )
        return self._contents[row]

    def contradicted(self, one: int, other: int) -> list[Field]:
        """The fields in which both rows say something, and not the same."""
        found = []
        for each in self._fields:
            values = self._value(each.name, one), self._value(each.name, other)
            if None not in values and _plain(values[0]) != _plain(values[1]):
                found.append(each)
        return found

    def hides(self, row: int) -> tuple[Any, ...]:
        """How much a row takes out of sight: the more, the greater."""
        status = self._value("status", row)
        is_done = status in FINISHED or self._value("done_on", row) is not None
        due = self._value("extended_due_on", row) or self._value("due_on", row)
        return (
            _OUT.get(status, 2 if is_done else 0), due or date.max,
            self._value("level", row) != "重大", self.content(row),
        )  # fmt: skip

    def doubt(self, group: _Group, fields: Sequence[Field], one: int, other: int) -> Doubt:
        """The question which of two rows came last; the first counts until it is settled.

        ``fields`` are those in which they contradict each other.
        """
        labels = "、".join(each.label for each in fields)
        said = [self._text(fields, row) for row in (one, other)]
        return Doubt(
            RULE, (self._ledger.name, group.name, group.on.isoformat(), *said),
            f"{group.on} 收到的两个文件对同一条{self._ledger.label}的{labels}说法不同，"
            "分不清谁在后",
            self._side(group, one, fields, said[0]), self._side(group, other, fields, said[1]),
            (Answer(ONE, f"后一份是：{said[0]}"), Answer(OTHER, f"后一份是：{said[1]}")), group.on,
        )  # fmt: skip

    def _side(self, group: _Group, row: int, fields: Sequence[Field], text: str) -> Side:
        submission_id, sheet, row_no = (column[row] for column in self._places)
        item_id = group.name if self._ledger.is_item else None
        return Side(submission_id, sheet, row_no, fields[0].name, text, item_id)

    def _text(self, fields: Sequence[Field], row: int) -> str:
        return "；".join(
            f"{each.label} {value_text(self._value(each.name, row), each.name, self._ledger.name)}"
            for each in fields
        )

    def _value(self, name: str, row: int) -> Any:
        value = self._columns[name][row] if name in self._columns else None
        return None if is_null(value) else value


def _compared(ledger: Ledger) -> Iterator[Field]:
    """The fields on which a figure rests: no prose, no words that a value was read from."""
    texts = {each.text_in for each in ledger} | {ledger.wording}
    for each in ledger:
        if each.name in texts or each.is_prose or each.is_identifier or not each.header:
            continue
        if ledger is not MEASURE or each.name in _OF_A_MEASURE:
            yield each


def _plain(value: Any) -> str:
    """A value as it is compared: a text without widths and spaces."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split())
