"""Ledgers made by people who knew neither this program nor its tests, with what they say beside
them, and how much of it is read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.ingest.read_file import Desk, Submission, read_file
from analysis.ledgers import LEDGERS

BATCHES = Path(__file__).parent.parent / "files" / "模拟数据_各单位台账"
#: Signs of full and half width that a reader makes one of.
WIDTH = str.maketrans("（），：；", "(),:;")


@dataclass
class Score:
    """How many records and fields there are, and were found; what was not, line by line."""

    records: int = 0
    read: int = 0
    found: int = 0
    fields: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ghosts(self) -> int:
        """Rows that were read as records and are none."""
        return self.read - self.found

    @property
    def field_recall(self) -> float:
        """The share of all that the records say that was read."""
        return self.right / self.fields


@dataclass(frozen=True)
class Truth:
    """One file, the day on which it came, and its records: ledger, sheet, row, values."""

    path: Path
    received: date
    records: Sequence[tuple[str, str | None, int | None, Mapping[str, Any]]]


def truths(batch: str) -> Iterator[Truth]:
    """The files of a batch with what they say."""
    for path in sorted((BATCHES / batch / "truth").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        records = [
            (sheet["ledger"], sheet.get("sheet"), row.get("row"), row["values"])
            for sheet in said["sheets"]
            for row in sheet.get("rows") or ()
        ]
        file = BATCHES / batch / "files" / said["file"]
        yield Truth(file, date.fromisoformat(said["received"]), records)


def score(truth: Truth, total: Score) -> None:
    """Read a file and add to the total what was found in it."""
    desk = Desk(truth.path.parent, "某县", register={truth.path.name: truth.received})
    rows = list(_rows(read_file(truth.path, "", desk)))
    total.read += len(rows)
    for ledger, sheet, number, values in truth.records:
        total.records += 1
        total.fields += len(values)
        found = _best(rows, ledger, sheet, number, values)
        if found is None:
            total.faults.append(f"{truth.path.name} {sheet} {number}: no record {values}")
            continue
        rows.remove(found)
        total.found += 1
        for name, value in values.items():
            read = found[3].get(name)
            if _is_same(name, value, read):
                total.right += 1
            else:
                total.faults.append(
                    f"{truth.path.name} {sheet} {number} {name}: {value!r}, not {read!r}"
                )
    total.faults += [f"{truth.path.name}: ghost {row[:3]} {row[3]}" for row in rows]


Row = tuple[str, str, int, dict[str, Any]]


def _rows(submissions: Sequence[Submission]) -> Iterator[Row]:
    for each in submissions:
        columns = each.records.columns
        for n, row_no in enumerate(columns.get("row_no", ())):
            values = {name: cells[n] for name, cells in columns.items() if cells}
            yield each.facts["ledger"], each.facts["sheet"], row_no, values


def _best(
    rows: Sequence[Row], ledger: str, sheet: str | None, number: int | None,
    values: Mapping[str, Any],
) -> Row | None:  # fmt: skip
    """The row of this ledger, sheet and number that says most of the values."""
    may_be = [
        row
        for row in rows
        if row[0] == ledger
        and (number is None or row[2] == number)
        and (sheet is None or number is None or row[1] == sheet or row[1].startswith("表格"))
    ]
    return max(
        may_be,
        key=lambda row: sum(
            _is_same(name, value, row[3].get(name)) for name, value in values.items()
        ),
        default=None,
    )


def _is_same(name: str, said: Any, read: Any) -> bool:
    """Whether a value is what was said; of units the longer name may be the fuller one."""
    if isinstance(said, bool) or isinstance(read, bool) or said is None or read is None:
        return bool(said == read)
    one, other = _plain(said), _plain(read)
    if one == other or (name in _units() and (one in other or other in one)):
        return True
    try:
        return abs(float(one) - float(other)) < 1e-6
    except ValueError:
        return False


def _units() -> set[str]:
    return {name for ledger in LEDGERS.values() for name in ledger.names_of("unit")}


def _plain(value: Any) -> str:
    return "".join(str(value).split()).translate(WIDTH)
