"""Rows as text: an aligned table for a person, CSV and JSON for a program."""

import csv
import io
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.wording.characters import without_odd

Rows = Sequence[Mapping[str, Any]]
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: What a person sees where there is no value.
NOTHING = "—"


def as_table(columns: Sequence[str], rows: Rows) -> str:
    """Aligned columns; where they are wider than the terminal, one field a line."""
    if not rows:
        return "（没有记录）"
    cells = [[_shown(row[name]) for name in columns] for row in rows]
    widths = [
        max(display_width(text) for text in column) for column in zip(columns, *cells, strict=True)
    ]
    if sys.stdout.isatty() and sum(widths) + 2 * len(widths) > shutil.get_terminal_size().columns:
        return "\n\n".join(_block(columns, line) for line in cells)
    rule = ["─" * width for width in widths]
    return "\n".join(_line(line, widths) for line in (columns, rule, *cells))


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV with a header; text that a spreadsheet would run as a formula is quoted with '."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_harmless(row[name]) for name in columns] for row in rows])
    return out.getvalue().rstrip("\n")


def as_json(columns: Sequence[str], rows: Rows) -> str:
    """A JSON list with one object a row."""
    kept = [{name: _plain(row[name]) for name in columns} for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=2)


def as_json_object(row: Mapping[str, Any]) -> str:
    """One row as one JSON object."""
    return json.dumps(
        {name: _plain(value) for name, value in row.items()}, ensure_ascii=False, indent=2
    )


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell + " " * (width - display_width(cell))
        for cell, width in zip(cells, widths, strict=True)
    ).rstrip()


def _block(columns: Sequence[str], cells: Sequence[str]) -> str:
    width = max(map(display_width, columns))
    return "\n".join(
        f"{name}{' ' * (width - display_width(name))}  {cell}"
        for name, cell in zip(columns, cells, strict=True)
    )


def _shown(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.4g}" if not value.is_integer() else str(int(value))
    # Nothing that a terminal would obey: line ends, control characters, turned directions.
    return _TURNING.sub("", " ".join(without_odd(str(value)).splitlines()))


def _harmless(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
