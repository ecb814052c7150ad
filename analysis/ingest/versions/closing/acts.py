"""What the office recorded of an item, act by act: which acts hold, and how long.

An acceptance stands until another person takes it back or sends the item back to be done again.
Where an item was found to be none (误报), it is void from then on, until it is acted on again.
What lacks a day or a signature, what is signed by somebody who may not, by the 责任人 himself, or
recorded by the unit whose item it is, closes nothing; it is told of, and the item waits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.codes.acts import is_bare_withdrawal
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.closing.rule import ClosingRule

#: Where a row stands.
PLACE = ("submission_id", "sheet", "row_no")
ACCEPT, REJECT, WITHDRAW, VOID = "accept", "reject", "withdraw", "void"

Record = Mapping[str, Any]
#: Item and day → how it was reported then; None where nothing of it was known.
Then = Callable[[str, date], Record | None]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that holds; ``since`` is the day from which it is known to be of this item, which its
    row may name by another id.
    """

    record: Record
    since: date = date.min

    @property
    def kind(self) -> str:
        """Accepted, sent back, taken back, or found to be none."""
        return str(self.record["act"])

    @property
    def begins_on(self) -> date:
        """The day from which it counts: that of its receipt."""
        day: date = self.record["known_from"]
        return max(day, self.since)

    @property
    def checked_on(self) -> date:
        """The day on which the work was looked at; that of the record where none is named."""
        day: date = self.record["known_from"]
        checked = self.record["accepted_on"]
        return day if is_null(checked) else min(checked, day)


#: The acts on one item that hold, the first first.
Acts = Sequence[Act]


def text_of(value: Any) -> str:
    """A cell of a record as text; nothing of a blank one."""
    return "" if is_null(value) else str(value)


def standing(acts: Acts) -> Act | None:
    """The acceptance that nothing has ended; whatever follows an acceptance ends it."""
    return acts[-1] if acts and acts[-1].kind == ACCEPT else None


def last_return(acts: Acts) -> Act | None:
    """The last time that the item was sent back."""
    return next((act for act in reversed(acts) if act.kind == REJECT), None)


def is_void(acts: Acts) -> bool:
    """Whether the office has said last that the item is none."""
    return bool(acts) and acts[-1].kind == VOID


def is_settled(acts: Mapping[str, Acts], item_id: str, day: date) -> bool:
    """Whether the office had closed an item by a day, or said that it is none."""
    known = [act for act in acts.get(item_id, ()) if act.begins_on <= day]
    return standing(known) is not None or is_void(known)


def acts_by_item(rows: pd.DataFrame, aliases: Aliases) -> dict[str, list[tuple[date, Record]]]:
    """Item → what was recorded of it, under whichever of its ids, in the order of its days, each
    with the day from which it is known to be of this item.
    """
    acts: dict[str, list[tuple[date, Record]]] = {}
    # One row is one act, though a correction of it begins a version of its own.
    rows = rows.sort_values("known_from", kind="stable").drop_duplicates([*PLACE])
    for record in _in_order(rows):
        for meaning in aliases.meanings(record["item_id"]):
            if record["known_from"] < meaning.end:
                acts.setdefault(meaning.item_id, []).append((meaning.start, record))
    return acts


def held(
    item_id: str, acts: Iterable[tuple[date, Record]], rule: ClosingRule, then: Then, places: Places
) -> tuple[list[Act], list[Finding]]:
    """The acts on one item that hold, and an error on each that does not."""
    mine: list[Act] = []
    findings: list[Finding] = []
    faults = {
        ACCEPT: _of_acceptance, REJECT: _of_return, WITHDRAW: _of_withdrawal, VOID: _of_voiding,
    }  # fmt: skip
    was_accepted = False
    for since, told in acts:
        record = told if was_accepted else _of_item(told)
        was_accepted = was_accepted or record["act"] == ACCEPT
        if record["act"] not in faults:
            is_of_none = is_null(record["act"])
            if (
                is_of_none
                and is_null(record.get("act_text"))
                and not is_null(record["accepted_on"])
            ):
                message = "没有写明合格还是不合格，没有生效；请补填"
                findings.append(void(places, record, "act", message))
            continue  # a cell that could not be read is told by its reader
        item = then(item_id, max(since, record["known_from"])) or {}
        fault = next(faults[record["act"]](record, mine, rule, item), None)
        if fault:
            findings.append(void(places, record, *fault))
        elif record["act"] != ACCEPT or standing(mine) is None:
            mine.append(Act(record, since))
    return mine, findings


