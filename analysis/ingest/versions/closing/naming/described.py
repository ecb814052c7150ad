"""Which hazard a row of the office's register speaks of that gives no number of it.

The clerk copies unit, site and words out of the unit's ledger. They are compared as the ledgers
themselves are from one submission to the next; more than one that may be meant is none.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.closing.acts import Record, text_of
from analysis.ingest.versions.closing.naming.run_together import Fit, clearly_meant, fit_of
from analysis.ingest.versions.identity.likeness.sites import Site, sites_agree
from analysis.ingest.versions.identity.likeness.verdict import Verdict, compare
from analysis.ingest.versions.identity.matching import bigrams
from analysis.ingest.versions.identity.rivals import MARGIN
from analysis.ingest.versions.identity.spelling import folded, site_key
from analysis.ledgers.hazard import HAZARD

#: What is read of a version to know its hazard by.
TOLD_BY = ("item_id", "hazard_no", "unit", "sender", "site", "location", "description")
#: So many of the likest are compared in full: of one site and unit, more than anybody lists.
MOST_COMPARED = 60
#: A unit's short name is no shorter, where it stands in the whole one.
SHORTEST_UNIT = 3


class Described:
    """Hazards by what their versions say of them, each combination once."""

    def __init__(self, versions: Sequence[Record]) -> None:
        self._by_words: dict[str, list[Record]] = {}
        self._by_signs: dict[str, list[Record]] = {}
        for version in versions:
            self._by_words.setdefault(_words(version), []).append(version)
            for pair in bigrams(_site(version) + _words(version)):
                self._by_signs.setdefault(pair, []).append(version)

    def meant(self, record: Record) -> list[str]:
        """The items that a row may speak of, by its words; a row without any speaks of none."""
        words = _words(record)
        if not words:
            return []
        same = known_then(self._by_words.get(words, ()), record)
        if found := agreeing(same, record):
            return items_of(found)
        if is_null(record["site"]):
            return clearly_meant(self.fitting(record))
        return self._alike(record)

    def fitting(self, record: Record) -> dict[str, Fit]:
        """The items whose site and words may be those of a row that names both in one cell."""
        fits: dict[str, Fit] = {}
        if not is_null(record["site"]) or is_null(record["description"]):
            return fits
        for version in self._likest(record, bigrams(_words(record))):
            fit = fit_of(str(record["description"]), version)
            item_id = str(version["item_id"])
            if fit and (item_id not in fits or _rank(fit) > _rank(fits[item_id])):
                fits[item_id] = fit
        return fits

    def _alike(self, record: Record) -> list[str]:
        """The item whose site and words a careful clerk takes for these; all that come near it."""
        ranks: dict[str, tuple[Verdict, float]] = {}
        for version in self._likest(record, bigrams(_site(record))):
            likeness = compare(_as_hazard(record), version, HAZARD, False, False)
            if likeness.verdict >= Verdict.DOUBT and not likeness.is_told_apart:
                rank = (likeness.verdict, likeness.rank)
                ranks[version["item_id"]] = max(rank, ranks.get(version["item_id"], rank))
        verdict, likest = max(ranks.values(), default=(Verdict.OTHER, 0.0))
        if verdict < Verdict.ALONE:
            return []
        return [item_id for item_id, (_, rank) in ranks.items() if likest - rank < MARGIN]

    def _likest(self, record: Record, site: Collection[str]) -> list[Record]:
        """The versions of a row's unit that share most signs of site and words with it, and one of
        those in which its site is named.
        """
        mine = bigrams(_site(record) + _words(record))
        common = Counter(id(each) for pair in mine for each in self._by_signs.get(pair, ()))
        near = {id(each): each for pair in site for each in self._by_signs.get(pair, ())}
        several = [*of_unit(known_then([*near.values()], record), record)]
        return sorted(several, key=lambda each: -common[id(each)])[:MOST_COMPARED]


def narrowed(versions: Sequence[Record], record: Record) -> Sequence[Record]:
    """Of versions of several items those whose words are a row's, if there are any."""
    words = _words(record)
    same = [each for each in versions if words and _words(each) == words]
    if same or not words:
        return same or versions
    alike = [
        each for each in versions
        if compare(_as_hazard(record), each, HAZARD, True, True).verdict is Verdict.SAME
    ]  # fmt: skip
    return alike or versions


def agreeing(versions: Iterable[Record], record: Record) -> Sequence[Record]:
    """Those of a row's unit and site: of the very site, or, where there are none, of its name in
    other words.
    """
    mine = [*of_unit(versions, record)]
    if is_null(record["site"]):
        return mine if not is_null(record["unit"]) else []
    site = _site(record)
    if same := [each for each in mine if _site(each) == site]:
        return same
    row = _as_hazard(record)
    return [each for each in mine if sites_agree(row, each, HAZARD) >= Site.WITHIN]


def of_unit(versions: Iterable[Record], record: Record) -> Iterator[Record]:
    """Those of a row's unit: who answers for the hazard, who sent it, or where it was found.

    A row that names no unit, and a version that does, or the reverse, do not contradict.
    """
    unit = text_of(record["unit"])
    for version in versions:
        whose = (text_of(version[name]) for name in ("unit", "sender", "site"))
        if not unit or _is_of(unit, *whose):
            yield version


def known_then(versions: Sequence[Record], record: Record) -> Sequence[Record]:
    """Those that were known on the day of an act; all, where none was: the ledger came later."""
    then = [each for each in versions if each["known_from"] <= record["known_from"]]
    return then or versions


def items_of(versions: Iterable[Record]) -> list[str]:
    """The items of versions, each once."""
    return [*dict.fromkeys(str(each["item_id"]) for each in versions)]


def _rank(fit: Fit) -> tuple[bool, float, bool]:
    return fit.is_clear, fit.share, fit.is_whole_site


@lru_cache(maxsize=100_000)
def _is_of(unit: str, owner: str, sender: str, site: str) -> bool:
    whose = [folded(name) for name in (owner, sender) if name]
    names = [*whose, *([folded(site)] if site else [])]
    return not whose or any(_is_one_unit(folded(unit), name) for name in names)


def _is_one_unit(one: str, other: str) -> bool:
    short, whole = sorted((one, other), key=len)
    return one == other or (len(short) >= SHORTEST_UNIT and whole.startswith(short))


def _words(row: Record) -> str:
    return folded(text_of(row["description"]))


def _site(row: Record) -> str:
    return site_key(text_of(row["site"]))


def _as_hazard(record: Record) -> Mapping[str, Any]:
    """A row as one of a unit's ledger that reports the hazard as done."""
    said = {name: record[name] for name in ("site", "description", "unit", "known_from")}
    return dict.fromkeys(HAZARD.columns) | said | {"status": "done", "sender": None}
