"""One recognised sheet → its typed rows, its rejected rows and its first findings."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.deadlines import Clause
from analysis.ingest.layout import Column, Layout, RowKind
from analysis.ingest.measures import number_measures
from analysis.ingest.sheets import Grid, Sheet
from analysis.ingest.values import as_text, parse_column, split_unit
from analysis.ledgers import Field, Ledger

#: Why rows above the recognised table that have a header of their own are not loaded.
STRAY = "同一张工作表里还有另一张表，这一张没有读取；请把两张表分到两个工作表后重新报送"


@dataclass(slots=True)
class Records:
    """The rows of one sheet: typed frame (all ledger columns), rejects and findings."""

    frame: pd.DataFrame
    rejects: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    rows_ignored: int = 0


def finding(
    row_no: int | None, name: str, value: str | None, rule: str, severity: str, message: str
) -> dict[str, Any]:
    """One row of the quality table."""
    return {
        "row_no": row_no, "field": name, "value": value, "rule": rule,
        "severity": severity, "message": message, "item_id": None,
    }  # fmt: skip


def read_records(sheet: Sheet, layout: Layout, base: date, region: str) -> Records:
    """Read the data rows of a sheet; ``base`` is the day of the submission."""
    ledger = layout.ledger
    grid = sheet.filled()
    numbers = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    rows = [grid[number] for number in numbers]
    stray = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.STRAY]
    records = Records(
        _empty_frame(ledger, len(rows)), rows_ignored=len(grid) - len(rows) - len(stray)
    )
    records.rejects = [reject(n + 1, STRAY, sheet.cells[n]) for n in stray]
    records.frame["row_no"] = [number + 1 for number in numbers]
    for column in layout.columns:
        if column.field:
            _read_column(records, rows, column, column.field, base)
    records.frame["extra"] = _extras(rows, layout.columns)
    records.findings += _unclaimed(layout.columns)
    _spread_clauses(records.frame, ledger, layout)
    _separate_persons(records.frame, ledger)
    if "region" in records.frame:
        records.frame["region"] = records.frame["region"].fillna(region)
    _reject_anchorless(records, ledger, rows)
    return records


def reject(row_no: int, reason: str, cells: Sequence[Any]) -> dict[str, Any]:
    """One row of the table of rejected rows, with its cells as JSON text."""
    raw = json.dumps([as_text(cell) for cell in cells], ensure_ascii=False)
    return {"row_no": row_no, "reason": reason, "raw": raw}


def _empty_frame(ledger: Ledger, length: int) -> pd.DataFrame:
    return pd.DataFrame({name: [None] * length for name in ledger.columns}, dtype=object)


def _read_column(records: Records, rows: Grid, column: Column, field: Field, base: date) -> None:
    cells = [row[column.index] for row in rows]
    values, problems = parse_column(cells, field, base, column.unit)
    records.frame[field.name] = _objects(values)
    if field.text_in:
        records.frame[field.text_in] = _objects(map(as_text, cells))
    row_numbers = records.frame["row_no"].tolist()
    records.findings += [
        finding(
            row_numbers[problem.position], field.name, problem.text, "unreadable", "error",
            f"{field.label}“{problem.text}”{problem.message}",
        )
        for problem in problems
    ]  # fmt: skip


def _extras(rows: Grid, columns: Sequence[Column]) -> list[str | None]:
    """Columns that no field claims, kept row by row as JSON text."""
    spare = [c for c in columns if not c.field and c.header and not c.is_sequence]
    extras = []
    for row in rows:
        kept = {c.header: text for c in spare if (text := as_text(row[c.index]))}
        extras.append(json.dumps(kept, ensure_ascii=False) if kept else None)
    return extras


def _unclaimed(columns: Sequence[Column]) -> list[dict[str, Any]]:
    spare = [
        c.header
        for c in columns
        if not c.field and not c.is_sequence and c.header not in {"", "备注"}
    ]
    if not spare:
        return []
    message = f"这些列没有对应的字段，已原样保存在“其他列”：{'、'.join(spare)}"
    return [finding(None, "", "、".join(spare), "unclaimed_column", "info", message)]


def _spread_clauses(frame: pd.DataFrame, ledger: Ledger, layout: Layout) -> None:
    """Put what a deadline clause says into its columns, for each measure by its number."""
    if ledger.name == "measure":
        headers = {column.header for column in layout.columns}
        numbered = number_measures(frame, any("自查" in header for header in headers))
        frame[numbered.columns] = numbered
    if "due_on" not in frame:
        return
    said = frame["due_on"].tolist()
    numbers = frame["sub_no"].tolist() if "sub_no" in frame else [None] * len(said)
    frame["due_on"] = _objects(
        each.due_for(number) if isinstance(each, Clause) else each
        for each, number in zip(said, numbers, strict=True)
    )
    for name in ("start_on", "first_node_on", "node_days"):
        if name in frame:
            frame[name] = _objects(
                getattr(each, name) if isinstance(each, Clause) else None for each in said
            )


def _separate_persons(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Take «（局长）» out of a unit cell and into the person, where that column is empty."""
    if "person" not in frame or "unit" not in frame:
        return
    pairs = [split_unit(text) if text else (None, None) for text in frame["unit"]]
    frame["unit"] = _objects(unit for unit, _ in pairs)
    frame["person"] = _objects(
        named or in_brackets for named, (_, in_brackets) in zip(frame["person"], pairs, strict=True)
    )


def _objects(values: Iterable[Any]) -> pd.Series:
    """A column of Python values, None kept as None."""
    return pd.Series(list(values), dtype=object)


def _reject_anchorless(records: Records, ledger: Ledger, rows: Grid) -> None:
    """A row without any of the fields that make it a record goes to the rejects."""
    has_anchor = records.frame[list(ledger.anchors)].notna().any(axis=1)
    labels = "、".join(ledger[name].label for name in ledger.anchors)
    reason = f"{labels}都没有填写，无法成为一条{ledger.label}记录，请补填后重新报送"
    numbers = records.frame["row_no"].tolist()
    records.rejects += [
        reject(numbers[position], reason, rows[position])
        for position in records.frame.index[~has_anchor]
    ]
    gone = set(records.frame.loc[~has_anchor, "row_no"])
    records.frame = records.frame[has_anchor].reset_index(drop=True)
    records.findings = [found for found in records.findings if found["row_no"] not in gone]
