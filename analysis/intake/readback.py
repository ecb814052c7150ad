"""An upload as the ingest understands it, before it counts: its rows, its faults, what is new.

It is read together with what the same unit sent before, by the same code that will read it for
good, so that nothing shown here comes out otherwise afterwards.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import SourceError, YanpanError
from analysis.ingest.assembly.assemble import Tables, assemble
from analysis.ingest.assembly.eras.others import RowOfAnother
from analysis.ingest.assembly.eras.together import rows_that_wait
from analysis.ingest.assembly.eras.withdrawals import withdrawn_paths
from analysis.ingest.assembly.groups.outcome import Recent
from analysis.ingest.assembly.sending import in_order, register_of
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.beside.reading import beside_shown
from analysis.ingest.beside.view import Beside
from analysis.ingest.cache import shelf_key
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.confirmations import Confirmations, read_confirmations
from analysis.ingest.packing import unpack
from analysis.ingest.read_file import Seen, Submission, read_file
from analysis.ingest.readings import closing_of, desk_of, due_days_of, shelf_of, with_receipt
from analysis.ingest.received import Receipt, file_hash, path_below, read_receipts
from analysis.ingest.versions.history import PROVENANCE
from analysis.intake.drafts import Draft, folder_of, next_number
from analysis.intake.rights.own_items import strangers
from analysis.intake.rights.refusals import of_others, refusals_of, too_many_new
from analysis.intake.rights.refused_sheets import as_refused, is_the_offices, split_by_right
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.ledgers.codes import SEVERITY
from analysis.ledgers.fields import COMMON
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, names_of_unit, open_warehouse, table_names
from analysis.wording.labels import field_label
from analysis.wording.values import value_text

#: So many rows, findings and changes are shown; how many there are is always told.
SHOWN = 200
#: With more rows than this nothing is compared: it would take longer than a person waits.
MOST_COMPARED = 300_000
#: What became of the files that the upload does not touch, the registers first of all: a process
#: reads one upload after the other.
_MEMORY = Recent(outcomes=64, versions=5_000)
_ITEMS = tuple(ledger for ledger in LEDGERS.values() if ledger.is_item)
#: What units send beside their items: inspections, duties.
_RECORDS = tuple(
    ledger for ledger in LEDGERS.values() if ledger.is_sent_by_units and not ledger.is_item
)
_REGISTERS = [ledger.name for ledger in LEDGERS.values() if ledger.is_register]
_ORDER = {severity: place for place, severity in enumerate(SEVERITY.labels)}
_NOT_SAID = frozenset(field.name for field in COMMON)


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet: which ledger it was taken for, and where each of its rows went."""

    sheet: str
    ledger: str
    read: int
    loaded: int
    duplicate: int
    ignored: int
    rejected: int


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The rows of one ledger as understood: headings, the first rows, how many there are."""

    ledger: str
    heads: list[str]
    rows: list[list[str]]
    total: int


@dataclass(frozen=True, slots=True)
class Told:
    """One finding, in words."""

    severity: str
    level: str
    sheet: str
    row_no: int | None
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an item says otherwise than in the submission before."""

    item: str
    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Readback:
    """All that is shown of an upload; one with ``refusals`` cannot be confirmed."""

    sheets: list[SheetRead]
    tables: list[RowsRead]
    findings: list[Told]
    rejects: list[Told]
    changes: list[Change]
    refusals: list[str]
    counts: dict[str, int]
    ledgers: list[str]
    #: The file beside its reading, where it is a plan or a document that might be one.
    beside: Beside | None = None


def read_back(settings: Settings, draft: Draft) -> Readback:
    """Read a draft as the ingest will."""
    with _published(settings) as con:
        return _read_beside(con, settings, draft)


