"""All acts of a run: named, judged by how their items stood, and laid over the ledgers of items."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.doubts.arrivals import Arrival
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.closing.acts import (
    PLACE,
    REJECT,
    Act,
    Record,
    acts_by_item,
    held,
    is_settled,
    is_void,
    void,
)
from analysis.ingest.versions.closing.claims import BY_LEDGER, as_claimed
from analysis.ingest.versions.closing.decisions import Moves, with_decisions
from analysis.ingest.versions.closing.laying import Reports, lay_over
from analysis.ingest.versions.closing.naming import (
    NAMED_BY,
    NUMBERED_BY,
    UnitOf,
    measures_named,
    named,
)
from analysis.ingest.versions.closing.remarks import with_remarks
from analysis.ingest.versions.closing.rule import NO_RULE, ClosingRule
from analysis.ledgers import LEDGERS, Ledger


@dataclass(slots=True)
class Closings:
    """The acts of one run and the rule by which they count.

    ``tables`` holds the acts by ledger; ``mine`` the acts that hold, by item, of the ledgers that
    were closed by now, ``moves`` whose an item became by the office's word, ``accepted`` from when
    on the ledgers' own acceptances close an item; ``findings`` what is wrong with acts or closes
    nothing.
    """

    places: Places
    rule: ClosingRule = NO_RULE
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    unit_of: UnitOf = lambda text: None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    mine: dict[str, list[Act]] = field(default_factory=dict)
    moves: Moves = field(default_factory=dict)
    accepted: dict[str, list[tuple[date, bool]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _unnamed: set[tuple[Any, ...]] = field(default_factory=set)

    def add(self, ledger: Ledger, acts: pd.DataFrame) -> None:
        """Take in the acts of one ledger, with the ``sender`` of each row."""
        self.tables[ledger.name] = with_remarks(acts)

    def close(
        self, versions: pd.DataFrame, dated: pd.DataFrame, ledger: Ledger, aliases: Aliases
    ) -> pd.DataFrame:
        """The versions of a ledger of items, closed and sent back as the office and the rule say.

        ``dated`` has the places of the versions whose own rows name the day of completion.
        """
        self._name(versions, ledger, aliases)
        versions, findings = as_claimed(versions, self.rule, self.places)
        self.findings += findings
        by_item = self._of(aliases, set(versions["item_id"]))
        versions, moves, findings = with_decisions(versions, by_item, self.unit_of, self.places)
        self.moves |= moves
        self.findings += findings
        then = _then(versions)
        mine: dict[str, list[Act]] = {}
        for item_id, acts in by_item.items():
            mine[item_id], faults = held(item_id, acts, self.rule, then, self.places)
            if item_id not in aliases:  # told once, of the item that it is
                self.findings += faults
        self.mine |= mine
        reports = Reports(self._is_after, _naming_days(dated, mine))
        versions, findings = lay_over(versions, mine, self.places, reports)
        self.findings += findings
        self._note_accepted(versions)
        return versions

    def _note_accepted(self, versions: pd.DataFrame) -> None:
        """Keep from when on the ledgers' own acceptances close items, and from when on no more."""
        if "closure" not in versions or not (closed := versions["closure"] == BY_LEDGER).any():
            return
        items = set(versions.loc[closed, "item_id"])
        mine = versions["item_id"].isin(items)
        for name, day, is_closed in sorted(
            zip(versions.loc[mine, "item_id"], versions.loc[mine, "known_from"], closed[mine],
                strict=True),
        ):  # fmt: skip
            self.accepted.setdefault(name, []).append((day, bool(is_closed)))

    def is_accepted(self, item_id: str, day: date) -> bool:
        """Whether a ledger's own acceptance had closed an item by a day, as the rule lets it."""
        known = [closes for since, closes in self.accepted.get(item_id, ()) if since <= day]
        return bool(known) and known[-1]

    def is_settled(self, item_id: str, day: date) -> bool:
        """Whether the office had closed an item by a day, or said that it is none."""
        return is_settled(self.mine, item_id, day)

    def is_elsewhere(self, item_id: str, day: date, unit: str | None) -> bool:
        """Whether the office had handed an item over by a day, to another unit than this one."""
        known = [to for since, to in self.moves.get(item_id, ()) if since <= day]
        return bool(known) and known[-1] != unit

    def is_void(self, item_id: str) -> bool:
        """Whether the office has said last of an item that it is none."""
        return is_void(self.mine.get(item_id, ()))

    def of_nothing(self, known: Iterable[str]) -> list[Finding]:
        """An error on each act of something that is no item; ``known`` are all ids there are."""
        ids = set(known)
        return [
            void(self.places, record, "item_id", "没有这条事项，没有生效；请核对事项编号")
            for acts in self.tables.values()
            for record in _records(acts)
            if record["item_id"] not in ids and _place(record) not in self._unnamed
        ]

    def _name(self, versions: pd.DataFrame, ledger: Ledger, aliases: Aliases) -> None:
        """Name the acts on items that have numbers of their units or of a plan, once these are
        known.
        """
        is_numbered = {*NUMBERED_BY} <= {*ledger.columns}
        if not is_numbered and not {*NAMED_BY} <= {*ledger.columns}:
            return
        prefixes = tuple(f"{each.prefix}-" for each in LEDGERS.values() if each.is_item)
        for name, acts in self.tables.items():
            if acts.empty:
                continue
            of_others = {
                text for text in acts["item_id"] if isinstance(text, str)
                and text.startswith(prefixes) and not text.startswith(f"{ledger.prefix}-")
            }  # fmt: skip
            known = {*versions["item_id"], *aliases.names, *of_others}
            if is_numbered:
                self.tables[name], findings = measures_named(acts, versions, known, self.places)
            else:
                self.tables[name], findings = named(
                    acts, versions, known, self.places, self.unit_of
                )
            self._unnamed |= {(each.submission_id, each.sheet, each.row_no) for each in findings}
            self.findings += findings

    def _of(self, aliases: Aliases, items: set[str]) -> Mapping[str, list[tuple[date, Record]]]:
        found: dict[str, list[tuple[date, Record]]] = {}
        for acts in self.tables.values():
            for item_id, mine in acts_by_item(acts, aliases).items():
                if item_id in items:
                    found.setdefault(item_id, []).extend(mine)
        return found

    def _is_after(self, version: Record, act: Record) -> bool:
        """Whether a report came after an act of its day, as far as that is on record."""
        one, other = (self.arrivals.get(each["submission_id"]) for each in (version, act))
        if one is None or other is None or not one.is_told_from(other):
            return False
        return one.place > other.place


def _then(versions: pd.DataFrame) -> Callable[[str, date], Record | None]:
    """How an item was reported on a day; before its first report, as that says."""
    by_item: dict[str, list[dict[str, Any]]] = {}

    def then(item_id: str, day: date) -> Record | None:
        if item_id not in by_item:
            mine = versions[versions["item_id"] == item_id]
            by_item[item_id] = _records(mine.sort_values("known_from", kind="stable"))
        known = [each for each in by_item[item_id] if each["known_from"] <= day]
        return known[-1] if known else next(iter(by_item[item_id]), None)

    return then


def _naming_days(dated: pd.DataFrame, mine: Mapping[str, list[Act]]) -> Callable[[Record], bool]:
    """Whether the row of a version itself names the day of completion."""
    if not any(act.kind == REJECT for acts in mine.values() for act in acts):
        return lambda version: False
    places = set(dated[[*PLACE]].itertuples(index=False, name=None)) if len(dated) else set()
    return lambda version: _place(version) in places


def _place(record: Record) -> tuple[Any, ...]:
    return tuple(record[name] for name in PLACE)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return records
