"""The office sets a reading right: an entry at the end of ``plan_readings.toml``, nothing else.

Nobody's file is touched. What was read wrongly is read anew with the entry, and so is the next
plan with the same label.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from filelock import FileLock

from analysis.errors import SourceError
from analysis.ingest.beside.view import Beside, ItemRead, LineRead
from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.plan.taught import PLAN_READINGS, TAKEN_BACK, Entry, read_taught
from analysis.ingest.plan.taught.entries import (
    FIELDS_TO_SET,
    LABEL,
    ROLE,
    ROLES_TO_SET,
    WORD_OF,
    entry_of,
)
from analysis.ingest.received import LOCK, LOCK_S
from analysis.intake.drafts import no_room, write_whole
from analysis.settings import Settings
from analysis.stores import OFFICE
from analysis.wording.characters import without_odd

#: What can be chosen on the page: roles of lines, roles of labels, fields of a measure.
LINE_ROLES = tuple(map(str, ROLES_TO_SET))
LABEL_ROLES = tuple(map(str, WORD_OF))
FIELDS = tuple(FIELDS_TO_SET)
DUE = "完成期限"
LONGEST_VALUE, LONGEST_WHY, LONGEST_QUOTE = 100, 200, 30
__all__ = [
    "FIELDS", "LABEL_ROLES", "LINE_ROLES", "Beside", "Entry", "ItemRead", "LineRead", "in_force",
    "set_field", "set_role", "take_back", "teach_label",
]  # fmt: skip


def set_role(settings: Settings, line: LineRead, role: str, by: str, why: str) -> Entry:
    """Say what a line of one document is.

    Raises:
        SourceError: there is no such role, no reason is given, or the file cannot be used.
        YanpanError: the disk takes no more.

    """
    return _note(settings, _of_line(line) | {"set": ROLE, "value": role}, by, why)


def set_field(
    settings: Settings, item: ItemRead, name: str, value: str, by: str, why: str
) -> Entry:
    """Say a field of one measure of one document; raises as ``set_role`` does."""
    said = _one_line(value, LONGEST_VALUE, name)
    if name == DUE:
        _must_be_a_deadline(said)
    document, text, nth = item.place
    about = {"document": document, "line": text, "nth": nth, "quote": item.text[:LONGEST_QUOTE]}
    return _note(settings, about | {"set": name, "value": said}, by, why)


def teach_label(settings: Settings, label: str, role: str, by: str, why: str) -> Entry:
    """Teach what a label of plans means; raises as ``set_role`` does."""
    about = {"label": _one_line(label, LONGEST_VALUE, "标签").strip(":： ")}
    return _note(settings, about | {"set": LABEL, "value": role}, by, why)


def take_back(settings: Settings, number: int, by: str, why: str) -> Entry:
    """Take an entry back by another one; raises as ``set_role`` does."""
    entries = {each.number: each for each in read_taught(settings.raw).entries}
    if number not in entries:
        raise SourceError("没有这一条，可能刚被别人改过；请刷新页面再看。")
    entry = entries[number]
    document, text, nth = entry.place
    about: dict[str, Any] = (
        {"label": entry.label}
        if entry.what == LABEL
        else {"document": document, "line": text, "nth": nth, "quote": entry.quote}
    )
    return _note(settings, about | {"set": entry.what, "value": TAKEN_BACK}, by, why)


def in_force(settings: Settings, document: str, day: date) -> list[Entry]:
    """The entries that hold on a day: all labels, and what was set right of one document."""
    return [
        each
        for each in read_taught(settings.raw).in_force(day)
        if each.value is not None and (each.what == LABEL or each.place[0] == document)
    ]


def _of_line(line: LineRead) -> dict[str, Any]:
    document, text, nth = line.place
    if not document:
        raise SourceError("这一行不能改：它不是方案正文里的一段。")
    quote = line.text.strip()[:LONGEST_QUOTE]
    return {"document": document, "line": text, "nth": nth, "quote": quote}


def _note(settings: Settings, about: Mapping[str, Any], by: str, why: str) -> Entry:
    said = {
        **about, "by": by or OFFICE, "on": date.today(), "why": _one_line(why, LONGEST_WHY, "理由"),
    }  # fmt: skip
    file = settings.raw / PLAN_READINGS
    try:
        settings.raw.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            entry = entry_of(len(read_taught(settings.raw).entries) + 1, said)
            before = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
            if before and not before.endswith("\n"):
                before += "\n"
            write_whole(file, (before + _block(said)).encode())
    except OSError as error:
        raise no_room(error) from error
    return entry


def _block(said: Mapping[str, Any]) -> str:
    lines = [
        f"{name} = {value.isoformat() if isinstance(value, date) else _quoted(value)}"
        for name, value in said.items()
    ]
    return "\n".join(["", "[[reading]]", *lines, ""])


def _quoted(value: Any) -> str:
    # JSON leaves U+007F as it is, which TOML does not take.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str, longest: int, name: str) -> str:
    said = " ".join(without_odd(text).split())
    if not said or len(said) > longest or not said.isprintable():
        raise SourceError(f"请写明{name}（最多 {longest} 字，不能有特殊字符）。")
    return said


def _must_be_a_deadline(text: str) -> None:
    try:
        clause = parse_clause(text, date.today())
    except ValueError as error:
        raise SourceError(f"完成期限“{text}”里没有这一天，请核对日期。") from error
    if clause.left:
        raise SourceError(f"完成期限“{text}”读不懂，请写成 2024年9月30日前、长期坚持一类的话。")
