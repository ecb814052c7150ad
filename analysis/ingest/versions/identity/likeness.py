"""Whether two rows of two ledgers may speak of one thing: the judgement of a careful clerk.

Two rows are one only where nothing tells them apart: site, day, floor, label, quantity, side. What
stands in one row alone (a place made more precise, a sentence added) tells nothing apart; what
stands in both and differs does. A number that stayed holds together what was put in other words.
Without a number, site, found day and deadline may do where nothing else can be meant (``ALONE``).
In doubt it is asked, and two records stand until somebody answers: too many, never too few.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.spelling import (
    Spelled,
    folded,
    number_tail,
    shared,
    site_key,
    spelled,
)
from analysis.ingest.versions.identity.trade import (
    Shades,
    are_other_shades,
    faults,
    in_one_word,
    is_one_shade,
    said_of_thing,
    shades,
    subject,
    things,
)
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED

Row = Mapping[str, Any]


class Verdict(IntEnum):
    """What two rows are to each other; the higher, the surer that they are one."""

    OTHER = 0
    DOUBT = 1
    ALONE = 2  # the same where no other row of either ledger may be meant
    SAME = 3


#: A day that was corrected lies this near, in days; one that is further off is another find.
SLIP_OF_A_DAY, SLIP_OF_A_WEEK = 2, 7
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
#: What descriptions must share of what they are about, and where they find the same wrong.
LIKE_SUBJECT, LIKE_BY_FAULT = 0.4, 0.5
#: What descriptions of some length must share to say the same, whatever they are about.
ALIKE, LEAST_ALIKE = 0.75, 5
#: What a row says of itself that corrects the row before it.
CORRECTS = re.compile(r"原报|原为|原写|误写|误报|有误|更正|改正|复量|复测")
#: What a row says of a thing that was found before and is looked at again.
STILL_OPEN = re.compile(r"仍未|仍没|还未|还没|尚未|至今未|未整改|未改|未销号|没改")
MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
#: What a row says that went from one unit to another.
HANDED = re.compile(r"移交|移送|转交|转办|转来|划转")
#: Fields that say where a site may be, or whose it is.
WHERE = ("unit", "sender", "township")
#: How much is wanting of something.
LACKING = re.compile(r"(?:缺少?|短缺|少|差|不足)\s*[\d一二三四五六七八九十两百]")
FIGURES = str.maketrans("一二三四五六七八九", "123456789")
#: Sides and kinds of which one is not the other.
CONTRASTS = (
    "东西南北", "左右", "上下", "前后", "内外", "男女", "入出进", "主副", "正反", "新旧老",
    "大小", "甲乙丙丁", "总分", "早晚", "abcdefgh",
)  # fmt: skip
#: Words that carry nothing: what is left out when a sentence is shortened.
EMPTY = re.compile(r"[的了已被有在存处于及时进行等均都并仍尚而该其且未不缺]|长(?=\d)")
#: Words of a site's name that only say what it is, or where.
KIND_OF_SITE = re.compile(
    r"景区|民宿|酒店|宾馆|饭店|网吧|网咖|影城|影院|ktv|农家乐|商场|书店|客栈|旅馆|公园|学校|餐厅|"
    r"\w{1,4}[省市县镇乡村]|县|市|镇|乡|村"
)
REGION = re.compile(r"[省市县镇乡村]")
#: A name of fewer signs is too many sites'.
SHORTEST_NAME, LONG_NAME = 3, 5
#: Words for one kind of site, at the end of its name.
KINDS_OF_SITE = (
    re.compile(r"(?:大?酒店|饭店|宾馆|旅馆|旅店|客栈|招待所)$"),
    re.compile(r"(?:网吧|网咖|网络会所|网络)$"),
    re.compile(r"(?:电?影城|电?影院|影都)$"),
    re.compile(r"(?:(?:量贩式?)?(?:ktv|歌城|歌厅|练歌[房城厅]))$"),
    re.compile(r"(?:澡堂|浴室|浴池|洗浴中心)$"),
    re.compile(r"(?:茶楼|茶馆|茶庄)$"),
    re.compile(r"(?:露营[地点]|营地)$"),
    re.compile(r"(?:水上乐园|水世界)$"),
    re.compile(r"(?:儿童乐园|儿童游乐[场园]|游乐[场园])$"),
    re.compile(r"(?:(?:风景|旅游)?(?:景区|名胜区|旅游区|度假区))$"),
    re.compile(r"(?:健身房|健身中心|健身会所|健身)$"),
    re.compile(r"(?:农家乐|农庄|山庄)$"),
    re.compile(r"(?:中心小学|小学|中心校|学校)$"),
    re.compile(r"(?:台球厅|台球室|台球俱乐部)$"),
)
#: Words for what a trade calls itself, behind a name that says what it does: 冲浪店, 冲浪俱乐部.
TRADE = re.compile(r"(?:店|馆|吧|坊|屋|会所|中心|工作室|俱乐部|基地|营地)$")
LONG_STEM = 4
#: Words by which a name is another's: a branch, a second shop.
BRANCH_BEFORE = re.compile(r"[总新老第]$|分")
BRANCH_BEHIND = re.compile(r"分|.店|.馆$|校区|[东西南北]")
#: An address before the name of a site, with its numbers: 二组, 88号.
ADDRESS_BEFORE = re.compile(r"[省市县镇乡村组路街巷号]$")
#: Places that say no more than that it is there.
VAGUE_PLACE = re.compile(
    r"楼上|楼下|隔壁|现场|进门|[左右]手边?|[那这]头|角落|[店室屋场馆院](?:内|里)|那[个节间边]|这[个节间边里]"
)
KIND_OF_PLACE = re.compile(r"[房室间处边侧旁]")
#: Words of what is seen, not of a way out.
SHOWS = re.compile(r"[露冒伸凸突查指放]出")
#: So many of the last digits of a plate name a car.
SHORTEST_NUMBER = 3
#: A person behind the word of a post.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
    "邵万钱严武戴莫孔向汤章"
)
PERSON = re.compile(
    rf"(?<=[员工师安机长练理生厨管游主板洁])([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=未|无|没|证|不|上|的|缺|脱|健康|资格|持|在|将|把)"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict on two rows, and by how much they share they are ranked among others."""

    verdict: Verdict
    rank: float
    #: Whether a mark tells the two apart, so that neither can be taken for the other.
    is_told_apart: bool = False
    #: Whether the new row says which of several is meant where the old one does not, and whether
    #: both were found on one day.
    is_narrower: bool = False
    is_of_day: bool = True
    #: Whether the names of their places agree, and whether those are of one place at least.
    is_place_named: bool = False
    is_one_place: bool = True


