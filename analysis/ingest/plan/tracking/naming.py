"""Rows of measures → which measure of which plan each speaks of, and what is to be told of it."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Places
from analysis.ingest.measures.days import LIMITED
from analysis.ingest.plan.tracking.calendars import Calendars
from analysis.ingest.plan.tracking.contradictions import contradictions
from analysis.ingest.plan.tracking.matching import (
    Measure,
    Measures,
    Said,
    is_firm,
    match,
    shares,
    words_of_measure,
)
from analysis.ingest.plan.tracking.references import (
    Reference,
    dangling,
    doubt_of,
    finding_of,
    with_answers,
)
from analysis.ingest.plan.tracking.register import ANNEX, BODY, LEDGER, PlanBook, Register, Source
from analysis.ingest.tables.measures import plan_number
from analysis.ingest.versions.identity import Identified
from analysis.ingest.versions.identity.joining import Settled
from analysis.ingest.versions.identity.naming import given_name
from analysis.ingest.versions.identity.spelling import plain_words
from analysis.ledgers.codes import FINISHED
from analysis.ledgers.measure import MEASURE

#: What only a row says that tells of progress; a sheet without it is the list itself.
PROGRESS = [each.name for each in MEASURE if each.role == "progress"]
#: What stands in the list, and seldom in a ledger on it.
LISTED = ("problem", "manifestation")
NEEDED = (
    *MEASURE.key, *MEASURE.fingerprint, *LISTED, *PROGRESS, "manifestation_no", "measure_no",
    "frequency", "due_text", "due_on", "start_on", "first_node_on", "region",
    "submission_id", "sheet", "row_no", "known_from", "sender", "called",
)  # fmt: skip
#: Columns that a deadline given provisionally fills.
GIVEN = ("due_text", "due_on", "due_is_provisional")


class Tracking:
    """Follows the measures of all plans through the submissions, in order of receipt.

    It is called once with all rows; ``register`` then holds the plans, ``doubts`` what a person
    must settle. ``reserved`` are the names that measures had in an earlier era of the history,
    ``answer`` gives what a person has answered to a doubt of which plan a sheet is. Without
    ``takes_new`` the rows of units make no new measure: those that would, and those that are
    another unit's, are ``strange``, by submission and line. Without ``takes_nameless`` no measure
    is made of a bare number that the plan has not; such rows are ``nameless``.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        places: Places,
        reserved: Collection[str] = frozenset(),
        answer: Callable[[str], str | None] = lambda doubt: None,
        *,
        takes_new: bool = True,
        takes_nameless: bool = True,
    ) -> None:
        self.register = Register(answer)
        self._sources = {each.submission_id: each for each in sources}
        self._places = places
        self._names: set[str] = set()
        self._reserved = reserved
        self._asked: dict[str, tuple[Doubt, Reference]] = {}
        self._calendars: dict[int, Calendars] = {}
        self._takes_new, self._takes_nameless = takes_new, takes_nameless
        self.strange: set[tuple[str, int]] = set()
        self.nameless: set[tuple[str, int]] = set()
        #: Whose each measure is, as the office said last.
        self._owners: dict[str, str] = {}

    @property
    def doubts(self) -> list[Doubt]:
        """All that is open, each question once; a deadline that the plan gave since is none."""
        plans = {each.key: each for each in self.register.doubts}
        open_ones = [
            doubt
            for doubt, reference in self._asked.values()
            if not any(measure.has_due for measure in reference.meant)
        ]
        return [*plans.values(), *open_ones]

    def __call__(self, rows: pd.DataFrame, said: Sequence[str]) -> Identified:
        """Name all rows: by the plan of their submission, then by the measure in it."""
        named = _Names(rows)
        for source, members in self._batches(rows, said):
            rank = _rank(source, members)
            leaders = [group[0] for group in members]
            plan = self.register.plan_of(source, rank, leaders)
            alike, against = shares(leaders, plan.measures)
            found = match(leaders, plan.measures, rank == BODY or alike > against)
            if source.is_of_unit and not self._takes_new:
                self._set_aside(source, members, found)
                continue
            for group, leader, before in zip(members, leaders, found, strict=True):
                is_bare = not leader.text and leader.number.isdigit()
                if before is None and is_bare and not self._takes_nameless:
                    self.nameless |= _places(source, group)
                    continue
                measure = before or self._enter(leader, rank, plan, named)
                if before:
                    named.findings += contradictions(
                        leader, before, rank, plan.measures, self._places
                    )
                    _renew(before, leader, rank, plan.measures)
                _follow(measure, leader)
                measure.is_stated |= rank >= ANNEX
                if not source.is_of_unit and not is_null(leader.row["unit"]):
                    self._owners[measure.name] = str(leader.row["unit"])
                named.enter(group, measure, plan, rank)
            if rank == BODY or (rank == ANNEX and source.is_revision):
                named.findings += self._dropped(plan, found, leaders, source)
            if rank >= ANNEX:
                calendars = self._calendars.setdefault(id(plan), Calendars())
                named.findings += calendars.follow(source, leaders, rank, self._places)
            self._give(leaders, plan, source, named)
        return named.done()

    def _set_aside(
        self, source: Source, members: Sequence[list[Said]], found: Sequence[Measure | None]
    ) -> None:
        """Note the rows of a unit that are of no measure, or of one that is another unit's."""
        for group, measure in zip(members, found, strict=True):
            if measure is None or self._owners.get(measure.name, source.sender) != source.sender:
                self.strange |= _places(source, group)

    def settled(self, versions: pd.DataFrame, answers: Settled) -> pd.DataFrame:
        """The versions of measures with the deadlines that persons gave to one of those meant."""
        for doubt, reference in self._asked.values():
            decided = answers(doubt.key)
            for measure in reference.siblings if decided else ():
                versions = with_answers(versions, reference, measure, decided)
        return versions

    def _batches(
        self, rows: pd.DataFrame, said: Sequence[str]
    ) -> Iterator[tuple[Source, list[list[Said]]]]:
        """The rows of one submission after the other, those that say the same taken together."""
        needed = [name for name in dict.fromkeys((*NEEDED, *said)) if name in rows]
        groups: dict[str, dict[tuple[Any, ...], list[Said]]] = {}
        for position, row in enumerate(_dicts(rows[needed])):
            content = tuple(None if is_null(row[name]) else row[name] for name in said)
            one = Said(
                position, plan_number(row["sub_no"]), words_of_measure(row),
                plain_words(row["unit"]), row,
            )  # fmt: skip
            groups.setdefault(row["submission_id"], {}).setdefault(content, []).append(one)
        for submission_id, batch in groups.items():
            yield self._sources[submission_id], list(batch.values())

    def _enter(self, said: Said, rank: int, plan: PlanBook, named: "_Names") -> Measure:
        """Give a new measure its name for good."""
        base = _base_name(said, plan.mark)
        if base in self._names and said.number and not plan.measures.numbered(said.number):
            base = _base_name(said, plan.mark or plan.own_mark)  # another plan has the number
        name, copies = given_name(base, said.row.get("called"), self._names, self._reserved)
        if copies > 1:
            number = said.number or said.row.get("sub_measure")
            message = f"“{number}”重复使用而内容不同，两条都已入库；请改用不同的编号"
            named.findings.append(
                self._places.finding(
                    said.row, "sub_no", "number_repeated", "error", message, number
                )
            )
        if not said.text and any(each.is_stated for each in plan.measures.all):
            message = (
                f"只写了编号“{said.number}”，没有写措施，方案里没有这个编号；"
                "按一条新的措施统计，请核对编号"
            )
            named.findings.append(
                self._places.finding(
                    said.row, "sub_no", "row_in_doubt", "error", message, said.number
                )
            )
        measure = Measure(name, said.number, said.text, said.unit, rank, said.row)
        plan.measures.add(measure)
        return measure

    def _dropped(
        self,
        plan: PlanBook,
        found: Sequence[Measure | None],
        leaders: Sequence[Said],
        source: Source,
    ) -> Iterator[Finding]:
        """新方案未列入: what an earlier version of the plan had, and nobody has finished."""
        kept = {each.name for each in found if each}
        new = {id(each.row) for each in leaders}
        for measure in plan.measures.all:
            is_new = id(measure.row) in new
            if is_new or measure.name in kept or measure.is_over or not measure.is_stated:
                continue
            message = (
                f"以前的方案列有 {measure.number}“{measure.row.get('sub_measure')}”，"
                "这一版没有列入；仍按原状态统计，确已撤销的请报为“撤销”"
            )
            yield Finding(
                source.submission_id, source.sheet, None, "item_id", measure.name,
                "plan_dropped", "warning", message, measure.name,
            )  # fmt: skip

    def _give(self, rows: Sequence[Said], plan: PlanBook, source: Source, named: "_Names") -> None:
        """Deadlines for measures that there are not: told, and given to the only one meant."""
        for reference in dangling(rows, plan):
            if not source.is_body:  # a document's own references are told with its other slips
                named.findings.append(finding_of(reference, self._places))
            if doubt := doubt_of(reference, plan, source):
                self._asked.setdefault(doubt.key, (doubt, reference))
            only = reference.only
            for row in rows:
                if only and named.names[row.position] == only.name:
                    named.give(row.position, reference.text, reference.day)


