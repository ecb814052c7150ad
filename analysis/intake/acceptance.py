"""The office accepts an item and strikes it off, sends it back, or a second person takes that back.

Each act is a submission of its own: a ledger of one row in ``data/raw/<day>/验收销号/``, read like
any other, so that the item's history tells who closed it, when, and on what evidence.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from analysis.errors import YanpanError
from analysis.ingest.findings import Places
from analysis.ingest.readings import closing_of
from analysis.ingest.versions.closing.acts import ACCEPT, REJECT, WITHDRAW, held
from analysis.ingest.versions.closing.rule import ClosingRule
from analysis.intake.drafts import (
    Received,
    write_whole,
)
from analysis.intake.guard.apart import INSPECTORS
from analysis.intake.guard.quota import must_leave_room
from analysis.intake.typed.records import one_row, record
from analysis.intake.typed.values import any_day, past_day, plain
from analysis.ledgers import LEDGERS
from analysis.ledgers.codes import STATE
from analysis.settings import Settings
from analysis.stores import ACCEPTED

_LEDGER = LEDGERS["acceptance"]
_FIELDS = [field for field in _LEDGER if field.header]
#: What the ledger of an act is called.
NAME = "验收销号.csv"
#: Where the browser's own acts lie below ``data/raw``.
_BY_BROWSER = re.compile(rf"\d{{4}}-\d\d-\d\d/{ACCEPTED}/\d{{3,}}_[^/]+\.csv")


@dataclass(frozen=True, slots=True)
class Act:
    """One record as it stands in its file; values as text, the time of record when it lands."""

    item_id: str
    act: str
    recorded_by: str
    recorded_at: str
    accepted_on: str = ""
    accepted_by: str = ""
    closed_on: str = ""
    evidence: str = ""
    evidence_sha256: str = ""
    reason: str = ""
    rework_due_on: str = ""
    recorded_person: str = ""
    unit: str = ""
    hazard_no: str = ""
    site: str = ""
    description: str = ""
    extended_due_on: str = ""
    new_unit: str = ""


def acts_on(
    settings: Settings, item_id: str, aliases: Sequence[str] = (),
    published: Iterable[Mapping[str, Any]] = (),
) -> list[Act]:  # fmt: skip
    """What was recorded about an item, published or not, the first first; by any of its ids.

    ``published`` are the rows of the ledger ``acceptance`` with the ``path`` of each: those that
    came in a ledger of the office's stand in no file of the browser's.
    """
    found = [
        Act(**{field.name: _text(row.get(field.name)) for field in _FIELDS})
        for row in published
        if not _BY_BROWSER.fullmatch(str(row["path"]))
    ]
    for path in sorted(settings.raw.glob(f"????-??-??/{ACCEPTED}/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [_act(row) for row in csv.DictReader(file)]
    mine = [act for act in found if act.item_id in {item_id, *aliases}]
    return sorted(mine, key=lambda act: act.recorded_at or act.accepted_on)


def _act(row: Mapping[str, str]) -> Act:
    """A row of a file as it stands there; files of before had other headings."""
    said = {
        field.name: next((row[head] for head in field.headers if row.get(head)), "")
        for field in _FIELDS
    }
    codes = _LEDGER["act"].codes
    return Act(**(said | {"act": codes.words.get(said["act"], "") if codes else ""}))


def last_act(
    acts: Iterable[Act], rule: ClosingRule, item: Mapping[str, Any] | None = None
) -> Act | None:
    """The last of the acts that hold, by the rule by which the ingest takes them.

    An acceptance that is the last one stands. ``item`` says who answers for the matter.
    """
    records = [(date.min, _record_of(act)) for act in acts]
    holding, _ = held("", records, rule, lambda item_id, day: item, Places())
    return holding[-1].record["said"] if holding else None


def standing(
    settings: Settings, acts: Iterable[Act], item: Mapping[str, Any] | None = None
) -> Act | None:
    """The acceptance that stands, if one does; a withdrawal by the same person is none."""
    last = last_act(acts, closing_of(settings), item)
    return last if last and last.act == ACCEPT else None


def are_one_person(settings: Settings, account: str, act: Act) -> bool:
    """Whether an act was recorded by the person of an account, under that account or another."""
    rule = closing_of(settings)
    mine = {"recorded_by": account, "recorded_person": rule.shown.get(account, "")}
    return rule.are_one(mine, _record_of(act))


def who_may_sign(settings: Settings) -> tuple[str, ...]:
    """The signers who are confirmed today; none where anybody but the 责任人 may sign."""
    return closing_of(settings).signers_on(date.today())


def _record_of(act: Act) -> dict[str, Any]:
    """An act as a row that was read."""
    record: dict[str, Any] = {name: value or None for name, value in asdict(act).items()}
    days = {name: _day_or_none(record[name]) for name in ("accepted_on", "closed_on")}
    known = _day_or_none(act.recorded_at[:10]) or days["accepted_on"] or date.min
    place = {"submission_id": "", "sheet": "", "row_no": None, "known_from": known}
    return record | days | place | {"said": act}


def _day_or_none(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def accept(
    settings: Settings, item: Mapping[str, Any], who: str, accepted_on: str, accepted_by: str,
    closed_on: str, evidence: tuple[str, IO[bytes]] | None, aliases: Sequence[str] = (),
    published: Iterable[Mapping[str, Any]] = (),
) -> Received:  # fmt: skip
    """Record that an item was accepted and struck off.

    ``item`` is its row of the relation ``items`` today, ``aliases`` its other ids, ``published``
    the rows of the ledger ``acceptance`` on it.

    Raises:
        YanpanError: it is neither done nor shut, or is closed already; a day is missing or
            impossible; nobody signed who may, or he who answers for the item did; there is no
            evidence; the disk is full.

    """
    item_id, signer = str(item["item_id"]), plain("验收人", accepted_by)
    day, closing = past_day("验收日期", accepted_on), past_day("销号日期", closed_on or accepted_on)
    rule = closing_of(settings)
    # What was found to be gone for good was never done; a 重大 hazard of it needs its record too.
    if item["state"] != "accepting" and not item["is_suspended"]:
        raise YanpanError(
            f"只能验收“{STATE.labels['accepting']}”的事项，这一条现在是“{STATE.labels[item['state']]}”；"
            "请单位先报整改完成。"
        )
    begins = "done_on" if item["state"] == "accepting" else "suspended_on"
    if day < _date_of(item[begins]):
        word = "整改完成日期" if begins == "done_on" else "报告停业的日期"
        raise YanpanError(f"验收日期早于{word} {_date_of(item[begins])}，请核对。")
    if closing < day:
        raise YanpanError("销号日期不能早于验收日期。")
    if rule.is_own(signer, item):
        raise YanpanError(
            f"“{signer}”里有这条事项的责任人（{item['person']}），不能自己验收；请由副职等另外的签字人验收。"
        )
    if rule.is_own(rule.shown.get(who) or who, item):
        raise YanpanError("您是这条事项的责任人，不能自己登记验收；请由另一人登记。")
    if not rule.may_sign(signer, date.today()):
        names = "、".join(rule.signers_on(date.today()))
        raise YanpanError(f"“{signer}”不是确认过的签字人；可以签字的：{names}。")
    name, digest = _keep_evidence(settings, evidence, who)
    act = Act(
        item_id, ACCEPT, who, "", str(day), signer, str(closing), name, digest,
        recorded_person=rule.shown.get(who, ""),
    )  # fmt: skip
    return _record(settings, act, aliases, item, published)


def reject(
    settings: Settings, item: Mapping[str, Any], who: str, checked_on: str, checked_by: str,
    reason: str, rework_due_on: str, aliases: Sequence[str] = (),
    published: Iterable[Mapping[str, Any]] = (),
) -> Received:  # fmt: skip
    """Record that an item was found wanting, and is to be done again by a new deadline.

    Raises:
        YanpanError: nothing was reported done, a day or the reason is missing or impossible, or
            the acceptance that it would end is the same person's.

    """
    if item["state"] not in {"accepting", "closed"}:
        raise YanpanError(f"只能退回报了完成的事项，这一条现在是“{STATE.labels[item['state']]}”。")
    day, due = past_day("复查日期", checked_on), any_day("重改期限", rework_due_on)
    if day < _date_of(item["done_on"]):
        raise YanpanError(f"复查日期早于整改完成日期 {_date_of(item['done_on'])}，请核对。")
    if due < day:
        raise YanpanError("重改期限不能早于复查日期。")
    act = Act(
        str(item["item_id"]), REJECT, who, "", str(day), plain("复查人", checked_by),
        reason=plain("退回原因", reason), rework_due_on=str(due),
        recorded_person=closing_of(settings).shown.get(who, ""),
    )  # fmt: skip
    return _record(settings, act, aliases, item, published)


def withdraw(
    settings: Settings, item_id: str, who: str, reason: str, aliases: Sequence[str] = (),
    item: Mapping[str, Any] | None = None, published: Iterable[Mapping[str, Any]] = (),
) -> Received:  # fmt: skip
    """Take an acceptance back; the item stands again as its unit reports it.

    Raises:
        YanpanError: none stands, it is the same person's, or no reason is given.

    """
    act = Act(
        item_id, WITHDRAW, who, "", reason=plain("撤回原因", reason),
        recorded_person=closing_of(settings).shown.get(who, ""),
    )  # fmt: skip
    return _record(settings, act, aliases, item, published)


def evidence_path(settings: Settings, sha256: str) -> Path | None:
    """The evidence of that hash, if it was ever kept."""
    if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
        return None
    return next(iter(settings.evidence.glob(f"{sha256}.*")), None)


def _must_follow(
    act: Act, acts: Sequence[Act], rule: ClosingRule, item: Mapping[str, Any] | None
) -> None:
    """Refuse an act that cannot come after those recorded before.

    Raises:
        YanpanError: one line that says why.

    """
    last = last_act(acts, rule, item)
    stands = last if last and last.act == ACCEPT else None
    is_mine = stands is not None and rule.are_one(_record_of(act), _record_of(stands))
    if act.act == ACCEPT and stands:
        raise YanpanError(f"这条事项已由 {stands.recorded_by} 于 {stands.recorded_at} 登记验收。")
    if act.act == ACCEPT and last and last.act == REJECT and _is_unpublished(last, item):
        raise YanpanError("这条事项刚被退回重改，请等单位重新报整改完成。")
    if act.act == WITHDRAW and stands is None:
        raise YanpanError("这条事项没有有效的验收可以撤回。")
    if act.act == WITHDRAW and is_mine:
        raise YanpanError("登记验收的人不能自己撤回，换一个账号也不行，请由另一人撤回。")
    if act.act == REJECT and is_mine:
        raise YanpanError("登记验收的人不能自己退回，换一个账号也不行，请由另一人退回。")
    if act.act == REJECT and last and last.act == REJECT and _is_unpublished(last, item):
        raise YanpanError(f"这条事项已由 {last.recorded_by} 于 {last.recorded_at} 登记退回。")


def _is_unpublished(back: Act, item: Mapping[str, Any] | None) -> bool:
    """Whether the figures at hand know nothing of a return yet."""
    known = item.get("returned_on") if item else None
    return not isinstance(known, datetime) or str(known.date()) != back.accepted_on


def _record(
    settings: Settings, act: Act, aliases: Sequence[str], item: Mapping[str, Any] | None,
    published: Iterable[Mapping[str, Any]],
) -> Received:  # fmt: skip
    """Write the one row, if it may follow what was recorded before; one at a time."""

    def made(_: Path) -> bytes:
        acts = acts_on(settings, act.item_id, aliases, published)
        # The time of landing, not that of asking: of two that come at one moment the one that was
        # told what the other is must be the later one.
        landed = replace(act, recorded_at=_now())
        _must_follow(landed, acts, closing_of(settings), item)
        return _as_csv(landed)

    return record(settings, ACCEPTED, NAME, made)


def _as_csv(act: Act) -> bytes:
    codes = _LEDGER["act"].codes
    labels = codes.labels if codes else {}
    values = ((field.label, getattr(act, field.name)) for field in _FIELDS)
    return one_row((heading, labels.get(value, value)) for heading, value in values)


def _keep_evidence(
    settings: Settings, evidence: tuple[str, IO[bytes]] | None, who: str
) -> tuple[str, str]:
    """Keep the file by its hash; return the name that it is told by, and the hash."""
    if evidence is None or not evidence[0]:
        raise YanpanError("请附上验收的依据文件（验收单、复查照片等）。")
    name, content = evidence
    body = content.read()
    must_leave_room(settings, len(body))
    suffix = INSPECTORS.inspect_evidence(name, body, who)
    digest = hashlib.sha256(body).hexdigest()
    settings.evidence.mkdir(parents=True, exist_ok=True)
    if evidence_path(settings, digest) is None:
        write_whole(settings.evidence / f"{digest}{suffix}", body)
    return f"{digest[:8]}{suffix}", digest


def _text(value: Any) -> str:
    """A cell as text; a moment that is a day without its clock."""
    if value is None or value != value:
        return ""
    return str(value.date()) if isinstance(value, datetime) else str(value)


def _date_of(value: Any) -> date:
    """The day of a cell, whether it has a clock or not; before all days where it is empty."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.min


def _now() -> str:
    return datetime.now().isoformat(sep=" ", timespec="microseconds")