OTHER = Likeness(Verdict.OTHER, 0.0)


class _Site(IntEnum):
    """How the names of two sites agree, the surer the higher."""

    OTHER = 0
    LOOSE = 1  # some signs in common
    BRANCH = 2  # one is the other's branch, or its second
    SLIP = 3  # one sign differs, which is read alike
    WITHIN = 4  # the signs of one stand in the other
    PART = 5  # one has a word more, or is the other's short form
    NEAR = 6  # one has its kind, region or form more
    SAME = 7


class _Days(IntEnum):
    """How far the days lie apart on which two things were found."""

    LATER = 0  # found after the ledger came in that has the other
    FAR = 1
    WEEK = 2
    CLOSE = 3
    BLANK = 4
    SAME = 5


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for two rows being one, and what against it."""

    site: _Site
    days: _Days
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


def compare(new: Row, old: Row, ledger: Ledger, is_numbered: bool, has_number: bool) -> Likeness:
    """Whether a row of a later ledger speaks of what a row of an earlier one did.

    ``old`` stands no more in the later ledger, and has ``known_from``, the day of its receipt.
    ``is_numbered``: both have the same number, or the new row says that it was handed over;
    ``has_number``: each has a number. A row that was done before the other was found is never one
    with it.
    """
    if is_finished_before(new, old, ledger):
        return OTHER
    site = _sites(new, old, ledger)
    if site is _Site.OTHER:
        return OTHER
    evidence = _evidence(new, old, ledger, site)
    judge = _with_number if is_numbered else _without_number
    verdict = judge(evidence, has_number)
    if verdict < Verdict.ALONE:
        by_site = _by_site_and_day(evidence, is_numbered, has_number and not is_numbered)
        verdict = max(verdict, by_site)
    return Likeness(
        verdict, evidence.rank, bool(evidence.conflicts), evidence.is_narrower,
        evidence.days is _Days.SAME,
        evidence.is_place_named and bool(_place(new, ledger)) and bool(_place(old, ledger)),
        evidence.is_one_place,
    )  # fmt: skip


def is_finished_before(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether the old thing was done when the new one was found: then it is another."""
    found, before = day_of(new, ledger), day_of(old, ledger)
    if found is None or (before is not None and found <= before) or "status" not in old:
        return False
    ends = [
        old[name] for name in ("done_on", "closed_on") if name in old and not is_null(old[name])
    ]
    if ends:
        return bool(min(ends) <= found)
    is_done = old["status"] in FINISHED or old["status"] == "void"
    return bool(is_done and (before is not None or found >= old["known_from"]))


