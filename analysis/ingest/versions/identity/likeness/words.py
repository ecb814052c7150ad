"""What a row says of its place and its thing, as it is compared."""

import re
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.fields import (
    Row,
    loose_fields,
    strict_fields,
    text_fields,
)
from analysis.ingest.versions.identity.spelling import Spelled, spelled
from analysis.ingest.versions.identity.trade import in_one_word
from analysis.ledgers import Ledger

#: Places that say no more than that it is there.
VAGUE_PLACE = re.compile(
    r"楼上|楼下|隔壁|现场|进门|[左右]手边?|[那这]头|角落|[店室屋场馆院](?:内|里)|那[个节间边]|这[个节间边里]"
)

KIND_OF_PLACE = re.compile(r"[房室间处边侧旁]")


def all_said(row: Row, ledger: Ledger) -> Spelled:
    """The marks of place and fault, taken together: clerks write one into the other."""
    texts = [
        spelled(str(row[name]), name != ledger.wording)
        for name in text_fields(ledger)
        if not is_null(row[name])
    ]
    return Spelled(
        "".join(each.text for each in texts),
        "".join(each.words for each in texts),
        frozenset().union(*(each.floors for each in texts)),
        frozenset().union(*(each.labels for each in texts)),
        tuple(sorted(amount for each in texts for amount in each.amounts)),
    )


def place_words(row: Row, ledger: Ledger) -> str:
    """The signs of a row's place within its site, without words that every place has."""
    return "".join(VAGUE_PLACE.sub("", content_of(row[name])) for name in loose_fields(ledger))


def whereabouts(places: str) -> str:
    """The signs of a place without those that every second place has."""
    return KIND_OF_PLACE.sub("", places)


def site_words(row: Row, ledger: Ledger) -> str:
    """The signs of the name of a row's site."""
    return "".join(content_of(row[name]) for name in strict_fields(ledger))


def content_of(value: Any) -> str:
    """The signs of a value without its marks, with one word for one thing; "" for none."""
    return "" if is_null(value) else _folded_content(str(value))


@lru_cache(maxsize=100_000)
def _folded_content(text: str) -> str:
    """The signs of a text without its marks, with one word for one thing."""
    return in_one_word(spelled(text).words)
