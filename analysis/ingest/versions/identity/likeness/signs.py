"""Texts compared sign by sign: what one has more, what is read alike, what excludes another."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

#: Sides and kinds of which one is not the other.
CONTRASTS = (
    "东西南北", "左右", "上下", "前后", "内外", "男女", "入出进", "主副", "正反", "新旧老",
    "大小", "客货", "甲乙丙丁", "总分", "早晚", "abcdefgh",
)  # fmt: skip

#: Words that carry nothing: what is left out when a sentence is shortened.
EMPTY = re.compile(r"[的了已被有在存处于及时进行等均都并仍尚而该其且未不缺]|长(?=\d)")

#: Words of what is seen, not of a way out.
SHOWS = re.compile(r"[露冒伸凸突查指放]出")


def part_of(common: int, whole: int) -> float:
    """The share of what is common in a whole, 0 to 1; of nothing, nothing."""
    return common / whole if whole else 0.0


def lacks(one: str, other: str) -> str:
    """The characters of meaning that one text has and the other has not."""
    return EMPTY.sub("", "".join((Counter(one) - Counter(other)).elements()))


def is_replaced(one: str, other: str) -> bool:
    """Whether something stands in one text where something else stands in the other.

    What is only put in or left out tells no two things apart, 救生圈 and 救生衣 do.
    """
    return any(
        tag == "replace" and EMPTY.sub("", one[a:b]) and EMPTY.sub("", other[c:d])
        for tag, a, b, c, d in _differences(one, other)
    )


@lru_cache(maxsize=64)  # each pair of texts is asked several things, one after the other
def _differences(one: str, other: str) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes one text another: kind, from and to in the one, from and to in the other."""
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


@dataclass(frozen=True, slots=True)
class Swap:
    """A word that stands in a text where another has another, and the same stands around it."""

    mine: str
    theirs: str
    before: str
    behind: str


def swapped(one: str, other: str) -> Swap | None:
    """The one word of a pasted text that was put for another; None where more differs.

    What is read alike is a slip of the keyboard and no other word.
    """
    codes = _differences(one, other)
    replaced = [n for n, (tag, *_) in enumerate(codes) if tag == "replace"]
    if len(replaced) != 1 or {"delete", "insert"} <= {tag for tag, *_ in codes}:
        return None
    _, a, b, c, d = codes[replaced[0]]
    if sound_alike(one[a:b], other[c:d]):
        return None
    behind = codes[replaced[0] + 1][2] if replaced[0] + 1 < len(codes) else b
    return Swap(one[a:b], other[c:d], one[:a], one[b:behind])


def is_pasted(one: str, other: str) -> bool:
    """Whether two texts have a word each at one place, and are the same before and behind it."""
    swap = swapped(one, other)
    if swap is None or (one, other) != (
        swap.before + swap.mine + swap.behind, swap.before + swap.theirs + swap.behind
    ):  # fmt: skip
        return False
    mine, theirs = (EMPTY.sub("", text) for text in (swap.mine, swap.theirs))
    return bool(mine and theirs) and len(mine + theirs) > 2 and not set(mine) & set(theirs)


def as_meant(one: str, other: str) -> str:
    """A text with a slip of the keyboard mended where the other has a sign that is read alike."""
    pieces: list[str] = []
    for tag, a, b, c, d in _differences(one, other):
        is_slip = tag == "replace" and sound_alike(one[a:b], other[c:d])
        pieces.append(other[c:d] if is_slip else one[a:b])
    return "".join(pieces)


def contrasts(one: str, other: str) -> Iterator[bool]:
    """For each group of CONTRASTS whether the texts have different words of it: 男, 女."""
    first, second = (Counter(SHOWS.sub("", text)) for text in (one, other))
    left, right = set(first - second), set(second - first)
    for group in CONTRASTS:
        yield bool(left & set(group)) and bool(right & set(group))


def sound_alike(one: str, other: str) -> bool:
    """Whether two words are read alike, so that one may be a slip of the keyboard for the other."""
    return len(one) == len(other) and all(map(_is_homophone, one, other))


#: Signs of the first level of GB 2312 stand in the order of their sound; so near, it is one sound.
NEAR_IN_ORDER = 8


def _is_homophone(one: str, other: str) -> bool:
    if one == other:
        return True
    places = [_place_by_sound(c) for c in (one, other)]
    return None not in places and abs(places[0] - places[1]) <= NEAR_IN_ORDER  # type: ignore[operator]


def is_variant(sign: str) -> bool:
    """Whether a sign is no sign of the plain script, so that it was mistyped: 囯, 帯."""
    try:
        return not sign.encode("gb2312")
    except UnicodeEncodeError:
        return True


def is_seldom(sign: str) -> bool:
    """Whether a sign is none of the 3755 of the first level, so that a clerk picks one like it."""
    return _place_by_sound(sign) is None


def _place_by_sound(sign: str) -> int | None:
    try:
        high, low = sign.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (high - 0xB0) * 94 + low - 0xA1 if 0xB0 <= high <= 0xD7 else None
