"""Whether two rows of two ledgers may speak of one thing: the judgement of a careful clerk.

Two rows are one only where nothing tells them apart: site, day, floor, label, quantity, side. What
stands in one row alone (a place made more precise, a sentence added) tells nothing apart; what
stands in both and differs does. A number that stayed holds together what was put in other words.
Without a number, site, found day and deadline may do where nothing else can be meant (``ALONE``).
In doubt it is asked, and two records stand until somebody answers: too many, never too few.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from analysis.ingest.versions.identity.likeness.days import Days, is_finished_before
from analysis.ingest.versions.identity.likeness.evidence import Evidence, evidence_of
from analysis.ingest.versions.identity.likeness.fields import Row
from analysis.ingest.versions.identity.likeness.sites import Site, sites_agree
from analysis.ingest.versions.identity.likeness.words import place_words
from analysis.ledgers import Ledger


class Verdict(IntEnum):
    """What two rows are to each other; the higher, the surer that they are one."""

    OTHER = 0
    DOUBT = 1
    ALONE = 2  # the same where no other row of either ledger may be meant
    SAME = 3


#: A description that leaves it to a picture: 见照片2, 详见附图（一）.
PICTURE = re.compile(
    r"\s*(?:详?见)?[附上下左右后]?(?:照片|图片|图|附件|照)[\s\d一二三四五六七八九十()（）、-]*"
)

#: How much of the shorter text must stand in the longer one where a number holds them together,
#: and how much where the same labels or quantities do as well.
LIKE, LIKE_BY_MARKS = 0.6, 0.3

#: Without a number, where both name the same thing of the trade and the same quantity or deadline.
LIKE_BY_THING = 0.5

#: What descriptions must share where the names of the sites are put in another order.
VERY_LIKE = 0.8

#: How much must be shared for a question.
ASKED = 0.6

#: Without a number and where nothing else can be meant: how much of the shorter description.
LIKE_ALONE, LIKE_BY_SLIP, LIKE_NUMBERED = 0.25, 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict on two rows, and by how much they share they are ranked among others."""

    verdict: Verdict
    rank: float
    #: Whether a mark tells the two apart, so that neither can be taken for the other. A word in a
    #: pasted text (热水锅炉, 燃煤锅炉) is less than a mark.
    is_told_apart: bool = False
    #: Whether the new row says which of several is meant where the old one does not, and whether
    #: both were found on one day.
    is_narrower: bool = False
    is_of_day: bool = True
    #: Whether the names of their places agree, and whether those are of one place at least.
    is_place_named: bool = False
    is_one_place: bool = True
    site: Site = Site.OTHER

    @property
    def place_rank(self) -> tuple[bool, bool]:
        """How exactly site and place agree: by the name of both, of the site, or of neither."""
        return self.site >= Site.NEAR, self.is_place_named


OTHER = Likeness(Verdict.OTHER, 0.0)


def compare(new: Row, old: Row, ledger: Ledger, is_numbered: bool, has_number: bool) -> Likeness:
    """Whether a row of a later ledger speaks of what a row of an earlier one did.

    ``old`` stands no more in the later ledger, and has ``known_from``, the day of its receipt.
    ``is_numbered``: both have the same number, or the new row says that it was handed over;
    ``has_number``: each has a number. A row that was done before the other was found is never one
    with it.
    """
    if is_finished_before(new, old, ledger):
        return OTHER
    site = sites_agree(new, old, ledger)
    if site is Site.OTHER:
        return OTHER
    evidence = evidence_of(new, old, ledger, site)
    judge = _with_number if is_numbered else _without_number
    verdict = judge(evidence, has_number)
    if verdict < Verdict.ALONE:
        by_site = _by_site_and_day(evidence, is_numbered, has_number and not is_numbered)
        verdict = max(verdict, by_site)
    if has_number and not is_numbered and evidence.is_pasted:
        # Two numbers, and one text with a word exchanged: two of one mould, or one put otherwise.
        verdict = min(verdict, Verdict.DOUBT)
    if not is_numbered and _are_pictures(new, old, ledger) and not evidence.has_due:
        verdict = min(verdict, Verdict.DOUBT)
    return Likeness(
        verdict, evidence.rank, bool(evidence.conflicts - {"name"}), evidence.is_narrower,
        evidence.days is Days.SAME,
        evidence.is_place_named and all(place_words(row, ledger) for row in (new, old)),
        evidence.is_one_place, site,
    )  # fmt: skip