def void(places: Places, record: Record, name: str, message: str) -> Finding:
    """An act that has no effect; ``name`` is the field to blame."""
    return places.finding(record, name, "acceptance_void", "error", message, record[name])


def _of_item(record: Record) -> Record:
    """An act on an item that nobody has accepted: a bare 撤销 is of the item itself."""
    said = record.get("act_text")
    is_of_item = record["act"] == WITHDRAW and not is_null(said) and is_bare_withdrawal(str(said))
    return {**record, "act": VOID} if is_of_item else record


#: The field to blame, and what is wrong.
_Faults = Iterator[tuple[str, str]]


def _of_acceptance(record: Record, mine: Acts, rule: ClosingRule, item: Record) -> _Faults:
    yield from _of_signature(record, rule, item, "销号")
    back = last_return(mine)
    is_dated = not is_null(record["accepted_on"])
    if back and is_dated and record["accepted_on"] < back.checked_on:
        message = f"验收日期早于退回日期 {back.checked_on}，不是重改以后的验收，没有销号"
        yield "accepted_on", message


def _of_voiding(record: Record, mine: Acts, rule: ClosingRule, item: Record) -> _Faults:
    yield from _of_signature(record, rule, item, "撤销")


def _of_signature(record: Record, rule: ClosingRule, item: Record, what: str) -> _Faults:
    """What is wrong with who closes an item, or says that it is none: ``what`` in a word."""
    for name in ("accepted_on", "accepted_by"):
        if is_null(record[name]):
            yield name, f"没有验收日期或验收人，不能{what}"
    if is_null(record["accepted_on"]) or is_null(record["accepted_by"]):
        return
    signature = record["accepted_by"]
    if rule.is_own(signature, item):
        message = (
            f"“{signature}”里有这条事项的责任人，不能自己验收，没有{what}；"
            "请由副职等另外的签字人验收"
        )
        yield "accepted_by", message
    if not rule.may_sign(signature, record["known_from"]):
        message = (
            f"“{signature}”不是确认过的签字人，没有{what}；"
            "请由 yanpan.toml 的 [acceptance] signers 里的人签字"
        )
        yield "accepted_by", message
    if _is_senders_own(record, item):
        yield "item_id", f"责任单位自己报的验收销号不算，没有{what}；请由专班登记"


def _of_return(record: Record, mine: Acts, rule: ClosingRule, item: Record) -> _Faults:
    last = standing(mine)
    # A register on paper does not say who wrote it down: what was found wanting is not closed.
    is_signed = any(rule.recorder(record))
    if last and is_signed and rule.are_one(record, last.record):
        message = "这条事项的验收是同一人登记的，退回没有生效；请由登记人以外的人退回或撤回"
        yield "recorded_by", message


def _of_withdrawal(record: Record, mine: Acts, rule: ClosingRule, item: Record) -> _Faults:
    last = standing(mine)
    if last is None:
        yield "act", "这条事项没有有效的验收可以撤回"
    elif rule.are_one(record, last.record):
        yield "recorded_by", "验收须由登记人以外的人撤回，撤回没有生效"


def _is_senders_own(record: Record, item: Record) -> bool:
    """Whether the unit whose item it is sent the record itself."""
    senders = {record.get(name) for name in ("sender", "sender_then")} - {None, ""}
    return item.get("unit") in senders


def _in_order(rows: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    return sorted(
        (record for record in records if not is_null(record["item_id"])),
        key=lambda record: (record["known_from"], _moment(record)),
    )


def _moment(record: Record) -> str:
    return "" if is_null(record["recorded_at"]) else str(record["recorded_at"])
