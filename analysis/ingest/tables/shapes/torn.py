"""One column that says two things → a column for each, behind all others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.ingest.files.sheets import Note, Sheet
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers import Field


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a header: how it is headed, and the field that it stands for."""

    header: str
    field: Field


@dataclass(frozen=True, slots=True)
class Torn:
    """A cell's two texts, one of them empty where it says one thing."""

    first: str = ""
    second: str = ""

    @property
    def is_two(self) -> bool:
        """Whether it says both."""
        return bool(self.first and self.second)


def with_both(
    sheet: Sheet,
    layout: Layout,
    column: int,
    halves: Sequence[Half],
    torn: dict[int, Torn],
    left: dict[int, str],
    is_told: Callable[[str], bool] = lambda text: True,
) -> tuple[Sheet, Layout]:
    """The sheet with two more columns behind all others, of what ``torn`` says by row.

    The column itself keeps what could not be torn apart, ``left`` by row, with a finding on each
    that ``is_told``; with nothing left it heads nothing more.
    """
    width = len(sheet.cells[0])
    filled, cells = sheet.filled, []
    for number, row in enumerate(sheet.cells):
        both = torn.get(number, Torn())
        cells.append([*row, both.first, both.second])
        if layout.kinds[number] is RowKind.DATA:
            cells[-1][column] = filled[number][column] if number in left else ""
    headers = [*layout.headers, *(Header(each.header, each.header, "") for each in halves)]
    if not left:
        headers[column] = Header("", "", "")
    names = f"{halves[0].header}、{halves[1].header}"
    notes = tuple(
        Note(
            number, column, "unreadable", "error",
            f"“{text}”分不清哪一个是{halves[0].header}、哪一个是{halves[1].header}，没有读取，原文保存在“其他列”；"
            f"请把{names}分两列填写",
            text,
        )
        for number, text in left.items()
        if is_told(text)
    )  # fmt: skip
    merged = [each for each in sheet.merged if not _is_within(each, column, layout)]
    parts = {**sheet.parts_of, width: column, width + 1: column}
    wide = replace(sheet, cells=cells, merged=merged, notes=(*sheet.notes, *notes), parts_of=parts)
    return wide, replace(layout, headers=headers)


def as_original(layout: Layout, column: int, name: str) -> Layout:
    """The layout with «…原文» over what is left of a column, whose own header is a half's now."""
    headers = [*layout.headers]  # the same headers are those of every file that has them
    headers[column] = Header(f"{name}原文", f"{name}原文", "")
    return replace(layout, headers=headers)


def _is_within(merged: tuple[int, int, int, int], column: int, layout: Layout) -> bool:
    """Whether cells are merged down a column of data, each row of which has its own text now."""
    top, left, _, right = merged
    return left == right == column and layout.kinds[top] is RowKind.DATA
