"""A file of any kind → its lines beside what is read of each, by the reader that counts."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.ingest.beside.view import (
    NOWHERE,
    Beside,
    Given,
    ItemRead,
    LineRead,
    Part,
    Place,
    lines_of_plan,
)
from analysis.ingest.cells.values import as_text
from analysis.ingest.plan.about import plain_line, title_of
from analysis.ingest.plan.agreement import counts_stated
from analysis.ingest.plan.items.found import How
from analysis.ingest.plan.lines import LineRole
from analysis.ingest.read_file import Desk, Seen, Submission, TableSeen, places_of_items, read_file
from analysis.ingest.readings import desk_of
from analysis.ingest.received import file_hash, path_below
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers import LEDGERS
from analysis.ledgers.labels import Role
from analysis.settings import Settings, load_settings
from analysis.wording.characters import file_name, without_odd

#: So many lines are shown; how many there are is always told.
MOST_LINES = 6_000
#: Field of the ledger → what it is called beside the line, and its role; of decisions the same.
_FIELDS = {
    "unit": ("牵头单位", Role.LEAD), "support_units": ("配合单位", Role.SUPPORT),
    "person": ("责任人", Role.PERSON),
}  # fmt: skip
_OF_KIND: Mapping[RowKind, LineRole] = {
    RowKind.DATA: LineRole.MEASURE, RowKind.TITLE: LineRole.TITLE, RowKind.BAND: LineRole.TITLE,
    RowKind.HEADER: LineRole.HEADER, RowKind.BLANK: LineRole.BLANK, RowKind.STRAY: LineRole.UNREAD,
}  # fmt: skip


def beside_of(path: Path, desk: Desk) -> Beside:
    """Read a file and show it beside its reading; what cannot be read says why."""
    seen = Seen()
    submissions = read_file(path, file_hash(path), desk, seen)
    return made_beside(path.name, seen, submissions)


def read_alone(path: Path, received: date | None, home: Path | None) -> Beside:
    """Read a file that lies anywhere; ``home`` is a data folder whose settings count, if any."""
    settings = load_settings(home) if home else Settings(home=path.parent)
    desk = replace(desk_of(settings, {}), raw=path.parent)
    if received:
        desk = replace(desk, register={path_below(path, path.parent): received})
    return beside_of(path, desk)


def made_beside(name: str, seen: Seen, submissions: Sequence[Submission]) -> Beside:
    """A file beside the reading that was made of it."""
    unread = [
        finding.message
        for each in submissions
        for finding in each.records.findings
        if finding.rule in {"file_unreadable", "file_unsupported"}
    ]
    if unread and not seen.lines:
        return Beside(file_name(name), why_not="；".join(unread))
    tables = seen.tables
    parts, remarks = _cut(list(_parts(seen, tables)))
    problems = _problems(seen, tables)
    title = seen.plan.title if seen.plan else _title(seen, tables)
    return Beside(
        file_name(name), title, parts, _why_not(seen, tables, submissions), _counts(seen), remarks,
        problems,
    )  # fmt: skip


def beside_shown(name: str, seen: Seen, submissions: Sequence[Submission]) -> Beside | None:
    """What is shown of an upload: a plan, or a document that is none, with why it is not."""
    ledgers = {each.facts["ledger"] for each in submissions} - {None}
    if seen.plan or seen.tables or (seen.lines and not ledgers):
        return made_beside(name, seen, submissions)
    return None


def _cut(parts: list[Part]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts with as many lines as a page can hold; told where lines are left out."""
    total, shown = sum(len(part.lines) for part in parts), 0
    kept = []
    for part in parts:
        kept.append(replace(part, lines=part.lines[: max(0, MOST_LINES - shown)]))
        shown += len(kept[-1].lines)
    said = (f"共 {total} 行，只列前 {shown} 行；以下各数只算列出的行。",) if total > shown else ()
    return tuple(kept), said


def _parts(seen: Seen, tables: Sequence[TableSeen]) -> list[Part]:
    parts = []
    if seen.plan:
        parts.append(Part("正文", lines_of_plan(seen.plan)))
    elif seen.lines:
        parts.append(Part("正文", _lines_beside_tables(seen, bool(tables))))
    return [*parts, *(Part(file_name(each.name), _rows(each), True) for each in tables)]


