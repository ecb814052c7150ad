"""All that speaks for two rows being one, and all that speaks against it."""

import re
from collections import Counter
from dataclasses import dataclass

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.days import Days, days_apart, is_finished
from analysis.ingest.versions.identity.likeness.fields import Row, loose_fields
from analysis.ingest.versions.identity.likeness.gist import (
    Gist,
    detail_of,
    found_wrong,
    gist_of,
    shared_of_fault,
)
from analysis.ingest.versions.identity.likeness.marks import conflicts_of, labels_in
from analysis.ingest.versions.identity.likeness.signs import (
    as_meant,
    is_pasted,
    is_replaced,
    lacks,
    part_of,
)
from analysis.ingest.versions.identity.likeness.sites import Site
from analysis.ingest.versions.identity.likeness.words import (
    all_said,
    are_one_place,
    content_of,
    place_words,
    site_words,
    whereabouts,
)
from analysis.ingest.versions.identity.spelling import shared
from analysis.ingest.versions.identity.trade import are_other_shades, faults, things
from analysis.ledgers import Ledger

#: What a row says of itself that corrects the row before it.
CORRECTS = re.compile(r"原报|原为|原写|误写|误作|误报|有误|更正|改正|复量|复测")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two rows being one, and what against it."""

    site: Site
    days: Days
    #: Kinds of marks that both rows have and that differ.
    conflicts: frozenset[str]
    #: Characters that both have, their share of the shorter text and of the shorter description.
    common: int
    share: float
    share_of_words: float
    #: Whether one says nothing that the other does not; the same of the places alone.
    is_contained: bool
    is_one_place: bool
    #: Whether the names of the places agree by themselves.
    is_place_named: bool
    #: Whether a label, or a quantity that is more than one, is the same.
    has_marks: bool
    #: Whether in one place of the two descriptions each says something else.
    is_replaced: bool
    #: Whether they are one text but for a word that was put for another, however either is meant:
    #: 架子工, 焊工; 过期, 未公示.
    is_pasted: bool
    #: Whether both are about one thing of the trade.
    is_one_thing: bool
    #: Whether the descriptions name the same things of the trade, or each one that the other
    #: does not.
    is_one_fault: bool
    is_other_thing: bool
    #: Whether one has a quantity, more than one, that the other lacks.
    has_more: bool
    has_due: bool
    #: Whether the new row says that it corrects the old one.
    is_explained: bool
    #: Whether the old row was finished and the new one is not.
    is_reopened: bool
    #: How many characters both descriptions have that are no part of the names of their places,
    #: and whether of them something is said of the thing beside its name.
    of_fault: int
    has_detail: bool
    #: Whether the descriptions are about one thing and find the same of it; the same, as much as
    #: a number needs that holds them together.
    is_one_gist: bool
    may_be_one_gist: bool
    #: Whether the new row alone has a floor or a label, or more of a place.
    is_narrower: bool

    @property
    def rank(self) -> float:
        """The likest of several is the one that is meant."""
        return (
            self.share + self.share_of_words + 0.2 * self.has_marks + 0.2 * self.has_due
            + 0.1 * self.days + 0.1 * self.site + 0.2 * self.is_one_place
        )  # fmt: skip


def evidence_of(new: Row, old: Row, ledger: Ledger, site: Site) -> Evidence:
    """What a row of a later ledger and one of an earlier ledger have in common, and what not."""
    one, other = all_said(new, ledger), all_said(old, ledger)
    within = (*loose_fields(ledger), ledger.wording)
    old_words, old_places = content_of(old.get(ledger.wording)), place_words(old, ledger)
    words = as_meant(content_of(new.get(ledger.wording)), old_words)
    places = as_meant(place_words(new, ledger), old_places)
    all_one, all_other = words + places, old_words + old_places
    common, shorter = shared(all_one, all_other), min(len(all_one), len(all_other))
    sides = ((words, old_words, all_other), (old_words, words, all_one))
    of_words = max(
        part_of(shared(mine, whole), len(mine)) if len(mine) <= len(theirs) else 0.0
        for mine, theirs, whole in sides
    )
    wide, old_wide = all_one + site_words(new, ledger), all_other + site_words(old, ledger)
    mine, theirs = things(words), things(old_words)
    of_fault = shared_of_fault(words, old_words, wide, old_wide)
    has_marks = bool(labels_in(new, within) & labels_in(old, within)) or (
        one.amounts == other.amounts and any(float(a) != 1 for a in one.amounts)
    )
    found = (found_wrong(new, ledger), found_wrong(old, ledger))
    some = set(one.amounts) & set(other.amounts)
    has_some_marks = has_marks or any(float(a) > 1 for a in some)
    gist = gist_of(words, old_words, found, has_marks, has_some_marks)
    return Evidence(
        site=site,
        days=days_apart(new, old, ledger),
        conflicts=frozenset(conflicts_of(one, other, new, old, ledger)),
        common=common,
        share=part_of(common, shorter),
        share_of_words=of_words,
        is_contained=not (lacks(all_one, all_other) and lacks(all_other, all_one))
        and not are_other_shades(*found),
        is_one_place=are_one_place(new, old, ledger),
        is_place_named=not (
            lacks(whereabouts(places), old_places) and lacks(whereabouts(old_places), places)
        ),
        has_marks=has_marks,
        is_replaced=is_replaced(words, old_words),
        is_pasted=is_pasted(words, old_words),
        is_one_thing=bool(things(one.text) and things(one.text) == things(other.text)),
        is_one_fault=bool(mine and mine == theirs),
        is_other_thing=bool(mine - theirs and theirs - mine),
        has_more=bool(one.amounts and other.amounts)
        and any(
            a != "1"
            for a in (Counter(one.amounts) - Counter(other.amounts))
            + (Counter(other.amounts) - Counter(one.amounts))
        ),
        has_due="due_on" in ledger.columns
        and not is_null(new["due_on"])
        and new["due_on"] == old["due_on"],
        is_explained=any(
            CORRECTS.search(str(new[name])) for name in ledger.fingerprint if not is_null(new[name])
        ),
        is_reopened=is_finished(old) and not is_finished(new),
        of_fault=len(of_fault),
        has_detail=bool(of_fault & detail_of(words, old_words))
        or bool(faults(words) & faults(old_words)),
        is_one_gist=gist >= Gist.SAME,
        may_be_one_gist=gist >= Gist.LIKE,
        is_narrower=bool(one.floors and not other.floors)
        or bool(one.labels and not other.labels)
        or bool(lacks(whereabouts(places), old_wide)),
    )