def _are_pictures(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether both only say where the picture is: which fault it shows stands in no cell."""
    return all(PICTURE.fullmatch(str(row.get(ledger.wording) or "")) for row in (new, old))


def _with_number(seen: Evidence, has_number: bool) -> Verdict:
    """The same number: other words are the same thing if they speak of one place and day."""
    is_near = seen.days >= Days.CLOSE and seen.site >= Site.WITHIN
    if seen.is_explained and is_near and seen.share >= ASKED:
        return Verdict.SAME
    if not _is_like(seen):
        return Verdict.OTHER
    if seen.conflicts:
        may_have_grown = seen.days is Days.LATER and seen.conflicts <= {"amount"}
        return Verdict.DOUBT if seen.days >= Days.CLOSE or may_have_grown else Verdict.OTHER
    if not seen.is_one_place:
        return Verdict.DOUBT  # a number slips, and a place is typed with care
    if not (seen.may_be_one_gist or seen.is_contained) or _says_otherwise(seen):
        return Verdict.DOUBT
    if is_near or (seen.site is Site.SLIP and seen.days >= Days.CLOSE and seen.has_due):
        return Verdict.SAME
    if seen.days is Days.WEEK and seen.site >= Site.PART and (seen.has_due or seen.share == 1):
        return Verdict.SAME
    if seen.days is Days.FAR and seen.site >= Site.PART and seen.has_due and seen.share == 1:
        return Verdict.SAME
    if seen.site is Site.REWORDED and _is_all_but_site(seen):
        return Verdict.SAME
    return Verdict.DOUBT


def _says_otherwise(seen: Evidence) -> bool:
    """Whether of one labelled thing each finds something of its own: 限制器失灵, 螺栓松动."""
    return seen.is_replaced and seen.of_fault < 2 and not (seen.is_one_gist or seen.is_one_fault)


def _is_all_but_site(seen: Evidence) -> bool:
    """Whether under one number only the name of the site is written in another way: 兰湾, 蓝湾."""
    is_alike = seen.is_one_gist and seen.share >= VERY_LIKE
    return is_alike and seen.has_due and seen.days >= Days.CLOSE and seen.is_place_named


def _is_like(seen: Evidence) -> bool:
    """Whether under one number enough is shared for it to be one thing in other words."""
    if seen.is_one_thing and (seen.has_marks or seen.has_due):
        return True
    least = LIKE_BY_MARKS if seen.has_marks else LIKE_BY_THING if seen.has_due else LIKE
    return seen.common >= 2 and seen.share >= least


def _without_number(seen: Evidence, has_number: bool) -> Verdict:
    """No number holds them together: the one may only say more than the other, or its quantities
    and labels must.
    """
    if seen.common < 3 or seen.share < ASKED:
        return Verdict.OTHER
    if seen.conflicts:
        is_slight = len(seen.conflicts) == 1 and seen.days >= Days.CLOSE and not has_number
        return Verdict.DOUBT if is_slight else Verdict.OTHER
    is_site = (
        seen.site >= Site.NEAR
        or (seen.site is Site.PART and (seen.has_due or seen.has_marks))
        or (seen.site is Site.WITHIN and seen.share_of_words >= VERY_LIKE and seen.has_marks)
    )
    if is_site and seen.is_one_place and not seen.has_more:
        is_day = seen.days is Days.SAME or (seen.days is Days.CLOSE and seen.has_due)
        by_words = seen.is_contained and (
            seen.days >= Days.CLOSE or (seen.days is Days.WEEK and seen.has_due)
        )
        by_marks = seen.has_marks and not seen.is_replaced and seen.share_of_words >= LIKE
        by_thing = (
            seen.is_one_thing
            and seen.share_of_words >= LIKE_BY_THING
            and (seen.has_due or seen.has_marks)
        )
        # Two rows that have a number each, and not the same, are of one place by its name.
        is_said_alike = not has_number or seen.is_place_named
        is_one = is_said_alike and seen.is_one_gist
        if by_words or (is_day and is_one and (by_marks or by_thing)):
            return Verdict.SAME
    if seen.days >= Days.WEEK or seen.is_contained:
        return Verdict.DOUBT
    return Verdict.OTHER


def _may_be_other_words(seen: Evidence) -> bool:
    """Whether one kind of words is all that tells two rows of a site, a place and both days apart.

    The thing or the fault may have another name that no list of the trade has.
    """
    is_slight = len(seen.conflicts) == 1 and seen.conflicts <= {"thing", "fault", "amount"}
    is_there = seen.site >= Site.WITHIN and seen.is_one_place and seen.days is Days.SAME
    return is_slight and is_there and seen.has_due and seen.share >= LIKE_BY_MARKS


def _is_much_alike(seen: Evidence) -> bool:
    """Whether two rows with a number each are so alike that the list was numbered anew."""
    is_alike = seen.share_of_words >= LIKE_NUMBERED and seen.of_fault >= 3
    is_there = seen.is_one_gist and seen.is_place_named and seen.days is Days.SAME
    return (seen.has_due and is_alike) or (is_there and (is_alike or seen.has_marks))


def _by_site_and_day(seen: Evidence, is_numbered: bool, is_renumbered: bool) -> Verdict:
    """What the same site, day and deadline say of two rows whose words are not much alike.

    A clerk who puts a hazard in his own words keeps its site and its days. So where nothing tells
    two rows apart, little need be shared; whether another row may be meant decides the rest.
    """
    if seen.site in (Site.OTHER, Site.BRANCH) or seen.days < Days.CLOSE:
        return Verdict.OTHER
    if seen.conflicts and not (seen.is_explained and seen.share >= LIKE_BY_THING):
        is_asked = not is_renumbered and _may_be_other_words(seen)
        return Verdict.DOUBT if is_asked else Verdict.OTHER
    is_like = seen.share_of_words >= LIKE_ALONE and (
        seen.of_fault >= 2 or (seen.of_fault and seen.share_of_words >= LIKE_BY_THING)
    )
    is_said = bool(is_like or seen.is_one_fault) and seen.has_detail and seen.is_one_gist
    is_site = seen.site >= Site.WITHIN or (
        seen.site is Site.SLIP and seen.share_of_words >= LIKE_BY_SLIP
    )
    is_slip = seen.is_one_gist and seen.is_place_named and seen.has_marks
    is_day = seen.days is Days.SAME or seen.has_due or is_slip
    is_due = seen.has_due or is_numbered or seen.share_of_words >= LIKE_BY_THING
    is_apart = seen.is_reopened or not seen.is_one_place or seen.is_other_thing
    # Two numbers that differ are mostly two things, unless the list was numbered anew.
    is_another = is_renumbered and not _is_much_alike(seen)
    if is_said and is_site and is_day and is_due and not (is_apart or is_another):
        return Verdict.ALONE
    has_something = bool(seen.of_fault) or seen.is_one_fault or seen.common >= 4
    is_asked = is_said or (seen.site >= Site.SLIP and has_something)
    return Verdict.DOUBT if is_asked else Verdict.OTHER
