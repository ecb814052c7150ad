"""Where and what is wrong there in one cell, «望江亭：护栏松动», → the place and the hazard.

The header names both, 隐患地点及内容, and no other column says where. What stands in front of the
first colon is the site where it is the name of a place; a part that any site may have, 一楼大厅,
is a place within one. A cell that is not so cut stays whole.
"""

import re
from collections.abc import Sequence

from analysis.ingest.headers.columns import Column
from analysis.ingest.headers.places import LONGEST_PLACE, is_part
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger
from analysis.ledgers.grammar import names_place_first

SITE, PART, WORDS = "site", "location", "description"
#: «望江亭：护栏松动», «【望江亭】护栏松动».
_CUT = re.compile(
    r"^\s*(?:[【\[〔](?P<marked>[^】\]〕]+)[】\]〕]|(?P<named>[^：:]+?)\s*[：:])\s*(?P<rest>.+)$",
    re.S,
)
#: In front of a colon these are no place: numbers, and what else ends a clause.
_NO_PLACE = re.compile(r"[，,。；;、]|^[\d\W_]+$|(?:如下|包括|问题|隐患|情况|内容|描述)$")
#: So many of the cells must be cut, or a colon is one of the text.
MOSTLY = 0.5


def part_places(records: Records, columns: Sequence[Column], ledger: Ledger) -> None:
    """Fill site and place from the cells of such a column, and leave in it what is wrong."""
    if not {SITE, PART, WORDS} <= {*ledger.columns} or {SITE, PART} & {*records.columns}:
        return
    column = next((c for c in columns if c.field and c.field.name == WORDS), None)
    if column is None or not names_place_first(column.header):
        return
    texts = records.get(WORDS)
    cut = [_cut(text) if text else None for text in texts]
    if sum(map(bool, cut)) <= MOSTLY * sum(map(bool, texts)):
        return
    records.columns[WORDS] = [
        each[1] if each else text for each, text in zip(cut, texts, strict=True)
    ]
    places = [each[0] if each else None for each in cut]
    records.columns[SITE] = [p if p and not is_part(p) else None for p in places]
    records.columns[PART] = [p if p and is_part(p) else None for p in places]


def _cut(text: str) -> tuple[str, str] | None:
    """The place in front and what is wrong there; None where a text is not of both."""
    match = _CUT.match(text)
    if match is None:
        return None
    place = (match["marked"] or match["named"]).strip()
    if len(place) > LONGEST_PLACE or _NO_PLACE.search(place):
        return None
    return place, match["rest"].strip()