def _lines_beside_tables(seen: Seen, has_tables: bool) -> tuple[LineRead, ...]:
    """The lines of a document whose measures stand in its tables, or that is no plan."""
    title = _title(seen, ())
    found = []
    for number, text in enumerate(seen.lines, 1):
        if has_tables and "\t" in text:
            continue  # shown with its table
        role = LineRole.BODY if text.strip() else LineRole.BLANK
        if title and text.strip() and plain_line(text) in title:
            role = LineRole.TITLE
        found.append(LineRead(number, role, text.rstrip()))
    return tuple(found)


def _title(seen: Seen, tables: Sequence[TableSeen]) -> str:
    titles = [each.submission.facts["title"] for each in tables]
    return next(filter(None, titles), "") or title_of([plain_line(line) for line in seen.lines])


def _rows(table: TableSeen) -> tuple[LineRead, ...]:
    records = table.submission.records
    columns = {name: records.get(name) for name in ("row_no", *_NEEDED)}
    places = {table.first_row + n + 1: place for n, place in table.places.items()}
    texts = {table.first_row + n + 1: set(map(_text, table.cells[n])) - {""} for n in table.roles}
    rows: dict[int, list[ItemRead]] = {}
    for n, place in enumerate(places_of_items(records, places)):
        row = {name: each[n] for name, each in columns.items()}
        number = row["row_no"]
        told = table.told.fields.get(place, {}) if place else {}
        how = str(How.WORDS) if len(texts.get(number, ())) == 1 else "所在列"
        rows.setdefault(number, []).append(_item(row, place or NOWHERE, told, how))
    rejected = {each.row_no for each in records.rejects}
    found = []
    for n, cells in enumerate(table.cells):
        number = table.first_row + n + 1
        kind = table.kinds[n] if n < len(table.kinds) else RowKind.STRAY
        role = table.roles.get(n) or _OF_KIND.get(kind, LineRole.OTHER)
        filled = [_text(cell) for cell in cells]
        if not any(filled):
            role = LineRole.BLANK
        elif number in rejected or (role is LineRole.MEASURE and number not in rows):
            role = LineRole.UNREAD
        found.append(
            LineRead(
                number, role, "\t".join(filled).rstrip("\t"), tuple(rows.get(number, ())),
                place=table.places.get(n, NOWHERE), is_told=n in table.roles,
            )
        )  # fmt: skip
    return tuple(found)


_NEEDED = (
    "problem", "manifestation", "measure_no", "measure", "sub_no", "sub_measure", "task", "unit",
    "support_units", "person", "due_text", "due_on", "rect_type",
)  # fmt: skip


def _item(row: Mapping[str, Any], place: Place, told: Container[Role], how: str) -> ItemRead:
    number = row["sub_no"] or row["measure_no"] or ""
    text = row["sub_measure"] or row["measure"] or row["task"] or ""
    day = row["due_on"].isoformat() if isinstance(row["due_on"], date) else ""
    due = " → ".join(filter(None, (str(row["due_text"] or ""), day)))
    said = [(label, str(row[name] or ""), role) for name, (label, role) in _FIELDS.items()]
    fields = tuple(
        Given(label, text, (str(How.TOLD) if role in told else how) if text else "")
        for label, text, role in (*said, ("完成期限", due, Role.DUE))
    )
    return ItemRead(str(number), str(text), fields, bool(day), place)


def _text(cell: Any) -> str:
    """A cell as the file shows it: a day without its hour, a whole number without «.0»."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return " ".join(without_odd(as_text(cell) or "").split())


def _problems(seen: Seen, tables: Sequence[TableSeen]) -> int:
    stated = {text for each in tables for text in each.submission.records.get("problem") if text}
    return len(stated) + (len(seen.plan.problems) if seen.plan else 0)


def _counts(seen: Seen) -> tuple[str, ...]:
    if seen.plan is None:
        return ()
    return tuple(
        f"第 {line} 行自己写“{words}”，读到 {read} 个问题，{'相符' if said == read else '不符'}"
        for line, words, said, read in counts_stated(seen.plan)
    )


def _why_not(seen: Seen, tables: Sequence[TableSeen], submissions: Sequence[Submission]) -> str:
    if seen.plan or tables:
        return ""
    others = sorted({each.facts["ledger"] for each in submissions} - {None})
    if others:
        return f"按{'、'.join(LEDGERS[name].label for name in others)}读取，不是方案"
    return seen.why_not or "没有读到方案，也没有读到措施的表格"