@contextmanager
def _published(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """What is published now, where anything is; opened once, since that costs as much as a file."""
    if not settings.warehouse.exists():
        yield None
        return
    with open_warehouse(settings.warehouse) as con:
        yield con


def _read_beside(
    con: duckdb.DuckDBPyConnection | None, settings: Settings, draft: Draft
) -> Readback:
    """Read a draft beside what is published."""
    seen = Seen()
    # A draft of yesterday counts from the day on which it is confirmed.
    today = {path_below(draft.path, draft.raw): date.today()}
    is_old = draft.day != date.today().isoformat()
    desk = replace(desk_of(settings, today if is_old else {}), raw=draft.raw)
    read = read_file(draft.path, draft.sha256, desk, seen)
    beside = beside_shown(draft.name, seen, read)
    read = [
        Submission(each.facts | {"path": _will_lie_at(settings, draft)}, each.records)
        for each in read
    ]
    earlier = _earlier(con, settings, draft, read) if con else []
    terms = Terms(
        (), _settled(settings), settings.region, due_days_of(settings), {}, closing_of(settings)
    )
    known = [*earlier, *(each for each in read if not (draft.unit and is_the_offices(each)))]
    register = register_of(in_order(known), terms)
    taken, refused = split_by_right(read, draft.unit, register)
    earlier, new = _in_turn(settings, earlier, taken)
    tables = assemble([*earlier, *new], terms=terms, memory=_MEMORY)
    others = _rows_of_others(earlier, new, terms)
    batches = [each.facts["submission_id"] for each in new]
    refusals = [
        *refusals_of(draft.unit, read, register),
        *(_of_unit(con, draft.unit, tables, batches, others) if draft.unit else ()),
    ]
    if draft.unit:
        tables = strangers(tables, batches, draft.unit, register).cut(tables)
    counted = [*_mine(tables["submission"], batches), *map(as_refused, refused)]
    quality = _mine(tables["quality"], batches)
    findings = _findings(quality, new)
    rejects = _rejects(tables, batches)
    changes = _changes(tables, batches)
    counts = _item_counts(tables, batches) | {
        "changed": len({change.item for change in changes}), "changes": len(changes),
        "vanished": sum(row["rule"] == "vanished" for row in quality), "findings": len(findings),
        "errors": sum(told.severity == "error" for told in findings), "rejects": len(rejects),
        "waiting": sum(row.answer(terms.confirmations, date.today()) is None for row in others),
    }  # fmt: skip
    return Readback(
        [_sheet(row) for row in counted], _rows(tables, batches), findings[:SHOWN],
        rejects[:SHOWN], changes[:SHOWN], refusals, counts,
        sorted({each.facts["ledger"] for each in read} - {None}),
        beside,
    )  # fmt: skip


def _will_lie_at(settings: Settings, draft: Draft) -> str:
    """The path that the file will have: by it the ingest knows who sent it in the browser."""
    folder = settings.raw / draft.day / folder_of(draft.unit)
    number = next_number(folder) if folder.is_dir() else 1
    return path_below(folder / f"{number:03}_{draft.name}", settings.raw)


def _in_turn(
    settings: Settings, earlier: Sequence[Submission], new: Sequence[Submission]
) -> tuple[list[Submission], list[Submission]]:
    """The submissions with their place in the order of receipt: what is being confirmed comes
    last, behind what has no number too.
    """
    receipts = read_receipts(settings.raw)
    last = max((each.number or 0 for each in receipts.values()), default=0)
    numbered = with_receipt(earlier, receipts)
    before = [
        replace(each, facts=each.facts | {"received_no": each.facts["received_no"] or 0})
        for each in numbered
    ]
    coming = Receipt(at=datetime.max, number=last + 1)
    return before, with_receipt(new, {each.facts["path"]: coming for each in new})


def _rows_of_others(
    earlier: Sequence[Submission], new: Sequence[Submission], terms: Terms
) -> list[RowOfAnother]:
    """The rows of the upload whose unit is not the one that sends it."""
    batches = {each.facts["submission_id"] for each in new}
    rows = rows_that_wait([*earlier, *new], terms)
    return [row for row in rows if row.submission_id in batches]


def _settled(settings: Settings) -> Confirmations:
    """What was settled and is not asked again, of whoever sends the same row once more.

    Where the office's file cannot be read, the office is told when it publishes; no unit can mend
    it, and none has to wait.
    """
    try:
        return read_confirmations(settings.raw)
    except YanpanError:
        return Confirmations()


def _taken_back(settings: Settings) -> Collection[str]:
    """The files that count no more; a register that cannot be read is the office's to mend."""
    try:
        return withdrawn_paths(settings.raw)
    except SourceError:
        return ()


def _with_rows(con: duckdb.DuckDBPyConnection) -> str:
    """The submissions that hold rows of a unit's, whoever sent them, as SQL.

    An older program may have published the file, with fewer ledgers.
    """
    present = table_names(con)
    return " UNION ".join(
        f"SELECT submission_id FROM {each.name} "  # noqa: S608
        f"WHERE list_contains($units, {each.owner_column})"
        for each in LEDGERS.values()
        if each.is_sent_by_units and each.owner_column and each.name in present
    )


def _earlier(
    con: duckdb.DuckDBPyConnection, settings: Settings, draft: Draft, new: Sequence[Submission]
) -> list[Submission]:
    """What to compare with: what the unit sent before, or somebody else of its items; for the
    office, whatever came of the same ledgers. With the registers of units and sites; from the
    shelf, or read.
    """
    rows = _files_before(con, draft, {each.facts["ledger"] for each in new} - {None})
    if sum(count for _, count, _ in rows) > MOST_COMPARED:
        rows = [row for row in rows if row[2]]
    desk = desk_of(settings)
    lying = {path_below(path, settings.raw): path for path in settings.raw.rglob("*")}
    gone = _taken_back(settings)
    paths = [lying[name] for name, *_ in rows if name in lying and name not in gone]
    keys = {path: shelf_key(path, file_hash(path), desk) for path in paths}
    known = shelf_of(settings).find(set(keys.values()))
    found: list[Submission] = []
    for path, key in keys.items():
        body = known.get(key)
        found += (
            [replace(each, key=key) for each in unpack(body)]
            if body
            else read_file(path, file_hash(path), desk)
        )
    return found


def _files_before(
    con: duckdb.DuckDBPyConnection, draft: Draft, ledgers: Collection[str]
) -> list[tuple[str, int, bool]]:
    """The files to compare with: path, rows, whether it is of a register."""
    given: dict[str, Any] = {"registers": _REGISTERS}
    registers = "list_contains($registers, ledger)"
    if draft.unit:
        given["units"] = names_of_unit(con, draft.unit)
        others = f"list_contains($units, unit) OR submission_id IN ({_with_rows(con)})"
    else:
        given["ledgers"] = sorted(ledgers)
        others = "list_contains($ledgers, ledger)"
    _, rows = fetch_rows(
        con,
        f"SELECT path, CAST(sum(rows_read) AS BIGINT), bool_or({registers}) "  # noqa: S608
        f"FROM submission WHERE {registers} OR {others} GROUP BY path ORDER BY path",
        given,
    )
    return [(path, count, is_register) for path, count, is_register in rows]


def _of_unit(
    con: duckdb.DuckDBPyConnection | None, unit: str, tables: Tables, batches: Sequence[str],
    others: Sequence[RowOfAnother],
) -> list[str]:  # fmt: skip
    """What a unit may not send: rows that are another's by what was published, too much at once."""
    waiting = {row.place for row in others}
    rows_of = {
        row["item_id"]: (row["sheet"], row["row_no"])
        for each in _ITEMS
        for row in _mine(tables[each.name], batches)
        if (row["submission_id"], row["row_no"]) not in waiting
    }
    new, known = _new_and_known(tables, date.today())
    return [*(of_others(con, unit, rows_of) if con else ()), *too_many_new(new, known)]


def _new_and_known(tables: Tables, today: date) -> tuple[int, int]:
    """How many items and records are new today, and how many were known before."""
    begun = pd.concat([tables[each.name].groupby("item_id")["known_from"].min() for each in _ITEMS])
    new = int((begun >= today).sum())
    known = len(begun) - new
    for ledger in _RECORDS:
        rows = tables[ledger.name]
        came, gone = rows["known_from"] >= today, rows["known_to"] >= today
        new += max(0, int(came.sum() - gone.sum()))  # what changed goes and comes
        known += int((~came & (rows["known_to"].isna() | gone)).sum())
    return new, known


def _mine(table: pd.DataFrame, batches: Sequence[str]) -> list[dict[str, Any]]:
    return _records(table[table["submission_id"].isin(batches)])


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    if table.empty:
        return []  # which pandas would take a while to find out
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    return rows


def _sheet(row: dict[str, Any]) -> SheetRead:
    ledger = LEDGERS.get(row["ledger"] or "")
    return SheetRead(
        row["sheet"], ledger.label if ledger else "没有认出", row["rows_read"], row["rows_loaded"],
        row["rows_duplicate"], row["rows_ignored"], row["rows_rejected"],
    )  # fmt: skip


def _rows(tables: Tables, batches: Sequence[str]) -> list[RowsRead]:
    shown = []
    for ledger in LEDGERS.values():
        if not ledger.is_received:
            continue
        rows = _mine(tables[ledger.name], batches)
        fields = [
            field for field in _fields(ledger) if any(not is_null(r[field.name]) for r in rows)
        ]
        if rows:
            values = [
                [
                    str(row["row_no"]),
                    *(value_text(row[f.name], f.name, ledger.name) for f in fields),
                ]
                for row in rows[:SHOWN]
            ]
            heads = ["行", *(field.label for field in fields)]
            shown.append(RowsRead(ledger.label, heads, values, len(rows)))
    return shown


def _fields(ledger: Ledger) -> list[Field]:
    """The fields that say what a unit reported; where it came from stands elsewhere."""
    return [
        field for field in ledger if field.name not in PROVENANCE and field.name not in _NOT_SAID
    ]


def _findings(quality: list[dict[str, Any]], new: Sequence[Submission]) -> list[Told]:
    ledgers = {each.facts["submission_id"]: each.facts["ledger"] for each in new}
    found = sorted(
        quality,
        key=lambda row: (_ORDER.get(row["severity"], 9), row["sheet"] or "", row["row_no"] or 0),
    )
    return [
        Told(
            row["severity"], value_text(row["severity"], "severity"), row["sheet"] or "",
            None if is_null(row["row_no"]) else int(row["row_no"]),
            field_label(row["field"], ledgers[row["submission_id"]]),
            value_text(row["value"]), row["message"],
        )
        for row in found
    ]  # fmt: skip


def _rejects(tables: Tables, batches: Sequence[str]) -> list[Told]:
    return [
        Told(
            "error", "退回", row["sheet"], int(row["row_no"]), "", _cells(row["raw"]), row["reason"]
        )
        for row in _mine(tables["reject"], batches)
    ]


def _cells(raw: str) -> str:
    """The cells of a rejected row that say anything."""
    return " ｜ ".join(str(cell) for cell in json.loads(raw) if cell not in {None, ""})


def _changes(tables: Tables, batches: Sequence[str]) -> list[Change]:
    """What items of the upload say otherwise than the version that they follow."""
    changes = []
    for ledger in _ITEMS:
        table = tables[ledger.name]
        texts = {field.text_in for field in ledger}
        is_new = table["submission_id"].isin(batches)
        before = _records(table[table["known_to"].notna() & ~is_new])
        last = {row["item_id"]: row for row in before}
        for row in _records(table[is_new]):
            if old := last.get(row["item_id"]):
                changes += [
                    Change(_title(row, ledger), field.label, before_text, now_text)
                    for field in _fields(ledger)
                    if field.name not in texts
                    for before_text, now_text in [
                        [
                            value_text(each[field.name], field.name, ledger.name)
                            for each in (old, row)
                        ]
                    ]
                    if before_text != now_text
                ]
    return changes


def _title(row: dict[str, Any], ledger: Ledger) -> str:
    return " ".join(str(row[name]) for name in ledger.title if not is_null(row[name]))[:60]


def _item_counts(tables: Tables, batches: Sequence[str]) -> dict[str, int]:
    here: set[str] = set()
    known: set[str] = set()
    for ledger in _ITEMS:
        table = tables[ledger.name]
        is_new = table["submission_id"].isin(batches)
        here |= set(table.loc[is_new, "item_id"])
        known |= set(table.loc[~is_new, "item_id"])
    return {"new": len(here - known)}


def must_be_readable(read: Readback) -> None:
    """Refuse to confirm what cannot be taken in.

    Raises:
        YanpanError: the first reason why not.

    """
    if read.refusals:
        raise YanpanError(read.refusals[0])
