"""Numbers in front of a text, by class: 一、 （一） 1. （1） ① 一是 5-1 5.1 A. and the like.

A class is a way of writing numbers. Which class stands over which is no property of the class:
each document has an order of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.ingest.cells.dates import chinese_number
from analysis.ingest.measures.folding import folded

_HAN = "[一二三四五六七八九十]{1,3}"
_RINGS = {
    "ring": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "ring_black": "❶❷❸❹❺❻❼❽❾❿",
    "ring_bracket": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ring_stop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "ring_han": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
}  # fmt: skip
_OF_RING = {
    sign: (name, n) for name, signs in _RINGS.items() for n, sign in enumerate(signs, start=1)
}
#: What stands behind a number that counts things, and is none in front of a text.
_MEASURE = r"(?!\s*[%‰万亿元米吨公倍])"
#: What is counted in whole numbers alone: «1.3艘摩托艇…» begins with the number 1.
_THINGS = "[艘家名台套辆座户栋间具樘]"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number: its class, its value, how it is written, and where it ends in the text.

    ``under`` are the numbers in front of the last one: 5 of 5-1.
    """

    kind: str
    number: int
    text: str
    end: int
    under: tuple[int, ...] = ()

    @property
    def written(self) -> str:
        """5-1 of «(5-1)：», 3 of «③»."""
        return "-".join(map(str, (*self.under, self.number)))


def _han(text: str) -> int:
    return chinese_number(text)


def _letter(sign: str) -> int:
    return ord(sign.lower()) - ord("a") + 1


#: A code within a text, to be pointed at: C-1, B-2.1.
CODE_IN_TEXT = re.compile(r"(?<![A-Za-z\d])([A-Z])-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)")


def with_plain_codes(text: str) -> str:
    """A text with codes as numbers count them: 2-1 for B-1, 2-2-1 for B-2.1."""
    return CODE_IN_TEXT.sub(
        lambda m: "-".join([str(_letter(m[1])), m[2], *([m[3]] if m[3] else [])]), text
    )


#: Class, form at the beginning of a text, how its number is read. The longer forms come first.
_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[str], int]], ...] = (
    ("chapter", re.compile(rf"第({_HAN}|\d{{1,2}})(?:部分|[章节篇])[、:.\s]*"),
     lambda s: int(s) if s.isdigit() else _han(s)),
    ("han_is", re.compile(rf"({_HAN})(?:是|要)(?![否一])[,、:]?\s*"), _han),
    ("article", re.compile(rf"第({_HAN}|\d{{1,2}})条[、:.]?(?:\s+|(?<=[、:.]))(?!.{{0,12}}由)"),
     lambda s: int(s) if s.isdigit() else _han(s)),
    ("ordinal", re.compile(rf"第({_HAN})[,、:]\s*"), _han),
    ("han", re.compile(rf"({_HAN})\s*[、.:]\s*|({_HAN})[ ,]+(?=\S{{2}})"), _han),
    ("han_bracket", re.compile(rf"\(\s*({_HAN})\s*\)[、.,:]?\s*"), _han),
    ("bracket", re.compile(r"\(\s*(\d{1,3})\s*\)[、.,:]?\s*(?![项条款]|号)"), int),
    ("half_bracket", re.compile(r"(\d{1,2})\s*\)[、.,:]?\s*"), int),
    (
        "number",
        re.compile(
            r"(\d{1,3})[.、](?!\d)\s*|(\d{1,2})[.、](?=\d{1,2}月(?:\d|底|末|[上中下]旬|份|前)|"
            rf"20\d{{2}}年|\d{{1,4}}{_THINGS}[\u3400-\u9fff])"
            r"|(\d{1,2})[ ,:]+(?=[^\d\s年月日号时分.%个家])"
        ),
        int,
    ),
    ("letter", re.compile(r"\(?([A-Za-z])[).、:]\s*|([A-Z])\s+(?=[\u3400-\u9fff]{2})"), _letter),
)  # fmt: skip
#: «(5-1)：», «5-1 », «5.1.2»; «1-4月», «2023.10.15» and «1.5万人» are none.
_PATH = re.compile(
    rf"\(?\s*(\d{{1,3}})([-—–.])(\d{{1,2}})(?:\2(\d{{1,2}}))?(?![\d.月年日号起]|[-—–]\d|{_THINGS}){_MEASURE}"
    r"\s*(?:\)(?!\s*[项条款])\s*[:、.]?|[:、.]|(?=\s|[\u3400-\u9fff“《]))\s*"
)
#: «A-1», «B-2.1»: a letter for the chapter; it counts as the number of the letter. A row of them
#: in front of a sentence («C-1、C-2由…») points at measures and is no number of its own.
_CODE = re.compile(
    r"\(?([A-Z])[-—–.]?(\d{1,2})(?:[-—–.](\d{1,2}))?\)?(?!\s*[、,和至]\s*\(?[A-Z][-—–.]?\d)"
    r"(?:\s*[:、.]\s*|\s+|(?=[\u3400-\u9fff“《]))(?!级|类|由|于)"
)
BULLET = re.compile(r"[●◆■▲★※◎○□◇►▶→•·▪➢✓√*]\s*|[-—–]{1,2}\s+")


