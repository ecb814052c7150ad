"""What tells one of several from another: floors, labels, quantities, sides, persons."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.likeness.fields import (
    Row,
    loose_fields,
    strict_fields,
    text_fields,
)
from analysis.ingest.versions.identity.likeness.signs import (
    EMPTY,
    contrasts,
    is_variant,
    sound_alike,
    swapped,
)
from analysis.ingest.versions.identity.likeness.words import content_of, place_words, site_words
from analysis.ingest.versions.identity.spelling import Spelled, number_tail, shared, spelled
from analysis.ingest.versions.identity.trade import faults, things
from analysis.ledgers import Ledger

#: How much is wanting of something.
LACKING = re.compile(r"(?:缺少?|短缺|少|差|不足)\s*[\d一二三四五六七八九十两百]")

#: A number that counts things, and names none.
COUNTED = re.compile(r"\d\s*[处个具只支台块条根米m㎡]")

FIGURES = str.maketrans("一二三四五六七八九", "123456789")

#: So many of the last digits of a plate name a car.
SHORTEST_NUMBER = 3

#: A person behind the word of a post.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
    "邵万钱严武戴莫孔向汤章"
)

POST = "员工师安机长练理生厨管游主板洁人户"

PERSON = re.compile(
    rf"(?<=[{POST}])([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=未|无|没|证|不|上|的|缺|脱|健康|资格|持|在|将|把)"
)


def labels_in(row: Row, names: Sequence[str]) -> set[str]:
    """The labels in some fields of a row: 305室, 2号, A03."""
    return {
        label
        for name in names
        if not is_null(row[name])
        for label in spelled(str(row[name]), True).labels
    }


def conflicts_of(one: Spelled, other: Spelled, new: Row, old: Row, ledger: Ledger) -> Iterator[str]:
    """What tells two rows apart: kinds of marks that both have and that differ."""
    if one.floors and other.floors and one.floors != other.floors:
        yield "floor"
    if one.labels and other.labels:
        both = one.labels & other.labels | _short_labels(one.labels, other.labels)
        # Two labels of one row are of two things, or of a thing and what it is in: each counts.
        is_another = bool(one.labels - both and other.labels - both)
        if not both or is_another or _are_other_labels(new, old, ledger):
            yield "label"
    if _is_turned_round(new, old, ledger) or _is_numbered_otherwise(new, old, ledger):
        yield "label"
    if not _is_within(one.amounts, other.amounts) and not _is_recounted(new, old, ledger):
        yield "amount"
    if any(contrasts(one.words, other.words)):
        yield "side"
    for name, kinds in (("thing", things), ("fault", faults)):
        mine, theirs = _of_wording(kinds, new, one, ledger), _of_wording(kinds, old, other, ledger)
        if mine and theirs and not mine & theirs:
            yield name
    people, others = set(PERSON.findall(one.text)), set(PERSON.findall(other.text))
    if people and others and not all(sound_alike(a, b) for a in people for b in others):
        yield "person"
    if _is_of_another(new, old, ledger):
        yield "name"
    names = text_fields(ledger)
    if any(
        (_has_marks(one) and _lost_part(old[name], one))
        or (_has_marks(other) and _lost_part(new[name], other))
        for name in names
    ):
        yield "part"


def _are_other_labels(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether the places, or places and descriptions, name different labels, whatever the sites are
    called and whatever is counted in the description.

    A number in the name of both sites (县第一中学, 88号院) tells nothing of the place in it.
    """
    place, old_place = (frozenset(labels_in(row, loose_fields(ledger))) for row in (new, old))
    if place and old_place and not (place & old_place or _short_labels(place, old_place)):
        whole, old_whole = (labels_in(row, text_fields(ledger)) for row in (new, old))
        if not (place <= old_whole and old_place <= whole):
            return True
    within = (*loose_fields(ledger), ledger.wording)
    sites = [labels_in(row, strict_fields(ledger)) for row in (new, old)]
    mine, theirs = labels_in(new, within), labels_in(old, within)
    all_mine, all_theirs = mine | sites[0] - sites[1], theirs | sites[1] - sites[0]
    both = _short_labels(frozenset(mine), frozenset(theirs))
    return bool(mine and theirs) and not (mine & all_theirs or theirs & all_mine or both)