def _with_number(seen: _Evidence, has_number: bool) -> Verdict:
    """The same number: other words are the same thing if they speak of one place and day."""
    is_near = seen.days >= _Days.CLOSE and seen.site >= _Site.WITHIN
    if seen.is_explained and is_near and seen.share >= ASKED:
        return Verdict.SAME
    if not _is_like(seen):
        return Verdict.OTHER
    if seen.conflicts:
        may_have_grown = seen.days is _Days.LATER and seen.conflicts <= {"amount"}
        return Verdict.DOUBT if seen.days >= _Days.CLOSE or may_have_grown else Verdict.OTHER
    if seen.is_reopened and not (seen.is_one_place or seen.has_due):
        return Verdict.DOUBT  # one was done; the other is elsewhere, by another day
    if not (seen.may_be_one_gist or seen.is_contained):
        return Verdict.DOUBT
    if is_near or (seen.site is _Site.SLIP and seen.days >= _Days.CLOSE and seen.has_due):
        return Verdict.SAME
    if seen.days is _Days.WEEK and seen.site >= _Site.PART and (seen.has_due or seen.share == 1):
        return Verdict.SAME
    if seen.days is _Days.FAR and seen.site >= _Site.PART and seen.has_due and seen.share == 1:
        return Verdict.SAME
    if seen.site is _Site.LOOSE and _is_all_but_site(seen):
        return Verdict.SAME
    return Verdict.DOUBT


def _is_all_but_site(seen: _Evidence) -> bool:
    """Whether under one number only the name of the site is written in another way: 兰湾, 蓝湾."""
    is_alike = seen.is_one_gist and seen.share >= VERY_LIKE
    return is_alike and seen.has_due and seen.days >= _Days.CLOSE and seen.is_place_named


def _is_like(seen: _Evidence) -> bool:
    """Whether under one number enough is shared for it to be one thing in other words."""
    if seen.is_one_thing and (seen.has_marks or seen.has_due):
        return True
    least = LIKE_BY_MARKS if seen.has_marks else LIKE_BY_THING if seen.has_due else LIKE
    return seen.common >= 2 and seen.share >= least


