"""Which hazard a text means in which a clerk ran site and words together, and mostly cut both
short: «沙漠公园木栈道踏板腐朽» of 胡杨林国家沙漠公园, 环湖木栈道5处踏板腐朽.

The text begins (or ends) with a name of the site; what is left must stand in the hazard's words, in
their order, and no floor, label, quantity or side may tell the two apart. What fits less than
clearly is only named to the clerk.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.ingest.versions.closing.acts import Record, text_of
from analysis.ingest.versions.identity.likeness.marks import conflicts_of
from analysis.ingest.versions.identity.likeness.sites import Site, sites_agree
from analysis.ingest.versions.identity.likeness.words import all_said
from analysis.ingest.versions.identity.spelling import folded, site_key
from analysis.ledgers.hazard import HAZARD

#: What is said of the act, and not of the hazard: （复验）, （第二次验收）, a level in brackets,
#: the day of the work （10月24日更换）, where it is listed （台账第2项）; a number before it all,
#: the register's own too: 登记号2023-05.
_OF_THE_ACT = re.compile(
    r"\([^()]*(?:复验|复查|复核|验收|销号|回头看|第[\d一二三四五]次|[重较]大|一般|\d{1,2}月\d{1,2}日|"
    r"(?:台账|清单|登记|附表)[^()]{0,4}\d)[^()]*\)"
)
_BEFORE = re.compile(
    r"^(?:(?:验收|销号)?(?:登记|受理)(?:编?号|序号)[:]?\s*第?[A-Za-z0-9年〔〕()-]*\d号?[\s、.,:;]*)?"
    r"(?:\(?[A-Za-z]*[A-Za-z0-9-]*\d\)?[\s、.,:;)]+(?=\D))?(?:(?:[重较]大|一般)?(?:事故|安全)?隐患[:]|关于)?"
)
_BEHIND = re.compile(
    r"(?:等|的|[重较]大|一般|事故|安全|消防|隐患|问题|整改|情况|第[\d一二三四五]次|复验|复查|验收|销号)+$"
)
_AGAIN = re.compile(r"复验|再次验收|重新验收|第[二三四2-4]次|整改后验收|回头看")
#: The unit may stand in front of it all: 县林草局沙漠公园….
_UNIT = "局|委|办|大队|管委会|人民政府|政府|街道|镇|乡"
_UNIT_BEFORE = re.compile(rf"^\w{{1,10}}?(?:{_UNIT})(?=\w{{6}})")
#: A shorter part of a site's name is many sites'; fewer signs of words are many hazards'.
_SHORTEST_SITE, _SHORTEST_WORDS = 3, 4
#: How much of a name must stand in the site's for the two to be compared.
_LIKE_SITE = 0.6
#: How much of the words must stand in the hazard's for it to be meant clearly, and how much for it
#: to be named to the clerk.
_CLEARLY, _PERHAPS = 0.75, 0.5
#: One that is said whole stands apart from one of which so much is; any other by so much.
_NEARLY_WHOLE, _APART = 0.95, 0.2
#: Where the hazard's words stand in longer ones of the clerk's, it is told with more: so much less
#: sure.
_WITH_MORE = 0.98
#: What tells one hazard from another, whatever else they have in common.
_MARKS = frozenset({"floor", "label", "amount", "side", "person"})


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a text fits a hazard: the share of its words, whether its site is named whole."""

    share: float
    is_whole_site: bool
    is_clear: bool


def fit_of(text: str, version: Record) -> Fit | None:
    """How well a text fits what a version says; None where it does not.

    Who has a single site writes only where in it: of his hazards that is the site's name.
    """
    place = text_of(version["site"]) or text_of(version["location"])
    fits = (
        fit for site, words in _partings(_plain(text), place) if (fit := _fit(site, words, version))
    )
    return max(fits, key=lambda fit: (fit.is_clear, fit.share, fit.is_whole_site), default=None)


