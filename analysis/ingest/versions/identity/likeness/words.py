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
from analysis.ingest.versions.identity.likeness.signs import as_meant, lacks
from analysis.ingest.versions.identity.likeness.sites import KIND_OF_SITE
from analysis.ingest.versions.identity.spelling import Spelled, spelled
from analysis.ingest.versions.identity.trade import in_one_word, without_things
from analysis.ledgers import Ledger

#: Places that say no more than that it is there.
VAGUE_PLACE = re.compile(
    r"楼上|楼下|隔壁|现场|进门|[左右]手边?|[那这]头|角落|[店室屋场馆院](?:内|里)|那[个节间边]|这[个节间边里]"
)

KIND_OF_PLACE = re.compile(r"[房室间处边侧旁]")

#: What kind of place it is, at the end of its name or of a part of it: 攀岩墙, 攀岩区; A座, A栋.
ENDING_OF_PLACE = re.compile(r"(?:门市部?|营业部|[区厅铺墙家户]|(?<=.)院)$|[座栋幢]")

#: A floor below the ground is a mark, whatever else is said of it: 地下车库B2.
BELOW_GROUND = re.compile(r"地下|b$")


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


def are_one_place(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether the places of two rows may be one: one of the two has no sign that the other row
    has nowhere.

    What both sites are called tells nothing of a place in them: of a 钟鼓楼, 钟楼 is not 鼓楼. Nor
    does the thing that a row is about: a 配电柜 may stand elsewhere than in the 配电房.
    """
    mine, theirs = _place_in_site(new, ledger), _place_in_site(old, ledger)
    mine = as_meant(mine, theirs)
    site, old_site = site_words(new, ledger), site_words(old, ledger)
    words, old_words = (content_of(row.get(ledger.wording)) for row in (new, old))
    said = mine + without_things(words, theirs) + lacks(site, old_site)
    old_said = theirs + without_things(old_words, mine) + lacks(old_site, site)
    return not (lacks(mine, old_said) and lacks(theirs, said))


def _place_in_site(row: Row, ledger: Ledger) -> str:
    """The signs of a row's place without the name of its site and the word for its kind."""
    place, site = whereabouts(place_words(row, ledger)), whereabouts(site_words(row, ledger))
    if site.endswith(place) and KIND_OF_SITE.fullmatch(place):  # 网吧, of a 网吧
        return ""
    place = place.removeprefix(site) or place
    return ENDING_OF_PLACE.sub("", BELOW_GROUND.sub("", place))


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
