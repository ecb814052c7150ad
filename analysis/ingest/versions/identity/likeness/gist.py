"""What two descriptions are about and what they find wrong: whether that is the same."""

from enum import IntEnum

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.fields import Row
from analysis.ingest.versions.identity.likeness.signs import EMPTY, part_of
from analysis.ingest.versions.identity.spelling import shared, spelled
from analysis.ingest.versions.identity.trade import (
    Shades,
    are_other_shades,
    is_one_shade,
    said_of_thing,
    shades,
    subject,
    things,
)
from analysis.ledgers import Ledger

#: What descriptions must share of what they are about, and where they find the same wrong.
LIKE_SUBJECT, LIKE_BY_FAULT = 0.4, 0.5

#: What descriptions of some length must share to say the same, whatever they are about.
ALIKE, LEAST_ALIKE = 0.75, 5


class Gist(IntEnum):
    """How far two descriptions agree on what they are about and on what is wrong with it."""

    OTHER = 0
    LIKE = 1
    SAME = 2


def gist_of(
    words: str, old_words: str, found: tuple[Shades, Shades], has_marks: bool, has_some_marks: bool
) -> Gist:
    """Whether two descriptions are about one thing and find the same of it.

    ``found`` is what each finds wrong. What every second hazard has (坏, 应急, 人员) says nothing:
    of one spot and day, with the same deadline and the same fault, a boat and a cover are two
    hazards still.
    """
    (about, beside), (theirs, beside_theirs) = (
        (EMPTY.sub("", a), EMPTY.sub("", b)) for a, b in (subject(words), subject(old_words))
    )
    is_fault = is_one_shade(*found)
    if not (about and theirs):  # one names no more than what is wrong
        return Gist.SAME if has_marks else Gist.LIKE if is_fault else Gist.OTHER
    mine, others = things(words), things(old_words)
    extra = len(detail_of(words, old_words) & set(beside) & set(beside_theirs))
    if are_other_shades(*found):
        is_marked = has_marks and extra and mine & others
        return Gist.SAME if is_marked else Gist.LIKE if has_marks else Gist.OTHER
    if _is_alike(words, old_words) and (mine & others or not (mine and others)):
        return Gist.SAME
    of_subject = shared(about, theirs)
    share = part_of(of_subject, min(len(about), len(theirs)))
    if mine & others:
        is_same = is_fault or extra or (share == 1 and of_subject >= 2)
        return Gist.SAME if is_same else Gist.LIKE if has_some_marks else Gist.OTHER
    if mine and others:
        return Gist.LIKE if has_marks else Gist.OTHER
    return _by_subject(of_subject, share, is_fault, has_marks, has_some_marks)


def _by_subject(
    of_subject: int, share: float, is_fault: bool, has_marks: bool, has_some_marks: bool
) -> Gist:
    """What two descriptions share where one of them names no thing of the trade."""
    if (
        (of_subject >= 3 and (is_fault or share >= LIKE_SUBJECT))
        or (of_subject >= 2 and is_fault and share >= LIKE_BY_FAULT)
        or (of_subject and has_marks and (is_fault or share >= LIKE_SUBJECT))
    ):
        return Gist.SAME
    is_like = has_some_marks or (of_subject >= 2 and share >= LIKE_BY_FAULT)
    return Gist.LIKE if is_like else Gist.OTHER


def _is_alike(one: str, other: str) -> bool:
    """Whether descriptions of some length share most of their characters."""
    common = shared(one, other)
    return common >= LEAST_ALIKE and common >= ALIKE * min(len(one), len(other))


def found_wrong(row: Row, ledger: Ledger) -> Shades:
    """What a row's description finds wrong."""
    text = row[ledger.wording]
    return frozenset() if is_null(text) else shades(spelled(str(text)).text)


def detail_of(one: str, other: str) -> set[str]:
    """The characters that are said of the things in two descriptions, where both name one.

    What stands before the thing in both is where it is.
    """
    if not (things(one) and things(other)):
        return set(one) & set(other)
    (mine, behind), (theirs, behind_theirs) = said_of_thing(one), said_of_thing(other)
    return (set(behind) & set(theirs)) | (set(mine) & set(behind_theirs))


def shared_of_fault(words: str, others: str, wide: str, old_wide: str) -> set[str]:
    """The characters that two descriptions share beside those of their sites and places."""
    places = set(wide[len(words) :] + old_wide[len(others) :])
    return (set(EMPTY.sub("", words)) & set(others)) - places
