"""Text in one width without a sign more or less, so that a place in one is the same in the other.

Numbers in rings (①) and in brackets of one sign (⑴) stay what they are: NFKC would melt them into
the digits behind.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LIKE = {
    **dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), " "),
    0xFE50: ",", 0xFE54: ";", 0xFE55: ":", 0x2236: ":", 0xFE59: "(", 0xFE5A: ")",
    **dict.fromkeys((0x3014, 0x3010), "["), **dict.fromkeys((0x3015, 0x3011), "]"),
}  # fmt: skip
_WIDTHS = _FULL | _LIKE
#: Marks of width zero, which copies from web pages bring along.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
HAN = r"\u3400-\u9fff\uf900-\ufaff"
#: Blanks between the signs of one word: «责 任 人», «整  改 措  施».
SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000\u00a0]+[{HAN}]){{1,9}}(?![{HAN}])")
BLANKS = re.compile(r"[ \u3000\u00a0\u2002\u2003\u2009\u202f]+")


def folded(text: str) -> str:
    """A text of the same length with brackets, signs, digits and letters of half width."""
    return text.translate(_WIDTHS)


def without_blanks(text: str) -> str:
    """A text without blanks and line breaks."""
    return re.sub(r"\s+", "", BLANKS.sub("", text))


def bracketed(text: str) -> list[bool]:
    """For each sign of a folded text whether it stands in brackets or quotes of any kind.

    A bracket that is never closed encloses nothing, and neither does one that is never opened.
    """
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    turns = [0] * (len(text) + 1)  # a text of one kind of bracket alone is read in one go
    for at, sign in enumerate(text):
        if sign in _CLOSING:
            opened.append((_CLOSING[sign], at))
            waiting[_CLOSING[sign]] += 1
        elif waiting[sign]:
            while opened[-1][0] != sign:
                waiting[opened.pop()[0]] -= 1
            _, start = opened.pop()
            waiting[sign] -= 1
            turns[start] += 1
            turns[at + 1] -= 1
    return [depth > 0 for depth in accumulate(turns[:-1])]


_CLOSING = {"(": ")", "[": "]", "《": "》", "“": "”", "「": "」", "‘": "’"}


_APART = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_TOGETHER = re.compile(rf"(?<=[{HAN}])(?=[{HAN}])")
#: One blank between two signs of which one is no letter or digit of a foreign word.
_ONE_BLANK = re.compile(r"(?<=\S) (?=[^\sA-Za-z0-9])|(?<=[^\sA-Za-z0-9]) (?=\S)")
#: So many signs that stand apart, and so many times those that do not, are of a machine.
LEAST_APART, TIMES_TOGETHER = 6, 3


def unspaced(lines: Sequence[str]) -> list[str]:
    """Lines without the blank that a scan has put behind every sign: «整 改 措 施 ： 拆 除 …».

    Wide blanks stay: they part columns. Where most lines are so, titles of few signs are, too.
    """
    spaced = [_is_spaced(line) for line in lines]
    written = sum(bool(_TOGETHER.search(line) or _APART.search(line)) for line in lines)
    is_scan = 2 * sum(spaced) > written
    return [
        _ONE_BLANK.sub("", line) if own or is_scan else line
        for line, own in zip(lines, spaced, strict=True)
    ]


def _is_spaced(line: str) -> bool:
    apart = len(_APART.findall(line))
    return apart >= LEAST_APART and apart >= TIMES_TOGETHER * len(_TOGETHER.findall(line))
