"""The rows of one sheet as they were read, and what of them stands in no field."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.ingest.cells.blanks import is_empty
from analysis.ingest.cells.values import as_text, texts_of
from analysis.ingest.files.sheets import Grid
from analysis.ingest.findings import Finding, Place, Reject
from analysis.ingest.headers.columns import Column
from analysis.ingest.pictures.placing import Picture
from analysis.ledgers import Ledger

#: One for all texts: ``json.dumps`` makes an encoder for each.
ESCAPED = json.JSONEncoder(ensure_ascii=False)


@dataclass(slots=True)
class Records:
    """The rows of one sheet, column by column.

    ``columns`` has ``row_no`` and those ledger columns in which any row says something, all of
    one length. A row that names several measures stands there once for each. ``letters`` says in
    which column of the sheet a field stands, ``pictures`` are the photos that are kept.
    """

    columns: dict[str, list[Any]]
    rejects: list[Reject] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows_ignored: int = 0
    letters: dict[str, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.columns.get("row_no", ()))

    @property
    def rows(self) -> int:
        """How many rows of the sheet became records."""
        return len(set(self.columns.get("row_no", ())))

    def get(self, name: str) -> list[Any]:
        """One column; empty cells where no row says anything."""
        return self.columns.get(name) or [None] * len(self)


#: What the office itself is called, whatever stands in front of it or behind.
OFFICE_NAME = "专班"


def is_its_senders(records: Records, ledger: Ledger, sender: str) -> bool:
    """Whether rows that name no unit are their sender's own: not the office's, which lists what
    is others', nor items whose column of units was left blank.
    """
    owner = ledger.owner_column
    if not ledger.is_of_sender or not len(records) or OFFICE_NAME in sender:
        return False
    is_left_blank = ledger.is_item and owner in records.letters
    return not is_left_blank and is_empty(records.get(owner))


def reject(place: Place, row_no: int, reason: str, cells: Sequence[Any]) -> Reject:
    """A row that becomes no record, with its cells as JSON text."""
    raw = json.dumps([as_text(cell) for cell in cells], ensure_ascii=False)
    return Reject(place.submission_id, place.sheet, row_no, reason, raw)


def extras_of(rows: Grid, columns: Sequence[Column]) -> list[str | None]:
    """Columns that no field claims, and those kept as written, row by row as JSON text."""
    spare = [
        c
        for c in columns
        if (not c.field or c.field.is_kept_as_written) and c.header and not c.is_sequence
    ]
    if not spare:
        return [None] * len(rows)
    keys = _keys(columns)
    columns_said = [_fragments(keys[c.index], [row[c.index] for row in rows]) for c in spare]
    return [
        "{" + ", ".join(filter(None, said)) + "}" if any(said) else None
        for said in zip(*columns_said, strict=True)
    ]


def with_unread(extras: list[str | None], unread: Sequence[Mapping[int, str]]) -> list[str | None]:
    """The other columns, and the cells that could not be read: what stands in a row is kept.

    Two rows whose unreadable cells differ are two rows.
    """
    found: dict[int, list[str]] = {}
    for members in unread:
        for position, member in members.items():
            found.setdefault(position, []).append(member)
    for position, parts in found.items():
        said = (extras[position] or "{}")[1:-1]
        extras[position] = "{" + ", ".join(filter(None, (said, *parts))) + "}"
    return extras


def member(name: str, text: str) -> str:
    """A name and its text as a member of a JSON object."""
    return f"{ESCAPED.encode(name)}: {ESCAPED.encode(text)}"


def _keys(columns: Sequence[Column]) -> dict[int, str]:
    """A name for each column: of several with one header, each keeps its values under its own."""
    seen: Counter[str] = Counter()
    keys = {}
    for column in columns:
        seen[column.header] += 1
        times = seen[column.header]
        keys[column.index] = f"{column.header}（{times}）" if times > 1 else column.header
    return keys


def _fragments(header: str, cells: Sequence[Any]) -> list[str]:
    """Each cell as a member of a JSON object, nothing where it is empty."""
    texts = texts_of(cells)
    key = ESCAPED.encode(header)
    known = {
        text: f"{key}: {ESCAPED.encode(text)}" if text else "" for text in dict.fromkeys(texts)
    }
    return [known[text] for text in texts]
