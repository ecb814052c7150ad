"""How many died and how many were hurt in one cell, «0/1» under 死亡/受伤, → a column for each.

Two bare numbers say which is which by their header alone. A cell of which nobody can tell stays as
it is, with a finding; «重伤1人» is no 轻伤, and tears nothing.
"""

import re
import unicodedata
from typing import Any

from analysis.ingest.cells.values import EMPTY, as_text
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes.torn import Half, Torn, as_original, with_both
from analysis.ledgers.accident import ACCIDENT

#: A header of both, its halves in either order; «伤亡» alone has none.
_BOTH = re.compile(r"死.{0,4}[伤]|[伤].{0,4}[死亡]|亡.{0,2}伤")
_DEATHS_FIRST = re.compile(r"(?:死|亡).{0,4}伤")
_HURT_FIRST = re.compile(r"伤.{0,3}[/、,和及与].{0,1}(?:死|亡)")
_PAIR = re.compile(r"(\d{1,3})人?[/、,:](\d{1,3})人?")
_TOLD = re.compile(
    r"(?:死亡?(?P<a>\d{1,3})人?|(?P<b>\d{1,3})人?死亡?)[,、;/]?"
    r"(?:(?:受|轻)?伤(?P<c>\d{1,3})人?|(?P<d>\d{1,3})人?(?:受|轻)?伤)"
)
_NONE = re.compile(r"(?:均|暂)?(?:无|未造成|没有)(?:人员)?(?:死亡和受伤|伤亡|死伤)(?:情况)?")


def casualties_apart(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> tuple[Sheet, Layout]:
    """The sheet of a list of accidents with a column for each number, behind all others."""
    if layout.doubt or layout.ledger is not ACCIDENT:
        return sheet, layout
    rows = [number for number, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    for column, header in enumerate(layout.headers):
        said = header.last + header.unit
        if not _BOTH.search(said) or vocabulary.own_field(ACCIDENT, header):
            continue
        texts = {n: text for n in rows if (text := _text(sheet.filled[n][column]))}
        torn = {n: found for n, text in texts.items() if (found := _torn(text, said))}
        if torn:
            halves = [Half(ACCIDENT[e].label, ACCIDENT[e]) for e in ("deaths", "minor_injuries")]
            left = {n: text for n, text in texts.items() if n not in torn}
            return with_both(sheet, as_original(layout, column, "伤亡"), column, halves, torn, left)
    return sheet, layout


def _text(cell: Any) -> str:
    text = as_text(cell) or ""
    return "" if text in EMPTY else text


def _torn(text: str, header: str) -> Torn | None:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。")
    if _NONE.fullmatch(plain):
        return Torn("0", "0")
    if match := _TOLD.fullmatch(plain):
        return Torn(match["a"] or match["b"], match["c"] or match["d"])
    if match := _PAIR.fullmatch(plain):
        if _HURT_FIRST.search(header):
            return Torn(match[2], match[1])
        if _DEATHS_FIRST.search(header):
            return Torn(match[1], match[2])
    return None
