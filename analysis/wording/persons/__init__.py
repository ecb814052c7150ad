"""A cell of persons → each by the bare name, so that persons are compared as persons.

Whoever signs writes «王 某（局长）», «局长王某», «王某 13900000000», «王某、李某». What stands
around the name falls away: brackets, titles before or behind it, the body that one is of,
telephone, day, «签字», width and blanks. A surname with a title («王局长») is a surname alone:
it may be anybody of that name, and names nobody for sure.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from analysis.wording.names import LONG_SURNAMES, names_of
from analysis.wording.persons.titles import (
    BEFORE,
    BEHIND,
    HAN,
    IN_OFFICE,
    OF_BODY,
    PADDED,
    TITLES,
)
from analysis.wording.units import is_whole

_SIGNED = re.compile(r"(?:已|亲笔)?(?:签字|签名|签章|签署|盖章)(?:确认|验收)?$")
#: A telephone number, a day: whoever signs writes them beside the name.
_NUMBERS = re.compile(
    r"(?<!\d)(?:1\d{10}|\d{3,4}-\d{7,8}|\d{7,8})(?!\d)"
    r"|\d{2,4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}月\d{1,2}日"
)
_BRACKETED = re.compile(r"([^()、,;。/|\r\n\t]*)\(([^()]*)\)?")
_LABEL = re.compile(rf"[{HAN}]+:")
#: What Unicode has shown as nothing, a chosen form of a sign among it.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_DOTS = re.compile("[•‧・．]")
_AND = re.compile(rf"([{HAN}]{{2,3}})[和与及]([{HAN}]{{2,3}})")
#: A name of three single characters alone between the signs: «王 小 明».
_SPACED = re.compile(rf"(?<![{HAN}])(?<![{HAN}] )[{HAN}](?: [{HAN}]){{2}}(?! ?[{HAN}])")
#: Whoever signs as this says that he signs for himself.
HIMSELF = frozenset({"本人", "自己", "责任人", "责任人本人", "同责任人", "自验", "自行验收"})


def persons_of(text: Any) -> tuple[str, ...]:
    """«王 某（局长）、副局长李某» → 王某, 李某; no name for what is no text or a title alone."""
    return _persons_of(text) if isinstance(text, str) else ()


@lru_cache(maxsize=100_000)
def _persons_of(text: str) -> tuple[str, ...]:
    plain = _DOTS.sub("·", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)))
    plain = plain.translate(str.maketrans("【】[]〔〕", "()()()"))
    plain = _NUMBERS.sub("、", _LABEL.sub("、", _BRACKETED.sub(_without_bracket, plain)))
    plain = re.sub(r"[^\S\r\n]+", " ", plain)
    joined = _SPACED.sub(lambda match: match[0].replace(" ", ""), plain)
    joined = PADDED.sub(r"\1\2\3", joined)
    parts = (part for name in names_of(joined) for part in _parted(name))
    bare = (_bare(part).casefold() for part in parts)
    return tuple(dict.fromkeys(name for name in bare if name))


def are_same(one: Any, other: Any) -> bool:
    """Whether two texts name one person at least in common, beyond doubt."""
    return bool({*persons_of(one)} & {*persons_of(other)})


def may_be_same(one: Any, other: Any) -> bool:
    """Whether two texts name one person, or may: a surname with a title may be anybody's of it."""
    return any(
        first == second or _is_surname_of(first, second) or _is_surname_of(second, first)
        for first in persons_of(one)
        for second in persons_of(other)
    )


def is_himself(signature: Any, person: Any) -> bool:
    """Whether whoever signs is, or may be, the person who answers for the matter."""
    plain = unicodedata.normalize("NFKC", signature) if isinstance(signature, str) else ""
    if re.sub(r"[\s()]", "", plain) in HIMSELF or may_be_same(signature, person):
        return True
    mine, theirs = _letters(signature), _letters(person)
    return bool(mine) and mine == theirs


def named_among(text: Any, persons: Iterable[str]) -> tuple[str, ...]:
    """The persons of a text who are, beyond doubt, among others."""
    known = {name for each in persons for name in persons_of(each)}
    return tuple(name for name in persons_of(text) if name in known)


def _letters(text: Any) -> str:
    """Nothing but the letters: a figure or a sign put into a name makes nobody else of him."""
    plain = unicodedata.normalize("NFKC", text) if isinstance(text, str) else ""
    return "".join(each for each in plain if each.isalpha())


def _without_bracket(match: re.Match[str]) -> str:
    """«王某(局长)» without its bracket; of «县教育局(王某)» what stands in it."""
    outside = match[1].strip()
    return f"{match[2] if not outside or is_whole(outside) else outside}、"


def _parted(name: str) -> tuple[str, ...]:
    match = _AND.fullmatch(name)
    return match.groups() if match else (name,)


def _bare(name: str) -> str:
    """A name without what stands around it."""
    name = _SIGNED.sub("", name)
    if TITLES.fullmatch(name):
        return ""
    for pattern in (IN_OFFICE, BEHIND, BEFORE, *([] if is_whole(name) else [OF_BODY])):
        if match := pattern.fullmatch(name):
            return match[1]
    return name


def _is_surname_of(one: str, other: str) -> bool:
    is_surname = len(one) == 1 or one in LONG_SURNAMES
    return is_surname and other.startswith(one)