def clearly_meant(fits: dict[str, Fit]) -> list[str]:
    """The items that a text may mean of those that it fits: one, where it is clear."""
    clear = {item_id: fit for item_id, fit in fits.items() if fit.is_clear}
    if not clear:
        return []
    best = max(fit.share for fit in clear.values())
    least = _NEARLY_WHOLE if best == 1 else best - _APART
    meant = [item_id for item_id, fit in fits.items() if fit.share > least]
    whole = [item_id for item_id in meant if fits[item_id].is_whole_site]
    # «观景平台护栏松动» is of the 观景平台, not of the 东观景平台.
    return whole if len(whole) == 1 and fits[whole[0]].is_clear else meant


def is_again(text: str) -> bool:
    """Whether a text says that its item is looked at again: （复验）."""
    return bool(_AGAIN.search(unicodedata.normalize("NFKC", text)))


def words_of_item(text: str) -> str:
    """A text as it is compared with another of the register's own."""
    return folded(_plain(text))


def _plain(text: str) -> str:
    """A text without what is said of the act."""
    said = _OF_THE_ACT.sub(" ", unicodedata.normalize("NFKC", text).strip()).strip()
    said = _BEFORE.sub("", said)
    return _BEHIND.sub("", said) or said


def _partings(text: str, site: str) -> Iterator[tuple[Site, str]]:
    """The ways to part a text into a name of a site and the words of a hazard."""
    if not site:
        return
    starts = [text, *([_UNIT_BEFORE.sub("", text)] if _UNIT_BEFORE.match(text) else [])]
    key = site_key(site)
    for whole in map(folded, starts):
        if not any(key[n : n + 2] in whole for n in range(max(1, len(key) - 1))):
            continue
        for place in range(2, len(whole)):
            for name, words in (
                (whole[:place], whole[place:]),
                (whole[place:], whole[:place]),
            ):
                if len(words) > 1 and (agreed := names_site(name, site)) is not None:
                    yield agreed, words


@lru_cache(maxsize=50_000)
def names_site(name: str, site: str) -> Site | None:
    """How a part of a text names a site; None where it does not.

    What is longer than the site's name ends with it, or the hazard's own words would be part of it.
    """
    key, whole = site_key(name), site_key(site)
    if len(key) < min(_SHORTEST_SITE, len(whole)):
        return None
    if len(key) > len(whole) and not key.endswith(whole):
        return None
    if sum(sign in whole for sign in key) < _LIKE_SITE * min(len(key), len(whole)):
        return None  # most parts of a text are no name of any site: asked first, since it is cheap
    row = {"site": name, "location": None}
    agreed = sites_agree(row, {"site": site, "location": None}, HAZARD)
    return agreed if agreed >= Site.WITHIN else None


def _fit(site: Site, words: str, version: Record) -> Fit | None:
    said, place = folded(text_of(version["description"])), folded(text_of(version["location"]))
    if not said:
        return None
    common = max(_in_order(words, each) for each in {said, place + said, said + place})
    share = common / len(words)
    with_more = _in_order(said, words) / len(said)
    if len(said) > _SHORTEST_WORDS and with_more == 1:
        share = max(share, _WITH_MORE)
    is_said = share == 1 and words == said
    # A row may name two hazards: each has little of the row's words, and the row much of its own.
    is_near = share >= _PERHAPS or (common >= _SHORTEST_WORDS and with_more >= _PERHAPS)
    if not is_near or _is_told_apart(words, version):
        return None
    is_clear = is_said or (common >= _SHORTEST_WORDS and share >= _CLEARLY)
    return Fit(share, site >= Site.NEAR, is_clear)


def _is_told_apart(words: str, version: Record) -> bool:
    mine = {**dict.fromkeys(HAZARD.columns), "site": version["site"], "description": words}
    one, other = (all_said(row, HAZARD) for row in (mine, version))
    return not _MARKS.isdisjoint(conflicts_of(one, other, mine, version, HAZARD))


@lru_cache(maxsize=50_000)
def _in_order(one: str, other: str) -> int:
    """How many signs of a text stand in another one in their order."""
    row = [0] * (len(other) + 1)
    for sign in one:
        before = 0
        for place, theirs in enumerate(other, start=1):
            now = row[place]
            row[place] = before + 1 if sign == theirs else max(now, row[place - 1])
            before = now
    return row[-1]
