"""The office's 验收销号, laid over what the units report, from the day of its record on.

An acceptance closes an item whatever its unit's ledgers say afterwards: they often lag behind. A
unit that goes on reporting it as not done is told of, since it may be right. A withdrawal, which
is another person's, ends the acceptance: from its day on the unit's word stands again. Days
before either are as they were, so that a figure shown then comes out again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.spans import FOREVER, end_of, known_during
from analysis.ledgers.codes import UNFINISHED

ACCEPT, WITHDRAW = "accept", "withdraw"
NO_ALIASES = Aliases()


@dataclass(frozen=True, slots=True)
class Span:
    """An acceptance and how long it stands; ``record`` is its row, ``end`` that which ended it.

    ``since`` and ``until`` are the days from which either is known of an item that the row names
    by another id.
    """

    record: Mapping[str, Any]
    end: Mapping[str, Any] | None = None
    since: date = date.min
    until: date = date.min

    @property
    def begins_on(self) -> date:
        """The day from which it is known."""
        day: date = self.record["known_from"]
        return max(day, self.since)

    @property
    def ends_on(self) -> date:
        """The day from which it is known to be withdrawn."""
        return max(self.end["known_from"], self.until) if self.end else FOREVER


Spans = dict[str, list[Span]]
#: A record, and the day from which it is known of an item.
_Act = tuple[date, Mapping[str, Any]]


def spans_of(
    rows: pd.DataFrame, places: Places, aliases: Aliases = NO_ALIASES
) -> tuple[Spans, list[Finding]]:
    """Item → its acceptances, the first first, and what is wrong with records.

    ``rows`` are those of the ledger ``acceptance``. A record that lacks a day or a signature
    closes nothing; a withdrawal by whoever recorded the acceptance ends nothing. What is recorded
    of an alias is of its item, from the day on which that is known.
    """
    spans: Spans = {}
    findings: list[Finding] = []
    for item_id, acts in _acts(rows, aliases).items():
        mine, void = _spans(acts, places)
        spans[item_id] = mine
        if item_id not in aliases:  # told once, of the item that it is
            findings += void
    return spans, findings


def _acts(rows: pd.DataFrame, aliases: Aliases) -> dict[str, list[_Act]]:
    """Item → what was recorded of it, under whichever of its ids, in the order of its days."""
    acts: dict[str, list[_Act]] = {}
    for record in _in_order(rows):
        for meaning in aliases.meanings(record["item_id"]):
            if record["known_from"] < meaning.end:
                acts.setdefault(meaning.item_id, []).append((meaning.start, record))
    return acts


def _spans(acts: Iterable[_Act], places: Places) -> tuple[list[Span], list[Finding]]:
    mine: list[Span] = []
    findings: list[Finding] = []

    def void(record: Mapping[str, Any], field: str, message: str) -> None:
        findings.append(_void(places, record, field, message))

    for since, record in acts:
        last = mine[-1] if mine and mine[-1].end is None else None
        if record["act"] == WITHDRAW:
            if last is None:
                void(record, "act", "这条事项没有有效的验收可以撤回")
            elif record["recorded_by"] == last.record["recorded_by"]:
                void(record, "recorded_by", "验收须由登记人以外的人撤回，撤回没有生效")
            else:
                mine[-1] = replace(last, end=record, until=since)
        elif record["act"] == ACCEPT:
            lacking = next((n for n in ("accepted_on", "accepted_by") if is_null(record[n])), None)
            if lacking:
                void(record, lacking, "没有验收日期或验收人，不能销号")
            elif last is None:
                mine.append(Span(record, since=since))
    return mine, findings


def lay_over(
    versions: pd.DataFrame, spans: Spans, places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    """The versions of one ledger of items with the acceptances laid over them."""
    mine = versions[versions["item_id"].isin(spans.keys())]
    if mine.empty:
        return versions, []
    pieces: list[dict[str, Any]] = []
    findings: list[Finding] = []
    records: list[dict[str, Any]] = mine.to_dict("records")  # type: ignore[assignment]
    for version in records:
        cut, lagging = _cut(version, spans[version["item_id"]], places)
        pieces += cut
        findings += lagging
    rest = versions.drop(index=mine.index)
    laid = pd.DataFrame(pieces, columns=list(versions.columns), dtype=object)
    return pd.concat([rest, laid], ignore_index=True), findings


def is_accepted(spans: Spans, item_id: str, day: date) -> bool:
    """Whether the office's acceptance of an item stood on a day."""
    return any(span.begins_on <= day < span.ends_on for span in spans.get(item_id, ()))


def unknown_items(spans: Spans, known: set[str], places: Places) -> list[Finding]:
    """A finding for each acceptance of something that is no item."""
    return [
        _void(places, span.record, "item_id", "没有这条事项，请核对事项编号")
        for item_id, mine in spans.items()
        if item_id not in known
        for span in mine
    ]


def _in_order(rows: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    return sorted(
        (record for record in records if not is_null(record["item_id"])),
        key=lambda record: (record["known_from"], str(record["recorded_at"])),
    )


def _cut(
    version: dict[str, Any], spans: Sequence[Span], places: Places
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """One version as the pieces that acceptances make of it, in the order of their days."""
    pieces: list[dict[str, Any]] = []
    findings: list[Finding] = []
    start, end = version["known_from"], end_of(version["known_to"])
    by: Mapping[str, Any] | None = None  # whose record began the piece at hand
    for span in spans if version["status"] != "void" else ():
        if span.ends_on <= start or span.begins_on >= end:
            continue
        if span.begins_on > start:
            pieces.append(_piece(version, start, span.begins_on, by))
            by = span.record
        until = min(span.ends_on, end)
        pieces.append(_piece(_closed(version, span), max(start, span.begins_on), until, by))
        if version["known_from"] > span.begins_on and version["status"] in UNFINISHED:
            findings.append(_still_open(version, span, places))
        start, by = until, span.end
    if start < end or not pieces:
        pieces.append(_piece(version, start, end, by))
    return pieces, findings


def _closed(version: dict[str, Any], span: Span) -> dict[str, Any]:
    record = span.record
    closed_on = record["accepted_on"] if is_null(record["closed_on"]) else record["closed_on"]
    return version | {
        "status": "closed", "accepted_on": record["accepted_on"],
        "accepted_by": record["accepted_by"], "closed_on": closed_on,
    }  # fmt: skip


def _piece(
    version: dict[str, Any], start: date, end: date, by: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A version for some days; the record that made it differ is where it came from."""
    place = {name: by[name] for name in ("submission_id", "sheet", "row_no")} if by else {}
    return known_during(version | place, start, end)


def _still_open(version: dict[str, Any], span: Span, places: Places) -> Finding:
    message = (
        f"专班已于 {span.record['accepted_on']} 验收销号，单位仍报未完成；按已销号统计，"
        "请核对，确未完成的由另一人撤回验收"
    )
    value = version["status_text"]
    return places.finding(version, "status", "accepted_but_open", "warning", message, value)


def _void(places: Places, record: Mapping[str, Any], field: str, message: str) -> Finding:
    return places.finding(record, field, "acceptance_void", "error", message, record[field])