#: A name behind a post, up to the sign that was put for another.
NAMED = re.compile(rf"(?:^|[{POST}])[{SURNAMES}][\u4e00-\u9fff]?$")

#: What a family gives its name to: 张家沟, 李记羊汤.
OF_FAMILY = re.compile(r"[家记氏某姓]")

#: What ends the name of a place, where the name is a sign long: 钟楼, 鼓楼.
END_OF_PLACE = re.compile(r"[楼殿厅室馆亭塔桥门库院班池阁园]")

#: So many signs behind a word that was put for another make a text a pasted one; so many where the
#: one is longer than the other.
PASTED, LONG_PASTED = 4, 8


def _is_of_another(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether a description was pasted, and another person, place or thing put into it.

    Who puts a hazard in his own words changes more than one of them.
    """
    mine, theirs = (content_of(row.get(ledger.wording)) for row in (new, old))
    swap = swapped(mine, theirs)
    if swap is None or not (EMPTY.sub("", swap.mine) and EMPTY.sub("", swap.theirs)):
        return False
    if len(swap.mine + swap.theirs) > 2:
        is_said = swap.mine in _where(old, ledger) or swap.theirs in _where(new, ledger)
        least = PASTED if len(swap.mine) == len(swap.theirs) else LONG_PASTED
        return len(swap.behind) >= least and not is_said and not faults(swap.before)
    is_surname = {swap.mine, swap.theirs} <= set(SURNAMES) and bool(
        swap.before[-1:] in set(POST) or OF_FAMILY.match(swap.behind)
    )
    is_person = is_surname or bool(NAMED.search(swap.before))
    is_place = swap.behind.startswith("号") or (
        not swap.before and bool(END_OF_PLACE.match(swap.behind))
    )
    return is_place or (is_person and not is_variant(swap.mine) and not is_variant(swap.theirs))


def _where(row: Row, ledger: Ledger) -> str:
    """The names of a row's site and of its place."""
    return site_words(row, ledger) + place_words(row, ledger)


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
    places = [_place_in_figures(row, ledger) for row in (new, old)]
    if any(re.search("[楼层]", place) for place in places):  # 3楼2号 is 2号3楼
        return False
    first, second = (re.findall(r"\d+", place) for place in places)
    return first != second and sorted(first) == sorted(second)


def _is_numbered_otherwise(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two places have one name but for their numbers: 2栋1单元, 2栋2单元."""
    first, second = (_place_in_figures(row, ledger) for row in (new, old))
    return (
        first != second
        and not COUNTED.search(first)
        and re.sub(r"\d+", "0", first) == re.sub(r"\d+", "0", second)
    )


def _place_in_figures(row: Row, ledger: Ledger) -> str:
    """The place of a row, its numbers in figures of one width."""
    place = "".join(str(row[name] or "") for name in loose_fields(ledger))
    return unicodedata.normalize("NFKC", place).translate(FIGURES)


def _is_recounted(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two rows differ in how much is lacking alone: 缺12件, 缺15件. What is there of a kind
    is a thing each, what is lacking is one want, counted anew.
    """
    if not all(LACKING.search(str(row[ledger.wording])) for row in (new, old)):
        return False
    texts = [(str(new[n] or ""), str(old[n] or "")) for n in text_fields(ledger)]
    pairs = [(spelled(a, True), spelled(b, True)) for a, b in texts]
    return all((a.words, a.floors) == (b.words, b.floors) for a, b in pairs) and labels_in(
        new, loose_fields(ledger)
    ) == labels_in(old, loose_fields(ledger))


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


def numbers_agree(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> bool:
    """Whether two numbers are one, or one in another style: 11 and 文-11, 3 and 2023-3."""
    if one is None or other is None:
        return False
    return one == other or (bool(number_tail(one)) and number_tail(one) == number_tail(other))
