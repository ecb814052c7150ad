"""What is told of records that changed their number, their words or their unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import is_null, text_or_none
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.identity.joining import DIFFERENT, SAME
from analysis.ledgers import Ledger
from analysis.ledgers.codes import STATUS
from analysis.wording.characters import cited

Row = Mapping[str, Any]
#: The rules of the questions whether two rows are one thing, and whether it went to another unit.
SAME_OR_NOT, HANDING = "same_or_not", "handing"
#: The codes of the answers to «移交待核实»; the first is how it counts until somebody answers.
STAYS, GOES = "stays", "goes"
#: What becomes of two records that are one hangs on these; and whose it is to see to it.
_CONSEQUENT = ("level", "due_on", "extended_due_on", "status", "done_on")
_PERSON = "person"
ANSWERS = (Answer(DIFFERENT, "不是同一条，两条分别统计"), Answer(SAME, "是同一条，合为一条"))


def repeated(row: Row, ledger: Ledger, places: Places) -> Finding:
    """A number, or the words of a record, used again for something else."""
    has_number = bool(ledger.key) and not any(is_null(row[name]) for name in ledger.key)
    fields = ledger.key if has_number else ledger.fingerprint
    number = "、".join(str(row[name]) for name in fields if not is_null(row[name]))
    message = f"“{number}”重复使用而内容不同，两条都已入库；请改用不同的编号"
    return places.finding(row, fields[0], "number_repeated", "error", message, number)


def renumbered(row: Row, before: Row, ledger: Ledger, places: Places) -> Finding:
    """The same record under another number."""
    old, new = _number(before, ledger), _number(row, ledger)
    message = f"编号由“{old}”变为“{new}”而内容相同，按同一条跟踪；请固定编号，不要随行号变动"
    return places.finding(row, ledger.key[0], "renumbered", "warning", message, new)


def reworded(row: Row, before: Row, ledger: Ledger, places: Places) -> Finding:
    """The same record in other words: what was written before, and what is now."""
    pairs = [
        (ledger[name].label, text_or_none(before[name]) or "空", text_or_none(row[name]) or "空")
        for name in ledger.fingerprint
    ]
    changed = "，".join(f"{label}“{old}”→“{new}”" for label, old, new in pairs if old != new)
    message = (
        f"与 {before['known_from']} 报送的第 {before['row_no']} 行按同一条跟踪：{changed}；"
        "不是同一条的，请报专班办公室更正"
    )
    field = ledger.wording
    return places.finding(row, field, "reworded", "info", message, row[field])


def handed(row: Row, before: Row, ledger: Ledger, places: Places) -> Finding | None:
    """A record that another unit answers for now."""
    name = ledger.owner_column
    if not name or is_null(row[name]) or is_null(before[name]) or row[name] == before[name]:
        return None
    message = f"{ledger[name].label}由“{before[name]}”变为“{row[name]}”，按移交处理，仍是同一条"
    return places.finding(row, name, "handover", "info", message, row[name])


def handed_over(row: Row, before: Row, name: str, ledger: Ledger, places: Places) -> Finding:
    """A record that another unit reports from now on."""
    message = (
        f"与{before['sender']} {before['known_from']} 报送的第 {before['row_no']} 行是同一条，"
        f"按移交{row['sender']}处理，编号仍为 {name}"
    )
    field = ledger.owner_column or ledger.wording
    return places.finding({**row, "item_id": name}, field, "handover", "info", message, row[field])


def not_handed_over(row: Row, before: Row, ledger: Ledger, places: Places) -> Finding:
    """Who is said to have it says so alone: it stays with the unit that goes on reporting it."""
    message = (
        f"写明移交，而与{before['sender']} {before['known_from']} 报送的"
        f"第 {before['row_no']} 行是同一条：只有接收一方这样说，按两条统计；"
        f"确已移交的，请{before['sender']}写明移交或不再列出，或报专班办公室"
    )
    field = ledger.owner_column or ledger.wording
    return places.finding(row, field, "handover", "warning", message, row[field])


def handing(row: Row, name: str, before: Row, old_name: str, day: date, ledger: Ledger) -> Doubt:
    """The question whether a record went to another unit, where two units alone say so."""
    differ = _differing("，不同的是", row, before, _CONSEQUENT, ledger)
    question = (
        f"{before['sender']} {before['known_from']} 报送的{cited(_text(before, ledger))}，"
        f"{row['sender']}报送为自己的{differ}；"
        f"是否已经移交{row['sender']}"
    )
    answers = (
        Answer(STAYS, "没有移交，按两条统计"),
        Answer(GOES, f"属实，由{row['sender']}负责"),
    )
    return Doubt(
        HANDING, (ledger.name, old_name, name), question, _side(row, name, ledger),
        _side(before, old_name, ledger), answers, day,
    )  # fmt: skip


def same_or_not(row: Row, name: str, before: Row, old_name: str, ledger: Ledger) -> Doubt:
    """The question whether a row of a later ledger is one of an earlier ledger."""
    differ = _differing("，不同的是", row, before, (*_CONSEQUENT, _PERSON), ledger)
    question = (
        f"疑似同一条：{cited(_text(before, ledger))}（{before['known_from']} 报送）"
        f"在这次报送中没有了，而有{cited(_text(row, ledger))}{differ}；是同一条吗"
    )
    return Doubt(
        SAME_OR_NOT, (ledger.name, old_name, name), question, _side(before, old_name, ledger),
        _side(row, name, ledger), ANSWERS, row["known_from"],
    )  # fmt: skip


def found_for(row: Row, name: str, before: Row, old_name: str, ledger: Ledger) -> Doubt:
    """The question whether what one found for a unit is what that unit tells of."""
    differ = _differing("，后一条不同的是", row, before, (*ledger.key, *_CONSEQUENT), ledger)
    question = (
        f"疑似同一条：{_listed(before, ledger)}，与{_listed(row, ledger)}{differ}；是同一条吗"
    )
    return Doubt(
        SAME_OR_NOT, (ledger.name, old_name, name), question, _side(before, old_name, ledger),
        _side(row, name, ledger), ANSWERS, row["known_from"],
    )  # fmt: skip


def _differing(words: str, row: Row, before: Row, names: Sequence[str], ledger: Ledger) -> str:
    """What a row says otherwise than one before it, in marks behind some words; empty where it is
    nothing.
    """
    pairs = [
        (ledger[name].label, _told(before, name, ledger), _told(row, name, ledger))
        for name in names
        if name in ledger.columns and name in row
    ]
    said = "，".join(f"{label}“{old}”→“{new}”" for label, old, new in pairs if old != new)
    return words + cited(said) if said else ""


def _listed(row: Row, ledger: Ledger) -> str:
    """A row as its sender lists it, with the unit that is to answer for it."""
    owner = ledger[ledger.owner_column or ""]
    text = cited(_text(row, ledger))
    return f"{row['sender']} {row['known_from']} 报送的{text}（{owner.label}：{row[owner.name]}）"


def _told(row: Row, name: str, ledger: Ledger) -> str:
    text = text_or_none(row[name]) or "空"
    return STATUS.labels.get(text, text) if name == "status" else text


def _side(row: Row, name: str, ledger: Ledger) -> Side:
    field = ledger.wording
    item = name if ledger.is_item else None
    text = text_or_none(row[field]) or ""
    return Side(row["submission_id"], row["sheet"], row["row_no"], field, text, item)


def _text(row: Row, ledger: Ledger) -> str:
    names: Sequence[str] = ledger.fingerprint
    return " ".join(str(row[name]) for name in names if not is_null(row[name]))


def _number(row: Row, ledger: Ledger) -> str:
    return "-".join(str(row[name]) for name in ledger.key)