def mark_at(text: str) -> Mark | None:
    """The number with which a text begins, if any; a sign of a list has the number 0."""
    plain = folded(text)
    start = len(plain) - len(plain.lstrip())
    if match := BULLET.match(plain, start):
        inner = mark_at(text[match.end() :])
        if inner:
            return Mark(inner.kind, inner.number, inner.text, match.end() + inner.end, inner.under)
        return Mark("bullet", 0, match.group().strip(), match.end())
    return _mark(plain, start)


def _mark(plain: str, start: int) -> Mark | None:
    sign = plain[start : start + 1]
    if sign in _OF_RING and sign:
        kind, number = _OF_RING[sign]
        end = start + 1
        while end < len(plain) and plain[end] in " 、.:":
            end += 1
        return Mark(kind, number, sign, end)
    if match := _PATH.match(plain, start):
        first, _, second, third = match.groups()
        under = (int(first),) if third is None else (int(first), int(second))
        number = int(second if third is None else third)
        return Mark(f"path{len(under)}", number, match.group().strip(), match.end(), under)
    if match := _CODE.match(plain, start):
        letter, second, third = match.groups()
        under = (_letter(letter),) if third is None else (_letter(letter), int(second))
        number = int(second if third is None else third)
        return Mark(f"path{len(under)}", number, match.group().strip(), match.end(), under)
    for kind, form, value in _FORMS:
        if match := form.match(plain, start):
            said = next(filter(None, match.groups()))
            return Mark(kind, value(said), match.group().strip(), match.end())
    return None


def without_mark(text: str) -> str:
    """A text without the numbers in front of it."""
    while mark := mark_at(text):
        text = text[mark.end :]
    return text.strip()


#: Where a number may begin within a text: signs end what stands in front of it.
_BORDER = " \t\n。;；:：,，!?、.）)”》】]"
#: What points at a number and does not begin a piece: 第(1)项, 按照(一).
_POINTING = re.compile(r"(?:第|按照|对照|根据|依据|上述|以上|表|图|附件|同|见|[至到和与及—-])\s*$")
#: «…建立台账2.督促企业…».
_RUN_TOGETHER = re.compile(r"[\u3400-\u9fff]\d{1,2}[.、][\u3400-\u9fff]")
_REFERRED = re.compile(r"\s*(?:[、,至到和与及—-]\s*\(?\s*[①-⑳\d(]|项|条|款|类|种)")


def marks_in(text: str) -> Iterator[tuple[int, Mark]]:
    """Every number within a text that may begin a piece of it, with its place."""
    plain = folded(text)
    at = 0
    while at < len(plain):
        sign = plain[at]
        mark = _mark(plain, at) if _may_begin(plain, at, sign) else None
        if mark and mark.kind != "letter" and not _is_reference(plain, at, mark):
            yield at, mark
            at = max(mark.end, at + 1)
        else:
            at += 1


def _may_begin(plain: str, at: int, sign: str) -> bool:
    if sign in _OF_RING:
        return True
    if sign == "(":
        return True
    is_border = at == 0 or plain[at - 1] in _BORDER
    if is_border:
        return sign.isdigit() or sign in "一二三四五六七八九十第"
    return bool(_RUN_TOGETHER.match(plain, at - 1))  # a line break was lost


def _is_reference(plain: str, at: int, mark: Mark) -> bool:
    """Whether a number points at a piece elsewhere: «第①、②项», «(5-3)项»."""
    return bool(_POINTING.search(plain[:at]) or _REFERRED.match(plain, mark.end))
