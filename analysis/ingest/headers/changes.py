"""A bare 同比 behind a count is the change of that count: 事故起数 | 同比 | 死亡人数 | 同比."""

from collections.abc import Sequence
from typing import Any

from analysis.ingest.cells.changes import CHANGE, plain
from analysis.ingest.cells.values import EMPTY, as_text
from analysis.ingest.files.sheets import Grid
from analysis.ingest.headers.vocabulary import COUNTED_IN, Header
from analysis.ledgers import Field, Ledger
from analysis.ledgers.grammar import sentence_of

#: What a header of a share has, and that of a difference in counts has not.
OF_A_SHARE = ("%", "率", "幅", "比例")


def name_the_changes(
    ledger: Ledger, headers: Sequence[Header], rows: Grid, taken: dict[int, Field]
) -> dict[int, str]:
    """Claim the columns that say nothing but 同比 for the count on their left, where they hold
    percentages; return what is to be told of each.

    A difference in counts, 增减 −4, is no percentage: the header or a cell has to show one.
    """
    doubts = {}
    wanted = {count: field for field in ledger for count in field.change_of}
    for index, header in enumerate(headers):
        if index in taken or not wanted or not _is_bare_change(header):
            continue
        field = wanted.get(_count_on_the_left(headers, taken, index))
        if field is None or field in taken.values() or not _holds_shares(header, rows, index):
            continue
        taken[index] = field
        doubts[index] = f"“{header.path}”按“{field.label}”读取，如不对请改用标准表头"
    return doubts


def _is_bare_change(header: Header) -> bool:
    sentence = sentence_of(header.last.rstrip("%±"), header.above)
    return header.unit not in COUNTED_IN and bool(sentence) and all("CHANGE" in w for w in sentence)


def _count_on_the_left(headers: Sequence[Header], taken: dict[int, Field], index: int) -> str:
    """The field of the nearest column on the left that is no change itself; "" where none is."""
    for left in range(index - 1, -1, -1):
        if left in taken:
            return "" if taken[left].change_of else taken[left].name
        if not _is_bare_change(headers[left]) and "增减" not in headers[left].last:
            return ""  # of what stands between: 受伤人数 has no percentage here
    return ""


def _holds_shares(header: Header, rows: Grid, index: int) -> bool:
    """Whether the header or a cell shows that these are percentages and no counts."""
    if "%" in header.unit or any(word in header.path for word in OF_A_SHARE):
        return True
    cells = [row[index] for row in rows if (as_text(row[index]) or "") not in EMPTY]
    return any(map(_is_share, cells))


def _is_share(cell: Any) -> bool:
    if isinstance(cell, str):
        text = plain(cell)
        match = CHANGE.match(text)
        return "%" in text or bool(match and match["measure"])
    return isinstance(cell, float) and not cell.is_integer()
