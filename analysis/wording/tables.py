"""Rows as text: an aligned table for a person, CSV and JSON for a program."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.wording.characters import escaped, for_terminal
from analysis.wording.formulas import harmless
from analysis.wording.values import LARGEST_EXACT, NOTHING, is_nothing, value_text

Rows = Sequence[Mapping[str, Any]]


def as_table(columns: Sequence[str], rows: Rows) -> str:
    """Aligned columns, nothing cut off; one field a line where the terminal is too narrow.

    Rich knows how wide a character is. Its own table takes ten seconds for as many rows as
    ``yanpan sql`` prints, and cuts what is too wide.
    """
    if not rows:
        return "（没有记录）"
    from rich.cells import cell_len  # not before there is something to print

    cells = [[_shown(row[name]) for name in columns] for row in rows]
    columns = [_shown(name) for name in columns]  # of a PIVOT they are values of cells
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    if sys.stdout.isatty() and sum(widths) + 2 * len(widths) > shutil.get_terminal_size().columns:
        return "\n\n".join(_block(columns, line) for line in cells)
    rule = ["─" * width for width in widths]
    return "\n".join(_line(line, widths) for line in (columns, rule, *cells))


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV with a header, for a program: codes as they are, text that may be run behind a ``'``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_cell(name) for name in columns)
    writer.writerows([[_cell(row[name]) for name in columns] for row in rows])
    return out.getvalue().rstrip("\n")


def as_json(columns: Sequence[str], rows: Rows) -> str:
    """A JSON list with one object a row."""
    kept = [{name: _plain(row[name]) for name in columns} for row in rows]
    return escaped(json.dumps(kept, ensure_ascii=False, indent=2))


def as_json_object(row: Mapping[str, Any]) -> str:
    """One row as one JSON object."""
    kept = {name: _plain(value) for name, value in row.items()}
    return escaped(json.dumps(kept, ensure_ascii=False, indent=2))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    from rich.cells import set_cell_size

    return "  ".join(map(set_cell_size, cells, widths)).rstrip()


def _block(columns: Sequence[str], cells: Sequence[str]) -> str:
    from rich.cells import cell_len

    width = max(map(cell_len, columns))
    return "\n".join(
        _line(pair, (width, cell_len(pair[1]))) for pair in zip(columns, cells, strict=True)
    )


def _shown(value: Any) -> str:
    if is_nothing(value):
        return NOTHING
    return " ".join(for_terminal(value_text(value)).splitlines())


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    # First what is no text: a formula may stand behind it.
    return harmless(for_terminal(value)) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, int) and abs(value) > LARGEST_EXACT:
        return str(value)  # whole, whoever reads it
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
