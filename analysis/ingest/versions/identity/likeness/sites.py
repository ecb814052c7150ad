"""Whether two names may be one site's: kinds, short forms, branches, slips of the keyboard."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.fields import Row, loose_fields, strict_fields
from analysis.ingest.versions.identity.likeness.signs import (
    contrasts,
    is_seldom,
    part_of,
    sound_alike,
)
from analysis.ingest.versions.identity.spelling import folded, shared, site_key
from analysis.ledgers import Ledger

#: Fields that say where a site may be, or whose it is.
WHERE = ("unit", "sender", "township")

#: Words of a site's name that only say what it is, or where.
KIND_OF_SITE = re.compile(
    r"景区|民宿|酒店|宾馆|饭店|网吧|网咖|影城|影院|ktv|农家乐|商场|书店|客栈|旅馆|公园|学校|餐厅|"
    r"\w{1,4}[省市县镇乡村]|县|市|镇|乡|村"
)

REGION = re.compile(r"[省市县镇乡村]")

#: How much of the shorter name must stand in the other for a question.
LIKE_NAMES = 0.6

#: A name of fewer signs is too many sites'.
SHORTEST_NAME, LONG_NAME = 3, 5

#: Words for one kind of site, at the end of its name.
KINDS_OF_SITE = (
    re.compile(r"(?:大?酒店|饭店|宾馆|旅馆|旅店|客栈)$"),
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

#: Signs that are seldom written but in the names of shops: 鑫源 is not 金源.
OF_SHOPS = "鑫馨璟珑臻祺禧翡熙煜"

#: Words by which a name is another's: a branch, a second shop.
BRANCH_BEFORE = re.compile(r"[总新老第]$|分")

BRANCH_BEHIND = re.compile(r"分|.店|.馆$|校区|[东西南北]")

#: An address before the name of a site, with its numbers: 二组, 88号.
ADDRESS_BEFORE = re.compile(r"[省市县镇乡村组路街巷号]$")


class Site(IntEnum):
    """How the names of two sites agree, the surer the higher."""

    OTHER = 0
    LOOSE = 1  # some signs in common
    REWORDED = 2  # a sign of a short name is read alike, or the word behind the name is another
    BRANCH = 3  # one is the other's branch, or its second
    SLIP = 4  # one sign differs, which is read alike
    WITHIN = 5  # the signs of one stand in the other
    PART = 6  # one has a word more, or is the other's short form
    NEAR = 7  # one has its kind, region or form more
    SAME = 8


def sites_agree(new: Row, old: Row, ledger: Ledger) -> Site:
    """How much the names of the places agree that a number is trusted by."""
    names = strict_fields(ledger)
    found = min((_site(new[name], old[name], new, old) for name in names), default=Site.SAME)
    return found if found >= Site.WITHIN else max(found, _with_place(new, old, ledger))


def _with_place(new: Row, old: Row, ledger: Ledger) -> Site:
    """How two names agree of which one has in it what the other row has as the place: 体育公园
    攀岩馆, and 攀岩馆 in 体育公园.
    """
    names = strict_fields(ledger)
    if len(names) != 1 or any(is_null(row[names[0]]) for row in (new, old)):
        return Site.OTHER
    sites = [site_key(str(row[names[0]])) for row in (new, old)]
    places = [
        "".join(folded(str(row[n] or "")) for n in loose_fields(ledger)) for row in (new, old)
    ]
    found = Site.OTHER
    for site, other, place in ((sites[0], sites[1], places[1]), (sites[1], sites[0], places[0])):
        ends = (site[n:] for n in range(2, len(site) - 1))
        end = next((end for end in ends if end in place and end not in other), None)
        if end:
            found = max(found, _name(site.removesuffix(end), other, new, old))
    return min(found, Site.PART) if found >= Site.PART else Site.OTHER


def _site(one: Any, other: Any, new: Row, old: Row) -> Site:
    if is_null(one) or is_null(other):
        return Site.PART
    names, others = [*_names(str(one))], [*_names(str(other))]
    if {*names} & {*others}:
        return Site.SAME
    whole = _name(site_key(str(one)), site_key(str(other)), new, old)
    return max(whole, _beside_brackets(str(one), str(other), new, old))


#: What stands in brackets behind the name of a site.
IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


def _beside_brackets(one: str, other: str, new: Row, old: Row) -> Site:
    """How two names agree of which one alone has an address, a firm or a branch in brackets.

    The name without it may still be another branch's: never more than WITHIN.
    """
    if bool(IN_BRACKETS.search(one)) is bool(IN_BRACKETS.search(other)):
        return Site.OTHER
    pairs = (
        (a, b)
        for a in (IN_BRACKETS.sub("", one), *IN_BRACKETS.findall(one))
        for b in (IN_BRACKETS.sub("", other), *IN_BRACKETS.findall(other))
        if min(len(a), len(b)) >= SHORTEST_NAME
    )
    found = max((_name(site_key(a), site_key(b), new, old) for a, b in pairs), default=Site.OTHER)
    return min(found, Site.WITHIN)


def _name(first: str, second: str, new: Row, old: Row) -> Site:
    is_within = first in second or second in first
    if set(re.findall(r"\d+", first)) != set(re.findall(r"\d+", second)):
        if is_within and ADDRESS_BEFORE.search(_without(first, second)):
            return Site.PART
        return Site.BRANCH if is_within else Site.OTHER
    if any(contrasts(first, second)):
        return Site.OTHER
    short, long = sorted((first, second), key=len)
    if len(short) >= 2 and is_within:
        before, _, after = long.partition(short)
        if BRANCH_BEFORE.search(before) or BRANCH_BEHIND.search(after):
            return Site.BRANCH
        where = "".join(str(row.get(n) or "") for row in (new, old) for n in WHERE)
        return Site.NEAR if all(_says_little(e, where) for e in (before, after)) else Site.PART
    if len(short) >= 2 and (_is_abridged(short, long) or _is_of_one_kind(short, long)):
        return Site.PART
    if sound_alike(first, second):  # in a short name the sign that differs may be what counts
        return Site.SLIP if len(short) >= LONG_NAME else Site.REWORDED
    if len(short) >= 4 and not Counter(REGION.sub("", short)) - Counter(long):
        return Site.WITHIN
    if len(short) >= SHORTEST_NAME and _stands_in(short, long) and short[-1] == long[-1]:
        return Site.WITHIN
    if part_of(shared(first, second), len(short)) < LIKE_NAMES:
        return Site.OTHER
    return Site.REWORDED if _is_reworded(first, second) else Site.LOOSE


def _is_reworded(one: str, other: str) -> bool:
    """Whether two names begin alike and end otherwise (珊瑚礁酒吧, 珊瑚礁清吧), or differ in a sign
    that is seldom written (橘子酒店, 桔子酒店).

    Else what differs before the word for the kind is the name itself: 新时空网吧, 新时代网吧.
    """
    before, behind = _alike_from_start(one, other), _alike_from_start(one[::-1], other[::-1])
    signs = {name[before : len(name) - behind] for name in (one, other)}
    if all(len(sign) == 1 for sign in signs) and any(
        is_seldom(sign) and sign not in OF_SHOPS for sign in signs
    ):
        return True
    return before >= SHORTEST_NAME and before + behind >= LONG_STEM and behind <= 1


def _alike_from_start(one: str, other: str) -> int:
    """How many signs two names have in common from their first on."""
    return len([*takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))])


def _without(one: str, other: str) -> str:
    """What stands in the longer of two names before the shorter, where nothing stands behind it
    but its kind.
    """
    short, long = sorted((one, other), key=len)
    if not short:  # a name of marks alone has no words
        return ""
    before, _, after = long.partition(short)
    return before if not KIND_OF_SITE.sub("", after) else ""


def _stands_in(short: str, long: str) -> bool:
    """Whether the signs of one name stand in another in their order: 民俗馆 in 民俗文化馆."""
    signs = iter(long)
    return bool(short) and short[0] == long[0] and all(sign in signs for sign in short)


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
    return _site(one, other, {}, {}) is not Site.OTHER


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
