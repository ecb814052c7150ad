"""What the tests of this folder share: a file of bytes → its sheets."""

from pathlib import Path

from analysis.ingest.files.kinds import opened, read_contents
from analysis.ingest.files.sheets import Sheet

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限"]


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a file as the next room is handed them."""
    with opened(path) as file:
        return read_contents(file).sheets


def told(sheet: Sheet) -> list[tuple[int, int | None, str]]:
    """Row and column, from 0, and rule of what the reader tells."""
    return [(note.row + sheet.first_row, note.column, note.rule) for note in sheet.notes]