class _Names:
    """What becomes known of each row, by its place among all rows."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.names = [""] * len(rows)
        self.findings: list[Finding] = []
        self._plans: list[str | None] = [None] * len(rows)
        self._ranks = [LEDGER] * len(rows)
        self._kinds: list[str | None] = [None] * len(rows)
        self._given = {name: rows[name].tolist() for name in GIVEN if name in rows}

    def enter(self, group: Sequence[Said], measure: Measure, plan: PlanBook, rank: int) -> None:
        """Name the rows of a group, which say the same."""
        for said in group:
            self.names[said.position] = measure.name
            self._plans[said.position] = plan.plan_id or None
            self._ranks[said.position] = rank
            if measure.rank == BODY and measure.has_due:
                self._kinds[said.position] = LIMITED  # a day makes it so where nobody says a kind

    def give(self, position: int, text: str, day: Any) -> None:
        """Give a row a deadline that is to be confirmed."""
        for name, value in zip(GIVEN, (text, day, True), strict=True):
            self._given[name][position] = value

    def done(self) -> Identified:
        """All of it."""
        columns = {"plan": self._plans, **self._given}
        return Identified(
            self.names, self.findings, columns=columns, by_default={"rect_type": self._kinds},
            ranks=self._ranks,
        )  # fmt: skip


def _dicts(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return rows.to_dict("records")  # type: ignore[return-value]


def _places(source: Source, group: Iterable[Said]) -> set[tuple[str, int]]:
    return {(source.submission_id, said.row["row_no"]) for said in group}


def _rank(source: Source, members: Sequence[Sequence[Said]]) -> int:
    """Whether a submission is the body of a plan, its list, or a ledger on it."""
    if source.is_body:
        return BODY
    if source.is_of_unit:
        return LEDGER
    rows = [said.row for group in members for said in group]
    tells = any(not is_null(row.get(name)) for row in rows for name in PROGRESS)
    lists = any(not is_null(row.get(name)) for row in rows for name in LISTED)
    return ANNEX if not tells and (lists or "清单" in source.title + source.sheet) else LEDGER


def _base_name(said: Said, mark: str) -> str:
    prefix = f"{MEASURE.prefix}-{mark}-" if mark else f"{MEASURE.prefix}-"
    if said.number:
        return prefix + said.number
    row = said.row
    words = [plain_words(row.get(name)) for name in ("region", "sender", *MEASURE.fingerprint)]
    return f"{prefix}#{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:10]}"


def _renew(measure: Measure, said: Said, rank: int, plan: Measures) -> None:
    """Take over number and words of a row that has as much to say, or says what was not known."""
    if rank >= measure.rank:
        measure.text = said.text or measure.text
        measure.number = said.number if is_firm(said.number) else measure.number or said.number
        measure.unit = said.unit or measure.unit
        measure.rank, measure.row = rank, said.row
    elif not is_firm(measure.number) and said.number:
        measure.number = said.number
    plan.renew(measure)


def _follow(measure: Measure, said: Said) -> None:
    """Whether a measure has a deadline and whether it is over, after one more row."""
    row = said.row
    measure.has_due |= not is_null(row.get("due_on"))
    status = row.get("status")
    if not is_null(status):
        measure.is_over = status in {*FINISHED, "void"}
    elif any(not is_null(row.get(name)) for name in ("done_on", "accepted_on", "closed_on")):
        measure.is_over = True