def _without_number(seen: _Evidence, has_number: bool) -> Verdict:
    """No number holds them together: the one may only say more than the other, or its quantities
    and labels must.
    """
    if seen.common < 3 or seen.share < ASKED:
        return Verdict.OTHER
    if seen.conflicts:
        is_slight = len(seen.conflicts) == 1 and seen.days >= _Days.CLOSE and not has_number
        return Verdict.DOUBT if is_slight else Verdict.OTHER
    is_site = (
        seen.site >= _Site.NEAR
        or (seen.site is _Site.PART and (seen.has_due or seen.has_marks))
        or (seen.site is _Site.WITHIN and seen.share_of_words >= VERY_LIKE and seen.has_marks)
    )
    if is_site and seen.is_one_place and not seen.has_more:
        is_day = seen.days is _Days.SAME or (seen.days is _Days.CLOSE and seen.has_due)
        by_words = seen.is_contained and (
            seen.days >= _Days.CLOSE or (seen.days is _Days.WEEK and seen.has_due)
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
    if seen.days >= _Days.WEEK or seen.is_contained:
        return Verdict.DOUBT
    return Verdict.OTHER


def _may_be_other_words(seen: _Evidence) -> bool:
    """Whether one kind of words is all that tells two rows of a site, a place and both days apart.

    The thing or the fault may have another name that no list of the trade has.
    """
    is_slight = len(seen.conflicts) == 1 and seen.conflicts <= {"thing", "fault", "amount"}
    is_there = seen.site >= _Site.WITHIN and seen.is_one_place and seen.days is _Days.SAME
    return is_slight and is_there and seen.has_due and seen.share >= LIKE_BY_MARKS


def _is_much_alike(seen: _Evidence) -> bool:
    """Whether two rows with a number each are so alike that the list was numbered anew."""
    is_alike = seen.share_of_words >= LIKE_NUMBERED and seen.of_fault >= 3
    is_there = seen.is_one_gist and seen.is_place_named and seen.days is _Days.SAME
    return (seen.has_due and is_alike) or (is_there and (is_alike or seen.has_marks))


def _by_site_and_day(seen: _Evidence, is_numbered: bool, is_renumbered: bool) -> Verdict:
    """What the same site, day and deadline say of two rows whose words are not much alike.

    A clerk who puts a hazard in his own words keeps its site and its days. So where nothing tells
    two rows apart, little need be shared; whether another row may be meant decides the rest.
    """
    if seen.site in (_Site.OTHER, _Site.BRANCH) or seen.days < _Days.CLOSE:
        return Verdict.OTHER
    if seen.conflicts and not (seen.is_explained and seen.share >= LIKE_BY_THING):
        is_asked = not is_renumbered and _may_be_other_words(seen)
        return Verdict.DOUBT if is_asked else Verdict.OTHER
    is_like = seen.share_of_words >= LIKE_ALONE and (
        seen.of_fault >= 2 or (seen.of_fault and seen.share_of_words >= LIKE_BY_THING)
    )
    is_said = bool(is_like or seen.is_one_fault) and seen.has_detail and seen.is_one_gist
    is_site = seen.site >= _Site.WITHIN or (
        seen.site is _Site.SLIP and seen.share_of_words >= LIKE_BY_SLIP
    )
    is_slip = seen.is_one_gist and seen.is_place_named and seen.has_marks
    is_day = seen.days is _Days.SAME or seen.has_due or is_slip
    is_due = seen.has_due or is_numbered or seen.share_of_words >= LIKE_BY_THING
    is_apart = seen.is_reopened or not seen.is_one_place or seen.is_other_thing
    # Two numbers that differ are mostly two things, unless the list was numbered anew.
    is_another = is_renumbered and not _is_much_alike(seen)
    if is_said and is_site and is_day and is_due and not (is_apart or is_another):
        return Verdict.ALONE
    has_something = bool(seen.of_fault) or seen.is_one_fault or seen.common >= 4
    is_asked = is_said or (seen.site >= _Site.SLIP and has_something)
    return Verdict.DOUBT if is_asked else Verdict.OTHER


def _evidence(new: Row, old: Row, ledger: Ledger, site: _Site) -> _Evidence:
    one, other = _said(new, ledger), _said(old, ledger)
    within = (*_loose(ledger), ledger.wording)
    old_words, old_places = _content(old.get(ledger.wording)), _place(old, ledger)
    words = _as_meant(_content(new.get(ledger.wording)), old_words)
    places = _as_meant(_place(new, ledger), old_places)
    all_one, all_other = words + places, old_words + old_places
    common, shorter = shared(all_one, all_other), min(len(all_one), len(all_other))
    of_words = max(
        _share(shared(words, all_other), len(words)) if len(words) <= len(old_words) else 0.0,
        _share(shared(old_words, all_one), len(old_words)) if len(old_words) <= len(words) else 0.0,
    )
    wide, old_wide = all_one + _site_words(new, ledger), all_other + _site_words(old, ledger)
    mine, theirs = things(words), things(old_words)
    of_fault = _of_fault(words, old_words, wide, old_wide)
    has_marks = bool(_labels(new, within) & _labels(old, within)) or (
        one.amounts == other.amounts and any(float(a) != 1 for a in one.amounts)
    )
    found = (_found(new, ledger), _found(old, ledger))
    some = set(one.amounts) & set(other.amounts)
    has_some_marks = has_marks or any(float(a) > 1 for a in some)
    gist = _gist(words, old_words, found, has_marks, has_some_marks)
    return _Evidence(
        site=site,
        days=_days(new, old, ledger),
        conflicts=frozenset(_conflicts(one, other, new, old, ledger)),
        common=common,
        share=_share(common, shorter),
        share_of_words=of_words,
        is_contained=not (_lacks(all_one, all_other) and _lacks(all_other, all_one))
        and not are_other_shades(*found),
        is_one_place=not (
            _lacks(_whereabouts(places), old_wide) and _lacks(_whereabouts(old_places), wide)
        )
        or bool(_labels(new, _loose(ledger)) & _labels(old, _loose(ledger))),
        is_place_named=not (
            _lacks(_whereabouts(places), old_places) and _lacks(_whereabouts(old_places), places)
        ),
        has_marks=has_marks,
        is_replaced=_is_replaced(words, old_words),
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
        is_reopened=_is_finished(old) and not _is_finished(new),
        of_fault=len(of_fault),
        has_detail=bool(of_fault & _detail(words, old_words))
        or bool(faults(words) & faults(old_words)),
        is_one_gist=gist >= _Gist.SAME,
        may_be_one_gist=gist >= _Gist.LIKE,
        is_narrower=bool(one.floors and not other.floors)
        or bool(one.labels and not other.labels)
        or bool(_lacks(_whereabouts(places), old_wide)),
    )


class _Gist(IntEnum):
    """How far two descriptions agree on what they are about and on what is wrong with it."""

    OTHER = 0
    LIKE = 1
    SAME = 2


def _gist(
    words: str, old_words: str, found: tuple[Shades, Shades], has_marks: bool, has_some_marks: bool
) -> _Gist:
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
        return _Gist.SAME if has_marks else _Gist.LIKE if is_fault else _Gist.OTHER
    mine, others = things(words), things(old_words)
    extra = len(_detail(words, old_words) & set(beside) & set(beside_theirs))
    if are_other_shades(*found):
        is_marked = has_marks and extra and mine & others
        return _Gist.SAME if is_marked else _Gist.LIKE if has_marks else _Gist.OTHER
    if _is_alike(words, old_words) and (mine & others or not (mine and others)):
        return _Gist.SAME
    of_subject = shared(about, theirs)
    share = _share(of_subject, min(len(about), len(theirs)))
    if mine & others:
        is_same = is_fault or extra or (share == 1 and of_subject >= 2)
        return _Gist.SAME if is_same else _Gist.LIKE if has_some_marks else _Gist.OTHER
    if mine and others:
        return _Gist.LIKE if has_marks else _Gist.OTHER
    return _by_subject(of_subject, share, is_fault, has_marks, has_some_marks)


def _by_subject(
    of_subject: int, share: float, is_fault: bool, has_marks: bool, has_some_marks: bool
) -> _Gist:
    """What two descriptions share where one of them names no thing of the trade."""
    if (
        (of_subject >= 3 and (is_fault or share >= LIKE_SUBJECT))
        or (of_subject >= 2 and is_fault and share >= LIKE_BY_FAULT)
        or (of_subject and has_marks and (is_fault or share >= LIKE_SUBJECT))
    ):
        return _Gist.SAME
    is_like = has_some_marks or (of_subject >= 2 and share >= LIKE_BY_FAULT)
    return _Gist.LIKE if is_like else _Gist.OTHER


def _is_alike(one: str, other: str) -> bool:
    """Whether descriptions of some length share most of their characters."""
    common = shared(one, other)
    return common >= LEAST_ALIKE and common >= ALIKE * min(len(one), len(other))


def _found(row: Row, ledger: Ledger) -> Shades:
    """What a row's description finds wrong."""
    text = row[ledger.wording]
    return frozenset() if is_null(text) else shades(spelled(str(text)).text)


def _is_finished(row: Row) -> bool:
    return "status" in row and row["status"] in FINISHED


def _detail(one: str, other: str) -> set[str]:
    """The characters that are said of the things in two descriptions, where both name one.

    What stands before the thing in both is where it is.
    """
    if not (things(one) and things(other)):
        return set(one) & set(other)
    (mine, behind), (theirs, behind_theirs) = said_of_thing(one), said_of_thing(other)
    return (set(behind) & set(theirs)) | (set(mine) & set(behind_theirs))


def _of_fault(words: str, others: str, wide: str, old_wide: str) -> set[str]:
    """The characters that two descriptions share beside those of their sites and places."""
    places = set(wide[len(words) :] + old_wide[len(others) :])
    return (set(EMPTY.sub("", words)) & set(others)) - places


def _share(common: int, whole: int) -> float:
    return common / whole if whole else 0.0


def _lacks(one: str, other: str) -> str:
    """The characters of meaning that one text has and the other has not."""
    return EMPTY.sub("", "".join((Counter(one) - Counter(other)).elements()))


def _is_replaced(one: str, other: str) -> bool:
    """Whether something stands in one text where something else stands in the other.

    What is only put in or left out tells no two things apart, 救生圈 and 救生衣 do.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return any(
        tag == "replace" and EMPTY.sub("", one[a:b]) and EMPTY.sub("", other[c:d])
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _labels(row: Row, names: Sequence[str]) -> set[str]:
    """The labels in some fields of a row: 305室, 2号, A03."""
    return {
        label
        for name in names
        if not is_null(row[name])
        for label in spelled(str(row[name]), True).labels
    }


def _as_meant(one: str, other: str) -> str:
    """A text with a slip of the keyboard mended where the other has a sign that is read alike."""
    pieces: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        is_slip = tag == "replace" and _sound_alike(one[a:b], other[c:d])
        pieces.append(other[c:d] if is_slip else one[a:b])
    return "".join(pieces)


def _sites(new: Row, old: Row, ledger: Ledger) -> _Site:
    """How much the names of the places agree that a number is trusted by."""
    names = strict_fields(ledger)
    found = min((_site(new[name], old[name], new, old) for name in names), default=_Site.SAME)
    return found if found >= _Site.WITHIN else max(found, _with_place(new, old, ledger))


def _with_place(new: Row, old: Row, ledger: Ledger) -> _Site:
    """How two names agree of which one has in it what the other row has as the place: 体育公园
    攀岩馆, and 攀岩馆 in 体育公园.
    """
    names = strict_fields(ledger)
    if len(names) != 1 or any(is_null(row[names[0]]) for row in (new, old)):
        return _Site.OTHER
    sites = [site_key(str(row[names[0]])) for row in (new, old)]
    places = ["".join(folded(str(row[n] or "")) for n in _loose(ledger)) for row in (new, old)]
    found = _Site.OTHER
    for site, other, place in ((sites[0], sites[1], places[1]), (sites[1], sites[0], places[0])):
        ends = (site[n:] for n in range(2, len(site) - 1))
        end = next((end for end in ends if end in place and end not in other), None)
        if end:
            found = max(found, _name(site.removesuffix(end), other, new, old))
    return min(found, _Site.PART) if found >= _Site.PART else _Site.OTHER


def _site(one: Any, other: Any, new: Row, old: Row) -> _Site:
    if is_null(one) or is_null(other):
        return _Site.PART
    names, others = [*_names(str(one))], [*_names(str(other))]
    if {*names} & {*others}:
        return _Site.SAME
    whole = _name(site_key(str(one)), site_key(str(other)), new, old)
    return max(whole, _beside_brackets(str(one), str(other), new, old))


#: What stands in brackets behind the name of a site.
IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


def _beside_brackets(one: str, other: str, new: Row, old: Row) -> _Site:
    """How two names agree of which one alone has an address, a firm or a branch in brackets.

    The name without it may still be another branch's: never more than WITHIN.
    """
    if bool(IN_BRACKETS.search(one)) is bool(IN_BRACKETS.search(other)):
        return _Site.OTHER
    pairs = (
        (a, b)
        for a in (IN_BRACKETS.sub("", one), *IN_BRACKETS.findall(one))
        for b in (IN_BRACKETS.sub("", other), *IN_BRACKETS.findall(other))
        if min(len(a), len(b)) >= SHORTEST_NAME
    )
    found = max((_name(site_key(a), site_key(b), new, old) for a, b in pairs), default=_Site.OTHER)
    return min(found, _Site.WITHIN)


def _name(first: str, second: str, new: Row, old: Row) -> _Site:
    is_within = first in second or second in first
    if set(re.findall(r"\d+", first)) != set(re.findall(r"\d+", second)):
        if is_within and ADDRESS_BEFORE.search(_without(first, second)):
            return _Site.PART
        return _Site.BRANCH if is_within else _Site.OTHER
    if any(_contrasts(first, second)):
        return _Site.OTHER
    short, long = sorted((first, second), key=len)
    if len(short) >= 2 and is_within:
        before, _, after = long.partition(short)
        if BRANCH_BEFORE.search(before) or BRANCH_BEHIND.search(after):
            return _Site.BRANCH
        where = "".join(str(row.get(n) or "") for row in (new, old) for n in WHERE)
        return _Site.NEAR if all(_says_little(e, where) for e in (before, after)) else _Site.PART
    if len(short) >= 2 and (_is_abridged(short, long) or _is_of_one_kind(short, long)):
        return _Site.PART
    if _sound_alike(first, second):  # in a short name the sign that differs may be what counts
        return _Site.SLIP if len(short) >= LONG_NAME else _Site.LOOSE
    if len(short) >= 4 and not Counter(REGION.sub("", short)) - Counter(long):
        return _Site.WITHIN
    if len(short) >= SHORTEST_NAME and _stands_in(short, long) and short[-1] == long[-1]:
        return _Site.WITHIN
    return _Site.LOOSE if _share(shared(first, second), len(short)) >= ASKED else _Site.OTHER


def _without(one: str, other: str) -> str:
    """What stands in the longer of two names before the shorter, where nothing stands behind it
    but its kind.
    """
    short, long = sorted((one, other), key=len)
    before, _, after = long.partition(short)
    return before if not KIND_OF_SITE.sub("", after) else ""


def _stands_in(short: str, long: str) -> bool:
    """Whether the signs of one name stand in another in their order: 民俗馆 in 民俗文化馆."""
    signs = iter(long)
    return short[0] == long[0] and all(sign in signs for sign in short)


def _names(text: str) -> Iterator[str]:
    """The name of a site, and that in brackets that it had or has beside it."""
    yield site_key(text)
    for name in re.findall(r"[(（]原?([^()（）]{3,})[)）]", text):
        yield site_key(name)


def _is_of_one_kind(one: str, other: str) -> bool:
    """Whether two names differ in the word for their kind alone: 福满楼饭店, 福满楼酒店."""
    return any(
        kind.search(one)
        and kind.search(other)
        and _is_one_stem(kind.sub("", one), kind.sub("", other))
        for kind in KINDS_OF_SITE
    ) or (
        bool(TRADE.search(one) and TRADE.search(other))
        and len(TRADE.sub("", one)) >= LONG_STEM
        and TRADE.sub("", one) == TRADE.sub("", other)
    )


def _is_one_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    before = long.removesuffix(short)
    is_address = not before or bool(ADDRESS_BEFORE.search(before))
    return len(short) >= 2 and long.endswith(short) and is_address


@lru_cache(maxsize=500_000)
def may_be_one_site(one: str, other: str) -> bool:
    """Whether two names may be one site's, whatever else is known."""
    return _site(one, other, {}, {}) is not _Site.OTHER


def _says_little(more: str, where: str) -> bool:
    """Whether what one name has more than the other is its kind, its region, its form."""
    return not KIND_OF_SITE.sub("", more) or more in where


def _is_abridged(short: str, long: str) -> bool:
    """Whether one name is the other's short form, which drops every second sign of some words:
    县民中 for 县民族中学, 特教学校 for 特殊教育学校.
    """
    signs = list(long)
    dropped = 0
    for sign in short:
        skipped = 0
        while signs and signs[0] != sign:
            skipped += 1
            signs.pop(0)
        if not signs or skipped > 1:
            return False
        dropped += skipped
        signs.pop(0)
    return len(signs) <= 1 and dropped + len(signs) <= len(short)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields by which a ledger's records are compared, by what they say."""

    ledger: Ledger
    day: str | None
    site: tuple[str, ...]
    place: tuple[str, ...]


#: By the name of the ledger; looking its fields up anew for each pair of rows takes too long.
_FIELDS: dict[str, _Fields] = {}


def _fields(ledger: Ledger) -> _Fields:
    found = _FIELDS.get(ledger.name)
    if found is None or found.ledger is not ledger:
        days = [name for name in ledger.fingerprint if ledger[name].kind == "date"]
        texts = [n for n in ledger.fingerprint if n not in days and n != ledger.wording]
        site = tuple(name for name in texts if name in ledger.guard or not ledger.guard)
        place = tuple(name for name in texts if name not in site)
        found = _Fields(ledger, next(iter(days), None), site, place)
        _FIELDS[ledger.name] = found
    return found


def strict_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place that must agree: those that a number is trusted by."""
    return _fields(ledger).site


def text_fields(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place and of what is said of it, without the days."""
    day = _fields(ledger).day
    return tuple(name for name in ledger.fingerprint if name != day)


def _loose(ledger: Ledger) -> tuple[str, ...]:
    """The fields of a place within a place: 隐患部位."""
    return _fields(ledger).place


def day_field(ledger: Ledger) -> str | None:
    """The field of the day by which a ledger's records are known."""
    return _fields(ledger).day


def day_of(row: Row, ledger: Ledger) -> date | None:
    """The day on which a row's thing was found, or is of; None where it says none."""
    name = day_field(ledger)
    return None if name is None or is_null(row[name]) else row[name]


def has_remark(row: Row, ledger: Ledger) -> bool:
    """Whether a row says that it was handed over by another unit, or to one."""
    names = (*ledger.fingerprint, "status_text", "progress")
    return any(
        HANDED.search(str(row[name]))
        for name in names
        if name in row and isinstance(row[name], str)
    )


def _days(new: Row, old: Row, ledger: Ledger) -> _Days:
    """How far the days lie apart on which the two were found."""
    found, before = day_of(new, ledger), day_of(old, ledger)
    if found is None or before is None:
        late = found is not None and found > old["known_from"]
        return _Days.LATER if late else _Days.BLANK
    apart = abs(found - before)
    if not apart or names_day(new, before, ledger) or is_slip_of_year(new, found, before):
        return _Days.SAME
    if found > old["known_from"] and not is_swapped(
        found, before
    ):  # what had not been found yet stood in no earlier ledger
        return _Days.LATER
    if apart <= timedelta(SLIP_OF_A_DAY) or is_swapped(found, before):
        return _Days.CLOSE
    return _Days.WEEK if apart <= timedelta(SLIP_OF_A_WEEK) else _Days.FAR


def names_day(row: Row, day: date, ledger: Ledger) -> bool:
    """Whether a row speaks of what was found on a day, and is not mended: 10月9日查出, 仍未整改."""
    text = row[ledger.wording]
    if is_null(text) or not STILL_OPEN.search(text := str(text)):
        return False
    return any((int(m), int(d)) == (day.month, day.day) for m, d in MONTH_AND_DAY.findall(text))


def is_slip_of_year(row: Row, found: date, before: date) -> bool:
    """Whether a find lies behind its own receipt, and on the same day of the right year before it:
    in January the clerk wrote the new year on a day of December.
    """
    same_day = (found.month, found.day) == (before.month, before.day)
    return found > row["known_from"] >= before and same_day


def is_swapped(one: date, other: date) -> bool:
    """Whether in one of two days the month stands where the other has the day."""
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)


