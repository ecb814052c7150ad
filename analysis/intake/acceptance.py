"""The office accepts an item and strikes it off, or a second person takes that back.

Each act is a submission of its own: a ledger of one row in ``data/raw/<day>/验收销号/``, read like
any other, so that the item's history tells who closed it, when, and on what evidence.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from filelock import FileLock

from analysis.errors import SourceError, YanpanError
from analysis.ingest.received import ACCEPTED, LOCK, LOCK_S
from analysis.ingest.versions.acceptances import ACCEPT, WITHDRAW
from analysis.intake.drafts import (
    Received,
    next_number,
    no_room,
    note_landed,
    write_whole,
)
from analysis.ledgers import LEDGERS
from analysis.ledgers.codes import STATE
from analysis.settings import Settings
from analysis.wording.formulas import SIGNS, is_formula

#: What may be evidence, by how such a file begins.
EVIDENCE: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",), ".docx": (b"PK\x03\x04",),
}  # fmt: skip
_LEDGER = LEDGERS["acceptance"]
_FIELDS = [field for field in _LEDGER if field.header]
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Act:
    """One record as it stands in its file; values as text."""

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


def acts_on(settings: Settings, item_id: str, aliases: Sequence[str] = ()) -> list[Act]:
    """What was recorded about an item, published or not, the first first; by any of its ids."""
    found = []
    for path in sorted(settings.raw.glob(f"????-??-??/{ACCEPTED}/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                said = {field.name: row.get(field.label) or "" for field in _FIELDS}
                codes = _LEDGER["act"].codes
                act = codes.words.get(said["act"], "") if codes else ""
                found.append(Act(**(said | {"act": act})))
    mine = [act for act in found if act.item_id in {item_id, *aliases}]
    return sorted(mine, key=lambda act: act.recorded_at)


def standing(acts: list[Act]) -> Act | None:
    """The acceptance that stands, if one does; a withdrawal by the same person is none."""
    last: Act | None = None
    for act in acts:
        if act.act == ACCEPT and last is None:
            last = act
        elif act.act == WITHDRAW and last and act.recorded_by != last.recorded_by:
            last = None
    return last


def accept(
    settings: Settings, item: Mapping[str, Any], who: str, accepted_on: str, accepted_by: str,
    closed_on: str, evidence: tuple[str, IO[bytes]] | None, aliases: Sequence[str] = (),
) -> Received:  # fmt: skip
    """Record that an item was accepted and struck off.

    ``item`` is its row of the relation ``items`` today, ``aliases`` its other ids.

    Raises:
        YanpanError: it is not done, or is closed already; a day is missing or impossible; nobody
            signed, or he who answers for the item did; there is no evidence; the disk is full.

    """
    item_id, signer = str(item["item_id"]), _plain("验收人", accepted_by)
    day, closing = _day("验收日期", accepted_on), _day("销号日期", closed_on or accepted_on)
    if item["state"] != "accepting":
        raise YanpanError(
            f"只能验收“{STATE.labels['accepting']}”的事项，这一条现在是“{STATE.labels[item['state']]}”；"
            "请单位先报整改完成。"
        )
    if day < _date_of(item["done_on"]):
        raise YanpanError(f"验收日期早于整改完成日期 {_date_of(item['done_on'])}，请核对。")
    if closing < day:
        raise YanpanError("销号日期不能早于验收日期。")
    if signer == item["person"]:
        raise YanpanError(f"{signer}是这条事项的责任人，不能自己验收。")
    name, digest = _keep_evidence(settings, evidence)
    act = Act(
        item_id, ACCEPT, who, _now(), str(day), signer, str(closing), name, digest
    )  # fmt: skip
    return _record(settings, act, aliases)


def withdraw(
    settings: Settings, item_id: str, who: str, reason: str, aliases: Sequence[str] = ()
) -> Received:
    """Take an acceptance back; the item stands again as its unit reports it.

    Raises:
        YanpanError: none stands, it is the same person's, or no reason is given.

    """
    act = Act(item_id, WITHDRAW, who, _now(), reason=_plain("撤回原因", reason))
    return _record(settings, act, aliases)


def evidence_path(settings: Settings, sha256: str) -> Path | None:
    """The evidence of that hash, if it was ever kept."""
    if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
        return None
    return next(iter(settings.evidence.glob(f"{sha256}.*")), None)


def _record(settings: Settings, act: Act, aliases: Sequence[str]) -> Received:
    """Write the one row, if it may follow what was recorded before; one at a time."""
    folder = settings.raw / date.today().isoformat() / ACCEPTED
    try:
        settings.raw.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            last = standing(acts_on(settings, act.item_id, aliases))
            if act.act == ACCEPT and last:
                raise YanpanError(
                    f"这条事项已由 {last.recorded_by} 于 {last.recorded_at} 登记验收。"
                )
            if act.act == WITHDRAW and last is None:
                raise YanpanError("这条事项没有有效的验收可以撤回。")
            if act.act == WITHDRAW and last and last.recorded_by == act.recorded_by:
                raise YanpanError("登记验收的人不能自己撤回，请由另一人撤回。")
            folder.mkdir(parents=True, exist_ok=True)
            content = _as_csv(act)
            target = folder / f"{next_number(folder):03}_验收销号.csv"
            write_whole(target, content)
            digest = hashlib.sha256(content).hexdigest()
            note_landed(settings, target, digest)
    except OSError as error:
        raise no_room(error) from error
    return Received(target.relative_to(settings.raw).as_posix(), digest)


def _as_csv(act: Act) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(field.label for field in _FIELDS)
    codes = _LEDGER["act"].codes
    labels = codes.labels if codes else {}
    values = [getattr(act, field.name) for field in _FIELDS]
    writer.writerow(labels.get(value, value) for value in values)
    return ("\ufeff" + out.getvalue()).encode()


def _keep_evidence(settings: Settings, evidence: tuple[str, IO[bytes]] | None) -> tuple[str, str]:
    """Keep the file by its hash; return the name that it is told by, and the hash."""
    if evidence is None or not evidence[0]:
        raise YanpanError("请附上验收的依据文件（验收单、复查照片等）。")
    name, content = evidence
    suffix = Path(name).suffix.lower()
    if suffix not in EVIDENCE:
        raise SourceError(f"依据文件只收 {'、'.join(EVIDENCE)}。")
    body = content.read()
    if not body.startswith(EVIDENCE[suffix]):
        raise SourceError("依据文件的内容和它的类型不符，可能已损坏，请重新选择。")
    digest = hashlib.sha256(body).hexdigest()
    settings.evidence.mkdir(parents=True, exist_ok=True)
    if evidence_path(settings, digest) is None:
        write_whole(settings.evidence / f"{digest}{suffix}", body)
    return f"{digest[:8]}{suffix}", digest


def _plain(label: str, text: str) -> str:
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise YanpanError(f"请填写{label}（最多 {LONGEST} 字）。")
    if is_formula(said) or not said.isprintable():
        raise YanpanError(f"{label}不能以 {' '.join(SIGNS)} 开头，也不能有特殊字符。")
    return said


def _day(label: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise YanpanError(f"请填写{label}，写成 2023-11-15 的样子。") from None
    if day > date.today():
        raise YanpanError(f"{label} {day} 还没有到。")
    return day


def _date_of(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else date.min


def _now() -> str:
    return datetime.now().isoformat(sep=" ", timespec="microseconds")