def _said(row: Row, ledger: Ledger) -> Spelled:
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


def _place(row: Row, ledger: Ledger) -> str:
    return "".join(VAGUE_PLACE.sub("", _content(row[name])) for name in _loose(ledger))


def _whereabouts(places: str) -> str:
    """The signs of a place without those that every second place has."""
    return KIND_OF_PLACE.sub("", places)


def _site_words(row: Row, ledger: Ledger) -> str:
    return "".join(_content(row[name]) for name in strict_fields(ledger))


def _content(value: Any) -> str:
    return "" if is_null(value) else _content_of(str(value))


@lru_cache(maxsize=100_000)
def _content_of(text: str) -> str:
    """The signs of a text without its marks, with one word for one thing."""
    return in_one_word(spelled(text).words)


def _conflicts(one: Spelled, other: Spelled, new: Row, old: Row, ledger: Ledger) -> Iterator[str]:
    """What tells two rows apart: kinds of marks that both have and that differ."""
    if one.floors and other.floors and one.floors != other.floors:
        yield "floor"
    if one.labels and other.labels:
        both = one.labels & other.labels | _short_labels(one.labels, other.labels)
        # A number in the name of both sites (十里香, 88号院) tells nothing of the place in it.
        if both and both <= _labels(new, strict_fields(ledger)):
            if one.labels - both and other.labels - both:
                yield "label"
        elif not both:
            yield "label"
    if _is_turned_round(new, old, ledger):
        yield "label"
    if not _is_within(one.amounts, other.amounts) and not _is_recounted(new, old, ledger):
        yield "amount"
    if any(_contrasts(one.words, other.words)):
        yield "side"
    for name, kinds in (("thing", things), ("fault", faults)):
        mine, theirs = _of_wording(kinds, new, one, ledger), _of_wording(kinds, old, other, ledger)
        if mine and theirs and not mine & theirs:
            yield name
    people, others = set(PERSON.findall(one.text)), set(PERSON.findall(other.text))
    if people and others and not all(_sound_alike(a, b) for a in people for b in others):
        yield "person"
    names = text_fields(ledger)
    if any(
        (_has_marks(one) and _lost_part(old[name], one))
        or (_has_marks(other) and _lost_part(new[name], other))
        for name in names
    ):
        yield "part"


def _short_labels(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The labels of which one row has no more than the last digits: 3, ATV03; 629, B20629."""
    return frozenset(
        short
        for mine, theirs in ((one, other), (other, one))
        for short in mine - theirs
        for long in theirs - mine
        if short.isdigit()
        and not long.isdigit()
        and long.endswith(short)
        and (len(short) >= SHORTEST_NUMBER or not long.removesuffix(short)[-1:].isdigit())
    )


def _is_turned_round(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two places have the same numbers in another order: 二（3）班, 三（2）班."""
    texts = ["".join(str(row[n] or "") for n in _loose(ledger)) for row in (new, old)]
    if any(re.search("[楼层]", text) for text in texts):  # 3楼2号 is 2号3楼
        return False
    plain = (unicodedata.normalize("NFKC", text).translate(FIGURES) for text in texts)
    first, second = (re.findall(r"\d+", text) for text in plain)
    return first != second and sorted(first) == sorted(second)


def _is_recounted(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two rows differ in how much is lacking alone: 缺12件, 缺15件. What is there of a kind
    is a thing each, what is lacking is one want, counted anew.
    """
    if not all(LACKING.search(str(row[ledger.wording])) for row in (new, old)):
        return False
    texts = [(str(new[n] or ""), str(old[n] or "")) for n in text_fields(ledger)]
    pairs = [(spelled(a, True), spelled(b, True)) for a, b in texts]
    return all((a.words, a.floors) == (b.words, b.floors) for a, b in pairs) and _labels(
        new, _loose(ledger)
    ) == _labels(old, _loose(ledger))


def _of_wording(
    kinds: Callable[[str], frozenset[int]], row: Row, said: Spelled, ledger: Ledger
) -> frozenset[int]:
    """The things or faults that a row's description names, else those that its place does."""
    text = row[ledger.wording]
    of_wording = frozenset[int]() if is_null(text) else kinds(spelled(str(text)).text)
    return of_wording or kinds(said.text)


def _is_within(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = Counter(one), Counter(other)
    return first <= second or second <= first


def _has_marks(said: Spelled) -> bool:
    return bool(said.labels or said.amounts)


def _lost_part(value: Any, other: Spelled) -> bool:
    """Whether a row lists things («201、203室», «出口堵1、灯坏2») one of which the other lacks."""
    parts = re.split(r"[、；;]", str(value)) if not is_null(value) else []
    marked = [part for part in map(spelled, parts) if part.labels or part.amounts]
    if len(parts) < 2 or len(marked) < len(parts):
        return False
    return not all(
        part.labels <= other.labels and shared(part.words, other.words) >= min(1, len(part.words))
        for part in marked
    )


def _contrasts(one: str, other: str) -> Iterator[bool]:
    first, second = (Counter(SHOWS.sub("", text)) for text in (one, other))
    left, right = set(first - second), set(second - first)
    for group in CONTRASTS:
        yield bool(left & set(group)) and bool(right & set(group))


def _sound_alike(one: str, other: str) -> bool:
    """Whether two words are read alike, so that one may be a slip of the keyboard for the other."""
    return len(one) == len(other) and all(map(_is_homophone, one, other))


#: Signs of the first level of GB 2312 stand in the order of their sound; so near, it is one sound.
NEAR_IN_ORDER = 8


def _is_homophone(one: str, other: str) -> bool:
    if one == other:
        return True
    places = [_place_by_sound(c) for c in (one, other)]
    return None not in places and abs(places[0] - places[1]) <= NEAR_IN_ORDER  # type: ignore[operator]


def _place_by_sound(sign: str) -> int | None:
    try:
        high, low = sign.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (high - 0xB0) * 94 + low - 0xA1 if 0xB0 <= high <= 0xD7 else None


def numbers_agree(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> bool:
    """Whether two numbers are one, or one in another style: 11 and 文-11, 3 and 2023-3."""
    if one is None or other is None:
        return False
    return one == other or (bool(number_tail(one)) and number_tail(one) == number_tail(other))
